"""The table of contents of a posting, whose entries are no headings."""

from collections.abc import Sequence
from itertools import takewhile

from jdlint.posting.lines import Line
from jdlint.posting.wording import key, wording
from jdlint.read.offsets import BlockKind, Document

_LONGEST = 25
"""The heading of a table of contents has at most so many characters."""


def contents(document: Document, lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the *lines* that are entries of a table of contents.

    They stand below "Contents", before the next heading, and are said again further on; if
    most of them are, all are entries.
    """
    tables = [at for at, line in enumerate(lines) if _heads_contents(document, line)]
    if not tables:
        return frozenset()
    keys = [_name(document, line) for line in lines]
    last = {name: at for at, name in enumerate(keys)}
    found = set()
    for table in tables:
        below = range(table + 1, len(lines))
        rows = list(takewhile(lambda at: lines[at].kind is not BlockKind.HEADING, below))
        again = [at for at in rows if keys[at] and last[keys[at]] > rows[-1]]
        found.update(rows if 2 * len(again) > len(rows) else again)
    return frozenset(found)


def _heads_contents(document: Document, line: Line) -> bool:
    if line.end - line.start > _LONGEST:
        return False
    return key(document.plain[line.start : line.end]) in wording().contents


def _name(document: Document, line: Line) -> str:
    """What *line* is called, without the dots and the number of its page."""
    return key(document.plain[line.start : min(line.end, line.start + 80)].rstrip(" .\t0123456789"))
