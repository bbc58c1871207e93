"""Typed reading of YAML that people write: every mistake has a file, a line and a remedy.

Scalars are converted to what the schema asks for, never to what YAML would guess, so
that an unquoted ``NO`` stays a word and ``1.10`` a version.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from jdlint.model import JdlintError, Steps
from jdlint.nearest import hint

_UNKNOWN = re.compile(r"unknown field `(.*?)`")
_INVALID = re.compile(r"Invalid (?:enum )?value ['`](.*?)['`]")
_MISSING = re.compile(r"missing required field `(.*?)`")
_EXPECTED = re.compile(r"Expected `(.*?)`(?:, got `(.*?)`)?\Z")
_ANY_KEY = "[...]"
"""What msgspec writes for a key of a map whose keys are free."""
_MAX_NODES = 200_000
_CALLED = {
    "object": "a map", "array": "a list", "str": "text", "int": "a whole number",
    "float": "a number", "bool": "true or false", "null": "nothing",
}  # fmt: skip
_SHAPES = ("object", "array", "bool", "null")
"""What is told of a value that has the wrong type; of text its words are told instead."""


def read_yaml(text: str, path: str, type_: Any, error: type[JdlintError]) -> Any:
    """The document in *text* as *type_*.

    Raises *error* with line and column for anything that is not YAML, has a key twice or
    does not fit the type.
    """
    value, marks = read_plain(text, path, error)
    return convert(value, path, type_, error, marks)


def read_plain(text: str, path: str, error: type[JdlintError]) -> tuple[Any, "Marks"]:
    """The document in *text* as maps, lists and strings, and where each of them stands.

    An empty document is an empty map. Raises *error* as :func:`read_yaml` does.
    """
    import yaml

    marks = Marks(path, error)
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise error(
            f"this is not valid YAML: {fault.problem}", path=path, line=place[0], column=place[1]
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        raise error(f"this is not valid YAML: {fault}", path=path) from None
    plain = marks.plain(node, ()) if node is not None else None
    return {} if plain is None else plain, marks


def convert(
    value: Any,
    path: str,
    type_: Any,
    error: type[JdlintError],
    marks: "Marks | None" = None,
    root: str = "",
) -> Any:
    """*value* (maps, lists and strings) as *type_*; raises *error* where it does not fit.

    *root* is the key under which *value* stands in its file, if it is not the whole of it.
    """
    try:
        return msgspec.convert(value, type_, strict=False)
    except msgspec.ValidationError as fault:
        message, steps = _located(fault, value, type_)
        line, column = marks.fault(steps, message) if marks else (None, None)
        where = spelled(steps, root)
        raise error(
            _explain(message, steps, value, type_) + (f" (in '{where}')" if where else ""),
            path=path,
            line=line,
            column=column,
        ) from None


def spelled(steps: Steps, root: str = "") -> str:
    """The way to a value as people write it: ``overrides[0].rules``."""
    parts = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)
    return (root + parts).removeprefix(".")


class Marks:
    """Where each key and value of a YAML document stands: line and column, from 1."""

    def __init__(self, path: str, error: type[JdlintError]) -> None:
        self._path = path
        self._error = error
        self.values: dict[Steps, tuple[int, int]] = {}
        self.keys: dict[Steps, tuple[int, int]] = {}

    def plain(self, node: Any, steps: Steps) -> Any:
        """The node as maps, lists and strings; null becomes None."""
        self.values[steps] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if len(self.values) > _MAX_NODES:
            raise self._error("this file is too large or expands too far", path=self._path)
        if node.id == "mapping":
            return self._mapping(node, steps)
        if node.id == "sequence":
            return [self.plain(item, (*steps, i)) for i, item in enumerate(node.value)]
        return None if node.tag.endswith(":null") and not node.style else node.value

    def _mapping(self, node: Any, steps: Steps) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            here = (key.start_mark.line + 1, key.start_mark.column + 1)
            name = str(key.value)
            if name in found:
                raise self._error(
                    f"the key '{name}' stands here twice; keep one",
                    path=self._path,
                    line=here[0],
                    column=here[1],
                )
            self.keys[(*steps, name)] = here
            found[name] = self.plain(value, (*steps, name))
        return found

    def fault(self, steps: Steps, message: str) -> tuple[int | None, int | None]:
        """Line and column of the value at *steps*, or of the unknown key that *message* names."""
        unknown = _UNKNOWN.search(message)
        if unknown and (*steps, unknown[1]) in self.keys:
            return self.keys[(*steps, unknown[1])]
        while steps and steps not in self.values:
            steps = steps[:-1]
        return self.values.get(steps, (None, None))


def _located(fault: msgspec.ValidationError, value: Any, type_: Any) -> tuple[str, Steps]:
    """What is wrong, and the way there.

    Of a map with free keys msgspec does not say which one it means: the one that is still
    wrong when it stands alone.
    """
    message, steps = _parted(fault)
    while _ANY_KEY in steps:
        before = steps[: steps.index(_ANY_KEY)]
        for key in list(_value_at(value, before)):
            alone = _with_only(value, before, key)
            try:
                msgspec.convert(alone, type_, strict=False)
            except msgspec.ValidationError as again:
                message, rest = _parted(again)
                if rest[: len(before) + 1] == (*before, _ANY_KEY):
                    value, steps = alone, (*before, key, *rest[len(before) + 1 :])
                    break
        else:
            return message, before
    return message, steps


def _parted(fault: msgspec.ValidationError) -> tuple[str, Steps]:
    """The message, and the path ``$.terms[0].match`` as ``("terms", 0, "match")``."""
    message, _, where = str(fault).partition(" - at ")
    found = re.findall(r"\.([^.\[\]]+)|\[(\d+)\]|(\[\.\.\.\])", where.strip("`"))
    return message, tuple(int(index) if index else name or free for name, index, free in found)


def _with_only(value: Any, steps: Steps, key: str) -> Any:
    """*value* in which the map at *steps* has no other key than *key*."""
    if not steps:
        return {key: value[key]}
    changed: Any = list(value) if isinstance(value, list) else dict(value)
    changed[steps[0]] = _with_only(value[steps[0]], steps[1:], key)
    return changed


def _value_at(value: Any, steps: Steps) -> Any:
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _explain(message: str, steps: Steps, value: Any, type_: Any) -> str:
    """What msgspec says in plain words, with a did-you-mean where one is near."""
    if unknown := _UNKNOWN.search(message):
        known = [k for part in _parts(type_, steps, value) for k in part.get("properties", {})]
        return f"unknown key '{unknown[1]}'; {_nearest(unknown[1], known)}"
    if invalid := _INVALID.search(message):
        known = [str(v) for part in _parts(type_, steps, value) for v in part.get("enum", ())]
        return f"'{invalid[1]}' is not allowed; {_nearest(invalid[1], known)}"
    if missing := _MISSING.search(message):
        return f"missing key '{missing[1]}'"
    got = _value_at(value, steps)
    return in_words(message) + (f", this is '{got}'" if isinstance(got, str) else "")


def in_words(message: str) -> str:
    """What msgspec says of a wrong type, in words that need no programming."""
    message = message.partition(" - at ")[0]
    if expected := _EXPECTED.match(message):
        wanted = " or ".join(_CALLED.get(w, w) for w in expected[1].split(" | "))
        got = expected[2]
        return f"this must be {wanted}" + (f", not {_CALLED[got]}" if got in _SHAPES else "")
    if "date" in message:
        return "this must be a day such as 2026-11-23"
    return message.replace("`", "'")


def _nearest(word: str, known: list[str]) -> str:
    listed = ", ".join(dict.fromkeys(known[:30]))
    return hint(word, known, f"use one of {listed}" if listed else "remove it")


def _parts(type_: Any, steps: Steps, value: Any) -> list[dict[str, Any]]:
    """The parts of the JSON Schema of *type_* that may describe what stands at *steps*."""
    schema = msgspec.json.schema(type_)
    found = list(_opened(schema, schema.get("$defs", {}), value))
    for step in steps:
        value = _value_at(value, (step,))
        below = [_below(part, step) for part in found]
        found = [p for part in below for p in _opened(part, schema["$defs"], value)]
    return found


def _below(part: dict[str, Any], step: str | int) -> Any:
    if isinstance(step, int):
        return part.get("items")
    return part.get("properties", {}).get(step) or part.get("additionalProperties")


def _opened(part: Any, definitions: dict[str, Any], value: Any) -> Iterator[dict[str, Any]]:
    """*part* with references followed and alternatives spread out; of tagged ones the right one."""
    if not isinstance(part, dict):
        return
    if "$ref" in part:
        yield from _opened(definitions[part["$ref"].rpartition("/")[2]], definitions, value)
        return
    chosen = part.get("discriminator")
    tag = value.get(chosen["propertyName"]) if chosen and isinstance(value, dict) else None
    if chosen and tag in chosen["mapping"]:
        yield from _opened({"$ref": chosen["mapping"][tag]}, definitions, value)
        return
    for option in part.get("anyOf", ()):
        yield from _opened(option, definitions, value)
    yield part


def place_in(text: str, *steps: str | int) -> tuple[int, int]:
    """Line and column of the value that the keys and numbers *steps* lead to in the YAML *text*.

    Where they lead nowhere it is the last value on the way.
    """
    import yaml

    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in steps:
        if node.id == "mapping":
            found = (value for key, value in node.value if key.value == step)
            node = next(found, node)
        elif node.id == "sequence" and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    return node.start_mark.line + 1, node.start_mark.column + 1
