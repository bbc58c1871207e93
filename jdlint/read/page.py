"""A whole HTML page: the posting in its prose, and the JSON-LD beside it."""

from collections.abc import Sequence

import msgspec

from jdlint.read.build import Builder, Reading, View
from jdlint.read.html import HtmlWalker
from jdlint.read.offsets import Document, Field
from jdlint.read.options import Options
from jdlint.read.tags import Token, unescape

ENOUGH_WORDS = 50
"""A page with fewer words of prose than this may have its posting in its JSON-LD alone."""


def read(text: str, options: Options) -> Reading:
    """The posting on a page; see :func:`page`."""
    return page(View(text), Builder("html"), options)


def page(view: View, builder: Builder, options: Options) -> Reading:
    """The posting on the page *view*: its prose, and its JSON-LD as fields.

    A page with hardly any prose is read by its JSON-LD descriptions instead. *builder*
    may hold fields already (from front matter).
    """
    walker = HtmlWalker(builder)
    walker.feed(view, 0, len(view.text))
    walker.close()
    structured = _structured(view, walker.contents, options)
    document = builder.document()
    words = _words(document)
    if words < ENOUGH_WORDS and sum(map(_words, structured.documents)) > words:
        return structured
    fields = (*document.fields, *_page_title(view, walker.contents))
    return _beside(msgspec.structs.replace(document, fields=fields), structured)


def described(
    document: Document, view: View, scripts: Sequence[Token], options: Options
) -> Reading:
    """*document*, read from *view*, with what the JSON-LD *scripts* in it say as fields."""
    return _beside(document, _structured(view, scripts, options))


def _beside(document: Document, structured: Reading) -> Reading:
    """*document* with the fields and the data of the postings in *structured*."""
    fields = [*document.fields]
    fields += [field for posting in structured.documents for field in posting.fields]
    data = tuple(one for posting in structured.documents for one in posting.data)
    document = msgspec.structs.replace(document, fields=tuple(fields), data=data)
    return Reading((document,), structured.troubles)


def _words(document: Document) -> int:
    return sum(len(document.text(block.span).split()) for block in document.blocks)


def _page_title(view: View, contents: Sequence[Token]) -> list[Field]:
    """The page's title element, as a field of that name."""
    for content in contents:
        if content.name == "title":
            title = " ".join(unescape(view.text[content.start : content.end]).split())
            return [Field("page-title", title, view.span(content.start, content.end))]
    return []


def _structured(view: View, contents: Sequence[Token], options: Options) -> Reading:
    """The postings in the page's JSON-LD."""
    scripts = [(found.start, found.end) for found in contents if found.name == "ld+json"]
    if not scripts:
        return Reading((), ())
    from jdlint.read.records import read_json_ld

    return read_json_ld(view, scripts, options)
