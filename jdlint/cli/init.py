"""``jdlint init``: write a first configuration."""

from pathlib import Path

import click

from jdlint.config import FILE_NAMES
from jdlint.model import ConfigError

_TEXT = """\
# What jdlint checks here. 'jdlint config' shows what is in force, 'jdlint rules' what there is.

# minimal: only what is plainly wrong; recommended: what a careful editor would change;
# strict: matters of polish as well.
profile: recommended

# The severity from which a check fails: error, warning, note or never.
fail_on: warning

# The spelling of your postings: auto (each posting for itself), UK, UK-oxford, US, CA or AU.
dialect: auto

# Files that are not postings.
exclude: []

# Phrases that are fine here, with the reason:
#   - phrase: master data
#     reason: the name of our team
accept: []

# Phrases that are not written here, and what is written instead:
#   - phrase: colleague
#     replacement: team member
#     reason: house style
reject: []

# Names of your organisation and its products, which are left alone.
names: []

# Rules by id or name: off, on, note, warning or error.
#   JD112: error
rules: {}
"""


@click.command("init")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="Where to write it (default: here).",
)
def init_command(folder: Path) -> None:
    """Write a commented jdlint.yaml. Nothing is overwritten."""
    for name in FILE_NAMES:
        if (folder / name).exists():
            raise ConfigError(
                "there is a configuration already; it was left as it is", path=str(folder / name)
            )
    file = folder / FILE_NAMES[0]
    try:
        file.write_text(_TEXT, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise ConfigError(f"this cannot be written: {fault.strerror}", path=str(file)) from None
    click.echo(f"Wrote {file}. Next: jdlint check")
