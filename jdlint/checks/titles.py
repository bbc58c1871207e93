"""Kind ``title``: what does not belong in the title of a posting."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from jdlint.checks.card import TitleCard
from jdlint.checks.expressions import expressions, faults
from jdlint.checks.protocol import Context
from jdlint.language.words import fold
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Posting

LONGEST = 300
"""So many characters of a title are looked at."""

__all__ = ["build", "faults"]


def build(cards: Sequence[TitleCard]) -> "TitleChecker":
    """The checker for *cards*; their expressions are made when a posting has a title."""
    return TitleChecker(cards)


class TitleChecker:
    """All cards of the kind."""

    def __init__(self, cards: Sequence[TitleCard]) -> None:
        self._cards = cards

    @cached_property
    def _looks(self) -> list[tuple[TitleCard, list[Any], list[Any]]]:
        return [
            (card, expressions(card.words, card.patterns), expressions(card.unless, ()))
            for card in self._cards
        ]

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:
        """The first thing in the title for each card."""
        title = posting.title_text[:LONGEST]
        folded = fold(title)
        accepted = expressions(sorted(context.accepted), ())
        for card, wanted, unless in self._looks if title else ():
            fine = [m.span() for one in (*unless, *accepted) for m in one.finditer(folded)]
            found = [span for one in wanted for span in _spans(one, folded)]
            bad = [s for s in found if not any(s[0] < f[1] and f[0] < s[1] for f in fine)]
            if bad:
                start, end = min(bad, key=lambda span: (span[0], -span[1]))
                yield Hit(card.id, placed(posting, start, end), {"match": title[start:end]})


def _spans(expression: Any, text: str) -> Iterator[tuple[int, int]]:
    """Where *expression* matches in *text*; of a group, where the group does."""
    for match in expression.finditer(text):
        yield match.span(1) if expression.groups and match[1] is not None else match.span()


def placed(posting: Posting, start: int, end: int) -> PlainSpan | None:
    """The range *start:end* of the title as a place in the text, None if it stands in a field."""
    if posting.title is None:
        return None
    return PlainSpan(posting.title.start + start, posting.title.start + end)
