"""``--since``: what changed in a real git repository, and nothing else."""

import os
import re
import shutil
import subprocess

import pytest

from tests.test_cli import run
from tests.test_packaging import ROOT

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


@pytest.mark.parametrize("mend", ["--fix", "--diff"])
def test_changed_lines_alone_are_not_mended(at, mend):
    (at / "old.md").write_text(OLD + "\nGuys!\n")
    refused = run("check", "--since", "main", "--changed-lines", mend, ".")
    assert refused.exit_code == 2
    assert "leave --changed-lines out" in refused.output
    assert (at / "old.md").read_text() == OLD + "\nGuys!\n"


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


def test_the_commands_of_the_page_on_old_repositories_work_one_after_the_other(at):
    page = (ROOT / "docs" / "baseline.md").read_text("utf-8")
    commands = re.findall(r"^\$ jdlint (.+)$", page, re.MULTILINE)
    assert len(commands) == 7
    (at / "postings").mkdir()
    (at / "old.md").rename(at / "postings" / "old.md")
    for command in commands:
        done = run(*command.split())
        assert done.exit_code == 0, f"{command}: {done.output}"
        git(at, "add", "-A")
        git(at, "commit", "-qm", "step", "--allow-empty")
        git(at, "branch", "-f", "main")


LONG = "# Nurse\n\n" + "".join(f"You look after ward {n}.\n\n" for n in range(30)) + OLD[9:]


@pytest.fixture
def long(at):
    """A posting whose last line but two has a finding, committed; its place in the file."""
    (at / "long.md").write_text(LONG)
    git(at, "add", "-A")
    git(at, "commit", "-qm", "long")
    git(at, "branch", "-f", "main")
    return f"{LONG[: LONG.index('rockstar')].count(chr(10)) + 1}:11"


SETTINGS = [
    ("diff.noprefix", "true"),
    ("diff.mnemonicPrefix", "true"),
    ("diff.interHunkContext", "99"),
    ("diff.context", "99"),
    ("diff.external", "false"),
    ("diff.renames", "false"),
    ("diff.renames", "copies"),
    ("diff.renameLimit", "1"),
    ("diff.orderFile", "not-there"),
    ("diff.submodule", "diff"),
    ("diff.relative", "true"),
    ("diff.posting.textconv", "tr a-z A-Z < "),
    ("diff.posting.command", "false"),
    ("core.quotePath", "false"),
    ("core.quotePath", "true"),
    ("core.pager", "false"),
    ("core.fsmonitor", "false"),
    ("color.ui", "always"),
    ("status.showUntrackedFiles", "no"),
    ("diff.ignoreSubmodules", "all"),
]


@pytest.mark.parametrize(("key", "value"), SETTINGS)
@pytest.mark.parametrize("name", ["long.md", "l\u00f6ng one.md"])
def test_the_settings_of_the_user_change_no_line(at, long, key, value, name):
    git(at, "config", key, value)
    (at / ".git" / "info" / "attributes").write_text("*.md diff=posting\n")
    git(at, "mv", "long.md", "moved.md")
    (at / "moved.md").rename(at / name)
    (at / name).write_text("# Nurse\n\nGuys!\n" + LONG[7:] + "\nThe ninja.\n")
    git(at, "add", "-A")
    last = 3 + LONG.count("\n") + 2
    assert places("--since", "main", "--changed-lines") == [f"{name}:3:1", f"{name}:{last}:5"]


@pytest.mark.parametrize(
    ("key", "value"),
    [("GIT_DIFF_OPTS", "--unified=99"), ("GIT_EXTERNAL_DIFF", "false"), ("GIT_DIR", "elsewhere")],
)
def test_nor_does_the_environment(at, long, monkeypatch, key, value):
    (at / "long.md").write_text(LONG.replace("ward 3.", "ward 3, guys."))
    monkeypatch.setenv(key, value)
    assert places("--since", "main", "--changed-lines") == ["long.md:9:24"]


def renamed(at):
    git(at, "mv", "long.md", "renamed.md")
    git(at, "mv", "old.md", "other/old.md")


def renamed_without_git(at):
    (at / "long.md").rename(at / "renamed.md")
    git(at, "add", "-A")


def made_executable(at):
    (at / "long.md").chmod(0o755)
    git(at, "commit", "-qam", "mode")


def touched(at):
    os.utime(at / "long.md", (1, 1))


@pytest.mark.parametrize("name", ["long.md", "a b.md", "\u8077.md", 'say "hi".md', "two\nlines.md"])
@pytest.mark.parametrize("change", [renamed, renamed_without_git, made_executable, touched])
@pytest.mark.parametrize("select", ["wording", "missing-pay"])
def test_a_change_without_a_changed_line_tells_nothing(at, long, change, name, select):
    (at / "jdlint.yaml").write_text(f"select: [{select}]\n")
    (at / "other").mkdir()
    change(at)
    for file in (at / "long.md", at / "renamed.md"):
        if change is not touched and file.exists():
            file.rename(at / name)
    git(at, "add", "-A")
    assert places("--since", "main", "--changed-lines") == []


