"""The class of a statement of pay: what it discloses, whatever the law makes of it."""

from enum import StrEnum

from jdlint.posting.model import Pay


class PayClass(StrEnum):
    """What a statement of base pay discloses."""

    CLOSED_RANGE = "closed_range"
    FIXED = "fixed"
    OPEN_TOP = "open_top"
    OPEN_BOTTOM = "open_bottom"
    OTE_ONLY = "ote_only"
    BAND_RESOLVED = "band_resolved"
    BAND_UNRESOLVED = "band_unresolved"
    LINK_ONLY = "link_only"
    COMMISSION_ONLY = "commission_only"
    QUALITATIVE = "qualitative"


_BY_BASIS = {
    "ote": PayClass.OTE_ONLY,
    "commission": PayClass.COMMISSION_ONLY,
    "link": PayClass.LINK_ONLY,
}
_BY_STATUS = {
    "range": PayClass.CLOSED_RANGE,
    "exact": PayClass.FIXED,
    "band": PayClass.BAND_UNRESOLVED,
}


def pay_class(pay: Pay) -> PayClass:
    """The class of *pay*."""
    if pay.basis in _BY_BASIS:
        return _BY_BASIS[pay.basis]
    if pay.status == "open":
        return PayClass.OPEN_BOTTOM if pay.minimum is None else PayClass.OPEN_TOP
    if pay.graded and pay.status in ("range", "exact"):
        return PayClass.BAND_RESOLVED
    return _BY_STATUS.get(pay.status, PayClass.QUALITATIVE)
