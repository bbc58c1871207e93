"""Readability formulas: textstat's, loaded when first asked for, without NLTK and network.

textstat asks NLTK for the CMU dictionary and pyphen for hyphenation. As published this
costs a fifth of a second and downloads data on first use, and the same text scores
differently where the download fails. Here textstat is imported with the two counts in
question replaced by stand-ins that give the same answers from shipped data
(:mod:`jdlint.language.counts`), as a copy of its own: whatever else in the process
uses textstat neither sees the stand-ins nor changes a figure.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

import msgspec

LANGUAGE = "en_US"
"""The only language for which textstat has a dictionary; English of all dialects."""


class Formula(msgspec.Struct, frozen=True):
    """A formula: its *method* in textstat, and the least text for which it is meant.

    *easy_words* says that it looks at textstat's list of easy words, *by_language* that
    its function wants to know the language.
    """

    method: str
    minimum_words: int = 100
    minimum_sentences: int = 1
    easy_words: bool = False
    by_language: bool = True


FORMULAS = {
    "flesch-reading-ease": Formula("flesch_reading_ease"),
    "flesch-kincaid": Formula("flesch_kincaid_grade"),
    "smog": Formula("smog_index", minimum_sentences=30),
    "gunning-fog": Formula("gunning_fog", easy_words=True),
    "automated-readability": Formula("automated_readability_index", by_language=False),
    "coleman-liau": Formula("coleman_liau_index", by_language=False),
}
"""Name of a formula -> what it needs. Reading ease falls with difficulty, grades rise."""

_LOCK = RLock()
_KEPT = ("get_lang_easy_words", "get_lang_cfg", "get_lang_root")
_PACKAGES = ("", ".backend", *(f".backend.{p}" for p in (
    "counts", "metrics", "selections", "transformations", "utils", "validations",
)))  # fmt: skip


def score(text: str, names: Iterable[str]) -> dict[str, float]:
    """What the formulas *names* give for *text*, which is remembered nowhere afterwards.

    *text* is prose as :func:`jdlint.language.readability.prepare` makes it: textstat does
    not take a line end for the end of a sentence, but each full stop.
    """
    with _LOCK:
        try:
            return {name: _apply(FORMULAS[name], text) for name in names}
        finally:
            for forget in _caches_of_texts():
                forget()


def _apply(formula: Formula, text: str) -> float:
    if formula.easy_words:
        _load_easy_words()
    function = _function(formula.method)
    return float(function(text, LANGUAGE) if formula.by_language else function(text))


@cache
def _function(method: str) -> Callable[..., float]:
    """The function of textstat for a formula, imported with the few modules that it needs."""
    modules = _modules()
    with _on_stage(modules):
        module = import_module(f"textstat.backend.metrics._{method}")
        modules.update((name, sys.modules[name]) for name in _textstats())
    _caches_of_texts.cache_clear()
    found: Callable[..., float] = getattr(module, method)
    return found


@cache
def _modules() -> dict[str, ModuleType]:
    """Our copy of textstat as far as it is imported: at first its empty packages.

    Importing textstat itself would import all of its formulas in all of its languages.
    """
    modules: dict[str, ModuleType] = {}
    where = None
    for suffix in _PACKAGES:
        name = f"textstat{suffix}"
        parent = modules.get(name.rpartition(".")[0])
        spec = PathFinder.find_spec(name, getattr(parent, "__path__", where))
        if spec is None:
            raise ModuleNotFoundError("textstat is not installed", name=name)
        modules[name] = module_from_spec(spec)
    return modules | _counts(modules)


def _counts(modules: dict[str, ModuleType]) -> dict[str, ModuleType]:
    """The modules of textstat's counts, two of them ours."""
    from jdlint.language.counts import sentence_counter, syllable_counter

    with _on_stage(modules):
        words: Any = import_module("textstat.backend.counts._count_words")
        found = {name: sys.modules[name] for name in _textstats()}
    counts = {
        "count_syllables": syllable_counter(words.list_words, LANGUAGE),
        "count_sentences": sentence_counter(words.count_words),
    }
    for name, function in counts.items():
        module = ModuleType(f"textstat.backend.counts._{name}")
        setattr(module, name, function)
        found[module.__name__] = module
    return found


@cache
def _load_easy_words() -> None:
    """Make textstat read its list, which it looks for in the package named textstat."""
    _function("gunning_fog")
    modules = _modules()
    with _on_stage(modules):
        modules["textstat.backend.utils._get_lang_easy_words"].get_lang_easy_words(LANGUAGE)


@contextmanager
def _on_stage(modules: dict[str, ModuleType]) -> Iterator[None]:
    """While it lasts, *modules* (and no other textstat) are what an import finds."""
    aside = {name: sys.modules.pop(name) for name in _textstats()}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name in _textstats():
            del sys.modules[name]
        sys.modules.update(aside)


def _textstats() -> list[str]:
    """The names of all modules of textstat that are imported."""
    found = [name for name in sys.modules if name.startswith("textstat")]
    return [name for name in found if name.partition(".")[0] == "textstat"]


@cache
def _caches_of_texts() -> list[Callable[[], None]]:
    """The ``cache_clear`` of each of textstat's functions that remembers texts."""
    every = (f for m in _modules().values() for f in vars(m).values() if hasattr(f, "cache_clear"))
    found = {id(f): f.cache_clear for f in every if f.__name__ not in _KEPT}
    return list(found.values())
