"""Postings of one run held against each other: what is said depends on no order and no process."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from jdlint.checks.trace import likeness, sketch
from jdlint.cli import cli

TEXT = """\
---
id: {id}
title: Ferry engineer
---

The ferry crosses the sound six times a day in summer and twice in winter. You keep its two
engines running, plan their overhaul, and train the crew in what to do when one of them stops.
You write the log each evening, order the spare parts, and speak with the yard in the harbour
about what it must mend in spring. You work in a crew of four, with two weeks on board and two
weeks at home. You hold a certificate for engines of this size and you know diesel and pumps.
"""


@pytest.fixture
def at(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*argv):
    done = CliRunner().invoke(
        cli, ["check", *map(str, argv), "--select", "across", "--format", "json"]
    )
    assert done.exit_code in (0, 1), done.output
    return [
        (f["path"], f["name"], f["line"], f["suppressed"])
        for f in json.loads(done.stdout)["findings"]
    ]


def written(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text)


def test_the_later_of_two_postings_with_one_id_is_told_of_the_earlier(at):
    written(at, a=TEXT.format(id=7), b=TEXT.format(id=7).replace("Ferry engineer", "Stoker"))
    assert found(".") == [("b.md", "shared-identity", 3, False)]


def test_a_posting_alone_is_held_against_nothing(at):
    written(at, a=TEXT.format(id=7))
    assert found("a.md") == []


def test_the_order_of_the_files_changes_nothing(at):
    written(at, a=TEXT.format(id=7), b=TEXT.format(id=8), c=TEXT.format(id=8))
    told = found("a.md", "b.md", "c.md")
    assert {name for _, name, _, _ in told} == {"near-duplicate", "shared-identity"}
    assert found("c.md", "a.md", "b.md") == told


def test_the_number_of_processes_changes_nothing(at):
    for number in range(70):
        written(at, **{f"p{number}": TEXT.format(id=number % 30)})
    assert found(".", "--jobs", "2") == found(".")


def test_a_suppression_in_the_posting_holds_and_counts_as_used(at):
    quiet = "\n<!-- jdlint-disable-file near-duplicate -- a test of two adverts -->\n"
    written(at, a=TEXT.format(id=7), b=TEXT.format(id=8) + quiet)
    assert found(".") == [("b.md", "near-duplicate", 3, True)]
    done = CliRunner().invoke(cli, ["check", ".", "--select", "JD911", "--select", "across"])
    assert "JD911" not in done.output


def test_files_are_counted_once(at):
    written(at, a=TEXT.format(id=7), b=TEXT.format(id=7))
    done = CliRunner().invoke(cli, ["check", ".", "--select", "across", "--format", "json"])
    assert json.loads(done.stdout)["summary"]["files"] == 2


def test_a_posting_in_another_place_is_no_duplicate(at):
    place = "title: Ferry engineer\nlocation: {}\n"
    for name in ("Oban", "Dover"):
        text = TEXT.format(id=name).replace("title: Ferry engineer\n", place.format(name))
        written(at, **{name: text})
    assert found(".") == []


words = st.lists(
    st.sampled_from(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st"]),
    min_size=1,
    max_size=60,
)


@given(words, words)
def test_likeness_is_a_share_that_does_not_ask_who_comes_first(one, two):
    share = likeness(sketch(one), sketch(two))
    assert 0 <= share <= 1
    assert share == likeness(sketch(two), sketch(one))
    assert likeness(sketch(one), sketch(one)) == 1
