"""A file of our own written wholly or not at all: an interrupted run leaves no half of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """A stream into a new file beside *target*, whose place it takes in the end; raises OSError.

    Only its owner may read the new file, unless its mode is changed meanwhile.
    """
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(dir=target.parent, prefix=".jdlint-", delete=False) as temporary:
        new = Path(temporary.name)
        try:
            yield temporary
            temporary.close()
            new.replace(target)
        except BaseException:
            new.unlink(missing_ok=True)
            raise


@contextmanager
def written(file: Path) -> Iterator[TextIO]:
    """A stream for the text of *file* (UTF-8), which is there once all of it was written.

    What is no regular file (a pipe, a terminal) is written to as it comes. Raises OSError.
    """
    if file.exists() and not file.is_file():
        with file.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
        return
    target = file.resolve()
    new = target.with_name(f".jdlint-{os.urandom(8).hex()}")  # another run may write there, too
    try:
        with new.open("x", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
        if target.exists():
            new.chmod(target.stat().st_mode & 0o7777)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def why_not(file: Path, fault: OSError) -> str:
    """What kept *file* from being written, in words."""
    return str(fault.strerror) if file.parent.is_dir() else f"there is no folder {file.parent}"
