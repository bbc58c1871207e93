"""The grammar of money: amounts and ranges in a text, whatever they pay for.

Nothing here knows about jobs. A figure is only ever made of digits that stand in the
text; what cannot be read with certainty (``1,1,1``, an endless number) is no amount.
Patterns begin with a digit or stand at a fixed place, so time is linear in the text.
Texts are expected folded (:func:`jdlint.language.words.fold`).
"""

import re
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from jdlint.posting.lexicon import Lexicon, Words
from jdlint.store import table

LONGEST = 15
"""Digits that an amount may have; what is longer is an identifier, not money."""

REACH = 40
"""How many characters may stand between the two ends of a range."""

_SIGNS = "$£€₹¥₪₩₦₱₺"
_NUMBER = re.compile(r"[0-9]+(?:[.,'][0-9]+|[ ][0-9]{3}(?![0-9]))*")
_GROUPS = re.compile("[., ']")
_LETTERS = re.compile(r" ?([^\W\d_]+)")
_JOINT = re.compile(
    r"[\s,)+]*(?:(?P<dash>-{1,3})|(?P<word>[^\W\d_]+(?: [^\W\d_]+)?|&))"
    r"\s*(?:[A-Za-z]{2,3}[- ]?\S{1,3}(?: [Ss]tep \d{1,2})?)?[\s(-]*"
)


class Amount(NamedTuple):
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


class Figure(NamedTuple):
    """One amount or a range with its period; an end that the text leaves open is None.

    The range covers a qualifier in front ("up to") and the period behind. *body* is where
    the digits (or their sign) begin. *per* says that "per ..." follows, even per shift.
    *scale* is the largest suffix.
    """

    start: int
    body: int
    end: int
    minimum: Decimal | None
    maximum: Decimal | None
    currency: str | None
    period: str | None
    per: bool
    sure: bool
    scale: int

    @property
    def status(self) -> str:
        """The word for it: range, exact or open."""
        if self.minimum is None or self.maximum is None:
            return "open"
        return "exact" if self.minimum == self.maximum else "range"


def number(text: str) -> Decimal | None:
    """The value of digits with separators, or None where they do not make one number.

    >>> number("1.250,50"), number("12,00,000"), number("1,1,1")
    (Decimal('1250.50'), Decimal('1200000'), None)
    """
    if len(text) > LONGEST + 6:
        return None
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


class _Grammar(NamedTuple):
    """The data of the grammar, in the shape that looking things up needs."""

    signs: dict[str, str]
    codes: frozenset[str]
    currency_words: dict[str, str]
    dollars: frozenset[str]
    multiples: dict[str, int]
    units: dict[str, str]
    adverbs: Lexicon
    joins: frozenset[str]
    gross: frozenset[str]
    ends: Lexicon


@cache
def _grammar() -> _Grammar:
    data: Any = table("pay")
    periods = data["periods"]
    return _Grammar(
        data["currency"]["signs"],
        frozenset(data["currency"]["codes"]),
        data["currency"]["words"],
        frozenset(data["currency"]["dollar"].values()),
        data["multiples"],
        {word: name for name, words in periods["unit"].items() for word in words},
        Lexicon(periods["after"]),
        frozenset(periods["join"]),
        frozenset(periods["gross"]),
        Lexicon(data["ends"]),
    )


def amounts(text: str) -> list[Amount]:
    """Every number of *text* that could be an amount of money, in order."""
    found: list[Amount] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        value = number(match.group())
        if value is None and " " in match.group():
            end = start + match.group().index(" ")
            value = number(text[start:end])
        if value is not None and (amount := _amount(text, start, end, value)):
            found.append(amount)
    return found


def _amount(text: str, start: int, end: int, value: Decimal) -> Amount | None:
    """The amount with digits at ``start:end``, or None where they are part of something else."""
    lead, currency = _currency_before(text, start)
    end, scale = _suffix(text, end)
    if currency is None:
        end, currency = _currency_after(text, end)
    following = text[end : end + 1]
    if following == "%" or (following.isalnum() and currency is None):
        return None
    if lead == start and _glued(text, start):
        return None
    if _negative(text, lead) or (value == 401 and scale == 1000):
        return None
    return Amount(lead, end, _plain(value * scale), currency, scale, lead < start)


