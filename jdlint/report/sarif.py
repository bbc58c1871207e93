"""SARIF 2.1.0: one run, for GitHub code scanning and every other viewer."""

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import Any

from jdlint import __version__
from jdlint.checks.card import AnyCard, Profile
from jdlint.fingerprint import VERSION, Fingerprints
from jdlint.model import BASELINE, Edit, Failure, Finding, Related, Severity
from jdlint.report import NOT_LINTED, Page, Write
from jdlint.report.address import from_root, uri
from jdlint.report.machine import encode
from jdlint.report.position import Positions
from jdlint.report.takeable import takeable
from jdlint.report.text import said, with_place

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST = 25_000
"""GitHub refuses a run with more results than this."""
_MOST_RELATED = 100
_MOST_TAGS = 10
_LONGEST = 1024
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_PRECISION = {
    Profile.MINIMAL: "very-high",
    Profile.RECOMMENDED: "high",
    Profile.STRICT: "medium",
}
_FAILURE_RULE = {
    "id": NOT_LINTED,
    "name": "NotLinted",
    "shortDescription": {"text": "A path could not be linted"},
    "fullDescription": {"text": "The path is not there, cannot be opened, or jdlint failed."},
    "help": {"text": "The message tells why, and what to do."},
    "defaultConfiguration": {"level": "error"},
}

Row = dict[str, Any]


class SarifReport:
    """Written at the end: the rules stand first, and the most severe results are kept.

    Suppressed findings are left out unless asked for: GitHub does not heed suppressions
    and would show them like any other.
    """

    def __init__(self, write: Write, page: Page) -> None:
        self._write = write
        self._page = page
        self._fingerprints = Fingerprints()
        self._results: list[tuple[int, int, str, Row]] = []
        self._notifications: list[Row] = []

    def add(
        self,
        findings: tuple[Finding, ...],
        failures: tuple[Failure, ...],
        path: str = "",  # noqa: ARG002
    ) -> None:
        """Take in the findings and the failures."""
        positions: dict[str, Positions | None] = {}
        lines = {f.line for f in findings}
        for finding in findings:
            if finding.path not in positions:
                text = self._page.text(finding.path)
                positions[finding.path] = Positions(text, lines) if text is not None else None
            mark = self._fingerprints.of(finding, from_root(finding.path))
            if self._page.with_suppressed or not finding.suppressed:
                row = _result(finding, mark, positions[finding.path])
                self._keep(-finding.severity, finding.rule, row)
        for failure in failures:
            told = said(f"this path could not be linted as asked: {failure.message}")
            where = {"physicalLocation": _physical(failure.path, {"startLine": 1})}
            row = {"level": "error", "message": {"text": told}, "locations": [where]}
            mark = self._fingerprints.of_parts(NOT_LINTED, from_root(failure.path))
            self._notifications.append(row)
            more = {"partialFingerprints": {f"jdlint/{VERSION}": mark}, "suppressions": []}
            self._keep(-Severity.ERROR - 1, NOT_LINTED, row | more)

    def _keep(self, rank: int, rule: str, row: Row) -> None:
        self._results.append((rank, len(self._results), rule, row))

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:
        """Write the log, one result per line."""
        kept = self._results
        if len(kept) > _MOST:
            kept = sorted(nsmallest(_MOST, kept, key=lambda r: r[:2]), key=lambda r: r[1])
            told = f"{len(self._results) - _MOST} more findings, the least severe, are left out"
            notices = [*notices, told]
        rules = self._rules(sorted({rule for _, _, rule, _ in kept}))
        numbers = {rule["id"]: number for number, rule in enumerate(rules)}
        told_notices = [{"level": "note", "message": {"text": said(n)}} for n in notices]
        invocation = {
            "executionSuccessful": not summary["failures"],
            "toolExecutionNotifications": self._notifications + told_notices,
        }
        driver = {"name": "jdlint", "semanticVersion": __version__, "rules": rules}
        run = {
            "tool": {"driver": driver},
            "automationDetails": {"id": "jdlint/"},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "repository root"}}},
            "invocations": [invocation],
        }
        self._write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [\n')
        self._write(encode(run)[:-1] + ',"results":[')
        for at, (_, _, rule, row) in enumerate(kept):
            named = {"ruleId": rule, "ruleIndex": numbers[rule]} | row
            self._write((",\n" if at else "\n") + encode(named))
        self._write("]}]}\n")

    def _rules(self, wanted: Sequence[str]) -> list[Row]:
        """A descriptor of each rule that was met."""
        cards = {card.id: card for card in self._page.cards()} if wanted else {}
        return [
            _rule(cards[rule]) if rule in cards else {**_FAILURE_RULE, "id": rule}
            for rule in wanted
        ]


def _rule(card: AnyCard) -> Row:
    level = _LEVELS[card.severity.severity]
    why = " ".join(card.why.split()) or card.summary
    sources = [f"{r.title}: {r.url}" if r.url else r.title for r in card.references]
    help_ = "\n\n".join([why, *(["Sources:\n" + "\n".join(sources)] if sources else [])])
    return {
        "id": card.id,
        "name": "".join(part.capitalize() for part in card.name.split("-")),
        "shortDescription": {"text": card.summary[:_LONGEST]},
        "fullDescription": {"text": why[:_LONGEST]},
        "help": {"text": help_},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": list(dict.fromkeys([card.category, *card.tags]))[:_MOST_TAGS],
            "precision": _PRECISION[card.profile],
            "problem.severity": "recommendation" if level == "note" else level,
        },
    }


