"""Phrases found by looking words up: one pass over a text's words, however many phrases.

A phrase is written in lower case with blanks between its words ("p a", "sign on"). In the
text a blank, a hyphen, a dot, a slash or an apostrophe may stand there; a comma may not.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain

import msgspec

from jdlint.language.late import late
from jdlint.language.words import Columns, columns

_PART = late(r"[^\W_]+")
_INNER = frozenset({" ", "-", ".", "'", "/", "\n", " - ", "-\n", " \n", "' ", "% "})


class Mark(msgspec.Struct, frozen=True):
    """A phrase in the text, the first and last word's index, and what it stands for."""

    start: int
    end: int
    first: int
    last: int
    roles: frozenset[str]
    phrase: str


class Words:
    """The words of a folded text in lower case, and where they start.

    Unlike in :mod:`jdlint.language.words`, an apostrophe parts two words ("worker s"). They
    are taken from *found*, the words in that sense, where the caller has them already.
    """

    def __init__(self, text: str, found: Columns | None = None) -> None:
        self.text = text
        self.keys: list[str] = []
        self.starts: list[int] = []
        self._take(columns(text) if found is None else found)

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Each different word, and the indices at which it stands, in order."""
        found = defaultdict(list)
        for at, key in enumerate(self.keys):
            found[key].append(at)
        return found

    @property
    def distinct(self) -> Set[str]:
        """The different words."""
        return self.places.keys()

    def _take(self, found: Columns) -> None:
        """Take words over, those that consist of parts in parts."""
        starts, ends, _, keys = found
        done = 0
        for at in self._divided(starts, ends, keys):
            self.keys += keys[done:at]
            self.starts += starts[done:at]
            for part in _PART.finditer(self.text, starts[at], ends[at]):
                self.keys.append(lower(part.group()))
                self.starts.append(part.start())
            done = at + 1
        self.keys += keys[done:]
        self.starts += starts[done:]

    def _divided(
        self, starts: Sequence[int], ends: Sequence[int], keys: Sequence[str]
    ) -> list[int]:
        """The indices of words with a sign inside, or whose keys have not the text's length."""
        if sum(map(len, keys)) != sum(ends) - sum(starts):
            pairs = enumerate(zip(starts, ends, keys, strict=True))
            return [n for n, (a, b, k) in pairs if "'" in k or "_" in k or len(k) != b - a]
        inner = [*everywhere(self.text, "'"), *everywhere(self.text, "_")]
        found = {(bisect_right(starts, offset) - 1, offset) for offset in inner}
        return sorted({at for at, offset in found if at >= 0 and offset < ends[at]})

    def where(self, keys: Set[str]) -> list[int]:
        """The indices of all words that are among *keys*, in order."""
        known = self.distinct & keys
        return sorted(chain.from_iterable(self.places[key] for key in known)) if known else []

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
        gap = self.text[self.end(index) : self.starts[index + 1]]
        return gap in _INNER or (gap == ". " and len(self.keys[index]) <= 2)


