"""The measured precision of the wording cards: a table that fits the cards, and its making."""

import csv
import importlib.util
import json
from pathlib import Path

import pytest

from jdlint.checks import load
from jdlint.checks.card import Level, Profile
from jdlint.report import pages
from jdlint.store import table

ROOT = Path(__file__).parent.parent
CARDS = {card.id: card for card in load.shipped()}
PARTS = table("measured")
ENOUGH = 5
"""Fewer findings say nothing about a card."""


@pytest.mark.parametrize("part", PARTS)
def test_the_table_fits_the_cards(part):
    wording = {id_ for id_, card in CARDS.items() if card.category == "wording"}
    assert PARTS[part]["rules"].keys() <= wording, "measure again: a card is gone"
    assert PARTS[part]["postings"] > 0
    for rule, count in PARTS[part]["rules"].items():
        assert 0 <= count["right"] <= count["findings"], rule


@pytest.mark.parametrize("part", PARTS)
def test_what_is_recommended_is_precise_on_real_postings(part):
    """0.9 for errors and warnings, 0.75 for notes; else the profile of a card is strict."""
    for rule, count in PARTS[part]["rules"].items():
        card = CARDS[rule]
        if card.profile is not Profile.STRICT and count["findings"] >= ENOUGH:
            floor = 0.75 if card.severity is Level.NOTE else 0.9
            assert count["right"] / count["findings"] >= floor, f"{rule} {card.name}"


def test_verdicts_are_single_terms_of_cards_that_exist():
    with (Path(__file__).parent / "data" / "verdicts.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert rows
    for row in rows:
        assert row["rule"] in CARDS
        assert row["verdict"] in ("yes", "no")
        assert bool(row["why"]) == (row["verdict"] == "no")
        assert len(row["matched"].split()) <= 8
    keys = [(r["rule"], r["file"], r["at"], r["matched"]) for r in rows]
    assert len(keys) == len(set(keys))


def test_a_page_tells_what_was_measured():
    met = {r for r, c in PARTS["labels"]["rules"].items() if c["findings"]}
    (name,) = {PARTS["labels"]["corpus"]}
    for rule in ("JD174", "JD193"):
        count = PARTS["labels"]["rules"][rule]
        figure = (
            f"{count['right']} of {count['findings']} findings on" if rule in met else "not met in"
        )
        row = next(x for x in pages.page(CARDS[rule]).splitlines() if x.startswith("| Measured "))
        assert f"| {figure} {PARTS['labels']['postings']} postings of {name}" in row


def test_pages_of_cards_about_other_things_have_no_such_row():
    assert "| Measured " not in pages.page(CARDS["JD305"])


@pytest.fixture
def measure(tmp_path, monkeypatch):
    """The script, with a table and a corpus of its own."""
    spec = importlib.util.spec_from_file_location("measure", ROOT / "scripts" / "measure.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TABLE", tmp_path / "measured.yaml")
    corpus = tmp_path / "corpus"
    (corpus / "a").mkdir(parents=True)
    (corpus / "a" / "one.md").write_text("# Developer\n\nWe want a rockstar and a guru.\n")
    (corpus / "a" / "two.md").write_text("# Nurse\n\nYou care for patients. No ninja.\n")

    def run(*argv):
        monkeypatch.setattr("sys.argv", ["measure.py", "--corpus", str(corpus), *argv])
        module.main()

    return run


def labelled(folder):
    """Labels of two editors, of whom one marks the rockstar and neither the guru."""
    folder.mkdir()
    sample = [[{"id": "one", "file": "a/one.md"}, {"id": "two", "file": "a/two.md"}]]
    (folder / "sample.json").write_text(json.dumps(sample))
    for editor, quotes in (("A", ["a rockstar"]), ("B", [])):
        rows = [
            {"id": "one", "problems": [{"quote": q, "category": "idiom"} for q in quotes]},
            {"id": "two", "problems": []},
        ]
        text = "\n".join(map(json.dumps, rows))
        (folder / f"d-{editor}.jsonl").write_text(text)
    return str(folder)


def test_findings_are_held_against_labels(measure, tmp_path):
    measure("--labels", labelled(tmp_path / "labels"), "--date", "2026-11-27")
    text = (tmp_path / "measured.yaml").read_text()
    assert "    JD174: {findings: 2, right: 1}\n" in text
    assert "    JD101: {findings: 0, right: 0}\n" in text
    assert '  date: "2026-11-27"\n' in text
    assert "  postings: 2\n" in text


def test_only_findings_without_a_verdict_are_listed_and_then_counted(measure, tmp_path, capsys):
    measure("--unread")
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [(r["rule"], r["file"], r["at"], r["matched"]) for r in rows] == [
        ("JD174", "a/one.md", "23", "rockstar"),
        ("JD174", "a/one.md", "38", "guru"),
    ]
    assert "[[guru]]" in rows[1]["context"]
    verdicts = tmp_path / "verdicts.csv"
    verdicts.write_text("rule,file,at,matched,verdict,why\nJD174,a/one.md,23,rockstar,yes,\n")
    measure("--unread", "--verdicts", str(verdicts))
    assert [r["matched"] for r in csv.DictReader(capsys.readouterr().out.splitlines())] == ["guru"]
    with pytest.raises(SystemExit, match="1 findings have no verdict"):
        measure("--verdicts", str(verdicts), "--date", "2026-11-27")
    with verdicts.open("a") as more:
        more.write("JD174,a/one.md,38,guru,no,a teacher of yoga\nJD174,a/gone.md,1,ninja,no,x\n")
    measure("--verdicts", str(verdicts), "--date", "2026-11-27")
    assert "    JD174: {findings: 2, right: 1}\n" in (tmp_path / "measured.yaml").read_text()


def test_one_measurement_leaves_the_other_in_the_table(measure, tmp_path):
    verdicts = tmp_path / "verdicts.csv"
    verdicts.write_text(
        "# a note\nrule,file,at,matched,verdict,why\n"
        "JD174,a/one.md,23,rockstar,yes,\nJD174,a/one.md,38,guru,yes,\n"
    )
    labels = labelled(tmp_path / "labels")
    measure("--labels", labels, "--date", "2026-11-27")
    measure("--labels", labels, "--verdicts", str(verdicts), "--date", "2026-11-28")
    text = (tmp_path / "measured.yaml").read_text()
    assert text.count("2026-11-28") == 2
    assert "JD174: {findings: 2, right: 1}" in text
    assert "JD174: {findings: 2, right: 2}" in text
