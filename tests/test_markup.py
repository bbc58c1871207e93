"""A schema.org JobPosting: what it lacks, what is malformed, what its text contradicts."""

import json

import pytest

from tests.lint import lint

OURS = {f"JD{number}" for number in range(387, 400)}
PLACE = {"@type": "Place", "address": {"@type": "PostalAddress", "addressCountry": "GB"}}
JOB = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Kitchen porter",
    "description": "<p>You wash pots, peel vegetables and keep our kitchen clean.</p>",
    "datePosted": "2026-01-02",
    "hiringOrganization": {"@type": "Organization", "name": "Example Canteens"},
    "jobLocation": PLACE,
}
HOME = {"@type": "Country", "name": "GB"}
PROSE = (
    "<p>You wash pots and peel vegetables. You work with six cooks, and take in deliveries.</p>" * 4
)


def found(job, name="job.json", **given):
    """The rules that speak of structured data, with what they stand on."""
    text = job if isinstance(job, str) else json.dumps(job, indent=1, ensure_ascii=False)
    return [(f.rule, f.matched) for f in lint(text, name, **given) if f.rule in OURS]


def pay(value=None, **more):
    """A JobPosting with this baseSalary."""
    amount = {"@type": "QuantitativeValue", "value": 24000, "unitText": "YEAR", **(value or {})}
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": "GBP", "value": amount, **more}}


def page(job, body):
    """A page that carries *job* and shows *body*."""
    return f'<script type="application/ld+json">{json.dumps(job)}</script>{body}{PROSE}'


GOOD = {
    "nothing but what is required": {},
    "work from home": {
        "jobLocation": None,
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [HOME],
    },
    "an employer that stays unnamed": {"hiringOrganization": "confidential"},
    "references": {"hiringOrganization": {"@id": "#us"}, "jobLocation": [{"@id": "#a"}]},
    "several places": {"jobLocation": [PLACE, PLACE]},
    "a country with a name": {"jobLocation": {"address": {"addressCountry": "United Kingdom"}}},
    "a country as an object": {"jobLocation": {"address": {"addressCountry": HOME}}},
    "a week of posting": {"datePosted": "2026-W01"},
    "a time with an offset": {"validThrough": "2026-12-31T23:59:59.000+01:00"},
    "a time without seconds": {"validThrough": "2026-12-31T23:59"},
    "several hours": {"employmentType": ["FULL_TIME", "PER_DIEM"]},
    "a whole range": pay({"minValue": 24000, "maxValue": 26000}),
    "figures as text": pay({"value": "24000.50"}),
    "a unit in small letters": pay({"unitText": "year"}),
    "a currency beside it": {"salaryCurrency": "EUR", **pay(currency=None)},
    "a price": {"baseSalary": {"@type": "PriceSpecification", "price": 12}},
    "templates": {
        "datePosted": "{{ date }}",
        "employmentType": "<%= type %>",
        **pay({"value": "${pay}"}),
    },
    "properties of one's own": {"shift": "nights", "ats:reqId": "7", "companyId": 3},
    "a property of another kind": {
        "skills": "peeling",
        "industry": "food",
        "url": "https://example.org",
    },
    "posted soon": {"datePosted": "2026-01-20"},
}

