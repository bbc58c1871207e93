"""Readability formulas: textstat's, loaded when first asked for, without NLTK and network.

textstat asks NLTK for the CMU dictionary and pyphen for hyphenation. As published this
costs a fifth of a second and downloads data on first use, and the same text scores
differently where the download fails. Here textstat is imported with two stand-ins in
their place that give the same answers from shipped data
(:mod:`jdlint.language.syllables`), as a copy of its own: whatever else in the process
uses textstat, NLTK or pyphen neither sees the stand-ins nor changes a figure.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import RLock
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

from jdlint.language.syllables import Hyphenation, Pronunciations

LANGUAGE = "en_US"
"""The only language for which textstat has a dictionary; English of all dialects."""


class Formula(NamedTuple):
    """A formula: its *method* in textstat, and the least text for which it is meant.

    *easy_words* says that it looks at textstat's list of easy words.
    """

    method: str
    minimum_words: int = 100
    minimum_sentences: int = 1
    easy_words: bool = False


FORMULAS = {
    "flesch-reading-ease": Formula("flesch_reading_ease"),
    "flesch-kincaid": Formula("flesch_kincaid_grade"),
    "smog": Formula("smog_index", minimum_sentences=30),
    "gunning-fog": Formula("gunning_fog", easy_words=True),
    "automated-readability": Formula("automated_readability_index"),
    "coleman-liau": Formula("coleman_liau_index"),
}
"""Name of a formula -> what it needs. Reading ease falls with difficulty, grades rise."""

_LOCK = RLock()
_KEPT = ("get_cmudict", "get_pyphen", "get_lang_easy_words", "get_lang_cfg", "get_lang_root")


class _Engine(NamedTuple):
    """A private copy of textstat: the *calculator*, its *modules*, and how to *forget* texts."""

    calculator: Any
    modules: dict[str, ModuleType]
    forget: tuple[Callable[[], None], ...]


def score(text: str, names: Iterable[str]) -> dict[str, float]:
    """What the formulas *names* give for *text*, which is remembered nowhere afterwards.

    *text* is prose as :func:`jdlint.language.readability.prepare` makes it: textstat does
    not take a line end for the end of a sentence, but each full stop.
    """
    with _LOCK:
        engine = _engine()
        try:
            return {name: _apply(engine, FORMULAS[name], text) for name in names}
        finally:
            for forget in engine.forget:
                forget()


def _apply(engine: _Engine, formula: Formula, text: str) -> float:
    if formula.easy_words:
        _load_easy_words()
    return float(getattr(engine.calculator, formula.method)(text))


@cache
def _engine() -> _Engine:
    with _on_stage(_stand_ins()):
        from textstat.textstat import textstatistics

        modules = {name: m for name, m in sys.modules.items() if _is_textstat(name)}
    calculator = textstatistics()
    calculator.set_lang(LANGUAGE)
    return _Engine(calculator, modules, tuple(_caches_of_texts(modules.values())))


@cache
def _load_easy_words() -> None:
    """Make textstat read its list, which it looks for in the package named textstat."""
    modules = _engine().modules
    with _on_stage(modules):
        modules["textstat.backend.utils"].get_lang_easy_words(LANGUAGE)


@contextmanager
def _on_stage(modules: dict[str, ModuleType]) -> Iterator[None]:
    """While it lasts, *modules* (and no other textstat) are what an import finds."""
    aside = {n: m for n, m in sys.modules.items() if _is_textstat(n) or n in modules}
    for name in aside:
        del sys.modules[name]
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name in [n for n in sys.modules if _is_textstat(n) or n in modules]:
            del sys.modules[name]
        sys.modules.update(aside)


def _is_textstat(name: str) -> bool:
    return name == "textstat" or name.startswith("textstat.")


def _stand_ins() -> dict[str, ModuleType]:
    """The little of NLTK and pyphen that textstat uses."""
    nltk: Any = ModuleType("nltk")
    nltk.data = SimpleNamespace(find=lambda _name: None)
    nltk.corpus = SimpleNamespace(cmudict=SimpleNamespace(dict=Pronunciations))
    pyphen: Any = ModuleType("pyphen")
    pyphen.Pyphen = Hyphenation
    return {"nltk": nltk, "pyphen": pyphen}


def _caches_of_texts(modules: Iterable[ModuleType]) -> Iterator[Callable[[], None]]:
    """The ``cache_clear`` of each of textstat's functions that remembers texts."""
    functions = {id(f): f for m in modules for f in vars(m).values() if hasattr(f, "cache_clear")}
    for function in functions.values():
        if function.__name__ not in _KEPT:
            yield function.cache_clear
