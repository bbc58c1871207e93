"""The labelled strings of the law reference: what is to be reported, what is fine, what is open.

``flag`` strings are held to a finding, ``ok`` strings to none, ``ambiguous`` ones to no error; each
stands in a posting that falls under the places of its table.
"""

from pathlib import Path

import pytest

from jdlint.model import Severity

from .lint import lint

DATA = Path(__file__).parent / "data" / "law"
DAY = "2026-11-22"
PLACES = {
    "age": ["US-TX", "GB", "DE", "FR"],
    # Not England: that a role is eligible for an enhanced DBS check (JD658) no single string can show.
    "criminal_record": ["US-NY.nyc", "US-CA.la-county"],
    "citizenship": ["US-TX", "GB"],
    "sex": ["GB", "DE"],
    "licence_body_pay_work": ["US-CA", "US-NJ"],
}
ONLY_STRICT = {
    # Lists of movements are usual and often right; the card (JD138) is part of the profile strict.
    "Must be able to lift 50 lb (software engineer)",
    "Must be able to stand, walk, sit, see, hear and speak",
}


def _lines(name):
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" | ", 1) for line in lines]


def _strings(wanted):
    return [
        pytest.param(text, places, id=f"{name}: {text}")
        for name, places in PLACES.items()
        for label, text in _lines(name)
        if label.partition("(")[0] == wanted
    ]


def _found(text, places, profile="recommended", **law):
    """The findings of wording and law in a posting that says *text* and falls under *places*."""
    findings = lint(
        f"# Vacancy\n\n{text}.\n",
        profile=profile,
        as_of=law.pop("as_of", DAY),
        law={"jurisdictions": places, **law},
    )
    return [f for f in findings if f.category in ("wording", "law")]


@pytest.mark.parametrize(("text", "places"), _strings("flag"))
def test_what_the_reference_flags_is_reported(text, places):
    assert _found(text, places, "strict" if text in ONLY_STRICT else "recommended")


@pytest.mark.parametrize(("text", "places"), _strings("ok"))
def test_what_the_reference_calls_fine_is_left_alone(text, places):
    assert [f.rule for f in _found(text, places)] == []


@pytest.mark.parametrize(("text", "places"), _strings("ambiguous"))
def test_what_is_open_is_never_an_error(text, places):
    assert all(f.severity < Severity.ERROR for f in _found(text, places))


@pytest.mark.parametrize(("text", "places"), _strings("nyc_only"))
def test_new_york_city_alone_minds_the_mention_of_a_check(text, places):
    del places
    assert [f.rule for f in _found(text, ["US-NY.nyc"])] == ["JD635"]
    assert _found(text, ["US-CA.la-county", "US-TX", "GB-ENG"]) == []


def _gravest(text, places, **law):
    return max(f.severity for f in _found(text, places, **law))


@pytest.mark.parametrize(
    ("text", "places", "law", "severity"),
    [
        ("Ideal for recent college graduates", ["GB"], {}, Severity.WARNING),
        ("Ideal for recent college graduates", ["US-TX"], {}, Severity.WARNING),
        (
            "Ideal for recent college graduates",
            ["US-TX"],
            {"employer": {"headcount": 30}},
            Severity.ERROR,
        ),
        (
            "A fresh graduate will like it",
            ["US-TX"],
            {"employer": {"headcount": 30}},
            Severity.WARNING,
        ),
        ("Send your salary history", ["US-TX"], {}, Severity.WARNING),
        ("Send your salary history", ["US-CO"], {}, Severity.ERROR),
        ("Send your salary history", ["US-CA"], {}, Severity.WARNING),
        ("Send your salary history", ["US-VA"], {"as_of": "2026-03-01"}, Severity.WARNING),
        ("Send your salary history", ["US-VA"], {"as_of": "2026-07-01"}, Severity.ERROR),
        ("A clean record is a must", ["US-TX"], {}, Severity.WARNING),
        ("A clean record is a must", ["US-NY.nyc"], {"employer": {"headcount": 9}}, Severity.ERROR),
        ("US citizens only", ["US-TX"], {"employer": {"headcount": 9}}, Severity.ERROR),
        ("US citizens only", ["US-TX"], {"employer": {"headcount": 2}}, Severity.WARNING),
        ("You must be currently employed", ["US-NY"], {}, Severity.WARNING),
        ("You must be currently employed", ["US-NJ"], {}, Severity.ERROR),
        ("This is a waitress role", ["IE"], {}, Severity.ERROR),
        ("Come for a trial shift", ["GB"], {}, Severity.NOTE),
    ],
)
def test_a_place_makes_a_finding_as_grave_as_its_law_is_known(text, places, law, severity):
    assert _gravest(text, places, **law) is severity


def test_a_fact_that_is_declared_takes_the_law_away_but_not_the_wording():
    role = {"citizenship_required_by": "32 CFR 117"}
    (finding,) = _found("US citizens only", ["US-TX"], employer={"headcount": 9}, role=role)
    assert (finding.severity, finding.law) == (Severity.WARNING, ())


def test_what_is_known_at_second_hand_or_in_general_says_so():
    (finding,) = _found("Native German speaker", ["DE"])
    assert [(basis.place, basis.confidence) for basis in finding.law] == [("DE", "general")]


def test_one_text_is_reported_once_where_a_law_card_speaks():
    for text, rule in (
        ("A credit check is required", "JD636"),
        ("Valid driver's license required", "JD671"),
    ):
        assert [f.rule for f in _found(text, ["US-CA"], "strict")] == [rule]


def test_a_card_of_law_alone_hides_nothing_where_no_law_backs_it():
    for text, rule in (
        ("A credit check is required", "JD229"),
        ("Valid driver's license required", "JD217"),
    ):
        assert [f.rule for f in _found(text, ["US-TX"], "strict")] == [rule]


@pytest.mark.parametrize("places", [["GB-NIR"], ["GB-NIR", "GB"]])
def test_the_equality_act_is_not_cited_in_northern_ireland(places):
    (finding,) = _found("Male preferred", places)
    assert finding.law == ()


def test_the_equality_act_is_cited_where_a_posting_reaches_great_britain_too():
    (finding,) = _found("Male preferred", ["GB-NIR", "GB-SCT"])
    assert [basis.place for basis in finding.law] == ["GB"]
