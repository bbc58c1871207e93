"""What of a page is site furniture, and which of its tables only arrange the page.

One pass counts words, links and headings per element; then a decision is made with the
whole in view, so that a posting is never thrown away because it stands in an element
with an unlucky name.
"""

from collections.abc import Callable, Sequence

import msgspec

from jdlint.read.elements import HEADINGS, UNREAD, VOID, OpenElements
from jdlint.read.site import is_fact, is_part, is_side, tells_fact
from jdlint.read.tags import Kind, Token, attributes

ENOUGH_WORDS = 50
"""An element with so many words outside links, and more than the rest, is the posting."""

_ROLES = frozenset({"navigation", "menu", "menubar", "search", "dialog", "alertdialog"})
_HEADER_WORDS = 6
"""Headings in a first row of no more words for each of its cells are those of columns."""

_NEVER = frozenset({"html", "body", "main", "article", "table", "tr", "tbody", "form", *HEADINGS})
_UNSEEN = frozenset({"hidden", "submit", "button", "image", "reset"})
"""Types of inputs that ask for nothing."""

_WORDS_PER_INPUT = 40
"""A form with more words for each of its inputs is wrapped around a page."""


class Survey(msgspec.Struct, frozen=True):
    """Start offsets of the tags of elements to leave out, and of tables that only arrange."""

    furniture: frozenset[int] = frozenset()
    arranging: frozenset[int] = frozenset()


class _Tally(msgspec.Struct):
    """What was counted in an element; *unlinked* words stand outside links.

    *cells* are those of the current row, *widest* the most in any row; *inputs* ask for an
    answer. *side* is a column or box beside the text; *facts*: it says something like "Salary"
    or "days' annual leave".
    """

    name: str
    start: int
    end: int = 0
    suspect: bool = False
    side: bool = False
    facts: bool = False
    unread: bool = False
    sheltered: bool = False
    presentation: bool = False
    words: int = 0
    unlinked: int = 0
    links: int = 0
    inputs: int = 0
    holds_h1: bool = False
    holds_main: bool = False
    holds_table: bool = False
    holds_heading: bool = False
    rows: int = 0
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
        self._sides = 0
        self._in_link = False
        self._suspects: list[_Tally] = []
        self._arranging: set[int] = set()

    def take(self, token: Token) -> None:
        """Count one token."""
        if token.kind is Kind.TEXT:
            if not self._unread:
                self._count(self._text[token.start : token.end])
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

    def _count(self, text: str) -> None:
        tally, words = self._open.top() or self._page, len(text.split())
        tally.words += words
        if self._sides and words and (is_fact(text) or tells_fact(text)):
            tally.facts = True
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
            (self._open.top() or self._page).inputs += _asks(name, given)
            return
        suspect = is_suspect(name, given)
        tally = _Tally(name, token.start, suspect=suspect, unread=name in UNREAD)
        tally.side = not suspect and (name == "aside" or _is_named(given, is_side))
        self._sides += tally.side
        tally.inputs = int(_asks(name, given))
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
            table.rows += 1
            if table.rows == 2 and table.words <= _HEADER_WORDS * table.widest > _HEADER_WORDS:
                table.holds_heading = False
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
        self._sides -= tally.side
        around.facts |= tally.facts
        around.inputs += tally.inputs
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
            if tally.name == "aside" and left < ENOUGH_WORDS and not _is_menu(tally):
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
    if tally.name in {"form", "fieldset", "label"}:
        return tally.inputs > 0 and tally.unlinked <= _WORDS_PER_INPUT * tally.inputs
    if tally.side:
        return _is_menu(tally) or not tally.facts
    return tally.suspect and (tally.name == "nav" or not tally.holds_h1)


def _is_menu(tally: _Tally) -> bool:
    """Whether an element consists of links in the main."""
    return tally.links >= 3 and tally.words > 2 * tally.unlinked


def _asks(name: str, given: dict[str, str]) -> bool:
    """Whether an element is for an answer; the label of a field stands for the field."""
    if name == "input":
        return given.get("type", "text").lower() not in _UNSEEN
    return name in {"textarea", "select"} or (name == "label" and "for" in given)


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
    return _is_named(given, is_part)


def _is_named(given: dict[str, str], told: Callable[[str], bool]) -> bool:
    """Whether *told* holds for a class or the id of an element."""
    return any(told(word) for key in ("class", "id") for word in given.get(key, "").split())
