"""Gender coding as it was published: the lists of 2011, and Gender Decoder's count of them.

Kept true to the original, its oddities included: all of the text counts, whatever its length
and whatever the words mean; every entry is a prefix; a token counts once for each entry that
it begins with. The rule ``gender-coded`` is the one that knows senses and lengths.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

import msgspec

from jdlint.checks.card import PythonCard
from jdlint.checks.protocol import Context
from jdlint.language.late import late
from jdlint.language.words import Word
from jdlint.model import Hit, PlainSpan, Spot
from jdlint.posting.model import Posting
from jdlint.store import table

Side = Literal["masculine", "feminine"]
SIDES: tuple[Side, Side] = ("masculine", "feminine")


class Coded(msgspec.Struct, frozen=True):
    """A token of the text, the side it is counted on, and how often (once for each entry)."""

    span: PlainSpan
    side: Side
    times: int


class Decoded(NamedTuple):
    """Gender Decoder's result: counts, verdict, and the counted tokens in order."""

    masculine: int
    feminine: int
    verdict: str
    coded: tuple[Coded, ...]


def check(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """One hit if the verdict is among the card's option ``verdicts``."""
    found = decode(posting.document.plain)
    if found.verdict in card.options["verdicts"]:  # type: ignore[operator]
        values = {
            "verdict": found.verdict,
            "masculine": str(found.masculine),
            "feminine": str(found.feminine),
        }
        spots = tuple(Spot(coded.span, coded.side) for coded in found.coded)
        yield Hit(card.id, None, values, related=spots)


def decode(text: str) -> Decoded:
    """The counts and the verdict of Gender Decoder on *text*; spans are offsets into it."""
    coded = tuple(_coded(text))
    masculine, feminine = (sum(c.times for c in coded if c.side == side) for side in SIDES)
    return Decoded(masculine, feminine, _verdict(masculine, feminine), coded)


def _verdict(masculine: int, feminine: int) -> str:
    if masculine == feminine:
        return "neutral" if feminine else "empty"
    side = "feminine" if feminine > masculine else "masculine"
    strongly = "strongly " if abs(feminine - masculine) > _table()["strongly"] else ""
    return f"{strongly}{side}-coded"


def _coded(text: str) -> Iterator[Coded]:
    stems = [(side, _prefixes(side)) for side in SIDES]
    exceptions = frozenset(_table()["exceptions"])
    # Beyond ASCII every letter becomes a question mark, which parts tokens too.
    for start, token in _tokens(text.encode("ascii", "replace").decode("ascii").lower()):
        for side, prefixes in stems:
            if token.startswith(prefixes) and token not in exceptions:
                times = sum(map(token.startswith, prefixes))
                yield Coded(PlainSpan(start, start + len(token)), side, times)


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """The tokens of *text* and where they begin.

    One with a hyphen inside is parted, unless it begins like an entry or with the hyphen.
    """
    whole = tuple(_table()["kept_whole"])
    for match in _token().finditer(text):
        token, start = match[0], match.start()
        if "-" not in token or token.startswith(("-", *whole)):
            yield start, token
            continue
        for part in token.split("-"):
            yield start, part
            start += len(part) + 1


def printed_share(words: Iterable[Word], side: Side) -> float:
    """How many in 100 *words* the lists as printed hold, the whole words among them as such."""
    lists = _table()[side]
    stems, whole = tuple(lists["stems"]), frozenset(lists["words"])
    keys = [word.key for word in words]
    found = sum(key in whole or key.startswith(stems) for key in keys)
    return 100 * found / max(1, len(keys))


@cache
def _prefixes(side: Side) -> tuple[str, ...]:
    """The entries of Gender Decoder's list for *side*."""
    lists = _table()[side]
    entries = [*lists["stems"], *lists["words"], *lists["added"]]
    return tuple(entry for entry in entries if entry not in lists["dropped"])


@cache
def _token() -> re.Pattern[str]:
    signs = {chr(n) for n in range(128)} - set(_table()["separators"])
    inside = "".join(sorted(c for c in signs if not c.isspace()))
    return late(f"[{re.escape(inside)}]+")


def _table() -> Any:
    return table("gender_decoder")
