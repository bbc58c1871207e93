"""Pay by the hour and by the year, on stated assumptions only."""

from decimal import Decimal

import pytest

from jdlint.posting import understand
from jdlint.posting.payperiod import period_of
from jdlint.posting.payrate import hourly, yearly
from tests.test_pay import document


def rates(text: str, turned, /, **fields: str) -> list[Decimal | None]:
    """The lower end of each statement of pay, turned into another period."""
    posting = understand(document(text, **fields))
    found = [turned(pay, posting) for pay in posting.pay if pay.minimum or pay.maximum]
    return [rate.minimum if rate else None for rate in found]


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Pay: $18.50 per hour", "18.50"),
        ("Hourly wage $19.80", "19.80"),
        ("Pay: $18 to $22 an hour, part-time", "18"),
        ("Pay: $20+ per hour", "20"),
        ("Full-time. Salary: $52,000 a year", "25.00"),
        ("Salary: $41,600 a year for 40 hours per week", "20.00"),
        ("Salary: £36,400 a year for 35 hours a week", "20.00"),
        ("London. Full-time. Salary: £39,000 per annum", "20.00"),
        # Not plainly full-time, or not plainly all of it.
        ("Salary: $52,000 a year", None),
        ("Full-time or part-time. Salary: $52,000 a year", None),
        ("Full-time. Salary: $52,000 a year pro rata", None),
        ("Salary: £12,000 a year for 16 hours per week", None),
        ("Salary: £20,000 a year; 37.5 hours per week in term and 20 hours per week else", None),
        ("Full-time equivalent salary: £24,000 a year", None),
        # A day or a shift has no known hours, and a bare figure no known period.
        ("Full-time. Day rate £350", None),
        ("Full-time. Pay: $12", None),
        ("Full-time. Salary: up to $52,000 a year", None),
    ],
)
def test_pay_by_the_hour(text, hour):
    assert rates(text, hourly)[0] == (None if hour is None else Decimal(hour))


def test_a_field_may_say_that_the_job_is_full_time():
    text = "Salary: $52,000 a year"
    assert rates(text, hourly, employmentType="FULL_TIME") == [Decimal("25.00")]
    assert rates(text, hourly, employmentType="PART_TIME") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Pay: $20 per hour, training rate $12 per hour",
        "Pay: $20 per hour; overtime $30 per hour",
        "Pay: $20 per hour\nShift premium $2 per hour",
    ],
)
def test_other_rates_beside_the_base_are_not_asked(text):
    assert [rate for rate in rates(text, hourly) if rate] == [Decimal(20)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Salary: $60,000 - $80,000 a year", "60000"),
        ("Salary: $60,000 - $80,000", "60000"),
        ("Pay: $20 - $25 per hour", "41600"),
        ("Salary: €3,000 to €3,500 a month", "36000"),
        ("Pay: $1,000 to $1,200 per week", "52000"),
        ("Pay: $1,000 to $1,200 per week, pro rata", None),
        ("Day rate: £350 to £400", None),
        ("Salary: up to $80,000 a year", None),
        ("Pay: $4,000 to $5,000", None),
        ("Salary: ¥60,000 - ¥80,000", None),
    ],
)
def test_pay_by_the_year(text, year):
    assert rates(text, yearly)[0] == (None if year is None else Decimal(year))


def test_the_assumed_hours_are_told():
    posting = understand(document("Pay: $20 - $25 per hour"))
    assert yearly(posting.pay[0], posting).hours == 2080
    posting = understand(document("Pay: £20 - £25 per hour"))
    assert yearly(posting.pay[0], posting).hours == 1950
    posting = understand(document("Pay: $60,000 a year"))
    assert yearly(posting.pay[0], posting).hours is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Day rate £350 inside IR35", "day"),
        ("Tagessatz 480 €", "day"),
        ("Annual base of 54,000 EUR", "year"),
        ("Hourly compensation range: $25 - $30", "hour"),
        ("# Monthly salary\n€3,000 to €3,500", "month"),
        ("Weekly team lunches; pay: $4,000", None),
        ("Pay: $4,000", None),
    ],
)
def test_the_period_may_stand_in_front(text, period):
    posting = understand(document(text))
    assert period_of(posting.pay[0], posting) == period
