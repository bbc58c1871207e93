"""What changed in git repositories since a revision: files, and lines of them.

git is only asked, and told to heed no setting that changes the shape of its answer, to take no
lock and to fetch nothing.
"""

import os
import re
import subprocess
from ast import literal_eval
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from jdlint.model import ConfigError, Finding

_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_RENAMED = re.compile(rb"^(?:rename|copy) to (.+)$", re.MULTILINE)
_BINARY = re.compile(rb"^(?:Binary files |GIT binary patch)", re.MULTILINE)
_LONE_CR = re.compile(rb"\r(?!\n)")
_SUBMODULE = "160000"
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=none", "-O/dev/null")
_FILES = ("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=d", *_PLAIN)
_LINES = (
    "diff", "--patch", "--unified=0", "--inter-hunk-context=0", "-M", "-l1000",
    "--src-prefix=a/", "--dst-prefix=b/", "--submodule=short", *_PLAIN,
)  # fmt: skip
_OWN = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"}
"""What git tells its hooks of one repository; each folder is asked for its own."""
_QUIET = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


class Changed(msgspec.Struct, frozen=True):
    """The files that changed, and which lines of some of them; None are all lines."""

    files: frozenset[Path]
    hunks: dict[Path, list[range]]

    def lines(self, file: Path) -> list[range] | None:
        """The lines of *file* that changed; None for all of them."""
        found = self.hunks.get(file)
        return None if found and _has_other_lines(file) else found


def _has_other_lines(file: Path) -> bool:
    """Whether a CR alone ends lines in *file*, where git sees no end."""
    try:
        return _LONE_CR.search(file.read_bytes()) is not None
    except OSError:
        return True


def changed(revision: str, folders: Iterable[Path], *, by_line: bool) -> Changed:
    """What changed between the merge base of *revision* and HEAD, and the files as they are.

    Each repository in which one of *folders* stands is asked, and the submodules in it. Lines
    are told only *by_line*. Raises ConfigError outside of a repository, for an unknown revision,
    and where a shallow clone does not reach back far enough.
    """
    roots = dict.fromkeys(_root(folder) for folder in folders)
    files: set[Path] = set()
    hunks: dict[Path, list[range]] = {}
    for part in [found for root in roots for found in _all(root, _base(root, revision), by_line)]:
        files |= part.files
        hunks |= part.hunks
    return Changed(frozenset(files), hunks)


def _all(root: Path, base: str, by_line: bool) -> Iterator[Changed]:
    """What changed since *base* in the repository at *root*, and in those that stand in it."""
    others = _names(_git(root, "ls-files", "--others", "--exclude-standard", "-z"))
    inner = {name: "" for name in others if name.endswith("/")}
    known = list(_entries(_git(root, *_FILES, base)))
    inner |= {entry.name: entry.old for entry in known if entry.mode == _SUBMODULE}
    names = {*others, *(entry.name for entry in known)}.difference(inner)
    files = frozenset((root / name).resolve() for name in names)
    yield Changed(files, _hunks(root, base) if by_line else {})
    for name, old in inner.items():
        if (root / name / ".git").exists():
            yield from _all(root / name, _commit(root / name, old) or _nothing(root), by_line)


class _Entry(msgspec.Struct, frozen=True):
    """What git says of a file: its mode now, what was there, and its path from the root."""

    mode: str
    old: str
    name: str


def _entries(told: bytes) -> Iterator[_Entry]:
    """The records of ``git diff --raw -z``, each with one path."""
    fields = iter(_names(told))
    for about, name in zip(fields, fields, strict=True):
        _, mode, old, _, _ = about.split(" ")
        yield _Entry(mode, old, name)


def _hunks(root: Path, base: str) -> dict[Path, list[range]]:
    """The changed lines of each file whose lines git compares: not of one that is binary."""
    found: dict[Path, list[range]] = {}
    whole = b"\n" + _git(root, *_LINES, base)
    for part in whole.split(b"\ndiff --git ")[1:]:
        if not _BINARY.search(part):
            lines = [_lines(int(m[1]), int(m[2] or b"1")) for m in _HUNK.finditer(part)]
            found.setdefault((root / _name(part)).resolve(), []).extend(lines)
    return found


