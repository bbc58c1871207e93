"""The facts that the law asks about, held against labelled strings."""

from pathlib import Path

import pytest

from jdlint.posting.payclass import pay_class
from tests.test_pay import document, find_pay

DATA = Path(__file__).parent / "data" / "law"


def table(name: str) -> list[tuple[str, str]]:
    """The label and the text of each row of a table."""
    rows = (DATA / f"{name}.txt").read_text("utf-8").splitlines()
    pairs = [tuple(row.split(" | ", 1)) for row in rows if " | " in row and row[0] != "#"]
    return [(label, text) for label, text in pairs]


def class_of(text: str) -> str:
    """The class of the main statement of pay."""
    found = find_pay(document(text))
    return pay_class(found[0]).value if found else "none"


UNCLEAR_PAY = {
    # "About" one figure is still one figure: nobody is told another end.
    "circa £40,000": "fixed",
    "around $30 an hour": "fixed",
    # The base is exact; the bonus is another matter.
    "£35k basic + bonus": "fixed",
    # Both ends stand there; what the sign adds is a hope.
    "$80–$95k+ ": "closed_range",
    # Neither money nor a period: it could be hours.
    "40-45 (competitive)": "none",
    "bonus up to 20%": "none",
    # What a job is "worth" with benefits is no base pay.
    "worth $85,000 with benefits": "none",
    "package of c. £70k": "fixed",
    # Earnings of others, or with commission, are totals.
    "average earnings last year: $92,000": "ote_only",
    "first-year earnings $60k to $90k": "ote_only",
    "equity 0.1–0.4%": "none",
    # A named grade or scale, though with a reservation.
    "Band 6 equivalent": "band_unresolved",
    "salary in line with NJC": "band_unresolved",
    "Grade: tbc": "none",
}
"""What is answered where a string can be read in more than one way."""

UNREADABLE = {
    # Without a label, "search engine optimisation" is the likelier reading ("Grade: SEO" is read).
    "SEO": "none",
}
"""Rows whose label cannot be read off the string alone, and what is answered."""


def expected(label: str, text: str) -> str:
    if text in UNREADABLE:
        return UNREADABLE[text]
    if label == "ambiguous":
        return UNCLEAR_PAY[text]
    return "none" if label in ("not_pay", "not_band") else label


@pytest.mark.parametrize(("label", "text"), table("pay-classes"))
def test_the_class_of_pay(label, text):
    assert class_of(text) == expected(label, text)


@pytest.mark.parametrize(("label", "text"), table("money"))
def test_money_is_pay_or_not(label, text):
    if label == "pay":
        assert class_of(text) in ("closed_range", "fixed")
    else:
        assert class_of(text) == expected(label, text)


@pytest.mark.parametrize(("label", "text"), table("bands"))
def test_grades_with_figures_and_without(label, text):
    assert class_of(text) == expected(label, text)
