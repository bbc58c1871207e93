"""What one heading announces: by its wording, from data.

Four steps, the surest first: the wording is known as it stands (or each half of it is);
it is known once the name of a role before it is taken off; it is known once a
misspelt word is mended; a rule finds a telling word in it. Lines that nothing marks as
a heading stop after the look-ups.
"""

from functools import cache, lru_cache

import msgspec

from jdlint.language.late import late
from jdlint.model import SectionKind
from jdlint.posting.wording import SHORTEST_MENDED, Kinds, Wording, key, kinds, wording
from jdlint.read.offsets import Layout

LONGEST_RULED = 16
"""Headings of more words than this are sentences, which the rules do not judge."""


class Verdict(msgspec.Struct, frozen=True):
    """What a heading announces, how sure that is (0 to 1), and the step that knew it.

    *how* is ``lookup``, ``halves``, ``role``, ``spelling`` or ``rule``. *own* names the kind
    where it is one that a configuration adds.
    """

    kinds: Kinds
    confidence: float
    how: str
    own: str = ""


@lru_cache(maxsize=8192)
def classify(heading: str, ruled: bool = True) -> Verdict | None:
    """What *heading* announces; None if nothing known. *ruled* allows the rules of thumb."""
    book = wording()
    for text in readings(heading):
        if text and (verdict := _look_up(book, text) or _after_role(book, text, ruled)):
            return verdict
    words = key(_plain(heading)).split()
    if not words or len(words) > LONGEST_RULED:
        return None
    return _misspelt(book, words, ruled) or (_by_rule(book, words) if ruled else None)


def is_bare_heading(heading: str) -> bool:
    """Whether a line with no mark at all may still be taken for the heading *heading*."""
    return key(heading) not in wording().never_bare


def is_label(heading: str) -> bool:
    """Whether *heading* may stand as a label before a value on the same line."""
    return key(heading) not in wording().never_run_in


@lru_cache(maxsize=8192)
def hinges_on_items(heading: str) -> bool:
    """Whether *heading* announces duties or requirements, depending on its items."""
    return bool(wording().undecided.tags(key(heading).split()))


def opens_requirement(item: str) -> bool:
    """Whether the list item *item* begins as requirements do ("Have ...", "Be ...")."""
    return key(item[:40]).partition(" ")[0] in wording().openers


def opens_duty(heading: str, layout: Layout) -> bool:
    """Whether *heading* is a duty that ends in a colon ("Manage projects, including:")."""
    first, _, rest = key(heading[:80]).partition(" ")
    acts = first in wording().duties and not first.endswith("ing")
    return layout is Layout.COLON and acts and rest.count(" ") >= _SHORTEST_DUTY


_SHORTEST_DUTY = 2


_NUMBER = late(r"^\s*(?:\d{1,2}|[A-Za-z]|[IVX]{1,4})[.)]\s+")
_BRACKET = late(r"\s*[(\[][^()\[\]]*[)\]]\s*[:?!.]*\s*$")


def _plain(heading: str) -> str:
    """*heading* without the number before it."""
    return _NUMBER.sub("", heading[:300])


def readings(heading: str) -> tuple[str, ...]:
    """The keys to look up: with the bracketed tail, and without it.

    Of two halves with a stroke between them, both together, and the first (the second may be
    the same in another language).
    """
    text = _plain(heading)
    bare = key(_BRACKET.sub("", text)) if text.endswith((")", "]", ":")) else ""
    first, stroke, second = text.partition(" / ")
    return (
        (key(text), bare, key(f"{first} and {second}"), key(first)) if stroke else (key(text), bare)
    )


def _look_up(book: Wording, text: str) -> Verdict | None:
    if found := book.known(text):
        return Verdict(found, 0.95, "lookup")
    text = _STRIPPED.sub("", text)
    if found := book.known(text):
        return Verdict(found, 0.95, "lookup")
    return _halves(book, text)


_STRIPPED = late(r"^(?:our|the|your|key|main|some of the|more about|and|highly|strongly) ")


def _halves(book: Wording, text: str) -> Verdict | None:
    """The kinds of both halves of a heading such as "Salary and location"."""
    first, joined, second = text.partition(" and ")
    if not joined:
        return None
    one = book.known(first)
    two = book.known(second) or book.known(_STRIPPED.sub("", second))
    if not one or not two:
        return None
    told = [kind for kind in dict.fromkeys(one + two) if kind not in _SAY_NOTHING]
    return Verdict(tuple(told), 0.9, "halves") if told else None


