"""Brains for pay that is kept back: no figure at all, or one end of a range only."""

from collections.abc import Iterator
from functools import cache

from jdlint.checks.card import PythonCard
from jdlint.checks.page import Match, Page
from jdlint.checks.phrases import Phrase, phrase
from jdlint.checks.protocol import Context
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Pay, Posting
from jdlint.read.offsets import BlockKind

_FIGURES = frozenset({"range", "exact", "open"})
_WITHIN = 5


def unstated(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """Statements of pay on one of the card's *basis*, where no figure says more; each once.

    With the option *unless_grade* a grade counts as a figure. *not_after* and *not_before* are
    words close by that make the pay another's: a customer's, or one that the job is to set.
    With *once* only the plainest statement is reported.
    """
    enough = _FIGURES | {"band"} if card.options.get("unless_grade") else _FIGURES
    kept_back = [p for p in posting.pay if p.span and p.basis in _texts(card, "basis")]
    if kept_back and not any(p.status in enough for p in posting.pay):
        yield from _said_once(kept_back, Page(posting), context, card)


def _said_once(
    kept_back: list[Pay], page: Page, context: Context, card: PythonCard
) -> Iterator[Hit]:
    found = sorted(_match(pay, page) for pay in kept_back)
    if card.options.get("once"):
        plainest = _text(min(found, key=lambda match: _plainness(match, page)), page)
        found = [match for match in found if _text(match, page) == plainest]
    done, said = -1, set(context.accepted)
    for match in found:
        text = _text(match, page)
        if match.start < done or text.lower() in said or _of_others(match, page, card):
            continue
        done = match.end
        said.add(text.lower())
        yield Hit(card.id, PlainSpan(match.start, match.end), {"match": text})


def _text(match: Match, page: Page) -> str:
    return " ".join(page.folded[match.start : match.end].split())


def _plainness(match: Match, page: Page) -> tuple[bool, bool]:
    """Sorts statements in the prose before those in a field, and numbers before scales."""
    block = page.block(match.start)
    aside = block is not None and block.kind is BlockKind.FIELD
    return aside, not any(c.isdigit() for c in page.folded[match.start : match.end])


def one_ended(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """Figures with one end only ("up to £30,000"), where no range or exact figure stands."""
    if any(pay.status in ("range", "exact") for pay in posting.pay):
        return
    for pay in posting.pay:
        if pay.status == "open" and pay.span is not None:
            text = " ".join(posting.document.text(pay.span).split())
            if text.lower() not in context.accepted:
                yield Hit(card.id, pay.span, {"match": text})


def _of_others(match: Match, page: Page, card: PythonCard) -> bool:
    """Whether *match* is the pay of somebody else, or a part of a template stands in it."""
    before, after = (_phrases(_texts(card, name)) for name in ("not_after", "not_before"))
    embedded = "\ufffc" in page.folded[match.start : match.end]
    return embedded or page.before(match, before, _WITHIN) or page.after(match, after, _WITHIN)


def _texts(card: PythonCard, option: str) -> tuple[str, ...]:
    found = card.options.get(option, [])
    return tuple(found) if isinstance(found, list) else ()


@cache
def _phrases(texts: tuple[str, ...]) -> tuple[Phrase, ...]:
    return tuple(phrase(text) for text in texts)


def _match(pay: Pay, page: Page) -> Match:
    start, end = pay.span or (0, 0)
    return Match(start, end, *page.words_in(start, end), 0, ())
