"""A real LanguageTool: what it finds, where, and that it goes when the run ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jdlint.checks import load
from jdlint.checks.card import GrammarCard
from jdlint.config import GrammarSettings, settle
from jdlint.grammar.session import Session
from jdlint.rulebook import Rulebook
from tests.lint import DAY, NOWHERE, lint_bytes

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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_no_server_outlives_a_run_that_is_ended(languagetool, tmp_path, number):
    (tmp_path / "nurse.md").write_text("# Nurse\n\nYou are responsable for the ward.\n")
    process = managed(tmp_path, "nurse.md")
    java = servers(process)
    assert java
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert psutil.wait_procs(java, timeout=10)[1] == []
