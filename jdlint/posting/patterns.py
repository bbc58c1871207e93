"""Word patterns: the small language in which the data says what a heading or sentence holds.

A pattern is a row of tokens, matched against words in lower case:

* ``apply`` is that word, ``responsib*`` any word that begins so (four letters or more),
  ``#`` a word that begins with a digit, ``cv|resume`` either of them, ``_`` any word;
* ``the?`` may be missing; ``...`` skips up to four words;
* ``<`` is the first word's place, ``>`` the last one's end.

The first token of a pattern must be a word, a stem or a number, so that a text looks its
words up instead of trying every pattern. Gaps are bounded: time is linear in the text.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

GAP = 4
"""How many words ``...`` may skip."""

_STEM = 4
_REMEMBERED = 20_000

Tag = TypeVar("Tag")


class Token(msgspec.Struct, frozen=True, array_like=True):
    """One token: the words and the stems it accepts (and numbers), and how it behaves.

    *kind* is ``word``, ``any``, ``gap`` or ``end``.
    """

    kind: str
    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    number: bool = False
    optional: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it stands for exactly one of its words."""
        return self.kind == "word" and not (self.stems or self.number or self.optional)

    def accepts(self, word: str) -> bool:
        """Whether *word* is one of those it stands for."""
        if word in self.words or self.kind == "any":
            return True
        if self.stems and word.startswith(self.stems):
            return True
        return self.number and word[:1].isdigit()


class Pattern(NamedTuple):
    """A parsed pattern; *anchored* ones match at the first word only."""

    tokens: tuple[Token, ...]
    anchored: bool


def parse(text: str) -> Pattern:
    """The pattern that *text* writes down; ValueError if it cannot be looked up by a word."""
    parts = text.split()
    anchored = parts[:1] == ["<"]
    tokens = tuple(_token(part) for part in parts[anchored:])
    if not tokens or tokens[0].kind != "word" or tokens[0].optional:
        raise ValueError(f"the pattern {text!r} does not begin with a word")
    if any(len(stem) < _STEM for stem in tokens[0].stems):
        raise ValueError(f"the stem that begins {text!r} is shorter than {_STEM} letters")
    return Pattern(tokens, anchored)


