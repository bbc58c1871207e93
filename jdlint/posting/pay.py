"""Finds what a posting says of base pay: figures, grades, or words instead of them."""

from bisect import bisect_right
from collections.abc import Iterable

from jdlint.language.words import fold
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.lexicon import Mark, Words
from jdlint.posting.model import Pay, Section
from jdlint.posting.money import Figure, figures
from jdlint.posting.paybook import paybook
from jdlint.posting.payfield import Stated, stated
from jdlint.posting.payproof import Proof, Setting, judge, label_of
from jdlint.posting.paywords import Saying, beside_grade, grades, silences
from jdlint.read.offsets import Block, BlockKind, Document

MOST = 50
"""How many statements of pay are kept for one posting."""

_RANK = {"range": 0, "exact": 1, "open": 2, "band": 3, "vague": 4}
_SHORT = 45


def find_pay(
    document: Document,
    sections: tuple[Section, ...] = (),
    country: str | None = None,
    words: Words | None = None,
) -> tuple[Pay, ...]:
    """What is said of base pay, the main statement first; empty where nothing is said.

    *country* (ISO 3166-1) tells whose dollar a bare ``$`` is; without it the US dollar is
    taken. On-target earnings, commission alone and "see our website" are ``vague``.
    *words* are those of the folded text, where the caller has them.
    """
    words = Words(fold(document.plain)) if words is None else words
    marks = paybook().lexicon.marks(words)
    graded = sorted(grades(words, marks))
    settings = _Settings(document, sections, words)
    found: list[tuple[int, Pay]] = []
    for figure, proof in _figures(words, _with_grades(words, marks, graded), settings):
        graded_ = beside_grade(words, figure.start, figure.end, graded)
        found.append((proof.strength, _of_figure(figure, proof, country, graded=graded_)))
    unsaid = [] if found else silences(words, marks)
    for saying in (*graded, *unsaid):
        if saying.plain or settings.speaks_of_pay(saying):
            found.append((3, _of_saying(saying)))
    for value in stated(document.fields):
        found.extend(_of_field(value, country))
    return _ordered(found)


def _figures(words: Words, marks: list[Mark], settings: "_Settings") -> list[tuple[Figure, Proof]]:
    seen = figures(words)
    proofs = judge(words, marks, seen, [settings.at(figure.body) for figure in seen])
    return [(f, p) for f, p in zip(seen, proofs, strict=True) if p.verdict != "not"]


def _with_grades(words: Words, marks: list[Mark], graded: list[Saying]) -> list[Mark]:
    """*marks* with the grades among them: a figure beside a grade is likely to be its pay."""
    if not graded:
        return marks
    hints = [
        Mark(g.start, g.end, words.at(g.start), words.before(g.end), frozenset({"hint"}), "")
        for g in graded
    ]
    return sorted([*marks, *hints], key=lambda mark: mark.start)


def _of_figure(
    figure: Figure,
    proof: Proof,
    country: str | None,
    fielded: bool = False,
    graded: bool = False,
) -> Pay:
    span = None if fielded else PlainSpan(figure.start, figure.end)
    currency = coin(figure.currency, country)
    if proof.verdict == "ote":
        return Pay("vague", span, None, None, currency, figure.period, "ote")
    ends = figure.minimum, figure.maximum
    return Pay(figure.status, span, *ends, currency, figure.period, graded=graded)


def _of_saying(saying: Saying) -> Pay:
    status = "band" if saying.basis == "grade" else "vague"
    return Pay(status, PlainSpan(saying.start, saying.end), basis=saying.basis)


def coin(currency: str | None, country: str | None) -> str | None:
    """The ISO code of a currency as the grammar names it ("dollar" and "krone" need a country)."""
    home = (country or "").split("-")[0]
    if currency == "dollar":
        return paybook().dollar.get(home, "USD")
    if currency == "krone":
        return paybook().krone.get(home) if home else None
    return currency


