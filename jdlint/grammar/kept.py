"""Answers of LanguageTool, kept between runs.

A file is named by a hash of everything that the answer depends on and holds no text of a posting:
offsets, ids, LanguageTool's messages and the words that it proposes. Those words can give a
misspelt word away; so the files are readable by their owner only, and can be switched off.
"""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from jdlint import store
from jdlint.grammar.match import Match

_SCHEMA = "1"
_MOST = 20_000
"""Older answers go when there are more than this."""


def key(version: str, variant: str, rules: Iterable[str], text: str) -> str:
    """The name of the answer to *text* by a server of *version*, *rules* switched off or on."""
    parts = (_SCHEMA, version, variant, ",".join(sorted(rules)), text)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def get(name: str) -> list[Match] | None:
    """The answer kept under *name*, if there is one and it is whole."""
    try:
        return msgspec.json.decode((_folder() / name).read_bytes(), type=list[Match])
    except (OSError, ValueError):
        return None


def put(name: str, matches: list[Match]) -> None:
    """Keep *matches* under *name*; a cache that cannot be written is no reason to fail."""
    folder = _folder()
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    store.keep(folder / name, msgspec.json.encode(matches))  # readable by its owner alone


def prune() -> None:
    """Throw the oldest answers away when there are too many."""
    try:
        files = sorted(os.scandir(_folder()), key=lambda e: e.stat().st_mtime, reverse=True)
        for entry in files[_MOST:]:
            Path(entry.path).unlink(missing_ok=True)
    except OSError:
        return


def _folder() -> Path:
    return store.cache_folder() / "grammar"
