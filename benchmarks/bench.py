"""The ratios that jdlint promises, each taken side by side in this one run.

    make bench        (or: python benchmarks/bench.py [--quick])

(a) a cold check of one 500-word posting against ``python -c "import click, yaml"``: at most 3,
    without front matter (as text that YAML has no part in) and with it
(b) 500 postings on one core against proselint 0.16 on the same files: at least 3 times faster
(c) 10,000 postings against 1,000, and a file of 10 MB against 10 kB: time grows linearly
(d) a cold check with readability against one without: at most 60 ms more
(f) one process against two, and a fresh run against one from the cache of results
(e) grammar, if LanguageTool is there (``make languagetool``, ``LTP_PATH``): its start, postings
    read by a server that is cold or warm, against kept answers and none; no promise
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
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
CHECK = [PYTHON, "-m", "jdlint", "check", "--fail-on", "never"]
JDLINT = [*CHECK, "--no-cache", "--jobs", "1"]


class Cost(NamedTuple):
    """What a run took, in seconds: by the clock, and of the processor's time (0: not known)."""

    wall: float
    cpu: float


def cost(argv: list[str], *, pinned: bool = False) -> Cost:
    """What one run of *argv* takes; *pinned* keeps it on one core, where the system can.

    Python may keep its bytecode, as it does for everybody: compiling is not what we measure.
    """
    began, before = time.perf_counter(), os.times()
    pin = on_one_core if pinned and hasattr(os, "sched_setaffinity") else None
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    out, err = subprocess.DEVNULL, subprocess.PIPE
    done = subprocess.run(argv, stdout=out, stderr=err, preexec_fn=pin, env=env)
    wall, after = time.perf_counter() - began, os.times()
    if done.returncode not in (0, 1):
        sys.exit(f"{argv[:6]} failed: {done.stderr.decode()[-800:]}")
    user = after.children_user - before.children_user
    return Cost(wall, user + after.children_system - before.children_system)


def on_one_core() -> None:
    """Keep this process to one of the cores that it may use."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def side_by_side(
    first: list[str], second: list[str], rounds: int, *, pinned: bool = False
) -> tuple[Cost, Cost]:
    """The medians of what two commands take, run in turn."""
    taken: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(rounds):
        taken[0].append(cost(first, pinned=pinned))
        taken[1].append(cost(second, pinned=pinned))
    return median(taken[0]), median(taken[1])


def median(costs: list[Cost]) -> Cost:
    """The medians of the clock's and of the processor's time."""
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


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


def of_500_words(folder: Path, *, front_matter: bool) -> Path:
    """One real posting, cut at the paragraph where it has about 500 words."""
    words = 0
    kept = []
    text = (ROOT / "tests/postings/content-designer.md").read_text("utf-8")
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    title = next(line for line in front.splitlines() if line.startswith("title:"))
    for block in body.strip().split("\n\n"):
        if words < 500:
            kept.append(block)
            words += len(block.split())
    head = f"---\n{front}\n---\n" if front_matter else f"# {title.removeprefix('title: ')}\n"
    file = folder / f"posting-{front_matter}.md"
    file.write_text("\n\n".join([head, *kept]), "utf-8")
    return file


def row(name: str, first: Cost, second: Cost, aim: str, *, inverse: bool = False) -> None:
    """Print one line: both times, and their ratio by the clock and by the processor's time."""
    over, under = (second, first) if inverse else (first, second)
    ratios = [f"{o / u:6.2f}" if u else "     -" for o, u in zip(over, under, strict=True)]
    print(
        f"{name:<50} {first.wall:8.3f} s {second.wall:8.3f} s"
        f"  ratio {ratios[0]}, by CPU {ratios[1]}  ({aim})",
        flush=True,
    )


