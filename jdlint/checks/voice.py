"""Whom a posting speaks of: how often it says "you" and "we", and "the candidate" instead."""

from collections.abc import Set
from functools import cache
from typing import NamedTuple

import msgspec

from jdlint import store
from jdlint.checks.page import Page, page_of
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


def others_of(posting: Posting) -> tuple[PlainSpan, ...]:
    """Where *posting* calls the reader something else, found out once."""
    found: tuple[PlainSpan, ...] | None = posting.__dict__.get("others")
    if found is None:
        page, person = page_of(posting), _lists().person
        spans = (_reader(page, at) for at in _heard(page, person))
        found = posting.__dict__["others"] = tuple(span for span in spans if span)
    return found


def _found(posting: Posting) -> Voice:
    page, lists = page_of(posting), _lists()
    we = [at for at in _heard(page, lists.we) if page.words[at].text != "US"]
    return Voice(len(_heard(page, lists.you)), len(we), others_of(posting))


def _heard(page: Page, wanted: Set[str]) -> list[int]:
    """Where *wanted* words stand, in order, in what tells the voice of a posting."""
    short = [key for key in page.places if "'" in key and key.partition("'")[0] in wanted]
    keys = [*(wanted & page.places.keys()), *short]
    if not keys:
        return []
    posting = page.posting
    aside = {n for s in posting.sections if _ASIDE & set(s.kinds) for n in s.blocks}
    heard = {
        number
        for number, block in enumerate(posting.document.blocks)
        if block.kind not in _OUTSIDE and number not in aside
    }
    places = sorted({at for key in keys for at in page.places[key]})
    return [at for at in places if page.block_number(page.words[at].start) in heard]


def _reader(page: Page, at: int) -> PlainSpan | None:
    """The reader in the third person, with the words before, if word *at* speaks of them."""
    lists, block = _lists(), page.block(page.words[at].start)
    first, last = page.words_in(*block.span) if block else (at, at)
    keys = [key.partition("'")[0] for key in page.keys[max(first, at - 2) : min(last, at + 2)]]
    here = min(2, at - first)
    if not here or keys[here - 1] not in lists.which:
        return None
    if not lists.not_after.isdisjoint(keys[here + 1 :]):
        return None
    before = at - 1 - (keys[here - 2 : here - 1] in _ARTICLES)
    return PlainSpan(page.words[before].start, page.words[at].end)
