"""The table of kinds: which module gives life to which class of card."""

from collections.abc import Iterable, Sequence
from importlib import import_module

from jdlint.checks.card import AnyCard
from jdlint.checks.protocol import Checker

KINDS = {
    "TermsCard": "jdlint.checks.terms",
    "TallyCard": "jdlint.checks.tally",
    "TitleCard": "jdlint.checks.titles",
    "RequiredWordsCard": "jdlint.checks.stated",
    "RequiredSectionCard": "jdlint.checks.sections",
    "LimitCard": "jdlint.checks.limit",
    "ReadabilityCard": "jdlint.checks.readability",
    "SpellingCard": "jdlint.checks.spelling",
    "VocabularyCard": "jdlint.checks.vocabulary",
    "DisclosureCard": "jdlint.checks.disclosure",
    "PythonCard": "jdlint.checks.brain",
}
"""Class of card -> module with ``build(cards) -> Checker`` and, if need be, ``faults(card)``."""


def build(cards: Sequence[AnyCard]) -> list[Checker]:
    """One checker for each kind among *cards*; modules of other kinds are not imported."""
    by_kind: dict[str, list[AnyCard]] = {}
    for card in cards:
        by_kind.setdefault(type(card).__name__, []).append(card)
    return [
        import_module(KINDS[kind]).build(of_kind)
        for kind, of_kind in sorted(by_kind.items())
        if kind in KINDS
    ]


def faults(card: AnyCard) -> Iterable[str]:
    """What the card's own kind finds wrong with it; each begins with a key in quotes."""
    module = KINDS.get(type(card).__name__)
    check = getattr(import_module(module), "faults", None) if module else None
    if check is not None:
        yield from check(card)
