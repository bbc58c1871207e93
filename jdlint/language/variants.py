"""UK and US spellings: the table of pairs, and the words whose spelling depends on the sense.

The data stand in ``rules/_data/spelling.tsv`` and ``rules/_data/spelling_senses.yaml`` and
are read when they are first needed.
"""

from functools import cache
from typing import NamedTuple

import msgspec

from jdlint import store

DIALECTS = ("UK", "UK-oxford", "US", "CA", "AU")
"""The dialects, in the order of :attr:`Variant.fits`. UK writes -ise, UK-oxford -ize."""

_COLUMNS = 6


class Variant(NamedTuple):
    """A word that the dialects spell differently.

    *third* is an -ize spelling with a British stem (anaesthetize), or "-". *fits* has a
    letter for each of :data:`DIALECTS`: k (the UK spelling is right there), s (the US
    spelling), t (the third), e (either). *kind* is safe, ise (-ise and -ize), name (its
    capitalised forms are mostly proper names) or soft (right on both sides).
    """

    uk: str
    us: str
    third: str
    fits: str
    kind: str
    family: str

    def right(self, spelling: str, dialect: str) -> bool:
        """Whether *spelling* (one of the three) is right in *dialect*."""
        return self.fits[DIALECTS.index(dialect)] in ("e", self.side(spelling))

    def spelled(self, dialect: str) -> str:
        """The spelling of *dialect*; the UK's where both are right."""
        code = self.fits[DIALECTS.index(dialect)]
        return {"s": self.us, "t": self.third}.get(code, self.uk)

    def side(self, spelling: str) -> str:
        """The letter that stands for *spelling*: k, s or t."""
        if spelling == self.uk:
            return "k"
        return "s" if spelling == self.us else "t"


class Sense(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The company in which a word has the sense that the dialects spell differently.

    See the head of ``spelling_senses.yaml``.
    """

    name: str
    side: str
    words: dict[str, str]
    fits: str
    previous: list[str] = []
    next: list[str] = []
    not_previous: list[str] = []
    not_next: list[str] = []
    hint: bool = False

    def variant(self, word: str) -> Variant:
        """The pair of spellings that *word* belongs to in this sense."""
        other = self.words[word]
        uk, us = (word, other) if self.side == "uk" else (other, word)
        return Variant(uk, us, "-", self.fits, "sense", next(iter(self.words)))


class Tongues(NamedTuple):
    """Common words: *function* words that Title Case leaves small, *english* and *foreign* ones."""

    function: frozenset[str]
    english: frozenset[str]
    foreign: frozenset[str]


class Senses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that stands in ``spelling_senses.yaml``."""

    senses: list[Sense]
    names: list[str]
    function_words: list[str]
    english_words: list[str]
    foreign_words: list[str]


class Table:
    """The pairs; *rows* leads from any of their spellings to its row."""

    def __init__(self, text: str) -> None:
        cells = text[text.rindex("\n#") + 1 :].partition("\n")[2].split()
        columns = [cells[i::_COLUMNS] for i in range(_COLUMNS)]
        uk, us, third, *_ = columns
        self._columns = columns
        self.rows = dict(zip(third, range(len(third)), strict=True))
        self.rows.update(zip(us, range(len(us)), strict=True))
        self.rows.update(zip(uk, range(len(uk)), strict=True))
        del self.rows["-"]

    def __len__(self) -> int:
        return len(self._columns[0])

    def find(self, spelling: str) -> Variant | None:
        """The word that *spelling* is a spelling of."""
        at = self.rows.get(spelling)
        return None if at is None else Variant(*(column[at] for column in self._columns))


@cache
def table() -> Table:
    """The table of UK and US spellings."""
    return Table(store.data_path("spelling.tsv").read_text(encoding="utf-8"))


@cache
def senses() -> dict[str, tuple[Sense, ...]]:
    """The senses of each word whose spelling depends on its sense."""
    found: dict[str, tuple[Sense, ...]] = {}
    for sense in _curated().senses:
        for word in sense.words:
            found[word] = (*found.get(word, ()), sense)
    return found


@cache
def names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names that keep their spelling, as tuples of words, by each of their words."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in _curated().names:
        keys = tuple(name.replace("-", " ").split())
        for key in set(keys):
            found[key] = (*found.get(key, ()), keys)
    return found


@cache
def tongues() -> Tongues:
    """The common words by which English, other languages and titles are told."""
    curated = _curated()
    function = frozenset(curated.function_words)
    english = function | frozenset(curated.english_words)
    return Tongues(function, english, frozenset(curated.foreign_words))


@cache
def _curated() -> Senses:
    return msgspec.convert(store.table("spelling_senses"), Senses)
