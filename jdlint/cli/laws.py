"""``jdlint laws``: what is checked for a place on a day, with its sources."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import click
import msgspec

from jdlint.checks.card import AnyCard
from jdlint.cli.options import settings, settled, text_or_json, today
from jdlint.law.duty import Duty
from jdlint.model import ConfigError
from jdlint.nearest import hint
from jdlint.posting.jurisdictions import lies_in
from jdlint.posting.localities import known_code
from jdlint.report.statutes import DISCLAIMER, STALE, address
from jdlint.rulebook import catalogue, is_on, tuned


class Row(msgspec.Struct, frozen=True):
    """A row of law in the list; *status* is in force, ahead or ended."""

    place: str
    rule: str
    name: str
    status: str
    effective_from: date | None
    effective_to: date | None
    citation: str
    confidence: str
    last_reviewed: date | None
    severity: str
    sources: dict[str, str]
    note: str


@click.command("laws")
@click.option("--place", multiple=True, metavar="CODE", help="Only what holds there (US-CO).")
@click.option("--stale", is_flag=True, help="Only what was not reviewed for 180 days.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the evidence file.")
@settings
@text_or_json
def laws_command(
    place: tuple[str, ...], stale: bool, schema: bool, format_: str, **options: Any
) -> None:
    """List the rows of law that are checked, place by place, with their sources."""
    if schema:
        from jdlint.report import filing

        click.echo(msgspec.json.format(msgspec.json.encode(filing.schema()), indent=2))
        return
    given = settled(**options)
    day = given.config.as_of or today()
    cards = [tuned(c, given.config) for c in catalogue(given) if is_on(c, given.config)]
    for code in place:
        _known(code, cards)
    rows = [r for r in _rows(cards, day) if not place or any(_holds(r.place, c) for c in place)]
    if stale:
        rows = [r for r in rows if r.last_reviewed is None or day - r.last_reviewed > STALE]
    if format_ == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2))
    else:
        _show(rows, day, stale=stale)


def _known(code: str, cards: Iterable[AnyCard]) -> None:
    if not known_code(code):
        near = sorted({place for c in cards for d in c.duties for place in d.places})
        raise ConfigError(f"there is no place '{code}'; {hint(code, near, 'write it as US-CO')}")


def _holds(place: str, code: str) -> bool:
    """Whether the law of *place* holds at *code* or at a part of it."""
    return lies_in(code, place) or lies_in(place, code)


def _rows(cards: Iterable[AnyCard], day: date) -> list[Row]:
    rows = [
        _row(card, duty, place, day)
        for card in cards
        for duty in card.duties
        for place in duty.places
    ]
    return sorted(rows, key=lambda row: (row.place, row.rule, row.effective_from or date.min))


def _row(card: AnyCard, duty: Duty, place: str, day: date) -> Row:
    return Row(
        place,
        card.id,
        card.name,
        _status(duty, day),
        duty.effective_from,
        duty.effective_to,
        duty.citation,
        duty.confidence.value,
        duty.last_reviewed or card.last_reviewed,
        duty.most.word,
        {key: address(key) for key in duty.sources},
        duty.note,
    )


def _status(duty: Duty, day: date) -> str:
    if duty.effective_to and duty.effective_to < day:
        return "ended"
    return "ahead" if duty.effective_from and duty.effective_from > day else "in force"


def _show(rows: list[Row], day: date, *, stale: bool) -> None:
    """Write the list for people, place by place, in 80 columns."""
    last = ""
    for row in rows:
        if row.place != last:
            click.echo(f"\n{row.place}" if last else row.place)
            last = row.place
        dates = _dates(row)
        click.echo(f"  {row.rule} {row.name}: {row.severity} at most, {row.status} ({dates})")
        click.echo(f"      {row.citation}; {row.confidence}; reviewed {row.last_reviewed}")
        for key, where in row.sources.items():
            click.echo(f"      {key} {where}".rstrip())
        if not row.sources:
            click.echo("      no source seen")
    what = "need a review" if stale else "are checked"
    click.echo(f"\n{len(rows)} rows of law {what} as of {day}." if rows else f"No row as of {day}.")
    click.echo(DISCLAIMER)


def _dates(row: Row) -> str:
    start = f"from {row.effective_from}" if row.effective_from else "long since"
    return f"{start} to {row.effective_to}" if row.effective_to else start
