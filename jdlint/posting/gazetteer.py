"""Place names in a text and the codes they stand for, ambiguous ones decided by their neighbours.

A name counts only with a capital first letter. "City, Region, Country" is one place: the
city is told apart from its namesakes by what follows it. A name that several places share
and nothing tells apart stays without a code.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from jdlint.language.late import late
from jdlint.posting.lexicon import Lexicon, Mark, Words
from jdlint.store import table

_LINK = late(r", ?| \(| - | ")
_LETTERS = late(r"[A-Z][A-Za-z]{1,5}(?![\w'])")
_UNKNOWN = late(r"(?:[A-Z][\w'.-]*[^\W\d] ){0,3}[A-Z][\w'.-]*[^\W\d]\Z")
_CODE = late(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?\Z")

CITY, REGION, COUNTRY = 0, 1, 2


class Name(NamedTuple):
    """A place name: every code it may have with its rank, and what it means alone.

    *letters* marks postal letters and short forms ("CO", "Calif."), which need a comma.
    """

    start: int
    end: int
    codes: tuple[tuple[str, int], ...]
    alone: str | None
    letters: bool = False


class Spot(NamedTuple):
    """A place as it was understood: its range and its code, None where the name is unclear."""

    start: int
    end: int
    code: str | None


class _Known(NamedTuple):
    """The gazetteer in the shape that looking up needs."""

    names: Lexicon
    codes: dict[str, tuple[tuple[str, int], ...]]
    alone: dict[str, str | None]
    letters: dict[str, tuple[tuple[str, int], ...]]


@cache
def _known() -> _Known:
    data: Any = table("places")
    codes: dict[str, list[tuple[str, int]]] = {}
    for name, code, rank in _entries(data):
        codes.setdefault(name, []).append((code, rank))
    for name, others in data["namesakes"].items():
        known = codes.setdefault(name, [])
        known += [(code, CITY) for code in others if code not in {c for c, _ in known}]
    alone: dict[str, str | None] = {name: found[0][0] for name, found in codes.items()}
    alone.update(dict.fromkeys(data["unclear"]))
    fixed = {name: tuple(dict.fromkeys(found)) for name, found in codes.items()}
    return _Known(Lexicon({"name": fixed}), fixed, alone, _letters(data))


def _entries(data: Any) -> Iterable[tuple[str, str, int]]:
    for code, names in data["cities"].items():
        yield from ((name, code, CITY) for name in names)
    for country, regions in data["regions"].items():
        for letters, names in regions.items():
            yield from ((name, f"{country}-{letters}", REGION) for name in names)
    for code, names in data["countries"].items():
        yield from ((name, code, COUNTRY) for name in names)
    yield from ((name, "EU", COUNTRY) for name in data["wide"]["EU"])


def _letters(data: Any) -> dict[str, tuple[tuple[str, int], ...]]:
    """Postal letters, short forms and country codes: states first, as adverts mean them first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for country in ("US", "CA", "AU"):
        for letters in data["regions"][country]:
            found.setdefault(letters, []).append((f"{country}-{letters}", REGION))
    for code in data["countries"]:
        found.setdefault(code, []).append((code, COUNTRY))
    for short, code in data["short"].items():
        found.setdefault(short.title(), []).append((code, REGION))
    return {letters: tuple(codes) for letters, codes in found.items()}


def by_code(text: str) -> str | None:
    """*text* itself if it is written like a code of ISO 3166 that we know ("US-CO", "GB")."""
    value = text.strip()
    if not _CODE.match(value):
        return None
    country, _, region = value.partition("-")
    country = "GB" if country == "UK" else country
    data = table("places")
    if country not in data["countries"]:
        return None
    known = data["regions"].get(country)
    if region and known is not None and region not in known:
        return None
    return f"{country}-{region}" if region else country


def names(words: Words) -> list[Name]:
    """The place names of a text, in order."""
    known, text = _known(), words.text
    found: list[Name] = []
    for mark in known.names.marks(words):
        if _named(text, mark):
            end = mark.end + (
                text[mark.end : mark.end + 1] == "." and "." in text[mark.start : mark.end]
            )
            found.append(Name(mark.start, end, known.codes[mark.phrase], known.alone[mark.phrase]))
    return _with_letters(text, found)


def _named(text: str, mark: Mark) -> bool:
    """Whether a phrase is written as a name: "US" but not "us", and not "America's"."""
    if not text[mark.start].isupper() or text[mark.end : mark.end + 2] == "'s":
        return False
    return len(mark.phrase) > 2 or text[mark.end - 1].isupper()


def _with_letters(text: str, found: list[Name]) -> list[Name]:
    """*found* with the letters that stand behind a comma: ", CO", ", Colo."."""
    taken = {name.start for name in found}
    more = []
    at = text.find(", ")
    while at >= 0:
        match = _LETTERS.match(text, at + 2)
        codes = _known().letters.get(match.group()) if match else None
        if match and codes and match.start() not in taken and at and text[at - 1].isalnum():
            end = match.end() + (
                text[match.end() : match.end() + 1] == "." and len(match.group()) > 2
            )
            more.append(Name(match.start(), end, codes, codes[0][0], letters=True))
        at = text.find(", ", at + 2)
    return sorted(found + more) if more else found


def spots(text: str, found: Sequence[Name]) -> list[Spot]:
    """The places that *found* make together: "Paris, Texas, USA" is one, "Paris, Rome" two."""
    made: list[Spot] = []
    at = 0
    while at < len(found):
        taken, code = _resolve(text, found, at)
        first, last = found[at], found[at + taken - 1]
        if not (first.letters and taken == 1 and _after_known(text, found, at)):
            start = _from_unknown(text, first) if first.letters else first.start
            made.append(Spot(start, last.end, code))
        at += taken
    return made


def _after_known(text: str, found: Sequence[Name], at: int) -> bool:
    """Whether letters follow a name that did not want them ("Paris, IT")."""
    return at > 0 and _linked(text, found[at - 1], found[at])


def _resolve(text: str, found: Sequence[Name], at: int) -> tuple[int, str | None]:
    """How many names from *at* on make one place, and its code."""
    name, code, taken = found[at], found[at].alone, 1
    rank = min(rank for _, rank in name.codes)
    choices = [c for c, _ in name.codes]
    while at + taken < len(found) and _linked(text, found[at + taken - 1], found[at + taken]):
        other = found[at + taken]
        wider = [(c, r) for c, r in other.codes if r > rank or (c in choices and rank)]
        fit = [mine for c, _ in wider for mine in choices if mine == c or mine.startswith(f"{c}-")]
        if not fit:
            fit = _overruled(name, other, wider, rank)
        if not fit:
            break
        choices, code, taken = fit, fit[0], taken + 1
        rank = max(rank, min(r for _, r in wider))
    return taken, code


def _overruled(name: Name, other: Name, wider: list[tuple[str, int]], rank: int) -> list[str]:
    """The region that a city's neighbour names where we know no such city there ("Dublin, OH")."""
    regions = [c for c, r in wider if r == REGION]
    only = all(r == REGION for _, r in other.codes) or other.letters
    return regions[:1] if rank == CITY and only and not name.letters else []


def _linked(text: str, first: Name, second: Name) -> bool:
    return _LINK.fullmatch(text, first.end, max(first.end, second.start)) is not None


def _from_unknown(text: str, name: Name) -> int:
    """Where the unknown city in front of letters begins: "Gainesville, FL"."""
    edge = name.start - 2
    match = _UNKNOWN.search(text, max(0, edge - 40), max(0, edge))
    return match.start() if match else name.start
