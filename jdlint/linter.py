"""From a file to its findings: read, understand, check, locate, suppress, sort."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jdlint.checks.protocol import Context
from jdlint.config import Config
from jdlint.directives import ACTIONS, Directive, meant, read
from jdlint.locate import Locator, by_place
from jdlint.model import (
    Failure,
    Finding,
    Hit,
    PlainSpan,
    SectionKind,
    SourceSpan,
    is_code,
)
from jdlint.nearest import hint as did_you_mean
from jdlint.outcome import FINDINGS, Marked, Result, Ungrammared, Wanted
from jdlint.posting import understand
from jdlint.posting.jobs import jobs
from jdlint.posting.model import Posting
from jdlint.posting.own import NONE, OwnHeadings
from jdlint.read import Content, ReadOptions, read_bytes, read_content, read_path
from jdlint.read.offsets import SourceFile
from jdlint.rulebook import Rules
from jdlint.suppress import apply, find, has_ended, yielded

if TYPE_CHECKING:
    from jdlint.checks.trace import Trace
    from jdlint.evidence import Record
    from jdlint.grammar.session import Session

UNUSED_SUPPRESSION = "JD911"
UNKNOWN_RULE = "JD912"
UNKNOWN_DIRECTIVE = "JD920"
EXPIRED = "JD915"
REASONLESS = "JD916"
NOT_ENGLISH = "JD910"
NO_POSTING = "JD908"
_HINTS = 20
"""For more misspelt rules than this in one file nobody is told what was meant: it takes time."""


class Read(msgspec.Struct, frozen=True):
    """A file that was read and understood, for ``inspect``."""

    source: SourceFile
    postings: tuple[Posting, ...]


def read_options(config: Config, *, hashed: bool = False) -> ReadOptions:
    """What the configuration says about reading."""
    return ReadOptions(tuple(config.prose_fields), config.max_file_size, hashed)


def context(config: Config, today: date, rules: Rules) -> Context:
    """What checks may know besides the posting; *today* holds unless the config sets a day."""
    as_of = config.as_of or today
    accepted = set()
    for entry in config.accept:
        phrase = entry if isinstance(entry, str) else entry.phrase
        if isinstance(entry, str) or not entry.ended(as_of):
            accepted.add(phrase.lower())
    names = frozenset(config.names)
    return Context(as_of, rules.dialect, frozenset(accepted), names, rules.law)


def understand_file(path: Path, options: ReadOptions, own: OwnHeadings = NONE) -> Read:
    """The postings of the file at *path*; raises ReadError if it cannot be opened."""
    source = read_path(path, path.as_posix(), options)
    return Read(source, _understood(source, own))


def _understood(source: SourceFile, own: OwnHeadings) -> tuple[Posting, ...]:
    parts = (job for document in source.documents for job in jobs(document, own))
    return tuple(understand(job, own) for job in parts)


def understand_bytes(
    content: bytes, name: str, options: ReadOptions, own: OwnHeadings = NONE
) -> Read:
    """The postings of *content*, read as a file called *name* would be."""
    source = read_bytes(content, name, options)
    return Read(source, _understood(source, own))


def lint_content(
    found: Content,
    name: str,
    rules: Rules,
    config: Config,
    today: date,
    wanted: Wanted = FINDINGS,
    grammar: "Session | None" = None,
) -> Result:
    """The findings of a file called *name* that has the bytes *found*."""
    doing = "reading"
    try:
        source = read_content(found, name, read_options(config, hashed=wanted.evidence))
        doing = "linting"
        return lint_source(source, rules, config, today, wanted, grammar)
    except Exception as fault:
        return Result(name, failures=(_internal(name, doing, fault),))


def _internal(path: str, doing: str, fault: Exception) -> Failure:
    """A crash as a failure: where in our code it happened, and nothing of the posting's text."""
    trace, place = fault.__traceback__, ""
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return Failure(
        path, "internal", f"jdlint failed while {doing}: {type(fault).__name__} ({place})"
    )


