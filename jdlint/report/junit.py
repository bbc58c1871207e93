"""JUnit XML: a suite for each file, a case for each finding."""

from collections.abc import Sequence
from typing import Any

import msgspec

from jdlint.model import Failure, Finding, Severity
from jdlint.report import Page, Write, xml
from jdlint.report.address import from_root
from jdlint.report.text import location, said, with_place


class _Case(msgspec.Struct, frozen=True):
    """A case: its outcome (failure, error, or system-out for one that passes) and its words."""

    name: str
    line: int | None = None
    outcome: str = ""
    type: str = ""
    message: str = ""
    body: str = ""


class JUnitReport:
    """Written at the end, because the totals stand first.

    A finding below the level that fails the run is a case that passes, with its words as
    output, so that a build is not red where the exit code is 0. A clean file has one case.
    """

    def __init__(self, write: Write, page: Page) -> None:
        self._write = write
        level = page.fail_on.upper()
        self._fails = Severity[level] if level in Severity.__members__ else None
        self._suites: dict[str, list[_Case]] = {}

    def add(
        self, findings: tuple[Finding, ...], failures: tuple[Failure, ...], path: str = ""
    ) -> None:
        """Take in the findings that are not suppressed, and the failures."""
        if path:
            self._suites.setdefault(path, [])
        for finding in findings:
            if not finding.suppressed:
                self._suites.setdefault(finding.path, []).append(self._case(finding))
        for failure in failures:
            told = said(failure.message)
            case = _Case("could not be linted", None, "error", failure.kind, told, told)
            self._suites.setdefault(failure.path, []).append(case)

    def _case(self, finding: Finding) -> _Case:
        where = f" at {finding.line}:{finding.column}" if finding.line is not None else ""
        fails = self._fails is not None and finding.severity >= self._fails
        told = said(with_place(finding))
        severity = finding.severity.word
        body = f"{location(finding)}: {severity} {finding.rule} {finding.name}: {told}"
        outcome = "failure" if fails else "system-out"
        return _Case(f"{finding.rule}{where}", finding.line, outcome, severity, told, body)

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Write all suites; the notices are properties of one for the run itself."""
        suites = {path: cases or [_Case("no findings")] for path, cases in self._suites.items()}
        everything = [case for cases in suites.values() for case in cases]
        run = [_Case("run")] if notices or not suites else []
        head = xml.attributes({"name": "jdlint"} | _totals([*everything, *run]))
        self._write(f"{xml.HEAD}<testsuites{head}>\n")
        for path, cases in suites.items():
            self._suite(from_root(path), cases, ())
        if run:
            self._suite("jdlint", run, notices)
        self._write("</testsuites>\n")

    def _suite(self, path: str, cases: Sequence[_Case], notices: Sequence[str]) -> None:
        head = xml.attributes({"name": path} | _totals(cases) | {"skipped": 0})
        self._write(f"<testsuite{head}>\n")
        if notices:
            rows = (xml.attributes({"name": "notice", "value": said(n)}) for n in notices)
            self._write("".join(["  <properties>", *(f"<property{r}/>" for r in rows)]))
            self._write("</properties>\n")
        names: dict[str, int] = {}
        for case in cases:
            number = names[case.name] = names.get(case.name, 0) + 1
            self._one(case, path, case.name if number == 1 else f"{case.name} ({number})")
        self._write("</testsuite>\n")

    def _one(self, case: _Case, path: str, name: str) -> None:
        file = path if case.body else None
        head = xml.attributes({"name": name, "classname": path, "file": file, "line": case.line})
        if not case.outcome:
            self._write(f"  <testcase{head}/>\n")
            return
        told = {"message": case.message, "type": case.type}
        more = "" if case.outcome == "system-out" else xml.attributes(told)
        inner = f"<{case.outcome}{more}>{xml.text(case.body)}</{case.outcome}>"
        self._write(f"  <testcase{head}>{inner}</testcase>\n")


def _totals(cases: Sequence[_Case]) -> dict[str, object]:
    outcomes = [case.outcome for case in cases]
    errors, failures = outcomes.count("error"), outcomes.count("failure")
    return {"tests": len(cases), "failures": failures, "errors": errors}
