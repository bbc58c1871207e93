"""Pay in front matter, JSON-LD and job-board fields: numbers and texts that are named pay."""

import re
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from jdlint.language.late import late
from jdlint.posting.amount import number
from jdlint.posting.lexicon import Words
from jdlint.read.offsets import Field

_ABOUT_PAY = late(
    r"salar|pay(?!ment|roll|load|pal|ing)|compensation|wage|remuneration|hourlyrate|dayrate|stipend"
)
_GRADE = late(r"(?:^|\.)(?:gs|pay|salary|job)?(?:grade|band|payband)(?:level)?$|(?:^|\.)gslevel$")
_END = late(
    r"(min|minimum|low|lower|from|floor|max|maximum|high|upper|to|ceiling)(?:value|amount|cents|salary|pay)?$"
)
_LOW = frozenset({"min", "minimum", "low", "lower", "from", "floor"})
_PART = late(
    r"(?:^|\.)(?:salary|pay|compensation|wage)?(currency|currencytype|currencycode|unittext|unit|interval|period|frequency)$"
)
_NUMBER = late(r"[$£€]? ?([0-9][0-9.,' ]*)(k)?\Z", re.IGNORECASE)
_SEPARATOR = late(r"[\s_-]")
_PERIODS = (
    ("hour", "hour"),
    ("day", "day"),
    ("dai", "day"),
    ("week", "week"),
    ("month", "month"),
    ("year", "year"),
    ("ann", "year"),
)


class Stated(msgspec.Struct, frozen=True):
    """What the fields of one object say of pay: numbers, or *text* to be read; *grade* a band."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str | None = None
    period: str | None = None
    text: str = ""
    grade: bool = False


def stated(fields: Iterable[Field]) -> list[Stated]:
    """The statements of pay among *fields*, in order; fields of one object make one statement."""
    groups: dict[str, dict[str, str]] = {}
    texts: list[Stated] = []
    for field in fields:
        name = _SEPARATOR.sub("", field.name).lower()
        value = field.value.strip()
        if not value or not (_ABOUT_PAY.search(name) or _GRADE.search(name)):
            continue
        if _GRADE.search(name):
            texts.append(Stated(grade=True))
        elif (role := _role(name, value)) is not None:
            groups.setdefault(_group(name), {})[role] = value
        else:
            texts.append(Stated(text=value[:500]))
    return [made for group in groups.values() if (made := _make(group)) is not None] + texts


def _role(name: str, value: str) -> str | None:
    """What a field is within its object: low, high, exact, currency or period."""
    if part := _PART.search(name):
        return "currency" if part.group(1).startswith("currency") else "period"
    if _NUMBER.match(value) is None:
        return None
    cents = "-cents" if "cents" in name else ""
    if end := _END.search(name.rsplit(".", 1)[-1]):
        return ("low" if end.group(1) in _LOW else "high") + cents
    return "exact" + cents


def _group(name: str) -> str:
    """The object a field belongs to: the part of its name that speaks of pay first."""
    parts = name.split(".")
    at = next((i for i, part in enumerate(parts) if _ABOUT_PAY.search(part)), 0)
    digits = [part for part in parts[at + 1 :] if part.isdigit()]
    return ".".join([*parts[:at], *digits[:1]])


def _make(group: dict[str, str]) -> Stated | None:
    values = {
        role: amount for role, text in group.items() if (amount := _amount(role, text)) is not None
    }
    low, high = _pick(values, "low"), _pick(values, "high")
    exact = _pick(values, "exact")
    if low is None and high is None:
        low = high = exact
    if not (low or high):
        return None
    currency = group.get("currency", "").strip().upper()
    return Stated(
        low, high, currency if re.fullmatch("[A-Z]{3}", currency) else None, _period(group)
    )


def _pick(values: dict[str, Decimal], role: str) -> Decimal | None:
    return values.get(role, values.get(f"{role}-cents"))


def _amount(role: str, text: str) -> Decimal | None:
    match = _NUMBER.match(text) if role not in ("currency", "period") else None
    value = number(match.group(1).strip()) if match else None
    if match is None or value is None:
        return None
    value *= 1000 if match.group(2) else 1
    return value / 100 if role.endswith("-cents") else value


def _period(group: dict[str, str]) -> str | None:
    """The period that a unit names, in whatever spelling ("YEAR", "per-year-salary", "1 HOUR")."""
    keys = Words(group.get("period", "")).keys
    return next((name for key in keys for stem, name in _PERIODS if key.startswith(stem)), None)
