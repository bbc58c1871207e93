"""The words by which statements are known, from ``rules/_data/statements.yaml``."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

import msgspec

from jdlint.posting.lexicon import Lexicon, Phrases, compile_phrases
from jdlint.store import shaped

NEGATION, DENIAL = "negation", "denial"
"""The roles of words that turn a phrase behind them, and in front of them."""


class Row(msgspec.Struct, frozen=True, array_like=True):
    """One way to make *statement*: a sentence with all of *roles* and none of *unless*.

    *company* are roles that the sentence needs too, but that say nothing themselves.
    *unless_sections* are kinds of section whose items do not make it.
    """

    statement: str
    roles: tuple[str, ...]
    company: tuple[str, ...]
    unless: frozenset[str]
    unless_sections: frozenset[str]


class Statementbook(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """What is known of statements, as the cache keeps it. See the comments in the data.

    *deniable* are the roles that a denial in the sentence turns.
    """

    phrases: Phrases
    rows: tuple[Row, ...]
    deniable: frozenset[str]

    @cached_property
    def lexicon(self) -> Lexicon:
        """Every phrase that is part of a statement, with its roles."""
        return Lexicon(self.phrases)


@cache
def statementbook() -> Statementbook:
    """The words for statements."""
    found: Statementbook = shaped("statements", ["statements"], _shaped, Statementbook)
    return found


def _shaped(data: Mapping[str, Any]) -> Statementbook:
    roles = dict(data["roles"])
    slogans = [f"{praise} {noun}" for praise in data["praise"] for noun in data["praised"]]
    roles["slogan"] = [*roles["slogan"], *slogans]
    roles[NEGATION] = data["negation"]["before"]
    roles[DENIAL] = data["negation"]["after"]
    return Statementbook(
        compile_phrases(roles), tuple(_rows(data)), frozenset(data["negation"]["of"])
    )


def _rows(data: Mapping[str, Any]) -> list[Row]:
    """The rows of the data, each with what its statement must not stand beside or in."""
    not_in = data["not_in"]
    found = []
    for statement, rows in data["rows"].items():
        kept_out = not_in["sections"] if statement in not_in["statements"] else ()
        unless = frozenset(data["unless"].get(statement, ()))
        for row in rows:
            roles = tuple(role for role in row if role[0] != "+")
            company = tuple(role[1:] for role in row if role[0] == "+")
            found.append(Row(statement, roles, company, unless, frozenset(kept_out)))
    return found
