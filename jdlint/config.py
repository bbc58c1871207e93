"""The configuration: its shape, the one file that wins, and where each value came from."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from jdlint.checks.card import Level, Profile
from jdlint.model import ConfigError

FILE_NAMES = ("jdlint.yaml", "jdlint.yml")
OPTION_VALUE = int | float | str | bool | list[str]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts of a configuration have in common: frozen, and no unknown keys."""


class RuleSettings(Strict, frozen=True):
    """What a configuration may change about a rule: its severity and its options."""

    severity: Level | None = None
    options: dict[str, OPTION_VALUE] = {}


class Accepted(Strict, frozen=True):
    """A phrase that is never flagged, with the reason, until a day (inclusive) if given."""

    phrase: str
    reason: str = ""
    until: date | None = None


class Override(Strict, frozen=True):
    """Settings for the files that match one of *paths* (globs from the configuration's folder)."""

    paths: list[str]
    profile: Profile | None = None
    select: list[str] | None = None
    ignore: list[str] | None = None
    dialect: str | None = None
    rules: dict[str, str | RuleSettings] = {}


class Config(Strict, frozen=True):
    """Everything that can be configured. ``docs/configuration.md`` has the meaning of each key.

    Rules are named by id, name, category or tag in *select* and *ignore*; in *rules*, by
    id or name, with ``off``, a severity, or severity and options.
    """

    extends: list[str] = []
    profile: Profile = Profile.RECOMMENDED
    select: list[str] = []
    ignore: list[str] = []
    rules: dict[str, str | RuleSettings] = {}
    overrides: list[Override] = []
    fail_on: str = "warning"
    dialect: str = "auto"
    as_of: date | None = None
    include: list[str] = []
    exclude: list[str] = []
    accept: list[str | Accepted] = []
    names: list[str] = []
    prose_fields: list[str] = []
    max_file_size: int = 20_000_000
    packs: list[str] = []
    rule_folders: list[str] = []


class Settled(msgspec.Struct, frozen=True):
    """A configuration with the folder from which its paths count, and each key's origin."""

    config: Config
    folder: Path
    origins: dict[str, str] = {}
    file: str | None = None


DIALECTS = ("auto", "UK", "UK-oxford", "US", "CA", "AU")
FAIL_ON = ("error", "warning", "note", "never")


def settle(chosen: Path | None, start: Path, given: dict[str, Any]) -> Settled:
    """The configuration in force: *chosen*, else the nearest file from *start* upwards.

    *given* are values from the command line, which win. Raises ConfigError.
    """
    file = chosen or nearest(start)
    if chosen is not None and not chosen.is_file():
        raise ConfigError("there is no such configuration file", path=str(chosen))
    values, origins = _layers(file, ()) if file else ({}, {})
    for key, value in given.items():
        values[key], origins[key] = value, "command line"
    config: Config = _convert(values, str(file) if file else "command line")
    _check(config, str(file) if file else "command line")
    folder = (file.parent if file else start).resolve()
    return Settled(config, folder, origins, str(file) if file else None)


def nearest(start: Path) -> Path | None:
    """The configuration file next to *start* or above it, up to the repository's root."""
    for folder in _upwards(start.resolve()):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return folder / name
        project = folder / "pyproject.toml"
        if project.is_file() and "[tool.jdlint" in project.read_text("utf-8", "replace"):
            return project
        if (folder / ".git").exists():
            return None
    return None


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _layers(file: Path, seen: tuple[Path, ...]) -> tuple[dict[str, Any], dict[str, str]]:
    """The raw values of *file* over those that it extends, and the origin of each key."""
    if file.resolve() in seen:
        raise ConfigError("this configuration extends itself", path=str(file))
    raw, lines = _raw(file)
    _convert(raw, str(file))
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name in raw.get("extends", ()):
        base = file.parent / name
        if not base.is_file():
            raise ConfigError(
                f"it extends {name}, which does not exist",
                path=str(file),
                line=lines.get("extends"),
            )
        below, where = _layers(base, (*seen, file.resolve()))
        values |= below
        origins |= where
    for key, value in raw.items():
        values[key] = _merged(values.get(key), value)
        origins[key] = f"{file}:{lines[key]}" if key in lines else str(file)
    return values, origins


def _merged(below: Any, value: Any) -> Any:
    """A map is laid over the map below it; anything else replaces what was there."""
    return below | value if isinstance(below, dict) and isinstance(value, dict) else value


def _raw(file: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The keys of *file* as written, and their lines; raises ConfigError on bad syntax."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"cannot be read: {fault}", path=str(file)) from None
    if file.suffix == ".toml":
        return _raw_toml(text, file)
    from jdlint.schema import read_yaml

    read_yaml(text, str(file), Config, ConfigError)
    import yaml

    raw = yaml.load(text, Loader=yaml.BaseLoader) or {}  # noqa: S506 (all scalars stay text)
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        key = line.partition(":")[0]
        if key in raw:
            lines.setdefault(key, number)
    return raw, lines


def _raw_toml(text: str, file: Path) -> tuple[dict[str, Any], dict[str, int]]:
    import tomllib

    try:
        raw = tomllib.loads(text).get("tool", {}).get("jdlint", {})
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"this is not valid TOML: {fault}", path=str(file)) from None
    return raw, {}


def _convert(values: dict[str, Any], path: str) -> Config:
    if not values:
        return Config()
    from jdlint.schema import convert

    config: Config = convert(values, path, Config, ConfigError)
    return config


def _check(config: Config, path: str) -> None:
    """What the schema cannot see."""
    dialects = [config.dialect, *(o.dialect for o in config.overrides if o.dialect)]
    for dialect in dialects:
        _one_of("dialect", dialect, DIALECTS, path)
    _one_of("fail_on", config.fail_on, FAIL_ON, path)


def _one_of(key: str, value: str, allowed: tuple[str, ...], path: str) -> None:
    if value not in allowed:
        import difflib

        near = difflib.get_close_matches(value, allowed, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(allowed)}"
        raise ConfigError(f"'{value}' is not allowed in '{key}'; {hint}", path=path)


def schema() -> dict[str, Any]:
    """The JSON Schema of the configuration file."""
    made = msgspec.json.schema(Config)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "jdlint configuration"
    return made
