"""From a file to its findings: read, understand, check, locate, suppress, sort.

This is the one place where positions in the plain text become positions in the file.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jdlint.checks.card import AnyCard
from jdlint.checks.protocol import Context
from jdlint.config import Config
from jdlint.directives import ACTIONS, Directive, meant, read
from jdlint.model import (
    Edit,
    Failure,
    Finding,
    Hit,
    PlainEdit,
    PlainSpan,
    ReadError,
    Related,
    Safety,
    SectionKind,
    SourceSpan,
    Spot,
)
from jdlint.nearest import hint as did_you_mean
from jdlint.posting import understand
from jdlint.posting.jobs import jobs
from jdlint.posting.model import Posting
from jdlint.read import ReadOptions, read_bytes, read_path
from jdlint.read.offsets import Document, LineIndex, SourceFile
from jdlint.rulebook import Rules
from jdlint.suppress import apply, find

if TYPE_CHECKING:
    from jdlint.checks.trace import Trace

UNUSED_SUPPRESSION = "JD911"
UNKNOWN_RULE = "JD912"
UNKNOWN_DIRECTIVE = "JD920"
NOT_ENGLISH = "JD910"
NO_POSTING = "JD908"
_BEFORE = 60
_WIDEST = 160
_HINTS = 20
"""For more misspelt rules than this in one file nobody is told what was meant: it takes time."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


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
    """

    path: str
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    postings: int = 0
    traces: tuple[Marked, ...] = ()
    again: bool = False


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


def understand_file(path: Path, options: ReadOptions) -> Read:
    """The postings of the file at *path*; raises ReadError if it cannot be opened."""
    source = read_path(path, path.as_posix(), options)
    return Read(source, _understood(source))


def _understood(source: SourceFile) -> tuple[Posting, ...]:
    return tuple(understand(job) for document in source.documents for job in jobs(document))


def understand_bytes(content: bytes, name: str, options: ReadOptions) -> Read:
    """The postings of *content*, read as a file called *name* would be."""
    source = read_bytes(content, name, options)
    return Read(source, _understood(source))


def lint_path(
    path: Path, rules: Rules, config: Config, today: date, *, traced: bool = False
) -> Result:
    """The findings of the file at *path*; faults become failures, never exceptions.

    *traced* asks for traces even if the file holds only one posting.
    """
    shown = path.as_posix()
    try:
        source = read_path(path, shown, read_options(config))
    except ReadError as fault:
        return Result(shown, failures=(Failure(shown, "input", fault.message),))
    except Exception as fault:
        return Result(shown, failures=(_internal(shown, "reading", fault),))
    return lint_source(source, rules, config, today, traced=traced)


def lint_bytes(content: bytes, name: str, rules: Rules, config: Config, today: date) -> Result:
    """The findings of *content*, read as a file called *name* would be."""
    try:
        source = read_bytes(content, name, read_options(config))
    except Exception as fault:
        return Result(name, failures=(_internal(name, "reading", fault),))
    return lint_source(source, rules, config, today)


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
    source: SourceFile, rules: Rules, config: Config, today: date, *, traced: bool = False
) -> Result:
    """The findings of a file that was read, sorted by place."""
    page = _Page(source, rules)
    failures: list[Failure] = []
    page.troubles()
    given = context(config, today, rules.dialect)
    parts = [job for document in source.documents for job in jobs(document)]
    for number, document in enumerate(parts):
        try:
            posting = understand(document)
        except Exception as fault:
            failures.append(_internal(source.path, "understanding the posting", fault))
            continue
        failures += page.check(posting, number, given)
        if rules.across and (traced or len(parts) > 1):
            page.trace(posting, number)
    findings = page.suppressed()
    return Result(source.path, tuple(findings), tuple(failures), len(parts), page.traces())


class _Page:
    """Collects the findings of one file."""

    def __init__(self, source: SourceFile, rules: Rules) -> None:
        self._source = source
        self._rules = rules
        self._lines = LineIndex(source.text)
        self._findings: list[Finding] = []
        self._directives = read(source)
        self._suppressions = find(self._directives, source, self._lines)
        self._unknown = 0
        self._traces: list[tuple[Trace, list[tuple[SectionKind, Finding]]]] = []

    def troubles(self) -> None:
        """What the reader itself noticed."""
        for trouble in self._source.troubles:
            if trouble.rule in self._rules.cards:
                span = trouble.span or (SourceSpan(0, 0) if self._source.text else None)
                self._add(Hit(trouble.rule, None, trouble.values), span)

    def check(self, posting: Posting, number: int, given: Context) -> Iterator[Failure]:
        """Run all checkers over *posting*; a crash of one is a failure and stops no other."""
        if posting.language not in ("", "en"):
            if NOT_ENGLISH in self._rules.cards:
                hit = Hit(NOT_ENGLISH, None, {"detail": posting.language})
                self._locate(hit, posting, number)
            return
        for checker in self._rules.checkers:
            try:
                for hit in checker.hits(posting, given):
                    self._locate(hit, posting, number)
            except Exception as fault:
                yield _internal(self._source.path, f"running {type(checker).__name__}", fault)

    def trace(self, posting: Posting, number: int) -> None:
        """Keep what is needed to hold *posting* against others."""
        from jdlint.checks.trace import trace

        if posting.language not in ("", "en"):
            return
        left = trace(posting, number)
        spans: dict[SectionKind, PlainSpan | None] = {s.kind: s.span for s in left.statements}
        spans[SectionKind.TITLE] = None
        blanks = [
            (kind, self._located(Hit(card.id, spans[kind]), posting, number))
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
        self._findings.append(self._located(hit, posting, number))

    def _located(self, hit: Hit, posting: Posting, number: int) -> Finding:
        """A hit as a finding; one without a place points at the posting's title."""
        document = posting.document
        if hit.source is not None:
            matched = self._source.text[hit.source.start : hit.source.end]
            return self._made(hit, hit.source, None, None, number, matched=matched)
        where = hit.span or posting.title or _first_block(posting)
        if where is None:
            where = PlainSpan(0, 0)
        span = document.offsets.to_source(where) if not document.runs else None
        section = posting.section_at(where.start)
        kind = section.kind.value if section else None
        return self._made(
            hit,
            span,
            document.place(where.start),
            kind,
            number,
            _edits(hit, document),
            document.text(hit.span) if hit.span else "",
            tuple(self._related(spot, document) for spot in hit.related),
        )

    def _related(self, spot: Spot, document: Document) -> Related:
        """A further place of a hit as a place in the file."""
        text = document.text(spot.span)
        if document.runs:
            return Related(spot.message, text, place=document.place(spot.span.start))
        span = document.offsets.to_source(spot.span)
        start, end = self._lines.locate(span.start), self._lines.locate(span.end)
        return Related(spot.message, text, *span, *start, *end)

    def _add(self, hit: Hit, span: SourceSpan | None) -> None:
        """Add what is found in the file itself and in no posting of it."""
        self._findings.append(self._made(hit, span, None, None, 0))

    def _made(
        self,
        hit: Hit,
        span: SourceSpan | None,
        place: str | None,
        section: str | None,
        number: int,
        edits: tuple[tuple[Edit, ...], ...] = (),
        matched: str = "",
        related: tuple[Related, ...] = (),
    ) -> Finding:
        card = self._rules.cards[hit.rule]
        start = self._lines.locate(span.start) if span else (None, None)
        end = self._lines.locate(span.end) if span else (None, None)
        excerpt, column = self._excerpt(span)
        safety = _safety(hit.safety or _card_safety(card), edits)
        return Finding(
            path=self._source.path,
            rule=card.id,
            name=card.name,
            category=card.category,
            severity=hit.severity or card.severity.severity,
            message=filled(hit.message or card.message, hit.values),
            start=span.start if span else None,
            end=span.end if span else None,
            line=start[0],
            column=start[1],
            end_line=end[0],
            end_column=end[1],
            place=place,
            excerpt=excerpt,
            excerpt_column=column,
            matched=matched,
            suggestions=hit.suggestions,
            edits=() if safety is Safety.SHOW_ONLY else edits,
            safety=safety,
            section=section,
            posting=number,
            related=related,
        )

    def _excerpt(self, span: SourceSpan | None) -> tuple[str, int]:
        """The line of *span*, or the part of a long line around it, and its first column."""
        if span is None:
            return "", 1
        line, _ = self._lines.locate(span.start)
        whole = self._lines.span(line, len(self._source.text))
        start = max(whole.start, span.start - _BEFORE)
        end = min(whole.end, max(start + _WIDEST, span.end), start + 2 * _WIDEST)
        return self._source.text[start:end].rstrip("\r\n"), start - whole.start + 1

    def suppressed(self) -> list[Finding]:
        """All findings, sorted, with the directives of the file heeded and audited."""
        if self._directives:
            suppressions = self._suppressions
            self._findings, used = apply(self._findings, suppressions)
            used |= apply([f for _, blanks in self._traces for _, f in blanks], suppressions)[1]
            for directive in self._directives:
                self._audit(directive)
            for at, suppression in enumerate(suppressions):
                if at not in used and suppression.rule in (*self._rules.known, ""):
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
            if rule not in self._rules.known:
                self._unknown += 1
                rules = sorted(self._rules.known) if self._unknown <= _HINTS else []
                hint = did_you_mean(rule, rules, "'jdlint rules --all' lists them")
                self._notice(UNKNOWN_RULE, span, rule, hint)

    def _notice(self, rule: str, span: SourceSpan, detail: str, hint: str = "") -> None:
        if rule in self._rules.cards:
            self._add(Hit(rule, None, {"detail": detail, "hint": hint}), span)


