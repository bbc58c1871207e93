"""A real LanguageTool: what it finds, where, and that it goes when the run ends."""

import hashlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from jdlint.checks import load
from jdlint.checks.card import GrammarCard
from jdlint.cli import cli
from jdlint.config import GrammarSettings, settle
from jdlint.grammar import server
from jdlint.grammar.managed import jar
from jdlint.grammar.session import Session
from jdlint.rulebook import Rulebook
from tests.fake_languagetool import kill_a_worker
from tests.lint import DAY, NOWHERE, lint_bytes
from tests.test_grammar_install import serving
from tests.test_packaging import ROOT, call, snapshot

psutil = pytest.importorskip("psutil", reason="the extra 'grammar' is not installed")
pytestmark = pytest.mark.languagetool
CARDS = [card for card in load.shipped() if isinstance(card, GrammarCard)]


@pytest.fixture(scope="module")
def linted(languagetool):
    session = Session(GrammarSettings("server", languagetool, cache=False))

    def lint(text, name="posting.md", **given):
        settled = settle(None, NOWHERE, {"select": [card.id for card in CARDS], **given})
        rules = Rulebook(settled).for_path(Path(name))
        result = lint_bytes(text.encode(), name, rules, settled.config, DAY, grammar=session)
        assert not result.ungrammared
        return list(result.findings)

    return lint


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card.id}-{card.name}")
def test_every_example_of_a_card_comes_out_as_it_says(linted, card):
    for raw in card.examples.bad:
        found = linted(load.example(raw).text)
        assert card.id in {f.rule for f in found}, (raw, found)
    for raw in card.examples.good:
        assert card.id not in {f.rule for f in linted(load.example(raw).text)}, raw


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.md", "# Nurse 🚀🚀\n\nWe 🎉 need e\u0301 a\u00a0responsable **nurse** in Leeds.\n"),
        ("p.md", "# Nurse\r\n\r\n- You care\r\n- You are\r\n  responsable for it\r\n"),
        ("p.html", "<h1>Nurse</h1><p>Pay &amp; perks &#128640; for a <b>responsable</b> nurse.</p>"),
        ("p.txt", "Nurse\n\n𝒳 You will be a responsable nurse in our hospital.\n"),
    ],
)  # fmt: skip
def test_places_are_exact(linted, name, text):
    found = [f for f in linted(text, name) if f.rule == "JD551"]
    assert [text[f.start : f.end] for f in found] == ["responsable"]


def test_the_dialect_decides_which_english(linted):
    text = "# Nurse\n\nYou organise the programme. You drive on the freeway to our offices.\n"
    assert not linted(text, dialect="US", ignore=["JD558"])
    assert "JD558" in {f.rule for f in linted(text, dialect="UK")}


def test_a_clean_posting_stays_clean(linted):
    text = (
        "# Platform Engineer (m/f/d)\n\n## What you will do\n\n- Run Kubernetes and Kafka\n"
        "- Write runbooks, and keep our microservices observable\n- On call one week in six\n\n"
        "## Pay\n\n£60,000 to £70,000, plus a pension. We work from Leeds or at home.\n"
    )
    assert linted(text) == []


def managed(tmp_path, *argv):
    """A run in managed mode with a cache of its own, so that it has to start the server."""
    environment = os.environ | {"JDLINT_CACHE_DIR": str(tmp_path / "cache")}
    given = ["check", *argv, "--grammar", "managed", "--select", "grammar", "--format", "json"]
    return subprocess.Popen(
        [sys.executable, "-m", "jdlint", *given], env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, cwd=tmp_path,
    )  # fmt: skip


def servers(process):
    """The Java processes below *process*, once there is one."""
    for _ in range(600):
        found = [p for p in psutil.Process(process.pid).children(True) if is_server(p)]
        if found:
            return found
        time.sleep(0.05)
    return []


def is_server(process):
    """Whether it is the server, and not the question which Java there is."""
    try:
        return process.name() == "java" and "HTTPServer" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def test_managed_mode_starts_one_server_and_ends_it(languagetool, tmp_path):
    (tmp_path / "nurse.md").write_text("# Nurse\n\nYou are responsable for the ward.\n")
    process = managed(tmp_path, "nurse.md")
    java = servers(process)
    output = process.communicate(timeout=150)[0]
    assert [f["matched"] for f in json.loads(output)["findings"]] == ["responsable"]
    assert len(java) == 1
    assert psutil.wait_procs(java, timeout=10)[1] == []


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"])
def test_no_server_outlives_a_run_that_is_ended(languagetool, tmp_path, number):
    (tmp_path / "nurse.md").write_text("# Nurse\n\nYou are responsable for the ward.\n")
    process = managed(tmp_path, "nurse.md")
    java = servers(process)
    assert java
    process.send_signal(getattr(signal, number))
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert psutil.wait_procs(java, timeout=10)[1] == []


def test_no_server_outlives_a_run_whose_worker_is_killed(languagetool, tmp_path):
    for number in range(64):
        (tmp_path / f"{number}.md").write_text(f"# Nurse\n\nYou run ward {number} allright.\n")
    process = managed(tmp_path, *(f"{number}.md" for number in range(64)), "--jobs", "2")
    java = servers(process)
    kill_a_worker(process, tmp_path / "cache" / "grammar")
    report = json.loads(process.communicate(timeout=150)[0])
    assert (report["failures"], report["summary"]["postings"]) == ([], 64)
    assert len(java) == 1 and psutil.wait_procs(java, timeout=10)[1] == []


