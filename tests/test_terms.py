"""Kind ``terms``: which words are found, and the company in which they are fine."""

from datetime import date

import msgspec
import pytest

from jdlint.checks import terms
from jdlint.checks.card import Contexts, Level, Scope, Term, TermsCard
from jdlint.checks.example import Example, Examples
from jdlint.checks.protocol import Context
from jdlint.model import SectionKind
from jdlint.posting import understand
from jdlint.read import ReadOptions, read_bytes

CARD = TermsCard(
    id="JD199", name="test", severity=Level.WARNING, since="0.1", summary="", message="{match} {suggest}",
    why="", evidence="style", examples=Examples(bad=[Example()], good=[Example()]), terms=[],
    scope=Scope(not_sections=[]),
)  # fmt: skip
CONTEXT = Context(date(2026, 1, 1))


def found(text, *raw, card=CARD, name="posting.md", context=CONTEXT):
    document = read_bytes(text.encode(), name, ReadOptions()).documents[0]
    card = msgspec.structs.replace(card, terms=list(raw))
    hits = terms.build([card]).hits(understand(document), context)
    return [(document.text(h.span), h.suggestions) for h in hits]


def words(text, *raw, **more):
    return [match for match, _ in found(text, *raw, **more)]


def test_case_is_ignored_unless_the_term_has_a_capital():
    assert words("NINJA, ninja and Ninja.", "ninja") == ["NINJA", "ninja", "Ninja"][:2]
    assert words("Do you have ADD? Then add it.", Term(match="ADD")) == ["ADD"]


def test_word_edges_are_automatic():
    assert words("A ninjas' guild, ninjago, a ninja's way.", "ninja") == ["ninja"]


@pytest.mark.parametrize("term", ["superstar team", "our superstar", "our superstar team"])
def test_the_last_word_of_a_term_may_be_a_possessive(term):
    """Whichever of its words is the longest, by which it is looked up."""
    assert words(f"Join {term}'s table, or {term}.", term) == [term, term]
    assert words(f"Join {term.replace('superstar', 'superstars')}.", term) == []


def test_company_is_seen_whether_or_not_it_is_a_possessive():
    term = Term(match="ninja", only_near=["team"], within=3)
    assert words("The ninja of the team's table.", term) == ["ninja"]
    assert words("The ninja of the table.", term) == []


@pytest.mark.parametrize(
    "written",
    ["rock star", "rock-star", "rock  star", "rock\nstar", "rock\u00a0star", "rock\u2011star"],
)
def test_a_space_in_a_term_is_white_space_or_a_hyphen(written):
    assert words(f"We want a {written}.", "rock star") == [written]


def test_a_term_does_not_reach_over_two_blocks():
    assert words("We love rock\n\nstar signs.", "rock star") == []


def test_other_separators_must_be_written():
    assert words("He/she works 24/7 and 24 7.", "he/she", "24/7") == ["He/she", "24/7"]


def test_forms_are_inflected_and_so_are_the_words_instead():
    term = Term(match="guru", inflect="noun", suggest=["specialist"])
    assert found("Our gurus and a guru.", term) == [
        ("gurus", ("specialists",)),
        ("guru", ("specialist",)),
    ]
    verb = Term(match="crush it", inflect="verb", suggest=["do well"])
    assert found("You are crushing it.", verb) == [("crushing it", ("doing well",))]


def test_the_words_instead_take_the_case_of_the_match():
    term = Term(match="guru", suggest=["expert"])
    assert [s for _, s in found("Guru. GURU. A guru.", term)] == [
        ("Expert",),
        ("EXPERT",),
        ("expert",),
    ]


def test_the_longest_match_at_a_place_wins():
    assert words("A young and dynamic team.", "young", "young and dynamic") == ["young and dynamic"]


def test_a_phrase_that_overlaps_makes_it_fine():
    term = Term(match="native", unless=["cloud native", "native app"])
    assert words("Cloud-native and a native app; native English.", term) == ["native"]


def test_words_before_after_and_near_make_it_fine():
    term = Term(
        match="blind", unless=Contexts(after=["review", "trial"], before=["double"], within=2)
    )
    assert words("A blind peer review. A double blind. Blind faith.", term) == ["Blind"]
    assert words("Run.\n\nNo blind\n\nreview", term) == ["blind"]


def test_a_term_may_need_company():
    term = Term(match="young", only_near=["team", "you"], within=3)
    assert words("A young team. Care for young people.", term) == ["young"]


def test_a_capital_inside_a_sentence_is_a_name():
    assert words("Ask Guy in sales. Guy here.", "guy") == ["Guy"]
    assert words("# A Ninja Developer", "ninja") == ["Ninja"]
    assert words("Ask the Chairman.", "chairman", card=with_unless(names=False)) == ["Chairman"]


