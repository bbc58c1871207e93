"""The prose of a posting, prepared once for all checks that measure it."""

from jdlint.language.readability import Passage, Prose, prepare
from jdlint.model import SectionKind
from jdlint.posting.model import Posting
from jdlint.read.offsets import BlockKind

BOILERPLATE = frozenset(
    {
        SectionKind.EQUAL_OPPORTUNITY,
        SectionKind.ADJUSTMENTS,
        SectionKind.PRIVACY,
        SectionKind.RIGHT_TO_WORK,
    }
)
"""Sections whose words are often set by lawyers, not by the author of the posting."""


def prose(posting: Posting) -> Prose:
    """The prose of *posting*; passage *n* of it is block *n* of the document."""
    found: Prose | None = posting.__dict__.get("prose")
    if found is None:
        found = prepare(posting.document.plain, posting.folded, _passages(posting))
        posting.__dict__["prose"] = found
    return found


def _passages(posting: Posting) -> list[Passage]:
    out = {n for s in posting.sections if BOILERPLATE & set(s.kinds) for n in s.blocks}
    return [
        Passage(BlockKind.FURNITURE if n in out else block.kind, block.span.start, block.span.end)
        for n, block in enumerate(posting.document.blocks)
    ]
