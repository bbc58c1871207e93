"""``jdlint grammar``: see whether LanguageTool is to be had, and fetch it."""

import shutil
import sys
from importlib.util import find_spec

import click

from jdlint.cli.options import settings, settled
from jdlint.grammar import managed
from jdlint.grammar.server import GrammarError

_SIZE = "about 250 MB; some 300 MB unpacked"


@click.group("grammar")
def grammar_command() -> None:
    """LanguageTool: what is there (status), and how to get it (install)."""


@grammar_command.command("status")
@settings
@click.option("--grammar-url", metavar="URL", help="Ask for this server.")
def status(grammar_url: str | None, **options: object) -> None:
    """Say what is there; nothing is fetched, and no posting is sent."""
    given = {"url": grammar_url} if grammar_url else None
    wanted = settled(**options, grammar=given).config.grammar  # type: ignore[arg-type]
    extra = "installed" if _has_extra() else 'missing: pip install "jdlint[grammar]"'
    java = shutil.which("java")
    installed = managed.jar()
    rows = {
        "mode": wanted.mode,
        "wrapper": f"language-tool-python (GPL-3.0-only) is {extra}",
        "Java": java or "missing; LanguageTool needs version 17 or newer",
        "managed": str(installed) if installed.is_file() else f"nothing in {managed.folder()}",
        "server": _answer(wanted) if wanted.url else "no address given (--grammar-url)",
    }
    for label, text in rows.items():
        click.echo(f"{label:<9}{text}")


def _has_extra() -> bool:
    return find_spec("language_tool_python") is not None


def _answer(wanted: "object") -> str:
    from jdlint.grammar import server

    try:
        url = server.address(wanted)  # type: ignore[arg-type]
        return f"{url} answers: LanguageTool {server.version(url)}"
    except GrammarError as fault:
        return str(fault)


@grammar_command.command("install")
@click.option("--yes", is_flag=True, help="Do not ask.")
def install(yes: bool) -> None:
    """Download LanguageTool for the managed mode: the only command that fetches anything."""
    if managed.jar().is_file():
        click.echo(f"LanguageTool {managed.VERSION} is in {managed.jar().parent} already.")
        return
    if not _has_extra():
        raise GrammarError('first install the extra: pip install "jdlint[grammar]"')
    from jdlint.grammar.wrapper import download, source

    click.echo(f"LanguageTool {managed.VERSION} comes from {source(managed.VERSION)}")
    click.echo(f"({_SIZE}) and goes to {managed.folder()}.")
    if not yes and not click.confirm("Fetch it?", default=False):
        sys.exit(1)
    download(managed.VERSION)
    if not managed.jar().is_file():
        raise GrammarError(
            f"there is no {managed.jar().name} in {managed.jar().parent}; remove that folder (and "
            "LTP_JAR_DIR_PATH, if it is set) and run 'jdlint grammar install' again"
        )
    click.echo(f"LanguageTool {managed.VERSION} is in {managed.jar().parent}.")
