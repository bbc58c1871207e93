"""Whose law a posting falls under: places, reach of remote work, exclusions, reporting lines."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jdlint.posting import understand
from jdlint.posting.gazetteer import gazetteer
from jdlint.posting.jurisdictions import How, Jurisdiction, Jurisdictions, declared
from jdlint.posting.localities import codes, known_code, localities
from tests.test_pay import document

LAW = Path(__file__).parent / "data" / "law"
LABELLED = [
    line.split(" | ", 1) for line in (LAW / "places.txt").read_text("utf-8").splitlines() if line
]
CASES = yaml.safe_load((LAW / "jurisdictions.yaml").read_text("utf-8"))


def told(text: str = "", /, **fields: str) -> Jurisdictions:
    return understand(document(text, **fields)).jurisdictions


def summary(law: Jurisdictions) -> dict[str, list[str]]:
    """What the cases of ``jurisdictions.yaml`` say, of a posting."""
    marks = {How.REPORTS_TO: ">"}
    found = [marks.get(one.how, "~" if one.weak else "") + one.code for one in law.found]
    said = {
        "found": found,
        "remote": [*law.remote, *(["?"] if law.unscoped else [])],
        "closed": [one.code for one in law.excluded],
        "unclear": list(law.unclear),
    }
    return {key: values for key, values in said.items() if values}


def in_any_order(said: dict[str, list[str]]) -> dict[str, set[str]]:
    return {key: set(values) for key, values in said.items()}


def agrees(law: Jurisdictions, label: str) -> bool:
    """Whether *law* is what the *label* of a string in ``places.txt`` says."""
    code, *more = label.replace(",", " ").replace("(warning)", "").split()
    places = {one.code for one in law.found if one.how is not How.REPORTS_TO}
    if code == "unknown":
        return law.unknown
    if "or" in more:
        return law.unknown or places <= {code, more[-1]}
    if more[:1] == ["by"]:
        seats = {one.code for one in law.found if one.how is How.REPORTS_TO}
        return seats == {code} and not law.covers(code) and law.covers(code, reporting=True)
    reached = "reach" not in more or law.remote == (code,)
    evaded = "evasion" not in more or bool(law.excluded)
    if code == "EU":
        return law.remote == ("EU",) and bool(law.unclear)
    exact = places == {code} if "." in code else law.covers(code)
    return exact and reached and evaded and all(c.startswith(code) for c in places)


@pytest.mark.parametrize(("label", "text"), LABELLED, ids=[text for _, text in LABELLED])
def test_every_labelled_string_is_read_as_labelled(label, text):
    text = text.partition(" \u2192 ")[0]
    assert agrees(told(f"Location: {text}"), label)
    assert agrees(told(location=text), label)


@pytest.mark.parametrize(("text", "expected"), CASES["stated"].items())
def test_a_stated_location(text, expected):
    expected = in_any_order(expected)
    assert in_any_order(summary(told(f"Location: {text}"))) == expected
    assert in_any_order(summary(told(location=text))) == expected


@pytest.mark.parametrize(("text", "expected"), CASES["told"].items())
def test_running_text(text, expected):
    assert summary(told(f"# Chef\n{text}")) == expected


def test_a_found_place_covers_what_it_lies_in_and_no_more():
    law = told("Location: New York, NY 10013")
    assert all(map(law.covers, ("US-NY.nyc", "US-NY", "US")))
    assert not law.covers("US-CO") and not law.covers("EU")
    assert not told("Location: United States").covers("US-NY")
    assert told("Location: Munich").covers("EU")
    assert not told("Location: Leeds").covers("EU")


@pytest.mark.parametrize(
    ("text", "reached", "not_reached"),
    [
        ("Remote (US)", ["US", "US-CO", "US-NY.nyc"], ["GB", "EU"]),
        ("Remote US, except Colorado", ["US", "US-NY"], ["US-CO", "US-CO.denver"]),
        ("Remote (EU)", ["EU", "DE", "IE"], ["GB", "US"]),
        ("Remote, Germany", ["DE", "EU"], ["FR"]),
        ("Remote worldwide", ["US-CO", "DE", "IN"], []),
        ("Remote (Colorado residents)", ["US", "US-CO"], ["US-NY"]),
        ("Remote", [], ["US", "US-CO"]),
        ("Denver, CO", [], ["US-CO"]),
    ],
)
def test_what_remote_work_reaches(text, reached, not_reached):
    law = told(f"Location: {text}")
    assert all(map(law.remote_reaches, reached))
    assert not any(map(law.remote_reaches, not_reached))


def test_declared_codes_count_alone():
    law = told("Location: Remote (US), except Utah", jurisdictions="US-CO, US-NY.nyc")
    assert [one.code for one in law.found] == ["US-CO", "US-NY.nyc"]
    assert {one.how for one in law.found} == {How.DECLARED}
    assert not law.remote
    assert law.excludes("US-UT")


def test_declared_codes_that_are_none_are_told():
    law = declared(["US-CO", "US-XX", "US-CO"])
    assert law.found == (Jurisdiction("US-CO", How.DECLARED, "US-CO"),)
    assert law.unclear == ("US-XX",)
    assert declared([]).unknown


@pytest.mark.parametrize(
    "code",
    ["US", "US-CO", "US-PR", "US-NY.nyc", "GB-ENG", "IE-D", "AU-NSW", "CA-QC", "EU", "DE-BY"],
)
def test_codes_that_are_known(code):
    assert known_code(code)
    assert code in codes() or code == "DE-BY"


@pytest.mark.parametrize(
    "code",
    ["", "UK", "us", "US-XX", "US-NY.buffalo", "XX", "GB-LONDON", "US-CO ", "Colorado", "EU-DE"],
)
def test_codes_that_are_not_known(code):
    assert not known_code(code)


def test_structured_addresses_stay_apart():
    place = "jobLocation__address__address"
    law = told(
        **{
            f"{place}Locality": "Jersey City",
            f"{place}Region": "NJ",
            f"{place}Country": "US",
            "jobLocation__address__postalCode": "07302",
            "hiringOrganization__address__addressLocality": "Paris",
        }
    )
    assert summary(law) == {"found": ["US-NJ.jersey-city"]}


def test_a_postal_code_tells_the_state_of_an_address_without_one():
    law = told(jobLocation__address__postalCode="10013", jobLocation__address__addressCountry="US")
    assert law.covers("US-NY.nyc")
    law = told(jobLocation__address__postalCode="10115", jobLocation__address__addressCountry="DE")
    assert summary(law) == {"found": ["DE"]}


def test_where_applicants_must_be_is_the_reach_of_remote_work():
    law = told(jobLocationType="TELECOMMUTE", applicantLocationRequirements__name="Colorado, USA")
    assert law.remote == ("US-CO",)
    assert not told(applicantLocationRequirements__name="USA", location="Denver, CO").remote


def test_letters_of_a_country_that_are_also_a_state_do_not_decide():
    assert told(location="GA").unclear == ("GA",)
    assert summary(told(jobLocation__address__addressRegion="CA")) == {"found": ["US-CA"]}
    assert summary(told(jobLocation__address__addressCountry="CA")) == {"found": ["CA"]}


def test_a_field_may_say_where_the_job_reports_to():
    law = told(location="Remote", reports_to_location="Chicago, IL")
    assert summary(law) == {"found": [">US-IL"], "remote": ["?"]}


def test_a_remote_job_whose_only_place_is_a_country_reaches_it():
    assert told(location="Canada", remote="true").remote == ("CA",)
    assert told(location="Ottawa, Canada", remote="true").unscoped


def test_money_breaks_a_tie_only_together_with_spelling():
    american = "You organize the labor of our center and analyze color, and favor honor."
    money = "Salary: $50,000 per year"
    assert summary(told(f"Location: Georgia\n{american}\n{money}")) == {"found": ["~US-GA"]}
    assert told(f"Location: Georgia\n{american}").unknown
    assert told(f"Location: Georgia\n{money}").unknown


def test_the_range_of_a_jurisdiction_is_exact():
    text = document("Location: Remote US, except Colorado\nYou report to our Chicago office.")
    law = understand(text).jurisdictions
    spans = [(one.text, text.text(one.span)) for one in (*law.found, *law.excluded)]
    assert spans == [("US", "US"), ("Chicago", "Chicago"), ("Colorado", "Colorado")]


def test_the_table_of_localities_is_whole():
    known = localities()
    assert all(code.partition(".")[0] in codes() for code in known.places)
    told = {*known.zips.values(), *known.postcodes.values(), *known.canada.values()}
    assert all(map(known_code, told))
    assert len(known.members) == 27 and known.members <= set(gazetteer().regions)
    assert set(known.zips.values()) >= {f"US-{part}" for part in gazetteer().regions["US"]}


PARTS = [
    "Remote", "except", "Colorado", "CO", "NY", "US", "UK", "EU", "New York", "Denver", "Leeds",
    "reports to our", "office", "not open to residents of", "based in", "anywhere in", "EMEA",
    "10013", "CB2 1TN", "M5V 2T6", ",", ", ", " or ", " and ", "(", ")", ". ", "\n", " ", "Georgia",
    "must live in", "Reports to:", "are not eligible", "candidates in", "$50,000",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=14).map(" ".join))
def test_any_mixture_of_the_grammar_is_safe_and_exact(text):
    posting = understand(document(f"# Chef\nLocation: {text}"))
    law = posting.jurisdictions
    assert law == understand(document(f"# Chef\nLocation: {text}")).jurisdictions
    for one in (*law.found, *law.excluded):
        assert known_code(one.code)
        if one.span:
            assert 0 <= one.span.start < one.span.end <= len(posting.document.plain)
            assert one.text == " ".join(posting.document.text(one.span).split())
    assert len({one.code for one in law.found}) == len(law.found)
    assert all(code == "*" or known_code(code) for code in law.remote)
    assert not (law.unscoped and law.remote)


@given(st.text(max_size=80))
def test_any_text_is_safe(text):
    law = told("Location: " + text.replace("\n", " "), location=text)
    assert all(known_code(one.code) for one in law.found)


@given(st.from_regex(r"[BDFGKLMPTZ][aou][bdfgkmprtz]{1,2}[aou]x(ville|zig)", fullmatch=True))
def test_an_unknown_town_has_no_code(town):
    law = told(f"Location: {town}")
    assert law.unknown and law.unclear == (town,)


@pytest.mark.parametrize(
    "text",
    ["except Colorado, " * 6_000, "CO, " * 25_000, "Remote (CO, NY, " * 6_000,
     "following states " * 6_000, "reports to our " * 7_000, "must live in " * 8_000,
     "remote in " * 10_000, "not open to residents of " * 4_000, "are not eligible " * 6_000],
)  # fmt: skip
def test_evil_texts_do_not_hang(text):
    assert told(text) is not None
