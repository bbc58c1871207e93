"""From blocks to sections: which lines are headings, what they announce, how far they reach.

A section lasts until the next heading of the same or a higher rank. A heading that
announces nothing known goes on with the section it stands in; among the items of a
list of duties only a wording known as it stands begins something new.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.headings import (
    LONGEST_RULED,
    Verdict,
    classify,
    hinges_on_items,
    is_bare_heading,
    is_label,
    opens_requirement,
)
from jdlint.posting.lines import Line
from jdlint.posting.model import Section
from jdlint.posting.wording import key
from jdlint.read.offsets import BlockKind, Document, Layout

LOOKALIKE = 7
"""The rank of a line that only looks like a heading: below the six levels of real ones."""

K = SectionKind

LISTS = frozenset({K.RESPONSIBILITIES, K.REQUIREMENTS, K.NICE_TO_HAVE, K.BENEFITS})
"""Kinds that consist of items, under sub-headings of their own."""

_DEMANDS = frozenset({K.REQUIREMENTS, K.NICE_TO_HAVE})

_STORIES = LISTS | {
    K.ABOUT_ROLE, K.ABOUT_COMPANY, K.HOW_TO_APPLY, K.EQUAL_OPPORTUNITY, K.ADJUSTMENTS,
    K.PRIVACY, K.TEAM,
}  # fmt: skip
"""Kinds that run on below the label they begin with; the others are a value on a line."""

_FACTS = frozenset({K.PAY, K.LOCATION, K.WORKING_PATTERN, K.CLOSING_DATE})
"""Kinds that a label inside a list of duties may give ("Location: Leeds")."""

_VALUES = _FACTS | {K.HOW_TO_APPLY, K.RIGHT_TO_WORK, K.TEAM, K.BENEFITS, K.TITLE}
"""Kinds that a label inside any other list may give; the others are items."""

_STORY = 8
"""A value of so many words after a label tells a story, which the next lines go on with."""


class Notice(NamedTuple):
    """What a line announces: its heading's place, where the text after it begins, its verdict."""

    heading: PlainSpan
    body: int | None
    verdict: Verdict | None
    rank: int
    layout: Layout


class Draft:
    """A section that is still growing."""

    def __init__(self, notice: Notice, verdict: Verdict, is_button: bool = False) -> None:
        self.notice = notice
        self.verdict = verdict
        self.start = self.end = notice.heading.end
        self.blocks: list[int] = []
        self.is_button = is_button

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
            body=PlainSpan(self.start, self.end),
            blocks=tuple(self.blocks),
            layout=self.notice.layout,
            confidence=self.verdict.confidence,
        )


def _inherited(around: Draft | None) -> Verdict:
    """What a heading that says nothing announces: what the section around it is about."""
    return around.verdict._replace(confidence=0.6, how="parent") if around else _UNKNOWN


_NAMED = {kind.value: Verdict((kind,), 0.95, "field") for kind in K}
"""What a reader says of the key above a field's text."""

_UNKNOWN = Verdict((K.OTHER,), 0.5, "unknown")


