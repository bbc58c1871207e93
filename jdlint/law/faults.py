"""What is wrong with the duties of a card, for those who write one."""

from collections.abc import Iterable, Sequence
from datetime import date

from jdlint.law.declared import FACTS
from jdlint.law.duty import Confidence, Duty
from jdlint.nearest import hint
from jdlint.posting.localities import known_code


def faults(duties: Sequence[Duty], reviewed: date | None) -> Iterable[str]:
    """Each fault of *duties*; begins with the key of the card that it is about, in quotes."""
    for duty in duties:
        where = f"'duties': {', '.join(duty.places) or 'a duty'}"
        if not duty.places:
            yield "'duties': a duty names no place; write 'places: [US-CO]'"
        for place in (*duty.places, *duty.except_places):
            if not known_code(place):
                yield f"'duties': there is no place {place}; use a code of ISO 3166-1 or -2"
        if not (duty.last_reviewed or reviewed):
            yield f"{where} has no date of review; give the card 'last_reviewed'"
        if not duty.sources and duty.confidence is not Confidence.GENERAL:
            yield f"{where} has no sources"
        for name in (*duty.only_if, *duty.applies_if, *duty.exempt_if):
            if name not in FACTS:
                yield f"{where} asks for '{name}'; {hint(name, FACTS, ', '.join(FACTS))}"
        if duty.effective_to and duty.effective_from and duty.effective_to < duty.effective_from:
            yield f"{where} ends before it begins"
