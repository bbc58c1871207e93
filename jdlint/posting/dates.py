"""Finds the dates of a posting and what each is for: closing, posted, start or interview.

The nearest telling phrase before a date decides, in its own sentence; a cell or a line is
told by the label beside or above it. A date that nothing tells keeps an empty role. Text is
looked at only where a date stands in it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from jdlint.language.calendar import Written, written
from jdlint.language.late import late
from jdlint.model import PlainSpan, SectionKind, SourceSpan
from jdlint.posting.datebook import datebook
from jdlint.posting.lexicon import Mark, Words
from jdlint.posting.model import Section
from jdlint.read.offsets import Block, BlockKind, Document, Field

CLOSING, POSTED, START, INTERVIEW = "closing", "posted", "start", "interview"

MOST = 500
"""How many dates of a text are kept for one posting."""

_ROLES = (CLOSING, POSTED, START, INTERVIEW, "window", "moved", "other")
_LABELS = {
    "closing-label": CLOSING,
    "posted-label": POSTED,
    "start-label": START,
    "interview-label": INTERVIEW,
}
_LONGEST_SENTENCE = 400
_LONGEST_LABEL = 60

_SENTENCE = late(r"(?<!a\.m)(?<!p\.m)(?<![A-Z][a-z]{2})(?<!\bNo)[.!?][)\"']? +(?=[A-Z])|\ufffc\n")
_LABEL_GAP = late(r"[ \t]*(?:[:\u2013-][ \n]*)?(?:\n)?\Z")
_JOINED = late(r"(?:[ ,;/&()-]|\b(?:and|or|to|until|through|till|on|also|the)\b)*\Z")
_RANGE = late(r" ?(?:-|to|until|through|till) ?\Z")
_IS = late(r"[ ,:(-]{1,3}(?:(?:is|as|will be|being|our|the|your|final|this is) ){0,3}\Z")
_SEPARATOR = late(r"[\s_-]")


class Dated(msgspec.Struct, frozen=True):
    """A date and what it is for (*role*: closing, posted, start, interview or empty).

    It stands at *span* in the plain text, or in the field called *field* beside it, at
    *source* in the file (None where the reader knows no place).
    """

    written: Written
    role: str
    text: str
    span: PlainSpan | None = None
    field: str = ""
    source: SourceSpan | None = None


def find_dates(document: Document, sections: Sequence[Section], words: Words) -> tuple[Dated, ...]:
    """The dates of *document*: those of its fields first, then those of its text in order."""
    found = list(_of_fields(document)) if document.fields else []
    in_text = written(words.text, words.distinct)[:MOST]
    if in_text:
        found += _Search(document, sections, words, in_text).told()
    return tuple(found)


def key(name: str) -> str:
    """The last part of a field's name, without separators and in lower case."""
    return _SEPARATOR.sub("", name.rpartition(".")[2]).lower()


def _of_fields(document: Document) -> Iterator[Dated]:
    shown = {key(b.name) for b in document.blocks if b.kind is BlockKind.FIELD and b.name}
    names = {key(field.name) for field in document.fields}
    for field in document.fields:
        name = key(field.name)
        role = datebook().fields.get(name)
        if role is None or name in shown or (role == START and names & datebook().ends):
            continue
        for one in written(field.value[:_LONGEST_SENTENCE]):
            text = field.value[one.start : one.end]
            yield Dated(one, role, text, None, field.name, _place(field, one))


def _place(field: Field, one: Written) -> SourceSpan | None:
    """Where the date stands in the file; the whole value where it is not written out there."""
    span = field.span
    if span is None or span.end - span.start != len(field.value):
        return span
    return SourceSpan(span.start + one.start, span.start + one.end)


