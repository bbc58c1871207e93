"""``jdlint test``: run the examples of cards."""

import sys
from pathlib import Path

import click

from jdlint import store
from jdlint.checks import load
from jdlint.counted import counted
from jdlint.trial import cards_at, faults


@click.command("test")
@click.argument("path", type=click.Path(path_type=Path, exists=True), required=False)
def test_command(path: Path | None) -> None:
    """Run every example of the cards at PATH: a folder, or one card (default: jdlint's own)."""
    cards = cards_at(path or store.rules_folder())
    known = [key for c in (*load.shipped(), *cards) for key in (c.id, c.name)]
    wrong = examples = 0
    for card in cards:
        examples += len(card.examples.bad) + len(card.examples.good)
        for fault in faults(card, known):
            wrong += 1
            click.echo(f"{card.file}: {card.id} {card.name}: {fault}")
    if not cards:
        click.echo(f"no card (*.yaml) found in {path}")
        sys.exit(2)
    if wrong:
        click.echo(f"{counted(wrong, 'fault')} in {counted(len(cards), 'card')}.")
        sys.exit(1)
    click.echo(f"{counted(len(cards), 'card')}, {counted(examples, 'example')}: all as they say.")
