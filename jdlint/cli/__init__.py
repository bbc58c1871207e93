"""The command line: parses, calls, prints and exits. Each command's module loads when asked for."""

from importlib import import_module
from typing import Any

import click

from jdlint import __version__
from jdlint.model import JdlintError
from jdlint.nearest import hint

COMMANDS = {
    "check": "jdlint.cli.check",
    "inspect": "jdlint.cli.inspect",
    "rule": "jdlint.cli.rules",
    "rules": "jdlint.cli.rules",
    "laws": "jdlint.cli.laws",
    "baseline": "jdlint.cli.baseline",
    "test": "jdlint.cli.test",
    "init": "jdlint.cli.init",
    "config": "jdlint.cli.config",
    "grammar": "jdlint.cli.grammar",
}


class Commands(click.Group):
    """A group whose commands are imported only when they are run, with a did-you-mean."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All commands, in the order of their importance."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command called *cmd_name*, or None."""
        module = COMMANDS.get(cmd_name)
        return getattr(import_module(module), f"{cmd_name}_command") if module else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        """As click does, with a hint for a command that was misspelt."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = hint(args[0], COMMANDS, f"use one of {', '.join(COMMANDS)}")
            raise click.UsageError(f"there is no command '{args[0]}'; {near}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a mistake of the user's is one line and exit code 2."""
        try:
            return super().invoke(ctx)
        except JdlintError as fault:
            from jdlint.report.text import harmless

            click.echo(harmless(f"jdlint: {fault}"), err=True)
            ctx.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jdlint")
def cli() -> None:
    """The linter for job descriptions.

    \b
    jdlint check postings/        lint every posting in a folder
    jdlint inspect posting.md     see how jdlint understands a posting
    jdlint rule JD112             read about a rule
    """