class Outline:
    """The sections of a document by its headings.

    *owners* has the section of every line, *headings* the numbers of lines that are headings.
    """

    def __init__(self, document: Document, lines: Sequence[Line], title: PlainSpan | None) -> None:
        self.document = document
        self.lines = lines
        self.title = title
        self.name = key(document.text(title)) if title else ""
        self.drafts: list[Draft] = []
        self.owners: list[Draft | None] = []
        self.headings: set[int] = set()
        self._open: list[Draft] = []
        self._value: tuple[int, Draft] | None = None
        self._bold = {span.start: span.end for span in document.bold}
        for at, line in enumerate(lines):
            self.owners.append(self._place(at, line))

    def sections(self) -> list[Section]:
        """The sections in order."""
        return [draft.section() for draft in self.drafts]

    def _place(self, at: int, line: Line) -> Draft | None:
        """Open, close or go on with sections at line *at*; the section it belongs to."""
        if line.kind is BlockKind.FIELD:
            return None
        notice = self._notice(at, line)
        if notice and notice.layout is Layout.RUN_IN and line.kind is not BlockKind.HEADING:
            return self._label(line, notice)
        if self.title and line.start < self.title.end and self.title.start < line.end:
            self._open.clear()
            return None
        if notice:
            if not self._is_sentence(line):
                self.headings.add(at)
            return self._heading(at, line, notice)
        draft = self._running(line)
        if draft:
            draft.take(line)
        return draft

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
            return self._undecided(line, notice, around)
        self._close(notice.rank)
        draft = self._new(notice, verdict)
        self._open.append(draft)
        if notice.body is not None:
            draft.take(line, notice.body)
        return draft

    def _settled(self, at: int, notice: Notice) -> Verdict | None:
        """The notice's verdict, or what the items below decide where it hinges on them."""
        if not hinges_on_items(self.document.text(notice.heading)):
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

    @staticmethod
    def _is_subheading(notice: Notice, verdict: Verdict, around: Draft | None) -> bool:
        """Whether the line only divides the list it stands in, whatever a rule reads in it."""
        if (
            around is None
            or verdict.how not in ("rule", "spelling")
            or notice.verdict is not verdict
        ):
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

    def _notice(self, at: int, line: Line) -> Notice | None:
        if line.kind is BlockKind.HEADING and line.layout is not Layout.BARE:
            looks_only = line.layout is not Layout.MARKED and self._is_sentence(line)
            return None if looks_only else self._marked(line)
        if line.glued:
            verdict = classify(self.document.text(line.span), False)
            return Notice(line.span, None, verdict, LOOKALIKE, Layout.BARE)
        if line.kind is BlockKind.CELL:
            return self._cell(at, line)
        return self._run_in(line) or self._bare(at, line)

    def _is_sentence(self, line: Line) -> bool:
        """Whether a line set like a heading is a sentence, which says more than it announces."""
        return len(self.document.text(line.span).split()) > LONGEST_RULED

    def _marked(self, line: Line) -> Notice | None:
        """A heading that the reader saw; it may be a label with its value behind it."""
        text = self.document.text(line.span)
        rank = line.level or 1 if line.layout is Layout.MARKED else LOOKALIKE
        named = _NAMED.get(self.document.blocks[line.block].name)
        verdict = named or classify(text) or self._under_own_name(text)
        if (verdict is None or verdict.how == "rule") and (label := self._run_in(line)):
            return label._replace(rank=rank, layout=line.layout)
        if verdict is None and rank == LOOKALIKE and _UNKNOWN_LABEL.match(text):
            return None
        return Notice(line.span, None, verdict, rank, line.layout)

    def _under_own_name(self, text: str) -> Verdict | None:
        """What a heading that repeats the posting's title announces."""
        words = key(text)
        if not self.name or not words.startswith(self.name):
            return None
        rest = words[len(self.name) :].strip()
        return classify(rest, False) if rest else Verdict((K.ABOUT_ROLE,), 0.7, "role")

    def _run_in(self, line: Line) -> Notice | None:
        """A label and its value on one line: ``Location: Leeds``, ``Interested? Write to …``."""
        text = self.document.plain[line.start : line.start + 80].partition("\n")[0]
        found = _LABEL.match(text) or self._bold_label(line, text)
        if found is None or line.start + found.end() >= line.end:
            return None
        label = found[1]
        verdict = classify(label, False) if len(label.split()) <= 8 and is_label(label) else None
        if verdict is None or (
            line.kind is BlockKind.ITEM and not _VALUES.issuperset(verdict.kinds)
        ):
            return None
        heading = PlainSpan(line.start + found.start(1), line.start + found.end(1))
        return Notice(heading, line.start + found.end(), verdict, LOOKALIKE, Layout.RUN_IN)

    def _bold_label(self, line: Line, text: str) -> re.Match[str] | None:
        """The bold words that *line* begins with, as a label."""
        end = self._bold.get(line.start, line.start) - line.start
        return _BOLD.match(text, 0, end) if 0 < end < len(text) else None

    def _bare(self, at: int, line: Line) -> Notice | None:
        """A short line with nothing but its wording to show that it is a heading."""
        if line.kind is BlockKind.ITEM or not self._looks_bare(line):
            return None
        text = self.document.text(line.span)
        verdict = classify(text, False)
        if verdict is None or not self._heads_something(at, line):
            return None
        if not (is_bare_heading(text) or text.endswith("?") or self._in_rows(at)):
            return None
        confidence = min(verdict.confidence, 0.8)
        return Notice(
            line.span, None, verdict._replace(confidence=confidence), LOOKALIKE, Layout.BARE
        )

    def _looks_bare(self, line: Line) -> bool:
        text = self.document.plain[line.start : line.end]
        return len(text) <= 70 and text[-1:] not in (".", ",", ";") and not text[:1].islower()

    def _heads_something(self, at: int, line: Line) -> bool:
        """Whether text follows that is no bare heading itself (a menu is a row of them)."""
        if at + 1 >= len(self.lines):
            return False
        if all(
            self._is_bare_text(self.lines[n]) for n in range(at + 1, min(at + 4, len(self.lines)))
        ):
            return False
        before = self.lines[at - 1] if at else None
        wrapped = before and before.block == line.block and before.end - before.start > 60
        return not wrapped or self.document.plain[self.lines[at - 1].end - 1] in ".!?:"

    def _is_bare_text(self, line: Line) -> bool:
        """Whether *line* could be a bare heading itself, by its wording."""
        text = self._beginning(line)
        return (
            self._looks_bare(line) and classify(text, False) is not None and is_bare_heading(text)
        )

    def _in_rows(self, at: int) -> bool:
        """Whether items follow, or the line is one of several labels with values between them."""
        after = self.lines[at + 1]
        if after.kind is BlockKind.ITEM:
            return True
        pair = [self.lines[n] for n in (at - 2, at + 2) if 0 <= n < len(self.lines)]
        texts = [self._beginning(line) for line in pair if self._looks_bare(line)]
        value = classify(self._beginning(after), False)
        return value is None and any(classify(text, False) for text in texts)

    def _beginning(self, line: Line) -> str:
        return self.document.plain[line.start : min(line.end, line.start + 80)]

    def _cell(self, at: int, line: Line) -> Notice | None:
        """The first cell of a row, if it is a known label and a cell with its value follows."""
        block = self.document.blocks[line.block]
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if block.column or after is None or after.kind is not BlockKind.CELL:
            return None
        row = self.document.blocks[after.block]
        if row.row != block.row or row.group != block.group:
            return None
        text = self.document.text(line.span)
        verdict = classify(text, False) if is_label(text) else None
        return (
            Notice(line.span, after.start, verdict, LOOKALIKE, Layout.RUN_IN) if verdict else None
        )


_UNKNOWN_LABEL = re.compile(r"[^:\n]{1,40}:\s+\S")
_LABEL = re.compile(r"([^\W\d_][^:\n]{1,60}?)(?: ?:(?:[ \n]\s*|(?=[^\s\d/]))| [-–—] )")
_BOLD = re.compile(r"([^\n]*[^\n\s:])[\s:]*$")
