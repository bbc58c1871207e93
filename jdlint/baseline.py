"""The baseline: findings that are known and left for later, so that only new ones count.

An entry is a fingerprint and holds no word of a posting. One finding stays itself when lines
move, when the words around it change, and when its file is renamed.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import islice
from pathlib import Path

import msgspec
from msgspec.structs import replace

from jdlint.fingerprint import Fingerprints
from jdlint.model import BASELINE, ConfigError, Finding
from jdlint.outcome import Result
from jdlint.rulebook import Rulebook

NAME = "jdlint-baseline.json"
_VERSION = 1
_MANY = 50
"""Of more files than this that are gone, only some are compared with one that is new."""


class Entry(msgspec.Struct, frozen=True, order=True):
    """A finding that is known.

    *path* counts from the folder of the baseline; *anywhere* is the finding's fingerprint without
    the path of its file, so that the entry can follow a file that is renamed.
    """

    path: str
    rule: str
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
    """The *entries* of a baseline file in *folder*, held against a run with the rules of *book*."""

    def __init__(self, entries: Iterable[Entry], folder: Path, book: Rulebook) -> None:
        self.seen: list[Seen] = []
        self._folder = folder.resolve()
        self._book = book
        self._files: dict[str, dict[str, Entry]] = {}
        for entry in sorted(entries):
            self._files.setdefault(entry.path, {})[entry.anywhere] = entry
        self._gone = Gone(path for path in self._files if self._is_gone(path))
        self._prints: dict[str, Fingerprints] = {}
        self._met: set[Entry] = set()
        self._linted: set[str] = set()
        self._grammared = book.settled.config.grammar.mode != "off"

    def mark(self, result: Result, touched: Callable[[Finding], bool] | None = None) -> Result:
        """*result* with what is known silenced; each file of a run is asked about in order.

        Of equal findings, those that are not *touched* (if that can be told) were known first.
        """
        path = self._path(result.path)
        self._hear(result, path)
        marked = list(result.findings)
        order = [at for at, finding in enumerate(marked) if not finding.suppressed]
        if touched is not None:
            order.sort(key=lambda at: touched(marked[at]))
        entries = [self._entry(marked[at], path) for at in order]
        known = self._known(path, entries)
        for at, entry in zip(order, entries, strict=True):
            self.seen.append(Seen(entry, entry.anywhere in known))
            if entry.anywhere in known:
                self._met.add(known[entry.anywhere])
                marked[at] = replace(marked[at], suppressed=True, suppressed_by=BASELINE)
        return replace(result, findings=tuple(marked))

    def _hear(self, result: Result, path: str) -> None:
        """Remember what was checked: a file that cannot be read tells nothing of its postings."""
        if result.postings and all(failure.kind == "grammar" for failure in result.failures):
            self._linted.add(path)
        self._grammared = self._grammared and not result.ungrammared

    def _entry(self, finding: Finding, path: str) -> Entry:
        prints = self._prints.setdefault(path, Fingerprints())
        return Entry(path, finding.rule, prints.of(finding, ""))

    def _known(self, path: str, entries: Sequence[Entry]) -> dict[str, Entry]:
        """What is known of the file *path*; if it is new, of the file that it was before."""
        if path not in self._files:
            before = self._gone.renamed(path, {e.anywhere for e in entries}, self._prints_of)
            if before is not None:
                moved = self._files.pop(before).values()
                self._files[path] = {e.anywhere: replace(e, path=path) for e in moved}
        return self._files.get(path, {})

    def _prints_of(self, path: str) -> set[str]:
        """What this run could meet of the entries of *path*."""
        ran = self._ran(path)
        return {entry.anywhere for entry in self._files[path].values() if entry.rule in ran}

    @property
    def stale(self) -> list[Entry]:
        """Entries not met, though their rule was run and their file was linted or is gone."""
        found = []
        for path in sorted({*self._linted, *self._gone.paths} & set(self._files)):
            ran = self._ran(path) | self._compared()
            entries = self._files[path].values()
            found += [e for e in entries if e.rule in ran and e not in self._met]
        return found

    @property
    def kept(self) -> list[Entry]:
        """All other entries, under the paths that their files have now."""
        stale = set(self.stale)
        whole = (entry for entries in self._files.values() for entry in entries.values())
        return [entry for entry in whole if entry not in stale]

    def _ran(self, path: str) -> set[str]:
        """The rules that hold for the file *path* alone, whatever else there is."""
        rules = self._book.for_path(self._at(path))
        left_out = {card.id for card in rules.across}
        if not self._grammared:
            left_out |= {card.id for card in rules.grammar}
        return set(rules.cards) - left_out

    def _compared(self) -> set[str]:
        """The rules that compare files; they say nothing of some until all were linted."""
        if set(self._files) - self._gone.paths - self._linted:
            return set()
        return {card.id for card in self._book.across}

    def _path(self, shown: str) -> str:
        """The path of a file from the folder of the baseline, as far as JSON can hold it."""
        whole = Path(shown).parent.resolve() / Path(shown).name
        try:
            path = Path(os.path.relpath(whole, self._folder)).as_posix()
        except ValueError:  # another drive of Windows
            path = whole.as_posix()
        return path.encode("utf-8", "backslashreplace").decode("utf-8")

    def _at(self, path: str) -> Path:
        return Path(os.path.normpath(self._folder / path))

    def _is_gone(self, path: str) -> bool:
        """Whether there is certainly no such file: not if it is only out of reach."""
        try:
            self._at(path).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False
        return False


class Gone:
    """The *paths* of files that are not there any more, to be known again under other names."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = set(paths)
        self._had: dict[str, Set[str]] = {}
        self._having: dict[str, dict[str, None]] = {}
        self._by_end: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            for end in _ends(path):
                self._by_end.setdefault(end, []).append(path)

    def renamed(
        self, path: str, prints: Set[str], prints_of: Callable[[str], Set[str]]
    ) -> str | None:
        """The file that is called *path* now, and whose findings are *prints*; None if none is.

        The longer the end of the path that stayed, the likelier; then the more findings stayed.
        Under another name, half of those that it had (*prints_of*) must be there.
        """
        if self.paths and not self._had:
            self._look_into(prints_of)
        for end in _ends(path):
            alike: dict[str, int] = {}
            for old in self._worth_a_look(end, prints):
                stayed = len(self._had[old] & prints)
                if stayed and (end or 2 * stayed >= len(self._had[old])):
                    alike[old] = stayed
            if alike:
                found = max(sorted(alike), key=alike.__getitem__)
                self._take(found)
                return found
        return None

    def _look_into(self, prints_of: Callable[[str], Set[str]]) -> None:
        """Keep what each file had, and which files had the same."""
        for path in sorted(self.paths):
            self._had[path] = prints_of(path)
            for one in self._had[path]:
                self._having.setdefault(one, {})[path] = None

    def _worth_a_look(self, end: str, prints: Set[str]) -> set[str]:
        """The files whose paths have this *end*; if they are many, some that had *prints*."""
        found = self.paths.intersection(self._by_end.get(end, ()))
        if len(found) <= _MANY:
            return found
        return found & {old for one in prints for old in islice(self._having.get(one, ()), _MANY)}

    def _take(self, path: str) -> None:
        self.paths.remove(path)
        for one in self._had[path]:
            del self._having[one][path]


