"""``jdlint config``: the settled configuration and where each value came from."""

from typing import Any

import click
import msgspec

from jdlint.cli.options import settings, settled
from jdlint.config import Config, schema


@click.command("config")
@settings
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema instead.")
def config_command(format_: str, as_schema: bool, **options: Any) -> None:
    """Show the configuration in force here, and where each value came from."""
    if as_schema:
        click.echo(msgspec.json.format(msgspec.json.encode(schema()), indent=2))
        return
    given = settled(**options)
    values: dict[str, Any] = {
        key: msgspec.to_builtins(getattr(given.config, key))
        for key in Config.__struct_fields__
        if key != "extends"
    }
    if format_ == "json":
        rows = {k: {"value": v, "from": given.origins.get(k, "default")} for k, v in values.items()}
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2))
        return
    click.echo(f"# {given.file or 'no configuration file: defaults'}")
    for key, value in values.items():
        shown = msgspec.json.encode(value).decode()
        click.echo(f"{key}: {shown}  # {given.origins.get(key, 'default')}")
