"""Brain for pay that is spoken of without a figure: praise, grades, commission."""

from collections.abc import Iterator
from functools import cache

from jdlint.checks.card import PythonCard
from jdlint.checks.page import Match, Page
from jdlint.checks.phrases import Phrase, phrase
from jdlint.checks.protocol import Context
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Pay, Posting

_FIGURES = frozenset({"range", "exact", "open"})
_WITHIN = 5


def unstated(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """Statements of pay, each wording once, that rest on one of the card's *basis*, where no figure says more.

    With the option *unless_grade* a grade counts as a figure. *not_after* and *not_before* are
    words close by that make the pay another's: a customer's, or one that the job is to set.
    """
    enough = _FIGURES | {"band"} if card.options.get("unless_grade") else _FIGURES
    kept_back = [p for p in posting.pay if p.span and p.basis in _texts(card, "basis")]
    if not kept_back or any(p.status in enough for p in posting.pay):
        return
    page = Page(posting)
    done, said = -1, set(context.accepted)
    for match in sorted(_match(pay, page) for pay in kept_back):
        text = " ".join(page.folded[match.start : match.end].split())
        if match.start < done or text.lower() in said or _of_others(match, page, card):
            continue
        done = match.end
        said.add(text.lower())
        yield Hit(card.id, PlainSpan(match.start, match.end), {"match": text})


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