@pytest.mark.parametrize(
    "name",
    ["a b.md", " a.md", "\u8077 \u00e9.md", "two\nlines.md", "tab\t.md", 'say "hi".md', "b\\c.md"],
)
def test_a_file_may_be_called_anything(at, name):
    (at / name).write_text(OLD)
    assert len(places("--since", "main", "--changed-lines")) == 1
    git(at, "add", "-A")
    git(at, "commit", "-qm", "new")
    git(at, "branch", "-f", "main")
    (at / name).write_text(OLD + "\nGuys!\n")
    (told,) = places("--since", "main", "--changed-lines")
    assert told.endswith(":7:1")


def test_a_binary_file_that_changed_has_changed_as_a_whole(at):
    from docx import Document

    def write(name, *paragraphs):
        page = Document()
        for text in paragraphs:
            page.add_paragraph(text)
        page.save(name)

    write("nurse.docx", "Nurse", "We want a rockstar.")
    git(at, "add", "-A")
    git(at, "commit", "-qm", "docx")
    git(at, "branch", "-f", "main")
    git(at, "mv", "nurse.docx", "ward.docx")
    assert places("--since", "main", "--changed-lines") == []
    write("ward.docx", "Nurse", "We want a rockstar.", "Apply now.")
    assert len(places("--since", "main", "--changed-lines")) == 1


def test_a_file_in_conflict_has_the_lines_of_both(at):
    (at / "old.md").write_text(OLD + "\nOurs.\n")
    git(at, "commit", "-qam", "ours")
    git(at, "checkout", "-q", "main")
    (at / "old.md").write_text(OLD + "\nGuys!\n")
    git(at, "commit", "-qam", "theirs")
    git(at, "checkout", "-q", "work")
    with pytest.raises(subprocess.CalledProcessError):
        git(at, "merge", "main")
    line = (at / "old.md").read_text().split("\n").index("Guys!") + 1
    assert places("--since", "work", "--changed-lines") == [f"old.md:{line}:1"]


def test_where_git_counts_other_lines_all_count(at):
    (at / "cr.md").write_bytes(OLD.replace("\n", "\r").encode() + b"\n\nGuys.\n")
    git(at, "add", "-A")
    git(at, "commit", "-qm", "cr")
    git(at, "branch", "-f", "main")
    (at / "cr.md").write_bytes((at / "cr.md").read_bytes() + b"More.\n")
    assert "cr.md:3:11" in places("--since", "main", "--changed-lines")


def test_the_repository_of_the_paths_is_asked(at, monkeypatch):
    (at / "old.md").write_text(OLD + "\nGuys!\n")
    other = at.parent / "elsewhere"
    shutil.copytree(at, other)
    (other / "new.md").write_text(OLD)
    monkeypatch.chdir(at.parent)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(at.parent))

    def told(*paths):
        options = ["--format", "concise", "--quiet", "--select", "wording", "--since", "main"]
        done = run("check", *paths, *options, "--changed-lines")
        return [line.split(": ")[0] for line in done.output.splitlines()]

    assert told("repository") == ["repository/old.md:7:1"]
    assert told("repository/o*.md") == ["repository/old.md:7:1"]
    assert told("repository/old.md", "elsewhere") == [
        "elsewhere/new.md:3:11", "elsewhere/old.md:7:1", "repository/old.md:7:1"
    ]  # fmt: skip
    assert "there is no git repository at" in run("check", ".", "--since", "main").output
    git(other, "branch", "-m", "main", "trunk")
    done = run("check", "repository", "elsewhere", "--since", "main")
    assert "git knows no revision 'main' at" in done.output
    assert str(other.resolve()) in done.output


def in_a_submodule(at):
    """The file of a submodule that was there before the branch began."""
    inner = at.parent / "inner"
    inner.mkdir()
    git(inner, "init", "-q", "-b", "trunk")
    for name in ("first.md", "second.md"):
        (inner / name).write_text(OLD)
    git(inner, "add", "-A")
    git(inner, "commit", "-qm", "first")
    git(at, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "sub")
    git(at, "commit", "-qm", "submodule")
    return at / "sub" / "first.md"


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("setting", ["none", "all"])
def test_what_changed_in_a_submodule_counts(at, committed, setting):
    file = in_a_submodule(at)
    git(at, "branch", "-f", "main")
    assert places("--since", "main") == []
    file.write_text(OLD + "\nGuys!\n")
    (at / "sub" / "new.md").write_text(OLD)
    if committed:
        git(at / "sub", "add", "-A")
        git(at / "sub", "commit", "-qm", "second")
        git(at, "add", "-A")
        git(at, "commit", "-qm", "update")
    git(at, "config", "diff.ignoreSubmodules", setting)
    assert places("--since", "main") == ["sub/first.md:3:11", "sub/first.md:7:1", "sub/new.md:3:11"]
    assert places("--since", "main", "--changed-lines") == ["sub/first.md:7:1", "sub/new.md:3:11"]


def test_a_new_submodule_and_a_repository_in_a_repository_are_new(at):
    in_a_submodule(at)
    (at / "own").mkdir()
    git(at / "own", "init", "-q")
    (at / "own" / "new.md").write_text(OLD)
    new = ["own/new.md:3:11", "sub/first.md:3:11", "sub/second.md:3:11"]
    assert places("--since", "main") == new
    assert places("--since", "main", "--changed-lines") == new


