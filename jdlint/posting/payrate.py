"""Pay turned into another period, on assumptions that are told."""

from decimal import Decimal

import msgspec

from jdlint.language.late import late
from jdlint.posting.model import Pay, Posting
from jdlint.posting.payperiod import period_of, told_period

_TIMES = {"week": 52, "month": 12, "year": 1}
_HOURS = {"US": 2080, "CA": 2080, "GB": 1950}
"""Hours of a full-time year: 40 a week in the US and Canada, 37.5 in Great Britain."""

_ANY_HOURS = 2080
_AROUND = 60
_FULL = late(r"(?i)\bfull[- ]time\b(?! ?(?:equivalent|salary))|\bpermanent full\b")
_FULL_FIELDS = ("employmentType", "employment_type", "job_type", "schedule", "type", "hours")
_LESS = late(
    r"(?i)\bpart[- ]time\b|\bpro[- ]?rata\b|\bjob[- ]share|\bterm[- ]time\b|\b0\.\d+ ?fte\b"
    r"|\bfte:? ?0\.\d|\breduced hours\b|\bcompressed\b|\bcasual\b|\bzero[- ]hours\b|\bper diem\b"
)
_WEEK = late(
    r"(?i)(?<![\d.])(\d{2}(?:\.\d{1,2})?)[ -]?(?:hours?|hrs?)"
    r"(?: (?:per|a|each)|/| ?p/?)[ -]?w"
)
_FEWEST = Decimal(35)
_MOST = Decimal(48)
_PRO_RATA = late(r"(?i)\bpro[- ]?rata|\bfte\b|\bfull[- ]time equivalent")
_BESIDE = late(
    r"(?i)\b(?:overtime|shift (?:premium|allowance|differential|rate)|training (?:rate|wage|pay)"
    r"|during training|while training|trainee rate|weekend rate|night rate|on[- ]call|sleep[- ]in"
    r"|holiday rate|time and a half|double time|bonus)\b"
)
_CLAUSE = late(r"[;\n\ufffc,]|[.!?] ")


class Rate(msgspec.Struct, frozen=True):
    """The ends of a rate; *hours* is the full-time year that was assumed, if one was."""

    minimum: Decimal
    maximum: Decimal
    hours: int | None = None


def yearly(pay: Pay, posting: Posting) -> Rate | None:
    """*pay* by the year, if both ends and the period are known.

    Days are not turned into years, nor is anything that is said to be pro rata. Pay whose
    period is not told is by the year where it is as large as only that can be.
    """
    if pay.minimum is None or pay.maximum is None:
        return None
    period = period_of(pay, posting)
    if period != "year" and _PRO_RATA.search(_near(pay, posting)):
        return None
    if period == "hour":
        hours = _hours_a_year(posting)
        return Rate(pay.minimum * hours, pay.maximum * hours, hours)
    times = _TIMES.get(period or "")
    return Rate(pay.minimum * times, pay.maximum * times) if times else None


def hourly(pay: Pay, posting: Posting) -> Rate | None:
    """*pay* by the hour: as stated, or from a year, a month or a week of plain full-time work.

    None for pro rata figures, for the rates of overtime, shifts or training beside a base
    rate, and where the hours are not known to be those of a full-time job.
    """
    period = told_period(pay, posting)
    if pay.minimum is None or (period is None) or _is_beside(pay, posting):
        return None
    maximum = pay.minimum if pay.maximum is None else pay.maximum
    if period == "hour":
        return Rate(pay.minimum, maximum)
    hours, times = _full_time(posting), _TIMES.get(period)
    if not times or hours is None or _PRO_RATA.search(_near(pay, posting)):
        return None
    cent = Decimal("0.01")
    low, high = ((end * times / hours).quantize(cent) for end in (pay.minimum, maximum))
    return Rate(low, high, hours)


def _near(pay: Pay, posting: Posting) -> str:
    """The text around a figure, which may qualify it; the field's name is not looked at."""
    if pay.span is None:
        return ""
    start, end = pay.span
    return posting.folded[max(0, start - _AROUND) : end + _AROUND]


def _is_beside(pay: Pay, posting: Posting) -> bool:
    """Whether *pay* is for overtime or the like, beside a base rate that is not."""
    if pay.span is None or not _says_beside(pay, posting):
        return False
    return any(other.minimum and not _says_beside(other, posting) for other in posting.pay)


def _says_beside(pay: Pay, posting: Posting) -> bool:
    """Whether the clause of a figure calls it a rate for overtime, shifts or training."""
    if pay.span is None:
        return False
    start, end = pay.span
    front = posting.folded[max(0, start - _AROUND) : start]
    behind = posting.folded[end : end + _AROUND]
    stops = [match.end() for match in _CLAUSE.finditer(front)]
    stop = _CLAUSE.search(behind)
    clause = front[stops[-1] if stops else 0 :] + " " + behind[: stop.start() if stop else None]
    return _BESIDE.search(clause) is not None


def _hours_a_year(posting: Posting) -> int:
    """The hours of a full-time year, as the posting has them or as is usual in its country."""
    stated = _stated_week(posting)
    if stated is not None and _FEWEST <= stated <= _MOST:
        return int(stated * 52)
    return next((_HOURS[c] for c in sorted(posting.countries) if c in _HOURS), _ANY_HOURS)


def _stated_week(posting: Posting) -> Decimal | None:
    """The hours of a week, if the posting names them and names no others."""
    found = {Decimal(match.group(1)) for match in _WEEK.finditer(posting.folded)}
    return found.pop() if len(found) == 1 else None


def _full_time(posting: Posting) -> int | None:
    """The hours of a year, if the posting is plainly full-time and of nothing less."""
    field = posting.document.field(*_FULL_FIELDS)
    beside = field.value.replace("_", " ") if field else ""
    if _LESS.search(posting.folded) or _LESS.search(beside):
        return None
    stated = _stated_week(posting)
    if stated is not None:
        return _hours_a_year(posting) if _FEWEST <= stated <= _MOST else None
    if _WEEK.search(posting.folded):
        return None
    plain = _FULL.search(posting.folded) or _FULL.search(beside)
    return _hours_a_year(posting) if plain else None
