"""DOCX: paragraphs, headings, list items and table cells, placed by paragraph and run.

A DOCX file has no offsets that a person could look up. A place is "paragraph 12, run 3":
paragraphs are counted from 1 over the whole body in its order, those in tables and empty
ones included, those in text boxes not (they belong to the paragraph that holds the box);
runs (stretches of one formatting, ``w:r``) are counted from 1 in their paragraph.

For fixing, offsets lead to the words of all ``w:t`` elements of the body, one after the other.
"""

import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

import msgspec

from jdlint.model import PlainSpan
from jdlint.read.archive import problem
from jdlint.read.build import Builder, Reading, View
from jdlint.read.mask import masked
from jdlint.read.offsets import BlockKind, Layout, Piece, Trouble
from jdlint.read.options import Options

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNREAD = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", _FALLBACK})
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_OFF = frozenset({"0", "false", "none", "off"})


class Style(msgspec.Struct):
    """What a paragraph style says: a heading's *level* (1 to 6), a list's, and bold type."""

    level: int = 0
    list_level: int = 0
    bold: bool = False


def read(content: bytes, options: Options) -> Reading:  # noqa: ARG001 (as all readers)
    """The posting in a DOCX file; one that is damaged, encrypted or a bomb is refused."""
    if reason := problem(content):
        return _refused(reason)
    import docx
    from docx.opc.exceptions import OpcError

    try:
        opened = docx.Document(io.BytesIO(content))
        builder = Builder("docx")
        _Writer(opened, builder).write()
    except (OpcError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        return _refused(f"its parts do not fit together ({_told(error)})")
    document = builder.document()
    if not document.blocks:
        nothing = Trouble("JD901", None, {"detail": "no text that a reader would see"})
        return Reading((), (nothing,))
    return Reading((document,))


def _told(error: Exception) -> str:
    """What a fault of the library says of the file, without Python's own words."""
    missing = re.search(r"no item named '([\w/.-]+)'", str(error))
    return f"{missing[1]} is missing" if missing else type(error).__name__


def _refused(reason: str) -> Reading:
    return Reading((), (Trouble("JD906", None, {"detail": reason}),))


def _value(element: Any, name: str) -> str | None:
    """The ``w:val`` of the child *name*: "" if it has none, None if there is no such child."""
    child = element.find(_W + name) if element is not None else None
    if child is None:
        return None
    found: str = child.get(_W + "val", "")
    return found


def _is_on(element: Any, name: str, otherwise: bool = False) -> bool:
    value = _value(element, name)
    return otherwise if value is None else value.lower() not in _OFF


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0


class _Part(msgspec.Struct, frozen=True):
    """A piece of a run: its text, and its place among the words of all ``w:t``, if it has one."""

    text: str
    source: int | None = None


class _Stretch(msgspec.Struct, frozen=True):
    """A run: its parts, its place, if it is bold, and the link that begins with it."""

    parts: tuple[_Part, ...]
    place: str
    bold: bool
    target: str

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(part.text for part in self.parts)


class _Line:
    """The text of a paragraph, part by part, each with its place among the words of all ``w:t``."""

    def __init__(self, parts: Iterable[_Part]) -> None:
        self._parts = list(parts)
        self._ends = list(accumulate(len(part.text) for part in self._parts))

    def write(self, builder: Builder, start: int, end: int) -> None:
        """Add ``start:end`` of the text to *builder*."""
        for at in range(bisect_right(self._ends, start), len(self._parts)):
            part = self._parts[at]
            lead = self._ends[at] - len(part.text)
            first, last = max(start - lead, 0), min(end, self._ends[at]) - lead
            if first >= last:
                return
            if part.source is None:
                builder.loose(part.text[first:last])
            else:
                size = len(part.text)
                view = View(part.text, (Piece(0, size, part.source, size, True),))
                builder.literal(view, first, last)


class _Styles:
    """The paragraph styles by their id; what a style is based on is looked up too."""

    def __init__(self, root: Any) -> None:
        self._raw = {style.get(_W + "styleId"): style for style in root.iter(_W + "style")}
        self._known: dict[str, Style] = {}

    def get(self, name: str | None) -> Style:
        """What the style with the id *name* says."""
        if not name:
            return Style()
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str) -> Style:
        """The style's own words, else those of the styles that it is based on."""
        found, seen = Style(), set()
        while name in self._raw and name not in seen:
            seen.add(name)
            raw = self._raw[name]
            properties = raw.find(_W + "pPr")
            title = (_value(raw, "name") or "").lower()
            found.level = found.level or _level(title, properties)
            found.list_level = found.list_level or _list_level(title, properties)
            found.bold = found.bold or _is_on(raw.find(_W + "rPr"), "b")
            name = _value(raw, "basedOn") or ""
        return found


