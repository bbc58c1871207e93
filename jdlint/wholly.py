"""A file of our own written wholly or not at all: an interrupted run leaves no half of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


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
    new = target.with_name(f".{target.name}.new")
    try:
        with new.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
        if target.exists():
            new.chmod(target.stat().st_mode & 0o7777)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
