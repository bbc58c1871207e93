"""Finds the years of experience that a posting asks for, and the levels it names."""

import re
from collections.abc import Iterator

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
    re.IGNORECASE,
)
_WORDS = r"(?:[\w/&+#.,'()-]+[ \n]+)"
_EXPERIENCE_BEHIND = late(rf"[ \n]+{_WORDS}{{0,7}}?(?:experience|exp|expertise)\b", re.IGNORECASE)
_DOING = late(
    r"[ \n]+(?:of (?!age\b|study\b|college\b|university\b|school\b|service\b)\w|as an?\b|"
    r"working\b|in an?\b|with\b|using\b|managing\b|leading\b|developing\b|building\b|designing\b|"
    r"programming\b|coding\b|writing\b|selling\b|teaching\b|[A-Z])"
)
_EXPERIENCE_BEFORE = late(r"\bexperience\b\W{1,3}(?:\w+\W{1,2}){0,4}\Z", re.IGNORECASE)
_NO_DEMAND = late(
    r"\b(?:last|past|next|previous|preceding|first|within|over the|every|each|less than|fewer than|"
    r"no more than|not more than|exceed|exceeding|maximum(?: of)?|max\.?|up to|under|below|after|"
    r"until|for(?: the)?|our|combined|collective)(?: \w+)?[ \n]\Z",
    re.IGNORECASE,
)
_OTHERS = late(
    r"\b(?:we|we've|we're|our|us|company|firm|founded|established|combined|collective|business has|"
    r"team has|in business)\b",
    re.IGNORECASE,
)
_DEGREE = r"(?:degree|diploma|bachelor\S*|master\S*|b\.?sc?|m\.?sc?|phd|apprenticeship|certificate)"
_SEEKING = late(r"\b(?:looking for|seeking|need|require|want|you)\b[^.]{0,120}\Z", re.IGNORECASE)
_INSTEAD = late(
    r"\b(?:in lieu|in place of|substitut\w+|instead of|equivalent|equivalency|combination of)\b|"
    rf"\bor (?:at least |a minimum of |minimum )?(?:\d|{'|'.join(_NUMBERS)}|an? [\w']{{0,20}} ?{_DEGREE})|"
    rf"\b{_DEGREE}\b.{{0,60}}\b(?:or|with|plus|and)\b|\b(?:with|plus|and) an? [\w']{{0,20}} ?{_DEGREE}",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL_BEHIND = late(
    rf"[ \n]+{_WORDS}{{0,3}}?(?:in total|overall|total|altogether|in all)\b", re.IGNORECASE
)
_TOTAL_BEFORE = late(
    r"\b(?:total of|overall of|in total|total|altogether)[,:]? (?:at least |a minimum of |minimum )?\Z",
    re.IGNORECASE,
)
_WISH = late(
    r"\b(?:preferred|preferably|desirable|desired|ideally|a plus|a bonus|nice to have|advantage\w*|an asset|welcome)\b",
    re.IGNORECASE,
)
_SENTENCE = late(r"[.!?][)\"']?\s+(?=[A-Z0-9])|;\s|\n(?=\s*[-*\u2022])")
_SHORT_LEAD = 40
"""So many characters before a number of years at a line's end still name what they are for."""

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
    if not any(key.startswith(("year", "yr")) for key in set(posting.columns.keys)):
        return ()
    return tuple(_years(posting))


def _years(posting: Posting) -> Iterator[Years]:
    text = posting.folded
    for block in posting.document.blocks:
        if block.kind in (BlockKind.FURNITURE, BlockKind.HEADING, BlockKind.FIELD):
            continue
        for match in _YEARS.finditer(text, *block.span):
            if (found := _demand(posting, block, match)) is not None:
                yield found


def _demand(posting: Posting, block: Block, match: re.Match[str]) -> Years | None:
    text = posting.folded
    low, high = max(block.span.start, match.start() - _FAR), min(block.span.end, match.end() + _FAR)
    breaks = [m.end() for m in _SENTENCE.finditer(text, low, match.start())]
    start = breaks[-1] if breaks else low
    stop = _SENTENCE.search(text, match.end(), high)
    end = stop.start() if stop else high
    head, tail = text[start : match.start()], text[match.end() : end]
    section = posting.section_at(match.start())
    kinds = frozenset(section.kinds) if section and not section.implied else frozenset()
    if not _is_asked(head, tail, kinds):
        return None
    one, two = _number(match[1]), _number(match[3]) if match[3] else None
    return Years(
        PlainSpan(*match.span()),
        one,
        two,
        end,
        wish=_K.NICE_TO_HAVE in kinds or _WISH.search(head + tail) is not None,
        instead=_INSTEAD.search(head + tail) is not None,
        total=bool(_TOTAL_BEHIND.match(tail) or _TOTAL_BEFORE.search(head)),
    )


def _is_asked(head: str, tail: str, kinds: frozenset[SectionKind]) -> bool:
    """Whether a number of years is experience that the applicant should have."""
    if kinds & _NOT_ASKING or _NO_DEMAND.search(head):
        return False
    asking = bool(kinds & _ASKING)
    if not asking and _OTHERS.search(head) and not _SEEKING.search(head):
        return False
    if _EXPERIENCE_BEHIND.match(tail) or _EXPERIENCE_BEFORE.search(head):
        return True
    alone = len(head) <= _SHORT_LEAD and not tail.strip(" .)")
    return asking and (alone or _DOING.match(tail) is not None)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def level_of_title(posting: Posting) -> Level | None:
    """The level that the title names; None if it names none, or several."""
    found = [mark for mark in _levels(Words(posting.title_text.lower()))]
    ranks = {_rank(mark) for mark in found}
    text = posting.title_text
    return Level(ranks.pop(), text[found[0].start : found[0].end]) if len(ranks) == 1 else None


def levels_of_text(posting: Posting) -> Iterator[Level]:
    """The levels that the text gives the role: "this junior role", "as a senior analyst, you"."""
    words = Words(posting.folded, posting.columns)
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
        return noun if set(near) <= _PLAIN else None
    noun = next((n for n in same if words.keys[n] in nouns), None)
    if noun is None:
        return None
    lead = " ".join(before)
    if lead.endswith(("as a", "as an", "as our", "as our new")):
        return noun if words.keys[noun + 1 : noun + 2] in (["you"], ["your"], ["you'll"]) else None
    article = next((n for n in (-1, -2) if before[n:] and before[n] in ("a", "an")), 0)
    wanted = " ".join(before[:article]).endswith(book.wanted) if article else False
    return noun if wanted and _unbroken(words, mark.first + article, mark.first) else None


_PLAIN = frozenset(
    "is an a the exciting new great full time part permanent our busy key varied rewarding".split()
)


def _unbroken(words: Words, first: int, last: int) -> bool:
    """Whether no sign of punctuation parts the words from *first* to *last*."""
    return all(words.adjoin(at) for at in range(first, last))
