"""Did you mean: the known word that a misspelt one comes nearest to."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The one of *known* that is most like *word*, whatever its case, or None."""
    import difflib

    by_case = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), by_case, 1, cutoff)
    return by_case[close[0]] if close else None


def hint(word: str, known: Iterable[str], otherwise: str) -> str:
    """What to tell somebody who wrote *word*: the nearest of *known*, or *otherwise*."""
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near else otherwise
