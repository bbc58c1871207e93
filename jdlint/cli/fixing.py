"""The options for fixing, and where mended text and patches go."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from jdlint.cli.options import adding
from jdlint.counted import counted
from jdlint.outcome import Result
from jdlint.run import Summary

if TYPE_CHECKING:
    from jdlint.fix.mend import Fixing

fix_options = adding(
    click.option("--fix", is_flag=True, help="Make the fixes that are right in every sentence."),
    click.option(
        "--unsafe-fixes", is_flag=True, help="With --fix or --diff: take other suggestions, too."
    ),
    click.option(
        "--diff", is_flag=True, help="Change nothing; write what --fix would do as a patch."
    ),
)
"""Adds the options for fixing."""


def fixing(choice: dict[str, Any]) -> "Fixing | None":
    """What is to be fixed and how, by the options; raises UsageError if they disagree."""
    if choice["fix"] and choice["diff"]:
        raise click.UsageError("--fix writes the files and --diff leaves them; give one of them")
    if not (choice["fix"] or choice["diff"]):
        if choice["unsafe_fixes"]:
            raise click.UsageError("--unsafe-fixes needs --fix or --diff")
        return None
    if choice["no_suppress"]:
        raise click.UsageError("--no-suppress would fix what postings silence; leave it out")
    from jdlint.fix.mend import Fixing

    return Fixing(choice["unsafe_fixes"], choice["fix"])


def stream_for_reports(choice: dict[str, Any], paths: Sequence[str]) -> TextIO:
    """Where reports go that have no file: a patch and mended text need standard output."""
    return sys.stderr if choice["diff"] or (choice["fix"] and "-" in paths) else sys.stdout


class FixedOutput:
    """Standard output for patches (*diff*) and for standard input that was mended."""

    def __init__(self, *, diff: bool) -> None:
        self._diff = diff

    def add(self, result: Result) -> None:
        """Write what mending gave, as bytes: line ends and encoding are the file's."""
        for content in (result.patch, result.content):
            if content:
                sys.stdout.flush()
                sys.stdout.buffer.write(content)

    def end(self, summary: Summary) -> None:
        """Say on standard error what a patch holds."""
        if self._diff:
            files = counted(summary.fixed_files, "file")
            fixes = counted(summary.fixed, "fix", "fixes")
            click.echo(f"{fixes} in {files}; nothing was changed.", err=True)
