"""What a text says without a heading: pay, place, the way to apply, found by its words.

A cue is a set of word patterns (``rules/_data/sections.yaml``). It is asked sentence by
sentence, where no heading has announced its kind already, and gives an implied section.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property, lru_cache
from itertools import groupby
from typing import Any

import msgspec

from jdlint.language import sentences
from jdlint.language.words import Columns, fold
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.lines import Line
from jdlint.posting.model import Section
from jdlint.posting.patterns import Index, PatternIndex, compile_index
from jdlint.posting.sections import Draft, Outline
from jdlint.posting.wording import Kinds, in_language, wording
from jdlint.read.offsets import BlockKind, Document

CONFIDENCE = 0.6
"""How sure an implied section is (0 to 1)."""

FEWEST_DUTIES = 3
"""So many list items that begin with a verb of work are a list of duties."""

K = SectionKind

_TELLING_LITTLE = frozenset(
    {K.OTHER, K.ABOUT_ROLE, K.ABOUT_COMPANY, K.TITLE, K.PAY, K.LOCATION, K.WORKING_PATTERN}
) | {K.CLOSING_DATE}
_DEMANDS = frozenset({K.REQUIREMENTS, K.NICE_TO_HAVE})
_ALSO = {"lists": _DEMANDS, "applying": frozenset({K.HOW_TO_APPLY})}
_WORK = _DEMANDS | {K.RESPONSIBILITIES}

_BESIDE = frozenset(
    {K.PAY, K.LOCATION, K.WORKING_PATTERN, K.CLOSING_DATE, K.HOW_TO_APPLY, K.PRIVACY}
)
"""What an equal-opportunity statement may say besides; its other words only sound alike."""

_STATEMENTS = frozenset({K.EQUAL_OPPORTUNITY, K.ADJUSTMENTS})

LONGEST_STATEMENT = 1500
"""A paragraph of more characters than this is no single statement; its sentences may be."""


_PARTS = ("hit", "one", "two", "not", "unless")
"""What a pattern may be to a cue: a hit, half of one, or a reason against it."""


class Cue(msgspec.Struct, frozen=True, array_like=True):
    """How one kind shows in a text. See the comments in the data for the parts."""

    kind: SectionKind
    where: str
    whole: bool
    always: bool

    def listens(self, around: Kinds, item: bool) -> bool:
        """Whether text (a list *item* or not) in a section of the kinds *around* is asked."""
        if self.kind in around:
            return False
        if self.where == "anywhere" or _TELLING_LITTLE.issuperset(around):
            return True
        if self.where == "prose":
            return not (item and _WORK.issuperset(around))
        return any(kind in _ALSO.get(self.where, ()) for kind in around)


class Cues(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """All cues of one language, as the cache keeps them, their patterns in one index."""

    cues: tuple[Cue, ...]
    index: Index

    @cached_property
    def patterns(self) -> PatternIndex[int]:
        """The patterns, tagged with the number of their cue and what they are to it.

        Both are in one number: ``cue * len(_PARTS) + part``.
        """
        return PatternIndex.ready(self.index)


@cache
def cues(language: str = "en") -> Cues:
    """The cues of *language*, an ISO 639-1 code; KeyError if there are none."""
    found: Cues = in_language("cues", language, _cues, Cues)
    return found


def _cues(data: Mapping[str, Any]) -> Cues:
    told = data["cues"]
    return Cues(
        tuple(
            Cue(K(name), d.get("where", "anywhere"), bool(d.get("whole")), bool(d.get("always")))
            for name, d in told.items()
        ),
        compile_index(pair for at, d in enumerate(told.values()) for pair in _tagged(at, d)),
    )


def _tagged(at: int, data: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    one, two = data.get("both", ((), ()))
    parts = (data["patterns"], one, two, data.get("not", ()), data.get("unless", ()))
    for part, patterns in enumerate(parts):
        for pattern in patterns:
            yield pattern, at * len(_PARTS) + part


@lru_cache(maxsize=1000)
def _asked(found: frozenset[SectionKind], around: Kinds, item: bool) -> frozenset[int]:
    """The tags of the cues that are asked in a section of the kinds *around*.

    Those of kinds that headings have *found* already are asked only if they always are.
    """
    size = len(_PARTS)
    return frozenset(
        tag
        for at, cue in enumerate(cues().cues)
        if (cue.always or cue.kind not in found) and cue.listens(around, item)
        for tag in range(at * size, (at + 1) * size)
    )


@cache
def _of_kind(kind: SectionKind) -> frozenset[int]:
    """The tags of the cues of *kind*."""
    tags = range(len(cues().cues) * len(_PARTS))
    return frozenset(tag for tag in tags if cues().cues[tag // len(_PARTS)].kind is kind)


def is_wish(words: Sequence[str]) -> bool:
    """Whether *words*, in lower case, say that something is welcome but not needed."""
    told = cues().patterns.find(words, wanted=_of_kind(K.NICE_TO_HAVE))
    return _speaks([Match(a, b, _PARTS[tag % len(_PARTS)]) for a, b, tag in told])


class Match(msgspec.Struct, frozen=True):
    """A pattern that was found, by its place in the plain text (or among the words).

    *part* is what it is to its cue.
    """

    start: int
    end: int
    part: str


class Passage(msgspec.Struct, frozen=True):
    """Text of one block that stands in one section (or none)."""

    block: int
    start: int
    end: int
    kind: BlockKind
    around: Kinds


class Listener:
    """Finds implied sections in a document whose headings are known."""

    def __init__(self, folded: str, words: Columns, found: Iterable[SectionKind]) -> None:
        self.folded = folded
        self.found = frozenset(found)
        self._starts, self._ends, _, self._keys = words

    def implied(self, outline: Outline) -> list[Section]:
        """The implied sections, in order within each kind."""
        told = list(passages(outline))
        sections = self._duties(told)
        begins = cues().patterns.starts(self._keys)
        for passage in told:
            wanted = _asked(self.found, passage.around, passage.kind is BlockKind.ITEM)
            if wanted:
                sections += self._heard(passage, self._matches(passage, wanted, begins))
        return _merged(sections, self.folded)

    def _matches(
        self, passage: Passage, wanted: Set[int], begins: Sequence[int]
    ) -> dict[int, list[Match]]:
        """What *passage* holds, by cue: the *wanted* tags, which begin at the words *begins*."""
        first = bisect_left(self._starts, passage.start)
        last = bisect_left(self._starts, passage.end, first)
        here = begins[bisect_left(begins, first) : bisect_left(begins, last)]
        found: dict[int, list[Match]] = {}
        if not here:
            return found
        keys = self._keys[first:last]
        for a, b, tag in cues().patterns.find(keys, [at - first for at in here], wanted):
            cue, part = divmod(tag, len(_PARTS))
            start, end = self._starts[first + a], self._ends[first + b - 1]
            found.setdefault(cue, []).append(Match(start, end, _PARTS[part]))
        return {cue: matches for cue, matches in found.items() if _may_speak(matches)}

    def _heard(self, passage: Passage, told: Mapping[int, Sequence[Match]]) -> Iterator[Section]:
        """The sections that the matches of the cues *told* give away, sentence by sentence."""
        if not told:
            return
        short = passage.end - passage.start <= LONGEST_STATEMENT
        bounds = sentences.split(self.folded, passage.start, passage.end)
        for number, matches in sorted(told.items()):
            cue = cues().cues[number]
            for span, inside in _by_sentence(bounds, matches):
                if _speaks(inside):
                    whole = (passage.start, passage.end) if cue.whole and short else span
                    yield _section(cue.kind, PlainSpan(*whole), (passage.block,))

    def _duties(self, told: Sequence[Passage]) -> list[Section]:
        """Lists of duties: items that begin with a verb of work, under no telling heading."""
        if K.RESPONSIBILITIES in self.found:
            return []
        found = []
        for is_item, group in groupby(told, key=lambda p: p.kind is BlockKind.ITEM):
            items = [p for p in group if is_item and _TELLING_LITTLE.issuperset(p.around)]
            acting = [p for p in items if self._first_word(p) in wording().duties]
            if len(acting) >= FEWEST_DUTIES and 2 * len(acting) >= len(items):
                span = PlainSpan(items[0].start, items[-1].end)
                found.append(_section(K.RESPONSIBILITIES, span, tuple(p.block for p in items)))
        return found

    def _first_word(self, passage: Passage) -> str:
        at = bisect_left(self._starts, passage.start)
        return self._keys[at] if at < len(self._keys) else ""


def _by_sentence(
    bounds: Iterable[tuple[int, int]], matches: Sequence[Match]
) -> Iterator[tuple[tuple[int, int], list[Match]]]:
    """Each sentence that holds matches, with the first of them (as many as it may need)."""
    at = 0
    for start, end in bounds:
        first = at
        while at < len(matches) and matches[at].start < end:
            at += 1
        inside = [m for m in matches[first : min(at, first + _MOST)] if m.end <= end]
        if inside:
            yield (start, end), inside


_MOST = 200
"""So many matches of one sentence are looked at; a longer one is no sentence."""


def passages(outline: Outline) -> Iterator[Passage]:
    """The text below headings, block by block; headings themselves are left out."""
    pairs = zip(outline.lines, outline.owners, strict=True)
    below = (pair for at, pair in enumerate(pairs) if at not in outline.headings)
    for (block, around), group in groupby(below, key=_place):
        lines = [line for line, _ in group]
        yield Passage(block, lines[0].start, lines[-1].end, lines[0].kind, around)


def _place(pair: tuple[Line, Draft | None]) -> tuple[int, Kinds]:
    """The block and the kinds of a line; a button ("Apply now") says nothing of what follows."""
    line, draft = pair
    return line.block, () if draft is None or draft.is_button else draft.verdict.kinds


def _may_speak(matches: Sequence[Match]) -> bool:
    """Whether a sentence with all *matches* of one cue could say that its kind is there."""
    parts = {match.part for match in matches}
    return "hit" in parts or {"one", "two"} <= parts


def _speaks(matches: list[Match]) -> bool:
    """Whether one sentence's matches of one cue say that its kind is there."""
    if any(match.part == "unless" for match in matches):
        return False
    against = [match for match in matches if match.part == "not"]
    if against:
        matches = [m for m in matches if not any(_overlap(m, other) for other in against)]
    return _may_speak(matches)


