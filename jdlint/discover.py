"""Finds the files to lint: what was named, and what the named folders hold."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from jdlint import store
from jdlint.model import Failure


@cache
def _known() -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in store.table("files").items()}


def find(
    paths: Sequence[str],
    include: Sequence[str],
    exclude: Sequence[str],
    root: Path,
    *,
    force_exclude: bool = False,
) -> tuple[list[Path], list[Failure]]:
    """The files to lint, sorted and each once, and a failure for each path that is not there.

    A file that was named is linted whatever its name, unless *force_exclude* treats it
    like one found in a folder (as hooks want, which name every file that changed). In a
    folder, ``.gitignore`` is honoured and only files that can hold a posting are taken, or
    those that match *include*, but never those that match *exclude*.
    """
    found: dict[Path, None] = {}
    failures = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found.update(dict.fromkeys(_in_folder(path, include, exclude, root)))
        elif path.exists() or path.is_symlink():
            if not force_exclude or _wanted(path, path.parent, include, exclude, root):
                found[path] = None
        elif globbed := _globbed(name):
            found.update(dict.fromkeys(p for p in globbed if not matches(p, exclude, root)))
        else:
            failures.append(Failure(name, "input", "there is no such file or folder"))
    return sorted(found, key=lambda p: p.as_posix()), failures


def _globbed(name: str) -> list[Path]:
    if not any(c in name for c in "*?["):
        return []
    from wcmatch import glob

    return [Path(p) for p in glob.glob(name, flags=glob.GLOBSTAR | glob.BRACE) if Path(p).is_file()]


def _in_folder(
    folder: Path, include: Sequence[str], exclude: Sequence[str], root: Path
) -> Iterator[Path]:
    import rignore

    for path in rignore.walk(folder, require_git=False, read_global_git_ignore=False):
        if not path.is_dir() and _wanted(path, folder, include, exclude, root):
            yield path


def _wanted(
    path: Path, folder: Path, include: Sequence[str], exclude: Sequence[str], root: Path
) -> bool:
    """Whether a file found in *folder* is to be linted."""
    if matches(path, exclude, root):
        return False
    return matches(path, include, root) if include else _may_hold_posting(path, folder)


def _may_hold_posting(path: Path, folder: Path) -> bool:
    """Whether the ending fits and neither the name nor a folder says that it is no posting."""
    known = _known()
    if path.suffix.lower() not in known["endings"]:
        return False
    name = path.name.split(".")[0].lower()
    folders = {part.lower() for part in path.relative_to(folder).parts[:-1]}
    return name not in known["not_postings"] and not folders & known["not_folders"]


def matches(path: Path, globs: Iterable[str], root: Path) -> bool:
    """Whether *path* matches one of *globs*, which count from *root*."""
    patterns = list(globs)
    if not patterns:
        return False
    from wcmatch import glob

    absolute = path.absolute()
    inside = absolute.relative_to(root) if absolute.is_relative_to(root) else absolute
    flags = glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB
    expanded = [p for g in patterns for p in (g, f"{g.rstrip('/')}/**")]
    expanded += [f"**/{g}" for g in patterns if "/" not in g.rstrip("/")]
    return bool(glob.globmatch(inside.as_posix(), expanded, flags=flags))
