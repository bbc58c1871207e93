"""What CI gets: the action, the GitLab template, the Dockerfile, and the examples of them."""

import json
import os
import re
import shlex
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
GITLAB = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
EXAMPLES = [
    yaml.safe_load(text)
    for text in re.findall(
        r"^```yaml\n(.*?)^```", (ROOT / "docs" / "ci.md").read_text(), re.S | re.M
    )
]
LINT = next(step for step in ACTION["runs"]["steps"] if step.get("name") == "Lint the postings")
BAD = "# Nurse\n\nWe want a rockstar nurse.\n"


@pytest.fixture
def shell(tmp_path):
    """Runs a line of shell in a scratch repository where 'jdlint' is the one under test."""
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    program = bin_ / "jdlint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jdlint "$@"\n')
    program.chmod(0o755)
    repository = tmp_path / "repository"
    (repository / "open roles").mkdir(parents=True)
    (repository / ".git").mkdir()
    (repository / "open roles" / "nurse.md").write_text(BAD)
    (repository / "jdlint.yaml").write_text("select: [heroic-title]\n")
    (repository / "roles").mkdir()
    (repository / "roles" / "cook.md").write_text("# Cook\n\nYou will cook at home.\n")
    (tmp_path / "summary.md").write_text("")

    def run(script, **env):
        where = f"{bin_}{os.pathsep}{os.environ['PATH']}"
        python = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        given = {
            "PATH": where,
            "PYTHONPATH": python,
            "GITHUB_STEP_SUMMARY": tmp_path / "summary.md",
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=repository,
            env={**os.environ, **{k: str(v) for k, v in (given | env).items()}},
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip

    run.repository, run.summary = repository, tmp_path / "summary.md"
    return run


def inputs(**given):
    """The environment of the action's step when it is called with the inputs *given*."""
    values = {name: row["default"] for name, row in ACTION["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in given.items()}
    env = {}
    for name, template in LINT["env"].items():
        (wanted,) = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", template).groups()
        env[name] = values[wanted]
    return env


def test_the_action_annotates_and_writes_sarif_and_the_summary(shell):
    done = shell(LINT["run"], **inputs(paths="open roles/nurse.md\nroles\n"))
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::warning file=open roles/nurse.md,line=3,")
    log = json.loads((shell.repository / "jdlint.sarif").read_text())
    assert [r["ruleId"] for r in log["runs"][0]["results"]] == ["JD174"]
    assert "1 warning in 2 postings" in shell.summary.read_text()


def test_a_runner_takes_all_steps_of_the_action_one_after_the_other(shell, tmp_path):
    """What installs jdlint is told apart: the one of the checkout is there already."""
    python = tmp_path / "bin" / "python"
    python.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {shlex.quote(str(tmp_path / "asked"))}\n')
    python.chmod(0o755)
    runner = inputs(sarif_file="jdlint.sarif") | {"GITHUB_ACTION_PATH": str(ROOT)}
    codes = [shell(s["run"], **runner).returncode for s in ACTION["runs"]["steps"] if "run" in s]
    assert codes == [0, 1]
    asked = (tmp_path / "asked").read_text().splitlines()
    assert (asked[:3], asked[-1]) == (["-m", "pip", "install"], str(ROOT))
    assert (ROOT / "pyproject.toml").is_file()
    assert (shell.repository / "jdlint.sarif").is_file()


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ({"paths": ""}, 1, "rockstar"),
        ({"paths": "open roles/*.md"}, 1, "rockstar"),
        ({"paths": "nowhere"}, 2, "there is no such file or folder"),
        ({"fail_on": "error"}, 0, "rockstar"),
        ({"fail_on": "sometimes"}, 2, "'sometimes' is not one of"),
        ({"options": "--select\nguys"}, 0, ""),
        ({"options": "--select guys"}, 2, "No such option"),
        ({"options": "--output\njson=more.json"}, 1, "rockstar"),
        ({"sarif_file": "nowhere/a.sarif"}, 2, "there is no folder nowhere"),
        ({"sarif_file": ""}, 2, "names no file"),
    ],
)
def test_each_input_is_heeded_or_its_mistake_is_told(shell, given, code, told):
    done = shell(LINT["run"], **inputs(**given))
    assert done.returncode == code
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_action_heeds_its_other_inputs(shell):
    done = shell(LINT["run"], **inputs(fail_on="never", sarif_file="a b.sarif"))
    assert done.returncode == 0, done.stderr
    assert "rockstar" in done.stdout
    assert (shell.repository / "a b.sarif").exists()
    done = shell(LINT["run"], **inputs(options="--ignore\nheroic-title\n"))
    assert (done.returncode, done.stdout) == (0, "")


def test_an_input_of_the_action_is_never_a_command(shell):
    done = shell(
        LINT["run"], **inputs(paths="$(touch gone)\n; touch gone\n`touch gone`\n--version")
    )
    assert done.returncode == 2
    assert not (shell.repository / "gone").exists()
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_every_input_of_the_action_is_used_and_told():
    text = (ROOT / "action.yml").read_text("utf-8").partition("\nruns:")[2]
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    assert used == set(ACTION["inputs"])
    assert all(row["description"] and "default" in row for row in ACTION["inputs"].values())


def test_the_action_uploads_what_it_wrote_even_if_it_fails():
    (upload,) = [s for s in ACTION["runs"]["steps"] if "upload-sarif" in s.get("uses", "")]
    assert upload["if"].startswith("always() ")
    assert upload["with"]["sarif_file"] == "${{ inputs.sarif-file }}"
    assert all("shell" in step for step in ACTION["runs"]["steps"] if "run" in step)


def test_the_gitlab_job_writes_the_reports_that_it_names(shell):
    job = GITLAB["jdlint"]
    given = {"JDLINT_PATHS": "roles jdlint.yaml"} | {"JDLINT_FAIL_ON": "never"}
    assert set(given) <= set(job["variables"])
    (line,) = job["script"]
    assert shell(line, **given).returncode == 0
    done = shell(line, **job["variables"])
    assert done.returncode == 1, done.stderr
    assert "open roles/nurse.md:3:11" in done.stdout
    assert set(job["artifacts"]["reports"]) == {"codequality", "junit"}
    assert job["artifacts"]["when"] == "always"
    for report in job["artifacts"]["reports"].values():
        assert "rockstar" in (shell.repository / report).read_text()
    for variable in job["variables"]:
        assert f"${variable}" in line + " ".join(job["before_script"])


def instructions():
    """The instructions of the Dockerfile, with their arguments."""
    for line in DOCKERFILE.replace("\\\n", "").splitlines():
        if line and not line.startswith("#"):
            yield line.split(" ", 1)


def test_the_dockerfile_copies_what_is_there_and_what_the_wheel_needs():
    ignored = (ROOT / ".dockerignore").read_text().split()
    copied = set()
    for name, words in instructions():
        if name == "COPY" and not words.startswith("--from"):
            copied |= set(words.split()[:-1])
    assert all((ROOT / name).exists() for name in copied)
    assert {f"!{name}" for name in copied} <= set(ignored)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["readme"] in copied
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]) <= copied