def _level(title: str, properties: Any) -> int:
    """The level of a heading by its style's name or by its outline level."""
    if title == "title":
        return 1
    if title.startswith("heading ") and title[8:].isdigit():
        return min(max(_number(title[8:]), 1), 6)
    outline = _value(properties, "outlineLvl")
    return _number(outline) + 1 if outline and _number(outline) < 6 else 0


def _list_level(title: str, properties: Any) -> int:
    """The level of a list item, from 1, by numbering or by the style's name; else 0."""
    named = 0
    if title.startswith(("list bullet", "list number")):
        named = _number(title.rpartition(" ")[2]) or 1
    numbering = properties.find(_W + "numPr") if properties is not None else None
    if numbering is None:
        return named
    if _value(numbering, "numId") == "0":
        return 0
    return max(named, _number(_value(numbering, "ilvl")) + 1)


class _Writer:
    """Writes the body block by block."""

    def __init__(self, opened: Any, builder: Builder) -> None:
        self._body = opened.element.body
        self._relations = opened.part.rels
        self._styles = _Styles(opened.styles.element)
        self._builder = builder
        self._paragraph = 0
        self._run = 0
        self._group = 0
        self._bold_from: int | None = None
        self._boxes: list[Any] = []
        self._offsets: dict[Any, int] = {}
        at = 0
        for words in self._body.iter(_W + "t"):
            self._offsets[words] = at
            at += len(words.text or "")

    def write(self) -> None:
        """Write all of the body; headers, footers, notes and comments are not prose."""
        self._blocks(self._body)

    def _blocks(self, holder: Any) -> None:
        """Everything in *holder*, in order; what only wraps paragraphs is entered.

        A stack, not a call for every level: tables can be nested as deep as a file likes.
        """
        waiting: list[Iterator[tuple[Any, tuple[int, int, int] | None]]] = [_inside(holder)]
        while waiting:
            child, place = next(waiting[-1], (None, None))
            if child is None:
                waiting.pop()
            elif child.tag == _W + "p":
                self._write_paragraph(child, place)
            elif child.tag == _W + "tbl":
                self._group = 0
                waiting.append(_cells(child, self._builder.next_group()))
            elif child.tag not in _UNREAD:
                waiting.append(_inside(child, place))

    def _write_paragraph(self, paragraph: Any, cell: tuple[int, int, int] | None) -> None:
        self._paragraph += 1
        self._run = 0
        self._one(paragraph, cell)
        boxes, self._boxes = self._boxes, []
        for box in boxes[:1000]:
            self._one(box, None)
        self._boxes.clear()  # boxes in boxes were among those of the outer one

    def _one(self, paragraph: Any, cell: tuple[int, int, int] | None) -> None:
        """A paragraph of the body, or one of a text box."""
        properties = paragraph.find(_W + "pPr")
        style = self._styles.get(_value(properties, "pStyle"))
        start = self._builder.position
        stretches = list(self._stretches(paragraph, style))
        self._write_text(stretches)
        self._end_bold()
        self._close(start, properties, style, cell)

    def _stretches(self, paragraph: Any, style: Style) -> Iterator[_Stretch]:
        """The runs of *paragraph* that a reader sees."""
        for run, link in _runs(paragraph, self._boxes):
            self._run += 1
            properties = run.find(_W + "rPr")
            parts = () if _is_on(properties, "vanish") else tuple(_parts(run, self._offsets))
            if parts:
                target = self._target(link) if link else ""
                place = f"paragraph {self._paragraph}, run {self._run}"
                yield _Stretch(parts, place, _is_on(properties, "b", style.bold), target)

    def _write_text(self, stretches: list[_Stretch]) -> None:
        """The words of a paragraph, with objects for URLs, which may go over several runs."""
        hidden = masked("".join(stretch.text for stretch in stretches), "plain")
        line = _Line(part for stretch in stretches for part in stretch.parts)
        at, masks = 0, list(reversed(hidden.masks))
        for stretch in stretches:
            self._builder.runs.append((self._builder.position, stretch.place))
            self._set_bold(stretch.bold)
            if stretch.target:
                self._builder.link(stretch.target)
            end = at + len(stretch.text)
            while masks and masks[-1].start < end:
                line.write(self._builder, at, masks[-1].start)
                if masks[-1].start >= at and masks[-1].shown:
                    text = hidden.text[masks[-1].start : masks[-1].end]
                    self._builder.loose_thing(masks[-1].kind, text)
                at = min(masks[-1].end, end)
                if masks[-1].end > end:
                    break
                masks.pop()
            line.write(self._builder, at, end)
            at = end

    def _close(
        self, start: int, properties: Any, style: Style, cell: tuple[int, int, int] | None
    ) -> None:
        """Write the block: a heading, an item, a cell or a paragraph."""
        block, listed = self._builder.block, _list_level("", properties)
        if not _has_list(properties):
            listed = style.list_level
        level = style.level or _level("", properties)
        if level:
            self._group = 0
            block(BlockKind.HEADING, start, level=level, layout=Layout.MARKED)
        elif listed:
            self._group = self._group or self._builder.next_group()
            group, (table, row, column) = self._group, cell or (0, 0, 0)
            block(
                BlockKind.ITEM, start,
                level=listed, group=group, row=row, column=column, table=table,
            )  # fmt: skip
        elif cell:
            table, row, column = cell
            block(BlockKind.CELL, start, group=table, row=row, column=column, table=table)
        elif block(BlockKind.PARAGRAPH, start):
            self._group = 0

    def _set_bold(self, bold: bool) -> None:
        if not bold:
            self._end_bold()
        elif self._bold_from is None:
            self._bold_from = self._builder.position

    def _end_bold(self) -> None:
        if self._bold_from is not None and self._bold_from < self._builder.position:
            self._builder.bold.append(PlainSpan(self._bold_from, self._builder.position))
        self._bold_from = None

    def _target(self, link: str) -> str:
        relation = self._relations.get(link)
        return relation.target_ref if relation is not None and relation.is_external else ""


