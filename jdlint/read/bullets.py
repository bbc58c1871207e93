"""Bullets: the signs with which a line of plain text begins an item of a list."""

import re
from functools import cache

import msgspec

from jdlint.language.late import late

_SIGNS = (
    "\u2022\u25cf\u25e6\u25aa\u25ab\u25a0\u25a1\u2023\u2043\u2219\u25b6\u25ba\u25b8\u27a4\u27a2"
    "\ue000-\uf8ff"
)
"""Signs that are bullets even without a space; the last range is for private use (Word)."""

_SPACED = "-*+\u2013\u2014\u00b7\u00bb\u203a\u2192\u2713\u2714\u2705\u2605\u2794\u279c"
"""Signs that are bullets if a space follows."""

_EMOJI = "[\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff]"
_BLANK = "[ \t\u00a0]"


class Bullet(msgspec.Struct, frozen=True):
    """A bullet: where the text of its item begins, and what sort it is.

    *mark* is the sign; all numbers are the mark ``1``. *certain* is False for an emoji,
    which may be mere decoration if its neighbours do not begin with one.
    """

    end: int
    mark: str
    certain: bool


@cache
def _pattern() -> re.Pattern[str]:
    spaced = rf"(?:[{_SPACED}]|o(?=\t|{_BLANK}{_BLANK})){_BLANK}+"
    number = rf"(?:\(?(?:\d{{1,3}}|[a-z])\)|\d{{1,3}}\.){_BLANK}+"
    return late(
        rf"(?P<sign>[{_SIGNS}]{_BLANK}*|{spaced})(?=[^\s])|(?P<number>{number})(?=[^\s])"
        rf"|(?P<emoji>{_EMOJI})"
    )


def match(text: str, start: int, end: int) -> Bullet | None:
    """The bullet with which the line ``text[start:end]`` (its indentation cut) begins."""
    found = _pattern().match(text, start, end)
    if found is None:
        return None
    if found.lastgroup == "emoji":
        return Bullet(start, "emoji", certain=False)
    mark = "1" if found.lastgroup == "number" else found.group()[0]
    return Bullet(found.end(), mark, certain=True)


@cache
def _lone() -> re.Pattern[str]:
    return late(f"[{_SIGNS}]")


def is_lone(line: str) -> bool:
    """Whether *line* is nothing but a bullet, whose item stands on the next line."""
    return len(line) == 1 and _lone().match(line) is not None


def is_sure(mark: str) -> bool:
    """Whether *mark* is a bullet wherever a line begins with it."""
    return _lone().match(mark) is not None
