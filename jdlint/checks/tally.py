"""Kind ``tally``: words that say something only together, reported once for a posting.

The words are found as those of ``terms`` cards are, and excused by the same company.
"""

from collections.abc import Iterable, Iterator, Sequence

from jdlint.checks.card import TallyCard
from jdlint.checks.page import Match, Page, page_of
from jdlint.checks.protocol import Context
from jdlint.checks.sided import Sides, finder, two_sides
from jdlint.checks.terms import faults as faults_of_terms
from jdlint.model import Hit, PlainSpan, Spot
from jdlint.posting.model import Posting

SHOWN = 5
"""So many words stand in the message; all of them are related places."""


def build(cards: Sequence[TallyCard]) -> "TallyChecker":
    """The checker for *cards*."""
    return TallyChecker(cards)


def faults(card: TallyCard) -> Iterable[str]:
    """What is wrong with *card* itself."""
    for side in sides(card):
        yield from faults_of_terms(side)
    if card.at_least <= 0:
        yield "'at_least' must be above 0: it is the number of words in 100"


def sides(card: TallyCard) -> Sides:
    """The words of *card* as cards of terms: those that count, and those against them."""
    return two_sides(card, card.terms, card.against)


class TallyChecker:
    """All cards of the kind."""

    def __init__(self, cards: Sequence[TallyCard]) -> None:
        self._cards = cards
        self._terms = finder("tally", [sides(card) for card in cards])

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:
        """One hit at most for each card."""
        page = page_of(posting)
        found: dict[int, list[Match]] = {}
        for number, match in self._terms.matches(page, context):
            found.setdefault(number, []).append(match)
        for at, card in enumerate(self._cards):
            counted, against = found.get(2 * at, []), found.get(2 * at + 1, [])
            if len({m.term for m in counted}) >= card.distinct and len(counted) > len(against):
                yield from _weighed(card, counted, against, page)


def _weighed(
    card: TallyCard, counted: list[Match], against: list[Match], page: Page
) -> Iterator[Hit]:
    """The hit of *card* if *counted* are enough for the length of the text."""
    words = _words_in_scope(card, page)
    share = 100 * len(counted) / max(1, words)
    if words < card.minimum_words or share < card.at_least:
        return
    values = {
        "match": _some([page.folded[m.start : m.end] for m in counted]),
        "share": f"{share:.1f}",
        "count": str(len(counted)),
        "against": str(len(against)),
        "words": str(words),
    }
    spots = [*_spots(counted, "counted"), *_spots(against, "against")]
    yield Hit(card.id, None, values, related=tuple(sorted(spots)))


def _some(texts: Iterable[str]) -> str:
    """The first few of *texts*, each once."""
    differing = list(dict.fromkeys(" ".join(text.lower().split()) for text in texts))
    return ", ".join(differing[:SHOWN]) + (" …" if len(differing) > SHOWN else "")


def _spots(matches: Iterable[Match], message: str) -> Iterator[Spot]:
    for match in matches:
        yield Spot(PlainSpan(match.start, match.end), message)


def _words_in_scope(card: TallyCard, page: Page) -> int:
    """How many words the text has at which *card* looks."""
    total = 0
    for block in page.posting.document.blocks:
        first, last = page.words_in(*block.span)
        if page.in_scope(Match(*block.span, first, last, 0, ()), card.scope):
            total += last - first
    return total