BAD = {
    "no title": ({"title": None}, "JD387", "JobPosting"),
    "an empty title": ({"title": " "}, "JD387", "title"),
    "no day of posting": ({"datePosted": None}, "JD387", "JobPosting"),
    "no employer": ({"hiringOrganization": None}, "JD387", "JobPosting"),
    "an employer without a name": (
        {"hiringOrganization": {"@type": "Organization", "url": "https://example.org"}},
        "JD387",
        "hiringOrganization",
    ),
    "no place": ({"jobLocation": None}, "JD387", "JobPosting"),
    "a place without an address": ({"jobLocation": {"name": "Leeds"}}, "JD387", "jobLocation"),
    "an address without a country": (
        {"jobLocation": {"address": {"addressLocality": "Leeds"}}},
        "JD387",
        "address",
    ),
    "home without a country": (
        {"jobLocation": None, "jobLocationType": "TELECOMMUTE"},
        "JD387",
        "JobPosting",
    ),
    "a date in words": ({"datePosted": "2 January 2026"}, "JD390", "2 January 2026"),
    "an ambiguous date": ({"validThrough": "03/04/2026"}, "JD390", "03/04/2026"),
    "a date without zeros": ({"datePosted": "2026-1-2"}, "JD390", "2026-1-2"),
    "seconds since 1970": ({"datePosted": 1767312000}, "JD390", "1767312000"),
    "hours in words": ({"employmentType": "Full Time"}, "JD390", "Full Time"),
    "hours of one's own": ({"employmentType": ["FULL_TIME", "ZERO"]}, "JD390", "ZERO"),
    "hours in one text": ({"employmentType": "FULL_TIME,INTERN"}, "JD390", "FULL_TIME,INTERN"),
    "a sign for a currency": (pay(currency="£"), "JD390", "£"),
    "no such currency": (pay(currency="GPB"), "JD390", "GPB"),
    "no currency": (pay(currency=None), "JD390", "baseSalary"),
    "a unit in words": (pay({"unitText": "per annum"}), "JD390", "per annum"),
    "no unit": (pay({"unitText": None}), "JD390", "value"),
    "no amount": (pay({"value": None}), "JD390", "value"),
    "an amount with a sign": (pay({"value": "£24k"}), "JD390", "£24k"),
    "an amount with a comma": (pay({"value": "24,000"}), "JD390", "24,000"),
    "no pay at all": (pay({"value": 0}), "JD390", "0"),
    "less than least": (pay({"minValue": 9, "maxValue": 8}), "JD390", "9"),
    "pay in words": ({"baseSalary": "£24,000 a year"}, "JD390", "£24,000 a year"),
    "another word for home": ({"jobLocationType": "Remote"}, "JD390", "Remote"),
    "a country that is none": ({"jobLocation": {"address": {"addressCountry": "UK"}}}, "JD390", "UK"),
    "applicants from nowhere": (
        {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": {"name": "Anywhere"}},
        "JD390",
        "Anywhere",
    ),
    "the title as description": ({"description": "Kitchen Porter."}, "JD390", "Kitchen Porter."),
    "other capitals": ({"EmploymentType": "FULL_TIME"}, "JD392", "EmploymentType"),
    "underscores": ({"valid_through": "2026-12-31"}, "JD392", "valid_through"),
    "a slip": ({"qualifcations": "None needed"}, "JD392", "qualifcations"),
    "a slip further in": (
        {"jobLocation": {"address": {"postCode": "LS1", "addressCountry": "GB"}}},
        "JD392",
        "postCode",
    ),
    "posted in another year": ({"datePosted": "2027-01-02"}, "JD393", "2027-01-02"),
}  # fmt: skip


def changed(change):
    """The JobPosting with *change*, without what is None."""
    return {key: value for key, value in {**JOB, **change}.items() if value is not None}


def without_none(value):
    """*value* without the members that are None, however deep."""
    if isinstance(value, dict):
        return {key: without_none(v) for key, v in value.items() if v is not None}
    return value


@pytest.mark.parametrize("change", GOOD.values(), ids=GOOD)
def test_good_data_is_left_alone(change):
    assert found(without_none(changed(change))) == []


@pytest.mark.parametrize(("change", "rule", "matched"), BAD.values(), ids=BAD)
def test_bad_data_is_found_where_it_stands(change, rule, matched):
    assert found(without_none(changed(change))) == [(rule, matched)]


def test_a_property_misspelt_is_not_missing_too():
    job = changed({"hiringOrganization": None, "hiringOrganisation": {"name": "Example Canteens"}})
    assert found(job) == [("JD392", "hiringOrganisation")]


def test_data_in_yaml_is_read_in_the_same_way():
    text = (
        '"@type": JobPosting\ntitle: Cook\ndescription: You cook lunch for two hundred people.\n'
        "datePosted: 2 January 2026\nhiringOrganization: {name: Example Canteens}\n"
        "jobLocation: {address: {addressCountry: GB}}\n"
    )
    assert found(text, "job.yaml") == [("JD390", "2 January 2026")]


def test_a_record_that_does_not_say_it_is_a_jobposting_is_not_held_to_it():
    record = {"title": "Cook", "description": "You cook lunch for two hundred people each day."}
    assert found(record, profile="strict") == []


def test_what_is_wrong_in_a_page_stands_in_its_script():
    text = page(changed({"datePosted": "2.1.2026"}), "<h1>Kitchen porter</h1>")
    (finding,) = [f for f in lint(text, "job.html") if f.rule in OURS]
    assert text[finding.start : finding.end] == "2.1.2026"


def test_a_contradiction_stands_on_the_value_and_shows_the_words():
    text = page(changed(pay()), "<h1>Kitchen porter</h1><h2>Pay</h2><p>£27,000 a year</p>")
    (finding,) = [f for f in lint(text, "job.html") if f.rule in OURS]
    assert (finding.rule, finding.matched) == ("JD391", "24000")
    (related,) = finding.related
    assert text[related.start : related.end] == "£27,000 a year"


TEXTS = {
    "a smaller place": ("<h2>Location</h2><p>St James's Hospital, Leeds</p>", []),
    "another place": ("<h2>Location</h2><p>Manchester</p>", ["London"]),
    "a place in passing": ("<p>We began in Manchester.</p>", []),
    "rounded pay": ("<h2>Pay</h2><p>£24k</p>", []),
    "pay for hours": ("<h2>Pay</h2><p>£12.60 an hour</p>", []),
    "other hours": ("<p>This is a part-time role.</p>", ["FULL_TIME"]),
    "hours of others": ("<p>You lead part-time staff.</p>", []),
    "midnight": ("<p>Closing date: 30 January 2026</p>", []),
    "another day": ("<p>Closing date: 6 February 2026</p>", ["2026-01-31T00:00"]),
}


@pytest.mark.parametrize(("body", "values"), TEXTS.values(), ids=TEXTS)
def test_a_page_is_held_against_its_data(body, values):
    job = changed({"employmentType": "FULL_TIME", "validThrough": "2026-01-31T00:00", **pay()})
    place = "Leeds" if "Leeds" in body else "London"
    job["jobLocation"] = {"address": {"addressLocality": place, "addressCountry": "GB"}}
    text = page(job, f"<h1>Kitchen porter</h1>{body}")
    assert [matched for rule, matched in found(text, "job.html")] == values


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("<h2>Location</h2><p>Hybrid, Leeds</p>", 1),
        ("<p>You spend two days a week in the office.</p>", 1),
        ("<h2>Location</h2><p>Remote (UK)</p><p>Some spend two days a week in the office.</p>", 0),
        ("<p>This is a hybrid role, or remote if you prefer.</p>", 0),
        ("<p>We work in hybrid teams.</p>", 0),
    ],
)
def test_work_from_home_alone_is_telecommute(said, count):
    home = {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": HOME}
    text = page(changed(home), f"<h1>Kitchen porter</h1>{said}")
    assert found(text, "job.html") == [("JD391", "TELECOMMUTE")] * count


def test_one_amount_for_another_period_or_in_another_currency_is_a_contradiction():
    said = "<h1>Kitchen porter</h1><h2>Pay</h2><p>£24,000 a year</p>"
    for change in (pay({"unitText": "HOUR"}), pay(currency="EUR")):
        assert found(page(changed(change), said), "job.html") == [("JD391", "24000")]
    dollars = said.replace("£", "$")
    assert found(page(changed(pay(currency="CAD")), dollars), "job.html") == []


def test_what_only_the_text_tells_is_asked_for():
    said = "<h1>Kitchen porter</h1><p>This is a fully remote role.</p><p>Apply by 6 March 2026.</p>"
    text = page(changed({}), said)
    asked = [f for f in lint(text, "job.html") if f.rule == "JD388"]
    assert sorted(f.related[0].matched for f in asked) == ["6 March 2026", "fully remote role"]


def test_several_jobs_on_a_page_are_said_once_and_not_held_against_it():
    jobs = [changed({}), changed({"title": "Cook"}), changed({"title": "Waiter"})]
    said = "<h1>Jobs</h1><h2>Location</h2><p>Dublin, Ireland</p>"
    assert found(page(jobs, said), "job.html") == [("JD394", "JobPosting")]
    alone = f'<script type="application/ld+json">{json.dumps(jobs)}</script>'
    assert [rule for rule, _ in found(alone, "job.html")] == ["JD394"]
    assert found(jobs) == []


def test_data_nested_beyond_measure_is_cut_and_does_no_harm():
    deep = '{"a":' * 150 + "1" + "}" * 150
    text = json.dumps(changed({})).replace('"GB"', f'"GB", "geo": {deep}')
    assert found(text) == []
