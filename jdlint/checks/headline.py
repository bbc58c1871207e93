"""What a title repeats that the posting says elsewhere, two jobs in one, and capitals.

Brains of ``python`` cards; their words are options of the cards.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from jdlint.checks.card import PythonCard
from jdlint.checks.protocol import Context
from jdlint.checks.titles import placed
from jdlint.language.late import late
from jdlint.model import Hit
from jdlint.posting.model import Posting
from jdlint.posting.wording import wording
from jdlint.read.offsets import Layout

COMPANY_FIELDS = (
    "company", "company_name", "employer", "employer_name", "organisation", "organization",
    "hiring_organization", "hiringOrganization.name", "hiring_organization.name", "agency",
)  # fmt: skip
"""Fields beside the prose that name the employer."""

_LETTERS = late(r"[^\W\d_]+")
_MOST = 300
_SHOUTED = 4
"""A word in capitals with fewer letters than this may well be an acronym."""


def capitals(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """A title in capitals; words among *acronyms*, and short ones, may have them.

    Where other headings are in capitals, too, these are what marks a heading.
    """
    if any(section.layout is Layout.CAPS for section in posting.sections):
        return
    written = _LETTERS.findall(posting.title_text[:_MOST])
    if not any(len(w) >= _SHOUTED and w.isupper() for w in written):
        return
    fine = {word.upper() for word in (*_words(card, "acronyms"), *_parts(context.names))}
    found = [w for w in written if w.upper() not in fine]
    shouted = [w for w in found if len(w) >= _SHOUTED and w.isupper()]
    loud = sum(map(len, shouted))
    long_ = len(shouted) > 1 or any(len(word) > _SHOUTED for word in shouted)
    if long_ and 100 * loud >= _number(card, "share") * sum(map(len, found)):
        yield Hit(card.id, posting.title)


def _parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from name.split()


def _words(card: PythonCard, option: str) -> list[str]:
    found = card.options.get(option, [])
    return found if isinstance(found, list) else []


def _number(card: PythonCard, option: str) -> float:
    return float(str(card.options[option]))


def place(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A place at the end of the title that the posting names outside of it, too."""
    title = posting.title_text[:_MOST]
    if not title or title.isupper():
        return
    territories = {name.casefold() for name in _words(card, "territories")}
    for place in posting.places:
        name = place.text.partition(",")[0].strip(" ()")
        if not name or name.casefold() in territories or place.remote:
            continue
        span = _tail(title, name)
        if span and _is_elsewhere(posting, name):
            yield Hit(card.id, placed(posting, *span), {"match": name})
            return


def _tail(title: str, name: str) -> tuple[int, int] | None:
    """Where *name* ends the title, behind a sign or "in": "Cook, Leeds", "Cook (Leeds)"."""
    behind = r"(?:[(\[|,/:–—]|[ ]-|\b(?:in|at|@))\s*"
    rest = r"\b[^\n(\[|/:–—]*[)\]]?\s*\Z"
    found = re.search(rf"{behind}({re.escape(name)}){rest}", title)
    return found.span(1) if found else None


def _is_elsewhere(posting: Posting, name: str) -> bool:
    """Whether the posting has *name* outside of its title: in the text or in a field."""
    if any(_is_in(name, f.value) and not _is_in(posting.title_text, f.value)
           for f in posting.document.fields):  # fmt: skip
        return True
    plain, title = posting.document.plain, posting.title
    if title is None:
        return _is_in(name, plain)
    rest = plain.replace(posting.title_text, "")
    return _is_in(name, rest)


def _is_in(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def company(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """The employer's name in the title, as a field or the configuration has it."""
    title = posting.title_text[:_MOST]
    field = posting.document.field(*COMPANY_FIELDS)
    for name in sorted({*([field.value.strip()] if field else ()), *context.names}, key=len)[::-1]:
        if name and (span := _at_an_end(title, name)):
            yield Hit(card.id, placed(posting, *span), {"match": name})
            return
    legal = _legal(tuple(_words(card, "legal_forms")))
    if legal is not None and (found := legal.search(title)):
        yield Hit(card.id, placed(posting, *found.span(1)), {"match": found[1]})


@lru_cache(maxsize=16)
def _legal(forms: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds a name before one of the legal *forms*, if there are any."""
    legal = "|".join(map(re.escape, forms))
    return re.compile(rf"\b((?:[A-Z][\w&'.-]* ){{1,4}}(?:{legal}))(?!\w)") if legal else None


def _at_an_end(title: str, name: str) -> tuple[int, int] | None:
    """Where *name* begins the title before a sign, or ends it behind one or behind "at"."""
    escaped = re.escape(name)
    found = re.search(rf"\A({escaped})\s*[-–—:|]\s", title) or re.search(
        rf"(?:[(\[|,–—]|[ ]-|\b(?:at|@))\s*({escaped})[)\]]?\s*\Z", title
    )
    return found.span(1) if found else None


_STROKE = late(r"\s*/\s*")
_ASIDE = late(r"[(\[][^()\[\]]*[)\]]")


def two_jobs(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Two names of *roles* with a stroke between them; *pairs* are two forms of one."""
    title = _ASIDE.sub(lambda m: " " * len(m[0]), posting.title_text[:_MOST])
    more = _words(card, "roles")
    for stroke in _STROKE.finditer(title):
        before = _LETTERS.findall(title[: stroke.start()].rpartition("/")[2])
        after = _LETTERS.findall(re.split(r"[/,|–—]| - ", title[stroke.end() :])[0])
        one, two = _role(before[-1:], more), _role(after, more)
        if not one or not two or one == two or _is_pair(one, two, _words(card, "pairs")):
            continue
        start = title.rfind(before[-1], 0, stroke.start())
        end = stroke.end() + title[stroke.end() :].lower().find(two) + len(two)
        shown = posting.title_text[start:end]
        yield Hit(card.id, placed(posting, start, end), {"match": shown})
        return


def _role(words: Iterable[str], more: Iterable[str]) -> str:
    """The last of *words* that is the name of a role (or one of *more*), in lower case."""
    roles = wording().roles.union(more)
    told = [w.lower() for w in words]
    return next((w for w in reversed(told) if w in roles or w.removesuffix("s") in roles), "")


def _is_pair(one: str, two: str, pairs: Iterable[str]) -> bool:
    """Whether the two are forms of one role: by gender, or one the beginning of the other."""
    if one.startswith(two) or two.startswith(one):
        return True
    return any(f"{a}/{b}" in pairs for a, b in ((one, two), (two, one)))
