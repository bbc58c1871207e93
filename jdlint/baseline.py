"""The baseline: findings that are known and left for later, so that only new ones count.

An entry is a fingerprint and holds no word of a posting. One finding stays itself when lines
move, when the words around it change, and when its file is renamed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from jdlint.fingerprint import Fingerprints
from jdlint.model import BASELINE, ConfigError, Finding
from jdlint.outcome import Result

NAME = "jdlint-baseline.json"
_VERSION = 1


class Entry(msgspec.Struct, frozen=True, order=True):
    """A finding that is known: *anywhere* is its fingerprint without the path of its file."""

    path: str
    rule: str
    fingerprint: str
    anywhere: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tool: str
    version: int
    entries: list[Entry]


class Seen(msgspec.Struct, frozen=True):
    """A finding with its entry, and whether the baseline had it."""

    entry: Entry
    known: bool


class Baseline:
    """The *entries* of a baseline file in *folder*, and which of them a run has met."""

    def __init__(self, entries: Iterable[Entry], folder: Path) -> None:
        self.entries = sorted(entries)
        self.seen: list[Seen] = []
        self.folder = folder.resolve()
        self._prints = Fingerprints()
        self._anywhere: dict[str, Fingerprints] = {}
        self._known = {entry.fingerprint: entry for entry in self.entries}
        self._paths = {entry.path for entry in self.entries}
        self._moved = self._without_files()
        self._met: set[str] = set()
        self._linted: set[str] = set()

    def _without_files(self) -> dict[str, Entry]:
        """Entries whose file is not there any more, by what they are anywhere."""
        gone = {path for path in self._paths if not (self.folder / path).is_file()}
        return {entry.anywhere: entry for entry in self.entries if entry.path in gone}

    def mark(self, result: Result, touched: Callable[[Finding], bool] | None = None) -> Result:
        """*result* with what is known silenced; each file of a run is asked about in order.

        Of equal findings, those that are not *touched* (if that can be told) were known first.
        """
        path = self._relative(result.path)
        self._linted.add(path)
        marked = list(result.findings)
        for at in sorted(range(len(marked)), key=lambda at: bool(touched and touched(marked[at]))):
            marked[at] = self._marked(marked[at], path)
        return msgspec.structs.replace(result, findings=tuple(marked))

    def _marked(self, finding: Finding, path: str) -> Finding:
        if finding.suppressed:
            return finding
        entry = self._entry(finding, path)
        known = self._find(entry)
        self.seen.append(Seen(entry, known is not None))
        if known is None:
            return finding
        self._met.add(known.fingerprint)
        return msgspec.structs.replace(finding, suppressed=True, suppressed_by=BASELINE)

    def _entry(self, finding: Finding, path: str) -> Entry:
        anywhere = self._anywhere.setdefault(path, Fingerprints())
        return Entry(path, finding.rule, self._prints.of(finding, path), anywhere.of(finding, ""))

    def _find(self, entry: Entry) -> Entry | None:
        """The entry of the same finding; in a file that is new, one of a file that is gone."""
        known = self._known.get(entry.fingerprint)
        if known is None and entry.path not in self._paths:
            known = self._moved.pop(entry.anywhere, None)
        return known

    @property
    def stale(self) -> list[Entry]:
        """Entries that were not met, of files that were linted or are gone."""
        return [
            entry
            for entry in self.entries
            if entry.fingerprint not in self._met
            and (entry.path in self._linted or not (self.folder / entry.path).is_file())
        ]

    def _relative(self, path: str) -> str:
        whole = Path(path).resolve()
        inside = whole.is_relative_to(self.folder)
        return (whole.relative_to(self.folder) if inside else Path(path)).as_posix()

    def notices(self) -> list[str]:
        """What a report says of entries that are stale."""
        count = len(self.stale)
        if not count:
            return []
        what = "1 entry" if count == 1 else f"{count} entries"
        return [f"Settled since the baseline was made: {what}; run 'jdlint baseline prune'."]


def read(file: Path) -> Baseline:
    """The baseline in *file*; raises ConfigError if it is none."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        message = "there is no baseline here; make one with 'jdlint baseline create'"
        raise ConfigError(message, path=str(file)) from None
    except OSError as fault:
        why = (fault.strerror or type(fault).__name__).lower()
        raise ConfigError(f"the baseline cannot be read ({why})", path=str(file)) from None
    try:
        found = msgspec.json.decode(content, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        message = f"this is no baseline of jdlint ({fault}); make one with 'jdlint baseline create'"
        raise ConfigError(message, path=str(file)) from None
    if found.tool != "jdlint" or found.version != _VERSION:
        message = f"a baseline of version {found.version}, where this jdlint reads {_VERSION}"
        raise ConfigError(f"{message}; update jdlint, or make it anew", path=str(file))
    return Baseline(found.entries, file.parent)


def written(entries: Iterable[Entry]) -> str:
    """The text of a baseline file: sorted, an entry on each line."""
    rows = ",\n".join(f"    {msgspec.json.encode(entry).decode()}" for entry in sorted(entries))
    body = f"[\n{rows}\n  ]" if rows else "[]"
    return f'{{\n  "tool": "jdlint",\n  "version": {_VERSION},\n  "entries": {body}\n}}\n'


def by_file(entries: Sequence[Entry]) -> dict[str, Counter[str]]:
    """How many entries each rule has, file by file."""
    counted: dict[str, Counter[str]] = {}
    for entry in entries:
        counted.setdefault(entry.path, Counter())[entry.rule] += 1
    return counted
