"""Which lines announce something: marked headings, labels before a value, bare headings."""

import re
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from jdlint.language.late import late
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.contents import contents
from jdlint.posting.headings import LONGEST_RULED, Verdict, classify, is_bare_heading, is_label
from jdlint.posting.lines import Line
from jdlint.posting.own import NONE, OwnHeadings
from jdlint.posting.wording import Kinds, key
from jdlint.read.offsets import BlockKind, Document, Layout

LOOKALIKE = 7
"""The rank of a line that only looks like a heading: below the six levels of real ones."""

K = SectionKind

_EVERY = frozenset(K)
_WORK = frozenset({K.RESPONSIBILITIES, K.REQUIREMENTS, K.NICE_TO_HAVE})

_DEMANDS = frozenset({K.REQUIREMENTS, K.NICE_TO_HAVE})

_DIVIDER = 25
"""An item of more characters than this does not divide a list."""

_FACTS = frozenset({K.PAY, K.LOCATION, K.WORKING_PATTERN, K.CLOSING_DATE})
"""Kinds that a label inside a list of duties or demands may give ("Location: Leeds")."""

_VALUES = _FACTS | {K.HOW_TO_APPLY, K.RIGHT_TO_WORK, K.TEAM, K.BENEFITS, K.TITLE}
"""Kinds that a label inside any other list may give; the others are items."""

_NAMED = {kind.value: Verdict((kind,), 0.95, "field") for kind in K}
"""What a reader says of the key above a field's text."""

_MENU = 3
"""A bare heading with so many others right below it stands in a menu."""


_SENTENCE = 10
"""A line of so many words that ends with a full stop is a sentence."""


class Notice(msgspec.Struct, frozen=True):
    """What a line announces: its heading's place, where the text after it begins, its verdict."""

    heading: PlainSpan
    body: int | None
    verdict: Verdict | None
    rank: int
    layout: Layout


