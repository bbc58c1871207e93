"""Suppressions in a posting: what its author asked jdlint not to say, and why.

Written in a comment of the format at hand (or, in plain text, on a line of its own):

    <!-- jdlint-disable-next-line JD112 -- quoted from the customer -->
    <!-- jdlint-disable JD112 --> ... <!-- jdlint-enable JD112 -->
    <!-- jdlint-disable-file JD112, heroic-title -- an old posting -->

and in front matter, JSON or YAML as a key: ``jdlint-disable: JD112 -- reason``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from jdlint.model import Finding, PlainSpan, SourceSpan
from jdlint.read.offsets import LineIndex, SourceFile

_DIRECTIVE = re.compile(
    r"jdlint-(disable-next-line|disable-file|disable|enable)\b['\"]?:?[ \t]*([^\r\n]*)"
)
_OPENER = re.compile(r"(?:<!--|\{/\*|\{#|<%#|<%--|//|/\*|#|;|\[//\]: # \(|['\"])[ \t]*\Z|^[ \t]*\Z")
_CLOSER = re.compile(r"[ \t]*(?:-->|\*/\}?|#\}|--?%>|\)[ \t]*$|['\"],?[ \t]*$|%>).*")
_RULE = re.compile(r"[A-Za-z][\w-]*")
_WIDEST_OPENER = 40
_MOST = 1000
"""More suppressions than this in one file are not honoured: nobody wrote them."""


class Suppression(msgspec.Struct, frozen=True):
    """A request not to report *rules* (empty: any rule) in a range of the file."""

    span: SourceSpan
    rules: tuple[str, ...]
    reason: str
    start: int
    end: int

    def covers(self, finding: Finding) -> bool:
        """Whether *finding* is one that the author asked not to hear."""
        if self.rules and not {finding.rule, finding.name, finding.category} & set(self.rules):
            return False
        return self.start <= (finding.start or 0) < max(self.end, self.start + 1)


class _Directive(msgspec.Struct, frozen=True):
    action: str
    rules: tuple[str, ...]
    reason: str
    span: SourceSpan


def find(source: SourceFile, lines: LineIndex) -> list[Suppression]:
    """All suppressions of a file, in order."""
    if "jdlint-" not in source.text:
        return []
    directives = list(islice(_directives(source), _MOST))
    found: list[Suppression] = []
    enabled: dict[str, int] = {}
    for directive in reversed(directives):
        if directive.action == "enable":
            enabled.update(dict.fromkeys(directive.rules or ("",), directive.span.start))
        else:
            found += _suppressions(directive, enabled, source, lines)
    return found[::-1]


def _suppressions(
    directive: _Directive, enabled: dict[str, int], source: SourceFile, lines: LineIndex
) -> Iterator[Suppression]:
    """One suppression for each rule that *directive* names, since each may end elsewhere."""
    for rule in reversed(directive.rules or ("",)):
        start, end = _reach(directive, rule, enabled, source, lines)
        rules = (rule,) if rule else ()
        yield Suppression(directive.span, rules, directive.reason, start, end)


def _directives(source: SourceFile) -> Iterator[_Directive]:
    code = sorted(_code(source))
    for match in _DIRECTIVE.finditer(source.text):
        at = bisect_right(code, (match.start(), len(source.text))) - 1
        if at >= 0 and code[at][0] <= match.start() < code[at][1]:
            continue  # written about, not written down
        line_start = (
            max(
                source.text.rfind("\n", 0, match.start()), source.text.rfind("\r", 0, match.start())
            )
            + 1
        )
        lead = source.text[max(line_start, match.start() - _WIDEST_OPENER) : match.start()]
        if not _OPENER.search(lead):
            continue
        body = _CLOSER.sub("", match[2]).strip().strip("\"'")
        names, _, reason = body.partition("--")
        is_key = match[0][len("jdlint-") + len(match[1]) :].lstrip("'\"").startswith(":")
        action = "disable-file" if is_key and match[1] == "disable" else match[1]
        rules = tuple(_RULE.findall(names))
        yield _Directive(action, rules, reason.strip(), SourceSpan(match.start(), match.end()))


def _code(source: SourceFile) -> Iterator[SourceSpan]:
    """The ranges of the file that are code."""
    for document in source.documents:
        for thing in document.things:
            if thing.kind == "code":
                yield document.offsets.to_source(PlainSpan(thing.at, thing.at + 1))


def _reach(
    directive: _Directive,
    rule: str,
    enabled: dict[str, int],
    source: SourceFile,
    lines: LineIndex,
) -> tuple[int, int]:
    """Where *directive* holds for *rule*; *enabled* says where rules come back ("": all)."""
    beyond = len(source.text) + 1
    if directive.action == "disable-file":
        return 0, beyond
    if directive.action == "disable-next-line":
        return _next_line(directive, source, lines)
    ends = (enabled.get(rule, beyond), enabled.get("", beyond))
    return directive.span.start, min(ends)


def _next_line(directive: _Directive, source: SourceFile, lines: LineIndex) -> tuple[int, int]:
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
