"""The values of one posting in JSON or YAML, written as blocks in the order of the file."""

import re
from collections.abc import Callable
from functools import cache

from jdlint.language.late import late
from jdlint.read.build import Builder, View
from jdlint.read.flow import Shape
from jdlint.read.keys import base_of, count_words, keys, kind_of, normal, path_of, title_of
from jdlint.read.mask import masked
from jdlint.read.offsets import BlockKind, Layout
from jdlint.read.options import Options
from jdlint.read.tree import Mapping, Node, Scalar, Sequence

_LONG = 40
"""A value of so many words is prose, whatever its key is called."""

_DEEPEST = 6
"""Levels of mappings and lists inside a value that are read."""


def write_posting(view: View, record: Mapping, builder: Builder, options: Options) -> None:
    """Append the title and the prose of *record*."""
    _Writer(view, builder, options).record(record)


class _Writer:
    def __init__(self, view: View, builder: Builder, options: Options) -> None:
        self._view = view
        self._builder = builder
        self._added = tuple(map(path_of, options.prose_fields))

    def record(self, record: Mapping) -> None:
        """The posting itself: its title becomes a field, its prose blocks."""
        title = title_of(record)
        self._mapping(record, "", 0, title[1] if title else None)

    def _mapping(self, record: Mapping, path: str, depth: int, title: Scalar | None) -> None:
        skipped = _superseded(record)
        for key, value in record.items:
            if value is title:
                self._title(value)
            elif value.start not in skipped:
                self._member(key, value, f"{path}.{normal(key.value)}".lstrip("."), depth)

    def _title(self, title: Node) -> None:
        if isinstance(title, Scalar):
            start, inner = self._builder.position, title.view(self._view)
            self._builder.literal(inner, 0, len(inner.text))
            self._builder.block(BlockKind.FIELD, start, name="title")

    def _member(self, key: Scalar, value: Node, path: str, depth: int) -> None:
        """One key and its value, if it is prose, with a heading if the key announces some."""
        name = normal(key.value)
        kind = kind_of(name)
        chosen = path in self._added or name in self._added
        if chosen or kind or self._reads_like_prose(name, value, depth):
            if kind != "main" and _has_text(value):
                self._heading(key, kind or "")
            self._value(value, name, depth)
        elif isinstance(value, Mapping) and any(a.startswith(path + ".") for a in self._added):
            self._mapping(value, path, depth + 1, None)

    def _reads_like_prose(self, name: str, value: Node, depth: int) -> bool:
        """Whether the value of an unknown key is text for people."""
        if name in keys().ignored or depth > _DEEPEST:
            return False
        if isinstance(value, Mapping):
            return False
        if isinstance(value, Sequence) and not all(isinstance(v, Scalar) for v in value.items):
            return False
        return count_words(value) >= _LONG

    def _heading(self, key: Scalar, kind: str) -> None:
        """The key as a heading, its words apart: ``niceToHave`` reads "nice To Have"."""
        inner, start, at = key.view(self._view), self._builder.position, 0
        for found in re.finditer(r"[\s_.-]+|(?<=[a-z0-9])(?=[A-Z])", inner.text):
            self._builder.literal(inner, at, found.start())
            if found.group():
                self._builder.decoded(inner, " ", *found.span())
            else:
                self._builder.loose(" ")
            at = found.end()
        self._builder.literal(inner, at, len(inner.text))
        self._builder.block(BlockKind.HEADING, start, name=kind, layout=Layout.RUN_IN)

    def _value(self, value: Node, name: str, depth: int) -> None:
        """A value that is prose."""
        if depth > _DEEPEST:
            return
        if isinstance(value, Scalar):
            self._text(value, name)
        elif isinstance(value, Mapping):
            self._section(value, name, depth + 1)
        else:
            self._list(value, name, depth + 1)

    def _text(self, value: Scalar, name: str) -> None:
        inner = value.view(self._view)
        if inner.text.strip():
            write_text(inner, self._builder, name)

    def _list(self, value: Sequence, name: str, depth: int) -> None:
        """Values one after the other: items of a list, or sections with headings."""
        group = self._builder.next_group()
        for item in value.items:
            inner = item.view(self._view) if isinstance(item, Scalar) else None
            if inner is None or "\n" in inner.text.strip():
                self._value(item, name, depth)
            else:
                self._item(inner, group)

    def _item(self, inner: View, group: int) -> None:
        """A value of one line that is an item of a list; it may hold tags."""
        if is_html(inner.text):
            from jdlint.read.html import blocks

            blocks(inner, self._builder, Shape(BlockKind.ITEM, 1, group))
            return
        start = self._builder.position
        masked(inner.text, "plain").write(self._builder, inner, 0, len(inner.text))
        self._builder.block(BlockKind.ITEM, start, level=1, group=group)

    def _section(self, value: Mapping, name: str, depth: int) -> None:
        """A mapping inside a value: a heading with its text, or more keys and values."""
        head, body = _headed(value)
        if head is None or body is None:
            self._mapping(value, name, depth, None)
            return
        start, inner = self._builder.position, head.view(self._view)
        self._builder.literal(inner, 0, len(inner.text))
        self._builder.block(BlockKind.HEADING, start, layout=Layout.RUN_IN)
        self._value(body, name, depth)


