"""What a repository holds: where its postings are, how they are spelt, where the work is.

Made for ``jdlint init``. A file of prose counts as a posting by what it says: its title
names a role, its sections are those of postings, its phrases speak of hiring. Records
(JSON, YAML) are judged by their reader.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from jdlint.linter import Read, understand_file
from jdlint.model import ReadError, SectionKind
from jdlint.posting.model import Posting
from jdlint.read.likely import names_a_role, signs_of_hiring
from jdlint.read.options import Options

MOST = 2000
"""So many files are read; of more, some from everywhere."""

_LARGEST = 1_000_000
"""Bytes of a file that is read; what is larger holds data."""

_OPENING = 6000
"""Characters of a posting that are searched for phrases of hiring."""

_RECORDS = {".json", ".jsonl", ".yaml", ".yml"}
_TELLING = frozenset(SectionKind) - {
    SectionKind.TITLE,
    SectionKind.ABOUT_COMPANY,
    SectionKind.LOCATION,
    SectionKind.TEAM,
    SectionKind.PRIVACY,
    SectionKind.OTHER,
}
_EMPLOYERS = ("hiringOrganization", "company", "company_name", "employer", "organization")


class Folder(msgspec.Struct):
    """What lies right in a folder: the files with postings, the other files, folders below."""

    postings: list[str] = []
    others: list[str] = []
    below: list[str] = []


class Survey(msgspec.Struct):
    """What was seen; paths are relative to the folder looked at, with ``/`` ("" is itself).

    *found* is the number of files that can hold a posting, *seen* of those that were read.
    *endings*, *dialects*, *places* and *employers* count postings; *places* by country or
    state (ISO 3166).
    """

    folders: dict[str, Folder] = {}
    found: int = 0
    seen: int = 0
    unread: list[str] = []
    postings: int = 0
    endings: Counter[str] = msgspec.field(default_factory=Counter)
    dialects: Counter[str] = msgspec.field(default_factory=Counter)
    places: Counter[str] = msgspec.field(default_factory=Counter)
    employers: Counter[str] = msgspec.field(default_factory=Counter)

    def folder(self, path: str) -> Folder:
        """The folder at *path*, made with those above it if it was not seen before."""
        if path not in self.folders:
            self.folders[path] = Folder()
            if path:
                self.folder(_above(path)).below.append(path)
        return self.folders[path]

    def count(self, posting: Posting) -> None:
        """Count what *posting* tells of itself."""
        self.postings += 1
        self.dialects[posting.dialect] += 1
        self.places.update({one.code.split(".")[0] for one in posting.jurisdictions.found})
        named = posting.document.field(*_EMPLOYERS)
        if named and (name := " ".join(named.value.split())):
            self.employers[name] += 1


def survey(
    files: Sequence[Path], folder: Path, watched: Callable[[Iterable[Path]], Iterable[Path]]
) -> Survey:
    """What *files* in *folder* hold; they are read as *watched* hands them on."""
    result = Survey(found=len(files))
    result.folder("")
    step = -(-len(files) // MOST) or 1
    for file in watched(files[::step]):
        _look(file, file.relative_to(folder).as_posix(), result)
    return result


def _look(file: Path, path: str, result: Survey) -> None:
    result.seen += 1
    try:
        read = understand_file(file, Options(max_bytes=_LARGEST))
        postings = list(_postings(read, file.suffix.lower()))
        for posting in postings:
            result.count(posting)
    except ReadError:
        result.unread.append(path)
        return
    here = result.folder(_above(path))
    (here.postings if postings else here.others).append(path)
    if postings:
        result.endings[file.suffix.lower()] += 1


def _above(path: str) -> str:
    parent = PurePosixPath(path).parent.as_posix()
    return "" if parent == "." else parent


def _postings(read: Read, ending: str) -> Iterator[Posting]:
    for posting in read.postings:
        if ending in _RECORDS or _is_posting(posting):
            yield posting


def _is_posting(posting: Posting) -> bool:
    """Whether a text is a posting: two of title, sections and phrases have to say so."""
    kinds = {kind for section in posting.sections for kind in section.kinds}
    told = len(kinds & _TELLING)
    if not told and not names_a_role(posting.title_text):
        return False
    signs = signs_of_hiring(posting.document.plain[:_OPENING])
    if names_a_role(posting.title_text):
        return told >= 2 or (told == 1 and signs >= 1) or signs >= 2
    return told >= 3 and signs >= 2
