"""Lints a text as the command line would, for tests that look at findings."""

from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from jdlint.config import settle
from jdlint.linter import lint_content
from jdlint.read import Content
from jdlint.rulebook import Rulebook

DAY = date(2026, 1, 1)
NOWHERE = Path(__file__).parent / "no-configuration"


def lint_bytes(content, name, *given, **more):
    """The result of *content*, read as a file called *name* would be."""
    return lint_content(Content(content, len(content)), name, *given, **more)


def result_of(text, name="posting.md", **given):
    """The result of linting *text* (str or bytes), read as a file called *name*."""
    settled, book = _settled(msgspec.json.encode(given), fresh="rule_folders" in given)
    content = text if isinstance(text, bytes) else text.encode()
    return lint_bytes(content, name, book.for_path(Path(name)), settled.config, DAY)


def _settled(given, *, fresh):
    """The settings *given* as JSON, and their rules: made once, unless they must be *fresh*."""
    return _made.__wrapped__(given) if fresh else _made(given)


@cache
def _made(given):
    settled = settle(None, NOWHERE, msgspec.json.decode(given))
    return settled, Rulebook(settled)


def lint(text, name="posting.md", **given):
    """The findings of *text*; a failure is an error of the test."""
    result = result_of(text, name, **given)
    assert not result.failures
    return list(result.findings)
