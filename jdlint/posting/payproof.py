"""Which figures of a text are base pay: the words around a figure decide.

A figure needs a reason to count. The reasons, strongest first: a word for pay beside it, a
heading or a label for pay above it, a period behind it, or a block that begins with it. A
word for something else (a bonus, a budget, a funding round) that stands nearer outweighs
them all.
"""

import re
from bisect import bisect_left

import msgspec

from jdlint.language.late import late
from jdlint.posting.lexicon import Mark, Words
from jdlint.posting.money import Figure
from jdlint.posting.paybook import paybook

BEFORE = 160
"""How many characters in front of a figure may hold the word that explains it."""

BEHIND = 40
"""How many characters behind a figure may hold it."""

HINT = 60
"""How near a weaker word ("earn", "package") must stand."""

_SENTENCE = late(r"\n\n|;\s|[.!?][\"')]*\s+(?=[A-Z])|\n(?=[A-Z][^:\n]{1,30}:\s)")
"""Where a sentence ends, or a line with a label of its own begins."""

_CUT = late(
    r"[,;:.()\n|\ufffc]|\s[-+]\s|\b(?:plus|and|with|including|depending|based|dependent|or|when|if)\b"
)
_BREAK = late(r"[;,]|\s-\s|\n")
_FREE = late(
    r"\s*(?:\+|\Z|[\n.,;:()|\ufffc\]/*-]|(?:per|plus|depending|dependent|based|doe|ote|and|with|gross|"
    r"commensurate|negotiable|basic|base|fte|pro|k|annually|to|inclusive|including|for)\b)",
    re.IGNORECASE,
)
_FILLER = frozenset(
    {"exactly", "level", "grade", "band", "of", "is", "a", "the", "at", "ca", "about"}
)
_STEP = late(r"[A-Z]{1,4}\d{1,2}")
_MILLION = 1_000_000


class Proof(msgspec.Struct, frozen=True):
    """What a figure is: ``pay``, ``ote`` (on-target or total earnings) or ``not``.

    *strength*: 3 a plain word, a label or a section for pay; 2 a hint; 1 only its form.
    """

    verdict: str
    strength: int


class Setting(msgspec.Struct, frozen=True):
    """Where a block stands: its range, what its label says, and its kind of section."""

    start: int
    end: int
    label: str = ""
    pay_section: bool = False
    company: bool = False


def judge(
    words: Words, marks: list[Mark], figures: list[Figure], places: list[Setting]
) -> list[Proof]:
    """For each figure, in order, what it is and how surely; *places* are its blocks."""
    proofs: list[Proof] = []
    before: tuple[Figure, Proof] | None = None
    for figure, place in zip(figures, places, strict=True):
        proofs.append(_proof(words, marks, figure, place, before))
        if figure.sure:
            before = figure, proofs[-1]
    return proofs


_NOT = Proof("not", 0)


def _proof(
    words: Words,
    marks: list[Mark],
    figure: Figure,
    place: Setting,
    before: tuple[Figure, Proof] | None,
) -> Proof:
    if not (figure.minimum or figure.maximum) or not _believable(words, figure):
        return _NOT
    found = _own(marks, figure) or _behind(words, marks, figure)
    found = (
        found
        or _in_front(words, marks, figure, place, before)
        or _by_place(words, marks, figure, place)
    )
    if found is None or found.verdict == "not":
        return _NOT
    weak = 3 if figure.scale >= _MILLION and figure.currency != "INR" else 1 + (not figure.sure)
    if place.company:
        weak = max(weak, 2)
    return found if found.strength >= weak else _NOT


def _believable(words: Words, figure: Figure) -> bool:
    """A number without currency counts only where nothing else is being counted."""
    if figure.currency:
        return True
    low = figure.minimum or figure.maximum
    year = low is not None and 1900 <= low <= 2100 and not figure.per and figure.scale == 1
    bare = words.text[figure.body : figure.end]
    if year and "," not in bare and "." not in bare:
        return False
    return figure.per or _FREE.match(words.text, figure.end) is not None


def _verdict(mark: Mark) -> Proof | None:
    """What one phrase makes of a figure beside it."""
    roles = mark.roles
    if "quiet" in roles:
        return None
    if "not" in roles:
        return _NOT
    if "ote" in roles:
        return Proof("ote", 3)
    if "pay" in roles:
        return Proof("pay", 3)
    return Proof("pay", 2) if "hint" in roles else None


def _from(marks: list[Mark], offset: int) -> int:
    return bisect_left(marks, offset, key=lambda mark: mark.start)


def _own(marks: list[Mark], figure: Figure) -> Proof | None:
    """A word inside the figure's range: "Starting at ...", "... gross", "... OTE"."""
    for mark in marks[_from(marks, figure.start) :]:
        if mark.start >= figure.end:
            return None
        verdict = _verdict(mark)
        if (
            verdict
            and verdict.verdict != "not"
            and not (mark.start < figure.body and verdict.strength < 3)
        ):
            return verdict
    return None


