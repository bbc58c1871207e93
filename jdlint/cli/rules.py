"""``jdlint rule`` and ``jdlint rules``: what is checked, offline, and the generated pages."""

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from jdlint.checks.card import AnyCard
from jdlint.cli.options import settings, settled, text_or_json
from jdlint.model import ConfigError
from jdlint.nearest import hint
from jdlint.report import pages
from jdlint.rulebook import catalogue, is_on, tuned, verify_names


@click.command("rule")
@click.argument("names", nargs=-1, required=True, metavar="RULE...")
@settings
@text_or_json
def rule_command(names: tuple[str, ...], format_: str, **options: Any) -> None:
    """Explain a rule: what it finds, why, examples and sources."""
    cards = catalogue(settled(**options))
    for name in names:
        card = _find(name, cards)
        if format_ == "json":
            click.echo(msgspec.json.format(msgspec.json.encode(card), indent=2))
        else:
            click.echo(pages.page(card))


def _find(name: str, cards: list[AnyCard]) -> AnyCard:
    wanted = name.lower()
    for card in cards:
        if wanted in (card.id.lower(), card.name):
            return card
    known = [key for card in cards for key in (card.id, card.name)]
    near = hint(name, known, "'jdlint rules --all' lists them")
    raise ConfigError(f"there is no rule '{name}'; {near}")


@click.command("rules")
@settings
@click.option("--all", "everything", is_flag=True, help="Also those that are off here.")
@text_or_json
@click.option(
    "--write",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="FOLDER",
    help="Write the page of each card and the index into FOLDER.",
)
@click.option(
    "--verify",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="FOLDER",
    help="Fail if a page in FOLDER is not what --write would make.",
)
def rules_command(
    everything: bool, format_: str, write: Path | None, verify: Path | None, **options: Any
) -> None:
    """List the rules that are on here."""
    given = settled(**options)
    cards = catalogue(given)
    if write or verify:
        _pages(cards, write, verify)
        return
    verify_names(given, cards)
    shown = [tuned(c, given.config) for c in cards if everything or is_on(c, given.config)]
    if format_ == "json":
        click.echo(msgspec.json.encode(shown).decode())
        return
    for card in shown:
        row = f"{card.id}  {card.severity:<8} {card.category:<12} {card.name}"
        click.echo(f"{row}\n       {card.summary}")
    click.echo(f"{len(shown)} rules. 'jdlint rule {shown[0].id if shown else 'ID'}' explains one.")


def _pages(cards: list[AnyCard], write: Path | None, verify: Path | None) -> None:
    """Write the pages, or say which are stale and how to mend that."""
    folder = write or verify
    assert folder is not None  # noqa: S101 (the caller has one of the two)
    own = [c for c in cards if c.pack == "jdlint"]
    stale = pages.differing(own, folder)
    if write:
        for file, text in stale.items():
            file.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{len(stale)} of {len(own) + 1} pages written.")
    elif stale:
        names = ", ".join(f.name for f in list(stale)[:5])
        click.echo(f"{len(stale)} pages are stale ({names}); run: jdlint rules --write {folder}")
        sys.exit(1)
    else:
        click.echo("All pages are up to date.")
