"""What a posting leaves behind, to be held against the other postings of a run.

A trace is small (some 2 kB) and the same whatever process made it. Texts are kept as
sketches: of all runs of a few words the smallest hashes, from which the likeness of two
texts can be told (bottom-k sketches after Broder, "On the resemblance and containment of
documents", 1997).
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from zlib import crc32

import msgspec

from jdlint.language.words import Word
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.model import Posting, Section
from jdlint.read.offsets import BlockKind

_KEPT = 128
_RUN = 4
"""So many words make a run."""

_SHORTEST_STATEMENT = 12
"""A statement of fewer words is no boilerplate worth comparing."""

_COUNTED = (SectionKind.RESPONSIBILITIES, SectionKind.REQUIREMENTS, SectionKind.NICE_TO_HAVE)

IDENTITY_FIELDS = (
    ("id", "job_id", "posting_id", "requisition_id", "requisition", "reference", "ref", "job_ref"),
    ("identifier", "identifier.value"),
    ("url", "absolute_url", "job_url", "hosted_url", "permalink", "apply_url", "canonical_url"),
)
"""Names of fields that tell one posting from all others; those of one row say the same."""

_REGIONS = frozenset({"uk", "us", "usa", "gb", "emea", "americas"})


class Statement(msgspec.Struct, frozen=True, array_like=True):
    """A boilerplate of a posting: where it stands, a hash of its words, and its sketch."""

    kind: SectionKind
    span: PlainSpan
    exact: int
    sketch: bytes


class Trace(msgspec.Struct, frozen=True, array_like=True):
    """One posting, as far as others are held against it.

    *number* counts the postings of its file from 0. *title* is in lower case, without
    words for a country. *identity* are pairs of a field's row and its value. *places* are in lower
    case, *countries* ISO 3166-1 codes. *counts* are the list items by kind of section.
    """

    number: int
    title: str
    identity: tuple[tuple[int, str], ...]
    places: frozenset[str]
    countries: frozenset[str]
    dialect: str
    words: int
    sketch: bytes
    kinds: frozenset[SectionKind]
    counts: dict[SectionKind, int]
    statements: tuple[Statement, ...]


def trace(posting: Posting, number: int) -> Trace:
    """The trace of *posting*, the one with this *number* in its file."""
    keys = posting.columns.keys
    return Trace(
        number=number,
        title=_title(posting),
        identity=tuple(_identity(posting)),
        places=frozenset(p.text.lower() for p in posting.places),
        countries=frozenset(p.code[:2] for p in posting.places if p.code),
        dialect=posting.dialect,
        words=len(keys),
        sketch=sketch(keys),
        kinds=frozenset(kind for s in posting.sections for kind in s.kinds),
        counts={kind: _items(posting, kind) for kind in _COUNTED},
        statements=tuple(_statements(posting)),
    )


def sketch(keys: Sequence[str]) -> bytes:
    """The sketch of a text with the words *keys*."""
    joined = " ".join(keys)
    text, lengths = joined.encode(), map(len, keys if joined.isascii() else map(str.encode, keys))
    starts = list(accumulate(map((1).__add__, lengths), initial=0))
    pairs = zip(starts, starts[_RUN:], strict=False) if len(keys) > _RUN else [(0, len(text) + 1)]
    runs = {crc32(text[start : end - 1]) for start, end in pairs}
    return array("I", sorted(runs)[:_KEPT]).tobytes()


@lru_cache(maxsize=4096)
def hashes(sketch_: bytes) -> frozenset[int]:
    """The hashes of a sketch."""
    return frozenset(array("I", sketch_))


def likeness(one: bytes, two: bytes) -> float:
    """How much of the texts of two sketches is common to both, from 0 to 1."""
    both = hashes(one) & hashes(two)
    union = sorted(hashes(one) | hashes(two))[:_KEPT]
    return sum(h in both for h in union) / len(union) if union else 0.0


def _title(posting: Posting) -> str:
    words = posting.title_text.lower().replace("(", " ").replace(")", " ").split()
    return " ".join(w.strip(",-–—/|") for w in words if w not in _REGIONS).strip()


def _identity(posting: Posting) -> list[tuple[int, str]]:
    found = []
    for row, names in enumerate(IDENTITY_FIELDS):
        field = posting.document.field(*names)
        if field and field.value.strip():
            found.append((row, field.value.strip()))
    return found


def _items(posting: Posting, kind: SectionKind) -> int:
    numbers = {n for s in posting.sections if kind in s.kinds for n in s.blocks}
    return sum(posting.document.blocks[n].kind is BlockKind.ITEM for n in numbers)


def _statements(posting: Posting) -> list[Statement]:
    """The longest section of each kind that is often boilerplate."""
    longest: dict[SectionKind, Section] = {}
    for section in posting.sections:
        known = longest.get(section.kind)
        if section.blocks and (known is None or _length(section) > _length(known)):
            longest[section.kind] = section
    return [
        Statement(kind, longest[kind].body, crc32(" ".join(keys).encode()), sketch(keys))
        for kind in (SectionKind.EQUAL_OPPORTUNITY, SectionKind.ABOUT_COMPANY)
        if kind in longest
        and len(keys := _keys(posting.words, longest[kind].body)) >= _SHORTEST_STATEMENT
    ]


def _length(section: Section) -> int:
    return section.body.end - section.body.start


def _keys(words: Sequence[Word], span: PlainSpan) -> list[str]:
    first = bisect_left(words, span.start, key=lambda word: word.start)
    last = bisect_left(words, span.end, first, key=lambda word: word.start)
    return [word.key for word in words[first:last]]
