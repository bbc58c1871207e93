"""From what LanguageTool saw to hits: which of it an editor would say, and on which card."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from jdlint import store
from jdlint.checks.card import GrammarCard
from jdlint.checks.protocol import Context
from jdlint.grammar.match import Match
from jdlint.grammar.projection import Projection
from jdlint.language import variants
from jdlint.language.late import late
from jdlint.model import Hit, PlainSpan, is_meant
from jdlint.posting.model import Posting
from jdlint.read.offsets import BlockKind

_FRAGMENTS = (BlockKind.HEADING, BlockKind.ITEM, BlockKind.CELL)
_SPELLING = ("MORFOLOGIK_RULE", "HUNSPELL_RULE")
_WORD = late(r"[^\W\d_]+")
_FOREIGN = 4
"""A block is in another language from one unknown word in so many on."""
_AROUND = 20
"""Characters before and after a match in which a phrase may stand."""
_FEW = 2
"""Fewer unknown words than this say nothing of a block."""
_HABIT = 3
"""Who writes an unknown word this often means it."""
_LONG = 7
"""From this many letters on, an unknown capitalised word may be an ordinary one misspelt."""
_SMALL = 60
"""A hit of ours that is longer than this speaks of a sentence and not of a word in it."""


class Profile(msgspec.Struct, frozen=True):
    """Which rules are never asked for, or not believed (in fragments, in *phrases*); known words.

    The rules *on* are asked for although their category is off. *capitals* are words that are
    written with one.
    """

    rules: frozenset[str]
    categories: frozenset[str]
    on: frozenset[str]
    fragments: frozenset[str]
    accepted: frozenset[str]
    capitals: frozenset[str]
    phrases: dict[str, list[str]]


@cache
def profile() -> Profile:
    """The shipped profile for postings."""
    table = store.table("grammar")
    return Profile(
        frozenset(table["rules_off"]),
        frozenset(table["categories_off"]),
        frozenset(table["rules_on"]),
        frozenset(table["fragments"]),
        frozenset(map(str, table["accepted"])),
        frozenset(table["capitals"]),
        table["phrases"],
    )


def _any_stands_for(names: Iterable[str], rule: str) -> bool:
    return any(is_meant(name, rule) for name in names)


def card_of(match: Match, cards: Sequence[GrammarCard]) -> GrammarCard | None:
    """The card for *match*: one that names its rule, else its category, else its kind of issue."""
    for card in cards:
        if _any_stands_for(card.rules, match.rule):
            return card
    for card in cards:
        if match.category in card.categories:
            return card
    return next((card for card in cards if match.issue in card.issues), None)


def hits(
    matches: Sequence[Match],
    projection: Projection,
    posting: Posting,
    context: Context,
    cards: Sequence[GrammarCard],
    accepted: frozenset[str] = frozenset(),
) -> Iterator[Hit]:
    """The hits of *cards* among *matches*; *accepted* words are known besides the shipped ones."""
    view = _View(matches, projection, posting, context, accepted | profile().accepted)
    for match in matches:
        card = card_of(view.regarded(match), cards)
        span = projection.plain(match.start, match.end)
        if card is None or span is None or not view.is_believed(match):
            continue
        text = posting.document.text(span)
        suggestions = tuple(r for r in match.replacements if r and r != text)[:3]
        values = {"match": " ".join(text.split()), "says": sentence(match.message)}
        yield Hit(card.id, span, values, suggestions, code=match.rule)


def sentence(message: str) -> str:
    """LanguageTool's message in one line, with one stop at its end, were it that of a question."""
    said = " ".join(message.split()).rstrip(".")
    return said if said.endswith(("?", "!")) else f"{said}."


