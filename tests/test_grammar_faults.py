"""A LanguageTool that fails, played by a small server: how jdlint takes it.

None of this is evidence about LanguageTool itself; ``test_languagetool.py`` asks a real one.
"""

import json
import re
import threading

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from jdlint.cli import cli
from jdlint.grammar.pieces import Piece, pieces, units
from jdlint.read.offsets import BREAK
from jdlint.report import FORMATS
from tests import fake_languagetool
from tests.fake_languagetool import INFO, MATCH, Fake, serving

pytestmark = pytest.mark.loopback
pytest.importorskip("language_tool_python", reason="the extra 'grammar' is not installed")

TEXT = "# Nurse 🚀\n\nYou are responsable for patients.\n"


@pytest.fixture
def at(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "nurse.md").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("jdlint.grammar.kept._folder", lambda: tmp_path / "kept")
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
        (401, b'{"error": "no"}'), (403, b"Error: no"), (404, b""), (426, b"Upgrade"),
        (429, b"Error: limit"), (502, b"<html>Bad gateway</html>"), (503, b"Error: overloaded"),
        "hang up", "elsewhere",
    ],
    ids=str,
)  # fmt: skip
def test_a_server_that_fails_is_one_message_and_exit_code_2(at, answer):
    (at / "second.md").write_text(TEXT)
    with serving(answer) as url:
        code, report = check(url, "second.md")
    assert code == 2
    (failure,) = report["failures"]
    assert (failure["kind"], failure["path"]) == ("grammar", "nurse.md")
    assert failure["message"].startswith("from here on, grammar was not checked: ")
    assert report["summary"]["grammar"].startswith("failed: ")
    assert report["summary"]["postings"] == 2
    assert len(set(Fake.asked)) == 1, "nobody is asked again after the failure"
    assert not (at / "kept").exists(), "a failure is never kept"


BAD_ANSWERS = [
    (400, b"Error: bad"), (500, b"Error: Checking took longer than 5 seconds"),
    (200, b'{"matches": [{"off'), (200, b"[]"), (200, b'{"error": "no"}'), (200, b"null"),
    (200, b'{"matches": [{}]}'), (200, b"<html>Welcome to the hotel</html>"),
    (200, b'{"matches": [], "warnings": {"incompleteResults": true}}'), (200, b"[" * 100_000),
    "hang",
]  # fmt: skip


@pytest.mark.parametrize("optional", [False, True])
@pytest.mark.parametrize("answer", BAD_ANSWERS, ids=lambda answer: str(answer)[:40])
def test_a_server_that_fails_at_one_posting_reads_the_next(at, answer, optional):
    (at / "jdlint.yaml").write_text(f"grammar: {{timeout: 0.2, optional: {optional}}}\n")
    (at / "second.md").write_text(TEXT)
    with serving(answer, "ok") as url:
        code, report = check(url, "second.md")
    assert [f["path"] for f in report["findings"]] == ["second.md"]
    outcome, failed = ("skipped", []) if optional else ("failed", ["nurse.md"])
    assert [f["path"] for f in report["failures"] if f["kind"] == "grammar"] == failed
    assert report["summary"]["grammar"].startswith(f"{outcome}: nurse.md: ")
    assert code == (1 if optional else 2)
    assert "from here on" not in str(report)


def test_a_server_that_fails_at_every_posting_is_given_up(at):
    for number in range(5):
        (at / f"{number}.md").write_text(f"{TEXT}\nWe are {number}.\n")
    with serving((500, b"Error: Internal Error")) as url:
        code, report = check(url, *(f"{number}.md" for number in range(5)))
    assert code == 2
    assert [f["path"] for f in report["failures"]] == ["0.md", "1.md", "2.md"]
    assert report["failures"][2]["message"].startswith("from here on, ")
    assert len(Fake.asked) == 3


def test_a_server_that_dies_over_a_posting_is_not_asked_again(at, monkeypatch):
    monkeypatch.setattr("jdlint.grammar.server._PATIENCE", 0.2)
    (at / "jdlint.yaml").write_text("grammar: {timeout: 0.2}\n")
    (at / "second.md").write_text(TEXT)
    monkeypatch.setattr(Fake, "do_GET", dead_after(Fake.do_GET, 2))
    with serving("hang") as url:
        code, report = check(url, "second.md")
    (failure,) = report["failures"]
    assert code == 2 and failure["message"].startswith("from here on, ")
    assert "no LanguageTool server at" in failure["message"]


