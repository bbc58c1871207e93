"""What changed in a git repository since a revision: files, and lines of them."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec

from jdlint.model import ConfigError, Finding

_NEW_NAME = re.compile(rb"^\+\+\+ b/(.+)$", re.MULTILINE)
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


class Changed(msgspec.Struct, frozen=True):
    """The files that changed, and the lines of those that git knows; None are all of them."""

    files: frozenset[Path]
    hunks: dict[Path, list[range]]

    def lines(self, file: Path) -> list[range] | None:
        """The lines of *file* that changed; None for all of them."""
        return self.hunks.get(file)


def _hunks(root: Path, base: str) -> dict[Path, list[range]]:
    """The changed lines of each file that git knows, renamed ones included.

    A file whose name git has to quote is left out, so that all its lines count.
    """
    argv = ("diff", "--unified=0", "-M", "--no-color", "--no-ext-diff", "--no-textconv", base)
    found: dict[Path, list[range]] = {}
    for part in _git(root, *argv).split(b"\ndiff --git "):
        named = _NEW_NAME.search(part)
        if named:
            name = named[1].decode("utf-8", "surrogateescape").removesuffix("\t")
            found[(root / name).resolve()] = [
                _lines(int(m[1]), int(m[2] or b"1")) for m in _HUNK.finditer(part)
            ]
    return found


def _lines(start: int, count: int) -> range:
    """The lines of a hunk; where lines only went, those on either side of the gap."""
    return range(start, start + count) if count else range(start, start + 2)


def changed(revision: str, here: Path) -> Changed:
    """What changed between the merge base of *revision* and HEAD, and the files as they are.

    Raises ConfigError outside of a repository, for an unknown revision, and where a shallow
    clone does not reach back far enough.
    """
    if not _succeeds(here, "rev-parse", "--git-dir"):
        raise ConfigError("this is no git repository, so nothing changed in it", path="--since")
    told = _git(here, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape")
    root = Path(told.removesuffix("\n"))
    if not _succeeds(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"):
        message = f"git knows no revision '{revision}'; {_hint(root, revision)}"
        raise ConfigError(message, path="--since")
    base = _base(root, revision)
    diff = ["diff", "--name-only", "-z", "--diff-filter=d", "--no-ext-diff", base]
    others = ["ls-files", "--others", "--exclude-standard", "-z", "--full-name", ":/"]
    files = _paths(root, _git(root, *diff)) | _paths(root, _git(root, *others))
    return Changed(files, _hunks(root, base))


def _base(root: Path, revision: str) -> str:
    if not _succeeds(root, "merge-base", revision, "HEAD"):
        shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        why = (
            "this clone is shallow and does not reach back to where they parted: fetch more "
            "('fetch-depth: 0' in GitHub's checkout, 'git fetch --unshallow' by hand)"
            if shallow
            else "they have no commit in common"
        )
        raise ConfigError(f"'{revision}' and HEAD cannot be compared: {why}", path="--since")
    return _git(root, "merge-base", revision, "HEAD").decode().strip()


def _hint(root: Path, revision: str) -> str:
    from jdlint.nearest import hint

    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return (
            "this clone is shallow: fetch the branch first ('fetch-depth: 0' in GitHub's checkout)"
        )
    listed = _git(root, "for-each-ref", "--format=%(refname:short)").decode("utf-8", "replace")
    names = listed.split()
    return hint(revision, names, f"there are {', '.join(names[:5]) or 'no branches yet'}")


def _paths(root: Path, listed: bytes) -> frozenset[Path]:
    names = listed.decode("utf-8", "surrogateescape").split("\0")
    return frozenset((root / name).resolve() for name in names if name)


def _succeeds(folder: Path, *argv: str) -> bool:
    return _run(folder, argv).returncode == 0


def _git(folder: Path, *argv: str) -> bytes:
    done = _run(folder, argv)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[0] if said else f"git {argv[0]} failed"
        raise ConfigError(f"git does not say what changed ({why})", path="--since")
    return done.stdout


def _run(folder: Path, argv: Sequence[str]) -> "subprocess.CompletedProcess[bytes]":
    command = ["git", "-c", "core.quotePath=off", "-c", "core.fsmonitor=false", *argv]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        message = "git is not installed, so it cannot be told what changed"
        raise ConfigError(message, path="--since") from None


def touches(finding: Finding, lines: Sequence[range] | None) -> bool:
    """Whether *finding* stands on one of *lines*, or speaks of the posting as a whole."""
    if lines is None or finding.line is None or not finding.matched:
        return True
    last = max(finding.line, (finding.end_line or finding.line))
    return any(span.start <= last and finding.line < span.stop for span in lines)
