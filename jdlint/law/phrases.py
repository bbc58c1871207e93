"""Words that a duty asks for, looked for in the text of a posting."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from jdlint.language.words import fold
from jdlint.model import PlainSpan


def says(phrases: Sequence[str], folded: str) -> bool:
    """Whether one of *phrases* stands in *folded* text; see :func:`first`."""
    return bool(phrases) and first(phrases, folded) is not None


def first(phrases: Sequence[str], folded: str) -> PlainSpan | None:
    """Where the first of *phrases* stands in *folded* text, whole words, whatever their case.

    A space also stands for a hyphen or a line break, ``*`` at the end for any ending.
    """
    found = _compiled(tuple(phrases)).search(folded) if phrases else None
    return PlainSpan(*found.span()) if found else None


@lru_cache(maxsize=1000)
def _compiled(phrases: tuple[str, ...]) -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    return re2.compile("|".join(map(_expression, phrases)), options)


def _expression(phrase: str) -> str:
    import re2

    stem = fold(phrase).removesuffix("*")
    body = re2.escape(stem).replace("\\ ", r"[\s-]+")
    start = r"\b" if _is_plain(stem[:1]) else ""
    ends = r"[\pL\pN]*" if phrase.endswith("*") else r"\b" if _is_plain(stem[-1:]) else ""
    return f"(?:{start}{body}{ends})"


def _is_plain(letter: str) -> bool:
    """Whether RE2 sees an edge beside *letter*, which it does for ASCII only."""
    return letter.isascii() and letter.isalnum()
