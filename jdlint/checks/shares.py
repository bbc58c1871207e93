"""Measures of a posting as a whole and of its sections: shares, voice, capitals."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from jdlint import store
from jdlint.checks.measured import OUTSIDE, Measure, Measured, total_words, words_of
from jdlint.checks.page import Page, page_of
from jdlint.checks.prose import prose
from jdlint.checks.voice import others_of, voice_of
from jdlint.language.words import Columns
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.model import Posting, Section
from jdlint.read.offsets import BlockKind

_RUNNING = (BlockKind.PARAGRAPH, BlockKind.ITEM)

_FEWEST_WE = 10
"""A posting that says "we" less often says too little of itself for a share."""

_SMALL_WORDS = 2
"""So many small words ("the", "you", "of") make words in capitals a phrase."""

_LONGEST_LINE = 9
"""A block of no more words in capitals, without a full stop, is a line like a heading."""


def list_share(posting: Posting) -> Iterator[Measured]:
    """The percentage of the words of paragraphs and lists that stand in lists."""
    words = dict.fromkeys(_RUNNING, 0)
    for block in posting.document.blocks:
        if block.kind in words:
            words[block.kind] += words_of(posting, block)
    if total := sum(words.values()):
        yield Measured(None, round(100 * words[BlockKind.ITEM] / total), total)


def section_words(posting: Posting) -> Iterator[Measured]:
    """The words below each heading; a section stands where its heading does."""
    for section in posting.sections:
        if section.heading is not None:
            words = section_size(posting, section)
            yield Measured(section.heading, words, words)


def section_size(posting: Posting, section: Section) -> int:
    """The words of *section*, its heading apart."""
    blocks = (posting.document.blocks[number] for number in section.blocks)
    return sum(words_of(posting, b) for b in blocks if b.kind not in OUTSIDE)


def mean_sentence(posting: Posting) -> Iterator[Measured]:
    """Words in a sentence on average."""
    text = prose(posting)
    if text.sentences:
        yield Measured(None, round(text.words / len(text.sentences)), text.words)


def you_share(posting: Posting) -> Iterator[Measured]:
    """How many in 100 of the words "you" and "we" are "you", where "we" is said often."""
    voice = voice_of(posting)
    if voice.we >= _FEWEST_WE:
        share = 100 * voice.you / (voice.you + voice.we)
        yield Measured(None, round(share), total_words(posting))


def third_person(posting: Posting) -> Iterator[Measured]:
    """How often the reader is spoken of as somebody, in a posting that never says "you"."""
    others = others_of(posting)
    if others and not voice_of(posting).you:
        yield Measured(others[0], len(others), total_words(posting))


def nice_to_haves(posting: Posting) -> Iterator[Measured]:
    """The items below headings for what would be nice to have; measured at the first."""
    blocks = posting.document.blocks
    items = [
        blocks[number]
        for section in posting.sections
        if SectionKind.NICE_TO_HAVE in section.kinds
        for number in section.blocks
        if blocks[number].kind is BlockKind.ITEM
    ]
    if items:
        yield Measured(items[0].span, len(items), blocks=items)


def shouted_words(posting: Posting) -> Iterator[Measured]:
    """The words of each run of capitals that reads as a phrase, in what is no heading."""
    if not _may_shout(posting.columns):
        return
    page = page_of(posting)
    for block in posting.document.blocks:
        if block.kind in (*_RUNNING, BlockKind.CELL) and _has_shouts(page.folded, *block.span):
            yield from _shouts(page, *page.words_in(*block.span))


def _has_shouts(folded: str, start: int, end: int) -> bool:
    """Whether so much as two words in capitals stand side by side; most blocks have none."""
    capitals = list(map(str.isupper, folded[start:end].split()))
    return sum(capitals) > 1 and any(a and b for a, b in pairwise(capitals))


def _may_shout(words: Columns) -> bool:
    """Whether :data:`_SMALL_WORDS` in capitals have only capitals between them; rarely so."""
    loud = [at for at, capitals in enumerate(map(str.isupper, words.texts)) if capitals]
    small = [at for at in loud if words.keys[at] in _small_words()]
    between = (words.texts[one + 1 : two] for one, two in pairwise(small))
    return any(all(text.isupper() or text.isdigit() for text in texts) for texts in between)


def _shouts(page: Page, first: int, last: int) -> Iterator[Measured]:
    begin = first
    for at in range(first, last + 1):
        if at < last and (page.words[at].text.isupper() or page.words[at].text.isdigit()):
            continue
        run = page.words[begin:at]
        if _is_phrase([word.key for word in run]) and not _is_line(page, begin, at, first, last):
            yield Measured(PlainSpan(run[0].start, run[-1].end), len(run), len(run))
        begin = at + 1


def _is_phrase(keys: list[str]) -> bool:
    """Whether small words show that these are a phrase, and not names and abbreviations."""
    small = _small_words()
    return sum(key in small for key in keys) >= _SMALL_WORDS


@cache
def _small_words() -> frozenset[str]:
    return frozenset(store.table("languages")["en"])


def _is_line(page: Page, begin: int, end: int, first: int, last: int) -> bool:
    """Whether the run is a short block of its own: a heading that does not look like one."""
    whole = begin == first and end == last and last - first <= _LONGEST_LINE
    return whole and page.folded[page.words[end - 1].end :][:1] not in (".", "!")


MEASURES = {
    "list-share": Measure("share of lists", list_share),
    "section-words": Measure("section", section_words),
    "mean-sentence-words": Measure("share", mean_sentence),
    "you-share": Measure("voice", you_share),
    "third-person": Measure("voice", third_person),
    "nice-to-haves": Measure("nice-to-haves", nice_to_haves),
    "shouted-words": Measure("capitals", shouted_words),
}
"""By the name that a card's *measure* gives; see :mod:`jdlint.checks.limit`."""
