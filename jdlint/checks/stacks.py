"""Noun stacks: "customer service quality improvement plans", which readers unpack from behind.

There is no parser here. A word counts as a noun by its ending or by a list
(``rules/_data/noun_stacks.yaml``); whatever could be a verb, a name or one established
term is given the benefit of the doubt.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from jdlint import store
from jdlint.checks.allowed import allowed
from jdlint.checks.card import PythonCard
from jdlint.checks.page import Match, Page, page_of
from jdlint.checks.protocol import Context
from jdlint.language.answers import Answers
from jdlint.language.words import Word
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Posting
from jdlint.read.offsets import BlockKind

_RUNNING = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL)


class _Nouns(msgspec.Struct, frozen=True):
    """The lists of ``rules/_data/noun_stacks.yaml``."""

    endings: tuple[str, ...]
    not_nouns: frozenset[str]
    nouns: frozenset[str]
    also_verbs: frozenset[str]
    agents: frozenset[str]
    heads: frozenset[str]
    terms: frozenset[tuple[str, ...]]


@cache
def _lists() -> _Nouns:
    table = store.table("noun_stacks")
    return _Nouns(
        endings=tuple(table["endings"]),
        not_nouns=frozenset(table["not_nouns"]),
        nouns=frozenset(table["nouns"]),
        also_verbs=frozenset(table["also_verbs"]),
        agents=frozenset(table["agents"]),
        heads=frozenset(table["heads"]),
        terms=frozenset(tuple(term.split()) for term in table["terms"]),
    )


def noun_stacks(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """A hit for each row of *fewest* or more nouns; an established term counts as one."""
    fewest = int(str(card.options["fewest"]))
    page = page_of(posting)
    fine = allowed(page, context)
    for first, last in _likely_rows(page, fewest):
        words = page.words[first:last]
        if last - first < fewest or _things(words) < fewest:
            continue
        span = PlainSpan(words[0].start, words[-1].end)
        match = Match(*span, first, last, 0, ())
        if page.in_scope(match, card.scope) and not fine.holds(*span):
            text = " ".join(posting.document.text(span).split())
            yield Hit(card.id, span, {"match": text, "count": str(last - first)})


def _likely_rows(page: Page, fewest: int) -> Iterator[tuple[int, int]]:
    """The rows of nouns in blocks that may have one of *fewest*: all but its last are listed."""
    listed, enough = bytes(map(_is_listed, page.keys)), b"\1" * (fewest - 1)
    if enough not in listed:
        return
    for block in page.posting.document.blocks:
        if block.kind in _RUNNING:
            first, last = page.words_in(*block.span)
            at = listed.find(enough, first, last)
            while at >= 0:
                end = listed.find(b"\0", at, last)
                yield from _rows(page, at, end if end >= 0 else last, first, last)
                at = listed.find(enough, end, last) if end >= 0 else -1


def _rows(page: Page, at: int, stop: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The rows, with nothing but spaces inside, that begin in the listed words ``at:stop``.

    *first* and *last* are the bounds of their block.
    """
    while at < stop:
        if not _begins(page, at, first):
            at += 1
            continue
        end = at + 1
        while end < stop and _goes_on(page, end):
            end += 1
        if end < last and _goes_on(page, end) and _is_head(page.words[end].key):
            end += 1
        yield at, end
        at = end


def _begins(page: Page, at: int, first: int) -> bool:
    """Whether word *at* is a noun and no verb; a capital may mean a name, but for the *first*."""
    word = page.words[at]
    if not _is_listed(word.key) or word.key.endswith("ing"):
        return False
    if not (word.text.islower() or (at == first and word.text[1:].islower())):
        return False
    hyphen = page.folded[word.start - 1 : word.start] == "-" if word.start else False
    return not hyphen and word.key not in _lists().also_verbs


def _goes_on(page: Page, at: int) -> bool:
    """Whether word *at* stands right after another, and is no name and no verb of it."""
    before, word = page.words[at - 1], page.words[at]
    if page.folded[before.end : word.start] not in (" ", "\n") or not word.text.islower():
        return False
    return before.key not in _lists().agents or not _may_be_verb(word.key)


def _may_be_verb(key: str) -> bool:
    verbs = _lists().also_verbs
    return key in verbs or key.removesuffix("s") in verbs or key.removesuffix("es") in verbs


def _is_noun(key: str) -> bool:
    lists = _lists()
    return key in lists.nouns or (
        len(key) > 5 and key.endswith(lists.endings) and key not in lists.not_nouns
    )


_is_listed = Answers(_is_noun).__getitem__
"""Whether a word is a noun by a list or by its ending."""


def _is_head(key: str) -> bool:
    """Whether *key* can end a row."""
    return (
        key in _lists().heads
        or (key.endswith("ies") and _is_listed(key[:-3] + "y"))
        or (key.endswith("s") and _is_listed(key[:-1]))
    )


def _things(words: Sequence[Word]) -> int:
    """How many things *words* name: an established term is one."""
    terms, keys = _lists().terms, [word.key for word in words]
    count = at = 0
    while at < len(keys):
        longest = (size for size in (4, 3, 2) if tuple(keys[at : at + size]) in terms)
        at += next(longest, 1)
        count += 1
    return count
