"""``jdlint inspect``: how jdlint understood each posting."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from jdlint.cli.options import settings, settled, text_or_json
from jdlint.config import Settled
from jdlint.linter import Read, read_options, understand_bytes, understand_file
from jdlint.model import Failure, ReadError
from jdlint.posting.own import OwnHeadings
from jdlint.read.offsets import LineIndex
from jdlint.report.machine import encode
from jdlint.report.outline import as_data, as_text
from jdlint.report.text import harmless


@click.command("inspect")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@settings
@text_or_json
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input (FILE '-').")
def inspect_command(
    paths: tuple[str, ...], format_: str, stdin_filename: str | None, **options: Any
) -> None:
    """Show how jdlint understood each posting: title, sections, pay, places, dialect."""
    given = settled(**options)
    postings: list[dict[str, Any]] = []
    failures: list[Failure] = []
    for read in _reads(paths, stdin_filename, given, failures):
        lines = LineIndex(read.source.text)
        postings += [as_data(p, read.source.path, lines) for p in read.postings]
    if format_ == "json":
        click.echo(encode({"schema": 1, "postings": postings, "failures": failures}))
    else:
        click.echo("\n".join(as_text(data) for data in postings), nl=False)
    for failure in failures:
        click.echo(harmless(f"jdlint: {failure.path}: {failure.message}"), err=True)
    sys.exit(2 if failures else 0)


def _reads(
    paths: tuple[str, ...], stdin_filename: str | None, given: Settled, failures: list[Failure]
) -> Iterator[Read]:
    """Each file that can be read; the others become failures."""
    from jdlint.discover import NOTHING_HERE, find

    options, own = read_options(given.config), OwnHeadings(given.config.headings)
    if "-" in paths:
        content = sys.stdin.buffer.read()
        yield understand_bytes(content, stdin_filename or "stdin", options, own)
    named = [p for p in paths if p != "-"]
    files, missing = find(named, given.config.include, given.config.exclude, given.folder)
    failures += missing
    if named and not files and not missing:
        failures.append(Failure(", ".join(named), "input", NOTHING_HERE))
    for file in files:
        try:
            yield understand_file(Path(file), options, own)
        except ReadError as fault:
            failures.append(Failure(file.as_posix(), "input", fault.message))
