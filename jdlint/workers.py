"""A run over many files, in several processes where that is worth it.

Results come in the order of the files, whatever the number of processes.
"""

import os
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jdlint.config import Settled
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

_DIED = (
    "the process of jdlint that linted this file died, also when it did nothing else (it was "
    "killed, or memory ran out); give it more memory, or leave the file out ('exclude')"
)

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
        return _in_processes(files, run, jobs)
    return in_turn(files, run)


def _worth_it(files: int) -> int:
    """As many processes as there are cores, but none for a handful of files."""
    if files < _WORTH_SEVERAL:
        return 1
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return min(len(cores) or os.cpu_count() or 1, _MOST_PROCESSES)


def _in_processes(files: Sequence[Path], run: Run, jobs: int) -> Iterator[Result]:
    """The results of *files*, in their order, made by *jobs* processes.

    If one of them dies, nobody knows of which file: those that were given out are linted again
    by a process of their own, so that only a file that ends that one, too, becomes a failure.
    """
    chunks = deque(_chunks(files))
    while chunks and not (yield from _drained(chunks, run, jobs, _AHEAD * jobs)):
        suspects = deque(chunks.popleft() for _ in range(min(len(chunks), _AHEAD * jobs)))
        yield from _singly(suspects, run)


def _singly(suspects: deque[Sequence[Path]], run: Run) -> Iterator[Result]:
    """The results of *suspects*, one at a time: what is first when the process dies ended it."""
    while suspects and not (yield from _drained(suspects, run, 1, 1)):
        first = suspects.popleft()
        if len(first) > 1:
            suspects.extendleft([file] for file in reversed(first))
        else:
            shown = first[0].as_posix()
            yield Result(shown, failures=(Failure(shown, "internal", _DIED),))


def _drained(
    chunks: deque[Sequence[Path]], run: Run, jobs: int, most: int
) -> Generator[Result, None, bool]:
    """The results of *chunks*, each of which is taken off the left once it is done.

    Never more than *most* are given out to the *jobs* processes. Tells whether all was done;
    it was not if a process died.
    """
    from concurrent.futures.process import BrokenProcessPool

    given: deque[Future[list[Result]]] = deque()
    waiting = iter(list(chunks))
    with _pool(run, jobs) as pool:
        try:
            while chunks:
                while len(given) < most and (chunk := next(waiting, None)):
                    with _unheard():
                        given.append(pool.submit(_work, chunk))
                results = given.popleft().result()
                chunks.popleft()
                yield from results
        except BrokenProcessPool:
            return False
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return True


@contextmanager
def _unheard() -> Iterator[None]:
    """Ctrl-C waits for the end of it; a process that starts in it never hears of Ctrl-C."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(run: Run, jobs: int) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    grammar = run.grammar.for_workers() if run.grammar else None
    given = (run.book.settled, run.today, run.wanted, run.cached, run.fixing, grammar)
    return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_start, initargs=given)


def _start(
    settled: Settled,
    today: date,
    wanted: Wanted,
    cached: bool,
    fixing: "Fixing | None",
    grammar: "Session | None",
) -> None:
    """Make a process ready; Ctrl-C is the business of the one that the user started."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _state[:] = [
        Run(Rulebook(settled), today, wanted, cached=cached, fixing=fixing, grammar=grammar)
    ]


def _work(files: Sequence[Path]) -> list[Result]:
    return list(in_turn(files, _state[0]))


def _chunks(files: Sequence[Path]) -> list[Sequence[Path]]:
    return [files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)]
