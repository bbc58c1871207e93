"""What nobody can read out of a posting: facts that the configuration or front matter declares."""

from typing import Literal

import msgspec

from jdlint.posting.model import Posting

_NO = frozenset({"false", "no", "0", "off", "", "none", "null"})


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts of a declaration have in common: frozen, and no unknown keys."""


class Employer(Strict, frozen=True):
    """Facts about the employer; None is unknown. *headcount_in* has employees by place."""

    headcount: int | None = None
    headcount_in: dict[str, int] = {}
    agency: bool | None = None
    federal_contractor: bool | None = None
    public_sector: bool | None = None
    ai_screening: bool | None = None
    background_checks: bool | None = None
    disability_confident: str = ""
    customer_facing: bool | None = None


class Role(Strict, frozen=True):
    """Facts about the role; None is unknown.

    *citizenship_required_by* and *occupational_requirement* name the law that asks for it.
    """

    posting: Literal["", "public", "internal", "campaign"] = ""
    drives: bool | None = None
    commission_only: bool | None = None
    tipped: bool | None = None
    variable_pay: bool | None = None
    bargaining: bool | None = None
    domestic: bool | None = None
    regulated_activity: bool | None = None
    safety_sensitive: bool | None = None
    piecework: bool | None = None
    customer_facing: bool | None = None
    citizenship_required_by: str = ""
    occupational_requirement: str = ""
    special_programme: str = ""


class Law(Strict, frozen=True):
    """The key ``law`` of the configuration: places of work, and facts for the law packs."""

    jurisdictions: list[str] = []
    employer: Employer = Employer()
    role: Role = Role()


_SIZES = ("headcount", "headcount_in", "posting")
FACTS = (
    *(f"employer.{name}" for name in Employer.__struct_fields__ if name not in _SIZES),
    *(f"role.{name}" for name in Role.__struct_fields__ if name not in _SIZES),
    "role.internal",
    "role.campaign",
)
"""The names by which duties ask for facts."""


class Facts:
    """What is declared for one posting: its own fields first, then the configuration."""

    def __init__(self, posting: Posting, law: Law) -> None:
        self._posting = posting
        self._law = law

    def holds(self, name: str) -> bool | None:
        """Whether the fact *name* (``role.drives``) holds; None if nobody says."""
        part, _, key = name.partition(".")
        if key in ("internal", "campaign"):
            kind = self._said("role.posting") or self._law.role.posting
            return kind.strip().lower() == key if kind else None
        said = self._said(name)
        if said is not None:
            return said.strip().lower() not in _NO
        value = getattr(getattr(self._law, part), key)
        return None if value in (None, "") else bool(value)

    def headcount(self, place: str = "") -> int | None:
        """How many are employed in all, or in *place*; None if nobody says.

        A place has at least the employees of its parts that are declared.
        """
        said = self._said(f"employer.headcount_in.{place}" if place else "employer.headcount")
        if said is not None and said.strip().isdecimal():
            return int(said)
        employer = self._law.employer
        if not place:
            return employer.headcount
        if place in employer.headcount_in:
            return employer.headcount_in[place]
        parts = [
            n for p, n in employer.headcount_in.items() if p.startswith((place + "-", place + "."))
        ]
        return sum(parts) if parts else None

    def _said(self, name: str) -> str | None:
        found = self._posting.document.field(name, f"jdlint.{name}")
        return found.value if found else None
