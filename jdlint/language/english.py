"""Whether a text is English: small words counted for nine languages, letters for other scripts.

Small words ("the", "der", "les") make up a third of any running text, so a few dozen words
are enough. A list of product names has none and is of no language, not of a foreign one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from jdlint.language.late import late
from jdlint.store import table

ENOUGH = 4
"""Small words that a text must hold before its language is named."""

SHARE = 0.08
"""Share of its words that must be small words of one language."""

BOTH_ENOUGH, BOTH_SHARE = 10, 0.3
"""Small words of a second language, alone and for each of the first, in a text in two languages.

English alone holds about 0.15 words of some other language for each of its own.
"""

BLOCK_ENOUGH = 3
"""Small words of another language that make a single block foreign."""

# First letter, last letter and language of the scripts that are told apart by their letters;
# where several languages share a script, the one with the most readers stands for all.
_SCRIPTS = (
    ("\u3040", "\u30ff", "ja"),
    ("\u4e00", "\u9fff", "zh"),
    ("\u3400", "\u4dbf", "zh"),
    ("\uac00", "\ud7af", "ko"),
    ("\u1100", "\u11ff", "ko"),
    ("\u0400", "\u052f", "ru"),
    ("\u0370", "\u03ff", "el"),
    ("\u1f00", "\u1fff", "el"),
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0750", "\u077f", "ar"),
    ("\u0900", "\u097f", "hi"),
    ("\u0980", "\u09ff", "bn"),
    ("\u0b80", "\u0bff", "ta"),
    ("\u0c00", "\u0c7f", "te"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u0530", "\u058f", "hy"),
)


def language_of(text: str, words: Sequence[str] | None = None) -> str:
    """The ISO 639-1 code of the language most of *text* is in, or "" if it cannot be told.

    *words* are its words in lower case, parted at apostrophes, where the caller has them.
    """
    return judge(text, words)[0]


def judge(text: str, words: Sequence[str] | None = None) -> tuple[str, bool]:
    """The language of *text* as :func:`language_of` has it, and if half of it is in another.

    A text in English and in another language counts as English, whichever is longer.
    """
    words = _words(text) if words is None else words
    if script := _script(text, words):
        return script, False
    counts = _counts(words)
    best, second = sorted(counts, key=lambda code: counts[code], reverse=True)[:2]
    if counts[best] < max(ENOUGH, SHARE * len(words)) or counts[best] == counts[second]:
        return "", False
    english = counts.pop("en")
    less, more = sorted((english, max(counts.values())))
    if less >= max(BOTH_ENOUGH, BOTH_SHARE * more):
        return "en", True
    return best, False


def foreign_blocks(texts: Iterable[str]) -> list[bool]:
    """For each block of a document, whether it is in another language than English.

    A block too short to tell (a heading, a name) is as its neighbours on both sides are;
    where they differ, it counts as English.
    """
    views = [_foreign(text) for text in texts]
    if not any(views):
        return [False] * len(views)
    before, after = _carried(views), _carried(views[::-1])[::-1]
    return [
        view if view is not None else (left is not False and right is not False)
        for view, left, right in zip(views, before, after, strict=True)
    ]


def _carried(views: list[bool | None]) -> list[bool | None]:
    """*views* with the last decided one carried on over the undecided."""
    carried: list[bool | None] = []
    for view in views:
        carried.append(view if view is not None or not carried else carried[-1])
    return carried


def _foreign(text: str) -> bool | None:
    """Whether a block is foreign; None where it is too short to tell."""
    words = _words(text)
    if _script(text, words):
        return True
    counts = _counts(words)
    english = counts.pop("en")
    other = max(counts.values())
    if other >= BLOCK_ENOUGH and other > 2 * english:
        return True
    return False if english > other else None


def _words(text: str) -> list[str]:
    """The words of *text*, roughly: punctuation may hang on them, an elided article does not."""
    text = text.lower().replace("'", " ").replace("\u2019", " ")
    return text.replace(",", " ").replace(".", " ").split()


def _counts(words: Sequence[str]) -> dict[str, int]:
    """How many of *words* are small words of each language."""
    lookup, groups = _lookup()
    counts = dict.fromkeys(table("languages"), 0)
    for group, count in Counter(map(lookup.get, words)).items():
        if group is not None:
            for code in groups[group]:
                counts[code] += count
    return counts


@cache
def _lookup() -> tuple[dict[str, int], list[tuple[str, ...]]]:
    """For each small word, the number of the group of languages it belongs to; the groups."""
    found: dict[str, tuple[str, ...]] = {}
    for code, words in table("languages").items():
        for word in words:
            codes = found.get(word, ())
            if code not in codes:
                found[word] = (*codes, code)
    numbers: dict[tuple[str, ...], int] = {}
    lookup = {word: numbers.setdefault(codes, len(numbers)) for word, codes in found.items()}
    return lookup, list(numbers)


def _script(text: str, words: Sequence[str]) -> str:
    """The language that most letters belong to by their script alone, or "".

    Names of products in Latin letters are long beside Chinese characters, so three Latin
    letters weigh as much as one letter of another script.
    """
    if text.isascii():
        return ""
    beyond = [letter for letter in _beyond_latin().findall(text) if _code_of(letter)]
    if not beyond:
        return ""
    latin = sum(map(len, words)) - len(beyond)
    if len(beyond) * 3 < latin:
        return ""
    counts = Counter(map(_code_of, beyond))
    best, number = counts.most_common(1)[0]
    return "ja" if best == "zh" and counts["ja"] * 5 >= number else best


@cache
def _beyond_latin() -> re.Pattern[str]:
    # One range, for a pattern of all scripts takes milliseconds to compile.
    return late("[^\0-\u036f]")


@cache
def _code_of(letter: str) -> str:
    return next((code for first, last, code in _SCRIPTS if first <= letter <= last), "")
