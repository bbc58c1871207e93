"""Lint and mend by turns until nothing is left to mend."""

from collections.abc import Callable
from typing import NamedTuple

from jdlint.fix.choose import picks
from jdlint.fix.writing import written
from jdlint.linter import Result
from jdlint.read import ReadOptions, read_bytes

_MOST = 6
"""So many rounds at most: what is still not settled then wants a person."""


class Fixed(NamedTuple):
    """The new bytes of a file, what is left to say of it, and how many fixes were made."""

    content: bytes
    result: Result
    made: int
    refused: int


def fixed(
    content: bytes,
    name: str,
    lint: Callable[[bytes], Result],
    options: ReadOptions,
    *,
    unsafe: bool,
) -> Fixed:
    """*content* of the file called *name* with its fixes made; *lint* gives the findings."""
    result, total, refused = lint(content), 0, 0
    for _ in range(_MOST):
        wanted = picks(result.findings, unsafe=unsafe)
        if not wanted or result.failures:
            break
        new, made = written(content, read_bytes(content, name, options), wanted, options)
        refused = len(wanted) - made
        if not made:
            break
        content, total = new, total + made
        result = lint(content)
    return Fixed(content, result, total, refused)