def everywhere(text: str, sign: str) -> Iterator[int]:
    """Where *sign* stands in *text*."""
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def lower(text: str) -> str:
    """*text* in lower case, at equal length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


class Phrase(msgspec.Struct, frozen=True, array_like=True):
    """A phrase, its words behind the first one, and what it stands for."""

    text: str
    rest: list[str]
    roles: frozenset[str]


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """The phrases that begin with one word: *longer* ones by their second word, longest first."""

    alone: Phrase | None
    longer: dict[str, tuple[Phrase, ...]]


Phrases = dict[str, msgspec.Raw]
"""Phrases by their first word, as the cache keeps them: undecoded until a text holds it."""

_ENTRY = msgspec.json.Decoder(Entry)


def compile_phrases(roles: Mapping[str, Iterable[str]]) -> Phrases:
    """The phrases of each of *roles*, ready for the cache."""
    found: dict[str, set[str]] = {}
    for role, phrases in roles.items():
        for phrase in phrases:
            found.setdefault(phrase, set()).add(role)
    entries: dict[str, tuple[list[Phrase], dict[str, tuple[Phrase, ...]]]] = {}
    for text in sorted(found, key=len, reverse=True):
        first, *rest = text.split()
        alone, longer = entries.setdefault(first, ([], {}))
        made = Phrase(text, rest, frozenset(found[text]))
        if rest:
            longer[rest[0]] = (*longer.get(rest[0], ()), made)
        else:
            alone.append(made)
    return {
        first: msgspec.Raw(msgspec.json.encode(Entry(alone[0] if alone else None, longer)))
        for first, (alone, longer) in entries.items()
    }


class Lexicon:
    """Phrases with roles, to be found in texts; of several phrases the longest one counts."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._decoded: dict[str, Entry] = {}

    def _entry(self, first: str) -> Entry | None:
        """The phrases that begin with *first*."""
        if first not in self._phrases:
            return None
        return self._decoded.get(first) or self._decode(first)

    def _decode(self, first: str) -> Entry:
        self._decoded[first] = found = _ENTRY.decode(self._phrases[first])
        return found

    def marks(self, words: Words) -> list[Mark]:
        """The phrases among *words*, in order and without overlap."""
        found: list[Mark] = []
        following, done = [*words.keys[1:], ""], -1
        for at, entry in self._begun(words, following):
            if at > done:
                longer = entry.longer.get(following[at], ())
                mark = _longest(words, at, longer, entry.alone)
                if mark is not None:
                    found.append(mark)
                    done = mark.last
        return found

    def _begun(self, words: Words, following: Sequence[str]) -> list[tuple[int, Entry]]:
        """Where phrases may begin, in order: words that go on as one does, or stand alone."""
        found: list[tuple[int, Entry]] = []
        for first in words.distinct & self._phrases.keys():
            entry = self._decoded.get(first) or self._decode(first)
            places = words.places[first]
            if entry.alone is None:
                places = [at for at in places if following[at] in entry.longer]
            found += [(at, entry) for at in places]
        return sorted(found)

    def roles(self, text: str) -> frozenset[str]:
        """What the phrase *text* stands for; nothing if it is not known."""
        first, *rest = text.split() or [""]
        entry = self._entry(first)
        if entry is None:
            return frozenset()
        known = entry.longer.get(rest[0], ()) if rest else (entry.alone,)
        return next((p.roles for p in known if p and p.text == text), frozenset())

    def ending(self, words: Words, last: int, most: int = 4) -> tuple[str, int] | None:
        """The longest phrase whose last word is *last*, and the index of its first word."""
        for length in range(min(most, last + 1), 0, -1):
            first = last - length + 1
            phrase = " ".join(words.keys[first : last + 1])
            if self.roles(phrase) and _unbroken(words, first, last):
                return phrase, first
        return None

    def starting(self, words: Words, first: int, most: int = 3) -> tuple[str, int] | None:
        """The longest phrase whose first word is *first*, and the index of its last word."""
        if first >= len(words.keys) or words.keys[first] not in self._phrases:
            return None
        for length in range(most, 0, -1):
            last = first + length - 1
            phrase = " ".join(words.keys[first : last + 1])
            if self.roles(phrase) and _unbroken(words, first, last):
                return phrase, last
        return None


def _unbroken(words: Words, first: int, last: int) -> bool:
    """Whether the words from *first* to *last* can belong to one phrase."""
    return all(words.adjoin(at) for at in range(first, last))


def _longest(words: Words, at: int, longer: Iterable[Phrase], alone: Phrase | None) -> Mark | None:
    """The first of the phrases *longer* that goes on from word *at*, else that word *alone*."""
    for phrase in longer:
        last = at + len(phrase.rest)
        if words.keys[at + 1 : last + 1] == phrase.rest and _unbroken(words, at, last):
            return _mark(words, at, last, phrase)
    return _mark(words, at, at, alone) if alone else None


def _mark(words: Words, first: int, last: int, phrase: Phrase) -> Mark:
    return Mark(words.starts[first], words.end(last), first, last, phrase.roles, phrase.text)
