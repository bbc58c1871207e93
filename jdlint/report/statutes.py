"""The law behind findings and cards in words: one line for a basis, a table for a card."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from jdlint.checks.card import AnyCard
from jdlint.law.duty import Confidence, Duty
from jdlint.model import Basis
from jdlint.store import table

DISCLAIMER = (
    "jdlint checks text patterns against dated public rules. It does not give legal advice and "
    "cannot tell whether a posting is lawful."
)
"""Stands in every report that holds a finding about law."""

_SHOWN = 3


def told(bases: Sequence[Basis]) -> list[str]:
    """Each of *bases* in a line, and how many more there are."""
    lines = [line(basis) for basis in bases[:_SHOWN]]
    rest = ", ".join(dict.fromkeys(basis.place for basis in bases[_SHOWN:]))
    return [*lines, f"likewise {rest}; --format json has them all"] if rest else lines


def line(basis: Basis) -> str:
    """Place, citation, date, confidence and last review of *basis*."""
    found = f" ({basis.how}: {basis.found})" if basis.found else ""
    note = f" {basis.note}" if basis.note else ""
    return f"{basis.place}{found}: {basis.citation}; {_dates(basis)}; {_grade(basis)}.{note}"


def _dates(basis: Basis) -> str:
    if basis.effective_from is None:
        return "in force"
    word = "from" if basis.starts else "in force since"
    return f"{word} {basis.effective_from.isoformat()}"


def _grade(basis: Basis) -> str:
    reviewed = f", reviewed {basis.reviewed.isoformat()}" if basis.reviewed else ""
    return Confidence(basis.confidence).words + reviewed


def duties_table(card: AnyCard) -> str:
    """The duties of *card* as a Markdown table with their sources, or nothing."""
    if not card.duties:
        return ""
    head = "| Place | In force | Cite | Known by | Reviewed | At most |\n|---|---|---|---|---|---|"
    rows = "\n".join(_row(duty, card) for duty in card.duties)
    return f"## Law\n\n{DISCLAIMER}\n\n{head}\n{rows}\n\n{_addresses(card.duties)}".rstrip()


def _row(duty: Duty, card: AnyCard) -> str:
    reviewed = duty.last_reviewed or card.last_reviewed
    cells = (
        ", ".join(duty.places),
        span(duty),
        duty.citation + (f" ({duty.note})" if duty.note else ""),
        f"{duty.confidence.words} ({', '.join(duty.sources) or 'no source seen'})",
        reviewed.isoformat() if reviewed else "",
        duty.most.word,
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def span(duty: Duty) -> str:
    """From when to when *duty* holds, in words."""
    start = f"since {duty.effective_from.isoformat()}" if duty.effective_from else "in force"
    return f"{start} to {duty.effective_to.isoformat()}" if duty.effective_to else start


def _addresses(duties: Iterable[Duty]) -> str:
    keys = dict.fromkeys(key for duty in duties for key in duty.sources)
    return "\n".join(f"- {key}: {where}" for key in keys if (where := address(key)))


def address(key: str) -> str:
    """Where the source *key* stands, with the date it speaks of; empty if it has no address."""
    sources = table("law_sources") or {}
    return "; ".join(_address(one) for one in sources.get(key, ()))


def _address(source: dict[str, str]) -> str:
    when = f" ({source['date']})" if source.get("date") else ""
    seen = "" if source.get("seen", True) else ", not opened"
    return f"<{source['url']}> {source['kind']}{when}{seen}"


STALE = timedelta(days=180)
"""A row of law that was not reviewed for so long is stale."""


def notices(cards: Iterable[AnyCard], day: date) -> list[str]:
    """What stands below a report with findings about law: what it is not, and how old it is."""
    oldest = oldest_review(cards)
    if oldest is None or day - oldest <= STALE:
        return [DISCLAIMER]
    ago = f"{oldest.isoformat()}, {(day - oldest).days} days ago"
    return [DISCLAIMER, f"Some rows of law were last reviewed on {ago}: see jdlint laws --stale."]


def unplaced(number: int, postings: int) -> list[str]:
    """That of *number* of the *postings* no place is known, if there are any."""
    if not number:
        return []
    which = "this posting" if postings == 1 else f"{number} of {postings} postings"
    what = "it" if number == 1 else "them"
    return [f"No place of work was found in {which}: no law of a place was held against {what}."]


def oldest_review(cards: Iterable[AnyCard]) -> date | None:
    """The day on which the law of *cards* was last held against its sources, throughout."""
    days = [
        day
        for card in cards
        for duty in card.duties
        if (day := duty.last_reviewed or card.last_reviewed)
    ]
    return min(days, default=None)
