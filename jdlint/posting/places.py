"""Finds where the work is done: fields first, then location sections and labels, then prose.

Prose counts only where nothing else names a place, and only beside words such as "based
in". A value that is plainly a place but not one we know is kept with code None.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Set

from msgspec.structs import replace

from jdlint.language.late import late
from jdlint.language.words import fold
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.gazetteer import Spot, gazetteer, is_no_place, names, spots
from jdlint.posting.lexicon import Mark, Words
from jdlint.posting.model import Place, Section
from jdlint.posting.placefield import Located, located
from jdlint.posting.placeprose import is_home
from jdlint.read.offsets import Block, BlockKind, Document

MOST = 50
"""How many places are kept for one posting."""

LONGEST = 600
"""How many characters of a location section are looked at."""

SHORT = 60
"""A value of a location that is longer than this is prose, not the name of a place."""

OPENING = 15
"""How far into a line a place may stand to be what the line is about."""

HEAD = 8
"""So many blocks at the top may give facts in short lines below the title."""

LONGEST_HEAD = 120
"""A line of more characters than this is no such line."""

_OPENS = late(r"(?:^|[|\u2022\u00b7,(/*]| [-\u2013\u2014@]|\b(?:in|at)) ?\Z")
_DENIED = late(r"[^\n:]{0,20}: ?(?:no|none|n/a)\b|(?:[ -][^\W_]+){0,2} not\b", re.IGNORECASE)
"""What follows words for remote work to deny it: "Remote job: No", "remote work is not"."""

_CLOSES = late(
    r"(?: \d{5}| [A-Z]{1,2}\d[A-Z\d]?(?: \d[A-Z]{2})?|) ?"
    r"(?:\Z|[|\u2022\u00b7,()/;*]|[-\u2013\u2014] )"
)
_INSIDE = late(r"\b(?:in|at|near|from) (?:the )?(?:downtown |central |greater )?\Z")
_REACH = late(
    r"[ \-(,:/]{0,4}(?:(?:in|within|from|across|throughout|anywhere|the|only|based|role|position|"
    r"work)\b"
    r"[ \-(,:]{0,3}){0,3}\Z"
)
_ASIDE = late(r"[ ,(/-]{1,3}\Z")
_LIST = late(r"(?:,? (?:and|or|&) |, |/| / |; ?)(?:in |the )?\Z")
_LEAD_GAP = late(r"[ \n]?(?:(?:our|the|downtown|central|beautiful|sunny|either|greater) ){0,2}\Z")
_SENTENCE_END = late(r"[.!?;]\s+[A-Z]|\n\n")


def find_places(
    document: Document, sections: tuple[Section, ...] = (), words: Words | None = None
) -> tuple[Place, ...]:
    """The places of work, the surest first; empty where the posting names none.

    *words* are those of the folded text, where the caller has them.
    """
    search = _Search(document, sections, Words(fold(document.plain)) if words is None else words)
    found = [_of_field(field) for field in located(document.fields)]
    found += search.stated()
    if not any(place.code for place in found):
        told = search.told() + search.stated(implied=True)
        found += [replace(place, weak=True) for place in told]
    if not any(place.remote for place in found):
        found += search.remote()
    return _merged(_cleared(found, search.text))


def _of_field(field: Located) -> Place:
    return Place(field.text, field.code, None, field.remote)


def _cleared(found: list[Place], text: str) -> list[Place]:
    """*found* with the code of an unclear name that only one country of the others has."""
    if all(place.code for place in found):
        return found
    countries = {place.code.partition("-")[0] for place in found if place.code}
    if not countries and "\u00a3" in text:
        countries = {"GB"}
    return [_clear(place, countries) if place.code is None else place for place in found]


def _clear(place: Place, countries: Set[str]) -> Place:
    """*place* with the one code that its name may have in *countries*, if there is one."""
    folded = fold(place.text)
    seen = spots(folded, names(Words(folded)))
    fits = {c for spot in seen for c in spot.choices if c.partition("-")[0] in countries}
    if len(seen) != 1 or len(fits) != 1 or place.remote:
        return place
    return replace(place, code=fits.pop())


def _merged(found: Iterable[Place]) -> tuple[Place, ...]:
    """Each place once: the first mention, remote if any mention is.

    Two names with one code are two places, such as towns of one region.
    """
    kept: dict[tuple[str, str], Place] = {}
    reach: dict[str, tuple[str, str]] = {}
    for place in found:
        key = place.code or "", place.text.partition(",")[0].casefold()
        if place.code and (place.remote or place.code in reach):
            key = reach.setdefault(place.code, next((k for k in kept if k[0] == place.code), key))
        first = kept.get(key)
        if first is None:
            kept[key] = place
        elif place.remote and not first.remote:
            kept[key] = replace(first, remote=True)
        if len(kept) == MOST:
            break
    return tuple(kept.values())


class _Search:
    """The places in one document's text."""

    def __init__(self, document: Document, sections: tuple[Section, ...], words: Words) -> None:
        self.text = words.text
        self.words = words
        self._document = document
        self._sections = sections
        self._marks = gazetteer().speech.marks(self.words)
        self._spots = spots(self.text, names(self.words))
        self._starts = [block.span.start for block in document.blocks]
        self._remote = [mark for mark in self._marks if self._is_remote(mark)]

    def stated(self, *, implied: bool = False) -> list[Place]:
        """Places in location sections, behind labels and in the title.

        *implied*: those in sentences that speak of a location, instead.
        """
        found: list[Place] = []
        for start, end in self._bodies(implied=True) if implied else self._ranges():
            here = self._within(start, end)
            if not here and (unknown := self._unknown(start, end)):
                here = [unknown]
            found += here
        for section in self._sections if not implied else ():
            if section.heading and SectionKind.LOCATION in section.kinds:
                found += self._within(*section.heading)
        return found if implied else found + self._title() + self._head()

    def told(self) -> list[Place]:
        """Places in prose, beside words such as "based in", and lists that begin so."""
        found: list[Place] = []
        last: Spot | None = None
        for spot in self._spots:
            near = self._led(spot) or self._tailed(spot) or is_home(self.words, spot)
            if near or self._follows(spot, last):
                last = spot
                if not self._excepted(spot):
                    found.append(self._place(spot))
        return found

    def remote(self) -> list[Place]:
        """The clearest statement that the work is remote: one that names its reach, if any does."""
        return self._best_reach([mark for mark in self._remote if "sure" in mark.roles])

    def _best_reach(self, marks: list[Mark]) -> list[Place]:
        reaches = [self._reach(mark) for mark in marks[:MOST]]
        named = [reach for reach in reaches if any(place.code for place in reach)]
        return next(iter(named or reaches), [])

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """The stretches of text that name a place of work, in order."""
        found = list(self._bodies(implied=False))
        blocks = self._document.blocks
        for index, block in enumerate(blocks):
            if (end := self._label_end(block)) is None:
                continue
            rest = self._line(end, block.span.end)
            if rest[0] < rest[1]:
                found.append(rest)
            elif index + 1 < len(blocks) and blocks[index + 1].kind is not BlockKind.HEADING:
                following = blocks[index + 1].span
                found.append((following.start, min(following.end, following.start + 200)))
        return iter(sorted(set(found)))

    def _bodies(self, *, implied: bool) -> Iterator[tuple[int, int]]:
        """The location sections, under headings or *implied* by their words alone."""
        for section in self._sections:
            if SectionKind.LOCATION in section.kinds and section.implied == implied:
                start, end = section.body
                yield start, min(end, start + LONGEST)

    def _label_end(self, block: Block) -> int | None:
        """Where the value of a block labelled as a location begins."""
        start = block.span.start
        if block.kind is BlockKind.FIELD and block.name:
            name = block.name.lower().replace("_", " ").replace("-", " ")
            return start if gazetteer().labels.roles(name) else None
        if ":" not in self.text[start : start + SHORT]:
            return None
        at = self.words.at(start)
        if at >= len(self.words.keys) or self.words.starts[at] - start > 3:
            return None
        found = gazetteer().labels.starting(self.words, at)
        if found is None:
            return None
        end = self.words.end(found[1])
        colon = self.text[end : end + 3].lstrip(" )s")[:1] == ":"
        return self.text.index(":", end) + 1 if colon else None

    def _line(self, start: int, end: int) -> tuple[int, int]:
        """The first line of ``start:end`` that holds something, its blanks cut off."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        stop = self.text.find("\n", start, end)
        return start, end if stop < 0 else stop

    def _within(self, start: int, end: int) -> list[Place]:
        """The places named in ``start:end``; remote work there needs no more than the word."""
        found: list[Place] = []
        last: Spot | None = None
        for spot in self._spots[bisect_left(self._spots, start, key=_start) :]:
            if spot.start >= end:
                break
            if self._counts(spot, start, last):
                last = spot
                if not self._excepted(spot):
                    found.append(self._place(spot))
        return found + self._best_reach([m for m in self._remote if start <= m.start < end])

    def _counts(self, spot: Spot, start: int, last: Spot | None) -> bool:
        """Whether a name where a place is expected is one, and not part of a longer sentence."""
        index = max(bisect_right(self._starts, spot.start) - 1, 0)
        block = self._document.blocks[index].span
        line = self.text.rfind("\n", block.start, spot.start)
        if line > block.start and self.text[line - 1] in ".:;!?)":
            start = max(start, line + 1)
        start = max(start, block.start)
        if block.end - block.start <= SHORT or spot.start - start <= OPENING:
            return True
        if self._follows(spot, last) or self._led(spot) or self._tailed(spot):
            return True
        before = self.text[max(start, spot.start - 20) : spot.start]
        return _INSIDE.search(before) is not None and (spot.code is None or "-" in spot.code)

    def _follows(self, spot: Spot, last: Spot | None) -> bool:
        """Whether a place continues a list that began with an accepted one."""
        return last is not None and _LIST.match(self.text[last.end : spot.start]) is not None

    def _unknown(self, start: int, end: int) -> Place | None:
        """The value of a location that is no place we know, if it is short enough to be one."""
        text = self.text[start:end].strip()
        if not any(char.isalpha() for char in text) or len(text) > SHORT or "\n" in text:
            return None
        if is_no_place(text):
            return None
        start = self.text.index(text, start)
        return self._make(start, start + len(text), None)

    def _title(self) -> list[Place]:
        """Places and remote work in the first heading, behind a dash, a comma or a bracket."""
        block = next(iter(self._document.blocks), None)
        if block is None or block.kind is not BlockKind.HEADING:
            return []
        found = []
        for spot in self._spots:
            if spot.start >= block.span.end:
                break
            if self.text[max(0, spot.start - 2) : spot.start].strip() in ("-", "(", ",", "|", "in"):
                found.append(self._place(spot))
        return found + [
            place
            for mark in self._remote
            if mark.end <= block.span.end
            for place in self._reach(mark)
        ]

    def _head(self) -> list[Place]:
        """Places that stand for themselves in the short lines at the top: ``Leeds | £30,000``."""
        found: list[Place] = []
        at = 0
        for block in self._document.blocks[:HEAD]:
            if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH):
                continue
            while at < len(self._spots) and self._spots[at].start < block.span.end:
                spot = self._spots[at]
                at += 1
                if spot.start >= block.span.start and self._is_alone(spot, block):
                    found.append(self._place(spot))
        return found

    def _is_alone(self, spot: Spot, block: Block) -> bool:
        """Whether a place stands between signs in a short line of *block* that is no sentence."""
        low = max(block.span.start, spot.start - LONGEST_HEAD)
        high = min(block.span.end, spot.end + LONGEST_HEAD)
        start = max(self.text.rfind("\n", low, spot.start) + 1, low)
        end = self.text.find("\n", spot.end, high)
        end = high if end < 0 else end
        if end - start > LONGEST_HEAD or self.text[end - 1] in ".!?,:;":
            return False
        before, behind = self.text[start : spot.start], self.text[spot.end : end]
        return bool(_OPENS.search(before) and _CLOSES.match(behind))

    def _place(self, spot: Spot) -> Place:
        return self._make(spot.start, spot.end, spot.code)

    def _make(self, start: int, end: int, code: str | None, remote: bool = False) -> Place:
        text = " ".join(self._document.plain[start:end].split())
        return Place(text, code, PlainSpan(start, end), remote)

    def _is_remote(self, mark: Mark) -> bool:
        """Whether a word for remote work speaks of this job, and does not deny it."""
        if not mark.roles & {"sure", "loose"}:
            return False
        keys, known = self.words.keys, gazetteer()
        before = keys[mark.first - 1] if mark.first else ""
        after = keys[mark.last + 1 : mark.last + 4]
        if before in known.not_before or _DENIED.match(self.text, mark.end):
            return False
        return "sure" in mark.roles or after[:1] == [] or after[0] not in known.not_after

    def _reach(self, mark: Mark) -> list[Place]:
        """Remote work and the places it is limited to, or a place without code."""
        at = bisect_left(self._spots, mark.end, key=_start)
        found: list[Place] = []
        start, end = mark.start, mark.end
        for spot in self._spots[at : at + MOST]:
            gap = self.text[end : spot.start]
            if len(gap) > 40 or not (_LIST.match(gap) if found else _REACH.match(gap)):
                break
            if self._excepted(spot):
                break
            found.append(self._make(spot.start if found else start, spot.end, spot.code, True))
            end = spot.end
        if found:
            return found
        if at and _ASIDE.fullmatch(self.text, self._spots[at - 1].end, mark.start):
            spot = self._spots[at - 1]
            return [self._make(spot.start, mark.end, spot.code, True)]
        return [self._make(mark.start, mark.end, None, True)]

    def _led(self, spot: Spot) -> bool:
        """Whether words such as "based in" stand in front of a place, and not of clients."""
        at = bisect_left(self._marks, spot.start, key=_mark_start) - 1
        for mark in self._marks[max(0, at - 1) : at + 1]:
            gap = self.text[mark.end : spot.start]
            if (
                mark.end <= spot.start
                and "lead" in mark.roles
                and len(gap) < SHORT
                and _LEAD_GAP.match(gap)
            ):
                return (
                    self.words.keys[mark.first - 1] not in gazetteer().strangers
                    if mark.first
                    else True
                )
        return False

    def _tailed(self, spot: Spot) -> bool:
        """Whether "-based" or "office" follows a place."""
        at = self.words.at(spot.end)
        if at >= len(self.words.keys) or self.words.starts[at] - spot.end > 1:
            return False
        return self.words.keys[at] in gazetteer().tail

    def _excepted(self, spot: Spot) -> bool:
        """Whether a word such as "except" stands in front of a place in the same sentence."""
        at = bisect_left(self._marks, spot.start, key=_mark_start) - 1
        for mark in reversed(self._marks[max(0, at - 4) : at + 1]):
            if "except" in mark.roles:
                gap = self.text[mark.end : spot.start]
                return len(gap) <= 120 and _SENTENCE_END.search(gap) is None
        return False


def _start(spot: Spot) -> int:
    return spot.start


def _mark_start(mark: Mark) -> int:
    return mark.start


def country_of(places: Iterable[Place]) -> str | None:
    """The country that all places with a code lie in, by ISO 3166-1; None where they differ."""
    countries = {place.code.partition("-")[0] for place in places if place.code}
    return countries.pop() if len(countries) == 1 else None
