"""Words of a text: the folding that makes odd characters plain, and the tokens."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from jdlint.language.late import late

_FOLD = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u2032": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ",
    "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\t": " ", "\v": "\n", "\f": "\n",
}  # fmt: skip

_WORD = late(
    "([^\\W_][\\w'\u00ad\u200b-\u200d\u2060\ufeff]*(?<!['_\u00ad\u200b-\u200d\u2060\ufeff]))"
)
_ASCII_WORD = late("([A-Za-z0-9][A-Za-z0-9'_]*(?<!['_]))")
"""The same for a text of ASCII alone, in which it is found sooner."""

_INVISIBLE = late("[\u00ad\u200b-\u200d\u2060\ufeff]")


class Word(NamedTuple):
    """A word and its half-open range in the text; *text* is as written, *key* in lower case.

    Soft hyphens and zero-width characters inside a word belong to its range, not its key.
    """

    start: int
    end: int
    text: str
    key: str


class Columns(NamedTuple):
    """The same of many words, field by field."""

    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    keys: Sequence[str]


def fold(text: str) -> str:
    """*text* with curly quotes, long dashes and odd spaces made plain, at equal length."""
    if text.isascii() and text.isprintable():
        return text
    for odd, plain in _FOLD.items():  # many times faster than str.translate beyond ASCII
        if odd in text:
            text = text.replace(odd, plain)
    return text


def words(folded: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of ``folded[start:end]`` in order, with ranges in *folded*."""
    return rows(columns(folded, start, end))


def columns(folded: str, start: int = 0, end: int | None = None) -> Columns:
    """What :func:`words` gives, as columns."""
    text = folded[start:end]
    plain = text.isascii()
    parts = (_ASCII_WORD if plain else _WORD).split(text)  # words, and what is between them
    edges = list(accumulate(map(len, parts), initial=start))
    texts = parts[1::2]
    if not plain and _INVISIBLE.search(text):
        texts = [text if text.isascii() else _INVISIBLE.sub("", text) for text in texts]
    return Columns(edges[1:-1:2], edges[2::2], texts, list(map(str.lower, texts)))


def rows(found: Columns) -> list[Word]:
    """The words of which *found* are the columns."""
    # Made without a call in Python for each word: this is the busiest loop of a run.
    return list(map(_new, zip(*found, strict=True)))


_new: Callable[[tuple[int, int, str, str]], Word] = partial(tuple.__new__, Word)
