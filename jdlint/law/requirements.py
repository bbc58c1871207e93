"""The table of requirements: which question to the posting stands behind which name."""

from collections.abc import Callable, Mapping

from jdlint.law import payreq, statements, wages
from jdlint.law.answer import Answer
from jdlint.law.applies import Case
from jdlint.law.duty import Duty

Question = Callable[[Case, Duty], Answer]
"""Asks the posting of a case what a duty wants to know."""

REQUIREMENTS: Mapping[str, Question] = {
    "pay": payreq.stated,
    "closed-pay": payreq.closed,
    "pay-in-text": payreq.in_text,
    "pay-per-place": payreq.for_each_place,
    "whole-range": payreq.whole_range,
    "minimum-pay": payreq.minimum,
    "overpay-note": payreq.overpay,
    "pay-particulars": payreq.particulars,
    "range-width": payreq.width,
    "minimum-wage": wages.at_least,
    "commission-stated": payreq.commission,
    "tipped-base": payreq.tipped,
    "benefits": statements.benefits,
    "benefits-named": statements.benefits_named,
    "other-pay": statements.other_pay,
    "deadline": statements.deadline,
    "how-to-apply": statements.how_to_apply,
    "job-description": statements.job_description,
    "vacancy-status": statements.vacancy_status,
    "ai-use": statements.ai_use,
    "accommodation": statements.accommodation,
    "no-exclusion": statements.no_exclusion,
    "dated": statements.dated,
    "language": statements.language,
    "words": statements.any_words,
}
"""Name of a requirement, as cards have it under *requires* -> question."""
