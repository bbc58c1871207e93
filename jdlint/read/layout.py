"""Pseudo-headings, bullets and site furniture: what lines are, judged by their look.

Readers give paragraphs; here their lines are looked at, whatever format they came from.
Blocks are ranges of the plain text, so that taking one apart moves nothing.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache

import msgspec
from msgspec.structs import replace

from jdlint.language.late import late
from jdlint.model import PlainSpan
from jdlint.read import bullets
from jdlint.read.offsets import OBJECT, Block, BlockKind, Document, Layout
from jdlint.read.site import is_furniture, is_notice, is_other_jobs

PSEUDO_LEVEL = 7
"""The level of headings that only look like headings: below all that are marked up."""

_TITLE = 120
"""No heading is longer than this, in characters."""

_WORDS = 9
"""The most words in a line with a colon or in capitals that is a heading."""

_BOLD_WORDS = 12
_SHORT = 40
"""A line shorter than this was not broken for want of room."""

_INLINE_BULLETS = 3
"""So many bullets in one line are a list whose line ends were lost."""

# Python fetches a name faster than the member of an enumeration, and here it is done all the time.
_HEADING, _PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH
_ITEM, _FURNITURE = BlockKind.ITEM, BlockKind.FURNITURE


class _Line(msgspec.Struct, frozen=True):
    """A line of a paragraph and what it is; its text, without mark, is ``start:end``."""

    start: int
    end: int
    kind: BlockKind
    layout: Layout = Layout.NONE
    level: int = 0


class _Around(msgspec.Struct, frozen=True):
    """What stands around a line of *block*: the lines before and behind it in the block.

    *signs* are bullets that begin items here; *lists* says that a list follows the line.
    """

    block: Block
    signs: set[str]
    before: _Line | None
    behind: PlainSpan | None
    lists: bool


def mark(document: Document) -> Document:
    """*document* with its pseudo-headings, bullets and furniture told apart from its prose."""
    if not document.blocks:
        return document
    return replace(document, blocks=tuple(_Marker(document).blocks()))


class _Marker:
    """Looks at the blocks of one document."""

    def __init__(self, document: Document) -> None:
        self._plain = document.plain
        self._document = document
        self._bold = _merged(document)
        self._bold_ends = [span.end for span in self._bold]
        self._things = [thing.at for thing in document.things]
        self._group = max((block.group for block in document.blocks), default=0)
        self._in_list = False
        self._beside = 0

    def blocks(self) -> Iterator[Block]:
        """The blocks, some of them taken apart."""
        blocks = self._document.blocks
        for number, block in enumerate(blocks):
            if self._is_beside(block):
                yield replace(block, kind=_FURNITURE)
            elif block.kind is not _PARAGRAPH:
                self._in_list = False
                yield self._single(block)
            elif self._is_hollow(block):
                yield replace(block, kind=_FURNITURE)
            else:
                yield from self._parts(block, blocks[max(number - 1, 0) : number + 2])

    def _single(self, block: Block) -> Block:
        """A heading, an item, a cell or a field, which is never taken apart."""
        may_be = block.kind in (_ITEM, _HEADING)
        if may_be and is_furniture(self._text(block)):
            return replace(block, kind=_FURNITURE)
        if block.kind is _HEADING and not block.level:
            return replace(block, level=PSEUDO_LEVEL)
        return block

    def _is_beside(self, block: Block) -> bool:
        """Whether *block* belongs to other jobs, which a heading of its rank or above announced."""
        level = block.level if block.kind is _HEADING else 0
        if level and (not self._beside or level <= self._beside):
            self._beside = level if is_other_jobs(self._text(block)) else 0
        return self._beside > 0

    def _text(self, block: Block) -> str:
        return self._plain[block.span.start : block.span.end]

    def _is_hollow(self, block: Block) -> bool:
        """Whether nothing in it is for reading: images, code, drawn lines."""
        start, end = block.span
        if end - start > _TITLE or any(c.isalnum() for c in self._plain[start:end]):
            return False
        first, last = bisect_left(self._things, start), bisect_left(self._things, end)
        kinds = {thing.kind for thing in self._document.things[first:last]}
        return kinds <= {"image", "code", "unseen"}

    def _parts(self, block: Block, near: tuple[Block, ...]) -> Iterator[Block]:
        """The blocks that a paragraph really is; *near* are itself and its neighbours."""
        lines = self._lines(block, near)
        at = 0
        while at < len(lines):
            line, until = lines[at], at + 1
            while until < len(lines) and line.kind is not _FURNITURE:
                if lines[until].kind is not _PARAGRAPH or line.kind is _HEADING:
                    break
                until += 1
            span = PlainSpan(line.start, lines[until - 1].end)
            yield self._block(block, line, span)
            at = until

    def _block(self, block: Block, line: _Line, span: PlainSpan) -> Block:
        if line.kind is _ITEM:
            self._group += not self._in_list
            self._in_list = True
            return Block(_ITEM, span, block.level + 1, self._group)
        self._in_list = False
        if line.kind is _PARAGRAPH:
            return block if span == block.span else replace(block, span=span)
        return Block(line.kind, span, line.level, layout=line.layout)

    def _lines(self, block: Block, near: tuple[Block, ...]) -> list[_Line]:
        """The lines of a paragraph, each judged with those around it in view."""
        found = _spans(self._plain, block.span)
        beside = [other for other in near if other is not block]
        signs = self._list_signs(found, beside)
        listed = near[-1].kind is _ITEM
        lines: list[_Line] = []
        for number, span in enumerate(found):
            before = lines[-1] if lines else None
            behind = found[number + 1] if number + 1 < len(found) else None
            around = _Around(block, signs, before, behind, listed and behind is None)
            lines.append(self._judge(span, around))
        return lines

    def _list_signs(self, found: list[PlainSpan], beside: list[Block]) -> set[str]:
        """The signs that begin items here: those that begin two lines or paragraphs."""
        if self._document.format == "plain" and len(found) == 1:
            beside = []
        starts = [*found, *(b.span for b in beside if b.kind is _PARAGRAPH)]
        marks = [b.mark for s in starts if (b := bullets.match(self._plain, *s)) is not None]
        if len(marks) < 2:
            return set()
        return {sign for sign, times in Counter(marks).items() if times > 1 and sign != "1"}

    def _judge(self, span: PlainSpan, around: _Around) -> _Line:
        """What the line at *span* is."""
        start, end = span
        if (begin := self._item_start(span, around)) >= 0:
            return _Line(begin, end, _ITEM)
        text = self._plain[start:end]
        if end - start > _TITLE:
            kind = _FURNITURE if is_notice(text) else _PARAGRAPH
            return _Line(start, end, kind)
        if is_furniture(text):
            return _Line(start, end, _FURNITURE)
        if (marks := self._hash_marks(text)) > 0:
            return _Line(start + marks, end, _HEADING, Layout.MARKED, marks)
        if (
            not around.block.level
            and self._may_begin(around)
            and (layout := self._layout(start, end, text, around))
        ):
            return _Line(start, end, _HEADING, layout, PSEUDO_LEVEL)
        return _Line(start, end, _PARAGRAPH)

    def _item_start(self, span: PlainSpan, around: _Around) -> int:
        """Where the text begins if the line is an item of a list, else -1."""
        bullet = bullets.match(self._plain, *span)
        if bullet is None or (not bullet.certain and self._heads(span)):
            return -1
        leads = bullet.certain and bullet.mark != "1" and around.lists and around.before
        if bullet.mark in around.signs or bullets.is_sure(bullet.mark):
            return _after_emoji(self._plain, span.start) if not bullet.certain else bullet.end
        return bullet.end if leads and self._may_begin(around) else -1

    def _heads(self, span: PlainSpan) -> bool:
        """Whether a line that begins with an emoji is bold, and the one below it is not."""
        start = span.end + 2
        while self._plain[start : start + 1].isspace():
            start += 1
        end = self._plain.find("\n", start)
        below = start < len(self._plain) and not self._is_bold(start, max(start, end))
        return below and span.end - span.start <= _TITLE and self._is_bold(*span)

    def _may_begin(self, around: _Around) -> bool:
        """Whether something new can begin here: no sentence goes on from the line before."""
        return around.before is None or self._is_complete(around.before)

    def _hash_marks(self, text: str) -> int:
        """How many ``#`` make *text* a heading whose author forgot the space after them."""
        if self._document.format == "html" or not text.startswith("#"):
            return 0
        marks = len(text) - len(text.lstrip("#"))
        return marks if marks <= 6 and _hash_heading().match(text) else 0

    def _is_complete(self, line: _Line) -> bool:
        """Whether the sentence of *line* does not go on in the next one."""
        if line.kind in (_HEADING, _FURNITURE):
            return True
        return self._plain[line.end - 1] in ".!?:;)" or line.end - line.start < _SHORT

    def _layout(self, start: int, end: int, text: str, around: _Around) -> Layout:
        """How the line shows itself to be a heading, if it does."""
        following = self._plain[around.behind.start : around.behind.end] if around.behind else ""
        if following[:1].islower() or text[-1] in ",;" or not _word().search(text):
            return Layout.NONE
        words = len(text.split())
        if words <= _BOLD_WORDS and self._is_bold(start, end):
            return Layout.BOLD if around.lists or not _is_sentence(text, words) else Layout.NONE
        if words > _WORDS:
            return Layout.NONE
        if text[-1] in ":\uff1a" and _is_label(text):
            return Layout.COLON
        caps = text.isupper() and text[-1] not in ".!" and not re.search(r":\s", text)
        caps = caps and sum(map(str.isalpha, text)) >= 5
        shouted = caps and following.isupper() and len(following.split()) + words > _WORDS
        return Layout.CAPS if caps and not shouted else Layout.NONE

    def _is_bold(self, start: int, end: int) -> bool:
        """Whether all words of the line, and nothing beyond it, are bold."""
        at = start
        first = bisect_left(self._bold_ends, start + 1)
        for span in self._bold[first : first + 5]:
            if span.start >= end:
                break
            if span.start < start or span.end > end or _has_words(self._plain, at, span.start):
                return False
            at = span.end
        return at > start and not _has_words(self._plain, at, end)