_SAY_NOTHING = (SectionKind.OTHER, SectionKind.TITLE)


def _after_role(book: Wording, text: str, ruled: bool) -> Verdict | None:
    """What is left of a heading after the name of a role: "Data analyst: duties"."""
    words = text.split()
    for at in range(min(len(words) - 1, 8), 0, -1):
        if not _is_role(book, words[at - 1]) or not _NO_ROLE.isdisjoint(
            words[_article(words) : at]
        ):
            continue
        rest = words[at:]
        if verdict := _look_up(book, " ".join(rest)):
            return _about_role(verdict)
        if ruled and rest[0] not in _JOINS and (verdict := _by_rule(book, rest)):
            return verdict
    return None


def _is_role(book: Wording, word: str) -> bool:
    return word in book.roles or word.removesuffix("s") in book.roles


def _article(words: list[str]) -> int:
    """How many words stand before the name of a role: "as a", "the"."""
    at = words[0] == "as"
    return at + (words[at : at + 1] != [] and words[at] in ("a", "an", "the", "our"))


_NO_ROLE = frozenset(
    {"a", "an", "the", "our", "you", "we", "us", "your", "apply", "about", "for", "to", "with",
     "at", "why", "what", "how", "who", "is", "are", "be", "this", "if", "meet", "join"}
)  # fmt: skip
"""Words that do not stand in the name of a role: what holds them is a sentence."""

_JOINS = frozenset({"and", "or", "at", "in", "for", "of", "to", "with"})


def _about_role(verdict: Verdict) -> Verdict:
    """What stands after a role: the "position" of a data analyst is described, not named."""
    told = SectionKind.ABOUT_ROLE
    kinds = tuple(told if kind is SectionKind.TITLE else kind for kind in verdict.kinds)
    return Verdict(kinds, 0.9, "role")


def _misspelt(book: Wording, words: list[str], ruled: bool) -> Verdict | None:
    """What the heading announces once its misspelt words are mended."""
    mended = [_mend(word) for word in words]
    if mended == words:
        return None
    if verdict := _look_up(book, " ".join(mended)):
        return Verdict(verdict.kinds, 0.85, "spelling")
    verdict = _by_rule(book, mended) if ruled else None
    return Verdict(verdict.kinds, 0.75, "spelling") if verdict else None


def _mend(word: str) -> str:
    """The known word of which *word* is a misspelling, or *word* itself."""
    if len(word) < SHORTEST_MENDED:
        return word
    known = _vocabulary(word[0])
    if word in known:
        return word
    allowed = 1 if len(word) < 10 else 2
    letters = _letters(word)
    for other, its_letters in known.items():
        # One edit changes at most two letters of the set: most words are told apart by that.
        if (letters ^ its_letters).bit_count() > 2 * allowed or abs(
            len(other) - len(word)
        ) > allowed:
            continue
        if not _inflected(word, other) and _distance(word, other, allowed) <= allowed:
            return word if _is_real(word) else other
    return word


def _is_real(word: str) -> bool:
    """Whether *word* is English as it stands ("quality" is no misspelt "qualify")."""
    from jdlint.language.syllables import cmu_syllables

    return cmu_syllables(word) is not None


@cache
def _vocabulary(letter: str) -> dict[str, int]:
    """The long words of all terms that begin with *letter*, and the letters of each as a set."""
    return {word: _letters(word) for word in wording().vocabulary.get(letter, ())}


def _letters(word: str) -> int:
    """The letters of *word* as a set: a bit for each (some share one)."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def _inflected(word: str, other: str) -> bool:
    """Whether the two may be forms of one word, so that neither is misspelt."""
    stem = min(len(word), len(other)) - 1
    return word[:stem] == other[:stem]


def _distance(one: str, two: str, most: int) -> int:
    """The edit distance of *one* and *two*, swapped neighbours counting once; above *most*, any.

    The optimal string alignment distance (Damerau 1964), row by row.
    """
    last: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = last, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(last) > most:
            return most + 1
    return row[-1]


def _by_rule(book: Wording, words: list[str]) -> Verdict | None:
    ranks = book.rules.tags(words)
    return Verdict(kinds(book.ranks[min(ranks)]), 0.8, "rule") if ranks else None


def names_a_role(text: str) -> bool:
    """Whether *text* holds the name of a role ("Senior back end developer, payments")."""
    words = key(text).split()
    book = wording()
    return len(words) <= 14 and any(_is_role(book, word) for word in words)