class _Search:
    """Asks for each date of a text what it is for."""

    def __init__(
        self,
        document: Document,
        sections: Sequence[Section],
        words: Words,
        dates: Sequence[Written],
    ) -> None:
        self._document = document
        self._text = words.text
        self._words = words
        self._dates = dates
        self._marks = datebook().speech.marks(words)
        self._mark_starts = [mark.start for mark in self._marks]
        self._block_starts = [block.span.start for block in document.blocks]
        self._applying = [
            s for s in sections if s.kinds == (SectionKind.HOW_TO_APPLY,) and s.heading
        ]
        self._closing = [
            s for s in sections if s.kinds == (SectionKind.CLOSING_DATE,) and s.heading
        ]

    def told(self) -> Iterator[Dated]:
        """Every date outside the furniture of a page, with its role."""
        roles: list[str] = []
        blocks = [self._document.blocks[self._block_at(one.start)] for one in self._dates]
        for at, block in enumerate(blocks):
            roles.append(self._role(at, block, roles))
            if at and roles[-1] == roles[-2] == CLOSING and self._is_range(at):
                roles[-2] = POSTED
        for one, block, role, following in zip(
            self._dates, blocks, roles, [*roles[1:], ""], strict=True
        ):
            if block.kind is not BlockKind.FURNITURE:
                span = PlainSpan(one.start, one.end)
                yield Dated(one, _final(role, following), self._document.text(span), span)

    def _block_at(self, offset: int) -> int:
        return max(0, bisect_right(self._block_starts, offset) - 1)

    def _role(self, at: int, block: Block, roles: list[str]) -> str:
        """What date number *at* is for; *roles* are those of the dates before it."""
        one = self._dates[at]
        if block.kind is BlockKind.FIELD and block.name:
            return datebook().fields.get(key(block.name), "")
        start, led = self._reach(at, block)
        own = self._before(start, one) or self._behind(one, block)
        if own:
            return own
        if led:
            return self._continued(at, roles)
        return self._above(one, block)

    def _reach(self, at: int, block: Block) -> tuple[int, bool]:
        """Where to look from for what tells date *at*, and whether another date leads up to it."""
        one = self._dates[at]
        start = max(block.span.start, one.start - _LONGEST_SENTENCE)
        breaks = [m.end() for m in _SENTENCE.finditer(self._text, start, one.start)]
        start = breaks[-1] if breaks else start
        before = self._dates[at - 1] if at else None
        if before is None or before.end <= start:
            return start, False
        led = _JOINED.match(self._text, before.end, one.start) is not None
        return before.end, led

    def _before(self, start: int, one: Written) -> str:
        """The role that the nearest telling phrase between *start* and the date gives."""
        for at in range(bisect_right(self._mark_starts, one.start - 1) - 1, -1, -1):
            mark = self._marks[at]
            if mark.start < start:
                return ""
            if self._words.at(one.start) - mark.last > datebook().reach:
                return ""
            if role := self._told_by(mark, start, one):
                return role
        return ""

    def _told_by(self, mark: Mark, start: int, one: Written) -> str:
        roles = mark.roles
        if found := next((role for role in _ROLES if role in roles), ""):
            return found
        for label, role in _LABELS.items():
            if label in roles and _LABEL_GAP.match(self._text, mark.end, one.start):
                return role if self._opens_line(mark.start) else ""
        applying = "by" in roles and (self._applying_before(mark, start) or self._to_apply(mark))
        return CLOSING if applying else ""

    def _to_apply(self, mark: Mark) -> bool:
        """Whether *mark* opens a block that says how to apply ("No later than 5 June")."""
        held = [s for s in self._applying if s.body.start <= mark.start < s.body.end]
        return bool(held) and mark.start == self._block_starts[self._block_at(mark.start)]

    def _opens_line(self, offset: int) -> bool:
        """Whether only signs stand between *offset* and the beginning of its line or clause."""
        lead = self._text[max(0, offset - 3) : offset].rstrip(" *(")
        return not lead or lead[-1] in "\n|;,.-\u2022"

    def _applying_before(self, mark: Mark, start: int) -> bool:
        """Whether the sentence speaks of applying before *mark*, and of nothing else to be done."""
        low = self._sentence_start(mark.start)
        before = self._between(max(low, start), mark.start)
        whole = self._between(low, mark.start)
        return any("applying" in m.roles for m in whole) and not any(
            "blocks" in m.roles for m in before
        )

    def _between(self, start: int, end: int) -> list[Mark]:
        """The phrases that begin in ``start:end``."""
        first = bisect_left(self._mark_starts, start)
        return self._marks[first : bisect_left(self._mark_starts, end, first)]

    def _sentence_start(self, offset: int) -> int:
        block = self._document.blocks[self._block_at(offset)]
        start = max(block.span.start, offset - _LONGEST_SENTENCE)
        breaks = [m.end() for m in _SENTENCE.finditer(self._text, start, offset)]
        return breaks[-1] if breaks else start

    def _behind(self, one: Written, block: Block) -> str:
        """The role that "… is the closing date" behind the date gives."""
        at = bisect_right(self._mark_starts, one.end)
        if at < len(self._marks) and self._marks[at].end <= block.span.end:
            mark = self._marks[at]
            if CLOSING in mark.roles and _IS.match(self._text, one.end, mark.start):
                return CLOSING
        return ""

    def _continued(self, at: int, roles: list[str]) -> str:
        """The role of a date that is joined to the one before it."""
        role = roles[at - 1]
        if role in ("window", "moved"):
            return CLOSING
        if role == POSTED:
            return CLOSING if self._is_range(at) else ""
        return role

    def _is_range(self, at: int) -> bool:
        """Whether date number *at* is the end of a range that the one before it begins."""
        before = self._dates[at - 1].end
        return _RANGE.match(self._text, before, self._dates[at].start) is not None

    def _above(self, one: Written, block: Block) -> str:
        """The role that the label beside or above the date's line gives, or its section's."""
        label = self._label(one, block)
        if label is not None:
            for mark in reversed(self._between(label.start, label.end)):
                names = [_LABELS.get(role, role) for role in mark.roles]
                return next((role for role in _ROLES if role in names), "")
        held = any(
            s.body.start <= one.start < min(s.body.end, s.body.start + 60) for s in self._closing
        )
        return (
            CLOSING
            if held and self._words.at(one.start) - self._words.at(block.span.start) <= 4
            else ""
        )

    def _label(self, one: Written, block: Block) -> PlainSpan | None:
        """Where the label of the date's block stands: the cell beside it, the line above."""
        blocks = self._document.blocks
        at = self._block_at(one.start)
        if block.kind is BlockKind.CELL:
            return self._label_of_cell(block)
        above = blocks[at - 1] if at else None
        if above is None or above.span.end - above.span.start > _LONGEST_LABEL:
            return None
        text = self._document.text(above.span)
        is_label = above.kind is BlockKind.HEADING or text.rstrip().endswith(":")
        return above.span if is_label and one.start - block.span.start <= _LONGEST_LABEL else None

    def _label_of_cell(self, block: Block) -> PlainSpan | None:
        """The cell on the left, unless it holds a value, else the head of the column."""
        left = self._cells.get((block.group, block.row, block.column - 1))
        if left and any(sign.isdigit() for sign in self._document.text(left)[:_LONGEST_LABEL]):
            left = None
        head = self._cells.get((block.group, 0, block.column)) if block.row else None
        found = left or head
        return found if found and found.end - found.start <= _LONGEST_LABEL else None

    @cached_property
    def _cells(self) -> dict[tuple[int, int, int], PlainSpan]:
        """Where the cells of all tables stand, by table, row and column."""
        cells = [b for b in self._document.blocks if b.kind is BlockKind.CELL]
        return {(b.group, b.row, b.column): b.span for b in cells}


def _final(role: str, following: str) -> str:
    """The role as others know it; a time to apply needs both ends to tell which is which."""
    if role == "window":
        return POSTED if following == CLOSING else ""
    return "" if role in ("moved", "other") else role
