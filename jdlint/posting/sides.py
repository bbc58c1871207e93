"""The two sides of a posting: what fields say by themselves, and what its text says.

The fields are those of front matter or of a record, or those of its JobPosting for search
engines. One job of several that share the fields of one file has no sides.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from jdlint.language.late import late
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.headings import names_a_role
from jdlint.posting.model import TITLE_FIELDS, Pay, Place, Posting
from jdlint.read.offsets import BlockKind, Document, Field, Layout

_RECORDS = frozenset({"json", "yaml"})
_LABEL = late(r"(?i)(?:job|position|role|post|vacancy)(?: title| name)?[ ]?:\s*(?=\S)")
_TOP = 8
"""Among so many blocks at the top the title of the text is looked for."""


def fields_of(posting: Posting) -> tuple[Field, ...]:
    """The fields beside the text that can be held against it; none where a JobPosting stands."""
    document = posting.document
    foreign = document.format == "html" or any(f.name.startswith("@") for f in document.fields)
    return () if foreign or _is_part(document) else document.fields


def fields_of_data(posting: Posting) -> tuple[Field, ...]:
    """The facts of the posting's JobPosting; none if it has none, or more than one."""
    document = posting.document
    if len(document.data) != 1 or _is_part(document):
        return ()
    from jdlint.posting.jobbook import jobbook
    from jdlint.posting.jobdata import fields

    return fields(document.data[0], jobbook().held)


def _is_part(document: Document) -> bool:
    return bool(document.label) and document.format not in _RECORDS


def title_of(fields: Sequence[Field], document: Document) -> str:
    """The title that *fields* of *document* give, or nothing."""
    found = replace(document, fields=tuple(fields)).field(*TITLE_FIELDS)
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


def places_of(posting: Posting, fields: Sequence[Field]) -> tuple[Place, ...]:
    """The places of work that *fields* name by themselves."""
    from jdlint.posting.places import find_places

    return find_places(_only(posting, fields))


def places_of_text(posting: Posting) -> tuple[Place, ...]:
    """The places that the text states under a heading or behind a label, not in passing."""
    from jdlint.posting.places import find_places

    document = replace(posting.document, fields=())
    found = find_places(document, posting.sections, posting.parts)
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


def pay_of(
    posting: Posting, fields: Sequence[Field], country: str | None = None
) -> tuple[Pay, ...]:
    """The pay that *fields* give by themselves."""
    if not fields:
        return ()
    from jdlint.posting.pay import find_pay

    return find_pay(_only(posting, fields), (), country)


def pay_of_text(posting: Posting, country: str | None) -> tuple[Pay, ...]:
    """The pay that the text gives by itself."""
    from jdlint.posting.pay import find_pay

    document = replace(posting.document, fields=())
    found = find_pay(document, posting.sections, country, posting.parts)
    return tuple(p for p in found if p.span)


def _only(posting: Posting, fields: Sequence[Field]) -> Document:
    return replace(posting.document, plain="", blocks=(), things=(), fields=tuple(fields))


def numbers_of(title: str) -> frozenset[str]:
    """The grades and bands in a title ("Band 6", "GS-13", "Engineer II")."""
    return frozenset((m[1] or str(len(m[2]))).lstrip("0") for m in _GRADE.finditer(title))


_GRADE = late(r"\b(?:[Bb]and|[Gg]rade|[Ll]evel|GS|IT|AS|EC|PM)[ -]?0?(\d{1,2})\b|\b(I{1,3})$")