def dead_after(answer, times):
    """What answers as *answer* does so many times and then says nothing more."""
    left = iter(range(times))

    def do_get(fake):
        if next(left, None) is None:
            fake.connection.close()
        else:
            answer(fake)

    return do_get


def test_a_server_that_drips_for_ever_is_given_up(at, monkeypatch):
    def drip(fake):
        fake.send_response(200)
        fake.end_headers()
        for _ in range(20):
            fake.wfile.write(b" ")
            threading.Event().wait(0.05)

    monkeypatch.setattr(Fake, "do_POST", drip)
    (at / "jdlint.yaml").write_text("grammar: {timeout: 0.2}\n")
    with serving("ok") as url:
        code, report = check(url)
    assert code == 2 and "took longer than 0.2 s" in report["failures"][0]["message"]


def test_the_first_answer_of_a_new_server_may_take_longer_and_only_that(at):
    from jdlint.grammar.findings import profile
    from jdlint.grammar.server import TextError
    from jdlint.grammar.wrapper import Client

    with serving("hang") as url:
        client = Client(f"{url}/", 0.2, profile(), first=30)
        assert client.matches(TEXT, "en-US")
        with pytest.raises(TextError, match=r"longer than 0\.2 s; .*timeout: 120"):
            client.matches(TEXT, "en-US")


@pytest.mark.parametrize("command", [["check"], ["baseline", "create"]])
def test_a_server_that_is_named_and_would_not_be_asked_is_a_mistake(at, command):
    named = ["--grammar-url", "http://127.0.0.1:9"]
    done = CliRunner().invoke(cli, [*command, "nurse.md", *named])
    assert done.exit_code == 2
    assert "add --grammar server to ask it" in done.output
    told_off = [*command, "nurse.md", *named, "--grammar", "off"]
    assert CliRunner().invoke(cli, told_off).exit_code != 2


# -- texts that are too long -----------------------------------------------------------

LONG = "# Nurse 🚀\n\n" + "".join(
    f"You are respons{vowel}ble for a ward 🚀 and its patients.\r\n\r\n" for vowel in "aeouybcdf"
)
SLIP = re.compile("respons[^i]ble")


