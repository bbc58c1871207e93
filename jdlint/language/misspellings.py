"""Near-certain misspellings: words that are no words, and what everybody means by them."""

from functools import cache

from jdlint.language.drawers import Drawers


def correction(word: str) -> str | None:
    """The correction of *word* (lower case), None if it is not a known misspelling."""
    if not word.isascii() or not word.isalpha():
        return None
    line, entry = _drawers().line(word[:3]), f" {word[3:]}:"
    at = line.find(entry)
    if at < 0:
        return None
    start = at + len(entry)
    return line[start : line.index(" ", start)]


@cache
def _drawers() -> Drawers:
    """First three letters -> the rests of all misspellings that begin so, with corrections."""
    return Drawers("misspellings.txt")
