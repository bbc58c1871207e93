"""Headings: what one announces by its wording, and the small language of word patterns."""

import pytest
import yaml

from jdlint.posting.headings import classify, hinges_on_items, is_bare_heading, names_a_role
from jdlint.posting.patterns import PatternIndex, parse
from jdlint.posting.wording import key, wording
from jdlint.store import data_path

DATA = yaml.safe_load(data_path("sections.yaml").read_text("utf-8"))


def kinds(heading, ruled=True):
    verdict = classify(heading, ruled)
    return ", ".join(verdict.kinds) if verdict else None


KNOWN = {
    "Responsibilities": "responsibilities",
    "What you'll do": "responsibilities",
    "What you’ll do": "responsibilities",
    "MAIN DUTIES OF THE POST": "responsibilities",
    "Essential functions": "responsibilities",
    "Requirements": "requirements",
    "Person specification": "requirements",
    "About you": "requirements",
    "Knowledge, skills & abilities": "requirements",
    "Nice-to-have": "nice-to-have",
    "Desirable (not essential) skills": "nice-to-have",
    "Assets": "nice-to-have",
    "Salary": "pay",
    "Series & grade": "pay",
    "Equity": "pay",
    "Work perks and benefits": "benefits",
    "What's in it for you?": "benefits",
    "Location:": "location",
    "Where you'll work": "location",
    "Employment type": "working-pattern",
    "Travel requirement": "working-pattern",
    "Remote": "working-pattern, location",
    "Supervisory responsibilities": "team",
    "Reports to": "team",
    "How to apply": "how-to-apply",
    "Interested?": "how-to-apply",
    "Closing date": "closing-date",
    "APPLICATION DEADLINE:": "closing-date",
    "EEO Statement": "equal-opportunity",
    "Equality, diversity and inclusion": "equal-opportunity",
    "Reasonable adjustments": "adjustments",
    "Candidate privacy notice": "privacy",
    "Security clearance": "right-to-work",
    "Who may apply": "right-to-work",
    "About us": "about-company",
    "Who we are": "about-company",
    "The role": "about-role",
    "TL;DR": "about-role",
    "Job title": "title",
    "Physical requirements": "other",
    "Please note": "other",
}


@pytest.mark.parametrize(("heading", "expected"), KNOWN.items())
def test_a_known_wording_is_looked_up(heading, expected):
    assert kinds(heading, ruled=False) == expected
    assert classify(heading).confidence >= 0.9


def test_numbers_emoji_marks_and_bracketed_tails_do_not_matter():
    for heading in ("🚀 What you'll do", "3. Qualifications", "— Benefits —", "Duties (in short):"):
        assert kinds(heading, ruled=False), heading


TWO = {
    "Salary and location": "pay, location",
    "Our benefits & compensation": "benefits, pay",
    "Timeline & Compensation": "working-pattern, pay",
    "Location and Work Hours": "working-pattern, location",
    "Duties and closing date": "responsibilities, closing-date",
}


@pytest.mark.parametrize(("heading", "expected"), TWO.items())
def test_a_heading_may_announce_two_kinds(heading, expected):
    assert sorted(kinds(heading).split(", ")) == sorted(expected.split(", "))


def test_halves_of_one_kind_are_one_kind():
    assert kinds("Duties and responsibilities") == "responsibilities"
    assert kinds("Diversity, equity and inclusion") == "equal-opportunity"


ROLES = {
    "Back End Developer: Duties and Responsibilities": "responsibilities",
    "Back End Developer Job Profile": "about-role",
    "As a data analyst, you will": "responsibilities",
    "Payroll Analyst, US Requirements": "requirements",
    "Team Lead Position": "about-role",
    "Manager, Payroll Responsibilities": "responsibilities",
}


@pytest.mark.parametrize(("heading", "expected"), ROLES.items())
def test_the_name_of_the_role_before_it_is_taken_off(heading, expected):
    assert kinds(heading) == expected


@pytest.mark.parametrize(
    "heading", ["Driver's license", "Developer collaboration", "Engineers and scientists"]
)
def test_a_role_inside_other_words_is_no_prefix(heading):
    verdict = classify(heading)
    assert verdict is None or verdict.how != "role"


def test_a_call_to_apply_is_not_the_description_of_a_role():
    assert kinds("Apply for the Designer position") == "how-to-apply"


MISSPELT = {
    "Role requierements": "requirements",
    "Desireable experience": "nice-to-have",
    "Responsibilites": "responsibilities",
    "SUPERVISORY RESPONSIBILIES": "team",
    "Qualifcations": "requirements",
    "Additonal Information": "other",
}


@pytest.mark.parametrize(("heading", "expected"), MISSPELT.items())
def test_misspelt_words_are_mended(heading, expected):
    assert kinds(heading) == expected
    assert classify(heading).confidence < 0.95


def test_other_words_are_not_taken_for_misspellings():
    assert classify("Preferences", False) is None
    assert kinds("Organizational structure") != "about-company"