def _merged(document: Document) -> list[PlainSpan]:
    """The bold stretches in order, without blanks at their ends."""
    found = (_trimmed(document.plain, *span) for span in sorted(document.bold))
    return [span for span in found if span.start < span.end]


def _spans(plain: str, span: PlainSpan) -> list[PlainSpan]:
    """The lines of *span*, without blanks around them; lost line ends of lists restored."""
    lines: list[tuple[int, int]] = [span]
    if len(plain[span.start : span.end].splitlines()) > 1:
        lines = [found.span() for found in _line().finditer(plain, *span)]
    if span.end - span.start > _TITLE:
        lines = [part for line in lines for part in _at_bullets(plain, *line)]
    found = (_trimmed(plain, start, end) for start, end in lines)
    return [line for line in found if line.start < line.end]


def _trimmed(plain: str, start: int, end: int) -> PlainSpan:
    """The range ``start:end`` without the blanks at its ends."""
    text = plain[start:end]
    start += len(text) - len(text.lstrip())
    return PlainSpan(start, start + len(text.strip()))


def _at_bullets(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """A line cut before its bullets, if it holds so many that it must be a whole list."""
    cuts: list[int] = []
    if end - start > _TITLE and plain.count("\u2022", start, end) >= _INLINE_BULLETS:
        cuts = [found.start() for found in _inline_bullet().finditer(plain, start + 1, end)]
    if len(cuts) < _INLINE_BULLETS - 1:
        return [(start, end)]
    return list(zip([start, *cuts], [*cuts, end], strict=True))


@cache
def _line() -> re.Pattern[str]:
    return late("[^\n\r\u2028\u2029\x85]+")


@cache
def _word() -> re.Pattern[str]:
    return late(r"[^\W\d_]{2}")


@cache
def _inline_bullet() -> re.Pattern[str]:
    return late("\u2022")


@cache
def _hash_heading() -> re.Pattern[str]:
    """Two or more signs, or one before a word that is no hashtag."""
    return late(r"#{2,6}[^\s#]|#(?:[A-Z][a-z'\u2019]+(?=[\s:?!]|$)|[A-Z]{2,}(?=\s|$))[^#]*$")


@cache
def _salutation() -> re.Pattern[str]:
    return late(
        r"(?:Dear|Hello|Hi|Hey|Note|NB|N\.B\.|PS|P\.S\.|Please note|Example|For example|E\.g\.)\b"
        r"|.*\b(?:the following|as follows|such as|for example|e\.g\.)\s*:$",
        re.IGNORECASE,
    )


def _is_label(text: str) -> bool:
    """Whether a line that ends in a colon is a label and not the start of a sentence."""
    words = text.lstrip("".join(c for c in text[:4] if not c.isalnum()))
    if not words[:1].isupper() and not words[:1].isdigit():
        return False
    return OBJECT not in text and ". " not in text and not _salutation().match(words)


def _is_sentence(text: str, words: int) -> bool:
    """Whether a bold line is a sentence rather than a heading."""
    return (text[-1] == "." and words > 3) or ". " in text.rstrip(". ")


def _has_words(plain: str, start: int, end: int) -> bool:
    return any(c.isalnum() for c in plain[start:end])


def _after_emoji(plain: str, start: int) -> int:
    """Where the words begin after the emoji at *start*, its joiners and the blanks."""
    at = start + 1
    while plain[at : at + 1] in ("\ufe0f", "\u200d", " ", "\u00a0", "\t") and at < len(plain):
        at += 1
    return at
