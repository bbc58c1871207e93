"""The two sides of a posting: what its fields say by themselves, and what its text says.

A page with structured data for search engines has no sides here: what it shows is held
against that data elsewhere. Nor has one job of several that share the fields of one file.
"""

from msgspec.structs import replace

from jdlint.language.late import late
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.headings import names_a_role
from jdlint.posting.lexicon import Words
from jdlint.posting.model import TITLE_FIELDS, Pay, Place, Posting
from jdlint.read.offsets import BlockKind, Document, Field, Layout

_RECORDS = frozenset({"json", "yaml"})
_LABEL = late(r"(?i)(?:job|position|role|post|vacancy)(?: title| name)?[ ]?:\s*(?=\S)")
_TOP = 8
"""Among so many blocks at the top the title of the text is looked for."""


def fields_of(posting: Posting) -> tuple[Field, ...]:
    """The fields that can be held against the text; none where something else stands for them."""
    document = posting.document
    divided = bool(document.label) and document.format not in _RECORDS
    if document.format == "html" or divided or any(f.name.startswith("@") for f in document.fields):
        return ()
    return document.fields


def title_of_fields(posting: Posting) -> str:
    """The title that the fields give, or nothing."""
    fields = replace(posting.document, fields=fields_of(posting))
    found = fields.field(*TITLE_FIELDS)
    return " ".join(found.value.split()) if found else ""


def title_of_text(posting: Posting) -> PlainSpan | None:
    """The title that stands in the text: a main heading that names a role, or behind a label."""
    document = posting.document
    kinds = (BlockKind.FURNITURE, BlockKind.FIELD)
    for block in [b for b in document.blocks if b.kind not in kinds][:_TOP]:
        text = document.text(block.span)
        if block.kind is BlockKind.HEADING:
            marked = block.layout in (Layout.MARKED, Layout.NONE) and block.level == 1
            if marked and names_a_role(text):
                return block.span
        elif label := _LABEL.match(text):
            line = text[label.end() :].partition("\n")[0]
            start = block.span.start + label.end()
            return PlainSpan(start, start + len(line))
    return None


def places_of_fields(posting: Posting) -> tuple[Place, ...]:
    """The places of work that the fields name by themselves."""
    from jdlint.posting.places import find_places

    return find_places(_only_fields(posting))


def places_of_text(posting: Posting) -> tuple[Place, ...]:
    """The places that the text states under a heading or behind a label, not in passing."""
    from jdlint.posting.places import find_places

    words = Words(posting.folded, posting.columns)
    found = find_places(replace(posting.document, fields=()), posting.sections, words)
    return tuple(p for p in found if p.span and _is_stated(posting, p.span))


def location_text(posting: Posting) -> str:
    """All that the text says under headings and behind labels for the place of work."""
    spans = [s.body for s in posting.sections if SectionKind.LOCATION in s.kinds]
    return " ".join(posting.document.text(span) for span in spans)


def _is_stated(posting: Posting, span: PlainSpan) -> bool:
    section = posting.section_at(span.start)
    return (
        section is not None
        and SectionKind.LOCATION in section.kinds
        and section.heading is not None
        and not section.implied
    )


def pay_of_fields(posting: Posting, country: str | None = None) -> tuple[Pay, ...]:
    """The pay that the fields give by themselves."""
    if not fields_of(posting):
        return ()
    from jdlint.posting.pay import find_pay

    return find_pay(_only_fields(posting), (), country)


def pay_of_text(posting: Posting, country: str | None) -> tuple[Pay, ...]:
    """The pay that the text gives by itself."""
    from jdlint.posting.pay import find_pay

    words = Words(posting.folded, posting.columns)
    document = replace(posting.document, fields=())
    return tuple(p for p in find_pay(document, posting.sections, country, words) if p.span)


def _only_fields(posting: Posting) -> Document:
    return replace(posting.document, plain="", blocks=(), things=(), fields=fields_of(posting))


def numbers_of(title: str) -> frozenset[str]:
    """The grades and bands in a title ("Band 6", "GS-13", "Engineer II")."""
    return frozenset((m[1] or str(len(m[2]))).lstrip("0") for m in _GRADE.finditer(title))


_GRADE = late(r"\b(?:[Bb]and|[Gg]rade|[Ll]evel|GS|IT|AS|EC|PM)[ -]?0?(\d{1,2})\b|\b(I{1,3})$")
