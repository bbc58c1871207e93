"""The document that readers make: plain text, its blocks, and the map back to the file."""

import re
from bisect import bisect_right
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, count
from operator import add

import msgspec

from jdlint.model import PlainSpan, SourceSpan

OBJECT = "\ufffc"
"""Stands in the plain text, one character long, for what is not prose: code, a URL, a tag."""

BREAK = "\n\n"
"""Stands between two blocks; it belongs to no place in the file."""


class Piece(msgspec.Struct, frozen=True):
    """Plain characters and the source characters they came from.

    Equal lengths mean literal text, the same characters on both sides; unequal lengths
    (or ``literal`` False) mean an entity, an escape, a line end or an :data:`OBJECT`.
    """

    plain: int
    plain_length: int
    source: int
    source_length: int
    literal: bool


class BlockKind(StrEnum):
    """What a block is in the document's layout."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    FIELD = "field"
    FURNITURE = "furniture"


class Layout(StrEnum):
    """Why a block counts as a heading: marked up as one, or only looking like one."""

    MARKED = "marked"
    BOLD = "bold"
    COLON = "colon"
    CAPS = "caps"
    RUN_IN = "run-in"
    BARE = "bare"
    NONE = ""


class Block(msgspec.Struct, frozen=True):
    """A stretch of plain text that belongs together.

    *level* is the depth of a heading (1 to 6) or of a list item (from 1), else 0.
    *group* numbers the list or the table it stands in; *row* and *column* are a cell's
    place in its table, from 0. *table* numbers the table that a cell, or an item in a cell,
    stands in, else 0. *name* is the key of a field. *strong* says that all of
    the text is bold. *layout* is how a heading shows itself.
    """

    kind: BlockKind
    span: PlainSpan
    level: int = 0
    group: int = 0
    row: int = 0
    column: int = 0
    name: str = ""
    layout: Layout = Layout.NONE
    table: int = 0


class Thing(msgspec.Struct, frozen=True):
    """What the :data:`OBJECT` at plain offset *at* stands for.

    *kind* is code, url, email, template, image, link or unseen; *text* is how it is written in the
    file. A link whose words are prose has a thing of kind ``link`` (its *text* is the
    target) at the offset of its first word, without an object in the plain text. So has
    what a page shows but no text tells (a picture, a form, a script): kind ``unseen``,
    *text* is the name of its element.
    """

    at: int
    kind: str
    text: str


class Field(msgspec.Struct, frozen=True):
    """A value beside the prose: front matter, JSON-LD or a key of a JSON or YAML posting.

    *name* is the key, with dots for nesting (``jobLocation.address.addressCountry``).
    """

    name: str
    value: str
    span: SourceSpan | None = None


class Datum(msgspec.Struct, frozen=True):
    """A value of structured data (a schema.org object and all below it), at its place.

    *kind* is object, list, text, or bare (a number, true, false, null). *key* is the
    property as written, without quotation marks ("" for a member of a list and for the
    outermost object); *value* is the text of a text or a bare value. *span* is the value
    without its quotation marks; *key_span* is where the key stands.
    """

    kind: str
    span: SourceSpan
    key: str = ""
    key_span: SourceSpan | None = None
    value: str = ""
    members: tuple["Datum", ...] = ()


class Trouble(msgspec.Struct, frozen=True):
    """Something about the file itself that its author should know; *rule* names the card."""

    rule: str
    span: SourceSpan | None
    values: dict[str, str] = {}


class OffsetMap(msgspec.Struct, frozen=True, dict=True):
    """The way from plain text to file: pieces that ascend in the plain text and the source."""

    pieces: tuple[Piece, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.plain for piece in self.pieces]

    def to_source(self, span: PlainSpan) -> SourceSpan:
        """The smallest range of the file that covers *span*.

        A position between two pieces goes to the end of the piece before it. A document
        without pieces (DOCX) answers with an empty range at 0.
        """
        if not self.pieces:
            return SourceSpan(0, 0)
        start = self._edge(span.start, first=True)
        end = self._edge(span.end, first=False) if span.end > span.start else start
        return SourceSpan(start, max(start, end))

    def _edge(self, offset: int, first: bool) -> int:
        """The source offset at *offset*, seen from the right (*first*) or from the left."""
        at = bisect_right(self._starts, offset if first else offset - 1) - 1
        if at < 0:
            return self.pieces[0].source
        piece = self.pieces[at]
        inside = offset - piece.plain
        if inside >= piece.plain_length and first and at + 1 < len(self.pieces):
            return self.pieces[at + 1].source
        if piece.literal and inside <= piece.plain_length:
            return piece.source + inside
        return piece.source if first and inside == 0 else piece.source + piece.source_length

    def is_literal(self, span: PlainSpan) -> bool:
        """Whether *span* came from one literal piece, so that it can be replaced in place."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0:
            return False
        piece = self.pieces[at]
        return piece.literal and span.end <= piece.plain + piece.plain_length


