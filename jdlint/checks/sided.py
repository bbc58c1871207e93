"""Cards whose words have two sides, each found and excused as those of ``terms`` cards are."""

from collections.abc import Sequence

import msgspec

from jdlint import store
from jdlint.checks.card import Card, Term, TermsCard
from jdlint.checks.phrases import Catalogue, compile_cards
from jdlint.checks.terms import TermsChecker

Sides = tuple[TermsCard, TermsCard]

_COMMON = set(TermsCard.__struct_fields__) - {"terms", "safety", "once"}


def two_sides(card: Card, one: list[str | Term], two: list[str | Term]) -> Sides:
    """The words *one* and *two* as cards of terms that have all else from *card*."""
    common = {name: getattr(card, name) for name in card.__struct_fields__ if name in _COMMON}
    return TermsCard(**common, terms=one), TermsCard(**common, terms=two)


def finder(label: str, sides: Sequence[Sides]) -> TermsChecker:
    """Finds the words of *sides*; those of card *n* go by the numbers 2n and 2n + 1.

    *label* is the kind of card, by which the compiled catalogue is kept.
    """
    both = [side for pair in sides for side in pair]
    content = msgspec.json.encode(both)
    made = store.cached(label, content, lambda: compile_cards(both), Catalogue)
    return TermsChecker(both, made)
