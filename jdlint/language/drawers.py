"""Large tables of words in shipped text files, of which a run looks into a few lines."""

from jdlint import store


class Drawers:
    """A file of ASCII lines, each a key, a tab and what goes with it; ``#`` begins a remark.

    A line is decoded when its key is asked for; where each one stands is kept in the cache.
    """

    def __init__(self, name: str) -> None:
        file = store.data_path(name)
        self._content = file.read_bytes()
        key = store.signature([file])
        starts = store.cached("drawers", key, lambda: _starts(self._content), dict[str, int])
        self._starts: dict[str, int] = starts

    def line(self, key: str) -> str:
        """What goes with *key*; empty if the file has no such line."""
        start = self._starts.get(key)
        if start is None:
            return ""
        return self._content[start : self._content.index(b"\n", start)].decode("ascii")


def _starts(content: bytes) -> dict[str, int]:
    """The key of each line, and the byte at which what goes with it begins."""
    found, start = {}, 0
    for line in content.splitlines(keepends=True):
        key, tab, _ = line.partition(b"\t")
        if tab and not line.startswith(b"#"):
            found[key.decode("ascii")] = start + len(key) + 1
        start += len(line)
    return found
