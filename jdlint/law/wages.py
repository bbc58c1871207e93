"""Advertised pay against a minimum wage that is in force."""

from decimal import Decimal

from jdlint.law.answer import NOT_ASKED, Answer, met, not_met
from jdlint.law.applies import Case
from jdlint.law.duty import Duty
from jdlint.posting.payclass import PayClass, pay_class
from jdlint.posting.payrate import hourly

_FIGURES = frozenset(
    {PayClass.CLOSED_RANGE, PayClass.FIXED, PayClass.OPEN_TOP, PayClass.BAND_RESOLVED}
)
_MONEY = {"US": "USD", "GB": "GBP", "CA": "CAD", "AU": "AUD", "NZ": "NZD"}


def at_least(case: Case, duty: Duty) -> Answer:
    """The lowest hourly figure in the money of the place, against ``figures: {hourly: …}``.

    Pay by the year is held against it only where the posting is plainly full-time
    (:func:`jdlint.posting.payrate.hourly`); other pay is not asked.
    """
    least = Decimal(str(duty.figures["hourly"]))
    money = _MONEY.get(duty.places[0][:2], "EUR")
    asked = None
    for pay in case.posting.pay:
        rate = hourly(pay, case.posting) if pay_class(pay) in _FIGURES else None
        if rate is None or pay.currency not in (money, None):
            continue
        if rate.minimum < least:
            return not_met(pay.span, detail=f"{rate.minimum:.2f} against {least:.2f} an hour")
        asked = pay
    return met(asked.span) if asked else NOT_ASKED
