"""Edits made in the bytes of a file, so that nothing but the words of the edits changes.

Each change is read again: the postings must then hold the new words where the old ones
stood and be as before everywhere else. What does not come out so is not made.
"""

import codecs
import json
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from jdlint.fix.choose import Pick
from jdlint.model import Edit
from jdlint.read import ReadOptions, read_bytes
from jdlint.read.decode import decode
from jdlint.read.offsets import SourceFile

_MARKS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)


class Written(NamedTuple):
    """The new bytes of a file, and how many of the picks are in them."""

    content: bytes
    made: int


Make = Callable[[bytes, Sequence[Edit]], bytes | None]
"""Makes edits in the bytes of a file; None where that cannot be done."""


def written(
    content: bytes, source: SourceFile, picks: Sequence[Pick], options: ReadOptions
) -> Written:
    """*content*, which was read as *source*, with as many of *picks* as can be made."""
    make = _maker(source)
    if made := _made(content, source, picks, options, make):
        return Written(made, len(picks))
    if len(picks) < 2:
        return Written(content, 0)
    middle = len(picks) // 2
    last = written(content, source, picks[middle:], options)  # from the end: places stay
    again = read_bytes(last.content, source.path, options)
    first = written(last.content, again, picks[:middle], options)
    return Written(first.content, first.made + last.made)


def _maker(source: SourceFile) -> Make:
    formats = {document.format for document in source.documents}
    if formats == {"docx"}:
        from jdlint.fix.docx import make

        return make
    return lambda content, edits: _in_text(content, edits, formats)


def _made(
    content: bytes, source: SourceFile, picks: Sequence[Pick], options: ReadOptions, make: Make
) -> bytes | None:
    """*content* with *picks*, if it reads as it should; else None."""
    edits = sorted((edit for pick in picks for edit in pick), key=lambda edit: edit.start)
    new = make(content, edits)
    if new is None:
        return None
    again = read_bytes(new, source.path, options)
    return new if _is_as_meant(source, again, edits) else None


def _is_as_meant(before: SourceFile, after: SourceFile, edits: Iterable[Edit]) -> bool:
    """Whether a file reads as before but for the words of *edits*."""
    if len(before.documents) != len(after.documents):
        return False
    if len(after.troubles) != len(before.troubles):
        return False
    grown = sum(len(edit.text) - (edit.end - edit.start) for edit in edits)
    if _length(after) - _length(before) != grown:
        return False
    return all(
        [block.kind for block in old.blocks] == [block.kind for block in new.blocks]
        for old, new in zip(before.documents, after.documents, strict=True)
    )


def _length(source: SourceFile) -> int:
    return sum(len(document.plain) for document in source.documents)


def _in_text(content: bytes, edits: Iterable[Edit], formats: set[str]) -> bytes | None:
    """*edits* in the text of a file; None if its bytes are not quite of one encoding."""
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    decoded = decode(content)
    encoding = "cp1252" if decoded.encoding == "windows-1252" else decoded.encoding
    try:
        if mark + decoded.text.encode(encoding) != content:
            return None
        return mark + _replaced(decoded.text, edits, formats).encode(encoding)
    except UnicodeEncodeError:
        return None


def _replaced(text: str, edits: Iterable[Edit], formats: set[str]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], _escaped(edit.text, formats)]
        at = edit.end
    return "".join([*parts, text[at:]])


def _escaped(text: str, formats: set[str]) -> str:
    """The prose *text* as the format has it; YAML and Markdown are checked by reading again."""
    if "html" in formats:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if formats == {"json"}:
        return json.dumps(text, ensure_ascii=False)[1:-1]
    return text
