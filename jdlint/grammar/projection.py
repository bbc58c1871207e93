"""The prose of a posting as LanguageTool is to read it, and the way back.

Blocks stand apart by empty lines, so that no bullet runs into the next; items begin with a
bullet; code, addresses and templates become names that look like nothing else.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import msgspec

from jdlint.model import PlainSpan
from jdlint.posting.model import Posting
from jdlint.read.offsets import BREAK, OBJECT, Block, BlockKind, Document

_READ = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL)
_BULLET = "• "
_DUMMY = "Dummy{}"
_SHOWN = ("code", "url", "email", "template")
"""What a sentence goes on with; an image or a tag leaves nothing."""


class Copied(msgspec.Struct, frozen=True):
    """Text that was copied: where it stands in the projection, in the plain text, how long."""

    start: int
    plain: int
    length: int
    block: int


class Projection(msgspec.Struct, frozen=True):
    """What LanguageTool reads, and the copied stretches of it, in order."""

    text: str
    copied: tuple[Copied, ...]

    def plain(self, start: int, end: int) -> PlainSpan | None:
        """The plain range of ``start:end`` (code points); None if any of it was invented."""
        found = self._at(start)
        if found is None or end <= start or end > found.start + found.length:
            return None
        return PlainSpan(found.plain + start - found.start, found.plain + end - found.start)

    def block(self, start: int) -> int | None:
        """The number of the block from which the text at *start* was copied."""
        found = self._at(start)
        return found.block if found else None

    def _at(self, start: int) -> Copied | None:
        at = bisect_right(self.copied, start, key=lambda c: c.start) - 1
        found = self.copied[at] if at >= 0 else None
        return found if found and start < found.start + found.length else None


def project(posting: Posting) -> Projection:
    """The headings, paragraphs, items and cells of *posting*."""
    document, texts, copied, length = posting.document, list[str](), list[Copied](), 0
    shown = {thing.at for thing in document.things if thing.kind in _SHOWN}
    for number, block in enumerate(document.blocks):
        if block.kind not in _READ:
            continue
        for text, plain in _parts(block, document, shown):
            if plain is not None:
                copied.append(Copied(length, plain, len(text), number))
            texts.append(text)
            length += len(text)
    return Projection("".join(texts), tuple(copied))


def _parts(block: Block, document: Document, shown: set[int]) -> Iterator[tuple[str, int | None]]:
    """The text of *block*, piece by piece, with its plain offset (None: invented)."""
    if block.kind is BlockKind.ITEM:
        yield _BULLET, None
    at = block.span.start
    for number, piece in enumerate(document.text(block.span).split(OBJECT)):
        if number:
            yield (_DUMMY.format(number) if at in shown else " "), None
            at += 1
        if piece:
            yield piece.replace("\n", " "), at
        at += len(piece)
    yield BREAK, None


class Utf16:
    """Code points of a text and the UTF-16 units in which LanguageTool counts."""

    def __init__(self, text: str) -> None:
        self._points = [at for at, character in enumerate(text) if character > "\uffff"]
        self._wide = [at + number for number, at in enumerate(self._points)]

    def code_point(self, unit: int) -> int:
        """The code point at UTF-16 offset *unit*."""
        return unit - bisect_left(self._wide, unit)

    def unit(self, code_point: int) -> int:
        """The UTF-16 offset of *code_point*."""
        return code_point + bisect_left(self._points, code_point)
