"""What a posting says in its fields and again in its text, and differently."""

from collections.abc import Callable, Iterator
from functools import partial

from jdlint.checks import apart
from jdlint.checks.apart import Difference, Fields
from jdlint.checks.card import PythonCard
from jdlint.checks.protocol import Context
from jdlint.model import Hit, PlainSpan
from jdlint.posting import sides
from jdlint.posting.datebook import datebook
from jdlint.posting.dates import CLOSING
from jdlint.posting.lexicon import Words
from jdlint.posting.model import Posting


def _compared(
    compare: Callable[[Posting, Fields], Iterator[Difference]],
    posting: Posting,
    context: Context,  # noqa: ARG001
    card: PythonCard,
) -> Iterator[Hit]:
    """A hit for each difference that *compare* finds between the fields and the text."""
    for found in compare(posting, sides.fields_of(posting)):
        yield _hit(card, posting, found)


title = partial(_compared, apart.title)
place = partial(_compared, apart.place)
remote = partial(_compared, apart.remote)
pay = partial(_compared, apart.pay)
contract = partial(_compared, apart.contract)


def closing(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A closing date in the text that is another one than in the fields or further up."""
    fields = sides.fields_of(posting)
    for found in apart.closing(posting, fields):
        yield _hit(card, posting, found)
    names = {field.name for field in fields}
    if any(d.role == CLOSING and d.field in names for d in posting.dates if d.field):
        return
    dates = apart.closings_of_text(posting)
    if len(dates) != 2 or apart.same_day(*dates):
        return
    spans = [one.span for one in dates if one.span]
    if not any(_is_round(posting, span) for span in spans):
        yield _hit(card, posting, Difference(spans[1], dates[0].text))


def _is_round(posting: Posting, span: PlainSpan) -> bool:
    """Whether the words before a deadline say that it is one of several."""
    words = Words(posting.folded[max(0, span.start - _LEAD) : span.start])
    return any("round" in mark.roles for mark in datebook().speech.marks(words))


_LEAD = 80
"""So many characters before a deadline may say what it is for."""


def _hit(card: PythonCard, posting: Posting, found: Difference) -> Hit:
    match = " ".join(posting.document.text(found.span).split())
    name = found.field.name if found.field else ""
    values = {"match": match, "other": " ".join(found.other.split()), "field": name}
    return Hit(card.id, found.span, values)
