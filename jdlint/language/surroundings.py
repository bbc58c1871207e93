"""What stands around a word: whether it is ordinary prose or a name, a quotation, code."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from jdlint.language import variants
from jdlint.language.late import late
from jdlint.language.words import Word

BREAK = "\n\n"
"""Parts two blocks of a text."""

_QUOTE = late(r'(?<![^\s(\[{,;:/-])"(?! )[^"]{1,300}"')
_ADDRESS = late(r"[@#_\\=<>{}|~`$^]|\(\)|://|www\.|\w\.\w|^/|/.*/")
_ENDS = ".!?:…"
_VERB = late(r"(?:[iy][sz](?:e|ing|ed)|l(?:ing|ed))\Z")
_LONGEST_TITLE = 16
_NAME_REACH = 5
"""Words within which "of" or "for" is looked for before a word in a name."""
_WINDOW = 25


class Prose:
    """A text and its words, ready for questions; they are cheapest in the order of the text."""

    def __init__(self, words: Sequence[Word], folded: str) -> None:
        self._words = words
        self._folded = folded
        self._tongues = variants.tongues()
        self._block = _Block("", 0, 0)

    def ordinary(self, at: int, lower_only: bool = False, careful: bool = False) -> bool:
        """Whether word *at* is prose whose spelling the author chose.

        *lower_only* is for words that are mostly names when they have a capital, *careful*
        for words that often are part of a name in a title.
        """
        word = self._words[at]
        block = self._block_at(word.start)
        if word.text.islower():
            fine = True
        elif lower_only:
            fine = False
        elif word.text.isupper():
            fine = block.shouts
        else:
            fine = word.text[1:].islower() and self._chosen_capital(at, block, careful)
        return fine and not (
            self._in_address(word) or block.quotes(word) or self._in_name(at) or self._foreign(at)
        )

    def _block_at(self, offset: int) -> "_Block":
        if not self._block.start <= offset < self._block.end:
            start = self._folded.rfind(BREAK, 0, offset)
            end = self._folded.find(BREAK, offset)
            self._block = _Block(
                self._folded,
                start + len(BREAK) if start >= 0 else 0,
                end if end >= 0 else len(self._folded),
            )
        return self._block

    def _chosen_capital(self, at: int, block: "_Block", careful: bool) -> bool:
        """Whether the capital of word *at* is there for its place, not because of a name."""
        word = self._words[at]
        following = self._neighbour(at, 1, block)
        opens = block.opens(word.start)
        if opens and (following is None or not following.text[0].isupper()):
            return True
        if opens and following is not None and _VERB.search(word.key):
            return True
        if not self._titled(at, block) or self._of_institution(at, block):
            return False
        previous = self._neighbour(at, -1, block)
        return not careful or (previous is not None and previous.key in self._tongues.function)

    def _of_institution(self, at: int, block: "_Block") -> bool:
        """Whether word *at* stands soon after "College of", "Department for" and the like."""
        for back in range(1, _NAME_REACH):
            linking = self._neighbour(at, -back, block)
            if linking is not None and linking.key in ("of", "for"):
                head = self._neighbour(at, -back - 1, block)
                return head is not None and head.key in self._tongues.institutions
        return False

    def _neighbour(self, at: int, step: int, block: "_Block") -> Word | None:
        at += step
        if not 0 <= at < len(self._words):
            return None
        word = self._words[at]
        return word if block.start <= word.start < block.end else None

    def _titled(self, at: int, block: "_Block") -> bool:
        """Whether the whole block is a short line in Title Case."""
        if block.titled is None:
            first = last = at
            while last - first <= _LONGEST_TITLE and self._neighbour(first, -1, block):
                first -= 1
            while last - first <= _LONGEST_TITLE and self._neighbour(last, 1, block):
                last += 1
            line = self._words[first : last + 1]
            block.titled = 1 < len(line) <= _LONGEST_TITLE and all(
                w.text[0].isupper() or w.text[0].isdigit() or w.key in self._tongues.function
                for w in line
            )
        return block.titled

    def _in_address(self, word: Word) -> bool:
        """Whether the word is part of an address, a path, a hashtag or an identifier."""
        folded, low, high = self._folded, word.start, word.end
        if folded[low - 1 : low].isspace() and folded[high : high + 1].isspace():
            return False
        while low > word.start - 60 and low > 0 and not folded[low - 1].isspace():
            low -= 1
        while high < word.end + 60 and high < len(folded) and not folded[high].isspace():
            high += 1
        chunk = folded[low:high]
        return len(chunk) > word.end - word.start and bool(_ADDRESS.search(chunk))

    def _in_name(self, at: int) -> bool:
        """Whether the words around word *at* make one of the names that keep their spelling."""
        key = self._words[at].key.removesuffix("'s")
        for name in variants.names().get(key, ()):
            for place, part in enumerate(name):
                first = at - place
                if part == key and first >= 0:
                    around = self._words[first : first + len(name)]
                    if tuple(w.key.removesuffix("'s") for w in around) == name:
                        return True
        return False

    def _foreign(self, at: int) -> bool:
        """Whether the words around word *at* are those of another language."""
        near = self._words[max(0, at - _WINDOW) : at + _WINDOW]
        if self._tongues.foreign.isdisjoint([w.key for w in near]):
            return False
        keys = [w.key for w in near if self._block.start <= w.start < self._block.end]
        foreign = sum(1 for key in keys if key in self._tongues.foreign)
        return foreign > sum(1 for key in keys if key in self._tongues.english)

    def follows(self, at: int, wanted: Sequence[str], unwanted: Sequence[str]) -> bool:
        """Whether word *at* stands right after one of *wanted* (if any), not after *unwanted*."""
        return (not wanted or self._company(at, wanted, -1)) and not (
            unwanted and self._company(at, unwanted, -1)
        )

    def precedes(self, at: int, wanted: Sequence[str], unwanted: Sequence[str]) -> bool:
        """Whether word *at* stands right before one of *wanted* (if any), not of *unwanted*."""
        return (not wanted or self._company(at, wanted, 1)) and not (
            unwanted and self._company(at, unwanted, 1)
        )

    def _company(self, at: int, phrases: Sequence[str], step: int) -> bool:
        """Whether one of *phrases* stands right beside word *at*, on the side of *step*."""
        if not 0 <= at + step < len(self._words):
            return False
        beside = self._words[at + step].key
        near = [phrase for phrase in phrases if beside in phrase or "#" in phrase]
        return any(self._stands(at, phrase.split(), step) for phrase in near)

    def _stands(self, at: int, phrase: list[str], step: int) -> bool:
        first = at + 1 if step > 0 else at - len(phrase)
        if first < 0 or first + len(phrase) > len(self._words):
            return False
        beside = self._words[first : first + len(phrase)]
        if not all(
            k == w.key or (k == "#" and w.key.isdigit())
            for k, w in zip(phrase, beside, strict=True)
        ):
            return False
        line = self._words[min(first, at) : max(first + len(phrase), at + 1)]
        return all(
            self._folded[a.end : b.start] in (" ", "-", "\n", "  ") for a, b in pairwise(line)
        )


class _Block:
    """The block of a text in which a word stands."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self._folded = folded
        self.start = start
        self.end = end
        self.titled: bool | None = None

    @cached_property
    def shouts(self) -> bool:
        """Whether all of the block is in capitals."""
        return self._folded[self.start : self.end].isupper()

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        text = self._folded[self.start : self.end]
        if '"' not in text:
            return []
        return [
            (self.start + a, self.start + b) for a, b in (m.span() for m in _QUOTE.finditer(text))
        ]

    def quotes(self, word: Word) -> bool:
        """Whether *word* stands in quotation marks."""
        at = bisect_right(self._quotations, (word.start, self.end)) - 1
        return at >= 0 and word.end <= self._quotations[at][1]

    def opens(self, offset: int) -> bool:
        """Whether a sentence, a list item or a heading begins at *offset*."""
        at = offset - 1
        while at >= self.start and self._skipped(self._folded[at]):
            at -= 1
        if at < self.start:
            return True
        before = self._folded[at]
        return before in _ENDS or (before == ")" and at - self.start <= 3)

    def _skipped(self, character: str) -> bool:
        return not (character.isalnum() or character in _ENDS or character in ",;)&/%")