def _of_field(value: Stated, country: str | None) -> Iterable[tuple[int, Pay]]:
    """What a field says: its own numbers, or what its text says when read as prose about pay."""
    if value.minimum is not None or value.maximum is not None:
        figure = Figure(
            0, 0, 0, value.minimum, value.maximum, value.currency, value.period, True, True, 1
        )
        yield 3, _of_figure(figure, Proof("pay", 3), country, fielded=True)
        return
    words = Words(fold(value.text))
    marks = paybook().lexicon.marks(words)
    seen = figures(words)
    place = Setting(0, len(words.text), "pay", pay_section=True)
    proofs = judge(words, marks, seen, [place] * len(seen))
    graded = sorted(grades(words, marks))
    for figure, proof in zip(seen, proofs, strict=True):
        if proof.verdict != "not":
            beside = beside_grade(words, figure.start, figure.end, graded)
            yield proof.strength, _of_figure(figure, proof, country, fielded=True, graded=beside)
    if value.grade or graded:
        yield 3, Pay("band", None, basis="grade")
    elif unsaid := silences(words, marks):
        yield 3, Pay("vague", None, basis=unsaid[0].basis)


def _ordered(found: list[tuple[int, Pay]]) -> tuple[Pay, ...]:
    """The statements by rank: figures before grades before words, the surest figure first."""

    def key(item: tuple[int, Pay]) -> tuple[int, int, int, int]:
        strength, pay = item
        group = max(0, _RANK[pay.status] - 2)
        start = pay.span.start if pay.span else 1 << 60
        return group, -min(strength, 3), _RANK[pay.status], start

    kept: list[Pay] = []
    said: set[tuple[object, ...]] = set()
    for _, pay in sorted(found, key=key)[:MOST]:
        what = (
            pay.status,
            pay.minimum,
            pay.maximum,
            pay.currency,
            pay.period,
            pay.span if pay.status in ("band", "vague") else 0,
        )
        if what not in said:
            said.add(what)
            kept.append(pay)
    return tuple(kept)


class _Settings:
    """Where the blocks of a document stand, looked up by offset."""

    def __init__(self, document: Document, sections: tuple[Section, ...], words: Words) -> None:
        self._document = document
        self._blocks = document.blocks
        self._starts = [block.span.start for block in document.blocks]
        self._words = words
        self._kinds: dict[int, tuple[SectionKind, ...]] = {
            index: section.kinds for section in sections for index in section.blocks
        }
        self._made: dict[int, Setting] = {}

    def at(self, offset: int) -> Setting:
        """The setting of the block that holds *offset*."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return Setting(0, len(self._words.text))
        if index not in self._made:
            self._made[index] = self._setting(index)
        return self._made[index]

    def _setting(self, index: int) -> Setting:
        block = self._blocks[index]
        kinds = self._kinds.get(index, ())
        return Setting(
            block.span.start,
            block.span.end,
            self._label(index),
            SectionKind.PAY in kinds,
            SectionKind.ABOUT_COMPANY in kinds,
        )

    def _label(self, index: int) -> str:
        """What the field's name, the cell to the left or the short line above says."""
        block = self._blocks[index]
        if block.kind is BlockKind.FIELD and block.name:
            return _label_text(block.name.replace("_", " ").replace("-", " "))
        if not index:
            return ""
        above = self._blocks[index - 1]
        text = self._document.text(above.span)
        if len(text) > _SHORT or not _labels(above, block, text):
            return ""
        return _label_text(text)

    def speaks_of_pay(self, saying: Saying) -> bool:
        """Whether the block around *saying* is about pay: its section, its label, or it alone."""
        setting = self.at(saying.start)
        if setting.pay_section or setting.label == "pay":
            return True
        return saying.end - saying.start >= (setting.end - setting.start) * 0.4 and self._opens(
            saying, setting
        )

    def _opens(self, saying: Saying, setting: Setting) -> bool:
        return saying.start - setting.start <= 2


def _labels(above: Block, block: Block, text: str) -> bool:
    """Whether *above* labels *block*: a heading, the cell to its left, or a line with a colon."""
    if above.kind is BlockKind.CELL and block.kind is BlockKind.CELL:
        return above.group == block.group and above.row == block.row
    return above.kind is BlockKind.HEADING or text.endswith(":")


def _label_text(text: str) -> str:
    return label_of(paybook().lexicon.marks(Words(fold(text))))
