"""The law behind findings: which duties of a card bind the posting, and what that says."""

from collections.abc import Sequence

from msgspec.structs import replace

from jdlint.checks.card import AnyCard
from jdlint.checks.protocol import Context
from jdlint.law.applies import Binding, Case, binding
from jdlint.law.declared import Facts
from jdlint.model import Basis, Hit, Severity
from jdlint.posting.jurisdictions import declared
from jdlint.posting.model import Posting

_NAMED = 4
"""So many places are named in a message; of more the number is told."""


def case(posting: Posting, context: Context) -> Case:
    """*posting* as the law sees it under *context*; made once for all cards.

    Places that the configuration declares go before its own.
    """
    kept: tuple[Context, Case] | None = posting.__dict__.get("case")
    if kept is None or kept[0] is not context:
        kept = posting.__dict__["case"] = (context, _case(posting, context))
    return kept[1]


def _case(posting: Posting, context: Context) -> Case:
    told = context.law.jurisdictions
    places = declared(told) if told else posting.jurisdictions
    return Case(posting, places, Facts(posting, context.law), context.as_of)


def bound(card: AnyCard, seen: Case) -> list[Binding]:
    """The duties of *card* that bind the posting of *seen*; found once for each card."""
    if card.id not in seen.bound:
        seen.bound[card.id] = binding(card.duties, seen, card.last_reviewed)
    return seen.bound[card.id]


def grounded(hit: Hit, card: AnyCard, posting: Posting, context: Context) -> Hit | None:
    """*hit* with the law behind it; None for a hit of a *law_only* card that no duty backs."""
    law = bases(card, posting, context)
    if not law:
        return None if card.law_only else hit
    own = Severity.NOTE if card.law_only else hit.severity or card.severity.severity
    return with_law(replace(hit, severity=own), law, card)


def bases(card: AnyCard, posting: Posting, context: Context) -> list[Basis]:
    """What the duties of *card* that bind *posting* rest on."""
    return [one.basis for one in bound(card, case(posting, context))]


def with_law(hit: Hit, bases: Sequence[Basis], card: AnyCard) -> Hit:
    """*hit* of *card*, as grave as the gravest of *bases* at least, with what they say."""
    in_order = tuple(sorted(bases, key=lambda basis: (-basis.severity, basis.place)))
    severity = max(in_order[0].severity, hit.severity or Severity.NOTE)
    values = {"places": places(in_order), "declare": declare(in_order)} | hit.values
    message = (hit.message or card.message) + _ahead(in_order)
    return replace(hit, law=in_order, severity=severity, values=values, message=message)


def _ahead(bases: Sequence[Basis]) -> str:
    """A sentence on the day from which *bases* hold, if none is in force yet."""
    days = sorted(basis.starts for basis in bases if basis.starts)
    return f" The rule starts on {days[0].isoformat()}." if len(days) == len(bases) else ""


def places(bases: Sequence[Basis]) -> str:
    """The places of *bases* in words: ``US-CO, US-NY and 3 more``."""
    codes = list(dict.fromkeys(basis.place for basis in bases))
    named = codes[:_NAMED] if len(codes) > _NAMED + 1 else codes
    if len(named) < len(codes):
        return f"{', '.join(named)} and {len(codes) - len(named)} more"
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def declare(bases: Sequence[Basis]) -> str:
    """What to declare so that the finding is sure, as the end of a sentence; may be empty."""
    unknown = list(dict.fromkeys(name for basis in bases for name in basis.declare))
    sizes = [name for name in unknown if ".headcount" in name]
    said = [f"law.{name}" for name in unknown if name not in sizes[1:]]
    if not said:
        return ""
    what = "the size of the employer is not known" if sizes else "not all facts are known"
    return f" ({what}, so it may not apply; declare {' and '.join(said[:2])})"
