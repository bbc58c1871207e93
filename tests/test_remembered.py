"""Expressions that are remembered from run to run are the ones that ``re`` would make."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jdlint import store
from jdlint.language import remembered

PACKAGE = Path(remembered.__file__).parent.parent


def written():
    """The expressions that stand as they are in a call of ``late``, with their flags."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "late":
                try:
                    pattern = ast.literal_eval(node.args[0])
                    flags = ast.unparse(node.args[1]) if len(node.args) > 1 else "0"
                    yield pattern, eval(flags, {"re": re})
                except (ValueError, NameError):  # made of names of the module
                    continue


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """An empty cache, and a way to begin anew with what is in it."""
    monkeypatch.setenv("JDLINT_CACHE_DIR", str(tmp_path))
    remembered._kept.cache_clear()
    yield remembered._kept.cache_clear
    remembered._kept.cache_clear()


def test_each_expression_of_ours_is_the_same_from_the_cache(fresh):
    patterns = list(dict.fromkeys(written()))
    assert len(patterns) > 150
    for pattern, flags in patterns:
        remembered.compiled(pattern, flags)
    remembered._kept().keep()
    fresh()
    assert remembered._kept().codes
    for pattern, flags in patterns:
        made, kept = re.compile(pattern, flags), remembered.compiled(pattern, flags)
        assert kept == made
        assert (kept.groups, kept.groupindex) == (made.groups, made.groupindex)


def test_a_second_run_parses_none(tmp_path):
    posting = tmp_path / "nurse.md"
    posting.write_text("# Nurse\n\nYou will care for patients in Leeds for £32,000 a year.\n")
    script = (
        "import sys\nfrom jdlint.language import remembered\n"
        "parsed, real = [], remembered._parsed\n"
        "remembered._parsed = lambda *a: parsed.append(a) or real(*a)\n"
        "from jdlint.cli import cli\n"
        "try:\n"
        f"    cli(['check', '--no-cache', '--output-file', {str(tmp_path / 'out')!r},"
        f" {str(posting)!r}])\n"
        "except SystemExit:\n    print(len(parsed))\n"
    )
    run = [sys.executable, "-c", script]
    env = {"JDLINT_CACHE_DIR": str(tmp_path / "cache"), "PATH": ""}
    first, second = (
        int(subprocess.run(run, env=env, capture_output=True, check=True).stdout) for _ in range(2)
    )
    assert first > 20
    assert second == 0


@pytest.mark.parametrize(
    "code",
    [
        remembered.Code(32, 0, {}, b""),
        remembered.Code(32, 0, {}, b"\xff" * 8),
        remembered.Code(32, 0, {}, b"123"),
        remembered.Code(32, 9, {"a": 40}, b"\x01\0\0\0"),
        remembered.Code(-1, -1, {}, b"\x01\0\0\0"),
    ],
)
def test_damaged_code_is_made_anew(fresh, code):
    store.remember("patterns", remembered._PYTHON, {"0 'a+b'": code})
    assert remembered.compiled("a+b").fullmatch("aab")


def test_a_python_without_these_steps_compiles_as_ever(fresh, monkeypatch):
    monkeypatch.setattr(remembered, "_parsed", lambda *_: (_ for _ in ()).throw(AttributeError()))
    assert remembered.compiled(r"(?P<a>\d)x").match("1x")["a"] == "1"
    assert not remembered._kept().codes


def test_no_text_of_a_posting_is_kept_as_an_expression(tmp_path):
    posting = tmp_path / "p.md"
    posting.write_text(
        "# Zanzibar Quokka Wrangler at Wibblethorpe Ltd (Leeds)\n\nCome to Wibblethorpe Ltd in Leeds.\n"
    )
    env = {"JDLINT_CACHE_DIR": str(tmp_path / "cache"), "PATH": ""}
    run = [sys.executable, "-m", "jdlint", "check", "--no-cache", str(posting)]
    subprocess.run(run, env=env, capture_output=True, check=False)
    (kept,) = (tmp_path / "cache").glob("patterns-*")
    assert not re.search("quokka|wibble|zanzibar", kept.read_text(encoding="utf-8"), re.I)
