"""Near-certain misspellings: words that are no words, and what everybody means by them."""

from functools import cache, lru_cache

from jdlint import store

_REMEMBERED = 1 << 14


@lru_cache(_REMEMBERED)
def correction(word: str) -> str | None:
    """The correction of *word* (lower case), None if it is not a known misspelling."""
    if not word.isascii() or not word.isalpha():
        return None
    line = _lines().get(word[:2])
    at = line.find(f" {word[2:]}:") if line else -1
    if line is None or at < 0:
        return None
    start = at + len(word)
    return line[start : line.index(" ", start)]


@cache
def _lines() -> dict[str, str]:
    """First two letters -> the rests of all misspellings that begin so, with corrections."""
    text = store.data_path("misspellings.txt").read_bytes().decode("ascii")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return dict(line.split("\t", 1) for line in lines)
