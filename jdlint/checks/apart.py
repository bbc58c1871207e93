"""What fields and the text of a posting say differently, fact by fact.

A difference is one that no reading can bring together: nearer and farther words for a place,
a longer title, a rounded salary or one more choice are none. The fields are front matter, a
record, or a JobPosting for search engines; they are compared in the same way.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

import msgspec

from jdlint.checks.page import page_of
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting import sides
from jdlint.posting.dates import CLOSING, Dated, key
from jdlint.posting.experience import levels_in
from jdlint.posting.lexicon import Mark, Words
from jdlint.posting.model import Pay, Place, Posting
from jdlint.posting.payfield import stated
from jdlint.posting.twicebook import twicebook
from jdlint.posting.wording import wording
from jdlint.read.offsets import BlockKind, Field

Fields = Sequence[Field]

_SURE_PAY = frozenset({"range", "exact"})


class Difference(msgspec.Struct, frozen=True):
    """The words of the text that differ, what the fields say, and the field if it is one."""

    span: PlainSpan
    other: str
    field: Field | None = None


def title(posting: Posting, fields: Fields) -> Iterator[Difference]:
    """A title in the text that names another role, level or grade than the one in the fields."""
    told = sides.title_of(fields, posting.document)
    span = sides.title_of_text(posting) if told else None
    if span is not None and _other_role(told, posting.document.text(span)):
        yield Difference(span, told)


def _other_role(one: str, two: str) -> bool:
    first, second = _roles(one), _roles(two)
    if first and second and not first & second:
        return True
    levels = [set(levels_in(text)) for text in (one, two)]
    numbers = [sides.numbers_of(text) for text in (one, two)]
    return bool(first & second) and any(a and b and not a & b for a, b in (levels, numbers))


def _roles(text: str) -> set[str]:
    """The names of roles in a title, in the singular."""
    known = wording().roles
    keys = Words(text.lower()).keys
    return {k for key in keys for k in (key, key.removesuffix("s")) if k in known}


def place(posting: Posting, fields: Fields) -> Iterator[Difference]:
    """A place under the text's own heading or label that is not the one of the fields."""
    if all(key(f.name) not in twicebook().place_fields for f in fields):
        return
    told = sides.places_of(posting, fields)
    if not told or any(p.remote or not p.code for p in told):
        return
    found = sides.places_of_text(posting)
    if not found or any(p.remote or not p.code for p in found):
        return
    said = sides.location_text(posting).lower()
    if any(_city(one) and _city(one) in said for one in told):
        return
    if not any(_may_be_one(one, two) for one in told for two in found):
        span = found[0].span
        if span is not None:
            yield Difference(span, ", ".join(p.text for p in told))


def _may_be_one(one: Place, two: Place) -> bool:
    """Whether two places can be the same, or one lies in the other or next to it."""
    first, second = one.code or "", two.code or ""
    if "EU" in (first, second) or _holds(first, second) or _holds(second, first):
        return True
    if any({first, second} <= group for group in twicebook().near_regions):
        return True
    if first != second:
        return False
    names = [_city(one), _city(two)]
    if not all(names) or names[0] == names[1]:
        return True
    return any(set(names) <= group for group in twicebook().near_cities)


def _holds(wide: str, narrow: str) -> bool:
    return narrow.startswith(f"{wide}-")


def _city(place: Place) -> str:
    """The name of a city that we know, in lower case; empty for a country or a region."""
    from jdlint.posting.gazetteer import CITY, names

    found = names(Words(place.text))
    if not found or found[0].start or min(rank for _, rank in found[0].codes) != CITY:
        return ""
    return place.text[: found[0].end].lower()


def remote(posting: Posting, fields: Fields) -> Iterator[Difference]:
    """Text that says where the work is done and rules out what the fields say."""
    found = next(_remote_fields(fields), None)
    if found is None:
        return
    field, kind = found
    told = remote_words(posting)
    if "either" in told or kind in told or (kind == "remote" and "named" in told):
        return
    if against := [span for role, span in told.items() if role in _AGAINST[kind]]:
        yield Difference(min(against), field.value.strip(), field)


_AGAINST = {
    "remote": {"office", "days", "hybrid"},
    "office": {"remote"},
    "hybrid": {"remote", "office"},
}


