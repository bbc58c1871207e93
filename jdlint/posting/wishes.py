"""Which list items are wishes and which are demands."""

from bisect import bisect_left
from collections.abc import Sequence

from jdlint.model import SectionKind
from jdlint.posting.cues import is_wish
from jdlint.posting.model import Posting, Section
from jdlint.read.offsets import BlockKind

_MUST = frozenset({"must", "required", "essential", "mandatory", "minimum", "necessary"})


def nice_to_have_blocks(posting: Posting) -> tuple[int, ...]:
    """The list items that are welcome but not needed, as indices into the document's blocks.

    They stand under a heading that says so, or say so themselves inside a list of
    requirements ("Knowledge of SQL is a plus"). An item that also holds a demand
    ("degree required, master's preferred") is none.
    """
    found: set[int] = set()
    for section in posting.sections:
        if section.implied or section.field:
            continue
        if SectionKind.NICE_TO_HAVE in section.kinds:
            found.update(_items(posting, section))
        elif SectionKind.REQUIREMENTS in section.kinds:
            found.update(at for at in _items(posting, section) if _is_wish(posting, at))
    return tuple(sorted(found))


def _items(posting: Posting, section: Section) -> list[int]:
    blocks = posting.document.blocks
    return [at for at in section.blocks if blocks[at].kind in (BlockKind.ITEM, BlockKind.CELL)]


def _is_wish(posting: Posting, at: int) -> bool:
    span, words = posting.document.blocks[at].span, posting.columns
    first = bisect_left(words.starts, span.start)
    keys = words.keys[first : bisect_left(words.starts, span.end, first)]
    return is_wish(keys) and _MUST.isdisjoint(_without_denials(keys))


def _without_denials(keys: Sequence[str]) -> list[str]:
    """*keys* without words that "not" or "but not" takes back ("not required")."""
    return [key for at, key in enumerate(keys) if at == 0 or keys[at - 1] not in ("not", "isn't")]
