"""Loads cards: finds the files, refuses what is wrong with its place, caches the rest."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from jdlint import store
from jdlint.checks.card import AnyCard, Example, Examples, PythonCard
from jdlint.model import CardError

_ID = re.compile(r"JD\d{3}\Z")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
CATEGORIES = ("wording", "structure", "readability", "spelling", "pay", "law", "grammar")
"""What a finding can be about; a card's category is the name of its folder."""

PLACEHOLDERS = {
    "TermsCard": {"match", "suggest"},
    "RequiredSectionCard": {"section"},
    "LimitCard": {"value", "limit", "words"},
    "ReadabilityCard": {"value", "limit", "words"},
    "FileCard": {"detail", "hint"},
    "SpellingCard": {"match", "suggest", "dialect", "reason"},
}
"""What the message of each kind may hold in braces; other kinds may hold anything."""


def shipped(*, whole: bool = True) -> list[AnyCard]:
    """All cards that come with jdlint, by id; see :func:`load_folder`."""
    return load_folder(store.rules_folder(), "jdlint", trusted=True, whole=whole)


def load_folder(folder: Path, pack: str, *, trusted: bool, whole: bool = True) -> list[AnyCard]:
    """The cards below *folder*, by id, *whole* or without what a run does not need.

    A run needs neither examples nor reasons. Cards of a pack that is not *trusted* may
    not name code (kind ``python``). Raises
    CardError for the first card that is wrong, or if *folder* does not exist.
    """
    if not folder.is_dir():
        raise CardError("there is no such folder of cards", path=str(folder))
    files = card_files(folder)
    key = f"{pack} {trusted} {whole}\n".encode() + store.signature(files)

    def make() -> list[AnyCard]:
        parsed = _parse(files, folder, pack, trusted)
        return parsed if whole else [_lean(card) for card in parsed]

    cards: list[AnyCard] = store.cached("cards", key, make, list[AnyCard])
    return cards


def _lean(card: AnyCard) -> AnyCard:
    """*card* without its reasons, sources and examples."""
    return msgspec.structs.replace(card, examples=Examples([], []), why="", references=[])


def card_files(path: Path) -> list[Path]:
    """The card files at or below *path*, sorted; folders that begin with ``_`` hold data."""
    if path.is_file():
        return [path]
    found = []
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith(("_", ".")))
        here = Path(folder)
        found += [here / f for f in sorted(files) if f.endswith((".yaml", ".yml"))]
    return found


def _parse(files: Iterable[Path], folder: Path, pack: str, trusted: bool) -> list[AnyCard]:
    cards = [parse_card(f.read_bytes(), f, folder, pack, trusted) for f in files]
    check_unique(cards)
    return sorted(cards, key=lambda card: card.id)


def parse_card(content: bytes, file: Path, folder: Path, pack: str, trusted: bool) -> AnyCard:
    """The card in *content*; raises CardError with line and column where it is wrong."""
    from jdlint.schema import read_yaml

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CardError(
            f"not UTF-8 (byte {fault.start}); save it as UTF-8", path=str(file)
        ) from None
    card: AnyCard = read_yaml(text, str(file), AnyCard, CardError)
    category = card.category or file.relative_to(folder).parts[0]
    shown = file.relative_to(folder).as_posix()
    card = msgspec.structs.replace(card, category=category, file=shown, pack=pack)
    for wrong in faults(card, file.stem, trusted):
        raise CardError(wrong, path=str(file), line=_line(text, wrong))
    return card


def _line(text: str, fault: str) -> int:
    """The line of the key that *fault* names in its first quotes."""
    key = re.match(r"'(\w+)'", fault)
    lines = text.split("\n")
    found = (n for n, line in enumerate(lines, 1) if key and line.startswith(f"{key[1]}:"))
    return next(found, 1)


def faults(card: AnyCard, stem: str, trusted: bool) -> Iterable[str]:
    """What the schema cannot see; each fault begins with the key it is about, in quotes."""
    if not _ID.match(card.id):
        yield f"'id' is {card.id}; it must be JD and three digits, such as JD112"
    if not _NAME.match(card.name) or card.name != stem:
        yield f"'name' is {card.name}; it must be the file's name in lower case, here '{stem}'"
    if card.category not in CATEGORIES:
        yield f"'category' is {card.category}; use one of {', '.join(CATEGORIES)}"
    if not card.examples.good or not (card.examples.bad):
        yield "'examples' need at least one bad and one good text"
    if isinstance(card, PythonCard) and not trusted:
        yield "'kind' python runs code and is kept for installed packs; use another kind"
    yield from _message_faults(card)
    yield from _own_faults(card)


def _message_faults(card: AnyCard) -> Iterable[str]:
    allowed = PLACEHOLDERS.get(type(card).__name__)
    if allowed is None:
        return
    own = [t.message for t in getattr(card, "terms", ()) if not isinstance(t, str)]
    for key, message in (("message", card.message), *(("terms", m) for m in own)):
        for name in _PLACEHOLDER.findall(message):
            if name not in allowed:
                offered = ", ".join(sorted(allowed))
                yield f"'{key}': a message uses {{{name}}}; this kind offers {offered}"


def _own_faults(card: AnyCard) -> Iterable[str]:
    """What the card's own kind finds wrong."""
    from jdlint.checks import kinds

    yield from kinds.faults(card)


def check_unique(cards: Iterable[AnyCard]) -> None:
    """Raises CardError if two cards share an id or a name, or an id was retired."""
    seen: dict[str, AnyCard] = {}
    retired = store.table("retired") or {}
    for card in cards:
        for key in (card.id, card.name):
            if key in seen:
                other = seen[key]
                raise CardError(
                    f"'{key}' is taken by {other.pack}:{other.file}; choose another",
                    path=f"{card.pack}:{card.file}",
                )
            seen[key] = card
        if card.id in retired:
            raise CardError(f"{card.id} was retired and is never used again", path=card.file)


def example(raw: str | Example) -> Example:
    """An example in its long form."""
    return Example(text=raw) if isinstance(raw, str) else raw
