"""From hits to findings: exact places in the file, whatever stands around the words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.checks import page
from tests.lint import lint

SHELLS = [
    "We want a rockstar.", "- a **rockstar** here", "> quoted rockstar", "# A rockstar",
    "1. one\n   - two\n     - a rockstar deep down", "| a | b |\n|---|---|\n| x | rockstar |",
    "Caf&eacute; &amp; rockstar", "🚀 日本 rock\u00adstar", "[a rockstar](https://rockstar.example)",
    "`rockstar` is code, rockstar is not", "{{ rockstar }} but a rockstar", "<p>A <em>rockstar</em></p>",
    "<!-- rockstar --> and rockstar", "a rock\u200bstar", "*rock*star", "line one\nrockstar two",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(st.sampled_from(SHELLS), min_size=1, max_size=8),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    front=st.sampled_from(["", "---\ntitle: Nurse 🚀\n---\n\n", "+++\ntitle = 'Nurse'\n+++\n\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_a_finding_covers_exactly_its_words(parts, newline, front, mark):
    text = (front + "\n\n".join(parts) + "\n").replace("\n", newline)
    found = lint((mark + text).encode(), select=["heroic-title"], ignore=["file"])
    assert len(found) == len(parts)
    for finding in found:
        written = text[finding.start : finding.end]
        assert written.replace("\u00ad", "").replace("\u200b", "").replace("*", "") == "rockstar"
        before = text[: finding.start].replace("\r\n", "\n").replace("\r", "\n")
        assert finding.line == before.count("\n") + 1
        assert finding.column == len(before) - (before.rfind("\n") + 1) + 1
    assert [f.start for f in found] == sorted({f.start for f in found})


def test_words_that_stand_twice_are_found_each_at_its_own_place():
    text = "A rockstar. Another rockstar.\n\n- rockstar\n- a rockstar, rockstar\n"
    places = [i for i in range(len(text)) if text.startswith("rockstar", i)]
    assert [f.start for f in lint(text, select=["heroic-title"])] == places


def test_a_word_in_json_has_its_place_in_the_file():
    text = '{"@type": "JobPosting", "title": "Nurse", "description": "<p>Caf\\u00e9 \\u2013 a <b>rockstar</b> nurse.</p>"}'
    (found,) = lint(text, "job.json", select=["heroic-title"])
    assert text[found.start : found.end] == "rockstar"


def test_several_postings_of_a_file_are_told_apart():
    text = (
        "- jobTitle: Nurse\n  responsibilities: We want a rockstar.\n"
        "- jobTitle: Cook\n  responsibilities: We want a ninja.\n"
    )
    found = lint(text, "jobs.yaml", select=["heroic-title"])
    assert [(f.posting, f.matched, f.line) for f in found] == [(0, "rockstar", 2), (1, "ninja", 4)]


def test_a_finding_about_the_whole_posting_points_at_its_title():
    text = "---\ntitle: Nurse\n---\n\n" + "You will care for patients at home every day. " * 12
    found = [f for f in lint(text) if f.name == "missing-pay"]
    assert [(f.line, text[f.start : f.end], f.matched) for f in found] == [(2, "Nurse", "")]


def test_a_posting_wakes_only_the_patterns_that_occur_in_it():
    page.compiled.cache_clear()
    lint("# Nurse\n\nWe want a rockstar nurse who cares for patients at home.\n")
    assert page.compiled.cache_info().misses <= 5


@pytest.mark.parametrize("profile", ["minimal", "recommended", "strict"])
def test_findings_are_in_the_order_of_the_file(profile):
    text = "# Rockstar\n\nWe are crazy busy ninjas.\n\nGuys, send your CV.\n"
    starts = [f.start for f in lint(text, profile=profile)]
    assert starts == sorted(starts)


TWO_JOBS = """\
# Staff nurse

Location: Leeds. You will care for patients at home, change dressings and write up visits.

## Requirements

- Registration as a nurse. A rockstar nurse.

# Delivery driver

Location: York. You will pick orders, load vans and keep the aisles of the warehouse clear.

## Requirements

- A licence for a forklift. A rockstar driver.
"""


def test_several_jobs_in_one_markdown_file_are_postings_of_their_own():
    found = lint(TWO_JOBS, select=["heroic-title"])
    assert [(f.posting, f.line) for f in found] == [(0, 7), (1, 15)]
    assert [TWO_JOBS[f.start : f.end] for f in found] == ["rockstar", "rockstar"]


def test_a_heading_with_the_sections_of_a_job_below_it_is_a_job_whatever_its_name():
    text = "".join(
        f"# {name}\n\n## What you will do\n\n- Grind and sift the corn of three valleys.\n"
        "- Keep the wheel, the sluice and the sacks of the mill in good order.\n\n"
        "## What you need\n\n- Two years as a rockstar of flour.\n\n"
        for name in ("Crumblewick", "Millstone")
    )
    found = lint(text, select=["heroic-title"])
    assert [(f.posting, f.line) for f in found] == [(0, 10), (1, 21)]


def test_headings_of_sections_do_not_divide_a_posting():
    text = TWO_JOBS.replace("# Delivery driver", "# What we offer")
    assert [f.posting for f in lint(text, select=["heroic-title"])] == [0, 0]