def _ends(path: str) -> list[str]:
    """The ends of *path* at its slashes, the longest first, the last one empty."""
    parts = path.split("/")
    return ["/".join(parts[at:]) for at in range(len(parts) + 1)]


def read(file: Path) -> list[Entry]:
    """The entries of the baseline in *file*; raises ConfigError if it is none."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        message = "there is no baseline here; make one with 'jdlint baseline create'"
        raise ConfigError(message, path=str(file)) from None
    except OSError as fault:
        why = (fault.strerror or type(fault).__name__).lower()
        raise ConfigError(f"the baseline cannot be read ({why})", path=str(file)) from None
    if b"<<<<<<<" in content:
        message = "two versions of the baseline are in conflict here; take one of them whole "
        message += "('git checkout --ours' or '--theirs'), 'jdlint check' then tells what it lacks"
        raise ConfigError(message, path=str(file))
    try:
        found = msgspec.json.decode(content, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        message = f"this is no baseline of jdlint ({fault}); delete it, and make one with "
        message += "'jdlint baseline create'"
        raise ConfigError(message, path=str(file)) from None
    if found.tool != "jdlint" or found.version != _VERSION:
        message = f"a baseline of version {found.version}, where this jdlint reads {_VERSION}"
        raise ConfigError(f"{message}; update jdlint, or make it anew", path=str(file))
    return found.entries


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
