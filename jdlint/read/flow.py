"""Running text of HTML: white space collapsed as in a browser, lines, links and bold."""

import re
from collections.abc import Callable
from functools import cache

import msgspec

from jdlint.language.late import late
from jdlint.model import PlainSpan
from jdlint.read.build import Builder, View
from jdlint.read.offsets import BlockKind, Layout
from jdlint.read.tags import REFERENCE, decode


class Shape(msgspec.Struct, frozen=True):
    """What the next block will be; *done* is told whether text came for it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    group: int = 0
    row: int = 0
    column: int = 0
    layout: Layout = Layout.NONE
    table: int = 0
    done: Callable[[], object] | None = None


class _Part(msgspec.Struct, frozen=True):
    """Something that waits for words to follow: an object, a space or a line end."""

    view: View
    kind: str
    text: str
    start: int
    end: int


@cache
def _special() -> re.Pattern[str]:
    """White space that a browser would show as one space, and character references."""
    return late(rf"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+|{REFERENCE}")


class Flow:
    """Writes the text of one block after the other; *shape* tells what a new block is."""

    def __init__(self, builder: Builder, shape: Callable[[], Shape]) -> None:
        self._builder = builder
        self._shape_now = shape
        self._shape = Shape()
        self._bold = 0
        self._link: str | None = None
        self._reset()

    def _reset(self) -> None:
        """Forget the block that is done."""
        self._begin: int | None = None
        self._waiting: list[_Part] = []
        self._breaks: list[_Part] = []
        self._space = True
        self._solid = 0
        self._bold_from: int | None = None
        self._between = False

    def text(self, view: View, start: int, end: int) -> None:
        """Add ``view.text[start:end]``, which holds no tags."""
        at = start
        for found in _special().finditer(view.text, start, end):
            self._literal(view, at, found.start())
            at = self._one(view, found)
        self._literal(view, at, end)

    def object(self, view: View, kind: str, text: str, start: int, end: int) -> None:
        """Add something that is not prose, such as code."""
        part = _Part(view, kind, text, start, end)
        self._settle()
        self._space = False
        if self._begin is None:
            self._waiting.append(part)
        else:
            self._object(part)

    def line_break(self, view: View, start: int, end: int) -> None:
        """A new line in the block, if words follow; several in a row begin a new block."""
        if self._begin is not None:
            self._breaks.append(_Part(view, "", "\n", start, end))
            self._space = True

    def bold(self, step: int) -> None:
        """One more (1) or one less (-1) element sets the text in bold."""
        self._bold = max(0, self._bold + step)
        if not self._bold:
            self._end_bold()

    def link(self, target: str | None) -> None:
        """The words that follow are a link to *target*; None: no more."""
        self._link = target

    def finish(self) -> None:
        """Close the block."""
        if self._begin is not None:
            self._end_bold()
            shape = self._shape
            kept = self._builder.block(
                shape.kind,
                self._begin,
                level=shape.level,
                group=shape.group,
                row=shape.row,
                column=shape.column,
                layout=shape.layout,
                table=shape.table,
            )
            if kept and shape.done:
                shape.done()
        self._reset()

    def _one(self, view: View, found: re.Match[str]) -> int:
        """Add white space or a reference; where to go on."""
        start, end, written = found.start(), found.end(), found.group()
        if written[0] != "&":
            self._blank(view, start, end)
            return end
        text, used = decode(written)
        if not used:
            self._literal(view, start, end)
            return end
        if text and not text.strip(" \t\n\r\f"):
            self._blank(view, start, start + used)
        else:
            self._decoded(view, text, start, start + used)
        return start + used

    def _blank(self, view: View, start: int, end: int) -> None:
        """Add one space, unless there is one already."""
        if self._space:
            return
        self._space = True
        if self._begin is None:
            if self._waiting:
                self._waiting.append(_Part(view, "", " ", start, end))
        elif view.text[start:end] == " ":
            self._builder.literal(view, start, end)
        else:
            self._builder.decoded(view, " ", start, end)

    def _literal(self, view: View, start: int, end: int) -> None:
        """Add text that has no double spaces in it."""
        text = view.text
        if start < end and text[start] == " ":
            self._blank(view, start, start + 1)
            start += 1
        if start >= end:
            return
        self._settle()
        self._start()
        self._builder.literal(view, start, end)
        self._space = text[end - 1] == " "
        self._note()

    def _decoded(self, view: View, text: str, start: int, end: int) -> None:
        self._settle()
        self._start()
        self._builder.decoded(view, text, start, end)
        self._space = False
        self._note()

    def _note(self) -> None:
        """Remember how the text ends so far."""
        self._solid = self._builder.position - self._space
        self._between |= not self._bold

    def _start(self) -> None:
        """Make sure that a block is open, and that what waited for its words is in it."""
        if self._begin is None:
            self._begin = self._builder.position
            self._shape = self._shape_now()
            waiting, self._waiting = self._waiting, []
            for part in waiting:
                self._object(part)
        if self._link is not None:
            self._builder.link(self._link)
            self._link = None
        if self._bold and self._bold_from is None:
            self._bold_from = self._builder.position

    def _object(self, part: _Part) -> None:
        if part.kind:
            self._builder.thing(part.view, part.kind, part.text, part.start, part.end)
            self._note()
        else:
            self._builder.decoded(part.view, part.text, part.start, part.end)

    def _settle(self) -> None:
        """Write the line end that waits; several of them in a row end the block."""
        breaks, self._breaks = self._breaks, []
        if len(breaks) > 1:
            self.finish()
        elif breaks:
            self._end_bold()
            self._object(breaks[0])
            self._between = True

    def _end_bold(self) -> None:
        """Note the bold stretch that ends here, as one with the last if only a blank parts them.

        A line end parts them, so that a bold line can be told from a bold word.
        """
        if self._bold_from is None or self._begin is None:
            return
        bold, start, self._bold_from = self._builder.bold, self._bold_from, None
        if self._solid <= start:
            return
        if bold and bold[-1].start >= self._begin and not self._between:
            bold[-1] = PlainSpan(bold[-1].start, self._solid)
        else:
            bold.append(PlainSpan(start, self._solid))
        self._between = False
