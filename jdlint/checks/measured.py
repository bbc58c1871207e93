"""What a measure is, and how the words of a posting are counted."""

from collections.abc import Callable, Iterable

import msgspec

from jdlint.language.readability import count_words
from jdlint.model import PlainSpan
from jdlint.posting.model import Posting
from jdlint.read.offsets import Block, BlockKind

OUTSIDE = (BlockKind.FURNITURE, BlockKind.FIELD)
"""Blocks whose words are none of the posting's text."""


class Measured(msgspec.Struct, frozen=True):
    """Something measured: where it stands (None: the whole posting), its *value*, its words."""

    span: PlainSpan | None
    value: float
    words: int


class Measure(msgspec.Struct, frozen=True):
    """A way to measure: what a *unit* is (of one unit only one card speaks), and *of* what."""

    unit: str
    of: Callable[[Posting], Iterable[Measured]]


def words_of(posting: Posting, block: Block) -> int:
    """The words of *block*, counted once."""
    counted: dict[PlainSpan, int] = posting.__dict__.setdefault("words_of_blocks", {})
    found = counted.get(block.span)
    if found is None:
        found = counted[block.span] = count_words(posting.document.plain, *block.span)
    return found


def total_words(posting: Posting) -> int:
    """All words of the posting but those in fields and in the furniture of its page."""
    total: int | None = posting.__dict__.get("total_words")
    if total is None:
        blocks = [b for b in posting.document.blocks if b.kind not in OUTSIDE]
        total = posting.__dict__["total_words"] = sum(words_of(posting, b) for b in blocks)
    return total
