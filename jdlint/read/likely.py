"""Whether a record with no more than a title and a description is a posting, by what it says.

Many kinds of record have a title and a description: packages, posts, courses, people. One is
taken for a posting if its file or folder is called like one ("jobs", or as the title), and its
title names a role or its prose speaks of hiring; elsewhere it has to do both, and plainly.
"""

import re
from collections.abc import Iterable, Set
from functools import cache
from pathlib import PurePath

import msgspec

from jdlint.read.tree import Node, scalars
from jdlint.store import table

_FEW, _MANY = 2, 5
"""Phrases of hiring that tell a posting in a file called like one, and in any other."""

_LONGEST_TITLE = 10
"""A title of more words than this is a headline, not the name of a role."""

_READ = 6000
"""How many characters of each text are looked at."""


class _Signs(msgspec.Struct, frozen=True):
    """What is known of other records and of postings; see ``rules/_data/records.yaml``."""

    strangers: frozenset[str]
    files: frozenset[str]
    headline: frozenset[str]
    phrases: tuple[str, ...]
    roles: frozenset[str]


@cache
def _signs() -> _Signs:
    raw = table("records")
    return _Signs(
        strangers=frozenset(raw["strangers"]),
        files=frozenset(raw["files"]),
        headline=frozenset(raw["headline"]),
        phrases=tuple(f" {phrase} " for phrase in raw["hiring"]),
        roles=frozenset(table("sections")["en"]["roles"]),
    )


def is_stranger(names: Set[str]) -> bool:
    """Whether a record with keys of these normalised *names* is of another kind."""
    return not _signs().strangers.isdisjoint(names)


def is_likely(title: str, prose: Iterable[Node], file: str) -> bool:
    """Whether a record with a *title* and *prose* in the file called *file* is a posting."""
    role = names_a_role(title)
    said = _count_signs(prose)
    if _is_called_so(file):
        return role or said >= _FEW
    return role and said >= (_FEW if _is_called_after(file, title) else _MANY)


def names_a_role(title: str) -> bool:
    """Whether *title* is short, no headline, and has a word for a role in it."""
    words = _words(title)
    if not words or len(words) > _LONGEST_TITLE or title.rstrip().endswith(("?", "!", ".")):
        return False
    roles = _signs().roles
    return words[0] not in _signs().headline and any(
        word in roles or word.removesuffix("s") in roles for word in words
    )


def _count_signs(prose: Iterable[Node]) -> int:
    """How many different phrases of hiring there are in *prose*."""
    texts = [found.value[:_READ] for node in prose for _, found in scalars(node) if found.is_text]
    return signs_of_hiring(" ".join(texts))


def signs_of_hiring(text: str) -> int:
    """How many different phrases of hiring there are in *text*."""
    folded = f" {' '.join(_words(text))} "
    return sum(phrase in folded for phrase in _signs().phrases)


def _is_called_so(file: str) -> bool:
    """Whether the file, or one of the two folders around it, is called like postings."""
    path = PurePath(file)
    names = (path.name.partition(".")[0], *path.parts[:-1][-2:])
    return any(not _signs().files.isdisjoint(_words(name)) for name in names)


def _is_called_after(file: str, title: str) -> bool:
    """Whether the name of the file consists of words of the title."""
    words = {word for word in _words(PurePath(file).name.partition(".")[0]) if word.isalpha()}
    return bool(words) and words <= set(_words(title))


def _words(text: str) -> list[str]:
    text = text.replace("\u2019", "'").lower().replace("_", " ")
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", text)
