"""Reports: findings as text for people and as data for machines."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from jdlint.model import Failure, Finding

if TYPE_CHECKING:
    from jdlint.checks.card import AnyCard

Write = Callable[[str], object]
"""Takes a piece of the report, line ends included."""

FORMATS = {
    "text": "jdlint.report.text:TextReport",
    "concise": "jdlint.report.text:ConciseReport",
    "markdown": "jdlint.report.markdown:MarkdownReport",
    "json": "jdlint.report.machine:JsonReport",
    "jsonl": "jdlint.report.jsonl:JsonLinesReport",
    "sarif": "jdlint.report.sarif:SarifReport",
    "github": "jdlint.report.github:GitHubReport",
    "gitlab": "jdlint.report.gitlab:GitLabReport",
    "junit": "jdlint.report.junit:JUnitReport",
    "checkstyle": "jdlint.report.checkstyle:CheckstyleReport",
    "rdjsonl": "jdlint.report.rdjsonl:ReviewdogReport",
}
"""Name of a format -> module and class, imported only when asked for."""

FOR_PEOPLE = frozenset({"text", "concise"})
"""The formats after which further lines may follow."""

NOT_LINTED = "not-linted"
"""What a failure is called where a format wants the name of a rule."""


class Page(msgspec.Struct, frozen=True):
    """What a report may know besides the findings.

    *columns* is the width of the page. *fail_on* is the severity from which on a finding
    fails the run. *with_suppressed* asks for suppressed findings where they are left out
    otherwise. *cards* gives all cards, reasons included; *text* gives the text of the file
    that findings call by a path, byte-order mark included, or None if it has none.
    """

    colour: bool = False
    quiet: bool = False
    columns: int = 80
    fail_on: str = "warning"
    with_suppressed: bool = False
    cards: Callable[[], Sequence["AnyCard"]] = tuple
    text: Callable[[str], str | None] = lambda _path: None


class Report(Protocol):
    """Writes findings as they come; the exit code is never its business."""

    def add(
        self, findings: tuple[Finding, ...], failures: tuple[Failure, ...], path: str = ""
    ) -> None:
        """Write what the file at *path* gave, which may be nothing."""

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:
        """Write what closes the report; *notices* are about the run as a whole."""


def make(name: str, write: Write, **page: Any) -> Report:
    """The report called *name*, which writes through *write*; *page* has fields of Page."""
    module, _, kind = FORMATS[name].partition(":")
    made: Report = getattr(import_module(module), kind)(write, Page(**page))
    return made
