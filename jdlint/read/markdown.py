"""Markdown and MDX: a CommonMark parser's events, turned into blocks with exact places.

The parser (pulldown-cmark, through pyromark) reads the *cover* of the text, in which
templates, comments and bare URLs are hidden at equal length; its ranges then hold for
the text itself.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from jdlint.read.build import Builder, View
from jdlint.read.bytewise import ByteIndex
from jdlint.read.inline import Inline
from jdlint.read.mask import masked
from jdlint.read.offsets import BlockKind, Layout

if TYPE_CHECKING:
    from jdlint.read.html import HtmlWalker
    from jdlint.read.tags import Token

_DEEPEST = 3
"""How often indented text may be read again as Markdown; beyond that it is plain text."""

_LONGEST_TITLE = 100
"""An underlined "heading" longer than this, in characters, is a paragraph above a rule."""

_QUIET = frozenset({"Image", "CodeBlock", "HtmlBlock", "MetadataBlock"})
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
"""Tags that neither begin nor end a block."""


_LONGEST_SENTENCE = 60
"""The same for one that ends in a full stop."""

# Python fetches a name faster than the member of an enumeration.
_HEADING, _PARAGRAPH, _ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM
_MARKED = Layout.MARKED


class _Item(msgspec.Struct):
    """A list item that is open; *begun* once its first block was written."""

    level: int
    group: int
    begun: bool = False


def blocks(view: View, builder: Builder) -> None:
    """Append the blocks of the Markdown text *view*; MDX if the builder's format is mdx."""
    read(view, builder)


def read(view: View, builder: Builder) -> "list[Token]":
    """Append the blocks of *view*; the JSON-LD scripts among its HTML, at their places in it."""
    reader = _Reader(view, builder, 0)
    reader.run()
    return [token for token in reader.scripts if token.name == "ld+json"]


@cache
def _options() -> Any:
    from pyromark import Options

    return (
        Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_DEFINITION_LIST
        | Options.ENABLE_HEADING_ATTRIBUTES
    )


