"""A run that is cut short, a worker that dies, and a cache that nobody can read."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.test_cli import run
from tests.test_packaging import ROOT

BAD = "# Nurse\n\nWe want a rockstar called Xanthippe Quillfeather.\n"


def command(*argv, cache=""):
    env = (
        os.environ | {"PYTHONPATH": str(ROOT)} | ({"JDLINT_CACHE_DIR": str(cache)} if cache else {})
    )
    return [sys.executable, "-m", "jdlint", *map(str, argv)], env


@pytest.fixture
def many(tmp_path):
    return postings(tmp_path, 400)


@pytest.fixture
def few(tmp_path):
    return postings(tmp_path, 48)


def postings(place, number):
    folder = place / "postings"
    folder.mkdir()
    for at in range(number):
        (folder / f"p{at:03}.md").write_text(
            f"# Nurse {at}\n\n" + f"You care for ward {at}. " * 200
        )
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="no signals to a group there")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_run_quickly_and_leaves_nothing_half_written(many, tmp_path, jobs):
    report = tmp_path / "report.json"
    argv, env = command(
        "check", many, "--no-cache", "--jobs", jobs, "--format", "json", "-o", report
    )
    started = subprocess.Popen(
        argv, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".jdlint-*")) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1)
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 130, said.decode()
    assert said.decode().strip() == "jdlint: interrupted; what was not finished was not written."
    assert [file.name for file in tmp_path.iterdir()] == ["postings"]


# Python runs this at its start: Ctrl-C comes just when the module of that name is imported, in
# the run or in one of its workers.
EARLY = """
import os, signal, sys

class Finder:
    def find_spec(self, name, path, target=None):
        if name == os.environ["AT"] and ("--multiprocessing-fork" in sys.orig_argv) == (
            "IN_WORKER" in os.environ
        ):
            sys.meta_path.remove(self)
            os.killpg(0, signal.SIGINT)

sys.meta_path.insert(0, Finder())
"""
MOMENTS = [
    "jdlint.cli", "click", "msgspec", "jdlint.cli.check", "jdlint.config", "jdlint.linter",
    "jdlint.workers", "multiprocessing.context", "multiprocessing.popen_spawn_posix",
]  # fmt: skip
IN_WORKER = ["multiprocessing.spawn", "jdlint", "jdlint.config", "jdlint.rulebook", "jdlint.run"]


@pytest.mark.skipif(sys.platform == "win32", reason="no signals to a group there")
@pytest.mark.parametrize(
    ("at", "where"),
    [(at, {}) for at in MOMENTS] + [(at, {"IN_WORKER": "1"}) for at in IN_WORKER],
    ids=lambda value: value if isinstance(value, str) else "in a worker" if value else "",
)
def test_ctrl_c_at_the_start_is_one_line_as_well(few, tmp_path, at, where):
    (tmp_path / "sitecustomize.py").write_text(EARLY)
    before = sorted(tmp_path.rglob("*"))
    argv, env = command("check", few, "--no-cache", "--jobs", "2", "-o", tmp_path / "out.txt")
    env |= {"AT": at, "PYTHONPATH": f"{tmp_path}{os.pathsep}{env['PYTHONPATH']}"} | where
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.Popen(
        argv, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    out, said = done.communicate(timeout=100)  # ends once no worker holds the pipes any more
    assert said.decode() == "jdlint: interrupted; what was not finished was not written.\n"
    assert (done.returncode, out) == (130, b"")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_a_run_that_is_ended_by_its_runner_tidies_up_as_well(many, tmp_path):
    argv, env = command("check", many, "--no-cache", "--jobs", "1", "-o", tmp_path / "out.txt")
    started = subprocess.Popen(argv, env=env, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".jdlint-*")) and time.monotonic() < until:
        time.sleep(0.05)
    started.terminate()
    said = started.communicate(timeout=60)[1]
    assert said.decode() == "jdlint: interrupted; what was not finished was not written.\n"
    assert started.returncode == 128 + signal.SIGTERM
    assert [file.name for file in tmp_path.iterdir()] == ["postings"]


def test_a_process_that_is_killed_costs_nothing(many, tmp_path):
    report = tmp_path / "report.json"
    argv, env = command(
        "check", many, "--no-cache", "--jobs", "2", "--format", "json", "-o", report
    )
    started = subprocess.Popen(argv, env=env, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while len(workers := workers_of(started.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1)
    workers[0].kill()
    assert started.communicate(timeout=100)[1] == b""
    told = json.loads(report.read_text())
    assert started.returncode < 2
    assert told["failures"] == []
    assert told["summary"]["postings"] == 400


# Python runs this at its start, in the run and in its workers, of which some postings end one.
DEADLY = """
import os, sys
import jdlint.run

