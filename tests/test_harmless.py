"""Nothing in a repository steers the terminal or the runner that shows what jdlint says of it."""

import json
import os
import re
from pathlib import Path

import pytest
from lxml import etree

from jdlint.report import FORMATS
from tests.test_cli import run

EVIL = "::error::x ##[error]y \x1b[31m ]]> | `z` <b> @team"
NAMES = [
    "a\n::error::b.md", "::error::c.md", "d|`e`]]>.md", "f\x1b[31m.md", "g,line=3::h.md",
    "i%0A::error::j.md", "k&<>\"'.md", "l\u202em.md", "[n](o).md", "p\r::error::q.md",
]  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        Path(name).write_text(f"# Nurse {EVIL}\n\n{EVIL} We want a rockstar {EVIL}\n")
    os.mkfifo("r\n::error::\x1b[31m.md")


def steered(text):
    """The commands to a terminal or to a runner in *text*."""
    return re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|^\s*::|##\[", text, re.M)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format(name):
    done = run("check", ".", "--select", "heroic-title", "--format", name)
    assert done.exit_code == 2
    commands = re.compile(
        r"^::(warning|error) [^:\n]*::[^\n]*$|^::(notice|group|endgroup)\b.*", re.M
    )
    shown = commands.sub("", done.stdout) if name == "github" else done.stdout
    assert steered(shown) == []
    assert done.stdout.count("rockstar") >= len(NAMES)


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "junit", "checkstyle"])
def test_each_format_for_machines_can_still_be_read(name):
    text = run("check", ".", "--select", "heroic-title", "--format", name).stdout
    read = etree.fromstring if name in ("junit", "checkstyle") else json.loads
    assert read(text.encode()) is not None


def test_the_evidence_and_what_jdlint_understood():
    run("check", ".", "--evidence", "evidence.md")
    assert steered(Path("evidence.md").read_text()) == []
    done = run("inspect", ".", "r\n::error::\x1b[31m.md")
    assert steered(done.stdout) == []
    assert steered(done.stderr) == []
    assert "this is no regular file" in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        r'profile: "\n::error::x\e[31m"', r'select: ["\n::error::x"]', r'"\n::error::x": 1',
        r'accept: [{"\n::error::y": 1}]', r'law: {jurisdictions: ["\n::error::z ##[error]"]}',
        r'extends: "\n::error::z.yaml"', r'baseline: "\n::error::b\e[2J.json"',
        r'rule_folders: ["\n::error::z"]',
    ],
)  # fmt: skip
def test_a_mistake_in_the_configuration(line):
    Path("jdlint.yaml").write_text(line)
    done = run("check", ".")
    assert done.exit_code == 2
    assert done.stderr.startswith("jdlint: ")
    assert steered(done.stderr) == []
