"""What a suggestion becomes when it is taken: case, number, article, verb, and nothing else."""

import re
from functools import cache
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.checks import load, terms
from jdlint.checks.card import Contexts, Term, TermsCard
from jdlint.checks.load import example
from jdlint.checks.phrases import forms_of, terms_of
from jdlint.language import inflect
from jdlint.language.agreement import with_plural
from jdlint.model import Safety
from jdlint.posting import understand
from jdlint.read import ReadOptions, read_bytes
from tests.lint import lint
from tests.test_terms import CARD, CONTEXT

CAPITALS = msgspec.structs.replace(CARD, unless=Contexts(names=False))
NINJA = Term(match="ninja", inflect="noun", suggest=["expert"])
HE = Term(match="he", also=["he or she"], suggest=["they"])
CHAIRMAN = Term(match="chairman", inflect="noun", suggest=["chair"])
CRAFTSMAN = Term(match="craftsman", inflect="noun", suggest=["craftsperson"])
FOREMAN = Term(match="foreman", inflect="noun", suggest=["site lead"])
ROCK = Term(match="rock star", inflect="noun", suggest=["skilled colleague"])


def apply(text, edits):
    """*text* with *edits*, which are in order and do not overlap."""
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


def hits(text, *raw, card=CARD):
    document = read_bytes(text.encode(), "posting.md", ReadOptions()).documents[0]
    card = msgspec.structs.replace(card, terms=list(raw))
    return document.plain, list(terms.build([card]).hits(understand(document), CONTEXT))


def taken(text, *raw):
    """*text* with the first suggestion of its first hit taken; None if it cannot be."""
    plain, (hit, *_) = hits(text, *raw, card=CAPITALS)
    edits = [(*e.span, e.text) for e in hit.edits[0]]
    return apply(plain, edits).strip() if edits else None


@pytest.mark.parametrize(
    ("before", "after", "term"),
    [
        ("We need a ninja.", "We need an expert.", NINJA),
        ("A ninja, please.", "An expert, please.", NINJA),
        ("A NINJA, PLEASE.", "AN EXPERT, PLEASE.", NINJA),
        ("Are you a “ninja”?", "Are you an “expert”?", NINJA),
        ("Be our ninja.", "Be our expert.", NINJA),
        ("An alderman is", "A member is", Term(match="alderman", suggest=["member"])),
        ("a guru here", "a user here", Term(match="guru", suggest=["user"])),
        ("a guru here", "an hourly worker here", Term(match="guru", suggest=["hourly worker"])),
        ("a guru here", "an MBA here", Term(match="guru", suggest=["MBA"])),
        ("The man of the house", "The head of it", Term(match="man of the house", suggest=["the head of it"])),
    ],
)  # fmt: skip
def test_the_article_follows_the_sound(before, after, term):
    assert taken(before, term) == after


@pytest.mark.parametrize(
    ("before", "after", "term"),
    [
        ("Ask the chairmen.", "Ask the chairs.", CHAIRMAN),
        ("Chairman wanted.", "Chair wanted.", CHAIRMAN),
        ("THE CHAIRMAN", "THE CHAIR", CHAIRMAN),
        ("The Chairman speaks.", "The Chair speaks.", CHAIRMAN),
        ("The craftsman's tools", "The craftsperson's tools", CRAFTSMAN),
        ("The craftsmen’s tools", "The craftspeople’s tools", CRAFTSMAN),
        ("The foremen's hut", "The site leads' hut", FOREMAN),
        ("The rock stars' bus", "The skilled colleagues' bus", ROCK),
        ("The ninjas’ bus", "The people’s bus", Term(match="ninjas", suggest=["people"])),
        ("Two spokesmen", "Two spokespeople", Term(match="spokesman", also=["spokesmen"], suggest=["spokesperson"])),
        ("Two congressmen", "Two members of Congress", Term(match="congressman", inflect="noun", suggest=["member of Congress"])),
        ("HIS work", "THEIR work", Term(match="his", suggest=["their"])),
    ],
)  # fmt: skip
def test_number_case_and_possessive_are_kept(before, after, term):
    assert taken(before, term) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Rock star wanted.", "Skilled colleague wanted."),
        ("Rock Star Wanted", "Skilled Colleague Wanted"),
        ("We want a Rock Star now.", "We want a Skilled Colleague now."),
        ("# Senior Foreman", "Senior Site Lead"),
        ("A Christmas party here", "An end-of-year party here"),
    ],
)
def test_title_case_is_kept_and_the_capital_of_a_name_is_not(before, after):
    party = Term(match="christmas party", suggest=["end-of-year party"])
    assert taken(before, ROCK, FOREMAN, party) == after