def _plain(value: Decimal) -> Decimal:
    """*value* without the decimals of a whole number, so that it prints as people write it."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _glued(text: str, start: int) -> bool:
    """Whether the digits hang on a word or another number, as in GS-13, 4.5.6 or B2B."""
    before = text[max(0, start - 2) : start]
    if len(before) < 2:
        return before.isalnum()
    if before[1] == "-":
        return before[0].isalpha() and not text[max(0, start - 3) : start - 2].isdigit()
    return before[1].isalnum() or (before[1] in ".,_#@" and before[0].isalnum())


def _negative(text: str, lead: int) -> bool:
    """Whether a minus sign stands directly in front, and is neither a bullet nor a dash."""
    if lead < 2 or text[lead - 1] != "-" or text[lead - 2] not in " (:":
        return False
    before = text[max(0, lead - 4) : lead - 1].rstrip(" ")
    return bool(before) and not before.endswith(("\n", "-")) and not before[-1:].isalnum()


def _currency_before(text: str, start: int) -> tuple[int, str | None]:
    """Where a currency in front of the digits begins, and which it is."""
    grammar = _grammar()
    edge = start
    while edge and start - edge < 2 and text[edge - 1] == " ":
        edge -= 1
    if edge and text[edge - 1] in _SIGNS:
        for length in (3, 2, 1):
            begin = edge - length
            sign = text[max(0, begin) : edge].lower()
            if begin >= 0 and sign in grammar.signs and not _letter(text, begin - 1, length):
                return begin, grammar.signs[sign]
    dot = text[max(0, edge - 1) : edge] == "."
    word = _word_before(text, edge - dot)
    if word in grammar.codes:
        return edge - dot - len(word), word
    if word.lower() in ("rs", "kr"):
        return edge - dot - len(word), grammar.signs.get(word.lower(), "krone")
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


def _suffix(text: str, end: int) -> tuple[int, int]:
    """Where a multiplier behind the digits ends, and by how much it multiplies."""
    match = _LETTERS.match(text, end)
    if match is None:
        return end, 1
    word = match.group(1).lower()
    scale = _grammar().multiples.get(word, 1)
    apart = match.start(1) > end
    behind = text[match.end() : match.end() + 1]
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
        return at + 1, _grammar().signs[sign]
    match = _LETTERS.match(text, end)
    if match is None or len(match.group(1)) > 8:
        return end, None
    word = match.group(1)
    code = word if word in _grammar().codes else _grammar().currency_words.get(word.lower())
    return (match.end(), code) if code else (end, None)


def figures(words: Words) -> list[Figure]:
    """Amounts and ranges of a text, with what is said of their ends and period."""
    found: list[Figure] = []
    waiting = amounts(words.text)
    at = 0
    while at < len(waiting):
        first = waiting[at]
        step, last = _partner(words, waiting, at)
        if any(_likely(amount) for amount in (first, last) if amount is not None):
            found.append(_figure(words, first, last))
        at += step
    return found


def _likely(amount: Amount) -> bool:
    """Whether an amount is worth a look: with a currency, or as large or exact as pay is."""
    return amount.sure or amount.value >= 1000 or amount.value % 1 != 0


def _partner(words: Words, waiting: list[Amount], at: int) -> tuple[int, Amount | None]:
    """The other end of the range that begins with amount *at*, and how many amounts it takes.

    A bare number may stand between the two ("$79,468 to GS-13 Step 10 $103,309").
    """
    for step, last in enumerate(waiting[at + 1 : at + 3], 1):
        if _joined(words, waiting[at], last):
            return step + 1, last
        if last.sure:
            break
    return 1, None


def _joined(words: Words, first: Amount, last: Amount) -> bool:
    """Whether the text between two amounts makes them the ends of one range."""
    gap = words.text[first.end : last.start]
    if len(gap) > REACH or gap.isspace() or "\n\n" in gap:
        return False
    if not _same_money(first, last):
        return False
    end, _, _ = _period(words, first.end)
    match = _JOINT.fullmatch(words.text, end, max(end, last.start))
    if match is None or match["dash"]:
        return match is not None
    roles = _grammar().ends.roles.get(match["word"].lower(), frozenset())
    return "range-joiners" in roles or ("and" in roles and _between(words, first))


def _same_money(first: Amount, last: Amount) -> bool:
    """Whether the currencies of two amounts agree; a bare number takes that of the other.

    Not so in "step 1 - $50,000": a sign in front belongs to the second amount alone.
    """
    if first.currency is None:
        return first.scale > 1 or not last.led
    if last.currency in (None, first.currency):
        return True
    dollars = {"dollar", *_grammar().dollars}
    return (
        "dollar" in (first.currency, last.currency) and {first.currency, last.currency} <= dollars
    )


def _between(words: Words, amount: Amount) -> bool:
    at = words.before(amount.start)
    return at >= 0 and "between" in _grammar().ends.roles.get(words.keys[at], frozenset())


def _figure(words: Words, first: Amount, last: Amount | None) -> Figure:
    end = (last or first).end
    plus = words.text[end : end + 1] == "+"
    end, period, per = _period(words, end + plus)
    if period is None and last is not None:
        _, period, per = _period(words, first.end)
    low, high = _ends_of(first, last)
    minimum, maximum, start = low, high, first.start
    if last is None:
        role, start = _role_before(words, first.start)
        after, end = _role_after(words, end)
        plus = plus or words.text[end : end + 1] == "+"
        if role == "floor-before" or after == "floor-after" or (plus and role != "ceiling-before"):
            maximum = None
        elif role == "ceiling-before" or after == "ceiling-after":
            minimum = None
    currency = first.currency or (last.currency if last else None)
    if currency == "dollar" and last and last.currency:
        currency = last.currency
    scale = max(first.scale, last.scale if last else 1)
    sure = first.sure or (last is not None and last.sure)
    return Figure(start, first.start, end, minimum, maximum, currency, period, per, sure, scale)


def _ends_of(first: Amount, last: Amount | None) -> tuple[Decimal, Decimal]:
    """Both ends of a range; a suffix or the thousands of one count for the other too.

    "$80-95k" is 80,000 to 95,000, and "£30-35,000" is 30,000 to 35,000.
    """
    if last is None:
        return first.value, first.value
    low, high = first.value, last.value
    if first.scale == 1 and last.scale > 1 and low <= high / last.scale:
        return low * last.scale, high
    if last.scale == 1 and first.scale > 1 and high < 1000:
        return low, high * first.scale
    if (
        first.scale == last.scale == 1
        and low < 1000
        and high / 3 <= low * 1000 <= high
        and high % 100 == 0
    ):
        return low * 1000, high
    return low, high


def _role_before(words: Words, start: int) -> tuple[str, int]:
    """What the words in front of an amount say of its end, and where they begin."""
    at = words.before(start)
    if at < 0 or words.text[words.end(at) : start].strip(" :.(~") or start - words.end(at) > 4:
        return "", start
    found = _grammar().ends.ending(words, at)
    if found is None:
        return "", start
    roles = _grammar().ends.roles[found[0]]
    for role in ("floor-before", "ceiling-before", "about"):
        if role in roles:
            return role, words.starts[found[1]]
    return "", start


def _role_after(words: Words, end: int) -> tuple[str, int]:
    """What the words behind an amount say of its end, and where they stop."""
    at = words.at(end)
    if at >= len(words.keys) or words.text[end : words.starts[at]].strip(" ("):
        return "", end
    found = _grammar().ends.starting(words, at)
    for role in ("floor-after", "ceiling-after"):
        if found and role in _grammar().ends.roles[found[0]]:
            return role, words.end(found[1])
    return "", end


def _period(words: Words, end: int) -> tuple[int, str | None, bool]:
    """The period named behind an amount: where it ends, which, and whether there is one."""
    grammar = _grammar()
    at = words.at(end)
    for _ in range(3):
        if at >= len(words.keys) or len(gap := words.text[end : words.starts[at]]) > 3:
            break
        if gap.strip(" ,(/.|") or "\n\n" in gap:
            break
        if found := grammar.adverbs.starting(words, at, 3):
            (name,) = grammar.adverbs.roles[found[0]]
            return words.end(found[1]), name, True
        key = words.keys[at]
        if "/" in gap and key in grammar.units:
            return _unit(words, at)
        if (
            key in grammar.joins
            and at + 1 < len(words.keys)
            and words.keys[at + 1] in grammar.units
        ):
            return _unit(words, at + 1)
        if key not in grammar.gross or "," in gap:
            break
        end, at = words.end(at), at + 1
    return end, None, False


def _unit(words: Words, at: int) -> tuple[int, str | None, bool]:
    """A unit of time, or one of piecework, which is a period without a name."""
    name = _grammar().units[words.keys[at]]
    return words.end(at), None if name == "piece" else name, True
