"""Pay turned into another period, on assumptions that are told."""

from decimal import Decimal
from typing import NamedTuple

from jdlint.posting.model import Pay, Posting

_WEEKS = {"week": 52, "month": 12, "year": 1}
_HOURS = {"US": 2080, "CA": 2080, "GB": 1950}
"""Hours of a full-time year: 40 a week in the US and Canada, 37.5 in Great Britain."""


class Rate(NamedTuple):
    """The ends of a rate; *hours* is the full-time year that was assumed, if one was."""

    minimum: Decimal
    maximum: Decimal
    hours: int | None = None


def yearly(pay: Pay, posting: Posting) -> Rate | None:
    """*pay* by the year, if both ends and the period are known; days are not turned into years."""
    if pay.minimum is None or pay.maximum is None:
        return None
    if pay.period == "hour":
        hours = _hours(posting)
        return Rate(pay.minimum * hours, pay.maximum * hours, hours)
    times = _WEEKS.get(pay.period or "")
    return Rate(pay.minimum * times, pay.maximum * times) if times else None


def _hours(posting: Posting) -> int:
    return next((_HOURS[c] for c in sorted(posting.countries) if c in _HOURS), 2080)


def hourly(pay: Pay, posting: Posting) -> Rate | None:  # noqa: ARG001
    """*pay* by the hour, if it is stated so."""
    if pay.period != "hour" or pay.minimum is None:
        return None
    return Rate(pay.minimum, pay.minimum if pay.maximum is None else pay.maximum)
