"""Configuration files as they are written: one over another, each value with its place."""

from pathlib import Path
from typing import Any

import msgspec

from jdlint.model import ConfigError, Steps

_EXTENDS = "extends"


class Place(msgspec.Struct, frozen=True):
    """Where a value was written: a file (or an option) and, if it is known, line and column.

    *root* is the table under which the keys of a TOML file stand.
    """

    path: str
    line: int | None = None
    column: int | None = None
    root: str = ""

    def fault(self, message: str, steps: Steps = ()) -> ConfigError:
        """The mistake *message* in the value at *steps*; the way there is told if no line is."""
        if self.line is None and self.root:
            from jdlint.schema import spelled

            message = f"{message} (in '{spelled(steps, self.root)}')"
        return ConfigError(message, path=self.path, line=self.line, column=self.column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line is not None else self.path


class Layers(msgspec.Struct):
    """Values laid over one another; *places* says where each stands, *keys* where its key does.

    *texts* has what was read, by path.
    """

    values: dict[str, Any] = {}
    places: dict[Steps, Place] = {}
    keys: dict[Steps, Place] = {}
    texts: dict[str, str] = {}

    def put(self, key: str, value: Any, place: Place) -> None:
        """Set *key*, whatever was there."""
        self._forget((key,))
        self.values[key] = value
        self.places[(key,)] = self.keys[(key,)] = place

    def over(self, below: "Layers") -> "Layers":
        """Lay these values over *below*: maps are merged key by key, anything else is replaced."""
        for key, value in self.values.items():
            under = below.values.get(key)
            if isinstance(under, dict) and isinstance(value, dict):
                for name in value:
                    below._forget((key, name))
                below.values[key] = under | value
            else:
                below._forget((key,))
                below.values[key] = value
        below.places |= self.places
        below.keys |= self.keys
        below.texts |= self.texts
        return below

    def _forget(self, steps: Steps) -> None:
        for places in (self.places, self.keys):
            for known in [k for k in places if k[: len(steps)] == steps]:
                del places[known]

    def place(self, steps: Steps, *, key: bool = False) -> Place | None:
        """Where the value at *steps* (or its *key*) was written, or what it stands in."""
        if key and steps in self.keys:
            return self.keys[steps]
        while steps and steps not in self.places:
            steps = steps[:-1]
        return self.places.get(steps)


def read(file: Path, type_: Any, seen: tuple[Path, ...] = ()) -> Layers:
    """The values of *file*, which must fit *type_*, over those of the files that it extends.

    Raises ConfigError with the place of the first mistake.
    """
    own = _own(file, type_)
    below = Layers()
    for number, name in enumerate(own.values.pop(_EXTENDS, ())):
        base = file.parent / name
        place = own.place((_EXTENDS, number)) or Place(str(file))
        steps = (_EXTENDS, number)
        if not base.is_file():
            raise place.fault(f"it extends {name}, which does not exist", steps)
        if base.resolve() in (*seen, file.resolve()):
            raise place.fault(f"this configuration extends itself, by way of {name}", steps)
        below = read(base, type_, (*seen, file.resolve())).over(below)
    return own.over(below)


def _own(file: Path, type_: Any) -> Layers:
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ConfigError(
            f"this is not UTF-8 (byte {fault.start}); save it as UTF-8", path=str(file)
        ) from None
    except OSError as fault:
        raise ConfigError(f"cannot be read: {fault.strerror}", path=str(file)) from None
    return _toml(text, file, type_) if file.suffix == ".toml" else from_yaml(text, file, type_)


def from_yaml(text: str, file: Path, type_: Any) -> Layers:
    """The values of *text*, which stands in *file* and must fit *type_*; raises ConfigError."""
    from jdlint.schema import convert, read_plain

    values, marks = read_plain(text, str(file), ConfigError)
    if isinstance(values, dict):  # a key with nothing behind it is not set
        values = {key: value for key, value in values.items() if value is not None}
    convert(values, str(file), type_, ConfigError, marks)
    places = {steps: Place(str(file), *mark) for steps, mark in marks.values.items() if steps}
    keys = {steps: Place(str(file), *mark) for steps, mark in marks.keys.items()}
    return Layers(values, places, keys, {str(file): text})


_TABLE = "tool.jdlint"


def _toml(text: str, file: Path, type_: Any) -> Layers:
    import tomllib

    from jdlint.schema import convert

    try:
        tool = tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError as fault:
        raise _not_toml(fault, file) from None
    if "jdlint" not in tool:
        raise ConfigError(f"it has no table [{_TABLE}]; put the settings there", path=str(file))
    convert(tool["jdlint"], str(file), type_, ConfigError, root=_TABLE)
    place = Place(str(file), root=_TABLE)
    places: dict[Steps, Place] = {(key,): place for key in tool["jdlint"]}
    return Layers(dict(tool["jdlint"]), places, dict(places))


def _not_toml(fault: Exception, file: Path) -> ConfigError:
    """The fault with its place, which the parser writes into its message."""
    import re

    found = re.search(r" \(at line (\d+), column (\d+)\)", str(fault))
    message = f"this is not valid TOML: {str(fault).replace(found[0], '') if found else fault}"
    line, column = (int(found[1]), int(found[2])) if found else (None, None)
    return ConfigError(message, path=str(file), line=line, column=column)
