"""What a web site put around a posting: lines such as "Share this job", and its elements."""

from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from jdlint import store
from jdlint.language.late import late

_LONGEST = 120
"""Longer lines, in characters, are prose whatever they say."""

_LONGEST_NOTICE = 600
"""The most characters of a paragraph in which a site speaks of itself."""


@cache
def _exact() -> frozenset[str]:
    return frozenset(_plain(line) for line in store.table("furniture")["exact"])


@cache
def _patterns() -> Any:
    """All patterns at once, in an engine that is linear in the text; no places are asked for."""
    import re2

    options = re2.Options()
    options.case_sensitive = False
    found = re2.Set.FullMatchSet(options)
    for pattern in store.table("furniture")["patterns"]:
        found.Add(pattern)
    found.Compile()
    return found


def _plain(line: str) -> str:
    return " ".join(line.split()).strip(" .:!|\u2022\u00b7*>\u203a\u00bb").lower()


def is_furniture(line: str) -> bool:
    """Whether *line*, taken by itself, belongs to a site and not to the posting."""
    if len(line) > _LONGEST:
        return False
    plain = _plain(line)
    return plain in _exact() or bool(plain and _patterns().Match(plain))


def is_other_jobs(heading: str) -> bool:
    """Whether *heading* stands above other jobs of the site."""
    return len(heading) <= _LONGEST and _plain(heading) in _names("other_jobs")


def is_notice(text: str) -> bool:
    """Whether *text*, which may be a whole paragraph, is what a site says of itself."""
    if len(text) > _LONGEST_NOTICE or "ookie" not in text:
        return False
    return _notices().match(text.strip()) is not None


@cache
def _notices() -> Any:
    import re2

    return re2.compile("(?i)" + "|".join(f"(?:{p})" for p in store.table("furniture")["notices"]))


_FACT = 60
"""The label of a fact, with blanks around it, has at most so many characters."""


def is_fact(text: str) -> bool:
    """Whether *text* is or begins with the label of a fact of a posting, such as "Salary"."""
    label = text.partition(":")[0]
    return len(label) <= _FACT and _plain(label) in _names("facts")


def tells_fact(text: str) -> bool:
    """Whether *text* is prose that only a posting says: of pay, benefits or applying."""
    return len(text) > _SHORTEST_PROSE and _told().search(text) is not None


_SHORTEST_PROSE = 20


@cache
def _told() -> Any:
    import re2

    return re2.compile(r"(?i)\b(?:" + "|".join(store.table("furniture")["told"]) + r")\b")


def is_part(word: str) -> bool:
    """Whether a class or an id, such as ``site-menu`` or ``relatedJobs``, names furniture."""
    words = _words_of(word)
    if not _names("wraps").isdisjoint(words):
        return False
    pairs = map(" ".join, pairwise(words))
    return not _names("parts").isdisjoint([*words, *pairs])


def is_side(word: str) -> bool:
    """Whether a class or an id names a column or a box beside the text."""
    words = _words_of(word)
    return not _names("sides").isdisjoint(words) and _names("wraps").isdisjoint(words)


@cache
def _names(key: str) -> frozenset[str]:
    """The words and pairs of words that the data has under *key*."""
    return frozenset(store.table("furniture")[key])


@lru_cache(2048)
def _words_of(word: str) -> tuple[str, ...]:
    """The words in a class or an id: ``site-menu`` and ``siteMenu`` have two."""
    return tuple(part.lower() for part in _WORD.findall(word[:_LONGEST]))


_WORD = late(r"[A-Z]?[a-z]+|[A-Z]+")
