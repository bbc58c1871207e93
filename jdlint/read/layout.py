"""Pseudo-headings, bullets and site furniture: what lines are, judged by their look."""

from jdlint.read.offsets import Document


def mark(document: Document) -> Document:
    """*document* with its pseudo-headings and furniture told apart from its prose."""
    return document