def test_a_submodule_that_is_not_there_has_nothing(at):
    in_a_submodule(at)
    git(at, "submodule", "deinit", "-q", "-f", "sub")
    assert places("--since", "main") == []


def test_a_worktree_and_a_detached_head(at, monkeypatch):
    git(at, "worktree", "add", "-q", "--detach", "../tree", "main")
    tree = at.parent / "tree"
    monkeypatch.chdir(tree)
    assert places("--since", "main") == []
    (tree / "old.md").write_text(OLD + "\nGuys!\n")
    git(tree, "commit", "-qam", "second")
    assert places("--since", "main", "--changed-lines") == ["old.md:7:1"]
    assert places("--since", "HEAD~1", "--changed-lines") == ["old.md:7:1"]


def test_a_hook_of_git_sees_the_same(at, monkeypatch):
    (at / "old.md").write_text(OLD + "\nGuys!\n")
    (at / "postings").mkdir()
    monkeypatch.setenv("GIT_DIR", str(at / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(at / ".git" / "index"))
    monkeypatch.chdir(at / "postings")
    done = run("check", "../old.md", "--since", "main", "--format", "concise", "--quiet")
    assert len(done.output.splitlines()) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--since", "mian"], "did you mean 'main'?"),
        (["--since", "nothing-like-it"], "name a branch, a tag or a commit; there is main, work"),
        (["--since", ""], "git knows no revision ''"),
        (["--since", "main..work"], "git knows no revision 'main..work'"),
        (["--since", "HEAD:old.md"], "git knows no revision 'HEAD:old.md'"),
        (["--since=--output=x"], "git knows no revision '--output=x'"),
        (["--since=--all"], "git knows no revision '--all'"),
        (["--since=-h"], "git knows no revision '-h'"),
        (["--changed-lines"], "--changed-lines needs --since"),
    ],
)
def test_mistakes_are_told(at, options, said):
    before = sorted(at.rglob("*"))
    done = run("check", ".", *options)
    assert done.exit_code == 2
    assert said in done.output
    assert sorted(at.rglob("*")) == before


def test_a_branch_that_is_only_elsewhere_is_found(at, tmp_path, monkeypatch):
    git(tmp_path, "clone", "-q", "--branch", "work", str(at), "clone")
    monkeypatch.chdir(tmp_path / "clone")
    assert "did you mean 'origin/main'?" in run("check", ".", "--since", "main").output
    assert places("--since", "origin/main") == []


@pytest.mark.parametrize("revision", ["main", "HEAD"])
def test_without_a_commit_it_is_told_what_to_do(at, revision):
    shutil.rmtree(at / ".git")
    git(at, "init", "-q", "-b", "main")
    done = run("check", ".", "--since", revision)
    assert (done.exit_code, "there is no commit yet" in done.output) == (2, True)


def test_a_branch_without_a_commit(at):
    git(at, "checkout", "-q", "--orphan", "fresh")
    done = run("check", ".", "--since", "main")
    assert done.exit_code == 2
    assert "there is no commit yet on the branch" in done.output


def test_branches_that_have_nothing_in_common(at):
    git(at, "checkout", "-q", "--orphan", "fresh")
    git(at, "commit", "-qm", "fresh")
    assert "have no commit in common" in run("check", ".", "--since", "main").output


def test_the_repository_of_another_user(at, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    done = run("check", ".", "--since", "main")
    assert done.exit_code == 2
    assert "belongs to another user" in done.output
    assert f"git config --global --add safe.directory {at.resolve()}" in done.output


def test_in_the_folder_of_git_itself(at):
    done = run("check", ".git", "--since", "main")
    assert done.exit_code == 2
    assert "work tree" in done.output


def test_without_git(at, monkeypatch):
    monkeypatch.setenv("PATH", str(at))
    done = run("check", ".", "--since", "main")
    assert done.exit_code == 2
    assert "git is not installed" in done.output
    assert places() == ["old.md:3:11", "other one.md:3:11"]


def test_what_a_partial_clone_lacks_is_not_fetched(at, tmp_path, monkeypatch):
    git(at, "config", "uploadpack.allowFilter", "true")
    git(at, "rm", "-q", "other one.md")
    git(at, "commit", "-qm", "one is enough")
    (at / "old.md").write_text(OLD + "\nOlder.\n")
    git(at, "commit", "-qam", "older")
    git(at, "branch", "-f", "main")
    (at / "old.md").write_text(OLD + "\nGuys!\n")
    git(at, "commit", "-qam", "second")
    partial = ("clone", "-q", "--filter=blob:none", "--branch", "work", at.as_uri(), "partial")
    git(tmp_path, *partial)
    monkeypatch.chdir(tmp_path / "partial")
    assert places("--since", "origin/main") == ["old.md:3:11", "old.md:7:1"]
    done = run("check", ".", "--since", "origin/main", "--changed-lines")
    assert done.exit_code == 2
    assert "this clone is partial" in done.output


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
