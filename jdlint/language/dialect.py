"""Which English a text is written in, by its spelling, and the words that tell.

Only words of ordinary prose tell: names, quotations, code, addresses and foreign words keep
their own spelling and are left out.
"""

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from jdlint.language import variants
from jdlint.language.surroundings import Prose
from jdlint.language.variants import Variant
from jdlint.language.words import Word

_MIXED = 3
"""One side must have this many times the families of the other, or the text is mixed."""

_STRONG = 4
"""So many families against the spelling of the place of work, at two to one, outweigh it: below
that a vote of the spelling alone is wrong for one UK posting in fourteen."""


class Marker(msgspec.Struct, frozen=True):
    """A word whose spelling tells the dialect, at a half-open range of the text.

    *text* is as written, *key* in lower case, *first* its index among the words. *sense*
    names the sense that was recognised by the company of the word, if its spelling depends
    on that. A *hint* counts for the dialect but is too unsure to be reported.
    """

    start: int
    end: int
    text: str
    key: str
    first: int
    variant: Variant
    sense: str = ""
    hint: bool = False

    def right(self, dialect: str) -> bool:
        """Whether *dialect* spells the word like this."""
        return self.variant.right(self.key, dialect)

    def replacement(self, dialect: str) -> str:
        """The spelling of *dialect*, in the case of the word as it is written."""
        return like(self.text, self.variant.spelled(dialect))

    @property
    def side(self) -> str:
        """UK, US, or "" where only -ise or -ize is the question or both sides write so."""
        if not self.right("US"):
            return "UK" if self.right("UK") and self.right("UK-oxford") else ""
        return "" if self.right("UK") or self.right("UK-oxford") else "US"

    @property
    def ending(self) -> str:
        """The ending ise or ize, if British houses differ about the word, else ""."""
        ise, ize = self.right("UK"), self.right("UK-oxford")
        return "" if ise == ize else "ise" if ise else "ize"


def like(model: str, spelling: str) -> str:
    """*spelling* in the case of *model*: capitals throughout, a first capital, or lower case."""
    if len(model) > 1 and model.isupper():
        return spelling.upper()
    return spelling[:1].upper() + spelling[1:] if model[:1].isupper() else spelling


def markers(words: Sequence[Word], folded: str, keys: Sequence[str] | None = None) -> list[Marker]:
    """The words that tell the dialect of *folded*, in order; blocks are parted by blank lines.

    *keys* are those of the *words*, where the caller has them.
    """
    keys = [word.key for word in words] if keys is None else keys
    rows = variants.table().rows
    distinct = set(keys)
    owned = {key for key in distinct if "'" in key and key.removesuffix("'s") in rows}
    known = (distinct & rows.keys()) | owned
    prose = Prose(words, folded)
    found: list[Marker] = []
    for first in [at for at, key in enumerate(keys) if key in known]:
        word = words[first]
        key = word.key.removesuffix("'s")
        marker = _plain(first, word, key, prose) or _by_sense(first, word, key, prose)
        if marker is not None:
            found.append(marker)
    return found


def _plain(first: int, word: Word, key: str, prose: Prose) -> Marker | None:
    """The marker at word *first*, whose spelling alone tells, if it stands in plain prose."""
    variant = variants.table().find(key)
    if variant is None or not variant.telling(key):
        return None
    lower_only, careful = variant.kind == "name", variant.kind == "ise"
    if not prose.ordinary(first, lower_only, careful):
        return None
    return _marker(first, word, key, variant)


def _by_sense(first: int, word: Word, key: str, prose: Prose) -> Marker | None:
    """The marker at word *first*, if its company shows the sense in which dialects differ."""
    for sense in variants.senses().get(key, ()):
        if (
            prose.follows(first, sense.previous, sense.not_previous)
            and prose.precedes(first, sense.next, sense.not_next)
            and prose.ordinary(first, lower_only=True)
        ):
            return _marker(first, word, key, sense.variant(key), sense.name, sense.hint)
    return None


def _marker(
    first: int, word: Word, key: str, variant: Variant, sense: str = "", hint: bool = False
) -> Marker:
    cut = len(word.key) - len(key)
    text = word.text[: len(word.text) - cut]
    return Marker(word.start, word.end - cut, text, key, first, variant, sense, hint)


def may_differ(keys: Iterable[str]) -> bool:
    """Whether no one dialect of UK, UK-oxford and US spells all words *keys* like this.

    A cheap test before :func:`markers`: what some of the words turn out not to tell, or in
    which sense they stand, can only make a text more consistent. *keys* have no possessives.
    """
    rows, left = variants.table().rows, _EVERYWHERE
    for key in [key for key in keys if key in rows]:
        left &= _right_in(key)
    return not left


_EVERYWHERE = frozenset(("UK", "UK-oxford", "US"))


@cache
def _right_in(key: str) -> frozenset[str]:
    """Where *key*, a word of the table, is right in whatever sense it stands."""
    plain = variants.table().find(key)
    told = [sense.variant(key) for sense in variants.senses().get(key, ())]
    told += [plain] if plain is not None and plain.telling(key) else []
    return frozenset(d for d in _EVERYWHERE if all(one.right(key, d) for one in told))


