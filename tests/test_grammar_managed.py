"""The managed mode with a Java that is played by a script: its start, its faults, its end.

``test_languagetool.py`` has the same ends with a real LanguageTool.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from jdlint.grammar import managed
from jdlint.grammar.server import GrammarError
from jdlint.grammar.session import say
from tests.fake_languagetool import kill_a_worker, put_java

psutil = pytest.importorskip("psutil", reason="the extra 'grammar' is not installed")
pytestmark = pytest.mark.loopback
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A cache in which the cards are read already, so that a run is at its work in no time."""
    folder = tmp_path_factory.mktemp("warm")
    (folder / "nurse.md").write_text("# Nurse\n\nYou care for patients in Leeds.\n")
    subprocess.run(
        [sys.executable, "-m", "jdlint", "check", "nurse.md", "--fail-on", "never"], cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "JDLINT_CACHE_DIR": str(folder / "cache")},
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / "cache"


@pytest.fixture
def java(tmp_path, monkeypatch, warm):
    """Puts a Java in the PATH that plays LanguageTool in some manner, and a jar where it is due."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "installed"))
    shutil.copytree(warm, tmp_path / "cache", ignore=shutil.ignore_patterns("grammar", "results*"))
    monkeypatch.setenv("JDLINT_CACHE_DIR", str(tmp_path / "cache"))
    managed.jar().parent.mkdir(parents=True)
    managed.jar().write_bytes(b"a jar")
    return partial(put_java, tmp_path)


def starts(folder):
    """The ids of all processes that were started as a server."""
    file = folder / "starts"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def gone(pids):
    """Whether all of *pids* end soon."""
    for _ in range(200):
        if not any(psutil.pid_exists(pid) and is_alive(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def is_alive(pid):
    """Whether *pid* is more than a trace that nobody has taken away yet."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


# -- the start -------------------------------------------------------------------------


def test_who_waits_is_told_so_and_how_long_it_took(java, tmp_path):
    java("slow")
    told = []
    server = managed.Server(told.append, 30)
    url = server.url()
    assert server.url() == url and len(starts(tmp_path)) == 1
    server.close()
    assert [line.split(" (")[0].split(" after")[0] for line in told] == [
        "Starting LanguageTool 6.8",
        "LanguageTool 6.8 is ready",
    ]
    assert gone(starts(tmp_path))


def test_a_terminal_is_told_and_a_log_is_not(monkeypatch, capsys):
    say("Starting")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    say("Starting")
    assert capsys.readouterr().err == "Starting\n"


def test_a_server_that_dies_at_the_start_is_not_started_again_and_again(java, tmp_path):
    java("dies")
    with pytest.raises(GrammarError, match=r"exited early.*jdlint grammar install"):
        managed.Server(print, 30).url()
    assert len(starts(tmp_path)) == 1


def test_a_server_that_never_answers_is_ended(java, tmp_path, monkeypatch):
    monkeypatch.setattr("jdlint.grammar.wrapper.START", 1)
    java("deaf")
    with pytest.raises(GrammarError, match="did not become ready"):
        managed.Server(print, 30).url()
    assert gone(starts(tmp_path))


def test_who_else_answers_on_the_port_gets_no_text(java, tmp_path, monkeypatch):
    monkeypatch.setattr("jdlint.grammar.wrapper.Managed._server_is_alive", lambda _: False)
    java()
    with pytest.raises(GrammarError, match="another process answers on our port"):
        managed.Server(print, 30).url()
    assert gone(starts(tmp_path))


def test_a_proxy_is_not_asked_whether_our_own_server_is_ready(java, tmp_path, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy", "JDK_JAVA_OPTIONS"):
        monkeypatch.setenv(name, "")
    java()
    server = managed.Server(print, 30)
    assert server.url().startswith("http://127.0.0.1:")
    server.close()


def test_a_folder_of_jars_alone_is_no_installation(java, monkeypatch):
    managed.jar().unlink()
    monkeypatch.setenv("LTP_JAR_DIR_PATH", str(managed.jar().parent))
    with pytest.raises(GrammarError, match="is not installed in"):
        managed.Server(print, 30).url()


@pytest.mark.parametrize(
    ("version", "exit_code"),
    [
        ('java version "1.8.0_392"', 0),
        ('openjdk version "11.0.2" 2019-01-15', 0),
        ("No Java runtime present, requesting install.", 1),
        ("Java, of sorts", 0),
    ],
)
def test_a_java_that_will_not_do(java, tmp_path, version, exit_code):
    java(version=version, exit_code=exit_code)
    with pytest.raises(GrammarError, match="install Java 17 or newer"):
        managed.Server(print, 30).url()
    assert starts(tmp_path) == []


# -- the end ---------------------------------------------------------------------------


def run(folder, *argv, files=1):
    """A run of jdlint in managed mode over so many files."""
    postings = folder / "postings"
    postings.mkdir(exist_ok=True)
    for number in range(files):
        text = f"# Nurse\n\nYou are responsable for the ward {number}.\n"
        (postings / f"{number}.md").write_text(text)
    given = ["check", ".", "--grammar", "managed", "--select", "JD551", "--format", "json", *argv]
    return subprocess.Popen(
        [sys.executable, "-m", "jdlint", *given], env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=postings,
    )  # fmt: skip


def first_start(folder):
    """The servers that were started, once there is one that answers or hangs over a text."""
    for _ in range(400):
        if found := starts(folder):
            time.sleep(0.5)
            return found
        time.sleep(0.05)
    return []


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"])
@pytest.mark.parametrize("manner", ["hangs", "deaf"])
def test_no_server_outlives_a_run_however_that_ends(java, tmp_path, number, manner):
    java(manner)
    process = run(tmp_path)
    servers = first_start(tmp_path)
    process.send_signal(getattr(signal, number))
    process.communicate(timeout=60)
    assert process.returncode != 0 and len(servers) == 1
    assert gone(servers)


def test_a_worker_that_is_killed_leaves_the_server_to_the_run(java, tmp_path):
    java("slow")
    process = run(tmp_path, "--jobs", "2", files=200)
    servers = first_start(tmp_path)
    kill_a_worker(process, tmp_path / "cache" / "grammar")
    report = json.loads(process.communicate(timeout=120)[0])
    assert (report["failures"], len(report["findings"])) == ([], 200)
    assert servers == starts(tmp_path), "the next workers speak to the same server"
    assert gone(servers)


def test_a_server_that_drops_dead_is_one_failure(java, tmp_path):
    java("drops dead")
    process = run(tmp_path, files=3)
    report = json.loads(process.communicate(timeout=60)[0])
    (failure,) = report["failures"]
    assert (process.returncode, failure["path"]) == (2, "0.md")
    assert failure["message"].startswith("from here on, grammar was not checked: LanguageTool")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_server_that_does_not_start_is_one_failure_and_one_attempt(java, tmp_path, jobs):
    java("dies")
    process = run(tmp_path, "--jobs", jobs, files=40)
    report = json.loads(process.communicate(timeout=60)[0])
    assert (process.returncode, len(report["failures"])) == (2, 1)
    assert report["summary"]["files"] == 40
    assert len(starts(tmp_path)) == 1


def test_all_processes_and_the_next_run_share_what_was_kept(java, tmp_path):
    java()
    first = run(tmp_path, "--jobs", "2", files=40).communicate(timeout=60)[0]
    second = run(tmp_path, "--jobs", "1", files=40).communicate(timeout=60)[0]
    assert first == second and len(json.loads(first)["findings"]) == 40
    assert len(starts(tmp_path)) == 1, "nothing is asked that was answered before"
