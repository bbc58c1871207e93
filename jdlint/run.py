"""A run over many files: each linted alone, results in the order of the files."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jdlint.checks.card import AcrossCard
from jdlint.config import GrammarSettings, Settled
from jdlint.linter import Marked, Result, lint_path
from jdlint.locate import by_place, filled
from jdlint.model import Failure, Finding, Severity
from jdlint.rulebook import Rulebook

if TYPE_CHECKING:
    from jdlint.grammar.session import Session

_WORTH_A_PROCESS = 64
"""With fewer files than this, starting processes costs more than it saves."""


class Summary(msgspec.Struct):
    """Counts over a run; findings that are suppressed count only as *suppressed*.

    *grammar* is off or checked, or failed or skipped (if it was optional) with the reason.
    """

    files: int = 0
    postings: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    suppressed: int = 0
    failures: int = 0
    internal_failures: int = 0
    rules: dict[str, int] = {}
    grammar: str = "off"

    def add(self, result: Result) -> None:
        """Count *result* in."""
        self.files += not result.again
        self.postings += result.postings
        self.count(result.findings)
        for failure in result.failures:
            self.add_failure(failure)

    def count(self, findings: Iterable[Finding]) -> None:
        """Count *findings* in."""
        for finding in findings:
            self._add_finding(finding)

    def add_failure(self, failure: Failure) -> None:
        """Count *failure* in."""
        self.failures += failure.kind != "grammar"
        self.internal_failures += failure.kind == "internal"

    def _add_finding(self, finding: Finding) -> None:
        if finding.suppressed:
            self.suppressed += 1
            return
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
        if self.failures or self.grammar.startswith("failed"):
            return 2
        counted = {
            "error": self.errors,
            "warning": self.errors + self.warnings,
            "note": self.errors + self.warnings + self.notes,
            "never": 0,
        }
        return 1 if counted[fail_on] else 0


def lint_files(
    files: Sequence[Path],
    book: Rulebook,
    today: date,
    jobs: int,
    grammar: "Session | None" = None,
) -> Iterator[Result]:
    """The result of each of *files*, in their order, whatever the number of *jobs*.

    At the end come further results for files whose postings do not go with others.
    """
    marked: list[tuple[str, Marked]] = []
    if jobs > 1 and len(files) >= _WORTH_A_PROCESS:
        results = _in_processes(files, book.settled, today, jobs, grammar)
    else:
        results = _in_turn(files, book, today, grammar)
    for result in results:
        marked += ((result.path, one) for one in result.traces)
        yield result
    if len(marked) > 1:
        yield from together(marked, book.across)


def _in_turn(
    files: Sequence[Path], book: Rulebook, today: date, grammar: "Session | None"
) -> Iterator[Result]:
    config, many = book.settled.config, len(files) > 1
    for file in files:
        yield lint_path(file, book.for_path(file), config, today, traced=many, grammar=grammar)


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


_worker_state: list[tuple[Rulebook, Settled, date, "Session | None"]] = []


def _start_worker(settled: Settled, today: date, asked: GrammarSettings | None) -> None:
    """*asked* leads to the server that the parent process speaks to, if grammar is checked."""
    grammar = None
    if asked is not None:
        from jdlint.grammar.session import Session

        grammar = Session(asked)
    _worker_state[:] = [(Rulebook(settled), settled, today, grammar)]


def _work(files: Sequence[Path]) -> list[Result]:
    book, settled, today, grammar = _worker_state[0]
    return [
        lint_path(f, book.for_path(f), settled.config, today, traced=True, grammar=grammar)
        for f in files
    ]


def _in_processes(
    files: Sequence[Path],
    settled: Settled,
    today: date,
    jobs: int,
    grammar: "Session | None",
) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    given = (settled, today, grammar.for_workers() if grammar else None)
    with ProcessPoolExecutor(
        jobs, get_context("spawn"), initializer=_start_worker, initargs=given
    ) as pool:
        for results in pool.map(_work, _chunks(files)):
            yield from results


def _chunks(files: Sequence[Path], size: int = 16) -> Iterable[Sequence[Path]]:
    return (files[at : at + size] for at in range(0, len(files), size))