class _View:
    """What is to be known of a posting before a match in it is believed."""

    def __init__(
        self,
        matches: Sequence[Match],
        projection: Projection,
        posting: Posting,
        context: Context,
        accepted: frozenset[str],
    ) -> None:
        self._text = projection.text
        self._projection = projection
        self._blocks = posting.document.blocks
        self._plain = posting.document.plain
        self._own = own = {
            w.lower() for name in context.names | context.accepted for w in _words(name)
        }
        self._accepted = accepted | own
        self._unknown: dict[int | None, int] = {}
        self._often: dict[str, int] = {}
        for match in matches:
            word = self._text[match.start : match.end]
            if is_spelling(match.rule) and len(_bare(word)) > 1:
                block = projection.block(match.start)
                self._unknown[block] = self._unknown.get(block, 0) + 1
                self._often[word] = self._often.get(word, 0) + 1

    def regarded(self, match: Match) -> Match:
        """*match*, as one about a name if only capitals are wrong; of style if only hyphens are."""
        if is_spelling(match.rule) and self._is_name(match):
            return msgspec.structs.replace(match, category="PROPER_NOUNS")
        text = self._text[match.start : match.end]
        if any(_is_hyphenated(text, other) for other in match.replacements[:1]):
            return msgspec.structs.replace(match, category="STYLE", rule="HYPHENS")
        return match

    def _is_name(self, match: Match) -> bool:
        """Whether it is a name with the wrong capitals, and not one that the user writes so."""
        word = self._text[match.start : match.end]
        best = match.replacements[0] if match.replacements else word
        return word[0].isupper() and not best.isupper() and best.lower() == word.lower()

    def is_believed(self, match: Match) -> bool:
        """Whether an editor would say it, too."""
        number = self._projection.block(match.start)
        block = self._blocks[number] if number is not None else None
        shipped = profile()
        if match.category in shipped.categories and match.rule not in shipped.on:
            return False
        if _any_stands_for(shipped.rules, match.rule):
            return False
        if block is None or self._is_foreign(number):
            return False
        if block.kind in _FRAGMENTS and _any_stands_for(shipped.fragments, match.rule):
            return False
        return self._is_misspelt(match) if is_spelling(match.rule) else not self._is_phrase(match)

    def _is_phrase(self, match: Match) -> bool:
        """Whether the match stands in a phrase that its rule does not know."""
        named = profile().phrases.items()
        phrases = [p for rule, some in named if is_meant(rule, match.rule) for p in some]
        around = self._text[max(0, match.start - _AROUND) : match.end + _AROUND].lower()
        return any(phrase in around for phrase in phrases)

    def _is_foreign(self, number: int | None) -> bool:
        unknown = self._unknown.get(number, 0)
        if number is None or unknown < _FEW:
            return False
        span = self._blocks[number].span
        return unknown * _FOREIGN >= len(_words(self._plain[span.start : span.end]))

    def _is_misspelt(self, match: Match) -> bool:
        word = self._text[match.start : match.end]
        if "\u00ad" in word:
            return False
        if self._is_name(match):
            return word.lower() not in self._own
        if not match.replacements or self._often.get(word, 0) >= _HABIT or self._is_known(word):
            return False
        best = match.replacements[0]
        if word in profile().capitals:
            return True
        if _bare(best) == _bare(word):  # the same letters: capitals, a space or a hyphen
            return False
        if not word.islower() or not word.isalpha():
            return self._is_slip(word, best, match.start)
        return within_one_edit(word, best) or (len(word) >= _LONG and _is_near(word, best))

    def _is_known(self, word: str) -> bool:
        parts = [part.lower() for part in _words(word)]
        whole = word.lower().removesuffix("'s").removesuffix("’s")
        if self._is_accepted(whole) or any(p in variants.table().rows for p in parts):
            return True
        return all(map(self._is_accepted, parts))

    def _is_accepted(self, word: str) -> bool:
        return word in self._accepted or word.removesuffix("s") in self._accepted

    def _is_slip(self, word: str, best: str, start: int) -> bool:
        """Whether a word with a capital is an ordinary one misspelt: at the head of a sentence."""
        if not (word.istitle() and word.isalpha() and len(word) >= _LONG):
            return False
        before = self._text[max(0, start - 2) : start]
        at_head = before.endswith(("\n", "• ")) or before[:1] in (".", "!", "?", ":")
        return at_head and within_one_edit(word.lower(), best.lower())


def is_spelling(rule: str) -> bool:
    """Whether *rule* is LanguageTool's dictionary, which knows no new word and no name."""
    return rule.startswith(_SPELLING)


def _is_hyphenated(one: str, other: str) -> bool:
    """Whether *other* is *one* with hyphens for spaces, and no more; 'full- time' is torn."""
    parts = [text.replace("-", " ").split() for text in (one, other)]
    return "-" in other and "- " not in one and parts[0] == parts[1]


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _bare(word: str) -> str:
    return re.sub(r"[\W_]", "", word).lower()


def within_one_edit(one: str, other: str) -> bool:
    """Whether a letter left out, put in, changed, or two swapped make *one* of *other*."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    at = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    if len(long) == len(short) + 1:
        return short[at:] == long[at + 1 :]
    if len(long) != len(short):
        return False
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]


def _is_near(one: str, other: str) -> bool:
    """Whether two long words have the same first letter and nearly the same length."""
    return one[0] == other[0].lower() and abs(len(one) - len(other)) <= 1 and " " not in other


def apart_from(ours: Sequence[PlainSpan], found: Iterable[Hit]) -> Iterator[Hit]:
    """The hits of *found* at whose place no hit of *ours* speaks already."""
    taken = [span for span in ours if span.end - span.start <= _SMALL]
    for hit in found:
        span = hit.span
        if span is None or not any(t.start < span.end and span.start < t.end for t in taken):
            yield hit
