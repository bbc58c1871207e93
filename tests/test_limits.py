"""Lengths and counts: what is measured, where it is reported, and that it is reported once."""

from datetime import date

import msgspec
import pytest

from jdlint.checks import limit
from jdlint.checks.card import Level, LimitCard, Scope
from jdlint.checks.example import Example, Examples
from jdlint.checks.protocol import Context
from jdlint.model import SectionKind
from jdlint.posting import understand
from jdlint.read import read_bytes
from jdlint.read.build import Builder
from tests.lint import lint

CONTEXT = Context(date(2026, 1, 1))
CARD = LimitCard(
    id="JD499", name="test", severity=Level.NOTE, since="0.1", summary="", message="", why="",
    evidence="style", examples=Examples(bad=[Example()], good=[Example()]),
    measure="sentence-words", at_most=6,
)  # fmt: skip
SHORT = "You keep the books."
LONG = "You keep the books of our two shops in the old town."


def card(**changes):
    return msgspec.structs.replace(CARD, **changes)


def hits(text, *cards, name="posting.md"):
    posting = understand(read_bytes(text.encode(), name).documents[0])
    return [
        (hit.rule, posting.document.text(hit.span) if hit.span else "", hit.values["value"])
        for hit in limit.build(cards or [CARD]).hits(posting, CONTEXT)
    ]


def values(text, measure, name="posting.md"):
    return [int(v) for _, _, v in hits(text, card(measure=measure, at_most=-1), name=name)]


class TestMeasures:
    def test_each_sentence_by_its_words(self):
        assert values(f"{SHORT} {LONG}", "sentence-words") == [4, 12]

    def test_long_words_in_a_sentence(self):
        assert values("The organisation requires experience.", "sentence-long-words") == [2]

    def test_the_share_of_sentences_of_more_than_25_words(self):
        endless = "You " + "run and " * 12 + "jump up high."
        assert values(f"{endless} {SHORT} {SHORT}", "long-sentence-share") == [33]

    def test_paragraphs_and_items_of_several_sentences(self):
        text = f"{SHORT} {LONG}\n\n{LONG}\n\n- {SHORT} {SHORT}\n- {LONG}\n"
        assert values(text, "paragraph-words") == [16]
        assert values(text, "item-words") == [8]

    def test_the_items_of_each_list_and_of_its_sublists_apart(self):
        text = "Do:\n\n- one\n- two\n  - two and a half\n- three\n\nHave:\n\n- four\n- five\n"
        assert values(text, "items-per-list") == [3, 1, 2]

    def test_must_haves_without_nice_to_haves(self):
        text = """\
# Cook

## Requirements

- One year in a kitchen
- A clean pair of hands

## Nice to have

- A sharp knife
"""
        assert values(text, "must-haves") == [2]

    def test_wishes_among_the_requirements_are_no_must_haves(self):
        text = """\
# Cook

## Requirements

- One year in a kitchen
- A clean pair of hands
- A driving licence would be a plus

A cook who has any of the following would stand out:

- A sharp knife
- A pen
"""
        assert values(text, "must-haves") == [2]

    def test_all_words_but_those_of_fields(self):
        text = (
            "---\nsummary: four words in vain\n---\n# Cook\n\nYou cook.\n\n- Soup\n- Rice dishes\n"
        )
        assert values(text, "total-words") == [6]

    def test_the_title(self):
        text = "# Cook (Maternity Cover)\n\nYou cook for a school.\n"
        assert values(text, "title-characters") == [22]
        assert values(text, "title-words") == [3]

    def test_a_posting_without_anything_has_nothing_to_measure(self):
        nothing = understand(Builder("text").document())
        for measure in limit.MEASURES.values():
            assert [m for m in measure.of(nothing) if m.value] == []


