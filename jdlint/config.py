"""The configuration: its shape, the one file that wins, and where each value came from."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from jdlint.checks.card import Inflection, Level, Profile
from jdlint.law.declared import Law
from jdlint.layers import Layers, Place, read
from jdlint.model import ConfigError, Steps

FILE_NAMES = ("jdlint.yaml", "jdlint.yml")
OPTION_VALUE = int | float | str | bool | list[str]
Dialect = Literal["auto", "UK", "UK-oxford", "US", "CA", "AU"]
DIALECTS: tuple[str, ...] = get_args(Dialect)
FailOn = Literal["error", "warning", "note", "never"]
FAIL_ON: tuple[str, ...] = get_args(FailOn)
Switch = Literal["off", "on", "note", "warning", "error"]
"""A rule switched off, on (whatever the profile), or on with this severity."""


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

    def ended(self, day: date) -> bool:
        """Whether the phrase is no longer accepted on *day*."""
        return self.until is not None and self.until < day


class Rejected(Strict, frozen=True):
    """A phrase that is always flagged: what to write instead (best first), why, how gravely.

    Case is ignored unless the phrase has a capital. *inflect* says which other forms are
    meant and how the replacement follows them.
    """

    phrase: str
    replacement: str | list[str] = []
    reason: str = ""
    severity: Level | None = None
    inflect: Inflection = Inflection.NOUN

    @property
    def replacements(self) -> list[str]:
        """The replacements as a list."""
        return [self.replacement] if isinstance(self.replacement, str) else self.replacement


class Override(Strict, frozen=True):
    """Settings for the files that match one of *paths* (globs from the configuration's folder)."""

    paths: list[str]
    profile: Profile | None = None
    select: list[str] | None = None
    ignore: list[str] | None = None
    dialect: Dialect | None = None
    rules: dict[str, Switch | RuleSettings] = {}
    law: Law | None = None


GrammarMode = Literal["off", "server", "managed"]
GRAMMAR_MODES: tuple[str, ...] = get_args(GrammarMode)


class GrammarSettings(Strict, frozen=True):
    """Whether LanguageTool is asked: *off*, a *server* at *url*, or one *managed* by jdlint.

    *optional* makes a notice of a failure; *public_api* lets postings go to the vendor's
    service, *insecure* lets them go unencrypted to another machine. *timeout* is in
    seconds; *cache* keeps the answers (offsets, ids, replacements); *accept* lists words.
    """

    mode: GrammarMode = "off"
    url: str = ""
    optional: bool = False
    public_api: bool = False
    insecure: bool = False
    timeout: float = 30
    cache: bool = True
    accept: list[str] = []


class Config(Strict, frozen=True):
    """Everything that can be configured. ``docs/configuration.md`` has the meaning of each key.

    Rules are named by id, name, category or tag in *select* and *ignore*; in *rules*, by
    id or name, with ``off``, ``on``, a severity, or severity and options.
    """

    extends: list[str] = []
    profile: Profile = Profile.RECOMMENDED
    select: list[str] = []
    ignore: list[str] = []
    rules: dict[str, Switch | RuleSettings] = {}
    overrides: list[Override] = []
    fail_on: FailOn = "warning"
    dialect: Dialect = "auto"
    as_of: date | None = None
    include: list[str] = []
    exclude: list[str] = []
    accept: list[str | Accepted] = []
    reject: list[Rejected] = []
    names: list[str] = []
    headings: dict[str, list[str]] = {}
    prose_fields: list[str] = []
    law: Law = Law()
    baseline: str = ""
    max_file_size: int = 20_000_000
    grammar: GrammarSettings = GrammarSettings()
    packs: list[str] = []
    rule_folders: list[str] = []


class Settled(msgspec.Struct, frozen=True):
    """A configuration with the folder from which its paths count, and each value's origin."""

    config: Config
    folder: Path
    file: str | None = None
    layers: Layers = msgspec.field(default_factory=Layers)

    @property
    def origins(self) -> dict[str, str]:
        """Where the value of each key that was set came from."""
        return {key: str(self.layers.place((key,))) for key in self.layers.values}

    def fault(self, message: str, *steps: str | int, key: bool = False) -> ConfigError:
        """The mistake *message* in the value (or the *key*) at *steps*, with its place."""
        place = self.layers.place(steps, key=key)
        return place.fault(message, steps) if place else ConfigError(message, path=self.file)


def settle(chosen: Path | None, start: Path, given: dict[str, Any]) -> Settled:
    """The configuration in force: *chosen*, else the nearest file from *start* upwards.

    *given* are values from the command line, which win. Raises ConfigError.
    """
    if chosen is not None and not chosen.is_file():
        folder = "this is a folder; name the configuration file in it"
        what = folder if chosen.is_dir() else "there is no such configuration file"
        raise ConfigError(what, path=str(chosen))
    file = chosen or _as_seen_from_here(nearest(start))
    layers = read(file, Config) if file else Layers()
    for key, value in given.items():
        if isinstance(value, dict):
            value = layers.values.get(key, {}) | value
        layers.put(key, value, Place(f"--{key.replace('_', '-')}"))
    config: Config = msgspec.convert(layers.values, Config, strict=False)
    root = (file.parent if file else start).resolve()
    settled = Settled(config, root, str(file) if file else None, layers)
    _check(settled)
    return settled


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


def _as_seen_from_here(file: Path | None) -> Path | None:
    """*file* as people would write it who stand in or above its folder."""
    here = Path.cwd()
    return file.relative_to(here) if file and file.is_relative_to(here) else file


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _check(settled: Settled) -> None:
    """What the schema cannot see; raises ConfigError."""
    config = settled.config
    _check_phrases(settled, "names", config.names)
    _check_phrases(settled, "accept", [_phrase(entry) for entry in config.accept])
    _check_phrases(settled, "reject", [_phrase(entry) for entry in config.reject])
    _check_globs(settled, config.include, "include")
    _check_globs(settled, config.exclude, "exclude")
    for number, override in enumerate(config.overrides):
        _check_globs(settled, override.paths, "overrides", number, "paths")
    _check_places(settled, config.law, "law")
    for number, override in enumerate(config.overrides):
        _check_places(settled, override.law or Law(), "overrides", number, "law")
    if config.headings:
        from jdlint.posting.own import faults

        for label, fault in faults(config.headings):
            raise settled.fault(fault, "headings", label, key=True)


def _check_places(settled: Settled, law: Law, *where: str | int) -> None:
    if not (law.jurisdictions or law.employer.headcount_in):
        return
    from jdlint.nearest import hint
    from jdlint.posting.localities import codes, known_code

    named: list[tuple[str, Steps, bool]] = [
        (code, ("jurisdictions", n), False) for n, code in enumerate(law.jurisdictions)
    ]
    sizes = law.employer.headcount_in
    named += [(code, ("employer", "headcount_in", code), True) for code in sizes]
    for code, steps, key in named:
        if not known_code(code):
            near = hint(code, codes(), "write it by ISO 3166, as US-CO or GB")
            raise settled.fault(f"there is no place '{code}'; {near}", *where, *steps, key=key)


def _phrase(entry: str | Accepted | Rejected) -> str:
    return entry if isinstance(entry, str) else entry.phrase


def _check_phrases(settled: Settled, key: str, phrases: Sequence[str]) -> None:
    for number, phrase in enumerate(phrases):
        if not any(character.isalnum() for character in phrase):
            raise settled.fault(f"'{phrase}' holds no word; write one or remove it", key, number)


def _check_globs(settled: Settled, globs: Sequence[str], *steps: str | int) -> None:
    for number, glob in enumerate(globs):
        if "\\" in glob:
            instead = glob.replace("\\", "/")
            message = f"'{glob}' has a backslash; on every system write '{instead}'"
            raise settled.fault(message, *steps, number)


def schema() -> dict[str, Any]:
    """The JSON Schema of the configuration file."""
    made = msgspec.json.schema(Config)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "jdlint configuration"
    return made
