"""What may be written in place of a match: in its case, with its article and its verb.

An offer is what a writer would type. Where the sentence around the match cannot be
settled (a verb that cannot be found, a plural after "a"), the words are offered without
edits, so that nobody takes them blindly.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from jdlint.checks.page import Match, Page
from jdlint.language import agreement
from jdlint.language.article import article
from jdlint.language.inflect import is_plural
from jdlint.language.late import late
from jdlint.language.words import Word
from jdlint.model import PlainEdit, PlainSpan
from jdlint.read.offsets import BlockKind

_SUBJECTS = frozenset(("they", "we", "you"))
_ARTICLES = frozenset(("a", "an"))
_DETERMINERS = frozenset(
    ("a", "an", "any", "each", "every", "her", "his", "its", "my", "our", "that", "the", "their",
     "this", "your")
)  # fmt: skip
_PREPOSITIONS = frozenset(
    ("about", "against", "at", "between", "by", "for", "from", "in", "of", "on", "to", "under",
     "with", "without")
)  # fmt: skip
_BEFORE_OBJECTS = frozenset(("by", "for", "from", "to", "with"))
_OTHERS = frozenset(
    ("he", "her", "him", "himself", "herself", "his", "she", "their", "them", "themselves", "they")
)  # fmt: skip
"""Words that would still speak of somebody else once a sentence speaks to "you"."""
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the",
     "to", "who", "with")
)  # fmt: skip
"""Words that keep their small letter in Title Case."""
_JOINING = frozenset(("and", "but", "nor", "or", "then"))
_BESIDE = late(r"\s*[\"'(\[]?\Z")
_PAUSE = late(r"[,;:()/]| -")
_CONTRACTED = late(r"'(s|ll|d)\Z")
_NEAR = 15
"""Words on either side of a match in a heading that tell whether it is in Title Case."""
_FARTHEST = 60
"""Words after a verb in which a second verb of the same subject is looked for."""

_Edits = tuple[PlainEdit, ...]


class Offer(msgspec.Struct, frozen=True):
    """Words for exactly the match, and the edits that put them there (none: not settled)."""

    text: str
    edits: _Edits


def offers(match: Match, page: Page) -> tuple[Offer, ...]:
    """An offer for each suggestion of *match*, best first."""
    place = _Place(match, page)
    chosen = match.suggest
    if place.keys == ["her"]:
        before, after = (w.key if w else "" for w in (place.previous, place.following))
        meant = agreement.plural_of_her(before, after)
        chosen = tuple(words for words in chosen if words == meant) or chosen
    return tuple(_offer(words, place) for words in chosen)


def shown(found: Sequence[Offer], page: Page) -> list[str]:
    """The offers as a message has them: with the article or the verb that they change."""
    spans = [edit.span for offer in found for edit in offer.edits]
    if not spans:
        return [offer.text for offer in found]
    whole = PlainSpan(min(s.start for s in spans), max(s.end for s in spans))
    return [_taken(offer, whole, page.posting.document.plain) for offer in found]


def _taken(offer: Offer, whole: PlainSpan, plain: str) -> str:
    """The text of *whole* once *offer* has been taken."""
    if not offer.edits:
        return offer.text
    parts, at = [], whole.start
    for edit in offer.edits:
        parts += [plain[at : edit.span.start], edit.text]
        at = edit.span.end
    return " ".join("".join([*parts, plain[at : whole.end]]).split())


class _Place:
    """A match and the words beside it."""

    def __init__(self, match: Match, page: Page) -> None:
        self.match = match
        self.page = page
        self.text = page.posting.document.plain[match.start : match.end]
        self.keys = [w.key for w in page.words[match.first : match.last]]

    @cached_property
    def previous(self) -> Word | None:
        """The word right before the match, in its sentence."""
        at = self.match.first - 1
        if not self.page.joined(at):
            return None
        word = self.page.words[at]
        between = self.page.folded[word.end : self.match.start]
        return word if _BESIDE.match(between) else None

    @cached_property
    def following(self) -> Word | None:
        """The word right after the match, in its sentence."""
        return self.after(self.match.last - 1)

    def after(self, at: int) -> Word | None:
        """The word that follows word *at* with nothing but white space between."""
        if not self.page.joined(at):
            return None
        here, word = self.page.words[at], self.page.words[at + 1]
        return None if self.page.folded[here.end : word.start].strip() else word

    @cached_property
    def capital(self) -> bool:
        """Whether the match begins with a capital."""
        letters = (c for c in self.text if c.isalpha())
        if self.text[:1].isdigit():
            letters = (w[0] for w in self.text.split() if w[0].isalpha())
        return next(letters, "").isupper()

    @cached_property
    def opens(self) -> bool:
        """Whether the match begins a sentence or a block."""
        return self.page.opens(self.match.start)

    @cached_property
    def titled(self) -> bool:
        """Whether the capital is that of Title Case and not that of a sentence."""
        rest = [w for w in re.split(r"[\s-]+", self.text)[1:] if w.lower() not in _SMALL]
        if rest:
            return all(not w[:1].islower() for w in rest)
        if not self.opens:
            return True
        block = self.page.block(self.match.start)
        return (
            block is not None and block.kind is BlockKind.HEADING and self._all_titled(block.span)
        )

    def _all_titled(self, span: PlainSpan) -> bool:
        """Whether the words around the match have capitals, as far as the block goes."""
        first, last = self.page.words_in(span.start, span.end)
        first, last = max(first, self.match.first - _NEAR), min(last, self.match.last + _NEAR)
        around = self.page.words[first:last]
        return not any(w.text[0].islower() and w.key not in _SMALL for w in around)


def _offer(words: str, place: _Place) -> Offer:
    if place.previous and place.previous.key in _DETERMINERS:
        words = re.sub(r"^(?:an?|the) ", "", words)
    text = _cased(words, place)
    return Offer(text, () if _stutters(words, place) else _edits(words, text, place))


def _cased(words: str, place: _Place) -> str:
    """*words* in the case of the match: capitals, Title Case, a first capital, or as they are."""
    if place.match.cased:
        return _capital(words) if place.opens else words
    if len(place.text) > 1 and place.text.isupper():
        return " ".join(w if _own_case(w) else w.upper() for w in words.split(" "))
    if not place.capital:
        return words
    if place.titled:
        words = " ".join(w if w in _SMALL else _capital(w) for w in words.split(" "))
    elif not place.opens:
        return words  # the capital of a name inside the match ("Christmas party")
    return _capital(words)


def _capital(words: str) -> str:
    return words if _own_case(words.partition(" ")[0]) else words[:1].upper() + words[1:]


def _own_case(word: str) -> bool:
    """Whether *word* is written in one way only ("iPhone")."""
    return not word.isupper() and any(c.isupper() for c in word[1:])


def _stutters(words: str, place: _Place) -> bool:
    """Whether *words* would say once more what stands beside them ("expert expert")."""
    said = words.lower().split()
    before, after = place.previous, place.following
    return (before is not None and before.key == said[0]) or (
        after is not None and after.key == said[-1]
    )


def _edits(words: str, text: str, place: _Place) -> _Edits:
    """The edits that put *text* in the place of the match; none if they cannot be settled."""
    if words.lower() in _SUBJECTS and place.keys[:1] and place.keys[0] not in _SUBJECTS:
        return _subject(text, place)
    if words in ("their", "them") and not _fits_pronoun(words, place):
        return ()
    before = _article(words, place)
    return () if before is None else (*before, *_noun(text, place))


def _fits_pronoun(words: str, place: _Place) -> bool:
    """Whether *words* have the case of the pronoun: not in "the choice is his", "give her work"."""
    before, after = (w.key if w else "" for w in (place.previous, place.following))
    if place.keys == ["her"]:
        return agreement.plural_of_her(before, after) == words
    return words == "them" or (bool(after) and place.keys[-1] != "hers")


def _article(words: str, place: _Place) -> _Edits | None:
    """The edit of the article before the match, if it needs one; None if it cannot be told."""
    before = place.previous
    if before is None or before.key not in _ARTICLES:
        return ()
    wanted = "" if is_plural(words) else article(words)
    if wanted == before.key:
        return ()
    if not wanted:
        return None
    if before.text.isupper() and (len(before.text) > 1 or place.text.isupper()):
        wanted = wanted.upper()
    elif before.text[0].isupper():
        wanted = _capital(wanted)
    return (PlainEdit(PlainSpan(before.start, before.end), wanted),)


def _noun(text: str, place: _Place) -> _Edits:
    """The match replaced, and with it the ending of a possessive ("firemen's", "ninjas'")."""
    match, folded = place.match, place.page.folded
    own = PlainEdit(PlainSpan(match.start, match.end), text)
    tail = folded[match.end : match.end + 3].lower()
    if not tail.startswith("'"):
        return (own,)
    mark = place.page.posting.document.plain[match.end]
    ends_in_s, after_s = text[-1:] in "sS", place.text[-1:] in "sS"
    if tail[1:2] == "s" and not tail[2:].isalnum() and ends_in_s and is_plural(text):
        return own, PlainEdit(PlainSpan(match.end, match.end + 2), mark)
    if after_s and not ends_in_s and not tail[1:2].isalnum():
        return own, PlainEdit(PlainSpan(match.end, match.end + 1), mark + "s")
    return (own,)


def _subject(text: str, place: _Place) -> _Edits:
    """The subject replaced, and its verb with it; none if the verb is not plain to see."""
    own = PlainEdit(PlainSpan(place.match.start, place.match.end), text)
    if text.lower() == "you":
        if any(word.key in _OTHERS for word in _rest(place.match.last, place.page)):
            return ()
        if _is_object(place):
            return (own,)
    before, tail = place.previous, place.page.words[place.match.last - 1]
    if before is not None and before.key in _PREPOSITIONS:
        return ()
    end = max(tail.end, place.match.end)
    contracted = _CONTRACTED.search(place.page.folded, place.match.start, end)
    if contracted:
        return _contraction(text, contracted, place)
    at = _verb(place)
    verb = place.page.words[at] if at is not None else None
    if before is not None and before.key in agreement.BE_OR_DO:  # "is he able to drive"
        plain_verb = verb is None or not agreement.third_person(verb.key)
        return (_agreeing(before, place.page), own) if plain_verb else ()
    changed = verb and agreement.with_plural(verb.key)
    if at is None or verb is None or changed is None:
        return ()
    if _second_verb(at, changed != verb.key, place.page):
        return ()
    return (own,) if changed == verb.key else (own, _agreeing(verb, place.page))


def _is_object(place: _Place) -> bool:
    """Whether the match is no subject ("report to the post holder", "helps the holder to plan")."""
    before, after = place.previous, place.following
    ends = after is None or after.key in _JOINING or after.key in _PREPOSITIONS
    if before is not None and before.key in _BEFORE_OBJECTS and ends:
        return not place.page.folded.startswith("'", place.match.end)
    return not place.opens and after is not None and after.key == "to"


def _rest(at: int, page: Page) -> Iterator[Word]:
    """The words of a sentence from word *at* on."""
    for here in range(at, min(at + _FARTHEST, len(page.words))):
        if not page.joined(here - 1):
            return
        yield page.words[here]


def _verb(place: _Place) -> int | None:
    """Where among the words the one stands that should be the verb: after adverbs, if any."""
    at = place.match.last - 1
    while (word := place.after(at)) is not None:
        at += 1
        if not agreement.is_adverb(word.key):
            return at
    return None


def _agreeing(verb: Word, page: Page) -> PlainEdit:
    changed = agreement.with_plural(verb.key) or verb.key
    if "\u2019" in page.posting.document.plain[verb.start : verb.end]:
        changed = changed.replace("'", "\u2019")
    if verb.text.isupper():
        changed = changed.upper()
    elif verb.text[0].isupper():
        changed = _capital(changed)
    return PlainEdit(PlainSpan(verb.start, verb.end), changed)


def _contraction(text: str, found: "re.Match[str]", place: _Place) -> _Edits:
    """The edit for "he's" and its like; the 's of a noun may be a possessive instead."""
    if place.keys[-1].partition("'")[0] not in ("he", "she"):
        return ()
    following = place.following
    ending = agreement.contraction(found[1].lower(), following.key if following else "")
    if ending is None:
        return ()
    mark = place.page.posting.document.plain[found.start()]
    ending = ending.upper() if text.isupper() else ending
    return (PlainEdit(PlainSpan(place.match.start, found.end()), text + mark + ending),)


def _second_verb(at: int, changed: bool, page: Page) -> bool:
    """Whether the verb at word *at* seems to have a companion ("plans and runs").

    If the first verb *changed*, any word that looks like one counts; else only forms that
    are no noun.
    """
    before = page.words[at]
    for word in _rest(at + 1, page):
        looks_like_one = word.key in agreement.BE_OR_DO or (
            changed and agreement.third_person(word.key)
        )
        if looks_like_one and (
            before.key in _JOINING
            or (before.start > page.words[at].start and agreement.is_adverb(before.key))
            or _PAUSE.search(page.folded, before.end, word.start)
        ):
            return True
        before = word
    return False
