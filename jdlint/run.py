"""A run over many files: each linted alone, results in the order of the files."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from jdlint.checks.card import AcrossCard
from jdlint.config import Settled
from jdlint.linter import Marked, Result, lint_path
from jdlint.locate import by_place, filled
from jdlint.model import Failure, Finding, Severity
from jdlint.rulebook import Rulebook

_WORTH_A_PROCESS = 64
"""With fewer files than this, starting processes costs more than it saves."""


class Summary(msgspec.Struct):
    """Counts over a run; findings that are suppressed count only as *suppressed*.

    *notices* are what every report must say about the run as a whole, each once.
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
    notices: list[str] = []

    def counts(self) -> dict[str, Any]:
        """The counts alone, as reports have them."""
        counts: dict[str, Any] = msgspec.to_builtins(self)
        del counts["notices"]
        return counts

    def notice(self, text: str) -> None:
        """Keep *text*, which is about the run as a whole, to be told once."""
        if text not in self.notices:
            self.notices.append(text)

    def add(self, result: Result) -> None:
        """Count *result* in."""
        self.files += not result.again
        self.postings += result.postings
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
        if self.failures:
            return 2
        counted = {
            "error": self.errors,
            "warning": self.errors + self.warnings,
            "note": self.errors + self.warnings + self.notes,
            "never": 0,
        }
        return 1 if counted[fail_on] else 0


def lint_files(files: Sequence[Path], book: Rulebook, today: date, jobs: int) -> Iterator[Result]:
    """The result of each of *files*, in their order, whatever the number of *jobs*.

    At the end come further results for files whose postings do not go with others.
    """
    marked: list[tuple[str, Marked]] = []
    if jobs > 1 and len(files) >= _WORTH_A_PROCESS:
        results = _in_processes(files, book.settled, today, jobs)
    else:
        results = _in_turn(files, book, today)
    for result in results:
        marked += ((result.path, one) for one in result.traces)
        yield result
    if len(marked) > 1:
        yield from together(marked, book.across)


def _in_turn(files: Sequence[Path], book: Rulebook, today: date) -> Iterator[Result]:
    for file in files:
        rules = book.for_path(file)
        yield lint_path(file, rules, book.settled.config, today, traced=len(files) > 1)


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


_worker_state: list[tuple[Rulebook, Settled, date]] = []


def _start_worker(settled: Settled, today: date) -> None:
    _worker_state[:] = [(Rulebook(settled), settled, today)]


def _work(files: Sequence[Path]) -> list[Result]:
    book, settled, today = _worker_state[0]
    return [lint_path(f, book.for_path(f), settled.config, today, traced=True) for f in files]


def _in_processes(
    files: Sequence[Path], settled: Settled, today: date, jobs: int
) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(
        jobs, get_context("spawn"), initializer=_start_worker, initargs=(settled, today)
    ) as pool:
        for results in pool.map(_work, _chunks(files)):
            yield from results


def _chunks(files: Sequence[Path], size: int = 16) -> Iterable[Sequence[Path]]:
    return (files[at : at + size] for at in range(0, len(files), size))
