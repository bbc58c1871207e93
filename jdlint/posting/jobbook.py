"""What is known of schema.org JobPosting, from ``rules/_data/jobposting.yaml``."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from jdlint.store import table


class Jobbook(msgspec.Struct, frozen=True):
    """Properties, values and codes; see the comments in the data.

    *required* says of each dotted property what it is.
    *employment*, *units*, *currencies_written* and *countries_written* lead from what people
    write to what search engines read.
    """

    required: dict[str, str]
    recommended: tuple[str, ...]
    held: frozenset[str]
    employment: dict[str, str]
    units: dict[str, str]
    currencies: frozenset[str]
    currencies_written: dict[str, str]
    countries: frozenset[str]
    countries_written: dict[str, str]
    everywhere: frozenset[str]
    properties: dict[str, tuple[str, ...]]


@cache
def jobbook() -> Jobbook:
    """The table of the JobPosting."""
    raw = table("jobposting")
    return Jobbook(
        required=raw["required"],
        recommended=tuple(raw["recommended"]),
        held=frozenset(raw["held"]),
        employment=_by_writing(raw["employment"]),
        units=_by_writing(raw["units"]),
        currencies=frozenset(raw["currencies"].split()),
        currencies_written=raw["currencies_written"],
        countries=frozenset(raw["countries"].split()),
        countries_written=raw["countries_written"],
        everywhere=frozenset(raw["everywhere"]),
        properties={name: tuple(known) for name, known in raw["properties"].items()},
    )


def _by_writing(values: Mapping[str, Any]) -> dict[str, str]:
    """From each way to write a value, itself included, to the value."""
    written = {word: value for value, words in values.items() for word in words}
    return written | {value.lower().replace("_", " "): value for value in values}
