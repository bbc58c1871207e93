"""Terms made ready for matching: sequences of words, looked up by their rarest word.

A term is compiled once, when cards are loaded, into plain data that the cache keeps; a
run then needs one dictionary look-up for each word of a posting.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Generic, TypeVar

import msgspec

from jdlint.checks.card import Contexts, Inflection, Term, TermsCard
from jdlint.checks.literals import needed
from jdlint.language import inflect
from jdlint.language.answers import Answers
from jdlint.language.words import fold, words
from jdlint.model import Safety


class Phrase(msgspec.Struct, frozen=True, array_like=True):
    """A sequence of words. *gaps* are the separators between them: empty for white space
    or hyphens, else what must stand there; *cased* is empty where case is ignored. *anchor*
    is the word by which it is looked up: its longest, which is met least often.
    """  # noqa: D205

    keys: tuple[str, ...]
    gaps: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    anchor: int = 0


class Form(msgspec.Struct, frozen=True, array_like=True):
    """One form of a term, and what to write instead of it."""

    phrase: Phrase
    term: int
    suggest: tuple[str, ...] = ()


class Guard(msgspec.Struct, frozen=True, array_like=True):
    """A phrase in which the terms of a card (or, from 0, one *term*) are fine."""

    phrase: Phrase
    card: int
    term: int = -1


class Company(msgspec.Struct, frozen=True, array_like=True):
    """The contexts of a term or a card, with their phrases cut into words."""

    before: tuple[Phrase, ...]
    after: tuple[Phrase, ...]
    near: tuple[Phrase, ...]
    title: tuple[Phrase, ...]
    anywhere: tuple[Phrase, ...]
    rest: Contexts


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A term of a card: where it stands in the catalogue, and the company that it may keep.

    *company* are numbers of companies of the catalogue, most of which terms share.
    """

    card: int
    company: tuple[int, ...]
    only_near: tuple[Phrase, ...]
    within: int
    pattern: str
    suggest: tuple[str, ...]
    safety: Safety
    message: str = ""
    severity: int = 0


class Patterned(msgspec.Struct, frozen=True, array_like=True):
    """An entry with a pattern, and pieces of text of which each match has one, if any are known."""

    entry: int
    pieces: tuple[str, ...] = ()


class Catalogue(msgspec.Struct, frozen=True, array_like=True):
    """All terms of all cards, as the cache keeps them.

    Entries, companies, forms and guards stay undecoded JSON until a posting needs them: of some
    thousand forms, a posting meets a few dozen. *forms* and *guards* go by the first letters
    of their anchor, and there by anchor; *patterned* are the entries with a pattern.
    """

    entries: tuple[msgspec.Raw, ...]
    companies: tuple[msgspec.Raw, ...]
    forms: dict[str, msgspec.Raw]
    guards: dict[str, msgspec.Raw]
    patterned: tuple[Patterned, ...]


_LETTERS = 2
"""So many letters of an anchor are what a shelf of forms or guards goes by."""

_RAWS: msgspec.json.Decoder[dict[str, msgspec.Raw]] = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ENTRY: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)
_COMPANY: msgspec.json.Decoder[Company] = msgspec.json.Decoder(Company)
_FORMS: msgspec.json.Decoder[tuple[Form, ...]] = msgspec.json.Decoder(tuple[Form, ...])
_GUARDS: msgspec.json.Decoder[tuple[Guard, ...]] = msgspec.json.Decoder(tuple[Guard, ...])


_Anchored = TypeVar("_Anchored", Form, Guard)


class Likely(Generic[_Anchored]):
    """Forms or guards of one anchor, told apart by the word beside it.

    Few of those with several words stay in question once that word is known.
    """

    def __init__(self, found: Iterable[_Anchored]) -> None:
        self._alone: list[_Anchored] = []
        self._before: dict[str, list[_Anchored]] = {}
        self._behind: dict[str, list[_Anchored]] = {}
        for one in found:
            keys, anchor = one.phrase.keys, one.phrase.anchor
            if len(keys) == 1:
                self._alone.append(one)
            elif anchor:
                self._before.setdefault(keys[anchor - 1], []).append(one)
            else:
                self._behind.setdefault(keys[1], []).append(one)
                if len(keys) == 2:  # the last word may be a possessive
                    self._behind.setdefault(keys[1] + "'s", []).append(one)

    def at(self, keys: Sequence[str], here: int) -> list[_Anchored]:
        """Those that may stand where word *here* of *keys* is their anchor."""
        found = self._alone
        if self._before and here and (more := self._before.get(keys[here - 1])):
            found = found + more
        if self._behind and here + 1 < len(keys) and (more := self._behind.get(keys[here + 1])):
            found = found + more
        return found


class _Shelf(Generic[_Anchored]):
    """Forms or guards, of which those that begin with the same letters are decoded together."""

    def __init__(
        self,
        shelves: dict[str, msgspec.Raw],
        decode: Callable[[msgspec.Raw], tuple[_Anchored, ...]],
    ) -> None:
        self._shelves = shelves
        self._decode: Callable[[msgspec.Raw], tuple[_Anchored, ...]] = decode
        self._raw: dict[str, dict[str, msgspec.Raw]] = {}

    def find(self, anchor: str) -> "Likely[_Anchored] | None":
        """Those that go by *anchor*; None if there are none."""
        raw = self._beside(anchor[:_LETTERS]).get(anchor)
        return None if raw is None else Likely(self._decode(raw))

    def _beside(self, letters: str) -> dict[str, msgspec.Raw]:
        if letters not in self._raw:
            raw = self._shelves.get(letters)
            self._raw[letters] = {} if raw is None else _RAWS.decode(raw)
        return self._raw[letters]


