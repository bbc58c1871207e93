"""What a posting states besides pay, with the places where it does so."""

from collections.abc import Mapping
from enum import StrEnum

from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.model import Section


class Statement(StrEnum):
    """What can be stated."""

    BENEFITS = "benefits"
    BENEFITS_SLOGAN = "benefits-slogan"
    OTHER_PAY = "other-pay"
    DEADLINE = "deadline"
    ONGOING = "ongoing"
    OPEN_UNTIL_FILLED = "open-until-filled"
    HOW_TO_APPLY = "how-to-apply"
    AI_USED = "ai-used"
    AI_NOT_USED = "ai-not-used"
    VACANCY_EXISTING = "vacancy-existing"
    VACANCY_POOL = "vacancy-pool"
    EQUAL_OPPORTUNITY = "equal-opportunity"
    ADJUSTMENTS = "adjustments"


_BY_SECTION = {
    SectionKind.BENEFITS: Statement.BENEFITS,
    SectionKind.CLOSING_DATE: Statement.DEADLINE,
    SectionKind.HOW_TO_APPLY: Statement.HOW_TO_APPLY,
    SectionKind.EQUAL_OPPORTUNITY: Statement.EQUAL_OPPORTUNITY,
    SectionKind.ADJUSTMENTS: Statement.ADJUSTMENTS,
}

Statements = Mapping[Statement, tuple[PlainSpan, ...]]


def find_statements(sections: tuple[Section, ...]) -> Statements:
    """What the *sections* state by their kind."""
    found: dict[Statement, tuple[PlainSpan, ...]] = {}
    for section in sections:
        for kind in section.kinds:
            if stated := _BY_SECTION.get(kind):
                found[stated] = (*found.get(stated, ()), section.heading or section.body)
    return found
