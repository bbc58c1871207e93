"""Brains for figures of pay that no reader can use: swapped, mixed, without period, too far apart.

Only what stands in the text is looked at; structured data has checks of its own
(:mod:`jdlint.checks.malformed`).
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from jdlint.checks.card import PythonCard
from jdlint.checks.page import Page
from jdlint.checks.protocol import Context
from jdlint.language.late import late
from jdlint.model import Hit, PlainSpan
from jdlint.posting.lexicon import Words
from jdlint.posting.model import Pay, Posting
from jdlint.posting.paybook import paybook
from jdlint.posting.payperiod import LARGE_COINS, period_of
from jdlint.read.offsets import BlockKind

_SLIP = 10
"""Ends that are further apart than this are no swapped range: one of them is something else."""

_BEHIND = 20
_JOINT = late(r"\s*(?:-{1,3}|\bto\b)?\s*")
_PERIOD = late(
    r"(?i)\b(?:hour|hourly|hrs?|day|daily|diem|week|weekly|wk|month|monthly|pcm|pm|quarter|year"
    r"|yearly|yr|annual|annually|annum|pa|p\.a|shift|session|project|visit|mile|lesson|piece"
    r"|article|word|placement|stipend|total|fee|lump|once|one-off|commission|award|contract"
    r"|assignment|internship|fellowship|semester|term|course|season|gig|event|tour|ir35)s?\b"
)
_PER = late(r"(?i)(?:\b(?:per|an?|each)\b|/) ?(hour|hr|h|day|week|wk|month|mo|year|yr|annum)\b")
_LEAST_WITHOUT = Decimal(100)
_MOST_WITHOUT = Decimal(10_000)


def inverted(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Ranges whose first figure is the higher one."""
    for pay, low, high in _ranges(posting):
        if high < low < high * _SLIP and not _goes_on(posting, pay):
            yield _hit(posting, pay.span, card)


def currencies(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Two figures joined to a range, each with a currency of its own."""
    placed = sorted((p for p in _figures(posting) if p.currency), key=_start)
    for first, last in pairwise(placed):
        if first.span is None or last.span is None or first.currency == last.currency:
            continue
        if first.minimum == first.maximum and _is_end(last) and _are_joined(posting, first, last):
            yield _hit(posting, PlainSpan(first.span.start, last.span.end), card)


def without_period(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Figures that could be the pay of a week, a month or something else."""
    found = [pay for pay in _figures(posting) if pay.currency in LARGE_COINS]
    if any(period_of(pay, posting) for pay in posting.pay):
        return
    page = Page(posting)
    for pay in found:
        ends = [end for end in (pay.minimum, pay.maximum) if end is not None]
        if _LEAST_WITHOUT <= min(ends) <= max(ends) < _MOST_WITHOUT and not _tells(page, pay):
            yield _hit(posting, pay.span, card)


def placeholder(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Ranges from nothing, or to so much more that they say nothing."""
    times = Decimal(str(card.options["times"]))
    for pay, low, high in _ranges(posting):
        if _says_nothing(low, high, times) and not _goes_on(posting, pay):
            yield _hit(posting, pay.span, card)


def wide(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Ranges whose upper end is more than *at_most_ratio* times the lower one."""
    ratio, times = (Decimal(str(card.options[name])) for name in ("at_most_ratio", "times"))
    for pay, low, high in _ranges(posting):
        if high > low * ratio and not _says_nothing(low, high, times):
            values = {"ratio": f"{high / low:.1f}", "limit": f"{ratio.normalize():f}"}
            yield _hit(posting, pay.span, card, values)


def _figures(posting: Posting) -> list[Pay]:
    """The statements of pay with figures that stand in the text of the page."""
    if not posting.pay:
        return []
    page = Page(posting)
    found = []
    for pay in posting.pay:
        block = page.block(pay.span.start) if pay.span else None
        has_figures = pay.minimum is not None or pay.maximum is not None
        if has_figures and block is not None and block.kind is not BlockKind.FURNITURE:
            found.append(pay)
    return found


def _ranges(posting: Posting) -> Iterator[tuple[Pay, Decimal, Decimal]]:
    """The ranges among them with their ends, unless the ends have periods of their own."""
    for pay in _figures(posting):
        if pay.minimum is None or pay.maximum is None or pay.status != "range":
            continue
        text = posting.document.text(pay.span) if pay.span else ""
        if len({match.lower()[:1] for match in _PER.findall(text)}) < 2:
            yield pay, pay.minimum, pay.maximum


def _goes_on(posting: Posting, pay: Pay) -> bool:
    """Whether the second figure turns out to be something else ("$50,000 - $5,000 bonus")."""
    if pay.span is None:
        return False
    words = Words(posting.folded[pay.span.end : pay.span.end + _BEHIND])
    marks = paybook().lexicon.marks(words)
    return bool(marks) and marks[0].first <= 1 and bool({"not", "ote"} & marks[0].roles)


def _says_nothing(low: Decimal, high: Decimal, times: Decimal) -> bool:
    return low == 0 < high or high >= low * times


def _is_end(pay: Pay) -> bool:
    """Whether a figure could be the upper end of a range ("to $60,000" is read as a ceiling)."""
    return pay.maximum is not None and pay.minimum in (None, pay.maximum)


def _are_joined(posting: Posting, first: Pay, last: Pay) -> bool:
    """Whether nothing but a dash or "to" stands between two figures."""
    if first.span is None or last.span is None:
        return False
    between = posting.folded[first.span.end : last.span.start]
    opens = posting.folded.startswith(("to ", "To "), last.span.start)
    return _JOINT.fullmatch(between) is not None and (bool(between.strip()) or opens)


def _tells(page: Page, pay: Pay) -> bool:
    """Whether the block of a figure, or the line above it, speaks of a time or a piece of work."""
    block = page.block(pay.span.start) if pay.span else None
    if block is None:
        return True
    start = page.folded.rfind("\n", 0, max(0, block.span.start - 2)) + 1
    return _PERIOD.search(page.folded, start, block.span.end) is not None


def _start(pay: Pay) -> int:
    return pay.span.start if pay.span else 0


def _hit(
    posting: Posting, span: PlainSpan | None, card: PythonCard, values: dict[str, str] | None = None
) -> Hit:
    text = " ".join(posting.document.text(span).split()) if span else ""
    return Hit(card.id, span, {"match": text, **(values or {})})