def _overlap(one: Match, two: Match) -> bool:
    return one.start < two.end and two.start < one.end


def sentence_about(kind: SectionKind, span: PlainSpan, document: Document) -> Section:
    """An implied section of *kind*: the sentence in which the fact at *span* stands."""
    starts = [block.span.start for block in document.blocks]
    at = max(bisect_right(starts, span.start) - 1, 0)
    block = document.blocks[at].span
    for start, end in sentences.split(fold(document.text(block))):
        if block.start + start <= span.start < block.start + end:
            reach = max(block.start + end, span.end)
            return _section(kind, PlainSpan(block.start + start, reach), (at,))
    return _section(kind, span, (at,))


def _section(kind: SectionKind, span: PlainSpan, blocks: tuple[int, ...]) -> Section:
    return Section((kind,), None, span, blocks, confidence=CONFIDENCE, implied=True)


def _in(section: Section, spans: Sequence[PlainSpan]) -> bool:
    """Whether *section* lies in one of the sorted *spans*."""
    at = bisect_right(spans, section.body.start, key=lambda span: span.start) - 1
    return at >= 0 and section.body.end <= spans[at].end


def _merged(sections: list[Section], folded: str) -> list[Section]:
    """*sections* with neighbours of one kind made one, and what lies in another dropped."""
    statements = sorted(s.body for s in sections if s.kind in _STATEMENTS)
    sections = [s for s in sections if s.kind in _STATEMENTS | _BESIDE or not _in(s, statements)]
    runs: list[list[Section]] = []
    reach = 0
    for section in sorted(sections, key=lambda s: (s.kind, s.body.start, -s.body.end)):
        new = not runs or runs[-1][0].kind is not section.kind
        if new or folded[reach : section.body.start].strip(" \n•"):
            runs.append([])
            reach = 0
        runs[-1].append(section)
        reach = max(reach, section.body.end)
    return [_joined(run) for run in runs]


def _joined(run: Sequence[Section]) -> Section:
    """Neighbours of one kind as one section."""
    span = PlainSpan(run[0].body.start, max(section.body.end for section in run))
    blocks = dict.fromkeys(block for section in run for block in section.blocks)
    return _section(run[0].kind, span, tuple(blocks))
