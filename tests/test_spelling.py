"""Kind ``spelling-consistency``: which words are reported, against what, with what advice."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdlint.checks import load, spelling
from jdlint.checks.card import SpellingCard
from jdlint.checks.protocol import Context
from jdlint.language import variants
from jdlint.model import PlainSpan
from jdlint.posting.model import Pay, Place, Posting
from jdlint.read.offsets import BREAK, Block, BlockKind, Document, OffsetMap
from jdlint.store import rules_folder

CARDS = [c for c in load.shipped() if isinstance(c, SpellingCard)]

SEED = """\
Optimise application performance and resource usage under expected load conditions

Awareness of security best practices for authentication, authorisation and data protection

Ability to analyse performance bottlenecks and implement optimisation strategies
"""
"""The three lines of one real advert that tell its dialect."""


def posting_of(text, kinds=(), **more):
    """A posting whose blocks are the paragraphs of *text*, of the *kinds* given in order."""
    plain, blocks = "", []
    for at, part in enumerate(text.strip("\n").split("\n\n")):
        kind = kinds[at] if at < len(kinds) else BlockKind.PARAGRAPH
        blocks.append(Block(kind, PlainSpan(len(plain), len(plain) + len(part))))
        plain += part + BREAK
    places = more.pop("places", ())
    posting = Posting(Document("text", plain, tuple(blocks), OffsetMap()), None, (), **more)
    posting.__dict__["places"] = places
    return posting


def hits(text, dialect="auto", kinds=(), accepted=(), names=(), **more):
    posting = posting_of(text, kinds, **more)
    context = Context(date(2026, 1, 1), dialect, frozenset(accepted), frozenset(names))
    found = spelling.build(CARDS).hits(posting, context)
    return [(posting.document.text(h.span), h) for h in found]


def report(text, dialect="auto", **more):
    return [(word, hit.rule, hit.suggestions[0]) for word, hit in hits(text, dialect, **more)]


def reported(text, dialect="auto", **more):
    return [word for word, _ in hits(text, dialect, **more)]


def test_a_consistent_posting_is_left_alone():
    assert reported(SEED) == []
    assert reported("We analyze behavior and organize programs at the center.") == []
    assert reported("We analyse behaviour and organize programmes at the centre.") == []


def test_a_configured_dialect_reports_exactly_the_words_of_the_other():
    assert report(SEED, "US") == [
        ("Optimise", "JD501", "Optimize"),
        ("authorisation", "JD501", "authorization"),
        ("analyse", "JD501", "analyze"),
        ("optimisation", "JD501", "optimization"),
    ]
    assert reported(SEED, "UK") == reported(SEED, "AU") == []


def test_oxford_spelling_is_a_dialect_of_its_own():
    assert report("We organise and analyse colour.", "UK-oxford") == [
        ("organise", "JD502", "organize")
    ]
    assert report("We organize and analyze colour.", "UK-oxford") == [
        ("analyze", "JD501", "analyse")
    ]


def test_every_token_of_the_minority_is_reported_with_its_place():
    text = "Our centre analyses labour and behaviour. A humor, a Humor.\n\nHumor wins."
    found = hits(text)
    assert [(word, h.span.start) for word, h in found] == [
        ("humor", text.index("humor")),
        ("Humor", text.index("Humor wins")),
    ]


def test_the_finding_says_why():
    ((_, hit),) = hits("Our centre values labour. We are traveling.")
    assert hit.values == {
        "match": "traveling",
        "suggest": "travelling",
        "dialect": "UK",
        "reason": "the posting is mostly UK: centre, labour",
    }
    ((_, hit),) = hits("our center", "UK")
    assert hit.values["reason"] == "the dialect is set to UK"


def test_a_tie_is_silent_but_for_a_family_spelled_in_both_ways():
    assert reported("Our centre has humor.") == []
    assert report("Human-centred design; we are user-centered.") == [
        ("centered", "JD501", "centred")
    ]


def test_the_place_of_work_or_the_currency_breaks_a_tie():
    tie = "Our centre has humor."
    here = (Place("Toronto", "CA-ON", None),)
    assert reported(tie, places=here) == ["humor"]
    assert reported(tie, places=(Place("Austin", "US-TX", None),)) == ["centre"]
    assert reported(tie, pay=(Pay("exact", None, currency="GBP"),)) == ["humor"]
    assert reported(tie, pay=(Pay("exact", None, currency="USD"),)) == []
    assert reported(tie, places=(*here, Place("Austin", "US-TX", None))) == []


def test_canadian_spelling_is_an_answer_unless_the_work_is_in_britain():
    text = "We organize labour programs and analyze colour and behaviour."
    assert reported(text) == reported(text, places=(Place("Ottawa", "CA", None),)) == []
    assert reported(text, places=(Place("Leeds", "GB", None),)) == ["analyze"]


def test_ise_and_ize_are_a_question_of_their_own():
    assert report("We organise, prioritise and utilize data.") == [("utilize", "JD502", "utilise")]
    assert report("Our centre organizes, prioritizes and utilises labour.") == [
        ("utilises", "JD502", "utilizes")
    ]
    assert report("Our center organizes, prioritizes and utilises labor.") == [
        ("utilises", "JD501", "utilizes")
    ]


def test_one_ise_against_one_ize_is_silent():
    assert reported("We organise work and prioritize tasks.") == []


def test_words_that_depend_on_their_sense():
    text = "We practice law at a practice. You license a computer program to others."
    assert report(text, "UK") == [("practice", "JD503", "practise")]
    assert report("We hold a license. Join our training program.", "UK") == [
        ("license", "JD503", "licence"),
        ("program", "JD503", "programme"),
    ]


def test_a_hint_decides_but_is_not_reported():
    assert reported("The program starts soon.", "UK") == []
    assert reported("The programs at our center share a color and an aluminium roof.") == [
        "aluminium"
    ]


@pytest.mark.parametrize("kind", [BlockKind.FIELD, BlockKind.FURNITURE])
def test_only_prose_is_read(kind):
    text = "color and behavior\n\nthe centre"
    assert reported(text, "UK", kinds=(kind,)) == []
    assert reported(text, "UK", kinds=(BlockKind.HEADING,)) == ["color", "behavior"]


def test_accepted_phrases_and_names_are_left_alone():
    text = "We use data modeling and threat modeling. Colorful Minds is colorful."
    assert reported(text, "UK") == ["modeling", "modeling", "colorful"]
    assert reported(text, "UK", accepted=["data modeling"]) == ["modeling", "colorful"]
    assert reported(text, "UK", accepted=["modeling", "colorful"]) == []


def test_a_name_is_left_alone_as_it_is_written_and_in_capitals():
    text = "the Center for Color\n\nTHE CENTER FOR COLOR\n\na center, a color"
    assert reported(text, "UK", names=["Center for Color"]) == ["center", "color"]


def test_a_card_reports_only_its_own_questions():
    (one,) = (c for c in CARDS if c.id == "JD502")
    posting = posting_of("Our center organizes us.")
    found = spelling.build([one]).hits(posting, Context(date(2026, 1, 1), "UK"))
    assert [h.rule for h in found] == ["JD502"]


def test_the_cards_stand_in_their_folder_and_cover_every_question_once():
    assert [c.id for c in CARDS] == ["JD501", "JD502", "JD503"]
    assert sorted(q for c in CARDS for q in c.classes) == ["dialect", "ise", "sense"]
    assert {c.file for c in load.shipped() if c.category == "spelling"} == {
        f"spelling/{f.name}" for f in (rules_folder() / "spelling").glob("*.yaml")
    }


_VOCABULARY = """
we use the centre center colour colors organise organized analyse analyzed Modelling fulfil
fulfills catalogue programmes practiced maths defence with an enquiry
"""
_WORDS = st.lists(st.sampled_from(_VOCABULARY.split()), min_size=1)


@given(_WORDS, st.sampled_from(variants.DIALECTS))
def test_what_was_replaced_is_not_reported_again(chosen, dialect):
    text = "We see " + " ".join(chosen)
    mended = text
    for _, hit in reversed(hits(text, dialect)):
        mended = mended[: hit.span.start] + hit.suggestions[0] + mended[hit.span.end :]
    assert reported(mended, dialect) == []


@given(_WORDS)
def test_what_one_dialect_explains_is_never_reported(chosen):
    text = "We see " + " ".join(chosen)
    for dialect in variants.DIALECTS:
        if not hits(text, dialect):
            assert reported(text) == []


@given(_WORDS)
def test_a_suggestion_differs_and_keeps_the_case(chosen):
    for word, hit in hits("We see " + " ".join(chosen)):
        (suggestion,) = hit.suggestions
        assert suggestion != word
        assert suggestion[0].isupper() == word[0].isupper()
        assert re.fullmatch(r"[A-Za-z]+", suggestion)