RULED = {
    "Summary of role": "about-role",
    "Areas of work you will own": None,
    "About QuestDB": "about-company",
    "Working at QuestDB": "about-company",
    "About the Platform Business Unit": "team",
    "About the Auditor's Office:": "about-company",
    "We are strong-willed and have a way of doing things": "about-company",
    "The main responsibilities of the post are to:": "responsibilities",
    "You'll need to accomplish the following things": "responsibilities",
    "What does the job entail?": "responsibilities",
    "You'll fit right in if": "requirements",
    "What skills and experience are we looking for?": "requirements",
    "Minimum requirements to apply": "requirements",
    "Application requirements": "how-to-apply",
    "We'll evaluate you based on": "how-to-apply",
    "Strong candidates will have experience with, or a desire to learn, some of:": "nice-to-have",
    "Full time equivalent salary": "pay",
    "Disclosure and Barring Service check": "right-to-work",
    "Our way of welcoming everyone: diversity here": "equal-opportunity",
}


@pytest.mark.parametrize(("heading", "expected"), RULED.items())
def test_rules_read_a_telling_word(heading, expected):
    assert kinds(heading) == expected


@pytest.mark.parametrize(
    "heading",
    [
        "This role is not for you if",
        "What Won't Fit",
        "Who this is not for",
        "We do not care about",
    ],
)
def test_negated_headings_are_never_requirements(heading):
    assert kinds(heading) == "other"


@pytest.mark.parametrize(
    "heading",
    ["Acknowledgement", "Forward Partners", "Hello", "", "…", "42", "Drive cross-team spirit"],
)
def test_what_says_nothing_announces_nothing(heading):
    assert classify(heading) is None


def test_rules_do_not_judge_sentences():
    sentence = "We will tell you about the salary when we have met you and you have asked us of it"
    assert classify(sentence) is None


def test_without_rules_only_wordings_count():
    assert classify("Strong SQL skills", ruled=False) is None
    assert kinds("Strong SQL skills") == "requirements"


def test_short_wordings_need_a_mark():
    assert not is_bare_heading("Plus")
    assert is_bare_heading("Closing date")


def test_some_headings_hinge_on_their_items():
    assert hinges_on_items("The ideal candidate will:")
    assert not hinges_on_items("Responsibilities")


def test_names_of_roles():
    assert names_a_role("Senior back end developer (payments)")
    assert names_a_role("Nurses")
    assert not names_a_role("Our benefits")


def test_every_wording_is_written_as_it_is_looked_up():
    terms = [t for group in DATA["en"]["terms"].values() for t in group]
    assert [t for t in terms if key(t) != t] == []
    assert len(terms) == len(set(terms)) > 1500


def test_marginal_lists_name_known_wordings():
    book = wording()
    assert book.never_run_in <= set(book.terms) | {
        "who is",
        "goals",
        "influence",
        "outcomes",
        "tools",
    }
    assert len(book.roles) > 100


def every_pattern():
    data = DATA["en"]
    for rule in data["rules"]:
        yield from rule["patterns"]
    yield from data["undecided"]["patterns"]
    for cue in data["cues"].values():
        for part in ("patterns", "not", "unless"):
            yield from cue.get(part, [])
        for half in cue.get("both", []):
            yield from half


def test_every_pattern_of_the_data_can_be_used():
    patterns = list(every_pattern())
    assert len(patterns) > 500
    for pattern in patterns:
        parse(pattern)


def finds(pattern, text):
    return [(a, b) for a, b, _ in PatternIndex([(pattern, None)]).find(text.split())]


def test_a_pattern_is_a_row_of_words():
    assert finds("how to apply", "see how to apply here") == [(1, 4)]
    assert finds("how to apply", "how to") == []


def test_choices_stems_numbers_and_any_word():
    assert finds("send|post your cv|resume", "post your resume") == [(0, 3)]
    assert finds("responsib* for", "is responsible for it") == [(1, 3)]
    assert finds("gs #", "a gs 14 post") == [(1, 3)]
    assert finds("# hours", "37 hours") == [(0, 2)]
    assert finds("join our _ team", "join our sales team") == [(0, 4)]


def test_optional_words_gaps_and_anchors():
    assert finds("meet the? team", "meet team meet the team") == [(0, 2), (2, 5)]
    assert finds("reports ... manager", "reports to the store manager") == [(0, 5)]
    assert finds("reports ... manager", "reports to a b c d e manager") == []
    assert finds("< contact", "contact") == [(0, 1)]
    assert finds("< contact", "your contact") == []
    assert finds("salary >", "the salary") == [(1, 2)]
    assert finds("salary >", "salary range") == []


@pytest.mark.parametrize("pattern", ["", "...", "the? team", "_ team", "app*"])
def test_a_pattern_must_begin_with_something_to_look_up(pattern):
    with pytest.raises(ValueError, match=r"pattern|stem"):
        parse(pattern)


def test_evil_headings_do_not_hang():
    classify("responsible " * 100_000)
    classify(" " * 100_000 + "(" * 100_000)
    finds("a ... a ... b", "a " * 20_000)
