"""One file mended: linted, fixed, linted again, and written or told as a patch."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace as changed

from jdlint.counted import counted
from jdlint.fix.files import replace
from jdlint.fix.patch import patch
from jdlint.fix.rounds import Fixed, fixed
from jdlint.model import Failure
from jdlint.outcome import Result
from jdlint.read import ReadOptions
from jdlint.report.address import from_root


class Fixing(msgspec.Struct, frozen=True):
    """What is wanted: *unsafe* suggestions, too; to *write* the files, or a patch instead."""

    unsafe: bool = False
    write: bool = True


def mended(
    file: Path,
    content: bytes,
    lint: Callable[[bytes], Result],
    options: ReadOptions,
    fixing: Fixing,
) -> Result:
    """The result of *file*, which holds *content*, after its fixes; a patch if none is written."""
    shown = file.as_posix()
    done = fixed(content, shown, lint, options, unsafe=fixing.unsafe)
    told = _told(shown, done)
    if not done.made:
        return told
    if fixing.write:
        return _written(file, content, done, told, lint)
    return changed(told, patch=_patch(file, content, done.content))


def mended_text(
    content: bytes,
    name: str,
    lint: Callable[[bytes], Result],
    options: ReadOptions,
    fixing: Fixing,
) -> Result:
    """The result of a text that is no file after its fixes, with the new text or a patch."""
    done = fixed(content, name, lint, options, unsafe=fixing.unsafe)
    told = _told(name, done)
    if fixing.write:
        return changed(told, content=done.content)
    return changed(told, patch=patch(name, content, done.content, 0o644) if done.made else b"")


def _told(shown: str, done: Fixed) -> Result:
    """The result, with what could not be fixed as it stands."""
    left = (
        f"{counted(number, 'fix was', 'fixes were')} not made in {shown}: {reason}."
        for reason, number in Counter(done.reasons).items()
    )
    return changed(done.result, fixed=done.made, notices=(*done.result.notices, *left))


def _written(
    file: Path, content: bytes, done: Fixed, told: Result, lint: Callable[[bytes], Result]
) -> Result:
    try:
        replace(file, content, done.content)
    except OSError as fault:
        why = (fault.strerror or type(fault).__name__).lower()
        failure = Failure(told.path, "input", f"this file cannot be written ({why})")
        before = lint(content)
        return changed(before, failures=(*before.failures, failure))
    return told


def _patch(file: Path, old: bytes, new: bytes) -> bytes:
    """The patch of the file to which *file* leads: git follows no links, nor ``..``."""
    target = file.resolve()
    return patch(from_root(str(target)).lstrip("/"), old, new, target.stat().st_mode)
