"""Dates as people write them: in words, in figures, in the order of ISO 8601.

Nothing is guessed: a date without a year has none, "03/04/2026" has two readings, and a day
that no calendar has (31 June) is a date that is not *possible*. Two-digit years are of this
century.
"""

import re
from collections.abc import Iterator, Set
from datetime import date
from itertools import chain

import msgspec

from jdlint.language.late import late

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
          "September", "October", "November", "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_WORDS = frozenset([m.lower() for m in MONTHS] + [m[:3].lower() for m in MONTHS] + ["sept"])
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CENTURY = 2000

_PLAIN = re.IGNORECASE | re.ASCII
"""ASCII, for a long s is no s and a figure of another script is none that we read."""

_MONTH = late(
    r"[ADFJMNOSadfjmnos](?<![^\W\d_].)(?:(?<=[Jj])(?i:an(?:uary)?|une?|uly?)|(?<=[Ff])(?i:eb(?:ruary)?)"
    r"|(?<=[Mm])(?i:ar(?:ch)?|ay)|(?<=[Aa])(?i:pr(?:il)?|ug(?:ust)?)|(?<=[Ss])(?i:ept?(?:ember)?)"
    r"|(?<=[Oo])(?i:ct(?:ober)?)|(?<=[Nn])(?i:ov(?:ember)?)|(?<=[Dd])(?i:ec(?:ember)?))(?![^\W_])",
    re.ASCII,
)
"""A month. Searched for its first letter, which is quick."""

_WEEKDAY = (
    r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)"
)
_BEFORE = late(rf"(?<!\w){_WEEKDAY}(?:(?<!day)\.)?,?[ \n]\(?(?:the )?\Z", _PLAIN)
_AFTER = late(rf" \({_WEEKDAY}\)", _PLAIN)
_RUN_OF_DAYS = late(
    rf"(?<!\w)(?:(?:every|each)|{_WEEKDAY}s?,? ?(?:-|to|and|or|&|/|until|,)) ?\Z", _PLAIN
)
_DAY_BEFORE = late(
    r"(?<![\w£$€.,:/-])(?:(\d{1,2})(?:st|nd|rd|th)? ?(?:-|to|and|&|/) ?)?"
    r"(\d{1,2})(?:st|nd|rd|th)?(?: of|,)?[ \n-]{1,2}(?:of )?\Z",
    _PLAIN,
)
_DAY_AFTER = late(
    r"\.?[ \n](\d{1,2})(?:st|nd|rd|th)?(?: ?(-|to|and|&) ?(\d{1,2})(?:st|nd|rd|th)?)?"
    r"(?![\w%£$€]|[:.,/-]\d)",
    _PLAIN,
)
_YEAR = late(
    r"\.?,?(?: of |[ \n-]|)((?:19|20)\d\d)(?!\w)|\.?-(\d\d)(?![\w-])|\.? ?'(\d\d)(?!\w)", re.ASCII
)
_ISO = late(
    r"(?<![\w/.-])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})"
    r"(?![/.-]?\d|[/-])([T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_NUMERIC = late(
    r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d|(?<=/)\d\d)(?![\w/]|[.-]\d)",
    re.ASCII,
)
_FIGURES = late(r"[0-9][-/.][0-9]{1,2}[-/.][0-9]{2}")
"""What every date in figures has; quick to look for before the rest."""

_WINDOW = 40
"""How far before a month its day and weekday are looked for, in characters."""


class Written(msgspec.Struct, frozen=True):
    """A date as it stands in a text, at the half-open range *start* to *end* of it.

    *readings* are the days that it can mean: one, two for an ambiguous "03/04/2026", none
    where the day or the year is left out. *day* and *month* are None where the text leaves
    them out or open, *year* where it has none. *weekday* (0 is Monday) is one written
    beside the date. *form* is words, numeric or iso; *timed* says that a time is part of it.
    """

    start: int
    end: int
    form: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    readings: tuple[date, ...] = ()
    timed: bool = False
    possible: bool = True

    @property
    def earliest(self) -> date | None:
        """The first day that it can mean; of a month with its year, the first day."""
        if self.readings:
            return min(self.readings)
        return date(self.year, self.month, 1) if self._is_month else None  # type: ignore[arg-type]

    @property
    def latest(self) -> date | None:
        """The last day that it can mean; of a month with its year, the last day."""
        if self.readings:
            return max(self.readings)
        return _last_day(self.year, self.month) if self._is_month else None  # type: ignore[arg-type]

    @property
    def _is_month(self) -> bool:
        return self.year is not None and self.month is not None and self.day is None


