"""The words by which sections are known, from ``rules/_data/sections.yaml``, ready to look up."""

from collections.abc import Callable, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any

import msgspec

from jdlint.language.words import columns, fold
from jdlint.model import SectionKind
from jdlint.posting.patterns import Index, PatternIndex, compile_index
from jdlint.store import shaped

Kinds = tuple[SectionKind, ...]


class Wording(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """What is known of headings in one language, as the cache keeps it.

    *terms* leads from a heading's key (see :func:`key`) to the label of its kinds (see
    :func:`kinds`). *ruled* are patterns tagged with their rank in *ranks*, where the lowest
    rank wins. *never_bare* and *never_run_in* are keys that say too little without a mark
    or as a label. *fields* leads from the name of a field beside the prose to the label of
    its kinds; *guarded* does so for names of many meanings. *vocabulary* has the long words
    of all terms by their first letter, for mending misspellings. *includes* leads from a word
    in the name of an include or a component to the label of its kinds.
    of all terms by their first letter, for mending misspellings. *needed* and *welcome* are
    cells that say so of their row, *ticks* those that say no more than yes.
    """

    terms: dict[str, str]
    never_bare: frozenset[str]
    never_run_in: frozenset[str]
    contents: frozenset[str]
    roles: frozenset[str]
    ruled: Index
    ranks: tuple[str, ...]
    hinging: Index
    openers: frozenset[str]
    duties: frozenset[str]
    fields: dict[str, str]
    guarded: dict[str, str]
    vocabulary: dict[str, tuple[str, ...]]
    includes: dict[str, str]
    needed: frozenset[str]
    welcome: frozenset[str]
    ticks: frozenset[str]

    def known(self, heading: str) -> Kinds | None:
        """The kinds of a heading with the key *heading*; None if it is no term."""
        label = self.terms.get(heading)
        return kinds(label) if label else None

    @cached_property
    def rules(self) -> PatternIndex[int]:
        """The patterns of the rules, tagged with their ranks."""
        return PatternIndex.ready(self.ruled)

    @cached_property
    def undecided(self) -> PatternIndex[bool]:
        """The patterns of headings that their items decide."""
        return PatternIndex.ready(self.hinging)


@cache
def wording(language: str = "en") -> Wording:
    """The wording of *language*, an ISO 639-1 code; KeyError if there is none."""
    found: Wording = in_language("wording", language, _wording, Wording)
    return found


def in_language(label: str, language: str, shape: Callable[[Any], Any], type_: Any) -> Any:
    """What *shape* makes of the data for sections in *language*, from the cache if possible."""
    return shaped(f"{label}-{language}", ["sections"], lambda data: shape(data[language]), type_)


def _wording(data: Mapping[str, Any]) -> Wording:
    terms = _by_name(data["terms"])
    rules = [(p, rank) for rank, rule in enumerate(data["rules"]) for p in rule["patterns"]]
    return Wording(
        terms=terms,
        never_bare=frozenset(data["never_bare"]),
        never_run_in=frozenset(data["never_run_in"]),
        contents=frozenset(data["contents"]),
        roles=frozenset(data["roles"]),
        ruled=compile_index(rules),
        ranks=tuple(rule["kind"] for rule in data["rules"]),
        hinging=compile_index((p, True) for p in data["undecided"]["patterns"]),
        openers=frozenset(data["undecided"]["openers"]),
        duties=frozenset(data["cues"]["responsibilities"]["verbs"]),
        fields=_by_name(data["fields"]),
        guarded=_by_name(data["guarded_fields"]),
        vocabulary=_vocabulary(terms),
        includes=_by_name(data["includes"]),
        **{name: frozenset(cells) for name, cells in data["cells"].items()},
    )


def _by_name(data: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: label for label, many in data.items() for name in many}


def _vocabulary(terms: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The long words of *terms* by their first letter, in order."""
    found: dict[str, set[str]] = {}
    for term in terms:
        for word in term.split():
            if len(word) >= SHORTEST_MENDED:
                found.setdefault(word[0], set()).add(word)
    return {letter: tuple(sorted(many)) for letter, many in found.items()}


@cache
def kinds(label: str) -> Kinds:
    """The kinds that *label* names: one, or several with commas between them."""
    return tuple(SectionKind(part.strip()) for part in label.split(","))


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """*text* as headings are looked up: its words in lower case, ``&`` as *and*."""
    return " ".join(columns(fold(text).replace("&", " and ")).keys)


SHORTEST_MENDED = 7
"""Words with fewer letters are never taken for a misspelling of another."""
