"""Files to documents: chooses a reader by a file's name and content, and imports only that."""

import stat
from pathlib import Path

import msgspec

from jdlint.model import ReadError, SourceSpan
from jdlint.read import sniff
from jdlint.read.build import Builder, Reading, View
from jdlint.read.decode import Decoded, binary_kind, decode
from jdlint.read.offsets import Piece, SourceFile, Trouble
from jdlint.read.options import Options as ReadOptions

__all__ = ["Content", "ReadOptions", "content_of", "read_bytes", "read_content", "read_path"]

_DEFAULT = ReadOptions()


class Content(msgspec.Struct, frozen=True):
    """The bytes of a file; of one that is too large only the first ones, and its *size*."""

    content: bytes
    size: int


def content_of(path: Path, shown: str, options: ReadOptions = _DEFAULT) -> Content:
    """The bytes of the file at *path*, under the name *shown*; ReadError if it cannot be opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("this is no regular file, so it is not read", path=shown)
        with path.open("rb") as file:
            content = file.read(options.max_bytes + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"this file cannot be read ({reason.lower()})", path=shown) from error
    return Content(content, max(status.st_size, len(content)))


def read_path(path: Path, shown: str, options: ReadOptions = _DEFAULT) -> SourceFile:
    """The file at *path*, under the name *shown*.

    Raises ReadError if it cannot be opened; whatever is odd about its content becomes a
    trouble of the result.
    """
    return read_content(content_of(path, shown, options), shown, options)


def read_content(found: Content, name: str, options: ReadOptions = _DEFAULT) -> SourceFile:
    """What the bytes *found* hold; the format is chosen as for a file called *name*."""
    source = _read(found.content, name, options, found.size)
    return _hashed(source, found.content) if options.hashed else source


def read_bytes(content: bytes, name: str, options: ReadOptions = _DEFAULT) -> SourceFile:
    """What *content* holds; its format is chosen as if it were a file called *name*."""
    return read_content(Content(content, len(content)), name, options)


def _hashed(source: SourceFile, content: bytes) -> SourceFile:
    from hashlib import sha256

    from msgspec.structs import replace

    return replace(source, sha256=sha256(content).hexdigest())


def _size(number: int) -> str:
    """*number* bytes as people say it."""
    return f"{number / 1e6:.3g} MB" if number >= 100_000 else f"{number / 1e3:.3g} kB"


def _read(content: bytes, name: str, options: ReadOptions, size: int) -> SourceFile:
    format_ = sniff.by_name(name)
    if size > options.max_bytes:
        detail = f"{_size(size)}; the limit is {_size(options.max_bytes)}"
        return _unread(name, "JD903", detail)
    if format_ == "docx" and content:
        from jdlint.read.docx import read

        return _source(name, "", "docx", read(content, options), ())
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\v\f"):
        return _unread(name, "JD901", f"{len(content)} bytes")
    if kind := binary_kind(content):
        return _unread(name, "JD902", kind)
    return _read_text(decode(content), name, format_, options)


def _unread(name: str, rule: str, detail: str) -> SourceFile:
    return SourceFile(name, "", "", (), (Trouble(rule, None, {"detail": detail}),))


def _source(
    name: str, text: str, encoding: str, reading: Reading, troubles: tuple[Trouble, ...]
) -> SourceFile:
    """A file with what its reader made of it, its pseudo-headings and furniture marked."""
    from jdlint.read.layout import mark

    documents = tuple(mark(document) for document in reading.documents)
    return SourceFile(name, text, encoding, documents, (*troubles, *reading.troubles))


def _read_text(decoded: Decoded, name: str, format_: str, options: ReadOptions) -> SourceFile:
    text = decoded.text
    if not text.strip("\0\ufeff \t\r\n\v\f"):
        return _unread(name, "JD901", "nothing but white space")
    if format_ == "json":
        from jdlint.read.records import read_json

        reading = read_json(text, options, name)
    elif format_ == "yaml":
        from jdlint.read.records import read_yaml

        reading = read_yaml(text, options, name)
    else:
        reading = _read_prose(text, format_, options)
    return _source(name, text, decoded.encoding, reading, decoded.troubles)


def _read_prose(text: str, format_: str, options: ReadOptions) -> Reading:
    """One posting in plain text, Markdown or HTML, with the front matter before it."""
    body, builder = 0, Builder(format_)
    troubles: list[Trouble] = []
    if text[:2000].lstrip("\ufeff \t\r\n").startswith(("---", "+++")):
        from jdlint.read.frontmatter import read

        body, troubles = read(text, builder)
    view = View(text)
    if body:
        length = len(text) - body
        view = View(text[body:], (Piece(0, length, body, length, True),) if length else ())
    builder.format = sniff.by_text(format_, view.text, front_matter=body > 0)
    reading = _read_body(view, builder, options)
    troubles += reading.troubles
    documents = tuple(d for d in reading.documents if d.blocks or d.fields)
    if not documents:
        detail = {"detail": "nothing but comments, templates or markup"}
        troubles.append(Trouble("JD901", SourceSpan(body, body), detail))
    return Reading(documents, tuple(troubles))


def _read_body(view: View, builder: Builder, options: ReadOptions) -> Reading:
    """Let the reader of the builder's format append the blocks of *view*."""
    if builder.format == "html":
        from jdlint.read.page import page

        return page(view, builder, options)
    if builder.format == "plain":
        from jdlint.read.plain import blocks

        blocks(view, builder)
        return Reading((builder.document(),))
    from jdlint.read import markdown

    scripts = markdown.read(view, builder)
    if not scripts:
        return Reading((builder.document(),))
    from jdlint.read.page import described

    return described(builder.document(), view, scripts, options)
