"""Date sense: whether the dates of a posting agree with the calendar, today and each other.

Nothing is said of a date without a year, and an ambiguous one counts as wrong only if it is
wrong in each of its readings.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from jdlint.checks.card import PythonCard
from jdlint.checks.protocol import Context
from jdlint.language.calendar import WEEKDAYS, named
from jdlint.model import Hit
from jdlint.posting.datebook import datebook
from jdlint.posting.dates import CLOSING, INTERVIEW, POSTED, START, Dated, key
from jdlint.posting.model import Posting

_NO = frozenset({"", "false", "no", "0", "none", "null"})
_WHAT = {START: "start date", INTERVIEW: "interview date", CLOSING: "closing date"}


def closing_past(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """The closing date, if all that the posting names are past and it is not said to be closed."""
    dates = _of(posting, CLOSING)
    if dates and _all_before(dates, context.as_of) and _is_live(posting):
        first = min(dates, key=lambda one: one.span is not None)
        yield _hit(card, first, day=named(context.as_of))


def closing_before_posting(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A closing date before the day of posting."""
    posted = _of(posting, POSTED)
    days = [day for one in posted if (day := one.written.earliest)]
    if days and len(days) == len(posted):
        for one in _of(posting, CLOSING):
            if one.written.latest and one.written.latest < min(days):
                yield _hit(card, one, other=posted[0].text)
                return


def start_before_closing(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A start date before the closing date, where every start is before every closing date."""
    closing = _of(posting, CLOSING)
    days = [day for one in closing if (day := one.written.earliest)]
    starts = _of(posting, START)
    if days and len(days) == len(closing) and starts and _all_before(starts, min(days)):
        yield _hit(card, starts[0], other=closing[0].text)


def other_past(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """A start or interview date that is past, where no closing date says the same."""
    told = {role: _of(posting, role) for role in (START, INTERVIEW)}
    past = [role for role, dates in told.items() if _all_before(dates, context.as_of)]
    if not past or _all_before(_of(posting, CLOSING), context.as_of) or not _is_live(posting):
        return
    for role in past:
        yield _hit(card, told[role][0], what=_WHAT[role], day=named(context.as_of))


def wrong_weekday(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Each date whose weekday is another one."""
    for one in posting.dates:
        days, weekday = one.written.readings, one.written.weekday
        if weekday is not None and days and all(day.weekday() != weekday for day in days):
            right = " or ".join(dict.fromkeys(WEEKDAYS[day.weekday()] for day in days))
            yield _hit(card, one, weekday=right)


def impossible(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Each date that no calendar has; one in figures only where it is plainly meant as a date."""
    for one in posting.dates:
        if not one.written.possible and (one.role or one.written.form == "words"):
            yield _hit(card, one)


def ambiguous(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """A day that people act on, written so that some read another one."""
    dates = [one for one in posting.dates if one.role in _WHAT and len(one.written.readings) > 1]
    dates = [one for one in dates if not _is_data(posting, one)]
    if dates and not _order_is_known(posting, context):
        for one in dates:
            first, second = one.written.readings
            yield _hit(card, one, first=named(first), second=named(second))


def _is_data(posting: Posting, one: Dated) -> bool:
    """Whether a date stands in a JobPosting, where another card asks for ISO dates."""
    at = one.source.start if one.source else -1
    return any(job.span.start <= at < job.span.end for job in posting.document.data)


def _of(posting: Posting, role: str) -> list[Dated]:
    return [one for one in posting.dates if one.role == role]


def _all_before(dates: Sequence[Dated], day: date) -> bool:
    """Whether there are *dates*, and all are before *day* however they are read."""
    return bool(dates) and all(
        one.written.latest is not None and one.written.latest < day for one in dates
    )


def _is_live(posting: Posting) -> bool:
    """Whether nothing says that the posting is closed, or never closes on a day."""
    book = datebook()
    for field in posting.document.fields:
        name, value = key(field.name), field.value.strip().lower()
        if name in book.closed_fields and value not in _NO:
            return False
        if name in book.open_fields and value in ("false", "no"):
            return False
        if name in book.state_fields and value in book.closed_states:
            return False
    marks = book.speech.marks(posting.parts)
    return not any(mark.roles & {"closed", "open-ended"} for mark in marks)


def _order_is_known(posting: Posting, context: Context) -> bool:
    """Whether readers know if the day or the month comes first: by another date, or by country.

    A country tells unless the spelling is another country's, or both orders are in use there.
    """
    if any(
        one.written.form == "numeric" and len(one.written.readings) == 1 and _tells(one)
        for one in posting.dates
    ):
        return True
    book = datebook()
    countries = {place.code.split("-")[0] for place in posting.places if place.code}
    dialect = context.dialect if context.dialect in ("UK", "US") else posting.dialect
    orders = {country in book.month_first for country in countries}
    if dialect in ("UK", "US"):
        orders.add(dialect == "US")
    return len(orders) == 1 and not countries & book.both_orders


def _tells(one: Dated) -> bool:
    """Whether the numbers of a date show which is the day: one is no month."""
    written = one.written
    return written.day != written.month and max(written.day or 0, written.month or 0) > 12


def _hit(card: PythonCard, one: Dated, **values: str) -> Hit:
    text = " ".join(one.text.split())
    return Hit(card.id, one.span, {"date": text, **values}, source=one.source)