def written(text: str, keys: Set[str] | None = None) -> list[Written]:
    """The dates in the folded *text*, in order and without overlap.

    *keys* are its words in lower case, where the caller has them: without a month among them
    no date in words is looked for.
    """
    found: list[Written] = []
    each: list[Written] = []
    if keys is None or not _MONTH_WORDS.isdisjoint(keys):
        each += _in_words(text)
    if _FIGURES.search(text):
        each += chain(_iso(text), _numeric(text))
    for one in sorted(each, key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def named(day: date) -> str:
    """*day* in words, the same to every reader: ``5 June 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _in_words(text: str) -> Iterator[Written]:
    done = 0
    for month in _MONTH.finditer(text):
        if month.start() < done:
            continue
        made = _day_first(text, month, done) or _month_first(text, month, done)
        if made is not None and _is_name(month[0], made):
            done = made.end
            yield made


def _is_name(word: str, made: Written) -> bool:
    """Whether a month is meant as one: "may 5" is not, "may 5, 2026" is."""
    return word[0].isupper() or made.year is not None


def _day_first(text: str, month: re.Match[str], done: int) -> Written | None:
    """``5 June 2026``, ``Friday the 5th of June``, ``05-Jun-26``, ``5-7 June`` (its last day)."""
    day = _DAY_BEFORE.search(text, max(done, month.start() - 16), month.start())
    if day is None or not 1 <= int(day[2]) <= _MOST_DAYS:
        return None
    year, end = _year(text, month.end())
    start, weekday = _weekday(text, day.start(), done) if day[1] is None else (day.start(), None)
    if weekday is None and day[1] is None:
        end, weekday = _weekday_after(text, end)
    return _made(start, end, int(day[2]), _number_of(month[0]), year, weekday)


def _month_first(text: str, month: re.Match[str], done: int) -> Written | None:
    """``June 5, 2026``, ``Friday, June 5``, ``June 5-7, 2026`` (its last day), ``June 2026``."""
    number = _number_of(month[0])
    day = _DAY_AFTER.match(text, month.end())
    if day is None or not 1 <= int(day[3] or day[1]) <= _MOST_DAYS:
        return _whole_month(text, month, number)
    year, end = _year(text, day.end())
    start, weekday = _weekday(text, month.start(), done)
    if weekday is None:
        end, weekday = _weekday_after(text, end)
    if day[3]:
        weekday = None
    return _made(start, end, int(day[3] or day[1]), number, year, weekday)


_MOST_DAYS = 31


def _whole_month(text: str, month: re.Match[str], number: int) -> Written | None:
    """``June 2026``, unless a number stands before it, which is a day that we cannot read."""
    year, end = _year(text, month.end())
    numbered = text[max(0, month.start() - 2) : month.start()].rstrip(" -")[-1:].isdigit()
    return (
        None
        if year is None or numbered
        else Written(month.start(), end, "words", None, number, year)
    )


def _year(text: str, at: int) -> tuple[int | None, int]:
    """The year behind *at*, if one stands there, and where it ends."""
    match = _YEAR.match(text, at)
    if match is None:
        return None, at
    short = match[2] or match[3]
    return int(match[1]) if match[1] else _CENTURY + int(short), match.end()


def _weekday(text: str, at: int, done: int) -> tuple[int, int | None]:
    """The weekday that stands before *at* and where it begins; one of a run of days is none."""
    low = max(done, at - _WINDOW)
    match = _BEFORE.search(text, low, at)
    if match is None or _RUN_OF_DAYS.search(text, low, match.start()):
        return at, None
    return match.start(), _number_of_weekday(match[1])


def _weekday_after(text: str, at: int) -> tuple[int, int | None]:
    """The weekday in brackets behind *at*, and where it ends."""
    match = _AFTER.match(text, at)
    return (match.end(), _number_of_weekday(match[1])) if match else (at, None)


def _number_of(month: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name[:3].lower() == month[:3].lower())


def _number_of_weekday(word: str) -> int:
    return next(n for n, name in enumerate(WEEKDAYS) if name[:3].lower() == word[:3].lower())


def _made(
    start: int, end: int, day: int, month: int, year: int | None, weekday: int | None
) -> Written:
    known = _day(year, month, day) if year else None
    possible = known is not None if year else day <= _LONGEST_MONTH[month - 1]
    readings = (known,) if known else ()
    return Written(
        start, end, "words", day, month, year, weekday, readings=readings, possible=possible
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(text: str) -> Iterator[Written]:
    for match in _ISO.finditer(text):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
        if 1 <= month <= len(MONTHS) and 1 <= day <= _MOST_DAYS:
            start, weekday = _weekday(text, match.start(), 0)
            known = _day(year, month, day)
            yield Written(
                start, match.end(), "iso", day, month, year, weekday,
                (known,) if known else (), match[5] is not None, known is not None,
            )  # fmt: skip


def _numeric(text: str) -> Iterator[Written]:
    for match in _NUMERIC.finditer(text):
        one, two = int(match[1]), int(match[3])
        year = int(match[4]) if len(match[4]) > 2 else _CENTURY + int(match[4])
        if not (1 <= one <= _MOST_DAYS and 1 <= two <= _MOST_DAYS):
            continue
        start, weekday = _weekday(text, match.start(), 0)
        end, after = _weekday_after(text, match.end())
        weekday = after if weekday is None else weekday
        days = {_day(year, two, one), _day(year, one, two)} - {None}
        readings = _fitting(sorted(d for d in days if d), weekday)
        only = readings[0] if len(readings) == 1 else None
        yield Written(
            start, end, "numeric",
            only.day if only else None, only.month if only else None, year, weekday,
            tuple(readings), possible=bool(readings),
        )  # fmt: skip


def _fitting(days: list[date], weekday: int | None) -> list[date]:
    """Those of *days* that fall on *weekday*; all if none does or none is given."""
    return [day for day in days if day.weekday() == weekday] or days
