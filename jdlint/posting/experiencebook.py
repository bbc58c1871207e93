"""The words for years and levels, from ``experience.yaml`` and ``technologies.yaml``."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

import msgspec

from jdlint.posting.lexicon import Lexicon, Phrases, compile_phrases
from jdlint.store import shaped

LEVELS = ("entry", "junior", "middle", "senior", "lead")
"""The levels of a role, from the lowest up."""


class Technology(msgspec.Struct, frozen=True, array_like=True):
    """A technology as it is written, and the year in which the public first had it."""

    name: str
    year: int
    cased: bool


class Experiencebook(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """What is known of years and levels, as the cache keeps it. See the comments in the data."""

    level_phrases: Phrases
    speech_phrases: Phrases
    technology_phrases: Phrases
    technologies: dict[str, Technology]
    roles: frozenset[str]
    wanted: tuple[str, ...]
    filler: frozenset[str]
    ends: frozenset[str]
    plain: frozenset[str]

    @cached_property
    def levels(self) -> Lexicon:
        """Words for a level, with their level as role (none where they mean something else)."""
        return Lexicon(self.level_phrases)

    @cached_property
    def speech(self) -> Lexicon:
        """Words beside a number of years, with what they make of it."""
        return Lexicon(self.speech_phrases)

    @cached_property
    def named(self) -> Lexicon:
        """The names of technologies."""
        return Lexicon(self.technology_phrases)


@cache
def experiencebook() -> Experiencebook:
    """The words for years and levels."""
    names = ["experience", "technologies"]
    found: Experiencebook = shaped("experience", names, _shaped, Experiencebook)
    return found


def _shaped(data: Mapping[str, Any], technologies: Mapping[str, Any]) -> Experiencebook:
    known = {
        _phrase(name): Technology(name, entry["year"], entry.get("cased", False))
        for entry in technologies["technologies"]
        for name in entry["names"]
    }
    return Experiencebook(
        level_phrases=compile_phrases({**data["levels"], "none": data["not"]}),
        speech_phrases=compile_phrases(data["speech"]),
        technology_phrases=compile_phrases({"technology": known}),
        technologies=known,
        roles=frozenset(data["roles"]),
        wanted=tuple(data["wanted"]),
        filler=frozenset(data["filler"]),
        ends=frozenset(data["ends"]),
        plain=frozenset(data["plain"]),
    )


def _phrase(name: str) -> str:
    """A name as the lexicon has it: ``next js`` for "Next.js"."""
    return " ".join(name.lower().replace(".", " ").split())
