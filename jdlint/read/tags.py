"""Splits HTML into tags, text and the rest, in one pass, with a place for everything.

It follows the tokenizer of the HTML standard (https://html.spec.whatwg.org, section
13.2.5) where that matters for reading: names, quoted values, comments, raw text. It is
kinder in one case: a quote that never closes ends at the next ``>``. Every loop moves
forward, and a search for something that is not there is made once, so that the time is
linear in the text, however broken it is.
"""

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache

import msgspec

from jdlint.language.late import late

RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content holds no tags."""

_NAME = late(r"[A-Za-z][^\s/>]*")
_UNTIL_VALUE = late(r"[^>=]*")
_SPACES = late(r"\s*")
_COMMENT_END = late(r"--!?>")
_ATTRIBUTE = late(r"""([^\s=/>"'][^\s=/>]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?""")
REFERENCE = r"&(?:#(?:[0-9]{1,12}|[xX][0-9a-fA-F]{1,10})|[A-Za-z][A-Za-z0-9]{0,31});?"
"""A regular expression for what may be a character reference; :func:`decode` knows."""

_FREQUENT = {
    "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&nbsp;": "\u00a0",
    "&rsquo;": "\u2019", "&lsquo;": "\u2018", "&rdquo;": "\u201d", "&ldquo;": "\u201c",
    "&ndash;": "\u2013", "&mdash;": "\u2014", "&bull;": "\u2022", "&#39;": "'",
}  # fmt: skip


class Kind(Enum):
    """What a token is. CONTENT is the raw text of an element such as script."""

    TEXT = "text"
    START = "start"
    END = "end"
    CONTENT = "content"
    COMMENT = "comment"


class Token(msgspec.Struct, frozen=True):
    """A half-open range of the text; *name* is that of the tag, or of CONTENT's element."""

    kind: Kind
    start: int
    end: int
    name: str = ""


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of ``text[start:end]``, which together cover all of it, in order."""
    return _Tokenizer(text, len(text) if end is None else end).run(start)


def attributes(text: str, tag: Token) -> dict[str, str]:
    """The attributes of a start tag, names in lower case; the first of a name wins."""
    found: dict[str, str] = {}
    inside = text[tag.start + 1 + len(tag.name) : tag.end].removesuffix(">")
    for name, value in _ATTRIBUTE.findall(inside):
        if value[:1] in ('"', "'") and value[-1:] == value[:1]:
            value = value[1:-1]
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


def decode(reference: str) -> tuple[str, int]:
    """The characters that *reference* stands for, and how many of its own it uses.

    ``&notit;`` is the sign for "not" and "it;", so that is 4; 0 means none at all.
    """
    if reference in _FREQUENT:
        return _FREQUENT[reference], len(reference)
    import html
    from html.entities import html5

    if reference[1] == "#":
        return html.unescape(reference), len(reference)
    name = reference[1:]
    for length in range(len(name), 1, -1):
        if (text := html5.get(name[:length])) is not None:
            return text, length + 1
    return "", 0


def unescape(text: str) -> str:
    """*text* with all its character references decoded."""
    return re.sub(REFERENCE, _decoded, text)


def _decoded(match: re.Match[str]) -> str:
    text, used = decode(match.group())
    return text + match.group()[used:]


class _Tokenizer:
    """One pass over a text; *_absent* are closing marks that do not come any more."""

    def __init__(self, text: str, stop: int) -> None:
        self._text = text
        self._stop = stop
        self._absent: set[str] = set()

    def run(self, at: int) -> Iterator[Token]:
        text_from = at
        while (at := self._text.find("<", at, self._stop)) >= 0:
            token = self._markup(at)
            if token is None:
                at += 1
                continue
            if at > text_from:
                yield Token(Kind.TEXT, text_from, at)
            yield token
            at = text_from = token.end
            if token.kind is Kind.START and token.name in RAW:
                content = self._content(token)
                yield content
                at = text_from = content.end
        if self._stop > text_from:
            yield Token(Kind.TEXT, text_from, self._stop)

    def _markup(self, at: int) -> Token | None:
        """The tag or comment that begins with the ``<`` at *at*, if it is one."""
        following = self._text[at + 1 : at + 2]
        if following.isascii() and following.isalpha():
            return self._tag(Kind.START, at, at + 1)
        if following == "/":
            return self._end_tag(at)
        if following == "!":
            return self._declaration(at)
        return self._instruction(at) if following == "?" else None

    def _end_tag(self, at: int) -> Token | None:
        following = self._text[at + 2 : at + 3]
        if at + 2 >= self._stop:
            return None
        if following.isascii() and following.isalpha():
            return self._tag(Kind.END, at, at + 2)
        return Token(Kind.COMMENT, at, self._after(">", at + 2) or self._stop)

    def _declaration(self, at: int) -> Token:
        if not self._text.startswith("--", at + 2):
            return Token(Kind.COMMENT, at, self._after(">", at + 2) or self._stop)
        closed = _COMMENT_END.search(self._text, at + 2, self._stop)
        return Token(Kind.COMMENT, at, closed.end() if closed else self._stop)

    def _instruction(self, at: int) -> Token:
        """``<?php … ?>`` or ``<?xml … ?>``; PHP may go on to the end of the file."""
        mark = "?>" if self._text.startswith(("php", "="), at + 2) else ">"
        return Token(Kind.COMMENT, at, self._after(mark, at + 2) or self._stop)

    def _after(self, mark: str, at: int) -> int:
        """The offset after the next *mark*, or 0 if there is none (never asked twice)."""
        if mark in self._absent:
            return 0
        found = self._text.find(mark, at, self._stop)
        if found < 0:
            self._absent.add(mark)
            return 0
        return found + len(mark)

    def _tag(self, kind: Kind, at: int, name_at: int) -> Token:
        name_end = _end(_NAME, self._text, name_at, self._stop)
        name = self._text[name_at:name_end].lower()
        if self._text.startswith(">", name_end) and name_end < self._stop:
            return Token(kind, at, name_end + 1, name)
        return Token(kind, at, self._tag_end(name_end), name)

    def _tag_end(self, at: int) -> int:
        """The offset after the ``>`` that closes a tag, quoted values jumped over."""
        text, stop = self._text, self._stop
        while True:
            at = _end(_UNTIL_VALUE, text, at, stop)
            if at >= stop:
                return stop
            if text[at] == ">":
                return at + 1
            at = self._value_end(at + 1)

    def _value_end(self, at: int) -> int:
        """The end of the value that may begin at *at*, if it is quoted and closed; else *at*."""
        at = _end(_SPACES, self._text, at, self._stop)
        quote = self._text[at : at + 1]
        if quote in ('"', "'") and at < self._stop:
            return self._after(quote, at + 1) or at + 1
        return at

    def _content(self, tag: Token) -> Token:
        """The raw text of the element that *tag* opens; it may go on to the end."""
        end = self._stop
        if tag.name not in self._absent:
            if closed := _closing(tag.name).search(self._text, tag.end, self._stop):
                return Token(Kind.CONTENT, tag.end, closed.start(), tag.name)
            self._absent.add(tag.name)
        if self._text.startswith("/>", tag.end - 2):
            end = tag.end
        return Token(Kind.CONTENT, tag.end, end, tag.name)


def _end(pattern: re.Pattern[str], text: str, at: int, stop: int) -> int:
    match = pattern.match(text, at, stop)
    return match.end() if match else at


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