class TestBounds:
    def test_the_bound_itself_is_within(self):
        assert hits(LONG, card(at_most=12)) == []
        assert hits(LONG, card(at_most=11)) == [("JD499", LONG, "12")]
        assert hits(LONG, card(at_most=None, at_least=12)) == []
        assert hits(LONG, card(at_most=None, at_least=13)) == [("JD499", LONG, "12")]

    def test_a_hit_stands_on_the_sentence_that_is_meant(self):
        assert hits(f"{SHORT} {LONG} {SHORT}") == [("JD499", LONG, "12")]
        assert hits(f"# Clerk\n\n- {SHORT}\n- {LONG[:-1]}\n") == [("JD499", LONG[:-1], "12")]

    def test_of_two_steps_only_the_higher_speaks(self):
        low, high = (
            card(id="JD498", at_most=3),
            card(id="JD497", at_most=10, severity=Level.WARNING),
        )
        assert hits(f"{SHORT} {LONG}", low, high) == [("JD498", SHORT, "4"), ("JD497", LONG, "12")]
        assert hits(LONG, low) == [("JD498", LONG, "12")]

    def test_of_two_steps_of_one_severity_the_higher_speaks(self):
        low, high = card(id="JD497", at_most=3), card(id="JD498", at_most=10)
        assert hits(LONG, low, high) == [("JD498", LONG, "12")]

    def test_a_sentence_is_reported_once_whatever_is_wrong_with_it(self):
        text = "The organisation necessitates considerable administrative experience of us."
        dense = card(id="JD498", measure="sentence-long-words", at_most=2)
        assert hits(text, dense) == [("JD498", text, "5")]
        assert len(hits(text, dense, CARD)) == 1

    def test_a_short_text_is_left_alone(self):
        assert hits(LONG, card(minimum_words=13)) == []
        assert hits(LONG, card(minimum_words=12)) != []

    def test_sections_out_of_scope_are_left_alone(self):
        text = f"# Clerk\n\n## Requirements\n\n{LONG}\n\n## What you will do\n\n{LONG}\n"
        only = Scope(sections=[SectionKind.REQUIREMENTS])
        never = Scope(not_sections=[SectionKind.REQUIREMENTS])
        assert len(hits(text)) == 2
        assert len(hits(text, card(scope=only))) == 1
        assert len(hits(text, card(scope=never))) == 1

    def test_a_card_with_an_unknown_measure_or_no_bound_is_refused(self):
        faults = list(limit.faults(card(measure="sentence-length", at_most=None)))
        assert len(faults) == 2
        assert faults[0].startswith("'measure' is sentence-length; use one of sentence-words,")
        assert list(limit.faults(CARD)) == []


class TestShippedCards:
    def test_the_words_of_a_finding(self):
        text = f"# Clerk\n\n{SHORT} {'You sort and file and stamp ' + 'and sign ' * 15 + 'it.'}\n"
        [finding] = [f for f in lint(text) if f.name == "long-sentence"]
        assert finding.message == (
            "This sentence has 37 words; plain-language guides suggest 25 at most."
            " Consider splitting it."
        )
        assert (finding.line, finding.column) == (3, 21)
        assert finding.category == "readability"

    @pytest.mark.parametrize(
        ("words", "recommended", "strict"),
        [
            (25, [], []),
            (26, [], ["sentence-over-25-words"]),
            (33, [], ["sentence-over-25-words"]),
            (34, ["long-sentence"], ["long-sentence"]),
            (40, ["long-sentence"], ["long-sentence"]),
            (41, ["very-long-sentence"], ["very-long-sentence"]),
        ],
    )
    def test_one_sentence_is_never_reported_twice(self, words, recommended, strict):
        text = f"# Clerk\n\nYou {'type ' * (words - 2)}on.\n"
        for profile, expected in (("recommended", recommended), ("strict", strict)):
            found = [f.name for f in lint(text, profile=profile) if "sentence" in f.name]
            assert found == expected

    def test_a_hostile_text_is_measured_too(self):
        for text in ("- a\n" * 3_000, "a. " * 20_000, "x" * 200_000, "word " * 30_000):
            assert lint(text, "posting.txt") is not None
