"""Front matter: YAML between ``---`` lines or TOML between ``+++`` lines, before the text."""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from jdlint.language.late import late
from jdlint.model import SourceSpan
from jdlint.read.build import Builder, View
from jdlint.read.keys import keys, kind_of, normal
from jdlint.read.mask import masked
from jdlint.read.offsets import BlockKind, Field, Piece, Trouble
from jdlint.read.tree import Mapping, Scalar, TreeError, scalars

_MOST = 2000
"""Fields beyond this number are not kept."""


_NO_TITLES = frozenset({"text", "name"})
"""Keys that are a title in a record of a job board, but not in front matter."""

_SENTENCE = 4
"""Values of fewer words are data, such as ``experience: senior``."""


class _Region(msgspec.Struct, frozen=True):
    """Where front matter stands: its text is ``start:end``, the posting begins at *body*."""

    fence: str
    start: int
    end: int
    body: int
    closed: bool


def read(text: str, builder: Builder) -> tuple[int, list[Trouble]]:
    """Add the front matter at the start of *text* to *builder*, as fields and field blocks.

    The answer is where the text after it begins (0 if there is none) and what is odd.
    """
    region = _region(text)
    if region is None:
        return 0, []
    length = region.end - region.start
    pieces = (Piece(0, length, region.start, length, True),) if length else ()
    view = View(text[region.start : region.end], pieces)
    root, problem = _tree(view, region.fence)
    if not region.closed and problem is None:
        problem = ("it never ends", 0)
    if root is not None:
        _add(root, view, builder)
    return region.body, [_trouble(view, *problem)] if problem else []


def _trouble(view: View, problem: str, at: int) -> Trouble:
    start = max(min(at, len(view.text) - 1), 0)
    span = view.span(start, min(start + 1, len(view.text))) if view.text else None
    return Trouble("JD905", span, {"detail": problem})


@cache
def _line() -> re.Pattern[str]:
    return late(r"([^\r\n]*)(\r\n|\n|\r|\Z)")


@cache
def _entry() -> re.Pattern[str]:
    """A line that can stand in front matter: a key, an item, a comment, an indented line."""
    return late(r"[\w\"'][^:=\r\n]{0,80}[:=](?:\s|$)|[-#}\]]|[ \t]+\S|[\w-]+:?[ \t]*$")


@cache
def _key_value() -> re.Pattern[str]:
    return late(r"[\w\"'$@][^:=\r\n]{0,80}[:=](?:\s|$)|- |\{|\[")


def _lines(text: str, start: int) -> Iterator[re.Match[str]]:
    for found in _line().finditer(text, start):
        yield found
        if found.end() == len(text):
            return


def _region(text: str) -> _Region | None:
    """Where the front matter stands, if there is any; blank lines may stand before it."""
    opening = re.match(r"[\ufeff\s]*^(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)", text, re.MULTILINE)
    if opening is None:
        return None
    fence, start = opening[1], opening.end()
    ends = ("---", "...") if fence == "---" else ("+++",)
    blank = False
    for line in _lines(text, start):
        if line[1].rstrip() in ends:
            region = _Region(fence, start, line.start(), line.end(), True)
            return region if _is_data(text, region) else None
        if blank and not _entry().match(line[1]) and line[1].strip():
            break
        blank = blank or not line[1].strip()
    return _unclosed(text, fence, start)


def _first_line(text: str, start: int, end: int) -> str:
    """The first line that is neither blank nor a comment."""
    for line in _lines(text, start):
        if line.start() >= end:
            break
        if line[1].strip() and not line[1].startswith("#"):
            return line[1]
    return ""


def _is_data(text: str, region: _Region) -> bool:
    """Whether it is front matter and not prose between two rules."""
    first = _first_line(text, region.start, region.end)
    if not first or _key_value().match(first):
        return True
    return not re.search(r"\n[ \t\r]*\n", text[region.start : region.end].strip())


def _unclosed(text: str, fence: str, start: int) -> _Region | None:
    """Front matter without an end: it goes as far as its lines look like entries."""
    if not _key_value().match(_first_line(text, start, len(text))):
        return None
    end = start
    for line in _lines(text, start):
        if not _entry().match(line[1]) or line[1].startswith(("# ", "## ", "- ")):
            break
        end = line.end()
    return _Region(fence, start, end, end, False)


def _tree(view: View, fence: str) -> tuple[Mapping | None, tuple[str, int] | None]:
    """The fields as a tree, and a problem with its place; damaged text is read by the line."""
    try:
        if fence == "+++":
            from jdlint.read import toml_tree

            return toml_tree.parse(view.text), None
        from jdlint.read import yamlpos

        roots = yamlpos.parse(view.text)
    except TreeError as error:
        return _salvaged(view.text, fence), (error.problem, error.offset)
    root = roots[0] if roots else None
    if root is None or isinstance(root, Mapping):
        return root, None
    if isinstance(root, Scalar) and not root.value:
        return None, None
    return None, ("it is no list of keys and values", root.start)


def _salvaged(text: str, fence: str) -> Mapping:
    """The plain ``key: value`` lines of front matter that its parser refused."""
    if fence == "+++":
        from jdlint.read import toml_tree

        return toml_tree.salvage(text)
    root = Mapping(0, len(text), [])
    for line in _lines(text, 0):
        found = re.match(r"([\w-]+):[ \t]+(\S.*)", line[1])
        if found is None:
            continue
        at, written = line.start(), found[2].rstrip()
        start, end = at + found.start(2), at + found.start(2) + len(written)
        if len(written) > 1 and written[0] in "'\"" and written[0] == written[-1]:
            start, end = start + 1, end - 1
        if written not in ("|", ">", "|-", ">-"):
            key = _Line(at, at + found.end(1), found[1])
            root.items.append((key, _Line(start, end, text[start:end])))
    return root


class _Line(Scalar):
    """A value that is written in one line, without escapes."""

    def view(self, within: View) -> View:
        """The text as a view whose pieces lead back to the file that *within* leads to."""
        scratch = Builder("")
        scratch.literal(within, self.start, self.end)
        return View(self.value, scratch.document().offsets.pieces)


def _add(root: Mapping, within: View, builder: Builder) -> None:
    """Add every scalar as a field, and a block for those that are a title or prose."""
    for number, (name, scalar) in enumerate(scalars(root)):
        if number >= _MOST:
            return
        if not scalar.value:
            continue
        view = scalar.view(within)
        builder.fields.append(Field(name, scalar.value, _place(view, within, scalar)))
        if scalar.is_text and _is_read(normal(name), scalar.value):
            _add_block(view, name, builder)


def _is_read(key: str, value: str) -> bool:
    """Whether a value is a title, or long enough to be the prose that its key promises."""
    if key in keys().titles or (key in keys().perhaps_titles and key not in _NO_TITLES):
        return not value.isspace()
    return kind_of(key) is not None and len(value.split()) >= _SENTENCE


def _place(view: View, within: View, scalar: Scalar) -> SourceSpan:
    """Where a value stands in the file, without its quotes."""
    if not view.pieces:
        return within.span(scalar.start, scalar.end)
    last = view.pieces[-1]
    return SourceSpan(view.pieces[0].source, last.source + last.source_length)


def _add_block(view: View, name: str, builder: Builder) -> None:
    start = builder.position
    masked(view.text, "plain").write(builder, view, 0, len(view.text))
    builder.block(BlockKind.FIELD, start, name=name)
