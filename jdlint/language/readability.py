"""Readability of a posting: which of its text is prose, its sentences, and their scores.

Formulas take a list without full stops for one endless sentence, and a web address for
the hardest of words. So prose is prepared first: headings, labels and short fragments are
left out, each list item is at least one sentence, and what is not words is replaced.
"""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import filterfalse
from typing import NamedTuple

import msgspec

from jdlint import store
from jdlint.language import formulas
from jdlint.language.answers import Answers
from jdlint.language.formulas import FORMULAS
from jdlint.language.late import late
from jdlint.language.sentences import split
from jdlint.language.syllables import syllables

__all__ = [
    "FORMULAS",
    "Passage",
    "Prose",
    "Scores",
    "Sentence",
    "count_words",
    "long_words",
    "prepare",
    "scores",
]

_LABEL = late(r"[^\W\d_][\w'&/() -]{0,40}:(?=\s|\Z)")
_SIGNS = "\"'()[]{}<>,;:!?.*\u2026\u2022+/&~#|-"
_ENDS = frozenset(".!?\u2026")
_STOPS = str.maketrans("", "", ".!?\u2026")
_ADDRESS = late(r"://|@|\Awww\.|\ufffc")
_AMOUNT = late(r"[^\w]*\d|[A-Z]{3}\d")

_PART = late(r"(?<![^\W\d_])[^\W\d_]{6,50}(?![^\W\d_])")
"""A word or a part of one that may be long: with fewer letters hardly any has three syllables."""

_ENDINGS = ("es", "ed", "ing", "er", "ers", "or", "ors", "ist", "ists")
"""Endings of words that are easy in spite of a third syllable: forms, and names of trades."""

_LONGEST = 50
"""With more letters nothing is a word."""

_FRAGMENT = 4
"""Fewer words without a full stop are no sentence."""

_LABELLED = 8
"""As many words after a label ("Location: Leeds or London"), without a full stop, are a fact."""

_CELL = 8
"""A table cell is prose if it has as many words and a full stop."""


