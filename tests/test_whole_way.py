"""A repository's whole way: begin with a baseline, keep bad ones out, mend one, report to CI."""

import json
import os
import sys
from xml.etree import ElementTree

import pytest
import yaml

from tests.test_packaging import ROOT, call, snapshot

GOOD = (ROOT / "examples" / "clean-community-nurse.md").read_text("utf-8")
BAD = GOOD.replace("# Community nurse", "# Rockstar nurse")
MENDED = GOOD.replace("Community nurse", "Ward nurse") + "\nYou will keep our centre tidy.\n"
AMERICAN = MENDED.replace("centre", "center")
NOTES = "# Release notes\n\nOur rockstar parser reads tables now.\n"
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "jdlint"), ("EMAIL", "jdlint@example.org"))
}
# After the hook was installed, nothing is there that could be reached.
OFFLINE = {"PIP_NO_INDEX": "1", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}


@pytest.fixture
def repository(tmp_path):
    """A git repository with postings of years, one of them bad, and other texts."""
    folder = tmp_path / "repository"
    (folder / "open roles").mkdir(parents=True)
    (folder / "docs").mkdir()
    (folder / "open roles" / "nurse.md").write_text(GOOD, "utf-8")
    (folder / "open roles" / "old nurse.md").write_text(BAD, "utf-8")
    (folder / "docs" / "notes.md").write_text(NOTES)
    git(folder, "init", "-q")
    git(folder, "remote", "add", "origin", "https://github.com/example/roles")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Postings")
    return folder


def git(folder, *argv, check=True, **env):
    return call("git", *argv, cwd=folder, check=check, **IDENTITY, **env)


def jdlint(folder, *argv):
    python = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return call(sys.executable, "-m", "jdlint", *argv, cwd=folder, check=False, PYTHONPATH=python)


def hooked(folder, tmp_path):
    """Install the hook that ``jdlint init`` offered, from a git URL of this checkout."""
    hooks = snapshot(tmp_path / "hooks")
    file = folder / ".pre-commit-config.yaml"
    config = yaml.safe_load(file.read_text("utf-8"))
    (entry,) = config["repos"]
    entry["repo"], entry["rev"] = hooks.as_uri(), git(hooks, "rev-parse", "HEAD").stdout.strip()
    entry["hooks"].append({"id": "jdlint-fix", "stages": ["manual"]})
    file.write_text(yaml.safe_dump(config), "utf-8")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    call(sys.executable, "-m", "pre_commit", "install", "--install-hooks", cwd=folder, **home)
    return home | OFFLINE


@pytest.mark.network
def test_the_whole_way(repository, tmp_path):
    begun = jdlint(repository, "init", "--yes")
    assert begun.returncode == 0, begun.stderr
    assert "open roles: 2 files with postings" in begun.stdout
    config = yaml.safe_load((repository / "jdlint.yaml").read_text("utf-8"))
    assert config["dialect"] == "UK"
    assert config["include"] == ["open roles/**/*.{md,txt,html,docx}"]
    assert (repository / ".github" / "workflows" / "jdlint.yml").is_file()
    assert config["baseline"] == "jdlint-baseline.json"
    known = jdlint(repository, "check")
    assert known.returncode == 0, known.stdout
    assert "in the baseline." in known.stdout
    with (repository / "jdlint.yaml").open("a") as file:
        file.write("as_of: 2026-11-23\n")

    env = hooked(repository, tmp_path)
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "Begin with jdlint", **env)

    new = repository / "open roles" / "new nurse é.md"
    new.write_bytes(AMERICAN.replace("\n", "\r\n").encode())
    (repository / "docs" / "notes.md").write_text(NOTES * 2)
    git(repository, "add", ".")
    refused = git(repository, "commit", "-m", "A bad posting", check=False, **env)
    assert refused.returncode == 1
    assert "open roles/new nurse é.md:60:19: warning JD501" in refused.stderr
    assert "notes.md" not in refused.stderr

    patch = jdlint(repository, "check", "--diff", "open roles/new nurse é.md").stdout
    assert "+You will keep our centre tidy." in patch
    fixed = call(
        sys.executable, "-m", "pre_commit", "run", "jdlint-fix", "--hook-stage", "manual",
        cwd=repository, check=False, **env,
    )  # fmt: skip
    assert fixed.returncode == 1
    assert "files were modified by this hook" in fixed.stdout
    assert new.read_bytes() == MENDED.replace("\n", "\r\n").encode()
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "A good posting", **env)
    assert git(repository, "status", "--short").stdout == ""

    reports_to_ci(repository)


def reports_to_ci(folder):
    outputs = {"sarif": "a.sarif", "gitlab": "b.json", "junit": "c.xml", "markdown": "d.md"}
    named = [f"--output={name}={file}" for name, file in outputs.items()]
    assert jdlint(folder, "check", "--quiet").returncode == 0
    done = jdlint(folder, "check", "--no-baseline", "--output=github", *named)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::warning file=open roles/old nurse.md,line=8,")
    (run,) = json.loads((folder / "a.sarif").read_text())["runs"]
    assert {r["ruleId"] for r in run["results"] if r["level"] == "warning"} == {"JD174"}
    assert json.loads((folder / "b.json").read_text())[0]["location"]["path"].endswith("nurse.md")
    assert ElementTree.parse(folder / "c.xml").getroot().get("failures") == "1"
    assert "old nurse.md" in (folder / "d.md").read_text("utf-8")
