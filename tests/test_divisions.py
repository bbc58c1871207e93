"""Structure: titles, empty and repeated sections, what is said twice, links that lead nowhere."""

import pytest

from jdlint.checks import load
from jdlint.model import CardError
from tests.lint import lint


def found(text, *names, name="posting.md", **given):
    """Card and matched words of the findings of the cards *names*."""
    return [(f.name, f.matched) for f in lint(text, name, select=list(names), **given)]


def test_a_finding_in_a_title_stands_on_the_words_it_is_about():
    text = "---\ntitle: 'Cook - £30k'\n---\n\nYou cook lunch.\n"
    (hit,) = lint(text, select=["pay-in-title"])
    assert text[hit.start : hit.end] == "£30k"
    text = '{"@type": "JobPosting", "title": "Cook \\u00a330k", "description": "You cook."}'
    (hit,) = lint(text, "job.json", select=["pay-in-title"])
    assert text[hit.start : hit.end] == "\\u00a330k"


def test_each_card_speaks_once_of_a_title():
    text = "*** Hiring now *** Drivers!!! Apply now\n\nYou drive a van.\n"
    assert found(text, "ornate-title", "urgent-title", name="posting.txt") == [
        ("ornate-title", "***"), ("urgent-title", "Hiring now"),
    ]  # fmt: skip


def test_what_is_accepted_is_fine_in_a_title():
    text = "# Driver - apply now\n"
    assert found(text, "urgent-title") == [("urgent-title", "apply now")]
    assert found(text, "urgent-title", accept=["Apply now"]) == []


def test_a_name_of_the_configuration_is_a_company_in_a_title():
    assert found("# Harbour - Line cook\n", "company-in-title") == []
    assert found("# Harbour - Line cook\n", "company-in-title", names=["Harbour"]) == [
        ("company-in-title", "Harbour")
    ]


def test_a_name_may_be_in_capitals():
    assert found("# KITCHENAID COOK\n", "title-in-capitals", names=["KitchenAid"]) == []
    assert found("# KITCHENAID COOK\n", "title-in-capitals")


@pytest.mark.parametrize(
    "below",
    [
        "### Essential\n\n- Care\n",
        "![Our benefits](benefits.png)\n",
        "{% include requirements.html %}\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "```\ncode\n```\n",
        "[See here](/requirements)\n",
    ],
)
def test_a_section_with_anything_below_it_is_not_empty(below):
    text = f"# Cook\n\n## Requirements\n\n{below}\n## Duties\n\nYou cook.\n"
    assert found(text, "empty-section") == []


@pytest.mark.parametrize(
    ("below", "is_empty"),
    [
        ("", True),
        ("<p></p>", True),
        ("<img src=benefits.png alt='Our benefits'>", False),
        ("<form><input name=email></form>", False),
        ("<iframe src=https://example.org></iframe>", False),
        ("<div id=requirements></div><script src=fill.js></script>", False),
        ("<job-requirements></job-requirements>", False),
        ("<nav><a href=/a>Requirements</a></nav>", False),
    ],
)
def test_a_section_of_a_page_is_empty_if_the_page_shows_nothing_there(below, is_empty):
    text = f"<h1>Cook</h1><h2>Requirements</h2>{below}<h2>Duties</h2><p>You cook lunch.</p>"
    expected = [("empty-section", "Requirements")] if is_empty else []
    assert found(text, "empty-section", name="posting.html") == expected
    at_the_end = f"<h1>Cook</h1><h2>Duties</h2><p>You cook lunch.</p><h2>Requirements</h2>{below}"
    assert found(at_the_end, "empty-section", name="posting.html") == expected


@pytest.mark.parametrize(
    "heading",
    [
        "Closes in 20 days (Friday 18 December 2026)",
        "Before you start with us you must show us your licence and two references",
    ],
)
def test_a_heading_that_says_it_all_is_not_empty(heading):
    assert found(f"# Cook\n\n## {heading}\n\n## Duties\n\nYou cook.\n", "empty-section") == []


def test_a_section_with_nothing_below_it_is_empty():
    text = "# Cook\n\n## Requirements\n\n## Duties\n\nYou cook.\n"
    assert found(text, "empty-section") == [("empty-section", "Requirements")]


def test_of_must_haves_only_one_card_speaks():
    skills = ["bread", "cakes", "soups", "sauces", "salads", "fish", "meat", "stews", "tea"]
    items = "".join(f"- You know how to make {skill}\n" for skill in skills)
    text = f"# Cook\n\n## Requirements\n\n{items}"
    cards = ("wishes-unmarked", "many-must-haves")
    assert [name for name, _ in found(text, *cards)] == ["wishes-unmarked"]
    text += "- You can clean\n- You can lead\n"
    assert [name for name, _ in found(text, *cards)] == ["many-must-haves"]


def test_a_wish_is_no_demand_where_the_demand_leaves_a_choice():
    must = "# Cook\n\n## Requirements\n\n- {}\n\n## Nice to have\n\n- Baking\n"
    card = "must-and-nice"
    assert found(must.format("Baking"), card) == [(card, "Baking")]
    assert found(must.format("Baking or grilling"), card) == []
    assert (
        found(must.format("Two years in the kitchen of a hotel with baking and grilling"), card)
        == []
    )


def test_a_link_is_told_at_its_words_and_an_address_as_it_is_written():
    text = "# Cook\n\nApply [on our site](http//acme.org) or at https://jobs.example.com/1.\n"
    cards = ("malformed-link", "leftover-link")
    assert found(text, *cards) == [
        ("malformed-link", "on"), ("leftover-link", "https://jobs.example.com/1"),
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["{{ page.url }}", "<%= url %>", "${url}", "{% link x.md %}"])
def test_a_target_that_a_site_fills_is_fine(field):
    text = f"# Cook\n\n[Apply]({field}) or [write](mailto:{field}).\n"
    cards = ("malformed-link", "leftover-link", "malformed-email", "empty-link")
    assert found(text, *cards) == []


def test_words_that_a_posting_should_have_may_stand_in_a_field():
    text = "{}# Cook\n\n" + "You cook lunch for the children of our school. " * 20
    assert found(text.format(""), "hours-unstated") == [("hours-unstated", "")]
    assert found(text.format("---\nhours: 30\n---\n\n"), "hours-unstated") == []
    assert found(text.format("") + "You work in shifts.", "hours-unstated") == []


CARD = """\
id: JD702
name: our-title
kind: title
severity: note
since: "0.1"
summary: No stars.
message: "No {match}."
why: They twinkle.
evidence: opinion
words: [star]
examples:
  bad: ["# Star cook"]
  good: ["# Starting cook"]
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("words: [star]\n", "", "'words' is empty"),
        ("words: [star]", "words: [star!]", "'words': 'star!' begins or ends with a sign"),
        ("words: [star]", "patterns: [{pattern: 'a(', hits: [a]}]", "'patterns': the pattern a("),
        ("words: [star]", "patterns: [{pattern: 'a', hits: [b]}]", "does not match its sample 'b'"),
        ("{match}", "{suggest}", "this kind offers match"),
    ],
)
def test_a_wrong_card_for_titles_is_refused(tmp_path, old, new, says):
    file = tmp_path / "structure" / "our-title.yaml"
    load.parse_card(CARD.encode(), file, tmp_path, "ours", False)
    with pytest.raises(CardError) as caught:
        load.parse_card(CARD.replace(old, new).encode(), file, tmp_path, "ours", False)
    assert says in str(caught.value)
