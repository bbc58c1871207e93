"""Words and patterns of a card as one RE2 expression, for kinds that look at little text."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from jdlint.checks.card import Pattern, RequiredWordsCard, TitleCard
from jdlint.checks.terms import pattern_faults


@lru_cache(maxsize=500)
def of_words(words: tuple[str, ...]) -> str:
    """An expression for any of *words*; a space in them is also a hyphen or a line break."""
    import re2

    escaped = [re2.escape(word).replace("\\ ", "[\\s-]") for word in words]
    return rf"\b(?:{'|'.join(escaped)})\b"


def sources(words: Sequence[str], patterns: Iterable[Pattern]) -> list[str]:
    """The expressions for *words* (all in one) and *patterns*, not compiled yet."""
    told = [of_words(tuple(words))] if words else []
    return [*told, *(pattern.pattern for pattern in patterns)]


def faults(card: TitleCard | RequiredWordsCard) -> Iterable[str]:
    """What is wrong with the words and patterns of *card*."""
    if not card.words and not card.patterns:
        yield "'words' is empty; name at least one, or a pattern under 'patterns'"
    for word in card.words:
        if not word or not (word[0].isalnum() and word[-1].isalnum()):
            yield f"'words': '{word}' begins or ends with a sign; use 'patterns'"
    for pattern in card.patterns:
        yield from pattern_faults(pattern.pattern, pattern.hits, "patterns")
