"""The title of a posting: which role it is for."""

import re

from jdlint.language.late import late
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.headings import classify, names_a_role
from jdlint.posting.model import TITLE_FIELDS
from jdlint.posting.own import NONE, OwnHeadings
from jdlint.posting.wording import key
from jdlint.read.offsets import Block, BlockKind, Document, Layout

LONGEST = 120
"""A first line of more characters than this is text, not a title."""

LONGEST_HEADING = 300
"""So many characters of a title are searched for the name of a site."""

_OF_COMPANY = ("About ", "Why ", "Life at ", "Working at ", "Join ", "Meet ", "Welcome ")
"""Beginnings of first lines that speak of the company rather than name a role."""

_PLACEHOLDER = frozenset("[{<")
"""A line that begins so waits to be filled in."""

_LABELLED = late(
    r"(?i)(?:[^\w\s]{1,3} )?"
    r"(?:(?:job|position|role|post|vacancy)(?: title| name)?[ ]?:\s*(?=\S)|title[ ]?:\s*(?=\S))"
)
_ROLE_END = late(r"\s*[,;:|/()\[\]\u2013\u2014@]\s*|\s-\s|\s(?:at|for|in|of|with|to|and|or)\s")
"""What may stand behind the noun of a role in a title."""

_GRADE = late(r"\s+(?:I{1,3}|IV|V|[1-5])$")
"""The number of a grade behind a role ("Equipment operator II")."""

_SITE = late(r"(?i)\s+(?:[|•·»]|::|--|[-–—](?= (?:careers|jobs|join|work))|:(?= ))\s+")
_SITE_SIGNS = "|•·»:-–—"
"""One of these stands before every name of a site."""
_OF_SITE = late(r"(?i)\b(?:careers?|jobs?|vacancies|hiring|join (?:us|our)|work (?:at|with|for))\b")


def find_title(document: Document, own: OwnHeadings = NONE) -> PlainSpan | None:
    """Where the title stands: in a field, behind a label, in a heading or the first line.

    What a configuration calls a heading of its *own* is no title.
    """
    blocks = [b for b in document.blocks if b.kind is not BlockKind.FURNITURE]
    blocks = [b for b in blocks if b.name or not own.verdict(document.text(b.span))]
    found = _field(blocks) or _labelled(document, blocks) or _heading(document, blocks)
    found = _fuller(document, blocks, found) if found else None
    if found is None and document.field(*TITLE_FIELDS) is None:
        found = _first_line(document, blocks)
    return _without_site(document, found) if found else None


def _fuller(document: Document, blocks: list[Block], found: PlainSpan) -> PlainSpan:
    """The main heading at the top instead of *found*, if it says the same and more."""
    top = blocks[0]
    if top.kind is not BlockKind.HEADING or top.level != 1 or top.span.end > found.start:
        return found
    text, told = document.text(top.span), document.text(found)
    return top.span if text.casefold().startswith(told.casefold()) else found


def _field(blocks: list[Block]) -> PlainSpan | None:
    named = {
        b.name.rpartition(".")[2].replace("_", "").lower(): b for b in reversed(blocks) if b.name
    }
    for name in TITLE_FIELDS:
        if block := named.get(name.replace("_", "")):
            return block.span
    return None


def _labelled(document: Document, blocks: list[Block]) -> PlainSpan | None:
    """The value of ``Job title: …`` near the top, or of a table row that begins so."""
    for at, block in enumerate(blocks[:12]):
        text = document.text(block.span)
        if block.kind is BlockKind.CELL and at + 1 < len(blocks):
            verdict = classify(text, False) if len(text) < 40 else None
            after = blocks[at + 1]
            if verdict and verdict.kinds[0] is SectionKind.TITLE and after.row == block.row:
                return after.span
        for line in re.finditer(r"[^\n]+", text[:1000]) if ":" in text else ():
            if found := _LABELLED.match(line[0]):
                start = block.span.start + line.start() + found.end()
                return PlainSpan(start, start + len(line[0][found.end() :].rstrip()))
    return None


