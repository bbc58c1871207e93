"""What can be said twice in a posting, from ``rules/_data/twice.yaml``."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

import msgspec

from jdlint.posting.lexicon import Lexicon, Phrases, compile_phrases
from jdlint.store import shaped


class Twicebook(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """The words for remote work and contracts, and places that lie together, as cached."""

    near_cities: tuple[frozenset[str], ...]
    near_regions: tuple[frozenset[str], ...]
    remote_fields: frozenset[str]
    place_fields: frozenset[str]
    remote_values: dict[str, str]
    remote_phrases: Phrases
    contract_fields: frozenset[str]
    contract_phrases: Phrases
    opposites: tuple[tuple[str, str], ...]
    role_nouns: frozenset[str]
    choices: frozenset[str]
    dollars: frozenset[str]

    @cached_property
    def remote_speech(self) -> Lexicon:
        """What says where the work is done."""
        return Lexicon(self.remote_phrases)

    @cached_property
    def contract(self) -> Lexicon:
        """What says how long and how many hours."""
        return Lexicon(self.contract_phrases)


@cache
def twicebook() -> Twicebook:
    """The words for what is said twice."""
    found: Twicebook = shaped("twice", ["twice"], _shaped, Twicebook)
    return found


def _shaped(data: Mapping[str, Any]) -> Twicebook:
    return Twicebook(
        near_cities=tuple(frozenset(names) for names in data["near_cities"]),
        near_regions=tuple(frozenset(codes) for codes in data["near_regions"]),
        remote_fields=frozenset(data["remote_fields"]),
        place_fields=frozenset(data["place_fields"]),
        remote_values={v: kind for kind, values in data["remote_values"].items() for v in values},
        remote_phrases=compile_phrases(data["remote_speech"]),
        contract_fields=frozenset(data["contract_fields"]),
        contract_phrases=compile_phrases(data["contract"]),
        opposites=tuple((one, two) for one, two in data["opposites"]),
        role_nouns=frozenset(data["role_nouns"]),
        choices=frozenset(data["choices"]),
        dollars=frozenset(data["dollars"]),
    )