def remote_words(posting: Posting) -> dict[str, PlainSpan]:
    """What the text says of where the work is done, and the first words that say so.

    remote, office, days (some days a week there), hybrid, either (people can choose), and
    named, where remote work is named under a heading or behind a label for the place.
    """
    told: dict[str, PlainSpan] = {}
    for mark in twicebook().remote_speech.marks(posting.parts):
        for role in mark.roles:
            told.setdefault(role, PlainSpan(mark.start, mark.end))
    for role, span in _labelled(posting):
        told.setdefault(role, span)
    return told


def _labelled(posting: Posting) -> Iterator[tuple[str, PlainSpan]]:
    """The words for where the work is done in a heading for it or right below."""
    for section in posting.sections:
        if section.heading is None or section.kind not in _WHERE:
            continue
        start, end = section.heading.start, section.body.start + _BEGINNING
        opening = posting.folded[start : min(end, section.body.end)].lower()
        if "remote" in opening or "home" in opening:
            yield "named", section.body
        elif (at := opening.find("hybrid")) >= 0:
            yield "hybrid", PlainSpan(start + at, start + at + len("hybrid"))


_WHERE = (SectionKind.LOCATION, SectionKind.WORKING_PATTERN)


def _remote_fields(fields: Fields) -> Iterator[tuple[Field, str]]:
    """The fields that say how remote the work is, with remote, office or hybrid."""
    book = twicebook()
    for field in fields:
        name, value = key(field.name), field.value.strip().lower()
        kind = book.remote_values.get(value)
        named = name in book.remote_fields or (
            name in book.place_fields and len(value) > len("true")
        )
        if kind and named:
            yield field, kind


def pay(posting: Posting, fields: Fields) -> Iterator[Difference]:
    """Pay in the text that cannot be the pay of the fields."""
    if not stated(fields):
        return
    told = [p for p in sides.pay_of(posting, fields) if p.status in _SURE_PAY]
    if len(told) != 1:
        return
    country = _country(posting)
    told = [p for p in sides.pay_of(posting, fields, country) if p.status in _SURE_PAY]
    found = offers(posting, country)
    if len(told) != 1 or not found or any(_agree(told[0], other) for other in found):
        return
    like = [p for p in found if _comparable(told[0], p)]
    if like and len(like) == len(found) and like[0].span:
        yield Difference(like[0].span, _money(told[0]))
    elif not like:
        spans = [p.span for p in found if p.span and _other_unit(told[0], p)]
        yield from (Difference(span, _money(told[0])) for span in spans[:1])


def _other_unit(one: Pay, two: Pay) -> bool:
    """Whether two statements have one amount, but for another period or in another currency."""
    if (_low(one), _top(one)) != (_low(two), _top(two)):
        return False
    coins, periods = {one.currency, two.currency} - {None}, {one.period, two.period} - {None}
    return len(periods) > 1 or (len(coins) > 1 and not coins <= twicebook().dollars)


def offers(posting: Posting, country: str | None = None) -> list[Pay]:
    """What the text is sure to offer for this role."""
    found = sides.pay_of_text(posting, country or _country(posting))
    return [p for p in found if _is_offer(posting, p)]


def _country(posting: Posting) -> str | None:
    from jdlint.posting.places import country_of

    return country_of(posting.places)


def _is_offer(posting: Posting, pay: Pay) -> bool:
    """Whether a statement is sure to be the pay of this role: a range, or what is labelled so."""
    if pay.status != "exact" or pay.span is None:
        return pay.status == "range"
    section = posting.section_at(pay.span.start)
    labelled = section is not None and SectionKind.PAY in section.kinds and section.heading
    return bool(labelled) and pay.span.start - section.body.start < _BEGINNING  # type: ignore[union-attr]


_BEGINNING = 40
"""So near the beginning of a section is what it is about, in characters."""


def _comparable(one: Pay, two: Pay) -> bool:
    """Whether two statements are in one currency and for one period, as far as they tell."""
    coins = {one.currency, two.currency} - {None}
    periods = {one.period, two.period} - {None}
    small, large = sorted((_top(one), _top(two)))
    return len(coins) < 2 and len(periods) < 2 and large < small * 3


def _agree(one: Pay, two: Pay) -> bool:
    """Whether both ends of two statements are the same, or rounded from each other."""
    if not _comparable(one, two):
        return False
    if "exact" in (one.status, two.status) and one.status != two.status:
        single, other = (one, two) if one.status == "exact" else (two, one)
        return _low(other) <= _top(single) <= _top(other)
    return _near(_low(one), _low(two)) and _near(_top(one), _top(two))


