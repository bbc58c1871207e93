"""Reads a text for tests, and proves the promises that every reading keeps."""

import re

from jdlint.model import PlainSpan
from jdlint.read import read_bytes


def source_of(text, name="posting.md"):
    """What is read from *text* (str or bytes), as a file called *name*."""
    return read_bytes(text if isinstance(text, bytes) else text.encode(), name)


def document_of(text, name="posting.md"):
    """The one posting in *text*."""
    (document,) = source_of(text, name).documents
    return document


def outline(text, name="posting.md"):
    """The blocks of *text* as pairs: what a block is (with its layout), and its text."""
    document = document_of(text, name)
    return [
        (f"{b.kind.value} {b.layout.value}".strip(), document.text(b.span)) for b in document.blocks
    ]


def written(source, document, span):
    """How the plain *span* is written in the file."""
    place = document.offsets.to_source(span)
    return source.text[place.start : place.end]


def place_of(source, document, words):
    """How the first *words* of the plain text are written in the file."""
    at = document.plain.index(words)
    return written(source, document, PlainSpan(at, at + len(words)))


def prove(source):
    """Every promise about positions, for every posting of *source*."""
    for document in source.documents:
        prove_pieces(source.text, document)
        prove_blocks(source.text, document)


def prove_pieces(text, document):
    plain = at = 0
    for piece in document.offsets.pieces:
        assert piece.plain >= plain, "pieces ascend in the plain text"
        assert piece.source >= at, "pieces ascend in the file"
        plain = piece.plain + piece.plain_length
        at = piece.source + piece.source_length
        assert piece.plain_length > 0
        assert plain <= len(document.plain)
        assert at <= len(text), "pieces lie in the file"
        if piece.literal:
            assert document.plain[piece.plain : plain] == text[piece.source : at]


def prove_blocks(text, document):
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.plain)
        end = block.span.end
        assert document.text(block.span) == document.text(block.span).strip()
        if document.offsets.pieces:
            place = document.offsets.to_source(block.span)
            assert 0 <= place.start < place.end <= len(text)


def prove_words(source):
    """Every word that is literal is found in the file at its place, whole and unchanged."""
    seen = 0
    for document in source.documents:
        for found in re.finditer(r"[^\W_]+", document.plain):
            span = PlainSpan(*found.span())
            if document.offsets.is_literal(span):
                assert written(source, document, span) == found.group()
                seen += 1
    return seen
