"""Written dates: every form is read back as it was written, and nothing is read that is not there."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdlint.language.calendar import MONTHS, WEEKDAYS, named, written

DAYS = st.dates(date(1990, 1, 1), date(2089, 12, 31))


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


FORMS = {
    "day first": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "ordinal": lambda d: f"{ordinal(d.day)} {MONTHS[d.month - 1]}, {d.year}",
    "the nth of": lambda d: f"the {ordinal(d.day)} of {MONTHS[d.month - 1]} {d.year}",
    "month first": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "month first, ordinal": lambda d: f"{MONTHS[d.month - 1]} {ordinal(d.day)} {d.year}",
    "short month": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d.year}",
    "short month with a point": lambda d: f"{MONTHS[d.month - 1][:3]}. {d.day}, {d.year}",
    "hyphens": lambda d: f"{d.day:02}-{MONTHS[d.month - 1][:3]}-{d.year}",
    "capitals": lambda d: f"{d.day} {MONTHS[d.month - 1].upper()} {d.year}",
    "weekday": lambda d: f"{WEEKDAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]} {d.year}",
    "weekday, month first": lambda d: (
        f"{WEEKDAYS[d.weekday()]}, {MONTHS[d.month - 1]} {d.day}, {d.year}"
    ),
    "short weekday": lambda d: (
        f"{WEEKDAYS[d.weekday()][:3]}. {d.day} {MONTHS[d.month - 1]} {d.year}"
    ),
    "weekday behind": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year} ({WEEKDAYS[d.weekday()]})",
    "iso": lambda d: d.isoformat(),
    "iso with a time": lambda d: f"{d.isoformat()}T23:59:00Z",
}


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_a_date_is_read_back_as_it_was_written(form, day):
    text = f"Apply by {FORMS[form](day)}, please."
    found = written(text)
    assert [one.readings for one in found] == [(day,)]
    assert found[0].possible
    assert text[found[0].start : found[0].end] in FORMS[form](day)
    if "weekday" in form:
        assert found[0].weekday == day.weekday()


@given(day=DAYS, sign=st.sampled_from("/.-"), first=st.sampled_from(["day", "month"]))
def test_a_date_in_figures_can_mean_what_was_meant_and_at_most_one_more_day(day, sign, first):
    numbers = [day.day, day.month] if first == "day" else [day.month, day.day]
    [found] = written(sign.join(map(str, [*numbers, day.year])))
    assert day in found.readings
    assert len(found.readings) == (2 if day.day <= 12 and day.day != day.month else 1)


@given(day=DAYS)
def test_a_weekday_tells_which_of_two_days_is_meant(day):
    [found] = written(f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}/{day.year}")
    assert day in found.readings
    assert all(other.weekday() == day.weekday() for other in found.readings)


@given(st.text(max_size=200))
def test_no_date_is_read_that_does_not_stand_in_the_text(text):
    last = 0
    for one in written(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end
        shown = text[one.start : one.end]
        for day in one.readings:
            assert str(day.day) in shown
            assert str(day.year)[2:] in shown


@given(st.lists(st.sampled_from(
    ["5", "May", "2026", "12/", "03", "-", "Fri", "Friday", ",", " ", "th", "31", "June", "to", "(", ")"]
), max_size=30))  # fmt: skip
def test_crumbs_of_dates_never_overlap_nor_fail(crumbs):
    text = "".join(crumbs)
    found = written(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(one.year is None or str(one.year)[2:] in text for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "You may 5 days a year.",
        "We march 2 miles.",
        "Open 24/7/365.",
        "Release 4.5.6 of the software",
        "In March we plant trees.",
        "Job ID 2026-1120",
        "Quarter 2, 2026",
        "A mayor of 5 towns",
        "10/12/14/16 hours",
    ],
)
def test_this_is_no_date(text):
    assert written(text) == []


def test_a_date_without_a_year_has_none():
    [found] = written("Apply by Friday 5 June.")
    assert (found.day, found.month, found.year, found.weekday) == (5, 6, None, 4)
    assert found.readings == ()
    assert found.latest is None


def test_a_month_with_its_year_lasts_from_its_first_day_to_its_last():
    [found] = written("Start in February 2028")
    assert (found.earliest, found.latest) == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("31 June", False),
        ("30 June", True),
        ("29 February 2027", False),
        ("29 February 2028", True),
        ("29 February", True),
        ("31/06/2026", False),
        ("12/31/2026", True),
        ("2026-02-30", False),
    ],
)
def test_a_day_that_no_calendar_has_is_not_possible(text, possible):
    assert [one.possible for one in written(text)] == [possible]


@pytest.mark.parametrize(
    "text",
    [
        "Monday to Friday, 9 March 2026",
        "every Friday, 5 June 2026",
        "You start on a Friday. 3 March 2026 is a holiday",
        "Friday 5-7 June 2026",
    ],
)
def test_a_weekday_that_belongs_to_something_else_is_left_out(text):
    [found] = written(text)
    assert found.weekday is None


def test_of_several_days_in_a_row_each_has_its_own_weekday_or_none():
    found = written("Monday 8 and Tuesday 9 June 2026, then 10-12 June 2026")
    assert [(one.day, one.weekday) for one in found] == [(9, 1), (12, None)]


@given(DAYS)
def test_a_day_in_words_is_read_as_that_day(day):
    assert [one.readings for one in written(named(day))] == [(day,)]


@pytest.mark.parametrize(
    "text", ["5 Augu\u017ft 2026", "\u017fun 5 June 2026", "\u0665 June", "\u00b2 June"]
)
def test_letters_and_figures_that_only_look_alike_do_no_harm(text):
    assert all(one.year in (None, 2026) for one in written(text))
