"""What a text must hold for a pattern to match it: looked for before RE2 compiles the pattern."""

from collections.abc import Iterable, Iterator
from typing import Any

_FOREIGN = ("[[:", "\\Q", "\\C", "\\p", "\\P", "\\z", "\\x{")
"""What RE2 reads otherwise than ``re``, or ``re`` not at all."""


def needed(pattern: str) -> tuple[str, ...]:
    """Casefolded pieces of text of which each match of *pattern* (RE2, case ignored) has one.

    Empty if none can be told: then the pattern must be tried on every text.
    """
    from re import _parser, error  # type: ignore[attr-defined]

    if any(sign in pattern for sign in _FOREIGN):
        return ()
    try:
        return tuple(sorted(_best(_parser.parse(pattern))))
    except (error, OverflowError, RecursionError):
        return ()


def _best(sequence: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Of the sets of pieces that a *sequence* offers, the one whose shortest piece is longest."""
    return max(_offered(sequence), key=_worth, default=frozenset())


def _worth(pieces: frozenset[str]) -> tuple[int, int]:
    return min(map(_weight, pieces), default=0), -len(pieces)


def _weight(piece: str) -> int:
    """A sign such as ``*`` is as seldom met as three letters in a row."""
    return sum(1 if char.isalnum() or char == " " else 3 for char in piece)


def _offered(sequence: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    """Sets of pieces of which a match has one each: runs of letters, and what groups need."""
    run = ""
    for kind, value in sequence:
        name = str(kind)
        if name == "LITERAL":
            run += chr(value)
        elif name != "AT":  # an edge is no character
            yield from _whole(run)
            run = ""
            yield from _within(name, value)
    yield from _whole(run)


def _whole(run: str) -> Iterator[frozenset[str]]:
    if run:
        yield frozenset({run.casefold()})


def _within(name: str, value: Any) -> Iterator[frozenset[str]]:
    """What a class of characters, a group, a choice or a repetition needs."""
    if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        yield frozenset(chr(char).casefold() for _, char in value)
    elif name == "SUBPATTERN":
        yield _best(value[-1])
    elif name == "BRANCH":
        branches = [_best(branch) for branch in value[1]]
        if all(branches):
            yield frozenset().union(*branches)
    elif name in ("MAX_REPEAT", "MIN_REPEAT") and value[0]:
        yield _best(value[2])
