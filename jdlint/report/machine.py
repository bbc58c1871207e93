"""Reports for machines. ``docs/json.md`` documents the JSON; it changes with its number only."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from jdlint import __version__
from jdlint.language.late import late
from jdlint.model import Basis, Failure, Finding
from jdlint.report import Page, Write

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


_STEERING = late(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?<=##)\[|(?<=##vso)\[", re.I)
"""What could steer a terminal or a CI runner from inside a JSON string."""


def encode(value: Any) -> str:
    """*value* as JSON on one line; lone surrogates become replacement characters."""
    try:
        text = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        import json

        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        text = text.encode("utf-8", "replace").decode()
    return _STEERING.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


class JsonReport:
    """One JSON object for the whole run, written as the files come in."""

    def __init__(self, write: Write, page: Page) -> None:  # noqa: ARG002
        self._write = write
        self._failures: list[Failure] = []
        self._first = True
        head = encode({"name": "jdlint", "version": __version__})
        write(f'{{"schema": {SCHEMA}, "tool": {head}, "findings": [')

    def add(
        self,
        findings: tuple[Finding, ...],
        failures: tuple[Failure, ...],
        path: str = "",  # noqa: ARG002
    ) -> None:
        """Write the findings of one file, suppressed ones included."""
        for finding in findings:
            self._write(("\n" if self._first else ",\n") + encode(as_data(finding)))
            self._first = False
        self._failures += failures

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:
        """Write the failures, the notices and the summary."""
        failures = ",\n".join(encode(f) for f in self._failures)
        self._write(f'],\n"failures": [{failures}],\n"notices": {encode(list(notices))},\n')
        self._write(f'"summary": {encode(summary)}}}\n')
