"""Lines that a web site put around a posting, such as "3 mins read" or "Share this job"."""

import re
from functools import cache
from typing import Any

from jdlint import store

_LONGEST = 120
"""Longer lines, in characters, are prose whatever they say."""


@cache
def _exact() -> frozenset[str]:
    return frozenset(_plain(line) for line in store.table("furniture")["exact"])


@cache
def _pattern() -> Any:
    """All patterns as one, in an engine that is linear in the text."""
    import re2

    options = re2.Options()
    options.case_sensitive = False
    return re2.compile("|".join(f"(?:{p})" for p in store.table("furniture")["patterns"]), options)


def _plain(line: str) -> str:
    return re.sub(r"\s+", " ", line).strip(" .:!|\u2022\u00b7*>\u203a\u00bb").lower()


def is_furniture(line: str) -> bool:
    """Whether *line*, taken by itself, belongs to a site and not to the posting."""
    if len(line) > _LONGEST:
        return False
    plain = _plain(line)
    return plain in _exact() or bool(plain and _pattern().fullmatch(plain))