class _Reader:
    """The state while one text is read.

    *_now* is the event at hand: what the parser says of it, and its range in bytes. *_quiet*
    counts what is open that holds no prose. *_cell* is the table, row and column at hand.
    """

    def __init__(self, view: View, builder: Builder, depth: int) -> None:
        self.view = view
        self.builder = builder
        self.depth = depth
        self.hidden = masked(view.text, "mdx" if builder.format == "mdx" else "markdown")
        builder.includes += self.hidden.includes()
        self.cover = _parsable(self.hidden.cover)
        self._inline = Inline(view, builder, self.hidden, self._may_part, self._end_block)
        self._point = ByteIndex(self.cover).point
        self._now: tuple[Any, dict[str, int]] = (None, {})
        self._quiet = 0
        self._in_heading = False
        self._lists: list[int] = []
        self._items: list[_Item] = []
        self._ranges: list[tuple[int, int]] = []
        self._cell = (0, -1, 0)
        self.scripts: list[Token] = []
        self._html: HtmlWalker | None = None

    def run(self) -> None:
        """Read all of it."""
        from pyromark import events_with_range

        events: Any = events_with_range(self.cover, options=_options())
        for event, reach in events:
            if isinstance(event, str):
                self._mark(event, reach)
                continue
            ((name, value),) = event.items()
            if name == "Text":
                self._words(value, *self._points(reach))
            elif name in ("Start", "End"):
                tag, given = (value, None) if isinstance(value, str) else next(iter(value.items()))
                self._now = (given, reach)
                self._tag(name == "Start", tag)
            else:
                self._other(name, *self._points(reach))
        self._end_block()
        if self._html is not None:
            self._html.close()

    def _points(self, reach: dict[str, int]) -> tuple[int, int]:
        """The range of an event in code points."""
        return self._point(reach["start"]), self._point(reach["end"])

    def _mark(self, event: str, reach: dict[str, int]) -> None:
        """A line end or a rule."""
        if event == "Rule":
            self._end_block()
        elif not self._quiet:
            self._inline.line_end(*self._points(reach), hard=event == "HardBreak")

    def _words(self, text: str, start: int, end: int) -> None:
        if self._quiet:
            self._ranges.append((start, end))
        else:
            self._inline.text(text, start, end, self.cover[start:end])

    def _other(self, name: str, start: int, end: int) -> None:
        """Code, an HTML tag; a task's box and a footnote's mark say nothing."""
        if name == "Html":
            self._ranges.append((start, end))
        elif self._quiet:
            return
        elif name == "Code":
            self._inline.thing("code", start, end)
        elif name == "InlineHtml":
            self._inline.tag(start, end)

    def _tag(self, opening: bool, tag: str) -> None:
        """Something with a content begins or ends."""
        if tag not in _INLINE:
            self._block_tag(opening, tag)
        elif tag == "Strong":
            self._inline.strong(opens=opening)
        elif tag == "Link":
            self._link(opening)
        if tag in _QUIET:
            if opening and tag == "Image" and not self._quiet:
                self._inline.thing("image", *self._points(self._now[1]))
            self._quiet += 1 if opening else -1

    def _link(self, opening: bool) -> None:
        """A link whose words are prose, or an address in angle brackets, which is a thing."""
        given, reach = self._now
        start, end = self._points(reach)
        bare = self.cover[start : start + 1] == "<"
        if not opening:
            self._quiet -= bare
        elif not self._quiet and not bare:
            self._inline.link(self._target(given["dest_url"], start, end))
        elif bare:
            if not self._quiet:
                kind = "email" if given["link_type"] == "Email" else "url"
                self._inline.thing(kind, start, end)
            self._quiet += 1

    def _target(self, target: str, start: int, end: int) -> str:
        """A link's target as it is written, also where a template stands in it."""
        if not target or next(self.hidden.within(start, end), None) is None:
            return target
        at = self.cover.rfind(target, start, end)
        return self.view.text[at : at + len(target)] if at >= 0 else target

    def _block_tag(self, opening: bool, tag: str) -> None:
        """A block, or something that holds blocks, begins or ends."""
        if opening:
            self._end_block()
            if self._html is not None and tag != "HtmlBlock":
                self._html.pause()
            if tag in _BEGINNINGS:
                _BEGINNINGS[tag](self)
        elif tag in _ENDINGS:
            _ENDINGS[tag](self)
        else:
            self._end_block()

    def _end_block(
        self, kind: BlockKind | None = None, level: int = 0, layout: Layout = Layout.NONE
    ) -> None:
        """Close the block that is open: by its place an item or a paragraph, unless *kind*."""
        opened = self._inline.end()
        if opened < 0:
            return
        if kind is not None or not self._items:
            self.builder.block(kind or _PARAGRAPH, opened, level=level, layout=layout)
            return
        item = self._items[-1]
        kind = _PARAGRAPH if item.begun else _ITEM
        if self.builder.block(kind, opened, level=item.level, group=item.group):
            item.begun = True

    def _may_part(self) -> bool:
        """Whether a hard line end may begin a new block: not in items, cells and headings."""
        return not self._items and self._cell[1] < 0 and not self._in_heading

    def _begin_heading(self) -> None:
        self._in_heading = True

    def _end_heading(self) -> None:
        self._in_heading = False
        given, reach = self._now
        start = self._point(reach["start"])
        underlined = self.cover[start : start + 1] != "#"
        if underlined and not self._is_title():
            self._end_block(_PARAGRAPH)
        else:
            self._end_block(_HEADING, int(given[1:]), _MARKED)

    def _is_title(self) -> bool:
        """Whether the open block is short enough for a title, and no long sentence."""
        text = self.builder.tail(self._inline.opened)
        return len(text) <= (_LONGEST_SENTENCE if text.endswith(".") else _LONGEST_TITLE)

    def _end_term(self) -> None:
        self._end_block(BlockKind.HEADING, 0, Layout.RUN_IN)

    def _begin_list(self) -> None:
        self._lists.append(self.builder.next_group())

    def _end_list(self) -> None:
        self._end_block()
        self._lists.pop()

    def _begin_item(self) -> None:
        self._items.append(_Item(len(self._lists), self._lists[-1]))

    def _end_item(self) -> None:
        self._end_block()
        self._items.pop()

    def _begin_table(self) -> None:
        self._cell = (self.builder.next_group(), -1, 0)

    def _end_table(self) -> None:
        self._cell = (0, -1, 0)

    def _begin_row(self) -> None:
        group, row, _ = self._cell
        self._cell = (group, row + 1, 0)

    def _end_cell(self) -> None:
        group, row, column = self._cell
        opened = self._inline.end()
        if opened >= 0:
            self.builder.block(
                BlockKind.CELL, opened, group=group, row=row, column=column, table=group
            )
        self._cell = (group, row, column + 1)

    def _begin_verbatim(self) -> None:
        self._ranges.clear()

    def _end_code(self) -> None:
        """Code is a thing of its own; indented prose is read for what it is."""
        start, end = self._points(self._now[1])
        fenced = self.cover[start:end].startswith(("```", "~~~"))
        self._quiet -= 1
        inner = View("") if fenced else self._inner(dedent=True)
        if self._is_muted():
            pass
        elif reads_like_prose(inner.text):
            self._again(inner)
        else:
            self._inline.thing("code", start, end)
            self._end_block(BlockKind.PARAGRAPH)
        self._quiet += 1

    def _again(self, inner: View) -> None:
        """Read text that stood inside of something as if it were on its own."""
        if self.depth < _DEEPEST:
            _Reader(inner, self.builder, self.depth + 1).run()
        else:
            from jdlint.read import plain

            plain.blocks(inner, self.builder)

    def _is_muted(self) -> bool:
        """Whether an HTML element is open whose content is not prose."""
        return self._html is not None and self._html.hidden

    def _end_html_block(self) -> None:
        """Hand a block of HTML to the HTML reader, which remembers what is open."""
        if self._html is None:
            from jdlint.read.html import HtmlWalker

            self._html = HtmlWalker(self.builder, self.hidden)
        muted, ranges = self._is_muted(), self._ranges
        if ranges and all(a[1] == b[0] for a, b in pairwise(ranges)):
            known = len(self._html.contents)
            self._html.feed(self.view, ranges[0][0], ranges[-1][1])
            self.scripts += self._html.contents[known:]
        elif ranges:
            inner = self._inner(dedent=False)
            self._html.feed(inner, 0, len(inner.text))
        self._quiet += self._is_muted() - muted

    def _inner(self, *, dedent: bool) -> View:
        """The verbatim lines that were met as a view, without what quotes and lists add."""
        texts = [self.view.text[start:end] for start, end in self._ranges]
        cut = min((_indent(text) for text in texts if text.strip()), default=0) if dedent else 0
        scratch = Builder("")
        for (start, end), text in zip(self._ranges, texts, strict=True):
            scratch.literal(self.view, start + min(cut, _indent(text)), end)
        document = scratch.document()
        return View(document.plain, document.offsets.pieces)


