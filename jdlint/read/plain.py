"""Plain text: paragraphs, bullets and underlined headings, found by how the lines look."""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from jdlint.language.late import late
from jdlint.read import bullets
from jdlint.read.build import Builder, View
from jdlint.read.mask import Masked, masked
from jdlint.read.offsets import BlockKind, Layout

TAB = 4
"""The columns that a tab stands for where indentation is measured."""

_WIDEST = 120
"""No hard-wrapped text is wider than this; longer lines are whole paragraphs."""

_LONG = 40
"""A line shorter than this was not broken for want of room."""

_DEEPEST = 20
"""Bullets are not told apart beyond this level."""

_DASHES = ("-", "\u2013", "\u2014")
_BREAKS = "\r\n|[\n\r\v\f\x85\u2028\u2029]"


class Line(msgspec.Struct, frozen=True):
    """A line of the view: its text is ``start:end``, its line end ``end:after``.

    *indent* is the column of its text, in blanks. A bullet's *mark* is not part of
    its text; *tie* is 0 for text, 1 for a bullet, 2 for a mark that may be decoration
    (an emoji) unless its neighbours begin like it.
    """

    start: int
    end: int
    after: int
    indent: int
    mark: str
    tie: int


def blocks(view: View, builder: Builder) -> None:
    """Append the blocks of the plain text *view*."""
    hidden = masked(view.text, "plain")
    builder.includes += hidden.includes()
    lines = list(_joined(_lines(hidden.cover)))
    _Writer(view, builder, hidden, _wrap_width(lines, view.text)).write(lines)


@cache
def _label() -> re.Pattern[str]:
    """A label such as ``Closing date:`` at the start of a line."""
    return late(r"[A-Z][\w /&'-]{1,40}:(?:\s|$)")


@cache
def _line() -> re.Pattern[str]:
    return late(f"([^\n\r\v\f\x85\u2028\u2029]*)({_BREAKS}|\\Z)")


def _lines(text: str) -> Iterator[Line]:
    for found in _line().finditer(text):
        start, end = found.span(1)
        body = text[start:end]
        lead = len(body) - len(body.lstrip())
        indent = len(body[:lead].expandtabs(TAB))
        body_end = start + len(body.rstrip())
        first = min(start + lead, body_end)
        if bullets.is_lone(text[first:body_end]):
            yield Line(first, body_end, found.end(), indent, "alone", 1)
        elif bullet := bullets.match(text, first, body_end):
            tie = 1 if bullet.certain else 2
            yield Line(bullet.end, body_end, found.end(), indent, bullet.mark, tie)
        else:
            yield Line(first, body_end, found.end(), indent, "", 0)
        if found.end() == len(text) and start != end:
            return


