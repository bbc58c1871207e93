"""Phrases found by looking words up: one pass over a text's words, however many phrases.

A phrase is written in lower case with blanks between its words ("p a", "sign on"). In the
text a blank, a hyphen, a dot, a slash or an apostrophe may stand there; a comma may not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

_GAP = re.compile(r"([\W_]+)")
_INNER = frozenset({" ", "-", ".", "'", "/", "\n", " - ", "-\n", " \n", "' ", "% "})


class Mark(NamedTuple):
    """A phrase in the text, the first and last word's index, and what it stands for."""

    start: int
    end: int
    first: int
    last: int
    roles: frozenset[str]
    phrase: str


class Words:
    """The words of a text (letters and digits), in lower case, and where they start.

    Split at the gaps rather than searched one by one: that is much the faster way.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        parts = _GAP.split(lower(text))
        starts = list(accumulate(map(len, parts), initial=0))
        first = 0 if parts[0] else 2
        last = len(parts) if parts[-1] else len(parts) - 1
        self.keys: list[str] = parts[first:last:2]
        self.starts: list[int] = starts[first:last:2]
        self._gaps = parts[first + 1 : last : 2]
        self._places: dict[str, list[int]] = {}
        for index, key in enumerate(self.keys):
            if key in self._places:
                self._places[key].append(index)
            else:
                self._places[key] = [index]

    def where(self, keys: Set[str]) -> list[int]:
        """The indices of all words that are among *keys*, in order."""
        return sorted([i for key in self._places.keys() & keys for i in self._places[key]])

    def end(self, index: int) -> int:
        """Where word *index* ends."""
        return self.starts[index] + len(self.keys[index])

    def written(self, index: int) -> str:
        """Word *index* as it stands in the text."""
        return self.text[self.starts[index] : self.end(index)]

    def at(self, offset: int) -> int:
        """The index of the first word that starts at *offset* or behind it."""
        return bisect_left(self.starts, offset)

    def before(self, offset: int) -> int:
        """The index of the last word that ends at *offset* or before it; -1 if none does."""
        at = bisect_left(self.starts, offset) - 1
        return at if at < 0 or self.end(at) <= offset else at - 1

    def adjoin(self, index: int) -> bool:
        """Whether word *index* and the next one can belong to one phrase."""
        if index + 1 >= len(self.keys):
            return False
        gap = self._gaps[index]
        return gap in _INNER or (gap == ". " and len(self.keys[index]) <= 2)


def lower(text: str) -> str:
    """*text* in lower case, at equal length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """The words of *text*, remembered for a moment: several facts are read from one text."""
    return Words(text)


class Lexicon:
    """Phrases by role, to be found in texts; of several phrases the longest one counts."""

    def __init__(self, roles: Mapping[str, Iterable[str]]) -> None:
        found: dict[str, set[str]] = {}
        for role, phrases in roles.items():
            for phrase in phrases:
                found.setdefault(phrase, set()).add(role)
        self.roles = {phrase: frozenset(names) for phrase, names in found.items()}
        self._by_word: dict[str, list[tuple[list[str], str]]] = {}
        for phrase in sorted(self.roles, key=len, reverse=True):
            first, *rest = phrase.split()
            self._by_word.setdefault(first, []).append((rest, phrase))

    def marks(self, words: Words) -> list[Mark]:
        """The phrases among *words*, in order and without overlap."""
        found: list[Mark] = []
        by_word, keys, done = self._by_word, words.keys, -1
        for at in words.where(by_word.keys()):
            if at > done and (mark := self._longest(words, at, by_word[keys[at]])) is not None:
                found.append(mark)
                done = mark.last
        return found

    def _longest(self, words: Words, at: int, entries: list[tuple[list[str], str]]) -> Mark | None:
        keys = words.keys
        for rest, phrase in entries:
            last = at + len(rest)
            if keys[at + 1 : last + 1] != rest:
                continue
            if all(words.adjoin(i) for i in range(at, last)):
                return Mark(words.starts[at], words.end(last), at, last, self.roles[phrase], phrase)
        return None

    def ending(self, words: Words, last: int, most: int = 4) -> tuple[str, int] | None:
        """The longest phrase whose last word is *last*, and the index of its first word."""
        for length in range(min(most, last + 1), 0, -1):
            first = last - length + 1
            phrase = " ".join(words.keys[first : last + 1])
            if phrase in self.roles and all(words.adjoin(i) for i in range(first, last)):
                return phrase, first
        return None

    def starting(self, words: Words, first: int, most: int = 3) -> tuple[str, int] | None:
        """The longest phrase whose first word is *first*, and the index of its last word."""
        if first >= len(words.keys):
            return None
        for length in range(most, 0, -1):
            last = first + length - 1
            phrase = " ".join(words.keys[first : last + 1])
            if phrase in self.roles and all(words.adjoin(i) for i in range(first, last)):
                return phrase, last
        return None
