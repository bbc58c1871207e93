"""Kind ``disclosure``: what the law of the place of work asks a posting to say."""

from collections.abc import Iterable, Iterator, Sequence

from jdlint.checks.card import DisclosureCard
from jdlint.checks.lawful import bound, case, with_law
from jdlint.checks.protocol import Context
from jdlint.law.answer import Answer, State
from jdlint.law.applies import Binding, Case
from jdlint.law.duty import Duty
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Posting

_FEWEST_WORDS = 20
"""Of a shorter text it is not even told that it is a posting."""


def build(cards: Sequence[DisclosureCard]) -> "DisclosureChecker":
    """The checker for *cards*."""
    return DisclosureChecker(cards)


def faults(card: DisclosureCard) -> Iterable[str]:
    """What is wrong with *card*."""
    from jdlint.law.requirements import REQUIREMENTS
    from jdlint.nearest import hint

    if card.requires not in REQUIREMENTS:
        near = hint(card.requires, REQUIREMENTS, f"there are {', '.join(REQUIREMENTS)}")
        yield f"'requires' is {card.requires}; {near}"
    if not card.duties:
        yield "'duties' is empty; name at least one row of law"


class DisclosureChecker:
    """All cards of the kind."""

    def __init__(self, cards: Sequence[DisclosureCard]) -> None:
        self._cards = cards

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:
        """For each card one hit with all the duties that are not met in the same way."""
        if len(posting.words) < _FEWEST_WORDS:
            return
        seen = case(posting, context)
        for card in self._cards:
            if len(posting.words) >= card.minimum_words:
                yield from _hits(card, seen)


def _hits(card: DisclosureCard, seen: Case) -> Iterator[Hit]:
    failed: dict[PlainSpan | None, list[tuple[Binding, str]]] = {}
    for one, answer in asked(card, seen):
        if answer.state is State.NOT_MET:
            at = answer.spans[0] if answer.spans else None
            failed.setdefault(at, []).append((one, answer.detail))
    for span, faults_ in failed.items():
        gravest = max(faults_, key=lambda fault: fault[0].basis.severity)
        match = " ".join(seen.posting.document.text(span).split()) if span else ""
        hit = Hit(card.id, span, {"match": match, "detail": gravest[1]})
        yield with_law(hit, [one.basis for one, _ in faults_], card)


def asked(card: DisclosureCard, seen: Case) -> Iterator[tuple[Binding, Answer]]:
    """Each duty of *card* that binds the posting, and how the posting answers it."""
    from jdlint.law.requirements import REQUIREMENTS

    question = REQUIREMENTS[card.requires]
    answers: dict[int, Answer] = {}
    for one in bound(card, seen):
        if id(one.duty) not in answers:
            answers[id(one.duty)] = question(seen, _worded(one.duty, card))
        yield one, answers[id(one.duty)]


def _worded(duty: Duty, card: DisclosureCard) -> Duty:
    """*duty*, with the words of *card* where it has none of its own."""
    from msgspec.structs import replace

    return replace(duty, words=card.words) if card.words and not duty.words else duty
