"""Places below the state with law of their own, codes of places, and postal codes."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from jdlint.language.late import late
from jdlint.posting.gazetteer import gazetteer
from jdlint.store import shaped

_CODE = late(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?\Z")
_ZIP = late(r"(?<![\w.,$\u00a3\u20ac-])(\d{3})\d\d(?:-\d{4})?(?![\w%]|[.,]\d)")
_POSTCODE = late(r"(?<!\w)([A-Z]{1,2})\d[A-Z\d]? {0,2}\d[ABD-HJLNP-UW-Z]{2}(?!\w)")
_OUTWARD = late(r"[ ,(]{1,2}(?![BE]2[BCEG])([A-Z]{1,2})\d[A-Z\d]?(?!\w)")
_LAST = late(r"([A-Za-z]+)[ -]\Z")
_FIRST = late(r"[ -]([A-Za-z]+)")
_CANADIAN = late(r"(?<!\w)([ABCEGHJ-NPRSTVXY])\d[A-Z] ?\d[A-Z]\d(?!\w)")

_NO_REGION = frozenset({"", "us", "usa", "united states"})


class Locality(msgspec.Struct, frozen=True, array_like=True):
    """The names of a place below the state, and the ZIP codes (three digits) inside it."""

    names: frozenset[str]
    with_region: frozenset[str]
    zips: frozenset[str]


class Localities(msgspec.Struct, frozen=True, array_like=True):
    """``rules/_data/localities.yaml`` as the cache keeps it; its comments tell the meaning."""

    places: dict[str, Locality]
    before: frozenset[str]
    behind: frozenset[str]
    members: frozenset[str]
    regions: dict[str, frozenset[str]]
    wide: dict[str, str]
    zips: dict[str, str]
    postcodes: dict[str, str]
    canada: dict[str, str]
    five_digits: frozenset[str]


@cache
def localities() -> Localities:
    """Places below the state, postal codes and regions of the world."""
    found: Localities = shaped("localities", ["localities"], _shaped, Localities)
    return found


def _shaped(data: Mapping[str, Any]) -> Localities:
    return Localities(
        places={code: _locality(entry) for code, entry in data["localities"].items()},
        before=frozenset(data["another-before"]),
        behind=frozenset(data["another-behind"]),
        members=frozenset(data["eu-members"]),
        regions={code: frozenset(parts) for code, parts in data["more-regions"].items()},
        wide={name: code for code, names in data["wide"].items() for name in names},
        zips={zip_: code for span, code in data["zips"].items() for zip_ in _prefixes(span)},
        postcodes={area: code for code, areas in data["postcodes"].items() for area in areas},
        canada=data["canada"],
        five_digits=frozenset(data["five-digits"]),
    )


def _locality(entry: Mapping[str, Any]) -> Locality:
    return Locality(*(frozenset(entry.get(key, ())) for key in ("names", "with-region", "zips")))


def _prefixes(span: str) -> list[str]:
    first, _, last = span.partition("-")
    return [f"{number:03}" for number in range(int(first), int(last) + 1)]


def known_code(code: str) -> bool:
    """Whether *code* is one that law can be bound to.

    That is ``EU``, a country of ISO 3166-1, a part of one of ISO 3166-2, or a place below it
    that we know (``US-NY.nyc``). Of countries whose parts we do not list, any part will do.
    """
    if code == "EU" or code in localities().places:
        return True
    match = _CODE.match(code)
    if match is None or match.group(1) not in gazetteer().regions:
        return False
    country, part = match.groups()
    parts = _parts(country)
    return part is None or not parts or part in parts


def codes() -> list[str]:
    """Every code for which :func:`known_code` is true and that can be listed, in order."""
    countries = gazetteer().regions
    parts = [f"{country}-{part}" for country in countries for part in _parts(country)]
    return sorted({"EU", *countries, *parts, *localities().places})


def _parts(country: str) -> frozenset[str]:
    return gazetteer().regions[country] | localities().regions.get(country, frozenset())


def locality(code: str, text: str, before: str = "", behind: str = "") -> str:
    """*code*, or that of the place below it which *text* names ("New York, NY 10013").

    *before* and *behind* are what stands beside *text*: "East" and "Heights" make it another
    place.
    """
    inside = [(c, place) for c, place in localities().places.items() if c.startswith(f"{code}.")]
    if not inside or _is_another(before, behind):
        return code
    zip_ = zip_of(text, behind)
    name, _, rest = (part.strip() for part in _plain(text).partition(","))
    return next((c for c, place in inside if _is_named(place, name, rest, zip_)), code)


def _is_named(place: Locality, name: str, rest: str, zip_: str | None) -> bool:
    if zip_ and place.zips:
        return zip_ in place.zips
    return name in place.names or (name in place.with_region and rest not in _NO_REGION)


def _is_another(before: str, behind: str) -> bool:
    last, first = _LAST.search(before), _FIRST.match(behind)
    return bool(
        (last and last.group(1).lower() in localities().before)
        or (first and first.group(1).lower() in localities().behind)
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().replace(".", " ").replace("-", " ").split()).replace(" ,", ",")


def by_postcode(text: str) -> str | None:
    """The code that a British or Canadian postcode in *text* tells, whole ones only."""
    if match := _POSTCODE.search(text):
        return localities().postcodes.get(match.group(1))
    if match := _CANADIAN.search(text):
        return localities().canada[match.group(1)]
    return None


def zip_of(text: str, behind: str = "") -> str | None:
    """The first three digits of the ZIP code in *text* or right behind it, if there is one."""
    match = _ZIP.search(text) or _ZIP.match(behind, len(behind) - len(behind.lstrip(" ,")))
    return match.group(1) if match else None


def by_zip(text: str, behind: str = "") -> str | None:
    """The state of such a ZIP code; in other countries, five digits mean other things."""
    return localities().zips.get(zip_of(text, behind) or "")


def by_outward(text: str) -> str | None:
    """The code of the first half of a British postcode at the start of *text* (" CB2")."""
    match = _OUTWARD.match(text)
    return localities().postcodes.get(match.group(1)) if match else None
