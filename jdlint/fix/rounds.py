"""Lint and mend by turns until nothing is left to mend."""

from collections.abc import Callable

import msgspec

from jdlint.fix.choose import picks
from jdlint.fix.writing import written
from jdlint.outcome import Result
from jdlint.read import ReadOptions, read_bytes

_MOST = 6
"""So many rounds at most: what is still not settled then wants a person."""


class Fixed(msgspec.Struct, frozen=True):
    """The new bytes of a file, what is left to say of it, how many fixes were made, why not all."""

    content: bytes
    result: Result
    made: int
    reasons: tuple[str, ...]


def fixed(
    content: bytes,
    name: str,
    lint: Callable[[bytes], Result],
    options: ReadOptions,
    *,
    unsafe: bool,
) -> Fixed:
    """*content* of the file called *name* with its fixes made; *lint* gives the findings."""
    result, total = lint(content), 0
    reasons: tuple[str, ...] = ()
    for _ in range(_MOST):
        wanted = picks(result.findings, unsafe=unsafe)
        if not wanted or result.failures:
            break
        source = read_bytes(content, name, options)
        new, made, reasons = written(content, source, wanted, options)
        if not made:
            break
        content, total = new, total + made
        result = lint(content)
    return Fixed(content, result, total, reasons)
