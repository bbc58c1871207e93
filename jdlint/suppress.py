"""Suppressions: what the directives of a posting silence, and where."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from jdlint.directives import ACTIONS, Directive
from jdlint.model import Finding, SourceSpan, is_meant
from jdlint.read.offsets import LineIndex, SourceFile


class Suppression(msgspec.Struct, frozen=True):
    """A request not to report *rule* ("": any rule) in a range of the file.

    *back* has the rules that were enabled again further down, and from where on.
    """

    span: SourceSpan
    rule: str
    reason: str
    start: int
    end: int
    back: dict[str, int] = {}

    def covers(self, finding: Finding) -> bool:
        """Whether *finding* is one that the author asked not to hear."""
        names = (finding.rule, finding.name, finding.category)
        at = finding.start or 0
        if self.rule and self.rule not in names and not is_meant(self.rule, finding.code):
            return False
        if any(at >= self.back.get(name, at + 1) for name in names):
            return False
        return self.start <= at < max(self.end, self.start + 1)


def find(
    directives: Sequence[Directive], source: SourceFile, lines: LineIndex
) -> list[Suppression]:
    """What *directives*, those of *source*, silence: one suppression for each rule, in order."""
    found: list[Suppression] = []
    enabled: dict[str, int] = {}
    for directive in reversed(directives):
        names = [name.rule for name in directive.rules] or [""]
        if directive.action == "enable":
            enabled.update(dict.fromkeys(names, directive.span.start))
        elif directive.action in ACTIONS:
            found += _suppressions(directive, dict(enabled), source, lines)
    return found[::-1]


def _suppressions(
    directive: Directive, enabled: dict[str, int], source: SourceFile, lines: LineIndex
) -> Iterator[Suppression]:
    """One for each rule of *directive*, the last first; *enabled* says where rules come back."""
    beyond = len(source.text) + 1
    start, end, back = 0, beyond, dict[str, int]()
    if directive.action == "disable-next-line":
        start, end = _next_line(directive, source, lines)
    elif directive.action == "disable":
        start, end, back = directive.span.start, enabled.get("", beyond), enabled
    for name in reversed(directive.rules):
        yield Suppression(name.span, name.rule, directive.reason, start, end, back)
    if not directive.rules:
        yield Suppression(directive.span, "", directive.reason, start, end, back)


def _next_line(directive: Directive, source: SourceFile, lines: LineIndex) -> tuple[int, int]:
    """The next line that holds anything."""
    line, _ = lines.locate(directive.span.end)
    while line < lines.count:
        line += 1
        span = lines.span(line, len(source.text))
        if source.text[span.start : span.end].strip():
            return span.start, span.end
    return len(source.text), len(source.text)


def apply(
    findings: Iterable[Finding], suppressions: list[Suppression]
) -> tuple[list[Finding], set[int]]:
    """The findings, the silenced ones marked, and the indices of the suppressions that worked."""
    marked, used = [], set()
    for finding in findings:
        by = next((i for i, s in enumerate(suppressions) if s.covers(finding)), None)
        if by is not None:
            used.add(by)
            finding = msgspec.structs.replace(
                finding, suppressed=True, suppressed_by=suppressions[by].reason or "no reason given"
            )
        marked.append(finding)
    return marked, used
