"""Plain slips: near-certain misspellings, doubled words, wrong articles, words mixed up."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdlint import store
from jdlint.checks import load
from jdlint.language.misspellings import correction
from jdlint.language.syllables import cmu_syllables
from tests.lint import lint

RULES = ["JD571", "JD572", "JD573", "JD574", "JD575", "JD576", "JD577"]


def slips(text, name="posting.md", **given):
    return [(f.matched, *f.suggestions) for f in lint(text, name, select=RULES, **given)]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("recieve", "receive"),
        ("seperate", "separate"),
        ("occured", "occurred"),
        ("accomodation", "accommodation"),
        ("managment", "management"),
        ("enviroment", "environment"),
        ("liason", "liaison"),
        ("teh", "the"),
    ],
)
def test_a_known_misspelling_has_its_correction(wrong, right):
    assert correction(wrong) == right


@pytest.mark.parametrize(
    "word",
    ["receive", "colour", "organise", "programme", "licence", "practise", "kubernetes", "smith", "", "a",
     "naïve", "cliché", "ab:cd", " "],
)  # fmt: skip
def test_words_and_names_have_none(word):
    assert correction(word) is None


def table():
    lines = store.data_path("misspellings.txt").read_text("ascii").splitlines()
    for line in lines:
        if not line.startswith("#"):
            start, _, words = line.partition("\t")
            for entry in words.split():
                rest, _, right = entry.partition(":")
                yield start + rest, right


def test_every_row_of_the_table_mends_to_a_word_that_is_no_misspelling():
    rows = dict(table())
    assert len(rows) > 50_000
    for wrong, right in rows.items():
        assert re.fullmatch("[a-z]+", wrong)
        assert wrong != right
        assert right not in rows
        assert cmu_syllables(right) is not None


def test_no_spelling_of_another_dialect_is_a_misspelling():
    lines = store.data_path("spelling.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t")[:2] for line in lines if not line.startswith("#")]
    assert [word for row in rows for word in row if correction(word)] == []


def test_slips_are_found_with_their_corrections_in_the_case_of_the_text():
    text = "Succesful people recieve support. The the team has a interest in Javascript."
    assert slips(text) == [
        ("Succesful", "Successful"),
        ("recieve", "receive"),
        ("The the", "The"),
        ("a", "an"),
        ("Javascript", "JavaScript"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We work with Recieve Ltd and Managment Partners.",
        "RECIEVE and MANAGMENT in capitals.",
        "See recieve.example, write to managment@example.org, call `seperate()`.",
        "The sign said \"seperate\" for years.",
        "The co-managment-plan is on file.",
        "We had had enough, and that that is is rare.",
        "Join us in Wagga Wagga. Bora Bora is far far away.",
        "A UK firm, an NHS trust, a European, a one-off, an hour, a university.",
        "Category A engineers, vitamin A intake, Plan A is on.",
    ],
)  # fmt: skip
def test_names_addresses_code_and_quotations_are_left_alone(text):
    assert slips(text) == []


def test_a_name_of_the_organisation_is_left_alone():
    assert slips("You will seperate the Managment files.", names=["seperate"]) == []


def test_slips_stand_at_their_places_in_html():
    (finding,) = lint("<p>You &amp; we recieve\n it.</p>", "a.html", select=RULES)
    assert "<p>You &amp; we recieve\n it.</p>"[finding.start : finding.end] == "recieve"


@given(st.text(alphabet="the aanTHE \n.,-'recieve", max_size=80))
def test_any_text_is_read_without_fail_and_each_slip_is_what_stands_there(text):
    for finding in lint(text or "x", select=RULES):
        assert text[finding.start : finding.end].split() == finding.matched.split()


def test_all_cards_about_slips_are_notes():
    cards = [c for c in load.shipped() if c.category == "grammar" and c.id in RULES]
    assert {c.severity.value for c in cards} == {"note"}
