"""A run over many files: each linted alone, results in the order of the files."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from jdlint.checks.card import AcrossCard
from jdlint.linter import lint_content, read_options
from jdlint.locate import by_place, filled
from jdlint.model import BASELINE, Failure, Finding, ReadError, Severity
from jdlint.outcome import FINDINGS, Marked, Result, Wanted
from jdlint.read import Content, content_of
from jdlint.rulebook import Rulebook

if TYPE_CHECKING:
    from jdlint.fix.mend import Fixing
    from jdlint.grammar.session import Session
    from jdlint.results import Results


class Summary(msgspec.Struct):
    """Counts over a run; findings that are suppressed count only as *suppressed*.

    *notices* are what every report must say about the run as a whole, each once; *lawful*
    says that findings about law are among those that are reported, *unplaced* of how many
    postings no place is known. *fixed* fixes were made in *fixed_files* files.
    *grammar* is off or checked, or failed or skipped (if it was optional) with the reason.
    """

    files: int = 0
    postings: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    suppressed: int = 0
    baselined: int = 0
    failures: int = 0
    internal_failures: int = 0
    rules: dict[str, int] = {}
    notices: list[str] = []
    lawful: bool = False
    unplaced: int = 0
    fixed: int = 0
    fixed_files: int = 0
    grammar: str = "off"

    def counts(self) -> dict[str, Any]:
        """The counts alone, as reports have them."""
        counts: dict[str, Any] = msgspec.to_builtins(self)
        del counts["notices"], counts["lawful"], counts["unplaced"]
        return counts

    def notice(self, text: str) -> None:
        """Keep *text*, which is about the run as a whole, to be told once."""
        if text not in self.notices:
            self.notices.append(text)

    def add(self, result: Result) -> None:
        """Count *result* in."""
        self.files += not result.again
        self.postings += result.postings
        self.unplaced += result.unplaced
        self.fixed += result.fixed
        self.fixed_files += result.fixed > 0
        self.count(result.findings)
        for notice in result.notices:
            self.notice(notice)
        for failure in result.failures:
            self.add_failure(failure)

    def count(self, findings: Iterable[Finding]) -> None:
        """Count *findings* in."""
        for finding in findings:
            self._add_finding(finding)

    def add_failure(self, failure: Failure) -> None:
        """Count *failure* in."""
        self.failures += 1
        self.internal_failures += failure.kind == "internal"

    def _add_finding(self, finding: Finding) -> None:
        if finding.suppressed:
            known = finding.suppressed_by == BASELINE and finding.waiver is None
            self.baselined += known
            self.suppressed += not known
            return
        self.lawful = self.lawful or bool(finding.law)
        self.rules[finding.rule] = self.rules.get(finding.rule, 0) + 1
        if finding.severity is Severity.ERROR:
            self.errors += 1
        elif finding.severity is Severity.WARNING:
            self.warnings += 1
        else:
            self.notes += 1

    def exit_code(self, fail_on: str) -> int:
        """0 clean, 1 findings at or above *fail_on*, 2 the user's mistake, 3 our failure."""
        if self.internal_failures:
            return 3
        if self.failures:
            return 2
        counted = {
            "error": self.errors,
            "warning": self.errors + self.warnings,
            "note": self.errors + self.warnings + self.notes,
            "never": 0,
        }
        return 1 if counted[fail_on] else 0


class Run(msgspec.Struct, frozen=True):
    """What the files of a run have in common.

    *jobs* is the number of processes, 0 for as many as are worth it. *cached* results are
    taken from an earlier run, and kept for the next. *fixing* mends the files. *grammar* is
    who is asked about grammar; its answers are kept apart from the results.
    """

    book: Rulebook
    today: date
    wanted: Wanted = FINDINGS
    jobs: int = 1
    cached: bool = False
    fixing: "Fixing | None" = None
    grammar: "Session | None" = None


def in_turn(files: Sequence[Path], run: Run) -> Iterator[Result]:
    """The results of *files*, one after the other in this process."""
    kept = _kept(run)
    for file in files:
        yield _result(file, run, kept)


def _kept(run: Run) -> "Results | None":
    """The results of earlier runs, if they may stand for those of this one."""
    if not run.cached or run.wanted.evidence or run.grammar is not None or run.fixing is not None:
        return None
    from jdlint.results import Results

    return Results(run.book.settled, run.today, run.wanted)


def _result(file: Path, run: Run, kept: "Results | None") -> Result:
    """The result of *file*: after its fixes, from an earlier run, or fresh."""
    shown, options = file.as_posix(), read_options(run.book.settled.config)
    try:
        found = content_of(file, shown, options)
    except ReadError as fault:
        return Result(shown, failures=(Failure(shown, "input", fault.message),))
    is_whole = found.size == len(found.content)
    if is_whole and run.fixing is not None:
        from jdlint.fix.mend import mended

        plain = replace(run, fixing=None)
        again = partial(linted, name=shown, run=plain)
        return mended(file, found.content, again, options, run.fixing)
    result = kept.find(found.content, shown) if kept and is_whole else None
    if result is None:
        result = _linted(found, shown, run)
        if kept:
            kept.keep(found.content, shown, result)
    return result


def linted(content: bytes, name: str, run: Run) -> Result:
    """The result of *content*, read as a file called *name* would be, after its fixes if any."""
    if run.fixing is None:
        return _linted(Content(content, len(content)), name, run)
    from jdlint.fix.mend import mended_text

    again = partial(linted, name=name, run=replace(run, fixing=None))
    return mended_text(content, name, again, read_options(run.book.settled.config), run.fixing)


def _linted(found: Content, name: str, run: Run) -> Result:
    rules, config = run.book.for_path(Path(name)), run.book.settled.config
    return lint_content(found, name, rules, config, run.today, run.wanted, run.grammar)


def together(marked: Sequence[tuple[str, Marked]], cards: Sequence[AcrossCard]) -> Iterator[Result]:
    """What the postings say together, file by file; *marked* are their traces by path."""
    from jdlint.checks.across import Left, compare

    blanks = {(path, one.trace.number): one.blanks for path, one in marked}
    found: dict[str, list[Finding]] = {}
    for remark in compare([Left(path, one.trace) for path, one in marked], cards):
        at = (remark.left.path, remark.left.trace.number)
        blank = blanks[at].get((remark.card.id, remark.at))
        if blank is not None:
            message = filled(blank.message, remark.values)
            found.setdefault(at[0], []).append(msgspec.structs.replace(blank, message=message))
    for path in sorted(found):
        yield Result(path, tuple(sorted(found[path], key=by_place)), again=True)
