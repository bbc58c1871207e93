"""A text that is too long for one request: read piece by piece, each of whole blocks."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from jdlint.grammar.match import Match
from jdlint.grammar.projection import Utf16
from jdlint.grammar.server import TooLongError
from jdlint.read.offsets import BREAK

_AT_MOST = 20_000
"""Units of one request: twice as long takes LanguageTool more than twice the time."""


class Piece(NamedTuple):
    """Whole blocks of a text, and where they start in it (code points)."""

    start: int
    text: str

    def moved(self, match: Match) -> Match:
        """*match*, which was found in the piece, at its place in the whole text."""
        return replace(match, start=match.start + self.start, end=match.end + self.start)


class Reader:
    """Has a text read in pieces that the server takes; learns what it takes.

    *ask* gives the remarks on a piece, or raises TooLongError; *longest* is then asked for the
    server's limit, and the piece is cut there, or in half if nobody knows.
    """

    def __init__(
        self, ask: Callable[[str, str], list[Match]], longest: Callable[[], int | None]
    ) -> None:
        self._ask = ask
        self._longest = longest
        self._limit = _AT_MOST

    def matches(self, text: str, variant: str) -> tuple[list[Match], int]:
        """The remarks on *text*, and the number of blocks that are too long to be read."""
        found, unread = list[Match](), 0
        waiting = deque(pieces(Piece(0, text), self._limit))
        while waiting:
            piece = waiting.popleft()
            try:
                found += map(piece.moved, self._ask(piece.text, variant))
            except TooLongError:
                parts = self._parts(piece)
                unread += len(parts) == 1
                waiting.extendleft(reversed(parts if len(parts) > 1 else []))
        return found, unread

    def _parts(self, piece: Piece) -> list[Piece]:
        """What *piece*, which is too long, is to be read in; itself if it is one block."""
        size = units(piece.text)
        known = self._longest() or size
        limit = known if known < size else size // 2
        parts = list(pieces(piece, limit))
        if len(parts) > 1:
            self._limit = min(self._limit, limit)
        return parts


def units(text: str) -> int:
    """The length of *text* as LanguageTool counts it."""
    return Utf16(text).unit(len(text))


def pieces(whole: Piece, limit: int) -> Iterator[Piece]:
    """*whole* in as few pieces of at most *limit* UTF-16 units as whole blocks allow.

    A block that is longer than that is a piece of its own.
    """
    start, held, size = whole.start, list[str](), 0
    for block in whole.text.split(BREAK):
        more = units(block) + len(BREAK)
        if held and size + more > limit:
            yield Piece(start, BREAK.join([*held, ""]))
            start += sum(len(b) + len(BREAK) for b in held)
            held, size = [], 0
        held.append(block)
        size += more
    if any(held):
        yield Piece(start, BREAK.join(held))
