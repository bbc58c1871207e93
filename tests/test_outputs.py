"""Where reports go: never over a posting, and reports that lie about are no postings."""

import subprocess
from pathlib import Path

import pytest

from jdlint.report import FORMATS
from tests.test_cli import run
from tests.test_gate import command

BAD = "# Nurse\n\nWe want a rockstar nurse.\n"
ONLY = ("--select", "heroic-title")
ALL = [f"--output={name}=out.{name}" for name in FORMATS]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("nurse.md").write_text(BAD)
    return tmp_path


@pytest.mark.parametrize("where", [".", "nurse.md", "*.md"])
@pytest.mark.parametrize(
    "option", [["-o", "nurse.md"], ["--output", "sarif=./nurse.md"], ["--evidence", "nurse.md"]]
)
def test_no_report_takes_the_place_of_a_posting(where, option):
    done = run("check", where, *ONLY, *option)
    assert done.exit_code == 2
    assert "nurse.md" in done.output
    assert "would overwrite" in done.output
    assert [file.name for file in Path().iterdir()] == ["nurse.md"]
    assert Path("nurse.md").read_text() == BAD


@pytest.mark.parametrize("name", ["jdlint.yaml", "known.json"])
def test_nor_that_of_what_the_run_goes_by(name):
    Path("jdlint.yaml").write_text("baseline: known.json\n")
    run("baseline", "create", "nurse.md")
    before = Path(name).read_text()
    done = run("check", "-o", name)
    assert done.exit_code == 2
    assert f"{name} would overwrite what the run goes by" in done.output
    assert Path(name).read_text() == before


def test_nor_that_of_another_report():
    done = run("check", ".", "--output", "json=x.json", "--evidence", "x.json")
    assert done.exit_code == 2
    assert "json and evidence would both go to x.json" in done.output


def test_all_reports_at_once_and_again_into_the_folder_that_is_linted():
    runs = []
    for _ in range(2):
        assert run("check", ".", *ONLY, *ALL).exit_code == 1
        runs.append({name: Path(f"out.{name}").read_bytes() for name in FORMATS})
    assert runs[0] == runs[1]


ENDINGS = {
    "text": "txt", "concise": "md", "markdown": "md", "json": "json", "jsonl": "jsonl",
    "sarif": "json", "github": "txt", "gitlab": "json", "junit": "xml", "checkstyle": "xml",
    "rdjsonl": "jsonl",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_of_an_earlier_run_is_no_posting(name):
    ending = ENDINGS[name]
    for _ in range(2):
        run("check", ".", *ONLY, "--output", f"{name}=report.{ending}")
    done = run("check", ".", "--profile", "strict", "--format", "concise")
    assert "nurse.md" in done.output
    assert "report." not in done.output
    assert "in 1 posting." in done.output


@pytest.mark.parametrize("text", ["# Nurse\n\nYou will care for patients.\n", BAD])
@pytest.mark.parametrize(
    "option", ["--output=markdown=a.md", "--output=text=a.txt", "--evidence=a.md"]
)
def test_so_are_the_report_on_a_clean_posting_and_the_evidence(text, option):
    Path("nurse.md").write_text(text)
    for _ in range(2):
        run("check", ".", *ONLY, option)
    assert "in 1 posting." in run("check", ".", *ONLY).output


def test_a_report_that_is_named_is_linted_and_may_be_overwritten():
    run("check", ".", *ONLY, "--output", "markdown=a.md")
    assert "a.md" in run("check", "a.md", "--select", "structure", "--format", "concise").output
    assert run("check", "nurse.md", *ONLY, "-o", "a.md").exit_code == 1
    assert "rockstar" in Path("a.md").read_text()


@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_is_told_in_a_line(name):
    argv, env = command("check", "nurse.md", *ONLY, "--output", f"{name}=/dev/full")
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "/dev/full: the report cannot be written (No space left on device)" in done.stderr


def test_so_is_standard_output_that_takes_nothing_more():
    argv, env = command("check", "nurse.md", *ONLY)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(argv, env=env, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "jdlint: standard output cannot be written (No space left on device)\n"
