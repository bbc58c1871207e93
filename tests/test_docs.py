"""Every command in the documentation works, and every picture of the terminal is true."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from jdlint.cli import cli

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.S | re.M)


def blocks(language):
    return [
        (page.name, text)
        for page in PAGES
        for kind, text in FENCE.findall(page.read_text("utf-8"))
        if kind == language
    ]


def commands():
    for page, text in blocks("sh"):
        for line in text.splitlines():
            if command := line.split("#")[0].strip():
                yield page, command


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder as a reader has it: the examples, some postings, and nothing else of ours."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "examples", tmp_path / "postings")
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("page", "command"), list(commands()))
def test_a_command_in_the_documentation_works(checkout, page, command):
    program, *argv = shlex.split(command)
    if program == "make":
        done = subprocess.run(["make", "-n", *argv], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    elif program == "pip":
        assert argv == ["install", "."]  # tests/test_packaging.py installs it
    else:
        assert program == "jdlint", f"{page}: what is {program}?"
        done = CliRunner().invoke(cli, argv)
        assert done.exit_code in (0, 1), f"{page}: {command}\n{done.output}"
        assert done.exception is None or isinstance(done.exception, SystemExit)


def pictures():
    return [(page, text) for page, text in blocks("text") if text.startswith("$ jdlint ")]


@pytest.mark.parametrize(("page", "text"), pictures())
def test_a_picture_of_the_terminal_is_true(checkout, page, text):
    command, _, shown = text.partition("\n")
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command[2:])],
        capture_output=True, text=True, env={**os.environ, "COLUMNS": "80"}, encoding="utf-8",
    )  # fmt: skip
    assert done.stdout == shown, f"{page} shows something else than {command}"
    assert all(len(line) <= 100 for line in shown.splitlines())


def excerpts():
    found = [(p, text) for p, text in blocks("console") if text.startswith("$ jdlint ")]
    return [(page, text) for page, text in found if "…" in text]


@pytest.mark.parametrize(("page", "text"), excerpts())
def test_a_picture_with_parts_left_out_is_true(checkout, page, text):
    command, _, shown = text.partition("\n")
    done = CliRunner().invoke(cli, shlex.split(command[2:])[1:])
    assert re.fullmatch(".*?".join(map(re.escape, shown.split("…"))), done.output + "\n", re.S)


def test_there_are_pictures_for_those_who_would_rather_look():
    assert len(pictures()) >= 3


def test_the_readme_begins_with_the_two_commands():
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.index("make demo") < text.index("make test") < text.index("## ")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_inside_the_repository_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_key_of_the_configuration_is_documented():
    from jdlint.config import Config

    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    for key in Config.__struct_fields__:
        assert re.search(rf"^{key}:", text, re.M), f"docs/configuration.md does not show {key}"


def test_the_example_of_a_configuration_is_valid(checkout):
    from jdlint.config import settle

    (sample,) = [t for p, t in blocks("yaml") if p == "configuration.md" and "profile:" in t]
    sample = sample.replace("extends: [../shared/jdlint.yaml]", "extends: []")
    sample = sample.replace("baseline: jdlint-baseline.json", 'baseline: ""')
    sample = sample.replace("packs: [acme]", "packs: []").replace("[our-rules]", "[]")
    sample = sample.replace('include: ["postings/**/*.md"]', 'include: ["examples/**/*.md"]')
    (checkout / "jdlint.yaml").write_text(sample)
    settle(None, checkout, {})
    assert CliRunner().invoke(cli, ["check", "examples", "--config", "jdlint.yaml"]).exit_code in (
        0,
        1,
    )
