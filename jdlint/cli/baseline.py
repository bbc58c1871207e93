"""``jdlint baseline``: leave what is known for later, and let it only get less."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from jdlint import baseline
from jdlint.baseline import Baseline, Entry
from jdlint.cli.gate import baseline_file
from jdlint.cli.inputs import Inputs
from jdlint.cli.options import settings, settled, text_or_json, today
from jdlint.config import Settled
from jdlint.model import ConfigError, Failure
from jdlint.rulebook import Rulebook
from jdlint.run import Run
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
def create(paths: tuple[str, ...], chosen: Path | None, **options: Any) -> None:
    """Write all findings of PATHS into a new baseline."""
    given, file = _settled(chosen, options)
    if file.exists():
        message = "there is a baseline here already; 'jdlint baseline update --add' adds to it"
        raise ConfigError(message, path=str(file))
    found = _held(Baseline((), file.parent), paths, given)
    _write(file, [seen.entry for seen in found.seen])
    click.echo(f"{len(found.seen)} findings are in {file} now. What comes on top of them:")
    click.echo(f"  jdlint check --baseline {file}")


@baseline_command.command("update")
@_PATHS
@_FILE
@click.option("--add", is_flag=True, help="Take new findings into the baseline, too.")
@settings
def update(paths: tuple[str, ...], chosen: Path | None, add: bool, **options: Any) -> None:
    """Drop what is settled from the baseline; with --add, take in what is new."""
    given, file = _settled(chosen, options)
    found = _held(baseline.read(file), paths, given)
    new = [seen.entry for seen in found.seen if not seen.known]
    kept = _kept(found)
    _write(file, [*kept, *new] if add else kept)
    told = f"{len(found.entries) - len(kept)} settled, {len(kept)} left"
    told += f", {len(new)} {'added' if add else 'new ones not taken (--add takes them)'}"
    click.echo(f"{file}: {told}.")


@baseline_command.command("prune")
@_PATHS
@_FILE
@settings
def prune(paths: tuple[str, ...], chosen: Path | None, **options: Any) -> None:
    """Drop what is settled from the baseline; it never grows."""
    given, file = _settled(chosen, options)
    found = _held(baseline.read(file), paths, given)
    kept = _kept(found)
    _write(file, kept)
    click.echo(f"{file}: {len(found.entries) - len(kept)} settled, {len(kept)} left.")


@baseline_command.command("show")
@_FILE
@settings
@text_or_json
def show(chosen: Path | None, format_: str, **options: Any) -> None:
    """Count what is in the baseline, file by file."""
    _, file = _settled(chosen, options)
    counted = baseline.by_file(baseline.read(file).entries)
    if format_ == "json":
        click.echo(msgspec.json.encode(counted).decode())
        return
    for path, rules in counted.items():
        listed = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items()))
        click.echo(f"{path}: {listed}")
    total = sum(sum(rules.values()) for rules in counted.values())
    files = "1 file" if len(counted) == 1 else f"{len(counted)} files"
    click.echo(f"{total} findings in {files}.")


def _settled(chosen: Path | None, options: dict[str, Any]) -> tuple[Settled, Path]:
    given = settled(**options)
    return given, baseline_file(given, chosen) or Path(baseline.NAME)


def _held(known: Baseline, paths: Sequence[str], given: Settled) -> Baseline:
    """*known*, held against the findings of *paths*; raises ConfigError if a file failed."""
    run = Run(Rulebook(given), today(), jobs=0, cached=True)
    failures: list[Failure] = []
    for result in Inputs(paths or (".",)).results(run):
        known.mark(result)
        failures += result.failures
    if failures:
        message = f"{failures[0].message}; nothing was written"
        raise ConfigError(message, path=failures[0].path)
    return known


def _kept(found: Baseline) -> list[Entry]:
    """What is still there, under the paths that the files have now, and what was not looked at."""
    settled_, met = set(found.stale), [seen.entry for seen in found.seen if seen.known]
    own = {entry.fingerprint for entry in met}
    unseen = [e for e in found.entries if e not in settled_ and e.fingerprint not in own]
    return [*met, *(entry for entry in unseen if (found.folder / entry.path).is_file())]


def _write(file: Path, entries: Sequence[Entry]) -> None:
    try:
        with written(file) as stream:
            stream.write(baseline.written(entries))
    except OSError as fault:
        why = why_not(file, fault)
        raise ConfigError(f"the baseline cannot be written ({why})", path=str(file)) from None
