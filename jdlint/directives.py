"""Directives to jdlint in a posting: where they stand, which rules they name, and why.

In a comment of the format at hand or, in plain text, on a line of its own:

    <!-- jdlint-disable-next-line JD112 -- quoted from the customer -->

and as a key of front matter, YAML or JSON, with one reason for all rules or one for each:

    jdlint-disable: JD112 -- an old posting
    jdlint-disable: [JD112 -- an old posting, guys -- a band]
    jdlint-disable: {JD112: an old posting, guys: a band}

Anywhere after the action may stand until=2027-03-31, the last day on which it holds, and by=NAME
(by="Name of two words"), who answers for it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import accumulate, chain, islice
from typing import NamedTuple

import msgspec

from jdlint.language.late import late
from jdlint.model import PlainSpan, SourceSpan
from jdlint.nearest import nearest
from jdlint.read.offsets import Field, SourceFile

ACTIONS = ("disable-next-line", "disable", "disable-file", "enable")

_DIRECTIVE = late(
    r"(jdlint(?:-|[_: ]{1,3}(?=disable|enable|ignore))([a-z]+(?:[_-][a-z]+)*))\b"
    r"['\"]?[ \t]*([:=]?)[ \t]*"
    r"((?:[^\r\n*#%-]|-(?!->|-?%>)|\*(?!/)|#(?!\})|%(?!>))*)"
)
_OPENER = late(r"(?:<!--|\{/\*|\{#|<%#|<%--|//|/\*|#|;|\[//\]: # \(|['\"])[ \t]*\Z|^[ \t]*\Z")
_LONG_OPENER = late(r"(?:<!--|/\*|\{#|<%#|<%--)[ \t]*\Z")
_CLOSER = late(r"-->|\*/\}?|#\}|--?%>|%>")
_END_OF_LINE = late(r"(?:\)|['\"],?)[ \t]*\Z")
_LEAD_OF_KEY = late(r"(?:\A|[{,])[ \t{,]*['\"]?\Z")
_OPTION = late(r"""\b(until|by)=("[^"\r\n]*"|'[^'\r\n]*'|[^\s,;)\]}]*)""")
_RULE = late(r"[A-Za-z][\w-]{0,79}")
_DASH = late(r"--|[\u2013\u2014]")
_DASH = late(r"--|[\u2013\u2014]")
_KEY = late(r"jdlint-(disable(?:-file)?)(?:\.(.+))?\Z")
_PLAINLY_MEANT = ("disable", "enable", "ignore")
_WIDEST_OPENER = 40
_LONGEST = 2000
_MOST = 1000
"""More directives and names than this in one file are not heeded: nobody wrote them."""


class Named(NamedTuple):
    """A rule that a directive names, and where."""

    rule: str
    span: SourceSpan


class Terms(msgspec.Struct, frozen=True):
    """On what terms something is silenced: the *reason*, the last day, and who answers for it.

    *until* is as written; :attr:`day` is None where that is no day.
    """

    reason: str = ""
    until: str = ""
    by: str = ""

    @property
    def day(self) -> date | None:
        """The last day on which it holds."""
        try:
            return date.fromisoformat(self.until)
        except ValueError:
            return None


class Directive(msgspec.Struct, frozen=True):
    """What the author asked for: an action, for *rules* (none: all of them), on *terms*.

    *action* is one of :data:`ACTIONS`, or all of what somebody wrote who meant one of them.
    """

    action: str
    rules: tuple[Named, ...]
    terms: Terms
    span: SourceSpan


def read(source: SourceFile) -> list[Directive]:
    """The directives of a file, in order."""
    if "jdlint" not in source.text:
        return []
    keys = list(islice(_keys(source), _MOST))
    written = islice(_written(source, parsed=bool(keys)), _MOST)
    found = sorted(chain(keys, written), key=lambda directive: directive.span)
    sizes = accumulate(len(directive.rules) + 1 for directive in found)
    return [directive for directive, size in zip(found, sizes, strict=True) if size <= _MOST]


def meant(written: str) -> str | None:
    """The directive that somebody meant who wrote *written*, if it is plain which."""
    by_letters = {known.replace("-", ""): known for known in ACTIONS}
    near = nearest(re.sub(r"[^a-z]", "", written.removeprefix("jdlint")), by_letters)
    return f"jdlint-{by_letters[near]}" if near else None


