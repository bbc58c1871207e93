"""A patch that ``git apply`` takes: text by lines, anything else as git's binary patch."""

import re
import zlib
from base64 import b85encode
from collections.abc import Iterator
from difflib import diff_bytes, unified_diff
from hashlib import sha1

_CHUNK = 52
"""Bytes in a line of a binary patch."""


def patch(path: str, old: bytes, new: bytes, mode: int) -> bytes:
    """The patch that makes *new* of *old* in the file at *path*, from the top of the repository.

    Its first line has git count from there, wherever it is applied: text and binary alike.
    """
    names = _name(b"a/", path), _name(b"b/", path)
    head = b"diff --git %s %s\n" % tuple(name.rstrip(b"\t") for name in names)
    if b"\0" in old or b"\0" in new:
        return head + _binary(old, new, mode)
    before, after = _lines(old), _lines(new)
    parts = diff_bytes(unified_diff, before, after, *names, lineterm=b"\n")
    return head + b"".join(_ended(part, at) for at, part in enumerate(parts))


def _lines(content: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", content)


def _ended(part: bytes, at: int) -> bytes:
    """A line of the patch; one that lacks a line end in the file says so."""
    if part.endswith(b"\n"):
        return part
    return part + (b"\n" if at < 2 else b"\n\\ No newline at end of file\n")


def _name(side: bytes, path: str) -> bytes:
    """The name of a file as git writes it: quoted where it holds odd characters."""
    raw = side + path.encode("utf-8", "surrogateescape")
    if any(byte < 32 or byte in b'"\\\x7f' for byte in raw):
        return b'"' + b"".join(_quoted(byte) for byte in raw) + b'"'
    return raw + b"\t" if b" " in raw else raw


def _quoted(byte: int) -> bytes:
    if byte in b'"\\':
        return b"\\" + bytes([byte])
    return bytes([byte]) if 32 <= byte < 127 else b"\\%03o" % byte


def _binary(old: bytes, new: bytes, mode: int) -> bytes:
    kind = b"100755" if mode & 0o111 else b"100644"
    index = b"index %s..%s %s\n" % (_blob(old), _blob(new), kind)
    return index + b"GIT binary patch\n" + _literal(new) + _literal(old)


def _blob(content: bytes) -> bytes:
    """The name that git gives to *content*."""
    return sha1(b"blob %d\0" % len(content) + content).hexdigest().encode()  # noqa: S324 (git's)


def _literal(content: bytes) -> bytes:
    return b"literal %d\n" % len(content) + b"".join(_rows(zlib.compress(content))) + b"\n"


def _rows(packed: bytes) -> Iterator[bytes]:
    for at in range(0, len(packed), _CHUNK):
        row = packed[at : at + _CHUNK]
        size = len(row)
        letter = bytes([size + 64 if size <= 26 else size + 70])
        yield letter + b85encode(row, pad=True) + b"\n"
