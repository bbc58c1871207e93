"""Where sentences end, and where a full stop only looks like an end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdlint import store
from jdlint.language.sentences import split
from jdlint.language.words import fold


def sentences(text):
    folded = fold(text)
    return [text[start:end] for start, end in split(folded)]


@pytest.mark.parametrize(
    "text",
    [
        "You will use tools, e.g. Node.js and Python 3.12.",
        "You need a degree, i.e. a B.Sc. or a Ph.D. in physics.",
        "You report to Dr. Osei and to Prof. Lindqvist.",
        "The salary is £35.50 an hour or £70,000 p.a. pro rata.",
        "The shift is from 9 a.m. to 5 p.m. Monday to Friday.",
        "Our office is in St. Albans, close to Washington St. North.",
        "We are the no. 1 firm in the region.",
        "Apply to J. R. Okafor by post.",
        "You work for Acme Ltd. Manchester.",
        "Release v2.1 of ASP.NET is what we run.",
        "You have approx. 30 days of leave.",
        "Do you like Yahoo! and other search engines?",
        "This is hard ... really hard.",
        "You will love it here (really!) and stay.",
        "Ask for Ms. Patel.",
        "You need (a) a degree, e.g. (b) a certificate.",
    ],
)
def test_one_sentence_stays_one(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We build boats. You sail them.", ["We build boats.", "You sail them."]),
        ("Is it you?! Apply now.", ["Is it you?!", "Apply now."]),
        ('"Join us." We mean it.', ['"Join us."', "We mean it."]),
        ("(Apply now.) We wait.", ["(Apply now.)", "We wait."]),
        (
            "Your pay is £30,000 p.a. We pay monthly.",
            ["Your pay is £30,000 p.a.", "We pay monthly."],
        ),
        ("You work in the U.S. We work in the UK.", ["You work in the U.S.", "We work in the UK."]),
        ("Cars, vans, etc. Benefits follow.", ["Cars, vans, etc.", "Benefits follow."]),
        ("You know C. We know Rust.", ["You know C.", "We know Rust."]),
        ("We use Node.js. You do too.", ["We use Node.js.", "You do too."]),
        ("Must we? No. You may.", ["Must we?", "No.", "You may."]),
        ("It runs on Python 3.12. We like it.", ["It runs on Python 3.12.", "We like it."]),
        ("We build apps. iOS comes first.", ["We build apps.", "iOS comes first."]),
        (
            "You hold a certificate. (b) You have four years of experience.",
            ["You hold a certificate.", "(b) You have four years of experience."],
        ),
        ("We grow… You grow.", ["We grow…", "You grow."]),
        ("“We care.” That is it.", ["“We care.”", "That is it."]),
        ("We offer: • free lunch • a bus pass", ["We offer:", "free lunch", "a bus pass"]),
        ("Rated 4•5 • or A•B.", ["Rated 4•5", "or A•B."]),
    ],
)
def test_two_sentences_are_told_apart(text, expected):
    assert [s.removeprefix("• ") for s in sentences(text)] == expected


def test_a_list_number_begins_its_sentence():
    assert sentences("1. Plan the work. 2. Do it.") == ["1. Plan the work.", "2. Do it."]


def test_a_full_line_is_continued_and_a_short_one_is_an_end():
    wrapped = "We are a company based in the old port of\nLiverpool with offices in\nLeeds."
    assert sentences(wrapped) == [wrapped]
    short = "Full time\nPermanent\nWe are a company based in the old port of Liverpool"
    assert sentences(short) == short.split("\n")
    labels = "Hours and days of the week for this position: 40\nPlace: Leeds"
    assert sentences(labels) == labels.split("\n")


def test_only_the_given_part_is_split():
    text = "One is here. Two is there. Three is far."
    assert [text[a:b] for a, b in split(text, 13, 26)] == ["Two is there."]


def test_nothing_gives_nothing():
    assert split("") == []
    assert split(" \n ") == []


@given(st.text(alphabet="ab A.!?\n\"')•1:e\ufffc", max_size=60))
def test_sentences_ascend_and_hold_all_but_white_space(text):
    found = split(text)
    assert all(start < end for start, end in found)
    assert [edge for pair in found for edge in pair] == sorted(e for pair in found for e in pair)
    outside = set(range(len(text))) - {at for start, end in found for at in range(start, end)}
    assert all(text[at].isspace() or text[at] == "•" for at in outside)
    assert all(text[s:e].strip() == text[s:e] for s, e in found)


@pytest.mark.parametrize(
    "piece",
    [".", ". ", "e.g. ", '."', ". A", " •", "\n", "A\n", "A:\n", '"', "Aa 'a", "a.b.", " ", "((("],
)
def test_a_hostile_text_takes_no_longer_than_its_length_deserves(piece):
    assert split(piece * 100_000) is not None


def test_abbreviations_are_words():
    table = store.table("abbreviations")
    entries = [entry for values in table.values() for entry in values]
    assert all(isinstance(entry, str) and entry == entry.lower() for entry in entries)
