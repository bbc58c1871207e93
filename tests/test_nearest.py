"""Did you mean: which word is offered, and when none is."""

import pytest

from jdlint.nearest import hint, nearest

IDS = [
    "JD111",
    "JD112",
    "JD117",
    "JD140",
    *(f"JD{i}" for i in range(191, 200)),
    "JD170",
    "JD617",
    "JD914",
]


@pytest.mark.parametrize(("written", "meant"), [("JD14O", "JD140"), ("jd1112", "JD112"), ("JD914a", "JD914")])  # fmt: skip
def test_of_words_that_are_as_like_the_one_that_begins_and_ends_alike_is_offered(written, meant):
    assert nearest(written, IDS) == meant


def test_what_is_hardly_like_anything_known_is_given_no_neighbour():
    assert hint("json", ["slogan", "guys"], "look at the list") == "look at the list"
    assert hint("US-XX", ["US-WA", "US-NY"], "look at the list") == "look at the list"


def test_part_of_a_name_is_enough():
    assert hint("heroic", ["heroic-title", "hero"], "") == "did you mean 'hero'?"
    assert hint("heroic", ["heroic-title", "guys"], "") == "did you mean 'heroic-title'?"
