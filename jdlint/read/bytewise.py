"""Positions counted in UTF-8 bytes, as a parser reports them, turned into code points."""

import re
from bisect import bisect_right

_RUN = 32
"""Runs of other than ASCII characters are noted in stretches of at most so many characters."""


class ByteIndex:
    """Maps byte offsets of a text's UTF-8 form to code points; free of cost for ASCII."""

    def __init__(self, text: str) -> None:
        self._plain = text.isascii()
        self._runs: list[tuple[int, int, int, int]] = []
        self._encoded = b""
        if not self._plain:
            self._encoded = text.encode()
            self._note(text)

    def _note(self, text: str) -> None:
        """Note each run of wide characters: where it begins and ends in bytes and points."""
        widened = 0
        for found in re.finditer(rf"[^\x00-\x7f]{{1,{_RUN}}}", text):
            start, end = found.span()
            length = len(found.group().encode())
            first = start + widened
            widened += length - (end - start)
            self._runs.append((first, first + length, start, end))

    def point(self, offset: int) -> int:
        """The code point at the byte *offset*, which must not lie inside a character."""
        if self._plain or not self._runs:
            return offset
        at = bisect_right(self._runs, (offset, len(self._encoded) + 1)) - 1
        if at < 0:
            return offset
        first, last, start, end = self._runs[at]
        if offset >= last:
            return end + offset - last
        return start + len(self._encoded[first:offset].decode(errors="ignore"))
