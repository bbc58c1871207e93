"""What of a page is site furniture, and which of its tables only arrange the page.

One pass counts words, links and headings per element; then a decision is made with the
whole in view, so that a posting is never thrown away because it stands in an element
with an unlucky name.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from jdlint.read.elements import HEADINGS, UNREAD, VOID, OpenElements, names_of
from jdlint.read.tags import Kind, Token, attributes

ENOUGH_WORDS = 50
"""An element with so many words outside links, and more than the rest, is the posting."""

_PARTS = names_of(
    """advert adverts breadcrumb breadcrumbs consent cookie cookies copyright footer gdpr login
    masthead menu modal nav navbar navigation newsletter pager pagination popup share sharing
    sidebar signin skip skiplink social subscribe toolbar tooltip topbar"""
)
_WRAPS = names_of(
    """article body contain container content has inner layout main no page wrap wrapper
    with without"""
)
_ROLES = frozenset({"navigation", "menu", "menubar", "search", "dialog", "alertdialog"})
_NEVER = frozenset({"html", "body", "main", "article", "table", "tr", "tbody", "form", *HEADINGS})
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


class Survey(NamedTuple):
    """Start offsets of the tags of elements to leave out, and of tables that only arrange."""

    furniture: frozenset[int] = frozenset()
    arranging: frozenset[int] = frozenset()


class _Tally(msgspec.Struct):
    """What was counted in an element; *unlinked* words stand outside links.

    *cells* are those of the current row, *widest* the most in any row.
    """

    name: str
    start: int
    end: int = 0
    suspect: bool = False
    unread: bool = False
    sheltered: bool = False
    presentation: bool = False
    words: int = 0
    unlinked: int = 0
    links: int = 0
    holds_h1: bool = False
    holds_main: bool = False
    holds_table: bool = False
    holds_heading: bool = False
    cells: int = 0
    widest: int = 0


def survey(text: str, found: Sequence[Token]) -> Survey:
    """What to leave out of the page whose tokens are *found*."""
    counter = _Counter(text)
    for token in found:
        counter.take(token)
    return counter.result(found[-1].end if found else 0)


class _Counter:
    def __init__(self, text: str) -> None:
        self._text = text
        self._open: OpenElements[_Tally] = OpenElements()
        self._page = _Tally("", -1)
        self._unread = 0
        self._in_link = False
        self._suspects: list[_Tally] = []
        self._arranging: set[int] = set()

    def take(self, token: Token) -> None:
        """Count one token."""
        if token.kind is Kind.TEXT:
            if not self._unread:
                self._count(len(self._text[token.start : token.end].split()))
        elif token.kind is Kind.START:
            self._start(token)
        elif token.kind is Kind.END:
            if token.name == "a":
                self._in_link = False
            self._end(self._open.close(token.name), token.end)

    def result(self, end: int) -> Survey:
        """The decision, once all tokens were counted; what is still open is no furniture."""
        left_open = self._open.close_all()
        for tally in left_open:
            tally.suspect = tally.suspect and tally.name in {"nav", "footer"}
        self._end(left_open, end)
        return Survey(frozenset(self._decide()), frozenset(self._arranging))

    def _count(self, words: int) -> None:
        tally = self._open.top() or self._page
        tally.words += words
        if not self._in_link:
            tally.unlinked += words

    def _start(self, token: Token) -> None:
        name = token.name
        has_attributes = token.end - token.start > len(name) + 2
        given = attributes(self._text, token) if has_attributes else {}
        if name == "a" and "href" in given:
            self._in_link = True
            (self._open.top() or self._page).links += 1
        self._end(self._open.implied(name), token.start)
        if name in VOID:
            return
        suspect = is_suspect(name, given)
        tally = _Tally(name, token.start, suspect=suspect, unread=name in UNREAD)
        tally.sheltered = self._open.innermost(("main", "article")) is not None
        tally.presentation = given.get("role") in {"presentation", "none"}
        self._unread += tally.unread
        self._note_table_part(name)
        self._open.open(name, tally)

    def _note_table_part(self, name: str) -> None:
        table = self._open.innermost(("table",))
        if table is None:
            return
        if name == "tr":
            table.cells = 0
        elif name in {"td", "th"}:
            table.cells += 1
            table.widest = max(table.widest, table.cells)
        elif name == "table":
            table.holds_table = True
        elif name in HEADINGS:
            table.holds_heading = True

    def _end(self, ended: list[_Tally], end: int) -> None:
        """Close elements, the innermost first."""
        outside = self._open.top() or self._page
        for tally, around in zip(ended, [*ended[1:], outside], strict=False):
            tally.end = end
            self._close(tally, around)

    def _close(self, tally: _Tally, around: _Tally) -> None:
        """Hand the counts of a finished element to the one *around* it, and judge it."""
        self._unread -= tally.unread
        around.words += tally.words
        around.unlinked += tally.unlinked
        around.links += tally.links
        around.holds_h1 |= tally.holds_h1 or tally.name == "h1"
        around.holds_main |= tally.holds_main or tally.name in {"main", "article"}
        if tally.name == "table" and _only_arranges(tally):
            self._arranging.add(tally.start)
        if _is_furniture(tally):
            self._suspects.append(tally)

    def _decide(self) -> list[int]:
        """The outermost suspects, without those that must be the posting itself."""
        ordered = sorted(self._suspects, key=lambda tally: tally.start)
        left = self._page.words - sum(tally.words for tally in _outermost(ordered))
        dropped, until = [], -1
        for tally in ordered:
            if tally.start < until or tally.unlinked >= max(ENOUGH_WORDS, left):
                continue
            dropped.append(tally.start)
            until = tally.end
        return dropped


def _outermost(ordered: list[_Tally]) -> list[_Tally]:
    kept: list[_Tally] = []
    for tally in ordered:
        if not kept or tally.start >= kept[-1].end:
            kept.append(tally)
    return kept


def _only_arranges(table: _Tally) -> bool:
    """Whether a table sets out the page (one column, headings, tables in it), not data."""
    return table.presentation or table.holds_table or table.holds_heading or table.widest <= 1


def _is_furniture(tally: _Tally) -> bool:
    if tally.holds_main:
        return False
    if tally.name == "header":
        return not (tally.holds_h1 or tally.sheltered)
    if tally.name == "footer":
        return not tally.sheltered
    if tally.name == "aside" and not tally.suspect:
        return tally.links >= 3 and tally.words > 2 * tally.unlinked
    return tally.suspect and (tally.name == "nav" or not tally.holds_h1)


def is_suspect(name: str, given: dict[str, str]) -> bool:
    """Whether an element looks like site furniture by its name and attributes alone."""
    if name in _NEVER:
        return False
    if name in {"nav", "dialog"}:
        return True
    if not given:
        return False
    if given.get("role") in _ROLES or "hidden" in given or given.get("aria-hidden") == "true":
        return True
    style = given.get("style", "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    return any(_names_part(word) for key in ("class", "id") for word in given.get(key, "").split())


def _names_part(word: str) -> bool:
    """Whether a class or an id, such as ``site-menu`` or ``shareButtons``, names furniture."""
    words = {part.lower() for part in _WORDS.findall(word)}
    return not words.isdisjoint(_PARTS) and words.isdisjoint(_WRAPS)
