"""A run over many files, in several processes where that is worth it.

Results come in the order of the files, whatever the number of processes.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from jdlint.config import Settled
from jdlint.model import Failure
from jdlint.outcome import Marked, Result, Wanted
from jdlint.rulebook import Rulebook
from jdlint.run import Run, in_turn, together

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

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

_TRIES = 2
"""So often a process may die of a file alone: the first time, something else may have ended it."""

_DIED = (
    "the process of jdlint that linted this file died, also when it did nothing else (it was "
    "killed, or memory ran out); give it more memory, or leave the file out ('exclude')"
)


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
    """The results of *files*, in their order, made by *jobs* processes."""
    chunks = [files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)]
    with _Crew(run, min(jobs, len(chunks))) as crew:
        done: dict[int, list[Result]] = {}
        given = 0
        for number in range(len(chunks)):
            while number not in done:
                while given < min(len(chunks), number + _AHEAD * jobs) and crew.has_room():
                    crew.give(given, chunks[given])
                    given += 1
                done.update(crew.taken())
            yield from done.pop(number)


class _Worker:
    """A process of its own with a pipe of its own: whoever dies leaves nobody else waiting."""

    def __init__(self, run: Run) -> None:
        from multiprocessing import get_context

        spawn = get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self.process = spawn.Process(target=_serve, args=(theirs, *_given(run)), daemon=True)
        self.number = 0
        self.files: list[Path] = []
        with _unheard():
            self.process.start()
        theirs.close()

    def give(self, number: int, files: Sequence[Path]) -> None:
        """Have *files*, which are chunk *number*, linted; a dead process shows when asked."""
        self.number, self.files = number, list(files)
        with suppress(OSError):
            self.pipe.send(self.files)

    def results(self) -> list[Result] | None:
        """The results of what was given; None if the process died of it."""
        try:
            found: list[Result] = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return found

    def end(self) -> None:
        """End the process, whatever it does."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()


class _Crew:
    """Processes that lint chunks of files. The file that one dies of becomes a failure."""

    def __init__(self, run: Run, jobs: int) -> None:
        self._run = run
        self._jobs = jobs
        self._busy: list[_Worker] = []
        self._free: list[_Worker] = []

    def __enter__(self) -> "_Crew":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self._free, *self._busy):
            worker.end()

    def has_room(self) -> bool:
        """Whether one more chunk can be given out."""
        return len(self._busy) < self._jobs

    def give(self, number: int, files: Sequence[Path]) -> None:
        """Give *files*, which are chunk *number*, to a process that is free."""
        worker = self._idle()
        self._busy.append(worker)
        worker.give(number, files)

    def _idle(self) -> _Worker:
        """A process that is free, a new one if need be."""
        return self._free.pop() if self._free else _Worker(self._run)

    def taken(self) -> Iterator[tuple[int, list[Result]]]:
        """The numbers and results of chunks that are done, one at least."""
        from multiprocessing.connection import wait

        ready = set(map(id, wait([worker.pipe for worker in self._busy])))
        for worker in [worker for worker in self._busy if id(worker.pipe) in ready]:
            number, results = worker.number, worker.results()
            self._busy.remove(worker)
            if results is None:
                worker.end()
                results = list(self._singly(worker.files))
            else:
                self._free.append(worker)
            yield number, results

    def _singly(self, files: Sequence[Path]) -> Iterator[Result]:
        """The results of *files* of which a process died, each by itself."""
        for file in files:
            shown = file.as_posix()
            died = Result(shown, failures=(Failure(shown, "internal", _DIED),))
            tries = (self._alone(file) for _ in range(_TRIES))
            yield from next(filter(None, tries), [died])

    def _alone(self, file: Path) -> list[Result] | None:
        """The result of *file* by the first process that is free; None if the process died."""
        worker = self._idle()
        worker.give(0, [file])
        results = worker.results()
        if results is None:
            worker.end()
        else:
            self._free.append(worker)
        return results


@contextmanager
def _unheard() -> Iterator[None]:
    """Ctrl-C waits for the end of it; a process that starts in it never hears of Ctrl-C."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # its start, which comes with that of the first process, lets Ctrl-C in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _given(run: Run) -> tuple[Any, ...]:
    """What a process needs to know of *run*."""
    grammar = run.grammar.for_workers() if run.grammar else None
    return (run.book.settled, run.today, run.wanted, run.cached, run.fixing, grammar)


def _serve(
    pipe: "Connection",
    settled: Settled,
    today: date,
    wanted: Wanted,
    cached: bool,
    fixing: "Fixing | None",
    grammar: "Session | None",
) -> None:
    """Lint the files that come through *pipe*; Ctrl-C is the business of who started the run."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    run = Run(Rulebook(settled), today, wanted, cached=cached, fixing=fixing, grammar=grammar)
    while (files := _next(pipe)) is not None:
        results = list(in_turn(files, run))
        with suppress(OSError):
            pipe.send(results)


def _next(pipe: "Connection") -> list[Path] | None:
    """The files to lint next; None when the run has ended."""
    try:
        files: list[Path] = pipe.recv()
    except (EOFError, OSError):
        return None
    return files
