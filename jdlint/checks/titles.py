"""Kind ``title``: what does not belong in the title of a posting."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from jdlint.checks.allowed import allowed
from jdlint.checks.card import TitleCard
from jdlint.checks.expressions import faults, of_words, sources
from jdlint.checks.page import any_of, compiled, page_of
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
    """All cards of the kind. One pass over the title tells which expressions occur in it."""

    def __init__(self, cards: Sequence[TitleCard]) -> None:
        self._cards = cards

    @cached_property
    def _sources(self) -> list[tuple[TitleCard, str]]:
        return [(c, source) for c in self._cards for source in sources(c.words, c.patterns)]

    @cached_property
    def _any(self) -> Any:
        return any_of([source for _, source in self._sources])

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:
        """The first thing in the title for each card."""
        title = posting.title_text[:LONGEST]
        folded = fold(title)
        found: dict[str, list[tuple[int, int]]] = {}
        for at in sorted(self._any.Match(folded) or ()) if title else ():
            card, source = self._sources[at]
            fine = list(_spans(of_words(tuple(card.unless)), folded)) if card.unless else []
            bad = [s for s in _spans(source, folded) if not _overlaps(s, fine)]
            found.setdefault(card.id, []).extend(
                s for s in bad if not _is_allowed(s, posting, context)
            )
        for card in self._cards:
            if spans := found.get(card.id):
                start, end = min(spans, key=lambda span: (span[0], -span[1]))
                yield Hit(card.id, placed(posting, start, end), {"match": title[start:end]})


def _is_allowed(span: tuple[int, int], posting: Posting, context: Context) -> bool:
    """Whether the organisation has spoken for the words at *span* of the title."""
    place = placed(posting, *span)
    return place is not None and allowed(page_of(posting), context).holds(*place)


def _overlaps(one: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(one[0] < end and start < one[1] for start, end in others)


def _spans(source: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the expression *source* matches in *text*; of a group, where the group does."""
    expression = compiled(source)
    for match in expression.finditer(text):
        yield match.span(1) if expression.groups and match[1] is not None else match.span()


def placed(posting: Posting, start: int, end: int) -> PlainSpan | None:
    """The range *start:end* of the title as a place in the text, None if it stands in a field."""
    if posting.title is None:
        return None
    return PlainSpan(posting.title.start + start, posting.title.start + end)
