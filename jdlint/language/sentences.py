"""Sentences of a text, with their places. Text is folded first (:func:`words.fold`).

No library is used: those that are kept well cannot be told a trade's abbreviations, and
their lists would decide which sentences jdlint calls long.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from jdlint import store
from jdlint.language.late import late

_BULLETS = "\u2022\u25aa\u25cf\u25e6\u2023\uf0b7"
_STOP = late(
    rf"[.!?\u2026\n{_BULLETS}](?:(?<=\n)[ \n]*|(?<=[{_BULLETS}])(?=[ \n])"
    r"|(?<=[.!?\u2026])[.!?\u2026]*[\"')\]]*)"
)
"""Where a sentence may end: stops and what closes with them, a bullet inside a line, a line end.

Written with one set of signs in front, for which the search skips all other characters.
"""

_LABEL = late(r"[A-Z][\w'&/() -]{0,30}:(?=\s|\Z)")
_NUMBERING = late(r"\s+\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s")
"""A number or letter in brackets that leads in the next point of a list inside a paragraph."""
_BEFORE_WORD = " \n([{\"'/"
_NEXT = late(r"[\s\"'(\[{]*(\S{0,30})")


class _Abbreviations(NamedTuple):
    """The lists of ``rules/_data/abbreviations.yaml``."""

    inside: frozenset[str]
    before_number: frozenset[str]
    closing: frozenset[str]
    name: frozenset[str]
    times: frozenset[str]
    openers: frozenset[str]
    unfinished: frozenset[str]


@cache
def _abbreviations() -> _Abbreviations:
    table = store.table("abbreviations")
    return _Abbreviations(*(frozenset(table[name]) for name in _Abbreviations._fields))


def split(folded: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The half-open ranges of the sentences in ``folded[start:end]``, one block of a text.

    Every character but white space between sentences (and bullets inside a line) lies in
    one of them. A full stop in an abbreviation, a number, a version or a name such as
    Node.js ends nothing. A line end is white space if the line was full, else an end.
    """
    stop = len(folded) if end is None else end
    found, begin = [], start
    for last, following in _ends(folded, start, stop):
        if (trimmed := _trim(folded, begin, last)) is not None:
            found.append(trimmed)
        begin = following
    if (trimmed := _trim(folded, begin, stop)) is not None:
        found.append(trimmed)
    return found


def _ends(folded: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The end of each sentence but the last, and where the next may begin."""
    width = _width(folded, start, stop)
    begin = after = start
    for match in _STOP.finditer(folded, start, stop):
        at, before = match.start(), after
        sign, after = folded[at], match.end()
        if sign == "\n":
            ends = _is_short_line(folded, at, begin, stop, width)
        elif sign in _BULLETS:
            ends, at = at > before and folded[at - 1] == " ", at - 1
        else:
            ends, at = _is_end(folded, at, after, begin, stop), after
        if ends:
            yield at, after
            begin = after


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """``text[start:end]`` without white space around it, None if nothing is left."""
    body = text[start:end]
    lead = len(body) - len(body.lstrip())
    tail = len(body.rstrip())
    return (start + lead, start + tail) if tail > lead else None


def _is_end(text: str, at: int, after: int, begin: int, stop: int) -> bool:
    """Whether the stops at *at* (closed at *after*) end the sentence that began at *begin*."""
    if after >= stop:
        return True
    if not text[after].isspace():
        return False
    following = _next_token(text, after, stop)
    if not following:
        return True
    small = following[0].islower() and not any(map(str.isupper, following[1:]))
    if small and not _NUMBERING.match(text, after, stop):
        return False
    if text[at] != "." or text[at : at + 2] == "..":
        return True
    return not _goes_on(_token_before(text, at, begin), following, _is_first(text, at, begin))


def _goes_on(token: str, following: str, first: bool) -> bool:
    """Whether *token* and its full stop belong inside a sentence, before *following*."""
    known = _abbreviations()
    key, next_key = token.lower(), following.rstrip(".,;:!?)").lower()
    if key in known.inside:
        return True
    if key in known.before_number:
        return following[0].isdigit()
    if key in known.closing:
        return next_key in known.times or following[0].isdigit()
    if first and (key.isdigit() or len(key) == 1):
        return True
    if key in known.name or _is_dotted(token):
        return next_key not in known.openers
    return len(token) == 1 and token.isupper() and next_key not in known.openers


def _is_dotted(token: str) -> bool:
    """Whether *token* is letters between dots, as in B.Sc or U.S.A."""
    parts = token.split(".")
    return len(parts) > 1 and all(p.isalpha() and len(p) <= 3 for p in parts)


def _token_before(text: str, at: int, begin: int) -> str:
    """The word that ends at *at*, at most 30 characters of it."""
    low = max(begin, at - 30)
    start = at
    while start > low and text[start - 1] not in _BEFORE_WORD:
        start -= 1
    return text[start:at]


def _is_first(text: str, at: int, begin: int) -> bool:
    """Whether the word before *at* is the first of its sentence (and short: a list number)."""
    return at - begin < 30 and " " not in text[begin:at].strip()


def _next_token(text: str, at: int, stop: int) -> str:
    """The next word after *at*, at most 30 characters, without the quotes that open it."""
    found = _NEXT.match(text, at, stop)
    return found[1] if found else ""


def _width(text: str, start: int, stop: int) -> int:
    """The length of the longest line of a block, 0 if it has only one line."""
    if text.find("\n", start, stop) < 0:
        return 0
    return max(map(len, text[start:stop].split("\n")))


def _is_short_line(text: str, at: int, begin: int, stop: int, width: int) -> bool:
    """Whether the line that ends at *at* was ended by its author, not because it was full.

    A new line begins there with a capital, a figure or a label, its first word would have
    had room on the line before, and that line does not end in mid-phrase.
    """
    following = _next_token(text, at + 1, stop)
    if not following or following[0].islower() or text[at - 1] in ",-":
        return False
    if _LABEL.match(text, at + 1, stop):
        return True
    if _token_before(text, at, begin).lower() in _abbreviations().unfinished:
        return False
    line = at - max(text.rfind("\n", begin, at) + 1, begin)
    return line + 1 + len(following) <= width
