"""Word patterns: the small language in which the data says what a heading or sentence holds.

A pattern is a row of tokens, matched against words in lower case:

* ``apply`` is that word, ``responsib*`` any word that begins so (four letters or more),
  ``#`` a word that begins with a digit, ``cv|resume`` either of them, ``_`` any word;
* ``the?`` may be missing; ``...`` skips up to four words;
* ``<`` is the first word's place, ``>`` the last one's end.

The first token of a pattern must be a word, a stem or a number, so that a text looks its
words up instead of trying every pattern. Gaps are bounded: time is linear in the text.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

GAP = 4
"""How many words ``...`` may skip."""

_STEM = 4
_REMEMBERED = 20_000

Tag = TypeVar("Tag")


class Token(NamedTuple):
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
        if self.kind == "any" or word in self.words:
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


class Entry(Generic[Tag]):
    """A pattern in an index, parsed when a text first holds its first word."""

    __slots__ = ("_pattern", "tag", "text")

    def __init__(self, text: str, tag: Tag) -> None:
        self.text = text
        self.tag = tag
        self._pattern: Pattern | None = None

    @property
    def pattern(self) -> Pattern:
        """The pattern, parsed."""
        if self._pattern is None:
            self._pattern = parse(self.text)
        return self._pattern

    @property
    def seconds(self) -> frozenset[str]:
        """The words of which one must come second; empty if that is open."""
        tokens = self.pattern.tokens
        return tokens[1].words if len(tokens) > 1 and tokens[1].is_plain else frozenset()


class Candidates(Generic[Tag]):
    """The patterns that may begin with one word: by the word after it, or whatever comes."""

    __slots__ = ("by_second", "others")

    def __init__(self, entries: Iterable[Entry[Tag]]) -> None:
        self.by_second: dict[str, list[Entry[Tag]]] = {}
        self.others: list[Entry[Tag]] = []
        for entry in entries:
            for word in entry.seconds:
                self.by_second.setdefault(word, []).append(entry)
            if not entry.seconds:
                self.others.append(entry)

    def before(self, word: str) -> Sequence[Entry[Tag]]:
        """Those that may go on with *word*."""
        found = self.by_second.get(word)
        return [*found, *self.others] if found else self.others


class PatternIndex(Generic[Tag]):
    """Patterns with a tag each, found by the first of their words."""

    def __init__(self, tagged: Iterable[tuple[str, Tag]]) -> None:
        self._words: dict[str, list[Entry[Tag]]] = {}
        self._stems: dict[str, list[Entry[Tag]]] = {}
        self._numbers: list[Entry[Tag]] = []
        self._known: dict[str, Candidates[Tag] | None] = {}
        for text, tag in tagged:
            self._add(Entry(text, tag), text.removeprefix("< ").partition(" ")[0])

    def _add(self, entry: Entry[Tag], first: str) -> None:
        for choice in first.split("|"):
            if choice == "#":
                self._numbers.append(entry)
            elif choice.endswith("*"):
                self._stems.setdefault(choice[:_STEM], []).append(entry)
            else:
                self._words.setdefault(choice, []).append(entry)

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, Tag]]:
        """Every match as (first word, one past the last, tag), by first word."""
        known, last = self._known, len(words) - 1
        for at, word in enumerate(words):
            candidates = known[word] if word in known else self._candidates(word)
            if candidates is None:
                continue
            for entry in candidates.before(words[at + 1] if at < last else ""):
                end = matches(entry.pattern, words, at)
                if end >= 0:
                    yield at, end, entry.tag

    def _candidates(self, word: str) -> Candidates[Tag] | None:
        """The patterns that may begin with *word*, remembered for a while."""
        found = [*self._words.get(word, ()), *self._stems.get(word[:_STEM], ())]
        if word[:1].isdigit():
            found += self._numbers
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = Candidates(found) if found else None
        return self._known[word]

    def tags(self, words: Sequence[str]) -> set[Tag]:
        """The tags of all patterns that occur in *words*."""
        return {tag for _, _, tag in self.find(words)}


def matches(pattern: Pattern, words: Sequence[str], at: int) -> int:
    """One past the last word of a match of *pattern* that begins at word *at*, or -1."""
    if pattern.anchored and at:
        return -1
    return _rest(pattern.tokens, 0, words, at)


def _rest(tokens: tuple[Token, ...], which: int, words: Sequence[str], at: int) -> int:
    """Where a match of ``tokens[which:]`` that begins at word *at* ends, or -1."""
    while which < len(tokens):
        token = tokens[which]
        if token.kind == "gap":
            return _skip(tokens, which + 1, words, at)
        if token.kind == "end":
            return at if at == len(words) else -1
        here = at < len(words) and token.accepts(words[at])
        if token.optional:
            taken = _rest(tokens, which + 1, words, at + 1) if here else -1
            return taken if taken >= 0 else _rest(tokens, which + 1, words, at)
        if not here:
            return -1
        which, at = which + 1, at + 1
    return at


def _skip(tokens: tuple[Token, ...], which: int, words: Sequence[str], at: int) -> int:
    for skipped in range(GAP + 1):
        end = _rest(tokens, which, words, at + skipped)
        if end >= 0:
            return end
    return -1
