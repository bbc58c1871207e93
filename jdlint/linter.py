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
    ReadError,
    SectionKind,
    Severity,
    SourceSpan,
    is_code,
    is_meant,
)
from jdlint.nearest import hint as did_you_mean
from jdlint.posting import understand
from jdlint.posting.jobs import jobs
from jdlint.posting.model import Posting
from jdlint.posting.own import NONE, OwnHeadings
from jdlint.read import ReadOptions, read_bytes, read_path
from jdlint.read.offsets import SourceFile
from jdlint.rulebook import Rules
from jdlint.suppress import apply, find

if TYPE_CHECKING:
    from jdlint.checks.trace import Trace
    from jdlint.grammar.session import Session

UNUSED_SUPPRESSION = "JD911"
UNKNOWN_RULE = "JD912"
UNKNOWN_DIRECTIVE = "JD920"
NOT_ENGLISH = "JD910"
NO_POSTING = "JD908"
_HINTS = 20
"""For more misspelt rules than this in one file nobody is told what was meant: it takes time."""


class Marked(msgspec.Struct, frozen=True):
    """A posting's trace, and for each card and place what a finding there would be.

    The message of such a blank still has its placeholders.
    """

    trace: "Trace"
    blanks: dict[tuple[str, SectionKind], Finding]


class Result(msgspec.Struct, frozen=True):
    """What linting one file gave; *postings* counts the postings in it.

    *traces* are there when postings are to be compared. *again* says that the file's
    own result came before, and this is what its comparison with others gave.
    *ungrammared* says why grammar was not checked, if it was asked for.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    postings: int = 0
    traces: tuple[Marked, ...] = ()
    again: bool = False
    ungrammared: str = ""


class Read(msgspec.Struct, frozen=True):
    """A file that was read and understood, for ``inspect``."""

    source: SourceFile
    postings: tuple[Posting, ...]


def read_options(config: Config) -> ReadOptions:
    """What the configuration says about reading."""
    return ReadOptions(max_bytes=config.max_file_size, prose_fields=tuple(config.prose_fields))


def context(config: Config, today: date, dialect: str) -> Context:
    """What checks may know besides the posting; *today* holds unless the config sets a day."""
    as_of = config.as_of or today
    accepted = set()
    for entry in config.accept:
        phrase = entry if isinstance(entry, str) else entry.phrase
        if isinstance(entry, str) or not entry.ended(as_of):
            accepted.add(phrase.lower())
    return Context(as_of, dialect, frozenset(accepted), frozenset(config.names))


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


def lint_path(
    path: Path,
    rules: Rules,
    config: Config,
    today: date,
    *,
    traced: bool = False,
    grammar: "Session | None" = None,
) -> Result:
    """The findings of the file at *path*; faults become failures, never exceptions.

    *traced* asks for traces even if the file holds only one posting; *grammar* is who is
    asked about grammar, if it is to be checked.
    """
    shown = path.as_posix()
    try:
        source = read_path(path, shown, read_options(config))
    except ReadError as fault:
        return Result(shown, failures=(Failure(shown, "input", fault.message),))
    except Exception as fault:
        return Result(shown, failures=(_internal(shown, "reading", fault),))
    return lint_source(source, rules, config, today, traced=traced, grammar=grammar)


def lint_bytes(
    content: bytes,
    name: str,
    rules: Rules,
    config: Config,
    today: date,
    grammar: "Session | None" = None,
) -> Result:
    """The findings of *content*, read as a file called *name* would be."""
    try:
        source = read_bytes(content, name, read_options(config))
    except Exception as fault:
        return Result(name, failures=(_internal(name, "reading", fault),))
    return lint_source(source, rules, config, today, grammar=grammar)


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
    *,
    traced: bool = False,
    grammar: "Session | None" = None,
) -> Result:
    """The findings of a file that was read, sorted by place."""
    page = _Page(source, rules, grammar)
    failures: list[Failure] = []
    page.troubles()
    given = context(config, today, rules.dialect)
    parts = [job for document in source.documents for job in jobs(document, rules.own)]
    for number, document in enumerate(parts):
        try:
            posting = understand(document, rules.own)
        except Exception as fault:
            failures.append(_internal(source.path, "understanding the posting", fault))
            continue
        failures += page.check(posting, number, given)
        if rules.across and (traced or len(parts) > 1):
            page.trace(posting, number)
    findings = page.suppressed()
    return Result(
        source.path,
        tuple(findings),
        tuple(failures),
        len(parts),
        page.traces(),
        ungrammared=page.ungrammared,
    )


class _Page:
    """Collects the findings of one file."""

    def __init__(self, source: SourceFile, rules: Rules, grammar: "Session | None") -> None:
        self._grammar = grammar if rules.grammar else None
        self.ungrammared = ""
        self._source = source
        self._rules = rules
        self._locator = Locator(source, rules.cards)
        self._findings: list[Finding] = []
        self._directives = read(source)
        self._suppressions = find(self._directives, source, self._locator.lines)
        self._unknown = 0
        self._traces: list[tuple[Trace, list[tuple[SectionKind, Finding]]]] = []

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
                    self._locate(hit, posting, number)
            except Exception as fault:
                yield _internal(self._source.path, f"running {type(checker).__name__}", fault)
        if self._grammar is not None:
            try:
                self._check_grammar(self._grammar, posting, number, given, ours)
            except Exception as fault:
                yield _internal(self._source.path, "checking grammar", fault)

    def _check_grammar(
        self,
        grammar: "Session",
        posting: Posting,
        number: int,
        given: Context,
        ours: list[PlainSpan],
    ) -> None:
        """Add what LanguageTool sees where none of *ours* is; or why it was not asked."""
        from jdlint.grammar.findings import apart_from
        from jdlint.grammar.server import GrammarError

        try:
            for hit in apart_from(ours, grammar.hits(posting, given, self._rules.grammar)):
                self._locate_grammar(hit, posting, number)
        except GrammarError as fault:
            self.ungrammared = str(fault)

    def _locate_grammar(self, hit: Hit, posting: Posting, number: int) -> None:
        """Keep a hit of LanguageTool's as far as the configuration wants to hear it."""
        said = next((s for name, s in self._rules.codes.items() if is_meant(name, hit.code)), "on")
        if said.upper() in Severity.__members__:
            hit = msgspec.structs.replace(hit, severity=Severity[said.upper()])
        if said != "off":
            self._locate(hit, posting, number)

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

    def _locate(self, hit: Hit, posting: Posting, number: int) -> None:
        self._findings.append(self._locator.in_posting(hit, posting, number))

    def suppressed(self) -> list[Finding]:
        """All findings, sorted, with the directives of the file heeded and audited."""
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
        """Report a directive that does not exist, or that names a rule that does not."""
        if directive.action not in ACTIONS:
            known = ", ".join(f"jdlint-{action}" for action in ACTIONS)
            near = meant(directive.action)
            hint = f"did you mean '{near}'?" if near else f"there are {known}"
            self._notice(UNKNOWN_DIRECTIVE, directive.span, directive.action, hint)
        for rule, span in directive.rules:
            if rule not in self._rules.known and not is_code(rule):
                self._unknown += 1
                rules = sorted(self._rules.known) if self._unknown <= _HINTS else []
                hint = did_you_mean(rule, rules, "'jdlint rules --all' lists them")
                self._notice(UNKNOWN_RULE, span, rule, hint)

    def _notice(self, rule: str, span: SourceSpan, detail: str, hint: str = "") -> None:
        if rule in self._rules.cards:
            hit = Hit(rule, None, {"detail": detail, "hint": hint})
            self._findings.append(self._locator.in_file(hit, span))
