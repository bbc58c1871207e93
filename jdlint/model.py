"""The plain values that travel through jdlint. This module imports nothing of ours.

Offsets are half-open ranges of Unicode code points. Two span types that look alike are
on purpose: a type checker then refuses to hand a position in the plain text to code that
points into the file.
"""

from datetime import date
from enum import IntEnum, StrEnum
from typing import Literal, NamedTuple

import msgspec


class PlainSpan(NamedTuple):
    """A half-open range of code points in :attr:`Document.plain`."""

    start: int
    end: int


class SourceSpan(NamedTuple):
    """A half-open range of code points in the decoded file."""

    start: int
    end: int


Steps = tuple[str | int, ...]
"""The way to a value in a tree of maps and lists: the keys and indices that lead there."""


class Severity(IntEnum):
    """How much a finding matters; ordered, so that a gate can compare."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The name that people read and configuration uses: note, warning or error."""
        return self.name.lower()


class Safety(StrEnum):
    """What may be done with a suggestion: applied, applied when asked, or only shown."""

    SAFE = "safe"
    SUGGESTION = "suggestion"
    SHOW_ONLY = "show-only"


class SectionKind(StrEnum):
    """What a section of a posting is about."""

    TITLE = "title"
    ABOUT_ROLE = "about-role"
    ABOUT_COMPANY = "about-company"
    RESPONSIBILITIES = "responsibilities"
    REQUIREMENTS = "requirements"
    NICE_TO_HAVE = "nice-to-have"
    PAY = "pay"
    BENEFITS = "benefits"
    LOCATION = "location"
    WORKING_PATTERN = "working-pattern"
    TEAM = "team"
    HOW_TO_APPLY = "how-to-apply"
    CLOSING_DATE = "closing-date"
    EQUAL_OPPORTUNITY = "equal-opportunity"
    ADJUSTMENTS = "adjustments"
    PRIVACY = "privacy"
    RIGHT_TO_WORK = "right-to-work"
    OTHER = "other"


class Spot(msgspec.Struct, frozen=True, order=True):
    """A further place that a hit speaks of, and in few words what it is to the hit."""

    span: PlainSpan
    message: str


class PlainEdit(msgspec.Struct, frozen=True):
    """A piece of plain text to be replaced: *span* by *text*."""

    span: PlainSpan
    text: str


class Edit(msgspec.Struct, frozen=True):
    """A piece of the file to be replaced: the code points ``start:end`` by *text*.

    *text* is prose: what writes it into HTML, JSON or YAML must escape it.
    """

    start: int
    end: int
    text: str


class Basis(msgspec.Struct, frozen=True):
    """A row of law on which a finding rests, for one place.

    *place* is its code (``US-CO``), *found* the words that brought the posting under it
    and *how* what they are (place, field, remote, …). *starts* is set while the row is not
    in force yet. *severity* is the most that a finding may be on this ground; *declare*
    names the facts that nobody has told and that would settle whether it applies.
    *confidence* is official, secondary, general or inference; *sources* are keys of
    ``rules/_data/law_sources.yaml``.
    """

    place: str
    found: str
    how: str
    citation: str
    effective_from: date | None
    effective_to: date | None
    reviewed: date | None
    confidence: str
    sources: tuple[str, ...]
    severity: Severity
    starts: date | None = None
    declare: tuple[str, ...] = ()
    note: str = ""


