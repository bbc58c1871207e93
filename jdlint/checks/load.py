"""Loads cards: finds the files, refuses what is wrong with its place, caches the rest."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from jdlint import store
from jdlint.checks.card import AnyCard, PythonCard, TermsCard
from jdlint.checks.example import Example, Examples
from jdlint.language.late import late
from jdlint.model import CardError

_ID = late(r"JD\d{3}\Z")
_NAME = late(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_PLACEHOLDER = late(r"\{(\w*)\}")
_KEY = late(r"'(\w+)'")
OWN = "jdlint"
"""The name under which jdlint's own cards go, where that of a pack is asked for."""

ENDINGS = (".yaml", ".yml")
"""What the names of card files end in."""

CATEGORIES = ("wording", "structure", "readability", "spelling", "pay", "law", "grammar")
"""What a finding can be about; a card's category is the name of its folder."""

PLACEHOLDERS = {
    "TermsCard": {"match", "suggest"},
    "TallyCard": {"match", "share", "count", "against", "words"},
    "TitleCard": {"match"},
    "RequiredWordsCard": set(),
    "RequiredSectionCard": {"section"},
    "LimitCard": {"value", "limit", "words"},
    "ReadabilityCard": {"value", "limit", "words"},
    "FileCard": {"detail", "hint"},
    "GrammarCard": {"match", "says"},
    "AcrossCard": {"other", "what", "number"},
    "SpellingCard": {"match", "suggest", "dialect", "reason"},
    "DisclosureCard": {"places", "declare", "match", "detail"},
    "VocabularyCard": {"match", "meaning", "other", "reason", "right", "side", "where"},
}
"""What the message of each kind may hold in braces; other kinds may hold anything."""

_LAW = {"places", "declare"}
"""What the message of a card with duties may hold besides."""


def shipped(*, whole: bool = True) -> list[AnyCard]:
    """All cards that come with jdlint, by id; see :func:`load_folder`."""
    return load_folder(store.rules_folder(), OWN, trusted=True, whole=whole)


def load_folder(folder: Path, pack: str, *, trusted: bool, whole: bool = True) -> list[AnyCard]:
    """The cards below *folder*, by id, *whole* or without what a run does not need.

    A run needs neither examples nor reasons. Cards of a pack that is not *trusted* may
    not name code (kind ``python``). Raises
    CardError for the first card that is wrong, or if *folder* does not exist.
    """
    if not folder.is_dir():
        raise CardError("there is no such folder of cards", path=str(folder))
    key = f"{pack} {trusted} {whole}\n".encode() + store.signature_below(folder, *ENDINGS)

    def make() -> list[AnyCard]:
        parsed = _parse(card_files(folder), folder, pack, trusted)
        return parsed if whole else [_lean(card, own=pack == OWN) for card in parsed]

    cards: list[AnyCard] = store.cached("cards", key, make, list[AnyCard])
    if pack != OWN:
        check_unique(cards, folder, shipped(whole=whole))
    return cards


def _lean(card: AnyCard, *, own: bool) -> AnyCard:
    """*card* without its reasons, sources and examples, and one of our *own* without its terms."""
    if own and isinstance(card, TermsCard) and not card.configured:
        left_out = store.sum_of(msgspec.json.encode((card.terms, card.unless)))
        card = replace(card, terms=[], unless=[], left_out=left_out)
    return replace(card, examples=Examples([], []), why="", references=[])


def card_files(path: Path) -> list[Path]:
    """The card files at or below *path*, sorted; folders that begin with ``_`` hold data."""
    if path.is_file():
        return [path]
    found = []
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith(("_", ".")))
        here = Path(folder)
        found += [here / f for f in sorted(files) if f.endswith(ENDINGS)]
    return found


def _parse(files: Iterable[Path], folder: Path, pack: str, trusted: bool) -> list[AnyCard]:
    cards = [parse_card(f.read_bytes(), f, folder, pack, trusted) for f in files]
    check_unique(cards, folder)
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
    card = replace(card, category=category, file=shown, pack=pack)
    for wrong in faults(card, file.stem, trusted):
        line, column = _place(text, wrong, card)
        raise CardError(wrong, path=str(file), line=line, column=column)
    return card


def _place(text: str, fault: str, card: AnyCard) -> tuple[int, int]:
    """Line and column of the value of the key that *fault* names in its first quotes.

    Of the terms it is the first one that is wrong by itself.
    """
    from jdlint.schema import place_in

    found = _KEY.match(fault)
    key = found[1] if found else ""
    return place_in(text, key, *([_wrong_term(card)] if key == "terms" else []))


def _wrong_term(card: AnyCard) -> int:
    """The number of the first term of *card* that would be refused alone, else 0."""
    terms = card.terms if isinstance(card, TermsCard) else []
    alone = (any(_own_faults(replace(card, terms=[term]))) for term in terms)
    return next((number for number, wrong in enumerate(alone) if wrong), 0)


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
    for name in _PLACEHOLDER.findall(card.message):
        if name not in allowed | (_LAW if card.duties else set()):
            yield f"'message' uses {{{name}}}; this kind offers {', '.join(sorted(allowed))}"


def _own_faults(card: AnyCard) -> Iterable[str]:
    """What the card's own kind finds wrong."""
    from jdlint.checks import kinds

    if getattr(card, "terms", None) == [] and not getattr(card, "configured", False):
        yield "'terms' is empty; name at least one"
    if card.duties or card.law_only:
        from jdlint.law.faults import faults as wrong_duties

        yield from wrong_duties(card.duties, card.last_reviewed)
    yield from kinds.faults(card)


def check_unique(
    cards: Iterable[AnyCard], folder: Path | None = None, others: Iterable[AnyCard] = ()
) -> None:
    """Raises CardError if an id or a name of *cards* is taken twice, or an id was retired.

    *folder* is where *cards* stand, if it is one; *others* were there before them.
    """
    seen = {key: card for card in others for key in (card.id, card.name)}
    retired = store.table("retired") or {}
    for card in cards:
        for key, value in (("id", card.id), ("name", card.name)):
            if value in seen:
                other = seen[value]
                taker = f"{other.pack}/{other.file}"
                raise _refused(
                    card, folder, f"'{key}': {value} is taken by {taker}; choose another"
                )
            seen[value] = card
        if card.id in retired:
            raise _refused(card, folder, f"'id': {card.id} was retired and is never used again")


def _refused(card: AnyCard, folder: Path | None, fault: str) -> CardError:
    """*fault* of *card*, with its place if the *folder* of the card is known."""
    if folder is None:
        return CardError(fault, path=f"{card.pack}/{card.file}")
    file = folder / card.file
    line, column = _place(file.read_text("utf-8-sig"), fault, card)
    return CardError(fault, path=str(file), line=line, column=column)


def example(raw: str | Example) -> Example:
    """An example in its long form."""
    return Example(text=raw) if isinstance(raw, str) else raw
