"""What a posting says: its title, its sections and its facts, read out of a document."""

from collections.abc import Iterable
from itertools import chain

from msgspec.structs import replace

from jdlint.language import english
from jdlint.language.words import columns, fold
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.cues import Listener, sentence_about
from jdlint.posting.dates import CLOSING, find_dates
from jdlint.posting.fields import told_in_fields
from jdlint.posting.lexicon import Words
from jdlint.posting.lines import lines_of
from jdlint.posting.model import Place, Posting, Section
from jdlint.posting.own import NONE, OwnHeadings
from jdlint.posting.pay import find_pay
from jdlint.posting.sections import Outline
from jdlint.posting.title import find_title
from jdlint.posting.ways import ways_to_apply
from jdlint.read.offsets import BlockKind, Document


def understand(document: Document, own: OwnHeadings = NONE) -> Posting:
    """The posting that *document* holds. Never fails, whatever the document.

    *own* are headings that a configuration adds to those that are known.
    """
    folded = fold(document.plain)
    found = columns(folded)
    parts = Words(folded, found)
    language, mixed = english.judge(folded, parts.keys)
    if mixed:
        document = _in_english(document)
    title = find_title(document, own)
    outline = Outline(document, lines_of(document), title, own)
    sections = outline.sections()
    sections += told_in_fields(document, _kinds(sections))
    sections += Listener(folded, found, _kinds(sections)).implied(outline)
    in_order = _ordered(sections)
    placed = SectionKind.LOCATION in _kinds(sections)
    places = _places(document, in_order, parts) if "$" in folded or not placed else None
    pay = find_pay(document, in_order, _country(places), parts)
    sections += _told_by(SectionKind.PAY, (p.span for p in pay), sections, document)
    if SectionKind.HOW_TO_APPLY not in _kinds(sections):
        ways = ways_to_apply(document, folded, sections)
        sections += _told_by(SectionKind.HOW_TO_APPLY, ways, sections, document)
    if not placed:
        spans = (p.span for p in places or ())
        sections += _told_by(SectionKind.LOCATION, spans, sections, document)
    dates = None
    if SectionKind.CLOSING_DATE not in _kinds(sections):
        dates = find_dates(document, in_order, parts)
        closing = (one.span for one in dates if one.role == CLOSING)
        sections += _told_by(SectionKind.CLOSING_DATE, closing, sections, document)
    posting = Posting(
        document=document,
        title=title,
        sections=_ordered(sections),
        pay=pay,
        language=language,
    )
    posting.__dict__.update(folded=folded, columns=found, parts=parts)
    if dates is not None:
        posting.__dict__.update(dates=dates)
    if places is not None:
        posting.__dict__.update(places=places)
    return posting


def _in_english(document: Document) -> Document:
    """*document*, in two languages, with what is not in English set aside as furniture."""
    foreign = english.foreign_blocks(document.text(block.span) for block in document.blocks)
    blocks = [
        replace(block, kind=BlockKind.FURNITURE)
        if other and at and block.kind is not BlockKind.FIELD
        else block
        for at, (block, other) in enumerate(zip(document.blocks, foreign, strict=True))
    ]
    return replace(document, blocks=tuple(blocks))


def _places(document: Document, sections: tuple[Section, ...], words: Words) -> tuple[Place, ...]:
    """The places of a posting that names none openly, or leaves open whose dollars it pays."""
    from jdlint.posting.places import find_places

    return find_places(document, sections, words)


def _country(places: tuple[Place, ...] | None) -> str | None:
    if not places:
        return None
    from jdlint.posting.places import country_of

    return country_of(places)


def _told_by(
    kind: SectionKind,
    spans: Iterable[PlainSpan | None],
    sections: list[Section],
    document: Document,
) -> list[Section]:
    """A section for the first fact of *spans* that no section of *kind* holds."""
    held = [((s.heading or s.body).start, s.body.end) for s in sections if kind in s.kinds]
    for span in spans:
        if span and not any(start <= span.start < end for start, end in held):
            return [sentence_about(kind, span, document)]
    return []


def _kinds(sections: Iterable[Section]) -> set[SectionKind]:
    return set(chain.from_iterable(section.kinds for section in sections))


def _ordered(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(sorted(sections, key=_place))


def _place(section: Section) -> tuple[int, int]:
    span: PlainSpan = section.heading or section.body
    return span.start, section.body.end