def _edits(hit: Hit, document: Document) -> tuple[tuple[Edit, ...], ...]:
    """How to take each suggestion in the file; no edits for one that cannot be taken there."""
    span = hit.span
    if span is None:
        return ()
    wanted = hit.edits or tuple((PlainEdit(span, text),) for text in hit.suggestions)
    return tuple(_in_file(edits, document) for edits in wanted)


def _in_file(edits: tuple[PlainEdit, ...], document: Document) -> tuple[Edit, ...]:
    """*edits* in positions of the file, if all of them change nothing but literal text."""
    offsets = document.offsets
    if not all(offsets.is_literal(edit.span) for edit in edits):
        return ()
    return tuple(Edit(*offsets.to_source(edit.span), edit.text) for edit in edits)


def _card_safety(card: AnyCard) -> Safety:
    safety: Safety = getattr(card, "safety", Safety.SHOW_ONLY)
    return safety


def _safety(wanted: Safety, edits: tuple[tuple[Edit, ...], ...]) -> Safety:
    """*wanted*, or less where the first suggestion or all of them cannot be taken as they are."""
    if not any(edits):
        return Safety.SHOW_ONLY
    return Safety.SUGGESTION if wanted is Safety.SAFE and not edits[0] else wanted


def filled(message: str, values: dict[str, str]) -> str:
    """*message* with its placeholders filled; an unknown one stays as it is."""
    return _PLACEHOLDER.sub(lambda m: values.get(m[1], m[0]), message)


def _first_block(posting: Posting) -> PlainSpan | None:
    blocks = posting.document.blocks
    return blocks[0].span if blocks else None


def by_place(finding: Finding) -> tuple[int, int, int, tuple[int, ...], str]:
    """What sorts the findings of a file."""
    return (
        finding.posting,
        finding.start if finding.start is not None else -1,
        finding.end or 0,
        tuple(map(int, re.findall(r"\d+", finding.place or ""))),
        finding.rule,
    )
