"""What was asked of each posting by law, and how it answered: the record that a legal team files.

``docs/evidence.md`` has the meaning of each key; the JSON Schema is made from these classes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from jdlint.checks.card import AnyCard, DisclosureCard
from jdlint.checks.disclosure import asked
from jdlint.checks.lawful import bound, case
from jdlint.checks.protocol import Context
from jdlint.law.answer import Answer, State
from jdlint.law.applies import Case
from jdlint.locate import Locator
from jdlint.model import Basis, Finding, Hit, PlainSpan, Waiver
from jdlint.posting.model import Posting

SCHEMA = 1
_QUOTES = 5


class Outcome(StrEnum):
    """What came of a requirement; *ahead* is one that is not in force yet."""

    MET = "met"
    NOT_MET = "not-met"
    WAIVED = "waived"
    UNDECIDABLE = "not-decidable"


class Quote(msgspec.Struct, frozen=True):
    """Words of the posting, and where they stand in the file (see :class:`Finding`)."""

    text: str
    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    place: str | None = None


class Requirement(msgspec.Struct, frozen=True):
    """A row of law that was held against a posting.

    *asks* says in a few words what is asked; *missing* names the facts that would decide it.
    *starts* is set while the row is not in force.
    """

    rule: str
    name: str
    asks: str
    basis: Basis
    outcome: Outcome
    quotes: tuple[Quote, ...] = ()
    detail: str = ""
    missing: tuple[str, ...] = ()
    waiver: Waiver | None = None


class Place(msgspec.Struct, frozen=True):
    """A place of work, and how it was found: declared, field, place, remote or reports-to."""

    code: str
    how: str
    text: str


class Record(msgspec.Struct, frozen=True):
    """The posting number *posting* of the file at *path*, whose bytes have *sha256*.

    *places* is empty where none was found; no law was held against the posting then.
    """

    path: str
    posting: int
    title: str
    sha256: str
    places: tuple[Place, ...]
    requirements: tuple[Requirement, ...]


def record(
    posting: Posting,
    cards: Iterable[AnyCard],
    given: Context,
    findings: Sequence[Finding],
    locator: Locator,
    number: int,
) -> Record:
    """What *cards* asked of *posting* by law; *findings* are its own, suppressed ones included."""
    seen = case(posting, given)
    asked_for = [r for card in cards for r in _of_card(card, seen, findings, locator)]
    return Record(
        path=locator.path,
        posting=number,
        title=posting.title_text,
        sha256=locator.sha256,
        places=tuple(Place(one.code, one.how.value, one.text) for one in seen.places.found),
        requirements=tuple(sorted(asked_for, key=_by_place)),
    )


def _by_place(requirement: Requirement) -> tuple[str, str, date]:
    basis = requirement.basis
    return basis.place, requirement.rule, basis.effective_from or date.min


def _of_card(
    card: AnyCard, seen: Case, findings: Sequence[Finding], locator: Locator
) -> Iterator[Requirement]:
    own = [finding for finding in findings if finding.rule == card.id]
    if isinstance(card, DisclosureCard):
        for one, answer in asked(card, seen):
            if answer.state is not State.NOT_ASKED:
                yield _disclosed(card, one.basis, answer, own, seen, locator)
    elif card.duties:
        for one in bound(card, seen):
            yield _avoided(card, one.basis, own)


def _disclosed(
    card: DisclosureCard,
    basis: Basis,
    answer: Answer,
    own: Sequence[Finding],
    seen: Case,
    locator: Locator,
) -> Requirement:
    """What came of a requirement to disclose something."""
    outcome = _OUTCOMES[answer.state]
    waiver = _waiver(own) if outcome is Outcome.NOT_MET else None
    if waiver:
        outcome = Outcome.WAIVED
    elif outcome is Outcome.NOT_MET and basis.declare:
        outcome = Outcome.UNDECIDABLE
    return Requirement(
        rule=card.id,
        name=card.name,
        asks=card.summary,
        basis=basis,
        outcome=outcome,
        quotes=tuple(_quotes(card.id, answer, seen.posting, locator)),
        detail=answer.detail,
        missing=basis.declare if outcome is Outcome.UNDECIDABLE else (),
        waiver=waiver,
    )


_OUTCOMES = {
    State.MET: Outcome.MET,
    State.NOT_MET: Outcome.NOT_MET,
    State.UNDECIDABLE: Outcome.UNDECIDABLE,
}


def _quotes(rule: str, answer: Answer, posting: Posting, locator: Locator) -> Iterator[Quote]:
    """The words behind *answer*, at their places in the file."""
    for span in answer.spans[:_QUOTES]:
        yield quote(locator.in_posting(Hit(rule, PlainSpan(*span)), posting, 0))
    if answer.text:
        yield Quote(answer.text)


def quote(finding: Finding) -> Quote:
    """The words of *finding*."""
    return Quote(
        finding.matched, finding.start, finding.end, finding.line, finding.column, finding.place
    )


def _avoided(card: AnyCard, basis: Basis, own: Sequence[Finding]) -> Requirement:
    """What came of a requirement to leave something out: nothing was found, or *own*."""
    heard = [finding for finding in own if not finding.suppressed]
    waiver = None if heard else _waiver(own)
    outcome = Outcome.MET
    if own:
        outcome = Outcome.WAIVED if waiver else Outcome.NOT_MET
        outcome = Outcome.UNDECIDABLE if heard and basis.declare else outcome
    return Requirement(
        rule=card.id,
        name=card.name,
        asks=card.summary,
        basis=basis,
        outcome=outcome,
        quotes=tuple(quote(finding) for finding in own[:_QUOTES]),
        missing=basis.declare if outcome is Outcome.UNDECIDABLE else (),
        waiver=waiver,
    )


def _waiver(own: Sequence[Finding]) -> Waiver | None:
    """The first waiver of findings that are all suppressed."""
    if not own or not all(finding.suppressed for finding in own):
        return None
    return own[0].waiver
