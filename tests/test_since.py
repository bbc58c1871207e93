"""``--since``: what changed in a real git repository, and nothing else."""

import subprocess

import pytest

from tests.test_cli import run

OLD = "# Nurse\n\nWe want a rockstar.\n\nYou care for people.\n"


def git(folder, *argv):
    names = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *argv], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def at(tmp_path, monkeypatch):
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.chdir(root)
    git(root, "init", "-q", "-b", "main")
    (root / "jdlint.yaml").write_text("select: [wording]\n")
    for name in ("old.md", "other one.md"):
        (root / name).write_text(OLD)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    git(root, "checkout", "-qb", "work")
    return root


def places(*options):
    done = run("check", ".", "--format", "concise", "--quiet", *options)
    return sorted(line.split(": ")[0] for line in done.output.splitlines() if " JD" in line)


def test_without_a_change_nothing_is_linted(at):
    assert places("--since", "main") == []


def test_committed_changed_and_new_files_count(at):
    (at / "old.md").write_text(OLD + "\nGuys!\n")
    git(at, "commit", "-qam", "second")
    (at / "new post\u00e9.md").write_text(OLD)
    assert places("--since", "main") == ["new post\u00e9.md:3:11", "old.md:3:11", "old.md:7:1"]


def test_only_changed_lines_of_them_if_wanted(at):
    (at / "other one.md").write_text(OLD + "\nGuys!\n")
    assert places("--since", "main", "--changed-lines") == ["other one.md:7:1"]


@pytest.mark.parametrize(
    ("new", "place"),
    [
        (OLD + "\nWe want a rockstar.\n", "old.md:7:11"),
        ("# Nurse\n\nHere a rockstar sings.\n" + OLD[7:], "old.md:3:8"),
    ],
    ids=["behind", "before"],
)
def test_beside_a_baseline_the_finding_on_a_changed_line_is_the_new_one(at, new, place):
    assert run("baseline", "create", ".").exit_code == 0
    (at / "old.md").write_text(new)
    with_baseline = ("--since", "main", "--baseline", "jdlint-baseline.json")
    assert len(places(*with_baseline)) == 1
    assert places(*with_baseline, "--changed-lines") == [place]


def test_a_renamed_file_has_only_the_lines_that_changed(at):
    git(at, "mv", "old.md", "renamed.md")
    (at / "renamed.md").write_text(OLD + "\nGuys!\n")
    assert places("--since", "main", "--changed-lines") == ["renamed.md:7:1"]


def test_what_the_other_branch_did_since_does_not_count(at):
    git(at, "checkout", "-q", "main")
    (at / "old.md").write_text(OLD + "\nGuys!\n")
    git(at, "commit", "-qam", "elsewhere")
    git(at, "checkout", "-q", "work")
    assert places("--since", "main") == []


def test_a_finding_about_the_posting_as_a_whole_stays_with_its_file(at):
    (at / "jdlint.yaml").write_text("select: [missing-pay]\n")
    (at / "old.md").write_text("# Nurse\n\n## Duties\n\n" + "You care for people at home. " * 60)
    assert places("--since", "main", "--changed-lines") == ["old.md:1:3"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--since", "mian"], "did you mean 'main'?"),
        (["--changed-lines"], "--changed-lines needs --since"),
    ],
)
def test_mistakes_are_told(at, options, said):
    done = run("check", ".", *options)
    assert done.exit_code == 2
    assert said in done.output


def test_outside_of_a_repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(OLD)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "no git repository" in run("check", "a.md", "--since", "main").output


def test_a_shallow_clone_is_told_what_to_do(at, tmp_path, monkeypatch):
    (at / "old.md").write_text(OLD + "\nMore.\n")
    git(at, "commit", "-qam", "second")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "work", at.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    done = run("check", ".", "--since", "origin/main")
    assert done.exit_code == 2
    assert "fetch-depth: 0" in done.output
