"""Kind ``across``: postings of one run held against each other.

What is said does not depend on the order in which the postings came: they are sorted by
file first, and of two the later one is told of the earlier.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from jdlint.checks.card import AcrossCard
from jdlint.checks.trace import Statement, Trace, hashes, likeness
from jdlint.model import SectionKind

_BUCKETS = 8
"""So many of its smallest hashes lead from a text to those that are like it."""

_CROWD = 20
"""With more texts than this that share a hash (or a title), a further one is not compared."""

_FEWEST_WORDS = 80
"""Of two shorter postings it means little that they are alike."""

_HOUSE = 2
"""In so many postings a statement must stand word for word to be the usual one."""

_SAID_APART = (
    SectionKind.PAY,
    SectionKind.BENEFITS,
    SectionKind.RESPONSIBILITIES,
    SectionKind.REQUIREMENTS,
    SectionKind.NICE_TO_HAVE,
    SectionKind.HOW_TO_APPLY,
)
"""Sections that both versions of a role should have."""

_NAMES = {
    SectionKind.RESPONSIBILITIES: "duties",
    SectionKind.REQUIREMENTS: "requirements",
    SectionKind.NICE_TO_HAVE: "nice-to-haves",
}


class Left(msgspec.Struct, frozen=True):
    """A trace and the file it comes from."""

    path: str
    trace: Trace

    @property
    def called(self) -> str:
        """What to call the posting in a message."""
        number = self.trace.number
        return f"{self.path} (posting {number + 1})" if number else self.path


class Remark(msgspec.Struct, frozen=True):
    """What a card says of a posting, at its title or at its statement of the kind *at*."""

    card: AcrossCard
    left: Left
    at: SectionKind
    values: dict[str, str]


def compare(lefts: Iterable[Left], cards: Sequence[AcrossCard]) -> Iterator[Remark]:
    """What *cards* see in all postings together, in the order of the cards and the files."""
    sorted_ = sorted(lefts, key=lambda left: (left.path, left.trace.number))
    for card in cards:
        yield from COMPARISONS[card.compare](sorted_, card)


def _identities(lefts: Sequence[Left], card: AcrossCard) -> Iterator[Remark]:
    """Postings that share what should be theirs alone."""
    first: dict[tuple[int, str], Left] = {}
    for left in lefts:
        for pair in left.trace.identity:
            other = first.setdefault(pair, left)
            if other is not left:
                yield _remark(card, left, other, what=pair[1])
                break


def _texts(lefts: Sequence[Left], card: AcrossCard) -> Iterator[Remark]:
    """Postings of one title and place whose text is nearly the same."""
    buckets: dict[int, list[Left]] = {}
    for left in lefts:
        if left.trace.words < _FEWEST_WORDS:
            continue
        small = sorted(hashes(left.trace.sketch))[:_BUCKETS]
        near = {id(o): o for h in small for o in buckets.get(h, ())}.values()
        other = next((o for o in near if _is_double(left.trace, o.trace, card)), None)
        if other is not None:
            yield _remark(card, left, other)
            continue
        for value in small:
            if len(bucket := buckets.setdefault(value, [])) < _CROWD:
                bucket.append(left)


def _is_double(one: Trace, two: Trace, card: AcrossCard) -> bool:
    if one.title != two.title or (one.places and two.places and one.places != two.places):
        return False
    return likeness(one.sketch, two.sketch) >= card.likeness


def _statements(lefts: Sequence[Left], card: AcrossCard) -> Iterator[Remark]:
    """Boilerplate that differs a little from what most of the other postings say."""
    for kind in card.sections:
        told = [(left, s) for left in lefts for s in left.trace.statements if s.kind is kind]
        usual = _usual([s for _, s in told])
        if usual is None:
            continue
        number = sum(s.exact == usual.exact for _, s in told)
        other = next(left for left, s in told if s.exact == usual.exact)
        for left, statement in told:
            if statement.exact != usual.exact and _drifted(statement, usual, card):
                yield Remark(card, left, kind, {"other": other.called, "number": str(number)})


def _usual(statements: Sequence[Statement]) -> Statement | None:
    """The statement that most postings have word for word; the first of several."""
    counts = Counter(statement.exact for statement in statements)
    if not counts or max(counts.values()) < _HOUSE:
        return None
    return max(statements, key=lambda statement: counts[statement.exact])


def _drifted(statement: Statement, usual: Statement, card: AcrossCard) -> bool:
    return likeness(statement.sketch, usual.sketch) >= card.likeness


def _versions(lefts: Sequence[Left], card: AcrossCard) -> Iterator[Remark]:
    """The UK and the US version of one role, where they do not say the same."""
    seen: dict[tuple[str, str], list[Left]] = {}
    for left in lefts:
        title, side = left.trace.title, _side(left.trace)
        if not title or not side:
            continue
        others = seen.get((title, "US" if side == "UK" else "UK"), ())
        other = next((o for o in others if _is_version(left.trace, o.trace, card)), None)
        if other and (what := _difference(left.trace, other.trace)):
            yield _remark(card, left, other, what=what)
        if len(own := seen.setdefault((title, side), [])) < _CROWD:
            own.append(left)


def _side(trace: Trace) -> str:
    """Whether a posting is for the UK or the US: by its place, else by its spelling."""
    if trace.countries:
        return {"GB": "UK", "US": "US"}.get("".join(trace.countries), "")
    return trace.dialect if trace.dialect in ("UK", "US") else ""


def _is_version(one: Trace, two: Trace, card: AcrossCard) -> bool:
    return likeness(one.sketch, two.sketch) >= card.likeness


def _difference(one: Trace, two: Trace) -> str:
    """What two versions do not have in common, in words; empty if nothing."""
    for kind in _SAID_APART:
        if (kind in one.kinds) != (kind in two.kinds):
            return f"only one of the two has {kind.value.replace('-', ' ')}"
    for kind, here in one.counts.items():
        there = two.counts.get(kind, 0)
        if here != there and here and there:
            return f"this one lists {here} {_NAMES[kind]}, the other {there}"
    return ""


def _remark(card: AcrossCard, left: Left, other: Left, what: str = "") -> Remark:
    return Remark(card, left, SectionKind.TITLE, {"other": other.called, "what": what})


COMPARISONS: dict[str, Callable[[Sequence[Left], AcrossCard], Iterator[Remark]]] = {
    "identity": _identities,
    "text": _texts,
    "statement": _statements,
    "version": _versions,
}
"""What an across card can compare, by the name that its *compare* gives."""