def found_everywhere(text):
    """Every slip in *text*, in UTF-16 units."""
    starts = [m.start() for m in SLIP.finditer(text)]
    units = [len(text[:at].encode("utf-16-le")) // 2 for at in starts]
    return {"matches": [MATCH | {"offset": unit} for unit in units]}


@pytest.mark.parametrize("limit", [60, 100, 333])
@pytest.mark.parametrize("tells_limit", [True, False])
def test_a_long_posting_is_read_in_pieces_and_places_stay_exact(
    at, monkeypatch, limit, tells_limit
):
    monkeypatch.setattr(fake_languagetool, "found", found_everywhere)
    (at / "long.md").write_bytes(LONG.encode())
    with serving("ok", limit=limit, tells_limit=tells_limit) as url:
        code, report = check(url, "long.md")
        assert (code, report["summary"]["grammar"]) == (1, "checked")
        found = [f for f in report["findings"] if f["path"] == "long.md"]
        text = LONG.encode().decode()
        assert [f["start"] for f in found] == [m.start() for m in SLIP.finditer(text)]
        Fake.asked.clear()
        assert check(url, "long.md")[1]["findings"] == report["findings"]
        assert Fake.asked == [], "the pieces are kept as one answer"


def test_a_paragraph_that_is_too_long_is_a_notice_and_the_run_goes_on(at, monkeypatch):
    monkeypatch.setattr(fake_languagetool, "found", found_everywhere)
    wide = "You are responsable for it, and for that, and for all of this too. " * 3
    (at / "long.md").write_text(f"# Nurse\n\nA responsable nurse.\n\n{wide}\n\n- responseble\n")
    with serving("ok", limit=100) as url:
        for _ in range(2):
            code, report = check(url, "long.md")
            assert (code, report["failures"]) == (1, [])
            assert report["summary"]["grammar"].startswith(
                "checked in part: long.md: a paragraph is too long"
            )
            assert len([f for f in report["findings"] if f["path"] == "long.md"]) == 2
            assert [f for f in report["findings"] if f["path"] == "nurse.md"]
    argv = ["check", "long.md", "--grammar", "server", "--select", "JD551", "--grammar-url"]
    with serving("ok", limit=100) as url:
        done = CliRunner().invoke(cli, [*argv, url])
    assert "Grammar was not wholly checked: long.md: a paragraph is" in " ".join(
        done.output.split()
    )


@given(st.lists(st.text(alphabet="ab🚀 ", min_size=1, max_size=9), max_size=9), st.integers(1, 40))
def test_pieces_are_whole_blocks_and_together_the_text(blocks, limit):
    text = "".join(block + BREAK for block in blocks)
    made = list(pieces(Piece(0, text), limit))
    assert "".join(piece.text for piece in made) == text
    for piece in made:
        assert text[piece.start : piece.start + len(piece.text)] == piece.text
        assert units(piece.text) <= limit or piece.text.count(BREAK) == 1


# -- in between ------------------------------------------------------------------------


def test_a_server_that_fails_once_is_asked_again(at):
    with serving((503, b"Error: overloaded"), "ok") as url:
        assert check(url)[0] == 1


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


def test_optional_makes_it_a_notice_and_leaves_the_exit_code(at):
    with serving("ok") as url:
        pass
    code, report = check(url, "--grammar-optional")
    assert (code, report["failures"]) == (0, [])
    assert report["summary"]["grammar"].startswith("skipped: no LanguageTool server")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("optional", [True, False])
@pytest.mark.parametrize("rules", ["all", "JD551"])
def test_that_grammar_was_not_checked_stands_in_every_report(at, format_, optional, rules):
    with serving("ok") as url:
        pass
    argv = ["check", "nurse.md", "--grammar", "server", "--grammar-url", url, "--format", format_]
    argv += ["--select", rules] if rules != "all" else []
    done = CliRunner().invoke(cli, [*argv, *["--grammar-optional"][:optional]])
    said = " ".join(re.sub(r"\\u[0-9a-f]{4}|&\S+;|%\w\w", "'", done.stdout).split())
    assert "no LanguageTool server at" in said
    assert (done.exit_code == 2) is not optional


@pytest.mark.parametrize("format_", FORMATS)
def test_that_a_part_was_not_read_stands_in_every_report(at, format_):
    argv = ["check", "nurse.md", "--grammar", "server", "--format", format_, "--grammar-url"]
    with serving("ok", limit=20) as url:
        done = CliRunner().invoke(cli, [*argv, url])
    assert "a paragraph is too long" in " ".join(done.stdout.split())
    assert done.exit_code in (0, 1)


def test_what_is_not_languagetool_gets_no_text(at, monkeypatch):
    monkeypatch.setitem(INFO, "software", "another")
    with serving("ok") as url:
        code, report = check(url)
    assert (code, Fake.asked) == (2, [])
    assert "is not LanguageTool" in report["failures"][0]["message"]


def test_a_server_that_sends_elsewhere_is_not_followed(at):
    with serving("elsewhere") as url:
        code, report = check(url)
    assert code == 2 and "307" in report["failures"][0]["message"]
    assert len(Fake.asked) == 1


def test_a_server_without_english_is_one_failure(at, monkeypatch):
    german = [{"name": "German", "code": "de", "longCode": "de-DE"}]
    monkeypatch.setattr(fake_languagetool, "LANGUAGES", german)
    (at / "second.md").write_text(TEXT)
    with serving("ok") as url:
        code, report = check(url, "second.md")
    assert (code, len(report["failures"]), Fake.asked) == (2, 1, [])
    assert "from here on" in report["failures"][0]["message"]


def test_half_a_character_is_sent_as_a_question_mark(at):
    from jdlint.grammar.findings import profile
    from jdlint.grammar.wrapper import Client

    text = "You 🚀 are \ud83d responsable for a ward."
    with serving("ok") as url:
        (match,) = Client(f"{url}/", 5, profile()).matches(text, "en-US")
    assert text[match.start : match.end] == "responsable"
    assert Fake.asked == [text.replace("\ud83d", "?")]


def test_every_process_asks_for_the_same_in_the_same_order(at, monkeypatch):
    heard = []
    monkeypatch.setattr(Fake, "hear", lambda _, form: heard.append(form))
    with serving("ok") as url:
        check(url)
    (form,) = heard
    for name in ("disabledRules", "disabledCategories", "enabledRules"):
        ids = form[name][0].split(",")
        assert ids == sorted(ids) and ids[0]
    assert form["language"] == ["en-US"] and "COMMA_PARENTHESIS_WHITESPACE" in str(form)


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
