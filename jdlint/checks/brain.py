"""Kind ``python``: a card whose brain is a function.

The function takes the posting, the context and the card, and yields hits.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module

from jdlint.checks.card import PythonCard
from jdlint.checks.protocol import Context
from jdlint.model import Hit
from jdlint.posting.model import Posting

Brain = Callable[[Posting, Context, PythonCard], Iterable[Hit]]


def build(cards: Sequence[PythonCard]) -> "BrainChecker":
    """The checker for *cards*; their modules are imported when it first runs."""
    return BrainChecker(cards)


def faults(card: PythonCard) -> Iterable[str]:
    """Whether the function that *card* names is there."""
    try:
        _brain(card.check)
    except (ImportError, AttributeError, ValueError):
        yield f"'check' names {card.check}, which cannot be found; write package.module:function"


@cache
def _brain(check: str) -> Brain:
    module, _, name = check.partition(":")
    found: Brain = getattr(import_module(module), name)
    return found


class BrainChecker:
    """Cards whose brain is code, one after the other."""

    def __init__(self, cards: Sequence[PythonCard]) -> None:
        self._cards = cards

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:
        """What the functions of the cards see."""
        for card in self._cards:
            yield from _brain(card.check)(posting, context, card)