def with_unless(**switches):
    return msgspec.structs.replace(CARD, unless=Contexts(**switches))


def test_a_term_says_for_itself_whether_capitals_make_it_a_name():
    near = Contexts(near=["sales"])
    assert words("Ask the Chairman.", Term(match="chairman", unless=near)) == []
    card = with_unless(names=False)
    assert words("Ask the Chairman.", Term(match="chairman", unless=near), card=card) == [
        "Chairman"
    ]
    strict = Term(match="gen z", unless=Contexts(names=False))
    assert words("A Gen Z Guru team.", strict, "guru") == ["Gen Z"]


def test_a_reason_anywhere_in_the_posting_makes_it_fine():
    term = Term(match="female carer", unless=Contexts(anywhere=["schedule 9"]))
    reason = "\n\nHelp.\n\nSchedule 9 of the Act applies."
    assert words("# Female carer" + reason, term) == []
    assert words("# Female carer\n\nHelp with 9 schedules.", term) == ["Female carer"]


def test_a_word_of_the_title_makes_it_fine():
    term = Term(match="driving licence", unless=Contexts(title=["driver", "courier"]))
    need = "\n\nYou need a driving licence."
    assert words("# Delivery Driver" + need, term) == []
    assert words("# Nurse" + need + " A driver helps.", term) == ["driving licence"]


def test_negation_excuses_only_where_the_card_says_so():
    text = "We don't want any rockstars, ever. Rockstars apply."
    assert words(text, "rockstars") == ["rockstars", "Rockstars"]
    assert words(text, "rockstars", card=with_unless(negated=True)) == ["Rockstars"]


def test_quotation_excuses_only_where_the_card_says_so():
    text = "No “ninja” nonsense from a ninja."
    assert words(text, "ninja", card=with_unless(quoted=True)) == ["ninja"]


def test_the_words_of_the_title_may_be_used_below():
    text = "# Scrum master\n\nA scrum master helps. The master plan."
    card = with_unless(own_title=True)
    assert words(text, "master", card=card) == []


def test_a_pattern_is_found_with_its_exact_range():
    term = Term(pattern=r"\b\d+\+? years young\b", hits=["5 years young"])
    assert words("Is 🚀 5+ years young ok?", term) == ["5+ years young"]


def test_code_urls_and_template_syntax_are_not_words():
    text = "Run `ninja` from https://ninja.example/ninja or {{ ninja }}. [Docs](http://ninja.x)."
    assert words(text, "ninja") == []


def test_zero_width_characters_and_soft_hyphens_hide_nothing():
    assert words("A nin\u00adja and a ninj\u200ba.", "ninja") == ["nin\u00adja", "ninj\u200ba"]


def test_an_equal_opportunity_statement_is_immune():
    text = "# Nurse\n\nWe want young people.\n\n## Equal opportunities\n\nYoung or old: all are welcome."
    card = msgspec.structs.replace(CARD, scope=Scope())
    assert words(text, "young", card=card) == ["young"]


def test_a_card_can_be_kept_to_sections_and_to_the_title():
    text = "# Young nurse\n\n## Benefits\n\nA young team.\n\n## Requirements\n\n- A young mind."
    benefits = msgspec.structs.replace(CARD, scope=Scope(sections=[SectionKind.BENEFITS]))
    assert words(text, "a young", card=benefits) == ["A young"]
    title = msgspec.structs.replace(CARD, scope=Scope(body=False))
    assert words(text, "young", card=title) == ["Young"]


def test_accepted_phrases_and_names_are_never_reported():
    context = Context(
        date(2026, 1, 1), accepted=frozenset({"young team"}), names=frozenset({"Ninja"})
    )
    assert words("# Ninja\n\nA young team.", "young team", "ninja", context=context) == []


def test_a_card_may_speak_once_per_posting():
    card = msgspec.structs.replace(CARD, once=True)
    assert words("Guru one. Guru two.", "guru", card=card) == ["Guru"]


@pytest.mark.parametrize("pack", ["jdlint", "house"])
def test_a_long_run_finds_what_a_short_one_finds(pack):
    """From some texts on, all patterns of ours are looked for at once."""
    texts = ["A rock star.", "An x-star here.", "We want x-stars and a y star here."] * 8
    patterns = [Term(pattern=f"{letter}[ -]stars?", hits=[f"{letter} star"]) for letter in "xyz"]
    checker = terms.build([msgspec.structs.replace(CARD, terms=patterns, pack=pack)])
    documents = [read_bytes(t.encode(), "posting.md", ReadOptions()).documents[0] for t in texts]
    spans = [[hit.span for hit in checker.hits(understand(d), CONTEXT)] for d in documents]
    assert [len(found) for found in spans[:3]] == [0, 1, 2]
    assert spans == spans[:3] * 8