def _result(finding: Finding, mark: str, positions: Positions | None) -> Row:
    row: Row = {
        "level": _LEVELS[finding.severity],
        "message": {"text": said(with_place(finding))},
        "locations": [_location(finding)],
        "partialFingerprints": {f"jdlint/{VERSION}": mark},
        "suppressions": [],
    }
    line = positions.line_hash(finding.line) if positions and finding.line else None
    if line is not None:
        row["partialFingerprints"]["primaryLocationLineHash"] = line
    if finding.suppressed:
        kind = "external" if finding.suppressed_by == BASELINE else "inSource"
        reason = said(finding.suppressed_by or "")
        row["suppressions"] = [{"kind": kind, "justification": reason}]
    if finding.related:
        row["relatedLocations"] = list(_related(finding))
    fixes = list(_fixes(finding, positions)) if positions else []
    return row | ({"fixes": fixes} if fixes else {})


def _location(finding: Finding) -> Row:
    """Where it is; a file without lines has its first one, as GitHub asks for a line."""
    row: Row = {"physicalLocation": _physical(finding.path, _region(finding))}
    if finding.place:
        row["logicalLocations"] = [{"fullyQualifiedName": said(finding.place)}]
    return row


def _physical(path: str, region: Row) -> Row:
    return {"artifactLocation": _artifact(path), "region": region}


def _artifact(path: str) -> Row:
    address = uri(path)
    based = {} if address.startswith("file:") else {"uriBaseId": "%SRCROOT%"}
    return {"uri": address, **based}


def _region(place: Finding | Related) -> Row:
    if place.line is None:
        return {"startLine": 1}
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _related(finding: Finding) -> Iterator[Row]:
    for number, related in enumerate(finding.related[:_MOST_RELATED]):
        words = f"{related.message} '{related.matched}'" if related.matched else related.message
        row: Row = {"id": number, "message": {"text": said(words)}}
        yield row | {"physicalLocation": _physical(finding.path, _region(related))}


def _fixes(finding: Finding, positions: Positions) -> Iterator[Row]:
    artifact = _artifact(finding.path)
    for suggestion, edits in takeable(finding):
        changes = [_replacement(edit, positions) for edit in edits]
        yield {
            "description": {"text": f"Write '{said(suggestion)}'"},
            "artifactChanges": [{"artifactLocation": artifact, "replacements": changes}],
        }


def _replacement(edit: Edit, positions: Positions) -> Row:
    start, end = positions.point(edit.start), positions.point(edit.end)
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}
