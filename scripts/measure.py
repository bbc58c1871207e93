"""Measure how many findings of each wording card are right on real postings.

    python scripts/measure.py --corpus DIR --date DAY --labels DIR
    python scripts/measure.py --corpus DIR --date DAY --verdicts FILE
    python scripts/measure.py --corpus DIR --unread --verdicts FILE

With ``--labels``: the postings that two editors labelled (pairs NAME-A.jsonl / NAME-B.jsonl,
and sample.json with the ``file`` of each posting). A finding is right if it overlaps what at
least one editor marked, whatever the category of the mark.

With ``--verdicts``: all postings of the corpus (those in its manifest.csv, if it has one), each
finding read by eye. FILE is a CSV with the columns

    rule, file (below the corpus), at (offset in the file; the place, for a DOCX file),
    matched (the text of the finding), verdict (yes: a careful editor would defend it), why

so a verdict outlives changes of the cards as long as the same words are still found at the same
place; verdicts of findings that are gone do no harm. ``--unread`` writes the findings that have
no verdict as rows for that file, with some context as a last column to read by; give each
its verdict, drop the context, and add it.

Cards of the profile strict are measured with that profile, all others with recommended. The
result is a part of ``rules/_data/measured.yaml``, from which the pages of the cards are made.
"""

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jdlint import __version__  # noqa: E402
from jdlint.checks.card import Profile  # noqa: E402
from jdlint.config import Config, Settled  # noqa: E402
from jdlint.linter import lint_source, understand_file  # noqa: E402
from jdlint.model import Finding  # noqa: E402
from jdlint.read import ReadOptions, read_path  # noqa: E402
from jdlint.rulebook import Rulebook, Rules  # noqa: E402

TABLE = ROOT / "rules" / "_data" / "measured.yaml"
HEAD = "# Made by scripts/measure.py; do not edit by hand.\n"
COLUMNS = ["rule", "file", "at", "matched", "verdict", "why"]
CATEGORY = "wording"
ANY_DAY = date(2026, 1, 1)
"""Wording is the same on every day, but the linter wants one."""

LONGEST = 60
"""So much of a matched text is kept: verdicts must not carry sentences of the postings."""

Counts = dict[str, list[int]]
"""For each card, its findings and how many of them are right."""


class Key(NamedTuple):
    """What a verdict is about."""

    rule: str
    file: str
    at: str
    matched: str


def key_of(finding: Finding, file: str) -> Key:
    """The key of a verdict on *finding* in *file*, a path below the corpus."""
    at = finding.place if finding.start is None else str(finding.start)
    return Key(finding.rule, file, at or "", " ".join(finding.matched.split())[:LONGEST])


# -- running jdlint ---------------------------------------------------------------------


class Bench:
    """The wording cards, each with the smallest profile in which it is on."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._rules = {
            profile: self._in_force(profile) for profile in (Profile.RECOMMENDED, Profile.STRICT)
        }
        self.cards = {
            card.id: Profile.STRICT if card.profile is Profile.STRICT else Profile.RECOMMENDED
            for card in self._rules[Profile.STRICT].cards.values()
            if card.category == CATEGORY
        }

    def _in_force(self, profile: Profile) -> Rules:
        settled = Settled(Config(profile=profile), self._corpus, {}, None)
        return Rulebook(settled).for_path(self._corpus / "posting.md")

    def findings(self, file: str) -> Iterator[Finding]:
        """What the wording cards find in *file*, a path below the corpus."""
        source = read_path(self._corpus / file, file, ReadOptions())
        for profile, rules in self._rules.items():
            result = lint_source(source, rules, Config(profile=profile), ANY_DAY)
            if result.failures:
                sys.exit(f"{file}: {result.failures[0].message}")
            yield from (f for f in result.findings if self.cards.get(f.rule) is profile)


def postings(corpus: Path) -> list[str]:
    """The files of *corpus*: those that its manifest names, else all."""
    manifest = corpus / "manifest.csv"
    if manifest.is_file():
        with manifest.open(encoding="utf-8", newline="") as rows:
            return sorted(row["file"] for row in csv.DictReader(rows))
    return sorted(f.relative_to(corpus).as_posix() for f in corpus.rglob("*") if f.is_file())


# -- against labels ---------------------------------------------------------------------


def by_labels(bench: Bench, corpus: Path, labels: Path) -> tuple[int, Counts]:
    """The number of labelled postings, and the counts of each card on them."""
    counts: Counts = {rule: [0, 0] for rule in bench.cards}
    marks = marked_quotes(labels)
    for file, quotes in marks.items():
        text = (corpus / file).read_bytes().decode("utf-8-sig", "replace")
        spans = [span for quote in quotes for span in occurrences(text, quote)]
        for finding in bench.findings(file):
            if finding.start is None or finding.end is None:
                continue
            start, end = finding.start, max(finding.end, finding.start + 1)
            counts[finding.rule][0] += 1
            counts[finding.rule][1] += any(s < end and start < e for s, e in spans)
    return len(marks), counts


def marked_quotes(folder: Path) -> dict[str, set[str]]:
    """For each posting that both editors of a pair labelled, what either of them marked."""
    batches = json.loads((folder / "sample.json").read_text("utf-8"))
    files = {item["id"]: item["file"] for batch in batches for item in batch}
    found: dict[str, set[str]] = {}
    for first in sorted(folder.glob("*-A.jsonl")):
        pair = [_labels(first), _labels(first.with_name(first.name.replace("-A.", "-B.")))]
        for key in pair[0].keys() & pair[1].keys() & files.keys():
            quotes = {p["quote"] for rows in pair for p in rows[key]["problems"]}
            found[files[key]] = quotes - {""}
    return found


def _labels(file: Path) -> dict[str, Any]:
    rows = map(json.loads, filter(str.strip, file.read_text("utf-8").splitlines()))
    return {row["id"]: row for row in rows}


def occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where *quote* stands in *text*."""
    return (m.span() for m in re.finditer(re.escape(quote), text))


