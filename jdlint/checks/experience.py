"""Requirement arithmetic: whether the years and the level that a posting names can go together."""

from collections.abc import Iterator

from jdlint.checks.card import PythonCard
from jdlint.checks.protocol import Context
from jdlint.model import Hit, PlainSpan
from jdlint.posting.experience import (
    Years,
    find_years,
    level_of_title,
    levels_of_text,
)
from jdlint.posting.experiencebook import LEVELS, Technology, experiencebook
from jdlint.posting.lexicon import Mark, Words
from jdlint.posting.model import Posting

_FIRM = 2
"""Levels that lie so far apart contradict each other (junior and senior do)."""


def against_level(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Years that a beginner cannot have, for a role whose title says that it is for beginners."""
    demands = _firm(posting)
    level = level_of_title(posting) if demands else None
    if level is None or LEVELS[level.rank] not in card.options:
        return
    for years in demands:
        if years.least >= _number(card, LEVELS[level.rank]):
            yield _hit(card, posting, years, level=level.text)


def against_technology(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """More years with one technology than it has been to be had."""
    demands = _years(posting)
    if not demands:
        return
    words = posting.parts
    for years in demands:
        found = _behind(words, years) or _before(words, years)
        if found is None:
            continue
        mark, known = found
        age = context.as_of.year - known.year
        if years.least > age:
            span = PlainSpan(min(years.span.start, mark.start), max(years.span.end, mark.end))
            first, most = str(known.year), str(max(age, 0))
            yield _hit(
                card, posting, years, over=span, technology=known.name, year=first, most=most
            )


def over_total(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Years for a part of the work that exceed the years for all of it."""
    demands = _firm(posting)
    totals = [years.least for years in demands if years.total]
    for years in demands if len(totals) == 1 else ():
        if not years.total and years.least > totals[0]:
            yield _hit(card, posting, years, total=str(totals[0]))


def stacked(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Many separate spans of years that add up to more than anybody should count together."""
    least = _number(card, "years_each")
    demands = [years for years in _firm(posting) if years.least >= least and not years.total]
    together = sum(years.least for years in demands)
    many = len(demands) >= _number(card, "at_least")
    if many and together >= _number(card, "years_together"):
        count = str(len(demands))
        yield _hit(card, posting, demands[0], count=count, together=str(together))


def levels_apart(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A level in the text that contradicts the one in the title."""
    title = level_of_title(posting)
    if title is None:
        return
    for level in levels_of_text(posting):
        if abs(level.rank - title.rank) >= _FIRM:
            text = " ".join(level.text.split())
            yield Hit(card.id, level.span, {"match": text, "title": title.text})
            return


def _number(card: PythonCard, option: str) -> float:
    """An option of *card* that is a number; a card file holds it as text."""
    return float(str(card.options[option]))


def _years(posting: Posting) -> tuple[Years, ...]:
    """The years that the posting asks for, found once for all cards."""
    found: tuple[Years, ...] | None = posting.__dict__.get("years")
    if found is None:
        found = posting.__dict__["years"] = find_years(posting)
    return found


def _firm(posting: Posting) -> list[Years]:
    """The years that are demanded, and not as one way among several."""
    return [years for years in _years(posting) if not (years.wish or years.instead)]


def _hit(
    card: PythonCard,
    posting: Posting,
    years: Years,
    *,
    over: PlainSpan | None = None,
    **values: str,
) -> Hit:
    span = over or years.span
    match = " ".join(posting.document.text(span).split())
    return Hit(card.id, span, {"match": match, "years": str(years.least), **values})


def _behind(words: Words, years: Years) -> tuple[Mark, Technology] | None:
    """The one technology on which the years are to be spent: "10 years of Kubernetes"."""
    book = experiencebook()
    at = words.at(years.span.end)
    while at < len(words.keys) and words.starts[at] < years.end and words.keys[at] in book.filler:
        at += 1
    mark = _technology(words, at)
    if mark is None or mark.start >= years.end or not _plain(words, at - 1, at):
        return None
    known = book.technologies[mark.phrase]
    return (mark, known) if _is_written(words, mark, known) and _alone(words, mark, years) else None


def _before(words: Words, years: Years) -> tuple[Mark, Technology] | None:
    """The technology in front of the years: "Kubernetes: 10+ years", "Kubernetes (10 years)"."""
    gap_end = years.span.start
    at = words.before(gap_end)
    if at >= 0 and words.keys[at] == "experience":
        gap_end, at = words.starts[at], at - 1
    book = experiencebook()
    found = book.named.ending(words, at) if at >= 0 else None
    if found is None:
        return None
    phrase, first = found
    gap = words.text[words.end(at) : gap_end].strip(" ")
    labelled = gap in (":", "(", "-") or (not gap and gap_end < years.span.start)
    if not labelled or not _opens(words, first) or not _ends(words, years):
        return None
    mark = Mark(words.starts[first], words.end(at), first, at, frozenset(), phrase)
    known = book.technologies[phrase]
    return (mark, known) if _is_written(words, mark, known) else None


def _opens(words: Words, at: int) -> bool:
    """Whether a line, an item or a new part of a list begins with word *at*."""
    lead = words.text[max(0, words.starts[at] - 2) : words.starts[at]].strip(" ")
    return not lead or lead in "\n\n,;*-"


def _ends(words: Words, years: Years) -> bool:
    """Whether nothing behind the years says what else they are for."""
    rest = words.text[years.span.end : years.end].lstrip(" ")
    return not rest or rest[0] in "),;.\n" or rest.startswith("experience")


def _technology(words: Words, at: int) -> Mark | None:
    found = experiencebook().named.starting(words, at)
    if found is None:
        return None
    phrase, last = found
    return Mark(words.starts[at], words.end(last), at, last, frozenset(), phrase)


def _is_written(words: Words, mark: Mark, known: Technology) -> bool:
    """Whether a name that is also a word of everyday language has its capital."""
    return not known.cased or words.text[mark.start].isupper()


def _plain(words: Words, first: int, last: int) -> bool:
    """Whether nothing but blanks parts two words."""
    gap = words.text[words.end(first) : words.starts[last]]
    return not gap.strip(" \n'+.")


def _alone(words: Words, mark: Mark, years: Years) -> bool:
    """Whether the years are for this technology alone, and no list or choice goes on from it."""
    at = mark.last + 1
    if at >= len(words.keys) or words.starts[at] >= years.end:
        return True
    gap = words.text[mark.end : words.starts[at]]
    following = words.keys[at]
    if following in ("and", "plus") and at + 1 < len(words.keys):
        return words.keys[at + 1].isdigit()
    if gap.strip(" \n") in (")", ".", ";", ")."):
        return True
    return following in experiencebook().ends - {"or"} and gap.strip(" \n") in ("", ",")
