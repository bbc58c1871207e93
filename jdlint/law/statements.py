"""What the law asks a posting to say besides pay."""

from jdlint.law.answer import NOT_ASKED, Answer, met, not_met
from jdlint.law.applies import Case
from jdlint.law.duty import Duty
from jdlint.law.phrases import first, says
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.statements import Statement

_APPLY_FIELDS = (
    "apply_url", "application_url", "absolute_url", "hosted_url", "job_url", "apply",
    "apply_link", "application_link", "application_contact", "application_email", "apply_email",
)  # fmt: skip
_FEWEST_WORDS = 120
"""A posting of so many words describes the job."""


def _spans(case: Case, *kinds: Statement) -> list[PlainSpan]:
    found = case.posting.statements
    return [span for kind in kinds for span in found.get(kind, ())]


def _any(case: Case, *kinds: Statement) -> Answer:
    spans = _spans(case, *kinds)
    return met(*spans) if spans else not_met()


def benefits(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """At least one benefit by its name; where there is only praise, :func:`benefits_named` asks."""
    if spans := _spans(case, Statement.BENEFITS):
        return met(*spans)
    return NOT_ASKED if _spans(case, Statement.BENEFITS_SLOGAN) else not_met()


def benefits_named(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """Benefits by name where they are praised."""
    slogans = _spans(case, Statement.BENEFITS_SLOGAN)
    if not slogans or _spans(case, Statement.BENEFITS):
        return NOT_ASKED
    return not_met(*slogans)


def other_pay(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """Bonus, commission or equity."""
    return _any(case, Statement.OTHER_PAY)


def deadline(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """A day until which one may apply, or that applications are taken all the time."""
    if spans := _spans(case, Statement.DEADLINE, Statement.ONGOING):
        return met(*spans)
    if any(date.role == "closing" for date in case.posting.dates):
        return met(text="a date in a field of the file")
    weak = _spans(case, Statement.OPEN_UNTIL_FILLED)
    return not_met(*weak, detail="'open until filled' names no day" if weak else "")


def how_to_apply(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """A way to apply."""
    if spans := _spans(case, Statement.HOW_TO_APPLY):
        return met(*spans)
    section = _section(case, SectionKind.HOW_TO_APPLY)
    field = case.posting.document.field(*_APPLY_FIELDS)
    if section or not field:
        return met(section) if section else not_met()
    return met(text=f"the field {field.name}")


def _section(case: Case, kind: SectionKind) -> PlainSpan | None:
    found = next((s for s in case.posting.sections if kind in s.kinds), None)
    return (found.heading or found.body) if found else None


def job_description(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """Duties, or enough text to tell what the job is."""
    section = _section(case, SectionKind.RESPONSIBILITIES)
    if section:
        return met(section)
    return NOT_ASKED if len(case.posting.words) >= _FEWEST_WORDS else not_met()


def vacancy_status(case: Case, duty: Duty) -> Answer:
    """Whether there is a vacancy, or a pool for later."""
    spans = _spans(case, Statement.VACANCY_EXISTING, Statement.VACANCY_POOL)
    return met(*spans) if spans else any_words(case, duty)


def ai_use(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """Whether artificial intelligence is used on applications."""
    return _any(case, Statement.AI_USED, Statement.AI_NOT_USED)


def accommodation(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """That adjustments or accommodations are to be had."""
    if spans := _spans(case, Statement.ADJUSTMENTS):
        return met(*spans)
    section = _section(case, SectionKind.ADJUSTMENTS)
    return met(section) if section else not_met()


def no_exclusion(case: Case, duty: Duty) -> Answer:
    """That the place of the duty is not shut out in words."""
    for one in case.places.excluded:
        if one.code in duty.places:
            return not_met(one.span, detail=one.text)
    return NOT_ASKED


def dated(case: Case, duty: Duty) -> Answer:  # noqa: ARG001
    """A day on which the posting was made."""
    found = [date for date in case.posting.dates if date.role == "posted"]
    return met(*(date.span for date in found), text=found[0].text) if found else not_met()


def language(case: Case, duty: Duty) -> Answer:
    """That the posting is in one of the languages that the duty names (ISO 639-1)."""
    spoken = case.posting.language
    return NOT_ASKED if not spoken or spoken in duty.words else not_met()


def any_words(case: Case, duty: Duty) -> Answer:
    """One of the words of the duty."""
    if found := first(duty.words, case.posting.folded):
        return met(found)
    return met(text="a field of the file") if says(duty.words, case.text) else not_met()