class Tally(msgspec.Struct, frozen=True):
    """How many different word families speak for each side, and for -ise and -ize."""

    uk: int
    us: int
    ise: int
    ize: int

    @property
    def against_us(self) -> int:
        """What would be wrong in a US text."""
        return self.uk + self.ise

    @property
    def against_uk(self) -> int:
        """What would be wrong in a UK text: US spellings, and the rarer of -ise and -ize."""
        return self.us + min(self.ise, self.ize)


def tally(found: Iterable[Marker], *, spellings: bool = False) -> Tally:
    """The count of *found*, each family (or each different spelling) once on each side."""
    seen: dict[str, set[str]] = {"UK": set(), "US": set(), "ise": set(), "ize": set()}
    for marker in found:
        what = marker.key if spellings else marker.variant.family
        if side := marker.side or marker.ending:
            seen[side].add(what)
    return Tally(len(seen["UK"]), len(seen["US"]), len(seen["ise"]), len(seen["ize"]))


def decide(found: Iterable[Marker]) -> str:
    """UK, US, mixed, or unclear: the dialect in which *found* is at home.

    Families count, not words: one repeated footer must not decide. -ize is at home in the
    US and in Oxford's British spelling and therefore says nothing on its own.
    """
    count = tally(found)
    uk, us = count.against_us, count.against_uk
    if not uk and not us:
        return "unclear"
    if min(uk, us) * _MIXED > max(uk, us):
        return "mixed"
    return "UK" if uk > us else "US"


class Verdict(msgspec.Struct, frozen=True):
    """The dialect against which a text is held ("": none), and the reason in a few words.

    *ending* is ise or ize where British houses differ: the one the text mostly writes.
    """

    dialect: str
    ending: str = ""
    reason: str = ""


_HOME = {
    "GB": "UK", "IE": "UK", "NZ": "UK", "ZA": "UK", "IN": "UK", "SG": "UK",
    "US": "US", "CA": "CA", "AU": "AU",
}  # fmt: skip
"""Country (ISO 3166) to the dialect in which its postings are usually written."""

_CALLED = {"UK": "UK", "UK-oxford": "UK (Oxford)", "US": "US", "CA": "Canadian", "AU": "Australian"}


def home_dialect(country: str) -> str:
    """The dialect in which postings of *country* (ISO 3166) are usually written, or ""."""
    return _HOME.get(country, "")


def called(dialect: str) -> str:
    """The name of *dialect* for people."""
    return _CALLED.get(dialect, dialect)


def consistent(found: Sequence[Marker], country: str = "") -> bool:
    """Whether one dialect spells every word of *found* like this.

    Canadian and Australian spelling count unless the place of work speaks against them.
    """
    home = home_dialect(country)
    every = ("UK", "UK-oxford", "US") if home in ("UK", "US") else variants.DIALECTS
    return any(all(m.right(d) for m in found) for d in every)


def settle(found: Sequence[Marker], country: str = "") -> Verdict:
    """The dialect that *found* mostly follows; *country* (ISO 3166) breaks a near tie.

    The answer is the dialect in which the fewest word families are wrong, then the fewest
    different spellings, then the one of the country; "" if that leaves it open. A few words
    more on one side do not outweigh the country: only many do (see :data:`_STRONG`).
    """
    home = home_dialect(country)
    wrong = {d: _wrong(found, d) for d in ("UK", "US", home) if d}
    least = min(wrong.values())
    best = [d for d, count in wrong.items() if count == least]
    if home and home not in best and not _outweighs(wrong[home][0], least[0]):
        best.append(home)
    if len(best) == 1:
        return Verdict(best[0], _ending(found, best[0]), _mostly(found, best[0]))
    if home in best:
        return Verdict(
            home, _ending(found, home), f"the place of work uses {called(home)} spelling"
        )
    return Verdict("", _ending(found, ""))


def _outweighs(against: int, rest: int) -> bool:
    """Whether *against* families that a dialect would write otherwise are too many for it.

    *rest* is how many are wrong in the best dialect.
    """
    return against >= _STRONG and against >= 2 * rest


def _wrong(found: Sequence[Marker], dialect: str) -> tuple[int, int]:
    """How many families, and how many different spellings, *dialect* would write otherwise."""
    if dialect in ("UK", "US"):
        counts = (tally(found), tally(found, spellings=True))
        families, spellings = (c.against_uk if dialect == "UK" else c.against_us for c in counts)
        return families, spellings
    wrong = [m for m in found if not m.right(dialect)]
    return len({m.variant.family for m in wrong}), len({m.key for m in wrong})


def _ending(found: Sequence[Marker], dialect: str) -> str:
    """Which of -ise and -ize *found* mostly has; if neither, -ise in a UK text, else ""."""
    families, spellings = tally(found), tally(found, spellings=True)
    ise, ize = (families.ise, spellings.ise), (families.ize, spellings.ize)
    if ise == ize:
        return "ise" if dialect == "UK" else ""
    return "ise" if ise > ize else "ize"


def _mostly(found: Sequence[Marker], dialect: str) -> str:
    """Up to three words that show why the text counts as written in *dialect*."""
    right = [m for m in found if m.right(dialect)]
    telling = [m for m in right if m.side == dialect] or [
        m for m in right if not (m.right("UK") and m.right("US"))
    ]
    shown = list(dict.fromkeys(m.key for m in telling))[:3]
    text = f"the posting is mostly {called(dialect)}"
    return f"{text}: {', '.join(shown)}" if shown else text
