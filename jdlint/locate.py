"""From hits to findings: positions in the plain text become positions in the file.

This is the one place where that happens.
"""

import re
from collections.abc import Mapping

from jdlint.checks.card import AnyCard
from jdlint.language.late import late
from jdlint.model import (
    Edit,
    Finding,
    Hit,
    PlainEdit,
    PlainSpan,
    Related,
    Safety,
    SourceSpan,
    Spot,
)
from jdlint.posting.model import Posting
from jdlint.read.offsets import OBJECT, Document, LineIndex, SourceFile

_BEFORE = 60
_WIDEST = 160
_PLACEHOLDER = late(r"\{(\w+)\}")


class Locator:
    """Makes findings of one file; *cards* are those in force, by id."""

    def __init__(self, source: SourceFile, cards: Mapping[str, AnyCard]) -> None:
        self.lines = LineIndex(source.text)
        self.path = source.path
        self.sha256 = source.sha256
        self._source = source
        self._cards = cards

    def in_file(self, hit: Hit, span: SourceSpan | None) -> Finding:
        """What is found in the file itself and in no posting of it."""
        return self._made(hit, span, None, None, 0)

    def in_posting(self, hit: Hit, posting: Posting, number: int) -> Finding:
        """A hit as a finding; one without a place points at the posting's title."""
        document = posting.document
        related = tuple(self._related(spot, document) for spot in hit.related)
        if hit.source is not None:
            matched = self._source.text[hit.source.start : hit.source.end]
            return self._made(hit, hit.source, None, None, number, matched=matched, related=related)
        where = hit.span or posting.title or _first_block(posting)
        if where is None:
            where = PlainSpan(0, 0)
        span = document.offsets.to_source(where) if not document.runs else None
        section = posting.section_at(where.start)
        kind = section.kind.value if section else None
        return self._made(
            hit,
            span,
            document.place(where.start),
            kind,
            number,
            _edits(hit, document),
            self._matched(hit, document, span),
            related,
        )

    def _matched(self, hit: Hit, document: Document, span: SourceSpan | None) -> str:
        """The words of a hit; an address or code among them as the file has it."""
        text = document.text(hit.span) if hit.span else ""
        return self._source.text[slice(*span)] if span and OBJECT in text else text

    def _related(self, spot: Spot, document: Document) -> Related:
        """A further place of a hit as a place in the file."""
        text = document.text(spot.span)
        if document.runs:
            return Related(spot.message, text, place=document.place(spot.span.start))
        span = document.offsets.to_source(spot.span)
        start, end = self.lines.locate(span.start), self.lines.locate(span.end)
        return Related(spot.message, text, *span, *start, *end)

    def _made(
        self,
        hit: Hit,
        span: SourceSpan | None,
        place: str | None,
        section: str | None,
        number: int,
        edits: tuple[tuple[Edit, ...], ...] = (),
        matched: str = "",
        related: tuple[Related, ...] = (),
    ) -> Finding:
        card = self._cards[hit.rule]
        start = self.lines.locate(span.start) if span else (None, None)
        end = self.lines.locate(span.end) if span else (None, None)
        excerpt, column = self._excerpt(span, start[0])
        safety = _safety(hit.safety or _card_safety(card), edits)
        return Finding(
            path=self._source.path,
            rule=card.id,
            name=card.name,
            category=card.category,
            severity=hit.severity or card.severity.severity,
            message=filled(hit.message or card.message, hit.values),
            start=span.start if span else None,
            end=span.end if span else None,
            line=start[0],
            column=start[1],
            end_line=end[0],
            end_column=end[1],
            place=place,
            excerpt=excerpt,
            excerpt_column=column,
            matched=matched,
            suggestions=hit.suggestions,
            edits=() if safety is Safety.SHOW_ONLY else edits,
            safety=safety,
            section=section,
            posting=number,
            related=related,
            law=hit.law,
            code=hit.code,
        )

    def _excerpt(self, span: SourceSpan | None, line: int | None) -> tuple[str, int]:
        """The *line* of *span*, or the part of a long one around it, and its first column."""
        if span is None or line is None:
            return "", 1
        whole = self.lines.span(line, len(self._source.text))
        start = max(whole.start, span.start - _BEFORE)
        end = min(whole.end, max(start + _WIDEST, span.end), start + 2 * _WIDEST)
        return self._source.text[start:end].rstrip("\r\n"), start - whole.start + 1


def _edits(hit: Hit, document: Document) -> tuple[tuple[Edit, ...], ...]:
    """How to take each suggestion in the file; no edits for one that cannot be taken there."""
    span = hit.span
    if span is None:
        return ()
    wanted = hit.edits or tuple((PlainEdit(span, text),) for text in hit.suggestions)
    return tuple(_in_file(edits, document) for edits in wanted)


def _in_file(edits: tuple[PlainEdit, ...], document: Document) -> tuple[Edit, ...]:
    """*edits* in positions of the file, if all of them change nothing but literal text."""
    offsets = document.offsets
    if not all(offsets.is_literal(edit.span) for edit in edits):
        return ()
    return tuple(Edit(*offsets.to_source(edit.span), edit.text) for edit in edits)


def _card_safety(card: AnyCard) -> Safety:
    safety: Safety = getattr(card, "safety", Safety.SHOW_ONLY)
    return safety


def _safety(wanted: Safety, edits: tuple[tuple[Edit, ...], ...]) -> Safety:
    """*wanted*, or less where the first suggestion or all of them cannot be taken as they are."""
    if not any(edits):
        return Safety.SHOW_ONLY
    return Safety.SUGGESTION if wanted is Safety.SAFE and not edits[0] else wanted


def filled(message: str, values: dict[str, str]) -> str:
    """*message* with its placeholders filled; an unknown one stays as it is."""
    if "{" not in message:
        return message
    return _PLACEHOLDER.sub(lambda m: values.get(m[1], m[0]), message)


def _first_block(posting: Posting) -> PlainSpan | None:
    blocks = posting.document.blocks
    return blocks[0].span if blocks else None


def by_place(finding: Finding) -> tuple[int, int, int, tuple[int, ...], str]:
    """What sorts the findings of a file."""
    return (
        finding.posting,
        finding.start if finding.start is not None else -1,
        finding.end or 0,
        tuple(map(int, re.findall(r"\d+", finding.place))) if finding.place else (),
        finding.rule,
    )
