"""YAML with places: every scalar knows which characters of the file its text came from.

PyYAML's events are read one by one, so that nothing recurses and no alias is followed:
an alias bomb stays as small as it is written. The marks of both PyYAML parsers count
code points (tried with text outside ASCII and outside the basic plane).
"""

import re
from collections.abc import Generator, Iterator
from functools import cache
from typing import Any

from jdlint.language.late import late
from jdlint.read.build import Builder, View
from jdlint.read.tree import DEEPEST, Mapping, Node, Scalar, Sequence, TreeError

MOST = 1_000_000
"""Values in one file."""

_LONGEST_NAMED = 500
"""Characters of a value that an alias may repeat."""

_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85",
    "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_BREAK = "\r\n|[\r\n\x85\u2028\u2029]"


Part = tuple[str, int, int]
"""Characters of the value, and the half-open range in the file that they stand for."""


class YamlScalar(Scalar):
    """A value of YAML; *style* is how it is written: plain (""), ``'``, ``"``, ``|`` or ``>``.

    An alias (``*``) of a scalar has that scalar's text, as one piece.
    """

    style: str = ""

    def view(self, within: View) -> View:
        """The text as a view whose pieces lead back to the file that *within* leads to."""
        if self.style == "*":
            return self._whole(within)
        pieces = Builder("")
        start, stop = self.start, self.end
        if self.style in ("'", '"'):
            start, stop = start + 1, stop - 1
        elif self.style:
            start = _body(within.text, start, stop)
        if within.shift is not None and within.text[start:stop] == self.value:
            pieces.literal(within, start, stop)
            return View(self.value, pieces.document().offsets.pieces)
        for text, low, high in _aligned(self.value, within.text, start, stop, self.style):
            if text == within.text[low:high]:
                pieces.literal(within, low, high)
            else:
                pieces.decoded(within, text, low, high)
        document = pieces.document()
        if _printable(document.plain) != self.value:
            return self._whole(within)
        return View(document.plain, document.offsets.pieces)

    def _whole(self, within: View) -> View:
        """The text as one piece, for a way of writing that is not understood."""
        pieces = Builder("")
        pieces.decoded(within, self.value, self.start, self.end)
        return View(self.value, pieces.document().offsets.pieces)


