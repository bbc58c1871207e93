"""Patterns that are compiled when they are first used, so that a short run stays quick."""

import re
from typing import Any, cast


class _Late:
    """Stands in for a compiled pattern and becomes one at the first use of it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """The pattern's own method *name*, remembered from then on."""
        method = getattr(re.compile(*self._source), name)
        self.__dict__[name] = method
        return method


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` would give, compiled no sooner than it is needed."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
