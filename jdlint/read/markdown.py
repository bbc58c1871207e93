"""Markdown and MDX: a CommonMark parser's events, turned into blocks with exact places.

The parser (pulldown-cmark, through pyromark) reads the *cover* of the text, in which
templates, comments and bare URLs are hidden at equal length; its ranges then hold for
the text itself.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from jdlint.model import PlainSpan
from jdlint.read.build import Builder, View
from jdlint.read.bytewise import ByteIndex
from jdlint.read.mask import masked
from jdlint.read.offsets import BlockKind, Layout, Piece

_DEEPEST = 3
"""How often indented text may be read again as Markdown; beyond that it is plain text."""

_LONGEST_TITLE = 100
"""An underlined "heading" longer than this, in characters, is a paragraph above a rule."""

_QUIET = frozenset({"Image", "CodeBlock", "HtmlBlock", "MetadataBlock"})
_PARTS = frozenset(
    "Paragraph Heading BlockQuote CodeBlock HtmlBlock List Item FootnoteDefinition Table TableCell "
    "DefinitionList DefinitionListTitle DefinitionListDefinition".split()
)
"""Tags that begin or end a block."""


class _Item(msgspec.Struct):
    """A list item that is open; *begun* once its first block was written."""

    level: int
    group: int
    begun: bool = False


def blocks(view: View, builder: Builder) -> None:
    """Append the blocks of the Markdown text *view*; MDX if the builder's format is mdx."""
    _Reader(view, builder, 0).run()


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
    """The state while one text is read."""

    def __init__(self, view: View, builder: Builder, depth: int) -> None:
        self.view = view
        self.builder = builder
        self.depth = depth
        self.hidden = masked(view.text, "mdx" if builder.format == "mdx" else "markdown")
        self.cover = _encodable(self.hidden.cover)
        self.point = ByteIndex(self.cover).point
        self._opened = -1
        self._broke = -1
        self._quiet = 0
        self._lists: list[int] = []
        self._items: list[_Item] = []
        self._bold: list[int] = []
        self._loose_bold = -1
        self._ranges: list[tuple[int, int]] = []
        self._cell = (0, -1, 0)
        self._html: Any = None

    def run(self) -> None:
        """Read all of it."""
        from pyromark import events_with_range

        for event, reach in events_with_range(self.cover, options=_options()):
            start, end = self.point(reach["start"]), self.point(reach["end"])
            if isinstance(event, str):
                self._mark(event, start, end)
                continue
            ((name, value),) = event.items()
            if name == "Text":
                self._text(value, start, end)
            elif name in ("Start", "End"):
                tag, given = (value, None) if isinstance(value, str) else next(iter(value.items()))
                self._tag(name, tag, given, start, end)
            else:
                self._inline(name, start, end)
        self._end_block()
        self._end_html()

    def _mark(self, event: str, start: int, end: int) -> None:
        """A line end or a rule."""
        if event in ("SoftBreak", "HardBreak"):
            self._break(start, end)
        elif event == "Rule":
            self._end_block()

    def _break(self, start: int, end: int) -> None:
        """A line end inside a block, once, and never at its start."""
        self._end_loose_bold()
        position = self.builder.position
        if self._quiet or position in (self._opened, self._broke) or self._opened < 0:
            return
        if self.view.text[start:end] == "\n":
            self.builder.literal(self.view, start, end)
        else:
            self.builder.decoded(self.view, "\n", start, end)
        self._broke = self.builder.position

    def _text(self, text: str, start: int, end: int) -> None:
        if self._quiet:
            self._ranges.append((start, end))
            return
        if text in ("*", "_") and self._is_loose_mark(text, start):
            return
        self._begin()
        if text == self.cover[start:end]:
            self.hidden.write(self.builder, self.view, start, end)
        else:
            self.builder.decoded(self.view, text, start, end)

    def _is_loose_mark(self, sign: str, at: int) -> bool:
        """Whether *sign* belongs to a ``**`` that never closes, or closes after a blank.

        Readers see through it, so it is left out; bold is what stands between two of
        them, or up to the end of the line.
        """
        low, high = at, at + 1
        while low > at - 4 and self.cover[low - 1 : low] == sign:
            low -= 1
        while high < at + 4 and self.cover[high : high + 1] == sign:
            high += 1
        if not 2 <= high - low <= 3 or self.cover[low - 1 : low] == "\\":
            return False
        if low == at:
            self._begin()
            if self._loose_bold < 0:
                self._loose_bold = self.builder.position
            else:
                self._end_loose_bold()
        return True

    def _end_loose_bold(self) -> None:
        if 0 <= self._loose_bold < self.builder.position:
            self.builder.bold.append(PlainSpan(self._loose_bold, self.builder.position))
        self._loose_bold = -1

    def _inline(self, name: str, start: int, end: int) -> None:
        """Code, an inline tag, a task's box, a footnote's mark."""
        if name == "Code":
            self._thing("code", start, end)
        elif name == "InlineHtml" and not self._quiet:
            self._inline_tag(start, end)
        elif name == "Html":
            self._ranges.append((start, end))

    def _thing(self, kind: str, start: int, end: int) -> None:
        if not self._quiet:
            self._begin()
            self.builder.thing(self.view, kind, self.view.text[start:end], start, end)

    def _inline_tag(self, start: int, end: int) -> None:
        """An HTML tag among words: a line end, bold, a link; others say nothing."""
        from jdlint.read.elements import BLOCKS
        from jdlint.read.tags import Kind, Token, attributes

        found = re.match(r"<(/?)([A-Za-z][\w-]*)", self.view.text[start:end])
        if found is None:
            return
        name, closing = found[2].lower(), bool(found[1])
        if name == "br" or name in BLOCKS:
            self._break(start, end)
        elif name in ("b", "strong"):
            self._strong(not closing)
        elif name == "img":
            self._thing("image", start, end)
        elif name == "a" and not closing:
            token = Token(Kind.START, start, end, name)
            if target := attributes(self.view.text, token).get("href"):
                self._begin()
                self.builder.link(target)

    def _tag(self, event: str, tag: str, given: Any, start: int, end: int) -> None:
        opening = event == "Start"
        if tag in _PARTS:
            self._part(opening, tag, given, start, end)
        elif tag == "Strong":
            self._strong(opening)
        elif tag == "Link":
            self._link(opening, given, start, end)
        if tag in _QUIET:
            if opening and tag == "Image":
                self._thing("image", start, end)
            self._quiet += 1 if opening else -1

    def _strong(self, opening: bool) -> None:
        if opening:
            self._bold.append(self.builder.position)
        elif self._bold and (start := self._bold.pop()) < self.builder.position:
            self.builder.bold.append(PlainSpan(start, self.builder.position))

    def _link(self, opening: bool, given: Any, start: int, end: int) -> None:
        """A link's target; one that is written as its own text is a thing."""
        bare = given is not None and given.get("link_type") in ("Autolink", "Email")
        if opening and bare:
            self._thing("email" if given["link_type"] == "Email" else "url", start, end)
            self._quiet += 1
        elif opening and not self._quiet:
            self._begin()
            self.builder.link(self._target(given["dest_url"], start, end))
        elif not opening and self.cover[start : start + 1] == "<":
            self._quiet -= 1

    def _target(self, target: str, start: int, end: int) -> str:
        """A link's target as written, also where a template stands in it."""
        if next(self.hidden.within(start, end), None) is None:
            return target
        at = self.cover.rfind(target, start, end)
        return self.view.text[at : at + len(target)] if target and at >= 0 else target

    def _part(self, opening: bool, tag: str, given: Any, start: int, end: int) -> None:
        """A block begins or ends."""
        if not (tag == "Paragraph" and opening and not self._items):
            if not opening and tag in _ENDINGS:
                _ENDINGS[tag](self, given, start, end)
            else:
                self._end_block()
        if tag != "HtmlBlock" and opening and self._html is not None:
            self._html.pause()
        if opening and tag in _BEGINNINGS:
            _BEGINNINGS[tag](self, given)

    def _begin(self) -> None:
        """Make sure that a block is open."""
        if self._opened < 0:
            self._opened = self.builder.position

    def _end_block(
        self, kind: BlockKind | None = None, level: int = 0, layout: Layout = Layout.NONE
    ) -> None:
        """Close the block that is open: by its place an item or a paragraph, unless *kind*."""
        self._end_loose_bold()
        opened, self._opened = self._opened, -1
        if opened < 0:
            return
        self._bold.clear()
        if kind is not None:
            self.builder.block(kind, opened, level=level, layout=layout)
        elif not self._items:
            self.builder.block(BlockKind.PARAGRAPH, opened)
        else:
            item = self._items[-1]
            first = BlockKind.PARAGRAPH if item.begun else BlockKind.ITEM
            written = self.builder.block(first, opened, level=item.level, group=item.group)
            item.begun = item.begun or written

    def _end_heading(self, given: Any, start: int, end: int) -> None:
        underlined = self.cover[start : start + 1] != "#"
        long = self.builder.position - self._opened > _LONGEST_TITLE
        if underlined and long:
            self._end_block(BlockKind.PARAGRAPH)
        else:
            self._end_block(BlockKind.HEADING, int(str(given)[1:]), Layout.MARKED)

    def _end_term(self, given: Any, start: int, end: int) -> None:
        self._end_block(BlockKind.HEADING, 7, Layout.RUN_IN)

    def _begin_list(self, given: Any) -> None:
        if not self._lists:
            self._lists.append(self.builder.next_group())
        else:
            self._lists.append(self._lists[-1])

    def _end_list(self, given: Any, start: int, end: int) -> None:
        self._end_block()
        self._lists.pop()

    def _begin_item(self, given: Any) -> None:
        self._items.append(_Item(len(self._lists), self._lists[-1]))

    def _end_item(self, given: Any, start: int, end: int) -> None:
        self._end_block()
        self._items.pop()

    def _begin_table(self, given: Any) -> None:
        self._cell = (self.builder.next_group(), -1, 0)

    def _end_cell(self, given: Any, start: int, end: int) -> None:
        group, row, column = self._cell
        self._end_loose_bold()
        opened, self._opened = self._opened, -1
        if opened >= 0:
            self.builder.block(BlockKind.CELL, opened, group=group, row=row, column=column)
        self._cell = (group, row, column + 1)

    def _begin_row(self, given: Any) -> None:
        group, row, _ = self._cell
        self._cell = (group, row + 1, 0)

    def _begin_verbatim(self, given: Any) -> None:
        self._ranges.clear()

    def _end_code(self, given: Any, start: int, end: int) -> None:
        """Code is a thing of its own; indented prose is read for what it is."""
        fenced = self.cover[start:end].lstrip().startswith(("```", "~~~"))
        inner = self._inner(dedent=True)
        self._quiet -= 1
        if not fenced and reads_like_prose(inner.text):
            if self.depth < _DEEPEST:
                _Reader(inner, self.builder, self.depth + 1).run()
            else:
                from jdlint.read.plain import blocks as plain_blocks

                plain_blocks(inner, self.builder)
        else:
            self._thing("code", start, end)
            self._end_block(BlockKind.PARAGRAPH)
        self._quiet += 1

    def _end_html_block(self, given: Any, start: int, end: int) -> None:
        """Hand a block of HTML to the HTML reader, which remembers what is open."""
        if self._html is None:
            from jdlint.read.html import HtmlWalker

            self._html = HtmlWalker(self.builder)
        joined = all(a[1] == b[0] for a, b in zip(self._ranges, self._ranges[1:], strict=False))
        if self._ranges and joined:
            self._html.feed(self.view, self._ranges[0][0], self._ranges[-1][1])
        elif self._ranges:
            inner = self._inner(dedent=False)
            self._html.feed(inner, 0, len(inner.text))

    def _end_html(self) -> None:
        if self._html is not None:
            self._html.close()

    def _inner(self, *, dedent: bool) -> View:
        """The verbatim lines that were met as a view, without what quotes and lists add."""
        lines = [(start, end) for start, end in self._ranges if end > start]
        texts = [self.view.text[start:end] for start, end in lines]
        indents = [len(t) - len(t.lstrip(" \t")) for t in texts if t.strip()]
        cut = min(indents, default=0) if dedent else 0
        pieces: list[Piece] = []
        length, kept = 0, []
        for (start, end), text in zip(lines, texts, strict=True):
            skip = min(cut, len(text) - len(text.lstrip(" \t")))
            for piece in self.view.source(start + skip, end):
                pieces.append(piece._replace(plain=piece.plain - start - skip + length))
            kept.append(text[skip:])
            length += end - start - skip
        return View("".join(kept), tuple(pieces))


_ENDINGS: dict[str, Callable[[_Reader, Any, int, int], None]] = {
    "Heading": _Reader._end_heading,
    "DefinitionListTitle": _Reader._end_term,
    "List": _Reader._end_list,
    "Item": _Reader._end_item,
    "TableCell": _Reader._end_cell,
    "CodeBlock": _Reader._end_code,
    "HtmlBlock": _Reader._end_html_block,
}
_BEGINNINGS: dict[str, Callable[[_Reader, Any], None]] = {
    "List": _Reader._begin_list,
    "Item": _Reader._begin_item,
    "Table": _Reader._begin_table,
    "CodeBlock": _Reader._begin_verbatim,
    "HtmlBlock": _Reader._begin_verbatim,
}


def _encodable(text: str) -> str:
    """*text* without lone surrogates, which no UTF-8 can hold, at equal length."""
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
