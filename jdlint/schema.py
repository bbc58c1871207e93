"""Typed reading of YAML that people write: every mistake has a file, a line and a remedy.

Scalars are converted to what the schema asks for, never to what YAML would guess, so
that an unquoted ``NO`` stays a word and ``1.10`` a version.
"""

import re
from typing import Any

import msgspec

from jdlint.model import JdlintError

_UNKNOWN = re.compile(r"unknown field `(.*?)`")
_INVALID = re.compile(r"Invalid (?:enum )?value ['`](.*?)['`]")
_MAX_NODES = 200_000


def read_yaml(text: str, path: str, type_: Any, error: type[JdlintError]) -> Any:
    """The document in *text* as *type_*.

    Raises *error* with line and column for anything that is not YAML, has a key twice or
    does not fit the type.
    """
    import yaml

    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise error(
            f"this is not valid YAML: {fault.problem}", path=path, line=place[0], column=place[1]
        ) from None
    except (yaml.YAMLError, ValueError) as fault:
        raise error(f"this is not valid YAML: {fault}", path=path) from None
    if node is None:
        return convert({}, path, type_, error)
    marks = _Marks(path, error)
    return convert(marks.plain(node, ()), path, type_, error, marks)


def convert(
    value: Any,
    path: str,
    type_: Any,
    error: type[JdlintError],
    marks: "_Marks | None" = None,
) -> Any:
    """*value* (maps, lists and strings) as *type_*; raises *error* where it does not fit."""
    try:
        return msgspec.convert(value, type_, strict=False)
    except msgspec.ValidationError as fault:
        message, _, where = str(fault).partition(" - at ")
        steps = _steps(where.strip("`"))
        line, column = marks.place(steps, message) if marks else (None, None)
        raise error(
            _explain(message, steps, value, type_), path=path, line=line, column=column
        ) from None


class _Marks:
    """Where each key and value of a YAML document stands."""

    def __init__(self, path: str, error: type[JdlintError]) -> None:
        self._path = path
        self._error = error
        self._places: dict[tuple[str | int, ...], tuple[int, int]] = {}
        self._keys: dict[tuple[str | int, ...], tuple[int, int]] = {}

    def plain(self, node: Any, steps: tuple[str | int, ...]) -> Any:
        """The node as maps, lists and strings; null becomes None."""
        self._places[steps] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if len(self._places) > _MAX_NODES:
            raise self._error("this file is too large or expands too far", path=self._path)
        if node.id == "mapping":
            return self._mapping(node, steps)
        if node.id == "sequence":
            return [self.plain(item, (*steps, i)) for i, item in enumerate(node.value)]
        return None if node.tag.endswith(":null") and node.style is None else node.value

    def _mapping(self, node: Any, steps: tuple[str | int, ...]) -> dict[str, Any]:
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
            self._keys[(*steps, name)] = here
            found[name] = self.plain(value, (*steps, name))
        return found

    def place(self, steps: tuple[str | int, ...], message: str) -> tuple[int | None, int | None]:
        """Line and column of the value at *steps*, or of the unknown key that *message* names."""
        if unknown := _UNKNOWN.search(message):
            return self._keys.get((*steps, unknown[1]), self._places.get(steps, (None, None)))
        while steps and steps not in self._places:
            steps = steps[:-1]
        return self._places.get(steps, (None, None))

    def line_of(self, *steps: str | int) -> int | None:
        """The line of the key or value at *steps*."""
        return (self._keys.get(steps) or self._places.get(steps) or (None,))[0]


def _steps(where: str) -> tuple[str | int, ...]:
    """The path ``$.terms[0].match`` as ``("terms", 0, "match")``."""
    return tuple(
        int(index) if index else name
        for name, index in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", where)
    )


def _explain(message: str, steps: tuple[str | int, ...], value: Any, type_: Any) -> str:
    """What msgspec says in plain words, with a did-you-mean where one is near."""
    where = ".".join(str(s) for s in steps)
    inside = f" in '{where}'" if where else ""
    if unknown := _UNKNOWN.search(message):
        hint = _nearest(unknown[1], _known_keys(type_))
        return f"unknown key '{unknown[1]}'{inside}; {hint}"
    if invalid := _INVALID.search(message):
        hint = _nearest(invalid[1], _known_values(type_, invalid[1]))
        return f"'{invalid[1]}' is not allowed{inside}; {hint}"
    message = message.replace("Object missing required field", "missing key")
    message = message.replace("Expected", "expected").replace("`", "'")
    got = _value_at(value, steps)
    return f"{message}{inside}" + (f" (it says '{got}')" if isinstance(got, str) else "")


def _value_at(value: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _nearest(word: str, known: list[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known: {', '.join(known[:30])}" if known else "remove it"


def _known_keys(type_: Any) -> list[str]:
    """All keys that any struct inside *type_* knows, in the order of the schema."""
    found: dict[str, None] = {}
    for part in msgspec.json.schema(type_).get("$defs", {}).values():
        found.update(dict.fromkeys(part.get("properties", {})))
    return list(found)


def _known_values(type_: Any, word: str) -> list[str]:
    """The values of that enumeration inside *type_* which comes nearest to *word*."""
    import difflib

    parts = msgspec.json.schema(type_).get("$defs", {}).values()
    enums = [[str(v) for v in part["enum"]] for part in parts if "enum" in part]
    properties = [field for part in parts for field in part.get("properties", {}).values()]
    enums.append([str(v) for field in properties for v in field.get("enum", [])])
    return max(
        enums,
        default=[],
        key=lambda e: max((difflib.SequenceMatcher(None, word, v).ratio() for v in e), default=0.0),
    )


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
