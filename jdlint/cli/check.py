"""``jdlint check``: lint postings."""

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click
import msgspec

from jdlint.cli.asking import asked
from jdlint.cli.options import settings, settled
from jdlint.config import GRAMMAR_MODES
from jdlint.linter import NO_POSTING, Result, lint_bytes
from jdlint.model import ConfigError, Failure, Finding
from jdlint.report import FORMATS, Write, make
from jdlint.rulebook import Rulebook
from jdlint.run import Summary, lint_files

if TYPE_CHECKING:
    from jdlint.grammar.session import Session

_LONG = 200
"""From this many files on, a terminal gets a progress bar."""


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@settings
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@click.option(
    "--output-file",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the report to a file.",
)
@click.option("--quiet", "-q", is_flag=True, help="Findings only: no source lines, no summary.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule at the end.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Lint in N processes (for many files).",
)
@click.option(
    "--stdin-filename",
    metavar="NAME",
    help="What to call standard input (PATH '-'); its ending chooses the reader.",
)
@click.option(
    "--force-exclude", is_flag=True, help="Treat named files like those found in a folder."
)
@click.option(
    "--grammar",
    "grammar_mode",
    type=click.Choice(GRAMMAR_MODES, case_sensitive=False),
    help="Ask LanguageTool, too: a server that runs, or one managed by jdlint (default: off).",
)
@click.option("--grammar-url", metavar="URL", help="Where the LanguageTool server is.")
@click.option(
    "--grammar-optional",
    is_flag=True,
    default=None,
    help="If LanguageTool is not to be had, say so and go on.",
)
@click.option(
    "--color/--no-color",
    "colour",
    default=None,
    help="Colour, whatever the terminal (default: on a terminal).",
)
def check_command(paths: tuple[str, ...], **options: Any) -> None:
    """Lint the postings in PATHS: files, folders, globs, or '-' for standard input.

    \b
    Exit code: 0 clean, 1 findings, 2 a mistake in the call, 3 jdlint failed.
    """
    choice = {k: options.pop(k) for k in _OWN}
    _refuse(paths, choice)
    given = settled(**options, grammar=_grammar_options(choice))
    book = Rulebook(given)
    today = datetime.now(UTC).astimezone().date()
    summary = Summary()
    with _output(choice["output_file"]) as write, asked(given, summary) as grammar:
        report = make(
            choice["format_"],
            write,
            colour=_coloured(choice),
            quiet=choice["quiet"],
            columns=_columns(choice),
        )
        about_config = _audited(book, today)
        summary.count(about_config)
        report.add(about_config, ())
        named = paths or (("-",) if choice["stdin_filename"] else (".",))
        for result in _results(named, book, today, choice, grammar.session):
            result = grammar.heard(result)
            summary.add(result)
            report.add(result.findings, result.failures)
        report.end(msgspec.to_builtins(summary))
        if choice["statistics"] and choice["format_"] != "json":
            from jdlint.report.text import statistics

            write(statistics(summary.rules, {c.id: c.name for c in book.cards}))
    sys.exit(summary.exit_code(given.config.fail_on))


_OWN = (
    "format_",
    "output_file",
    "quiet",
    "statistics",
    "jobs",
    "stdin_filename",
    "force_exclude",
    "colour",
    "grammar_mode",
    "grammar_url",
    "grammar_optional",
)


def _grammar_options(choice: dict[str, Any]) -> dict[str, Any] | None:
    """What the command line says about grammar, as the configuration has it."""
    named = {key: choice[f"grammar_{key}"] for key in ("mode", "url", "optional")}
    return {key: value for key, value in named.items() if value is not None} or None


def _coloured(choice: dict[str, Any]) -> bool:
    import os

    if choice["colour"] is not None:
        return bool(choice["colour"])
    return not os.environ.get("NO_COLOR") and _on_terminal(choice)


def _on_terminal(choice: dict[str, Any]) -> bool:
    return not choice["output_file"] and sys.stdout.isatty()


def _columns(choice: dict[str, Any]) -> int:
    """The width of the report: of the terminal, but no more than is easily read."""
    import shutil

    return min(80, shutil.get_terminal_size().columns) if _on_terminal(choice) else 80


def _refuse(paths: tuple[str, ...], choice: dict[str, Any]) -> None:
    """Raises UsageError for options that contradict one another or would destroy a posting."""
    if choice["stdin_filename"] and paths and "-" not in paths:
        raise click.UsageError("--stdin-filename names standard input; add '-' to the paths")
    output = choice["output_file"]
    if output and any(Path(p).resolve() == output.resolve() for p in paths if p != "-"):
        raise click.UsageError(f"--output-file {output} would overwrite what is to be linted")


@contextmanager
def _output(file: Path | None) -> Iterator[Write]:
    """Where the report goes: *file*, or standard output as UTF-8."""
    if file is not None:
        with _opened(file) as opened:
            yield opened.write
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    yield sys.stdout.write


def _audited(book: Rulebook, today: date) -> tuple[Finding, ...]:
    """What the configuration is told; nothing of it is imported when there is nothing to ask."""
    settled = book.settled
    rules = book.for_path(Path(settled.file)) if settled.file and settled.config.accept else None
    if rules is None:
        return ()
    from jdlint.audit import EXPIRED, audit

    card = rules.cards.get(EXPIRED)
    return tuple(audit(settled, card, today)) if card else ()


def _opened(file: Path) -> TextIO:
    try:
        return file.open("w", encoding="utf-8", newline="\n")
    except OSError as fault:
        why = fault.strerror if file.parent.is_dir() else f"there is no folder {file.parent}"
        message = f"the report cannot be written ({why}); name another --output-file"
        raise ConfigError(message, path=str(file)) from None


def _results(
    paths: tuple[str, ...],
    book: Rulebook,
    today: date,
    choice: dict[str, Any],
    grammar: "Session | None",
) -> Iterator[Result]:
    """The result of standard input, of paths that are not there, and of each file."""
    config, folder = book.settled.config, book.settled.folder
    if "-" in paths:
        name = choice["stdin_filename"] or "stdin"
        content = sys.stdin.buffer.read()
        yield lint_bytes(content, name, book.for_path(Path(name)), config, today, grammar)
    named = [p for p in paths if p != "-"]
    if not named:
        return
    from jdlint.discover import NOTHING_HERE, find

    files, failures = find(
        named, config.include, config.exclude, folder, force_exclude=choice["force_exclude"]
    )
    if choice["output_file"]:
        report = choice["output_file"].resolve()
        files = [file for file in files if file.resolve() != report]
    for failure in failures:
        yield Result(failure.path, failures=(failure,))
    if not files and not failures and "-" not in paths and not choice["force_exclude"]:
        where = ", ".join(named)
        yield Result(where, failures=(Failure(where, "input", NOTHING_HERE),))
    asked_for = set() if choice["force_exclude"] else {Path(p).as_posix() for p in named}
    linted = lint_files(files, book, today, choice["jobs"], grammar)
    for result in _shown(linted, len(files)):
        if result.path in asked_for or not _is_other_data(result):
            yield result


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
