"""Make ``rules/_data/spelling.tsv``, the table of UK and US spellings, from VarCon.

    python scripts/make_spelling.py VARCON --scowl FOLDER [--output FILE]

VARCON is VarCon's ``varcon.txt``, or ``src/codegen.rs`` of the Rust crate ``varcon``,
which carries the same clusters (``cargo vendor`` fetches it). FOLDER holds SCOWL's word
lists (``english-words.35`` and so on; the Debian package ``scowl`` installs them). Rows
that VarCon lacks or gets wrong stand in ``spelling_rows.txt`` beside this script.

The same input always gives the same file, byte for byte.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

LEVEL = 70
"""The largest SCOWL list whose words count as ordinary ("can be found in the dictionary")."""

COMMON = 60
"""A spelling in SCOWL's common list up to this level is at home in every dialect."""

HEADER = """\
# UK and US spellings. Made by scripts/make_spelling.py; do not edit by hand.
# Source: VarCon (Variant Conversion Info) 2020.12.07 by Kevin Atkinson and Benjamin Titze,
# as carried by the Rust crate varcon 1.0.5; filtered against the word lists of SCOWL
# 2020.12.07; completed by scripts/spelling_rows.txt. This is a modified version of VarCon.
# Licence of VarCon: licences/VARCON.txt
#
# Three columns: the UK spelling, the US spelling, and three words about the pair:
# fits     which of the two is right in UK (-ise), UK-oxford (-ize), US, CA, AU: one letter
#          each, k (the UK spelling), s (the US spelling) or e (either)
# class    safe | ise (-ise and -ize) | name (often part of a proper name) | soft (both are
#          fine on either side; never an error)
# family   words with one family count once when a text's dialect is decided
"""


class Form(NamedTuple):
    """A spelling and the dialects of VarCon (letters A B Z C D) that prefer or accept it."""

    word: str
    prefer: frozenset[str]
    accept: frozenset[str]


class Cluster(NamedTuple):
    """Words of one root: each line lists the spellings of one inflection."""

    head: str
    verified: bool
    level: int
    lines: list[tuple[list[Form], bool]]


class Row(NamedTuple):
    """A line of the table."""

    uk: str
    us: str
    fits: str
    kind: str
    family: str


# -- reading VarCon ---------------------------------------------------------------------


def varcon_text(path: Path) -> str:
    """VarCon in its own notation, whichever form it comes in."""
    if path.suffix == ".rs":
        return "\n".join(_from_crate(path.read_text(encoding="utf-8")))
    return path.read_text(encoding="latin-1")


_LETTER = {
    "American": "A", "BritishIse": "B", "BritishIze": "Z", "Canadian": "C", "Australian": "D",
    "Other": "_",
}  # fmt: skip
_MARK = {"": "", "Eq": ".", "Variant": "v", "Seldom": "V", "Possible": "-", "Improper": "x"}
_TYPE = re.compile(r"Category::(\w+), tag: (?:None|Some\(Tag::(\w+)\))")


def _from_crate(source: str) -> Iterator[str]:
    for cluster in source.split("\nCluster {")[1:]:
        head, level = _quoted("header", cluster), re.search(r"level: (\d+)", cluster)
        mark = "<verified> " if "verified: true" in cluster else ""
        yield f"# {head} {mark}(level {level.group(1) if level else 99})"
        for entry in cluster.split("\n  Entry {")[1:]:
            yield _crate_line(entry)


def _crate_line(entry: str) -> str:
    variants = []
    for variant in entry.split("\n      Variant {")[1:]:
        tags = " ".join(_LETTER[a] + _MARK[b] for a, b in _TYPE.findall(variant))
        variants.append(f"{tags}: {_quoted('word', variant)}")
    senses = re.search(r"pos: Some|archaic: true|description: Some", entry)
    return " / ".join(variants) + (" | sense" if senses else "")


def _quoted(key: str, text: str) -> str:
    found = re.search(key + r': "((?:[^"\\]|\\.)*)"', text)
    return found.group(1).strip() if found else ""


def clusters(text: str) -> Iterator[Cluster]:
    """The clusters of *text*, without possessives and words that have a capital."""
    current: Cluster | None = None
    for line in text.splitlines():
        if head := re.match(r"# (\S+) (<verified> )?\(level (\d+)\)", line):
            if current:
                yield current
            current = Cluster(head[1], bool(head[2]), int(head[3]), [])
        elif current and line and not line.startswith("#") and (read := _line(line)):
            current.lines.append(read)
    if current:
        yield current


