"""UK and US spellings: the table of pairs, and the words whose spelling depends on the sense.

The data stand in ``rules/_data/spelling.tsv`` and ``rules/_data/spelling_senses.yaml`` and
are read when they are first needed.
"""

from functools import cache

import msgspec

from jdlint import store

DIALECTS = ("UK", "UK-oxford", "US", "CA", "AU")
"""The dialects, in the order of :attr:`Variant.fits`. UK writes -ise, UK-oxford -ize."""


class Variant(msgspec.Struct, frozen=True):
    """A word that the dialects spell differently.

    *fits* has a letter for each of :data:`DIALECTS`: k (the UK spelling is right there), s
    (the US spelling) or e (either). *kind* is safe, ise (-ise and -ize), name (its
    capitalised forms are mostly proper names), sense (the spelling depends on the sense) or
    soft (right on both sides).
    """

    uk: str
    us: str
    fits: str
    kind: str
    family: str

    def right(self, spelling: str, dialect: str) -> bool:
        """Whether *spelling* (one of the two) is right in *dialect*."""
        return self.fits[DIALECTS.index(dialect)] in ("e", self.side(spelling))

    def spelled(self, dialect: str) -> str:
        """The spelling of *dialect*; the UK's where both are right."""
        return self.us if self.fits[DIALECTS.index(dialect)] == "s" else self.uk

    def telling(self, spelling: str) -> bool:
        """Whether some dialects do not write *spelling*."""
        return self.kind != "soft" and not set(self.fits) <= {"e", self.side(spelling)}

    def side(self, spelling: str) -> str:
        """The letter that stands for *spelling*: k or s."""
        return "k" if spelling == self.uk else "s"


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
        return Variant(uk, us, self.fits, "sense", next(iter(self.words)))


class Tongues(msgspec.Struct, frozen=True):
    """Common words: *function* words that Title Case leaves small, *english* and *foreign* ones.

    *institutions* are what names begin with: college, department.
    """

    function: frozenset[str]
    english: frozenset[str]
    foreign: frozenset[str]
    institutions: frozenset[str]


class Senses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that stands in ``spelling_senses.yaml``."""

    senses: list[Sense]
    names: list[str]
    institutions: list[str]
    function_words: list[str]
    english_words: list[str]
    foreign_words: list[str]


class Table:
    """The pairs; *rows* leads from any of their spellings to its row."""

    def __init__(self, text: str) -> None:
        body = text[text.rindex("\n#") + 1 :].partition("\n")[2]
        cells = body.replace("\n", "\t").split("\t")  # much faster than line by line
        self._uk, self._us, self._rest = cells[:-1:3], cells[1::3], cells[2::3]
        self.rows = dict(zip(self._uk, range(len(self)), strict=True))
        self.rows.update(zip(self._us, range(len(self)), strict=True))

    def __len__(self) -> int:
        return len(self._us)

    def find(self, spelling: str) -> Variant | None:
        """The word that *spelling* is a spelling of."""
        at = self.rows.get(spelling)
        if at is None:
            return None
        fits, kind, family = self._rest[at].split(" ")
        return Variant(self._uk[at], self._us[at], fits, kind, family)


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
    foreign, institutions = frozenset(curated.foreign_words), frozenset(curated.institutions)
    return Tongues(function, english, foreign, institutions)


@cache
def _curated() -> Senses:
    return msgspec.convert(store.table("spelling_senses"), Senses)
