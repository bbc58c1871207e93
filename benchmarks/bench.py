"""The ratios that jdlint promises, each taken side by side in this one run.

    make bench        (or: python benchmarks/bench.py [--quick])

(a) a cold check of one 500-word posting against ``python -c "import click, yaml"``: at most 3
(b) 500 postings on one core against proselint 0.16 on the same files: at least 3 times faster
(c) 10,000 postings against 1,000, and a file of 10 MB against 10 kB: time grows linearly
(d) a cold check with readability against one without: at most 60 ms more
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
JDLINT = [PYTHON, "-m", "jdlint", "check", "--fail-on", "never"]


def seconds(argv: list[str]) -> float:
    """The wall time of one run of *argv*."""
    began = time.perf_counter()
    done = subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1):
        sys.exit(f"{argv[:6]} failed: {done.stderr.decode()[-800:]}")
    return time.perf_counter() - began


def side_by_side(first: list[str], second: list[str], rounds: int) -> tuple[float, float]:
    """The median times of two commands, run in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        times[0].append(seconds(first))
        times[1].append(seconds(second))
    return statistics.median(times[0]), statistics.median(times[1])


def real_postings() -> list[str]:
    """The example and test postings of this repository, as the stuff to multiply."""
    folders = [ROOT / "examples", ROOT / "tests" / "postings"]
    files = sorted(
        f for folder in folders for f in folder.rglob("*.md") if f.stem.isupper() is False
    )
    return [f.read_text("utf-8") for f in files]


def written(folder: Path, number: int) -> Path:
    """A folder with *number* postings: real ones, each with its paragraphs in a new order."""
    folder.mkdir()
    texts, dice = real_postings(), random.Random(7)
    for at in range(number):
        blocks = texts[at % len(texts)].split("\n\n")
        head, rest = blocks[:1], blocks[1:]
        dice.shuffle(rest)
        (folder / f"posting-{at:05}.md").write_text("\n\n".join(head + rest), "utf-8")
    return folder


def of_500_words(folder: Path) -> Path:
    """One posting of about 500 words."""
    words = 0
    kept = []
    for block in "\n\n".join(real_postings()).split("\n\n"):
        if words < 500 and not block.startswith("---"):
            kept.append(block)
            words += len(block.split())
    file = folder / "posting.md"
    file.write_text("\n\n".join(kept), "utf-8")
    return file


def row(name: str, ours: float, theirs: float, ratio: float, aim: str) -> None:
    """Print one line of the table."""
    print(f"{name:<58} {ours:8.3f} s {theirs:8.3f} s  ratio {ratio:6.2f}  ({aim})", flush=True)


def cold(folder: Path, rounds: int) -> None:
    """(a) and (d)."""
    file = of_500_words(folder)
    seconds([*JDLINT, str(file)])
    base = [PYTHON, "-c", "import click, yaml"]
    ours, theirs = side_by_side([*JDLINT, str(file)], base, rounds)
    row("(a) cold check | python -c 'import click, yaml'", ours, theirs, ours / theirs, "at most 3")
    without = [*JDLINT, "--ignore", "readability", str(file)]
    ours, theirs = side_by_side([*JDLINT, str(file)], without, rounds)
    extra = f"{(ours - theirs) * 1000:.0f} ms more; aim: 60 at most"
    row("(d) cold check | without readability", ours, theirs, ours / theirs, extra)


def throughput(folder: Path, number: int, rounds: int) -> None:
    """(b)."""
    files = written(folder / "b", number)
    names = [str(f) for f in sorted(files.iterdir())]
    proselint = [PYTHON, "-m", "proselint", "check", *names]
    ours, theirs = side_by_side([*JDLINT, "--jobs", "1", *names], proselint, rounds)
    row(f"(b) {number} postings | proselint 0.16", ours, theirs, theirs / ours, "at least 3")


def growth(folder: Path, many: int) -> None:
    """(c)."""
    few_files, many_files = written(folder / "few", many // 10), written(folder / "many", many)
    few, much = seconds([*JDLINT, str(few_files)]), seconds([*JDLINT, str(many_files)])
    row(f"(c) {many} postings | {many // 10}", much, few, much / few, "10 is linear")
    block = "\n\n".join(real_postings()) + "\n\n"
    previous = 0.0
    for size in (10_000, 100_000, 1_000_000, 10_000_000):
        file = folder / f"one-{size}.md"
        file.write_text((block * (size // len(block) + 1))[:size], "utf-8")
        taken = seconds([*JDLINT, "--output-file", os.devnull, str(file)])
        ratio = taken / previous if previous else 0.0
        row(f"(c) one file of {size:,} bytes | a tenth of it", taken, previous, ratio, "10 at most")
        previous = taken


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and files")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["JDLINT_CACHE_DIR"] = str(folder / "cache")
        print(f"{'':<58} {'first':>10} {'second':>10}")
        cold(folder, 5 if quick else 21)
        throughput(folder, 100 if quick else 500, 1 if quick else 3)
        growth(folder, 500 if quick else 10_000)


if __name__ == "__main__":
    main()
