"""The baseline: known findings stay silent while texts move, and new ones do not."""

import json
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.baseline import Baseline, written
from jdlint.config import settle
from jdlint.rulebook import Rulebook
from tests.lint import NOWHERE, result_of
from tests.test_cli import run

OLD = "# Nurse\n\nWe want a rockstar.\n\nYou are a ninja of care.\n\nGuys, apply now.\n"


@pytest.fixture
def at(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jdlint.yaml").write_text("select: [wording]\nbaseline: jdlint-baseline.json\n")
    (tmp_path / "nurse.md").write_text(OLD)
    assert run("baseline", "create", "nurse.md").exit_code == 0
    return tmp_path


def told(*options):
    done = run("check", "nurse.md", "--format", "json", *options)
    report = json.loads(done.output)
    return [f["matched"] for f in report["findings"] if not f["suppressed"]], report["summary"]


def said(*argv):
    """The output on one line, however it was wrapped."""
    return " ".join(run(*argv).output.split())


def test_what_is_in_the_baseline_is_counted_apart_and_fails_nothing(at):
    found, summary = told()
    assert found == []
    assert (summary["baselined"], summary["suppressed"]) == (3, 0)
    assert run("check", "nurse.md").exit_code == 0
    assert "3 in the baseline." in run("check", "nurse.md").output


def test_a_new_finding_is_reported_and_only_it(at):
    (at / "nurse.md").write_text(
        OLD.replace("Guys", "A guru leads.\n\nWe want a rockstar.\n\nGuys")
    )
    assert sorted(filter(None, told()[0])) == ["guru", "rockstar"]


def test_moving_and_editing_around_changes_nothing(at):
    moved = "# Nurse\n\nAn old hospital.\n\nGuys, apply today!\n\nYou are truly a ninja of care.\n\nHere we want a rockstar, please.\n"
    (at / "nurse.md").write_text(moved)
    assert told()[0] == []


def test_a_renamed_file_keeps_its_entries(at):
    (at / "nurse.md").rename(at / "ward-nurse.md")
    assert run("check", "ward-nurse.md").exit_code == 0


def test_a_copy_does_not(at):
    (at / "copy.md").write_text(OLD)
    assert run("check", "copy.md").exit_code == 1


def test_entries_that_are_settled_are_told_and_pruned(at):
    (at / "nurse.md").write_text(OLD.replace("rockstar", "nurse"))
    assert "1 finding is in the baseline but not there any more" in said("check", "nurse.md")
    assert "1 settled, 2 left" in run("baseline", "prune", "nurse.md").output
    assert "not there any more" not in said("check", "nurse.md")


def test_it_only_shrinks_unless_told(at):
    (at / "nurse.md").write_text(OLD.replace("rockstar", "guru"))
    assert "1 new, not taken" in run("baseline", "update", "nurse.md").output
    assert told()[0] == ["guru"]
    assert "1 added" in run("baseline", "update", "nurse.md", "--add").output
    assert told()[0] == []


def test_create_overwrites_nothing(at):
    done = run("baseline", "create", "nurse.md")
    assert done.exit_code == 2
    assert "there is a baseline here already" in done.output


def test_it_holds_no_word_of_a_posting_and_says_the_same_twice(at):
    text = (at / "jdlint-baseline.json").read_text()
    assert not any(word in text for word in ("rockstar", "ninja", "Guys"))
    (at / "jdlint-baseline.json").unlink()
    run("baseline", "create", "nurse.md")
    assert (at / "jdlint-baseline.json").read_text() == text


def test_it_is_shown_by_file_and_rule(at):
    shown = run("baseline", "show").output
    assert "nurse.md: " in shown
    assert "heroic-title 2" in shown
    assert "3 findings in 1 file" in shown
    counted = json.loads(run("baseline", "show", "--format", "json").output)
    assert sum(counted["nurse.md"].values()) == 3


def test_create_says_how_it_is_heeded(at):
    assert "  jdlint check nurse.md --baseline 'other one.json'\n" in (
        run("baseline", "create", "nurse.md", "--baseline", "other one.json").output
    )
    (at / "jdlint-baseline.json").unlink()
    created = run("baseline", "create", "nurse.md").output
    assert created.endswith("told by:\n  jdlint check nurse.md\n")


def test_the_way_to_prune_names_the_baseline(at):
    (at / "jdlint-baseline.json").rename(at / "other one.json")
    (at / "nurse.md").write_text("# Nurse\n\nYou care.\n")
    told = said("check", "nurse.md", "--baseline", "other one.json")
    assert "drop with: jdlint baseline prune --baseline 'other one.json'" in told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<<<<<<< HEAD\n{", "in conflict"),
        ("{", "no baseline of jdlint"),
        ("\udcff", "no baseline of jdlint"),
        ("[]", "no baseline of jdlint"),
        ('{"tool": "other", "version": 1, "entries": []}', "version"),
        ('{"tool": "jdlint", "version": 9, "entries": []}', "version 9"),
    ],
)
def test_a_file_that_is_no_baseline_is_one_clear_mistake(at, text, why):
    (at / "jdlint-baseline.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run("check", "nurse.md")
    assert done.exit_code == 2
    assert "jdlint-baseline.json: " in done.output
    assert why in done.output


def test_a_baseline_that_is_not_there_says_how_to_make_one(at):
    (at / "jdlint-baseline.json").unlink()
    assert "jdlint baseline create" in run("check", "nurse.md").output
    assert run("check", "nurse.md", "--no-baseline").exit_code == 1


def test_a_suppression_with_a_reason_stays_a_suppression(at):
    silenced = OLD.replace(
        "We want", "<!-- jdlint-disable-next-line heroic-title -- a band -->\nWe want"
    )
    (at / "nurse.md").write_text(silenced)
    _, summary = told()
    assert (summary["baselined"], summary["suppressed"]) == (2, 1)


def entries(at):
    return json.loads((at / "jdlint-baseline.json").read_text())["entries"]


@pytest.mark.parametrize("file", ["lists/known.json", "../known.json", "postings/known.json"])
@pytest.mark.parametrize("command", [["prune"], ["update"], ["update", "--add"]])
def test_a_baseline_may_stand_anywhere(tmp_path, monkeypatch, file, command):
    here = tmp_path / "here"
    (here / "postings").mkdir(parents=True)
    (here / "lists").mkdir()
    monkeypatch.chdir(here)
    Path("jdlint.yaml").write_text("select: [wording]\n")
    Path("postings/nurse.md").write_text(OLD)
    Path("postings/other.md").write_text(OLD)
    assert run("baseline", "create", "postings", "--baseline", file).exit_code == 0
    monkeypatch.chdir(here / "postings")
    name, file = Path("nurse.md"), f"../{file}"
    assert run("check", name, "--baseline", file).exit_code == 0
    name.write_text(OLD.replace("rockstar", "nurse"))
    assert "1 settled, 5 left" in run("baseline", *command, name, "--baseline", file).output
    name.rename("ward.md")
    assert "0 settled, 5 left" in run("baseline", *command, ".", "--baseline", file).output
    assert run("check", ".", "--baseline", file).exit_code == 0


@pytest.mark.parametrize(
    "fewer",
    [
        ["--select", "heroic-title"],
        ["--ignore", "heroic-title"],
        ["--profile", "minimal"],
        ["--config", "other.yaml"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("renamed", [False, True], ids=["as it was", "renamed"])
def test_rules_that_do_not_run_settle_nothing(at, fewer, renamed):
    (at / "jdlint.yaml").write_text("baseline: jdlint-baseline.json\n")
    (at / "other.yaml").write_text(
        "baseline: jdlint-baseline.json\noverrides:\n- paths: ['*.md']\n  ignore: [wording]\n"
    )
    run("baseline", "update", "--add", "nurse.md")
    before = entries(at)
    if renamed:
        (at / "nurse.md").rename(at / "ward.md")
    assert "not there any more" not in said("check", ".", *fewer)
    assert " 0 settled" in run("baseline", "prune", ".", *fewer).output
    assert len(entries(at)) == len(before)
    assert run("check", ".", "--fail-on", "note").exit_code == 0


def test_a_rule_that_ran_settles_its_own(at):
    (at / "nurse.md").write_text("# Nurse\n")
    done = run("baseline", "prune", "nurse.md", "--select", "heroic-title")
    assert "2 settled, 1 left" in done.output


@pytest.mark.loopback
def test_grammar_that_was_not_checked_settles_nothing(at):
    text = (at / "jdlint-baseline.json").read_text()
    asked = {"path": "nurse.md", "rule": "JD551", "anywhere": "0" * 32}
    (at / "jdlint-baseline.json").write_text(
        text.replace('"entries": [', f'"entries": [{json.dumps(asked)},')
    )
    all_on = ["--select", "all"]
    assert "0 settled" in run("baseline", "prune", "nurse.md", *all_on).output
    nobody = ["--grammar", "server", "--grammar-url", "http://127.0.0.1:9", "--grammar-optional"]
    assert "0 settled" in run("baseline", "prune", "nurse.md", *all_on, *nobody).output
    assert asked in entries(at)


def test_files_that_were_not_looked_at_settle_nothing(at):
    (at / "other.md").write_text(OLD)
    run("baseline", "update", "--add", "other.md")
    (at / "nurse.md").write_text("# Nurse\n")
    assert "0 settled, 6 left" in run("baseline", "prune", "other.md").output


def test_rules_that_compare_files_settle_nothing_until_all_are_there(at):
    (at / "jdlint.yaml").write_text("select: [near-duplicate]\nbaseline: jdlint-baseline.json\n")
    text = "# Ferry engineer\n\nYou keep the engines of the ferry running, and you work in {}.\n"
    text += "\n".join(f"You look after engine {n} and its pump." for n in range(60)) + "\n"
    for name, season in (("first.md", "summer"), ("second.md", "winter")):
        (at / name).write_text(text.format(season))
    run("baseline", "update", "--add", ".")
    assert len(entries(at)) == 3 + 1
    assert "0 settled, 4 left" in run("baseline", "prune", "second.md").output
    (at / "first.md").write_text("# Cook\n\nYou cook.\n")
    assert "1 settled, 3 left" in run("baseline", "prune", ".").output


def test_a_file_that_is_gone_is_settled(at):
    (at / "other.md").write_text("# Cook\n\nYou cook.\n")
    (at / "nurse.md").unlink()
    assert "3 settled, 0 left" in run("baseline", "prune", ".").output


def test_a_file_that_cannot_be_read_settles_nothing(at):
    (at / "nurse.docx").write_bytes(b"PK\x03\x04 no archive")
    (at / "jdlint-baseline.json").write_text(
        (at / "jdlint-baseline.json").read_text().replace("nurse.md", "nurse.docx")
    )
    assert "not there any more" not in said("check", "nurse.docx")
    assert "0 settled, 3 left" in run("baseline", "prune", "nurse.docx").output


NAMES = ["anne", "bert", "carl", "dora", "emil"]


def folder_of_five(at):
    (at / "old").mkdir()
    for number, name in enumerate(NAMES):
        (at / "old" / f"{name}.md").write_text(OLD + "\nWe want a rockstar.\n" * (number % 2))
    assert run("baseline", "update", "--add", "old").exit_code == 0
    assert run("check", "old").exit_code == 0


@pytest.mark.parametrize("command", ["prune", "update"])
def test_a_folder_of_like_postings_can_be_renamed(at, command):
    folder_of_five(at)
    (at / "old").rename(at / "new")
    assert run("check", ".").exit_code == 0
    held = len(entries(at))
    assert f"0 settled, {held} left" in run("baseline", command, ".").output
    assert run("check", ".").exit_code == 0
    assert {e["path"].split("/")[0] for e in entries(at)} == {"nurse.md", "new"}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_new_in_one_of_them_is_new_there(at, name):
    folder_of_five(at)
    (at / "old").rename(at / "new")
    posting = at / "new" / f"{name}.md"
    posting.write_text(posting.read_text() + "\nThe rockstar.\n")
    done = run("check", ".", "--format", "concise", "--quiet")
    assert [line.split(":")[0] for line in done.output.splitlines()] == [f"new/{name}.md"]


def test_like_postings_can_be_renamed_one_by_one(at):
    folder_of_five(at)
    for number, name in enumerate(NAMES):
        (at / "old" / f"{name}.md").rename(at / f"posting-{number}.md")
    assert run("check", ".").exit_code == 0


def test_a_new_posting_is_not_the_one_that_was_deleted(at):
    (at / "nurse.md").unlink()
    (at / "cook.md").write_text("# Cook\n\nWe want a rockstar.\n")
    assert run("check", "cook.md").exit_code == 1


@pytest.mark.skipif(os.name == "nt", reason="such names are not for Windows")
@pytest.mark.parametrize("name", ["post\u00e9 \u8077.md", "two\nlines.md", " blank .md"])
def test_whatever_a_file_is_called(at, name):
    (at / "nurse.md").rename(at / name)
    assert run("check", ".").exit_code == 0
    assert "0 settled, 3 left" in run("baseline", "prune", ".").output
    assert run("check", ".").exit_code == 0


WORDING = {"select": ["wording", "spelling", "plain-language"]}
TITLE = "# Community nurse\n\nWe want a rockstar in Leeds.\n"
SECTIONS = [
    "## About us\n\nGuys, we are a family.\n\nThe ward is large.",
    "## What you will do\n\n- You are a ninja of care.\n- You utilise a car.\n\nYou visit people.",
    "## What you need\n\n- A native English speaker.\n- You are a ninja of care.",
    "## How to apply\n\nWrite to the chairman. Guys, apply now.",
]
BOOK = Rulebook(settle(None, NOWHERE, WORDING))
PLAIN = ["The house stands by the river.", "Our garden has a pond.", "We bake bread on Mondays."]
NEW = [
    "We want a guru.",  # no word of it was there
    "We want a rockstar.",  # one more of what is known
    "You are a ninja of care.",
]
NAMES_OF_FILES = ["nurse.md", "ward.md", "deep/in/folders.md", "two\nlines \u8077.md"]


def count_of_known():
    return len(known_of("\n\n".join([TITLE, *SECTIONS]), "nurse.md"))


def known_of(text, name):
    first = Baseline((), NOWHERE, BOOK)
    first.mark(msgspec.structs.replace(result_of(text, **WORDING), path=str(NOWHERE / name)))
    return [seen.entry for seen in first.seen]


@st.composite
def edited(draw, new=()):
    """The posting with its sections moved and clean paragraphs put in, and each of *new*."""
    blocks = "\n\n".join([TITLE.strip(), *draw(st.permutations(SECTIONS))]).split("\n\n")
    for extra in [*draw(st.lists(st.sampled_from(PLAIN), max_size=4)), *new]:
        blocks.insert(draw(st.integers(2, len(blocks))), extra)
    return "\n\n".join(blocks) + "\n"


def new_in(text, name):
    """What is new in *text*, if the posting as it was is known as nurse.md."""
    known = Baseline(known_of("\n\n".join([TITLE, *SECTIONS]), "nurse.md"), NOWHERE, BOOK)
    result = msgspec.structs.replace(result_of(text, **WORDING), path=str(NOWHERE / name))
    found = [f for f in known.mark(result).findings if not f.suppressed]
    assert len(known.kept) + len(known.stale) == count_of_known()
    assert json.loads(written(known.kept))["version"] == 1
    return found, known


@settings(max_examples=60, deadline=None)
@given(text=edited(), name=st.sampled_from(NAMES_OF_FILES))
def test_whatever_is_edited_elsewhere_nothing_known_becomes_new(text, name):
    found, known = new_in(text, name)
    assert [f.matched for f in found] == []
    assert known.stale == []
    assert {entry.path for entry in known.kept} == {name}


@settings(max_examples=60, deadline=None)
@given(data=st.data(), new=st.sampled_from(NEW), name=st.sampled_from(NAMES_OF_FILES))
def test_one_new_finding_is_always_exactly_one_new(data, new, name):
    found, known = new_in(data.draw(edited([new])), name)
    (only,) = found
    assert only.matched.lower() in new.lower()
    assert known.stale == []


def test_the_posting_of_these_tests_has_something_to_know():
    assert count_of_known() >= 8
