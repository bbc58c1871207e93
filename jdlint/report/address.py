"""What machines call a file: its path from the root of the repository."""

import os
from functools import cache
from pathlib import Path
from urllib.parse import quote


@cache
def _root(folder: str) -> str:
    """The root of the repository that holds *folder*, or *folder* if none does."""
    for candidate in (Path(folder), *Path(folder).parents):
        if (candidate / ".git").exists():
            return str(candidate)
    return folder


def from_root(path: str) -> str:
    """*path*, which is seen from here, from the repository's root; outside it is absolute.

    It has "/" between its parts, and symbolic links to folders are resolved.
    """
    return _from_root(Path.cwd(), path)


@cache
def _from_root(folder: Path, path: str) -> str:
    here = os.path.realpath(folder)
    full = Path(os.path.realpath(Path(here, path).parent)) / Path(path).name
    try:
        return full.relative_to(_root(here)).as_posix()
    except ValueError:
        return full.as_posix()


def uri(path: str) -> str:
    """*path* as :func:`from_root` has it, percent-encoded; an absolute one as a file URI."""
    return _uri(from_root(path))


@cache
def _uri(named: str) -> str:
    absolute = Path(named).is_absolute()
    encoded = quote(named.encode("utf-8", "surrogateescape"), safe="/:" if absolute else "/")
    return f"file:///{encoded.lstrip('/')}" if absolute else encoded
