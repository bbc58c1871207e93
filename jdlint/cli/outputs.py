"""Where the reports of a run go: the options for them, and all reports written as one."""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

import click
import msgspec

from jdlint.cli.options import adding
from jdlint.model import ConfigError, Failure, Finding
from jdlint.nearest import hint
from jdlint.report import FOR_PEOPLE, FORMATS, Report, Write, make
from jdlint.wholly import why_not, written


class Output(msgspec.Struct, frozen=True):
    """A report that is asked for: its format, and its file (None: standard output)."""

    format: str
    file: Path | None


def _outputs(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> list[Output]:
    """``FORMAT`` or ``FORMAT=FILE``, as often as given."""
    outputs = []
    for value in values:
        name, named, file = value.partition("=")
        if name not in FORMATS:
            near = hint(name, FORMATS, f"there are {', '.join(FORMATS)}")
            raise click.BadParameter(f"there is no format '{name}'; {near}")
        if named and not file:
            raise click.BadParameter(f"'{value}' names no file; write it as {name}=FILE")
        outputs.append(Output(name, Path(file) if file else None))
    return outputs


output_options = adding(
    click.option(
        "--format",
        "format_",
        type=click.Choice(list(FORMATS)),
        metavar="FORMAT",
        help=f"How to write the findings: {', '.join(FORMATS)} (default: text).",
    ),
    click.option(
        "--output-file",
        "-o",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the report to a file.",
    ),
    click.option(
        "--output",
        "outputs",
        multiple=True,
        callback=_outputs,
        metavar="FORMAT[=FILE]",
        help="Write a report in this format; may be given several times.",
    ),
    click.option(
        "--with-suppressed",
        is_flag=True,
        help="Write suppressed findings into SARIF too, marked as such.",
    ),
)
"""Adds the options that choose the reports."""


def chosen(
    choice: dict[str, Any], paths: Sequence[str], ours: Sequence[Path | None] = ()
) -> list[Output]:
    """The reports of a run; raises UsageError for those that would overwrite something.

    That is what is to be linted, another report, or one of *ours*, such as the configuration.
    """
    outputs: list[Output] = list(choice["outputs"])
    if choice["format_"] or choice["output_file"] or not outputs:
        outputs.insert(0, Output(choice["format_"] or "text", choice["output_file"]))
    evidence = [Output("evidence", choice["evidence"])] if choice["evidence"] else []
    seen: dict[Path | None, str] = {}
    kept = {Path(p).resolve(): "what is to be linted" for p in paths if p != "-"}
    kept |= {file.resolve(): "what the run goes by" for file in ours if file}
    for output in [*outputs, *evidence]:
        file = output.file.resolve() if output.file else None
        if file in seen:
            where = f"to {output.file}" if output.file else "to standard output"
            both = f"{seen[file]} and {output.format}"
            raise click.UsageError(f"{both} would both go {where}; write --output FORMAT=FILE")
        if file in kept:
            option = _option(output, choice)
            raise click.UsageError(f"{option} {output.file} would overwrite {kept[file]}")
        seen[file] = output.format
    return outputs


def _option(output: Output, choice: dict[str, Any]) -> str:
    if output.format == "evidence":
        return "--evidence"
    return "--output-file" if output.file == choice["output_file"] else "--output"


class Reports:
    """All reports of a run, written as one."""

    def __init__(self, made: Sequence[tuple[str, Write, Report]]) -> None:
        self._made = made

    def add(
        self, findings: tuple[Finding, ...], failures: tuple[Failure, ...], path: str = ""
    ) -> None:
        """Write into each what the file at *path* gave."""
        for _, _, report in self._made:
            report.add(findings, failures, path)

    def end(self, summary: dict[str, Any], notices: Sequence[str]) -> None:
        """Close each."""
        for _, _, report in self._made:
            report.end(summary, notices)

    def after(self, text: str) -> None:
        """Write *text* after the reports that are for people."""
        for name, write, _ in self._made:
            if name in FOR_PEOPLE:
                write(text)


@contextmanager
def opened(outputs: Sequence[Output], to: TextIO | None = None, **page: Any) -> Iterator[Reports]:
    """The reports, their files open; *page* has fields of :class:`jdlint.report.Page`.

    Those without a file are written *to* a stream, by default standard output.
    """
    with ExitStack() as files:
        made = []
        for output in outputs:
            write = (
                _writer(files.enter_context(file_for(output.file)), str(output.file))
                if output.file
                else _writer(to or sys.stdout)
            )
            plain = {"colour": page["colour"] and output.file is None}
            made.append((output.format, write, make(output.format, write, **page | plain)))
        yield Reports(made)


def _writer(to: TextIO, file: str = "") -> Write:
    """Writes to *file* or, without one, to standard output, or where that has other work, error.

    As UTF-8; raises ConfigError when nothing more can be written.
    """
    if not file and isinstance(to, io.TextIOWrapper):
        to.reconfigure(encoding="utf-8", errors="replace")

    def write(text: str) -> object:
        try:
            return to.write(text)
        except BrokenPipeError:
            raise
        except OSError as fault:
            if file:
                raise _unwritable(Path(file), fault) from None
            raise ConfigError(f"standard output cannot be written ({fault.strerror})") from None

    return write


def _unwritable(file: Path, fault: OSError) -> ConfigError:
    message = f"the report cannot be written ({why_not(file, fault)}); name another --output-file"
    return ConfigError(message, path=str(file))


@contextmanager
def file_for(file: Path) -> Iterator[TextIO]:
    """*file*, open for a report; raises ConfigError if it cannot be written."""
    try:
        with written(file) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise _unwritable(file, fault) from None