def _line(line: str) -> tuple[list[Form], bool] | None:
    entries, _, note = line.partition(" | ")
    tagged = [e.partition(": ") for e in entries.split(" # ")[0].split(" / ")]
    tagged = [t for t in tagged if re.fullmatch(r"[a-z]+", t[2].strip())]
    every = [tag for tags, _, _ in tagged for tag in tags.split() if not tag.isdigit()]
    sense = bool(note) and not note.lstrip().startswith("--")
    forms = [_form(word.strip(), tags.split(), every) for tags, _, word in tagged]
    return (forms, sense) if forms else None


def _form(word: str, tags: list[str], every: list[str]) -> Form:
    """*word* with its tags; dialects that the line does not mention take B's (or Z's)."""
    present = {tag[0] for tag in every}
    stand_in = {"Z": "B", "C": "Z" if "Z" in present else "B", "D": "B"}
    tags = [t for t in tags if not t.isdigit()]
    for letter, source in stand_in.items():
        if letter not in present:
            tags += [letter + t[1:] for t in tags if t[0] == source]
    prefer = frozenset(t[0] for t in tags if t[1:] in ("", "."))
    accept = frozenset(t[0] for t in tags if t[1:] in ("", ".", "v"))
    return Form(word, prefer, accept)


# -- from clusters to rows --------------------------------------------------------------


class Lists(NamedTuple):
    """SCOWL: *known* words of any dialect, and those *common* to all or local to one side."""

    known: frozenset[str]
    us: frozenset[str]
    uk: frozenset[str]


def scowl(folder: Path) -> Lists:
    """The word lists in *folder*."""
    names = ("english", "american", "british", "british_z", "canadian", "australian")
    known = {w for name in names for w in _words(folder, name, LEVEL)}
    common = set(_words(folder, "english", COMMON))
    return Lists(
        frozenset(known),
        frozenset(common | set(_words(folder, "american", COMMON))),
        frozenset(common | set(_words(folder, "british", COMMON))),
    )


def _words(folder: Path, name: str, level: int) -> Iterator[str]:
    for size in (10, 20, 35, 40, 50, 55, 60, 70):
        file = folder / f"{name}-words.{size}"
        if size <= level and file.exists():
            yield from file.read_text(encoding="latin-1").split()


def whole(all_clusters: Iterable[Cluster]) -> dict[str, Form]:
    """Every spelling with the dialects that prefer or accept it in any sense and cluster."""
    found: dict[str, Form] = {}
    for cluster in all_clusters:
        if cluster.verified or cluster.level <= LEVEL:
            for form in (f for forms, _ in cluster.lines for f in forms):
                old = found.get(form.word, Form(form.word, frozenset(), frozenset()))
                new = Form(form.word, old.prefer | form.prefer, old.accept | form.accept)
                found[form.word] = new
    return found


def rows_of(cluster: Cluster, known: dict[str, Form], lists: Lists) -> Iterator[Row]:
    """The rows of a cluster that is checked by hand, or regular -ise and -ize."""
    if cluster.level > LEVEL or not cluster.head.islower():
        return
    for forms, sense in cluster.lines:
        row = _row(forms, cluster.head, known, lists)
        if row is None or not {row.uk, row.us} <= lists.known:
            continue
        if cluster.verified or (row.kind == "ise" and not sense):
            yield row


def _row(forms: list[Form], head: str, known: dict[str, Form], lists: Lists) -> Row | None:
    uk = next((f.word for f in forms if "B" in f.prefer), None)
    us = next((f.word for f in forms if "A" in f.prefer), None)
    if uk is None or us is None or uk == us:
        return None
    uk_in_us = "A" in known[uk].accept or uk in lists.us
    us_in_uk = "B" in known[us].accept or us in lists.uk
    fits = "".join(
        (
            "e" if us_in_uk else "k",
            "e" if us_in_uk else _preferred("Z", known[uk], known[us]),
            "e" if uk_in_us else "s",
            _preferred("C", known[uk], known[us]),
            _preferred("D", known[uk], known[us]),
        )
    )
    kind = "ise" if is_ise(uk, us) else "soft" if fits[0] == fits[2] == "e" else "safe"
    return Row(uk, us, fits, kind, head)


