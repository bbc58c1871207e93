"""Ways to apply that are no words: a button on the page, an address behind "write to"."""

from collections.abc import Iterator, Sequence

from jdlint.language.late import late
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.model import Section
from jdlint.read.offsets import BlockKind, Document, Thing

_LEAD = 80
"""So many characters before an address may say that one writes to it."""

_ELSEWHERE = frozenset(
    {SectionKind.ADJUSTMENTS, SectionKind.PRIVACY, SectionKind.EQUAL_OPPORTUNITY}
)
"""Sections whose addresses are for something else."""

_BUTTON = late(r"(?i:\s*(?:easy )?apply\b)")
_WRITE = late(
    r"(?i:\b(?:write|apply|e-?mail|mail)(?: (?:to|us|me|\w+))?(?: at| on)?"
    r"|\bsend\b[^.!?\n]{1,60}? (?:to|at))[ :]*\Z"
)


def ways_to_apply(
    document: Document, folded: str, sections: Sequence[Section]
) -> Iterator[PlainSpan]:
    """Where *document* has a button to apply, or an address to write to."""
    other = [s.body for s in sections if not _ELSEWHERE.isdisjoint(s.kinds)]
    for thing in document.things:
        if _is_way(thing, folded) and not any(b.start <= thing.at < b.end for b in other):
            yield PlainSpan(thing.at, thing.at + 1)
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE and _BUTTON.match(document.text(block.span)):
            yield block.span


def _is_way(thing: Thing, folded: str) -> bool:
    """Whether *thing* is a link called "Apply", or an address behind "write to"."""
    if thing.kind == "link":
        return _BUTTON.match(folded, thing.at) is not None
    low = max(0, thing.at - _LEAD)
    return thing.kind == "email" and _WRITE.search(folded, low, thing.at) is not None
