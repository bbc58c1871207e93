"""Values of a JobPosting that are not in the form that job search engines read."""

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

import msgspec

from jdlint.checks.card import PythonCard
from jdlint.checks.protocol import Context
from jdlint.language.calendar import written
from jdlint.language.late import late
from jdlint.model import Hit, Severity, SourceSpan
from jdlint.posting.jobbook import jobbook
from jdlint.posting.jobdata import is_open, name_of, says_something, values
from jdlint.posting.model import Posting
from jdlint.read.offsets import Datum

_TIME = r"\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)? ?(?:Z|[+-]\d\d(?::?\d\d)?)?"
_DAY = r"\d{4}-\d\d(?:-\d\d)?|\d{8}|\d{4}-\d{3}|\d{4}-?W\d\d(?:-?\d)?"
_ISO = late(rf"(?:{_DAY})(?:[T ]{_TIME})?\Z")
_TAG = late(r"<[^<>]*>")
_SEPARATOR = late(r"[\s_./-]+")
_COUNTRY = late(r"[A-Za-z]{2}\Z")
_RIGHT_TO_WORK = late(
    r"(?i)\b(?:citizens?|citizenship|visas?|authori[sz]ed|work permits?|green cards?)\b"
)
_LONGEST = 60
"""Longer values, in characters, are cut in a message."""


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with the value of *name*, where, and how grave it is if not the card's."""

    name: str
    at: SourceSpan
    detail: str
    severity: Severity | None = None


