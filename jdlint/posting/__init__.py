"""What a posting says: its title, its sections and its facts, read out of a document."""

from itertools import chain

from jdlint.language.words import fold, words
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.cues import Listener
from jdlint.posting.fields import told_in_fields
from jdlint.posting.lines import lines_of
from jdlint.posting.model import Posting, Section
from jdlint.posting.sections import Outline
from jdlint.posting.title import find_title
from jdlint.read.offsets import Document


def understand(document: Document) -> Posting:
    """The posting that *document* holds. Never fails, whatever the document."""
    folded = fold(document.plain)
    found = words(folded)
    title = find_title(document)
    outline = Outline(document, lines_of(document), title)
    announced = outline.sections() + told_in_fields(document)
    known: set[SectionKind] = set(chain.from_iterable(s.kinds for s in announced))
    implied = Listener(document, folded, found, known).implied(outline)
    sections = tuple(sorted(announced + implied, key=_place))
    posting = Posting(document, title, sections)
    posting.__dict__["folded"] = folded
    posting.__dict__["words"] = found
    return posting


def _place(section: Section) -> tuple[int, int]:
    span: PlainSpan = section.heading or section.body
    return span.start, section.body.end
