"""Place names in a text and the codes they stand for, ambiguous ones decided by their neighbours.

A name counts only with a capital first letter. "City, Region, Country" is one place: the
city is told apart from its namesakes by what follows it. A name that several places share
and nothing tells apart stays without a code.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import msgspec

from jdlint.language.late import late
from jdlint.posting.lexicon import Lexicon, Mark, Phrases, Words, compile_phrases
from jdlint.store import shaped

_LINK = late(r", ?| \(| - | ")
_LETTERS = late(r"[A-Z][A-Za-z]{1,5}(?![\w'])")
_UNKNOWN = late(r"(?:[A-Z][\w'.-]*[^\W\d] ){0,3}[A-Z][\w'.-]*[^\W\d]\Z")
_CODE = late(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?\Z")

CITY, REGION, COUNTRY = 0, 1, 2


class Name(msgspec.Struct, frozen=True, order=True):
    """A place name: every code it may have with its rank, and what it means alone.

    *letters* marks postal letters and short forms ("CO", "Calif."), which need a comma.
    """

    start: int
    end: int
    codes: tuple[tuple[str, int], ...]
    alone: str | None
    letters: bool = False


class Spot(msgspec.Struct, frozen=True):
    """A place as it was understood: its range and its code, None where the name is unclear.

    *choices* are the codes that it may have; *city*: its narrowest name is that of a city.
    """

    start: int
    end: int
    code: str | None
    choices: tuple[str, ...] = ()
    city: bool = False


class Known(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a name: its code alone, and every code it may have with its rank."""

    alone: str | None
    codes: tuple[tuple[str, int], ...]


