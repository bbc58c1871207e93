"""Reports: findings as text for people and as data for machines."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol

from jdlint.model import Failure, Finding

Write = Callable[[str], object]
"""Takes a piece of the report, line ends included."""

FORMATS = {
    "text": "jdlint.report.text:TextReport",
    "concise": "jdlint.report.text:ConciseReport",
    "json": "jdlint.report.machine:JsonReport",
}
"""Name of a format -> module and class, imported only when asked for."""


class Report(Protocol):
    """Writes findings as they come; the exit code is never its business."""

    def add(self, findings: tuple[Finding, ...], failures: tuple[Failure, ...]) -> None:
        """Write what one file gave."""

    def end(self, summary: dict[str, Any]) -> None:
        """Write what closes the report."""


def make(name: str, write: Write, *, colour: bool, quiet: bool, columns: int = 80) -> Report:
    """The report called *name*, which writes through *write* for a page of *columns*."""
    module, _, kind = FORMATS[name].partition(":")
    made: Report = getattr(import_module(module), kind)(
        write, colour=colour, quiet=quiet, columns=columns
    )
    return made
