"""``jdlint check``: lint postings."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from jdlint.cli.asking import asked, configured, grammar_options, refuse_unasked
from jdlint.cli.fixing import FixedOutput, fix_options, fixing, stream_for_reports
from jdlint.cli.gate import Gate, baseline_file, gate_options
from jdlint.cli.inputs import Inputs
from jdlint.cli.options import SETTINGS, settings, settled, today
from jdlint.cli.outputs import chosen, opened, output_options
from jdlint.model import Finding
from jdlint.outcome import Wanted
from jdlint.rulebook import Rulebook, catalogue
from jdlint.run import Run, Summary

if TYPE_CHECKING:
    from jdlint.evidence import Record


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@settings
@output_options
@fix_options
@gate_options
@grammar_options
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what the law asked of each posting (.json or .md).",
)
@click.option("--no-suppress", is_flag=True, help="Report what postings silence, too (for audits).")
@click.option("--quiet", "-q", is_flag=True, help="Findings only: no source lines, no summary.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule at the end.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Lint in N processes (default: as many as are worth it).",
)
@click.option("--no-cache", is_flag=True, help="Lint files again that did not change.")
@click.option(
    "--stdin-filename",
    metavar="NAME",
    help="What to call standard input (PATH '-'); its ending chooses the reader.",
)
@click.option(
    "--force-exclude", is_flag=True, help="Treat named files like those found in a folder."
)
@click.option(
    "--color/--no-color",
    "colour",
    default=None,
    help="Colour, whatever the terminal (default: on a terminal).",
)
def check_command(paths: tuple[str, ...], **choice: Any) -> None:
    """Lint the postings in PATHS: files, folders, globs, or '-' for standard input.

    \b
    Exit code: 0 clean, 1 findings, 2 a mistake in the call, 3 jdlint failed.
    """
    settled_by = {name: choice.pop(name) for name in SETTINGS}
    _refuse(paths, choice)
    given = settled(**settled_by, grammar=configured(choice))
    refuse_unasked(choice, given)
    ours = (Path(given.file) if given.file else None, baseline_file(given, choice["baseline"]))
    choice["outputs"] = chosen(choice, paths, ours)
    run = _run(Rulebook(given), choice)
    gate = Gate(choice, paths, run.book)
    inputs = _inputs(paths, choice, gate.only)
    summary = Summary()
    records: list[Record] = []
    fixed = FixedOutput(diff=choice["diff"])
    with (
        opened(
            choice["outputs"],
            stream_for_reports(choice, inputs.paths),
            colour=_coloured(choice),
            quiet=choice["quiet"],
            columns=_columns(choice),
            fail_on=given.config.fail_on,
            with_suppressed=choice["with_suppressed"],
            cards=lambda: catalogue(given),
            text=lambda path: inputs.text(path, given.config.max_file_size),
        ) as report,
        asked(given, summary) as grammar,
    ):
        run = replace(run, grammar=grammar.session)
        about_config = _audited(run.book, run.today)
        summary.count(about_config)
        report.add(about_config, ())
        for linted in inputs.results(run):
            result = gate.told(grammar.heard(linted))
            summary.add(result)
            report.add(result.findings, result.failures, result.path)
            records += result.records
            fixed.add(result)
        report.end(summary.counts(), [*summary.notices, *gate.notices(), *_about_law(summary, run)])
        if choice["statistics"]:
            from jdlint.report.text import statistics

            report.after(statistics(summary.rules, {c.id: c.name for c in run.book.cards}))
    if choice["evidence"]:
        from jdlint.report.filing import write

        write(records, run.book.cards, given.config.as_of or run.today, choice["evidence"])
    fixed.end(summary)
    if choice["diff"]:
        sys.exit(summary.exit_code("never") or int(summary.fixed > 0))
    sys.exit(summary.exit_code(given.config.fail_on))


def _run(book: Rulebook, choice: dict[str, Any]) -> Run:
    wanted = Wanted(evidence=bool(choice["evidence"]), everything=choice["no_suppress"])
    cached = not choice["no_cache"]
    return Run(book, today(), wanted, choice["jobs"], cached, fixing(choice))


def _inputs(paths: tuple[str, ...], choice: dict[str, Any], only: frozenset[Path] | None) -> Inputs:
    name = choice["stdin_filename"]
    written = [*(output.file for output in choice["outputs"]), choice["evidence"]]
    return Inputs(
        paths or (("-",) if name else (".",)),
        name or "stdin",
        choice["force_exclude"],
        frozenset(file.resolve() for file in written if file),
        only,
    )


def _about_law(summary: Summary, run: Run) -> list[str]:
    """What stands below a report that holds findings about law."""
    if not (summary.lawful or summary.unplaced):
        return []
    from jdlint.report.statutes import notices, unplaced

    day = run.book.settled.config.as_of or run.today
    told = notices(run.book.cards, day) if summary.lawful else []
    return told + unplaced(summary.unplaced, summary.postings)


def _coloured(choice: dict[str, Any]) -> bool:
    import os

    if choice["colour"] is not None:
        return bool(choice["colour"])
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or _on_terminal(choice)


def _on_terminal(choice: dict[str, Any]) -> bool:
    return any(output.file is None for output in choice["outputs"]) and sys.stdout.isatty()


def _columns(choice: dict[str, Any]) -> int:
    """The width of the report: of the terminal, but no more than is easily read."""
    if not _on_terminal(choice):
        return 80
    import shutil

    return min(80, shutil.get_terminal_size().columns)


def _refuse(paths: tuple[str, ...], choice: dict[str, Any]) -> None:
    """Raises UsageError for options that contradict one another."""
    if choice["stdin_filename"] and paths and "-" not in paths:
        raise click.UsageError("--stdin-filename names standard input; add '-' to the paths")


def _audited(book: Rulebook, today: date) -> tuple[Finding, ...]:
    """What the configuration is told; nothing of it is imported when there is nothing to ask."""
    settled = book.settled
    rules = book.for_path(Path(settled.file)) if settled.file and settled.config.accept else None
    if rules is None:
        return ()
    from jdlint.audit import EXPIRED, audit

    card = rules.cards.get(EXPIRED)
    return tuple(audit(settled, card, today)) if card else ()
