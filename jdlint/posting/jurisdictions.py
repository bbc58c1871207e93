"""Whose law a posting falls under: where the work is done, and from where it can be done.

The sources in the order of their weight: codes that are declared, fields, stated places, remote
work with its reach, and the place that the job reports to. Weak hints (currency, 401(k))
decide nothing. What is not sure is left out, and told as unclear.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from jdlint.model import PlainSpan
from jdlint.posting.localities import known_code, localities

ANYWHERE = "*"
"""The reach of remote work that can be done from any country."""

EU = "EU"
"""The code of the European Union, in which the countries of its members lie."""


class How(StrEnum):
    """What tells that a posting falls under a law."""

    DECLARED = "declared"
    FIELD = "field"
    PLACE = "place"
    REMOTE = "remote"
    REPORTS_TO = "reports-to"


class Jurisdiction(msgspec.Struct, frozen=True):
    """A place with law of its own that the posting speaks of.

    *code* is by ISO 3166, with a dot and a name for places below (``US-NY.nyc``), or ``EU``;
    *text* are the words that say so, at *span* (None: in a field or a configuration). *weak*:
    only running text says it, or a tie was broken by currency and spelling together.
    """

    code: str
    how: How
    text: str
    span: PlainSpan | None = None
    weak: bool = False


class Jurisdictions(msgspec.Struct, frozen=True):
    """All that a posting says of whose law it falls under.

    *found* holds each code once, the surest first. *remote* are the codes from which the
    work can be done remotely (``*``: from anywhere); *unscoped*: it is remote, but from
    where is not said. *excluded* are the places that the posting closes itself to. *unclear*
    are the names of places that could not be told ("Georgia", "EMEA").
    """

    found: tuple[Jurisdiction, ...] = ()
    remote: tuple[str, ...] = ()
    excluded: tuple[Jurisdiction, ...] = ()
    unclear: tuple[str, ...] = ()
    unscoped: bool = False

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of where the work is done or can be done."""
        return not self.found and not self.remote

    def covers(self, code: str, *, reporting: bool = False) -> bool:
        """Whether a found place lies in *code*: ``US-NY.nyc`` in ``US-NY`` and ``US``.

        The place that the job reports to counts only when *reporting*.
        """
        return any(
            lies_in(one.code, code)
            for one in self.found
            if reporting or one.how is not How.REPORTS_TO
        )

    def excludes(self, code: str) -> bool:
        """Whether the posting closes itself to *code* as a whole."""
        return any(lies_in(code, one.code) for one in self.excluded)

    def remote_reaches(self, code: str) -> bool:
        """Whether the work can be done remotely from *code*, or from a part of it.

        What the posting closes itself to is not reached; a law may see that otherwise.
        """
        if self.excludes(code):
            return False
        return any(
            reach == ANYWHERE or lies_in(code, reach) or lies_in(reach, code)
            for reach in self.remote
        )


def lies_in(code: str, other: str) -> bool:
    """Whether the place *code* is *other* or a part of it."""
    if code == other or code.startswith((f"{other}-", f"{other}.")):
        return True
    return other == EU and code[:2] in localities().members


def declared(codes: Sequence[str]) -> Jurisdictions:
    """The jurisdictions that somebody declares, whatever the posting says.

    Codes that :func:`~jdlint.posting.localities.known_code` does not know are unclear.
    """
    found = tuple(Jurisdiction(c, How.DECLARED, c) for c in dict.fromkeys(codes) if known_code(c))
    return Jurisdictions(found, unclear=tuple(c for c in codes if not known_code(c)))


def once(found: Iterable[Jurisdiction]) -> tuple[Jurisdiction, ...]:
    """Each code of *found* once: its surest mention, the first of several.

    A place of work counts before one that the job reports to, and what is stated before
    what is only said in passing.
    """
    kept: dict[str, Jurisdiction] = {}
    for one in sorted(found, key=_doubt):
        kept.setdefault(one.code, one)
    return tuple(kept.values())


def _doubt(one: Jurisdiction) -> tuple[bool, bool, int]:
    return one.how is How.REPORTS_TO, one.weak, list(How).index(one.how)
