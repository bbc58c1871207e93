"""A summary for people in Markdown: for a comment on a pull request or a job summary."""

import re
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import count, groupby
from typing import Any

from jdlint.language.late import late
from jdlint.model import Failure, Finding, Safety, Severity
from jdlint.report import Page, Write
from jdlint.report.text import laws, said, summary_line

_SHOWN = 10
_LONGEST = 400
"""Characters of a message; a sentence that is too long may be quoted in one."""

_SIGNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_MARKUP = late(r"([\\`*_\[\]|~$#])")
_LINKS = late(r"(?<=[@#])|(?<=:)(?=//)|(?<=www)(?=\.)", re.I)
"""Where GitHub or GitLab would see a mention, a reference or an address."""


class MarkdownReport:
    """The ten findings that matter most, by posting and section, and how many more there are."""

    def __init__(self, write: Write, page: Page) -> None:  # noqa: ARG002
        self._write = write
        self._kept: list[tuple[int, int, Finding]] = []
        self._number = count()
        self._findings = 0
        self._failures: list[Failure] = []
        self._several: set[str] = set()

    def add(
        self,
        findings: tuple[Finding, ...],
        failures: tuple[Failure, ...],
        path: str = "",  # noqa: ARG002
    ) -> None:
        """Take in the findings that are not suppressed, and the failures."""
        wanted = [f for f in findings if not f.suppressed]
        self._findings += len(wanted)
        self._several |= {f.path for f in findings if f.posting}
        rows = [(-f.severity, next(self._number), f) for f in wanted]
        self._kept = nsmallest(_SHOWN, self._kept + rows, key=lambda row: row[:2])
        self._failures += failures

    def end(self, summary: dict[str, Any], notices: Sequence[str] = ()) -> None:
        """Write the whole."""
        lines = [f"## jdlint\n\n{escaped(summary_line(summary))}"]
        lines += self._postings()
        more = self._findings - len(self._kept)
        if more:
            lines.append(f"… and {more} more. `jdlint check` shows them all.")
        lines += self._unread()
        lines += (f"<sub>{escaped(said(notice))}</sub>" for notice in notices)
        self._write("\n\n".join(lines) + "\n")

    def _postings(self) -> Iterable[str]:
        found = [f for _, _, f in sorted(self._kept, key=lambda row: row[1])]
        found.sort(key=lambda f: (f.path, f.posting))
        for (path, posting), group in groupby(found, lambda f: (f.path, f.posting)):
            several = f", posting {posting + 1}" if path in self._several else ""
            yield f"### {escaped(said(path))}{several}"
            yield from _sections(list(group))

    def _unread(self) -> Iterable[str]:
        if not self._failures:
            return
        rows = [f"- {escaped(said(f'{f.path}: {f.message}'))}" for f in self._failures[:_SHOWN]]
        more = len(self._failures) - len(rows)
        rows += [f"- … and {more} more"] * bool(more)
        yield "### Could not be linted\n\n" + "\n".join(rows)


def _sections(findings: Sequence[Finding]) -> Iterable[str]:
    """The findings of a posting under the names of its sections, in their order."""
    groups: dict[str, list[str]] = {}
    for finding in findings:
        groups.setdefault(_name(finding), []).append(_row(finding))
    for name, rows in groups.items():
        yield f"**{escaped(said(name))}**\n\n" + "\n".join(rows)


_NAMES = {
    "other": "Elsewhere",
    "about-role": "About the role",
    "about-company": "About the company",
    "equal-opportunity": "Equal opportunities",
}


def _name(finding: Finding) -> str:
    kind = finding.section or ""
    if not kind:
        return "Outside the sections" if finding.matched else "The posting as a whole"
    return _NAMES.get(kind) or kind.replace("-", " ").capitalize()


def _row(finding: Finding) -> str:
    line = f"Line {finding.line}" if finding.line is not None else ""
    where = line or (finding.place or "").capitalize()
    told = said(finding.message)
    told = told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"
    rule = f"({_SIGNS[finding.severity]}, {finding.rule} {finding.name})"
    parts = [f"{escaped(said(where))}:" if where else "", escaped(told), *_offer(finding), rule]
    law = "".join(f"\n  - § {escaped(said(basis))}" for basis in laws(finding))
    return "- " + " ".join(filter(None, parts)) + law


def _offer(finding: Finding) -> Iterable[str]:
    unsaid = [s for s in finding.suggestions if s.lower() not in finding.message.lower()]
    if unsaid and finding.safety is not Safety.SHOW_ONLY:
        yield escaped("Write " + " or ".join(f"'{said(s)}'" for s in unsaid[:3]) + ".")


def escaped(text: str) -> str:
    """*text* so that Markdown shows it as it is: no markup, no HTML, no link, no mention."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINKS.sub("\u200b", _MARKUP.sub(r"\\\1", text))
