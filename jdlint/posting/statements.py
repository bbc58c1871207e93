"""What a posting states besides pay, with the places where it does so.

Adjustments, equal opportunities and ways to apply are told by their sections, a deadline by
the dates; all else by the words of a sentence (:mod:`jdlint.posting.statementbook`). Time is
linear in the text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jdlint.language import sentences
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.dates import CLOSING
from jdlint.posting.lexicon import Mark, Words
from jdlint.posting.statementbook import DENIAL, NEGATION, Row, statementbook
from jdlint.read.offsets import Block, BlockKind

if TYPE_CHECKING:
    from jdlint.posting.model import Posting


class Statement(StrEnum):
    """What can be stated."""

    BENEFITS = "benefits"
    BENEFITS_SLOGAN = "benefits-slogan"
    OTHER_PAY = "other-pay"
    DEADLINE = "deadline"
    ONGOING = "ongoing"
    OPEN_UNTIL_FILLED = "open-until-filled"
    HOW_TO_APPLY = "how-to-apply"
    AI_USED = "ai-used"
    AI_NOT_USED = "ai-not-used"
    VACANCY_EXISTING = "vacancy-existing"
    VACANCY_POOL = "vacancy-pool"
    EQUAL_OPPORTUNITY = "equal-opportunity"
    ADJUSTMENTS = "adjustments"


MOST = 50
"""How many places are kept for one statement."""

_BY_SECTION = {
    SectionKind.HOW_TO_APPLY: Statement.HOW_TO_APPLY,
    SectionKind.EQUAL_OPPORTUNITY: Statement.EQUAL_OPPORTUNITY,
    SectionKind.ADJUSTMENTS: Statement.ADJUSTMENTS,
}
_OFFERING = frozenset({SectionKind.BENEFITS, SectionKind.PAY})
_LOOSE = frozenset({"loose", "benefit"})
_TURNING = frozenset({NEGATION, DENIAL})
_NAMING = frozenset({"loose", "benefit", "loose-pay", "extra-pay"})
_ALONE = 0.3
"""Benefits that are so much of a sentence are what it is about."""

_REACH = 4
"""A negation turns a phrase that begins at most so many words behind it."""

_NEAR = 2
"""A denial ("is not used") turns a phrase that ends at most so many words before it."""

Statements = Mapping[Statement, tuple[PlainSpan, ...]]


def find_statements(posting: "Posting") -> Statements:
    """What *posting* states; praise of benefits counts only where none is named."""
    found: dict[Statement, dict[PlainSpan, None]] = {}
    for stated, span in _all(posting):
        spans = found.setdefault(stated, {})
        if len(spans) < MOST:
            spans[span] = None
    if Statement.BENEFITS in found:
        found.pop(Statement.BENEFITS_SLOGAN, None)
    return {stated: tuple(spans) for stated, spans in found.items()}


def _all(posting: "Posting") -> Iterator[tuple[Statement, PlainSpan]]:
    for section in posting.sections:
        for kind in section.kinds:
            if kind in _BY_SECTION:
                yield _BY_SECTION[kind], section.heading or section.body
    for date in posting.dates:
        if date.role == CLOSING and date.span:
            yield Statement.DEADLINE, date.span
    yield from _spoken(posting)


def _spoken(posting: "Posting") -> Iterator[tuple[Statement, PlainSpan]]:
    """What the sentences of *posting* state."""
    words = _words(posting)
    marks = statementbook().lexicon.marks(words)
    blocks = posting.document.blocks
    starts = [block.span.start for block in blocks]
    at = 0
    while at < len(marks):
        block = blocks[max(0, bisect_right(starts, marks[at].start) - 1)]
        inside = marks[at : bisect_left(marks, max(block.span.end, marks[at].end), at, key=_start)]
        at += len(inside)
        if block.kind is not BlockKind.FURNITURE:
            yield from _of_block(posting, block, words, inside)


def _start(mark: Mark) -> int:
    return mark.start


def _words(posting: "Posting") -> Words:
    """The words of the text, those of "401(k)" next to each other."""
    folded = posting.folded
    joined = folded.replace("(k)", "-k ").replace("(K)", "-K ").replace("3(b)", "3-b ")
    return posting.parts if joined == folded else Words(joined)


def _of_block(
    posting: "Posting", block: Block, words: Words, marks: list[Mark]
) -> Iterator[tuple[Statement, PlainSpan]]:
    at = 0
    for start, end in sentences.split(words.text, *block.span):
        stop = bisect_left(marks, end, at, key=_start)
        if stop > at:
            section = posting.section_at(start)
            kinds = frozenset(section.kinds if section else ())
            item = block.kind is BlockKind.ITEM
            sentence = _Sentence(posting.folded, marks[at:stop], end - start, kinds, item)
            yield from sentence.states()
        at = stop


class _Sentence:
    """A sentence with the phrases in it, by their roles; *item*: it stands in a list."""

    def __init__(
        self,
        text: str,
        marks: list[Mark],
        length: int,
        kinds: frozenset[SectionKind],
        item: bool,
    ) -> None:
        self._text = text
        self._marks = marks
        self._kinds = kinds
        self._item = item
        self._by_role: dict[str, list[Mark]] = {}
        for mark in map(self._read, range(len(marks))):
            for role in mark.roles:
                self._by_role.setdefault(role, []).append(mark)
        self._told = frozenset({*self._by_role, *self._by_place(length)})

    def states(self) -> Iterator[tuple[Statement, PlainSpan]]:
        """The statements that the sentence makes, and where."""
        for row in statementbook().rows:
            if self._may_say(row):
                spoken = [self._by_role[role] for role in row.roles]
                yield from ((Statement(row.statement), span) for span in self._spans(spoken))

    def _may_say(self, row: Row) -> bool:
        spoken = self._by_role.keys() >= {*row.roles} and self._told >= {*row.company}
        against = row.unless & self._told or (self._item and row.unless_sections & self._kinds)
        return spoken and not against

    def _read(self, at: int) -> Mark:
        """Mark number *at*; where the sentence denies it, with other roles and with the denial."""
        mark = self._marks[at]
        turning = self._turning(at, mark)
        if turning is None or statementbook().deniable.isdisjoint(mark.roles):
            return mark
        start, end = min(mark.start, turning.start), max(mark.end, turning.end)
        roles = frozenset(f"no-{role}" for role in mark.roles)
        return replace(mark, start=start, end=end, roles=roles)

    def _turning(self, at: int, mark: Mark) -> Mark | None:
        """The word that denies mark number *at*, in front of it or behind it."""
        for other in reversed(self._marks[max(0, at - _REACH) : at]):
            if not _TURNING.isdisjoint(other.roles) and self._reaches(other, mark, _REACH):
                return other
        for other in self._marks[at + 1 : at + 2]:
            if DENIAL in other.roles and self._reaches(mark, other, _NEAR):
                return other
        return None

    def _reaches(self, first: Mark, last: Mark, most: int) -> bool:
        """Whether *last* begins within *most* words behind *first*, in the same clause."""
        gap = self._text[first.end : last.start]
        return last.first - first.last <= most and not any(sign in gap for sign in ",;:(")

    def _by_place(self, length: int) -> Iterator[str]:
        """Roles that the sentence has as a whole. See the comments in the data."""
        if not _OFFERING.isdisjoint(self._kinds):
            yield "in-benefits"
        naming = [mark for mark in self._marks if not _NAMING.isdisjoint(mark.roles)]
        if len({mark.phrase for mark in naming if not _LOOSE.isdisjoint(mark.roles)}) > 1:
            yield "two-loose"
        if sum(mark.end - mark.start for mark in naming) >= _ALONE * length:
            yield "alone"

    def _spans(self, spoken: list[list[Mark]]) -> Iterator[PlainSpan]:
        """The places of one role's phrases, or the stretch that has a phrase of each role."""
        if len(spoken) == 1:
            yield from (self._span(mark.start, mark.end) for mark in spoken[0])
            return
        first = [marks[0] for marks in spoken]
        yield self._span(min(m.start for m in first), max(m.end for m in first))

    def _span(self, start: int, end: int) -> PlainSpan:
        """A place, with the bracket of "401(k)"."""
        opened = "(" in self._text[start:end]
        return PlainSpan(start, end + (opened and self._text.startswith(")", end)))
