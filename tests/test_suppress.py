"""Suppressions: what a comment in the posting silences, and what it does not."""

from datetime import date
from pathlib import Path

import pytest

from jdlint.config import settle
from jdlint.model import Waiver
from jdlint.outcome import Wanted
from jdlint.rulebook import Rulebook
from tests.lint import DAY, NOWHERE, lint, lint_bytes

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


def test_a_rule_is_enabled_again_where_every_rule_was_disabled():
    text = f"<!-- jdlint-disable -- old -->\n\n{TERM} Guys!\n\n<!-- jdlint-enable {RULE} -->\n\n{TERM} Guys!\n"
    found = lint(text, select=["heroic-title", "guys"], ignore=["file"])
    assert [(f.name, f.line, f.suppressed) for f in found] == [
        ("heroic-title", 3, True), ("guys", 3, True),
        ("heroic-title", 7, False), ("guys", 7, True),
    ]  # fmt: skip


@pytest.mark.parametrize("names", [("heroic-title", RULE), (RULE, "wording"), ("wording", RULE)])
def test_a_rule_may_be_enabled_by_another_of_its_names(names):
    disabled, enabled = names
    text = f"<!-- jdlint-disable {disabled} -- old -->\n\n{TERM}\n\n<!-- jdlint-enable {enabled} -->\n\n{TERM}\n"
    assert reported(text) == [(RULE, 7)]


def test_disabled_again_after_it_was_enabled_it_is_silent_again():
    parts = ["disable -- a", f"enable {RULE}", f"disable {RULE} -- b", "enable"]
    text = "".join(f"<!-- jdlint-{part} -->\n\n{TERM}\n\n" for part in parts)
    assert reported(text) == [(RULE, 7), (RULE, 15)]
    assert silenced(text) == ["a", "b"]


LISTS = [
    ("p.md", "---\ntitle: Nurse\njdlint-disable:\n  - {} -- a band, really\n  - guys -- their fans\n---\n\n"),
    ("p.md", "---\ntitle: Nurse\njdlint-disable:\n- '{} -- a band, really'\n- guys -- their fans\n---\n\n"),
    ("p.md", "---\ntitle: Nurse\njdlint-disable: ['{} -- a band, really', guys -- their fans]\n---\n\n"),
    ("p.md", "---\ntitle: Nurse\njdlint-disable:\n  {}: a band, really\n  guys: their fans\n---\n\n"),
    ("p.md", "---\r\ntitle: Nurse\r\njdlint-disable: {{{}: 'a band, really', guys: their fans}}\r\n---\r\n\r\n"),
    ("p.md", "+++\ntitle = 'Nurse'\njdlint-disable = ['{} -- a band, really', 'guys -- their fans']\n+++\n\n"),
    ("p.md", "+++\ntitle = 'Nurse'\n[jdlint-disable]\n{} = 'a band, really'\nguys = 'their fans'\n+++\n\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "front"), LISTS)
def test_a_list_in_front_matter_keeps_a_reason_for_each_rule(name, front):
    text = front.format("heroic-title") + f"{TERM} Hello guys.\n"
    found = lint(text, name, select=["heroic-title", "guys"])
    assert [(f.rule == RULE, f.suppressed_by) for f in found] == [
        (True, "a band, really"), (False, "their fans"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", '{"jdlint-disable": {"heroic-title": "a band"}, "jobTitle": "Rockstar", "description": "You will care for patients at home."}'),
        ("a.json", '{"jdlint-disable": ["heroic-title -- a band"],\n "jobs": [{"jobTitle": "Rockstar", "description": "You will care for patients at home."}]}'),
        ("a.yaml", "jdlint-disable:\n  heroic-title: a band\njobs:\n  - jobTitle: Rockstar\n    description: You will care for patients at home.\n"),
    ],
)  # fmt: skip
def test_so_does_a_list_in_data_beside_or_inside_the_posting(name, data):
    assert silenced(data, name) == ["a band"]
    assert reported(data, name) == []


def test_each_entry_of_a_list_is_audited_where_it_stands():
    text = "---\ntitle: Nurse\njdlint-disable:\n  - heroic-title -- a band\n  - hero-titel -- a typo\n  - guys -- nobody\n---\n\nHi.\n"
    found = [f for f in lint(text, select=["wording"]) if f.name != "missing-title"]
    assert [(f.rule, text[f.start : f.end]) for f in found] == [
        ("JD911", "heroic-title"), ("JD912", "hero-titel"), ("JD911", "guys"),
    ]  # fmt: skip


def test_an_empty_list_silences_nothing():
    assert reported(f"---\ntitle: Nurse\njdlint-disable: []\n---\n\n{TERM}\n") == [(RULE, 6)]


def test_every_rule_can_be_silenced_by_its_name_all():
    assert reported(f"---\ntitle: Nurse\njdlint-disable: all -- old\n---\n\n{TERM}\n") == []


def messages(text, rule, name="posting.md"):
    return [
        (f.matched or text[f.start : f.end], f.message) for f in lint(text, name) if f.rule == rule
    ]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("jdlint-disable-nextline", "did you mean 'jdlint-disable-next-line'?"),
        ("jdlint-disable-line", "did you mean 'jdlint-disable-next-line'?"),
        ("jdlint-disabled", "did you mean 'jdlint-disable'?"),
        ("jdlint-disable-all", "did you mean 'jdlint-disable'?"),
        ("jdlint_disable_file", "did you mean 'jdlint-disable-file'?"),
        ("jdlint: disable", "did you mean 'jdlint-disable'?"),
        ("jdlint-ignore", "there are jdlint-disable-next-line, jdlint-disable, jdlint-disable-file, jdlint-enable"),
    ],
)  # fmt: skip
def test_a_misspelt_directive_is_reported_with_the_one_that_was_meant(written, says):
    text = f"<!-- {written} {RULE} -- old -->\n{TERM}\n"
    ((matched, message),) = messages(text, "JD920")
    assert (matched, message) == (
        written, f"There is no directive '{written}', so this does nothing; {says}",
    )  # fmt: skip
    assert messages(text, "JD912") == []
    assert (RULE, 2) in reported(text)


