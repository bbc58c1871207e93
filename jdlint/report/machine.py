"""Reports for machines. ``docs/json.md`` documents the JSON; it changes with its number only."""

from typing import Any

import msgspec

from jdlint import __version__
from jdlint.model import Basis, Failure, Finding
from jdlint.report import Write

SCHEMA = 1
_LEFT_OUT = ("excerpt", "excerpt_column")


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding as the JSON report has it."""
    data = {f: getattr(finding, f) for f in finding.__struct_fields__ if f not in _LEFT_OUT}
    data["severity"] = finding.severity.word
    data["law"] = [_as_law(basis) for basis in finding.law]
    return data


def _as_law(basis: Basis) -> dict[str, Any]:
    """A row of law behind a finding as the JSON report has it."""
    data = {f: getattr(basis, f) for f in basis.__struct_fields__}
    data["severity"] = basis.severity.word
    return data


def encode(value: Any) -> str:
    """*value* as JSON on one line; lone surrogates become replacement characters."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        import json

        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        return text.encode("utf-8", "replace").decode()


class JsonReport:
    """One JSON object for the whole run, written as the files come in."""

    def __init__(
        self,
        write: Write,
        *,
        colour: bool,  # noqa: ARG002
        quiet: bool,  # noqa: ARG002
        columns: int,  # noqa: ARG002
    ) -> None:
        self._write = write
        self._failures: list[Failure] = []
        self._first = True
        head = encode({"name": "jdlint", "version": __version__})
        write(f'{{"schema": {SCHEMA}, "tool": {head}, "findings": [')

    def add(self, findings: tuple[Finding, ...], failures: tuple[Failure, ...]) -> None:
        """Write the findings of one file, suppressed ones included."""
        for finding in findings:
            self._write(("\n" if self._first else ",\n") + encode(as_data(finding)))
            self._first = False
        self._failures += failures

    def end(self, summary: dict[str, Any]) -> None:
        """Write the failures and the summary."""
        failures = ",\n".join(encode(f) for f in self._failures)
        self._write(f'],\n"failures": [{failures}],\n"summary": {encode(summary)}}}\n')