def test_a_jar_that_is_cut_off_is_one_clear_message(languagetool, tmp_path, monkeypatch):
    whole = jar().read_bytes()
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "installed"))
    jar().parent.mkdir(parents=True)
    jar().write_bytes(whole[: len(whole) // 2])
    (tmp_path / "nurse.md").write_text("# Nurse\n\nYou are responsable for the ward.\n")
    process = managed(tmp_path, "nurse.md")
    report = json.loads(process.communicate(timeout=60)[0])
    (failure,) = report["failures"]
    assert process.returncode == 2 and "jdlint grammar install" in failure["message"]


# -- servers with limits ---------------------------------------------------------------


@pytest.fixture
def limited(languagetool, tmp_path):
    """Starts a server of our own with lines of configuration; its address."""
    started = []

    def start(*lines):
        (tmp_path / "server.properties").write_text("".join(f"{line}\n" for line in lines))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = ["--config", str(tmp_path / "server.properties"), "--port", str(port)]
        command = ["java", "-Xmx700m", "-cp", str(jar()), "org.languagetool.server.HTTPServer"]
        started.append(subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL))
        return ready(f"http://127.0.0.1:{port}/")

    yield start
    for process in started:
        process.kill()
        process.wait()


def ready(url):
    """*url*, once a server is there."""
    for _ in range(300):
        try:
            server.version(url)
            return url
        except server.GrammarError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


def checked(tmp_path, url, *names):
    """Exit code and report of a run over *names* against the server at *url*."""
    argv = ["check", *names, "--grammar", "server", "--grammar-url", url, "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "jdlint", *argv, "--select", "JD551", "--jobs", "1"],
        env=os.environ | {"JDLINT_CACHE_DIR": str(tmp_path / "cache")}, cwd=tmp_path,
        capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout)


def test_a_text_too_long_for_the_server_is_read_in_pieces(limited, tmp_path):
    slips = ("responsable", "collegues", "experiance", "knowlege")
    blocks = [f"You 🚀 have a {slip} that is shared by all of us.\r\n\r\n" for slip in slips]
    text = "# Nurse\r\n\r\n" + "".join(blocks)
    (tmp_path / "long.md").write_bytes(text.encode())
    wide = "You look after patients at home and in the hospital " * 9
    (tmp_path / "wide.md").write_text(f"# Nurse\n\n{wide}\n\nYou are responsable.\n")
    code, report = checked(tmp_path, limited("maxTextLength=150"), "long.md", "wide.md")
    assert (code, report["failures"]) == (1, [])
    found = [(f["path"], f["matched"]) for f in report["findings"]]
    assert found == [*(("long.md", slip) for slip in slips), ("wide.md", "responsable")]
    for finding in report["findings"][:4]:
        assert text[finding["start"] : finding["end"]] == finding["matched"]
    assert report["summary"]["grammar"].startswith("checked in part: wide.md: a paragraph is too")


def test_a_text_that_takes_the_server_too_long_is_a_failure_of_its_posting(limited, tmp_path):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"# Nurse {name}\n\nYou are responsable for a ward.\n")
    code, report = checked(tmp_path, limited("maxCheckTimeMillis=1"), "a.md", "b.md")
    assert code == 2
    assert [f["path"] for f in report["failures"]] == ["a.md", "b.md"]
    assert "Checking took longer" in report["failures"][0]["message"]
    assert "from here on" not in str(report)


# -- the ways to it --------------------------------------------------------------------


def test_what_is_installed_works(languagetool, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "languagetool")
    from lay_out import folded

    jars = " ".join(p.resolve().as_uri() for p in sorted((jar().parent / "libs").glob("*.jar")))
    manifest = folded("Manifest-Version: 1.0") + folded(f"Class-Path: {jars}") + b"\r\n"
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "installed"))
    release = packed(manifest)
    monkeypatch.setenv("LTP_DOWNLOAD_SHA256", hashlib.sha256(release).hexdigest())
    with serving(release, 200, 0) as url:
        monkeypatch.setattr("language_tool_python.download_lt.BASE_URL_NEW_RELEASES", url)
        done = CliRunner().invoke(cli, ["grammar", "install", "--yes"])
    assert done.exit_code == 0, done.output
    (tmp_path / "nurse.md").write_text("# Nurse\n\nYou are responsable for the ward.\n")
    output = managed(tmp_path, "nurse.md").communicate(timeout=150)[0]
    assert [f["matched"] for f in json.loads(output)["findings"]] == ["responsable"]


def packed(manifest):
    """A release of LanguageTool whose only jar has *manifest*."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as release:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as made:
            made.writestr("META-INF/MANIFEST.MF", manifest)
        release.writestr("LanguageTool-6.8/languagetool-server.jar", inner.getvalue())
    return held.getvalue()


def test_pre_commit_runs_the_hook_for_grammar_by_hand(languagetool, tmp_path):
    hooks = snapshot(tmp_path / "hooks")
    repository = tmp_path / "postings"
    repository.mkdir()
    call("git", "init", "-q", cwd=repository)
    (repository / "nurse.md").write_text("# Nurse\n\nYou are a aide and answerible for it.\n")
    (repository / "README.md").write_text("# Postings\n\nThere is a aide.\n")
    (repository / "jdlint.yaml").write_text("select: [JD551, JD552]\n")
    call("git", "add", ".", cwd=repository)
    done = call(
        sys.executable, "-m", "pre_commit", "try-repo", hooks, "jdlint-grammar", "--all-files",
        "--hook-stage", "manual", cwd=repository, check=False,
        PRE_COMMIT_HOME=str(tmp_path / "home"), JDLINT_CACHE_DIR=str(tmp_path / "cache"),
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    reported = [line.split(" - ")[0] for line in done.stdout.splitlines() if ".md:" in line]
    assert [line.split(": ")[0] for line in reported] == ["nurse.md:3:9", "nurse.md:3:20"]
