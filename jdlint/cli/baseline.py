"""``jdlint baseline``: leave what is known for later, and let it only get less."""

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from jdlint import baseline
from jdlint.baseline import Baseline, Entry
from jdlint.cli.asking import asked, configured, grammar_options, refuse_unasked
from jdlint.cli.gate import baseline_file
from jdlint.cli.inputs import Inputs
from jdlint.cli.options import SETTINGS, settings, settled, text_or_json, today
from jdlint.config import Settled
from jdlint.counted import counted
from jdlint.model import ConfigError
from jdlint.report.text import harmless
from jdlint.rulebook import Rulebook, catalogue
from jdlint.run import Run, Summary
from jdlint.wholly import why_not, written

_PATHS = click.argument("paths", nargs=-1, metavar="[PATHS]...")
_FILE = click.option(
    "--baseline",
    "chosen",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"The baseline (default: the configured one, else {baseline.NAME}).",
)


@click.group("baseline")
def baseline_command() -> None:
    """Leave the findings of old postings for later, so that only new ones count."""


@baseline_command.command("create")
@_PATHS
@_FILE
@settings
@grammar_options
def create(paths: tuple[str, ...], chosen: Path | None, **options: Any) -> None:
    """Write all findings of PATHS into a new baseline."""
    given, file = _settled(chosen, options)
    if file.exists():
        message = "there is a baseline here already; 'jdlint baseline update --add' adds to it, "
        message += "and without the file you can begin anew"
        raise ConfigError(message, path=str(file))
    found = _held((), file, paths, given)
    _write(file, [seen.entry for seen in found.seen])
    click.echo(
        f"{counted(len(found.seen), 'finding is', 'findings are')} in {file} now; commit the file."
    )
    click.echo("What comes on top of them is told by:")
    heeded = bool(given.config.baseline) and chosen is None
    option = [] if heeded else ["--baseline", str(file)]
    click.echo(f"  {shlex.join(['jdlint', 'check', *paths, *option])}")
    if not heeded:
        click.echo(f"With 'baseline: {file.as_posix()}' in jdlint.yaml the option can be left out.")


@baseline_command.command("update")
@_PATHS
@_FILE
@click.option("--add", is_flag=True, help="Take new findings into the baseline, too.")
@settings
@grammar_options
def update(paths: tuple[str, ...], chosen: Path | None, add: bool, **options: Any) -> None:
    """Drop what is settled; with --add, take in what is new."""
    given, file = _settled(chosen, options)
    found = _held(baseline.read(file), file, paths, given)
    new = [seen.entry for seen in found.seen if not seen.known]
    _write(file, [*found.kept, *new] if add else found.kept)
    told = f"{len(new)} added" if add else f"{len(new)} new, not taken (--add takes them)"
    click.echo(f"{file}: {_settled_and_left(found)}, {told}.")


@baseline_command.command("prune")
@_PATHS
@_FILE
@settings
@grammar_options
def prune(paths: tuple[str, ...], chosen: Path | None, **options: Any) -> None:
    """Drop what is settled: the baseline never grows."""
    given, file = _settled(chosen, options)
    found = _held(baseline.read(file), file, paths, given)
    _write(file, found.kept)
    click.echo(f"{file}: {_settled_and_left(found)}.")


@baseline_command.command("show")
@_FILE
@settings
@text_or_json
def show(chosen: Path | None, format_: str, **options: Any) -> None:
    """Count what is in the baseline, file by file."""
    given, file = _settled(chosen, options)
    found = baseline.by_file(baseline.read(file))
    if format_ == "json":
        click.echo(msgspec.json.encode(found).decode())
        return
    names = {card.id: card.name for card in catalogue(given, whole=False)}
    for path, rules in found.items():
        listed = ", ".join(f"{names.get(rule, rule)} {n}" for rule, n in sorted(rules.items()))
        click.echo(harmless(f"{path}: {listed}"))
    total = sum(sum(rules.values()) for rules in found.values())
    click.echo(f"{counted(total, 'finding')} in {counted(len(found), 'file')}.")


def _settled(chosen: Path | None, options: dict[str, Any]) -> tuple[Settled, Path]:
    """The configuration in force, and the file of the baseline, from here if it is below."""
    by_name = {name: options[name] for name in SETTINGS}
    grammar = configured(options) if "grammar_mode" in options else None
    given = settled(**by_name, grammar=grammar)
    if "grammar_mode" in options:
        refuse_unasked(options, given)
    file, here = baseline_file(given, chosen) or Path(baseline.NAME), Path.cwd()
    return given, file.relative_to(here) if file.is_relative_to(here) else file


def _held(entries: Iterable[Entry], file: Path, paths: Sequence[str], given: Settled) -> Baseline:
    """*entries* of *file*, held against what is found in *paths*.

    Raises ConfigError if a file could not be linted as asked.
    """
    book, summary = Rulebook(given), Summary()
    known = Baseline(entries, file.parent, book)
    with asked(given, summary) as grammar:
        run = Run(book, today(), jobs=0, cached=True, grammar=grammar.session)
        for result in Inputs(paths or (".",)).results(run):
            heard = grammar.heard(result)
            for failure in heard.failures:
                raise ConfigError(f"{failure.message}; nothing was written", path=failure.path)
            known.mark(heard)
    for notice in summary.notices:
        click.echo(notice, err=True)
    return known


def _settled_and_left(found: Baseline) -> str:
    return f"{len(found.stale)} settled, {len(found.kept)} left"


def _write(file: Path, entries: Sequence[Entry]) -> None:
    try:
        with written(file) as stream:
            stream.write(baseline.written(entries))
    except OSError as fault:
        why = why_not(file, fault)
        raise ConfigError(f"the baseline cannot be written ({why})", path=str(file)) from None
