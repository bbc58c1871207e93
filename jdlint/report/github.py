"""GitHub workflow commands: ten annotations of each kind, and the rest as lines of the log."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from jdlint.counted import counted
from jdlint.model import Failure, Finding, Severity
from jdlint.report import Page, Write
from jdlint.report.address import from_root
from jdlint.report.text import location, said, tame, unled, with_place

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SHOWN = 10
"""GitHub drops what a step says beyond so many annotations of a kind, without a word."""


class _Remark(msgspec.Struct, frozen=True):
    """An annotation, and the line of the log that stands for it where there are too many."""

    annotation: str
    line: str


class GitHubReport:
    """Written at the end, when it is known what must be left to the log."""

    def __init__(self, write: Write, page: Page) -> None:  # noqa: ARG002
        self._write = write
        self._remarks: dict[str, list[_Remark]] = {name: [] for name in _COMMANDS.values()}

    def add(
        self,
        findings: tuple[Finding, ...],
        failures: tuple[Failure, ...],
        path: str = "",  # noqa: ARG002
    ) -> None:
        """Take in the findings that are not suppressed, and the failures."""
        for finding in findings:
            if not finding.suppressed:
                name = _COMMANDS[finding.severity]
                self._remarks[name].append(_remark(finding, name))
        for failure in failures:
            told = f"this path could not be linted as asked: {said(failure.message)}"
            where = {"file": from_root(failure.path), "title": "jdlint"}
            line = f"{unled(tame(failure.path))}: {told}"
            self._remarks["error"].insert(0, _Remark(_command("error", where, told), line))

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Write the annotations, the notices, and how many more there are."""
        told = [_command("notice", {"title": "jdlint"}, said(n)) for n in notices]
        told = told[: _SHOWN - 1]
        notes = self._remarks["notice"]
        counts = [len(remarks) for name, remarks in self._remarks.items() if name != "notice"]
        crowded = any(count > _SHOWN for count in counts) or len(notes) + len(told) > _SHOWN
        room = {"notice": _SHOWN - len(told) - crowded}
        rest: list[str] = []
        for name, remarks in self._remarks.items():
            shown = room.get(name, _SHOWN)
            self._write("".join(r.annotation + "\n" for r in remarks[:shown]))
            rest += (r.line for r in remarks[shown:])
        self._write("".join(line + "\n" for line in told))
        if rest:
            self._more(rest)

    def _more(self, rest: Sequence[str]) -> None:
        count = counted(len(rest), "more finding")
        told = f"{count}: all are in the log of this step"
        self._write(_command("notice", {"title": "jdlint"}, told) + "\n")
        self._write(f"::group::jdlint: {count}\n")
        self._write("".join(line + "\n" for line in rest))
        self._write("::endgroup::\n")


def _remark(finding: Finding, name: str) -> _Remark:
    told = said(with_place(finding))
    title = f"{finding.rule} {finding.name}"
    where = {"file": from_root(finding.path), **_range(finding), "title": f"jdlint {title}"}
    line = f"{location(finding)}: {finding.severity.word} {title}: {told}"
    return _Remark(_command(name, where, told), line)


def _range(finding: Finding) -> dict[str, object]:
    """The place: with columns only within a line, else the runner drops them all."""
    if finding.line is None:
        return {}
    if finding.end_line != finding.line or finding.end_column == finding.column:
        return {"line": finding.line, "endLine": finding.end_line}
    lines = {"line": finding.line, "endLine": finding.end_line}
    return lines | {"col": finding.column, "endColumn": finding.end_column}


def _command(name: str, properties: Mapping[str, object], message: str) -> str:
    """A command in which nothing of the values can end it or begin another."""
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {given}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return tame(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
