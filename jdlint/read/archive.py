"""Is a DOCX file safe to open? Looked at before any XML of it is parsed.

A DOCX file is a ZIP archive of XML. What is refused here would hang or crash a reader:
archives that unpack to far more than they hold, and XML that declares entities.
"""

import io
import zipfile

MOST_BYTES = 200_000_000
"""The most that all parts together may unpack to."""

_RATIO = 200
"""A part that unpacks to more than this times its packed size is a bomb, if it is large."""

_LARGE = 10_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BODY = "word/document.xml"
_ENCRYPTED = 0x1


def problem(content: bytes) -> str | None:
    """Why *content* cannot be read as DOCX, or None if it can."""
    if content.startswith(_OLE):
        return "it is encrypted, or in the old .doc format"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _of_parts(archive) or _of_xml(archive)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        return f"it is no intact ZIP archive ({error})"
    except Exception as error:
        return f"it cannot be unpacked ({type(error).__name__})"


def _of_parts(archive: zipfile.ZipFile) -> str | None:
    """What is wrong by the table of contents alone."""
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        return "it is encrypted"
    if _BODY not in {part.filename for part in parts}:
        return f"it has no {_BODY}"
    if len(parts) > 10_000 or sum(part.file_size for part in parts) > MOST_BYTES:
        return "it would unpack to far more than any posting needs"
    for part in parts:
        if part.file_size > max(_LARGE, part.compress_size * _RATIO):
            return "it would unpack to far more than it holds"
    return None


def _of_xml(archive: zipfile.ZipFile) -> str | None:
    """Refuse XML with a document type, the only place where entities are declared."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            data = archive.read(part).replace(b"\0", b"")  # so that UTF-16 reads like ASCII
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                return f"{part.filename} declares a document type, which may hide a bomb"
    return None
