"""Single amounts of money in a text: digits with their separators, suffix and currency.

What cannot be read with certainty (``1,1,1``, an endless number) is no amount, and no digit
ever counts that does not stand in the text. Only ASCII digits are read. The search begins
at digits and looks a few characters around them, so time is linear in the text.
"""

from decimal import Decimal

import msgspec

from jdlint.language.late import late
from jdlint.posting.paybook import paybook

LONGEST = 15
"""Digits that an amount may have; what is longer is an identifier, not money."""

_SIGNS = "$£€₹¥₪₩₦₱₺"
_NUMBER = late(r"[0-9]+(?:[.,'][0-9]+|[ ][0-9]{3}(?![0-9]))*")
_RAND = late(r"\d{1,3}[ ,]?\d{3}")
_GROUPS = late("[., ']")
_SPACED = late("[0-9]+(?: [0-9]{3})+")
_MISTYPED = late(r"[.,']?[oO]+[kK]?\b|[a-zA-Z][0-9]|\^")
"""What makes a number of digits another one: "5OK", "45,OOO", "1e9", "10^5"."""

_LETTERS = late(r" ?([^\W\d_]+)")


class Amount(msgspec.Struct, frozen=True):
    """A number that may be money, sign and suffix included in its range.

    *scale* is what a suffix multiplied the digits by (1 without suffix); *led* says that
    the currency stands in front.
    """

    start: int
    end: int
    value: Decimal
    currency: str | None
    scale: int
    led: bool

    @property
    def sure(self) -> bool:
        """Whether a currency or a suffix such as ``k`` says that this is an amount."""
        return self.currency is not None or self.scale > 1


def number(text: str) -> Decimal | None:
    """The value of digits with separators, or None where they do not make one number.

    >>> number("1.250,50"), number("12,00,000"), number("1,1,1")
    (Decimal('1250.50'), Decimal('1200000'), None)
    """
    if len(text) > LONGEST + 6:
        return None
    if text.isascii() and text.isdigit():
        return Decimal(text) if len(text) <= LONGEST else None
    groups, marks = _GROUPS.split(text), _GROUPS.findall(text)
    decimals = ""
    if marks and marks[-1] in ".," and len(groups[-1]) <= 2 and marks[-1] not in marks[:-1]:
        decimals = "." + groups.pop()
        marks.pop()
    whole = "".join(groups)
    return Decimal(whole + decimals) if len(whole) <= LONGEST and _grouped(groups, marks) else None


def _grouped(groups: list[str], marks: list[str]) -> bool:
    """Whether the groups are thousands (or lakhs) parted by one and the same sign."""
    if not marks:
        return True
    if len(set(marks)) > 1 or not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3:
        return False
    middle = {len(group) for group in groups[1:-1]}
    return middle <= {3} or (middle == {2} and marks[0] == "," and len(groups[0]) <= 2)


def amounts(text: str) -> list[Amount]:
    """Every number of *text* that could be an amount of money, in order."""
    found: list[Amount] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        value = number(match.group())
        if value is None and " " in match.group() and not _SPACED.fullmatch(match.group()):
            end = start + match.group().index(" ")
            value = number(text[start:end])
        if value is not None and (amount := _amount(text, start, end, value)):
            found.append(amount)
    return found


def _amount(text: str, start: int, end: int, value: Decimal) -> Amount | None:
    """The amount with digits at ``start:end``, or None where they are part of something else."""
    lead, currency = _currency_before(text, start)
    end, scale = _suffix(text, end, currency is not None)
    if currency is None:
        end, currency = _currency_after(text, end)
    following = text[end : end + 1]
    if following == "%" or (following.isalnum() and currency is None) or _goes_on(text, end):
        return None
    if lead == start and (_glued(text, start) or _lettered(text, end, scale)):
        return None
    if _negative(text, lead) or (value == 401 and scale == 1000):
        return None
    return Amount(lead, end, _plain(value * scale), currency, scale, lead < start)


def _goes_on(text: str, end: int) -> bool:
    """Whether the number goes on in digits of another script, or mistyped ("4½", "45,OOO")."""
    after = text[end : end + 2]
    sign = after[1:] if after[:1] in (".", ",", "'") else after[:1]
    foreign = sign.isdecimal() and not sign.isascii()
    part = sign.isnumeric() and not sign.isdigit() and not sign.isalpha()
    return foreign or part or _MISTYPED.match(text, end) is not None


