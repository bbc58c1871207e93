"""How jdlint understood a posting, for ``jdlint inspect``."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from jdlint.checks import decoder
from jdlint.model import PlainSpan
from jdlint.posting.jurisdictions import Jurisdiction, Jurisdictions
from jdlint.posting.model import Pay, Place, Posting, Section
from jdlint.read.offsets import LineIndex
from jdlint.report import reading
from jdlint.report.text import said, unled, width


def as_data(posting: Posting, path: str, lines: LineIndex) -> dict[str, Any]:
    """The posting as ``inspect --format json`` has it; ``docs/json.md`` documents it."""
    where = _Where(posting, lines)
    title = posting.title_text
    scored = zip(posting.sections, reading.of_sections(posting), strict=True)
    return {
        "path": path,
        "label": posting.document.label or None,
        "format": posting.document.format,
        "title": " ".join(title.split()) if title else None,
        "language": posting.language or None,
        "dialect": posting.dialect,
        "words": len(posting.words),
        "sections": [row for s, score in scored for row in _section(s, where, score)],
        "pay": [_pay(p, where) for p in posting.pay] or [{"status": "none"}],
        "places": [_place(p, where) for p in posting.places],
        "jurisdictions": _jurisdictions(posting.jurisdictions, where),
        "fields": {f.name: f.value for f in posting.document.fields},
        "gender_coding": _coding(posting),
        "readability": reading.of_posting(posting),
    }


class _Where:
    """Turns plain positions of one posting into what a report says of them."""

    def __init__(self, posting: Posting, lines: LineIndex) -> None:
        self.document = posting.document
        self._lines = lines

    def words(self, span: PlainSpan | None) -> str | None:
        """The text of *span* in one line; what is no prose (code, an address) is "…"."""
        if span is None:
            return None
        return " ".join(self.document.text(span).replace("\ufffc", "…").split()) or None

    def line(self, span: PlainSpan | None) -> int | None:
        if span is None or self.document.runs:
            return None
        return self._lines.locate(self.document.offsets.to_source(span).start)[0]

    def place(self, span: PlainSpan | None) -> dict[str, Any]:
        """Text, range and line of *span*."""
        if span is None:
            return {"text": None, "start": None, "end": None, "line": None, "place": None}
        source = None if self.document.runs else self.document.offsets.to_source(span)
        return {
            "text": self.words(span),
            "start": source.start if source else None,
            "end": source.end if source else None,
            "line": self.line(span),
            "place": self.document.place(span.start),
        }


def _section(
    section: Section, where: _Where, scores: dict[str, Any] | None
) -> Iterator[dict[str, Any]]:
    """A row for each kind of the section; one that a configuration adds goes by its name."""
    for kind in section.kinds:
        yield {
            "kind": section.own or kind.value,
            "heading": where.words(section.heading),
            "line": where.line(section.heading or section.body),
            "place": where.document.place((section.heading or section.body).start),
            "end_line": where.line(PlainSpan(section.body.end - 1, section.body.end)),
            "layout": section.layout.value or None,
            "confidence": section.confidence,
            "implied": section.implied,
            "readability": scores,
        }


def _coding(posting: Posting) -> dict[str, Any]:
    """What the published lists say, as they are: without senses."""
    shares: dict[str, Any] = {
        s: round(decoder.printed_share(posting.words, s), 2) for s in decoder.SIDES
    }
    masculine, feminine, verdict, _ = decoder.decode(posting.document.plain)
    found = {"masculine": masculine, "feminine": feminine, "verdict": verdict}
    return {**shares, "decoder": found}


def _pay(pay: Pay, where: _Where) -> dict[str, Any]:
    return {
        "status": pay.status,
        "minimum": str(pay.minimum) if pay.minimum is not None else None,
        "maximum": str(pay.maximum) if pay.maximum is not None else None,
        "currency": pay.currency,
        "period": pay.period,
        **where.place(pay.span),
    }


def _place(place: Place, where: _Where) -> dict[str, Any]:
    return {
        **where.place(place.span),
        "text": place.text,
        "code": place.code,
        "remote": place.remote,
    }


def _jurisdictions(found: Jurisdictions, where: _Where) -> dict[str, Any]:
    return {
        "found": [_jurisdiction(one, where) for one in found.found],
        "remote": list(found.remote),
        "excluded": [_jurisdiction(one, where) for one in found.excluded],
        "unclear": list(found.unclear),
        "unscoped": found.unscoped,
        "unknown": found.unknown,
    }


def _jurisdiction(one: Jurisdiction, where: _Where) -> dict[str, Any]:
    told = {"code": one.code, "how": one.how.value, "weak": one.weak}
    return {**told, **where.place(one.span), "text": one.text}


WIDTH = 80
"""Columns of the text for people."""

_INDENT = 12


def as_text(data: dict[str, Any]) -> str:
    """The data of :func:`as_data` for people, in lines of no more than 80 columns."""
    rows = [
        ("title", data["title"] or "(none found)"),
        ("language", data["language"] or "too little text to tell"),
        ("dialect", data["dialect"]),
        ("pay", "; ".join(_pay_words(p) for p in data["pay"])),
        ("places", "; ".join(_place_words(p) for p in data["places"]) or "(none found)"),
        ("law", _law_words(data["jurisdictions"])),
        ("words", str(data["words"])),
        *reading.lines(data["readability"], data["language"]),
    ]
    lines = [
        said(data["path"] + (f" ({data['label']})" if data["label"] else "")),
        *(line for label, text in rows for line in _row(label, said(text))),
        "  sections",
        *map(_section_line, data["sections"]),
    ]
    return "\n".join(map(unled, lines)) + "\n"


def _row(label: str, text: str) -> list[str]:
    """*text* after its *label*, in as many lines as it takes."""
    first = f"  {label:<{_INDENT - 2}}"
    return wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * _INDENT)


def _section_line(section: dict[str, Any]) -> str:
    """The section in one line, its heading shortened to make room for its scores."""
    line, tail = f"    {said(_section_words(section))}", reading.section_words(section)
    room = WIDTH - (len(tail) + 2 if tail else 0)
    if width(line) > room:
        line = line[:WIDTH]
        while width(line) >= room:
            line = line[:-1]
        line = line.rstrip() + "\u2026"
    return f"{line}  {tail}" if tail else line


def _pay_words(pay: dict[str, Any]) -> str:
    text = pay.get("text")
    if not text:
        return str(pay["status"])
    place = pay["place"] or f"line {pay['line']}"
    return f"{pay['status']} '{text}' ({place})"


def _place_words(place: dict[str, Any]) -> str:
    remote = ", remote" if place["remote"] else ""
    return f"{place['text']} ({place['code'] or 'unknown'}{remote})"


def _law_words(law: dict[str, Any]) -> str:
    """Whose law holds, and what tells so, in one line."""
    found = [f"{one['code']} ({one['how']}{_weakly(one)})" for one in law["found"]]
    parts = ["; ".join(found) or "unknown"]
    if law["remote"]:
        reach = ["anywhere" if code == "*" else code for code in law["remote"]]
        parts.append(f"remote from {', '.join(reach)}")
    if law["unscoped"]:
        parts.append("remote, from where is not said")
    if law["excluded"]:
        parts.append(f"closed to {', '.join(one['code'] for one in law['excluded'])}")
    return "; ".join(parts)


def _weakly(one: dict[str, Any]) -> str:
    return ", in passing" if one["weak"] else ""


def _section_words(section: dict[str, Any]) -> str:
    place = (section["place"] or "").partition(",")[0]
    line = f"{place:<13}" if place else f"{section['line'] or '-':>4}"
    if section["implied"]:
        return f"{line}  {section['kind']:<18} from its content"
    heading = f"'{section['heading']}'" if section["heading"] else "no heading"
    return f"{line}  {section['kind']:<18} {heading}"
