"""Sections that a posting should have: the checker of ``required-section`` cards.

Nothing is called missing on thin evidence: a heading, a sentence or a field of the right
kind is enough to have it, and the posting must be long enough, or divided clearly enough,
for an absence to mean something.
"""

from collections.abc import Iterator, Sequence

import msgspec

from jdlint.checks.card import RequiredSectionCard
from jdlint.checks.protocol import Context
from jdlint.model import Hit, SectionKind
from jdlint.posting.includes import brought_in
from jdlint.posting.model import Posting

TELLING = 3
"""A posting with so many known headings shows its sections, however short it is."""


class RequiredSections(msgspec.Struct, frozen=True):
    """All cards of the kind."""

    cards: tuple[RequiredSectionCard, ...]

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:  # noqa: ARG002
        """One hit for each card none of whose sections is there."""
        present = kinds_of(posting)
        divided = headings_of(posting) >= TELLING
        length = len(posting.words)
        for card in self.cards:
            enough = divided or length >= max(card.minimum_words, 1)
            wanted = (*card.any_of, *card.own_kinds)
            if enough and present.isdisjoint(wanted):
                yield Hit(card.id, None, {"section": str(wanted[0])})


def build(cards: Sequence[RequiredSectionCard]) -> RequiredSections:
    """The checker for *cards*."""
    return RequiredSections(tuple(cards))


def faults(card: RequiredSectionCard) -> Iterator[str]:
    """What is wrong with *card* itself."""
    if not card.any_of and not card.own_kinds:
        yield "'any_of' is empty; name at least one"
    for name in set(card.own_kinds) & set(SectionKind):
        yield f"'own_kinds' names {name}, which is a kind of jdlint's; write it under 'any_of'"


def kinds_of(posting: Posting) -> set[str]:
    """The kinds of section that *posting* has: its title, and what includes bring, among them."""
    present: set[str] = {kind for section in posting.sections for kind in section.kinds}
    present |= {section.own for section in posting.sections if section.own}
    if posting.title_text:
        present.add(SectionKind.TITLE)
    return present | brought_in(posting.document)


def headings_of(posting: Posting) -> int:
    """How many headings of *posting* announce a known kind of section."""
    return sum(
        section.heading is not None and (section.kind is not SectionKind.OTHER or bool(section.own))
        for section in posting.sections
    )
