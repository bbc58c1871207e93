"""Which duties bind a posting on a day: by place, date, size of the employer and facts."""

from collections.abc import Iterable, Iterator, Set
from datetime import date, timedelta
from functools import cached_property

import msgspec
from msgspec.structs import replace

from jdlint.language.words import fold
from jdlint.law.declared import Facts
from jdlint.law.duty import Duty, Headcount
from jdlint.law.phrases import says
from jdlint.model import Basis, Severity
from jdlint.posting.jurisdictions import ANYWHERE, EU, How, Jurisdiction, Jurisdictions, lies_in
from jdlint.posting.localities import localities
from jdlint.posting.model import Posting

AHEAD = timedelta(days=90)
"""A duty that starts within so many days is told as a note."""


class Case(msgspec.Struct, frozen=True, dict=True):
    """A posting as the law sees it on the day *as_of*; *bound* is what was found, by card."""

    posting: Posting
    places: Jurisdictions
    facts: Facts
    as_of: date
    bound: "dict[str, list[Binding]]" = {}

    @cached_property
    def text(self) -> str:
        """The posting's text, and below it the values of its fields ("contract: permanent")."""
        fields = (f"{field.name} {field.value}" for field in self.posting.document.fields)
        return "\n".join([self.posting.folded, *map(fold, fields)])

    @cached_property
    def countries(self) -> Set[str] | None:
        """The countries (two letters, or ``EU``) whose law may bind the posting; None: all."""
        codes = {one.code[:2] for one in self.places.found}
        codes |= {reach[:2] for reach in self.places.remote}
        if ANYWHERE in codes:
            return None
        members = localities().members
        return codes.union(members if EU in codes else (), {EU} if codes & members else ())


class Binding(msgspec.Struct, frozen=True):
    """A duty that binds a posting, and on what grounds."""

    duty: Duty
    basis: Basis


def binding(duties: Iterable[Duty], case: Case, reviewed: date | None) -> list[Binding]:
    """The duties that bind the posting of *case*, one for each place of theirs that it reaches."""
    near = case.countries
    if near is not None and not near:
        return []
    return [
        one
        for duty in duties
        if near is None or any(place[:2] in near for place in duty.places)
        for one in _bound_by(duty, case, reviewed)
    ]


def _bound_by(duty: Duty, case: Case, reviewed: date | None) -> Iterator[Binding]:
    """Places first, since they are asked most cheaply, and the words of the text last."""
    if not _in_time(duty, case.as_of):
        return
    reached = [
        (place, ground)
        for place in duty.places
        if (ground := _ground(duty, place, case.places)) is not None
    ]
    if not reached or _exempt(duty, case) or not _is_about(duty, case):
        return
    for place, ground in reached:
        basis = _basis(duty, place, case, reviewed, ground)
        if basis is not None:
            yield Binding(duty, basis)


def _in_time(duty: Duty, day: date) -> bool:
    started = duty.effective_from is None or duty.effective_from <= day + AHEAD
    return started and (duty.effective_to is None or day <= duty.effective_to)


def _is_about(duty: Duty, case: Case) -> bool:
    """Whether the words that a duty asks for are in the posting, and none that rule it out."""
    if not (duty.when or duty.unless):
        return True
    text = case.text
    return (not duty.when or says(duty.when, text)) and not says(duty.unless, text)


def _exempt(duty: Duty, case: Case) -> bool:
    if any(case.facts.holds(name) for name in duty.exempt_if):
        return True
    if not all(case.facts.holds(name) for name in duty.only_if):
        return True
    return any(case.facts.holds(name) is False for name in duty.applies_if)


def _basis(
    duty: Duty, place: str, case: Case, reviewed: date | None, ground: Jurisdiction
) -> Basis | None:
    """What *duty* rests on at *place*, which *ground* brings in; None if a fact lets it out."""
    unknown = _unknown(duty, place, case, ground)
    if unknown is None:
        return None
    begins = duty.effective_from
    starts = begins if begins and begins > case.as_of else None
    unsure = bool(unknown) or _is_weak(ground, place, case)
    severity = Severity.NOTE if starts else _lowered(duty.most, unsure)
    return Basis(
        place=place,
        found=ground.text,
        how=ground.how.value,
        citation=duty.citation,
        effective_from=duty.effective_from,
        effective_to=duty.effective_to,
        reviewed=duty.last_reviewed or reviewed,
        confidence=duty.confidence.value,
        sources=tuple(duty.sources),
        severity=severity,
        starts=starts,
        declare=tuple(unknown),
        note=duty.note,
    )


def _lowered(severity: Severity, lower: bool) -> Severity:
    return Severity(max(severity - 1, Severity.NOTE)) if lower else severity


def _ground(duty: Duty, place: str, places: Jurisdictions) -> Jurisdiction | None:
    """What brings the posting under the law of *place*, the surest first; None if nothing does."""
    for one in _inside(duty, place, places):
        if one.how is not How.REPORTS_TO or duty.reporting:
            return one
    if duty.remote == "reaches" and _remotely(duty, place, places):
        return Jurisdiction(place, How.REMOTE, ", ".join(places.remote), weak=True)
    return None


def _inside(duty: Duty, place: str, places: Jurisdictions) -> list[Jurisdiction]:
    """What lies in *place*; beside a part that is excepted the whole says nothing more."""
    found = [one for one in places.found if lies_in(one.code, place)]
    out = {one.code for one in found for part in duty.except_places if lies_in(one.code, part)}
    return [one for one in found if not out or one.code not in {*out, place}]


def _is_weak(ground: Jurisdiction, place: str, case: Case) -> bool:
    """Whether it is not sure that *place* is one of the work; employees there make a reach sure."""
    reached = ground.how is How.REMOTE and ground.span is None
    return ground.weak and not (reached and case.facts.headcount(place))


def _remotely(duty: Duty, place: str, places: Jurisdictions) -> bool:
    """Whether the work can be done from *place*, as its law sees it."""
    if duty.despite_exclusion:
        places = replace(places, excluded=())
    return places.remote_reaches(place)


def _unknown(duty: Duty, place: str, case: Case, ground: Jurisdiction) -> list[str] | None:
    """The facts that nobody has declared; None if one that is declared lets the duty out."""
    unknown = [name for name in duty.applies_if if case.facts.holds(name) is None]
    for name, least, count in _sizes(duty.headcount, place, case.facts):
        if count is not None and count < least:
            return None
        if count is None and not (least == 1 and ground.how is not How.REMOTE):
            unknown.append(name)
    return unknown


def _sizes(headcount: Headcount, place: str, facts: Facts) -> Iterable[tuple[str, int, int | None]]:
    """The name, the least number and the declared number of each size that is asked for."""
    if headcount.total:
        yield "employer.headcount", headcount.total, facts.headcount()
    if headcount.local:
        where = headcount.within or place
        yield f"employer.headcount_in.{where}", headcount.local, facts.headcount(where)