def lint_source(
    source: SourceFile,
    rules: Rules,
    config: Config,
    today: date,
    wanted: Wanted = FINDINGS,
    grammar: "Session | None" = None,
) -> Result:
    """The findings of a file that was read, sorted by place."""
    given = context(config, today, rules)
    page = _Page(source, rules, given.as_of, wanted, grammar)
    failures: list[Failure] = []
    page.troubles()
    parts = [job for document in source.documents for job in jobs(document, rules.own)]
    for number, document in enumerate(parts):
        try:
            posting = understand(document, rules.own)
        except Exception as fault:
            failures.append(_internal(source.path, "understanding the posting", fault))
            continue
        failures += page.check(posting, number, given)
        if rules.across and (wanted.traces or len(parts) > 1):
            page.trace(posting, number)
        if wanted.evidence:
            page.examined.append((posting, number))
    findings = page.suppressed()
    return Result(
        source.path,
        tuple(findings),
        tuple(failures),
        len(parts),
        page.traces(),
        records=tuple(page.records(findings, given)),
        unplaced=page.unplaced,
        ungrammared=page.ungrammared,
    )


class _Page:
    """Collects the findings of one file."""

    def __init__(
        self,
        source: SourceFile,
        rules: Rules,
        day: date,
        wanted: Wanted,
        grammar: "Session | None" = None,
    ) -> None:
        self._grammar = grammar if rules.grammar else None
        self.ungrammared: Ungrammared | None = None
        self._source = source
        self._rules = rules
        self._day = day
        self._locator = Locator(source, rules.cards)
        self._findings: list[Finding] = []
        self._directives = [] if wanted.everything else read(source)
        self._suppressions = find(self._directives, source, self._locator.lines, day)
        self._unknown = 0
        self._traces: list[tuple[Trace, list[tuple[SectionKind, Finding]]]] = []
        self.examined: list[tuple[Posting, int]] = []
        self.unplaced = 0

    def troubles(self) -> None:
        """What the reader itself noticed."""
        for trouble in self._source.troubles:
            if trouble.rule in self._rules.cards:
                span = trouble.span or (SourceSpan(0, 0) if self._source.text else None)
                hit = Hit(trouble.rule, None, trouble.values)
                self._findings.append(self._locator.in_file(hit, span))

    def check(self, posting: Posting, number: int, given: Context) -> Iterator[Failure]:
        """Run all checkers over *posting*; a crash of one is a failure and stops no other."""
        if not posting.is_english:
            if NOT_ENGLISH in self._rules.cards:
                hit = Hit(NOT_ENGLISH, None, {"detail": posting.language})
                self._locate(hit, posting, number)
            return
        ours: list[PlainSpan] = []
        for checker in self._rules.checkers:
            try:
                for hit in checker.hits(posting, given):
                    ours += [hit.span] if hit.span else []
                    self._ground(hit, posting, number, given)
            except Exception as fault:
                yield _internal(self._source.path, f"running {type(checker).__name__}", fault)
        if self._grammar is not None:
            try:
                self._check_grammar(self._grammar, posting, number, given, ours)
            except Exception as fault:
                yield _internal(self._source.path, "checking grammar", fault)
        if self._rules.by_place and not given.law.jurisdictions:
            self.unplaced += posting.jurisdictions.unknown

    def _check_grammar(
        self,
        grammar: "Session",
        posting: Posting,
        number: int,
        given: Context,
        ours: list[PlainSpan],
    ) -> None:
        """Add what LanguageTool sees where none of *ours* is; or why it was not asked."""
        from jdlint.grammar.heard import heard
        from jdlint.grammar.server import GrammarError

        rules = self._rules
        try:
            found = grammar.hits(posting, given, rules.grammar)
            for hit in heard(found, ours, rules.codes):
                if hit.rule in rules.cards:
                    self._locate(hit, posting, number)
        except GrammarError as fault:
            if self.ungrammared is None or fault.extent != "part":
                self.ungrammared = Ungrammared(fault.message, fault.extent)

    def trace(self, posting: Posting, number: int) -> None:
        """Keep what is needed to hold *posting* against others."""
        from jdlint.checks.trace import trace

        if not posting.is_english:
            return
        left = trace(posting, number)
        spans: dict[SectionKind, PlainSpan | None] = {s.kind: s.span for s in left.statements}
        spans[SectionKind.TITLE] = None
        blanks = [
            (kind, self._locator.in_posting(Hit(card.id, spans[kind]), posting, number))
            for card in self._rules.across
            for kind in card.sections or (SectionKind.TITLE,)
            if kind in spans
        ]
        self._traces.append((left, blanks))

    def traces(self) -> tuple[Marked, ...]:
        """The traces, with what suppressions say of findings that may come."""
        suppressions = self._suppressions if self._traces else []
        return tuple(
            Marked(left, {(f.rule, kind): apply([f], suppressions)[0][0] for kind, f in blanks})
            for left, blanks in self._traces
        )

    def records(self, findings: list[Finding], given: Context) -> "Iterator[Record]":
        """What the law asked of the postings that are to be examined."""
        for posting, number in self.examined:
            from jdlint.evidence import record

            own = [finding for finding in findings if finding.posting == number]
            cards = self._rules.cards.values()
            yield record(posting, cards, given, own, self._locator, number)

    def _ground(self, hit: Hit, posting: Posting, number: int, given: Context) -> None:
        """Keep *hit*, with the law behind it if its card knows of any."""
        card = self._rules.cards[hit.rule]
        if card.duties and not hit.law:
            from jdlint.checks.lawful import grounded

            backed = grounded(hit, card, posting, given)
            if backed is None:
                return
            hit = backed
        self._locate(hit, posting, number)

    def _locate(self, hit: Hit, posting: Posting, number: int) -> None:
        self._findings.append(self._locator.in_posting(hit, posting, number))

    def suppressed(self) -> list[Finding]:
        """All findings, sorted, with the directives of the file heeded and audited."""
        self._findings = yielded(self._findings, self._rules.cards)
        if self._directives:
            suppressions = self._suppressions
            self._findings, used = apply(self._findings, suppressions)
            used |= apply([f for _, blanks in self._traces for _, f in blanks], suppressions)[1]
            for directive in self._directives:
                self._audit(directive)
            heard = {*self._rules.known, ""}
            if self._grammar is None or self.ungrammared:
                heard -= self._rules.unheard
            for at, suppression in enumerate(suppressions):
                if at not in used and suppression.rule in heard:
                    detail = suppression.rule or "any rule"
                    self._notice(UNUSED_SUPPRESSION, suppression.span, detail)
        return sorted(self._findings, key=by_place)

    def _audit(self, directive: Directive) -> None:
        """Report a directive that does not exist or has ended, or that says no reason."""
        if directive.action not in ACTIONS:
            known = ", ".join(f"jdlint-{action}" for action in ACTIONS)
            near = meant(directive.action)
            hint = f"did you mean '{near}'?" if near else f"there are {known}"
            self._notice(UNKNOWN_DIRECTIVE, directive.span, directive.action, hint)
        elif directive.action != "enable":
            self._audit_terms(directive)
        for rule, span in directive.rules:
            if rule not in self._rules.known and not is_code(rule):
                self._unknown += 1
                rules = sorted(self._rules.known) if self._unknown <= _HINTS else []
                hint = did_you_mean(rule, rules, "'jdlint rules --all' lists them")
                self._notice(UNKNOWN_RULE, span, rule, hint)

    def _audit_terms(self, directive: Directive) -> None:
        """Report a suppression that has ended, that gives no reason, or whose end is no day."""
        terms = directive.terms
        if terms.until and terms.day is None:
            what = f"until={terms.until}"
            self._notice(UNKNOWN_DIRECTIVE, directive.span, what, "write it as until=2027-03-31")
        elif has_ended(directive, self._day):
            self._notice(EXPIRED, directive.span, terms.until)
        if not terms.reason:
            self._notice(REASONLESS, directive.span, directive.action)

    def _notice(self, rule: str, span: SourceSpan, detail: str, hint: str = "") -> None:
        if rule in self._rules.cards:
            hit = Hit(rule, None, {"detail": detail, "hint": hint})
            self._findings.append(self._locator.in_file(hit, span))
