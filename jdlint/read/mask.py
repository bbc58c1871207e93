"""What stands in a text but is not prose: templates, comments, JSX, URLs, e-mail addresses.

One scan finds the ranges; a *cover* of equal length then hides them from the parsers of
Markdown and HTML, so that no offset moves. Every search has a bound or remembers that it
failed, so that the scan is linear on any input.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache

import msgspec
from msgspec.structs import replace

from jdlint.language.late import late
from jdlint.read.build import Builder, View

_FAR = 2000
"""A template tag longer than this, in characters, is taken for stray braces."""

_TEMPLATES = {"{{": "}}", "{%": "%}", "<%": "%>", "<?": "?>"}
_HIDDEN = frozenset({"comment", "markup"})
_ENDINGS = "com|org|net|io|gov|edu|uk|ca|eu|de|dev|ai|co"
"""Top-level domains after which a slash makes a URL without a scheme."""


class Mask(msgspec.Struct, frozen=True):
    """A range that is not prose.

    *kind* is template, url or email, which leave an object in the prose around them, or
    comment or markup, which leave nothing. *alone* says that nothing else is on its lines;
    *value* that it is a template's placeholder for words, as in ``{{ page.location }}``.
    """

    start: int
    end: int
    kind: str
    alone: bool = False
    value: bool = False

    @property
    def shown(self) -> bool:
        """Whether an object stands for it in the plain text: not for a bare command."""
        if self.kind in _HIDDEN:
            return False
        return self.value or not self.alone or self.kind != "template"


class Masked:
    """A text, the masks in it, and its cover: the text with masks hidden, at equal length."""

    def __init__(self, text: str, masks: list[Mask]) -> None:
        self.text = text
        self.masks = masks
        self.cover = _cover(text, masks) if masks else text
        self._ends = [mask.end for mask in masks]

    def within(self, start: int, end: int) -> Iterator[Mask]:
        """The masks that overlap ``start:end``, in order."""
        for at in range(bisect_right(self._ends, start), len(self.masks)):
            if self.masks[at].start >= end:
                return
            yield self.masks[at]

    def includes(self) -> Iterator[str]:
        """The commands that stand alone, such as ``{% include apply.html %}``, as written."""
        for mask in self.masks:
            if mask.kind == "template" and mask.alone and not mask.value:
                yield self.text[mask.start : mask.end]

    def write(self, builder: Builder, view: View, start: int, end: int) -> None:
        """Add ``start:end`` of the text to *builder*: prose as it stands, objects for masks."""
        if not self._ends or self._ends[-1] <= start:
            builder.literal(view, start, end)
            return
        at = start
        for mask in self.within(start, end):
            builder.literal(view, at, mask.start)
            if mask.shown and mask.start >= start:
                text = self.text[mask.start : mask.end]
                builder.thing(view, mask.kind, text, mask.start, min(mask.end, end))
            at = min(mask.end, end)
        builder.literal(view, at, end)


def masked(text: str, flavour: str) -> Masked:
    """*text* with its masks; *flavour* is plain, markdown, mdx or html."""
    return Masked(text, _alone(text, list(_Scan(text, flavour).masks())))


def _alone(text: str, masks: list[Mask]) -> list[Mask]:
    """The masks, told whether they share their lines with prose."""
    if not masks:
        return masks
    left, right = [], []
    clear, before = True, 0
    for mask in masks:
        clear = _clear(text[before : mask.start], clear, last=True)
        left.append(clear)
        before = mask.end
    clear, after = True, len(text)
    for mask in reversed(masks):
        clear = _clear(text[mask.end : after], clear, last=False)
        right.append(clear)
        after = mask.start
    pairs = zip(masks, left, reversed(right), strict=True)
    return [replace(mask, alone=before and behind) for mask, before, behind in pairs]


def _clear(gap: str, clear: bool, *, last: bool) -> bool:
    """Whether the last (or first) line of *gap* is blank, and what it joins is clear too."""
    if gap.isspace() or not gap:
        return clear or "\n" in gap or "\r" in gap
    at = max(gap.rfind("\n"), gap.rfind("\r")) if last else _first_end(gap)
    return at >= 0 and not (gap[at:] if last else gap[:at]).strip()


def _first_end(gap: str) -> int:
    found = [at for at in (gap.find("\n"), gap.find("\r")) if at >= 0]
    return min(found, default=-1)


def _cover(text: str, masks: list[Mask]) -> str:
    """*text* with letters over masks among prose, and blanks over those that stand alone."""
    parts, at = [], 0
    for mask in masks:
        parts.append(text[at : mask.start])
        hidden = text[mask.start : mask.end]
        blank = mask.alone and not mask.shown and _may_part(text, mask.end)
        parts.append(re.sub(r"[^\r\n]", " ", hidden) if blank else "x" * len(hidden))
        at = mask.end
    parts.append(text[at:])
    return "".join(parts)


@cache
def _next_line() -> re.Pattern[str]:
    return late(r"[ \t]*(?:\r\n|\n|\r|\Z)(?P<indent>[ \t]*)")


def _may_part(text: str, end: int) -> bool:
    """Whether a blank line may stand at *end*: not before indented text or among HTML."""
    if (found := _next_line().match(text, end)) is None:
        return False
    return len(found["indent"].expandtabs(4)) < 4 and not text.startswith("<", found.end())


@cache
def _openers(flavour: str) -> re.Pattern[str]:
    """Where a mask may begin; alternatives begin with letters so that the search is fast."""
    parts = ["<!--", "<%", r"<\?php\b", r"<\?=", r"\{\{", r"\{%", r"\{#", r"\{:", "@"]
    parts += ["https?://", "HTTPS?://", r"www\.", r"mailto:", rf"\.(?:{_ENDINGS})/"]
    if flavour == "mdx":
        parts += ["</?[A-Z]", "</?>", r"\{", r"import\b", r"export\b"]
    if flavour == "plain":
        parts += ["jdlint-(?:dis|en)able"]
    return late("|".join(parts))


class _Scan:
    """One pass over a text, collecting masks from left to right."""

    def __init__(self, text: str, flavour: str) -> None:
        self.text = text
        self.flavour = flavour
        self.done = 0
        self._next: dict[str, int] = {}
        self._braces: dict[int, int] | None = None

    def masks(self) -> Iterator[Mask]:
        """All masks, in order and apart from each other."""
        at, opener = 0, _openers(self.flavour)
        while (found := opener.search(self.text, at)) is not None:
            mask = self._at(found.start(), found.group())
            if mask is not None and mask.start >= self.done:
                yield mask
                self.done = at = mask.end
            else:
                at = found.start() + 1

    def _at(self, start: int, opener: str) -> Mask | None:
        """The mask that *opener* at *start* begins, if it does."""
        if opener[0] in "<{" and self.text[start - 1 : start] == "`":
            return None
        reader = _READERS.get(opener[:2]) or _READERS.get(opener[:1])
        if self.flavour == "mdx" and (mask := self._mdx(start, opener)) is not None:
            return mask
        return reader(self, start, opener) if reader else None

    def _find(self, closer: str, start: int) -> int:
        """The end of the next *closer*, or -1; what is known from before is not searched again."""
        at = self._next.get(closer, 0)
        if 0 <= at < start or closer not in self._next:
            at = self._next[closer] = self.text.find(closer, start)
        return at + len(closer) if at >= 0 else -1

    def comment(self, start: int, opener: str) -> Mask | None:
        """An HTML comment, from ``<!--`` to ``-->``."""
        end = self._find("-->", start + len(opener))
        return Mask(start, end, "comment") if end > 0 else None

    def template(self, start: int, opener: str) -> Mask | None:
        """A tag of a template language; one that comments out hides what it comments out."""
        closer = _TEMPLATES[opener[:2]]
        found = self.text.find(closer, start + 2, start + _FAR)
        end = found + len(closer)
        inner = self.text[start + 2 : max(found, 0)].strip("-~ \t")
        if found < 0 or _blank_line().search(inner):
            return None
        if inner.startswith(("#", "/*", "!--")) or (opener == "<%" and inner.startswith("--")):
            return Mask(start, end, "comment")
        if opener == "{%" and inner in ("comment", "comment "):
            after = self._find("endcomment", end)
            closing = self.text.find("%}", after, after + 20) if after > 0 else -1
            return Mask(start, closing + 2 if closing > 0 else end, "comment")
        value = opener == "{{" and _placeholder().match(inner) is not None
        return Mask(start, end, "template", value=value)

    def code(self, start: int, opener: str) -> Mask | None:
        """ERB or PHP: unlike other tags it may be long and hold blank lines."""
        end = self._find(_TEMPLATES[opener[:2]], start + 2)
        if end < 0:
            return None
        hidden = self.text.startswith(("<%#", "<%--"), start)
        return Mask(start, end, "comment" if hidden else "template")

    def jinja_comment(self, start: int, opener: str) -> Mask | None:
        """``{# … #}``, but not ``{#id}``, which names a heading."""
        if _heading_name().match(self.text, start):
            return None
        end = self._find("#}", start + len(opener))
        return Mask(start, end, "comment") if end > 0 else None

    def attributes(self, start: int, opener: str) -> Mask | None:  # noqa: ARG002
        """The attributes of kramdown: ``{: .class}`` and ``{:toc}``."""
        found = re.compile(r"\{:[^{}\r\n]{0,200}\}").match(self.text, start)
        return Mask(start, found.end(), "markup") if found else None

    def url(self, start: int, opener: str) -> Mask | None:
        """A bare URL; in Markdown not the target of a link, which the parser understands."""
        before = self.text[max(start - 2, 0) : start]
        if before[-1:].isalnum() or (self.flavour != "plain" and _is_target(self.text, start)):
            return None
        end = _url_end(self.text, start + len(opener))
        return Mask(start, end, "url") if end > start + len(opener) else None

    def path(self, start: int, opener: str) -> Mask | None:
        """A URL without its scheme, found by its domain's ending: ``boards.example.io/acme``."""
        low = _walk_left(self.text, start, self.done, "-._")
        if low == start or (self.flavour != "plain" and _is_target(self.text, low)):
            return None
        return Mask(low, _url_end(self.text, start + len(opener)), "url")

    def email(self, start: int, opener: str) -> Mask | None:  # noqa: ARG002
        """An e-mail address around an at sign."""
        domain = re.compile(r"@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}").match(self.text, start)
        low = _walk_left(self.text, start, self.done, ".+-_%'")
        while low < start and not self.text[low].isalnum():
            low += 1
        bracketed = self.flavour != "plain" and self.text[max(low - 1, 0) : low] == "<"
        if domain is None or low == start or bracketed:
            return None
        return Mask(low, domain.end(), "email")

    def directive(self, start: int, opener: str) -> Mask | None:  # noqa: ARG002
        """A suppression on a line of its own in plain text."""
        low = max(start - 40, 0)
        before = self.text[low:start]
        line = low + max(before.rfind("\n"), before.rfind("\r")) + 1
        if self.text[line:start].strip(" \t#/;") or (line == low > 0):
            return None
        end = re.compile(r"[^\r\n]*").match(self.text, start)
        return Mask(max(line, self.done), end.end() if end else start, "comment")

    def _mdx(self, start: int, opener: str) -> Mask | None:
        """What only MDX knows: components, expressions, imports and exports."""
        if opener in ("import", "export"):
            return self._module_line(start)
        if opener.startswith("<") and (opener[-1].isupper() or opener.endswith(">")):
            end = _jsx_end(self.text, start + 1, self._brace_pairs())
            return Mask(start, end, "template") if end > 0 else None
        if opener.startswith("{") and not _heading_name().match(self.text, start):
            end = self._brace_pairs().get(start, -1)
            if end < 0 or end - start > _FAR * 10:
                return None
            inner = self.text[start + 1 : end - 1].strip()
            hidden = inner.startswith("/*") or inner.strip("\"'") in ("", " ")
            return Mask(start, end, "comment" if hidden else "template")
        return None

    def _module_line(self, start: int) -> Mask | None:
        """An import or export, up to the next blank line."""
        if start and self.text[start - 1] not in "\r\n":
            return None
        if not _module().match(self.text, start):
            return None
        found = _blank_line().search(self.text, start)
        return Mask(start, found.start() if found else len(self.text.rstrip()), "template")

    def _brace_pairs(self) -> dict[int, int]:
        """For each opening brace that is closed, the end of its closing one."""
        if self._braces is None:
            self._braces, waiting = {}, []
            for found in re.finditer(r"[{}]", self.text):
                if found.group() == "{":
                    waiting.append(found.start())
                elif waiting:
                    self._braces[waiting.pop()] = found.end()
        return self._braces


_READERS: dict[str, Callable[[_Scan, int, str], Mask | None]] = {
    "<!": _Scan.comment,
    "{{": _Scan.template,
    "{%": _Scan.template,
    "<%": _Scan.code,
    "<?": _Scan.code,
    "{#": _Scan.jinja_comment,
    "{:": _Scan.attributes,
    "ht": _Scan.url,
    "HT": _Scan.url,
    "ww": _Scan.url,
    "ma": _Scan.url,
    "jd": _Scan.directive,
    ".": _Scan.path,
    "@": _Scan.email,
}


@cache
def _placeholder() -> re.Pattern[str]:
    """A variable, perhaps with filters, but no command that puts in a whole part."""
    return late(r"(?!(?:partial|template|block|render|include|yield|toc|content)\b)[\w.$]")


@cache
def _blank_line() -> re.Pattern[str]:
    return late(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")


@cache
def _heading_name() -> re.Pattern[str]:
    return late(r"\{#[\w:.-]+\}")


@cache
def _module() -> re.Pattern[str]:
    names = "const|let|var|default|function|class|async"
    return late(rf"import\s*[\"'{{*\w$]|export\s+(?:[{{*]|(?:{names})\b)")


def _is_target(text: str, start: int) -> bool:
    """Whether a URL at *start* is markup's own: a link's target, an attribute, an autolink."""
    before = text[max(start - 3, 0) : start]
    return before.endswith(("](", "](<", "<", "]: ", "]:", '="', "='"))


def _walk_left(text: str, start: int, stop: int, others: str) -> int:
    """The start of the run of letters, digits and *others* that ends at *start*."""
    low, stop = start, max(stop, start - 100)
    while low > stop and (text[low - 1] in others or (text[low - 1].isalnum())):
        low -= 1
    return low


def _url_end(text: str, start: int) -> int:
    """Where the URL that goes on at *start* ends: before trailing marks and loose brackets."""
    found = re.compile(r"[^\s<>\"`{}|\\^\[\]\ufffc\u201c\u201d]*").match(text, start)
    end = found.end() if found else start
    depth = 0
    for bracket in re.compile(r"[()]").finditer(text, start, end):
        depth += 1 if bracket.group() == "(" else -1
        if depth < 0:
            end = bracket.start()
            break
    while end > start and text[end - 1] in ".,;:!?*_~'\u2019":
        end -= 1
    return end


def _jsx_end(text: str, start: int, braces: dict[int, int]) -> int:
    """The end of the JSX tag whose name begins at *start*, or -1."""
    at, token = start, re.compile(r"[\"'{<>]")
    while (found := token.search(text, at, start + _FAR)) is not None:
        mark = found.group()
        if mark == ">":
            return found.end()
        if mark == "{":
            at = braces.get(found.start(), -1)
        elif mark == "<":
            return -1
        else:
            at = text.find(mark, found.end(), found.end() + _FAR) + 1
        if at <= 0:
            return -1
    return -1
