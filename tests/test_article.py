"""The indefinite article goes by sound: "a user", "an hour", "an MBA", "a one-off"."""

import pytest

from jdlint.language.article import article

A = (
    "user, unit, unique, university, union, uniform, unisex, usual, utility, urine, Ukrainian, ewe, "
    "European, Euro, one-off, once, house, history, yellow, UK firm, US team, USA, U-turn, NASA lab, "
    "STEM degree, SaaS team, EU rule, BSc, PhD, B, GP, 110, 100%, 1800, 7-day week, CV, unicorn, "
    "Python expert, web-based tool, unidirectional link, Utah firm"
)
AN = (
    "hour, hourly rate, honest person, honour, heir, heirloom, umbrella, unintended thing, urgent need, "
    "unimportant task, uninspired team, usher, urban area, onerous task, only child, HR lead, MBA, "
    "MSc, NHS nurse, L&D lead, A-level, X-ray, x-ray, e-mail, F, HTML5 page, NGO, LLB, I.T. role, "
    "8-hour shift, 80%, 11th hour, 18,000 budget, 800, eBay shop, iOS app, expert, ombuds, MVPs"
)


@pytest.mark.parametrize("words", A.split(", "))
def test_a_stands_before_the_sound_of_a_consonant(words):
    assert article(words) == "a"


@pytest.mark.parametrize("words", AN.replace("18,000", "18_000").split(", "))
def test_an_stands_before_the_sound_of_a_vowel(words):
    assert article(words.replace("_", ",")) == "an"


@pytest.mark.parametrize("words", ["", "...", "école", "hotel", "historic site", "SQL", "a team"])
def test_where_people_differ_or_nothing_is_known_there_is_no_answer(words):
    assert article(words) == ""


def test_curly_apostrophes_and_opening_marks_make_no_difference():
    assert article("\u201cone\u2019s\u201d own") == "a"
    assert article("(hourly)") == "an"
