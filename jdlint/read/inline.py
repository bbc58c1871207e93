"""The inside of a block of Markdown: words, line ends, bold, links and things."""

import re
from collections.abc import Callable

from jdlint.model import PlainSpan
from jdlint.read.build import Builder, View
from jdlint.read.mask import Masked


class Inline:
    """Writes the block that is open; it opens with its first words.

    *parts* is asked whether a hard line end may part the block in two; if so, *close*
    ends the block at hand. *opened* is the plain offset at which it began, or -1.
    """

    def __init__(
        self,
        view: View,
        builder: Builder,
        hidden: Masked,
        parts: Callable[[], bool],
        close: Callable[[], None],
    ) -> None:
        self.opened = -1
        self._view = view
        self._builder = builder
        self._hidden = hidden
        self._parts = parts
        self._close = close
        self._break: tuple[int, int] | None = None
        self._hard = False
        self._bold: list[int] = []
        self._loose_bold = -1

    def text(self, text: str, start: int, end: int, cover: str) -> None:
        """Add words: as they stand if they are *cover*, else (an entity) decoded."""
        if len(text) == 1 and text in "*_" and self._is_loose_mark(text, start):
            return
        self.begin(text)
        if text == cover:
            self._hidden.write(self._builder, self._view, start, end)
        else:
            self._builder.decoded(self._view, text, start, end)

    def line_end(self, start: int, end: int, *, hard: bool) -> None:
        """A line ends here; what that means is known when words follow."""
        self._end_loose_bold()
        if self.opened >= 0:
            self._break = self._break or (start, end)
            self._hard |= hard

    def thing(self, kind: str, start: int, end: int) -> None:
        """Add an object for what is not prose."""
        self.begin()
        self._builder.thing(self._view, kind, self._view.text[start:end], start, end)

    def strong(self, *, opens: bool) -> None:
        """Bold begins or ends."""
        if opens:
            self._settle("")
            self._bold.append(self._builder.position)
        elif self._bold:
            self._note_bold(self._bold.pop())

    def link(self, target: str) -> None:
        """The words that follow are a link to *target*, which may be empty."""
        self.begin()
        self._builder.link(target)

    def tag(self, start: int, end: int) -> None:
        """An HTML tag among words: a line end, bold, a link, an image; others say nothing."""
        from jdlint.read.elements import BLOCKS
        from jdlint.read.tags import Kind, Token, attributes

        found = re.match(r"<(/?)([A-Za-z][\w-]*)", self._view.text[start:end])
        if found is None:
            return
        name, closing = found[2].lower(), bool(found[1])
        if name == "br" or name in BLOCKS:
            self.line_end(start, end, hard=True)
        elif name in ("b", "strong"):
            self.strong(opens=not closing)
        elif name == "img":
            self.thing("image", start, end)
        elif name == "a" and not closing:
            given = attributes(self._view.text, Token(Kind.START, start, end, name))
            if "href" in given:
                self.link(given["href"])

    def begin(self, following: str = "") -> None:
        """Make sure that a block is open for what follows, and end the line before it."""
        if self.opened < 0:
            self.opened = self._builder.position
        elif self._break is not None:
            self._settle(following)

    def end(self) -> int:
        """The block ends; where it began, or -1 if none was open."""
        if self.opened < 0 and not self._bold:
            return -1
        self._end_loose_bold()
        opened, self.opened = self.opened, -1
        self._break, self._hard, self._bold = None, False, []
        return opened

    def _settle(self, following: str) -> None:
        """Write the line end before *following*; a hard one parts lines that are sentences."""
        if self._break is None:
            return
        (start, end), hard = self._break, self._hard
        self._break, self._hard = None, False
        if self._builder.position == self.opened:
            return
        if hard and self._parts() and not following.lstrip()[:1].islower():
            self._part()
        elif self._view.text[start:end] == "\n":
            self._builder.literal(self._view, start, end)
        else:
            self._builder.decoded(self._view, "\n", start, end)

    def _part(self) -> None:
        """End the block and begin another in the same place; bold goes on."""
        bold = self._bold
        for start in bold:
            self._note_bold(start)
        self._close()
        self.opened = self._builder.position
        self._bold = [self.opened] * len(bold)

    def _is_loose_mark(self, sign: str, at: int) -> bool:
        """Whether *sign* belongs to a ``**`` that never closes, or closes after a blank.

        Readers see through it, so it is left out; bold is what stands between two of
        them, or up to the end of the line.
        """
        text, low, high = self._view.text, at, at + 1
        while low > max(at - 4, 0) and text[low - 1] == sign:
            low -= 1
        while high < at + 4 and text[high : high + 1] == sign:
            high += 1
        if not 2 <= high - low <= 3 or text[low - 1 : low] == "\\":
            return False
        if low == at:
            self.begin()
            opens = self._loose_bold < 0
            self._end_loose_bold()
            self._loose_bold = self._builder.position if opens else -1
        return True

    def _end_loose_bold(self) -> None:
        if self._loose_bold >= 0:
            self._note_bold(self._loose_bold)
        self._loose_bold = -1

    def _note_bold(self, start: int) -> None:
        if start < self._builder.position:
            self._builder.bold.append(PlainSpan(start, self._builder.position))
