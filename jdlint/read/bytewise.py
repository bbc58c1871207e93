"""Positions counted in UTF-8 bytes, as a parser reports them, turned into code points."""

from bisect import bisect_right

from jdlint.language.late import late

_WIDE = late(r"[^\x00-\x7f][^\x00-\x7f]{0,31}")
"""Runs of other than ASCII characters, in stretches so short that a place is soon found."""


class ByteIndex:
    """Maps byte offsets of a text's UTF-8 form to code points; free of cost for ASCII."""

    def __init__(self, text: str) -> None:
        self._firsts: list[int] = []
        self._runs: list[tuple[int, int, str]] = []
        if not text.isascii():
            self._note(text)

    def _note(self, text: str) -> None:
        """Note each run of wide characters: its ends in bytes, the bytes it adds, and itself."""
        added = 0
        for found in _WIDE.finditer(text):
            run = found.group()
            first = found.start() + added
            last = first + len(run.encode())
            added = last - found.end()
            self._firsts.append(first)
            self._runs.append((last, added, run))

    def point(self, offset: int) -> int:
        """The code point at the byte *offset*, which must not lie inside a character."""
        at = bisect_right(self._firsts, offset) - 1
        if at < 0:
            return offset
        last, added, run = self._runs[at]
        if offset >= last:
            return offset - added
        before = run.encode()[: offset - self._firsts[at]].decode(errors="ignore")
        return last - added - len(run) + len(before)