def test_an_abbreviation_is_not_shouting():
    assert taken("Your ADD brain", Term(match="ADD", suggest=["busy"])) == "Your busy brain"
    assert taken("ADD helps", Term(match="ADD", suggest=["a busy mind"])) == "A busy mind helps"


def test_a_name_with_a_capital_inside_is_written_in_one_way():
    term = Term(match="smartphone", suggest=["iPhone"])
    assert taken("Smartphone needed.", term) == "iPhone needed."
    assert taken("A SMARTPHONE NEEDED.", term) == "AN iPhone NEEDED."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He is kind.", "They are kind."),
        ("HE IS KIND.", "THEY ARE KIND."),
        ("If he works well", "If they work well"),
        ("He or she always carries a bag.", "They always carry a bag."),
        ("Soon he will also plan.", "Soon they will also plan."),
        ("He hasn’t a car.", "They haven’t a car."),
        ("He does regularly teach.", "They do regularly teach."),
        ("He's able to drive.", "They're able to drive."),
        ("He’s been there.", "They’ve been there."),
        ("Now he'll plan.", "Now they'll plan."),
        ("Is he able to drive?", "Are they able to drive?"),
        ("He needed help.", "They needed help."),
    ],
)
def test_the_verb_agrees_with_its_new_subject(before, after):
    term = msgspec.structs.replace(HE, also=[*HE.also, "he's", "he'll"])
    assert taken(before, term) == after


@pytest.mark.parametrize(
    "text",
    [
        "He went home.",  # no verb that we know
        "He, a nurse, is kind.",  # the verb is far away
        "He plans the work and runs the shop.",  # a second verb
        "He plans, builds.",
        "He must drive, and is kind.",
        "He's tired.",  # is or has
        "Than he.",
    ],
)
def test_a_verb_that_is_not_plain_to_see_makes_it_show_only(text):
    term = msgspec.structs.replace(HE, also=["he's"])
    assert taken(text, term) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Plans her own day.", "Plans their own day."),
        ("We trust her.", "We trust them."),
        ("We pay her on Fridays.", "We pay them on Fridays."),
        ("Help her to plan.", "Help them to plan."),
        ("Let her work.", None),
        ("Give her time.", None),
    ],
)
def test_her_is_their_or_them(before, after):
    assert taken(before, Term(match="her", suggest=["their", "them"])) == after


def test_a_safety_needs_a_suggestion():
    card = msgspec.structs.replace(CARD, message="", terms=[Term(match="x", safety=Safety.SAFE)])
    assert list(terms.faults(card)) == ["'terms': x has a 'safety' but no 'suggest'"]


def test_you_takes_the_verb_of_a_subject_and_of_nothing_else():
    term = Term(match="the incumbent", suggest=["you"])
    assert taken("The incumbent manages a team.", term) == "You manage a team."
    assert taken("You report to the incumbent.", term) == "You report to you."
    assert taken("This allows the incumbent to plan.", term) == "This allows you to plan."
    assert taken("The role of the incumbent is wide.", term) is None
    assert taken("The incumbent manages their time.", term) is None
    assert taken("You support the incumbent.", term) is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("We want a housewife.", Term(match="housewife", suggest=["people at home"])),
        ("Be a guru here.", Term(match="guru", suggest=["herbalist"])),  # a or an
        ("The choice is his.", Term(match="his", suggest=["their"])),
        ("A ninja expert.", NINJA),  # "an expert expert"
    ],
)
def test_what_does_not_fit_is_offered_without_edits(text, term):
    _, (hit,) = hits(text, term)
    assert hit.suggestions
    assert hit.edits == ((),)


