"""How many syllables a word has: by the CMU dictionary, else by hyphenation.

Both tables are read when first asked for and looked up in place, without being turned
into large objects. Both answer as textstat asks NLTK and pyphen, so that textstat's own
figures come out without their start-up cost and without a download.
"""

from functools import cache, lru_cache
from pathlib import Path

import msgspec

from jdlint import store
from jdlint.language.drawers import Drawers
from jdlint.language.late import late

_VOWELS = late("[aeiouy]+")
_NO_DIGITS = str.maketrans("", "", "0123456789")
_REMEMBERED = 1 << 16
"""Single words whose answers are kept in memory: most postings use the same few thousand."""


@lru_cache(_REMEMBERED)
def syllables(word: str) -> int:
    """The syllables of *word* (lower case): by CMUdict, else one for each group of vowels.

    Good enough to tell long words from short ones; textstat's own figures hyphenate
    instead (:class:`Hyphenation`), whose patterns take longer to load.
    """
    known = cmu_syllables(word)
    if known is not None:
        return known
    silent = word.endswith(("e", "ed")) and not word.endswith(("le", "ted", "ded"))
    return max(1, len(_VOWELS.findall(word)) - silent)


@lru_cache(_REMEMBERED)
def cmu_syllables(word: str) -> int | None:
    """Vowels in the first pronunciation of *word* (lower case) by CMUdict 0.7a, None if unknown."""
    line = _cmu().line(word[:3])
    at = line.find(f" {word[3:] or '.'} ")
    if at < 0 or not word.replace("'", "").isalnum():
        return None
    return line.count("\t", 0, at)


@cache
def _cmu() -> Drawers:
    """First three characters -> the rests of all words that begin so, by number of syllables."""
    return Drawers("syllables.txt")


class Hyphenation:
    """Stands for ``pyphen.Pyphen``: where a word can be hyphenated, by pyphen's patterns.

    pyphen parses all of its 11,000 patterns before the first answer; here a pattern is
    parsed when a word contains it. The answers are the same. *lang* is not looked at:
    the patterns are those for American English, to which textstat's ``en_US`` leads.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def positions(self, word: str) -> list[int]:
        """The offsets in *word* at which it can be hyphenated, two letters from either end."""
        return [at for at in _odd_values(word.lower()) if 2 <= at <= len(word) - 2]


@lru_cache(_REMEMBERED)
def _odd_values(word: str) -> tuple[int, ...]:
    """Liang's method: the greatest value of all patterns at each offset; odd ones divide."""
    pointed = f".{word}."
    size = len(pointed)
    longest = _patterns().longest
    values = [0] * (size + 1)
    for start in range(size - 1):
        patterns = _beginning(pointed[start : start + 2])
        for end in range(start + 1, min(start + longest, size) + 1):
            if (piece := pointed[start:end]) in patterns:
                for at, value in _values(patterns[piece]):
                    if value > values[start + at]:
                        values[start + at] = value
    return tuple(at - 1 for at, value in enumerate(values) if value & 1)


@cache
def _values(pattern: str) -> tuple[tuple[int, int], ...]:
    """The digits of *pattern*, each with the number of letters before it."""
    letters, found = 0, []
    for sign in pattern:
        if sign in "0123456789":
            found.append((letters, int(sign)))
        else:
            letters += 1
    return tuple(found)


class _Patterns(msgspec.Struct, frozen=True):
    """The patterns by their first two letters, undecoded; and the length of the longest.

    Each group has the letters of a pattern -> the pattern with its digits; patterns of one
    letter are in all groups that begin with it.
    """

    groups: dict[str, msgspec.Raw]
    longest: int


@cache
def _beginning(letters: str) -> dict[str, str]:
    """The patterns that may begin where a word has these two *letters*."""
    groups = _patterns().groups
    raw = groups.get(letters) or groups.get(letters[:1])
    return msgspec.json.decode(raw, type=dict[str, str]) if raw else {}


@cache
def _patterns() -> _Patterns:
    file = _pattern_file()
    made: _Patterns = store.cached(
        "hyphens", store.signature([file]), lambda: _grouped(file.read_text("utf-8")), _Patterns
    )
    return made


def _grouped(content: str) -> _Patterns:
    """The patterns in the *content* of the file; its few lines of settings do no harm."""
    groups: dict[str, dict[str, str]] = {}
    for line in content.splitlines():
        letters = line.translate(_NO_DIGITS)
        groups.setdefault(letters[:2], {})[letters] = line
    for key in [key for key in groups if len(key) == 2]:
        groups[key] |= groups.get(key[:1], {})
    longest = max(
        len(letters) for group in groups.values() for letters in group if letters.islower()
    )
    return _Patterns({k: msgspec.Raw(msgspec.json.encode(v)) for k, v in groups.items()}, longest)


def _pattern_file() -> Path:
    """The file of American English patterns in the installed pyphen, which is not imported."""
    from importlib.util import find_spec

    spec = find_spec("pyphen")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pyphen is not installed", name="pyphen")
    return Path(spec.origin).parent / "dictionaries" / "hyph_en_US.dic"
