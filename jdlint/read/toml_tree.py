"""TOML front matter as a tree with places: tables, keys, strings, lists of strings.

The standard library's parser knows no places, so the few forms that front matter uses
are found here; whether the whole is TOML at all is for that parser to say.
"""

import re
from functools import cache

from jdlint.language.late import late
from jdlint.read.build import Builder, View
from jdlint.read.tree import Mapping, Node, Scalar, Sequence, TreeError

_LETTERS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


class TomlScalar(Scalar):
    """A value of TOML; *basic* strings are in double quotes and have escapes."""

    basic: bool = False

    def view(self, within: View) -> View:
        """The text as a view whose pieces lead back to the file that *within* leads to."""
        scratch = Builder("")
        at = self.start
        for found in _escape().finditer(within.text, self.start, self.end) if self.basic else ():
            scratch.literal(within, at, found.start())
            scratch.decoded(within, _meaning(found), found.start(), found.end())
            at = found.end()
        scratch.literal(within, at, self.end)
        document = scratch.document()
        return View(document.plain, document.offsets.pieces)


_PLACE = late(r" \(at line (\d+), column (\d+)\)")
"""What the standard library's parser says of a place; a text at its end has none."""


@cache
def _escape() -> re.Pattern[str]:
    return late(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\s+)|(.))|\r\n")


def _meaning(found: re.Match[str]) -> str:
    if found.group() == "\r\n":
        return "\n"
    if digits := found[1] or found[2]:
        point = int(digits, 16)
        return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"
    return "" if found[3] else _LETTERS.get(found[4], found[4])


@cache
def _line() -> re.Pattern[str]:
    """A comment, a table's name, or a key and the start of its value."""
    key = r"[\w-]+|\"[^\"\r\n]*\"|'[^'\r\n]*'"
    return late(
        rf"[ \t]*(?:#|(?P<table>\[\[?)[ \t]*(?P<name>[^\]\r\n]*)\]|(?P<key>(?:{key})"
        rf"(?:[ \t]*\.[ \t]*(?:{key}))*)[ \t]*=[ \t]*|)"
    )


@cache
def _string() -> re.Pattern[str]:
    """A string in one of the four kinds of quotes."""
    return late(
        r'"""(?:\r?\n)?(?P<long>(?:[^"\\]|\\[\s\S]|"(?!""))*)"""'
        r"|'''(?:\r?\n)?(?P<raw>(?:[^']|'(?!''))*)'''"
        r'|"(?P<basic>(?:[^"\\\r\n]|\\.)*)"'
        r"|'(?P<literal>[^'\r\n]*)'"
    )


@cache
def _bare() -> re.Pattern[str]:
    return late(r"[^\s,\]\}#\"'\[{][^,\]\}#\r\n\"'\[{]*")


@cache
def _line_end() -> re.Pattern[str]:
    return late(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


def parse(text: str) -> Mapping:
    """The TOML in *text*; raises TreeError where it is damaged."""
    import tomllib

    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        raise TreeError(_PLACE.sub("", str(error)), _offset(text, place)) from error
    except RecursionError:
        raise TreeError("nested too deeply", 0) from None
    return salvage(text)


def _offset(text: str, found: re.Match[str] | None) -> int:
    """The place that a message of the standard library's parser names."""
    if found is None:
        return 0
    lines = text.split("\n")[: int(found[1]) - 1]
    return min(sum(len(line) + 1 for line in lines) + int(found[2]) - 1, len(text))


def salvage(text: str) -> Mapping:
    """What can be understood of *text*, which may be damaged."""
    end = len(text)
    root = table = Mapping(0, end, [])
    at = 0
    while at < end:
        found = _line().match(text, at, end)
        if found is not None and found["table"] is not None:
            table = Mapping(at, end, [])
            root.items.append((_key(found, "name"), table))
        elif found is not None and found["key"] is not None:
            value, at = _value(text, found.end(), end)
            if value is not None:
                table.items.append((_key(found, "key"), value))
        line = _line_end().match(text, at, end)
        at = max(line.end() if line else end, at + 1)
    return root


def _key(found: re.Match[str], group: str) -> Scalar:
    name = re.sub(r"[\"'\[\] \t]", "", found[group])
    return TomlScalar(*found.span(group), name)


def _value(text: str, at: int, end: int) -> tuple[Node | None, int]:
    """The value at *at* and where it ends; a list or an inline table gives its strings."""
    if text[at : at + 1] in ("[", "{"):
        return _collection(text, at, end)
    return _scalar(text, at, end)


def _scalar(text: str, at: int, end: int) -> tuple[Scalar | None, int]:
    if found := _string().match(text, at, end):
        group = str(found.lastgroup)
        scalar = TomlScalar(*found.span(group), "", True, group in ("long", "basic"))
        scalar.value = scalar.view(View(text)).text
        return scalar, found.end()
    if found := _bare().match(text, at, end):
        written = found.group().rstrip()
        return TomlScalar(at, at + len(written), written, False), found.end()
    return None, at


def _collection(text: str, at: int, end: int) -> tuple[Node | None, int]:
    """The strings of a list, or of an inline table, whose keys are left aside."""
    depth, values = 0, Sequence(at, at, [])
    start = at
    while at < end:
        sign = text[at]
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
            if depth <= 0:
                break
        elif sign in "\"'" and (found := _scalar(text, at, end))[0] is not None:
            values.items.append(found[0])
            at = found[1]
            continue
        at += 1
    values.start, values.end = start, min(at + 1, end)
    return values, values.end
