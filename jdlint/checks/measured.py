"""What a measure is, and how the words of a posting are counted."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from jdlint.language.readability import count_words
from jdlint.model import PlainSpan
from jdlint.posting.model import Posting
from jdlint.read.offsets import Block, BlockKind

OUTSIDE = (BlockKind.FURNITURE, BlockKind.FIELD)
"""Blocks whose words are none of the posting's text."""


class Measured(msgspec.Struct, frozen=True):
    """Something measured: where it stands (None: the whole posting), and its *value*.

    *size* is how many words it has, or the *blocks* have them.
    """

    span: PlainSpan | None
    value: float
    size: int = 0
    blocks: Sequence[Block] = ()

    def words(self, posting: Posting) -> int:
        """How many words of *posting* it has."""
        return self.size + sum(words_of(posting, block) for block in self.blocks)


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
        text = posting.document.text
        texts = [text(b.span) for b in posting.document.blocks if b.kind not in OUTSIDE]
        total = posting.__dict__["total_words"] = count_words("\n".join(texts))
    return total


def wished_blocks(posting: Posting) -> tuple[int, ...]:
    """The items that are welcome but not needed, as indices of blocks; looked for once."""
    found: tuple[int, ...] | None = posting.__dict__.get("wished_blocks")
    if found is None:
        from jdlint.posting.wishes import nice_to_have_blocks

        found = posting.__dict__["wished_blocks"] = nice_to_have_blocks(posting)
    return found
