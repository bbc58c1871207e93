"""Kind ``vocabulary``: British and American words for one thing, and laws of another country."""

import pytest

from jdlint.checks import load
from jdlint.checks.card import Term, VocabularyCard
from tests.lint import lint

CARDS = {c.id: c for c in load.shipped() if isinstance(c, VocabularyCard)}
MIXED, LAW = CARDS["JD505"], CARDS["JD506"]

COMPANY = {
    "CV": "send your {}",
    "trainers": "wear clean {} here",
    "pants": "wear black {} here",
    "PTO": "you have {} here",
}
"""Sentences for words that are counted only in fitting company; others need none."""


def found(text, rule="JD505", **given):
    return [f.matched for f in lint(text, select=[rule], **given)]


def said(text, rule="JD505", **given):
    return [f.message for f in lint(text, select=[rule], **given)]


def first(terms):
    term = terms[0]
    return term.match if isinstance(term, Term) else term


def sentence(word):
    text = COMPANY.get(word, "we know about {} here").format(word)
    return text[0].upper() + text[1:] + "."


@pytest.mark.parametrize("row", MIXED.rows, ids=lambda row: row.meaning)
def test_each_thing_is_seen_in_both_ways_and_the_first_one_stays(row):
    uk, us = first(row.uk), first(row.us)
    assert found(f"{sentence(uk)}\n\n{sentence(us)}\n") == [us]
    assert found(f"{sentence(us)}\n\n{sentence(uk)}\n") == ([uk] if "uk" in row.reported else [])


@pytest.mark.parametrize("row", MIXED.rows, ids=lambda row: row.meaning)
def test_one_word_alone_is_fine_unless_a_dialect_is_configured(row):
    uk, us = first(row.uk), first(row.us)
    assert found(sentence(uk)) == found(sentence(us)) == []
    assert found(sentence(uk), dialect="US") == ([uk] if "uk" in row.alone else [])
    assert found(sentence(us), dialect="UK") == ([us] if "us" in row.alone else [])
    assert found(sentence(us), dialect="CA") == found(sentence(uk), dialect="AU") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("We analyse labour.", "it stands here too, in UK spelling"),
        ("Location: Leeds, UK", "it stands here too, and the place of work uses UK English"),
        ("A car park. Petrol. Gasoline.", "it stands here too, and more of the words are UK ones"),
        ("", "it stands here too, and first"),
    ],
)
def test_spelling_then_place_then_number_then_order_decide(text, why):
    rest = "PTO grows.\n\nAnnual leave." if text else "Annual leave grows.\n\nSo does PTO."
    rest += "\n\nMore annual leave." if "car park" in text else ""
    (message,) = [m for m in said(f"# Clerk\n\n{text}\n\n{rest}\n") if "PTO" in m]
    assert "'PTO' is not the UK word for paid leave" in message and f"({why})" in message


def test_words_offered_together_are_a_courtesy():
    for both in (
        "CV/resume",
        "CV or resume",
        "CV (or a resume)",
        "resume / CV",
        "CV or your resume",
    ):
        text = f"Send your {both}."
        assert found(text, dialect="UK") == [] or "your resume" not in text, both
        assert found(text) == [], both


def test_a_posting_for_several_countries_may_use_the_words_of_each():
    text = "You get annual leave.\n\nThe PTO grows.\n"
    assert found("# Clerk\n\nLocation: London, UK\n\n" + text) == ["PTO"]
    assert found("# Clerk\n\nLocation: London, UK or New York, NY\n\n" + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Our trainers lift each other. A flat structure over a period of a year. The car park.",
        "Work will resume on Monday. Attach your CV.",
        "School resumes in May. Attach your CV.",
        "Computer vision (CV) and a CV joint. Attach a resume.",
        "See PTO drive shafts for the tractor. You get annual leave.",
        "You get annual leave, and paid time off to volunteer.",
        "An elevator pitch for the lift engineer.",
        "Real estate agents know a realtor.",
        "Key takeaways and a takeout menu.",
        "In the UK there is annual leave, in the US it is PTO.",
    ],
)
def test_other_senses_are_left_alone(text):
    assert found(text) == []


# -- laws of another country ------------------------------------------------------------

FOOTER = "We are an EEO employer. We take part in E-Verify. Employment with us is at-will.\n"


def test_a_footer_of_another_country_is_reported_once_for_each_kind_of_rule():
    text = "# Clerk\n\nLocation: {}\n\n" + FOOTER
    three = ["EEO employer", "E-Verify", "Employment with us is at-will"]
    assert found(text.format("Leeds, UK"), "JD506") == three
    assert found(text.format("Toronto, ON"), "JD506") == three
    assert found(text.format("Austin, TX"), "JD506") == []
    assert found(text.format("Leeds, UK or Austin, TX"), "JD506") == []
    assert found("# Clerk\n\n" + FOOTER, "JD506") == []


def test_the_message_names_what_shows_the_country():
    (first_one, *_) = said("# Clerk\n\nLocation: Leeds, UK\n\n" + FOOTER, "JD506")
    assert "but the work is in Leeds" in first_one
    (first_one, *_) = said("# Clerk\n\nSalary: £30,000 a year\n\n" + FOOTER, "JD506")
    assert "but the pay is in GBP" in first_one


def test_british_schemes_in_the_united_states():
    text = "# Nurse\n\nLocation: Boston, MA\n\nThe post needs an enhanced DBS check.\n"
    assert found(text, "JD506") == ["enhanced DBS"]


@pytest.mark.parametrize(
    "text",
    [
        "You advise on the Fair Labor Standards Act and the FMLA.",
        "## Responsibilities\n\n- Run the 401(k) plan and E-Verify",
        "US applicants: we take part in E-Verify.",
        'You explain the "EEO employer" line.',
        "Our US office takes part in E-Verify.",
        "We follow the Equality Act 2010.",
    ],
)
def test_work_on_foreign_laws_and_texts_for_several_countries_are_fine(text):
    assert found(f"# Clerk\n\nLocation: Leeds, UK\n\n{text}\n", "JD506") == []


def test_names_and_accepted_phrases_protect():
    text = "You get annual leave.\n\nThe PTO grows.\n"
    assert found(text, names=["PTO"]) == []
