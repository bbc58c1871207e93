"""Finds the years of experience that a posting asks for, and the levels it names."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

import msgspec

from jdlint.language.late import late
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.experiencebook import LEVELS, experiencebook
from jdlint.posting.lexicon import Mark, Words
from jdlint.posting.model import Posting
from jdlint.read.offsets import Block, BlockKind

_NUMBERS = {word: n for n, word in enumerate(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
     "twelve", "thirteen", "fourteen", "fifteen"), 1)} | {"twenty": 20}  # fmt: skip
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
_YEARS = late(
    rf"(?<![\w.$£€/-]){_NUMBER}(?: ?\(\d{{1,2}}\))?(?: ?\+)?(?: ?(-|to) ?{_NUMBER})?"
    r"(?: ?(\+|plus|or more))?[ \n-](?:full[ -])?(?:years?|yrs?\b\.?)(?:'s|')?(?![-\w])",
    re.IGNORECASE | re.ASCII,
)
_UNIT = late(r"[yY](?:[eE][aA])?[rR]")
"""What every number of years has; quick to look for before the rest."""

_WORDS = r"(?:[\w/&+#.,'()-]+[ \n]+)"
_EXPERIENCE_BEHIND = late(rf"[ \n]+{_WORDS}{{0,7}}?(?:experience|exp|expertise)\b", re.IGNORECASE)
_DOING = late(
    r"[ \n]+(?:of (?!age\b|study\b|college\b|university\b|school\b|service\b)\w|as an?\b|"
    r"working\b|in an?\b|with\b|using\b|managing\b|leading\b|developing\b|building\b|designing\b|"
    r"programming\b|coding\b|writing\b|selling\b|teaching\b|[A-Z])"
)
_EXPERIENCE_BEFORE = late(r"\bexperience\b\W{1,3}(?:\w+\W{1,2}){0,4}\Z", re.IGNORECASE)
_SENTENCE = late(r"[.!?][)\"']?\s+(?=[A-Z0-9])|;\s|\n(?=\s*[-*\u2022])")
_LABELLED = late(
    r"(?:\A|[,;] ?)(?:[^\d:(,;-]{1,40}[:(-])?\s*(?:at least|minimum|minimum of|a minimum of)?\s*\Z",
    re.IGNORECASE,
)
"""What may stand before a number of years that ends its line: nothing, or a label."""

_BESIDE = 2
"""A phrase that ends so many words before a number is about it."""

_NEAR = 4
"""So many words behind the years "in total" is still about them."""

_FAR = 160
"""How far around the years their sentence is read, in characters."""

_K = SectionKind
_ASKING = frozenset({_K.REQUIREMENTS, _K.NICE_TO_HAVE})
_NOT_ASKING = frozenset({_K.ABOUT_COMPANY, _K.BENEFITS, _K.PAY, _K.EQUAL_OPPORTUNITY, _K.PRIVACY})


class Years(msgspec.Struct, frozen=True):
    """Years of experience asked for: at least *least*, at most *most* (None: no upper end).

    *span* is the number with its unit, *end* where its sentence ends. *wish* says that they
    are only welcome, *instead* that something else will do as well, *total* that all
    experience counts.
    """

    span: PlainSpan
    least: int
    most: int | None
    end: int
    wish: bool = False
    instead: bool = False
    total: bool = False


class Level(msgspec.Struct, frozen=True):
    """A level as the posting names it: an index into :data:`LEVELS`, and the words."""

    rank: int
    text: str
    span: PlainSpan | None = None


def find_years(posting: Posting) -> tuple[Years, ...]:
    """The years of experience that *posting* asks for, in order."""
    if _UNIT.search(posting.folded) is None:
        return ()
    return tuple(_Search(posting).found())


class _Search:
    """The numbers of years in one posting."""

    def __init__(self, posting: Posting) -> None:
        self._posting = posting
        self._text = posting.folded
        self._words = posting.parts

    @cached_property
    def _marks(self) -> list[Mark]:
        return experiencebook().speech.marks(self._words)

    @cached_property
    def _starts(self) -> list[int]:
        return [mark.start for mark in self._marks]

    def found(self) -> Iterator[Years]:
        """Every demand for years, in order."""
        for block in self._posting.document.blocks:
            if block.kind in (BlockKind.FURNITURE, BlockKind.HEADING, BlockKind.FIELD):
                continue
            if _UNIT.search(self._text, *block.span) is None:
                continue
            for match in _YEARS.finditer(self._text, *block.span):
                if (found := self._demand(block, match)) is not None:
                    yield found

    def _demand(self, block: Block, match: re.Match[str]) -> Years | None:
        start, end = self._sentence(block, match)
        kinds = self._kinds(match.start())
        roles = {role for mark in self._between(start, end) for role in mark.roles}
        if "denied" in roles or not self._is_asked(PlainSpan(start, end), match, kinds):
            return None
        return Years(
            PlainSpan(*match.span()),
            _number(match[1]),
            _number(match[3]) if match[3] else None,
            end,
            wish=_K.NICE_TO_HAVE in kinds or "wish" in roles,
            instead="instead" in roles or self._is_choice(start, end, "degree" in roles),
            total=self._is_total(match, start, end),
        )

    def _sentence(self, block: Block, match: re.Match[str]) -> tuple[int, int]:
        low = max(block.span.start, match.start() - _FAR)
        high = min(block.span.end, match.end() + _FAR)
        breaks = [m.end() for m in _SENTENCE.finditer(self._text, low, match.start())]
        stop = _SENTENCE.search(self._text, match.end(), high)
        return breaks[-1] if breaks else low, stop.start() if stop else high

    def _kinds(self, offset: int) -> frozenset[SectionKind]:
        section = self._posting.section_at(offset)
        return frozenset(section.kinds) if section and not section.implied else frozenset()

    def _between(self, start: int, end: int) -> list[Mark]:
        return self._marks[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _is_asked(
        self, sentence: PlainSpan, match: re.Match[str], kinds: frozenset[SectionKind]
    ) -> bool:
        """Whether a number of years is experience that the applicant should have."""
        first = self._words.at(match.start())
        before = self._between(sentence.start, match.start())
        if kinds & _NOT_ASKING or any(
            "ceiling" in mark.roles and first - mark.last <= _BESIDE for mark in before
        ):
            return False
        roles = {role for mark in before for role in mark.roles}
        asking = bool(kinds & _ASKING)
        if "others" in roles and "seeking" not in roles:
            return False
        head = self._text[sentence.start : match.start()]
        tail = self._text[match.end() : sentence.end]
        if _EXPERIENCE_BEHIND.match(tail) or _EXPERIENCE_BEFORE.search(head):
            return True
        alone = _LABELLED.search(head) is not None and tail.strip(" .)")[:1] in ("", ",", ";")
        return asking and (alone or _DOING.match(tail) is not None)

    def _is_choice(self, start: int, end: int, degree: bool) -> bool:
        """Whether the sentence offers something else: a degree, other years, the next item."""
        keys = self._words.keys[self._words.at(start) : self._words.at(end)]
        choices = [at for at, key in enumerate(keys) if key == "or"]
        return bool(choices) and (
            degree
            or choices[-1] == len(keys) - 1
            or any(keys[at + 1].isdigit() or keys[at + 1] in _NUMBERS for at in choices)
        )

    def _is_total(self, match: re.Match[str], start: int, end: int) -> bool:
        first, last = self._words.at(match.start()), self._words.before(match.end())
        return any(
            "total" in mark.roles
            and (0 < first - mark.last <= _BESIDE or 0 < mark.first - last <= _NEAR)
            for mark in self._between(start, end)
        )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def level_of_title(posting: Posting) -> Level | None:
    """The level that the title names; None if it names none, or several."""
    text = posting.title_text
    found = list(_levels(Words(text.lower())))
    ranks = {_rank(mark) for mark in found}
    return Level(ranks.pop(), text[found[0].start : found[0].end]) if len(ranks) == 1 else None


def levels_in(text: str) -> Iterator[int]:
    """The levels that *text* names, as indices into :data:`LEVELS`."""
    return (_rank(mark) for mark in _levels(Words(text.lower())))


def levels_of_text(posting: Posting) -> Iterator[Level]:
    """The levels that the text gives the role: "this junior role", "as a senior analyst, you"."""
    words = posting.parts
    nouns = _nouns(posting)
    title = posting.title
    for mark in _levels(words):
        if title and title.start <= mark.start < title.end:
            continue
        if (last := _said_of_role(words, mark, nouns)) is not None:
            span = PlainSpan(mark.start, words.end(last))
            yield Level(_rank(mark), posting.document.text(span), span)


def _levels(words: Words) -> Iterator[Mark]:
    return (m for m in experiencebook().levels.marks(words) if not m.roles & {"none"})


def _rank(mark: Mark) -> int:
    return min(LEVELS.index(role) for role in mark.roles)


def _nouns(posting: Posting) -> frozenset[str]:
    """The names of roles in the title ("analyst")."""
    from jdlint.posting.wording import wording

    keys = Words(posting.title_text.lower()).keys
    return frozenset(keys) & wording().roles


def _said_of_role(words: Words, mark: Mark, nouns: frozenset[str]) -> int | None:
    """The index of the noun that makes *mark* a statement about the role, if there is one."""
    before = words.keys[max(0, mark.first - 5) : mark.first]
    behind = list(range(mark.last + 1, min(mark.last + 5, len(words.keys))))
    same = [n for n in behind if _unbroken(words, mark.last, n)]
    book = experiencebook()
    if "this" in before and (noun := next((n for n in same if words.keys[n] in book.roles), None)):
        near = before[before.index("this") + 1 :]
        return noun if book.plain.issuperset(near) else None
    noun = next((n for n in same if words.keys[n] in nouns), None)
    if noun is None:
        return None
    lead = " ".join(before)
    if lead.endswith(("as a", "as an", "as our", "as our new")):
        return noun if words.keys[noun + 1 : noun + 2] in (["you"], ["your"], ["you'll"]) else None
    article = next((n for n in (-1, -2) if before[n:] and before[n] in ("a", "an")), 0)
    wanted = " ".join(before[:article]).endswith(book.wanted) if article else False
    return noun if wanted and _unbroken(words, mark.first + article, mark.first) else None


def _unbroken(words: Words, first: int, last: int) -> bool:
    """Whether no sign of punctuation parts the words from *first* to *last*."""
    return all(words.adjoin(at) for at in range(first, last))
