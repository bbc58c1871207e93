"""A run that may ask LanguageTool: opens the session, closes it, and tells once what failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
import msgspec

from jdlint.cli.options import adding
from jdlint.config import GRAMMAR_MODES, GrammarSettings, Settled
from jdlint.model import Failure
from jdlint.outcome import Result, Ungrammared
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
        """*result*, with a failure or a notice if grammar was not checked in all of it.

        What ends the checking of grammar is told once, for the whole run. It is a notice if
        grammar is optional, as is a part that LanguageTool would not read.
        """
        gone = result.ungrammared
        if gone is None:
            return result
        reason = gone.reason if gone.extent == "run" else f"{result.path}: {gone.reason}"
        if gone.extent == "part":
            self._note("checked in part", reason)
        elif self._optional:
            self._note("skipped", reason)
        else:
            self._note("failed", reason)
            return self._failed(result, gone)
        return result

    def _note(self, outcome: str, reason: str) -> None:
        """Have every report say what came of grammar; the worst counts for the summary."""
        if outcome != "checked in part" or self._summary.grammar == "checked":
            self._summary.grammar = f"{outcome}: {reason}"
        if outcome != "failed":
            extent = "checked" if outcome == "skipped" else "wholly checked"
            self._summary.notice(f"Grammar was not {extent}: {reason}")

    def _failed(self, result: Result, gone: Ungrammared) -> Result:
        """*result* with a failure, unless that the run goes on without grammar is told already."""
        if gone.extent == "run" and self._told:
            return result
        self._told = gone.extent == "run"
        since = "from here on, " if self._told else ""
        message = f"{since}grammar was not checked: {gone.reason}"
        failure = Failure(result.path, "grammar", message)
        return msgspec.structs.replace(result, failures=(*result.failures, failure))


def refuse_unasked(choice: dict[str, Any], settled: Settled) -> None:
    """Raises UsageError if the command line names a server that would not be asked."""
    meant = choice["grammar_mode"] == "off" or settled.config.grammar.mode == "server"
    if choice["grammar_url"] is not None and not meant:
        raise click.UsageError("--grammar-url names a server; add --grammar server to ask it")


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
