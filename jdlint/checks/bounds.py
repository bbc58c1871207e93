"""What cards that measure have in common: a bound below, a bound above, or both."""

from collections.abc import Iterable, Sequence
from math import inf

from jdlint.checks.card import LimitCard, ReadabilityCard


def faults(card: LimitCard | ReadabilityCard, key: str, known: Iterable[str]) -> Iterable[str]:
    """What is wrong with *card*, whose *key* names one of the *known* things to measure."""
    named = getattr(card, key)
    if named not in known:
        yield f"'{key}' is {named}; use one of {', '.join(known)}"
    if card.at_most is None and card.at_least is None:
        yield f"'{key}' needs a bound: 'at_most', 'at_least' or both"


def passed(card: LimitCard | ReadabilityCard, value: float) -> float | None:
    """The bound of *card* that *value* is beyond, None if it is within both."""
    if card.at_most is not None and value > card.at_most:
        return card.at_most
    if card.at_least is not None and value < card.at_least:
        return card.at_least
    return None


def fine(cards: Sequence[LimitCard | ReadabilityCard]) -> tuple[float, float]:
    """The least and the greatest value that no bound of *cards* minds."""
    least = [card.at_least for card in cards if card.at_least is not None]
    most = [card.at_most for card in cards if card.at_most is not None]
    return max(least, default=-inf), min(most, default=inf)


def values(value: float, limit: float, words: int) -> dict[str, str]:
    """What fills the placeholders of a message about *value* beyond *limit*."""
    return {"value": number(value), "limit": number(limit), "words": str(words)}


def number(value: float) -> str:
    """*value* as people write it: thousands parted, no more than one decimal."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
