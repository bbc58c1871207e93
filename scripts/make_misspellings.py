"""Make ``rules/_data/misspellings.txt``, the table of near-certain misspellings.

    python scripts/make_misspellings.py CODEGEN --scowl FOLDER [--output FILE]

CODEGEN is ``src/word_codegen.rs`` of the Rust crate ``typos-dict`` (MIT or Apache-2.0; ``cargo
vendor`` fetches it). FOLDER holds SCOWL's word lists (the Debian package ``scowl`` installs them).
Left out is whatever may be a word or a name: what SCOWL or the CMU dictionary knows, what
has more than one correction or one of several words, what is too far from its correction, and
what is short.

The same input always gives the same file, byte for byte.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHORTEST = 5
"""Shorter words are too often a name, a code or a word of another language."""

ALSO = {"teh": "the", "hte": "the", "taht": "that", "adn": "and", "wiht": "with", "yuo": "you"}
"""Short ones that nobody means."""

LEVEL = 80
"""The largest SCOWL list whose words count as words; the ones above hold common slips, too."""

COMMON = 50
"""The largest list whose words people make new words of."""

NO_WORDS = frozenset(("publically", "persue", "prefered", "transfered", "refered", "responsable",
    "seperatly", "liason", "neccesary"))  # fmt: skip
"""Slips that a dictionary lists because people make them."""

FARTHEST = 2
"""So many letters may be wrong, missing, too many or swapped."""

_ENTRY = re.compile(r'InsensitiveStr::Ascii\("([a-z]+)"\)\s*,?\s*\)?,?\s*&\[\s*"([a-z]+)",?\s*\]')

HEADER = """\
# Near-certain misspellings and their corrections. Made by scripts/make_misspellings.py from
# typos-dict {version} (https://github.com/crate-ci/typos, MIT or Apache-2.0; licences/TYPOS.txt);
# do not edit by hand. First three letters, then for each word the rest and the correction.
"""


def entries(codegen: str) -> dict[str, str]:
    """Each misspelling in the crate's table that has one correction."""
    return dict(_ENTRY.findall(codegen))


def scowl(folder: Path, level: int) -> set[str]:
    """The words of the lists in *folder* up to *level*, names too, in lower case."""
    known: set[str] = set()
    for file in sorted(folder.iterdir()):
        if file.suffix[1:].isdecimal() and int(file.suffix[1:]) <= level:
            known.update(file.read_bytes().decode("latin-1").lower().split())
    return known


def cmu() -> set[str]:
    """The words of the CMU dictionary, from our own table of syllables."""
    found = set()
    for line in (ROOT / "rules/_data/syllables.txt").read_text("ascii").splitlines():
        start, _, rest = line.partition("\t")
        found |= {start + word if word != "." else start for word in rest.split()}
    return found


def variants() -> set[str]:
    """The spellings of all dialects, from our own table."""
    lines = (ROOT / "rules/_data/spelling.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t")[:2] for line in lines if not line.startswith("#"))
    return {word for row in rows for word in row}


def distance(one: str, two: str) -> int:
    """How many letters differ; swapped neighbours count once (Damerau's distance)."""
    rows = [list(range(len(two) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(two, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def kept(
    found: dict[str, str], words: set[str], common: set[str], pronounced: set[str]
) -> dict[str, str]:
    """The entries of *found* that are no words, by *words* and *pronounced*, and mend to one."""
    return ALSO | {
        wrong: right
        for wrong, right in found.items()
        if len(wrong) >= SHORTEST
        and (wrong in NO_WORDS or (wrong not in words and wrong not in pronounced))
        and right in words
        and right in pronounced
        and right not in found
        and (wrong in NO_WORDS or doubles(wrong, right) or not derived(wrong, common))
        and distance(wrong, right) <= FARTHEST
    }


def doubles(wrong: str, right: str) -> bool:
    """Whether *wrong* only lacks a letter that *right* doubles ("occured")."""
    return any(
        right[at] == right[at - 1] and right[:at] + right[at + 1 :] == wrong
        for at in range(1, len(right))
    )


_ENDINGS = ("s", "es", "ed", "er", "ers", "ing", "ly", "ness", "less", "able")
_STARTS = (
    "un", "re", "pre", "non", "sub", "co", "multi", "micro", "anti", "inter", "out", "over",
    "under", "post", "mis", "dis",
)  # fmt: skip


def derived(word: str, words: set[str]) -> bool:
    """Whether *word* is a form or a compound of known words (of four letters and more)."""
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    stems += [word.removeprefix(start) for start in _STARTS if word.startswith(start)]
    if any(len(stem) > 3 and (stem in words or f"{stem}e" in words) for stem in stems):
        return True
    return any(word[:at] in words and word[at:] in words for at in range(4, len(word) - 3))


def lines(table: dict[str, str]) -> Iterator[str]:
    """The lines of the file: all words that begin with the same three letters in one."""
    by_start: dict[str, list[str]] = {}
    for wrong, right in sorted(table.items()):
        by_start.setdefault(wrong[:3], []).append(f"{wrong[3:]}:{right}")
    for start, words in sorted(by_start.items()):
        yield f"{start}\t {' '.join(words)} "


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("codegen", type=Path)
    parser.add_argument("--scowl", type=Path, required=True)
    parser.add_argument("--version", default="0.14.4")
    parser.add_argument("--output", type=Path, default=ROOT / "rules/_data/misspellings.txt")
    given = parser.parse_args()
    words, common = scowl(given.scowl, LEVEL) | variants(), scowl(given.scowl, COMMON)
    table = kept(entries(given.codegen.read_text("utf-8")), words, common, cmu())
    text = HEADER.format(version=given.version) + "\n".join(lines(table)) + "\n"
    given.output.write_text(text, "ascii")
    print(f"{len(table)} misspellings")


if __name__ == "__main__":
    main()