class Hit(msgspec.Struct, frozen=True):
    """What a check saw, in positions of the plain text; the linter makes it a finding.

    *span* is None when the posting as a whole is meant (a missing section, say); *values*
    fill the placeholders of the card's message; *suggestions* are replacements for
    exactly the text of *span*. Where taking a suggestion touches other words too ("a
    ninja", "an expert"), *edits* has for each suggestion what is to be replaced, in order
    and without overlap, or nothing if it cannot be taken as it stands; without *edits* the
    span alone is replaced. *safety* is that of the card if None; a *message* or a
    *severity* of its own goes before the card's. *related* are further places of which the
    hit speaks. *source* is for what stands in the file but not in the plain text: the value
    of a field. *law* are the rows of law on which it rests; *code* is the id of another tool's
    rule that saw it.
    """

    rule: str
    span: PlainSpan | None
    values: dict[str, str] = {}
    suggestions: tuple[str, ...] = ()
    edits: tuple[tuple[PlainEdit, ...], ...] = ()
    safety: Safety | None = None
    message: str = ""
    severity: Severity | None = None
    related: tuple[Spot, ...] = ()
    source: SourceSpan | None = None
    law: tuple[Basis, ...] = ()
    code: str | None = None


class Related(msgspec.Struct, frozen=True):
    """A further place of which a finding speaks: a word that it counted, say.

    *message* tells what the place is to the finding; positions are as in :class:`Finding`.
    """

    message: str
    matched: str = ""
    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    place: str | None = None


BASELINE = "baseline"
"""What silences a finding that stands in the baseline."""


class Waiver(msgspec.Struct, frozen=True):
    """On what terms a finding is silenced: the reason, who answers for it, the last day."""

    reason: str = ""
    by: str = ""
    until: date | None = None


class Finding(msgspec.Struct, frozen=True):
    """One remark on a posting, at a place in the file its author wrote.

    *start* and *end* are a half-open range of code points in the decoded file; lines and
    columns start at 1. All are None where the format has no such positions (DOCX), and
    *place* then says in words where it is. *suggestions* are replacements for exactly
    *matched*, best first; *edits* has for each of them the edits that take it, all or none
    of them to be made, and is empty where *safety* is show-only. *excerpt* is the source
    line (or the part of a long one around the finding) that starts at column
    *excerpt_column*. *related* are further places of which it speaks, in order; *law* are the
    rows of law on which it rests. *code* is the id of the rule of another tool (LanguageTool)
    that saw it, if one did.
    """

    path: str
    rule: str
    name: str
    category: str
    severity: Severity
    message: str
    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    place: str | None = None
    matched: str = ""
    suggestions: tuple[str, ...] = ()
    edits: tuple[tuple[Edit, ...], ...] = ()
    safety: Safety = Safety.SHOW_ONLY
    section: str | None = None
    posting: int = 0
    suppressed: bool = False
    suppressed_by: str | None = None
    waiver: Waiver | None = None
    excerpt: str = ""
    excerpt_column: int = 1
    related: tuple[Related, ...] = ()
    law: tuple[Basis, ...] = ()
    code: str | None = None


class Failure(msgspec.Struct, frozen=True):
    """Something that kept a file from being linted as asked.

    *kind* is *input* (the user's), *internal* (ours) or *grammar* (LanguageTool was asked
    for and not to be had; all other rules were run).
    """

    path: str
    kind: str
    message: str


Extent = Literal["part", "posting", "run"]
"""What went without grammar: a part of a posting, a posting, or the run from there on."""


def is_code(name: str) -> bool:
    """Whether *name* looks like an id of LanguageTool's: capitals and underscores."""
    return "_" in name and name.isupper() and name.replace("_", "").isalnum()


def is_meant(name: str, code: str | None) -> bool:
    """Whether *name* is the id *code* of LanguageTool's, or begins it at an underscore."""
    return code is not None and (code == name or code.startswith(f"{name}_"))


class JdlintError(Exception):
    """A mistake that the user can mend; the message names file, place, cause and remedy."""

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = ":".join(str(p) for p in (self.path, self.line, self.column) if p is not None)
        return f"{place}: {self.message}" if place else self.message


class ConfigError(JdlintError):
    """A configuration that cannot be used."""


class CardError(JdlintError):
    """A rule card that cannot be used."""


class ReadError(JdlintError):
    """A file that cannot be read at all."""
