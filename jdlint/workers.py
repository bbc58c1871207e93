"""A run over many files, in several processes where that is worth it.

Results come in the order of the files, whatever the number of processes.
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jdlint.config import GrammarSettings, Settled
from jdlint.model import Failure
from jdlint.outcome import Marked, Result, Wanted
from jdlint.rulebook import Rulebook
from jdlint.run import Run, in_turn, together

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from jdlint.fix.mend import Fixing
    from jdlint.grammar.session import Session

_WORTH_A_PROCESS = 32
"""With fewer files than this, starting processes costs more than it saves."""
_WORTH_SEVERAL = 400
"""From so many files on, processes are started without being asked for."""
_MOST_PROCESSES = 8
_CHUNK = 16
_AHEAD = 4
"""So many chunks for each process are given out before their results are taken."""

_DIED = "a process of jdlint died while it linted this file or one next to it"

_state: list[Run] = []


def lint_files(files: Sequence[Path], run: Run) -> Iterator[Result]:
    """The result of each of *files*, in their order, whatever the number of processes.

    At the end come further results for files whose postings do not go with others.
    """
    marked: list[tuple[str, Marked]] = []
    run = replace(run, wanted=replace(run.wanted, traces=len(files) > 1))
    for result in _results(files, run):
        marked += ((result.path, one) for one in result.traces)
        yield result
    if len(marked) > 1:
        yield from together(marked, run.book.across)


def _results(files: Sequence[Path], run: Run) -> Iterator[Result]:
    jobs = run.jobs or _worth_it(len(files))
    if jobs > 1 and len(files) >= _WORTH_A_PROCESS:
        return _in_processes(files, run.book.settled, run, jobs)
    return in_turn(files, run)


def _worth_it(files: int) -> int:
    """As many processes as there are cores, but none for a handful of files."""
    if files < _WORTH_SEVERAL:
        return 1
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return min(len(cores) or os.cpu_count() or 1, _MOST_PROCESSES)


def _in_processes(files: Sequence[Path], settled: Settled, run: Run, jobs: int) -> Iterator[Result]:
    """The results of *files*, in their order, made by *jobs* processes.

    The files of a process that dies become failures; the others are linted all the same.
    """
    from concurrent.futures.process import BrokenProcessPool

    chunks = deque(_chunks(files))
    while chunks:
        with _pool(settled, run, jobs) as pool:
            try:
                yield from _drained(chunks, pool, jobs)
            except BrokenProcessPool:
                for file in chunks.popleft():
                    yield Result(str(file), failures=(Failure(str(file), "internal", _DIED),))
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


def _drained(
    chunks: deque[Sequence[Path]], pool: "ProcessPoolExecutor", jobs: int
) -> Iterator[Result]:
    """The results of *chunks*, each of which is taken off the left once it is done."""
    given: deque[Future[list[Result]]] = deque()
    waiting = iter(list(chunks))
    while chunks:
        while len(given) < jobs * _AHEAD and (chunk := next(waiting, None)):
            given.append(pool.submit(_work, chunk))
        results = given.popleft().result()
        chunks.popleft()
        yield from results


def _pool(settled: Settled, run: Run, jobs: int) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    asked = run.grammar.for_workers() if run.grammar else None
    given = (settled, run.today, run.wanted, run.cached, run.fixing, asked)
    return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_start, initargs=given)


def _start(
    settled: Settled,
    today: date,
    wanted: Wanted,
    cached: bool,
    fixing: "Fixing | None",
    asked: GrammarSettings | None,
) -> None:
    """Make a process ready; Ctrl-C is the business of the one that the user started."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _state[:] = [
        Run(Rulebook(settled), today, wanted, cached=cached, fixing=fixing, grammar=_session(asked))
    ]


def _session(asked: GrammarSettings | None) -> "Session | None":
    """What leads to the server that the parent process speaks to, if grammar is checked."""
    if asked is None:
        return None
    from jdlint.grammar.session import Session

    return Session(asked)


def _work(files: Sequence[Path]) -> list[Result]:
    return list(in_turn(files, _state[0]))


def _chunks(files: Sequence[Path]) -> list[Sequence[Path]]:
    return [files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)]
