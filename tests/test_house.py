"""The organisation's own words: what it rejects, what it accepts, and its names."""

import pytest

from tests.lint import lint, lint_bytes

TEAM = {"phrase": "colleague", "replacement": "team member", "reason": "house style"}


def said(text, *rejected, **given):
    """Severity, matched text and message of what is rejected in *text*."""
    found = lint(text, reject=list(rejected), **given)
    return [(f.severity.word, f.matched, f.message) for f in found if f.rule == "JD119"]


def offered(text, *rejected, **given):
    found = lint(text, reject=list(rejected), **given)
    return [(f.matched, *f.suggestions) for f in found if f.rule == "JD119"]


def test_a_rejected_phrase_is_told_with_its_replacement_and_reason():
    assert said("Ask a colleague.", TEAM) == [
        ("warning", "colleague", "Write 'team member' instead of 'colleague': house style.")
    ]


def test_it_is_found_at_its_exact_place_in_every_form():
    text = "<p>Caf&eacute; &amp; <b>colleague</b></p>"
    (found,) = [f for f in lint(text, "p.html", reject=[TEAM]) if f.rule == "JD119"]
    assert text[found.start : found.end] == "colleague"


def test_the_replacement_keeps_case_and_number():
    text = "Colleagues ask a colleague's COLLEAGUES."
    assert offered(text, TEAM) == [
        ("Colleagues", "Team members"),
        ("colleague", "team member"),
        ("COLLEAGUES", "TEAM MEMBERS"),
    ]


def test_a_verb_is_inflected_when_the_entry_says_so():
    rejected = {"phrase": "utilise", "replacement": "use", "inflect": "verb"}
    text = "We utilise tools; she utilises and utilised them, utilising all."
    assert offered(text, rejected) == [
        ("utilise", "use"), ("utilises", "uses"), ("utilised", "used"), ("utilising", "using"),
    ]  # fmt: skip


def test_several_replacements_are_offered_in_their_order():
    assert offered("Ask staff.", {"phrase": "staff", "replacement": ["people", "team"]}) == [
        ("staff", "people", "team")
    ]


def test_a_phrase_can_be_rejected_without_replacement_or_reason():
    assert said("Circle back soon.", {"phrase": "circle back"}) == [
        ("warning", "Circle back", "'Circle back' is rejected.")
    ]


def test_each_phrase_can_have_its_severity_and_the_rule_has_one_for_the_others():
    rejected = ({**TEAM, "severity": "error"}, {"phrase": "staff", "reason": "we are people"})
    rules = {"rejected-phrase": "note"}
    assert [s for s, *_ in said("A colleague and the staff.", *rejected, rules=rules)] == [
        "error", "note",
    ]  # fmt: skip


def test_a_capital_in_the_phrase_makes_case_matter():
    wrong = {"phrase": "Iphone", "replacement": "iPhone"}
    assert offered("An Iphone, an iPhone and IPHONES.", wrong) == [("Iphone", "iPhone")]


def test_the_organisation_speaks_before_jdlint_does():
    found = lint("Hello guys.", reject=[{"phrase": "guys", "replacement": "folks"}])
    assert [f.rule for f in found if f.matched == "guys"] == ["JD119"]


@pytest.mark.parametrize(
    "given",
    [
        {"accept": ["colleague of the year"]},
        {"names": ["Colleague of the Year"]},
        {"rules": {"JD119": "off"}},
        {"ignore": ["rejected-phrase"]},
        {"select": ["spelling"]},
    ],
)
def test_what_is_accepted_or_switched_off_is_not_rejected(given):
    assert said("Become Colleague of the Year.", TEAM, **given) == []


def test_it_is_on_in_every_profile_but_only_where_something_is_rejected():
    assert said("Ask a colleague.", TEAM, profile="minimal")
    assert said("Ask a colleague.", profile="strict") == []


def test_a_suppression_silences_it_like_any_rule():
    text = "<!-- jdlint-disable-next-line rejected-phrase -- a quotation -->\nAsk a colleague.\n"
    found = lint(text, reject=[TEAM])
    assert [f.suppressed_by for f in found if f.rule == "JD119"] == ["a quotation"]


def test_a_name_protects_its_words_in_every_family():
    text = "# Nurse at Rockstars in color\n\nRockstars in color: we are Rockstars in color.\n"
    rules = ["heroic-title", "mixed-dialect"]
    assert [f.matched for f in lint(text, select=rules, dialect="UK")] == [
        "Rockstars", "color", "Rockstars", "color", "Rockstars", "color",
    ]  # fmt: skip
    assert lint(text, select=rules, dialect="UK", names=["Rockstars in color"]) == []


def test_a_name_protects_nothing_but_itself():
    text = "We want a rockstar at Rockstar Center, not Rockstars."
    found = lint(text, select=["heroic-title"], names=["Rockstar Center"])
    assert [f.matched for f in found] == ["rockstar"]


@pytest.mark.parametrize("written", ["Ernst & Young", "ERNST & YOUNG", "Ernst\n& Young's"])
def test_a_name_of_several_words_is_known_however_it_is_set(written):
    found = lint(f"Work for {written} team.", reject=[{"phrase": "young"}], names=["Ernst & Young"])
    assert [f for f in found if f.rule == "JD119"] == []


@pytest.mark.parametrize("written", ["rock star", "Rock-Star", "rock\nstar"])
def test_an_accepted_phrase_is_meant_whatever_its_case_and_its_spaces(written):
    assert lint(f"We want a {written}.", select=["heroic-title"], accept=["Rock Star"]) == []


def test_an_accepted_phrase_is_made_of_whole_words():
    found = lint("A rockstarry rockstar.", select=["heroic-title"], accept=["y rockstar"])
    assert [f.matched for f in found] == ["rockstar"]


def test_a_term_of_a_card_may_have_a_message_and_a_severity_of_its_own(tmp_path):
    from jdlint.config import settle
    from jdlint.rulebook import Rulebook
    from tests.lint import DAY
    from tests.test_config import CARD, write

    card = CARD.replace(
        "terms: [", "terms: [{match: acme ltd, message: Say Acme., severity: error}, "
    )
    write(tmp_path / "ours" / "wording", card, "our-name.yaml")
    book = Rulebook(settle(write(tmp_path, "rule_folders: [ours]\n"), tmp_path, {}))
    rules = book.for_path(tmp_path / "a.md")
    result = lint_bytes(b"acme ltd, acme corp", "a.md", rules, book.settled.config, DAY)
    assert [(f.message, f.severity.word) for f in result.findings if f.rule == "JD790"] == [
        ("Say Acme.", "error"), ("Write 'Acme'.", "note"),
    ]  # fmt: skip


def test_a_name_is_not_counted_as_gender_coded():
    text = (
        "# Cook\n\n## What you will do\n\nFearless & Dominant needs cooks. You are fearless, dominant "
        "and adventurous. " + "You will make soup for guests every day. " * 14
    )

    def counted(**given):
        found = lint(text, profile="strict", select=["gender-coded"], ignore=["file"], **given)
        return [place.matched for finding in found for place in finding.related]

    plain, named = counted(), counted(names=["Fearless & Dominant"])
    assert plain == ["Fearless", "fearless", "dominant", "adventurous"]
    assert named == ["fearless", "dominant", "adventurous"]