def test_the_message_shows_what_would_be_written():
    term = Term(match="craftsman", suggest=["craft worker", "artisan"])
    _, (hit,) = hits("Be a craftsman.", term)
    assert hit.suggestions == ("craft worker", "artisan")
    assert hit.values["suggest"] == "'a craft worker' or 'an artisan'"
    _, (hit,) = hits("If he is kind.", HE)
    assert hit.values["suggest"] == "'they are'"
    _, (hit,) = hits("Be our craftsman.", term)
    assert hit.values["suggest"] == "'craft worker' or 'artisan'"


@pytest.mark.parametrize(
    ("verb", "plural"),
    [
        ("is", "are"), ("has", "have"), ("goes", "go"), ("works", "work"), ("manages", "manage"),
        ("teaches", "teach"), ("caches", "cache"), ("tries", "try"), ("lies", "lie"),
        ("focuses", "focus"), ("uses", "use"), ("accesses", "access"), ("fixes", "fix"),
        ("will", "will"), ("worked", "worked"), ("went", None), ("bus", None), ("this", None),
        ("analysis", None), ("and", None),
    ],
)  # fmt: skip
def test_a_verb_after_they(verb, plural):
    assert with_plural(verb) == plural


def test_the_head_of_a_phrase_takes_the_plural():
    assert inflect.plural("person to ask") == "people to ask"
    assert inflect.plural("salesperson") == "salespeople"
    assert inflect.plural("human") == "humans"
    assert inflect.is_plural("people at home")
    assert inflect.is_plural("parents")
    assert not inflect.is_plural("boss")


# Findings: safety and edits in the file.


@pytest.mark.parametrize(
    ("text", "name", "safety"),
    [
        ("Ask if he or she is kind.", "p.md", Safety.SAFE),
        ("Ask if he or she went home.", "p.md", Safety.SHOW_ONLY),
        ("We need a **ninja**.", "p.md", Safety.SUGGESTION),
        ("We need a nin&shy;ja.", "p.html", Safety.SHOW_ONLY),
        ("That is a macho office.", "p.md", Safety.SHOW_ONLY),
    ],
)
def test_a_finding_says_how_safe_it_is(text, name, safety):
    (finding,) = lint(text, name, select=["wording"])
    assert finding.safety is safety
    assert bool(finding.edits) == (safety is not Safety.SHOW_ONLY)


def test_a_term_is_stronger_than_its_card():
    card = msgspec.structs.replace(CARD, safety=Safety.SHOW_ONLY)
    other = msgspec.structs.replace(NINJA, safety=Safety.SAFE)
    _, (one, two) = hits(
        "Our ninja, our guru.", other, Term(match="guru", suggest=["expert"]), card=card
    )
    assert (one.safety, two.safety) == (Safety.SAFE, Safety.SHOW_ONLY)


def test_the_finding_keeps_its_place_and_its_edits_reach_further():
    text = "We need a **ninja** today."
    (finding,) = lint(text, select=["wording"])
    assert text[finding.start : finding.end] == finding.matched == "ninja"
    edits = [(e.start, e.end, e.text) for e in finding.edits[0]]
    assert edits == [(8, 9, "an"), (12, 17, "expert")]
    assert apply(text, edits) == "We need an **expert** today."


# Every term that jdlint ships.


@cache
def shipped():
    return [c for c in load.shipped() if isinstance(c, TermsCard)]


