"""The words by which pay is known, from ``rules/_data/pay.yaml``, ready to look up."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

import msgspec

from jdlint.posting.lexicon import Lexicon, Phrases, compile_phrases
from jdlint.store import shaped


class Vague(msgspec.Struct, frozen=True, array_like=True):
    """Single words of statements that hide the pay: who is "paid", where a link leads."""

    paid_role: frozenset[str]
    link: frozenset[str]
    link_preposition: frozenset[str]


class Bands(msgspec.Struct, frozen=True, array_like=True):
    """How grades are written. See the comments in the data for the parts."""

    us: tuple[str, ...]
    canada: tuple[str, ...]
    alone: frozenset[str]
    level_of: frozenset[str]
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]


class Paybook(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """What is known of pay, as the cache keeps it.

    *signs*, *codes* and *currency_words* lead to currencies, *dollar* and *krone* from a
    country to its currency; *units* leads from a word to its period. *after_phrases*,
    *end_phrases* and *pay_phrases* are those of the lexicons.
    """

    signs: dict[str, str]
    codes: frozenset[str]
    currency_words: dict[str, str]
    dollar: dict[str, str]
    krone: dict[str, str]
    multiples: dict[str, int]
    units: dict[str, str]
    joins: frozenset[str]
    gross: frozenset[str]
    after_phrases: Phrases
    end_phrases: Phrases
    pay_phrases: Phrases
    vague: Vague
    bands: Bands

    @cached_property
    def adverbs(self) -> Lexicon:
        """Phrases for a period that need nothing in front of them."""
        return Lexicon(self.after_phrases)

    @cached_property
    def ends(self) -> Lexicon:
        """Phrases that say something of one end of a range, or join both."""
        return Lexicon(self.end_phrases)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Every phrase that says something of pay, with its roles."""
        return Lexicon(self.pay_phrases)


@cache
def paybook() -> Paybook:
    """The words for pay."""
    found: Paybook = shaped("pay", ["pay"], _shaped, Paybook)
    return found


def _shaped(data: Mapping[str, Any]) -> Paybook:
    currency, periods, vague, bands = (data[n] for n in ("currency", "periods", "vague", "bands"))
    return Paybook(
        signs=currency["signs"],
        codes=frozenset(currency["codes"]),
        currency_words=currency["words"],
        dollar=currency["dollar"],
        krone=currency["krone"],
        multiples=data["multiples"],
        units={word: name for name, words in periods["unit"].items() for word in words},
        joins=frozenset(periods["join"]),
        gross=frozenset(periods["gross"]),
        after_phrases=compile_phrases(periods["after"]),
        end_phrases=compile_phrases(data["ends"]),
        pay_phrases=compile_phrases(_roles(data)),
        vague=Vague(*(frozenset(vague[n]) for n in ("paid-role", "link", "link-preposition"))),
        bands=Bands(
            tuple(bands["us"]),
            tuple(bands["canada"]),
            frozenset(bands["alone"]),
            frozenset(bands["level-of"]),
            tuple(bands["not-after"]),
            tuple(bands["not-before"]),
        ),
    )


def _roles(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The phrases of the lexicon of pay, by role."""
    bands = data["bands"]
    return {
        **data["words"],
        **{role: data["vague"][role] for role in ("praise", "dodge", "noun", "bare")},
        "strong-grade": bands["strong"],
        "weak-grade": bands["weak"],
        "scale": bands["scale"],
    }
