"""How a posting is divided: empty and repeated sections, their order, and what they share.

Brains of ``python`` cards. They speak of headings that are marked as such, or whose wording is
known; what merely looks like a heading proves nothing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from jdlint.checks.card import PythonCard
from jdlint.checks.measured import wished_blocks
from jdlint.checks.page import page_of
from jdlint.checks.protocol import Context
from jdlint.language.words import words
from jdlint.model import Hit, PlainSpan, SectionKind, Spot
from jdlint.posting.model import Posting, Section
from jdlint.posting.wording import key
from jdlint.read.offsets import OBJECT, Block, BlockKind, Layout

K = SectionKind

SURE = 0.8
"""A heading as sure as this (0 to 1) is spoken of."""

_VAGUE = frozenset({K.OTHER, K.TITLE, K.ABOUT_ROLE})


def _list(card: PythonCard, option: str) -> list[str]:
    found = card.options.get(option, [])
    return found if isinstance(found, list) else []


def _headed(posting: Posting) -> Iterator[Section]:
    """Sections under a heading of their own line, whose kind is known."""
    for section in posting.sections:
        headed = section.heading is not None and section.layout is not Layout.RUN_IN
        if headed and section.confidence >= SURE and not _VAGUE.issuperset(section.kinds):
            yield section


def empty(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A heading with nothing below it, or only one of the *placeholders*."""
    gaps = _Gaps(posting, _list(card, "placeholders"))
    for section in _headed(posting):
        if section.heading is not None and (state := gaps.state(section)):
            heading = posting.document.text(section.heading).strip(" :")
            yield Hit(card.id, section.heading, {"heading": heading, "state": state})


@lru_cache(maxsize=16)
def _most_words(texts: tuple[str, ...]) -> int:
    return max((len(words(text)) for text in texts), default=0)


_LONGEST_LABEL = 9
"""A heading of more words is a sentence, which may stand alone."""


class _Gaps:
    """What stands between the headings of a posting."""

    def __init__(self, posting: Posting, placeholders: list[str]) -> None:
        self._document = posting.document
        self._placeholders = frozenset(placeholders)
        self._longest = _most_words(tuple(placeholders))
        self._page = page_of(posting)
        blocks = posting.document.blocks
        self._headings = {b.span: n for n, b in enumerate(blocks) if b.kind is BlockKind.HEADING}
        self._kinds = {s.heading: s.kind for s in posting.sections if s.heading}
        self._things = [thing.at for thing in posting.document.things]

    def state(self, section: Section) -> str:
        """What is wrong with the body of *section*, in words, or nothing."""
        at = self._headings.get(section.heading) if section.heading else None
        if at is None:
            return ""
        if not section.blocks:
            return "has nothing below it" if self._is_bare(section, at) else ""
        first, last = self._page.words_in(*section.body)
        if last - first > self._longest:
            return ""
        text = " ".join(self._document.text(section.body).split())
        said = text.strip(" .[]()<>").lower()
        return f"says only '{text}'" if said in self._placeholders else ""

    def _is_bare(self, section: Section, at: int) -> bool:
        """Whether the heading at block *at*, with no text below it, has nothing else there."""
        blocks = self._document.blocks
        # It is not known where an include stands.
        hidden = bool(self._document.includes)
        heading = blocks[at]
        if hidden or heading.layout is not Layout.MARKED or self._holds_more(heading):
            return False
        if at + 1 == len(blocks):
            end = len(self._document.plain)
            return K.HOW_TO_APPLY not in section.kinds and not self._has_thing(
                heading.span.end, end
            )
        after = blocks[at + 1]
        closed = after.kind is BlockKind.HEADING and after.layout is Layout.MARKED
        if not closed or after.level > heading.level:
            return False
        goes_on = self._kinds.get(after.span) in section.kinds
        return not goes_on and not self._has_thing(heading.span.end, after.span.start)

    def _holds_more(self, heading: Block) -> bool:
        """Whether the heading says it all ("Closes on 5 May") or leads elsewhere (a link)."""
        text = self._document.text(heading.span)
        told = OBJECT in text or any(sign.isdigit() for sign in text)
        return told or len(text.split()) > _LONGEST_LABEL or self._has_thing(*heading.span)

    def _has_thing(self, start: int, end: int) -> bool:
        """Whether something that is no text (an image, say) stands in ``start:end``."""
        first = bisect_left(self._things, start)
        return first < len(self._things) and self._things[first] <= end


