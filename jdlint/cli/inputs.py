"""What a run reads: standard input, paths that are not there, and the files of the others."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
import msgspec

from jdlint.linter import NO_POSTING, read_options, understand_file
from jdlint.model import ConfigError, Failure
from jdlint.outcome import Result
from jdlint.report.own import is_report
from jdlint.run import Run, linted
from jdlint.workers import lint_files

_LONG = 200
"""From this many files on, a terminal gets a progress bar."""
_MAY_BE_REPORT = {".md", ".markdown", ".txt", ".text"}
_HEAD = 1000
"""So many bytes of a file tell whether it is a report."""


class Inputs(msgspec.Struct):
    """The *paths* of a call ("-" is standard input, called *name*).

    *force_exclude* treats named files like those found in a folder. Files among *reports*
    are to be written and not read, and of the others only those in *only* are, if it is
    given. *content* is what standard input held.
    """

    paths: Sequence[str]
    name: str = "stdin"
    force_exclude: bool = False
    reports: frozenset[Path] = frozenset()
    only: frozenset[Path] | None = None
    content: bytes | None = None

    def results(self, run: Run) -> Iterator[Result]:
        """The result of each input, in order."""
        if "-" in self.paths:
            self.content = sys.stdin.buffer.read()
            yield linted(self.content, self.name, run)
        named = [p for p in self.paths if p != "-"]
        if named:
            yield from self._of_files(named, run)

    def _of_files(self, named: Sequence[str], run: Run) -> Iterator[Result]:
        files, failures = self._found(named, run)
        for failure in failures:
            yield Result(failure.path, failures=(failure,))
        asked_for = set() if self.force_exclude else {Path(p).as_posix() for p in named}
        for result in _shown(lint_files(files, run), len(files)):
            if result.path in asked_for or not _is_other_data(result):
                yield result

    def _found(self, named: Sequence[str], run: Run) -> tuple[list[Path], list[Failure]]:
        """The files to lint, and a failure for each path that is not there."""
        from jdlint.discover import NOTHING_HERE, find

        config, folder = run.book.settled.config, run.book.settled.folder
        files, failures = find(
            named, config.include, config.exclude, folder, force_exclude=self.force_exclude
        )
        named_files = {Path(p) for p in named}
        files = [file for file in files if file in named_files or not _is_report(file)]
        if self.reports:
            files = list(self._without_reports(files, run))
        if not files and not failures and "-" not in self.paths and not self.force_exclude:
            where = ", ".join(named)
            failures = [Failure(where, "input", NOTHING_HERE)]
        if self.only is not None:
            files = [file for file in files if file.resolve() in self.only]
        return files, failures

    def _without_reports(self, files: Sequence[Path], run: Run) -> Iterator[Path]:
        """*files* but for those to be written; raises ConfigError if one of these is a posting."""
        config = run.book.settled.config
        for file in files:
            if file.resolve() not in self.reports:
                yield file
            elif understand_file(file, read_options(config)).postings:
                message = "a report would overwrite this posting; write it to another file"
                raise ConfigError(message, path=file.as_posix())

    def text(self, path: str, most: int) -> str | None:
        """The text of the file that findings call *path*, byte-order mark included.

        None for a DOCX file, and for one of more than *most* bytes, which was not read.
        """
        from jdlint.read.decode import decode, mark_of

        content = self.content if path == self.name and self.content is not None else None
        if content is None:
            content = b"" if path.lower().endswith(".docx") else _bytes(path, most + 1)
        if not content or len(content) > most:
            return None
        return ("\ufeff" if mark_of(content) else "") + decode(content).text


def _bytes(path: str, most: int) -> bytes:
    """The first *most* bytes of the file at *path*, none if it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(most)
    except OSError:
        return b""


def _is_report(file: Path) -> bool:
    """Whether *file* is a report of an earlier run."""
    if file.suffix.lower() not in _MAY_BE_REPORT or not file.is_file():
        return False
    return is_report(_bytes(str(file), _HEAD).decode("utf-8", "replace"))


def _is_other_data(result: Result) -> bool:
    """Whether a file that nobody named is data of another kind, so that nothing is said of it."""
    return not result.postings and any(f.rule == NO_POSTING for f in result.findings)


def _shown(results: Iterable[Result], length: int) -> Iterator[Result]:
    """The results, with a progress bar on a terminal when there are many files."""
    if length < _LONG or not sys.stderr.isatty():
        yield from results
        return
    with click.progressbar(results, length=length, label="Linting", file=sys.stderr) as bar:
        yield from bar
