"""Running text of HTML: white space collapsed as in a browser, lines, bullets and bold."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from jdlint.model import PlainSpan
from jdlint.read.build import Builder, View
from jdlint.read.offsets import OBJECT, BlockKind, Layout
from jdlint.read.tags import REFERENCE, decode

BULLETS = (
    "\u2022\u25cf\u25e6\u25aa\u25ab\u25a0\u25a1\u2023\u2043\u2219"
    "\u25ba\u25b8\u27a4\u27a2\u00b7\uf0b7\uf0a7"
)
"""Signs that begin a list item wherever a line begins with them."""

DASHES = "-*\u2013\u2014"
"""Signs that begin a list item if a space follows."""

_BLANKS = " \u00a0"


class Shape(NamedTuple):
    """What the next block will be; *done* is told whether text came for it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    group: int = 0
    row: int = 0
    column: int = 0
    layout: Layout = Layout.NONE
    done: Callable[[], object] | None = None


class _Part(NamedTuple):
    """Something that waits for words to follow: an object, a space or a line end."""

    view: View
    kind: str
    text: str
    start: int
    end: int


@cache
def _special() -> re.Pattern[str]:
    """White space that a browser would show as one space, and character references."""
    return re.compile(rf"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+|{REFERENCE}")


class Flow:
    """Writes the text of one block after the other; *shape* tells what a new block is."""

    def __init__(self, builder: Builder, shape: Callable[[], Shape]) -> None:
        self._builder = builder
        self._shape_now = shape
        self._shape = Shape()
        self._bold = 0
        self._link: str | None = None
        self._bullets = 0
        self._reset()

    def _reset(self) -> None:
        """Forget the block that is done."""
        self._begin: int | None = None
        self._waiting: list[_Part] = []
        self._breaks: list[_Part] = []
        self._space = True
        self._bullet = False
        self._last = ""
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
        self._space = False
        if self._begin is None:
            self._waiting.append(part)
            return
        self._settle(OBJECT)
        if self._begin is None:
            self._space = False
            self._waiting.append(part)
        else:
            self._object(part)

    def line_break(self, view: View, start: int, end: int) -> None:
        """A new line: within the block if its sentence goes on, else in a block of its own."""
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
            shape = self._bullet_shape() if self._bullet else self._shape
            kept = self._builder.block(
                shape.kind,
                self._begin,
                level=shape.level,
                group=shape.group,
                row=shape.row,
                column=shape.column,
                layout=shape.layout,
            )
            if kept and self._shape.done:
                self._shape.done()
            if kept and not self._bullet:
                self._bullets = 0
        self._reset()

    def _bullet_shape(self) -> Shape:
        """A line that begins with a bullet sign is an item, in one list with its neighbours."""
        if self._shape.kind is BlockKind.ITEM:
            return self._shape
        self._bullets = self._bullets or self._builder.next_group()
        return Shape(BlockKind.ITEM, 1, self._bullets)

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
        self._settle(text[start : start + 2])
        start = self._after_bullet(text, start, end)
        if start >= end:
            return
        self._start()
        self._builder.literal(view, start, end)
        self._space = text[end - 1] == " "
        self._note(text[end - 2] if self._space and end - start > 1 else text[end - 1])

    def _decoded(self, view: View, text: str, start: int, end: int) -> None:
        self._settle(text)
        if not text or self._after_bullet(text, 0, len(text)) == len(text):
            return
        self._start()
        self._builder.decoded(view, text, start, end)
        self._space = False
        self._note(text[-1])

    def _note(self, last: str) -> None:
        """Remember how the text ends so far."""
        self._last = last
        self._solid = self._builder.position - self._space
        self._between |= not self._bold

    def _after_bullet(self, text: str, start: int, end: int) -> int:
        """Where the words begin in ``text[start:end]`` if a block begins here with a bullet."""
        if self._begin is not None or self._waiting:
            return start
        mark = text[start]
        dash = mark in DASHES and start + 1 < end and text[start + 1] in _BLANKS
        if not self._bullet and (dash or mark in BULLETS):
            kind = self._shape_now().kind
            self._bullet = kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
            start += self._bullet
        if self._bullet:
            while start < end and text[start] in _BLANKS:
                start += 1
        return start

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
            self._note(OBJECT)
        else:
            self._builder.decoded(part.view, part.text, part.start, part.end)

    def _settle(self, following: str) -> None:
        """Decide what line ends before *following* mean, now that it is known."""
        if not self._breaks:
            return
        breaks, self._breaks = self._breaks, []
        if len(breaks) > 1 or self._parts(following):
            self.finish()
        elif following:
            self._object(breaks[0])

    def _parts(self, following: str) -> bool:
        """Whether a new line with *following* begins a new block."""
        if self._shape.kind is not BlockKind.PARAGRAPH:
            return False
        goes_on = following[:1].islower() or following[:1] in "(&,;"
        return not goes_on or self._last in ".!?:;"

    def _end_bold(self) -> None:
        """Note the bold stretch that ends here, as one with the last if only blanks part them."""
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