def _plain(value: Decimal) -> Decimal:
    """*value* without the decimals of a whole number, so that it prints as people write it."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _glued(text: str, start: int) -> bool:
    """Whether the digits hang on a word or another number, as in GS-13, 4.5.6 or B2B."""
    before = text[max(0, start - 2) : start]
    if len(before) < 2:
        return before.isalnum()
    if before[1] == "-":
        word = _word_before(text, start - 1)
        is_money = word in paybook().codes or word.lower() in paybook().currency_words
        digit = text[max(0, start - 3) : start - 2].isdigit()
        return before[0].isalpha() and not digit and not is_money
    return before[1].isalnum() or (before[1] in ".,_#@" and before[0].isalnum())


def _lettered(text: str, end: int, scale: int) -> bool:
    """Whether a lone "m" or "b" makes millions of a number without a currency ("9b", "5m")."""
    return scale >= 1_000_000 and not text[max(0, end - 2)].isalpha()


def _negative(text: str, lead: int) -> bool:
    """Whether a minus sign stands directly in front, and is neither a bullet nor a dash."""
    if lead < 2 or text[lead - 1] != "-" or text[lead - 2] not in f" (:{_SIGNS}":
        return False
    before = text[max(0, lead - 4) : lead - 1].rstrip(" ")
    if before[-1:] and before[-1] in _SIGNS:
        return not before[:-1].rstrip(" ")[-1:].isalnum()
    return bool(before) and not before.endswith(("\n", "-")) and not before[-1:].isalnum()


def _currency_before(text: str, start: int) -> tuple[int, str | None]:
    """Where a currency in front of the digits begins, and which it is."""
    data = paybook()
    edge = start
    while edge and start - edge < 2 and text[edge - 1] == " ":
        edge -= 1
    if edge and text[edge - 1] in _SIGNS:
        for length in (3, 2, 1):
            begin = edge - length
            sign = text[max(0, begin) : edge].lower()
            if begin >= 0 and sign in data.signs and not _letter(text, begin - 1, length):
                return begin, data.signs[sign]
    dot = text[max(0, edge - 1) : edge] == "."
    word = _word_before(text, edge - dot)
    if word in data.codes:
        return edge - dot - len(word), word
    if word == "R" and edge == start and _RAND.match(text, start):
        return edge - 1, "ZAR"
    if word.lower() in ("rs", "kr"):
        return edge - dot - len(word), data.signs.get(word.lower(), "krone")
    return start, None


def _letter(text: str, at: int, length: int) -> bool:
    """Whether a letter in front makes a sign of *length* part of a longer word."""
    return length > 1 and at >= 0 and text[at].isalpha()


def _word_before(text: str, edge: int) -> str:
    """The two or three letters that end at *edge* and begin a word, or nothing."""
    begin = edge
    while begin and edge - begin < 4 and text[begin - 1].isalpha():
        begin -= 1
    return text[begin:edge] if edge - begin < 4 else ""


def _suffix(text: str, end: int, led: bool) -> tuple[int, int]:
    """Where a multiplier behind the digits ends, and by how much it multiplies.

    Where a currency *led* in, what is glued to a "k" does not hide it ("£30kpa").
    """
    match = _LETTERS.match(text, end)
    if match is None:
        return end, 1
    word = match.group(1).lower()
    scale = paybook().multiples.get(word, 1)
    apart = match.start(1) > end
    behind = text[match.end() : match.end() + 1]
    if led and scale == 1 and not apart and word.startswith("k"):
        return end + 1, paybook().multiples["k"]
    if scale == 1 or behind.isdigit() or (apart and len(word) == 1 and behind not in _SIGNS):
        return end, 1
    return (match.end(), scale) if behind or not apart or len(word) > 1 else (end, 1)


def _currency_after(text: str, end: int) -> tuple[int, str | None]:
    """Where a currency behind the digits ends, and which it is."""
    at = end + 1 if text[end : end + 1] == " " else end
    sign = text[at : at + 1]
    if sign and sign in _SIGNS:
        next_ = text[at + 1 : at + 2]
        if next_.isdigit() or next_ in ("\ufffc", "{", "["):
            return end, None
        return at + 1, paybook().signs[sign]
    match = _LETTERS.match(text, end)
    if match is None or len(match.group(1)) > 8:
        return end, None
    word = match.group(1)
    code = word if word in paybook().codes else paybook().currency_words.get(word.lower())
    return (match.end(), code) if code else (end, None)