def repeated(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A heading that stands twice, word for word, at one level below one heading."""
    parents: list[tuple[int, int]] = []
    seen: dict[tuple[str, int, tuple[tuple[int, int], ...]], PlainSpan] = {}
    known = {section.heading for section in _headed(posting)}
    for at, block in enumerate(posting.document.blocks):
        if block.kind is not BlockKind.HEADING or block.layout is not Layout.MARKED:
            continue
        while parents and parents[-1][0] >= block.level:
            parents.pop()
        place = (key(posting.document.text(block.span)), block.level, tuple(parents))
        parents.append((block.level, at))
        if block.span not in known:
            continue
        first = seen.setdefault(place, block.span)
        if first != block.span:
            values = {"heading": posting.document.text(block.span).strip(" :")}
            yield Hit(card.id, block.span, values, related=(Spot(first, "first"),))


def scattered(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A kind of section that comes back after another one, under other words."""
    wanted = {K(name) for name in _list(card, "kinds")}
    before: dict[SectionKind, Section] = {}
    last: SectionKind | None = None
    for section in _headed(posting):
        if section.kind in wanted and section.kind in before and last is not section.kind:
            first = before[section.kind]
            if section.heading and first.heading and not _same(posting, first, section):
                heading = posting.document.text(section.heading).strip(" :")
                spot = Spot(first.heading, "first")
                yield Hit(card.id, section.heading, {"heading": heading}, related=(spot,))
        before.setdefault(section.kind, section)
        last = K.REQUIREMENTS if section.kind is K.NICE_TO_HAVE else section.kind


def _same(posting: Posting, one: Section, two: Section) -> bool:
    texts = [key(posting.document.text(s.heading)) for s in (one, two) if s.heading]
    return texts[0] == texts[1]


def order(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A section before one that readers look for first; *order* has pairs of kinds."""
    found: dict[str, Section] = {}
    for section in _headed(posting):
        for kind in section.kinds if not _is_button(posting, section) else ():
            found.setdefault(kind.value, section)
    spoken: set[PlainSpan] = set()
    for pair in _list(card, "order"):
        early, _, late = pair.partition(" < ")
        one, two = found.get(early), found.get(late)
        if one and two and one.heading and two.heading and two.heading.end <= one.heading.start:
            if two.heading in spoken:
                continue
            spoken.add(two.heading)
            texts = [posting.document.text(s).strip(" :") for s in (two.heading, one.heading)]
            values = {"heading": texts[0], "other": texts[1]}
            yield Hit(card.id, two.heading, values, related=(Spot(one.heading, "before"),))


def _is_button(posting: Posting, section: Section) -> bool:
    """Whether the heading is a call to apply, which may stand anywhere."""
    heading = posting.document.text(section.heading) if section.heading else ""
    return section.kind is K.HOW_TO_APPLY and heading.lower().startswith("apply")


def must_and_wish(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A wish that is also a demand: all its telling words stand in one required item."""
    welcome = wished_blocks(posting)
    if not welcome:
        return
    wished = frozenset(welcome)
    demands = [n for n in _demands(posting) if n not in wished]
    plain = frozenset(_list(card, "plain_words"))
    choice = frozenset(_list(card, "choice_words"))
    by_word: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for number in demands:
        told = _telling(posting, number, plain)
        for word in told if told.isdisjoint(choice) else ():
            by_word.setdefault(word, []).append((number, told))
    for wish in welcome:
        wanted = _telling(posting, wish, plain)
        likely = min((by_word.get(word, []) for word in wanted), key=len, default=[])
        for demand, told in likely[:_MOST]:
            if wanted <= told and len(told) <= len(wanted) + _BESIDE:
                span = posting.document.blocks[wish].span
                other = posting.document.blocks[demand].span
                values = {"match": _short(posting.document.text(span))}
                yield Hit(card.id, span, values, related=(Spot(other, "required"),))
                break


_BESIDE = 3
"""A demand with more telling words than this besides those of the wish is another thing."""

_MOST = 50
"""A wish is held against so many demands that share a word with it."""


def _demands(posting: Posting) -> Iterator[int]:
    blocks = posting.document.blocks
    for section in posting.sections:
        headed = section.heading is not None and not section.implied
        if headed and section.kinds == (K.REQUIREMENTS,):
            yield from (n for n in section.blocks if blocks[n].kind is BlockKind.ITEM)


def _telling(posting: Posting, block: int, plain: Iterable[str]) -> frozenset[str]:
    """The words of an item but the *plain* ones, which stand in every list."""
    page, span = page_of(posting), posting.document.blocks[block].span
    if OBJECT in posting.document.text(span):
        return frozenset()
    first, last = page.words_in(*span)
    return frozenset({key.removesuffix("'s") for key in page.keys[first:last]}.difference(plain))


def _short(text: str) -> str:
    parts = text.split()
    return " ".join(parts[:8]) + (" …" if len(parts) > 8 else "")
