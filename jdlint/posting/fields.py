"""Fields beside the prose (front matter, JSON) that say what a section would say."""

from collections.abc import Iterator, Set

from jdlint.language.late import late
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.model import Section
from jdlint.posting.wording import Kinds, kinds, wording
from jdlint.read.offsets import BlockKind, Document

_NO_VALUE = frozenset({"", "null", "none", "~", "n/a", "tbd", "tba", "[]", "{}", "-"})


def told_in_fields(document: Document, known: Set[SectionKind]) -> list[Section]:
    """A section for every field of *document* that stands for one which *known* lacks.

    It has a place only where the field's value is part of the text.
    """
    nowhere = PlainSpan(0, 0)
    seen = dict(_in_text(document))
    for field in document.fields:
        if field.value.strip().lower() in _NO_VALUE:
            continue
        told = kinds_of_field(field.name, field.value)
        if told and told not in seen and not known >= set(told):
            seen[told] = Section(told, None, nowhere, (), confidence=0.9, field=field.name)
    return list(seen.values())


def _in_text(document: Document) -> Iterator[tuple[Kinds, Section]]:
    for at, block in enumerate(document.blocks):
        if block.kind is not BlockKind.FIELD or not block.name:
            continue
        if told := kinds_of_field(block.name, document.text(block.span)):
            yield told, Section(told, None, block.span, (at,), confidence=0.9, field=block.name)


def kinds_of_field(name: str, value: str) -> Kinds | None:
    """What the field *name* with *value* is about, or None."""
    book = wording()
    for part in _parts(name):
        if label := book.fields.get(part):
            return kinds(label)
        if (label := book.guarded.get(part)) and _KIND_OF_CONTRACT.search(value):
            return kinds(label)
    return None


_KIND_OF_CONTRACT = late(
    r"(?i)\b(?:full|part|permanent|perm|fixed|contract|contractor|temporary|temp|intern|internship|"
    r"freelance|casual|seasonal|w-?2|1099|apprenticeship|volunteer)\b"
)


_SEPARATOR = late(r"[\s_-]|\[\d*\]")


def _parts(name: str) -> Iterator[str]:
    """*name* without separators: the whole, then its last part, then its first."""
    parts = [_SEPARATOR.sub("", part).lower() for part in name.split(".")]
    yield "".join(parts)
    yield parts[-1]
    yield parts[0]
