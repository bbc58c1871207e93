"""Kind ``required-words``: what a posting should say in one of several ways.

Nothing is called missing on thin evidence: one of the words anywhere in the text, or a field
of a fitting name, is enough.
"""

from collections.abc import Iterator, Sequence

from jdlint.checks.card import RequiredWordsCard
from jdlint.checks.expressions import faults, sources
from jdlint.checks.page import compiled
from jdlint.checks.protocol import Context
from jdlint.model import Hit
from jdlint.posting.model import Posting

__all__ = ["build", "faults"]


def build(cards: Sequence[RequiredWordsCard]) -> "StatedChecker":
    """The checker for *cards*."""
    return StatedChecker(cards)


class StatedChecker:
    """All cards of the kind."""

    def __init__(self, cards: Sequence[RequiredWordsCard]) -> None:
        self._cards = cards

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:  # noqa: ARG002
        """One hit for each card none of whose words is there."""
        length = len(posting.words)
        for card in self._cards:
            if length >= card.minimum_words and not _is_said(card, posting):
                yield Hit(card.id, None)


def _is_said(card: RequiredWordsCard, posting: Posting) -> bool:
    named = posting.document.field(*card.fields)
    if named is not None and named.value.strip():
        return True
    return any(compiled(s).search(posting.folded) for s in sources(card.words, card.patterns))