class Notices:
    """Reads notices off the lines of a document; *name* is the key of the posting's title.

    *own* are headings that the configuration adds.
    """

    def __init__(
        self, document: Document, lines: Sequence[Line], name: str, own: OwnHeadings = NONE
    ) -> None:
        self.document = document
        self.lines = lines
        self.name = name
        self._own = own
        self._bold = {span.start: span.end for span in document.bold}
        self._entries = contents(document, lines)

    def at(self, at: int, around: Kinds) -> Notice | None:
        """What line number *at* announces, which stands in a section of the kinds *around*."""
        line = self.lines[at]
        if at in self._entries:
            return None
        if line.kind is BlockKind.HEADING and line.layout is not Layout.BARE:
            looks_only = line.layout is not Layout.MARKED and self.is_sentence(line)
            return None if looks_only else self._marked(line)
        if line.glued:
            verdict = classify(self.document.text(line.span), False)
            return Notice(line.span, None, verdict, LOOKALIKE, Layout.BARE)
        if line.kind is BlockKind.CELL:
            return self._cell(at, line)
        if line.kind is BlockKind.ITEM:
            allowed = _FACTS if around and _WORK.issuperset(around) else _VALUES
            return (
                self._run_in(line, allowed)
                or self._behind_emoji(at, line)
                or self._between_items(at, line, around)
            )
        return self._run_in(line) or self._bare(at, line)

    def is_sentence(self, line: Line) -> bool:
        """Whether a line set like a heading is a sentence, which says more than it announces."""
        text = self.document.text(line.span)
        length = len(text.split())
        return length > LONGEST_RULED or (length >= _SENTENCE and text.endswith("."))

    def _marked(self, line: Line) -> Notice | None:
        """A heading that the reader saw; it may be a label with its value behind it."""
        text = self.document.text(line.span)
        rank = line.level or 1 if line.layout is Layout.MARKED else LOOKALIKE
        named = _NAMED.get(self.document.blocks[line.block].name)
        verdict = named or self._own.verdict(text) or classify(text) or self._under_own_name(text)
        if (verdict is None or verdict.how == "rule") and (label := self._run_in(line)):
            return replace(label, rank=rank, layout=line.layout)
        if verdict is None and rank == LOOKALIKE and _UNKNOWN_LABEL.match(text):
            return None
        return Notice(line.span, None, verdict, rank, line.layout)

    def _under_own_name(self, text: str) -> Verdict | None:
        """What a heading that repeats the posting's title announces."""
        words = key(text)
        if not self.name or not words.startswith(self.name):
            return None
        rest = words[len(self.name) :].strip()
        return classify(rest, False) if rest else Verdict((K.ABOUT_ROLE,), 0.7, "role")

    def _run_in(self, line: Line, allowed: frozenset[SectionKind] = _EVERY) -> Notice | None:
        """A label and its value on one line: ``Location: Leeds``, ``Interested? Write to …``.

        An emoji or another sign may stand before it.
        """
        start = line.start + _lead(self.document.plain[line.start : line.start + 4])
        text = self.document.plain[start : start + 80].partition("\n")[0]
        for found in filter(None, (self._label(text), self._bold_label(start, text))):
            verdict = self._told_by(found[1])
            if start + found.end() >= line.end or verdict is None:
                continue
            if not allowed.issuperset(verdict.kinds):
                return None
            heading = PlainSpan(start + found.start(1), start + found.end(1))
            value = text[found.end() :]
            body = start + found.end() + len(value) - len(value.lstrip(": "))
            return Notice(heading, body, verdict, LOOKALIKE, Layout.RUN_IN)
        return None

    @staticmethod
    def _label(text: str) -> re.Match[str] | None:
        """The words that *text* begins with before a colon or a dash, as a label."""
        if ":" in text or " - " in text or " \u2013 " in text or " \u2014 " in text:
            return _LABEL.match(text)
        return None

    def _told_by(self, label: str) -> Verdict | None:
        """What a *label* before a value announces."""
        verdict = self._own.verdict(label)
        if verdict is None and len(label.split()) <= 8 and is_label(label):
            return classify(label, False)
        return verdict

    def _bold_label(self, start: int, text: str) -> re.Match[str] | None:
        """The bold words that a line begins with at *start*, as a label."""
        end = self._bold.get(start, start) - start
        return _BOLD.match(text, 0, end) if 0 < end < len(text) else None

    def _bare(self, at: int, line: Line) -> Notice | None:
        """A short line with nothing but its wording to show that it is a heading."""
        if not self._looks_bare(line):
            return None
        text = self.document.text(line.span)
        verdict = self._own.verdict(text) or classify(text, False)
        if verdict is None or not self._heads_something(at, line):
            return None
        if not (is_bare_heading(text) or text.endswith("?") or self._in_rows(at)):
            return None
        confidence = min(verdict.confidence, 0.8)
        return Notice(
            line.span,
            None,
            replace(verdict, confidence=confidence),
            LOOKALIKE,
            Layout.BARE,
        )

    def _behind_emoji(self, at: int, line: Line) -> Notice | None:
        """A known heading that an emoji makes look like one of the items that follow it."""
        before = self.document.plain[max(0, line.start - 3) : line.start].rstrip(" \ufe0f\u200d")
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if before[-1:] < _FIRST_EMOJI or after is None or after.kind is BlockKind.HEADING:
            return None
        text = self.document.text(line.span)
        verdict = classify(text, False) if self._looks_bare(line) else None
        if verdict is None or verdict.how != "lookup" or self._is_bare_text(after):
            return None
        return Notice(line.span, None, verdict, LOOKALIKE, Layout.BARE)

    def _between_items(self, at: int, line: Line, around: Kinds) -> Notice | None:
        """A line such as "Desirable" that was set as an item of the list it divides."""
        if line.end - line.start > _DIVIDER or not around or not _DEMANDS.issuperset(around):
            return None
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        verdict = classify(self.document.text(line.span), False)
        if after is None or verdict is None or verdict.how != "lookup":
            return None
        turns = _DEMANDS.issuperset(verdict.kinds) and verdict.kinds != around
        heading = Notice(line.span, None, verdict, LOOKALIKE, Layout.BARE)
        return heading if turns and after.kind is BlockKind.ITEM else None

    def _looks_bare(self, line: Line) -> bool:
        text = self.document.plain[line.start : line.end]
        return len(text) <= 70 and text[-1:] not in (".", ",", ";") and not text[:1].islower()

    def _heads_something(self, at: int, line: Line) -> bool:
        """Whether text follows that is no bare heading itself (a menu is a row of them)."""
        if at + 1 >= len(self.lines):
            return False
        below = self.lines[at + 1 : at + 1 + _MENU]
        if all(self._is_bare_text(other) for other in below):
            return False
        before = self.lines[at - 1] if at else None
        wrapped = before and before.block == line.block and before.end - before.start > 60
        return not wrapped or self.document.plain[self.lines[at - 1].end - 1] in ".!?:"

    def _is_bare_text(self, line: Line) -> bool:
        """Whether *line* could be a bare heading itself, by its wording."""
        text = self._beginning(line)
        known = self._looks_bare(line) and classify(text, False) is not None
        return known and is_bare_heading(text)

    def _in_rows(self, at: int) -> bool:
        """Whether items follow, or the line is one of several labels with values between them."""
        after = self.lines[at + 1]
        if after.kind is BlockKind.ITEM:
            return True
        pair = [self.lines[n] for n in (at - 2, at + 2) if 0 <= n < len(self.lines)]
        texts = [self._beginning(line) for line in pair if self._looks_bare(line)]
        value = classify(self._beginning(after), False)
        return value is None and any(classify(text, False) for text in texts)

    def _beginning(self, line: Line) -> str:
        return self.document.plain[line.start : min(line.end, line.start + 80)]

    def _cell(self, at: int, line: Line) -> Notice | None:
        """A cell that is a known label with its value in the next one, or alone in its row."""
        block = self.document.blocks[line.block]
        behind, before = self._beside(at, at + 1), self._beside(at, at - 1)
        text = self.document.text(line.span)
        if block.column % 2 or (behind is None and before is not None):
            return None
        if before is not None and not self._is_label_cell(at - 2):
            return None
        verdict = self._own.verdict(text) or (classify(text, False) if is_label(text) else None)
        if verdict is None:
            return None
        if behind is None:
            heads = verdict.how == "lookup" and not _VALUES.issuperset(verdict.kinds)
            return Notice(line.span, None, verdict, LOOKALIKE, Layout.BARE) if heads else None
        return Notice(line.span, behind.start, verdict, LOOKALIKE, Layout.RUN_IN)

    def _beside(self, at: int, other: int) -> Line | None:
        """The line number *other*, if it stands in a cell of the row of line *at*."""
        if not 0 <= other < len(self.lines):
            return None
        one, two = (self.document.blocks[self.lines[n].block] for n in (at, other))
        both = one.kind is two.kind is BlockKind.CELL
        same = both and (one.group, one.row) == (two.group, two.row) and one.column != two.column
        return self.lines[other] if same else None

    def _is_label_cell(self, at: int) -> bool:
        return at >= 0 and classify(self.document.text(self.lines[at].span), False) is not None


def _lead(text: str) -> int:
    """How many signs and blanks *text* begins with; none if it holds no letter."""
    if text[:1].isalnum():
        return 0
    return next((at for at, sign in enumerate(text) if sign.isalnum()), 0)


_FIRST_EMOJI = "\u2600"
_UNKNOWN_LABEL = late(r"[^:\n]{1,40}:\s+\S")
_LABEL = late(r"([^\W\d_][^:\n]{1,60}?)(?: ?:(?:[ \n]\s*|(?=[^\s\d/]))| [-–—] )")
_BOLD = late(r"([^\n]*[^\n\s:])[\s:]*$")
