"""The words by which sections are known, from ``rules/_data/sections.yaml``, ready to look up."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from jdlint.language.words import fold, words
from jdlint.model import SectionKind
from jdlint.posting.patterns import PatternIndex
from jdlint.store import table

Kinds = tuple[SectionKind, ...]


class Wording(NamedTuple):
    """What is known of headings in one language.

    *terms* leads from a heading's key (see :func:`key`) to its kinds; *rules* are patterns
    tagged with their rank in *ranks*, where the lowest rank wins. *never_bare* and
    *never_run_in* are keys that say too little without a mark or as a label. *fields*
    leads from the name of a field beside the prose to its kinds; *guarded* does so for
    names of many meanings.
    """

    terms: dict[str, Kinds]
    never_bare: frozenset[str]
    never_run_in: frozenset[str]
    roles: frozenset[str]
    rules: PatternIndex[int]
    ranks: tuple[Kinds, ...]
    undecided: PatternIndex[bool]
    openers: frozenset[str]
    fields: dict[str, Kinds]
    guarded: dict[str, Kinds]


@cache
def wording(language: str = "en") -> Wording:
    """The wording of *language*, an ISO 639-1 code; KeyError if there is none."""
    data = table("sections")[language]
    terms = _by_name(data["terms"])
    rules = data["rules"]
    return Wording(
        terms=terms,
        never_bare=frozenset(data["never_bare"]),
        never_run_in=frozenset(data["never_run_in"]),
        roles=frozenset(data["roles"]),
        rules=PatternIndex((p, rank) for rank, rule in enumerate(rules) for p in rule["patterns"]),
        ranks=tuple(kinds(rule["kind"]) for rule in rules),
        undecided=PatternIndex((p, True) for p in data["undecided"]["patterns"]),
        openers=frozenset(data["undecided"]["openers"]),
        fields=_by_name(data["fields"]),
        guarded=_by_name(data["guarded_fields"]),
    )


def _by_name(data: Mapping[str, list[str]]) -> dict[str, Kinds]:
    return {name: kinds(label) for label, many in data.items() for name in many}


@cache
def kinds(label: str) -> Kinds:
    """The kinds that *label* names: one, or several with commas between them."""
    return tuple(SectionKind(part.strip()) for part in label.split(","))


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """*text* as headings are looked up: its words in lower case, ``&`` as *and*."""
    return " ".join(w.key for w in words(fold(text).replace("&", " and ")))


@cache
def vocabulary(language: str = "en") -> dict[str, tuple[str, ...]]:
    """The long words of all terms by their first letter, for mending misspellings."""
    found: dict[str, set[str]] = {}
    for term in wording(language).terms:
        for word in term.split():
            if len(word) >= SHORTEST_MENDED:
                found.setdefault(word[0], set()).add(word)
    return {letter: tuple(sorted(many)) for letter, many in found.items()}


SHORTEST_MENDED = 7
"""Words with fewer letters are never taken for a misspelling of another."""