def test_a_misspelt_directive_of_plain_text_is_no_prose():
    assert messages("jdlint-disable-nextline guys -- old\n\nAll is well.\n", "JD920", "p.txt")


def test_other_comments_about_jdlint_are_left_alone():
    text = "<!-- jdlint-corpus 12 -->\n<!-- see jdlint disable-nextline -->\nWe use jdlint-disable-nextline here.\n"
    assert messages(text, "JD920") == []


@pytest.mark.parametrize("action", ["disable-next-line", "disable", "disable-file", "enable"])
def test_an_unknown_rule_is_reported_with_the_one_that_was_meant(action):
    text = f"<!-- jdlint-{action} hero-titel -- old -->\n{TERM}\n"
    assert messages(text, "JD912") == [
        ("hero-titel", "There is no rule 'hero-titel', so this suppression does nothing; did you mean 'heroic-title'?"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "comment"),
    [("p.html", "<!-- jdlint-{} -->"), ("p.mdx", "{{/* jdlint-{} */}}"), ("p.html", "<%# jdlint-{} %>")],
)  # fmt: skip
def test_a_directive_ends_with_its_comment_though_the_line_goes_on(name, comment):
    off, on = comment.format(f"disable {RULE} -- a band"), comment.format(f"enable {RULE}")
    text = f"<p>{off}{TERM}{on} {TERM}</p>\n\n<p>{TERM}</p>\n"
    found = lint(text, name, select=["heroic-title", "JD912"])
    assert [f.suppressed_by for f in found] == ["a band", None, None]


def test_so_does_one_in_a_string_of_json():
    html = f"<p>You will care for patients.</p><!-- jdlint-disable {RULE} -- a band --><p>{TERM}</p><!-- jdlint-enable --><p>{TERM}</p>"
    found = lint(f'{{"jobTitle": "Nurse", "description": "{html}"}}', "p.json", select=["heroic-title", "JD912"])  # fmt: skip
    assert [f.suppressed_by for f in found] == ["a band", None]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_comment_may_have_several_lines(end):
    comment = f"<!-- jdlint-disable-next-line{end}  {RULE}{end}  -- a band,{end}  really -->"
    text = f"{comment}{end}{TERM}{end}{end}{TERM}{end}"
    assert reported(text) == [(RULE, 7)]
    assert silenced(text) == ["a band, really"]


