"""Whom a posting speaks of: how often it says "you" and "we", and "the candidate" instead."""

from functools import cache
from typing import NamedTuple

import msgspec

from jdlint import store
from jdlint.checks.page import page_of
from jdlint.checks.prose import BOILERPLATE
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.model import Posting
from jdlint.read.offsets import BlockKind

_OUTSIDE = (BlockKind.FURNITURE, BlockKind.FIELD, BlockKind.HEADING)
_ARTICLES = (["the"], ["our"], ["a"])
_ASIDE = BOILERPLATE | {SectionKind.HOW_TO_APPLY}
"""Sections that speak to whoever reads them, whatever the voice of the posting."""


class Voice(msgspec.Struct, frozen=True):
    """How often the text says *you* and *we*, and where it calls the reader something else."""

    you: int
    we: int
    others: tuple[PlainSpan, ...]


class _Lists(NamedTuple):
    """The lists of ``rules/_data/voice.yaml``."""

    you: frozenset[str]
    we: frozenset[str]
    which: frozenset[str]
    person: frozenset[str]
    not_after: frozenset[str]


@cache
def _lists() -> _Lists:
    table = store.table("voice")
    return _Lists(*(frozenset(table[name]) for name in _Lists._fields))


def voice_of(posting: Posting) -> Voice:
    """The voice of *posting*, found out once: of its text but headings, notices and applying."""
    found: Voice | None = posting.__dict__.get("voice")
    if found is None:
        found = posting.__dict__["voice"] = _found(posting)
    return found


def _found(posting: Posting) -> Voice:
    page, lists = page_of(posting), _lists()
    you = we = 0
    others = []
    aside = {n for s in posting.sections if _ASIDE & set(s.kinds) for n in s.blocks}
    for number, block in enumerate(posting.document.blocks):
        if block.kind in _OUTSIDE or number in aside:
            continue
        first, last = page.words_in(*block.span)
        words = page.words[first:last]
        keys = [word.key.partition("'")[0] for word in words]
        you += sum(key in lists.you for key in keys)
        we += sum(k in lists.we and w.text != "US" for k, w in zip(keys, words, strict=True))
        others += [
            PlainSpan(words[at - 1 - (keys[at - 2 : at - 1] in _ARTICLES)].start, words[at].end)
            for at in range(1, len(keys))
            if _is_reader(keys, at, lists)
        ]
    return Voice(you, we, tuple(others))


def _is_reader(keys: list[str], at: int, lists: _Lists) -> bool:
    """Whether word *at* is the reader in the third person."""
    if keys[at] not in lists.person or keys[at - 1] not in lists.which:
        return False
    return at + 1 == len(keys) or keys[at + 1] not in lists.not_after
