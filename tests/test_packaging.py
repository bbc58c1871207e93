"""What users install: a wheel that carries its rules, and the hook that pre-commit runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.network
def test_pre_commit_runs_the_hook_on_postings(tmp_path):
    hooks = snapshot(tmp_path / "hooks")
    repository = tmp_path / "postings"
    repository.mkdir()
    call("git", "init", "-q", cwd=repository)
    (repository / "good posting é.md").write_text(
        "# Nurse\n\nYou will care for patients at home.\n"
    )
    (repository / "bad.md").write_text("# Nurse\n\nWe want a rockstar nurse.\n")
    (repository / "code.py").write_text("rockstar = 1\n")
    (repository / "jdlint.yaml").write_text("select: [heroic-title]\n")
    call("git", "add", ".", cwd=repository)
    done = call(
        sys.executable, "-m", "pre_commit", "try-repo", hooks, "jdlint", "--all-files",
        cwd=repository, check=False, PRE_COMMIT_HOME=str(tmp_path / "home"),
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "bad.md:3:11: warning" in done.stdout
    assert "code.py" not in done.stdout


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
