"""Phrases found by looking words up: one pass over a text's words, however many phrases.

A phrase is written in lower case with blanks between its words ("p a", "sign on"). In the
text a blank, a hyphen, a dot, a slash or an apostrophe may stand there; a comma may not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_INNER = frozenset({" ", "-", ".", "'", "/", "\n", " - ", "-\n", " \n", "' ", ""})


class Mark(NamedTuple):
    """A phrase in the text, the first and last word's index, and what it stands for."""

    start: int
    end: int
    first: int
    last: int
    roles: frozenset[str]
    phrase: str


class Words:
    """The words of a text: where each starts and ends, and its lower-case form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.keys: list[str] = []
        for match in _WORD.finditer(text):
            start, end = match.span()
            self.starts.append(start)
            self.ends.append(end)
            self.keys.append(match.group().lower())

    def at(self, offset: int) -> int:
        """The index of the first word that starts at *offset* or behind it."""
        return bisect_left(self.starts, offset)

    def before(self, offset: int) -> int:
        """The index of the last word that ends at *offset* or before it; -1 if none does."""
        at = bisect_left(self.starts, offset) - 1
        return at if at < 0 or self.ends[at] <= offset else at - 1

    def adjoin(self, index: int) -> bool:
        """Whether word *index* and the next one can belong to one phrase."""
        if index + 1 >= len(self.keys):
            return False
        gap = self.text[self.ends[index] : self.starts[index + 1]]
        return gap in _INNER or (gap == ". " and self.ends[index] - self.starts[index] <= 2)


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

    def marks(self, words: Words, first: int = 0, last: int | None = None) -> list[Mark]:
        """The phrases among ``words[first:last]``, in order and without overlap."""
        found: list[Mark] = []
        stop = len(words.keys) if last is None else min(last, len(words.keys))
        lookup, keys, at = self._by_word.get, words.keys, first
        while at < stop:
            entries = lookup(keys[at])
            mark = self._longest(words, at, entries) if entries else None
            if mark is not None:
                found.append(mark)
                at = mark.last
            at += 1
        return found

    def _longest(self, words: Words, at: int, entries: list[tuple[list[str], str]]) -> Mark | None:
        keys = words.keys
        for rest, phrase in entries:
            last = at + len(rest)
            if keys[at + 1 : last + 1] != rest:
                continue
            if all(words.adjoin(i) for i in range(at, last)):
                return Mark(
                    words.starts[at], words.ends[last], at, last, self.roles[phrase], phrase
                )
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
