"""The shape of a duty: one row of law for one place or several, as cards carry it."""

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from jdlint.model import Severity


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts of a duty have in common: frozen, and no unknown keys."""


class Confidence(StrEnum):
    """How a row of law is known; it limits how grave a finding may be (:meth:`Duty.most`)."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    GENERAL = "general"
    INFERENCE = "inference"

    @property
    def words(self) -> str:
        """The grade as people read it."""
        return _GRADES[self]


_GRADES = {
    Confidence.OFFICIAL: "official text seen",
    Confidence.SECONDARY: "secondary source seen",
    Confidence.GENERAL: "general knowledge, not verified",
    Confidence.INFERENCE: "our reading of the text",
}


class Headcount(Strict, frozen=True):
    """From which size on an employer is bound.

    *total* are all employees, *local* those at work in the place of the duty (or in
    *within*). Zero asks nothing.
    """

    total: int = 0
    local: int = 0
    within: str = ""


class Duty(Strict, frozen=True, kw_only=True):
    """What binds postings of *places* (ISO 3166, or a locality such as ``US-NY.nyc``).

    In their parts *except_places* other law holds. It is in force from *effective_from*
    (None: since long) through *effective_to*. *remote* says whether work that may be done
    from the place counts (``reaches``), and *despite_exclusion* that shutting the place out
    in words does not help; *reporting* that reporting to an office there is enough.
    *applies_if* and *exempt_if* name facts that are declared (``employer.ai_screening``);
    *when* are words of which the posting must have one, *unless* words with which it is out.
    *counts* are the classes of pay that will do, *words* of which one will do, *figures* what
    the requirement asks for by name. *text_decides*: nothing but the text is needed to tell.
    *severity* is the most that it can be. *note* says in one modest sentence what else to
    know.
    """

    places: list[str]
    except_places: list[str] = []
    effective_from: date | None = None
    effective_to: date | None = None
    headcount: Headcount = Headcount()
    remote: Literal["reaches", "silent"] = "silent"
    despite_exclusion: bool = False
    reporting: bool = False
    only_if: list[str] = []
    applies_if: list[str] = []
    exempt_if: list[str] = []
    when: list[str] = []
    unless: list[str] = []
    counts: list[str] = []
    words: list[str] = []
    figures: dict[str, float] = {}
    citation: str
    sources: list[str] = []
    confidence: Confidence
    severity: Literal["note", "warning", "error"] = "warning"
    text_decides: bool = False
    last_reviewed: date | None = None
    note: str = ""

    @property
    def most(self) -> Severity:
        """The gravest that a finding may be: what is not verified is never an error."""
        wanted = Severity[self.severity.upper()]
        sure = self.confidence is Confidence.OFFICIAL or (
            self.confidence is Confidence.SECONDARY and self.text_decides
        )
        return wanted if sure else min(wanted, Severity.WARNING)
