"""GitLab Code Quality: a JSON array, one entry per finding."""

from collections.abc import Sequence
from typing import Any

from jdlint.fingerprint import Fingerprints
from jdlint.model import Failure, Finding, Severity
from jdlint.report import NOT_LINTED, Page, Write
from jdlint.report.address import from_root
from jdlint.report.machine import encode
from jdlint.report.text import said, with_place

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


class GitLabReport:
    """The whole array is written at the end, because each entry carries the notices.

    Without an entry they would be lost, and that grammar was not checked must not be.
    """

    def __init__(self, write: Write, page: Page) -> None:  # noqa: ARG002
        self._write = write
        self._entries: list[dict[str, Any]] = []
        self._fingerprints = Fingerprints()
        self._first = ""

    def add(
        self, findings: tuple[Finding, ...], failures: tuple[Failure, ...], path: str = ""
    ) -> None:
        """Take in the findings that are not suppressed, and the failures."""
        self._first = self._first or path
        for finding in findings:
            where = from_root(finding.path)
            mark = self._fingerprints.of(finding, where)
            if not finding.suppressed:
                severity = _SEVERITIES[finding.severity]
                told = said(with_place(finding))
                self._entry(finding.rule, told, severity, mark, where, finding.line)
        for failure in failures:
            where = from_root(failure.path)
            mark = self._fingerprints.of_parts(NOT_LINTED, where)
            told = said(f"this path could not be linted as asked: {failure.message}")
            self._entry(NOT_LINTED, told, "major", mark, where, None)

    def _entry(
        self, rule: str, told: str, severity: str, mark: str, path: str, line: int | None
    ) -> None:
        self._entries.append({
            "description": f"{rule}: {told}",
            "check_name": rule,
            "fingerprint": mark,
            "severity": severity,
            "location": {"path": path, "lines": {"begin": line or 1}},
        })  # fmt: skip

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:
        """Write the array; the notices stand in the body of each entry."""
        if notices and not self._entries and summary.get("grammar") not in (None, "off", "checked"):
            where = from_root(self._first)
            mark = self._fingerprints.of_parts("notice", where)
            self._entry("notice", said(" ".join(notices)), "info", mark, where, None)
        more = {"content": {"body": " ".join(notices)}} if notices else {}
        self._write("[" + ",\n".join(encode(entry | more) for entry in self._entries) + "]\n")
