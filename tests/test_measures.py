"""Measures of a posting as a whole and of its sections: lists, voice, capitals, lengths."""

import pytest

from jdlint.checks import shares
from jdlint.checks.voice import voice_of
from jdlint.posting import understand
from jdlint.read import read_bytes


def posting_of(text, name="posting.md"):
    return understand(read_bytes(text.encode(), name).documents[0])


def values(measure, text, name="posting.md"):
    posting = posting_of(text, name)
    return [
        (posting.document.text(m.span) if m.span else "", m.value)
        for m in shares.MEASURES[measure].of(posting)
    ]


class TestLists:
    def test_the_share_of_words_in_lists_without_headings(self):
        text = "# Cook\n\nYou cook for a school.\n\n- Soup\n- Rice and fish\n- Cake\n"
        assert values("list-share", text) == [("", 50)]

    def test_nice_to_haves_are_counted_at_the_first(self):
        text = "# Cook\n\n## Requirements\n\n- One\n\n## Nice to have\n\n- French\n- Greek\n"
        assert values("nice-to-haves", text) == [("French", 2)]


class TestLengths:
    def test_a_section_is_measured_at_its_heading(self):
        text = "# Cook\n\n## What you will do\n\nYou cook for a school.\n\n- Soup\n"
        assert ("What you will do", 6) in values("section-words", text)

    def test_the_mean_sentence(self):
        assert values("mean-sentence-words", "You cook soup. You also bake all the bread.") == [
            ("", 4)
        ]


class TestVoice:
    def test_you_and_we_in_all_their_forms(self):
        voice = voice_of(posting_of("You'll see your desk. We’re glad, our door is open to us.\n"))
        assert (voice.you, voice.we) == (2, 3)

    def test_the_country_is_not_we(self):
        assert voice_of(posting_of("We sell to the US and to us it matters.")).we == 2

    def test_headings_notices_and_how_to_apply_do_not_count(self):
        text = """\
# Your job with us

We bake bread for the whole town.

## How to apply

Send us your CV.

## Equal opportunities

We want you whoever you are.
"""
        voice = voice_of(posting_of(text))
        assert (voice.you, voice.we) == (0, 1)

    def test_the_share_of_you_is_told_where_we_is_said_often(self):
        assert values("you-share", "We bake. You bake. " * 9) == []
        assert values("you-share", "We bake. You bake. " * 10) == [("", 50)]

    def test_the_reader_in_the_third_person(self):
        text = "The successful candidate bakes. The applicant is asked. Our candidate journey is."
        assert values("third-person", text) == [("The successful candidate", 2)]

    def test_a_posting_that_says_you_is_not_in_the_third_person(self):
        assert values("third-person", "The candidate bakes. You bake.") == []


class TestCapitals:
    @pytest.mark.parametrize(
        ("text", "shouted"),
        [
            ("You drive. DO NOT APPLY IF YOU HAVE NO LICENCE.", [8]),
            ("- WE WILL CLOSE THIS ADVERT EARLY IF WE CAN.\n", [9]),
            ("You work 5 days. YOU WILL WORK 5 DAYS IN THE VAN.", [8]),
            ("You write HTML, CSS, SQL, PHP and XML.", []),
            ("You MUST NOT smoke.", [2]),
            ("You work for US GSA FAS TTS and UK GDS.", []),
        ],
    )
    def test_phrases_in_capitals_but_no_abbreviations(self, text, shouted):
        assert [v for _, v in values("shouted-words", f"# Driver\n\n{text}\n")] == shouted

    def test_a_line_that_serves_as_a_heading_is_no_shout(self):
        cell = "<table><tr><td>THE PLACE OF WORK</td><td>You work here with us.</td></tr></table>"
        assert values("shouted-words", f"<h1>Driver</h1>{cell}", "posting.html") == []

    def test_a_hostile_text_is_measured_too(self):
        assert values("shouted-words", "# A\n\nx " + "THE OF " * 20_000) != []