class Document(msgspec.Struct, frozen=True, dict=True):
    """One posting as its reader understood it, before anything is known of its meaning.

    *plain* holds the text of all blocks, each followed by :data:`BREAK`; line ends inside
    a block are single LF. *bold* lists the stretches set in bold. *runs* is for formats
    without offsets (DOCX): pairs of a plain offset and the words for the place from there
    on. *label* tells postings of one file apart ("posting 3"), *name* is its id, if any.
    *includes* are the commands that stand alone for text of another file, as written.
    *data* holds the schema.org JobPosting objects that describe it: the record that it was
    read from, or those in the JSON-LD of its page.
    """

    format: str
    plain: str
    blocks: tuple[Block, ...]
    offsets: OffsetMap
    fields: tuple[Field, ...] = ()
    things: tuple[Thing, ...] = ()
    bold: tuple[PlainSpan, ...] = ()
    runs: tuple[tuple[int, str], ...] = ()
    label: str = ""
    name: str = ""
    includes: tuple[str, ...] = ()
    data: tuple[Datum, ...] = ()

    def text(self, span: PlainSpan) -> str:
        """The plain text of *span*."""
        return self.plain[span.start : span.end]

    def field(self, *names: str) -> Field | None:
        """The first field that bears one of *names* (case and separators do not matter)."""
        if not self.fields:
            return None
        found = (self._named.get(_key(name)) for name in names)
        first = min((at for at in found if at is not None), default=None)
        return None if first is None else self.fields[first]

    @cached_property
    def _named(self) -> dict[str, int]:
        """The number of the first field of each name."""
        return {_key(field.name): at for at, field in reversed([*enumerate(self.fields)])}

    def place(self, offset: int) -> str | None:
        """Words for the place of *offset* in a format without offsets, else None."""
        if not self.runs:
            return None
        at = bisect_right(self.runs, offset, key=lambda run: run[0]) - 1
        return self.runs[max(at, 0)][1]


def _key(name: str) -> str:
    return (name if name.isalpha() else re.sub(r"[\s_-]", "", name)).casefold()


class LineIndex:
    """Line and column of an offset; only LF, CR and CRLF end a line."""

    def __init__(self, text: str) -> None:
        if "\r" in text:
            self._starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", text))]
        else:
            *lines, _ = text.split("\n")
            self._starts = [0, *map(add, accumulate(map(len, lines)), count(1))]

    @property
    def count(self) -> int:
        """How many lines there are; an empty text has one."""
        return len(self._starts)

    def locate(self, offset: int) -> tuple[int, int]:
        """The line and the column of *offset*, both from 1, counted in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, line: int, length: int) -> SourceSpan:
        """The range of *line* (from 1), line end included, in a text of *length*."""
        last = line >= len(self._starts)
        return SourceSpan(self._starts[line - 1], length if last else self._starts[line])


class SourceFile(msgspec.Struct, frozen=True):
    """A file as it was read: its decoded text, the postings in it, and what is odd about it.

    *text* keeps line ends as they are and holds no byte-order mark. *sha256* is that of the
    file's bytes, in hexadecimal, if it was asked for.
    """

    path: str
    text: str
    encoding: str
    documents: tuple[Document, ...]
    troubles: tuple[Trouble, ...] = ()
    sha256: str = ""
