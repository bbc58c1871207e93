"""HTML: the blocks of its prose, without site furniture, at their places in the file."""

from bisect import bisect_right

import msgspec

from jdlint.read.build import Builder, View
from jdlint.read.elements import (
    BLOCKS,
    CELLS,
    HEADINGS,
    LISTS,
    UNREAD,
    VOID,
    OpenElements,
)
from jdlint.read.flow import Flow, Shape
from jdlint.read.furniture import Survey, survey
from jdlint.read.mask import Mask, Masked, masked
from jdlint.read.offsets import BlockKind, Layout
from jdlint.read.tags import Kind, Token, attributes, decode, tokens

_BOLD = frozenset({"b", "strong"})
_CODE = frozenset({"code", "samp", "tt", "kbd"})
_LABELS = ("dt", "summary")
_SHAPING = (*HEADINGS, "li", *_LABELS, "dd", *CELLS)
_PICTURES = frozenset({"img", "embed", "input"})
_SHOWS_NOTHING = frozenset({"style", "template", "title", "head", "datalist"})
_FILLED_IN = frozenset({"div", "section", "span", "p", "ul"})
"""Elements that a script or a style may fill, if they have an attribute to find them by."""

_PARAGRAPH = Shape()
_PROSE_WORDS = 25
"""A ``pre`` with so many words and no ``code`` in it is prose that was laid out by hand."""


class _Element(msgspec.Struct):
    """An open element. *begun*: its first block is written. A table keeps its last cell.

    *filled_in*: a script may put something into it; *at* is the plain offset where it began.
    """

    name: str
    start: int
    unread: bool = False
    bold: bool = False
    begun: bool = False
    arranges: bool = False
    group: int = 0
    row: int = -1
    column: int = -1
    filled_in: bool = False
    at: int = 0

    def begin(self) -> None:
        """Its first block is written."""
        self.begun = True


def blocks(view: View, builder: Builder, outer: Shape = _PARAGRAPH) -> None:
    """Append the blocks of the HTML *view*, a fragment or a whole page.

    *outer* is the shape of a first block that stands in no element of its own.
    """
    walker = HtmlWalker(builder, outer=outer)
    walker.feed(view, 0, len(view.text))
    walker.close()


