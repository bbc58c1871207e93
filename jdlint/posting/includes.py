"""Includes and components (``{% include benefits.html %}``, ``<ApplyButton />``) by their names.

What they bring stands in another file; their names tell what it is about.
"""

from collections.abc import Iterator
from itertools import pairwise

from jdlint.language.late import late
from jdlint.model import SectionKind
from jdlint.posting.wording import kinds, wording
from jdlint.read.offsets import Document

_LONGEST = 300
"""A command of more characters is no include but a script."""

_WORD = late(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def brought_in(document: Document) -> set[SectionKind]:
    """The kinds of section that the includes of *document* are named for."""
    return {kind for text in document.includes for kind in _kinds(text)}


def _kinds(text: str) -> Iterator[SectionKind]:
    """What the words of an include's name say; two words ("email us") may say it together."""
    if len(text) > _LONGEST:
        return
    words = [word.lower() for word in _WORD.findall(text)]
    for name in (*words, *map(" ".join, pairwise(words))):
        if label := wording().includes.get(name):
            yield from kinds(label)
