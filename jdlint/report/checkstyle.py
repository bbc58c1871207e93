"""Checkstyle XML: every file with its findings, by where they start."""

from collections.abc import Sequence
from typing import Any

from jdlint.model import Failure, Finding, Severity
from jdlint.report import NOT_LINTED, Page, Write, xml
from jdlint.report.address import from_root
from jdlint.report.text import said, with_place

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


class CheckstyleReport:
    """One ``file`` for each file, clean ones included."""

    def __init__(self, write: Write, page: Page) -> None:  # noqa: ARG002
        self._write = write
        write(f'{xml.HEAD}<checkstyle version="4.3">\n')

    def add(
        self, findings: tuple[Finding, ...], failures: tuple[Failure, ...], path: str = ""
    ) -> None:
        """Write the findings that are not suppressed, and the failures."""
        name = path or (findings[0].path if findings else "")
        if not name:
            return
        self._write(f"<file{xml.attributes({'name': from_root(name)})}>\n")
        for finding in findings:
            if not finding.suppressed:
                severity, told = _SEVERITIES[finding.severity], with_place(finding)
                self._error(finding.rule, severity, told, finding.line, finding.column)
        for failure in failures:
            self._error(NOT_LINTED, "error", failure.message, None, None)
        self._write("</file>\n")

    def _error(
        self, rule: str, severity: str, told: str, line: int | None, column: int | None
    ) -> None:
        given = {
            "line": line or 1,
            "column": column,
            "severity": severity,
            "message": said(told),
            "source": f"jdlint.{rule}",
        }
        self._write(f"  <error{xml.attributes(given)}/>\n")

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Close the report; the format has no place for notices but a comment."""
        for notice in notices:
            self._write(xml.comment(notice) + "\n")
        self._write("</checkstyle>\n")