def test_the_dockerfile_keeps_the_bytes_and_the_seconds_of_what_it_installed(shell, tmp_path):
    file = tmp_path / "a card's.yaml"
    file.write_text("a: b")
    os.utime(file, ns=(1_700_000_000_123_456_789,) * 2)
    (times,) = [words for name, words in instructions() if words.startswith("find ")]
    assert shell(times.replace("/opt/jdlint", shlex.quote(str(tmp_path)))).returncode == 0
    assert file.stat().st_mtime_ns == 1_700_000_000_000_000_000
    assert file.read_text() == "a: b"


def test_the_dockerfile_runs_the_command_as_nobody(shell):
    rows = [tuple(row) for row in instructions()]
    (entry,) = [json.loads(words) for name, words in rows if name == "ENTRYPOINT"]
    (rest,) = [json.loads(words) for name, words in rows if name == "CMD"]
    done = shell(shlex.join([*entry, *rest]))
    assert done.returncode == 1
    assert "open roles/nurse.md:3:11" in done.stdout
    (warm,) = [words for name, words in rows if name == "RUN" and words.startswith("echo ")]
    cache = shell.repository.parent / "cache"
    assert shell(f"umask 022; {warm}", JDLINT_CACHE_DIR=cache).returncode == 0
    kept = list(cache.iterdir())
    assert kept
    assert all(file.stat().st_mode & stat.S_IROTH for file in kept)
    assert [name for name, _ in rows].index("USER") < [name for name, _ in rows].index("ENTRYPOINT")


def test_the_examples_are_true():
    workflow, reviewdog, gitlab = EXAMPLES
    (step,) = [s for s in workflow["jobs"]["jdlint"]["steps"] if s["uses"].startswith("jdlint/")]
    assert set(step["with"]) <= set(ACTION["inputs"])
    assert "security-events" in workflow["permissions"]
    assert "--output rdjsonl | reviewdog -f=rdjsonl" in reviewdog[0]["run"]
    assert all((ROOT / row["local"]).exists() for row in gitlab["include"])
    assert set(gitlab["jdlint"]["variables"]) <= set(GITLAB["jdlint"]["variables"])


def test_the_versions_in_the_examples_are_this_one():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    texts = [(ROOT / name).read_text() for name in ("docs/ci.md", "ci/gitlab.yml")]
    assert [re.findall(r"jdlint@v([\d.]+)", t) for t in texts] == [[version], [version]]


def test_every_format_is_told_in_the_documentation():
    from jdlint.report import FORMATS

    text = (ROOT / "docs" / "ci.md").read_text()
    for name in FORMATS:
        assert re.search(rf"^\|.*`{name}`", text, re.M), name
