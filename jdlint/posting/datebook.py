"""The words by which a date's meaning is known, from ``rules/_data/dates.yaml``."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

import msgspec

from jdlint.posting.lexicon import Lexicon, Phrases, compile_phrases
from jdlint.store import shaped


class Datebook(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """What is known of dates, as the cache keeps it. See the comments in the data.

    *fields* leads from the name of a field to what its date is for. *speech* has the roles of
    the data, and ``applying``, ``blocks``, ``open-ended``, ``closed`` and ``round``.
    """

    reach: int
    speech_phrases: Phrases
    fields: dict[str, str]
    ends: frozenset[str]
    closed_fields: frozenset[str]
    open_fields: frozenset[str]
    state_fields: frozenset[str]
    closed_states: frozenset[str]
    month_first: frozenset[str]
    both_orders: frozenset[str]

    @cached_property
    def speech(self) -> Lexicon:
        """Every phrase that says something of dates, with its roles."""
        return Lexicon(self.speech_phrases)


@cache
def datebook() -> Datebook:
    """The words for dates."""
    found: Datebook = shaped("dates", ["dates"], _shaped, Datebook)
    return found


def _shaped(data: Mapping[str, Any]) -> Datebook:
    phrases = {
        **data["roles"],
        "applying": data["applying"],
        "blocks": data["blocks"],
        "open-ended": data["open_ended"],
        "closed": data["closed"],
        "round": data["rounds"],
    }
    return Datebook(
        reach=data["reach"],
        speech_phrases=compile_phrases(phrases),
        fields={name: role for role, names in data["fields"].items() for name in names},
        **{
            name: frozenset(data[name])
            for name in (
                "ends", "closed_fields", "open_fields", "state_fields", "closed_states",
                "month_first", "both_orders",
            )
        },
    )  # fmt: skip