def _joined(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines, where a bullet that stands alone on its line goes to the next one."""
    lone: Line | None = None
    for line in lines:
        if line.mark == "alone":
            lone = line
        elif lone is not None and line.end > line.start and not line.tie:
            yield msgspec.structs.replace(line, indent=lone.indent, mark="\u2022", tie=1)
            lone = None
        else:
            yield line


def _wrap_width(lines: list[Line], text: str) -> int:
    """The column at which the text was hard-wrapped, or 0 if it was not.

    Wrapped text has many lines that end shortly before the same column, and hardly any
    beyond it (a URL, say).
    """
    lengths = sorted(
        line.indent + line.end - line.start
        for line in lines
        if line.end - line.start >= _LONG and " " in text[line.start : line.end]
    )
    if len(lengths) < 2:
        return 0
    width = lengths[-1 - len(lengths) // 20]
    near = sum(1 for length in lengths if width - 16 <= length <= width)
    return width if width <= _WIDEST and near > 1 and near * 3 >= len(lengths) else 0


class _Writer:
    """Turns lines into blocks."""

    def __init__(self, view: View, builder: Builder, hidden: Masked, width: int) -> None:
        self.view = view
        self.builder = builder
        self.hidden = hidden
        self.width = width
        self._levels: list[tuple[int, str]] = []
        self._groups: list[int] = []
        self._stretch: list[Line] = []
        self._item: Line | None = None

    def write(self, lines: list[Line]) -> None:
        """Write all lines, block by block."""
        for number, line in enumerate(lines):
            before = lines[number - 1] if number else None
            behind = lines[number + 1] if number + 1 < len(lines) else None
            if self._is_blank(line) or self._is_rule(line):
                self._underline(line)
                self._close()
            elif self._is_item(line, before, behind):
                self._close()
                self._begin_item(line)
            else:
                if not self._continues(line):
                    self._close()
                    self._item = None
                self._stretch.append(line)
        self._close()

    def _text(self, line: Line) -> str:
        return self.hidden.cover[line.start : line.end]

    def _is_blank(self, line: Line) -> bool:
        return line.end <= line.start

    def _is_rule(self, line: Line) -> bool:
        """A line drawn with signs: an underline or a separator."""
        text = self._text(line)
        return len(text) >= 3 and not text.strip("-_=*~#+.\u2013\u2014\u2500\u2501\u2550 ")

    def _is_item(self, line: Line, before: Line | None, behind: Line | None) -> bool:
        """Whether *line* begins with a bullet; an emoji is one beside another."""
        beside = [other for other in (before, behind) if other is not None]
        if line.tie == 2:
            return any(other.tie == 2 for other in beside)
        if line.mark in _DASHES and self._stretch and self._item is None:
            ends = self._text(self._stretch[-1])[-1] in ".:;!?"
            fellow = any(other.mark == line.mark for other in beside)
            return ends or fellow or not self._is_full(self._stretch[-1], line)
        return line.tie == 1

    def _is_lower(self, line: Line) -> bool:
        return self._text(line)[:1].islower()

    def _is_full(self, line: Line, next_line: Line) -> bool:
        """Whether the first word of *next_line* had no room on *line*."""
        if not self.width or line.end - line.start < _LONG:
            return False
        word = self._text(next_line).split(None, 1)[0]
        return line.indent + line.end - line.start + 1 + len(word) > self.width - 4

    def _continues(self, line: Line) -> bool:
        """Whether *line* goes on with the sentence of the line before."""
        if not self._stretch:
            return False
        last = self._stretch[-1]
        text = self._text(last)
        open_end = text[-1] not in ".!?:;"
        if self._item is not None and line.indent > self._item.indent:
            return True
        if self._is_lower(line) or self._text(line)[0] in "(&,;":
            return open_end and (len(text) >= _LONG or text[-1] in ",&-")
        return self._is_full(last, line) and not _label().match(self._text(line))

    def _begin_item(self, line: Line) -> None:
        """Start an item, its level by indentation, and by its mark among equals."""
        while self._levels and self._levels[-1][0] > line.indent:
            self._levels.pop()
        key = (line.indent, line.mark)
        if key in self._levels:
            del self._levels[self._levels.index(key) + 1 :]
        elif len(self._levels) < _DEEPEST:
            self._levels.append(key)
        del self._groups[len(self._levels) :]
        if len(self._groups) < len(self._levels):
            self._groups.append(self.builder.next_group())
        self._item = line
        self._stretch.append(line)

    def _underline(self, line: Line) -> None:
        """Make the one line above an underline a heading."""
        if self._is_blank(line) or len(self._stretch) != 1 or self._item is not None:
            return
        title, mark = self._stretch[0], self._text(line)[0]
        if mark in "=-~*" and title.end - title.start <= 100:
            self._close(BlockKind.HEADING, level=1 if mark == "=" else 2, layout=Layout.MARKED)

    def _close(
        self, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0, layout: Layout = Layout.NONE
    ) -> None:
        """Write the lines that wait as one block."""
        if not self._stretch:
            return
        start, group = self.builder.position, 0
        self._put()
        if self._item is self._stretch[0]:
            kind, level, group = BlockKind.ITEM, len(self._levels), self._groups[-1]
        elif self._item is None:
            self._levels.clear()
            self._groups.clear()
        self.builder.block(kind, start, level=level, group=group, layout=layout)
        self._stretch.clear()

    def _put(self) -> None:
        """Write the text of the lines that wait, with single line ends between them."""
        before: Line | None = None
        for line in self._stretch:
            if before is not None:
                end = self.view.text[before.end : before.after].rstrip(" \t\u00a0")
                at = before.after - len(end.lstrip(" \t\u00a0"))
                self._line_end(at, before.after)
            self.hidden.write(self.builder, self.view, line.start, line.end)
            before = line

    def _line_end(self, start: int, end: int) -> None:
        if self.view.text[start:end] == "\n":
            self.builder.literal(self.view, start, end)
        else:
            self.builder.decoded(self.view, "\n", start, end)
