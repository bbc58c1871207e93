"""Bytes to text: which encoding a file is in, and what is odd about its bytes.

Nothing here raises: a byte that fits no encoding becomes a character and a trouble.
"""

import codecs
import re

import msgspec

from jdlint.model import SourceSpan
from jdlint.read.offsets import Trouble

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks; UTF-32 before UTF-16, whose little-endian mark begins it."""

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Office file"),
    (b"{\\rtf", "a rich-text file (RTF)"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
)
"""How common files that are no text begin, and what to call them."""

_SAMPLE = 65_536
_STRAY = 4
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_MOJIBAKE = "\u00e2\u20ac[^\\s\\w]|\u00c3[\u0080-\u00bf\u0192\u2030\u0160]|\u00c2[\u00a0-\u00bf]"
"""UTF-8 that was once read as Windows-1252: curly quotes, accented letters, signs."""


class Decoded(msgspec.Struct, frozen=True):
    """The text of a file without its byte-order mark, the encoding's name, and what was odd."""

    text: str
    encoding: str
    troubles: tuple[Trouble, ...] = ()


def binary_kind(content: bytes) -> str:
    """What *content* is if it is no text ("a PDF"), else an empty string.

    A few stray control characters leave a file a text; more than one in fifty does not.
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    sample = content[:_SAMPLE]
    if content.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(sample):
        return ""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return "a binary file" if controls > _STRAY and controls * 50 > len(sample) else ""


def mark_of(content: bytes) -> bytes:
    """The byte-order mark with which *content* begins, if it does."""
    return next((mark for mark, _ in _MARKS if content.startswith(mark)), b"")


def decode(content: bytes) -> Decoded:
    """The text of *content*, by its byte-order mark, its NUL bytes, as UTF-8 or Windows-1252.

    Bytes that are not UTF-8 are read as Windows-1252 one by one, so that a single pasted
    quote does not spoil the accents of the rest.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _as_declared(content[len(mark) :], encoding)
    if encoding := _wide(content[:_SAMPLE]):
        return _as_declared(content, encoding)
    return _as_utf8(content)


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of Western text is then NUL."""
    half = len(sample) // 2
    if half < 4 or sample.count(0) * 10 < half * 6:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 10 >= half * 6 and even * 10 <= half:
        return "utf-16-le"
    return "utf-16-be" if even * 10 >= half * 6 and odd * 10 <= half else ""


def _as_declared(content: bytes, encoding: str) -> Decoded:
    if encoding == "utf-8":
        return _as_utf8(content)
    try:
        return _checked(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = content.decode(encoding, errors="replace")
        at = len(content[: error.start].decode(encoding, errors="replace"))
        detail = f"not {encoding.upper()} from line {_line(text, at)} on"
        return _checked(text, encoding, _odd_bytes(at, text, detail))


def _as_utf8(content: bytes) -> Decoded:
    try:
        return _checked(content.decode(), "utf-8")
    except UnicodeDecodeError as error:
        start = error.start
    if old := _as_windows(content, start):
        return old
    if content.decode(errors="ignore").isascii():
        text, encoding = content.decode("cp1252", errors="replace"), "windows-1252"
    else:
        codecs.register_error("jdlint-1252", _one_by_one)
        text, encoding = content.decode(errors="jdlint-1252"), "utf-8"
    at = len(content[:start].decode())
    detail = f"byte 0x{content[start]:02X} in line {_line(text, at)}"
    return _checked(text, encoding, _odd_bytes(at, text, detail))


def _as_windows(content: bytes, start: int) -> Decoded | None:
    """*content* if it is clean Windows-1252 without a sign of UTF-8; *start*: the first accent."""
    if not content.decode(errors="ignore").isascii():
        return None
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    span = SourceSpan(start, start + 1)
    return _checked(text, "windows-1252", Trouble("JD913", span, {"detail": "Windows-1252"}))


def _one_by_one(error: UnicodeError) -> tuple[str, int]:
    """The error handler that reads the bytes at fault as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


def _line(text: str, offset: int) -> int:
    """The line of *offset*, from 1, where CR, LF and CRLF end a line."""
    return 1 + sum(1 for _ in re.finditer(r"\r\n|\n|\r", text[:offset]))


def _odd_bytes(at: int, text: str, detail: str) -> Trouble:
    return Trouble("JD904", SourceSpan(at, min(at + 1, len(text))), {"detail": detail})


def _checked(text: str, encoding: str, *troubles: Trouble) -> Decoded:
    """The decoded text with a trouble for the first mojibake, if there is any."""
    if not text.isascii() and (found := re.search(_MOJIBAKE, text)):
        span = SourceSpan(found.start(), found.end())
        troubles = (*troubles, Trouble("JD909", span, {"detail": found.group()}))
    return Decoded(text, encoding, troubles)
