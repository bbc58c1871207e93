"""Patterns that are compiled when they are first used, and remembered from run to run.

Parsing expressions would be a fifth of a short run. So the code that Python's ``re`` makes
of an expression is kept as data, for this very Python and this version of jdlint, in the cache.
"""

import re
from typing import Any, cast

from jdlint.language.remembered import compiled


class _Late:
    """Stands in for a compiled pattern and becomes one at the first use of it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """The pattern's own method *name*, remembered from then on."""
        method = getattr(compiled(*self._source), name)
        self.__dict__[name] = method
        return method


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` would give, compiled no sooner than it is needed.

    Only for expressions that stand in our code or data: they are kept in the cache.
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))
