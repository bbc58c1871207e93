"""JSON Lines: one finding or failure per line, and a last line that tells the run was whole."""

from collections.abc import Sequence
from typing import Any

from jdlint import __version__
from jdlint.model import Failure, Finding
from jdlint.report import Page, Write
from jdlint.report.machine import SCHEMA, as_data, encode


class JsonLinesReport:
    """The objects of the JSON report, each with its ``type``, as the files come in."""

    def __init__(self, write: Write, page: Page) -> None:  # noqa: ARG002
        self._write = write

    def add(
        self,
        findings: tuple[Finding, ...],
        failures: tuple[Failure, ...],
        path: str = "",  # noqa: ARG002
    ) -> None:
        """Write the findings, suppressed ones included, then the failures."""
        for finding in findings:
            self._line("finding", as_data(finding))
        for failure in failures:
            kept = {f: getattr(failure, f) for f in failure.__struct_fields__}
            self._line("failure", kept)

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:
        """Write the line without which a reader knows that the run broke off."""
        tool = {"name": "jdlint", "version": __version__}
        last = {"schema": SCHEMA, "tool": tool, "notices": list(notices), "summary": summary}
        self._line("summary", last)

    def _line(self, type_: str, data: dict[str, Any]) -> None:
        self._write(encode({"type": type_, **data}) + "\n")
