"""JSON with places: a reader that forgives what people get wrong, and never recurses.

Allowed beyond RFC 8259: raw line ends in strings, trailing or missing-by-line commas,
comments, several values one after the other (JSON Lines), and a closing semicolon.
"""

import re
from functools import cache

from jdlint.language.late import late
from jdlint.read.build import Builder, View
from jdlint.read.tree import DEEPEST, Mapping, Node, Scalar, Sequence, TreeError

_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class JsonScalar(Scalar):
    """A value of JSON: *start* and *end* include the quotes of a string."""

    def view(self, within: View) -> View:
        """The text as a view whose pieces lead back to the file that *within* leads to."""
        pieces = Builder("")
        margin = 1 if self.is_text else 0
        at, stop = self.start + margin, self.end - margin
        for found in _escape().finditer(within.text, at, stop):
            pieces.literal(within, at, found.start())
            pieces.decoded(within, _decoded(found.group()), *found.span())
            at = found.end()
        pieces.literal(within, at, stop)
        document = pieces.document()
        return View(document.plain, document.offsets.pieces)


def parse(text: str, start: int = 0, end: int | None = None) -> Node:
    """The value of ``text[start:end]``; several of them become a sequence.

    Raises TreeError.
    """
    values = _Parser(text, start, len(text) if end is None else end).values()
    return values[0] if len(values) == 1 else Sequence(start, values[-1].end, values)


@cache
def _escape() -> re.Pattern[str]:
    return late(
        r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.",
        re.DOTALL,
    )


@cache
def _filler() -> re.Pattern[str]:
    """White space, comments and a byte-order mark between two tokens."""
    return late(r"[\s\ufeff]+|//[^\r\n]*|/\*")


@cache
def _bare() -> re.Pattern[str]:
    return late(r"[-+.\w]+")


@cache
def _quoted() -> re.Pattern[str]:
    """The rest of a string up to its closing quote or the next backslash."""
    return late(r'[^"\\]*')


def _decoded(escape: str) -> str:
    """The characters that an escape stands for; a lone surrogate becomes U+FFFD."""
    if escape[1] != "u" or len(escape) < 6:
        return _ESCAPES.get(escape[1], escape[1])
    if len(escape) == 12:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    code = int(escape[2:], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


class _Parser:
    """One pass over the text. *_open* are the containers that wait for their end."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._at = start
        self._end = end
        self._open: list[Mapping | Sequence] = []
        self._keys: list[Scalar | None] = []
        self._values: list[Node] = []

    def values(self) -> list[Node]:
        """All values up to the end."""
        self._skip()
        while self._at < self._end:
            self._step(self._text[self._at])
            self._skip()
        if self._open:
            opener = self._open[-1]
            mark = self._text[opener.start]
            raise TreeError(f"'{mark}' is never closed", opener.start)
        if not self._values:
            raise TreeError("there is no value", self._at)
        return self._values

    def _step(self, mark: str) -> None:
        """Read one token."""
        if mark in "{[":
            new = Mapping if mark == "{" else Sequence
            self._enter(new(self._at, self._end, []))
        elif mark in "}]":
            self._leave(mark)
        elif mark == ",":
            self._separate()
        elif mark == ":":
            raise TreeError("':' does not follow a key", self._at)
        else:
            self._scalar(mark)

    def _skip(self) -> None:
        """Go past white space and comments."""
        while (found := _filler().match(self._text, self._at, self._end)) is not None:
            self._at = found.end()
            if found.group() == "/*":
                closed = self._text.find("*/", self._at, self._end)
                if closed < 0:
                    raise TreeError("a comment is never closed", found.start())
                self._at = closed + 2

    def _separate(self) -> None:
        if self._open and self._keys[-1] is not None:
            raise TreeError("a key has no value", self._at)
        self._at += 1

    def _enter(self, node: Mapping | Sequence) -> None:
        if len(self._open) >= DEEPEST:
            raise TreeError(f"nested more than {DEEPEST} levels deep", node.start)
        self._place(node)
        self._open.append(node)
        self._keys.append(None)
        self._at += 1

    def _leave(self, mark: str) -> None:
        opener = self._open[-1] if self._open else None
        if opener is None or isinstance(opener, Mapping) != (mark == "}"):
            raise TreeError(f"'{mark}' closes nothing that is open here", self._at)
        self._separate()
        opener.end = self._at
        self._open.pop()
        self._keys.pop()

    def _place(self, node: Node) -> None:
        """Put a value where it belongs."""
        if not self._open:
            self._values.append(node)
        elif isinstance(container := self._open[-1], Sequence):
            container.items.append(node)
        elif (key := self._keys[-1]) is None:
            raise TreeError("a key is missing before this value", node.start)
        else:
            container.items.append((key, node))
            self._keys[-1] = None

    def _scalar(self, mark: str) -> None:
        """Read a string or a bare word, which is a key where one is due."""
        if mark == '"':
            scalar = self._string()
        elif (found := _bare().match(self._text, self._at, self._end)) is not None:
            scalar = JsonScalar(self._at, found.end(), found.group(), is_text=False)
            self._at = found.end()
        elif mark == ";" and not self._open:
            self._at += 1
            return
        else:
            raise TreeError(f"{mark!r} cannot stand here", self._at)
        if self._open and isinstance(self._open[-1], Mapping) and self._keys[-1] is None:
            self._key(scalar)
        else:
            self._bare_value(scalar)
            self._place(scalar)

    def _bare_value(self, scalar: Scalar) -> None:
        """Refuse words that are neither numbers nor true, false or null."""
        if scalar.is_text or scalar.value in {"true", "false", "null", "NaN", "Infinity"}:
            return
        if not re.fullmatch(r"[-+]?[\d.][\w.+-]*", scalar.value):
            raise TreeError(f"{scalar.value[:40]!r} is not in quotation marks", scalar.start)

    def _key(self, scalar: Scalar) -> None:
        self._skip()
        if not self._text.startswith(":", self._at) or self._at >= self._end:
            raise TreeError("no ':' follows this key", scalar.start)
        self._at += 1
        self._keys[-1] = scalar

    def _string(self) -> Scalar:
        """Read a string from its opening quote on."""
        start, parts = self._at, []
        at = start + 1
        while True:
            found = _quoted().match(self._text, at, self._end)
            stop = found.end() if found else at
            parts.append(self._text[at:stop])
            if stop >= self._end:
                raise TreeError("a quotation mark is never closed", start)
            if self._text[stop] == '"':
                self._at = stop + 1
                return JsonScalar(start, self._at, "".join(parts))
            escape = _escape().match(self._text, stop, self._end)
            at = escape.end() if escape else stop + 1
            parts.append(_decoded(escape.group()) if escape else "\\")
