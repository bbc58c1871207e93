"""What the fields and the text of a posting say each by itself."""

from jdlint.posting import sides, understand
from tests.reading import document_of

BODY = "# Senior Editor\n\n## Location\n\nLeeds\n\n## Salary\n\n£32,000 to £38,000 a year\n"
FRONT = "---\ntitle: Editor\nlocation: London\nsalary: £30k-£35k\n---\n\n"


def posting(text, name="posting.md"):
    return understand(document_of(text, name))


def test_each_side_has_its_own_title_place_and_pay():
    one = posting(FRONT + BODY)
    fields = sides.fields_of(one)
    assert sides.title_of(fields, one.document) == "Editor"
    assert one.document.text(sides.title_of_text(one)) == "Senior Editor"
    assert [place.text for place in sides.places_of(one, fields)] == ["London"]
    assert [place.text for place in sides.places_of_text(one)] == ["Leeds"]
    assert [int(pay.minimum) for pay in sides.pay_of(one, fields)] == [30000]
    assert [int(pay.minimum) for pay in sides.pay_of_text(one, "GB")] == [32000]


def test_a_text_without_fields_has_one_side():
    one = posting(BODY)
    assert sides.fields_of(one) == ()
    assert sides.title_of((), one.document) == ""
    assert sides.pay_of(one, ()) == ()


def test_a_page_is_held_against_its_structured_data_elsewhere():
    page = (
        '<script type="application/ld+json">{"@type": "JobPosting", "title": "Chef", '
        '"description": "<p>You cook lunch.</p>"}</script><h1>Cook</h1><p>You cook lunch.</p>'
    )
    assert sides.fields_of(posting(page, "page.html")) == ()


def test_the_jobs_of_one_file_share_no_fields():
    text = f"{FRONT}# Editor\n\n{'You edit texts. ' * 20}\n\n# Designer\n\n{'You draw. ' * 30}\n"
    from jdlint.posting.jobs import jobs

    parts = [understand(part) for part in jobs(document_of(text))]
    assert len(parts) == 2
    assert [sides.fields_of(part) for part in parts] == [(), ()]


def test_a_place_in_passing_is_not_stated():
    one = posting("# Editor\n\nWe are a charity based in Manchester.\n")
    assert sides.places_of_text(one) == ()


def test_grades_of_a_title():
    assert sides.numbers_of("Nurse, Band 6") == {"6"}
    assert sides.numbers_of("Analyst, GS-13") == {"13"}
    assert sides.numbers_of("Engineer III") == {"3"}
    assert sides.numbers_of("Nurse, ward 6") == frozenset()