def cold(folder: Path, rounds: int) -> None:
    """(a) and (d)."""
    base = [PYTHON, "-c", "import click, yaml"]
    for front_matter, name in ((True, "with front matter"), (False, "without")):
        file = of_500_words(folder, front_matter=front_matter)
        cost([*JDLINT, str(file)])
        ours, theirs = side_by_side([*JDLINT, str(file)], base, rounds)
        row(f"(a) cold, {name} | 'import click, yaml'", ours, theirs, "at most 3")
    without = [*JDLINT, "--ignore", "readability", str(file)]
    ours, theirs = side_by_side([*JDLINT, str(file)], without, rounds)
    wall, cpu = ((a - b) * 1000 for a, b in zip(ours, theirs, strict=True))
    extra = f"{wall:.0f} ms more, by CPU {cpu:.0f}; aim: 60 at most"
    row("(d) cold check | without readability", ours, theirs, extra)


def throughput(folder: Path, number: int, rounds: int) -> None:
    """(b), with both tools pinned to one core: neither starts threads or processes of its own."""
    files = written(folder / "b", number)
    names = [str(f) for f in sorted(files.iterdir())]
    proselint = [PYTHON, "-m", "proselint", "check", *names]
    ours, theirs = side_by_side([*JDLINT, *names], proselint, rounds, pinned=True)
    row(f"(b) {number} postings | proselint 0.16", ours, theirs, "at least 3", inverse=True)


def growth(folder: Path, many: int) -> None:
    """(c)."""
    few_files, many_files = written(folder / "few", many // 10), written(folder / "many", many)
    few, much = cost([*JDLINT, str(few_files)]), cost([*JDLINT, str(many_files)])
    row(f"(c) {many} postings | {many // 10}", much, few, "10 is linear")
    block = "\n\n".join(real_postings()) + "\n\n"
    previous = Cost(0, 0)
    for size in (10_000, 100_000, 1_000_000, 10_000_000):
        file = folder / f"one-{size}.md"
        file.write_text((block * (size // len(block) + 1))[:size], "utf-8")
        taken = cost([*JDLINT, "--output-file", os.devnull, str(file)])
        row(f"(c) one file of {size:,} bytes | a tenth of it", taken, previous, "10 at most")
        previous = taken


def gate(folder: Path, number: int) -> None:
    """(f)."""
    files = str(written(folder / "gate", number))
    one = cost([*JDLINT, files])
    two = cost([*CHECK, "--no-cache", "--jobs", "2", files])
    row(f"(f) {number} postings, 1 process | 2", one, two, "2 at best")
    cost([*CHECK, files])
    row(f"(f) {number} postings, fresh | from the cache", one, cost([*CHECK, files]), "-")


def grammar(folder: Path, number: int) -> None:
    """(e): a server that has just started, one that has read before, and kept answers."""
    from jdlint.grammar import managed

    if not managed.jar().is_file():
        print("(e) left out: there is no LanguageTool in", managed.folder())
        return
    began = time.perf_counter()
    server = managed.Server(lambda _line: None, 60)
    command = [*JDLINT, "--grammar", "server", "--grammar-url", server.url()]
    start = time.perf_counter() - began
    files = sorted(map(str, written(folder / "read", 2 * number).iterdir()))
    try:
        cold, warm, kept = (
            cost([*command, *files[at : at + number]]) for at in (0, number, number)
        )
    finally:
        server.close()
    off = cost([*JDLINT, *files[number:]])
    row(f"(e) {number} postings, LanguageTool cold | warm", cold, warm, "-")
    row(f"(e) {number} postings, kept answers | off", kept, off, "-")
    rates = ", ".join(
        f"{number / taken.wall:.1f} {name}"
        for name, taken in (("cold", cold), ("warm", warm), ("kept", kept), ("off", off))
    )
    print(f"    LanguageTool starts in {start:.1f} s; postings/s: {rates}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and files")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["JDLINT_CACHE_DIR"] = str(folder / "cache")
        # An installed jdlint is compiled, as click and proselint are.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        print(f"{'':<50} {'first':>10} {'second':>10}")
        cold(folder, 5 if quick else 21)
        throughput(folder, 100 if quick else 500, 1 if quick else 3)
        growth(folder, 500 if quick else 10_000)
        gate(folder, 500 if quick else 2000)
        grammar(folder, 20 if quick else 50)


if __name__ == "__main__":
    main()
