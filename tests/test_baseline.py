"""The baseline: known findings stay silent while texts move, and new ones do not."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.baseline import Baseline, written
from tests.lint import result_of
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
    assert "1 entry; run 'jdlint baseline prune'" in " ".join(
        run("check", "nurse.md").output.split()
    )
    assert "1 settled, 2 left" in run("baseline", "prune", "nurse.md").output
    assert "Settled" not in run("check", "nurse.md").output


def test_it_only_shrinks_unless_told(at):
    (at / "nurse.md").write_text(OLD.replace("rockstar", "guru"))
    assert "1 new ones not taken" in run("baseline", "update", "nurse.md").output
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
    assert "3 findings in 1 file" in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no baseline of jdlint"),
        ("[]", "no baseline of jdlint"),
        ('{"tool": "other", "version": 1, "entries": []}', "version"),
        ('{"tool": "jdlint", "version": 9, "entries": []}', "version 9"),
    ],
)
def test_a_file_that_is_no_baseline_is_one_clear_mistake(at, text, said):
    (at / "jdlint-baseline.json").write_text(text)
    done = run("check", "nurse.md")
    assert done.exit_code == 2
    assert "jdlint-baseline.json: " in done.output
    assert said in done.output


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


PARAGRAPHS = [
    "We want a rockstar.", "You are a ninja of care.", "Guys, apply now.", "The ward is large.",
    "You will look after patients.", "Chairman of the board is a lady.",
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    order=st.permutations(PARAGRAPHS), extra=st.lists(st.sampled_from(PARAGRAPHS[3:5]), max_size=3)
)
def test_whatever_the_order_of_paragraphs_nothing_is_new(order, extra):
    def text(parts):
        return "# Nurse\n\n" + "\n\n".join(parts) + "\n"

    first = Baseline((), Path())
    first.mark(result_of(text(PARAGRAPHS), select=["wording"]))
    known = Baseline([seen.entry for seen in first.seen], Path())
    again = known.mark(result_of(text([*order, *extra]), select=["wording"]))
    assert [f.matched for f in again.findings if not f.suppressed] == []
    assert json.loads(written(known.entries))["version"] == 1
