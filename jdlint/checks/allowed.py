"""The words of a posting that its organisation has spoken for: accepted phrases and names.

Every check of words asks here before it speaks. An accepted phrase is meant whatever its
case; a name as it is written, or all in capitals, so that "Apple" leaves apples alone.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from jdlint.checks.page import Page
from jdlint.checks.phrases import Phrase, phrase
from jdlint.checks.protocol import Context


class Allowed:
    """Ranges of the plain text, in order, of which nothing is to be said."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        # An end is the furthest of all ranges that begin no later.
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def holds(self, start: int, end: int) -> bool:
        """Whether ``start:end`` lies inside one of the ranges."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]


_NOTHING = Allowed(())


def allowed(page: Page, context: Context) -> Allowed:
    """What the organisation has spoken for in the posting of *page*; found once for each page."""
    if not context.accepted and not context.names:
        return _NOTHING
    asked = (context.accepted, context.names)
    known: dict[object, Allowed] = page.__dict__.setdefault("allowed", {})
    if asked not in known:
        known[asked] = Allowed(_ranges(page, _phrases(*asked)))
    return known[asked]


@lru_cache(maxsize=16)
def _phrases(accepted: frozenset[str], names: frozenset[str]) -> tuple[Phrase, ...]:
    """The phrases to look for; those without a word are none."""
    texts = {text.lower() for text in accepted} | names | {name.upper() for name in names}
    return tuple(made for text in sorted(texts) if (made := phrase(text)).keys)


def _ranges(page: Page, phrases: Iterable[Phrase]) -> Iterable[tuple[int, int]]:
    for one in phrases:
        for here in page.places.get(one.keys[one.anchor], ()):
            first = here - one.anchor
            if (end := page.follow(first, one)) is not None:
                yield page.words[first].start, end