@cache
def offering():
    """Each card with each of its written forms that has a suggestion."""
    return [
        (card, form)
        for card in shipped()
        for term in terms_of(card)
        if not term.only_near and not term.pattern
        for form in forms_of(term, 0)
        if form.suggest
    ]


def written(form):
    words = form.phrase.cased or form.phrase.keys
    gaps = [f"{g} " if g in ",;" and g else g or " " for g in form.phrase.gaps] or [" "] * len(
        words
    )
    return "".join(w + g for w, g in zip(words, [*gaps[: len(words) - 1], ""], strict=True))


CASES = {
    "as it is": lambda text: text,
    "capital": lambda text: text[:1].upper() + text[1:],
    "shout": str.upper,
}
FRAMES = (
    "{}.",
    "A {} here.",
    "We have an {} now.",
    "He likes the {}, too.",
    "It is {}\u2019s or {}.",
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_taking_a_suggestion_changes_its_edits_only_and_settles_the_matter(data):
    card, form = data.draw(st.sampled_from(offering()))
    frame = data.draw(st.sampled_from(FRAMES))
    text = frame.replace("{}", CASES[data.draw(st.sampled_from(sorted(CASES)))](written(form)))
    plain, found = hits(text, *card.terms, card=card)
    for hit in found:
        for suggestion, edits in zip(hit.suggestions, hit.edits, strict=True):
            if edits:
                check_taken(plain, hit, suggestion, edits, card)


def check_taken(plain, hit, suggestion, edits, card):
    own = next(e for e in edits if e.span.start == hit.span.start)
    assert own.text.startswith(suggestion)
    assert all(a.span.end <= b.span.start for a, b in pairwise(edits))
    check_case(plain[slice(*hit.span)], suggestion, hit.span.start == 0, card)
    after = apply(plain, [(*e.span, e.text) for e in edits])
    assert outside(plain, [e.span for e in edits]) == outside(after, moved(edits))
    start = own.span.start + sum(
        len(e.text) - (e.span.end - e.span.start) for e in edits if e.span.start < own.span.start
    )
    _, again = hits(after, *card.terms, card=card)
    place = range(start, start + len(own.text))
    assert not [h for h in again if h.span.start in place]


def check_case(matched, suggestion, opens, card):
    own_capitals = any(t.match != t.match.lower() for t in terms_of(card))
    if own_capitals:
        return
    if matched.isupper():
        assert suggestion.isupper() or re.search(r"[a-z][A-Z]", suggestion)  # PostgreSQL
    elif opens and matched[0].isupper():
        assert suggestion[0].isupper()
    elif matched.islower():
        assert suggestion in {s for t in terms_of(card) for f in forms_of(t, 0) for s in f.suggest}


def outside(text, spans):
    """The pieces of *text* between *spans*."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def moved(edits):
    """Where the new texts of *edits* stand once they have been made."""
    spans, shift = [], 0
    for edit in edits:
        (start, end), text = edit.span, edit.text
        spans.append((start + shift, start + shift + len(text)))
        shift += len(text) - (end - start)
    return spans


@pytest.mark.parametrize("card", shipped(), ids=lambda c: c.name)
def test_the_examples_of_a_card_are_settled_by_its_suggestions(card):
    for raw in card.examples.bad:
        text = example(raw).text
        for finding in lint(text, select=[card.id], profile="strict"):
            for edits in finding.edits:
                changes = [(e.start, e.end, e.text) for e in edits]
                after = apply(text, changes)
                again = {(f.start, f.matched) for f in lint(after, select=[card.id])}
                assert not edits or (finding.start, finding.matched) not in again


def test_no_suggestion_is_itself_reported():
    own = {card.id for card in shipped()}
    for card in shipped():
        for said in sorted({s for term in terms_of(card) for s in term.suggest}):
            found = lint(f"Here we say: {said}.", select=["wording"])
            assert [f.matched for f in found if f.rule in own] == []