def _has_list(properties: Any) -> bool:
    return properties is not None and properties.find(_W + "numPr") is not None


def _inside(
    holder: Any, place: tuple[int, int, int] | None = None
) -> Iterator[tuple[Any, tuple[int, int, int] | None]]:
    """The children of *holder*, which all stand in the cell *place*."""
    for child in holder:
        yield child, place


def _cells(table: Any, group: int) -> Iterator[tuple[Any, tuple[int, int, int]]]:
    """The cells of *table* with their group, row and column; merged columns are counted."""
    for row, line in enumerate(table.findall(_W + "tr")):
        column = 0
        for cell in line.iterchildren(_W + "tc", _W + "sdt"):
            yield cell, (group, row, column)
            column += max(_number(_value(cell.find(_W + "tcPr"), "gridSpan")), 1)


def _runs(paragraph: Any, boxes: list[Any]) -> Iterator[tuple[Any, str | None]]:
    """The runs of a paragraph in order, each with the link that it begins (once per link).

    Deleted text is left out; the paragraphs of text boxes are put into *boxes*.
    """
    waiting = [iter(paragraph)]
    link: str | None = None
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == _W + "r":
            yield child, link
            link = None
            boxes.extend(_boxed(child))
        elif child.tag not in _UNREAD:
            if child.tag == _W + "hyperlink":
                link = child.get(_R + "id")
            waiting.append(iter(child))


def _boxed(run: Any) -> Iterator[Any]:
    """The paragraphs of the text boxes that hang on a run; of two versions, the newer."""
    if len(run) < 1 or all(child.tag.startswith(_W + "t") for child in run):
        return
    for box in run.iter(_W + "txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield from box.iter(_W + "p")


def _parts(run: Any, offsets: dict[Any, int]) -> Iterator[_Part]:
    """What a run says: words, tabs, line ends, special hyphens and symbols."""
    for child in run:
        if child.tag == _W + "t" and child.text:
            yield _Part(child.text, offsets.get(child))
        elif child.tag in _SIGNS:
            yield _Part(_SIGNS[child.tag])
        elif child.tag == _W + "sym":
            code = child.get(_W + "char", "")
            if len(code) == 4 and code.isalnum():
                yield _Part(chr(int(code, 16)))
