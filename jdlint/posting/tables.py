"""Tables with columns that mean something: Essential and Desirable, marks, or facts by column.

A person specification often is a table: a header row names a column for what is needed and
one for what is welcome, or each row bears a mark (E or D). Such a cell is about what its
column, or the mark of its row, says.
"""

from collections.abc import Iterator, Mapping, Sequence, Set

import msgspec

from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.headings import Verdict, classify
from jdlint.posting.own import NONE, OwnHeadings
from jdlint.posting.wording import key, wording
from jdlint.read.offsets import Block, BlockKind, Document

K = SectionKind

LONGEST_HEADER = 80
"""A cell of more characters than this names no column."""

LAST_FACTS = 2
"""A header row with more rows than this below it lists several jobs, not facts of one."""

_FACTS = frozenset(
    {K.PAY, K.LOCATION, K.WORKING_PATTERN, K.CLOSING_DATE, K.TEAM, K.TITLE, K.BENEFITS,
     K.HOW_TO_APPLY, K.RIGHT_TO_WORK}
)  # fmt: skip


class Told(msgspec.Struct, frozen=True):
    """What a cell is about, and where that is said: its column's header, or its row's mark."""

    heading: PlainSpan
    verdict: Verdict


Row = dict[int, list[int]]
"""The blocks in each cell of a row, by column."""


class Columns:
    """What the tables of a document say of their cells, by the number of a block.

    *told* has the cells that a column or a mark decides; *heads* the blocks that say so.
    *labels* are the other blocks of those tables, which only name what stands beside them.
    """

    def __init__(self, document: Document, own: OwnHeadings = NONE) -> None:
        self._document = document
        self._own = own
        self.told: dict[int, Told] = {}
        self.heads: set[int] = set()
        self.labels: set[int] = set()
        for rows in _tables(document.blocks):
            self._read(rows)

    def _read(self, rows: list[Row]) -> None:
        before = len(self.told)
        if (marked := self._marked(rows)) is not None:
            self._by_marks(rows, marked)
        else:
            self._by_columns(rows)
        if len(self.told) > before:
            blocks = {n for row in rows for cell in row.values() for n in cell}
            self.labels |= blocks - self.told.keys() - self.heads

    def _by_columns(self, rows: list[Row]) -> None:
        columns: Mapping[int, Told] = {}
        criteria: int | None = None
        for number, row in enumerate(rows):
            if (found := self._header(row)) or (found := self._facts(rows, number)):
                columns = found
                criteria = self._criteria(rows, found.keys()) if criteria is None else criteria
                self.heads.update(n for column in columns for n in row[column])
                continue
            for column in row.keys() & columns.keys():
                self._tell(row[column], columns[column], row.get(criteria or 0, []))

    def _tell(self, cell: list[int], told: Told, criterion: list[int]) -> None:
        """Note what a cell is about; where it is but a tick, what the row's criterion is about."""
        if self._key(cell) not in wording().ticks:
            self.told.update((block, told) for block in cell)
        else:
            self.heads.update(cell)
            self.told.update((block, told) for block in criterion)

    def _header(self, row: Row) -> dict[int, Told]:
        """The columns that *row* names, if one is for needs and another for wishes."""
        named = {c: v for c, cell in row.items() if (v := self._classified(cell))}
        wishes = [c for c, v in named.items() if v.kinds == (K.NICE_TO_HAVE,)]
        needs = [c for c, v in named.items() if v.kinds == (K.REQUIREMENTS,)]
        if len(needs) > 1 and needs[0] == min(row):
            del needs[0]
        if len(needs) != 1 or len(wishes) != 1:
            return {}
        return {c: Told(self._span(row[c]), named[c]) for c in (*needs, *wishes)}

    def _facts(self, rows: list[Row], number: int) -> dict[int, Told]:
        """The columns of a small table whose first row consists of the names of facts."""
        row = rows[number]
        if number or len(row) < 2 or not 1 < len(rows) <= 1 + LAST_FACTS:
            return {}
        named = {c: self._classified(cell) for c, cell in row.items()}
        told = {c: v for c, v in named.items() if v and _FACTS.issuperset(v.kinds)}
        below = [self._classified(cell) for row in rows[1:] for cell in row.values()]
        if len(told) < len(row) or any(below):
            return {}
        return {c: Told(self._span(row[c]), v) for c, v in told.items()}

    def _marked(self, rows: list[Row]) -> int | None:
        """The column whose cells say of each row whether it is needed or welcome."""
        known = wording().needed | wording().welcome
        keys: dict[int, list[str]] = {}
        for row in rows:
            for column, cell in row.items():
                keys.setdefault(column, []).append(self._key(cell))
        for column, cells in sorted(keys.items()):
            marks = sum(cell in known for cell in cells)
            if marks > 1 and marks >= len(cells) - 1:
                return column
        return None

    def _by_marks(self, rows: list[Row], column: int) -> None:
        """The criterion of each row is what its mark says; the first mark speaks for all."""
        criteria = self._criteria(rows, {column})
        first: dict[SectionKind, Told] = {}
        for row in rows:
            mark = self._key(row.get(column, []))
            needed, welcome = mark in wording().needed, mark in wording().welcome
            if criteria not in row or needed == welcome:
                continue
            kind = K.REQUIREMENTS if needed else K.NICE_TO_HAVE
            told = Told(self._span(row[column]), Verdict((kind,), 0.9, "mark"))
            self.heads.update(row[column])
            told = first.setdefault(kind, told)
            self.told.update((block, told) for block in row[criteria])

    def _criteria(self, rows: list[Row], marking: Set[int]) -> int:
        """The column with the criteria: of those not *marking*, the one that says most."""
        said: dict[int, set[str]] = {}
        for row in rows:
            for column in row.keys() - marking:
                said.setdefault(column, set()).add(self._document.text(self._span(row[column])))
        return max(said, key=lambda column: sum(map(len, said[column])), default=-1)

    def _classified(self, cell: list[int]) -> Verdict | None:
        span = self._span(cell)
        if span.end - span.start > LONGEST_HEADER:
            return None
        text = self._document.text(span)
        return self._own.verdict(text) or classify(text, False)

    def _span(self, cell: list[int]) -> PlainSpan:
        blocks = self._document.blocks
        return PlainSpan(blocks[cell[0]].span.start, blocks[cell[-1]].span.end)

    def _length(self, cell: list[int]) -> int:
        span = self._span(cell)
        return span.end - span.start

    def _key(self, cell: list[int]) -> str:
        """The text of a cell as it is looked up, or the signs it consists of; "" if long."""
        if not cell or self._length(cell) > LONGEST_HEADER:
            return ""
        text = self._document.text(self._span(cell))
        return key(text) or text.strip()


def _tables(blocks: Sequence[Block]) -> Iterator[list[Row]]:
    """The tables in order, each with its rows."""
    tables: dict[int, dict[int, Row]] = {}
    for number, block in enumerate(blocks):
        if block.table and block.kind is not BlockKind.FURNITURE:
            rows = tables.setdefault(block.table, {})
            rows.setdefault(block.row, {}).setdefault(block.column, []).append(number)
    for rows in tables.values():
        yield list(rows.values())
