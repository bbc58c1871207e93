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
        places = store.cached("drawers", key, lambda: _places(self._content), dict[str, list[int]])
        self._places: dict[str, list[int]] = places

    def line(self, key: str) -> str:
        """What goes with *key*; empty if the file has no such line."""
        start, end = self._places.get(key, (0, 0))
        return self._content[start:end].decode("ascii")


def _places(content: bytes) -> dict[str, tuple[int, int]]:
    """The key of each line, and the half-open range of bytes of what goes with it."""
    found, start = {}, 0
    for line in content.splitlines(keepends=True):
        key, tab, rest = line.partition(b"\t")
        if tab and not line.startswith(b"#"):
            begins = start + len(key) + 1
            found[key.decode("ascii")] = (begins, begins + len(rest.rstrip(b"\r\n")))
        start += len(line)
    return found
