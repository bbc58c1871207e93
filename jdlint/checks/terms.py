"""Kind ``terms``: words and phrases to avoid, and the company in which they are fine."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec
from msgspec.structs import replace

from jdlint import store
from jdlint.checks.allowed import allowed
from jdlint.checks.card import TermsCard
from jdlint.checks.page import Match, Page, any_of, compiled, page_of
from jdlint.checks.phrases import Catalogue, Company, Entry, Lexicon, compile_cards, terms_of
from jdlint.checks.protocol import Context
from jdlint.language.late import late
from jdlint.model import Hit, PlainSpan, Severity
from jdlint.posting.model import Posting

_MAX_PATTERN = 1000
_PLACEHOLDER = late(r"\{(\w*)\}")
_FEW_TEXTS = 8
"""For no more texts than these, patterns are tried one by one: all at once take longer to make."""

_FEW = 8
"""Compiling fewer cards than this is quicker than looking into the cache."""


def build(cards: Sequence[TermsCard]) -> "TermsChecker":
    """The checker for *cards*; their compiled catalogue comes from the cache if it can."""
    if len(cards) < _FEW:
        return TermsChecker(cards, compile_cards(_with_terms(cards)))
    content = msgspec.json.encode(cards)
    made = store.cached("terms", content, lambda: compile_cards(_with_terms(cards)), Catalogue)
    return TermsChecker(cards, made)


def _with_terms(cards: Sequence[TermsCard]) -> list[TermsCard]:
    """*cards*, those that were loaded without their terms with them."""
    if not any(card.left_out for card in cards):
        return list(cards)
    from jdlint.checks.load import shipped

    whole = {c.id: c for c in shipped() if isinstance(c, TermsCard)}
    return [
        replace(card, terms=whole[card.id].terms, unless=whole[card.id].unless)
        if card.left_out
        else card
        for card in cards
    ]


def faults(card: TermsCard) -> Iterable[str]:
    """What is wrong with the terms of *card*; each fault begins with a key."""
    if card.left_out:
        yield "'left_out' is set by jdlint alone; leave it out"
    for term in terms_of(card):
        if bool(term.match) == bool(term.pattern):
            yield "'terms': each term needs either 'match' or 'pattern'"
        if not term.suggest and "{suggest}" in (term.message or card.message):
            yield f"'terms': {term.match or term.pattern} has no 'suggest', which the message uses"
        if term.safety and not term.suggest:
            yield f"'terms': {term.match or term.pattern} has a 'safety' but no 'suggest'"
        for name in set(_PLACEHOLDER.findall(term.message)) - {"match", "suggest"}:
            yield f"'terms': the message of {term.match or term.pattern} uses {{{name}}}"
        if term.match and not any(c.isalnum() for c in term.match):
            yield f"'terms': '{term.match}' holds no word; use 'pattern'"
        if term.pattern:
            yield from pattern_faults(term.pattern, term.hits)


def pattern_faults(pattern: str, hits: Sequence[str], key: str = "terms") -> Iterable[str]:
    """What is wrong with *pattern*, which must match each of *hits*; it stands under *key*."""
    import re2

    if len(pattern) > _MAX_PATTERN:
        yield f"'{key}': a pattern may have {_MAX_PATTERN} characters at most"
        return
    try:
        expression = compiled(pattern)
    except re2.error as fault:
        yield f"'{key}': the pattern {pattern} is not valid RE2 ({_words_of(fault)})"
        return
    if expression.search(""):
        yield f"'{key}': the pattern {pattern} matches nothing at all, everywhere"
    if not hits:
        yield f"'{key}': the pattern {pattern} needs 'hits', samples that it matches"
    for sample in hits:
        if not expression.fullmatch(sample):
            yield f"'{key}': the pattern {pattern} does not match its sample '{sample}'"


def _words_of(fault: Exception) -> str:
    first = fault.args[0] if fault.args else ""
    return first.decode() if isinstance(first, bytes) else str(first)


class Ranges:
    """Ranges in which the terms of one card are fine."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, int]] = []
        self._longest = 0
        self._sorted = True

    def add(self, start: int, end: int, term: int) -> None:
        """Note that *term* (-1: any of the card) is fine in ``start:end``."""
        self._found.append((start, end, term))
        self._longest = max(self._longest, end - start)
        self._sorted = False

    def covers(self, match: Match) -> bool:
        """Whether a range for the term of *match* overlaps it."""
        if not self._sorted:
            self._found.sort()
            self._sorted = True
        at = bisect_left(self._found, (match.start - self._longest, 0, -1))
        while at < len(self._found) and self._found[at][0] < match.end:
            _, end, term = self._found[at]
            if end > match.start and term in (-1, match.term):
                return True
            at += 1
        return False