_BEGINNINGS: dict[str, Callable[[_Reader], None]] = {
    "Heading": _Reader._begin_heading,
    "List": _Reader._begin_list,
    "Item": _Reader._begin_item,
    "Table": _Reader._begin_table,
    "TableHead": _Reader._begin_row,
    "TableRow": _Reader._begin_row,
    "CodeBlock": _Reader._begin_verbatim,
    "HtmlBlock": _Reader._begin_verbatim,
}
_ENDINGS: dict[str, Callable[[_Reader], None]] = {
    "Heading": _Reader._end_heading,
    "DefinitionListTitle": _Reader._end_term,
    "List": _Reader._end_list,
    "Item": _Reader._end_item,
    "Table": _Reader._end_table,
    "TableCell": _Reader._end_cell,
    "CodeBlock": _Reader._end_code,
    "HtmlBlock": _Reader._end_html_block,
}


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))


def _parsable(text: str) -> str:
    """*text* at equal length without what the parser cannot take.

    No UTF-8 holds a lone surrogate, and pulldown-cmark does not end a heading at a lone CR.
    """
    if "\r" in text:
        text = re.sub(r"\r(?!\n)", "\n", text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def reads_like_prose(text: str) -> bool:
    """Whether indented *text* is words rather than code: few signs, words, no indentation."""
    signs = len(re.findall(r"[{}\[\]<>=$|\\_`]|;[ \t]*$|\w\(", text, re.MULTILINE))
    words = len(re.findall(r"[^\W\d_]{2,}", text))
    return words >= 3 and signs * 8 <= words
