"""The lines of a document: its blocks, with paragraphs cut where their author cut them."""

import msgspec
from msgspec.structs import replace

from jdlint.language.late import late
from jdlint.model import PlainSpan
from jdlint.posting.headings import classify, is_label
from jdlint.read.offsets import Block, BlockKind, Document, Layout


class Line(msgspec.Struct, frozen=True):
    """A heading, a list item, a cell, or one line of a paragraph.

    *block* is an index into ``Document.blocks``; *glued* says that the line was cut out
    of running text, because a known heading was stuck to the words around it.
    """

    block: int
    start: int
    end: int
    kind: BlockKind
    level: int = 0
    layout: Layout = Layout.NONE
    glued: bool = False

    @property
    def span(self) -> PlainSpan:
        """Where it stands in the plain text."""
        return PlainSpan(self.start, self.end)


def lines_of(document: Document) -> list[Line]:
    """The lines of *document* in order; site furniture is left out."""
    found: list[Line] = []
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.FURNITURE:
            found += _cut(document.plain, index, block)
    return found


def _cut(plain: str, index: int, block: Block) -> list[Line]:
    kind, (begin, stop) = block.kind, block.span
    if kind is BlockKind.HEADING:
        return [Line(index, begin, stop, kind, block.level, block.layout)]
    found: list[Line] = []
    for start, end in _ends(plain, begin, stop):
        line = Line(index, start, end, kind, block.level, block.layout)
        if end - start > LONG:
            for part in _unlabelled(plain, line):
                found += [part] if part.glued else _unglued(plain, part)
        else:
            found.append(line)
    return found


def _ends(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges between line ends, or between bars: ``Leeds | Permanent | £40,000``."""
    if plain.find("\n", start, end) < 0 and plain.find(" | ", start, end) < 0:
        return [(start, end)]
    text = plain[start:end]
    return [_trimmed(m[0], start + m.start()) for m in _BETWEEN.finditer(text) if m[0].strip()]


def _trimmed(text: str, start: int) -> tuple[int, int]:
    lead = len(text) - len(text.lstrip())
    return start + lead, start + len(text.rstrip())


_BETWEEN = late(r"[^\n|]+(?:\|(?! )[^\n|]*)*")

LONG = 200
"""Lines of more characters than this are searched for headings that lost their line breaks."""

SEVERAL = 3
"""A line with so many known labels in it is a posting whose line ends were lost."""

_SEAM = late(r"[A-Z](?<=[a-z):][A-Z])(?=[a-z]| [a-z])")
"""A capital that hangs on the word in front of it. Searched for the capital, which is quick."""


def _unlabelled(plain: str, line: Line) -> list[Line]:
    """*line*, cut around its labels if it holds several: ``… team. Requirements: A degree. …``."""
    cuts, last = [], line.start
    colon = plain.find(": ", line.start, line.end)
    while colon >= 0:
        begin = _heading_before(plain, max(last, colon - 60), colon)
        if begin is not None and is_label(plain[begin:colon]):
            cuts.append((begin, colon))
        last = colon + 2
        colon = plain.find(": ", last, line.end)
    if len(cuts) < SEVERAL:
        return [line]
    found, at = [], line.start
    for begin, colon in cuts:
        found += _part(plain, line, at, begin)
        found.append(replace(line, start=begin, end=colon, glued=True))
        at = colon + 1
    return found + _part(plain, line, at, line.end)


def _part(plain: str, line: Line, start: int, end: int) -> list[Line]:
    """The part ``start:end`` of *line*, without blanks at its ends, if anything is left."""
    text = plain[start:end]
    start += len(text) - len(text.lstrip())
    return [replace(line, start=start, end=start + len(text.strip()))] if text.strip() else []


def _unglued(plain: str, line: Line) -> list[Line]:
    """*line*, cut around headings glued to their neighbours: ``our teamResponsibilitiesLead``."""
    found, at, last = [], line.start, line.start
    for seam in _SEAM.finditer(plain, line.start, line.end):
        start = max(last, at, seam.start() - 60)
        heading = _heading_before(plain, start, seam.start())
        last = seam.start()
        if heading is None:
            continue
        if plain[at:heading].strip():
            found.append(replace(line, start=at, end=heading))
        found.append(replace(line, start=heading, end=seam.start(), glued=True))
        at = seam.start()
    if at < line.end:
        found.append(replace(line, start=at))
    return found


def _heading_before(plain: str, start: int, end: int) -> int | None:
    """Where the known heading begins that ends at *end*, glued to what follows; or None."""
    text = plain[start:end]
    at = max(text.rfind(mark) + 1 for mark in ".!?•\n")
    at += len(text[at:]) - len(text[at:].lstrip())
    verdict = classify(text[at:], False) if 3 < len(text) - at <= 60 else None
    return start + at if verdict and text[at : at + 1].isupper() else None
