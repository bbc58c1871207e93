"""What ``jdlint inspect`` says of readability: scores with their bands, and only on enough text."""

import json

import pytest
from click.testing import CliRunner

from jdlint import store
from jdlint.cli import cli
from jdlint.report import outline, reading

SENTENCE = "You bake bread and rolls for the whole town each day.\n"


def inspected(tmp_path, text, *options, name="posting.md"):
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return CliRunner().invoke(cli, ["inspect", str(file), *options]).output


def data(tmp_path, text):
    (posting,) = json.loads(inspected(tmp_path, text, "--format", "json"))["postings"]
    return posting


def test_scores_of_the_posting_and_of_a_section_that_is_long_enough(tmp_path):
    text = f"# Baker\n\n## What you will do\n\n{SENTENCE * 12}\n## Pay\n\n{SENTENCE * 8}"
    posting = data(tmp_path, text)
    row = posting["readability"]
    assert (row["words"], row["sentences"], row["you"], row["we"]) == (220, 20, 20, 0)
    assert (row["grade"], row["grade_band"]) == (0.5, "plain")
    assert (row["ease"], row["ease_band"]) == (111.1, "plain")
    sections = {s["kind"]: s["readability"] for s in posting["sections"]}
    assert sections["responsibilities"] == {
        "words": 132, "sentences": 12, "grade": row["grade"], "ease": row["ease"],
    }  # fmt: skip
    assert sections["pay"] is None


@pytest.mark.parametrize("text", [SENTENCE * 18, SENTENCE.replace(".", " and") * 40, ""])
def test_too_little_text_has_no_score(tmp_path, text):
    row = data(tmp_path, f"# Baker\n\n## What you will do\n\n{text}")["readability"]
    assert row["grade"] is row["ease"] is row["grade_band"] is row["ease_band"] is None
    shown = inspected(tmp_path, f"# Baker\n\n{text}")
    assert "no score on less than 200 words of prose in 10 sentences" in shown


def test_another_language_has_no_score(tmp_path):
    text = (
        "# Bäcker\n\n" + "Sie backen mit uns das Brot und die Brötchen für die ganze Stadt.\n" * 30
    )
    assert data(tmp_path, text)["readability"]["grade"] is None
    assert "the formulas are for English" in inspected(tmp_path, text)


def test_a_person_sees_where_the_text_stands(tmp_path):
    shown = inspected(tmp_path, f"# Baker\n\n{SENTENCE * 20}").splitlines()
    assert "    grade   0   [plain to 11]  usual to 14   hard above" in shown
    assert "    ease    111 [plain 60+]  fairly hard 50+   hard 30+   very hard below" in shown


@pytest.mark.parametrize(
    ("name", "score", "band"),
    [
        ("grade", 11.4, "plain"), ("grade", 11.6, "usual"), ("grade", 15.0, "hard"),
        ("grade", -3.0, "plain"), ("ease", 60.0, "plain"), ("ease", 59.4, "fairly hard"),
        ("ease", 30.0, "hard"), ("ease", -5.0, "very hard"), ("ease", 120.0, "plain"),
        ("ease", None, None),
    ],
)  # fmt: skip
def test_the_band_is_that_of_the_whole_number(name, score, band):
    assert reading._band(name, score) == band


def test_the_hardest_grade_that_is_usual_is_where_the_rule_begins():
    from jdlint.checks.load import shipped

    (card,) = [c for c in shipped() if c.name == "high-grade"]
    usual = [band["to"] for band in store.table("bands")["grade"] if band["name"] == "usual"]
    assert usual == [card.at_most]


def test_the_text_fits_into_80_columns(tmp_path):
    heading = "What the person who takes up this post will do in the first year and beyond it " * 2
    text = f"# {heading}\n\n## {heading}\n\n{SENTENCE * 30}\n## 工作 {'工作' * 60}\n\n{SENTENCE}"
    for line in inspected(tmp_path, text).splitlines()[1:]:
        assert outline.width(line) <= 80, line