# -- by reading -------------------------------------------------------------------------


def verdicts(file: Path) -> dict[Key, bool]:
    """The verdicts in *file*."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {Key(*(row[c] for c in COLUMNS[:4])): _verdict(row, file) for row in rows}


def _verdict(row: dict[str, str], file: Path) -> bool:
    if row["verdict"] not in ("yes", "no"):
        sys.exit(f"{file}: the verdict on {row['rule']} in {row['file']} must be yes or no")
    return row["verdict"] == "yes"


def by_reading(bench: Bench, corpus: Path, read: dict[Key, bool]) -> tuple[int, Counts, int]:
    """The number of postings, the counts of each card on them, and the findings not read."""
    counts: Counts = {rule: [0, 0] for rule in bench.cards}
    files, unread = postings(corpus), 0
    for file in files:
        for finding in bench.findings(file):
            verdict = read.get(key_of(finding, file))
            if verdict is None:
                unread += 1
                continue
            counts[finding.rule][0] += 1
            counts[finding.rule][1] += verdict
    return len(files), counts, unread


def write_unread(bench: Bench, corpus: Path, read: dict[Key, bool]) -> int:
    """Write the findings without a verdict to standard output; how many there are."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*COLUMNS, "context"])
    seen: set[Key] = set()
    for file in postings(corpus):
        for finding in bench.findings(file):
            key = key_of(finding, file)
            if key not in read and key not in seen:
                seen.add(key)
                out.writerow([*key, "", "", context(corpus / file, finding)])
    return len(seen)


def context(path: Path, finding: Finding, width: int = 200) -> str:
    """The text around *finding*, on one line."""
    if finding.related:
        words = ", ".join(place.matched for place in finding.related)
        return f"{finding.message} [{words}]"
    if finding.start is not None and finding.end is not None:
        text = read_path(path, path.name, ReadOptions()).text
        return _around(text, finding.start, finding.end, width)
    for posting in understand_file(path, ReadOptions()).postings:
        plain = posting.document.plain
        for start, end in occurrences(plain, finding.matched):
            if posting.document.place(start) == finding.place:
                return _around(plain, start, end, width)
    return ""


def _around(text: str, start: int, end: int, width: int) -> str:
    marked = f"{text[max(0, start - width) : start]}[[{text[start:end]}]]{text[end : end + width]}"
    return " ".join(marked.split())


# -- the table --------------------------------------------------------------------------


def write(part: str, corpus: str, day: date, number: int, counts: Counts) -> None:
    """Put what was measured into the table, under *part*; the other part stays as it is."""
    whole = yaml.safe_load(TABLE.read_text("utf-8")) if TABLE.is_file() else {}
    whole[part] = {
        "corpus": corpus,
        "date": day.isoformat(),
        "jdlint": __version__,
        "postings": number,
        "rules": {rule: {"findings": n, "right": right} for rule, (n, right) in counts.items()},
    }
    TABLE.write_text(HEAD + "".join(_part(name, whole[name]) for name in sorted(whole)), "utf-8")
    findings, right = (sum(column) for column in zip(*counts.values(), strict=True))
    print(f"{part}: {right} of {findings} findings on {number} postings are right")
    for line in _weakest(counts):
        print(line)


def _part(name: str, part: dict[str, Any]) -> str:
    lines = [f"{name}:"]
    lines += [f'  {key}: "{part[key]}"' for key in ("corpus", "date", "jdlint")]
    lines += [f"  postings: {part['postings']}", "  rules:"]
    for rule, count in sorted(part["rules"].items()):
        lines.append(f"    {rule}: {{findings: {count['findings']}, right: {count['right']}}}")
    return "\n".join(lines) + "\n"


def _weakest(counts: Counts) -> Iterable[str]:
    """The cards with wrong findings, the worst first."""
    wrong = defaultdict(list)
    for rule, (number, right) in counts.items():
        if right < number:
            wrong[right / number].append(f"  {rule}: {right} of {number}")
    return [line for share in sorted(wrong) for line in wrong[share]]


def main() -> None:
    """Measure, and write the table or the findings that nobody has read."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    parser.add_argument("--labels", type=Path, metavar="DIR")
    parser.add_argument("--verdicts", type=Path, metavar="FILE")
    parser.add_argument("--unread", action="store_true", help="only list what has no verdict")
    parser.add_argument("--date", type=date.fromisoformat, metavar="DAY")
    parser.add_argument("--labels-name", default="the jdlint labels", metavar="NAME")
    parser.add_argument("--corpus-name", default="the jdlint corpus", metavar="NAME")
    given = parser.parse_args()
    if not given.unread and not (given.date and (given.labels or given.verdicts)):
        parser.error("give --date and --labels or --verdicts, or --unread")
    bench = Bench(given.corpus)
    read = verdicts(given.verdicts) if given.verdicts else {}
    if given.unread:
        print(f"{write_unread(bench, given.corpus, read)} not read", file=sys.stderr)
        return
    if given.labels:
        number, counts = by_labels(bench, given.corpus, given.labels)
        write("labels", given.labels_name, given.date, number, counts)
    if given.verdicts:
        number, counts, unread = by_reading(bench, given.corpus, read)
        if unread:
            sys.exit(f"{unread} findings have no verdict; --unread lists them")
        write("read", given.corpus_name, given.date, number, counts)


if __name__ == "__main__":
    main()
