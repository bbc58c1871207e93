"""From blocks to sections: which lines are headings, what they announce, how far they reach.

A section lasts until the next heading of the same or a higher rank. A heading that
announces nothing known goes on with the section it stands in; among the items of a
list of duties only a wording known as it stands begins something new.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.headings import Verdict, hinges_on_items, opens_duty, opens_requirement
from jdlint.posting.lines import Line
from jdlint.posting.model import Section
from jdlint.posting.notices import LOOKALIKE, Notice, Notices
from jdlint.posting.own import NONE, OwnHeadings
from jdlint.posting.tables import Columns
from jdlint.posting.wording import Kinds, key
from jdlint.read.offsets import BlockKind, Document, Layout

K = SectionKind

LISTS = frozenset({K.RESPONSIBILITIES, K.REQUIREMENTS, K.NICE_TO_HAVE, K.BENEFITS})
"""Kinds that consist of items, under sub-headings of their own."""

_DEMANDS = frozenset({K.REQUIREMENTS, K.NICE_TO_HAVE})

_STORIES = LISTS | {
    K.ABOUT_ROLE, K.ABOUT_COMPANY, K.HOW_TO_APPLY, K.EQUAL_OPPORTUNITY, K.ADJUSTMENTS,
    K.PRIVACY, K.TEAM,
}  # fmt: skip
"""Kinds that run on below the label they begin with; the others are a value on a line."""

_STORY = 8
"""A value of so many words after a label tells a story, which the next lines go on with."""


class Draft:
    """A section that is still growing."""

    def __init__(self, notice: Notice, verdict: Verdict, is_button: bool = False) -> None:
        self.notice = notice
        self.verdict = verdict
        self.start = self.end = notice.heading.end
        self.blocks: list[int] = []
        self.is_button = is_button
        self.is_column = False

    def take(self, line: Line, start: int | None = None) -> None:
        """Let *line* (from *start* on) belong to the section."""
        start = line.start if start is None else start
        if not self.blocks:
            self.start = start
        self.end = max(line.end, start)
        if self.blocks[-1:] != [line.block]:
            self.blocks.append(line.block)

    def section(self) -> Section:
        """The finished section."""
        return Section(
            kinds=self.verdict.kinds,
            heading=self.notice.heading,
            body=PlainSpan(self.start, max(self.end, self.notice.heading.end)),
            blocks=tuple(self.blocks),
            layout=self.notice.layout,
            confidence=self.verdict.confidence,
            column=self.is_column,
            own=self.verdict.own,
        )


def _inherited(around: Draft | None) -> Verdict:
    """What a heading that says nothing announces: what the section around it is about."""
    return replace(around.verdict, confidence=0.6, how="parent") if around else _UNKNOWN


_UNKNOWN = Verdict((K.OTHER,), 0.5, "unknown")


class _Cell(msgspec.Struct, frozen=True):
    """The section that a cell belongs to, if any."""

    draft: Draft | None


class Outline:
    """The sections of a document by its headings.

    *owners* has the section of every line, *headings* the numbers of lines that are headings.
    """

    def __init__(
        self,
        document: Document,
        lines: Sequence[Line],
        title: PlainSpan | None,
        own: OwnHeadings = NONE,
    ) -> None:
        self.document = document
        self.lines = lines
        self.title = title
        self.drafts: list[Draft] = []
        self.owners: list[Draft | None] = []
        self.headings: set[int] = set()
        self._open: list[Draft] = []
        self._value: tuple[int, Draft] | None = None
        self._columns = Columns(document, own)
        self._told: dict[PlainSpan, Draft] = {}
        self._own = own
        name = key(document.text(title)) if title else ""
        self._notices = Notices(document, lines, name, own)
        for at, line in enumerate(lines):
            self.owners.append(self._place(at, line))

    def sections(self) -> list[Section]:
        """The sections in order."""
        return [draft.section() for draft in self.drafts]

    def _place(self, at: int, line: Line) -> Draft | None:
        """Open, close or go on with sections at line *at*; the section it belongs to."""
        if line.kind is BlockKind.FIELD:
            return None
        if self._columns.told and (cell := self._in_table(at, line)):
            return cell.draft
        notice = self._notices.at(at, self._around())
        if notice and notice.layout is Layout.RUN_IN and line.kind is not BlockKind.HEADING:
            return self._label(line, notice)
        if self.title and line.start < self.title.end and self.title.start < line.end:
            self._open.clear()
            return None
        if notice:
            if not self._notices.is_sentence(line):
                self.headings.add(at)
            return self._heading(at, line, notice)
        draft = self._running(line)
        if draft:
            draft.take(line)
        return draft

    def _in_table(self, at: int, line: Line) -> "_Cell | None":
        """Where a line in a table belongs whose columns or marks say what its cells are about."""
        columns, around = self._columns, self._open[-1] if self._open else None
        if told := columns.told.get(line.block):
            draft = self._told.get(told.heading)
            if draft is None:
                notice = Notice(told.heading, None, told.verdict, LOOKALIKE, Layout.RUN_IN)
                draft = self._told[told.heading] = self._new(notice, told.verdict)
                draft.is_column = True
            draft.take(line)
            return _Cell(draft)
        if line.block in columns.heads:
            self.headings.add(at)
            return _Cell(around)
        if line.block not in columns.labels:
            return None
        if around:
            around.take(line)
        return _Cell(around)

    def _around(self) -> Kinds:
        return self._open[-1].verdict.kinds if self._open else ()

    def _running(self, line: Line) -> Draft | None:
        """The section that a line without a notice goes on with."""
        if self._value and self._same_place(self._value[0], line.block):
            return self._value[1]
        self._value = None
        return self._open[-1] if self._open else None

    def _same_place(self, one: int, two: int) -> bool:
        """Whether two blocks are one, or cells of one row."""
        if one == two:
            return True
        a, b = self.document.blocks[one], self.document.blocks[two]
        both = a.kind is BlockKind.CELL and b.kind is BlockKind.CELL
        return both and a.group == b.group and a.row == b.row

    def _label(self, line: Line, notice: Notice) -> Draft:
        """A label with its value: a section of its own, inside the one that goes on around it."""
        verdict = notice.verdict or _UNKNOWN
        draft = self._new(notice, verdict)
        body = notice.body if notice.body is not None else line.end
        if line.kind is not BlockKind.CELL:
            draft.take(line, body)
        told = len(self.document.plain[body : line.end].split()) >= _STORY
        if told and verdict.kinds[0] in _STORIES and line.kind is BlockKind.PARAGRAPH:
            self._close(LOOKALIKE)
            self._open.append(draft)
            self._value = None
        else:
            if self._open:
                self._open[-1].take(line)
            self._value = (line.block, draft)
        return draft

    def _heading(self, at: int, line: Line, notice: Notice) -> Draft | None:
        self._value = None
        verdict = self._settled(at, notice)
        around = self._parent(notice.rank)
        if verdict is None or self._is_subheading(notice, verdict, around):
            if verdict and K.HOW_TO_APPLY in verdict.kinds:
                self.headings.discard(at)  # it may say the way itself: the cues decide
            return self._undecided(line, notice, around)
        self._close(notice.rank)
        draft = self._new(notice, verdict)
        self._open.append(draft)
        if notice.body is not None:
            draft.take(line, notice.body)
        return draft

    def _settled(self, at: int, notice: Notice) -> Verdict | None:
        """The notice's verdict, or what the items below decide where it hinges on them."""
        heading = self.document.text(notice.heading)
        if not hinges_on_items(heading) or self._own.verdict(heading):
            return notice.verdict
        items = []
        for line in self.lines[at + 1 : at + 20]:
            if line.kind is not BlockKind.ITEM:
                break
            items.append(opens_requirement(self.document.plain[line.start : line.end]))
        if not items:
            return notice.verdict
        kind = K.REQUIREMENTS if sum(items) * 2 >= len(items) else K.RESPONSIBILITIES
        return Verdict((kind,), 0.8, "items")

    def _parent(self, rank: int) -> Draft | None:
        """The innermost open section of a higher rank than *rank*."""
        return next((d for d in reversed(self._open) if d.notice.rank < rank), None)

    def _is_subheading(self, notice: Notice, verdict: Verdict, around: Draft | None) -> bool:
        """Whether the line only divides the list it stands in, whatever a rule reads in it."""
        guessed = verdict.how in ("rule", "spelling") and notice.verdict is verdict
        top = self._open[-1] if self._open else None
        if not guessed or top is None:
            return False
        heading = self.document.text(notice.heading)
        if top.verdict.kinds[0] is K.RESPONSIBILITIES and opens_duty(heading, notice.layout):
            return True
        if around is None or (top is not around and top.verdict.kinds == verdict.kinds):
            return False
        if _DEMANDS.issuperset(around.verdict.kinds) and _DEMANDS.issuperset(verdict.kinds):
            return False
        return around.verdict.kinds[0] in LISTS

    def _undecided(self, line: Line, notice: Notice, around: Draft | None) -> Draft | None:
        """Go on with what is open, or begin an unknown section after one of the same rank."""
        top = self._open[-1] if self._open else None
        if notice.layout not in (Layout.MARKED, Layout.BOLD, Layout.CAPS):
            return self._go_on(line)
        if top is not None and (top is around or self._divides(notice, top)):
            return self._go_on(line)
        self._close(notice.rank)
        draft = self._new(notice, _inherited(around))
        self._open.append(draft)
        return draft

    @staticmethod
    def _divides(notice: Notice, top: Draft) -> bool:
        """Whether a bold or capital line stands inside a list that such a line began."""
        return notice.layout is not Layout.MARKED and top.verdict.kinds[0] in LISTS

    def _go_on(self, line: Line) -> Draft | None:
        if not self._open:
            return None
        self._open[-1].take(line)
        return self._open[-1]

    def _close(self, rank: int) -> None:
        while self._open and self._open[-1].notice.rank >= rank:
            self._open.pop()

    def _new(self, notice: Notice, verdict: Verdict) -> Draft:
        draft = Draft(notice, verdict, self._is_button(notice, verdict))
        self.drafts.append(draft)
        return draft

    def _is_button(self, notice: Notice, verdict: Verdict) -> bool:
        """Whether the heading is a call to apply, as on the button of a page."""
        text = self.document.plain[notice.heading.start : notice.heading.start + 6]
        return verdict.kinds == (K.HOW_TO_APPLY,) and text.lower() == "apply "
