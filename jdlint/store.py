"""Where jdlint keeps its shipped data, and the cache of what was made from it.

Cards and tables are YAML for people and JSON for the machine: whatever is parsed is
kept as JSON in the user's cache folder, named by a hash of what it was made from. The cache
holds data only (never pickles), and a damaged or unwritable cache is simply rebuilt.
"""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zlib import adler32, crc32

import msgspec

from jdlint import __version__
from jdlint.wholly import replacing


@cache
def rules_folder() -> Path:
    """The folder of the shipped cards: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parent / "rules"


def data_path(name: str) -> Path:
    """The path of the shipped data file *name* (with its ending) in ``rules/_data``."""
    return rules_folder() / "_data" / name


@cache
def table(name: str) -> Any:
    """The parsed content of ``rules/_data/<name>.yaml``, from the cache when it is there."""
    file = data_path(f"{name}.yaml")
    return cached("table", signature([file]), lambda: _parse_yaml(file.read_bytes()))


def shaped(label: str, names: Sequence[str], shape: Callable[..., Any], type_: Any) -> Any:
    """What *shape* makes of the tables *names*, from the cache when it is there.

    See :func:`cached` for what it may be.
    """
    key = signature([data_path(f"{name}.yaml") for name in names])
    return cached(label, key, lambda: shape(*map(table, names)), type_)


def signature(files: Iterable[Path]) -> bytes:
    """What changes whenever one of *files* does: names, sizes and times of change.

    Quicker than their content, which is read only when the cache has nothing for it.
    """
    found = []
    for file in files:
        found.append(_state(str(file), file.stat()))
    return "\n".join(found).encode()


def signature_below(folder: Path, *endings: str) -> bytes:
    """The same for all files below *folder* with one of *endings*.

    Folders whose names begin with ``_`` or ``.`` are left out, and links to folders.
    """
    found, folders = [], [os.fspath(folder)]
    for here in folders:
        with os.scandir(here) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    folders += [] if entry.name.startswith(("_", ".")) else [entry.path]
                elif entry.name.endswith(endings):
                    found.append(_state(entry.path, entry.stat()))
    return "\n".join(found).encode("utf-8", "surrogateescape")


def _state(path: str, status: os.stat_result) -> str:
    return f"{path} {status.st_size} {status.st_mtime_ns}"


def _parse_yaml(content: bytes) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(content, Loader=loader)  # noqa: S506 (a safe loader, the fast one if present)


def cached(label: str, key: bytes, make: Callable[[], Any], type_: Any = Any) -> Any:
    """What ``make()`` gives, remembered as JSON under the hash of *key*.

    The value must be writable as JSON and readable again as *type_*: it is the same
    whether it was cached or not.
    """
    try:
        return recalled(label, key, type_)
    except LookupError:
        return msgspec.json.decode(remember(label, key, make()), type=type_)


def recalled(label: str, key: bytes, type_: Any = Any) -> Any:
    """What was remembered under *label* and *key*; raises LookupError if nothing whole is there."""
    try:
        seal, _, kept = _file(label, key).read_bytes().partition(b"\n")
        if seal == _seal(kept):
            return msgspec.json.decode(kept, type=type_)
    except (OSError, ValueError):
        pass
    raise LookupError(label)


def remember(label: str, key: bytes, value: Any) -> bytes:
    """Keep *value* for the next run, under *label* and *key*; what it is as JSON."""
    made = msgspec.json.encode(value)
    keep(_file(label, key), _seal(made) + b"\n" + made)
    return made


def _file(label: str, key: bytes) -> Path:
    return cache_folder() / f"{label}-{_digest(key)}.json"


def _seal(content: bytes) -> bytes:
    """What tells whole content from damaged."""
    return f"{crc32(content):08x}{len(content):x}".encode()


def sum_of(content: bytes) -> str:
    """What tells *content* from any other; zlib's sums load faster than hashlib does."""
    return f"{crc32(content):08x}{adler32(content):08x}{len(content):x}"


def _digest(key: bytes) -> str:
    return sum_of(_code() + key)


@cache
def _code() -> bytes:
    """What tells one build of jdlint from another: code that changes may cache differently."""
    package = Path(__file__).parent
    rooms = (package / room for room in ("checks", "language", "law", "posting"))
    return b"\n".join(
        [__version__.encode(), *(signature_below(room, ".py") for room in rooms), b""]
    )


def cache_folder() -> Path:
    """The folder of jdlint's cache: ``JDLINT_CACHE_DIR``, else the platform's usual place."""
    if chosen := os.environ.get("JDLINT_CACHE_DIR"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "jdlint"


def keep(file: Path, content: bytes) -> None:
    """Write *content* in one step; a cache that cannot be written is no reason to fail."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as stream:
            stream.write(content)
    except OSError:
        return
