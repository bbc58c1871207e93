"""What a file is: by the ending of its name, and by its text where names are known to lie."""

import re
from functools import cache

import msgspec

from jdlint.language.late import late

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "mdx",
    ".txt": "plain",
    ".text": "plain",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".erb": "html",
    ".php": "html",
    ".njk": "html",
    ".liquid": "html",
    ".docx": "docx",
    ".json": "json",
    ".jsonl": "json",
    ".js": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
}
"""The format for an ending in lower case; any other ending is plain text."""

_SAMPLE = 200_000
_INLINE = late(r"\]\(|\*\w|`\w")
"""Marks inside a line that mean something in Markdown only."""


class Signs(msgspec.Struct, frozen=True):
    """How many lines there are, and how many begin like HTML, like Markdown, or are bold."""

    lines: int
    tags: int
    marks: int
    headings: int
    bold: int


@cache
def _line() -> re.Pattern[str]:
    return late(
        r"^[ \t]*(?:(?P<tag><[A-Za-z/!])|(?P<heading>#{1,6}[ \t])"
        r"|(?P<bold>\*\*[^*\r\n]{1,80}\*\*:?[ \t]*$)"
        r"|(?P<mark>(?:[-*+]|\d{1,3}[.)])[ \t]))?[^\r\n]*[^\s]",
        re.MULTILINE,
    )


def _signs(text: str) -> Signs:
    """The signs in the first part of *text*."""
    kinds = [found.lastgroup for found in _line().finditer(text[:_SAMPLE])]
    headings, bold = kinds.count("heading"), kinds.count("bold")
    marks = kinds.count("mark") + headings + bold
    return Signs(len(kinds), kinds.count("tag"), marks, headings, bold)


def by_name(name: str) -> str:
    """The format that the ending of *name* promises."""
    stem, dot, ending = name.lower().rpartition(".")
    if ending == "txt" and stem.endswith((".html", ".md")):
        return by_name(stem)
    return FORMATS.get(dot + ending, "plain")


def by_text(format_: str, text: str, *, front_matter: bool) -> str:
    """The format of *text*, which its name calls *format_*; front matter is not part of it."""
    if format_ == "mdx" or (format_ == "markdown" and "<" not in text):
        return format_
    start = text[:1000].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        return "html"
    signs = _signs(text)
    if format_ == "html":
        lies = signs.marks > signs.tags if front_matter else signs.tags == 0 and signs.marks > 0
        return "markdown" if lies else "html"
    if format_ == "markdown":
        tagged = signs.tags * 2 > signs.lines and signs.marks == 0
        return "html" if tagged and not _INLINE.search(text, 0, _SAMPLE) else format_
    return "markdown" if front_matter or signs.headings > 1 or signs.bold > 1 else format_