def _behind(words: Words, marks: list[Mark], figure: Figure) -> Proof | None:
    """The first telling word behind the figure in the same phrase."""
    stop = min(figure.end + BEHIND, len(words.text))
    cut = _CUT.search(words.text, figure.end, stop)
    if cut:
        stop = cut.start()
    for mark in marks[_from(marks, figure.end) :]:
        if mark.start >= stop:
            return None
        if verdict := _verdict(mark):
            return verdict
    return None


def _in_front(
    words: Words,
    marks: list[Mark],
    figure: Figure,
    place: Setting,
    before: tuple[Figure, Proof] | None,
) -> Proof | None:
    """The nearest telling word in front, in the same sentence; else what the figure before is."""
    floor = max(_sentence_start(words.text, figure.start), place.start)
    inherit = before is not None and before[0].end > floor
    if before is not None:
        floor = max(floor, before[0].end)
    at = _from(marks, figure.start) - 1
    while at >= 0 and marks[at].start >= floor:
        mark, at = marks[at], at - 1
        if mark.end > figure.start or (verdict := _verdict(mark)) is None:
            continue
        distance = figure.start - mark.end
        if verdict.verdict == "not" and _BREAK.search(words.text, mark.end, figure.start):
            continue
        if verdict.strength == 2 and distance > HINT:
            continue
        return verdict
    return before[1] if inherit and before is not None and figure.sure else None


def _sentence_start(text: str, offset: int) -> int:
    """Where the sentence that holds *offset* begins, at most :data:`BEFORE` back."""
    start = max(0, offset - BEFORE)
    for match in _SENTENCE.finditer(text, start, offset):
        start = match.end()
    return start


def _by_place(words: Words, marks: list[Mark], figure: Figure, place: Setting) -> Proof | None:
    """What label, section and form say of a figure that has no telling word beside it."""
    if place.label:
        return Proof("pay", 3) if place.label == "pay" else _NOT
    free = _FREE.match(words.text, figure.end) is not None
    if place.pay_section and (free or figure.per):
        return Proof("pay", 3)
    leads = _leads(words, marks, figure, place) or _stands_alone(words.text, figure, place)
    if free and _is_salary(figure) and _GETS.search(words.text, place.start, figure.start):
        return Proof("pay", 2)
    large = figure.scale > 1 or (figure.maximum or figure.minimum or 0) >= 1000
    if leads and (figure.per or (free and large)):
        return Proof(
            "pay", 2 if not figure.sure and figure.per else 1 + (figure.scale > 1 and free)
        )
    return Proof("pay", 1) if figure.per and figure.period is not None else None


def _leads(words: Words, marks: list[Mark], figure: Figure, place: Setting) -> bool:
    """Whether the block begins with the figure, or with no more than words about pay and grade."""
    first, last = words.at(place.start), words.before(figure.start)
    if last - first >= 4:
        return False
    known = {
        i
        for mark in marks[_from(marks, place.start) :][:4]
        for i in range(mark.first, mark.last + 1)
    }
    return all(i in known or _filler(words, i) for i in range(first, last + 1))


def _stands_alone(text: str, figure: Figure, place: Setting) -> bool:
    """Whether a salary stands between signs in a short line ("Leeds - £24,500 - 40 hours")."""
    start = max(text.rfind("\n", place.start, figure.start) + 1, place.start)
    end = text.find("\n", figure.end, place.end)
    end = place.end if end < 0 else end
    is_line = end - start <= _SHORT_LINE and text[end - 1 : end] not in (".", "!", "?")
    if not is_line or not _is_salary(figure):
        return False
    opens = _SIGN.search(text, start, figure.start) is not None
    return opens and _NEXT_SIGN.match(text, figure.end) is not None


_SHORT_LINE = 120
_SALARY = 10_000
_SIGN = late(r"(?:[|\u2022\u00b7]| [-\u2013\u2014]) \Z")
_NEXT_SIGN = late(r" ?(?:\Z|\n|[|\u2022\u00b7]|[-\u2013\u2014] )")
_GETS = late(
    r"(?i:\b(?:you(?:'ll| will)? (?:get|receive)|we(?:'ll| will)? (?:pay|give)(?: you)?)) \Z"
)


def _is_salary(figure: Figure) -> bool:
    """Whether the figure could be the pay of a year, by its size and its currency."""
    named = figure.sure and bool(figure.currency)
    return named and (figure.minimum or figure.maximum or 0) >= _SALARY


def _filler(words: Words, at: int) -> bool:
    """Whether a word may stand between the start of a block and its figure."""
    key = words.keys[at]
    if key in _FILLER or key.isdigit() or _STEP.fullmatch(words.written(at)):
        return True
    return words.written(at) in paybook().bands.alone


def label_of(marks: list[Mark]) -> str:
    """What the phrases of a label say of a figure under it: ``pay``, ``not`` or nothing."""
    verdicts = [v for mark in marks if (v := _verdict(mark))]
    if any(v.verdict == "pay" and v.strength == 3 for v in verdicts):
        return "pay"
    return "not" if any(v.verdict == "not" for v in verdicts) else ""