class HtmlWalker:
    """Reads HTML piece by piece into a builder; elements may stay open from one to the next.

    *contents* are the raw texts that a page's reader may want: of the title element, and
    of JSON-LD scripts (named ``ld+json``).
    """

    def __init__(
        self, builder: Builder, hidden: Masked | None = None, outer: Shape = _PARAGRAPH
    ) -> None:
        self.contents: list[Token] = []
        self._builder = builder
        self._outer = outer
        self._loose_group = 0
        self._hidden = hidden
        self._masks: list[Mask] = []
        self._next_mask = 0
        self._open: OpenElements[_Element] = OpenElements()
        self._flow = Flow(builder, self._shape)
        self._unread = 0
        self._survey = Survey()
        self._view = View("")
        self._pre: Builder | None = None
        self._code: int | None = None
        self._script = ""

    @property
    def hidden(self) -> bool:
        """Whether what comes next stands in an element that is not prose."""
        return self._unread > 0

    def feed(self, view: View, start: int, end: int) -> None:
        """Read ``view.text[start:end]``."""
        hidden = self._hidden
        if hidden is None or hidden.text is not view.text:
            hidden = masked(view.text, "html")
            self._builder.includes += hidden.includes()
        self._view, self._masks = view, hidden.masks
        self._next_mask = bisect_right(self._masks, start, key=lambda mask: mask.end)
        found = list(tokens(hidden.cover, start, end))
        self._survey = survey(hidden.cover, found)
        for token in found:
            self._take(token)

    def pause(self) -> None:
        """Close the block at hand, so that another reader can write one."""
        self._flow.finish()

    def close(self) -> None:
        """There is no more."""
        self._end_code(len(self._view.text))
        self._leave(self._open.close_all())
        self._flow.finish()

    def _take(self, token: Token) -> None:
        if token.kind is Kind.TEXT:
            if not self._unread:
                self._text(token.start, token.end)
        elif token.kind is Kind.START:
            self._start(token)
        elif token.kind is Kind.END:
            self._end(token)
        elif token.kind is Kind.CONTENT and token.name in {"title", "script"}:
            name = token.name if token.name == "title" else self._script
            self.contents.append(msgspec.structs.replace(token, name=name))

    def _text(self, start: int, end: int) -> None:
        """Add text, with objects for what is not prose in it."""
        if self._code is not None:
            return
        at, masks = start, self._masks
        while self._next_mask < len(masks) and masks[self._next_mask].start < end:
            mask = masks[self._next_mask]
            self._next_mask += 1
            if mask.end <= start:
                continue
            self._words(at, max(at, mask.start))
            if mask.shown and mask.start >= start:
                self._object(mask.kind, mask.start, min(mask.end, end))
            at = min(mask.end, end)
        self._words(at, end)

    def _words(self, start: int, end: int) -> None:
        if self._pre is None:
            self._flow.text(self._view, start, end)
        elif start < end:
            _unescaped(self._view, start, end, self._pre)

    def _object(self, kind: str, start: int, end: int) -> None:
        text = self._view.text[start:end]
        if self._pre is None:
            self._flow.object(self._view, kind, text, start, end)
        else:
            self._pre.literal(self._view, start, end)

    def _start(self, token: Token) -> None:
        name = token.name
        if self._void(token):
            return
        if name in BLOCKS:
            self._end_code(token.start)
            self._flow.finish()
            self._leave(self._open.implied(name))
        element = _Element(name, token.start)
        if name == "table" or name in LISTS:
            element.group = self._builder.next_group()
        element.unread = name in UNREAD or token.start in self._survey.furniture
        element.arranges = token.start in self._survey.arranging
        if element.unread and not self._unread and name not in _SHOWS_NOTHING:
            self._builder.unseen(name)
        self._unread += element.unread
        if name == "script":
            self._script = "ld+json" if "ld+json" in self._given(token).get("type", "") else ""
        if not self._unread:
            self._begin(token, element)
        self._open.open(name, element)

    def _void(self, token: Token) -> bool:
        """Deal with an element that has no content, if this is one."""
        if token.name not in VOID:
            return False
        if token.name == "hr":
            self._flow.finish()
        elif token.name == "br" and not self._unread:
            self._break(token)
        elif token.name in _PICTURES and not self._unread:
            self._builder.unseen(token.name)
        return True

    def _break(self, token: Token) -> None:
        if self._pre is not None:
            self._pre.decoded(self._view, "\n", token.start, token.end)
        elif self._code is None:
            self._flow.line_break(self._view, token.start, token.end)

    def _given(self, token: Token) -> dict[str, str]:
        bare = token.end - token.start <= len(token.name) + 2
        return {} if bare else attributes(self._view.text, token)

    def _begin(self, token: Token, element: _Element) -> None:
        """What the start of an element that is read means for the text."""
        name = element.name
        if name in _BOLD or (name in {"span", "font"} and _is_bold(self._given(token))):
            element.bold = True
            self._flow.bold(1)
        elif name == "a":
            self._flow.link(self._given(token).get("href"))
        elif name in _CODE:
            self._begin_code(token.start)
        elif name == "pre" and self._pre is None:
            self._pre = Builder("")
        elif name == "tr" or name in CELLS:
            self._place(token, element)
        elif name in _FILLED_IN or "-" in name:
            element.filled_in = "-" in name or bool(self._given(token))
            element.at = self._builder.position

    def _place(self, token: Token, element: _Element) -> None:
        """Count rows and columns in the table, and note a cell's own."""
        table = self._open.innermost(("table",))
        if table is None:
            return
        if element.name == "tr":
            table.row, table.column = table.row + 1, -1
            return
        element.row, element.column = max(table.row, 0), table.column + 1
        span = self._given(token).get("colspan", "1")
        wide = int(span) if span.isascii() and span.isdigit() and len(span) < 4 else 1
        table.column += max(wide, 1)

    def _end(self, token: Token) -> None:
        if token.name == "br":
            self._break(token)
            return
        if token.name in _CODE:
            self._end_code(token.end)
        ended = self._open.close(token.name)
        if token.name in BLOCKS:
            self._end_code(token.start)
            self._flow.finish()
        self._leave(ended)

    def _leave(self, ended: list[_Element]) -> None:
        """Take back what the elements that ended meant for the text."""
        for element in ended:
            self._unread -= element.unread
            if element.bold:
                self._flow.bold(-1)
            elif element.name == "a":
                self._flow.link(None)
            elif element.name == "pre":
                self._end_pre()
            elif element.filled_in and element.at == self._builder.position:
                self._builder.unseen(element.name)

    def _begin_code(self, start: int) -> None:
        """Code within a line becomes an object; in ``pre`` it says that this is no prose."""
        if self._pre is not None and self._code is None:
            self._pre = Builder("code")
        elif self._pre is None and self._code is None:
            self._code = start

    def _end_code(self, end: int) -> None:
        if self._code is not None:
            start, self._code = self._code, None
            self._flow.object(self._view, "code", self._view.text[start:end], start, end)

    def _end_pre(self) -> None:
        """Read text that was laid out by hand like plain text, if it is prose."""
        held, self._pre = self._pre, None
        if held is None or held.format == "code":
            return
        document = held.document()
        if len(document.plain.split()) < _PROSE_WORDS:
            return
        from jdlint.read import plain

        plain.blocks(View(document.plain, document.offsets.pieces), self._builder)

    def _shape(self) -> Shape:
        """What a block that begins here is."""
        element = self._open.innermost(_SHAPING)
        if element is None:
            outer, self._outer = self._outer, _PARAGRAPH
            return outer
        if element.begun and element.name not in CELLS:
            return Shape()
        name = element.name
        if name in HEADINGS:
            return self._heading_shape(element)
        if name in _LABELS:
            return Shape(BlockKind.HEADING, layout=Layout.RUN_IN, done=element.begin)
        if name == "li":
            return self._item_shape(element)
        return self._cell_shape() if name in CELLS else Shape()

    def _item_shape(self, item: _Element) -> Shape:
        """An item; those outside of any list (in a fragment, say) count as one list."""
        around = self._open.innermost(LISTS)
        if around is None and not self._loose_group:
            self._loose_group = self._builder.next_group()
        group = around.group if around else self._loose_group
        row, column, table = self._cell()
        level = max(1, self._open.depth(LISTS))
        return Shape(BlockKind.ITEM, level, group, row, column, table=table, done=item.begin)

    def _heading_shape(self, heading: _Element) -> Shape:
        """A heading; if it opens a list item, that item is no item but a section.

        In a table of data it is the text of a cell.
        """
        if self._cell()[2]:
            return self._cell_shape()
        item = self._open.innermost(("li",))

        def done() -> None:
            heading.begun = True
            if item is not None:
                item.begun = True

        return Shape(BlockKind.HEADING, int(heading.name[1]), layout=Layout.MARKED, done=done)

    def _cell_shape(self) -> Shape:
        row, column, table = self._cell()
        return Shape(BlockKind.CELL, 0, table, row, column, table=table) if table else Shape()

    def _cell(self) -> tuple[int, int, int]:
        """Row, column and table of the cell that is open; zeros if none is, or no data's."""
        cell, table = self._open.innermost(CELLS), self._open.innermost(("table",))
        if cell is None or table is None or table.arranges or cell.row < 0:
            return 0, 0, 0
        return cell.row, cell.column, table.group


def _is_bold(given: dict[str, str]) -> bool:
    style = given.get("style", "").replace(" ", "").lower()
    return any(f"font-weight:{weight}" in style for weight in ("bold", "6", "7", "8", "9"))


def _unescaped(view: View, start: int, end: int, builder: Builder) -> None:
    """Add text to *builder* with its references decoded and all white space kept."""
    import re

    from jdlint.read.tags import REFERENCE

    at = start
    for found in re.finditer(REFERENCE, view.text[start:end]):
        text, used = decode(found.group())
        builder.literal(view, at, start + found.start())
        at = start + found.start() + used
        if used:
            builder.decoded(view, text, start + found.start(), at)
    builder.literal(view, at, end)


def unescaped(view: View) -> View:
    """*view* with its character references decoded, each leading back to where it stands."""
    builder = Builder("")
    _unescaped(view, 0, len(view.text), builder)
    document = builder.document()
    return View(document.plain, document.offsets.pieces)