def deadly(file, *rest, content_of=jdlint.run.content_of):
    if "--multiprocessing-fork" in sys.orig_argv:
        if file.name.startswith("deadly"):
            os._exit(9)
        if file.name.startswith("once") and not os.path.exists(mark := f"{file}.seen"):
            open(mark, "w").close()
            os._exit(9)
    return content_of(file, *rest)

jdlint.run.content_of = deadly
"""


@pytest.mark.parametrize(
    ("at", "name", "guilty"),
    [
        ([20], "deadly", 1),
        ([0, 47], "deadly", 2),
        ([20, 21, 22], "deadly", 3),
        ([20, 40], "once", 0),
    ],
)
def test_a_posting_that_ends_the_process_is_named_and_no_other(few, tmp_path, at, name, guilty):
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(DEADLY)
    for number in at:
        (few / f"p{number:03}.md").rename(few / f"{name}{number:03}.md")
    argv, env = command("check", few, "--no-cache", "--jobs", "2", "--format", "json")
    env["PYTHONPATH"] = f"{hook}{os.pathsep}{env['PYTHONPATH']}"
    done = subprocess.run(argv, env=env, capture_output=True, check=False)
    told = json.loads(done.stdout)
    expected = [(few / f"{name}{number:03}.md").as_posix() for number in at if guilty]
    assert [failure["path"] for failure in told["failures"]] == expected
    assert all(
        "memory ran out" in f["message"] and "leave the file out" in f["message"]
        for f in told["failures"]
    )
    assert told["summary"]["postings"] == 48 - guilty
    assert (done.returncode == 3) == bool(guilty)
    assert done.stderr == b""


def workers_of(pid):
    children = psutil.Process(pid).children()
    return [child for child in children if "--multiprocessing-fork" in child.cmdline()]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_same_bytes_come_out_cached_or_not_for_any_number_of_processes(few, tmp_path, jobs):
    outs = []
    for extra in (["--no-cache"], [], []):
        out = tmp_path / f"out{len(outs)}.json"
        run("check", few, "--jobs", jobs, "--format", "json", "-o", out, *extra)
        outs.append(out.read_bytes())
    assert outs[0] == outs[1] == outs[2]


def test_nothing_of_a_posting_can_be_read_in_the_cache(tmp_path):
    cache = tmp_path / "cache"
    (tmp_path / "nurse.md").write_text(BAD)
    argv, env = command("check", tmp_path / "nurse.md", cache=cache)
    first = subprocess.run(argv, env=env, capture_output=True, check=False).stdout
    kept = [file.read_bytes() for file in cache.rglob("*") if file.is_file()]
    assert list((cache / "results").rglob("*"))
    assert b"rockstar" in first
    assert not any(word in content for content in kept for word in (b"Xanthippe", b"Quillfeather"))
    assert subprocess.run(argv, env=env, capture_output=True, check=False).stdout == first


def test_a_damaged_cache_is_no_reason_to_fail_nor_to_say_something_else(tmp_path):
    cache = tmp_path / "cache"
    (tmp_path / "nurse.md").write_text(BAD)
    argv, env = command("check", tmp_path / "nurse.md", cache=cache)
    first = subprocess.run(argv, env=env, capture_output=True, check=False).stdout
    for file in (cache / "results").rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[::-1])
    assert subprocess.run(argv, env=env, capture_output=True, check=False).stdout == first


def test_a_changed_file_or_configuration_is_linted_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("nurse.md").write_text(BAD)
    assert run("check", "nurse.md", "--select", "heroic-title").exit_code == 1
    assert run("check", "nurse.md", "--select", "guys").exit_code == 0
    Path("nurse.md").write_text(BAD.replace("rockstar", "person"))
    assert run("check", "nurse.md", "--select", "heroic-title").exit_code == 0


def test_a_reader_that_goes_away_is_no_fault(many):
    argv, env = command("check", many, "--profile", "strict")
    started = subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    started.stdout.readline()
    started.stdout.close()
    assert b"Traceback" not in started.stderr.read()
    started.stderr.close()
    started.wait(60)
