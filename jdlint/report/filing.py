"""The evidence file: JSON by ``docs/evidence.schema.json``, or Markdown for people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from jdlint import __version__
from jdlint.checks.card import AnyCard
from jdlint.evidence import SCHEMA, Record, Requirement
from jdlint.model import ConfigError, Waiver
from jdlint.report.statutes import DISCLAIMER, address, oldest_review
from jdlint.report.statutes import line as basis_line
from jdlint.report.text import tame
from jdlint.wholly import why_not, written


class Pack(msgspec.Struct, frozen=True):
    """The rules of law of a run: how many rows, the oldest review, and their SHA-256."""

    rows: int
    last_reviewed: date | None
    sha256: str


class Filing(msgspec.Struct, frozen=True):
    """The whole evidence file. *sources* has the address of each key that a basis names."""

    schema: int
    tool: str
    version: str
    pack: Pack
    as_of: date
    disclaimer: str
    sources: dict[str, str]
    records: tuple[Record, ...]


def filing(records: Sequence[Record], cards: Iterable[AnyCard], as_of: date) -> Filing:
    """The evidence of a run that held *records* against the law of *cards* on *as_of*."""
    lawful = [card for card in cards if card.duties]
    keys = sorted({k for r in records for q in r.requirements for k in q.basis.sources})
    return Filing(
        schema=SCHEMA,
        tool="jdlint",
        version=__version__,
        pack=_pack(lawful),
        as_of=as_of,
        disclaimer=DISCLAIMER,
        sources={key: address(key) for key in keys},
        records=tuple(records),
    )


def _pack(cards: Sequence[AnyCard]) -> Pack:
    from hashlib import sha256

    rows = [[card.id, card.last_reviewed, duty] for card in cards for duty in card.duties]
    digest = sha256(msgspec.json.encode(rows)).hexdigest()
    return Pack(len(rows), oldest_review(cards), digest)


def write(records: Sequence[Record], cards: Iterable[AnyCard], as_of: date, file: Path) -> None:
    """Write the evidence to *file*: Markdown where it ends so, else JSON.

    Raises ConfigError if it cannot be written.
    """
    filed = filing(records, cards, as_of)
    text = as_markdown(filed) if file.suffix.lower() == ".md" else as_json(filed)
    try:
        with written(file) as stream:
            stream.write(text)
    except OSError as fault:
        message = f"the evidence cannot be written ({why_not(file, fault)}); name another file"
        raise ConfigError(message, path=str(file)) from None


def as_json(filed: Filing) -> str:
    """*filed* as indented JSON, ending with a line end."""
    return msgspec.json.format(msgspec.json.encode(_plain(filed)), indent=2).decode() + "\n"


def _plain(filed: Filing) -> Any:
    """*filed* as maps and lists, severities in words."""
    data = msgspec.to_builtins(filed)
    for made, record in zip(filed.records, data["records"], strict=True):
        for one, requirement in zip(made.requirements, record["requirements"], strict=True):
            requirement["basis"]["severity"] = one.basis.severity.word
    return data


def as_markdown(filed: Filing) -> str:
    """*filed* for people: a head, and a table for each posting."""
    pack = filed.pack
    reviewed = pack.last_reviewed.isoformat() if pack.last_reviewed else "never"
    head = (
        f"# Evidence\n\n{filed.disclaimer}\n\n- jdlint {filed.version}, {pack.rows} rows of law, "
        f"oldest review {reviewed}\n- rules SHA-256 `{pack.sha256}`\n- as of {filed.as_of}\n"
    )
    parts = [head, *(_posting(record) for record in filed.records)]
    sources = "\n".join(f"- {key}: {where}" for key, where in filed.sources.items())
    return "\n".join([*parts, f"## Sources\n\n{sources}\n" if sources else ""]).rstrip() + "\n"


def _posting(record: Record) -> str:
    places = ", ".join(f"{p.code} ({p.how}: {_cell(p.text)})" for p in record.places)
    title = f" {_cell(record.title)}" if record.title else ""
    lines = [
        f"## {_cell(record.path)}, posting {record.posting + 1}:{title}\n",
        f"- SHA-256 `{record.sha256}`",
        f"- places: {places or 'none found; no law was held against this posting'}",
    ]
    if record.requirements:
        counts = Counter(r.outcome.value for r in record.requirements)
        lines.append("- " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
        lines.append("\n| place | asked | outcome | words of the posting | law |")
        lines.append("|---|---|---|---|---|")
        lines += _rows(record.requirements)
    return "\n".join(lines) + "\n"


def _rows(requirements: Iterable[Requirement]) -> Iterator[str]:
    for one in requirements:
        quotes = "; ".join(f"“{_cell(quote.text)}”" for quote in one.quotes)
        asks = f"{one.rule} {_cell(one.asks)}"
        cells = (one.basis.place, asks, _outcome(one), quotes, _cell(basis_line(one.basis)))
        yield f"| {' | '.join(cells)} |"


def _outcome(one: Requirement) -> str:
    said = one.outcome.value
    if one.detail:
        said += f": {_cell(one.detail)}"
    if one.missing:
        said += f" (declare {', '.join(one.missing)})"
    if one.waiver:
        said += f" ({_waived(one.waiver)})"
    return said + (f", ahead: from {one.basis.starts}" if one.basis.starts else "")


def _waived(waiver: Waiver) -> str:
    by = f", by {_cell(waiver.by)}" if waiver.by else ""
    until = f", until {waiver.until.isoformat()}" if waiver.until else ""
    return (_cell(waiver.reason) or "no reason given") + by + until


def _cell(text: str) -> str:
    """*text* of a posting for a cell: on one line, with nothing that Markdown would read."""
    flat = tame(" ".join(text.split()))
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+!|~" else c for c in flat)


def schema() -> dict[str, Any]:
    """The JSON Schema of the evidence file."""
    made = msgspec.json.schema(Filing)
    severity = made["$defs"]["Severity"]
    severity.clear()
    severity.update({"title": "Severity", "enum": ["note", "warning", "error"]})
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "jdlint evidence"
    return made
