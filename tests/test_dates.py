"""What the dates of a posting are for, and where they stand."""

import pytest

from jdlint.posting import understand
from tests.reading import document_of


def posting(text):
    return understand(document_of(text))


# name of a case: text -> the dates in it, each with its role
TOLD = {
    "label": ("Closing date: 5 June 2026", [("5 June 2026", "closing")]),
    "label on the line above": ("## Closing date\n\n5 June 2026", [("5 June 2026", "closing")]),
    "bold label": ("**Deadline:** 5 June 2026", [("5 June 2026", "closing")]),
    "running text": ("Apply by Friday 5 June.", [("Friday 5 June", "closing")]),
    "a sentence about applying": (
        "Send your CV to jobs@example.org no later than 5pm on 5 June 2026.",
        [("5 June 2026", "closing")],
    ),
    "behind the date": ("5 June 2026 is the closing date.", [("5 June 2026", "closing")]),
    "several in one sentence": (
        "Applications close on 5 June 2026, interviews will be held on 15 June 2026, and the start "
        "date is 1 September 2026.",
        [("5 June 2026", "closing"), ("15 June 2026", "interview"), ("1 September 2026", "start")],
    ),
    "time to apply": (
        "Applications accepted January 24, 2027 - February 7, 2027",
        [("January 24, 2027", "posted"), ("February 7, 2027", "closing")],
    ),
    "table": (
        "| Closing date | Interviews |\n|---|---|\n| 5 June 2026 | 15 June 2026 |",
        [("5 June 2026", "closing"), ("15 June 2026", "interview")],
    ),
    "table with heads on the left": (
        "| Post | Nurse |\n|---|---|\n| Closing date | 5 June 2026 |",
        [("5 June 2026", "closing")],
    ),
    "the interviews go on": (
        "Interviews: 15 June and 16 June 2026",
        [("15 June", "interview"), ("16 June 2026", "interview")],
    ),
    "dates of a range": (
        "Open & closing dates: 5 June 2026 to 12 June 2026",
        [("5 June 2026", "posted"), ("12 June 2026", "closing")],
    ),
    "a completed form": (
        "Send the completed application form by noon on 5 June 2026.",
        [("5 June 2026", "closing")],
    ),
    "extended": (
        "Closing date extended from 5 June 2026 to 12 June 2026",
        [("5 June 2026", ""), ("12 June 2026", "closing")],
    ),
}

SILENT = {
    "a reply": "We will reply to all applications by 5 June 2026.",
    "graduation": "Apply if you will graduate by 5 June 2026.",
    "a degree": "To apply, you must have completed your degree by 5 June 2026.",
    "end of a contract": "The contract ends on 5 June 2026.",
    "history": "We were founded on 5 June 2006.",
    "a project": "The project deadline is 5 June 2026.",
    "enrolment": "Open enrolment closes in spring. Register by 5 June 2026.",
    "a shop": "Our shop has its grand opening on 5 June 2026.",
    "an interview in the press": "In an interview of 5 June 2026 our director said so.",
    "an update": "Closing date: open until filled. Last updated 5 June 2026.",
}


def roles(text):
    return [(one.text, one.role) for one in posting(text).dates]


@pytest.mark.parametrize("case", TOLD)
def test_a_date_is_told_by_the_words_around_it(case):
    text, expected = TOLD[case]
    assert roles(text) == expected


@pytest.mark.parametrize("case", SILENT)
def test_a_date_for_something_else_has_no_role(case):
    assert [role for _, role in roles(SILENT[case])] == [""]


def test_a_field_of_front_matter_has_its_place_in_the_file():
    text = "---\ntitle: Nurse\ncloses: 2026-06-05\nopens: 2026-05-01\n---\n\nYou care.\n"
    closing, opening = posting(text).dates
    assert (closing.role, closing.text, closing.span) == ("closing", "2026-06-05", None)
    assert text[closing.source.start : closing.source.end] == "2026-06-05"
    assert (opening.role, opening.field) == ("posted", "opens")


def test_a_start_beside_an_end_may_be_the_start_of_the_posting():
    text = "---\ntitle: Nurse\nstart_date: 2026-06-05\nend_date: 2026-07-05\n---\n\nYou care.\n"
    assert posting(text).dates == ()


def test_a_date_stands_where_it_is_written():
    found = posting("# Nurse\n\nApply by **Friday\n5 June 2026**.")
    [one] = found.dates
    assert found.document.text(one.span) == one.text == "Friday\n5 June 2026"
