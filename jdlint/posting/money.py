"""The grammar of figures: amounts joined to ranges, open ends, periods.

Nothing here knows about jobs. Texts are expected folded
(:func:`jdlint.language.words.fold`).
"""

from decimal import Decimal

import msgspec

from jdlint.language.late import late
from jdlint.posting.amount import Amount, amounts
from jdlint.posting.lexicon import Words
from jdlint.posting.paybook import paybook

REACH = 40
"""How many characters may stand between the two ends of a range."""

_JOINT = late(
    r"[\s,)+]*(?:(?P<dash>-{1,3})|(?P<word>[^\W\d_]+(?: [^\W\d_]+)?|&))"
    r"\s*(?:[A-Za-z]{2,3}[- ]?\S{1,3}(?: [Ss]tep \d{1,2})?)?[\s(-]*"
)


class Figure(msgspec.Struct, frozen=True):
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


def figures(words: Words) -> list[Figure]:
    """Amounts and ranges of a text, with what is said of their ends and period."""
    found: list[Figure] = []
    waiting = amounts(words.text)
    at = 0
    while at < len(waiting):
        first = waiting[at]
        step, last = _partner(words, waiting, at)
        if first.sure and _headless(words.text, first, waiting[at - 1].end if at else 0):
            at += step
            continue
        if any(_likely(amount) for amount in (first, last) if amount is not None):
            found.append(_figure(words, first, last))
        at += step
    return found


def _headless(text: str, first: Amount, done: int) -> bool:
    """Whether *first* is joined to money in front that cannot be read ("-£50,000 to £60,000").

    *done* is where the last amount ended that could be. Half of a range would be told wrong.
    """
    start = max(done, first.start - REACH)
    return _UNREAD.search(text, start, first.start) is not None


_UNREAD = late(r"[$£€] ?-?[0-9][0-9.,' ]{0,24}[^\s0-9]{0,3} ?(?:-|to) ?\Z")


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
    if not _same_money(first, last) or _is_time(words, last):
        return False
    end, _, _ = _period(words, first.end)
    match = _JOINT.fullmatch(words.text, end, max(end, last.start))
    if match is None or match["dash"]:
        return match is not None
    roles = paybook().ends.roles(match["word"].lower())
    return "range-joiners" in roles or ("and" in roles and _between(words, first))


def _is_time(words: Words, amount: Amount) -> bool:
    """Whether a bare amount counts hours or days ("£24,500 - 40 hours")."""
    return amount.currency is None and _TIME.match(words.text, amount.end) is not None


_TIME = late(r"[ -]?(?:hours|hrs|days|weeks|months)\b")


def _same_money(first: Amount, last: Amount) -> bool:
    """Whether the currencies of two amounts agree; a bare number takes that of the other.

    Not so in "step 1 - $50,000": a sign in front belongs to the second amount alone.
    """
    if first.currency is None:
        return first.scale > 1 or not last.led
    if last.currency in (None, first.currency):
        return True
    dollars = {"dollar", *paybook().dollar.values()}
    return (
        "dollar" in (first.currency, last.currency) and {first.currency, last.currency} <= dollars
    )


def _between(words: Words, amount: Amount) -> bool:
    at = words.before(amount.start)
    return at >= 0 and "between" in paybook().ends.roles(words.keys[at])


def _figure(words: Words, first: Amount, last: Amount | None) -> Figure:
    end = (last or first).end
    plus = words.text[end : end + 1] == "+"
    end, period, per = _period(words, end + plus)
    if period is None and last is not None:
        _, period, per = _period(words, first.end)
    minimum: Decimal | None
    maximum: Decimal | None
    (minimum, maximum), start = _ends_of(first, last), first.start
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
    found = paybook().ends.ending(words, at)
    if found is None:
        return "", start
    roles = paybook().ends.roles(found[0])
    for role in ("floor-before", "ceiling-before", "about"):
        if role in roles:
            return role, words.starts[found[1]]
    return "", start


def _role_after(words: Words, end: int) -> tuple[str, int]:
    """What the words behind an amount say of its end, and where they stop."""
    at = words.at(end)
    if at >= len(words.keys) or words.text[end : words.starts[at]].strip(" ("):
        return "", end
    found = paybook().ends.starting(words, at)
    for role in ("floor-after", "ceiling-after"):
        if found and role in paybook().ends.roles(found[0]):
            return role, words.end(found[1])
    return "", end


def _period(words: Words, end: int) -> tuple[int, str | None, bool]:
    """The period named behind an amount: where it ends, which, and whether there is one."""
    data = paybook()
    at = words.at(end)
    for _ in range(3):
        if at >= len(words.keys) or len(gap := words.text[end : words.starts[at]]) > 3:
            break
        if gap.strip(" ,(/.|") or "\n\n" in gap:
            break
        if found := data.adverbs.starting(words, at, 3):
            (name,) = data.adverbs.roles(found[0])
            return words.end(found[1]), name, True
        key = words.keys[at]
        if "/" in gap and key in data.units:
            return _unit(words, at)
        if key in data.joins and at + 1 < len(words.keys) and words.keys[at + 1] in data.units:
            return _unit(words, at + 1)
        if key not in data.gross or "," in gap:
            break
        end, at = words.end(at), at + 1
    return end, None, False


def _unit(words: Words, at: int) -> tuple[int, str | None, bool]:
    """A unit of time, or one of piecework, which is a period without a name."""
    name = paybook().units[words.keys[at]]
    return words.end(at), None if name == "piece" else name, True
