"""Several jobs in one file: a document whose main headings are the names of roles is divided."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.headings import classify, names_a_role
from jdlint.posting.own import NONE, OwnHeadings
from jdlint.read.offsets import Block, BlockKind, Document, Layout, OffsetMap

_OF_A_JOB = frozenset(
    {
        SectionKind.RESPONSIBILITIES,
        SectionKind.REQUIREMENTS,
        SectionKind.PAY,
        SectionKind.LOCATION,
        SectionKind.HOW_TO_APPLY,
    }
)
_TELLING = 2
_SHORTEST = 150
"""With fewer characters below it, a heading does not announce a job of its own."""


def jobs(document: Document, own: OwnHeadings = NONE) -> tuple[Document, ...]:
    """The jobs of *document*, or the document itself if it holds one.

    It holds several if it has two or more headings of the first level, none of them the name
    of a section and each the name of a role or with the sections of a job below it, and
    with enough text below each. What a configuration calls a heading of its *own* is no job.
    """
    starts = [b.span.start for b in document.blocks if _is_main(b)]
    edges = [*starts, len(document.plain)]
    if len(starts) < 2 or document.runs:
        return (document,)
    if not all(_is_job(document, start, end, own) for start, end in pairwise(edges)):
        return (document,)
    if any(end - start < _SHORTEST for start, end in pairwise(edges)):
        return (document,)
    edges[0] = 0
    return tuple(_parts(document, edges))


def _is_main(block: Block) -> bool:
    marked = block.kind is BlockKind.HEADING and block.layout in (Layout.MARKED, Layout.NONE)
    return marked and block.level == 1


def _is_job(document: Document, start: int, end: int, own: OwnHeadings) -> bool:
    text = document.plain[start : document.plain.find("\n", start)]
    if own.verdict(text) or classify(text):
        return False
    return names_a_role(text) or _has_sections(document, start, end)


def _has_sections(document: Document, start: int, end: int) -> bool:
    """Whether headings in ``start:end`` name two of the sections that every job has."""
    told: set[SectionKind] = set()
    for block in document.blocks:
        if block.kind is BlockKind.HEADING and start < block.span.start < end:
            verdict = classify(document.text(block.span))
            told.update(verdict.kinds if verdict else ())
    return len(told & _OF_A_JOB) >= _TELLING


def _parts(document: Document, edges: list[int]) -> Iterator[Document]:
    for number, (start, end) in enumerate(pairwise(edges), 1):
        yield msgspec.structs.replace(
            document,
            plain=document.plain[start:end],
            blocks=tuple(
                _shifted(b, start) for b in document.blocks if start <= b.span.start < end
            ),
            offsets=OffsetMap(
                tuple(
                    msgspec.structs.replace(p, plain=p.plain - start)
                    for p in document.offsets.pieces
                    if start <= p.plain < end
                )
            ),
            things=tuple(
                msgspec.structs.replace(t, at=t.at - start)
                for t in document.things
                if start <= t.at < end
            ),
            bold=tuple(
                PlainSpan(b.start - start, b.end - start)
                for b in document.bold
                if start <= b.start and b.end <= end
            ),
            data=document.data if number == 1 else (),
            label=f"posting {number}",
        )


def _shifted(block: Block, start: int) -> Block:
    span = PlainSpan(block.span.start - start, block.span.end - start)
    return msgspec.structs.replace(block, span=span)