class TermsChecker:
    """All terms cards at once: one pass over the words of a posting."""

    def __init__(self, cards: Sequence[TermsCard], catalogue: Catalogue) -> None:
        self._cards = cards
        self._lexicon = Lexicon(catalogue)
        self._texts = 0

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:
        """Each term in bad company, in order; a match inside a longer one is dropped."""
        page = page_of(posting)
        for number, match in self.matches(page, context):
            yield _hit(self._cards[number], self._lexicon.entry(match.term), match, page)

    def matches(self, page: Page, context: Context) -> Iterator[tuple[int, Match]]:
        """The same as matches, each with the number of its card."""
        matches = [*self._matches(page), *self._pattern_matches(page)]
        if not matches:
            return
        guards = self._guard_ranges(page)
        kept = [m for m in matches if self._stands(m, page, guards, context)]
        silent = self._silent(kept, page, context)
        kept = [m for m in kept if self._lexicon.entry(m.term).card not in silent]
        spoken: set[int] = set()
        for match in _longest(kept, self._rank):
            entry = self._lexicon.entry(match.term)
            if self._cards[entry.card].once and entry.card in spoken:
                continue
            spoken.add(entry.card)
            yield entry.card, match

    def _silent(self, matches: list[Match], page: Page, context: Context) -> set[int]:
        """The cards of *matches* that no law backs here: they must not hide what others find."""
        found = {self._lexicon.entry(match.term).card for match in matches}
        of_law = {number for number in found if self._cards[number].law_only}
        if not of_law:
            return of_law
        from jdlint.checks.lawful import bases  # most postings need none of it

        return {n for n in of_law if not bases(self._cards[n], page.posting, context)}

    def _rank(self, match: Match) -> tuple[bool, int, int]:
        """A user's own card before ours, then the graver one."""
        card = self._cards[self._lexicon.entry(match.term).card]
        return card.pack == "jdlint", -card.severity.severity, match.term

    def _matches(self, page: Page) -> Iterator[Match]:
        for key, places in page.places.items():
            if (forms := self._lexicon.forms[key]) is None:
                continue
            for here in places:
                for form in forms.at(page.keys, here):
                    first = here - form.phrase.anchor
                    if (end := page.follow(first, form.phrase)) is not None:
                        start, last = page.words[first].start, first + len(form.phrase.keys)
                        cased = bool(form.phrase.cased)
                        yield Match(start, end, first, last, form.term, form.suggest, cased)

    def _pattern_matches(self, page: Page) -> Iterator[Match]:
        """Matches of patterns; one is compiled when a piece that it needs is in the text."""
        for term in self._likely(page):
            entry = self._lexicon.entry(term)
            for found in compiled(entry.pattern).finditer(page.folded):
                start, end = found.span()
                if end > start and "\n\n" not in found.group():
                    first, last = page.words_in(start, end)
                    yield Match(start, end, first, last, term, entry.suggest)

    def _likely(self, page: Page) -> list[int]:
        """The terms whose patterns may match: by the pieces they need, or ours all at once.

        RE2 finds nothing where memory runs out, which a user's pattern could bring about.
        """
        self._texts += 1
        ours, theirs = self._patterned
        if self._texts <= _FEW_TEXTS:
            return sorted({*_by_pieces(ours, page.caseless), *_by_pieces(theirs, page.caseless)})
        found = (self._ours[at] for at in self._all.Match(page.folded) or ())
        return sorted({*found, *_by_pieces(theirs, page.caseless)})

    @cached_property
    def _patterned(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Our terms with a pattern and those of others, by each piece that they need."""
        ours: dict[str, list[int]] = {}
        theirs: dict[str, list[int]] = {}
        for patterned in self._lexicon.patterned:
            card = self._cards[self._lexicon.entry(patterned.entry).card]
            for piece in patterned.pieces or ("",):  # the empty piece is in all texts
                pieces = ours if card.pack == "jdlint" else theirs
                pieces.setdefault(piece, []).append(patterned.entry)
        return ours, theirs

    @cached_property
    def _ours(self) -> list[int]:
        return sorted({term for terms in self._patterned[0].values() for term in terms})

    @cached_property
    def _all(self) -> Any:
        """All our patterns at once: slow to make, but it reads a text as quickly as one of them."""
        return any_of([self._lexicon.entry(term).pattern for term in self._ours])

    def _guard_ranges(self, page: Page) -> dict[int, Ranges]:
        """By card, the ranges in which its terms (or one of them) are fine."""
        found: dict[int, Ranges] = {}
        for key, places in page.places.items():
            if (guards := self._lexicon.guards[key]) is None:
                continue
            for here in places:
                for guard in guards.at(page.keys, here):
                    first = here - guard.phrase.anchor
                    if (end := page.follow(first, guard.phrase)) is not None:
                        ranges = found.setdefault(guard.card, Ranges())
                        ranges.add(page.words[first].start, end, guard.term)
        return found

    def _stands(
        self, match: Match, page: Page, guards: dict[int, Ranges], context: Context
    ) -> bool:
        """Whether nothing around *match* makes it fine."""
        entry = self._lexicon.entry(match.term)
        if not page.in_scope(match, self._cards[entry.card].scope):
            return False
        if entry.card in guards and guards[entry.card].covers(match):
            return False
        if entry.only_near and not page.near(match, entry.only_near, entry.within):
            return False
        if allowed(page, context).holds(match.start, match.end):
            return False
        return not any(_fine(one, match, page) for one in self._lexicon.companies(entry))


def _by_pieces(pieces: dict[str, list[int]], caseless: str) -> Iterator[int]:
    """The terms of which a piece is in the text."""
    for piece in [piece for piece in pieces if piece in caseless]:
        yield from pieces[piece]


def _fine(company: Company, match: Match, page: Page) -> bool:
    """Whether *match* keeps company in which the term is fine."""
    rest = company.rest
    return (
        (rest.names and page.is_name(match))
        or (rest.negated and page.is_negated(match))
        or (rest.quoted and page.is_quoted(match))
        or (rest.own_title and page.in_own_title(match))
        or bool(rest.sections and page.section_kinds(match.start) & set(rest.sections))
        or page.before(match, company.before, rest.within)
        or page.after(match, company.after, rest.within)
        or page.near(match, company.near, rest.within)
        or page.title_has(company.title)
        or page.has(company.anywhere)
        or any(page.overlaps(match, pattern) for pattern in rest.patterns)
    )


def _longest(matches: list[Match], rank: Callable[[Match], Any]) -> Iterator[Match]:
    """Matches in order; of those that overlap the first, of those at one place the longest.

    Of several at one range the one with the lowest *rank* speaks.
    """
    end = -1
    for match in sorted(matches, key=lambda m: (m.start, -m.end, rank(m))):
        if match.start >= end:
            yield match
            end = match.end


def _hit(card: TermsCard, entry: Entry, match: Match, page: Page) -> Hit:
    span = PlainSpan(match.start, match.end)
    hit = Hit(
        card.id,
        span,
        {"match": " ".join(page.posting.document.text(span).split())},
        message=entry.message,
        severity=Severity(entry.severity) if entry.severity else None,
        safety=entry.safety,
    )
    if not match.suggest:
        return hit
    from jdlint.checks.suggest import offers, shown  # most postings need none of it

    offered = offers(match, page)
    return replace(
        hit,
        values=hit.values | {"suggest": _either(shown(offered, page))},
        suggestions=tuple(offer.text for offer in offered),
        edits=tuple(offer.edits for offer in offered),
    )


def _either(options: Sequence[str]) -> str:
    quoted = [f"'{o}'" for o in options]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1] if quoted else ""]))
