"""The proof of a fix: the file, read again, says what it said, but for the words replaced."""

from collections.abc import Sequence

from jdlint.fix.choose import Pick
from jdlint.model import Edit
from jdlint.read.offsets import Document, SourceFile

Shape = list[tuple[object, ...]]
"""What a file says: the words of each posting, its blocks and what is not prose in it."""


def expected(source: SourceFile, picks: Sequence[Pick]) -> Shape | None:
    """What the file must say once *picks* are taken; None if one of them is in no posting."""
    edits = [edit for pick in picks for edit in pick]
    placed: set[Edit] = set()
    shape = []
    for document in source.documents:
        inside = [(at, edit) for edit in edits if (at := _plain(document, edit)) is not None]
        placed.update(edit for _, edit in inside)
        text = document.plain
        for at, edit in sorted(inside, key=lambda one: one[0], reverse=True):
            text = text[:at] + edit.text + text[at + edit.end - edit.start :]
        shape.append(_shape(document, text))
    return shape if placed == set(edits) else None


def said(source: SourceFile) -> Shape:
    """What the file says."""
    return [_shape(document, document.plain) for document in source.documents]


def _shape(document: Document, text: str) -> tuple[object, ...]:
    """Blanks count as one: HTML and folded text have them where the lines end."""
    blocks = tuple((block.kind, block.level, block.name) for block in document.blocks)
    things = tuple((thing.kind, thing.text) for thing in document.things)
    fields = tuple(field.name for field in document.fields)
    return (document.format, " ".join(text.split()), blocks, things, fields)


def _plain(document: Document, edit: Edit) -> int | None:
    """Where in the plain text the characters stand that *edit* replaces."""
    for piece in document.offsets.pieces:
        inside = edit.start - piece.source
        if piece.literal and inside >= 0 and edit.end <= piece.source + piece.source_length:
            return piece.plain + inside
    return None
