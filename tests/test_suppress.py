"""Suppressions: what a comment in the posting silences, and what it does not."""

import pytest

from tests.lint import lint

TERM = "We want a rockstar."


def reported(text, name="posting.md"):
    return [
        (f.rule, f.line)
        for f in lint(text, name, select=["heroic-title", "JD911", "JD912"])
        if not f.suppressed
    ]


def silenced(text, name="posting.md"):
    return [f.suppressed_by for f in lint(text, name, select=["heroic-title"]) if f.suppressed]


RULE = lint(TERM, "posting.md", select=["heroic-title"])[0].rule


@pytest.mark.parametrize(
    ("name", "comment"),
    [
        ("p.md", "<!-- jdlint-disable-next-line {} -- a quotation -->"),
        ("p.html", "<!-- jdlint-disable-next-line {} -- a quotation -->"),
        ("p.mdx", "{{/* jdlint-disable-next-line {} -- a quotation */}}"),
        ("p.txt", "jdlint-disable-next-line {} -- a quotation"),
        ("p.txt", "# jdlint-disable-next-line {} -- a quotation"),
    ],
)
def test_the_next_line_is_silenced_with_its_reason(name, comment):
    paragraph = "<p>{}</p>".format if name.endswith("html") else "{}".format
    text = f"{comment.format(RULE)}\n{paragraph(TERM)}\n\n{paragraph(TERM)}\n"
    assert reported(text, name) == [(RULE, 4)]
    assert silenced(text, name) == ["a quotation"]


def test_blank_lines_between_the_comment_and_the_line_do_not_matter():
    assert reported(f"<!-- jdlint-disable-next-line {RULE} -- old -->\n\n\n{TERM}\n") == []


def test_a_block_is_silenced_until_it_is_enabled_again():
    text = f"{TERM}\n\n<!-- jdlint-disable {RULE} -- old -->\n\n{TERM}\n\n<!-- jdlint-enable {RULE} -->\n\n{TERM}\n"
    assert reported(text) == [(RULE, 1), (RULE, 9)]


def test_a_file_is_silenced_from_anywhere_in_it():
    assert reported(f"{TERM}\n\n<!-- jdlint-disable-file heroic-title -- old -->\n") == []


def test_front_matter_silences_the_file():
    text = f"---\ntitle: Nurse\njdlint-disable: {RULE} -- an old posting\n---\n\n{TERM}\n"
    assert reported(text) == []
    assert silenced(text) == ["an old posting"]


def test_yaml_and_json_postings_can_carry_it_too():
    yaml = f"# jdlint-disable-next-line {RULE} -- old\n- jobTitle: Rockstar\n  description: You will care for patients at home every day.\n"
    assert reported(yaml, "jobs.yaml") == []
    json = f'{{"jdlint-disable": "{RULE} -- old", "jobTitle": "Rockstar", "description": "You will care for patients at home."}}'
    assert reported(json, "job.json") == []


def test_only_the_named_rules_are_silenced():
    text = f"<!-- jdlint-disable-next-line JD911 -- wrong one -->\n{TERM}\n"
    assert (RULE, 2) in reported(text)


def test_a_suppression_without_names_silences_everything_there():
    assert reported(f"<!-- jdlint-disable-next-line -- old -->\n{TERM}\n") == []
    assert silenced(f"<!-- jdlint-disable-next-line -->\n{TERM}\n") == ["no reason given"]


def test_an_unused_suppression_is_reported_where_it_stands():
    assert reported(
        f"Hello.\n\n<!-- jdlint-disable-next-line {RULE} -- old -->\nAll is well.\n"
    ) == [("JD911", 3)]


def test_an_unknown_rule_is_reported_where_it_stands():
    text = f"<!-- jdlint-disable-next-line {RULE}, hero-titel -- old -->\n{TERM}\n"
    assert reported(text) == [("JD912", 1)]


def test_prose_about_suppressions_suppresses_nothing():
    text = f"Write jdlint-disable-next-line {RULE} in a comment.\n{TERM}\n"
    assert (RULE, 2) in reported(text)


def test_a_comment_on_suppressions_is_not_prose():
    found = lint("jdlint-disable-file -- rockstar\n\nAll is well.\n", "p.txt", ignore=["file"])
    assert not [f for f in found if f.name == "heroic-title"]


def test_enabling_one_rule_of_several_leaves_the_others_silent():
    text = f"<!-- jdlint-disable {RULE}, guys -- old -->\n\n{TERM}\n\n<!-- jdlint-enable {RULE} -->\n\n{TERM} Guys!\n"
    found = lint(text, select=["heroic-title", "guys"], ignore=["file"])
    assert [(f.name, f.line, f.suppressed) for f in found] == [
        ("heroic-title", 3, True), ("heroic-title", 7, False), ("guys", 7, True),
    ]  # fmt: skip


def test_a_suppression_shown_as_code_suppresses_nothing():
    text = (
        f"```\n<!-- jdlint-disable-file {RULE} -->\n```\n\n`<!-- jdlint-disable-file -->` {TERM}\n"
    )
    assert reported(text) == [(RULE, 5)]


def test_a_category_can_be_named():
    assert reported(f"<!-- jdlint-disable-next-line wording -- quoted -->\n{TERM}\n") == []
