"""What the law asks of pay: that it is stated, closed, in the text, and not too wide."""

from collections.abc import Iterable
from decimal import Decimal

from jdlint.law.answer import NOT_ASKED, Answer, met, not_met
from jdlint.law.applies import Case
from jdlint.law.duty import Duty
from jdlint.law.phrases import first, says
from jdlint.model import SectionKind
from jdlint.posting.model import Pay, Posting
from jdlint.posting.payclass import PayClass, pay_class
from jdlint.posting.payrate import yearly

_OPEN = frozenset({PayClass.OPEN_TOP, PayClass.OPEN_BOTTOM})
_CLOSED = frozenset({PayClass.CLOSED_RANGE, PayClass.FIXED, PayClass.BAND_RESOLVED})
_STARTING = ("starting range", "starting salary range", "starting pay range", "hiring range",
             "starting wage range")  # fmt: skip


def _classes(posting: Posting, classes: Iterable[str]) -> list[Pay]:
    """The statements of base pay that are of one of *classes*."""
    wanted = frozenset(classes)
    return [pay for pay in posting.pay if pay_class(pay) in wanted]


def _said(pays: Iterable[Pay]) -> Answer:
    """Met by *pays*, in their places or, where they stand in fields, in words."""
    pays = list(pays)
    text = "" if any(pay.span for pay in pays) else f"a field of the file: {_figures(pays[0])}"
    return met(*(pay.span for pay in pays), text=text)


def _figures(pay: Pay) -> str:
    ends = dict.fromkeys(f"{n:,}" for n in (pay.minimum, pay.maximum) if n is not None)
    per = f" per {pay.period}" if pay.period else ""
    return f"{pay.currency or ''} {' to '.join(ends)}{per}".strip()


def stated(case: Case, duty: Duty) -> Answer:
    """Figures of a class that counts.

    A one-sided figure is the matter of :func:`closed`; what counts without a figure (a link,
    commission) has requirements of its own.
    """
    posting = case.posting
    if good := _classes(posting, _CLOSED.intersection(duty.counts) if duty.counts else _CLOSED):
        return _said(good)
    if _classes(posting, _OPEN.union(duty.counts)):
        return NOT_ASKED
    section = next((s for s in posting.sections if SectionKind.PAY in s.kinds), None)
    weak = [pay.span for pay in posting.pay if pay.span]
    return not_met(*weak, section.heading if section else None)


def closed(case: Case, duty: Duty) -> Answer:
    """No pay of the classes in *counts* (by default open at one end) without other figures."""
    posting = case.posting
    short = frozenset(duty.counts) or _OPEN
    open_ = _classes(posting, short)
    closed_ = _classes(posting, _CLOSED - short)
    if not open_ or closed_:
        return _said(closed_) if open_ else NOT_ASKED
    ends = {PayClass.OPEN_TOP: "no upper end", PayClass.OPEN_BOTTOM: "no lower end"}
    detail = ends.get(pay_class(open_[0]), "one end only")
    return not_met(open_[0].span, detail=detail)


def in_text(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """Figures in the posting itself, not behind a link."""
    posting = case.posting
    links = _classes(posting, {PayClass.LINK_ONLY})
    if not links or _classes(posting, _CLOSED | _OPEN):
        return NOT_ASKED
    return not_met(links[0].span)


def for_each_place(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """A range for each of several places, where only one is given."""
    codes = {place.code for place in case.posting.places if place.code and not place.remote}
    figures = _classes(case.posting, _CLOSED)
    if len(codes) < 2 or not figures:
        return NOT_ASKED
    return not_met(figures[0].span) if len(figures) == 1 else _said(figures)


def whole_range(case: Case, duty: Duty) -> Answer:
    """The whole range, not the one for beginners only."""
    figures = _classes(case.posting, _CLOSED)
    starting = first(duty.words or _STARTING, case.posting.folded)
    if starting is None or len(figures) != 1:
        return NOT_ASKED
    return not_met(starting)


def minimum(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """A figure for the least pay; one that is open upwards will do."""
    figures = _classes(case.posting, _CLOSED | {PayClass.OPEN_TOP})
    return _said(figures) if figures else not_met()


def overpay(case: Case, duty: Duty) -> Answer:
    """Words on whether more than the least pay is possible, where a figure is given."""
    if not _classes(case.posting, _CLOSED | _OPEN):
        return NOT_ASKED
    found = first(duty.words, case.posting.folded)
    return met(found) if found else not_met()


def commission(case: Case, duty: Duty) -> Answer:
    """Words that say that pay is by commission, wholly or in part."""
    found = first(duty.words or ("commission", "commissions"), case.posting.folded)
    return met(found) if found else not_met()


def tipped(case: Case, duty: Duty) -> Answer:
    """Words that say that there are tips, and a figure for the base wage."""
    found = first(duty.words or ("tips", "tipped", "gratuities"), case.posting.folded)
    figures = _classes(case.posting, _CLOSED | _OPEN)
    if found and figures:
        return met(found, figures[0].span)
    return not_met(found, detail="no base wage" if found else "no word on tips")


def particulars(case: Case, duty: Duty) -> Answer:
    """The place and what the job asks for (one of the duty's words), where pay is given."""
    posting = case.posting
    figures = _classes(posting, _CLOSED | _OPEN)
    if not figures:
        return NOT_ASKED
    asks = any(SectionKind.REQUIREMENTS in section.kinds for section in posting.sections)
    if posting.places and (asks or says(duty.words, posting.folded)):
        return _said(figures)
    return not_met(figures[0].span)


def width(case: Case, duty: Duty) -> Answer:
    """A range that is no wider than *at_most_difference* (a year) or *at_most_ratio* allow.

    Pay above *above_pay* a year is exempt. Pro rata and odd periods are not turned into years.
    """
    asked = False
    for pay in _classes(case.posting, {PayClass.CLOSED_RANGE, PayClass.BAND_RESOLVED}):
        ends = yearly(pay, case.posting)
        if ends is None or ends.minimum <= 0:
            continue
        asked = True
        if _is_wide(ends.minimum, ends.maximum, duty):
            return not_met(pay.span, detail=_width_in_words(pay, ends.minimum, ends.maximum))
    return met() if asked else NOT_ASKED


def _is_wide(minimum: Decimal, maximum: Decimal, duty: Duty) -> bool:
    figures = {name: Decimal(str(value)) for name, value in duty.figures.items()}
    if "above_pay" in figures and maximum > figures["above_pay"]:
        return False
    difference = figures.get("at_most_difference")
    if difference is not None and maximum - minimum > difference:
        return True
    ratio = figures.get("at_most_ratio")
    return ratio is not None and maximum > minimum * ratio


def _width_in_words(pay: Pay, minimum: Decimal, maximum: Decimal) -> str:
    per = "" if pay.period == "year" else ", by the year"
    return f"{maximum - minimum:,.0f} {pay.currency or ''} from end to end{per}".replace("  ", " ")
