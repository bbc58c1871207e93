"""The options for old repositories: a baseline, and only what changed since a revision."""

from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from jdlint.cli.options import adding
from jdlint.config import Settled
from jdlint.counted import counted
from jdlint.model import Finding
from jdlint.outcome import Result
from jdlint.rulebook import Rulebook

if TYPE_CHECKING:
    from jdlint.baseline import Baseline

gate_options = adding(
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Report only what is not in this baseline.",
    ),
    click.option("--no-baseline", is_flag=True, help="Heed no baseline, whatever is configured."),
    click.option(
        "--since", metavar="REV", help="Only files that changed since they parted from REV (git)."
    ),
    click.option(
        "--changed-lines", is_flag=True, help="With --since: only findings on lines that changed."
    ),
)
"""Adds the options for old repositories."""


def baseline_file(given: Settled, chosen: Path | None) -> Path | None:
    """The baseline in force: the one *chosen*, else the configured one, if there is one."""
    if chosen is not None:
        return chosen
    return given.folder / given.config.baseline if given.config.baseline else None


class Gate:
    """What of a result is told: nothing of the baseline, and nothing of lines that are old."""

    def __init__(self, choice: dict[str, Any], paths: Sequence[str], book: Rulebook) -> None:
        revision, self._by_line = choice["since"], bool(choice["changed_lines"])
        if self._by_line and revision is None:
            raise click.UsageError("--changed-lines needs --since REV")
        if self._by_line and (choice.get("fix") or choice.get("diff")):
            raise click.UsageError(
                "--fix and --diff mend whole files, old lines too; leave --changed-lines out"
            )
        if choice["baseline"] and choice["no_baseline"]:
            raise click.UsageError("--baseline and --no-baseline contradict one another")
        file = None if choice["no_baseline"] else baseline_file(book.settled, choice["baseline"])
        self._baseline = _read(file, book) if file else None
        chosen = [] if choice["baseline"] is None else ["--baseline", str(choice["baseline"])]
        self._prune = join(["jdlint", "baseline", "prune", *chosen])
        self._changed = None
        if revision is not None:
            from jdlint.since import changed

            self._changed = changed(revision, _folders(paths), by_line=self._by_line)

    @property
    def only(self) -> frozenset[Path] | None:
        """The files to which a run is limited."""
        return self._changed.files if self._changed else None

    def told(self, result: Result) -> Result:
        """*result*, without what is not to be told.

        What is known is marked before lines are left out: it is known by its number among its
        like, and the old ones come first.
        """
        touched = self._touched(result)
        if self._baseline:
            result = self._baseline.mark(result, touched)
        return replace(result, findings=tuple(filter(touched, result.findings)))

    def _touched(self, result: Result) -> Callable[[Finding], bool]:
        """Answers which findings stand on lines that changed; all do, if lines do not matter."""
        if not (self._changed and self._by_line):
            return lambda _finding: True
        from jdlint.since import touches

        lines = self._changed.lines(Path(result.path).resolve())
        return lambda finding: touches(finding, lines)

    def notices(self) -> list[str]:
        """What stands below the report; a run over a part of the files cannot tell what is gone."""
        if self._baseline is None or self._changed:
            return []
        count = len(self._baseline.stale)
        what = counted(count, "finding is", "findings are")
        told = f"{what} in the baseline but not there any more; drop with: {self._prune}"
        return [told] if count else []


def _read(file: Path, book: Rulebook) -> "Baseline":
    from jdlint.baseline import Baseline, read

    return Baseline(read(file), file.parent, book)


def _folders(paths: Sequence[str]) -> set[Path]:
    """Where *paths* stand: folders themselves, or the nearest that are there."""
    named = [Path(path) for path in paths if path != "-"] or [Path()]
    return {next(p for p in (path, *path.parents, Path()) if p.is_dir()) for path in named}