class Lexicon:
    """Reads a catalogue, each part of it once and only when it is asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._entries: dict[int, Entry] = {}
        self._companies: dict[int, Company] = {}
        self.patterned = catalogue.patterned
        forms: _Shelf[Form] = _Shelf(catalogue.forms, _FORMS.decode)
        guards: _Shelf[Guard] = _Shelf(catalogue.guards, _GUARDS.decode)
        self.forms = Answers(forms.find)
        self.guards = Answers(guards.find)

    def entry(self, number: int) -> Entry:
        """The entry with this *number*."""
        if number not in self._entries:
            self._entries[number] = _ENTRY.decode(self._catalogue.entries[number])
        return self._entries[number]

    def companies(self, entry: Entry) -> list[Company]:
        """The companies that the term of *entry* may keep."""
        return [self._company(number) for number in entry.company]

    def _company(self, number: int) -> Company:
        if number not in self._companies:
            self._companies[number] = _COMPANY.decode(self._catalogue.companies[number])
        return self._companies[number]


def phrase(text: str) -> Phrase:
    """*text* as a sequence of words; a capital letter in it makes case matter."""
    folded = fold(text)
    found = words(folded)
    gaps = tuple(folded[a.end : b.start].strip(" -") for a, b in pairwise(found))
    cased = tuple(w.text for w in found) if text != text.lower() else ()
    anchor = max(range(len(found)), key=lambda at: len(found[at].key), default=0)
    return Phrase(tuple(w.key for w in found), gaps if any(gaps) else (), cased, anchor)


def compile_cards(cards: Sequence[TermsCard]) -> Catalogue:
    """The catalogue of *cards*; an entry's ``card`` is the index into *cards*."""
    entries: list[Entry] = []
    companies: dict[bytes, int] = {}
    forms: list[Form] = []
    guards: list[Guard] = []
    for number, card in enumerate(cards):
        guards += _guards(card.unless, number, -1)
        for term in terms_of(card):
            guards += _guards(term.unless, number, len(entries))
            forms += forms_of(term, len(entries))
            kept = (msgspec.json.encode(company) for company in _companies(term, card))
            company = tuple(companies.setdefault(one, len(companies)) for one in kept)
            entries.append(_entry(term, card, number, company))
    return Catalogue(
        tuple(_raw(e) for e in entries),
        tuple(map(msgspec.Raw, companies)),
        _by_anchor(forms),
        _by_anchor(guards),
        tuple(Patterned(i, needed(e.pattern)) for i, e in enumerate(entries) if e.pattern),
    )


def terms_of(card: TermsCard) -> list[Term]:
    """The terms of *card* in their long form."""
    return [Term(match=t) if isinstance(t, str) else t for t in card.terms]


def _raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


def _by_anchor(found: Iterable[Form | Guard]) -> dict[str, msgspec.Raw]:
    groups: dict[str, list[Form | Guard]] = {}
    for one in found:
        if one.phrase.keys:
            groups.setdefault(one.phrase.keys[one.phrase.anchor], []).append(one)
    shelves: dict[str, dict[str, msgspec.Raw]] = {}
    for anchor, group in groups.items():
        shelves.setdefault(anchor[:_LETTERS], {})[anchor] = _raw(group)
    return {letters: _raw(shelf) for letters, shelf in shelves.items()}


def _guards(unless: list[str] | Contexts, card: int, term: int) -> list[Guard]:
    texts = unless.phrases if isinstance(unless, Contexts) else unless
    return [Guard(phrase(text), card, term) for text in texts]


def _entry(term: Term, card: TermsCard, number: int, company: tuple[int, ...]) -> Entry:
    return Entry(
        number,
        company,
        tuple(phrase(t) for t in term.only_near),
        term.within,
        term.pattern,
        tuple(term.suggest),
        term.safety or card.safety,
        term.message,
        term.severity.severity if term.severity else 0,
    )


def _companies(term: Term, card: TermsCard) -> Iterator[Company]:
    """The contexts of *term* and of its card; whether names excuse, the nearer one says."""
    found = [u for u in (term.unless, card.unless) if isinstance(u, Contexts)]
    names = next((u.names for u in found if u.names is not None), True)
    for contexts in found or [Contexts()]:
        yield _company(msgspec.structs.replace(contexts, names=names))


def _company(contexts: Contexts) -> Company:
    texts = {
        key: getattr(contexts, key) for key in ("before", "after", "near", "title", "anywhere")
    }
    phrases = {key: tuple(map(phrase, listed)) for key, listed in texts.items()}
    rest = msgspec.structs.replace(contexts, phrases=[], **{key: [] for key in texts})
    return Company(**phrases, rest=rest)


def forms_of(term: Term, number: int) -> Iterator[Form]:
    """The written forms of a term; a suggestion is inflected like the form that it replaces."""
    suggest = tuple(term.suggest)
    plurals = tuple(s if inflect.is_plural(s) else inflect.plural(s) for s in suggest)
    written = list(filter(None, (term.match, *term.also)))
    many = set() if term.inflect == Inflection.VERB else set(map(inflect.plural, written))
    if term.match in many:
        many.clear()  # the suggestions are plural already
    for text in written:
        yield Form(phrase(text), number, plurals if text in many else suggest)
        if term.inflect == Inflection.NOUN and text not in term.also:
            yield Form(phrase(inflect.plural(text)), number, plurals)
        elif term.inflect == Inflection.VERB and text not in term.also:
            yield from _verb_forms(text, suggest, number)


def _verb_forms(text: str, suggest: tuple[str, ...], number: int) -> Iterator[Form]:
    offered = list(zip(*(inflect.verb_forms(s) for s in suggest), strict=True))
    for at, form in enumerate(inflect.verb_forms(text)):
        yield Form(phrase(form), number, tuple(offered[at]) if offered else ())
