"""Kind ``spelling-consistency``: words spelled in another English than the rest.

The dialect is the configured one, or (``auto``) the one that the posting mostly follows; a
posting that one dialect explains from beginning to end is left alone.
"""

from collections.abc import Iterator, Sequence

import msgspec

from jdlint.checks.allowed import allowed
from jdlint.checks.card import SpellingCard
from jdlint.checks.page import Match, Page, page_of
from jdlint.checks.protocol import Context
from jdlint.language.dialect import Marker, called, consistent, may_differ, settle
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Posting


def build(cards: Sequence[SpellingCard]) -> "SpellingChecker":
    """The checker for *cards*."""
    return SpellingChecker(cards)


class Slip(msgspec.Struct, frozen=True):
    """A word that another dialect would spell otherwise.

    *question* is dialect, ise (-ise or -ize, on which British houses differ) or sense (the
    spelling depends on the sense). *right* is the dialect whose spelling is suggested.
    """

    marker: Marker
    question: str
    right: str
    reason: str


class SpellingChecker:
    """All cards on spelling: one look at the words of a posting, one answer for each card."""

    def __init__(self, cards: Sequence[SpellingCard]) -> None:
        self._cards = cards

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:
        """Every word in the wrong dialect, for the cards that cover its question."""
        page = page_of(posting)
        for slip in _slips_of(page, context.dialect):
            yield from self._said(slip, page, context)

    def _said(self, slip: Slip, page: Page, context: Context) -> Iterator[Hit]:
        marker = slip.marker
        at = Match(marker.start, marker.end, marker.first, marker.first + 1, 0, ())
        for card in self._cards:
            if (
                (not card.classes or slip.question in card.classes)
                and page.in_scope(at, card.scope)
                and not allowed(page, context).holds(marker.start, marker.end)
            ):
                yield _hit(card, slip, page.posting)


def _slips_of(page: Page, dialect: str) -> Iterator[Slip]:
    if dialect != "auto":
        yield from _against(page.posting.markers, dialect)
    elif may_differ(page.places):
        yield from _against_itself(page.posting.markers, page.posting)


def _against(found: Sequence[Marker], dialect: str) -> Iterator[Slip]:
    """The words of *found* that *dialect*, which was asked for, spells otherwise."""
    reason = f"the dialect is set to {dialect}"
    for marker in found:
        if not marker.hint and not marker.right(dialect):
            yield Slip(marker, _question(marker, dialect), dialect, reason)


def _against_itself(found: Sequence[Marker], posting: Posting) -> Iterator[Slip]:
    """The words of *found* that are spelled in another way than most of them."""
    if consistent(found, "GB"):
        return  # British or American throughout, so the place of work need not be looked for
    home = next(iter(posting.countries)) if len(posting.countries) == 1 else ""
    if consistent(found, home):
        return
    verdict = settle(found, home)
    if not verdict.dialect:
        yield from _within_families(found)
    else:
        for marker in found:
            if _slips(marker, verdict.dialect) and not marker.hint:
                question = _question(marker, verdict.dialect)
                yield Slip(marker, question, verdict.dialect, verdict.reason)
    if verdict.dialect in ("", "UK") and verdict.ending:
        yield from _endings(found, verdict.ending)


def _slips(marker: Marker, dialect: str) -> bool:
    """Whether *dialect* spells *marker* otherwise; in a UK text -ise or -ize is not asked here."""
    return marker.side == "US" if dialect == "UK" else not marker.right(dialect)


def _question(marker: Marker, dialect: str) -> str:
    if marker.sense:
        return "sense"
    return "ise" if marker.ending and dialect != "US" else "dialect"


def _within_families(found: Sequence[Marker]) -> Iterator[Slip]:
    """Words whose own family is spelled in both ways, where nothing else decides.

    The first of a family sets its dialect.
    """
    first: dict[str, Marker] = {}
    for marker in found:
        leader = first.setdefault(marker.variant.family, marker) if marker.side else marker
        if marker.side != leader.side and not marker.hint:
            reason = f"the posting writes {leader.key} before"
            yield Slip(marker, _question(marker, leader.side), leader.side, reason)


def _endings(found: Sequence[Marker], ending: str) -> Iterator[Slip]:
    """Words in -ise or -ize that differ from *ending*, which the posting mostly has."""
    right = "UK" if ending == "ise" else "UK-oxford"
    shown = list(dict.fromkeys(m.key for m in found if m.ending == ending))[:2]
    reason = f"the posting mostly writes -{ending}: {', '.join(shown)}"
    for marker in found:
        if marker.ending and marker.ending != ending:
            yield Slip(marker, "ise", right, reason)


def _hit(card: SpellingCard, slip: Slip, posting: Posting) -> Hit:
    marker = slip.marker
    span = PlainSpan(marker.start, marker.end)
    suggest = marker.replacement(slip.right)
    values = {
        "match": posting.document.text(span),
        "suggest": suggest,
        "dialect": called(slip.right),
        "reason": slip.reason,
    }
    return Hit(card.id, span, values, (suggest,))