def _token(part: str) -> Token:
    if part == "...":
        return Token("gap")
    if part == ">":
        return Token("end")
    optional = len(part) > 1 and part.endswith("?")
    part = part.removesuffix("?") if optional else part
    if part == "_":
        return Token("any", optional=optional)
    choices = part.split("|")
    words = frozenset(c for c in choices if not c.endswith("*") and c != "#")
    stems = tuple(c[:-1] for c in choices if c.endswith("*"))
    return Token("word", words, stems, "#" in choices, optional)


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A pattern as it goes on once its first *taken* words were looked up, and its tag."""

    tag: Any
    taken: int
    tokens: tuple[Token, ...]
    anchored: bool


class Candidates(msgspec.Struct, frozen=True, array_like=True):
    """The patterns that may begin with one word: by the word after it, or whatever comes.

    The empty word stands for the end of the text.
    """

    seconds: dict[str, tuple[Entry, ...]]
    others: tuple[Entry, ...]

    def before(self, word: str) -> tuple[Entry, ...]:
        """Those that may go on with *word*."""
        found = self.seconds.get(word)
        return found + self.others if found else self.others


class Index(msgspec.Struct, frozen=True, array_like=True):
    """Patterns by their first word, or by the first letters of it, as the cache keeps them.

    They stay undecoded JSON until a text holds such a word.
    """

    words: dict[str, msgspec.Raw]
    stems: dict[str, msgspec.Raw]
    numbers: msgspec.Raw


_CANDIDATES = msgspec.json.Decoder(Candidates)


def compile_index(tagged: Iterable[tuple[str, Any]]) -> Index:
    """The index of patterns with their tags, which must be writable as JSON."""
    words: dict[str, list[Entry]] = {}
    stems: dict[str, list[Entry]] = {}
    numbers = []
    for text, tag in tagged:
        tokens, anchored = parse(text)
        for word in tokens[0].words:
            words.setdefault(word, []).append(Entry(tag, 1, tokens, anchored))
        for stem in {stem[:_STEM] for stem in tokens[0].stems}:
            stems.setdefault(stem, []).append(Entry(tag, 0, tokens, anchored))
        if tokens[0].number:
            numbers.append(Entry(tag, 0, tokens, anchored))
    for word, found in words.items():
        found += stems.get(word[:_STEM], [])
        found += numbers if word[:1].isdigit() else []
    return Index(
        {word: _raw(found) for word, found in words.items()},
        {stem: _raw(found) for stem, found in stems.items()},
        _raw(numbers),
    )


def _raw(entries: Iterable[Entry]) -> msgspec.Raw:
    """The candidates that *entries* are, of which a text holds the first word, as JSON."""
    seconds: dict[str, list[Entry]] = {}
    others = []
    for tag, taken, tokens, anchored in map(msgspec.structs.astuple, entries):
        following = _following(tokens[1:])
        taken += taken and len(tokens) > 1 and tokens[1].is_plain
        entry = Entry(tag, taken, tokens[taken:], anchored)
        if following is None:
            others.append(entry)
        for word in following or ():
            seconds.setdefault(word, []).append(entry)
    made = Candidates({word: tuple(es) for word, es in seconds.items()}, tuple(others))
    return msgspec.Raw(msgspec.json.encode(made))


def _following(tokens: Iterable[Token]) -> set[str] | None:
    """The words of which one must come where *tokens* are to match; None if that is open."""
    found: set[str] = set()
    for token in tokens:
        if token.kind == "end":
            return found | {""}
        if token.kind != "word" or token.stems or token.number:
            return None
        found |= token.words
        if not token.optional:
            return found
    return None


class PatternIndex(Generic[Tag]):
    """Patterns with a tag each, found by the first of their words."""

    def __init__(self, tagged: Iterable[tuple[str, Tag]]) -> None:
        self._fill(compile_index(tagged))

    @classmethod
    def ready(cls, index: Index) -> "PatternIndex[Tag]":
        """The patterns of *index* (of which the caller knows what the tags are)."""
        made = cls.__new__(cls)
        made._fill(index)
        return made

    def _fill(self, index: Index) -> None:
        self._words, self._stems, self._numbers = index.words, index.stems, index.numbers
        self._decoded: dict[str, Candidates] = {}
        self._after: dict[str, Container[str] | None] = {}

    def starts(self, words: Sequence[str]) -> list[int]:
        """The indices of the *words* at which a pattern may begin, in any part of them."""
        if len(self._after) > _REMEMBERED:
            self._after = {}
        after = self._after
        for word in set(words).difference(after):
            after[word] = self._following(word)
        following = [*words[1:], ""]
        return [
            at
            for at, known in enumerate(map(after.__getitem__, words))
            if known is not None and (not known or following[at] in known)
        ]

    def _following(self, word: str) -> Container[str] | None:
        """The words that may follow *word* in a pattern: {} is any, None that it begins none.

        The empty word stands for the end of the text.
        """
        candidates = self._candidates(word)
        if candidates is None:
            return None
        return {} if candidates.others else candidates.seconds

    def find(
        self,
        words: Sequence[str],
        starts: Iterable[int] | None = None,
        wanted: Container[Tag] | None = None,
    ) -> Iterator[tuple[int, int, Tag]]:
        """Every match as (first word, one past the last, tag), by first word.

        *starts* are the words at which one may begin (see :meth:`starts`), where that is
        known; *wanted* are the tags to look for, where not all are.
        """
        last = len(words) - 1
        for at in self.starts(words) if starts is None else starts:
            candidates = self._candidates(words[at])
            if candidates is None:
                continue
            for entry in candidates.before(words[at + 1] if at < last else ""):
                if (wanted is not None and entry.tag not in wanted) or (entry.anchored and at):
                    continue
                end = at + entry.taken
                if entry.tokens:
                    end = _rest(entry.tokens, 0, words, end)
                if end >= 0:
                    yield at, end, entry.tag

    def _candidates(self, word: str) -> Candidates | None:
        """The patterns that may begin with *word*, decoded once."""
        if word in self._words:
            return self._decoded.get(word) or self._decode(word, self._words[word])
        if (stem := word[:_STEM]) in self._stems:
            name = stem + "*"
            return self._decoded.get(name) or self._decode(name, self._stems[stem])
        if word[:1].isdigit():
            return self._decoded.get("#") or self._decode("#", self._numbers)
        return None

    def _decode(self, name: str, raw: msgspec.Raw) -> Candidates:
        self._decoded[name] = found = _CANDIDATES.decode(raw)
        return found

    def tags(self, words: Sequence[str]) -> set[Tag]:
        """The tags of all patterns that occur in *words*."""
        return {tag for _, _, tag in self.find(words)}


def _rest(tokens: tuple[Token, ...], which: int, words: Sequence[str], at: int) -> int:
    """Where a match of ``tokens[which:]`` that begins at word *at* ends, or -1."""
    while which < len(tokens):
        token = tokens[which]
        if token.kind == "gap":
            return _skip(tokens, which + 1, words, at)
        if token.kind == "end":
            return at if at == len(words) else -1
        here = at < len(words) and (words[at] in token.words or token.accepts(words[at]))
        if token.optional:
            taken = _rest(tokens, which + 1, words, at + 1) if here else -1
            return taken if taken >= 0 else _rest(tokens, which + 1, words, at)
        if not here:
            return -1
        which, at = which + 1, at + 1
    return at


def _skip(tokens: tuple[Token, ...], which: int, words: Sequence[str], at: int) -> int:
    ahead = words[at : at + GAP + 1]
    if which < len(tokens) and tokens[which].is_plain and tokens[which].words.isdisjoint(ahead):
        return -1
    for skipped in range(GAP + 1):
        end = _rest(tokens, which, words, at + skipped)
        if end >= 0:
            return end
    return -1
