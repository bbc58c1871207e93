"""The period that pay is for, where none stands behind the figure."""

from bisect import bisect_right
from decimal import Decimal

from jdlint.language.late import late
from jdlint.posting.model import Pay, Posting
from jdlint.read.offsets import BlockKind

_REACH = 60
"""So many characters in front of a figure may name its period."""

_PAY = (
    r"(?:[ -]+\w{1,14}){0,2}?[ -]*(?:rates?|pay|wages?|salar(?:y|ies)|base|compensation|stipend"
    r"|gross|remuneration|package|earnings|gehalt|lohn|satz|brutto|range)"
)
_ADJECTIVES = {
    "hour": ("hourly", "per hour|stundenlohn"),
    "day": ("daily|day", "per day|per diem|tagessatz"),
    "week": ("weekly", "per week"),
    "month": ("monthly", "per month|monatsgehalt|monatslohn|bruttomonatsgehalt"),
    "year": (
        "annual|yearly|annuali[sz]ed",
        "per annum|per year|jahresgehalt|bruttojahresgehalt",
    ),
}
_TOLD = {
    name: late(rf"(?i)\b(?:(?:{before}){_PAY}|{alone})\b")
    for name, (before, alone) in _ADJECTIVES.items()
}
_STOP = late(r"[;\n\ufffc]|[.!?] ")
_LEAST_A_YEAR = Decimal(15_000)
"""Nobody is offered so much by the month in one of the currencies below without being told."""

LARGE_COINS = frozenset({"USD", "GBP", "EUR", "CAD", "AUD", "NZD", "CHF", "SGD"})
"""Currencies in which the pay of an hour, a month and a year differ as those of a dollar do."""


def told_period(pay: Pay, posting: Posting) -> str | None:
    """The period behind the figure, or in the words or the label in front of it ("Day rate")."""
    if pay.period or pay.span is None:
        return pay.period
    text = posting.folded
    start = max(0, pay.span.start - _REACH)
    front = text[start : pay.span.start]
    stops = [match.end() for match in _STOP.finditer(front)]
    front = front[stops[-1] :] if stops else front
    return _period_in(front) or _period_in(_label(pay, posting))


def period_of(pay: Pay, posting: Posting) -> str | None:
    """The period as told, else a year where both ends are as large as only a year's pay is."""
    if told := told_period(pay, posting):
        return told
    ends = [end for end in (pay.minimum, pay.maximum) if end is not None]
    if ends and pay.currency in LARGE_COINS and min(ends) >= _LEAST_A_YEAR:
        return "year"
    return None


def _period_in(text: str) -> str | None:
    """The period named last in *text*."""
    ends = {
        name: max((match.end() for match in pattern.finditer(text)), default=-1)
        for name, pattern in _TOLD.items()
    }
    last = max(ends, key=ends.__getitem__)
    return last if ends[last] >= 0 else None


def _label(pay: Pay, posting: Posting) -> str:
    """The heading of the section that holds the figure, or the cell to its left."""
    span = pay.span
    if span is None:
        return ""
    section = posting.section_at(span.start)
    heading = posting.document.text(section.heading) if section and section.heading else ""
    blocks = posting.document.blocks
    at = bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1
    if at > 0 and blocks[at].kind is BlockKind.CELL and blocks[at - 1].kind is BlockKind.CELL:
        return posting.document.text(blocks[at - 1].span)
    if at >= 0 and blocks[at].kind is BlockKind.FIELD:
        return blocks[at].name.replace("_", " ")
    return heading
