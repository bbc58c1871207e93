"""Finds the files to lint: what was named, and what the named folders hold."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from jdlint import store
from jdlint.model import Failure
from jdlint.nearest import nearest

NOTHING_HERE = "no posting found here; a file that is named is read whatever it is called"
"""What is said of folders that hold nothing to lint."""

_NO_TEXT = "its name is no UTF-8, so that no report could tell it; rename it"

Listing = Callable[[Path], frozenset[Path]]
"""Answers what a walk finds right in a folder."""


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
    """The files to lint, sorted and each once, and a failure for each path that cannot be linted.

    It is not there, or its name is no text. A file that was named is linted whatever its
    name, unless *force_exclude* treats it like one found in a folder (as hooks want, which
    name every file that changed). In a folder, ``.gitignore`` is honoured and only files
    that can hold a posting are taken, or those that match *include*, but never those that
    match *exclude*.
    """
    found: dict[Path, None] = {}
    failures = []
    listed = cache(lambda folder: frozenset(_walk(folder, 1)))
    for name in paths:
        path = Path(name)
        if not _is_text(path):
            found[path] = None
        elif path.is_dir():
            found.update(dict.fromkeys(_in_folder(path, include, exclude, root)))
        elif path.exists() or path.is_symlink():
            here = path.parent.resolve() / path.name
            if not force_exclude or _is_found(here, include, exclude, root, listed):
                found[path] = None
        elif globbed := _globbed(name):
            found.update(dict.fromkeys(p for p in globbed if not matches(p, exclude, root)))
        else:
            failures.append(Failure(name, "input", _missing(name)))
    files = sorted(_each_once(found, paths), key=lambda p: p.as_posix())
    failures += [Failure(_shown(file), "input", _NO_TEXT) for file in files if not _is_text(file)]
    return [file for file in files if _is_text(file)], failures


def _each_once(found: Iterable[Path], named: Sequence[str]) -> Iterator[Path]:
    """*found*, but for links to others of them, unless they were *named* themselves."""
    files = list(found)
    links = {path for path in files if path.is_symlink()} - {Path(name) for name in named}
    seen = {os.path.realpath(path) for path in files if path not in links} if links else set()
    for path in files:
        target = os.path.realpath(path) if path in links else None
        if target not in seen:
            yield path
        if target is not None:
            seen.add(target)


def _is_text(path: Path) -> bool:
    """Whether the name is one: on Unix it may be any bytes."""
    return _shown(path) == str(path)


def _shown(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode()


def _missing(name: str) -> str:
    """Why nothing is called *name*, with the file that was perhaps meant."""
    if _is_glob(name):
        return "no file matches this pattern"
    folder = Path(name).parent
    if not folder.is_dir():
        return "there is no such file or folder"
    near = nearest(Path(name).name, sorted(entry.name for entry in folder.iterdir()))
    hint = f"; did you mean '{(folder / near).as_posix()}'?" if near else ""
    return f"there is no such file or folder{hint}"


def _is_glob(name: str) -> bool:
    return any(c in name for c in "*?[{")


def _globbed(name: str) -> list[Path]:
    if not _is_glob(name):
        return []
    from wcmatch import glob

    return [Path(p) for p in glob.glob(name, flags=glob.GLOBSTAR | glob.BRACE) if Path(p).is_file()]


def _in_folder(
    folder: Path, include: Sequence[str], exclude: Sequence[str], root: Path
) -> Iterator[Path]:
    for path in _walk(folder):
        if not path.is_dir() and _wanted(path, folder, include, exclude, root):
            yield path


def _walk(folder: Path, depth: int | None = None) -> Iterator[Path]:
    """What *folder* holds, as far down as *depth*, but for what ``.gitignore`` leaves out."""
    import rignore

    walk = rignore.walk(folder, require_git=False, read_global_git_ignore=False, max_depth=depth)
    odd = False
    while True:
        try:
            path = next(walk, None)
        except ValueError:
            odd = True
            continue
        if path is None:
            break
        yield path
    if odd:
        yield from _odd(folder)


def _odd(folder: Path) -> Iterator[Path]:
    """The files below *folder* whose names are no text, which the walk cannot tell."""
    for base, _, names in os.walk(folder):
        yield from (path for name in names if not _is_text(path := Path(base, name)))


def _is_found(
    path: Path, include: Sequence[str], exclude: Sequence[str], root: Path, listed: Listing
) -> bool:
    """Whether a walk from the top of the repository (or from *root*) takes *path*."""
    top = _top(path, root)
    if not _wanted(path, top, include, exclude, root):
        return False
    steps = pairwise([path, *path.parents])
    return all(inner in listed(outer) for inner, outer in steps if outer.is_relative_to(top))


def _top(path: Path, root: Path) -> Path:
    """The repository in which *path* stands, else *root* if it is in it, else its own folder."""
    for folder in path.parents:
        if (folder / ".git").exists():
            return folder
    return root if path.is_relative_to(root) else path.parent


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
    patterns = [pattern.removeprefix("./") for pattern in patterns]
    expanded = [p for g in patterns for p in (g, f"{g.rstrip('/')}/**")]
    expanded += [f"**/{g}" for g in patterns if "/" not in g.rstrip("/")]
    return bool(glob.globmatch(inside.as_posix(), expanded, flags=flags))
