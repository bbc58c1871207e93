"""A posting laid out for questions about the surroundings of a match."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from jdlint.checks.card import Scope
from jdlint.checks.phrases import Phrase
from jdlint.language.late import late
from jdlint.language.words import Word
from jdlint.posting.model import Posting
from jdlint.read.offsets import Block, BlockKind

_SENTENCE_END = late(r"[.!?][\"')]?\s|\n\n")
_FLEXIBLE_GAP = late(r"[ \n-]{1,4}\Z")
_NEGATIONS = frozenset(
    (
        "no",
        "not",
        "never",
        "without",
        "nor",
        "neither",
        "cannot",
        "can't",
        "don't",
        "doesn't",
        "didn't",
        "won't",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "shouldn't",
        "needn't",
        "nobody",
        "none",
        "avoid",
        "than",
        "instead",
    )
)
_REACH_OF_NEGATION = 6
_REACH = 400
"""Characters on either side of a match in which its surroundings are looked for."""


class Match(msgspec.Struct, frozen=True, order=True):
    """A term seen in a posting: its words are ``words[first:last]``.

    *suggest* is for this form of it; *cased* says that the term has capitals of its own.
    """

    start: int
    end: int
    first: int
    last: int
    term: int
    suggest: tuple[str, ...]
    cased: bool = False


@lru_cache(maxsize=1000)
def compiled(pattern: str) -> Any:
    """*pattern* as an RE2 expression that ignores case; raises ``re2.error``."""
    import re2

    return re2.compile(pattern, _without_case())


_MEMORY = 64 << 20
"""Bytes that all patterns at once may take. RE2 finds nothing where they do not suffice."""


def any_of(patterns: Sequence[str]) -> Any:
    """All *patterns* at once; its ``Match(text)`` gives the indices of those that occur."""
    import re2

    options = _without_case()
    options.max_mem = _MEMORY
    found = re2.Set.SearchSet(options)
    for pattern in patterns:
        found.Add(pattern)
    found.Compile()
    return found


def _without_case() -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return options


def page_of(posting: Posting) -> "Page":
    """The page of *posting*, laid out once for all checks."""
    found: Page | None = posting.__dict__.get("page")
    if found is None:
        found = posting.__dict__["page"] = Page(posting)
    return found


class Page:
    """A posting laid out for questions about the surroundings of a match."""

    def __init__(self, posting: Posting) -> None:
        self.posting = posting
        self.folded = posting.folded
        self.words: Sequence[Word] = posting.words
        self.keys = tuple(posting.columns.keys)
        self._block_starts = [b.span.start for b in posting.document.blocks]
        self._looked_for: dict[Phrase, bool] = {}

    @cached_property
    def caseless(self) -> str:
        """The text for looking for pieces without regard to case; offsets differ."""
        return self.folded.casefold()

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Each word, also without its possessive ending, to where it stands among the words."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self.keys):
            found[key].append(at)
        for key in [key for key in found if key.endswith("'s")]:
            found[key[:-2]] = sorted(found[key[:-2]] + found[key])
        return found

    @cached_property
    def _word_starts(self) -> list[int]:
        return [w.start for w in self.words]

    @cached_property
    def _title_words(self) -> frozenset[str]:
        title = self.posting.title
        return frozenset(w.key for w in self.words if title and title.start <= w.start < title.end)

    def follow(self, first: int, phrase: Phrase) -> int | None:
        """Where *phrase* ends if it begins at word *first*, else None; a possessive counts."""
        words, keys = self.words, phrase.keys
        last = first + len(keys) - 1
        if first < 0 or last >= len(words) or self.keys[first:last] != keys[:-1]:
            return None
        if self.keys[last] != keys[-1] and self.keys[last] != keys[-1] + "'s":
            return None
        for at in range(1, len(keys)):
            gap = self.folded[words[first + at - 1].end : words[first + at].start]
            wanted = phrase.gaps[at - 1] if phrase.gaps else ""
            if gap.strip() != wanted if wanted else not _FLEXIBLE_GAP.match(gap) or "\n\n" in gap:
                return None
        if phrase.cased and any(
            words[first + i].text.removesuffix("'s") != c.removesuffix("'s")
            for i, c in enumerate(phrase.cased)
        ):
            return None
        return words[last].end - (0 if words[last].key == keys[-1] else 2)

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """The range of words that ``start:end`` touches."""
        first = bisect_right(self._word_starts, start)
        if first and self.words[first - 1].end > start:
            first -= 1
        return first, max(first, bisect_right(self._word_starts, end - 1))

    def block(self, offset: int) -> Block | None:
        """The block in which *offset* stands."""
        at = self.block_number(offset)
        return self.posting.document.blocks[at] if at >= 0 else None

    def block_number(self, offset: int) -> int:
        """The index of the block in which *offset* stands; -1 before the first one."""
        return bisect_right(self._block_starts, offset) - 1

    def section_kinds(self, offset: int) -> set[str]:
        """The kinds of the section in which *offset* stands."""
        section = self.posting.section_at(offset)
        return set(section.kinds) if section else set()

    def in_scope(self, match: Match, scope: Scope) -> bool:
        """Whether the card looks at the place of *match* at all."""
        block = self.block(match.start)
        if block is None or block.kind is BlockKind.FURNITURE:
            return False
        if scope.blocks and block.kind not in scope.blocks:
            return False
        title = self.posting.title
        in_title = title is not None and title.start <= match.start < title.end
        if not (scope.title if in_title else scope.body):
            return False
        if not scope.sections and not scope.not_sections:
            return True
        kinds = self.section_kinds(match.start)
        wanted = not scope.sections or bool(kinds & set(scope.sections))
        return wanted and not kinds & set(scope.not_sections)

    def _window(self, match: Match, back: int, forth: int) -> tuple[range, range]:
        """Word indices before and after *match*, kept to its sentence and its block."""
        first, last = match.first, match.last
        while first > 0 and match.first - first < back and self.joined(first - 1):
            first -= 1
        while last < len(self.words) and last - match.last < forth and self.joined(last - 1):
            last += 1
        return range(first, match.first), range(match.last, last)

    def joined(self, at: int) -> bool:
        """Whether words *at* and *at* + 1 stand in one sentence."""
        if at < 0 or at + 1 >= len(self.words):
            return False
        gap = self.folded[self.words[at].end : self.words[at + 1].start]
        return not _SENTENCE_END.search(gap)

    def before(self, match: Match, phrases: Sequence[Phrase], within: int) -> bool:
        """Whether one of *phrases* ends within *within* words before *match*."""
        return bool(phrases) and self._any_in(self._window(match, within, 0)[0], phrases)

    def after(self, match: Match, phrases: Sequence[Phrase], within: int) -> bool:
        """Whether one of *phrases* begins within *within* words after *match*."""
        return bool(phrases) and self._any_in(self._window(match, 0, within)[1], phrases)

    def near(self, match: Match, phrases: Sequence[Phrase], within: int) -> bool:
        """Whether one of *phrases* stands within *within* words on either side of *match*."""
        return bool(phrases) and any(
            self._any_in(side, phrases) for side in self._window(match, within, within)
        )

    def _any_in(self, places: range, phrases: Sequence[Phrase]) -> bool:
        """Whether one of *phrases* begins at one of *places*."""
        here = {key.removesuffix("'s") for key in self.keys[places.start : places.stop]}
        likely = [p for p in phrases if p.keys[0].removesuffix("'s") in here]
        return any(self.follow(at, phrase) is not None for at in places for phrase in likely)

    def overlaps(self, match: Match, pattern: str) -> bool:
        """Whether *pattern* matches in the block of *match*, near it and overlapping it."""
        block = self.block(match.start)
        low, high = (block.span.start, block.span.end) if block else (match.start, match.end)
        low, high = max(low, match.start - _REACH), min(high, match.end + _REACH)
        return any(
            low + m.start() < match.end and match.start < low + m.end()
            for m in compiled(pattern).finditer(self.folded[low:high])
        )

    def _sentence_before(self, match: Match) -> str:
        """The text of the sentence up to *match*, as far as its block goes."""
        block = self.block(match.start)
        low = block.span.start if block else 0
        low = max(low, match.start - _REACH)
        text = self.folded[low : match.start]
        return text[max((text.rfind(s) for s in (". ", "! ", "? ", ".\n")), default=-1) + 1 :]

    def is_name(self, match: Match) -> bool:
        """Whether the match has a capital inside a sentence, so that it reads as a name."""
        text = self.folded[match.start : match.end]
        if not text[:1].isupper() or (len(text) > 1 and text.isupper()):
            return False
        block = self.block(match.start)
        if block is None or block.kind in (BlockKind.HEADING, BlockKind.FIELD):
            return False
        return not self.opens(match.start)

    def opens(self, offset: int) -> bool:
        """Whether a sentence or a block begins at *offset*."""
        block = self.block(offset)
        start = block.span.start if block else offset
        low = max(start, offset - _REACH)
        lead = self.folded[low:offset].rstrip(" \n\"'([{*-•\ufffc")
        return lead[-1] in ".!?:;" if lead else low == start

    def is_negated(self, match: Match) -> bool:
        """Whether the sentence denies the words ("no rockstars here")."""
        tail = self._sentence_before(match).split()[-_REACH_OF_NEGATION:]
        return any(w.strip("\"'(,").lower() in _NEGATIONS for w in tail)

    def is_quoted(self, match: Match) -> bool:
        """Whether the words stand in quotation marks of their own."""
        before = self.folded[max(0, match.start - 1) : match.start]
        after = self.folded[match.end : match.end + 1]
        return before in ('"', "'") and after in ('"', "'", ",", ".", "s")

    def in_own_title(self, match: Match) -> bool:
        """Whether the posting's title has these words too."""
        keys = {w.key.removesuffix("'s") for w in self.words[match.first : match.last]}
        return bool(keys) and keys <= self._title_words

    def title_has(self, phrases: Sequence[Phrase]) -> bool:
        """Whether one of *phrases* stands in the posting's title."""
        title = self.posting.title
        if not phrases or title is None:
            return False
        first, last = self.words_in(title.start, title.end)
        return self._any_in(range(first, last), phrases)

    def has(self, phrases: Sequence[Phrase]) -> bool:
        """Whether one of *phrases* stands anywhere in the posting."""
        return any(self._stands(phrase) for phrase in phrases)

    def _stands(self, phrase: Phrase) -> bool:
        """Whether *phrase* stands somewhere; each is looked for once."""
        if phrase not in self._looked_for:
            places = self.places.get(phrase.keys[phrase.anchor], ()) if phrase.keys else ()
            found = (self.follow(at - phrase.anchor, phrase) for at in places)
            self._looked_for[phrase] = any(end is not None for end in found)
        return self._looked_for[phrase]