@pytest.mark.parametrize("comment", ["<!--\n{}\n-->", "{{/*\n  {}\n*/}}"])
def test_a_comment_may_open_and_close_on_lines_of_their_own(comment):
    directive = comment.format(f"jdlint-disable-next-line {RULE} -- a band")
    assert reported(f"{directive}\n\n{TERM}\n\n{TERM}\n", "p.mdx") == [(RULE, 7)]


@pytest.mark.parametrize("dash", ["--", "\u2013", "\u2014"])
def test_a_dash_that_an_editor_made_of_two_hyphens_leads_to_the_reason(dash):
    text = f"<!-- jdlint-disable-next-line {RULE} {dash} a band -->\n{TERM}\n"
    assert reported(text) == []
    assert silenced(text) == ["a band"]


def test_a_comment_that_never_ends_ends_with_its_line():
    assert reported(f"{TERM}\n\n<!-- jdlint-disable-file heroic-title -- old\n") == []


@pytest.mark.parametrize("value", ['{"heroic-title": "a band"}', '["heroic-title -- a band"]'])
def test_a_key_of_json_may_stand_anywhere_in_a_line(value):
    data = f'{{"jobTitle": "Rockstar", "jdlint-disable": {value}, "description": "You will care for patients at home."}}'
    assert silenced(data, "a.json") == ["a band"]
    assert reported(data, "a.json") == []


@pytest.mark.parametrize("middle", [" ", ") ", "' ", "-- ", "jdlint-disable "])
def test_a_directive_of_any_length_is_read_in_one_go(middle):
    text = f"<!-- jdlint-disable-file {RULE} " + middle * 100_000 + "-->\n" + TERM
    assert [f.suppressed for f in lint(text, select=["heroic-title"]) if f.rule == RULE] == [True]


@pytest.mark.parametrize(
    "terms",
    [
        "until=2026-01-01 by=HR -- a quotation",
        'by="HR" until=2026-01-01 -- a quotation',
        "-- a quotation until=2026-01-01 by=HR",
        "-- a quotation (until=2026-01-01, by='HR')",
    ],
)
def test_a_suppression_may_name_its_last_day_and_who_answers_for_it(terms):
    text = f"<!-- jdlint-disable-next-line {RULE} {terms} -->\n{TERM}\n"
    (finding,) = lint(text, select=["heroic-title"])
    assert finding.waiver == Waiver("a quotation", "HR", date(2026, 1, 1))


def test_after_its_last_day_a_suppression_silences_nothing_and_is_reported():
    text = f"<!-- jdlint-disable-file {RULE} until=2025-12-31 -- a quotation -->\n{TERM}\n"
    found = lint(text, select=["heroic-title", "JD911", "JD915"])
    assert [(f.rule, f.suppressed) for f in found] == [("JD915", False), (RULE, False)]


def test_an_end_that_is_no_day_is_reported_and_does_not_end():
    text = f"<!-- jdlint-disable-file {RULE} until=soon -- a quotation -->\n{TERM}\n"
    found = lint(text, select=["heroic-title", "JD920"])
    assert [(f.rule, f.suppressed) for f in found] == [("JD920", False), (RULE, True)]
    assert "until=2027-03-31" in found[0].message


def test_a_key_of_front_matter_may_end_too():
    text = f"---\njdlint-disable: {RULE} by=HR -- an old one until=2026-06-30\n---\n\n{TERM}\n"
    (finding,) = lint(text, select=["heroic-title"])
    assert finding.waiver == Waiver("an old one", "HR", date(2026, 6, 30))


def test_a_suppression_without_a_reason_is_reported():
    text = f"<!-- jdlint-disable-next-line {RULE} until=2026-03-31 -->\n{TERM}\n"
    assert [f.rule for f in lint(text, select=["JD916", RULE])] == ["JD916", RULE]


def test_an_audit_hears_everything():
    text = f"<!-- jdlint-disable-file {RULE} -- a quotation -->\n{TERM}\n"
    settled = settle(None, NOWHERE, {"select": ["heroic-title", "JD911"]})
    rules = Rulebook(settled).for_path(Path("p.md"))
    wanted = Wanted(everything=True)
    result = lint_bytes(text.encode(), "p.md", rules, settled.config, DAY, wanted)
    assert [(f.rule, f.suppressed) for f in result.findings] == [(RULE, False)]
