"""The cache of results: a file that did not change is not linted again.

A result quotes its posting, so it is kept enciphered under a key made from the bytes of the
file and from the settings (configuration, rules, day, build of jdlint): only who has the posting
can read what the cache says of it. A seal under the same key tells a whole entry from a damaged
one, which is linted again as if it had never been kept.
"""

import os
import shutil
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from hashlib import blake2b, sha256, shake_256
from pathlib import Path

import msgspec

from jdlint import __version__, store
from jdlint.checks import load
from jdlint.checks.trace import Trace
from jdlint.config import Settled
from jdlint.model import Failure, Finding, SectionKind
from jdlint.outcome import Marked, Result, Wanted

_KEPT = 8
"""Results are kept for so many combinations of configuration, rules and day."""

_FOLDER = "results"
_SEAL = 32
"""The length of a seal in bytes."""


class _Mark(msgspec.Struct, frozen=True, array_like=True):
    trace: Trace
    blanks: tuple[tuple[str, SectionKind, Finding], ...]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """A result as it is kept."""

    path: str
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    postings: int
    marks: tuple[_Mark, ...]
    notices: tuple[str, ...]
    unplaced: int


class Results:
    """The results of runs with the settings *settled* on the day *today*."""

    def __init__(self, settled: Settled, today: date, wanted: Wanted) -> None:
        self._settled = settled
        self._today = today
        self._wanted = wanted

    def find(self, content: bytes, shown: str) -> Result | None:
        """What a run found in a file called *shown* with this *content*, if it is known."""
        key = self._key(content, shown)
        try:
            kept = _unsealed((self.folder / _name(key)).read_bytes(), key)
            return _opened(msgspec.msgpack.decode(_ciphered(kept, key), type=_Kept))
        except (OSError, ValueError):
            return None

    def keep(self, content: bytes, shown: str, result: Result) -> None:
        """Remember *result*, unless jdlint failed; a cache that cannot be written is none."""
        if any(failure.kind == "internal" for failure in result.failures):
            return
        if not self.folder.is_dir():
            _make_room(self.folder.parent)
        key = self._key(content, shown)
        kept = _ciphered(msgspec.msgpack.encode(_closed(result)), key)
        store.keep(self.folder / _name(key), _seal(kept, key) + kept)

    def _key(self, content: bytes, shown: str) -> bytes:
        """One key for each result: two under one key would give each other away."""
        of_file = sha256(content).digest() + self.folder.name.encode()
        return sha256(of_file + shown.encode("utf-8", "surrogateescape")).digest()

    @cached_property
    def folder(self) -> Path:
        """The folder of the results that hold under these settings."""
        config = self._settled.config
        rules = [store.rules_folder(), *(self._settled.folder / n for n in config.rule_folders)]
        parts = (
            __version__.encode(),
            store.signature_below(Path(__file__).parent, ".py"),
            *(store.signature_below(folder, *load.ENDINGS) for folder in rules),
            store.signature_below(store.data_path(""), ""),
            _versions(config.packs),
            msgspec.json.encode(config),
            os.fsencode(self._settled.folder),
            (config.as_of or self._today).isoformat().encode(),
            msgspec.json.encode(self._wanted),
        )
        return store.cache_folder() / _FOLDER / sha256(b"\0".join(parts)).hexdigest()[:32]


def _closed(result: Result) -> _Kept:
    marks = tuple(
        _Mark(one.trace, tuple((*key, blank) for key, blank in one.blanks.items()))
        for one in result.traces
    )
    found, failures, notices = result.findings, result.failures, result.notices
    return _Kept(result.path, found, failures, result.postings, marks, notices, result.unplaced)


def _opened(kept: _Kept) -> Result:
    traces = tuple(
        Marked(mark.trace, {(rule, kind): blank for rule, kind, blank in mark.blanks})
        for mark in kept.marks
    )
    found, failures, notices = kept.findings, kept.failures, kept.notices
    return Result(
        kept.path, found, failures, kept.postings, traces, unplaced=kept.unplaced, notices=notices
    )


def _versions(packs: Iterable[str]) -> bytes:
    """The files of the cards in *packs*, which are installed elsewhere."""
    if not packs:
        return b""
    from importlib.metadata import entry_points

    found = {e.name: e for e in entry_points(group="jdlint.packs")}
    folders = [Path(str(found[name].load()())) for name in packs if name in found]
    return b"\n".join(store.signature_below(folder, *load.ENDINGS) for folder in folders)


def _name(key: bytes) -> str:
    return sha256(b"name" + key).hexdigest()[:40]


def _seal(kept: bytes, key: bytes) -> bytes:
    return blake2b(kept, digest_size=_SEAL, key=key, person=b"jdlint-seal").digest()


def _unsealed(sealed: bytes, key: bytes) -> bytes:
    """What was kept; raises ValueError if it is not as it was written."""
    seal, kept = sealed[:_SEAL], sealed[_SEAL:]
    if seal != _seal(kept, key):
        raise ValueError("a damaged entry")
    return kept


def _ciphered(content: bytes, key: bytes) -> bytes:
    """*content* enciphered under *key*, or deciphered again."""
    stream = shake_256(b"text" + key).digest(len(content))
    number = int.from_bytes(content, "big") ^ int.from_bytes(stream, "big")
    return number.to_bytes(len(content), "big")


def _make_room(folder: Path) -> None:
    """Forget the settings whose results were used longest ago."""
    if not folder.is_dir():
        return
    kept = sorted(folder.iterdir(), key=lambda f: f.stat().st_mtime, reverse=True)
    for old in kept[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