def _heading(document: Document, blocks: list[Block]) -> PlainSpan | None:
    """The first heading that announces no section, rather one that names a role."""
    headings = [
        b
        for b in blocks
        if b.kind is BlockKind.HEADING and b.layout in (Layout.MARKED, Layout.NONE)
    ]
    known = document.field(*TITLE_FIELDS)
    for block in headings[:6]:
        text = document.text(block.span)
        if known and text.casefold() == known.value.strip().casefold():
            return block.span
    if known:
        return _kin(document, headings, known.value)
    headings = [b for b in headings if document.text(b.span)[:1] not in _PLACEHOLDER]
    for is_role in (_is_role, names_a_role):
        for block in headings[:4]:
            if is_role(document.text(block.span)):
                return block.span
    first = headings[0] if headings else None
    if first is None or document.text(first.span).endswith(":"):
        return None
    if classify(document.text(first.span), ruled=first.level != 1):
        return None
    return first.span if first.level == 1 or first is blocks[0] else None


def _kin(document: Document, headings: list[Block], known: str) -> PlainSpan | None:
    """The main heading, if it names the role in other words than the field *known* does."""
    main = next((b for b in headings if b.level == 1), None)
    if main is None or document.text(main.span)[:1] in _PLACEHOLDER:
        return None
    text = document.text(main.span)
    role = names_a_role(text)
    kin = bool(_telling(text) & _telling(known)) or (role and document.format == "html")
    return main.span if kin and (role or not classify(text)) else None


def _telling(text: str) -> set[str]:
    """The words of a title that are not too short to tell titles apart."""
    return {word for word in key(text).split() if len(word) > 2}


def _is_role(text: str) -> bool:
    """Whether *text* is the name of a role, not a sentence that speaks of one."""
    if text.endswith((".", "!", "?")):
        return False
    heads = _ROLE_END.split(_GRADE.sub("", text))
    return any(words and names_a_role(words[-1]) for words in map(str.split, heads))


def _first_line(document: Document, blocks: list[Block]) -> PlainSpan | None:
    """The first line of a text that has no marked heading, unless it is a sentence."""
    blocks = [b for b in blocks if document.text(b.span)[:1] not in _PLACEHOLDER]
    if not blocks or blocks[0].kind is BlockKind.ITEM:
        return None
    start = blocks[0].span.start
    line = document.text(blocks[0].span).partition("\n")[0].rstrip()
    named = names_a_role(line)
    if not named and (second := _role_below(document, blocks)):
        return second
    if len(line) > LONGEST:
        return _run_on(line, start)
    if line.endswith((".", ",", ";", "!", "?")) and not named:
        return None
    telling = blocks[0].kind is BlockKind.HEADING or line.startswith(_OF_COMPANY)
    if not named and (classify(line, telling) or line.endswith(":") or len(line.split()) > 10):
        return None
    return PlainSpan(start, start + len(line))


def _role_below(document: Document, blocks: list[Block]) -> PlainSpan | None:
    """The second line, set like the first as a heading, if it names the role, not the employer."""
    if len(blocks) < _TWO or any(b.kind is not BlockKind.HEADING for b in blocks[:_TWO]):
        return None
    below = blocks[1].span
    return below if _is_role(document.text(below)) else None


_TWO = 2


def _run_on(line: str, start: int) -> PlainSpan | None:
    """The role before the first label of a posting whose line ends were lost."""
    head, colon, _ = line[:LONGEST].partition(":")
    words = list(re.finditer(r"\S+", head)) if colon else []
    for at in range(min(8, len(words) - 1), 0, -1):
        end = words[at - 1].end()
        if classify(head[words[at].start() :], False) and names_a_role(words[at - 1][0]):
            return PlainSpan(start, start + end)
    return None


def _without_site(document: Document, span: PlainSpan) -> PlainSpan:
    """*span* without the name of the site behind the title ("… | Careers at QuestDB")."""
    text = document.text(span)[:LONGEST_HEADING]
    if not any(sign in text for sign in _SITE_SIGNS):
        return span
    for mark in _SITE.finditer(text):
        tail = text[mark.end() :]
        bar = mark[0].strip() in ("|", "•", "·", "»", "::", "--")
        if mark.start() and (_OF_SITE.search(tail) or (bar and not names_a_role(tail))):
            return PlainSpan(span.start, span.start + mark.start())
    return span
