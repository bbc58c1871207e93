"""Kind ``readability``: what a formula says of the whole posting."""

from collections.abc import Iterable, Iterator, Sequence

from jdlint.checks import bounds
from jdlint.checks.card import ReadabilityCard
from jdlint.checks.prose import prose
from jdlint.checks.protocol import Context
from jdlint.language.readability import FORMULAS, Scores, scores
from jdlint.model import Hit
from jdlint.posting.model import Posting

MINIMUM_SENTENCES = 10
"""On fewer sentences a score says more about chance than about the text."""


def build(cards: Sequence[ReadabilityCard]) -> "ReadabilityChecker":
    """The checker for *cards*; it computes only the formulas that they name."""
    return ReadabilityChecker(cards)


def faults(card: ReadabilityCard) -> Iterable[str]:
    """What is wrong with *card* itself."""
    yield from bounds.faults(card, "formula", FORMULAS)


class ReadabilityChecker:
    """All readability cards: each formula is computed once, on prose prepared once."""

    def __init__(self, cards: Sequence[ReadabilityCard]) -> None:
        self._cards = cards

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:  # noqa: ARG002
        """One hit, about the whole posting, for each card whose bound is passed."""
        text = prose(posting)
        awake = [card for card in self._cards if text.words >= card.minimum_words]
        if not awake or len(text.sentences) < MINIMUM_SENTENCES:
            return
        found = scores(text, dict.fromkeys(card.formula for card in awake))
        if found is not None:
            for card in awake:
                yield from _hits(card, found)


def _hits(card: ReadabilityCard, found: Scores) -> Iterator[Hit]:
    """The score is compared as it is shown: as a whole number."""
    if card.formula not in found.values:
        return
    value = round(found.values[card.formula])
    limit = bounds.passed(card, value)
    if limit is not None:
        yield Hit(card.id, None, bounds.values(value, limit, found.words))