def is_ise(uk: str, us: str) -> bool:
    """Whether two spellings differ by -is- and -iz- alone (not by -ys- and -yz-)."""
    at = us.rfind("iz")
    return at > 0 and us[:at] + "is" + us[at + 2 :] == uk


def _preferred(letter: str, uk: Form, us: Form) -> str:
    """Which of the two spellings VarCon's dialect *letter* prefers."""
    if letter in us.prefer:
        return "e" if letter in uk.prefer else "s"
    return "k"


# -- rows by hand, families, and the file -----------------------------------------------


def by_hand(text: str, rows: dict[str, Row]) -> None:
    """Carry out the lines of ``spelling_rows.txt`` on *rows*, which are kept by UK spelling."""
    for line in text.splitlines():
        if words := line.partition("#")[0].split():
            _carry_out(words[0], words[1:], rows)


def _carry_out(verb: str, words: list[str], rows: dict[str, Row]) -> None:
    match verb, words:
        case "ise", stems:
            rows.update({r.uk: r for s in stems for r in _regular(s) if r.uk not in rows})
        case "pair", [uk, us, fits, kind, family]:
            rows[uk] = Row(uk, us, fits, kind, family)
        case "fits", [fits, kind, *spellings]:
            if unknown := sorted(set(spellings) - rows.keys()):
                raise SystemExit(f"spelling_rows.txt judges {unknown[0]}, which is in no row")
            rows.update({s: rows[s]._replace(fits=fits, kind=kind) for s in spellings})
        case "names", families:
            chosen = [r for r in rows.values() if r.family in families]
            rows.update({r.uk: r._replace(kind="name") for r in chosen})
        case "drop", spellings:
            for spelling in spellings:
                if rows.pop(spelling, None) is None:
                    raise SystemExit(f"spelling_rows.txt drops {spelling}, which is in no row")
        case _:
            raise SystemExit(f"spelling_rows.txt: cannot understand: {verb} {words}")


def _regular(stem: str) -> Iterator[Row]:
    """The words that *stem* makes with -ise: the verb, and with ``+`` after it the nouns."""
    endings = ["e", "es", "ed", "ing"]
    if stem.endswith("+"):
        endings += ["ation", "ations", "er", "ers"]
    stem = stem.rstrip("+")
    for end in endings:
        yield Row(f"{stem}is{end}", f"{stem}iz{end}", "ksssk", "ise", f"{stem}ize")


def with_families(rows: list[Row]) -> list[Row]:
    """*rows* with one family for what is derived from one word: organize, organizational."""
    roots = {_root(r) for r in rows}
    short = sorted((r for r in roots if len(r) >= 5), key=lambda r: (len(r), r))
    return [row._replace(family=_family(_root(row), roots, short)) for row in rows]


def _root(row: Row) -> str:
    return row.us[: row.us.rfind("iz") + 2] if row.kind == "ise" else row.family


def _family(root: str, roots: set[str], short: list[str]) -> str:
    bare = re.sub(r"^(?:re|un|dis|mis|over|pre|under|de)", "", root)
    root = bare if bare in roots else root
    return next((s for s in short if root.startswith(s)), root)


def make(varcon: Path, scowl_folder: Path, by_hand_text: str) -> str:
    """The text of the table."""
    every = list(clusters(varcon_text(varcon)))
    known, lists = whole(every), scowl(scowl_folder)
    rows = {r.uk: r for c in every for r in rows_of(c, known, lists)}
    by_hand(by_hand_text, rows)
    single = _single(list(rows.values()))
    rows_in_order = sorted(with_families(single))
    lines = [f"{r.uk}\t{r.us}\t{r.fits} {r.kind} {r.family}" for r in rows_in_order]
    return HEADER + "\n".join(lines) + "\n"


def _single(rows: list[Row]) -> list[Row]:
    """Rows whose spellings stand in no other row: the others are senses, not dialects."""
    count = Counter(word for row in rows for word in (row.uk, row.us))
    return [r for r in rows if count[r.uk] == count[r.us] == 1]


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("varcon", type=Path)
    parser.add_argument("--scowl", type=Path, default=Path("/usr/share/dict/scowl"))
    here = Path(__file__).resolve().parent
    parser.add_argument("--output", type=Path, default=here.parent / "rules/_data/spelling.tsv")
    options = parser.parse_args()
    rows = (here / "spelling_rows.txt").read_text(encoding="utf-8")
    options.output.write_text(make(options.varcon, options.scowl, rows), encoding="utf-8")


if __name__ == "__main__":
    main()