def parse(text: str, start: int = 0, end: int | None = None) -> list[Node]:
    """The YAML documents in ``text[start:end]``.

    Raises TreeError, also for text that is nested too deep or holds too many values.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    region = _printable(text[start:end])
    composer = _Composer(region, start)
    try:
        for event in yaml.parse(region, Loader=loader):
            composer.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None)
        offset = mark.index if mark else getattr(error, "position", 0)
        at = start + min(int(offset or 0), len(region))
        raise TreeError(str(problem or "not YAML"), at) from error
    return composer.documents


@cache
def _unprintable() -> dict[int, str]:
    """Characters that YAML does not allow to stand in a file (as a pattern it compiles slowly)."""
    controls = {*range(0x20), *range(0x7F, 0xA0)} - {0x09, 0x0A, 0x0D, 0x85}
    return dict.fromkeys((*controls, *range(0xD800, 0xE000), 0xFEFF, 0xFFFE, 0xFFFF), "\ufffd")


def _printable(text: str) -> str:
    """*text* with U+FFFD for what YAML forbids, so that one odd character does no harm."""
    return text.translate(_unprintable())


class _Composer:
    """Builds the tree. *_keys* holds, per open mapping, the key that waits for its value."""

    def __init__(self, region: str, shift: int) -> None:
        self.documents: list[Node] = []
        self._region = region
        self._shift = shift
        self._named: dict[str, str] = {}
        self._open: list[Mapping | Sequence] = []
        self._keys: list[Scalar | None] = []
        self._count = 0

    def take(self, event: Any) -> None:
        """Add what one event of PyYAML says."""
        import yaml

        start, end = self._range(event)
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            if event.anchor and len(event.value) <= _LONGEST_NAMED:
                self._named[event.anchor] = event.value
            text = style != "" or not _is_data(event.value)
            self._place(YamlScalar(start, end, event.value, text, style))
        elif isinstance(event, yaml.AliasEvent):
            value = self._named.get(event.anchor or "", "")
            self._place(YamlScalar(start, end, value, bool(value), "*"))
        elif isinstance(event, yaml.CollectionStartEvent):
            new = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
            self._enter(new(start, start, []))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop().end = end
            self._keys.pop()

    def _range(self, event: Any) -> tuple[int, int]:
        """The half-open range of *event* in the file, without a tag or an anchor before it."""
        start, end = event.start_mark.index, event.end_mark.index
        if getattr(event, "tag", None) or getattr(event, "anchor", None):
            found = _properties().match(self._region, start, end)
            start = found.end() if found else start
        return start + self._shift, end + self._shift

    def _enter(self, node: Mapping | Sequence) -> None:
        if len(self._open) >= DEEPEST:
            raise TreeError(f"nested more than {DEEPEST} levels deep", node.start)
        self._place(node)
        self._open.append(node)
        self._keys.append(None)

    def _place(self, node: Node) -> None:
        """Put a value where it belongs; a key that is no scalar counts as an empty one."""
        self._count += 1
        if self._count > MOST:
            raise TreeError(f"more than {MOST:,} values", node.start)
        if not self._open:
            self.documents.append(node)
        elif isinstance(container := self._open[-1], Sequence):
            container.items.append(node)
        elif (key := self._keys[-1]) is None:
            empty = YamlScalar(node.start, node.start, "", False)
            self._keys[-1] = node if isinstance(node, Scalar) else empty
        else:
            container.items.append((key, node))
            self._keys[-1] = None


def _is_data(value: str) -> bool:
    """Whether an unquoted value is a number, a date, a truth value or nothing."""
    if len(value) > 40 or not value:
        return not value
    return bool(_data().fullmatch(value))


@cache
def _data() -> re.Pattern[str]:
    words = "true|false|yes|no|on|off|null|~"
    return late(rf"[-+]?[\d.][\d.,_:eExTZ+-]*|{words}", re.IGNORECASE)


@cache
def _properties() -> re.Pattern[str]:
    """Tags and anchors before a value."""
    return late(r"(?:[!&][^\s]*\s*)*")


@cache
def _spaces() -> re.Pattern[str]:
    return late("[ \t\r\n\x85\u2028\u2029]+")


@cache
def _token() -> re.Pattern[str]:
    """An escape, a run of white space, or a run of anything else, in double quotes."""
    return late(
        rf"\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|(?:{_BREAK})[ \t]*|[^\r\n])"
        "|[ \t\r\n\x85\u2028\u2029]+|[^ \t\r\n\x85\u2028\u2029\\\\]+"
    )


def _body(text: str, start: int, stop: int) -> int:
    """The offset of the first line after the header (``|-``) of a block scalar."""
    found = re.compile(_BREAK).search(text, start, stop)
    return found.end() if found else stop


def _aligned(value: str, text: str, start: int, stop: int, style: str) -> Iterator[Part]:
    """The parts of *value* with their ranges in ``text[start:stop]``."""
    if style == '"':
        return _double_quoted(text, start, stop)
    return _folded(value, text, start, stop, style == "'")


def _folded(value: str, text: str, start: int, stop: int, quoted: bool) -> Iterator[Part]:
    """Runs of white space correspond as wholes, and everything else is written as it is."""
    at, done = start, 0
    for found in _spaces().finditer(value):
        at = yield from _solid(value[done : found.start()], text, at, quoted)
        spaces = _spaces().match(text, at, stop)
        end = spaces.end() if spaces else at
        yield found.group(), at, end
        at, done = end, found.end()
    yield from _solid(value[done:], text, at, quoted)


def _solid(run: str, text: str, at: int, quoted: bool) -> Generator[Part, None, int]:
    """A run without white space, behind the blanks that may come first; returns its end."""
    if not run:
        return at
    if spaces := _spaces().match(text, at):
        at = spaces.end()
    parts = run.split("'") if quoted else [run]
    for number, part in enumerate(parts):
        if number:
            yield "'", at, at + 2
            at += 2
        yield text[at : at + len(part)], at, at + len(part)
        at += len(part)
    return at


def _double_quoted(text: str, start: int, stop: int) -> Iterator[Part]:
    """Escapes, folded line ends, and text as it is."""
    for found in _token().finditer(text, start, stop):
        written = found.group()
        low, high = found.span()
        if written[0] == "\\":
            if (decoded := _decoded(written)) is not None:
                yield decoded, low, high
        else:
            yield _fold(written), low, high


def _decoded(escape: str) -> str | None:
    """The character that an escape stands for; None for an escaped line end."""
    if escape[1] in "xuU" and len(escape) > 2:
        code = int(escape[2:], 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    return _ESCAPES.get(escape[1])


def _fold(written: str) -> str:
    """What a run of white space and line ends in double quotes means."""
    count = len(re.findall(_BREAK, written))
    if not count:
        return written
    return " " if count == 1 else "\n" * (count - 1)
