"""A run that may ask LanguageTool: opens the session, closes it, and tells once what failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
import msgspec

from jdlint.cli.options import adding
from jdlint.config import GRAMMAR_MODES, GrammarSettings, Settled
from jdlint.model import Failure
from jdlint.outcome import Result
from jdlint.run import Summary

if TYPE_CHECKING:
    from jdlint.grammar.session import Session


grammar_options = adding(
    click.option(
        "--grammar",
        "grammar_mode",
        type=click.Choice(GRAMMAR_MODES, case_sensitive=False),
        help="Ask LanguageTool, too: a server that runs, or one managed by jdlint (default: off).",
    ),
    click.option("--grammar-url", metavar="URL", help="Where the LanguageTool server is."),
    click.option(
        "--grammar-optional",
        is_flag=True,
        default=None,
        help="If LanguageTool is not to be had, say so and go on.",
    ),
)
"""Adds the options for grammar."""


def configured(choice: dict[str, Any]) -> dict[str, Any] | None:
    """What the command line says about grammar, as the configuration has it."""
    named = {key: choice[f"grammar_{key}"] for key in ("mode", "url", "optional")}
    return {key: value for key, value in named.items() if value is not None} or None


class Asked:
    """Who is asked about grammar, and what has become of it."""

    def __init__(self, session: "Session | None", optional: bool, summary: Summary) -> None:
        self.session = session
        self._optional = optional
        self._summary = summary
        self._told = False

    def heard(self, result: Result) -> Result:
        """*result*, with a failure if it is the first whose grammar could not be checked.

        One failure speaks for the whole run, unless it is optional; then the report's
        summary says it.
        """
        if not result.ungrammared:
            return result
        outcome = "skipped" if self._optional else "failed"
        self._summary.grammar = f"{outcome}: {result.ungrammared}"
        if self._optional:
            self._summary.notice(f"Grammar was not checked: {result.ungrammared}")
        if self._told or self._optional:
            return result
        self._told = True
        message = f"from here on, grammar was not checked: {result.ungrammared}"
        failure = Failure(result.path, "grammar", message)
        return msgspec.structs.replace(result, failures=(*result.failures, failure))


@contextmanager
def asked(settled: Settled, summary: Summary) -> Iterator[Asked]:
    """Who is asked about grammar under *settled*; nothing is loaded if nobody is."""
    wanted: GrammarSettings = settled.config.grammar
    if wanted.mode == "off":
        yield Asked(None, wanted.optional, summary)
        return
    from jdlint.grammar.session import Session

    session = Session(wanted)
    summary.grammar = "checked"
    try:
        yield Asked(session, wanted.optional, summary)
    finally:
        session.close()
