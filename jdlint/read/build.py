"""Builds a document: readers say which source range comes next, the builder keeps the map.

A reader works on a *view*: a text (the file, or a value decoded from it) with the pieces
that lead from the view back to the file. For a file the view is the file itself.
"""

from bisect import bisect_right
from functools import cached_property

import msgspec

from jdlint.model import PlainSpan, SourceSpan
from jdlint.read.offsets import (
    BREAK,
    OBJECT,
    Block,
    BlockKind,
    Document,
    Field,
    Layout,
    OffsetMap,
    Piece,
    Thing,
    Trouble,
)


class Reading(msgspec.Struct, frozen=True):
    """What a reader made of a file: its postings, and what is odd about the file."""

    documents: tuple[Document, ...]
    troubles: tuple[Trouble, ...] = ()


class View(msgspec.Struct, frozen=True, dict=True):
    """A text to read, and the way back to the file (no pieces: it is the file itself)."""

    text: str
    pieces: tuple[Piece, ...] = ()

    @cached_property
    def shift(self) -> int | None:
        """What to add to an offset for its place in the file, if all of the text stands there."""
        if not self.pieces:
            return 0
        first = self.pieces[0]
        whole = first.literal and not first.plain and first.plain_length == len(self.text)
        return first.source if whole else None

    def source(self, start: int, end: int) -> list[Piece]:
        """The pieces of ``text[start:end]``, with ``plain`` counted in the view."""
        if not self.pieces:
            return [Piece(start, end - start, start, end - start, True)] if end > start else []
        first = max(bisect_right(self.pieces, start, key=lambda p: p.plain) - 1, 0)
        found = []
        for at in range(first, len(self.pieces)):
            piece = self.pieces[at]
            if piece.plain >= end:
                break
            if (cut := _cut(piece, start, end)) is not None:
                found.append(cut)
        return found

    def span(self, start: int, end: int) -> SourceSpan:
        """The range of the file that covers ``text[start:end]``."""
        if not self.pieces:
            return SourceSpan(start, end)
        return self._offsets.to_source(PlainSpan(start, end))

    @cached_property
    def _offsets(self) -> OffsetMap:
        return OffsetMap(self.pieces)


def _cut(piece: Piece, start: int, end: int) -> Piece | None:
    """The part of *piece* inside ``start:end``; a piece that is not literal is never split."""
    low, high = max(start, piece.plain), min(end, piece.plain + piece.plain_length)
    if low >= high:
        return None
    if not piece.literal:
        return (
            piece
            if low == piece.plain and high == piece.plain + piece.plain_length
            else (Piece(low, high - low, piece.source, piece.source_length, False))
        )
    shift = low - piece.plain
    return Piece(low, high - low, piece.source + shift, high - low, True)


class Builder:
    """Collects blocks and pieces in reading order."""

    def __init__(self, format_: str) -> None:
        self.format = format_
        self.fields: list[Field] = []
        self.bold: list[PlainSpan] = []
        self.runs: list[tuple[int, str]] = []
        self.includes: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []
        self._blocks: list[Block] = []
        self._things: list[Thing] = []
        self._groups = 0

    def next_group(self) -> int:
        """A new number for a list or a table, from 1, that no other of the document has."""
        self._groups += 1
        return self._groups

    @property
    def position(self) -> int:
        """The offset in the plain text at which the next character will stand."""
        return self._length

    def literal(self, view: View, start: int, end: int) -> None:
        """Add ``view.text[start:end]`` as it stands."""
        if (shift := view.shift) is not None:
            self._piece(view.text[start:end], start + shift, end - start, True)
            return
        for piece in view.source(start, end):
            text = view.text[piece.plain : piece.plain + piece.plain_length]
            self._piece(text, piece.source, piece.source_length, piece.literal)

    def decoded(self, view: View, text: str, start: int, end: int) -> None:
        """Add *text*, which ``view.text[start:end]`` stands for (an entity, an escape)."""
        source = view.span(start, end)
        self._piece(text, source.start, source.end - source.start, False)

    def thing(self, view: View, kind: str, text: str, start: int, end: int) -> None:
        """Add an :data:`OBJECT` for ``view.text[start:end]``, which is not prose."""
        self._things.append(Thing(self._length, kind, text))
        self.decoded(view, OBJECT, start, end)

    def loose_thing(self, kind: str, text: str) -> None:
        """Add an :data:`OBJECT` for *text* in a format without offsets."""
        self._things.append(Thing(self._length, kind, text))
        self.loose(OBJECT)

    def link(self, target: str) -> None:
        """Note that a link to *target* begins here; its words are added as prose."""
        self._things.append(Thing(self._length, "link", target))

    def unseen(self, name: str) -> None:
        """Note that an element called *name* stands here, of which there is nothing to read."""
        self._things.append(Thing(self._length, "unseen", name))

    def loose(self, text: str) -> None:
        """Add *text* that stands nowhere in the file (a space between two cells, say)."""
        self._text.append(text)
        self._length += len(text)

    def block(
        self,
        kind: BlockKind,
        start: int,
        *,
        level: int = 0,
        group: int = 0,
        row: int = 0,
        column: int = 0,
        name: str = "",
        layout: Layout = Layout.NONE,
        table: int = 0,
    ) -> bool:
        """Close the block that began at plain offset *start*; False (and nothing kept) if blank."""
        text = self.tail(start)
        body = text.strip()
        if not body:
            return False
        if len(body) < len(text):
            start += len(text) - len(text.lstrip())
        span = PlainSpan(start, start + len(body))
        self._blocks.append(Block(kind, span, level, group, row, column, name, layout, table))
        self.loose(BREAK)
        return True

    def document(self, label: str = "", name: str = "") -> Document:
        """The finished document."""
        return Document(
            self.format,
            "".join(self._text),
            tuple(self._blocks),
            OffsetMap(tuple(self._pieces)),
            tuple(self.fields),
            tuple(self._things),
            tuple(self.bold),
            tuple(self.runs),
            label,
            name,
            tuple(self.includes),
        )

    def tail(self, start: int) -> str:
        """The plain text from *start* on, without joining all that came before."""
        first, length = len(self._text), self._length
        while first and length > start:
            first -= 1
            length -= len(self._text[first])
        return "".join(self._text[first:])[max(0, start - length) :]

    def _piece(self, text: str, source: int, source_length: int, literal: bool) -> None:
        """Add a piece, grown onto the one before where both are literal and adjoin."""
        if not text:
            return
        length = len(text)
        if literal and self._pieces and self._adjoins(last := self._pieces[-1], source):
            length += last.plain_length
            self._pieces[-1] = Piece(last.plain, length, last.source, length, True)
        else:
            self._pieces.append(Piece(self._length, length, source, source_length, literal))
        self._text.append(text)
        self._length += len(text)

    def _adjoins(self, last: Piece, source: int) -> bool:
        return (
            last.plain + last.plain_length == self._length
            and last.literal
            and last.source + last.source_length == source
        )
