"""Whole real postings against what jdlint says of them, as a person has read and approved it.

The records are what ``jdlint check`` and ``jdlint inspect`` print, byte for byte. When an
output changes on purpose, rewrite the records and read the difference before keeping it:
``UPDATE_RECORDS=1 pytest tests/test_postings.py``, then ``git diff tests/postings/records``.
"""

import difflib
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from jdlint.cli import cli

FOLDER = Path(__file__).parent / "postings"
RECORDS = FOLDER / "records"
POSTINGS = sorted(p.name for p in FOLDER.iterdir() if p.is_file() and p.stem != "ATTRIBUTION")
COMMANDS = {
    "out": ["check", "--as-of", "2026-01-01"],
    "inspect": ["inspect"],
}
REWRITE = "UPDATE_RECORDS=1 pytest tests/test_postings.py"


def printed(command, name, monkeypatch):
    """What jdlint prints of the posting *name*, called from its folder without a configuration."""
    monkeypatch.chdir(FOLDER)
    done = CliRunner().invoke(cli, [*command, name])
    assert done.exit_code in (0, 1), done.output
    assert not done.stderr
    return done.stdout


def difference(record, now, name):
    """The lines by which *now* differs from *record*, and how to make it the record."""
    lines = difflib.unified_diff(
        record.splitlines(), now.splitlines(), f"records/{name}", "printed now", lineterm=""
    )
    return "\n".join([*lines, "", f"If this is right: {REWRITE}"])


@pytest.mark.parametrize("kind", COMMANDS)
@pytest.mark.parametrize("name", POSTINGS)
def test_a_posting_is_reported_as_recorded(name, kind, monkeypatch):
    now = printed(COMMANDS[kind], name, monkeypatch)
    record = RECORDS / f"{name}.{kind}"
    if os.environ.get("UPDATE_RECORDS") == "1":
        record.write_bytes(now.encode())
    before = record.read_bytes().decode() if record.exists() else ""
    assert before == now, difference(before, now, record.name)


def test_every_record_belongs_to_a_posting():
    expected = {f"{name}.{kind}" for name in POSTINGS for kind in COMMANDS}
    assert {path.name for path in RECORDS.iterdir()} == expected


def test_a_difference_is_shown_with_the_command_that_accepts_it():
    shown = difference("a.md:1:1: note JD000 old\n", "a.md:1:1: note JD000 new\n", "a.md.out")
    assert shown.splitlines()[3:5] == ["-a.md:1:1: note JD000 old", "+a.md:1:1: note JD000 new"]
    assert shown.endswith(REWRITE)
