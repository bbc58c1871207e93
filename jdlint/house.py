"""The organisation's own words: phrases that it rejects become terms of a card."""

from collections.abc import Iterable

import msgspec

from jdlint.checks.card import AnyCard, Term, TermsCard
from jdlint.config import Rejected


def is_configured(card: AnyCard) -> bool:
    """Whether *card* is the one whose terms are what the configuration rejects."""
    return isinstance(card, TermsCard) and card.configured


def with_rejected(card: AnyCard, rejected: Iterable[Rejected]) -> AnyCard:
    """*card*, the one for rejected phrases, with *rejected* as its terms.

    It counts as the organisation's own, which speaks before a card of jdlint does.
    """
    made = [_term(one) for one in rejected]
    return msgspec.structs.replace(card, terms=made, pack="configuration")


def _term(one: Rejected) -> Term:
    return Term(
        match=one.phrase,
        inflect=one.inflect,
        suggest=one.replacements,
        message=_message(one),
        severity=one.severity,
    )


def _message(one: Rejected) -> str:
    what = "Write {suggest} instead of '{match}'" if one.replacements else "'{match}' is rejected"
    reason = " ".join(one.reason.split()).rstrip(".")
    return f"{what}: {reason}." if reason else f"{what}."
