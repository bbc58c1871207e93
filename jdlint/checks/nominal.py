"""Nouns that do the work of verbs: "conduct a review of", "responsible for the delivery of"."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from jdlint import store
from jdlint.checks.allowed import allowed
from jdlint.checks.card import PythonCard
from jdlint.checks.page import Match, Page, page_of
from jdlint.checks.protocol import Context
from jdlint.language.inflect import plural, verb_forms
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Posting

_ARTICLES = ("the", "a", "an")


class _Lead(msgspec.Struct, frozen=True):
    """Words that stand before a noun made of a verb, and what that noun and they become.

    *form* is that of the plain verb: 0 to 3 for the base, -s, -ing and past form; *kept*
    says that the words before the noun stay.
    """

    words: tuple[str, ...]
    form: int
    nouns: dict[str, list[str]]
    links: frozenset[str]
    kept: bool


def empty_verbs(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """A hit for each phrase that one verb says as well, with that verb."""
    page, leads = page_of(posting), _leads()
    fine = allowed(page, context)
    done = 0
    for at in sorted(at for key in page.places.keys() & leads.keys() for at in page.places[key]):
        for lead in leads.get(page.keys[at], ()):
            found = _phrase(page, at, lead) if at >= done else None
            if found is None:
                continue
            first, last, noun = found
            match = Match(page.words[first].start, page.words[last - 1].end, first, last, 0, ())
            if page.in_scope(match, card.scope) and not fine.holds(match.start, match.end):
                yield _hit(posting, context, card, match, lead, noun)
            done = last


def _phrase(page: Page, at: int, lead: _Lead) -> tuple[int, int, str] | None:
    """The words from which and before which the phrase led by *lead* stands, and its noun."""
    after = at + len(lead.words)
    if page.keys[at:after] != lead.words:
        return None
    rest = page.keys[after : after + 4]
    article = int(bool(rest) and rest[0] in _ARTICLES)
    if lead.kept and not (article and rest[0] == "the"):
        return None
    for size in (1, 2):
        noun, link = "-".join(rest[article : article + size]), article + size
        if noun in lead.nouns and link < len(rest) and rest[link] in lead.links:
            last = after + link + 1
            return (after if lead.kept else at, last, noun) if _is_one(page, at, last) else None
    return None


def _is_one(page: Page, first: int, last: int) -> bool:
    """Whether nothing but spaces (and the hyphen of a noun) parts words *first* to *last*."""
    words = page.words[first:last]
    return all(page.folded[a.end : b.start] in (" ", "\n", "-") for a, b in pairwise(words))


def _hit(
    posting: Posting, context: Context, card: PythonCard, match: Match, lead: _Lead, noun: str
) -> Hit:
    verbs = lead.nouns[noun]
    if verbs[-1].endswith("yze") and _writes_z(posting, context):
        verbs = verbs[::-1]
    text = posting.document.text(PlainSpan(match.start, match.end))
    forms = [_forms(verb)[lead.form] for verb in verbs]
    shown = tuple(f[0].upper() + f[1:] if text[0].isupper() else f for f in forms)
    values = {"match": " ".join(text.split()), "suggest": shown[0]}
    return Hit(card.id, PlainSpan(match.start, match.end), values, shown)


def _writes_z(posting: Posting, context: Context) -> bool:
    """Whether "analyze" is at home in *posting*: by its dialect, else by its country."""
    dialect = posting.dialect if context.dialect == "auto" else context.dialect
    if dialect in ("UK", "US"):
        return dialect == "US"
    return posting.countries in ({"US"}, {"CA"})


@cache
def _leads() -> dict[str, list[_Lead]]:
    """First word -> what it may lead in."""
    table = store.table("nominalisations")
    leads: list[_Lead] = []
    for phrase in table["phrases"]:
        nouns, links = _nouns(phrase["nouns"]), frozenset(phrase["links"])
        leads += [
            _Lead(tuple(text.split()), form, nouns, links, False)
            for verb in phrase["verbs"]
            for form, text in enumerate(_forms(verb))
        ]
    nouns = _nouns(table["nouns"])
    of = frozenset(("of",))
    leads += [_Lead(tuple(frame.split()), 2, nouns, of, True) for frame in table["frames"]]
    found: dict[str, list[_Lead]] = {}
    for lead in leads:
        found.setdefault(lead.words[0], []).append(lead)
    return found


def _nouns(table: dict[str, str | list[str]]) -> dict[str, list[str]]:
    """Each noun, and its plural, to the plain verbs."""
    singular = {noun: [v] if isinstance(v, str) else v for noun, v in table.items()}
    return {_plural(noun): verbs for noun, verbs in singular.items()} | singular


def _plural(noun: str) -> str:
    return noun[:-2] + "es" if noun.endswith("is") else plural(noun)


def _forms(verb: str) -> Sequence[str]:
    """The base, -s, -ing and past form of *verb*."""
    irregular: list[str] | None = store.table("nominalisations")["forms"].get(verb)
    if irregular is not None:
        return [verb, *irregular]
    third, past, gerund = verb_forms(verb)
    return [verb, third, gerund, past]
