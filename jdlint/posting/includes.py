"""Includes and components (``{% include benefits.html %}``, ``<ApplyButton />``) by their names.

What they bring stands in another file; their names tell what it is about.
"""

from collections.abc import Iterator
from itertools import pairwise

from jdlint.language.late import late
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.model import Section
from jdlint.posting.wording import kinds, wording
from jdlint.read.offsets import Document

_LONGEST = 300
"""A command of more characters is no include but a script."""

_WORD = late(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def told_in_includes(document: Document, known: set[SectionKind]) -> list[Section]:
    """A section without a place for each kind that an include is named for and *known* lacks."""
    told = dict.fromkeys(k for text in document.includes for k in _kinds(text) if k not in known)
    return [
        Section((k,), None, PlainSpan(0, 0), (), confidence=0.7, implied=True, field="include")
        for k in told
    ]


def _kinds(text: str) -> Iterator[SectionKind]:
    """What the words of an include's name say; two words ("email us") may say it together."""
    if len(text) > _LONGEST:
        return
    words = [word.lower() for word in _WORD.findall(text)]
    for name in (*words, *map(" ".join, pairwise(words))):
        if label := wording().includes.get(name):
            yield from kinds(label)
