"""The indefinite article: "a" or "an", by the sound of what follows it and not by its letter."""

from functools import cache, lru_cache

from jdlint import store
from jdlint.language.late import late

_FIRST = late(r"[^\W_]+(?:['.][^\W_]+)*-?")
_COMMA = late(r"(?<=\d)[.,](?=\d{3})")
_SPOKEN_WITH_VOWEL = frozenset("aefhilmnorsx")
"""Letters whose names begin with a vowel sound: "an HR lead", "an X-ray", but "a UK team"."""
_LETTERED = late(r"[A-Z]{2,}(?:s|\d+)?\Z|[A-Z]{2}[a-z]\Z|[A-Z]\.")
_WITH_VOWEL = late(r"8|1[18](?:\d{3})*(?!\d)")
"""Numbers whose first word begins with a vowel sound: 8, 80, 11, 18, 11000."""


@lru_cache(1 << 12)
def article(text: str) -> str:
    """The indefinite article before *text*: "a", "an", or "" where it cannot be told.

    Capitals count: letters of an abbreviation are read one by one ("an MBA", "a US firm").
    """
    found = _FIRST.search(text.replace("\u2019", "'"))
    if found is None or not found.group().isascii():
        return ""
    word = found.group().removesuffix("-")
    if word[0].isdigit():
        return _an(bool(_WITH_VOWEL.match(_COMMA.sub("", text[found.start() :]))))
    listed = _listed(word.lower())
    if listed is not None:
        return listed
    if len(word) == 1 and word in "aA" and not found.group().endswith("-"):
        return ""  # an article of its own
    by_letter = len(word) == 1 or (_LETTERED.match(word) and word.lower() not in _words("spoken"))
    return _an(word[0].lower() in (_SPOKEN_WITH_VOWEL if by_letter else "aeiou"))


def _an(vowel: bool) -> str:
    return "an" if vowel else "a"


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(store.table("articles")[kind])


def _listed(word: str) -> str | None:
    """What the lists say of *word*: "a", "an", "" (either), or None if they do not have it."""
    for entry in (word, *(word[:end] + "*" for end in range(len(word), 1, -1))):
        for kind, said in (("a", "a"), ("an", "an"), ("either", "")):
            if entry in _words(kind):
                return said
    return None
