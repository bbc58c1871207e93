"""Edits made in the bytes of a file, so that nothing but the words of the edits changes.

Each change is read again: the postings must then hold the new words where the old ones
stood and be as before everywhere else. What does not come out so is not made.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from jdlint.fix.choose import Pick
from jdlint.fix.proof import expected, said
from jdlint.fix.prose import ways
from jdlint.model import Edit
from jdlint.read import ReadOptions, read_bytes
from jdlint.read.decode import decode, mark_of
from jdlint.read.offsets import SourceFile

ODD = "its bytes do not all belong to its encoding"
UNENCODED = "its encoding lacks a character"
CHANGED = "what stands there would be read differently"

_MOST_WAYS = 4


class Written(NamedTuple):
    """The new bytes of a file, how many of the picks are in them, and why others are not."""

    content: bytes
    made: int
    reasons: tuple[str, ...] = ()


Make = Callable[[bytes, Sequence[Edit]], bytes | None]
"""Makes edits in the bytes of a file; None where that cannot be done."""


class RefusedError(Exception):
    """A fix that is not made; the message says why."""


def written(
    content: bytes, source: SourceFile, picks: Sequence[Pick], options: ReadOptions
) -> Written:
    """*content*, which was read as *source*, with as many of *picks* as can be made."""
    reason = CHANGED
    for way in range(_MOST_WAYS if len(picks) == 1 else 1):
        try:
            return Written(_made(content, source, picks, options, way), len(picks))
        except RefusedError as refused:
            reason = str(refused)
            if reason in (ODD, UNENCODED) and len(picks) == 1:
                break
    if reason == ODD or len(picks) < 2:
        return Written(content, 0, (reason,) * len(picks))
    middle = len(picks) // 2
    last = written(content, source, picks[middle:], options)  # from the end: places stay
    again = read_bytes(last.content, source.path, options)
    first = written(last.content, again, picks[:middle], options)
    return Written(first.content, first.made + last.made, (*first.reasons, *last.reasons))


def _made(
    content: bytes, source: SourceFile, picks: Sequence[Pick], options: ReadOptions, way: int
) -> bytes:
    """*content* with *picks*, in the *way* (from 0) to write them; raises RefusedError."""
    edits = sorted((edit for pick in picks for edit in pick), key=lambda edit: edit.start)
    meant = expected(source, picks)
    if meant is None:
        raise RefusedError(CHANGED)
    new = _changed(content, source, edits, way)
    if said(read_bytes(new, source.path, options)) != meant:
        raise RefusedError(CHANGED)
    return new


def _changed(content: bytes, source: SourceFile, edits: Sequence[Edit], way: int) -> bytes:
    if any(document.format == "docx" for document in source.documents):
        from jdlint.fix.docx import make

        new = make(content, edits)
        if new is None:
            raise RefusedError(CHANGED)
        return new
    return _in_text(content, [_as_prose(edit, source.path, way) for edit in edits])


def _as_prose(edit: Edit, name: str, way: int) -> Edit:
    texts = ways(edit.text, name)
    if way >= len(texts):
        raise RefusedError(CHANGED)
    return Edit(edit.start, edit.end, texts[way])


def _in_text(content: bytes, edits: Iterable[Edit]) -> bytes:
    """*edits* in the text of a file, whose bytes must all be of one encoding."""
    mark, decoded = mark_of(content), decode(content)
    encoding = "cp1252" if decoded.encoding == "windows-1252" else decoded.encoding
    if mark + decoded.text.encode(encoding, "replace") != content:
        raise RefusedError(ODD)
    try:
        return mark + _replaced(decoded.text, edits).encode(encoding)
    except UnicodeEncodeError:
        raise RefusedError(UNENCODED) from None


def _replaced(text: str, edits: Iterable[Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])
