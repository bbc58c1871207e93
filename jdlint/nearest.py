"""Did you mean: the known word that a misspelt one comes nearest to."""

from collections.abc import Iterable
from itertools import takewhile
from operator import eq

_MANY = 100
_LIKE = 0.65
"""How much of two words must be the same for one to be a slip of the other; 1 is all of it."""


def nearest(word: str, known: Iterable[str], cutoff: float = _LIKE) -> str | None:
    """The one of *known* that is most like *word*, whatever its case, or None.

    Of several that are as like, it is the one that begins and ends as *word* does.
    """
    import difflib

    wanted = word.lower()
    by_case = {name.lower(): name for name in known}

    def likeness(name: str) -> tuple[float, int]:
        alike = difflib.SequenceMatcher(None, name, wanted).ratio()
        return alike, _same(name, wanted) + _same(name[::-1], wanted[::-1])

    close = difflib.get_close_matches(wanted, by_case, _MANY, cutoff)
    return by_case[max(close, key=likeness)] if close else None


def _same(one: str, other: str) -> int:
    """How many letters two words have in common before they part."""
    return sum(takewhile(bool, map(eq, one, other)))


def hint(word: str, known: Iterable[str], otherwise: str) -> str:
    """What to tell somebody who wrote *word*: the nearest of *known*, or *otherwise*."""
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near else otherwise
