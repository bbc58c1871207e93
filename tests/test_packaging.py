"""What users install: a wheel that carries its rules, and the hook that pre-commit runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import yaml

ROOT = Path(__file__).parent.parent
BIN = "Scripts" if sys.platform == "win32" else "bin"


def call(*argv, cwd, check=True, **env):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PYTHON"))}
    done = subprocess.run(
        [str(a) for a in argv], cwd=cwd, capture_output=True, text=True, env={**clean, **env}
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.network
def test_an_installed_wheel_carries_its_rules(tmp_path):
    dist = tmp_path / "dist"
    call(sys.executable, "-m", "build", "--wheel", "--outdir", dist, ROOT, cwd=tmp_path)
    (wheel,) = dist.glob("*.whl")
    call(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / BIN / "python"
    call(python, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    (tmp_path / "nurse.md").write_text("# Nurse\n\nWe want a rockstar nurse.\n")
    jdlint = tmp_path / "venv" / BIN / "jdlint"
    done = call(jdlint, "check", "nurse.md", "--select", "heroic-title", cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "nurse.md:3:11: warning" in done.stdout
    shown = call(python, "-c", "import jdlint; print(jdlint.__file__)", cwd=tmp_path)
    assert str(tmp_path) in shown.stdout
    assert call(jdlint, "rules", cwd=tmp_path).stdout.splitlines()[-1].split()[0] != "0"


MANIFEST = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def test_the_manifest_of_the_hooks_is_valid():
    call(
        sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT
    )


@pytest.mark.parametrize("hook", MANIFEST, ids=lambda hook: hook["id"])
def test_the_entry_of_a_hook_is_a_call_that_jdlint_takes(hook, tmp_path):
    (tmp_path / "README.md").write_text("# Nurse\n")
    entry = [sys.executable, "-m", *hook["entry"].split(), "README.md"]
    done = call(*entry, cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert done.stdout == "No posting was checked.\n"


@pytest.mark.parametrize("hook", MANIFEST, ids=lambda hook: hook["id"])
def test_a_hook_takes_every_kind_of_file_that_a_folder_gives(hook):
    endings = yaml.safe_load((ROOT / "rules/_data/files.yaml").read_text("utf-8"))["endings"]
    assert all(re.search(hook["files"], f"open roles/é nurse{ending}") for ending in endings)
    assert not any(
        re.search(hook["files"], name) for name in ("a.py", "md", "a.md.bak", "Makefile")
    )


@pytest.mark.network
def test_pre_commit_runs_the_hook_on_postings_and_on_nothing_else(tmp_path):
    hooks = snapshot(tmp_path / "hooks")
    repository = tmp_path / "postings"
    (repository / "open roles").mkdir(parents=True)
    call("git", "init", "-q", cwd=repository)
    bad = "# Nurse\n\nWe want a rockstar nurse.\n"
    good = "# Nurse\n\nYou will care for patients at home.\n"
    texts = {
        "open roles/good posting é.md": good,
        "open roles/bad posting ü.md": bad,
        "bad.txt": bad.replace("# ", ""),
        "bad.html": "<h1>Nurse</h1>\n<p>We want a rockstar nurse.</p>\n",
        "bad.yaml": "job_title: Nurse\ndescription: We want a rockstar nurse.\nsalary: 1\n",
        "README.md": bad,
        "code.py": "rockstar = 1\n",
        "package.json": '{"name": "rockstar", "description": "We want a rockstar nurse."}\n',
        "settings.yaml": "title: A rockstar\ncolour: red\n",
        "left-out/bad.md": bad,
        "jdlint.yaml": "select: [heroic-title]\nexclude: [left-out]\n",
    }
    for name, text in texts.items():
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).write_text(text, "utf-8")
    document = docx.Document()
    document.add_heading("Nurse", 1)
    document.add_paragraph("We want a rockstar nurse.")
    document.save(str(repository / "open roles" / "bad nurse.docx"))
    call("git", "add", ".", cwd=repository)
    done = call(
        sys.executable, "-m", "pre_commit", "try-repo", hooks, "jdlint", "--all-files",
        cwd=repository, check=False, PRE_COMMIT_HOME=str(tmp_path / "home"),
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    reported = {
        line.split(": warning")[0] for line in done.stdout.splitlines() if ": warning" in line
    }
    assert reported == {
        "bad.html:2:14",
        "bad.txt:3:11",
        "bad.yaml:2:24",
        "open roles/bad nurse.docx: paragraph 2, run 1",
        "open roles/bad posting ü.md:3:11",
    }


def snapshot(folder):
    """The working tree as a git repository of its own, as pre-commit would clone it."""
    tracked = call("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).stdout.splitlines()
    for name in tracked:
        if (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    call("git", "init", "-q", cwd=folder)
    call("git", "add", "-A", cwd=folder)
    identity = ("-c", "user.name=jdlint", "-c", "user.email=jdlint@example.org")
    call("git", *identity, "commit", "-q", "-m", "snapshot", cwd=folder)
    return folder
