"""A LanguageTool that fails, played by a small server: how jdlint takes it.

None of this is evidence about LanguageTool itself; ``test_languagetool.py`` asks a real one.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from jdlint.cli import cli

pytestmark = pytest.mark.loopback
pytest.importorskip("language_tool_python", reason="the extra 'grammar' is not installed")

INFO = {"software": {"version": "6.8", "buildDate": "2026", "commit": "abc"}}
LANGUAGES = [{"name": "English", "code": "en", "longCode": c} for c in ("en", "en-US", "en-GB")]
MATCH = {
    "message": "Possible spelling mistake found.", "replacements": [{"value": "responsible"}],
    "offset": 0, "length": 11, "context": {"text": "responsable", "offset": 0, "length": 11},
    "sentence": "responsable", "rule": {"id": "MORFOLOGIK_RULE_EN_US", "description": "",
    "issueType": "misspelling", "category": {"id": "TYPOS", "name": "Possible Typo"}},
}  # fmt: skip
TEXT = "# Nurse 🚀\n\nYou are responsable for patients.\n"


def found(text):
    """What a real server would answer: the offset counts UTF-16 units."""
    at = text.find("responsable")
    units = len(text[:at].encode("utf-16-le")) // 2
    return {"matches": [MATCH | {"offset": units}] if at >= 0 else []}


class Fake(BaseHTTPRequestHandler):
    """Answers checks with what *answers* has, the last one for ever."""

    answers: ClassVar[list] = []
    asked: ClassVar[list] = []

    def log_message(self, *args):
        pass

    def do_GET(self):
        body = INFO if self.path.endswith("info") else LANGUAGES
        self._send(200, json.dumps(body).encode())

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        text = form["text"][0]
        self.asked.append(text)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer == "hang up":
            self.connection.close()
            return
        if answer == "hang":
            threading.Event().wait(1)
            answer = "ok"
        self._send(*((200, json.dumps(found(text)).encode()) if answer == "ok" else answer))

    def _send(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Quiet(ThreadingHTTPServer):
    """Does not mind who has gone."""

    block_on_close = False

    def handle_error(self, *args):
        pass


@contextmanager
def serving(*answers):
    Fake.answers, Fake.asked = list(answers), []
    with Quiet(("127.0.0.1", 0), Fake) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()


@pytest.fixture
def at(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "nurse.md").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JDLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("jdlint.grammar.wrapper.PAUSE", 0)
    return tmp_path


def check(url, *more):
    argv = ["check", "nurse.md", "--grammar", "server", "--grammar-url", url, "--select", "JD551"]
    done = CliRunner().invoke(cli, [*argv, "--format", "json", *more])
    return done.exit_code, json.loads(done.stdout)


def test_a_finding_has_its_place_its_code_and_its_suggestion(at):
    with serving("ok") as url:
        code, report = check(url)
    (finding,) = report["findings"]
    assert (code, finding["rule"], finding["code"]) == (1, "JD551", "MORFOLOGIK_RULE_EN_US")
    assert TEXT[finding["start"] : finding["end"]] == "responsable"
    assert (finding["suggestions"], finding["safety"]) == (["responsible"], "suggestion")
    assert report["summary"]["grammar"] == "checked"


def test_one_posting_is_one_request_and_the_second_time_none(at):
    with serving("ok") as url:
        first = check(url)
        assert len(Fake.asked) == 1
        assert check(url) == first
        assert len(Fake.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (400, b"Error: bad"), (413, b"Error: too long"), (429, b"Error: limit"), (500, b"Error"),
        (502, b"<html>Bad gateway</html>"), (503, b"Error: overloaded"), (401, b'{"error": "no"}'),
        (200, b'{"matches": [{"off'), (426, b"Upgrade"), "hang up",
    ],
    ids=str,
)  # fmt: skip
def test_a_server_that_fails_is_one_message_and_exit_code_2(at, answer):
    (at / "second.md").write_text(TEXT)
    with serving(answer) as url:
        code, report = check(url, "second.md")
    assert code == 2
    (failure,) = report["failures"]
    assert failure["kind"] == "grammar" and failure["path"] in ("nurse.md", "second.md")
    assert report["summary"]["grammar"].startswith("failed: ")
    assert report["summary"]["postings"] == 2
    assert len(set(Fake.asked)) == 1, "nobody is asked again after the failure"
    assert not (at / "cache" / "grammar").exists(), "a failure is never kept"


def test_a_server_that_fails_once_is_asked_again(at):
    with serving((503, b"Error: overloaded"), "ok") as url:
        assert check(url)[0] == 1


def test_a_server_that_hangs_is_given_up(at):
    (at / "jdlint.yaml").write_text("grammar: {timeout: 0.2}\n")
    with serving("hang") as url:
        code, report = check(url)
    assert (code, len(report["failures"])) == (2, 1)


def test_nobody_there(at):
    with serving("ok") as url:
        pass
    code, report = check(url)
    assert code == 2
    assert "no LanguageTool server at" in report["failures"][0]["message"]
    done = CliRunner().invoke(
        cli, ["check", "nurse.md", "--grammar", "server", "--grammar-url", url]
    )
    assert done.output.count("no LanguageTool server at") == 1


def test_optional_makes_it_a_notice_that_stands_in_every_report(at):
    with serving("ok") as url:
        pass
    code, report = check(url, "--grammar-optional")
    assert (code, report["failures"]) == (0, [])
    assert report["summary"]["grammar"].startswith("skipped: no LanguageTool server")
    for format_ in ("text", "concise"):
        argv = ["check", "nurse.md", "--grammar", "server", "--grammar-url", url]
        done = CliRunner().invoke(cli, [*argv, "--grammar-optional", "--format", format_])
        assert "Grammar was not checked: no LanguageTool server" in " ".join(done.output.split())


def test_what_is_not_languagetool_gets_no_text(at, monkeypatch):
    monkeypatch.setitem(INFO, "software", "another")
    with serving("ok") as url:
        code, report = check(url)
    assert (code, Fake.asked) == (2, [])
    assert "is not LanguageTool" in report["failures"][0]["message"]


def test_a_proxy_never_sees_what_stays_on_this_machine(at, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving("ok") as url:
        assert check(url)[0] == 1


def test_ids_of_languagetool_silence_in_the_configuration_and_in_the_posting(at):
    with serving("ok") as url:
        assert check(url, "--ignore", "MORFOLOGIK_RULE")[0] == 0
        (at / "jdlint.yaml").write_text("rules: {MORFOLOGIK_RULE_EN_US: note}\n")
        assert check(url)[1]["findings"][0]["severity"] == "note"
        (at / "nurse.md").write_text(
            f"<!-- jdlint-disable MORFOLOGIK_RULE_EN_US -- a name -->\n\n{TEXT}"
        )
        (finding,) = check(url)[1]["findings"]
        assert finding["suppressed"]


def test_our_own_rule_at_the_same_place_wins(at):
    (at / "jdlint.yaml").write_text(
        "reject: [{phrase: responsable, replacement: in charge}]\nselect: [JD119, JD551]\n"
    )
    argv = ["check", "nurse.md", "--format", "json", "--grammar", "server", "--grammar-url"]
    with serving("ok") as url:
        report = json.loads(CliRunner().invoke(cli, [*argv, url]).stdout)
    assert [f["rule"] for f in report["findings"]] == ["JD119"]
