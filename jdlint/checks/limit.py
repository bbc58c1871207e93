"""Kind ``limit``: lengths and counts that should stay within bounds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from jdlint.checks import bounds, shares
from jdlint.checks.card import LimitCard
from jdlint.checks.measured import Measure, Measured, total_words, wished_blocks, words_of
from jdlint.checks.page import Match, Page, page_of
from jdlint.checks.prose import prose
from jdlint.checks.protocol import Context
from jdlint.language.readability import count_words, long_words
from jdlint.model import Hit, PlainSpan, SectionKind
from jdlint.posting.model import Posting
from jdlint.read.offsets import Block, BlockKind, Layout

LONG_SENTENCE = 25
"""Words that plain-language guides allow a sentence at most (GOV.UK, 2014 and since)."""


def _sentences(posting: Posting) -> Iterator[Measured]:
    for sentence in prose(posting).sentences:
        yield Measured(PlainSpan(sentence.start, sentence.end), sentence.words, sentence.words)


def _long_words(posting: Posting) -> Iterator[Measured]:
    for start, end, words, _ in prose(posting).sentences:
        yield Measured(PlainSpan(start, end), long_words(posting.document.plain, start, end), words)


def _long_sentence_share(posting: Posting) -> Iterator[Measured]:
    """The percentage of sentences of more than :data:`LONG_SENTENCE` words."""
    lengths = [sentence.words for sentence in prose(posting).sentences]
    if lengths:
        share = 100 * sum(n > LONG_SENTENCE for n in lengths) / len(lengths)
        yield Measured(None, round(share), sum(lengths))


def _blocks(kind: BlockKind) -> Callable[[Posting], Iterator[Measured]]:
    """Words in each block of *kind* that has several sentences; one alone is its own measure."""

    def measure(posting: Posting) -> Iterator[Measured]:
        by_block = groupby(prose(posting).sentences, key=lambda sentence: sentence.passage)
        for number, sentences in by_block:
            block = posting.document.blocks[number]
            if block.kind is kind and len(list(sentences)) > 1:
                words = words_of(posting, block)
                yield Measured(block.span, words, words)

    return measure


def _total_words(posting: Posting) -> Iterator[Measured]:
    total = total_words(posting)
    yield Measured(None, total, total)


def _title(value: Callable[[str], int]) -> Callable[[Posting], Iterator[Measured]]:
    def measure(posting: Posting) -> Iterator[Measured]:
        if posting.title is not None:
            text = posting.document.text(posting.title)
            yield Measured(posting.title, value(text), count_words(text))

    return measure


def _lists(posting: Posting) -> Iterator[Measured]:
    """The items of each list; a sublist is a list of its own. Measured at its first item."""
    lists: dict[tuple[int, int], list[Block]] = {}
    for block in posting.document.blocks:
        if block.kind is BlockKind.ITEM:
            lists.setdefault((block.group, block.level), []).append(block)
    for items in lists.values():
        yield Measured(items[0].span, len(items), blocks=items)


def _must_haves(posting: Posting) -> Iterator[Measured]:
    """The items below headings for requirements, sublists apart; measured at the first."""
    wishes = {n for s in posting.sections if SectionKind.NICE_TO_HAVE in s.kinds for n in s.blocks}
    items = [
        item
        for section in posting.sections
        if SectionKind.REQUIREMENTS in section.kinds
        for item in _demands(section.blocks, wishes, posting.document.blocks)
    ]
    if items:
        yield Measured(items[0].span, len(items), blocks=items)


def _unmarked_must_haves(posting: Posting) -> Iterator[Measured]:
    """The must-haves of a posting that marks nothing as welcome but not needed."""
    marked = any(SectionKind.NICE_TO_HAVE in section.kinds for section in posting.sections)
    if not marked and not wished_blocks(posting):
        yield from _must_haves(posting)


def _unlisted_duties(posting: Posting) -> Iterator[Measured]:
    """Words of the paragraph that is all a section of duties has below its heading."""
    for section in posting.sections:
        if section.kinds != (SectionKind.RESPONSIBILITIES,) or section.heading is None:
            continue
        blocks = [posting.document.blocks[n] for n in section.blocks]
        if len(blocks) == 1 and blocks[0].kind is BlockKind.PARAGRAPH:
            words = words_of(posting, blocks[0])
            yield Measured(blocks[0].span, words, words)


def _heading_steps(posting: Posting) -> Iterator[Measured]:
    """How many levels each marked heading lies below the one before it."""
    marked = [
        block
        for block in posting.document.blocks
        if block.kind is BlockKind.HEADING and block.layout is Layout.MARKED
    ]
    for before, block in pairwise(marked):
        yield Measured(block.span, max(block.level - before.level, 0), blocks=(block,))


def _demands(numbers: Sequence[int], wishes: set[int], blocks: Sequence[Block]) -> list[Block]:
    """The items among the blocks *numbers* that are no wishes, nor led in as such."""
    items, wished = [], False
    for number in numbers:
        if blocks[number].kind is not BlockKind.ITEM:
            wished = number in wishes
        elif not wished and number not in wishes:
            items.append(blocks[number])
    top = min((block.level for block in items), default=0)
    return [block for block in items if block.level == top]


MEASURES = {
    "sentence-words": Measure("sentence", _sentences),
    "sentence-long-words": Measure("sentence", _long_words),
    "long-sentence-share": Measure("share", _long_sentence_share),
    "paragraph-words": Measure("paragraph", _blocks(BlockKind.PARAGRAPH)),
    "item-words": Measure("item", _blocks(BlockKind.ITEM)),
    "items-per-list": Measure("list", _lists),
    "must-haves": Measure("must-haves", _must_haves),
    "unmarked-must-haves": Measure("must-haves", _unmarked_must_haves),
    "unlisted-duties-words": Measure("paragraph", _unlisted_duties),
    "heading-step": Measure("heading", _heading_steps),
    "total-words": Measure("posting", _total_words),
    "title-characters": Measure("title", _title(len)),
    "title-words": Measure("title", _title(count_words)),
    **shares.MEASURES,
}
"""What a limit card can measure, by the name that its *measure* gives."""


def build(cards: Sequence[LimitCard]) -> "LimitChecker":
    """The checker for *cards*."""
    return LimitChecker(cards)


def faults(card: LimitCard) -> Iterable[str]:
    """What is wrong with *card* itself."""
    yield from bounds.faults(card, "measure", MEASURES)


class LimitChecker:
    """All limit cards; where several are passed by the same thing, the gravest speaks."""

    def __init__(self, cards: Sequence[LimitCard]) -> None:
        gravest_first = sorted(cards, key=_gravity)
        self._by_measure = {
            name: [card for card in gravest_first if card.measure == name]
            for name in dict.fromkeys(card.measure for card in gravest_first)
        }

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:  # noqa: ARG002
        """One hit at most for each sentence, paragraph, item, list, title and total."""
        page, total = page_of(posting), total_words(posting)
        spoken: set[tuple[str, PlainSpan | None]] = set()
        for name, cards in self._by_measure.items():
            awake = [card for card in cards if total >= card.minimum_words]
            if not awake:
                continue
            low, high = bounds.fine(awake)
            for measured in MEASURES[name].of(posting):
                hit = None if low <= measured.value <= high else _first_hit(awake, measured, page)
                if hit is None or (thing := (MEASURES[name].unit, measured.span)) in spoken:
                    continue
                spoken.add(thing)
                yield hit


def _gravity(card: LimitCard) -> tuple[int, float, str]:
    """Sorts the gravest card first: by severity, then by how far its bounds are stretched."""
    most, least = card.at_most or 0, card.at_least or 0
    return -card.severity.severity, least - most, card.id


def _first_hit(cards: Iterable[LimitCard], measured: Measured, page: Page) -> Hit | None:
    for card in cards:
        limit = bounds.passed(card, measured.value)
        if limit is not None and _looks_at(card, measured.span, page):
            values = bounds.values(measured.value, limit, measured.words(page.posting))
            return Hit(card.id, measured.span, values)
    return None


def _looks_at(card: LimitCard, span: PlainSpan | None, page: Page) -> bool:
    return span is None or page.in_scope(Match(span.start, span.end, 0, 0, 0, ()), card.scope)
