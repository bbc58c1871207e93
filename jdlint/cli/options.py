"""Options that several commands share, and what is made of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from jdlint.config import DIALECTS, FAIL_ON, Settled, settle

F = TypeVar("F", bound=Callable[..., Any])


def _words(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> list[str]:
    """Values that may be given several times or divided by commas."""
    return [w.strip() for v in values for w in v.split(",") if w.strip()]


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"'{value}' is not a day; write it as 2026-11-23") from None


def adding(*options: Callable[[F], F]) -> Callable[[F], F]:
    """What adds *options* to a command, in their order."""

    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def today() -> date:
    """The day, where the user is."""
    return datetime.now(UTC).astimezone().date()


text_or_json = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
"""The option of the commands that show something to people or to programs."""

settings = adding(
    click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Use this configuration and look for no other.",
    ),
    click.option(
        "--profile",
        type=click.Choice(["minimal", "recommended", "strict"], case_sensitive=False),
        help="How much to check.",
    ),
    click.option(
        "--select",
        multiple=True,
        callback=_words,
        metavar="RULES",
        help="Only these rules: ids, names, categories or tags.",
    ),
    click.option(
        "--ignore", multiple=True, callback=_words, metavar="RULES", help="Not these rules."
    ),
    click.option(
        "--dialect",
        type=click.Choice(DIALECTS, case_sensitive=False),
        help="The spelling to expect.",
    ),
    click.option(
        "--as-of",
        callback=_day,
        metavar="DAY",
        help="The day against which dates are held (default: today).",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON, case_sensitive=False),
        help="Exit with 1 from this severity on (default: warning).",
    ),
)
"""Adds the options that settle the configuration (see :data:`SETTINGS`)."""

SETTINGS = ("config_file", "profile", "select", "ignore", "dialect", "as_of", "fail_on")
"""The options of :func:`settings`, by the names under which a command gets them."""


def settled(config_file: Path | None, start: Path | None = None, **given: Any) -> Settled:
    """The configuration in force, from the options of :func:`settings`."""
    values = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in given.items()
        if value not in (None, [])
    }
    return settle(config_file, start or Path.cwd(), values)
