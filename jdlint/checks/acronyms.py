"""Acronyms that a posting uses and never explains.

Precision first: what might be a name, a word in capitals for emphasis, or known to
whoever reads such a posting (``rules/_data/acronyms.yaml``) is passed over.
"""

from collections.abc import Iterator
from functools import cache

from jdlint import store
from jdlint.checks.allowed import allowed
from jdlint.checks.card import PythonCard
from jdlint.checks.page import Match, Page, page_of
from jdlint.checks.protocol import Context
from jdlint.language.late import late
from jdlint.language.syllables import cmu_syllables
from jdlint.language.words import Word
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Posting
from jdlint.read.offsets import BlockKind

_LONGEST = 6
"""With more letters capitals are a name or an emphasis."""

_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL)
_ROMAN = frozenset("IVXLCDM")
_JOINS = frozenset("-./@#_&+\\:")
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to"))
_LEADS = frozenset(("as", "like", "including", "called", "named", "eg", "g", "using", "via"))
"""Words before names: of tools ("such as", "e.g."), of whatever is called so."""

_WORD_PARTS = late(r"[a-z]+")
_BRACKETED = late(r"\(\"?([A-Z]{2,6})s?\"?[),;]")
_BEFORE_BRACKET = late(r"\b([A-Z]{2,6})s? \(([A-Za-z])")


def unexplained(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """A hit at the first use of each acronym that nothing in *posting* explains."""
    shortest = int(str(card.options["shortest"]))
    page = page_of(posting)
    fine = allowed(page, context)
    spoken: set[str] = set()
    names: set[str] | None = None
    for at, word in enumerate(page.words):
        name = _acronym(word.text)
        if len(name) < shortest or name in spoken or not _is_used(page, at, name, card):
            continue
        if names is None:
            names = _names(posting)
        spoken.add(name)
        span = PlainSpan(word.start, word.start + len(name))
        known = name.lower() in names or _is_explained(page, name) or fine.holds(*span)
        if not known:
            yield Hit(card.id, span, {"match": name})


def _acronym(text: str) -> str:
    """*text* without an -s or 's after capitals; empty if it is not made of two to six capitals."""
    bare = text.removesuffix("'s").removesuffix("s")
    fits = 2 <= len(bare) <= _LONGEST and bare.isascii() and bare.isalpha() and bare.isupper()
    return bare if fits else ""


def _is_used(page: Page, at: int, name: str, card: PythonCard) -> bool:
    """Whether word *at* is an acronym in running text that its readers may not know."""
    if name in _known() or _ROMAN.issuperset(name) or cmu_syllables(name.lower()) is not None:
        return False
    word = page.words[at]
    block = page.block(word.start)
    return (
        block is not None
        and block.kind in _PROSE
        and page.in_scope(Match(word.start, word.end, at, at + 1, 0, ()), card.scope)
        and not _is_joined(page.folded, word)
        and not _is_part_of_name(page, at)
    )


@cache
def _known() -> frozenset[str]:
    return frozenset(name for group in store.table("acronyms").values() for name in group)


def _is_joined(folded: str, word: Word) -> bool:
    """Whether the word is part of something longer: an address, a grade, a compound."""
    before, after = folded[word.start - 1 : word.start], folded[word.end : word.end + 2]
    return (before in _JOINS if before else False) or (
        after[:1] in _JOINS and not (after[:1] in ".:" and not after[1:2].isalnum())
    )


def _is_part_of_name(page: Page, at: int) -> bool:
    """Whether a word beside word *at* is a name too, in a list of names or before one."""
    words = page.words
    if at and _gap(page, at - 1) == " " and words[at - 1].key in _LEADS:
        return True
    before, after = _neighbour(page, at, -1), _neighbour(page, at, 1)
    return (before is not None and _inside(page, before)) or (
        after is not None and not words[after].text[0].islower()
    )


def _neighbour(page: Page, at: int, step: int) -> int | None:
    """The next word from *at* in the same list or phrase; "and" or "or" is passed over."""
    for _ in range(3):
        at += step
        gap = _gap(page, min(at, at - step)) if 0 <= at < len(page.words) else ""
        if not gap or gap.strip(",/( \n") or "\n\n" in gap:
            return None
        if page.words[at].key not in ("and", "or"):
            return at
    return None


def _gap(page: Page, at: int) -> str:
    """What stands between words *at* and *at* + 1."""
    return page.folded[page.words[at].end : page.words[at + 1].start]


def _inside(page: Page, at: int) -> bool:
    """Whether word *at* stands inside a sentence, so that its capital means a name."""
    word = page.words[at]
    return page.is_name(Match(word.start, word.end, at, at + 1, 0, ())) or word.text.isupper()


def _names(posting: Posting) -> set[str]:
    """In lower case, what is a name here: in the title, headings, fields and addresses."""
    document = posting.document
    texts = [posting.title_text]
    texts += [document.text(b.span) for b in document.blocks if b.kind not in _PROSE]
    texts += [field.value for field in document.fields if len(field.value) < 200]
    texts += [thing.text for thing in document.things]
    return {part for text in texts for part in _WORD_PARTS.findall(text.lower())}


def _is_explained(page: Page, name: str) -> bool:
    """Whether the long form of *name* stands anywhere, or *name* in brackets after words."""
    return name in _in_brackets(page) or name.lower() in _initials(page, len(name))


def _in_brackets(page: Page) -> set[str]:
    """What stands in brackets after its meaning, or has what may be its meaning in brackets."""
    found: set[str] | None = page.__dict__.get("in_brackets")
    if found is None:
        found = {match[1] for match in _BRACKETED.finditer(page.folded)}
        found |= {m[1] for m in _BEFORE_BRACKET.finditer(page.folded) if m[1][0] == m[2].upper()}
        page.__dict__["in_brackets"] = found
    return found


def _initials(page: Page, size: int) -> set[str]:
    """The first letters of each *size* words that follow each other without punctuation."""
    known: dict[int, set[str]] = page.__dict__.setdefault("initials", {})
    if size not in known:
        known[size] = {r[i : i + size] for r in _runs(page) for i in range(len(r) - size + 1)}
    return known[size]


def _runs(page: Page) -> Iterator[str]:
    """For each stretch the first letters of all its words, and of all but the small ones."""
    stretch: list[str] = []
    end = 0
    for word in page.words:
        gap = page.folded[end : word.start]
        if gap.strip("- &/\n") or "\n\n" in gap:
            yield from _letters(stretch)
            stretch = []
        stretch.append(word.key)
        end = word.end
    yield from _letters(stretch)


def _letters(keys: list[str]) -> Iterator[str]:
    yield "".join(key[0] for key in keys)
    yield "".join(key[0] for key in keys if key not in _SMALL)