def _name(part: bytes) -> str:
    """The path of the file of which a *part* of a patch speaks, as it is now."""
    header, _, _ = part.partition(b"\n")
    renamed = _RENAMED.search(part)
    name = renamed[1] if renamed else header[len(header) // 2 + 1 :]
    if name.startswith(b'"'):
        name = literal_eval(f"b{name.decode('ascii')}")
    return os.fsdecode(name if renamed else name.removeprefix(b"b/"))


def _lines(start: int, count: int) -> range:
    """The lines of a hunk; where lines only went, those on either side of the gap."""
    return range(start, start + count) if count else range(start, start + 2)


def _root(folder: Path) -> Path:
    """The top of the repository in which *folder* stands."""
    done = _run(folder, ("rev-parse", "--show-toplevel"))
    if not done.returncode:
        return Path(os.fsdecode(done.stdout.removesuffix(b"\n")))
    raise ConfigError(_no_root(folder, done.stderr.decode("utf-8", "replace")), path="--since")


def _no_root(folder: Path, said: str) -> str:
    """Why git does not work in *folder*, by what it *said*."""
    where = folder.resolve()
    if "safe.directory" in said:
        own = re.search(r"repository (?:at )?\(?'(.+?)'", said)
        return (
            f"the git repository at {where} belongs to another user, so git does not read it; "
            f"if you trust it: git config --global --add safe.directory {own[1] if own else where}"
        )
    if "not a git repository" in said:
        return f"there is no git repository at {where}, so it cannot be told what changed there"
    return f"git does not work at {where} ({_first(said)})"


def _base(root: Path, revision: str) -> str:
    """The commit at which HEAD and *revision* parted."""
    commit = _commit(root, revision)
    if not commit:
        why = _hint(root, revision)
        raise ConfigError(f"git knows no revision '{revision}' at {root}; {why}", path="--since")
    if not _commit(root, "HEAD"):
        message = f"there is no commit yet on the branch at {root}; make the first one"
        raise ConfigError(message, path="--since")
    found = _run(root, ("merge-base", commit, "HEAD"))
    if found.returncode:
        why = (
            "this clone is shallow and does not reach back to where they parted: fetch more "
            "('fetch-depth: 0' in GitHub's checkout, 'git fetch --unshallow' by hand)"
            if _is_shallow(root)
            else "they have no commit in common"
        )
        message = f"'{revision}' and HEAD cannot be compared at {root}: {why}"
        raise ConfigError(message, path="--since")
    return found.stdout.decode("ascii").strip()


def _commit(root: Path, revision: str) -> str:
    """The hash of the commit that *revision* names, empty if there is none; never an option."""
    if not revision or revision.startswith("-"):
        return ""
    found = _run(root, ("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"))
    return "" if found.returncode else found.stdout.decode("ascii").strip()


def _nothing(root: Path) -> str:
    """What stands for a commit without any file."""
    return _git(root, "hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


def _hint(root: Path, revision: str) -> str:
    from jdlint.nearest import hint

    if _is_shallow(root):
        return (
            "this clone is shallow: fetch the branch first ('fetch-depth: 0' in GitHub's checkout)"
        )
    listed = _git(root, "for-each-ref", "--format=%(refname:short)").decode("utf-8", "replace")
    names = listed.split()
    if not names:
        return "there is no commit yet"
    remote = [name for name in names if revision and name.endswith(f"/{revision}")]
    if remote:
        return f"did you mean '{remote[0]}'?"
    return hint(revision, names, f"name a branch, a tag or a commit; there is {_some(names)}")


def _some(names: Sequence[str]) -> str:
    return ", ".join([*names[:5], *(["…"] if len(names) > 5 else [])])


def _is_shallow(root: Path) -> bool:
    return _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _names(listed: bytes) -> list[str]:
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def _git(folder: Path, *argv: str) -> bytes:
    """What git answers in *folder*; raises ConfigError if it cannot."""
    done = _run(folder, argv)
    if not done.returncode:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace")
    why = _first(said) or f"git {argv[0]} failed"
    if "promisor" in said:
        why = "this clone is partial and lacks the old files; clone it without '--filter'"
    raise ConfigError(f"git does not say what changed at {folder} ({why})", path="--since")


def _first(said: str) -> str:
    return next(iter(said.strip().splitlines()), "")


def _run(folder: Path, argv: Sequence[str]) -> "subprocess.CompletedProcess[bytes]":
    command = ["git", "-c", "core.quotePath=on", "-c", "core.fsmonitor=false", *argv]
    own = {*_OWN, "GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF"}
    env = {key: value for key, value in os.environ.items() if key not in own} | _QUIET
    try:
        return subprocess.run(  # noqa: S603
            command, cwd=folder, env=env, input=b"", capture_output=True, check=False
        )
    except OSError as fault:
        why = "is not installed" if isinstance(fault, FileNotFoundError) else "cannot be started"
        message = f"git {why}, so it cannot be told what changed; leave out --since, or install git"
        raise ConfigError(message, path="--since") from None


def touches(finding: Finding, lines: Sequence[range] | None) -> bool:
    """Whether *finding* stands on one of *lines*, or speaks of a posting that changed as a whole.

    None are all lines.
    """
    if lines is None:
        return True
    if finding.line is None or not finding.matched:
        return bool(lines)
    last = max(finding.line, (finding.end_line or finding.line))
    return any(span.start <= last and finding.line < span.stop for span in lines)
