"""The page of a rule and the index, made from the cards and from nothing else."""

from collections.abc import Sequence
from pathlib import Path

from jdlint.checks.card import (
    AnyCard,
    Contexts,
    TallyCard,
    Term,
    TermsCard,
    VocabularyCard,
)
from jdlint.checks.example import Example
from jdlint.checks.load import example
from jdlint.model import Safety
from jdlint.report.statutes import duties_table
from jdlint.store import table

_EVIDENCE = {
    "law": "a law or regulation",
    "experiment": "a controlled study or field experiment",
    "guidance": "guidance of a regulator or a recognised style guide",
    "style": "editorial convention",
    "opinion": "our own judgement",
}


def page(card: AnyCard) -> str:
    """The page of *card* as Markdown, ending without a line end."""
    parts = [
        f"# {card.id} {card.name}\n\n{card.summary}",
        _facts(card),
        _examples("Reported", card.examples.bad),
        _examples("Fine", card.examples.good),
        f"## Why\n\n{card.why.strip()}",
        _terms(card) if isinstance(card, TermsCard | TallyCard) else "",
        _rows(card) if isinstance(card, VocabularyCard) else "",
        duties_table(card),
        _sources(card),
        _silence(card),
    ]
    return "\n\n".join(p for p in parts if p)


def _facts(card: AnyCard) -> str:
    rows = {
        "Category": card.category,
        "Severity": card.severity.value,
        "On from profile": card.profile.value,
        "Evidence": f"{card.evidence.value} ({_EVIDENCE[card.evidence.value]})",
        "Suggestions": _suggestions(card),
        "Measured": _measured(card),
        "Message": card.message,
        "Since": card.since,
        "Tags": ", ".join(card.tags),
    }
    lines = [f"| {key} | {_cell(value)} |" for key, value in rows.items() if value]
    return "\n".join(["| | |", "|---|---|", *lines])


_SAFETY = {
    Safety.SAFE: "right in every sentence",
    Safety.SUGGESTION: "to be read before they are taken",
    Safety.SHOW_ONLY: "to think with, never applied",
}


def _suggestions(card: AnyCard) -> str:
    """How far the suggestions of a terms card may be trusted, if it has any."""
    if not isinstance(card, TermsCard):
        return ""
    if not any(term.suggest for term in card.terms if isinstance(term, Term)):
        return ""
    return f"{card.safety.value} ({_SAFETY[card.safety]})"


_MEASURED = {
    "labels": "{right} of {findings} findings on {postings} postings of {corpus} were marked by "
    "an editor",
    "read": "{right} of {findings} findings on {postings} postings of {corpus} held up when an "
    "editor read them in context",
}


def _measured(card: AnyCard) -> str:
    """The precision of *card* on real postings, by the table that scripts/measure.py makes."""
    if card.pack != "jdlint" or card.category != "wording":
        return ""
    told = []
    for part, words in _MEASURED.items():
        measured = table("measured").get(part, {})
        count = measured.get("rules", {}).get(card.id)
        if count and not count["findings"]:
            words = "not met in {postings} postings of {corpus}"
        if count:
            told.append(words.format(**(measured | count)))
    return "; ".join(told) or "not yet"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _examples(title: str, raw: Sequence[str | Example]) -> str:
    shown = [example(r) for r in raw]
    texts = list(dict.fromkeys(e.text for e in shown if e.text.strip()))[:6]
    if not texts:
        return ""
    return f"## {title}\n\n" + "\n\n".join(_fenced(t) for t in texts)


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text.rstrip()}\n{fence}"


def _terms(card: TermsCard | TallyCard) -> str:
    if not card.terms:
        return ""
    table = "\n".join(["| Term | Write instead |", "|---|---|", *map(_term_row, card.terms)])
    fine = _fine(card)
    against = ", ".join(_written(t) for t in getattr(card, "against", ()))
    return (
        f"## Terms\n\n{table}"
        + (f"\n\nHeld against them: {against}." if against else "")
        + (f"\n\nNot reported in: {fine}." if fine else "")
    )


def _rows(card: VocabularyCard) -> str:
    """The words of both sides, thing by thing."""
    lines = [
        f"| {_cell(row.meaning)} | {_either(row.uk)} | {_either(row.us)} |" for row in card.rows
    ]
    return "\n".join(["## Words\n", "| Thing | UK | US |", "|---|---|---|", *lines])


def _either(terms: Sequence[str | Term]) -> str:
    return ", ".join(map(_written, terms))


def _term_row(term: str | Term) -> str:
    if isinstance(term, str):
        return f"| {_written(term)} | |"
    safety = f" ({term.safety.value})" if term.safety else ""
    return f"| {_written(term)} | {_cell(', '.join(term.suggest))}{safety} |"


def _written(term: str | Term) -> str:
    """The ways in which a term is written."""
    if isinstance(term, str):
        return _cell(term)
    return _cell(", ".join([term.match, *term.also] if term.match else [f"`{term.pattern}`"]))


def _fine(card: TermsCard | TallyCard) -> str:
    """The phrases in which the terms are fine, in one line."""
    found: dict[str, None] = {}
    for unless in (card.unless, *(t.unless for t in card.terms if isinstance(t, Term))):
        phrases = unless.phrases if isinstance(unless, Contexts) else unless
        found.update(dict.fromkeys(phrases))
    return ", ".join(_cell(p) for p in found)


def _sources(card: AnyCard) -> str:
    rows = [f"- [{r.title}]({r.url})" if r.url else f"- {r.title}" for r in card.references]
    return "## Sources\n\n" + "\n".join(rows) if rows else ""


def _silence(card: AnyCard) -> str:
    return (
        "## Silence it\n\n"
        f"In the posting: `<!-- jdlint-disable-next-line {card.id} -- your reason -->`. "
        f"In `jdlint.yaml`: `rules: {{{card.id}: off}}`."
    )


def index(cards: Sequence[AnyCard]) -> str:
    """The table of all rules, by category."""
    parts = [
        "# Rules\n\nMade from the cards by `jdlint rules --write rules`; edit the cards instead."
    ]
    for category in dict.fromkeys(c.category for c in cards):
        own = [c for c in cards if c.category == category]
        rows = [
            f"| [{c.id}]({Path(c.file).with_suffix('.md').as_posix()}) | {c.name} "
            f"| {c.severity.value} | {c.profile.value} | {_cell(c.summary)} |"
            for c in own
        ]
        head = "| Id | Name | Severity | Profile | What it finds |\n|---|---|---|---|---|"
        parts.append(f"## {category.capitalize()} ({len(own)})\n\n{head}\n" + "\n".join(rows))
    return "\n\n".join(parts)


def differing(cards: Sequence[AnyCard], folder: Path) -> dict[Path, str]:
    """The pages below *folder* that are not what the cards say, and what they should be."""
    wanted = {folder / Path(c.file).with_suffix(".md"): page(c) + "\n" for c in cards}
    wanted[folder / "README.md"] = index(cards) + "\n"
    return {f: text for f, text in wanted.items() if _content(f) != text}


def _content(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
