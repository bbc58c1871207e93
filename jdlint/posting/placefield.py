"""Places in front matter, JSON-LD and job-board fields."""

import re
from collections.abc import Iterable

import msgspec

from jdlint.language.late import late
from jdlint.language.words import fold
from jdlint.posting.gazetteer import (
    REGION,
    Spot,
    by_code,
    gazetteer,
    is_no_place,
    names,
    spots,
)
from jdlint.posting.lexicon import Words
from jdlint.read.offsets import Field

_ABOUT_PLACE = late(
    r"(?:^|\.)(?:(?:job|work|primary|office|candidate|applicant)?locations?(?:name|requirements)?|address(?:locality|region|country)|"
    r"city|state|region|country|office|offices|jurisdictions?|workplacetype|workplace|joblocationtype|jobcountry|remote|isremote|duty\w*)"
    r"(?:\.|$)"
)
_OTHER = late(
    r"hiringorganization|organization|company|department|contact|logo|sameas|hiringmanager|latitude|longitude"
)
_PARTS = {
    **dict.fromkeys(("addresslocality", "locality", "city"), 0),
    **dict.fromkeys(("addressregion", "region", "state"), 1),
    **dict.fromkeys(("addresscountry", "country", "jobcountry"), 2),
}
_OF_CODES = frozenset(
    {"jurisdiction", "jurisdictions", "requirements", "applicantlocationrequirements"}
)
_SKIP = late(r"(?:postalcode|streetaddress|(?:^|\.)@?(?:type|id)|url|timezone|geo|zip|lat|lng)$")
_YES = frozenset({"true", "yes", "1", "remote", "fully", "telecommute", "full"})
_REMOTE = late(
    r"\b(?:remote(?:ly)?|virtual|telecommut\w+|telework|work from home|home[ -]based|wfh|"
    r"anywhere)\b",
    re.IGNORECASE,
)
_NOT = late(r"\b(?:not|no|non)[ -]", re.IGNORECASE)
_EXCEPT = late(
    r"\b(?:except|excluding|outside|other than|but not|not (?:open|available) (?:to|in))\b.*",
    re.IGNORECASE,
)
_SEPARATOR = late(r"[\s_-]")
LONGEST = 300
"""How much of a field's value is read."""


class Located(msgspec.Struct, frozen=True):
    """A place as a field gives it; *code* is None where it is not one we know."""

    text: str
    code: str | None
    remote: bool = False


def located(fields: Iterable[Field]) -> list[Located]:
    """The places that *fields* name, in order; the parts of one address make one place."""
    addresses: dict[str, list[list[tuple[int, str]]]] = {}
    found: list[Located] = []
    for field in fields:
        name = _SEPARATOR.sub("", field.name).lower()
        value = field.value.strip()[:LONGEST]
        if (
            not value
            or _ABOUT_PLACE.search(name) is None
            or _OTHER.search(name)
            or _SKIP.search(name)
        ):
            continue
        prefix, _, last = name.rpartition(".")
        if last == "name" and prefix.rpartition(".")[2] in _PARTS:
            prefix, _, last = prefix.rpartition(".")
        if last in _PARTS:
            _add(addresses.setdefault(prefix, []), _PARTS[last], value)
        else:
            found += _read(last, value)
    whole = (_address(parts) for several in addresses.values() for parts in several)
    return [made for made in whole if made] + found


def _add(several: list[list[tuple[int, str]]], rank: int, value: str) -> None:
    """Add a part to the last of *several* addresses, or to a new one if it has such a part."""
    if not several or any(rank == other for other, _ in several[-1]):
        several.append([])
    several[-1].append((rank, value))


def _address(parts: list[tuple[int, str]]) -> Located | None:
    """One place from its locality, region and country, the narrowest code that they give.

    A region alone that is no place we know is something else ("state: closed").
    """
    values = [value for _, value in sorted(parts)]
    text = ", ".join(dict.fromkeys(values))
    known = [code for spot in _spots(text) if (code := spot.code)]
    code = max(known, key=len) if known else by_code(values[-1])
    if not known and max(rank for rank, _ in parts) == 1 and values[-1] in gazetteer().letters:
        code = _region(values[-1])
    if code is None and all(rank == 1 for rank, _ in parts):
        return None
    return Located(text, code)


def _is_region(letters: str) -> bool:
    """Whether the letters of a country are also those of a state: "CA", "GA"."""
    return any(rank == REGION for _, rank in gazetteer().letters.get(letters, ()))


def _region(letters: str) -> str | None:
    """The one region with *letters*; "WA" stands for two."""
    found = [code for code, rank in gazetteer().letters[letters] if rank == REGION]
    return found[0] if len(found) == 1 else None


def _spots(text: str) -> list[Spot]:
    folded = fold(text)
    return spots(folded, names(Words(folded)))


def _read(name: str, value: str) -> list[Located]:
    """What one value says: places, remote work, or something that we do not know."""
    if name in ("remote", "isremote", "joblocationtype", "workplacetype", "workplace"):
        yes = value.casefold() in _YES
        if yes or (
            name in ("remote", "workplace") and _REMOTE.search(value) and not _NOT.search(value)
        ):
            return [Located(value if len(value) > 5 else "remote", None, True)]
        if name != "workplace":
            return []
    if code := by_code(value):
        return [Located(value, code if name in _OF_CODES or not _is_region(value) else None)]
    text = _EXCEPT.sub("", value)
    remote = _REMOTE.search(text) is not None and not _NOT.search(text)
    seen = _spots(text)
    if not seen:
        named = any(char.isalpha() for char in value) and not is_no_place(value)
        return [Located(value, None, remote)] if named else []
    parts = [
        Located(text[spot.start : spot.end], spot.code, remote and len(seen) == 1) for spot in seen
    ]
    if remote and len(seen) > 1:
        parts.append(Located("remote", None, True))
    return parts
