"""Where the work is done: fields first, then location sections and labels, then prose."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jdlint.model import SectionKind
from jdlint.posting.gazetteer import by_code
from jdlint.posting.model import Place, Section
from jdlint.posting.places import country_of, find_places
from jdlint.store import table
from tests.test_pay import document

PHRASES = yaml.safe_load((Path(__file__).parent / "data" / "place-phrases.yaml").read_text("utf-8"))


def seen(places: tuple[Place, ...]) -> list[tuple[str | None, bool]]:
    return [(place.code, place.remote) for place in places]


def told(text: str = "", /, **fields: str) -> list[tuple[str | None, bool]]:
    """Code and remote of each place, in order."""
    return seen(find_places(document(text, **fields)))


@pytest.mark.parametrize(("text", "code"), PHRASES["on site"].items())
def test_a_place_behind_a_label_and_in_a_field(text, code):
    assert told(f"Location: {text}") == [(code, False)]
    assert told(location=text) == [(code, False)]


@pytest.mark.parametrize("text", PHRASES["unclear"])
def test_an_unclear_place_is_kept_without_a_code(text):
    (place,) = find_places(document(f"Location: {text}"))
    assert (place.text, place.code) == (text, None)
    assert told(location=text) == [(None, False)]


@pytest.mark.parametrize(("text", "code"), PHRASES["remote"].items())
def test_remote_work_and_its_reach(text, code):
    assert told(f"Location: {text}") == [(code, True)]
    assert told(location=text) == [(code, True)]


def test_several_places():
    text = "Washington, DC; San Francisco, CA; Chicago, IL; New York, NY; Virtual (100% Remote)"
    codes = [("US-DC", False), ("US-CA", False), ("US-IL", False), ("US-NY", False), (None, True)]
    assert told(location=text) == codes
    assert sorted(told(f"Location: {text}"), key=str) == sorted(codes, key=str)
    assert told("Location: London, New York or Tokyo") == [
        ("GB-ENG", False), ("US-NY", False), ("JP", False),
    ]  # fmt: skip


def test_the_range_of_a_place_is_exact():
    text = document("Duty station: Gainesville, FL (no relocation)")
    (place,) = find_places(text)
    assert place.text == text.text(place.span) == "Gainesville, FL"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("We are a remote-first company based in London.", [("GB-ENG", False), (None, True)]),
        ("The position is located in Gainesville, FL at a laboratory.", [("US-FL", False)]),
        ("While we have locations in Ottawa, Montreal and Toronto, we like the countryside.",
         [("CA-ON", False), ("CA-QC", False), ("CA-ON", False)]),
        ("This role can be performed from anywhere in Canada.", [("CA", True)]),
        ("Los Angeles-based staff may use our rooms.", [("US-CA", False)]),
        ("You will report to our Manhattan office.", [("US-NY", False)]),
        ("This position is 100% remote", [(None, True)]),
        ("You can work from home.", [(None, True)]),
        ("You would join our Nottingham team in May.", [("GB-ENG", False)]),
        ("You would be based out of our Leeds office.", [("GB-ENG", False)]),
        ("At our Memphis distribution centre you lead a shift.", [("US-TN", False)]),
        ("We are 80 people in Boston, Denver and Stockholm.",
         [("US-MA", False), ("US-CO", False), ("SE", False)]),
        ("Our team works full-time in Tampa.", [("US-FL", False)]),
        ("We look for a developer to join our team full-time in Boston.", [("US-MA", False)]),
        ("A small family-run hotel in Truro seeks a cook.", [("GB-ENG", False)]),
        ("Join us in Bilbao!", [("ES", False)]),
        ("We are hiring an organiser for our Nottingham team.", [("GB-ENG", False)]),
        ("Our client, a well-established food manufacturer in Wakefield, grows.",
         [("GB-ENG", False)]),
        ("A maker of pumps with 900 employees in Heilbronn.", [("DE", False)]),
        ("We seek a driver in Tulsa.", [("US-OK", False)]),
        ("We have an opening in Cardiff.", [("GB-WLS", False)]),
    ],
)  # fmt: skip
def test_prose_counts_beside_words_for_a_place_of_work(text, places):
    assert told(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "We sell to shops in Paris and read the New York Times.",
        "Our clients based in Germany love us.",
        "America's Test Kitchen is our customer.",
        "You will work with our team in Bangalore.",
        "We build software for the London Stock Exchange team.",
        "You have the right to work in the UK and experience of markets in Africa.",
        "Our Boston Consulting Group past tells.",
        "We delivered a project for a school in Leeds.",
        "We won a prize in Paris; our paper was read in Oxford.",
        "You studied in Cambridge.",
        "Location: In person",
        "Work location: On-site",
        "Remote job: No",
        "You join us and help us; it is nice, reading and mobile.",
        "Experience with remote teams and remote sensing",
        "This job is not remote.",
        "Remote work is not possible here.",
        "",
    ],
)
def test_other_mentions_do_not_count(text):
    assert told(text) == []


def test_prose_is_not_asked_where_a_label_has_the_answer():
    text = "Location: Leeds\nOur sister company is based in Berlin.\nThis role is fully remote."
    assert told(text) == [("GB-ENG", False), (None, True)]


def test_a_location_section_names_places_without_more_words():
    text = document("Where you will be\nCardiff\nRemote work is fine too.")
    body = text.blocks[1].span._replace(end=text.blocks[2].span.end)
    section = Section((SectionKind.LOCATION,), None, body, (1, 2))
    assert seen(find_places(text, (section,))) == [("GB-WLS", False), (None, True)]


def test_the_heading_of_a_location_section_may_name_the_place():
    text = document("# Location Washington, D.C.\nCome and see.")
    heading, body = (block.span for block in text.blocks)
    section = Section((SectionKind.LOCATION,), heading, body, (1,))
    assert ("US-DC", False) in seen(find_places(text, (section,)))


def test_prose_in_a_location_section_counts_only_where_it_tells_a_place():
    text = document(
        "The current team is spread across Pacific and Eastern time zones in the US, close to the "
        "Little Tokyo station.\n- Applicants must be residents of Los Angeles County."
    )
    body = text.blocks[0].span._replace(end=text.blocks[1].span.end)
    section = Section((SectionKind.LOCATION,), None, body, (0, 1))
    assert seen(find_places(text, (section,))) == [("US-CA", False)]


def test_a_title_may_name_the_place():
    assert told("# Nurse - Glasgow\nWe care.") == [("GB-SCT", False)]
    assert told("# Engineer (Remote, US)\nWe build.") == [("US", True)]
    assert told("# Paris correspondent\nWe write.") == []


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("Nurse - Glasgow", "GB-SCT"),
        ("Nurse, Glasgow", "GB-SCT"),
        ("Nurse\nAcme Clinic - Burlington, VT 05401", "US-VT"),
        ("Nurse\nGlasgow | Permanent | £30,000", "GB-SCT"),
        ("Nurse\nAcorn House, Cardiff CF5 - £30,000", "GB-WLS"),
        ("Nurse *** Temp to Perm *** Leicester ***", "GB-ENG"),
        ("Nurse\nAcme Health \u00b7 Glasgow, Scotland (Hybrid)", "GB-SCT"),
    ],
)
def test_a_short_line_at_the_top_may_give_the_place(head, code):
    assert told(f"{head}\nWe care.\nWe like Paris.") == [(code, False)]


@pytest.mark.parametrize(
    "head",
    ["Glasgow Herald reporter", "Nurse\nWe care, as in Glasgow.", "Nurse\nThe heart of Glasgow"],
)
def test_a_place_in_a_longer_name_or_a_sentence_at_the_top_does_not_count(head):
    assert told(head) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Location: Lincoln\nSalary: £28,000", ["GB-ENG"]),
        ("Location: Lincoln\nSalary: $58,000", [None]),
        ("Location: Birmingham or Leeds", ["GB-ENG", "GB-ENG"]),
        ("Location: Birmingham or Austin, TX", [None, "US-TX"]),
    ],
)
def test_an_unclear_name_is_settled_by_the_money_or_by_the_other_places(text, codes):
    assert [place.code for place in find_places(document(text))] == codes


def test_an_address_of_structured_data():
    assert told(
        jobLocation__address__streetAddress="1 High Street",
        jobLocation__address__addressLocality="Gainesville",
        jobLocation__address__addressRegion="FL",
        jobLocation__address__addressCountry="US",
        hiringOrganization__address__addressLocality="Paris",
    ) == [("US-FL", False)]
    assert told(jobLocation__address__addressCountry="GB") == [("GB", False)]
    assert told(jobLocation__address__addressCountry__name="Ireland") == [("IE", False)]


def test_remote_fields():
    assert told(remote="true") == [(None, True)]
    assert told(jobLocationType="TELECOMMUTE", applicantLocationRequirements__name="USA") == [
        (None, True), ("US", False),
    ]  # fmt: skip
    assert told(remote="false", workplaceType="on-site", state="closed") == []


def test_explicit_codes():
    assert told(jurisdiction="US-CO") == [("US-CO", False)]
    assert by_code("UK") == "GB"
    assert by_code("DE-BE") == "DE-BE"
    assert by_code("XX") is None and by_code("Leeds") is None and by_code("US-ZZ") is None


def test_a_place_is_listed_once_and_remote_if_any_mention_is():
    assert told("Location: Leeds, UK\nOffice: Leeds\nRemote UK") == [("GB-ENG", False)]
    assert told("Location: Leeds, York or York") == [("GB-ENG", False)] * 2
    assert (
        told("Location: Canada\nRemote work within Canada is welcome, remote position.")[0][0]
        == "CA"
    )


def test_the_country_of_several_places():
    assert country_of(find_places(document("Location: Denver, CO or Austin, TX"))) == "US"
    assert country_of(find_places(document("Location: Leeds or Paris"))) is None
    assert country_of(()) is None


def test_the_gazetteer_is_whole():
    data = table("places")
    assert len(data["countries"]) == 249
    assert len(data["regions"]["US"]) == 51
    assert len(data["regions"]["CA"]) == 13
    codes = set(data["countries"]) | {
        f"{country}-{letters}" for country, parts in data["regions"].items() for letters in parts
    }
    cities = set(data["cities"]) | {code for found in data["namesakes"].values() for code in found}
    assert cities <= codes
    names = [name for group in data["cities"].values() for name in group] + list(data["namesakes"])
    assert all(name == name.lower() for name in names)


@given(st.text(max_size=80))
def test_any_text_is_safe(text):
    for place in find_places(document("Location: " + text.replace("\n", " "))):
        assert place.text


@pytest.mark.parametrize(
    "text",
    ["London, " * 12_000, "remote " * 14_000, "except " * 14_000, "Location: " * 10_000,
     ", CA" * 25_000, "A" * 100_000, "based in Paris " * 6_000],
)  # fmt: skip
def test_evil_texts_do_not_hang(text):
    find_places(document(text))
