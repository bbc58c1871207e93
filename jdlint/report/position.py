"""Positions in a file in the units that formats ask for, and GitHub's hashes of its lines."""

from array import array
from collections.abc import Collection, Iterator
from operator import mul
from typing import NamedTuple

from jdlint.read.offsets import LineIndex

_STEP = 4096
_MARK = "\ufeff"


class Point(NamedTuple):
    """A line and a column, both from 1; the unit of the column is said where it is made."""

    line: int
    column: int


class Positions:
    """The positions of one file; *text* still holds its byte-order mark if it has one.

    *hashed* are the lines whose hash will be asked for.
    """

    def __init__(self, text: str, hashed: Collection[int | None] = ()) -> None:
        self._hashed = hashed
        self._mark = text.startswith(_MARK)
        self._text = text[1:] if self._mark else text
        self._lines = LineIndex(self._text)
        self._steps = [0]
        self._hashes: dict[int, str] = {}

    def point(self, offset: int) -> Point:
        """The line and the column, in code points, of *offset* in the text without its mark."""
        return Point(*self._lines.locate(min(offset, len(self._text))))

    def text(self, start: int, end: int) -> str:
        """The text of the file between two offsets."""
        return self._text[start:end]

    def byte_point(self, offset: int) -> Point:
        """The line and the column, in bytes of UTF-8, of *offset*; the mark counts as bytes."""
        offset = min(offset, len(self._text))
        line, column = self.point(offset)
        start = offset - column + 1
        mark = 3 if self._mark and line == 1 else 0
        return Point(line, self._bytes(offset) - self._bytes(start) + 1 + mark)

    def _bytes(self, offset: int) -> int:
        """How many bytes come before *offset*; counted in steps, for the sake of long lines."""
        if self._text.isascii():
            return offset
        step = offset // _STEP
        while len(self._steps) <= step:
            at = (len(self._steps) - 1) * _STEP
            self._steps.append(self._steps[-1] + _size(self._text[at : at + _STEP]))
        return self._steps[step] + _size(self._text[step * _STEP : offset])

    def line_hash(self, line: int) -> str | None:
        """What GitHub calls the primaryLocationLineHash of *line*."""
        if not self._hashes:
            text = (_MARK if self._mark else "") + self._text
            self._hashes = {n: h for n, h in line_hashes(text) if n in self._hashed}
        return self._hashes.get(line)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


_WINDOW = 100
_MASK = 2**64 - 1
_POWERS = [pow(37, _WINDOW - 1 - i, 2**64) for i in range(_WINDOW)]


def line_hashes(text: str) -> Iterator[tuple[int, str]]:
    """Each line (from 1) with its hash as GitHub's upload action computes it.

    It is a polynomial over the hundred UTF-16 units that follow from the line's start on,
    blanks and tabs left out; a colon and the number of equal hashes so far come after it.
    """
    units, starts = _units(text)
    values: dict[bytes, str] = {}
    counts: dict[str, int] = {}
    for line, start in enumerate(starts, 1):
        window = units[start : start + _WINDOW]
        key = window.tobytes()
        if key not in values:
            values[key] = f"{sum(map(mul, _POWERS, window)) & _MASK:x}"
        value = values[key]
        counts[value] = counts.get(value, 0) + 1
        yield line, f"{value}:{counts[value]}"


def _units(text: str) -> tuple["array[int]", list[int]]:
    """The UTF-16 units of *text* without blanks, an end mark and zeros, and where lines start."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    units = array("H")
    starts = [0]
    lines = text.split("\n")
    for line in lines[:-1]:
        units.frombytes((line + "\n").encode("utf-16-le", "surrogatepass"))
        starts.append(len(units))
    units.frombytes(lines[-1].encode("utf-16-le", "surrogatepass"))
    units.extend([0xFFFF, *[0] * _WINDOW])
    return units, starts