def malformed(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Each value in another form than search engines read."""
    for job in posting.document.data:
        for find in _FINDERS:
            for fault in find(job):
                told = {"property": fault.name, "detail": fault.detail}
                yield Hit(card.id, None, told, severity=fault.severity, source=fault.at)


def _scalars(one: Datum, *path: str) -> list[Datum]:
    """The values of *one* by *path* that say something by themselves."""
    found = [v for v in values(one, *path) if v.kind in ("text", "bare")]
    return [v for v in found if says_something(v) and not is_open(v)]


def _dates(job: Datum) -> Iterator[Fault]:
    for name in ("datePosted", "validThrough"):
        for value in _scalars(job, name):
            text = value.value.strip()
            if _ISO.match(text):
                continue
            days = [d for one in written(text[:_LONGEST]) for d in (one.readings or [None])]
            if None in days:
                continue
            meant = f"{days[0]:%Y-%m-%d}" if len(days) == 1 and days[0] else "2026-03-31"
            how = f"write {meant}" if len(days) == 1 else f"write it like {meant}"
            yield Fault(name, value.span, f"{_shown(value)} is no date of ISO 8601: {how}")


def _description(job: Datum) -> Iterator[Fault]:
    titles = {_plain(title.value) for title in _scalars(job, "title")}
    for value in _scalars(job, "description"):
        text = _plain(value.value)
        if not text:
            yield Fault("description", value.span, "there is no text in it, only markup")
        elif text in titles:
            yield Fault("description", value.span, "it only repeats the title")


def _plain(text: str) -> str:
    from html import unescape  # few postings ask for it

    return " ".join(_TAG.sub(" ", unescape(text)).lower().split()).strip(" .!")


def _employment(job: Datum) -> Iterator[Fault]:
    known = jobbook().employment
    for value in _scalars(job, "employmentType"):
        if value.value in known.values() or "schema.org/" in value.value:
            continue
        parts = [known.get(_folded(part)) for part in value.value.split(",")]
        if len(parts) > 1 and all(parts):
            listed = ", ".join(f'"{part}"' for part in parts)
            detail = f"several values in one text are read as one: write [{listed}]"
        elif parts[0]:
            detail = f"{_shown(value)} is written {parts[0]} for search engines"
        else:
            every = ", ".join(dict.fromkeys(known.values()))
            detail = f"{_shown(value)} is none of the values that search engines read: {every}"
        yield Fault("employmentType", value.span, detail, Severity.NOTE)


def _location_type(job: Datum) -> Iterator[Fault]:
    for value in _scalars(job, "jobLocationType"):
        if value.value.strip() != "TELECOMMUTE":
            detail = (
                f"{_shown(value)} is not read: write TELECOMMUTE if all of the work is done "
                "from home, else leave the property out"
            )
            yield Fault("jobLocationType", value.span, detail)


def _everywhere(job: Datum) -> Iterator[Fault]:
    name = "applicantLocationRequirements"
    for value in (*_scalars(job, name), *_scalars(job, name, "name")):
        if _folded(value.value) in jobbook().everywhere:
            detail = f"{_shown(value)} is no place: name the countries or states"
            yield Fault(name, value.span, detail, Severity.NOTE)
        elif _RIGHT_TO_WORK.search(value.value):
            detail = (
                f"{_shown(value)} is about the right to work: name the countries or states "
                "here, and write that under eligibilityToWorkRequirement"
            )
            yield Fault(name, value.span, detail)


def _countries(job: Datum) -> Iterator[Fault]:
    book = jobbook()
    found = _scalars(job, "jobLocation", "address", "addressCountry")
    for value in (*found, *_scalars(job, "jobLocation", "address", "addressCountry", "name")):
        code = value.value.strip()
        if not _COUNTRY.match(code) or code.upper() in book.countries:
            continue
        meant = book.countries_written.get(code.upper())
        how = f"write {meant}" if meant else "write the code or the name of a country"
        detail = f"{_shown(value)} is no code of ISO 3166: {how}"
        yield Fault("jobLocation.address.addressCountry", value.span, detail, Severity.NOTE)


def _salary(job: Datum) -> Iterator[Fault]:
    for pay in values(job, "baseSalary"):
        if not says_something(pay) or is_open(pay) or "Price" in _type(pay):
            continue
        if pay.kind != "object":
            detail = "an amount alone tells neither currency nor period: write a MonetaryAmount"
            yield Fault("baseSalary", pay.span, detail)
            continue
        yield from _currency(job, pay)
        yield from _amounts(pay)


def _type(one: Datum) -> str:
    return "".join(v.value for v in values(one, "@type"))


def _currency(job: Datum, pay: Datum) -> Iterator[Fault]:
    book = jobbook()
    found = [*_scalars(pay, "currency"), *_scalars(job, "salaryCurrency")]
    if not any(map(says_something, (*values(pay, "currency"), *values(job, "salaryCurrency")))):
        yield Fault("baseSalary.currency", _key(pay), "there is none: write a code such as GBP")
    for value in found:
        code = value.value.strip()
        if code in book.currencies:
            continue
        meant = book.currencies_written.get(code.lower()) or code.upper()
        how = f"write {meant}" if meant in book.currencies else "write a code such as GBP"
        detail = f"{_shown(value)} is no currency of ISO 4217: {how}"
        name = "salaryCurrency" if name_of(value) == "salaryCurrency" else "baseSalary.currency"
        yield Fault(name, value.span, detail)


def _amounts(pay: Datum) -> Iterator[Fault]:
    amounts = [a for a in values(pay, "value") if says_something(a)]
    inner = [a for a in amounts if a.kind == "object"] or [pay]
    if any(map(is_open, amounts)):
        return
    for amount in inner:
        yield from _numbers(amount)
    units = [unit for one in (pay, *(a for a in inner if a is not pay)) for unit in _units(one)]
    if not units:
        at = inner[0].key_span or _key(pay)
        yield Fault("baseSalary.value.unitText", at, "there is none: write HOUR, WEEK or YEAR")
    for unit in units:
        if name_of(unit) == "unitText" and not is_open(unit):
            yield from _unit(unit)


def _numbers(amount: Datum) -> Iterator[Fault]:
    """Amounts that are no numbers, that are nothing, or in the wrong order."""
    names = ("value", "minValue", "maxValue")
    told = {name: value for name in names for value in _scalars(amount, name)}
    if not any(says_something(v) for name in names for v in values(amount, name)):
        at = amount.key_span or _key(amount)
        yield Fault("baseSalary.value", at, "there is no amount in it")
    numbers = {name: _number(value.value) for name, value in told.items()}
    for name, value in told.items():
        if numbers[name] is None:
            detail = f"{_shown(value)} is no number: write figures alone, such as 45000"
            yield Fault(f"baseSalary.value.{name}", value.span, detail)
    sure = [number for number in numbers.values() if number is not None]
    low, high = numbers.get("minValue"), numbers.get("maxValue")
    if low is not None and high is not None and low > high:
        detail = f"it is more than maxValue ({told['maxValue'].value})"
        yield Fault("baseSalary.value.minValue", told["minValue"].span, detail)
    elif sure and not any(sure):
        at = next(iter(told.values())).span
        yield Fault("baseSalary.value", at, "the pay is 0: leave baseSalary out if it is not told")


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip()) if "_" not in text else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def _units(one: Datum) -> list[Datum]:
    return [v for name in ("unitText", "unitCode") for v in values(one, name) if says_something(v)]


def _unit(value: Datum) -> Iterator[Fault]:
    known = jobbook().units
    if value.value.strip().upper() in known.values():
        return
    meant = known.get(_folded(value.value))
    how = f"write {meant}" if meant else "write HOUR, DAY, WEEK, MONTH or YEAR"
    detail = f"search engines may not know {_shown(value)}: {how}"
    yield Fault("baseSalary.value.unitText", value.span, detail, Severity.NOTE)


def _folded(text: str) -> str:
    return _SEPARATOR.sub(" ", text.strip().lower()).strip()


def _key(one: Datum) -> SourceSpan:
    return one.key_span or one.span


def _shown(value: Datum) -> str:
    text = " ".join(value.value.split())
    return f"'{text}'" if len(text) <= _LONGEST else f"'{text[:_LONGEST]} …'"


_FINDERS: tuple[Callable[[Datum], Iterator[Fault]], ...] = (
    _description,
    _dates,
    _salary,
    _employment,
    _location_type,
    _countries,
    _everywhere,
)
