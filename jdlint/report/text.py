"""Reports for people: one block per finding, or one line."""

import re
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import click

from jdlint.counted import counted
from jdlint.language.late import late
from jdlint.model import Failure, Finding, Safety, Severity
from jdlint.report import Page, Write

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_MARGIN = 8
"""Columns that a source line gives to its number."""
_NARROWEST = 40
_COMMAND = late(r"##(?=\[|vso\[)", re.I)
# unicodedata is imported by those who need it: most texts are plain, and it is slow to load.
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def tame(text: str) -> str:
    """*text* without anything that could steer a terminal or a CI runner, at equal length.

    Runners take "##[error]" and "##vso[" for commands wherever they stand.
    """
    if "##" in text:
        text = _COMMAND.sub("#\ufffd", text)
    if text.isascii() and text.isprintable():
        return text
    import unicodedata

    return "".join(
        " " if c == "\t" else "\ufffd" if unicodedata.category(c) in _UNSAFE else c for c in text
    )


def unled(line: str) -> str:
    """*line* so that it does not begin with "::", by which a runner knows a command."""
    return line.replace("::", ":\ufffd", 1) if line.lstrip().startswith("::") else line


def said(text: str) -> str:
    """*text* tamed for a sentence: characters that nobody sees (soft hyphens, say) are left out."""
    if text.isascii() and text.isprintable():
        return tame(text)
    import unicodedata

    return tame("".join(c for c in text if unicodedata.category(c) != "Cf"))


def harmless(text: str) -> str:
    """*text* of one or more lines, none of which steers a terminal or a CI runner."""
    return "\n".join(unled(tame(line)) for line in text.split("\n"))


def width(text: str) -> int:
    """The number of terminal columns that *text* takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)


def location(finding: Finding) -> str:
    """``path:line:column``, or the path and words for the place."""
    path = unled(tame(finding.path))
    if finding.line is not None:
        return f"{path}:{finding.line}:{finding.column}"
    return f"{path}: {finding.place}" if finding.place else path


def with_place(finding: Finding) -> str:
    """The message, with the place in words where the file has no lines, and with its law."""
    told = f"{finding.message} ({finding.place})" if finding.place else finding.message
    return " § ".join([told, *laws(finding)])


def laws(finding: Finding) -> list[str]:
    """The law on which *finding* rests, each basis in a line."""
    if not finding.law:
        return []
    from jdlint.report.statutes import told

    return told(finding.law)


class ConciseReport:
    """One line per finding, for editors and problem matchers."""

    def __init__(self, write: Write, page: Page) -> None:
        self._write = write
        self._colour = page.colour
        self._quiet = page.quiet
        self._page = max(page.columns, _NARROWEST)
        self._room = self._page - _MARGIN

    def add(
        self,
        findings: tuple[Finding, ...],
        failures: tuple[Failure, ...],
        path: str = "",  # noqa: ARG002
    ) -> None:
        """Write the findings that are not suppressed, then the failures."""
        for finding in findings:
            if not finding.suppressed:
                self.finding(finding)
        for failure in failures:
            self._write(self.style(f"{unled(tame(failure.path))}: failed: ", "red"))
            self._write(tame(failure.message) + "\n")

    def finding(self, finding: Finding) -> None:
        """Write one finding."""
        self._write(f"{self.headline(finding)}: {said(finding.message)}\n")

    def headline(self, finding: Finding) -> str:
        """Place, severity, id and name."""
        severity = self.style(finding.severity.word, _COLOURS[finding.severity])
        code = f"/{tame(finding.code)}" if finding.code else ""
        rule = self.style(f"{finding.rule}{code} {finding.name}", None, bold=True)
        return f"{location(finding)}: {severity} {rule}"

    def style(self, text: str, colour: str | None, *, bold: bool = False) -> str:
        """*text* in *colour*, if the report is coloured at all."""
        return click.style(text, fg=colour, bold=bold or None) if self._colour else text

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:
        """Write the summary line, then the notices."""
        if self._quiet:
            return
        self._write(summary_line(summary) + "\n")
        for notice in notices:
            self._write("".join(f"{unled(line)}\n" for line in wrap(said(notice), self._page)))


class TextReport(ConciseReport):
    """The finding, its source line with the range underlined, and what to write instead.

    Findings at one and the same place share one picture of it.
    """

    def __init__(self, write: Write, page: Page) -> None:
        super().__init__(write, page)
        self._last: tuple[str, int | None, int | None] | None = None

    def finding(self, finding: Finding) -> None:
        """Write one finding as a block that fits the page."""
        if self._quiet:
            super().finding(finding)
            return
        self._write(self.headline(finding) + "\n")
        for line in wrap(said(finding.message), self._room + 4):
            self._write(f"    {unled(line)}\n")
        if finding.law:
            self._law(finding)
        place = (finding.path, finding.start, finding.end)
        if finding.excerpt.strip() and finding.line is not None and place != self._last:
            self._source_line(finding)
        self._last = place
        unsaid = [s for s in finding.suggestions if s.lower() not in finding.message.lower()]
        if unsaid and finding.safety is not Safety.SHOW_ONLY:
            offered = " or ".join(f"'{said(s)}'" for s in unsaid[:3])
            self._write(f"    = write {offered}\n")

    def _law(self, finding: Finding) -> None:
        for basis in laws(finding):
            lines = wrap(said(basis), self._room + 2, subsequent_indent="  ")
            self._write(
                "".join(
                    f"    § {line}\n" if not at else f"    {line}\n"
                    for at, line in enumerate(lines)
                )
            )

    def _source_line(self, finding: Finding) -> None:
        number = f"{finding.line:>4}"
        line, start = tame(finding.excerpt), (finding.column or 1) - finding.excerpt_column
        cut = max(0, start - self._room // 3) if len(line) > self._room else 0
        shown = line[cut : cut + self._room]
        if cut or finding.excerpt_column > 1:
            shown = "…" + shown[1:]
        lead = width(line[cut:start])
        carets = "^" * max(1, min(width(self._marked(finding, line)), width(shown) - lead))
        bar = " " * len(number) + " | " + " " * lead
        self._write(f"{number} | {shown}\n")
        self._write(bar + self.style(carets, _COLOURS[finding.severity]) + "\n")

    def _marked(self, finding: Finding, line: str) -> str:
        start = (finding.column or 1) - finding.excerpt_column
        if finding.end_line == finding.line and finding.end_column is not None:
            return line[start : finding.end_column - finding.excerpt_column]
        return line[start:]


def summary_line(summary: dict[str, Any]) -> str:
    """One line that closes a text report."""
    found = [
        _some(summary["errors"], "error"),
        _some(summary["warnings"], "warning"),
        _some(summary["notes"], "note"),
    ]
    what = ", ".join(filter(None, found))
    where = _some(summary["postings"], "posting")
    if what or where:
        line = f"{what or 'Nothing to report'} in {where or 'no posting'}."
    else:
        line = "No posting was checked."
    if summary["fixed"]:
        line += f" {summary['fixed']} fixed in {counted(summary['fixed_files'], 'file')}."
    if summary["baselined"]:
        line += f" {summary['baselined']} in the baseline."
    if summary["suppressed"]:
        line += f" {summary['suppressed']} suppressed."
    if summary["failures"]:
        line += f" {counted(summary['failures'], 'path')} could not be linted as asked."
    return line


def _some(number: int, noun: str) -> str:
    return counted(number, noun) if number else ""


def statistics(counts: dict[str, int], names: dict[str, str]) -> str:
    """A table of rules by the number of their findings."""
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{count:6}  {rule}  {names.get(rule, '')}\n" for rule, count in rows)