class Gazetteer(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """The places we know and the words around them, as the cache keeps them.

    *known* leads from a name to a :class:`Known`, *letters* from postal letters and short
    forms to codes, *regions* from a country to its regions (if we know them). The phrases
    *speech* are for remote work, for being somewhere, and for exceptions; *label* may stand
    before a place of work. The others are single words; see the comments in the data.
    """

    phrases: Phrases
    known: dict[str, msgspec.Raw]
    letters: dict[str, tuple[tuple[str, int], ...]]
    regions: dict[str, frozenset[str]]
    speech_phrases: Phrases
    label_phrases: Phrases
    not_before: frozenset[str]
    not_after: frozenset[str]
    strangers: frozenset[str]
    tail: frozenset[str]
    inside: frozenset[str]
    homes: frozenset[str]
    deeds: frozenset[str]
    owners: frozenset[str]
    no_place: frozenset[str]
    not_behind: dict[str, frozenset[str]]
    streets: frozenset[str]

    @cached_property
    def names(self) -> Lexicon:
        """The names of all places."""
        return Lexicon(self.phrases)

    @cached_property
    def speech(self) -> Lexicon:
        """Words for remote work, for being somewhere, and for exceptions."""
        return Lexicon(self.speech_phrases)

    @cached_property
    def labels(self) -> Lexicon:
        """What may stand before a place of work."""
        return Lexicon(self.label_phrases)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, from ``rules/_data/places.yaml``."""
    found: Gazetteer = shaped("places", ["places"], _shaped, Gazetteer)
    return found


def is_no_place(text: str) -> bool:
    """Whether the value of a location, such as "in person", names no place."""
    return " ".join(text.lower().replace("-", " ").split()).strip(" .") in gazetteer().no_place


@cache
def _known(name: str) -> Known:
    """What is known of *name*, one of those in the gazetteer."""
    return msgspec.json.decode(gazetteer().known[name], type=Known)


def _shaped(data: Mapping[str, Any]) -> Gazetteer:
    known = _names(data)
    remote = data["remote"]
    speech = {"sure": remote["sure"], "loose": remote["loose"]}
    return Gazetteer(
        phrases=compile_phrases({"name": known}),
        known={name: msgspec.Raw(msgspec.json.encode(found)) for name, found in known.items()},
        letters=_letters(data),
        regions={code: frozenset(data["regions"].get(code, ())) for code in data["countries"]},
        speech_phrases=compile_phrases(speech | {n: data[n] for n in ("lead", "except")}),
        label_phrases=compile_phrases({"label": data["label"]}),
        not_before=frozenset(remote["not-before"]),
        not_after=frozenset(remote["not-after"]),
        strangers=frozenset(data["strangers"]),
        tail=frozenset(data["tail"]),
        inside=frozenset(data["inside"]),
        homes=frozenset(data["homes"]),
        deeds=frozenset(data["deeds"]),
        owners=frozenset(data["owners"]),
        no_place=frozenset(data["no-place"]),
        not_behind={name: frozenset(words) for name, words in data["not-behind"].items()},
        streets=frozenset(data["streets"]),
    )


def _names(data: Mapping[str, Any]) -> dict[str, Known]:
    codes: dict[str, list[tuple[str, int]]] = {}
    for name, code, rank in _entries(data):
        codes.setdefault(name, []).append((code, rank))
    for name, others in data["namesakes"].items():
        known = codes.setdefault(name, [])
        known += [(code, CITY) for code in others if code not in {c for c, _ in known}]
    alone: dict[str, str | None] = {name: found[0][0] for name, found in codes.items()}
    alone.update(dict.fromkeys(data["unclear"]))
    return {name: Known(alone[name], tuple(dict.fromkeys(found))) for name, found in codes.items()}


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
    known = gazetteer().regions.get(country)
    if known is None or (region and known and region not in known):
        return None
    return f"{country}-{region}" if region else country


def names(words: Words) -> list[Name]:
    """The place names of a text, in order."""
    text = words.text
    found: list[Name] = []
    for mark in gazetteer().names.marks(words):
        if _named(text, mark) and not _is_other(words, mark):
            end = mark.end + (
                text[mark.end : mark.end + 1] == "." and "." in text[mark.start : mark.end]
            )
            known = _known(mark.phrase)
            found.append(Name(mark.start, end, known.codes, known.alone))
    return _with_letters(text, found)


def _named(text: str, mark: Mark) -> bool:
    """Whether a phrase is written as a name: "US" but not "us", and not "America's"."""
    if not text[mark.start].isupper() or text[mark.end : mark.end + 2] == "'s":
        return False
    return len(mark.phrase) > 2 or text[mark.end - 1].isupper()


def _is_other(words: Words, mark: Mark) -> bool:
    """Whether a word beside a name makes it another one ("North America", "London Road")."""
    known, keys = gazetteer(), words.keys
    if mark.first and keys[mark.first - 1] in known.not_behind.get(mark.phrase, ()):
        return words.adjoin(mark.first - 1)
    last = mark.last + 1
    if last == len(keys) or keys[last] not in known.streets:
        return False
    return words.starts[last] == mark.end + 1 and words.written(last)[0].isupper()


def _with_letters(text: str, found: list[Name]) -> list[Name]:
    """*found* with the letters that stand behind a comma: ", CO", ", Colo."."""
    taken = {name.start for name in found}
    more = []
    at = text.find(", ")
    while at >= 0:
        match = _LETTERS.match(text, at + 2) if text[at + 2 : at + 3].isupper() else None
        codes = gazetteer().letters.get(match.group()) if match else None
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
            while made and made[-1].end > start:
                made.pop()  # a part of the longer name: "Manhattan Beach, CA"
            city = min(rank for _, rank in first.codes) == CITY and not first.letters
            made.append(Spot(start, last.end, code, tuple(c for c, _ in first.codes), city))
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
            fit = _overruled(name, other, rank)
        if not fit:
            break
        if other.letters and len({c[:2] for c in fit}) > 1:
            return taken + 1, None
        choices, code, taken = fit, fit[0], taken + 1
        rank = max(rank, min(r for _, r in wider)) if wider else REGION
    return taken, code


def _overruled(name: Name, other: Name, rank: int) -> list[str]:
    """What a neighbour names where we know no such place in it.

    That is a region behind a city ("Dublin, OH"), the country behind one ("Valencia,
    Venezuela"), or letters of a state behind a country ("Lebanon, NH"): all that these may
    mean, if they mean a country, too ("Peru, IL").
    """
    if name.letters:
        return []
    regions = [c for c, r in other.codes if r == REGION]
    countries = [c for c, r in other.codes if r == COUNTRY]
    if rank == CITY and (other.letters or len(regions) == len(other.codes)):
        return regions[:1]
    if rank == CITY and len(countries) == len(other.codes):
        return countries
    return [*regions, *countries] if rank == COUNTRY and other.letters and regions else []


def _linked(text: str, first: Name, second: Name) -> bool:
    return _LINK.fullmatch(text, first.end, max(first.end, second.start)) is not None


def _from_unknown(text: str, name: Name) -> int:
    """Where the unknown city in front of letters begins: "Gainesville, FL", but not "CO, FL"."""
    edge = name.start - 2
    match = _UNKNOWN.search(text, max(0, edge - 40), max(0, edge))
    if match is None or match.group() in gazetteer().letters:
        return name.start
    return match.start()
