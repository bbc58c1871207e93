"""How a posting answers a requirement of the law."""

from enum import StrEnum

import msgspec

from jdlint.model import PlainSpan


class State(StrEnum):
    """What came of asking: met, not met, not asked of this posting, or not decidable."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_ASKED = "not-asked"
    UNDECIDABLE = "undecidable"


class Answer(msgspec.Struct, frozen=True):
    """The state, and the words of the posting behind it.

    *spans* are what meets the requirement or what falls short of it; *text* says it where it
    stands in a field, *detail* tells in few words what is wrong or what is missing to decide.
    """

    state: State
    spans: tuple[PlainSpan, ...] = ()
    text: str = ""
    detail: str = ""


NOT_ASKED = Answer(State.NOT_ASKED)


def met(*spans: PlainSpan | None, text: str = "") -> Answer:
    """Met, by the words at *spans* or by *text* of a field."""
    return Answer(State.MET, tuple(s for s in spans if s), text)


def not_met(*spans: PlainSpan | None, detail: str = "") -> Answer:
    """Not met; *spans* are the words that fall short, if there are any."""
    return Answer(State.NOT_MET, tuple(s for s in spans if s), detail=detail)