def _keys(source: SourceFile) -> Iterator[Directive]:
    """Directives that are keys of front matter or of data, which the reader has parsed."""
    for document in source.documents:
        for field in document.fields:
            if field.name.startswith("jdlint-") and (key := _KEY.match(field.name)):
                yield _of_key(key[2], field, source.text)


def _of_key(rule: str | None, field: Field, text: str) -> Directive:
    """The directive of a *field*: for *rule* its value is the reason, else it names rules too."""
    span = field.span or SourceSpan(0, 0)
    if rule:
        terms = _terms(field.value)
        return Directive("disable-file", (Named(rule, span),), terms, span)
    names, reason = _apart(field.value)
    terms = _terms(reason, field.value)
    found = _names(names, span.start)
    if text[span.start : span.end] != field.value:  # escapes: places inside it are unsure
        found = tuple(Named(name.rule, span) for name in found)
    return Directive("disable-file", found, terms, span)


def _apart(text: str) -> tuple[str, str]:
    """The rules named in *text*, and the reason after two hyphens or the dash made of them."""
    names, *reason = _DASH.split(_OPTION.sub(_blank, text), maxsplit=1)
    return names, "".join(reason)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _terms(reason: str, whole: str | None = None) -> Terms:
    """The terms that *reason* and the options in *whole* (by default the same) tell."""
    options = {m[1]: m[2].strip("\"'") for m in _OPTION.finditer(whole or reason)}
    said = " ".join((_OPTION.sub("", reason) if options else reason).split())
    for left in ("( , )", "(, )", "( )", "()"):
        said = said.replace(left, "")
    return Terms(
        said.strip().strip("\"'").strip(" ,;"), options.get("until", ""), options.get("by", "")
    )


def _names(text: str, start: int) -> tuple[Named, ...]:
    """The rules named in *text*, which begins at *start* of the file; none if "all" is named."""
    written = islice(_RULE.finditer(text), _MOST // 10)
    found = [Named(m[0], SourceSpan(start + m.start(), start + m.end())) for m in written]
    return () if any(name.rule == "all" for name in found) else tuple(found)


def _written(source: SourceFile, *, parsed: bool) -> Iterator[Directive]:
    """Directives in comments and on lines of their own; *parsed*: keys are known already."""
    parsed = parsed or any(document.format in ("json", "yaml") for document in source.documents)
    code = sorted(_code(source))
    for match in _DIRECTIVE.finditer(source.text):
        at = bisect_right(code, (match.start(), len(source.text))) - 1
        if at >= 0 and code[at][0] <= match.start() < code[at][1]:
            continue  # written about, not written down
        lead = _lead(source.text, match.start())
        is_key = bool(match[3] and _LEAD_OF_KEY.search(lead))
        if _OPENER.search(lead) and not (is_key and (parsed or match[4][:1] in ("[", "{"))):
            end = _end(source.text, match, lead)
            yield from _comment(match, is_key, source.text[match.start(4) : end])


def _lead(text: str, start: int) -> str:
    """What stands in the line before *start*."""
    low = max(0, start - _WIDEST_OPENER)
    line = max(text.rfind("\n", low, start), text.rfind("\r", low, start)) + 1
    return text[max(line, low) : start]


def _end(text: str, match: re.Match[str], lead: str) -> int:
    """Where in *text* the directive ends whose comment began with *lead*, maybe lines below."""
    if text[match.end() : match.end() + 1] not in ("", "\r", "\n"):
        return match.end()
    closer = _LONG_OPENER.search(lead) and _CLOSER.search(text, match.end(), match.end() + _LONGEST)
    return closer.start() if closer else match.start(4) + len(_END_OF_LINE.sub("", match[4]))


def _comment(match: re.Match[str], is_key: bool, whole: str) -> Iterator[Directive]:
    written, action = match[1], match[2]
    if written != f"jdlint-{action}" or action not in ACTIONS:
        if meant(written) or action.startswith(_PLAINLY_MEANT):
            yield Directive(written, (), Terms(), SourceSpan(match.start(1), match.end(1)))
        return
    if is_key and action == "disable":
        action = "disable-file"
    names, reason = _apart(whole)
    span = SourceSpan(match.start(), match.start(4) + len(whole.rstrip()))
    yield Directive(action, _names(names, match.start(4)), _terms(reason, whole), span)


def _code(source: SourceFile) -> Iterator[SourceSpan]:
    """The ranges of the file that are code."""
    for document in source.documents:
        for thing in document.things:
            if thing.kind == "code":
                yield document.offsets.to_source(PlainSpan(thing.at, thing.at + 1))
