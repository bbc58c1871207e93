"""What ``re`` made of our expressions in an earlier run, kept as numbers in the cache.

``re`` has no public way to do this. We use the two steps of ``re.compile`` of CPython (parse
to code, code to pattern) apart; wherever one of them is not as we know it, ``re.compile`` does it
all. Code is kept for one exact Python, and CPython itself verifies it before use.
"""

import atexit
import re
import sys
from contextlib import suppress
from functools import cache
from typing import Any

import msgspec

from jdlint import store

_PYTHON = sys.version.encode()
_MOST = 2000
"""More expressions than this are not kept: then something goes on making new ones."""

_UNLIKE = (
    ImportError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    RuntimeError,
    OverflowError,
)
"""What comes of a Python whose steps are others, or of code that is no code."""


class Code(msgspec.Struct, frozen=True, array_like=True):
    """A parsed expression, as CPython's matcher takes it; *words* are 32-bit numbers."""

    flags: int
    groups: int
    names: dict[str, int]
    words: bytes


class _Kept:
    """The codes of the cache, and those that this run adds."""

    def __init__(self) -> None:
        self.codes: dict[str, Code] = {}
        with suppress(LookupError):
            self.codes = store.recalled("patterns", _PYTHON, dict[str, Code])
        self._known = len(self.codes)
        atexit.register(self.keep)

    def keep(self) -> None:
        """Write the codes down, if there are new ones."""
        if self._known < len(self.codes) <= _MOST:
            store.remember("patterns", _PYTHON, self.codes)


@cache
def _kept() -> _Kept:
    return _Kept()


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The same as ``re.compile(pattern, flags)``, from the code of an earlier run if it can."""
    if sys.implementation.name != "cpython":
        return re.compile(pattern, flags)
    name, codes = f"{int(flags)} {pattern!a}", _kept().codes
    try:
        if name not in codes:
            codes[name] = _parsed(pattern, flags)
        return _woken(pattern, codes[name])
    except _UNLIKE:
        codes.pop(name, None)
        return re.compile(pattern, flags)


def _parsed(pattern: str, flags: int) -> Code:
    """*pattern* as code, by the first step of ``re.compile``."""
    from array import array
    from re import _compiler, _parser  # type: ignore[attr-defined]

    tree = _parser.parse(pattern, flags)
    state = tree.state
    words = array("I", _compiler._code(tree, flags))
    return Code(flags | state.flags, state.groups - 1, dict(state.groupdict), words.tobytes())


def _woken(pattern: str, code: Code) -> re.Pattern[str]:
    """The pattern of *code*, by the second step of ``re.compile``."""
    import _sre  # type: ignore[import-not-found]

    names: list[Any] = [None] * (code.groups + 1)
    for name, group in code.names.items():
        names[group] = name
    words = memoryview(code.words).cast("I").tolist()
    made: re.Pattern[str] = _sre.compile(
        pattern, code.flags, words, code.groups, code.names, tuple(names)
    )
    return made
