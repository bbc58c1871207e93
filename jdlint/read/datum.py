"""Structured data with its places: a record of JSON or YAML as plain values."""

from jdlint.model import SourceSpan
from jdlint.read.build import View
from jdlint.read.offsets import Datum
from jdlint.read.tree import Mapping, Node, Scalar

_DEEPEST = 8
"""Levels of nesting that are kept; schema.org needs five for a posting."""


def datum(view: View, node: Node, key: Scalar | None = None, depth: int = 0) -> Datum:
    """*node* and all below it, which stands in *view* under *key*."""
    name, place = (key.value, inside(view, key)) if key else ("", None)
    if isinstance(node, Scalar):
        kind = "text" if node.is_text else "bare"
        return Datum(kind, inside(view, node), name, place, node.value)
    span, below = view.span(node.start, node.end), depth + 1
    if isinstance(node, Mapping):
        pairs = node.items if depth < _DEEPEST else []
        return Datum(
            "object", span, name, place, "", tuple(datum(view, v, k, below) for k, v in pairs)
        )
    items = node.items if depth < _DEEPEST else []
    return Datum("list", span, name, place, "", tuple(datum(view, v, None, below) for v in items))


def inside(view: View, scalar: Scalar) -> SourceSpan:
    """Where the text of *scalar* stands in the file, without its quotation marks."""
    margin = 1 if view.text[scalar.start : scalar.start + 1] in ('"', "'") else 0
    start, end = scalar.start + margin, scalar.end - margin
    return view.span(start, max(start, end))
