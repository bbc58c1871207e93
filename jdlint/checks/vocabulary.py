"""Kind ``vocabulary``: words of British and of American English for one thing.

A row of a card names the thing and has the words of each side, found as those of ``terms``
cards are. ``held_to: itself`` asks for one side throughout a posting, ``held_to: country``
for the side of the country of work.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import msgspec

from jdlint.checks.card import VocabularyCard, VocabularyRow
from jdlint.checks.page import Match, Page, page_of
from jdlint.checks.protocol import Context
from jdlint.checks.sided import Sides, finder, two_sides
from jdlint.checks.terms import faults as faults_of_terms
from jdlint.language.dialect import home_dialect
from jdlint.language.late import late
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Posting

UK, US = "UK", "US"
_OWN = {UK: "GB", US: "US"}
"""Side to the country (ISO 3166) whose law and institutions its words name."""

_TOGETHER = late(r"\s*(?:/|\(|(?:/|\(|,)?\s*or\b)\s*(?:(?:an?|the|your|or)\s+)*\Z")
"""What stands between words of both sides that are offered together ("CV or resume")."""

_LONGEST_GAP = 30


def build(cards: Sequence[VocabularyCard]) -> "VocabularyChecker":
    """The checker for *cards*."""
    return VocabularyChecker(cards)


def faults(card: VocabularyCard) -> Iterable[str]:
    """What is wrong with *card* itself."""
    for side in sides(card):
        yield from faults_of_terms(side)
    for row in card.rows:
        if not row.uk and not row.us:
            yield f"'rows': '{row.meaning}' has no words"


def sides(card: VocabularyCard) -> Sides:
    """The words of *card* as cards of terms: the British ones and the American ones."""
    uk = [term for row in card.rows for term in row.uk]
    us = [term for row in card.rows for term in row.us]
    return two_sides(card, uk, us)


class Used(msgspec.Struct, frozen=True):
    """A word of *side*, written at *match* for the thing of row *row*."""

    row: int
    side: str
    match: Match


class VocabularyChecker:
    """All cards of the kind."""

    def __init__(self, cards: Sequence[VocabularyCard]) -> None:
        self._cards = cards
        self._terms = finder("vocabulary", [sides(card) for card in cards])

    @cached_property
    def _rows(self) -> list[int]:
        """The row of each term, in the order of the catalogue."""
        return [
            number
            for card in self._cards
            for words in ([row.uk for row in card.rows], [row.us for row in card.rows])
            for number, terms in enumerate(words)
            for _ in terms
        ]

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:
        """What each card sees in *posting*."""
        page = page_of(posting)
        found: dict[int, list[Used]] = {}
        for sided, match in self._terms.matches(page, context):
            number, side = divmod(sided, 2)
            used = Used(self._rows[match.term], US if side else UK, match)
            found.setdefault(number, []).append(used)
        for number, of_card in sorted(found.items()):
            card = self._cards[number]
            see = _foreign if card.held_to == "country" else _mixed
            yield from see(card, of_card, page, context)


def _mixed(
    card: VocabularyCard, found: Sequence[Used], page: Page, context: Context
) -> Iterator[Hit]:
    """The first word of the wrong side in each row that has words of both.

    Under a configured dialect a word of the wrong side alone may be enough.
    """
    if len(page.posting.countries) > 1:
        return
    rows = _by_row(found, page)
    mixed = [u for of_row in rows.values() if len({u.side for u in of_row}) > 1 for u in of_row]
    right, reason = _right(mixed, page.posting, context)
    for number, of_row in rows.items():
        wrong = next((used for used in of_row if used.side != right), None)
        other = next((_text(used, page) for used in of_row if used.side == right), "")
        if wrong and not other and right and context.dialect.startswith(right):
            other = _word(card.rows[number], wrong.side, right)
        if wrong and other and wrong.side.lower() in card.rows[number].reported:
            yield _hit(card, wrong, page, right=right, other=other, reason=reason)


def _by_row(found: Sequence[Used], page: Page) -> dict[int, list[Used]]:
    """*found* by row, without words that have one of the other side right beside them."""
    rows: dict[int, list[Used]] = {}
    for used in found:
        rows.setdefault(used.row, []).append(used)
    return {number: _not_offered_together(of_row, page) for number, of_row in rows.items()}


def _word(row: VocabularyRow, wrong: str, right: str) -> str:
    """The first word of the side *right* in *row*, if it reports the other's alone."""
    if wrong.lower() not in row.alone:
        return ""
    first = (row.us if right == US else row.uk)[0]
    return first if isinstance(first, str) else first.match


def _not_offered_together(of_row: Sequence[Used], page: Page) -> list[Used]:
    """*of_row*, in order, without words that have one of the other side right beside them."""
    together: set[Used] = set()
    for one, other in pairwise(of_row):
        if one.side != other.side and _beside(one.match, other.match, page):
            together |= {one, other}
    return [used for used in of_row if used not in together]


def _beside(one: Match, other: Match, page: Page) -> bool:
    gap = page.folded[one.end : min(other.start, one.end + _LONGEST_GAP)]
    return bool(_TOGETHER.match(gap))


def _right(mixed: Sequence[Used], posting: Posting, context: Context) -> tuple[str, str]:
    """The side to which a posting with the words *mixed* of both is held, and why."""
    configured = context.dialect.partition("-")[0]
    if configured in _OWN:
        return configured, f"the dialect is set to {context.dialect}"
    if posting.dialect in _OWN:
        return posting.dialect, f"it stands here too, in {posting.dialect} spelling"
    home = home_dialect("".join(posting.countries))
    if home in _OWN:
        return home, f"it stands here too, and the place of work uses {home} English"
    counts = {side: sum(used.side == side for used in mixed) for side in _OWN}
    if counts[UK] != counts[US]:
        right = max(_OWN, key=lambda side: counts[side])
        return right, f"it stands here too, and more of the words are {right} ones"
    first = min(mixed, key=lambda used: used.match.start, default=None)
    return first.side if first else "", "it stands here too, and first"


def _foreign(
    card: VocabularyCard,
    found: Sequence[Used],
    page: Page,
    context: Context,  # noqa: ARG001
) -> Iterator[Hit]:
    """The first word in each row that belongs to another country than that of the work."""
    if len(page.posting.countries) != 1:
        return
    (country,) = page.posting.countries
    spoken: set[int] = set()
    for used in found:
        if _OWN[used.side] != country and used.row not in spoken:
            spoken.add(used.row)
            yield _hit(card, used, page, side=used.side, where=_where(page.posting))


def _where(posting: Posting) -> str:
    """What shows where the work is: the surest place, or else the currency of the pay."""
    place = next((place.text for place in posting.places if place.code), "")
    if place:
        return f"the work is in {place}"
    return f"the pay is in {next(pay.currency for pay in posting.pay if pay.currency)}"


def _text(used: Used, page: Page) -> str:
    return " ".join(page.folded[used.match.start : used.match.end].split())


def _hit(card: VocabularyCard, used: Used, page: Page, **values: str) -> Hit:
    values |= {"match": _text(used, page), "meaning": card.rows[used.row].meaning}
    return Hit(card.id, PlainSpan(used.match.start, used.match.end), values)