def _near(one: Decimal, two: Decimal) -> bool:
    """Whether two amounts are one, but for rounding to thousands or for pennies."""
    if abs(one - two) <= 1:
        return True
    rounded = one % 500 == 0 or two % 500 == 0
    return rounded and max(one, two) > 5000 and abs(one - two) < 1000 and _odd(one, two)


def _odd(one: Decimal, two: Decimal) -> bool:
    return one % 500 != 0 or two % 500 != 0


def _low(pay: Pay) -> Decimal:
    return pay.minimum if pay.minimum is not None else _top(pay)


def _top(pay: Pay) -> Decimal:
    return pay.maximum if pay.maximum is not None else pay.minimum or Decimal(0)


def _money(pay: Pay) -> str:
    ends = dict.fromkeys(f"{amount:,}" for amount in (_low(pay), _top(pay)))
    coin = f" {pay.currency}" if pay.currency else ""
    return " to ".join(ends) + coin + (f" per {pay.period}" if pay.period else "")


def contract(posting: Posting, fields: Fields) -> Iterator[Difference]:
    """A contract in the text that is the opposite of the one in the fields."""
    book = twicebook()
    told: dict[str, Field] = {}
    for field in fields:
        if key(field.name) in book.contract_fields:
            for mark in book.contract.marks(Words(field.value.lower().replace("_", " "))):
                told.update((role, field) for role in mark.roles)
    if not told:
        return
    marks = contracts(posting)
    found = {role for mark in marks for role in mark.roles}
    for pair in book.opposites:
        for one, two in (pair, pair[::-1]):
            if one in told and two not in told and two in found and one not in found:
                mark = next(m for m in marks if two in m.roles)
                yield Difference(PlainSpan(mark.start, mark.end), told[one].value, told[one])


def contracts(posting: Posting) -> list[Mark]:
    """The kinds of contract that the text gives this role."""
    words = posting.parts
    return [m for m in twicebook().contract.marks(words) if _of_the_role(posting, words, m)]


def _of_the_role(posting: Posting, words: Words, mark: Mark) -> bool:
    """Whether *mark* stands behind a label for the contract, or in "this is a … role"."""
    near = words.keys[max(0, mark.first - 4) : mark.last + 5]
    if not twicebook().choices.isdisjoint(near):
        return False
    section = posting.section_at(mark.start)
    if (
        section is not None
        and section.kinds == (SectionKind.WORKING_PATTERN,)
        and section.heading is not None
        and not section.implied
        and mark.start - section.body.start < len("a permanent and full-time post")
    ):
        return True
    before = words.keys[max(0, mark.first - 6) : mark.first]
    behind = words.keys[mark.last + 1 : mark.last + 7]
    return " ".join(before).find("this is a") >= 0 and not twicebook().role_nouns.isdisjoint(behind)


def closing(posting: Posting, fields: Fields) -> Iterator[Difference]:
    """A closing date in the text that is not one of those in *fields*."""
    by_name = {field.name: field for field in fields}
    told = [d for d in posting.dates if d.role == CLOSING and d.field in by_name]
    found = closings_of_text(posting)
    apart = told and not any(same_day(one, two) for one in told for two in found)
    if apart and found and (span := found[-1].span):
        yield Difference(span, told[0].text, by_name[told[0].field])


def closings_of_text(posting: Posting) -> list[Dated]:
    """The closing dates that stand in the text and not in a field."""
    dates = [d for d in posting.dates if d.role == CLOSING]
    return [d for d in dates if d.span and not _is_field(posting, d.span)]


def _is_field(posting: Posting, span: PlainSpan) -> bool:
    block = page_of(posting).block(span.start)
    return block is not None and block.kind is BlockKind.FIELD


def same_day(one: Dated, two: Dated) -> bool:
    """Whether two dates can mean the same day; midnight may be counted to either side of it."""
    first, second = one.written, two.written
    if first.readings and second.readings:
        slack = timedelta(days=1 if first.timed or second.timed else 0)
        return any(abs(a - b) <= slack for a in first.readings for b in second.readings)
    if None in (first.day, second.day) or None in (first.month, second.month):
        return True
    return (first.day, first.month) == (second.day, second.month)
