"""reviewdog's rdjsonl: one Diagnostic per line, columns in bytes of UTF-8."""

from collections.abc import Sequence
from typing import Any

from jdlint.model import Failure, Finding, Severity
from jdlint.report import NOT_LINTED, Page, Write
from jdlint.report.machine import encode
from jdlint.report.position import Point, Positions
from jdlint.report.takeable import takeable
from jdlint.report.text import said, with_place

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}

Row = dict[str, Any]


class ReviewdogReport:
    """Diagnostics as the files come in; suppressed findings are left out."""

    def __init__(self, write: Write, page: Page) -> None:
        self._write = write
        self._page = page

    def add(
        self,
        findings: tuple[Finding, ...],
        failures: tuple[Failure, ...],
        path: str = "",  # noqa: ARG002
    ) -> None:
        """Write the findings that are not suppressed, and the failures."""
        wanted = [f for f in findings if not f.suppressed]
        positions: dict[str, Positions | None] = {}
        for finding in wanted:
            if finding.path not in positions:
                text = self._page.text(finding.path)
                positions[finding.path] = Positions(text) if text is not None else None
            self._line(_diagnostic(finding, positions[finding.path]))
        for failure in failures:
            told = f"this path could not be linted as asked: {failure.message}"
            self._line(_row(failure.path, told, "ERROR", NOT_LINTED))

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Write the notices, which belong to no file."""
        for notice in notices:
            self._line(_row("", notice, "INFO", "notice"))

    def _line(self, row: Row) -> None:
        self._write(encode(row) + "\n")


def _row(path: str, told: str, severity: str, code: str) -> Row:
    return {
        "message": said(told),
        "location": {"path": path},
        "severity": severity,
        "source": {"name": "jdlint"},
        "code": {"value": code},
    }


def _diagnostic(finding: Finding, positions: Positions | None) -> Row:
    row = _row(finding.path, with_place(finding), _SEVERITIES[finding.severity], finding.rule)
    range_ = _range(finding.start, finding.end, finding.line, positions)
    if range_ is not None:
        row["location"]["range"] = range_
    suggestions = _suggestions(finding, positions) if positions is not None else []
    if suggestions:
        row["suggestions"] = suggestions
    related = [_related(finding.path, r, positions) for r in finding.related]
    return row | ({"related_locations": related} if related else {})


def _related(path: str, related: Any, positions: Positions | None) -> Row:
    words = f"{related.message} '{related.matched}'" if related.matched else related.message
    location: Row = {"path": path}
    range_ = _range(related.start, related.end, related.line, positions)
    if range_ is not None:
        location["range"] = range_
    return {"message": said(words), "location": location}


def _range(
    start: int | None, end: int | None, line: int | None, positions: Positions | None
) -> Row | None:
    """The range in bytes, the line alone if the text is not at hand, or nothing."""
    if start is None or end is None:
        return None
    if positions is None:
        return {"start": {"line": line}}
    first, last = positions.byte_point(start), positions.byte_point(end)
    return {"start": _point(first), "end": _point(last)}


def _point(point: Point) -> Row:
    return {"line": point.line, "column": point.column}


def _suggestions(finding: Finding, positions: Positions) -> list[Row]:
    """The best suggestion, as one edit: platforms replace whole lines, so only one fits."""
    for _, edits in takeable(finding)[:1]:
        start, end = edits[0].start, edits[-1].end
        pieces, at = [], start
        for edit in edits:
            pieces += [positions.text(at, edit.start), edit.text]
            at = edit.end
        return [{"range": _range(start, end, None, positions), "text": "".join(pieces)}]
    return []
