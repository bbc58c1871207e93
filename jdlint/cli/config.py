"""``jdlint config``: the settled configuration and where each value came from."""

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from jdlint.cli.options import settings, settled, text_or_json
from jdlint.config import Config, Settled, schema
from jdlint.rulebook import Rulebook


@click.command("config")
@settings
@text_or_json
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema instead.")
def config_command(format_: str, as_schema: bool, **options: Any) -> None:
    """Show the configuration in force here, and where each value came from."""
    if as_schema:
        click.echo(msgspec.json.format(msgspec.json.encode(schema()), indent=2))
        return
    given = settled(**options)
    Rulebook(given)  # refuses what no rule knows
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
        click.echo("\n".join(_rows(key, value, given)))


def _rows(key: str, value: Any, given: Settled) -> Iterator[str]:
    """*key* as YAML with its origin; each entry of a map, or of a list of maps, on its own line."""
    if isinstance(value, dict) and value:
        entries = [(name, f"{name}: ", entry) for name, entry in value.items()]
    elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        entries = [(number, "- ", entry) for number, entry in enumerate(value)]
    else:
        yield f"{key}: {_json(value)}  # {given.origins.get(key, 'default')}"
        return
    yield f"{key}:"
    for step, lead, entry in entries:
        yield f"  {lead}{_json(entry)}  # {given.layers.place((key, step)) or 'default'}"


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