class Passage(msgspec.Struct, frozen=True):
    """A block of a text by *kind* (paragraph, item, cell; all others are no prose) and range."""

    kind: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence: its half-open range in the text, its words, and the number of its passage."""

    start: int
    end: int
    words: int
    passage: int


class Prose(msgspec.Struct, frozen=True, dict=True):
    """The sentences of a text that are prose; *plain* is the text in which they stand."""

    plain: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def words(self) -> int:
        """How many words the sentences have together."""
        return sum(sentence.words for sentence in self.sentences)

    @cached_property
    def spoken(self) -> str:
        """The sentences as a formula should see them: words, and one full stop each."""
        return " ".join(_spoken(self.plain[s.start : s.end]) for s in self.sentences)


class Scores(msgspec.Struct, frozen=True):
    """What formulas gave, by name, and the number of words and sentences they were given."""

    values: dict[str, float]
    words: int
    sentences: int


def prepare(plain: str, folded: str, passages: Iterable[Passage]) -> Prose:
    """The prose in those *passages* of the text *plain*, in order; *folded* is it folded."""
    found: list[Sentence] = []
    for number, passage in enumerate(passages):
        if passage.kind in ("paragraph", "item", "cell"):
            found += _sentences(plain, folded, passage, number)
    return Prose(plain, tuple(found))


def _sentences(plain: str, folded: str, passage: Passage, number: int) -> Iterator[Sentence]:
    for begin, end in split(folded, passage.start, passage.end):
        start = _after_label(folded, begin, end)
        words = count_words(plain, start, end)
        closed = not _ENDS.isdisjoint(folded[end - 2 : end])
        if _is_prose(words, closed, start > begin, passage.kind):
            yield Sentence(start, end, words, number)


def _after_label(text: str, start: int, end: int) -> int:
    """Where a sentence begins if a label ("Location:") before it does not count."""
    label = _LABEL.match(text, start, end)
    if label is None:
        return start
    after = label.end()
    while after < end and text[after].isspace():
        after += 1
    return after


def _is_prose(words: int, closed: bool, labelled: bool, kind: str) -> bool:
    if kind == "cell":
        return closed and words >= _CELL
    if closed:
        return words >= _FRAGMENT - 1
    return words > _LABELLED if labelled else words >= _FRAGMENT


def count_words(text: str, start: int = 0, end: int | None = None) -> int:
    """The words of ``text[start:end]`` as people count: what stands between spaces.

    ``cross-functional``, ``CI/CD`` and ``35,000`` are one word each; signs are none.
    """
    parts = text[start:end].replace("\u2013", " ").replace("\u2014", " ").split()
    odd = filterfalse(str.isalnum, parts)
    return len(parts) - sum([not (p[0].isalnum() or any(map(str.isalnum, p))) for p in odd])


def long_words(text: str, start: int, end: int) -> int:
    """The long words of the sentence ``text[start:end]``: those of three or more syllables.

    As Gunning counted them for his index: names (a capital inside the sentence) do not
    count, nor do short words that only ``-es``, ``-ed`` or ``-ing`` makes long; the parts
    of a hyphenated word count one by one. Words of three syllables that name who does the
    work (``developer``, ``specialists``) do not count either: postings need them.
    """
    tokens = text[start:end].split()
    return sum(map(_long_parts, tokens)) + _opens_long(tokens[0]) if tokens else 0


def _count_long_parts(token: str) -> int:
    """The long words in *token*, a stretch without spaces, that do not begin with a capital."""
    return sum(_is_long(part) for part in _PART.findall(token) if part[0].islower())


_long_parts = Answers(_count_long_parts).__getitem__


def _opens_long(token: str) -> bool:
    """Whether a long word with a capital begins the first *token* of a sentence."""
    found = _PART.match(token) or _PART.match(token, 1)
    return found is not None and not found[0][0].islower() and _is_long(found[0])


def _is_long(word: str) -> bool:
    count = syllables(word.lower())
    return count > 3 or (count == 3 and not word.endswith(_ENDINGS))


def scores(prose: Prose, names: Iterable[str] = tuple(FORMULAS)) -> Scores | None:
    """The scores of *prose* by the formulas *names*, without those that need more text.

    None where the text is too short for all of them: on little text a score is chance.
    """
    size = len(prose.sentences)
    meant = [n for n in names if _is_enough(FORMULAS[n], prose.words, size)]
    if not meant:
        return None
    return Scores(formulas.score(prose.spoken, meant), prose.words, size)


def _is_enough(formula: formulas.Formula, words: int, sentences: int) -> bool:
    return words >= formula.minimum_words and sentences >= formula.minimum_sentences


def _spoken(sentence: str) -> str:
    """*sentence* with words for abbreviations, amounts and addresses, and one full stop."""
    text = sentence.replace("\u2014", " ").replace("\u2013", " ").replace("\u2019", "'")
    return " ".join(filter(None, map(_spoken_token, text.split()))) + "."


def _speak(written: str) -> str:
    """A token in words; empty if nothing is spoken.

    An amount, a date or a version is one word of one syllable, and so is an address or
    whatever is not prose; letters keep their hyphens and apostrophes.
    """
    if len(written) > _LONGEST:
        return "it"
    if written.isalpha():
        return written
    if _ADDRESS.search(written):
        return "it"
    if _AMOUNT.match(written):
        return "ten"
    body = written.strip(_SIGNS)
    if not body:
        return "and" if written == "&" else ""
    if "." in written and (words := _abbreviations().get(body.lower())):
        return words
    return written.translate(_STOPS).replace("/", " ")


_spoken_token = Answers(_speak).__getitem__


@cache
def _abbreviations() -> dict[str, str]:
    return dict(store.table("abbreviations")["spoken"])
