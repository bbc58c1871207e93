"""What the configuration itself should be told: once per run, not once per posting."""

from collections.abc import Iterator
from datetime import date

from jdlint.checks.card import AnyCard
from jdlint.config import Accepted, Settled
from jdlint.layers import Place
from jdlint.locate import filled
from jdlint.model import Finding
from jdlint.read.offsets import LineIndex
from jdlint.schema import spelled

EXPIRED = "JD921"


def audit(settled: Settled, card: AnyCard, today: date) -> Iterator[Finding]:
    """A finding of *card* for each accepted phrase whose last day has passed."""
    day = settled.config.as_of or today
    for number, entry in enumerate(settled.config.accept):
        if isinstance(entry, Accepted) and entry.ended(day):
            detail = f"'{entry.phrase}' was accepted until {entry.until}"
            yield _finding(settled, card, detail, ("accept", number, "until"), str(entry.until))


def _finding(
    settled: Settled, card: AnyCard, detail: str, steps: tuple[str | int, ...], written: str
) -> Finding:
    """The finding at *steps* of the configuration, where *written* stands."""
    place = settled.layers.place(steps) or Place(settled.file or "")
    finding = Finding(
        path=place.path,
        rule=card.id,
        name=card.name,
        category=card.category,
        severity=card.severity.severity,
        message=filled(card.message, {"detail": detail}),
        place=spelled(steps, place.root),
    )
    text = settled.layers.texts.get(place.path, "")
    return finding if place.line is None else _placed(finding, place, text, written)


def _placed(finding: Finding, place: Place, text: str, written: str) -> Finding:
    import msgspec

    lines = LineIndex(text)
    line = lines.span(place.line or 1, len(text))
    start = text.find(written, line.start + (place.column or 1) - 1, line.end)
    if start < 0:
        start = line.start + (place.column or 1) - 1
    (row, column), (end_row, end_column) = lines.locate(start), lines.locate(start + len(written))
    return msgspec.structs.replace(
        finding,
        start=start,
        end=start + len(written),
        line=row,
        column=column,
        end_line=end_row,
        end_column=end_column,
        matched=text[start : start + len(written)],
        place=None,
        excerpt=text[line.start : line.end].rstrip("\r\n"),
    )
