"""The traps of spelling: what each dialect's editor would mark, and what a plain map marks too."""

import re
from pathlib import Path

import pytest
import yaml

from tests.lint import lint

DATA = Path(__file__).parent / "data" / "spelling-traps.yaml"
TRAPS = yaml.safe_load(DATA.read_text(encoding="utf-8"))
MARKED = re.compile(r"\[([^\]]+)\]")


def spoken(text, dialect):
    """What the cards on spelling report in *text*, in order."""
    found = lint(f"We see {text}.\n", dialect=dialect, profile="recommended")
    return [f.matched for f in found if f.category == "spelling"]


def cases(key):
    return [
        pytest.param(text, id=f"{name}: {text}")
        for name, row in TRAPS.items()
        for text in row.get(key, [])
    ]


def test_the_table_has_a_row_for_each_trap():
    assert len(TRAPS) == 89
    assert all(set(row) <= {"uk", "us", "fine"} and any(row.values()) for row in TRAPS.values())


@pytest.mark.parametrize("text", cases("uk"))
def test_a_british_editor_marks_it(text):
    assert spoken(MARKED.sub(r"\1", text), "UK") == MARKED.findall(text)


@pytest.mark.parametrize("text", cases("us"))
def test_an_american_editor_marks_it(text):
    assert spoken(MARKED.sub(r"\1", text), "US") == MARKED.findall(text)


@pytest.mark.parametrize("dialect", ["UK", "US"])
@pytest.mark.parametrize("text", cases("fine"))
def test_nobody_marks_it(text, dialect):
    assert spoken(text, dialect) == []
