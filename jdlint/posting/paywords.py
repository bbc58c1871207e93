"""Pay told without a figure: grades and bands, praise, dodges, commission, "see our website"."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

import msgspec

from jdlint.language.late import late
from jdlint.posting.lexicon import Mark, Words
from jdlint.posting.paybook import paybook

_VALUE = late(
    r"[ :\t-]{0,20}(?:points?|levels?|band|grade|e|eg|a|l|steps?)?[ :.]{0,3}"
    r"(?:\d{1,2}[a-d]?|[IVX]{1,4}|[A-J])(?: ?[-/] ?\d{1,2}[a-d]?)?(?![\w.]\w|\w|%)",
    re.IGNORECASE,
)
_DIGIT = late(r" [A-D]?\d{1,2}[a-d]?(?: ?[-/] ?\d{1,2}[a-d]?)?(?![\w%]|[.,]\d|-\w)")
_LETTER = late(r" [A-J](?![\w'])")
_LADDER = late(r"L\d{1,2} ?- ?L\d{1,2}(?!\w)")
_MASK = late(
    r"[$£€][ ]?(?:[xX_#?*]{2,}|[xX][,.kK]|\ufffc|\[|(?:TBC|TBD|TBA|tbc|tbd|tba)\b)"
    r"|[xX]{2,3},[xX]{3}"
)
_MASKING = ("$", "£", "€", "x,", "X,")
"""One of these is part of every mask."""

_COPULA = frozenset({"is", "are", "will", "be", "very", "highly", "s", "extremely"})
_GOES_ON = frozenset(
    {"and", "plus", "with", "doe", "depending", "based", "negotiable", "per", "in"}
)
"""Words that may stand behind "competitive" and leave it alone: "Competitive DOE"."""
_PREPOSITIONS = frozenset({"of", "for", "to", "with", "about", "on", "in"})
_GRADE_WORDS = frozenset({"strong-grade", "weak-grade"})
NEAR = 60
"""How far behind a word for pay a dodge may stand."""


class Saying(msgspec.Struct, frozen=True, order=True):
    """A statement of pay without figures, and what it rests on.

    *basis* is grade, words, ote, commission, link or mask; *plain* says that it counts
    even where nothing around it is about pay.
    """

    start: int
    end: int
    basis: str
    plain: bool = True


@cache
def _codes() -> dict[str, re.Pattern[str]]:
    """For the letters of each grade code, in lower case, the pattern of what follows them."""
    more = r"(?:(?: ?/ ?|\.| or | ou | to | - |-|, )(?:[A-Z]{2}-)?\d{1,2}(?![\w,]))*(?![\w]|-\w)"
    kind = r"(?:[- ]?(?:[Gg]rade )?[Ll]evel:? ?|[- ]?[Gg]rade:? ?|[- ]?)"
    us = late(kind + r"(?:\d{4}-)?(?:\d{1,2}|\ufffc)" + more)
    canada = late(r"-(?:0[1-9]|1[0-2])" + more)
    codes = {code.lower(): canada for code in paybook().bands.canada}
    return codes | {code.lower(): us for code in paybook().bands.us} | _glued()


def _glued() -> dict[str, re.Pattern[str]]:
    """The codes of the General Schedule written in one word: GS7 to GS15."""
    nothing = late(r"(?![\w]|-\w)")
    return {f"gs{step}": nothing for step in range(1, 16)}


def grades(words: Words, marks: list[Mark]) -> list[Saying]:
    """Pay grades, bands and scale points, and scales named without a number."""
    found = _coded(words)
    for mark in marks:
        if "scale" in mark.roles:
            found.append(Saying(mark.start, mark.end, "grade"))
        elif "noun" in mark.roles and _labelled(words, mark):
            found.append(Saying(mark.start, words.end(mark.last + 1), "grade"))
        elif mark.roles & _GRADE_WORDS and (end := _grade_end(words, mark)):
            found.append(Saying(mark.start, end, "grade"))
    return found + _levels(words, marks)


def _coded(words: Words) -> list[Saying]:
    """Grades by code (GS-13, AS-04 or AS-05, L12-L16)."""
    codes, text, done = _codes(), words.text, 0
    found = []
    for at in _capitals(words, codes.keys() & words.distinct):
        start, end = words.starts[at], words.end(at)
        if start < done or _inside(text, start):
            continue
        match = codes[words.keys[at]].match(text, end)
        if match is not None and _about_pay(words, start, match.end()):
            done = match.end()
            found.append(Saying(start, done, "grade"))
    if "L1" in text or "L2" in text:
        ladders = (m for m in _LADDER.finditer(text) if not _inside(text, m.start()))
        found += [Saying(m.start(), m.end(), "grade") for m in ladders]
    return found


def _capitals(words: Words, codes: Iterable[str]) -> list[int]:
    """The indices of the words that are one of *codes* in capitals."""
    return sorted(
        at for code in codes for at in words.places[code] if words.written(at) == code.upper()
    )


def _inside(text: str, start: int) -> bool:
    """Whether the text at *start* continues a word or an identifier."""
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-_/#")


def _grade_end(words: Words, mark: Mark) -> int | None:
    """Where the number or letter behind a word for grade ends, if it names a grade of pay."""
    text = words.text
    if "strong-grade" in mark.roles:
        match = _VALUE.match(text, mark.end)
        if match is None and _alone(words, mark.last + 1):
            return words.end(mark.last + 1)
        return match.end() if match else None
    if not text[mark.start].isupper() and mark.phrase != "catégorie":
        return None
    if _labelled(words, mark):
        return words.end(mark.last + 1)
    match = (_LETTER if mark.phrase == "catégorie" else _DIGIT).match(text, mark.end)
    if match is None or not _about_pay(words, mark.start, match.end()):
        return None
    return match.end()


def _labelled(words: Words, mark: Mark) -> bool:
    """Whether a grade by name stands behind a label ("Grade: HEO")."""
    return words.text[mark.end : mark.end + 1] == ":" and _alone(words, mark.last + 1)


def _alone(words: Words, at: int) -> bool:
    """Whether word *at* is a grade by name (HEO, SCS1), in capitals and in the same line."""
    if at >= len(words.keys):
        return False
    name = words.written(at)
    gap = words.text[words.end(at - 1) : words.starts[at]]
    return name in paybook().bands.alone and len(gap) <= 20 and not gap.strip(" :\t-")


def _about_pay(words: Words, start: int, end: int) -> bool:
    """Whether the words around a grade leave it a grade of pay."""
    at, last = words.at(end), words.before(start)
    if at < len(words.keys) and words.starts[at] - end <= 2:
        following = " ".join(words.keys[at : at + 3])
        if any(following == p or following.startswith(p + " ") for p in paybook().bands.not_after):
            return False
    preceding = " ".join(words.keys[max(0, last - 3) : last + 1])
    gap = words.text[words.end(last) : start] if last >= 0 else "\n\n"
    if "\n\n" in gap:
        return True
    return not any(
        preceding == p or preceding.endswith(" " + p) for p in paybook().bands.not_before
    )


def _levels(words: Words, marks: list[Mark]) -> list[Saying]:
    """A numbered level with a word for pay close behind ("Level 4 on our pay framework")."""
    found = []
    for mark in marks:
        if mark.phrase in paybook().bands.level_of:
            window = words.keys[max(0, mark.first - 5) : mark.first]
            if "level" in window[:-1]:
                at = mark.first - len(window) + window.index("level")
                if words.keys[at + 1].isdigit():
                    found.append(Saying(words.starts[at], mark.end, "grade"))
    return found


def beside_grade(words: Words, start: int, end: int, graded: list[Saying]) -> bool:
    """Whether the figure at ``start:end`` is the pay of a grade that stands beside it.

    *graded* are the grades of the text in order. A lone "EO" or "Level 4" right in front is
    one too; behind the figure only a numbered one ("$25 (union scale)" is paid by no grade).
    """
    text = words.text
    next_ = bisect_left(graded, end, key=lambda one: one.start)
    for one in graded[max(0, next_ - 2) : next_]:
        if 0 <= start - one.end <= _BESIDE and not _PARTED.search(text, one.end, start):
            return True
    if next_ < len(graded) and graded[next_].start - end <= _CLOSE:
        one = graded[next_]
        numbered = any(char.isdigit() for char in text[one.start : one.end])
        if numbered and not text[end : one.start].strip(" ,(-"):
            return True
    at = words.before(start)
    if at < 0 or text[words.end(at) : start].strip(" ,:(-"):
        return False
    ranked = at and words.keys[at].isdigit() and words.keys[at - 1] in _RANKS
    return bool(ranked) or words.written(at) in paybook().bands.alone


_BESIDE = 40
_CLOSE = 4
_PARTED = late(r"[;\n\ufffc$£€]|[.!?] +[A-Z]")
_RANKS = frozenset({"level", "grade", "band", "step", "point"})


def silences(words: Words, marks: list[Mark]) -> list[Saying]:
    """Where pay is spoken of without a figure or a grade."""
    found = []
    if any(sign in words.text for sign in _MASKING):
        found = [Saying(m.start(), m.end(), "mask") for m in _MASK.finditer(words.text)]
    for at, mark in enumerate(marks):
        saying = _silence(words, marks, at, mark)
        if saying is not None:
            found.append(saying)
    return found + _paid_roles(words) + _commission(words)


def _silence(words: Words, marks: list[Mark], at: int, mark: Mark) -> Saying | None:
    roles = mark.roles
    if "bare" in roles:
        return Saying(mark.start, mark.end, "words")
    if "ote" in roles:
        return Saying(mark.start, mark.end, "ote", plain=False)
    if "praise" in roles and (noun := _praised(words, marks, at)):
        return Saying(mark.start, noun.end, "words")
    if "dodge" in roles and not (
        mark.phrase == "doe" and words.text[mark.start : mark.end] != "DOE"
    ):
        return _dodge(words, marks, at)
    if "noun" in roles and (end := _link_end(words, mark)):
        return Saying(mark.start, end, "link")
    return None


def _praised(words: Words, marks: list[Mark], at: int) -> Mark | None:
    """The word for pay that the praise at *at* goes with: at most two words between them."""
    mark = marks[at]
    for other in marks[at + 1 : at + 4]:
        if other.first - mark.last > 4 or not _one_phrase(words, mark.last, other.first):
            return None
        if "quiet" in other.roles or "not" in other.roles:
            return None
        if "noun" in other.roles:
            if not _PREPOSITIONS.isdisjoint(words.keys[mark.last + 1 : other.first]):
                return None
            plain = other.phrase not in ("rate", "rates") or other.first - mark.last == 1
            return other if plain else None
    return None


def _one_phrase(words: Words, first: int, last: int) -> bool:
    """Whether no comma, full stop or paragraph stands between two words."""
    gap = words.text[words.end(first) : words.starts[last]]
    return not any(sign in gap for sign in (",", ";", ":", ". ", "\n\n", "(", ")"))


def _dodge(words: Words, marks: list[Mark], at: int) -> Saying | None:
    """A dodge with the word for pay in front of it, or alone."""
    mark = marks[at]
    for other in reversed(marks[max(0, at - 4) : at]):
        gap = words.text[other.end : mark.start]
        if len(gap) > NEAR or "\n\n" in gap or re.search(r"[.!?;]\s+[A-Z]", gap):
            break
        if "noun" in other.roles and not (
            mark.phrase == "competitive" and not _stated(words, other, mark)
        ):
            return Saying(other.start, mark.end, "words")
    if mark.phrase.endswith("competitive") and _praises_more(words, mark):
        return None
    return Saying(mark.start, mark.end, "words", plain=False)


def _praises_more(words: Words, mark: Mark) -> bool:
    """Whether praise goes with a word behind it that is not about pay ("competitive spirit")."""
    at = mark.last + 1
    return words.adjoin(mark.last) and words.keys[at] not in _GOES_ON


def _stated(words: Words, noun: Mark, mark: Mark) -> bool:
    """Whether praise is said of the noun in front: "Salary: competitive", "pay is competitive"."""
    gap = words.text[noun.end : mark.start]
    if gap.strip() in (":", "-", "(", "", "|"):
        return True
    return words.keys[mark.first - 1] in _COPULA


def _link_end(words: Words, noun: Mark) -> int | None:
    """Where "pay range available at", "Pay scale: see" or "Salary - view here" ends."""
    vague = paybook().vague
    at = noun.last + 1
    if at < len(words.keys) and words.keys[at] in ("range", "scale", "is", "are", "can"):
        at += 1
    if at + 1 >= len(words.keys) or words.keys[at] not in vague.link:
        return _scanned(words, noun)
    gap = words.text[words.end(at - 1) : words.starts[at]]
    if gap not in (" ", ": ", " - ", ":\n") or words.keys[at + 1] not in vague.link_preposition:
        return None
    return words.end(at + 1)


_LEADING = frozenset({"see", "view", "check", "visit", "find"})


def _scanned(words: Words, noun: Mark) -> int | None:
    """The end of "scan the code for pay" or "see the pay range at"."""
    window = words.keys[max(0, noun.first - 6) : noun.first]
    link, after = paybook().vague, words.keys[noun.last + 1 : noun.last + 2]
    led = window[-1:] if window[-1:] and window[-1] in link.link else window[-2:-1]
    if led and led[0] in _LEADING and after and after[0] in link.link_preposition:
        return words.end(noun.last + 1) if words.adjoin(noun.last) else None
    return noun.end if "scan" in window and window[-1:] == ["for"] else None


def _paid_roles(words: Words) -> list[Saying]:
    """Roles that are called paid, and no more ("this paid internship")."""
    roles = paybook().vague.paid_role
    found = []
    for at in words.where({"paid"}):
        for step in (1, 2):
            if not words.adjoin(at + step - 1):
                break
            if words.keys[at + step] in roles and words.text[max(0, words.starts[at] - 1)] != "-":
                found.append(Saying(words.starts[at], words.end(at + step), "words"))
                break
    return found


def _commission(words: Words) -> list[Saying]:
    """The statement that all pay is commission: "100% commission", "commission-only"."""
    found = []
    for at in words.where({"commission"}):
        if at + 1 < len(words.keys) and words.keys[at + 1] == "only" and words.adjoin(at):
            found.append(Saying(words.starts[at], words.end(at + 1), "commission"))
        elif at and words.keys[at - 1] == "100" and words.text[words.end(at - 1)] == "%":
            found.append(Saying(words.starts[at - 1], words.end(at), "commission"))
    return found
