"""``jdlint init``: look at the repository and write what a start needs."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import chdir
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from jdlint.counted import counted
from jdlint.model import ConfigError, JdlintError

if TYPE_CHECKING:
    from jdlint.starter import Start
    from jdlint.survey import Survey

_LONG = 200
"""From this many files on, a terminal gets a progress bar."""

_FOLDERS = 8
"""So many folders with postings are named."""

_RULES = 5
"""So many rules of the first run are named."""

_RULER = "-" * 79
"""Stands above and below what can be copied."""


@click.command("init")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="The folder to look at and to write to (default: this one).",
)
@click.option("--yes", "-y", is_flag=True, help="Take every offer without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def init_command(folder: Path, yes: bool, dry_run: bool) -> None:
    """Look at the repository, and write a commented jdlint.yaml that fits it.

    Offers the hook for pre-commit and the file for CI, and shows what a first check finds.
    Nothing is overwritten. Without a terminal, offers are only shown, unless --yes is given.
    """
    with chdir(folder):
        _Start(folder, yes, dry_run).run()


class _Start:
    """One call of the command, standing in the folder that it is about."""

    def __init__(self, folder: Path, yes: bool, dry_run: bool) -> None:
        self._lead = "" if folder == Path() else f"{folder.as_posix()}/"
        self._yes = yes
        self._dry = dry_run
        self._new: Path | None = None
        self._asks = not yes and not dry_run and sys.stdin.isatty() and sys.stdout.isatty()

    def run(self) -> None:
        """Look, write, offer, and show the first run."""
        from jdlint.starter import configuration, start

        seen = _looked()
        _say(*_seen(seen))
        begin = start(seen)
        self._configuration(configuration(begin, seen))
        self._offers()
        if seen.postings:
            self._first_run(begin)
        else:
            _say("Next: name your postings under 'include', then run: jdlint check")

    def _configuration(self, text: str) -> None:
        from jdlint.config import FILE_NAMES
        from jdlint.config import nearest as above
        from jdlint.starter import existing

        own, other = existing(Path()), above(Path.cwd())
        if own is None and other is not None:
            _say(f"{other} holds for this folder up to now; a file here takes its place.")
        name = own.as_posix() if own else FILE_NAMES[0]
        self._put(name, text, exists=own is not None)
        self._new = None if own is not None or self._dry else Path(name)

    def _offers(self) -> None:
        """The hook and the CI file, at the top of the repository, where they have to be."""
        from jdlint.starter import HOOK, HOOKS, ci, repository

        top = repository(Path())
        if top is None:
            return
        if top != Path.cwd():
            up = Path(*[".."] * len(Path.cwd().relative_to(top).parts))
            _say(f"Hook and CI belong to the top of the repository ({up} from here): run it there.")
            return
        offers = [(HOOKS, HOOK, "Check postings before every commit (pre-commit)?")]
        if found := ci(top):
            offers.append((*found, "Check postings in CI?"))
        for name, text, question in offers:
            exists = Path(name).exists() or Path(name).is_symlink()
            if exists or self._dry or self._is_taken(question):
                self._put(name, text, exists=exists)
            else:
                _show(f"An offer that --yes takes: {self._lead}{name} with", text)
        if not found:
            _say("For CI: https://github.com/jdlint/jdlint has an action and a GitLab template.")

    def _is_taken(self, question: str) -> bool:
        return self._yes or (self._asks and click.confirm(question, default=True))

    def _put(self, name: str, text: str, *, exists: bool) -> None:
        """Write *text* to the file called *name*, or show it."""
        shown = self._lead + name
        if exists:
            _show(f"{shown} is there already; it was left as it is. It could have", text)
        elif self._dry:
            _show(f"Would write {shown}:", text)
        else:
            _write(Path(name), text, shown)
            _say(f"Wrote {shown}.")

    def _first_run(self, begin: "Start") -> None:
        try:
            findings = _checked(begin)
        except JdlintError as fault:
            _say(f"A first check was not possible: {fault}")
            return
        if findings:
            self._baseline()
        where = f"in {self._lead} run: " if self._lead else ""
        _say(f"Next: {where}jdlint check")

    def _baseline(self) -> None:
        """Offer to take what is there as known, so that only new findings count."""
        from jdlint.baseline import NAME

        if Path(NAME).exists():
            _say(f"{self._lead}{NAME} is there already; it was left as it is.")
            return
        _say(
            "A baseline keeps what is known, so that a check tells only what is new; "
            "'jdlint baseline create' makes one."
        )
        if not self._dry and self._is_taken("Make the baseline now?"):
            self._make_baseline()

    def _make_baseline(self) -> None:
        """Name the baseline in a configuration that was written just now, and make it."""
        from jdlint.baseline import NAME
        from jdlint.cli import cli

        before = self._new.read_text("utf-8") if self._new else ""
        if self._new:
            named = before.replace(f"# baseline: {NAME}", f"baseline: {NAME}")
            self._new.write_text(named, "utf-8")
        try:
            cli.main(["baseline", "create"], prog_name="jdlint", standalone_mode=False)
        except JdlintError as fault:
            if self._new:
                self._new.write_text(before, "utf-8")
            _say(str(fault))


def _looked() -> "Survey":
    """What this folder holds."""
    from jdlint.discover import find
    from jdlint.survey import survey

    files, _ = find(["."], [], [], Path.cwd())
    return survey(files, Path(), _watched)


def _watched(files: Iterable[Path]) -> Iterable[Path]:
    """The *files*, with a progress bar on a terminal when there are many."""
    rows = list(files)
    if len(rows) < _LONG or not sys.stderr.isatty():
        yield from rows
        return
    with click.progressbar(rows, label="Looking", file=sys.stderr) as bar:
        yield from bar


def _seen(seen: "Survey") -> Iterator[str]:
    """What was seen, in plain words."""
    if seen.seen < seen.found:
        yield f"Looked at {seen.seen} of {seen.found} files that can hold a posting."
    if not seen.postings:
        yield f"Found no postings in {counted(seen.seen, 'file')} that can hold one."
    folders = sorted((path, f) for path, f in seen.folders.items() if f.postings)
    for path, folder in folders[:_FOLDERS]:
        others = f" (and {counted(len(folder.others), 'other file')})" if folder.others else ""
        yield f"{path or 'here'}: {counted(len(folder.postings), 'file')} with postings{others}"
    if len(folders) > _FOLDERS:
        yield f"… and {counted(len(folders) - _FOLDERS, 'more folder')}"
    if seen.unread:
        yield f"Could not be read: {', '.join(seen.unread[:3])}{' …' * (len(seen.unread) > 3)}"


def _checked(begin: "Start") -> int:
    """Show what a first check finds; the number of its findings."""
    from jdlint.cli.inputs import Inputs
    from jdlint.cli.options import today
    from jdlint.config import nearest, settle
    from jdlint.report.text import summary_line
    from jdlint.rulebook import Rulebook
    from jdlint.run import Run, Summary

    given = {} if nearest(Path.cwd()) else _values(begin)
    book = Rulebook(settle(None, Path.cwd(), given))
    summary = Summary()
    for result in Inputs((".",)).results(Run(book, today(), jobs=0, cached=True)):
        summary.add(result)
    _say(f"A first check: {summary_line(summary.counts())}")
    names = {card.id: card.name for card in book.cards}
    _say(*_most_frequent(summary.rules, names))
    return summary.errors + summary.warnings + summary.notes


def _values(begin: "Start") -> dict[str, object]:
    import msgspec

    found: dict[str, object] = msgspec.to_builtins(begin)
    return found


def _most_frequent(rules: dict[str, int], names: dict[str, str]) -> Iterator[str]:
    rows = sorted(rules.items(), key=lambda row: (-row[1], row[0]))
    for rule, count in rows[:_RULES]:
        yield f"{count:6}  {rule} {names.get(rule, '')}"
    if len(rows) > _RULES:
        yield f"        … and {counted(len(rows) - _RULES, 'more rule')}"


def _say(*lines: str) -> None:
    from jdlint.report.text import said

    for line in lines:
        text = said(line)
        whole = len(text) < 80
        wrapped = text if whole else fill(text, 79, break_long_words=False, break_on_hyphens=False)
        click.echo(wrapped)


def _show(lead: str, text: str) -> None:
    _say(lead)
    click.echo(f"{_RULER}\n{text}{_RULER}")


def _write(file: Path, text: str, shown: str) -> None:
    """Write a new file; raises ConfigError if that is not possible."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as fault:
        raise ConfigError(f"this cannot be written: {fault.strerror}", path=shown) from None
