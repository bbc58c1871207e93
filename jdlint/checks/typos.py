"""Plain slips of the keyboard: near-certain misspellings, doubled words, "a" for "an".

Precision first: a word with a capital inside a sentence is a name, and what stands in quotation
marks is somebody else's. A whole-dictionary check is LanguageTool's business.
"""

from collections.abc import Iterator
from functools import cache
from itertools import compress, count
from operator import eq

from jdlint import store
from jdlint.checks.allowed import allowed
from jdlint.checks.card import PythonCard
from jdlint.checks.page import Page, page_of
from jdlint.checks.protocol import Context
from jdlint.language.answers import Answers
from jdlint.language.article import article
from jdlint.language.misspellings import correction
from jdlint.language.syllables import cmu_syllables
from jdlint.language.words import Word
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Posting
from jdlint.read.offsets import BlockKind

_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL, BlockKind.HEADING)
_JOINS = frozenset("-./@#_&+\\:='\u2019")
"""Signs that tie a word to its neighbour: part of a compound, an address or a name."""
_LONGEST_SOUND = 24
_correction = Answers(correction).__getitem__


def misspelt(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """Each word that is a known misspelling and no name."""
    page = page_of(posting)
    fine = allowed(page, context)
    wrong = {key: right for key in set(page.keys) if (right := _correction(key))}
    for word in page.words if wrong else ():
        right = wrong.get(word.key)
        if right is None or not _is_plain(page, word) or fine.holds(word.start, word.end):
            continue
        offered = right.capitalize() if word.text[0].isupper() else right
        values = {"match": word.text, "suggest": f"'{offered}'"}
        yield Hit(card.id, PlainSpan(word.start, word.end), values, (offered,))


def doubled(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """Each word that is written twice where nobody means to."""
    page = page_of(posting)
    fine = allowed(page, context)
    for at in compress(count(), map(eq, page.keys, page.keys[1:])):
        first, second = page.words[at], page.words[at + 1]
        if first.key in _kept_twice() or not first.key.isalpha():
            continue
        span = PlainSpan(first.start, second.end)
        if _is_slip(page, first, second) and not fine.holds(*span):
            yield Hit(card.id, span, {"match": first.text}, (first.text,))


def _is_slip(page: Page, first: Word, second: Word) -> bool:
    """Whether nothing but a blank parts two words, and the second one has no capital."""
    return (
        second.text.islower()
        and page.folded[first.end : second.start] in (" ", "\n")
        and all(_is_prose(page, word) and _is_free(page, word) for word in (first, second))
    )


def wrong_article(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """Each "a" before a vowel's sound and "an" before another, where the sound is sure."""
    page = page_of(posting)
    fine = allowed(page, context)
    places = sorted(at for key in ("a", "an") for at in page.places.get(key, ()))
    for at in places:
        right = _right_article(page, at)
        if not right:
            continue
        first, second = page.words[at], page.words[at + 1]
        offered = right.capitalize() if first.text[0].isupper() else right
        values = {"match": f"{first.text} {second.text}", "suggest": f"'{offered} {second.text}'"}
        if not fine.holds(first.start, second.end):
            yield Hit(card.id, PlainSpan(first.start, first.end), values, (offered,))


def _right_article(page: Page, at: int) -> str:
    """The article that belongs where word *at* is another one; empty if all is well or unsure."""
    if at + 1 >= len(page.words):
        return ""
    first, second = page.words[at], page.words[at + 1]
    if first.key not in ("a", "an") or page.folded[first.end : second.start] != " ":
        return ""
    if (first.text == "A" and not page.opens(first.start)) or first.text == "AN":
        return ""
    right = _article_of(page.folded[second.start : second.start + _LONGEST_SOUND], second)
    if right in ("", first.key) or not _is_prose(page, first) or not _is_free(page, first):
        return ""
    return right


def _article_of(text: str, word: Word) -> str:
    """The article before *text*, which begins with *word*, if its sound is sure."""
    if not word.text.islower() and not word.text[0].isdigit():
        return ""
    if word.text.isalpha() and cmu_syllables(word.key) is None:
        return ""
    return article(text) if len(word.text) > 1 else ""


def _is_plain(page: Page, word: Word) -> bool:
    """Whether *word* is written in lower case, or with a capital because it opens a sentence."""
    text = word.text
    if not (text.islower() or (text[0].isupper() and text[1:].islower() and _opens(page, word))):
        return False
    return _is_prose(page, word) and _is_free(page, word)


def _opens(page: Page, word: Word) -> bool:
    """Whether *word* opens a sentence of several words in lower case: else it may be a name."""
    after = page.folded[word.end : word.end + 2]
    return page.opens(word.start) and after[:1] == " " and after[1:].islower()


def _is_free(page: Page, word: Word) -> bool:
    """Whether no sign ties *word* to what stands beside it, and it is not quoted."""
    text = page.folded
    before, after = text[max(0, word.start - 1) : word.start], text[word.end : word.end + 2]
    if before in _JOINS or before in ('"', "\u201c", "("):
        return not before
    return not (after[:1] in _JOINS and after[1:2].isalnum()) and after[:1] not in ('"', "\u201d")


def _is_prose(page: Page, word: Word) -> bool:
    block = page.block(word.start)
    return block is not None and block.kind in _PROSE


@cache
def _kept_twice() -> frozenset[str]:
    return frozenset(store.table("slips")["kept-twice"])
