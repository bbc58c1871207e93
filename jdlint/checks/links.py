"""Addresses that lead nowhere: malformed, empty, or left over from a template. No network.

Brains of ``python`` cards. A target that a site fills (``{{ page.url }}``) is never judged.
"""

import re
from collections.abc import Iterator

from jdlint.checks.card import PythonCard
from jdlint.checks.page import page_of
from jdlint.checks.protocol import Context
from jdlint.language.late import late
from jdlint.model import Hit, PlainSpan
from jdlint.posting.model import Posting
from jdlint.read.offsets import OBJECT, BlockKind, Thing

_FILLED = ("{{", "{%", "<%", "${", "%{", "<?")
"""What opens a field that a site or a program fills."""

_KINDS = frozenset({"url", "email", "link"})
_WORD = late(r"[\w'’-]+|\S")


def _targets(posting: Posting) -> Iterator[tuple[Thing, PlainSpan]]:
    """What links and addresses of the text lead to, and the place of each."""
    page = page_of(posting)
    for thing in posting.document.things:
        block = page.block(thing.at)
        if thing.kind not in _KINDS or block is None or block.kind is BlockKind.FURNITURE:
            continue
        if not any(mark in thing.text for mark in _FILLED):
            yield thing, _place(posting, thing)


def _place(posting: Posting, thing: Thing) -> PlainSpan:
    """The sign that stands for an address, or the first word of a link."""
    plain = posting.document.plain
    start = thing.at
    while thing.kind == "link" and plain[start : start + 1].isspace() and start < len(plain):
        start += 1
    word = _WORD.match(plain, start) if thing.kind == "link" else None
    return PlainSpan(start, word.end() if word else min(start + 1, len(plain)))


def _list(card: PythonCard, option: str) -> list[str]:
    found = card.options.get(option, [])
    return found if isinstance(found, list) else []


_MAIL = late(r"[^@\s,;:<>()]+@[^@\s,;:<>()]+\.[a-z]{2,}\Z", re.IGNORECASE)
_DOUBLE = late(r"\.\.|^\.|\.@|@\.|@-")
_BROKEN_MAIL = late(
    r"[\w.+-]{1,64}(?:@@[\w-]{1,63}\.[\w.-]{2,80}|@[\w-]{1,63},(?:com|org|net|edu|gov|co|io|uk|ca)\b"
    r"|@ [\w-]{1,63}\.(?:com|org|net|edu|gov|co\.uk|org\.uk|ac\.uk|nhs\.uk|gov\.uk)\b"
    r"|@\.[\w-]{1,63}\.\w{2,})"
)
_HALF_MAIL = late(r"\b[\w.+-]{1,64}@[\w-]{2,63}(?![\w@-]|[.,]\w)")
_ASKING = late(
    r"(?i)\b(?:e-?mail|mail|write|send|contact|apply|cv|resume|enquir\w*|questions?)\b[^.@\n]{0,60}\Z"
)


def malformed_mail(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """An e-mail address that cannot be one; *domains* are known misspellings of domains."""
    misspelt = set(_list(card, "domains"))
    for thing, span in _targets(posting):
        for address in _addresses(thing):
            domain = address.rpartition("@")[2].lower()
            if not _MAIL.match(address) or _DOUBLE.search(address) or _is_wrong(domain, misspelt):
                yield Hit(card.id, span, {"match": address})
                break
    folded = posting.folded
    if "@" in folded:
        for found in _BROKEN_MAIL.finditer(folded):
            yield Hit(card.id, PlainSpan(*found.span()), {"match": found[0]})
        for found in _HALF_MAIL.finditer(folded):
            if _ASKING.search(folded, max(0, found.start() - 90), found.start()):
                yield Hit(card.id, PlainSpan(*found.span()), {"match": found[0]})


def _is_wrong(domain: str, misspelt: set[str]) -> bool:
    return domain in misspelt or domain.rpartition(".")[2] in misspelt


def _addresses(thing: Thing) -> list[str]:
    """The addresses to which a thing writes; none if it is a page, or names none."""
    text = thing.text.strip()
    if text.lower().startswith("mailto:"):
        from urllib.parse import unquote

        text = unquote(text[len("mailto:") :].partition("?")[0])
    elif thing.kind != "email":
        return []
    return [part.strip() for part in re.split("[,;]", text) if part.strip()]


_SCHEME = late(
    r"(?i)(?:h+t+p+s?[:;]/(?!/)|h+t+p+s?//|https?:[^/\s]|htp?s?://|hhtt?ps?://|httt+ps?://|http[s]?;//"
    r"|https?:///|https?://\S{1,200}[a-z0-9]https?://|https?://https?(?::|//)|ttps?://|www,|https?://www,|https?://\.)"
)
_HOST = late(r"(?i)(?:https?://|www\.)[^/\s]*")
_BROKEN_LINK = late(
    rf"(?i)\b(?:h+t+p+s?//|h+t+p+s?[:;]/(?!/)|htp?s?://|hhtt?ps?://|httt+ps?://)[\w.{OBJECT}-]+"
    r"|\bhttps?://(?=\s)|\bwww,\w+"
)


def malformed_link(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """The address of a page that cannot be one: "http//", "https:/", two dots in the name."""
    seen: set[str] = set()
    for thing, span in _targets(posting):
        text = thing.text.strip()
        if thing.kind == "email" or text.lower().startswith("mailto:") or text in seen:
            continue
        seen.add(text)
        host = _HOST.match(text)
        if _SCHEME.match(text) or (host and (".." in host[0] or " " in text.rstrip())):
            yield Hit(card.id, span, {"match": text})
    if "http" in posting.folded or "www," in posting.folded or "htp" in posting.folded:
        for found in _BROKEN_LINK.finditer(posting.folded):
            shown = found[0].replace(OBJECT, "…")
            yield Hit(card.id, PlainSpan(*found.span()), {"match": shown})


def empty_link(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """A link without a target, or to *nowhere*."""
    nowhere = {"", *_list(card, "nowhere")}
    for thing, span in _targets(posting):
        if thing.kind == "link" and thing.text.strip().lower().rstrip("?") in nowhere:
            shown = " ".join(posting.document.text(span).split())
            yield Hit(card.id, span, {"match": shown})


def leftover_link(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """An address on one of the *hosts* that nobody has, or whose words say that it is *waiting*.

    A link, though no address in prose, may also be to one's *own_machine*.
    """
    hosts, waiting = _list(card, "hosts"), set(_list(card, "waiting"))
    own = _list(card, "own_machine")
    for thing, span in _targets(posting):
        text = thing.text.strip()
        here = hosts + own if thing.kind == "link" else hosts
        if _is_at(_host(text), here) or text.strip("<>[]{}() ").lower() in waiting:
            yield Hit(card.id, span, {"match": text})


def _host(text: str) -> str:
    """The host of an address of a page or of mail, in lower case."""
    text = text.lower().removeprefix("mailto:").partition("?")[0]
    rest = text.partition("://")[2] or text
    return re.split(r"[/:#]", rest.rpartition("@")[2])[0]


def _is_at(host: str, hosts: list[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)
