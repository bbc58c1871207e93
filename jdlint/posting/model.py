"""The values that describe a posting."""

from bisect import bisect_right
from decimal import Decimal
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import msgspec

from jdlint.language.words import Columns, Word, columns, fold, rows
from jdlint.model import PlainSpan, SectionKind
from jdlint.read.offsets import BlockKind, Document, Layout

if TYPE_CHECKING:
    from jdlint.language.dialect import Marker
    from jdlint.posting.dates import Dated
    from jdlint.posting.jurisdictions import Jurisdictions
    from jdlint.posting.lexicon import Words
    from jdlint.posting.statements import Statements


class Section(msgspec.Struct, frozen=True):
    """A part of a posting and what it is about.

    A heading can announce two kinds ("Salary and location"), so *kinds* is a set kept in
    order, never empty. *body* covers the blocks below the heading. *heading* is None where
    the content alone gave the section away (*implied*). *confidence* is between 0 and 1.
    *blocks* are indices into ``Document.blocks`` (body only). *field* names the field
    beside the prose that says it; heading and body then have no place of their own.
    *column*: it consists of cells below each other, and what lies between them in its body
    is not its own. *own* names the kind where
    a configuration adds it; *kinds* then has ``other`` for it.
    """

    kinds: tuple[SectionKind, ...]
    heading: PlainSpan | None
    body: PlainSpan
    blocks: tuple[int, ...]
    layout: Layout = Layout.NONE
    confidence: float = 1.0
    implied: bool = False
    field: str = ""
    column: bool = False
    own: str = ""

    @property
    def kind(self) -> SectionKind:
        """The first of its kinds."""
        return self.kinds[0]


class Pay(msgspec.Struct, frozen=True):
    """Base pay as advertised. *status*: range, exact, open, band or vague.

    *period* is hour, day, week, month or year; *currency* an ISO 4217 code; None where
    the text does not tell. *span* is where it stands (None: in a field). *basis* says what
    the statement rests on: base (figures), grade, words ("competitive"), ote (on-target or
    total earnings), commission, link (given elsewhere) or mask ("£XX,XXX"). *graded*: the
    figures stand beside the grade whose pay they are.
    """

    status: str
    span: PlainSpan | None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str | None = None
    period: str | None = None
    basis: str = "base"
    graded: bool = False


class Place(msgspec.Struct, frozen=True):
    """A place of work: *code* by ISO 3166 (``US-CO``, ``GB``) or None if not known.

    *weak*: only running text names it.
    """

    text: str
    code: str | None
    span: PlainSpan | None
    remote: bool = False
    weak: bool = False


_ASIDE = (BlockKind.FIELD, BlockKind.FURNITURE)

TITLE_FIELDS = ("title", "job_title", "position_title", "role_title", "position", "role")
"""Fields beside the prose that hold a title, the surest first (see :meth:`Document.field`)."""

_AT_HOME = {"GBP": "GB", "CAD": "CA", "AUD": "AU", "NZD": "NZ", "INR": "IN", "ZAR": "ZA"}
"""Currency (ISO 4217) to the one country that pays in it; US dollars and euros have several."""


class Posting(msgspec.Struct, frozen=True, dict=True):
    """A document and what was understood of it.

    *language* is an ISO 639-1 code ("en"), or "" where there is too little text to tell.
    *sections* are in order. What a check may not need is found out when it is asked for.
    """

    document: Document
    title: PlainSpan | None
    sections: tuple[Section, ...]
    pay: tuple[Pay, ...] = ()
    language: str = "en"

    @property
    def is_english(self) -> bool:
        """Whether it may be read as English: it is, or there is too little text to tell."""
        return self.language in ("", "en")

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places of work, the surest first; looked for only when asked."""
        from jdlint.posting.places import find_places

        return find_places(self.document, self.sections, self.parts)

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries (ISO 3166) of the work, by its places or else by the pay's currency."""
        by_place = {place.code[:2] for place in self.places if place.code}
        by_pay = {_AT_HOME[pay.currency] for pay in self.pay if pay.currency in _AT_HOME}
        return frozenset(by_place or by_pay)

    @cached_property
    def jurisdictions(self) -> "Jurisdictions":
        """Whose law it falls under, by its places and the reach of remote work."""
        from jdlint.posting.reach import find_jurisdictions

        return find_jurisdictions(self)

    @cached_property
    def dates(self) -> "tuple[Dated, ...]":
        """The dates of fields and text, each with what it is for."""
        from jdlint.posting.dates import find_dates

        return find_dates(self.document, self.sections, self.parts)

    @cached_property
    def statements(self) -> "Statements":
        """What is stated besides pay, and where."""
        from jdlint.posting.statements import find_statements

        return find_statements(self)

    @cached_property
    def markers(self) -> "list[Marker]":
        """The words of the prose that tell its dialect, in order."""
        from jdlint.language.dialect import markers

        aside = [b.span for b in self.document.blocks if b.kind in _ASIDE]
        found = markers(self.words, self.folded, self.columns.keys)
        return [m for m in found if not any(s.start <= m.start < s.end for s in aside)]

    @cached_property
    def dialect(self) -> str:
        """UK, US, mixed or unclear, by spelling alone."""
        from jdlint.language.dialect import decide

        return decide(self.markers)

    @cached_property
    def folded(self) -> str:
        """The plain text with odd characters made plain, at equal length."""
        return fold(self.document.plain)

    @cached_property
    def words(self) -> list[Word]:
        """The words of the plain text, in order."""
        return rows(self.columns)

    @cached_property
    def columns(self) -> Columns:
        """The same words, field by field."""
        return columns(self.folded)

    @cached_property
    def parts(self) -> "Words":
        """The same words parted at apostrophes, in which phrases are looked up."""
        from jdlint.posting.lexicon import Words

        return Words(self.folded, self.columns)

    @cached_property
    def title_text(self) -> str:
        """The title in words: of its place in the text, else of a field; may be empty."""
        if self.title is not None:
            return self.document.text(self.title)
        found = self.document.field(*TITLE_FIELDS)
        return found.value.strip() if found else ""

    def section_at(self, offset: int) -> Section | None:
        """The innermost section at plain *offset*: the shortest that reaches over it."""
        starts, innermost = self._map
        at = bisect_right(starts, offset) - 1
        return innermost[at] if at >= 0 else None

    def _reach(self, section: Section) -> list[PlainSpan]:
        """The ranges of *section*: its heading and its body, or the cells of a column."""
        bodies = [section.body]
        if section.column:
            bodies = [self.document.blocks[n].span for n in section.blocks]
        return [section.heading, *bodies] if section.heading else bodies

    @cached_property
    def _map(self) -> tuple[list[int], list[Section | None]]:
        """Where the innermost section changes, and which it is from there on."""
        spans = [(span, s) for s in self.sections for span in self._reach(s)]
        spans = sorted((pair for pair in spans if pair[0].end > pair[0].start), key=_start)
        edges = sorted({edge for span, _ in spans for edge in span})
        innermost: list[Section | None] = []
        open_: list[tuple[int, int, int]] = []
        at = 0
        for edge in edges:
            while at < len(spans) and spans[at][0].start <= edge:
                span = spans[at][0]
                heappush(open_, (span.end - span.start, span.end, at))
                at += 1
            while open_ and open_[0][1] <= edge:
                heappop(open_)
            innermost.append(spans[open_[0][2]][1] if open_ else None)
        return edges, innermost


def _start(pair: tuple[PlainSpan, Section]) -> int:
    return pair[0].start
