"""How hard a posting is to read, for ``jdlint inspect``: scores, bands, voice, lists."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jdlint import store
from jdlint.checks.limit import MEASURES
from jdlint.checks.prose import prose
from jdlint.checks.voice import voice_of
from jdlint.language.readability import Prose, Sentence, scores
from jdlint.posting.model import Posting, Section

_FORMULAS = {"grade": "flesch-kincaid", "ease": "flesch-reading-ease"}

Row = dict[str, Any]


@cache
def _table() -> Any:
    return store.table("bands")


def of_posting(posting: Posting) -> Row:
    """What ``inspect --format json`` says under ``readability``; no score but in English."""
    text, voice = prose(posting), voice_of(posting)
    shares = {n: [m.value for m in MEASURES[n].of(posting)] for n in _SHARES.values()}
    row = _scored(text, "posting") if posting.is_english else {}
    return {
        **_counted(text),
        **{name: row.get(name) for name in _FORMULAS},
        **{f"{name}_band": _band(name, row.get(name)) for name in _FORMULAS},
        "you": voice.you,
        "we": voice.we,
        **{key: next(iter(shares[name]), None) for key, name in _SHARES.items()},
    }


_SHARES = {"list_share": "list-share", "long_sentence_share": "long-sentence-share"}


def of_sections(posting: Posting) -> list[Row | None]:
    """Grade and ease of each section; None where it, or the whole posting, has too little prose."""
    text = prose(posting)
    if not posting.is_english or not _is_enough(text, "posting"):
        return [None] * len(posting.sections)
    by_block: dict[int, list[Sentence]] = {}
    for sentence in text.sentences:
        by_block.setdefault(sentence.passage, []).append(sentence)
    return [_of_section(section, text, by_block) for section in posting.sections]


def _of_section(
    section: Section, text: Prose, by_block: Mapping[int, list[Sentence]]
) -> Row | None:
    sentences = tuple(s for block in section.blocks for s in by_block.get(block, ()))
    part = Prose(text.plain, sentences)
    return {**_counted(part), **_scored(part, "section")} if _is_enough(part, "section") else None


def _counted(text: Prose) -> Row:
    return {"words": text.words, "sentences": len(text.sentences)}


def _is_enough(text: Prose, what: str) -> bool:
    least: dict[str, int] = _table()["least"][what]
    return text.words >= least["words"] and len(text.sentences) >= least["sentences"]


def _scored(text: Prose, what: str) -> Row:
    """Grade and ease of *text*, to one decimal; empty if it is too little."""
    found = scores(text, _FORMULAS.values()) if _is_enough(text, what) else None
    values = found.values if found else {}
    return {name: round(values[f], 1) for name, f in _FORMULAS.items() if f in values}


def _band(name: str, score: float | None) -> str | None:
    """The band in which the whole number nearest to *score* is."""
    if score is None:
        return None
    whole = round(score)
    bands = _table()[name]
    return next(str(b["name"]) for b in bands if _is_in(b, whole))


def _is_in(band: Mapping[str, Any], score: int) -> bool:
    most, least = int(band.get("to", score)), int(band.get("from", score))
    return least <= score <= most


def lines(row: Row, language: str | None) -> Iterator[tuple[str, str]]:
    """*row* for people, as labels and texts."""
    if language not in (None, "en"):
        yield "reading", "the formulas are for English"
        return
    words = f"{row['words']} words of prose in {row['sentences']} sentences"
    if row["grade"] is None:
        least = _table()["least"]["posting"]
        needed = f"{least['words']} words of prose in {least['sentences']} sentences"
        yield "reading", f"no score on less than {needed}: {row['words']} in {row['sentences']}"
    else:
        yield "reading", f"rough scores of {words}"
        for name in _FORMULAS:
            yield f"  {name}", f"{round(row[name]):<4}{_ruler(name, row[f'{name}_band'])}"
        yield "  typical", _typical()
    yield "voice", f"'you' {row['you']}, 'we' {row['we']} (but for headings, notices, how to apply)"
    yield "lists", f"{row['list_share'] or 0:.0f} in 100 words"


def _ruler(name: str, here: str | None) -> str:
    """All bands of a score, with brackets around the one in which the text stands."""
    bands = _table()[name]
    texts = ((band["name"], _band_words(band, bands[0])) for band in bands)
    return " ".join(f"[{text}]" if band == here else f" {text} " for band, text in texts).rstrip()


def _band_words(band: Mapping[str, Any], first: Mapping[str, Any]) -> str:
    """A band and its bound; which side of it the hardest band is on, the *first* one tells."""
    if "to" in band:
        return f"{band['name']} to {band['to']}"
    if "from" in band:
        return f"{band['name']} {band['from']}+"
    return f"{band['name']} {'above' if 'to' in first else 'below'}"


def _typical() -> str:
    row = _table()["typical"]
    spans = (f"{name} {row[name][0]} to {row[name][1]}" for name in _FORMULAS)
    return f"{', '.join(spans)} (the middle half of {row['postings']} real postings)"


def section_words(section: Row) -> str:
    """Grade and ease of a section in words; empty if it has none."""
    row = section["readability"]
    return f"grade {round(row['grade'])}, ease {round(row['ease'])}" if row else ""
