"""Suppressions: what the directives of a posting silence, and where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from jdlint.checks.card import AnyCard
from jdlint.directives import ACTIONS, Directive, Terms
from jdlint.model import Finding, SourceSpan, Waiver, is_meant
from jdlint.read.offsets import LineIndex, SourceFile

_NOTHING = ("", "-->", "*/", "*/}", "#}", "%>", "--%>")


class Suppression(msgspec.Struct, frozen=True):
    """A request not to report *rule* ("": any rule) in a range of the file.

    *back* has the rules that were enabled again further down, and from where on.
    """

    span: SourceSpan
    rule: str
    terms: Terms
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
    directives: Sequence[Directive], source: SourceFile, lines: LineIndex, day: date
) -> list[Suppression]:
    """What *directives*, those of *source*, silence: one suppression for each rule, in order.

    What held until a day before *day* silences nothing any more.
    """
    found: list[Suppression] = []
    enabled: dict[str, int] = {}
    for directive in reversed(directives):
        names = [name.rule for name in directive.rules] or [""]
        if directive.action == "enable":
            enabled.update(dict.fromkeys(names, directive.span.start))
        elif directive.action in ACTIONS and not has_ended(directive, day):
            found += _suppressions(directive, dict(enabled), source, lines)
    return found[::-1]


def has_ended(directive: Directive, day: date) -> bool:
    """Whether *directive* held until a day before *day*."""
    last = directive.terms.day
    return last is not None and last < day


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
        yield Suppression(name.span, name.rule, directive.terms, start, end, back)
    if not directive.rules:
        yield Suppression(directive.span, "", directive.terms, start, end, back)


def _next_line(directive: Directive, source: SourceFile, lines: LineIndex) -> tuple[int, int]:
    """The next line that holds anything but the end of the comment."""
    line, _ = lines.locate(directive.span.end)
    while line < lines.count:
        line += 1
        span = lines.span(line, len(source.text))
        if source.text[span.start : span.end].strip() not in _NOTHING:
            return span.start, span.end
    return len(source.text), len(source.text)


def yielded(findings: Sequence[Finding], cards: Mapping[str, AnyCard]) -> list[Finding]:
    """*findings* without those of cards that give way to one of another card there.

    It is there where the words overlap or, if one of them has no words, in the same posting.
    """
    giving = [f for f in findings if cards[f.rule].gives_way_to]
    gone = {
        id(finding)
        for finding in giving
        for other in findings
        if other.rule in cards[finding.rule].gives_way_to and _meet(finding, other)
    }
    return [f for f in findings if id(f) not in gone] if gone else list(findings)


def _meet(one: Finding, other: Finding) -> bool:
    if one.posting != other.posting:
        return False
    if not (one.matched and other.matched):
        return True
    if one.start is None or other.start is None:
        return one.place == other.place
    return one.start < (other.end or 0) and other.start < (one.end or 0)


def apply(
    findings: Iterable[Finding], suppressions: list[Suppression]
) -> tuple[list[Finding], set[int]]:
    """The findings, the silenced ones marked, and the indices of the suppressions that worked."""
    marked, used = [], set()
    for finding in findings:
        by = next((i for i, s in enumerate(suppressions) if s.covers(finding)), None)
        if by is not None:
            used.add(by)
            terms = suppressions[by].terms
            finding = msgspec.structs.replace(
                finding,
                suppressed=True,
                suppressed_by=terms.reason or "no reason given",
                waiver=Waiver(terms.reason, terms.by, terms.day),
            )
        marked.append(finding)
    return marked, used
