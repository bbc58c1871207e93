"""Which numbers of years are experience asked for, and which levels a posting names."""

import pytest

from jdlint.posting import understand
from jdlint.posting.experience import find_years, level_of_title, levels_of_text
from jdlint.posting.experiencebook import LEVELS
from jdlint.store import table
from tests.reading import document_of


def posting(text):
    return understand(document_of(text))


def asked(line):
    """The years that a line below a heading for requirements asks for."""
    found = find_years(posting(f"# Analyst\n\n## Requirements\n\n- {line}\n"))
    return [(years.least, years.most) for years in found]


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("5+ years of experience with SQL", [(5, None)]),
        ("Minimum of four (4) years of full-time, paid software experience", [(4, None)]),
        ("3-5 years' experience in sales", [(3, 5)]),
        ("between 3 to 5 yrs. of relevant experience", [(3, 5)]),
        ("Experience: at least ten years", [(10, None)]),
        ("2+ years working in product management", [(2, None)]),
        ("3 years as a technical writer", [(3, None)]),
        ("Python: 5+ years", [(5, None)]),
        ("Swift (10+ years), Kotlin (6+ years)", [(10, None), (6, None)]),
        ("8 years of engineering, with 5+ years of Go", [(8, None), (5, None)]),
    ],
)
def test_years_of_experience_are_read(line, years):
    assert asked(line) == years


@pytest.mark.parametrize(
    "line",
    [
        "A driving licence held in the last 3 years",
        "Up to 3 years of experience",
        "Less than 2 years of experience",
        "3 years of experience are not needed",
        "We have 20 years of experience",
        "Some of our engineers have 10 years of experience",
        "A 2 year-term position",
        "You are at least 18 years old",
        "A 4-year course of study",
        "The position is funded for 4 years",
        "Not to exceed 24 months (2 years)",
    ],
)
def test_other_years_are_not(line):
    assert asked(line) == []


@pytest.mark.parametrize(
    ("line", "quality"),
    [
        ("5 years of experience with SQL preferred", "wish"),
        ("A degree or 5 years of experience", "instead"),
        ("5 years of experience, or", "instead"),
        ("5 years of experience in place of the degree", "instead"),
        ("5 years of experience in total", "total"),
        ("A total of 5 years of experience", "total"),
    ],
)
def test_a_demand_is_weighed_by_its_sentence(line, quality):
    [years] = find_years(posting(f"# Analyst\n\n## Requirements\n\n- {line}\n"))
    assert [q for q in ("wish", "instead", "total") if getattr(years, q)] == [quality]


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Junior Analyst", "junior"),
        ("Sr. Analyst", "senior"),
        ("Analyst (Entry-Level)", "entry"),
        ("Head of Analysis", "lead"),
        ("Analyst", None),
        ("Junior or Senior Analyst", None),
        ("Junior School Teacher", None),
        ("Staff Nurse", None),
        ("Graduate Recruitment Adviser", None),
    ],
)
def test_the_level_of_a_title(title, level):
    found = level_of_title(posting(f"# {title}\n\nYou count.\n"))
    assert (LEVELS[found.rank] if found else None) == level


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("In this junior role you count.", ["junior"]),
        ("This is a permanent, senior position.", ["senior"]),
        ("As a senior analyst, you count.", ["senior"]),
        ("We are looking for a mid-level analyst.", ["middle"]),
        ("You report to a senior analyst.", []),
        ("This role is a step to a senior role.", []),
        ("This is not a junior role.", []),
    ],
)
def test_a_level_counts_only_where_it_is_the_roles_own(text, levels):
    found = levels_of_text(posting(f"# Analyst\n\n{text}\n"))
    assert [LEVELS[level.rank] for level in found] == levels


def test_the_table_of_technologies_has_a_year_and_a_source_for_each():
    entries = table("technologies")["technologies"]
    assert len(entries) >= 60
    assert all(1990 <= entry["year"] <= 2026 for entry in entries)
    assert all(entry["source"].startswith("https://") for entry in entries)
    names = [name.lower() for entry in entries for name in entry["names"]]
    assert len(names) == len(set(names))