def write_text(view: View, builder: Builder, name: str = "") -> None:
    """Append the blocks of a text; *name* is its key, normalised, which may tell its format."""
    read, view = _reader(view, name)
    read(view, builder)


def _reader(view: View, name: str) -> tuple[Callable[[View, Builder], None], View]:
    """What reads *view*: HTML, HTML inside of entities, Markdown or plain text."""
    from jdlint.read import html, markdown, plain

    for _ in range(_MOST_ESCAPED):
        if is_html(view.text):
            return html.blocks, view
        if not _escaped_tag().search(view.text):
            break
        view = html.unescaped(view)
    if is_html(view.text):
        return html.blocks, view
    if not name.endswith(("plain", "plaintext")) and _markdown().search(view.text):
        return markdown.blocks, view
    return (html.blocks if name.endswith("html") else plain.blocks), view


def is_html(text: str) -> bool:
    """Whether *text* has tags that a text for people has."""
    return _tag().search(text) is not None


_MOST_ESCAPED = 3
"""So many times an export may have turned the signs of HTML into entities."""

_TAGS = "p|br|ul|ol|li|div|h[1-6]|strong|b|em|i|u|span|a|table|td|section|article|blockquote|hr"


@cache
def _tag() -> re.Pattern[str]:
    return late(rf"</?(?:{_TAGS})(?=[\s/>])", re.IGNORECASE)


@cache
def _escaped_tag() -> re.Pattern[str]:
    amp = f"&(?:amp;){{0,{_MOST_ESCAPED - 1}}}"
    return late(rf"{amp}lt;/?(?:{_TAGS})(?=[\s/]|{amp}gt;)", re.IGNORECASE)


@cache
def _markdown() -> re.Pattern[str]:
    """Signs of Markdown: bullets, headings, bold and slanted words, links, code."""
    return late(
        r"^ {0,8}(?:[-*+]|\d{1,2}[.)]|#{1,6}|>)[ \t]|\*\*|__|(?<![\w*])\*\w|\]\(|`", re.MULTILINE
    )


def _has_text(value: Node) -> bool:
    return count_words(value) > 0


def _superseded(record: Mapping) -> set[int]:
    """Where the values start that say again, in another format, what a better one says."""
    best: dict[str, tuple[int, int]] = {}
    losers = set()
    texts = [(normal(k.value), v) for k, v in record.items if isinstance(v, Scalar) and v.value]
    for name, value in texts:
        base, rank = base_of(name)
        if base not in keys().prose:
            continue
        here = (rank, value.start)
        if base in best:
            losers.add(max(here, best[base])[1])
        best[base] = min(here, best.get(base, here))
    for whole, parts in keys().repeated.items():
        if whole in best:
            losers.update(start for base, (_, start) in best.items() if base in parts)
    return losers


def _headed(value: Mapping) -> tuple[Scalar | None, Node | None]:
    """The heading and the text of a mapping that is a section with a heading."""
    known = {normal(key.value): node for key, node in reversed(value.items)}
    for name in keys().heads:
        head = known.get(name)
        if isinstance(head, Scalar) and head.is_text and 0 < len(head.value.split()) <= 15:
            for other in keys().bodies:
                if other != name and (body := known.get(other)) is not None and _has_text(body):
                    return head, body
    return None, None
