"""Edits in a DOCX file: words of ``w:t`` elements in the body, and no other byte of any part.

Offsets of edits lead to the words of all ``w:t`` elements, one after the other, as the reader
counts them.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

import msgspec

from jdlint.model import Edit

_BODY = "word/document.xml"
_NAMESPACE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CHARACTER = re.compile(r"&#(\d+);|&#x([0-9A-Fa-f]+);|&\w+;|\r\n?|.", re.DOTALL)

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTOR = 0x8


class _Words(msgspec.Struct, frozen=True):
    """What a ``w:t`` holds: its range in the XML, and each character as it is written there."""

    start: int
    end: int
    written: list[str]


def make(content: bytes, edits: Sequence[Edit]) -> bytes | None:
    """The archive *content* with *edits* made; None where the XML is not plain enough."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo(_BODY)
        raw = archive.read(part)
    try:
        xml = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    prefix = _prefix(raw)
    if prefix is None or "<![CDATA[" in xml or "<!--" in xml:
        return None
    new = _edited(xml, _texts(xml, prefix), edits)
    return _with_body(content, new.encode()) if new is not None else None


def _prefix(raw: bytes) -> str | None:
    """The prefix under which the body names its elements, with the colon."""
    found = re.findall(rb"xmlns(?::([\w.-]+))?=['\"]" + re.escape(_NAMESPACE), raw)
    if len(set(found)) != 1:
        return None
    return f"{found[0].decode()}:" if found[0] else ""


def _texts(xml: str, prefix: str) -> list[_Words]:
    tag = re.escape(prefix) + "t"
    pattern = rf"<{tag}(?:\s[^<>]*)?(?<!/)>([^<]*)</{tag}\s*>"
    return [_Words(*m.span(1), _characters(m[1])) for m in re.finditer(pattern, xml)]


def _characters(written: str) -> list[str]:
    """The characters of an element, each as it is written."""
    return [m[0] for m in _CHARACTER.finditer(written)]


def _edited(xml: str, texts: Sequence[_Words], edits: Sequence[Edit]) -> str | None:
    """*xml* with *edits* made in the words of *texts*."""
    parts, at, begin = [], 0, 0
    waiting = list(edits)
    for words in texts:
        size = len(words.written)
        inside = [e for e in waiting if e.start < begin + size and e.end > begin]
        if inside:
            new = _changed(words, begin, inside)
            if new != new.strip() and not _keeps_blanks(xml, words.start):
                return None
            parts += [xml[at : words.start], new]
            at = words.end
        begin += size
        waiting = [e for e in waiting if e.end > begin]
    return None if waiting else "".join([*parts, xml[at:]])


def _keeps_blanks(xml: str, start: int) -> bool:
    """Whether blanks at the edges of the element count, whose words begin at *start*."""
    return "xml:space" in xml[xml.rfind("<", 0, start) : start]


def _changed(words: _Words, begin: int, edits: Sequence[Edit]) -> str:
    """The words with *edits*; one that began in an element before has its new text there."""
    parts, at = [], 0
    for edit in edits:
        first, last = max(edit.start - begin, 0), min(edit.end - begin, len(words.written))
        parts += words.written[at:first]
        if edit.start >= begin:
            parts.append(_escaped(edit.text))
        at = last
    return "".join([*parts, *words.written[at:]])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _with_body(content: bytes, body: bytes) -> bytes | None:
    """The archive with a new body; the records of all other parts are copied as they are."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = sorted(archive.infolist(), key=lambda part: part.header_offset)
        directory = archive.start_dir
    at_end = content.rfind(b"PK\x05\x06")
    if at_end < 0 or any(part.header_offset >= 0xFFFFFFFF for part in parts):
        return None
    starts = [part.header_offset for part in parts] + [directory]
    new, moved = bytearray(content[: starts[0]]), {}
    for number, part in enumerate(parts):
        moved[part.header_offset] = len(new)
        record = content[starts[number] : starts[number + 1]]
        new += _local(record, part, body) if part.filename == _BODY else record
    start = len(new)
    new += _directory(content[directory:at_end], moved, body)
    end = list(_END.unpack_from(content, at_end))
    end[5], end[6] = len(new) - start, start
    return bytes(new) + _END.pack(*end) + content[at_end + _END.size :]


def _packed(part: zipfile.ZipInfo | int, body: bytes) -> bytes:
    method = part if isinstance(part, int) else part.compress_type
    if method == zipfile.ZIP_STORED:
        return body
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    return squeeze.compress(body) + squeeze.flush()


def _local(record: bytes, part: zipfile.ZipInfo, body: bytes) -> bytes:
    """The record of the body: its header with new sums, and the new data."""
    head = list(_LOCAL.unpack_from(record))
    names = record[_LOCAL.size : _LOCAL.size + head[9] + head[10]]
    packed = _packed(part, body)
    head[2] &= ~_DESCRIPTOR
    head[6], head[7], head[8] = zlib.crc32(body), len(packed), len(body)
    return _LOCAL.pack(*head) + names + packed


def _directory(directory: bytes, moved: dict[int, int], body: bytes) -> bytes:
    """The table of contents with the places to which the records have *moved*."""
    new, at = bytearray(), 0
    while directory[at : at + 4] == b"PK\x01\x02":
        entry = list(_CENTRAL.unpack_from(directory, at))
        end = at + _CENTRAL.size + entry[10] + entry[11] + entry[12]
        rest = directory[at + _CENTRAL.size : end]
        entry[16] = moved[entry[16]]
        if rest[: entry[10]] == _BODY.encode():
            entry[3] &= ~_DESCRIPTOR
            entry[7], entry[8], entry[9] = zlib.crc32(body), len(_packed(entry[4], body)), len(body)
        new += _CENTRAL.pack(*entry) + rest
        at = end
    return bytes(new) + directory[at:]
