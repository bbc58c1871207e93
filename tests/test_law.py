"""The law engine: which row binds a posting, how grave a finding may be, and what is filed."""

import json
from datetime import date
from pathlib import Path

import pytest

from jdlint.checks import load
from jdlint.law.duty import Confidence, Duty
from jdlint.model import Severity
from tests.lint import lint, result_of

ROOT = Path(__file__).parent.parent
CARD = """\
id: JD711
name: pay-here
kind: disclosure
severity: error
since: "0.1"
summary: Pay is stated.
message: "No pay was found; postings that reach {{places}} usually state it{{declare}}."
why: Because.
evidence: law
requires: pay
minimum_words: 5
last_reviewed: 2026-11-22
duties: [{duties}]
examples:
  bad: [a]
  good: [b]
"""
TEXT = "\n\nYou will look after patients at home and in the ward, every day of the week, and that is that.\n"
COLORADO = {
    "places": ["US-CO"],
    "effective_from": "2021-01-01",
    "citation": "C.R.S. 8-5-201(2)",
    "sources": ["S1"],
    "confidence": "official",
    "severity": "error",
}


@pytest.fixture
def held(tmp_path):
    """Holds a posting with one line about its place against duties; gives (severity, message)."""

    def hold(line, *duties, as_of="2026-11-22", **law):
        folder = tmp_path / "rules" / "law"
        folder.mkdir(parents=True, exist_ok=True)
        written = ", ".join(json.dumps(COLORADO | duty) for duty in duties or ({},))
        (folder / "pay-here.yaml").write_text(CARD.format(duties=written), "utf-8")
        return lint(
            f"# Nurse\n\n{line}{TEXT}",
            rule_folders=[str(tmp_path / "rules")],
            select=["JD711"],
            as_of=as_of,
            law=law,
        )

    return hold


def severities(findings):
    return [f.severity.word for f in findings]


# Places ------------------------------------------------------------------------------------------


def test_a_posting_in_the_place_is_bound(held):
    (finding,) = held("Location: Denver, CO")
    assert finding.severity is Severity.ERROR
    assert finding.message == "No pay was found; postings that reach US-CO usually state it."
    (basis,) = finding.law
    assert (basis.place, basis.how, basis.found) == ("US-CO", "place", "Denver, CO")
    assert basis.effective_from == date(2021, 1, 1)
    assert basis.reviewed == date(2026, 11, 22)


@pytest.mark.parametrize("line", ["Location: Austin, TX", "Location: Springfield", "Fully remote"])
def test_a_posting_elsewhere_or_nowhere_is_not(held, line):
    assert held(line) == []


def test_a_part_of_a_place_lies_in_it_and_a_country_in_none_of_its_parts(held):
    assert severities(held("Location: Denver, CO", {"places": ["US"]})) == ["error"]
    assert held("Location: United States") == []


@pytest.mark.parametrize(("remote", "found"), [("reaches", ["warning"]), ("silent", [])])
def test_remote_work_reaches_a_place_only_where_its_law_says_so(held, remote, found):
    assert severities(held("Location: Remote (US)", {"remote": remote})) == found


def test_shutting_a_place_out_helps_unless_its_law_says_otherwise(held):
    line = "Location: Remote US, except Colorado"
    assert held(line, {"remote": "reaches"}) == []
    assert severities(held(line, {"remote": "reaches", "despite_exclusion": True})) == ["warning"]


def test_an_office_to_report_to_counts_only_where_the_law_says_so(held):
    line = "Location: Remote. You report to our Manhattan office."
    assert held(line, {"places": ["US-NY"]}) == []
    (finding,) = held(line, {"places": ["US-NY"], "reporting": True})
    assert finding.law[0].how == "reports-to"


def test_declared_places_go_before_the_text(held):
    assert held("Location: Denver, CO", jurisdictions=["US-TX"]) == []
    (finding,) = held("Location: Austin, TX", jurisdictions=["US-CO"])
    assert finding.law[0].how == "declared"


def test_many_places_are_one_finding(held):
    states = ["US-CO", "US-NY", "US-IL", "US-WA", "US-MN", "US-MD", "US-VT"]
    (finding,) = held("Location: Remote (US)", {"places": states, "remote": "reaches"})
    assert {basis.place for basis in finding.law} == set(states)
    assert "US-CO, US-IL, US-MD, US-MN and 3 more" in finding.message


# Dates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("2020-10-02", []),
        ("2020-10-03", ["note"]),
        ("2020-12-31", ["note"]),
        ("2021-01-01", ["error"]),
    ],
)
def test_a_rule_holds_from_its_day_and_is_told_ninety_days_ahead(held, as_of, found):
    assert severities(held("Location: Denver, CO", as_of=as_of)) == found


def test_what_is_ahead_names_the_day(held):
    (finding,) = held("Location: Denver, CO", as_of="2020-12-01")
    assert finding.message.endswith("The rule starts on 2021-01-01.")
    assert finding.law[0].starts == date(2021, 1, 1)


@pytest.mark.parametrize(("as_of", "found"), [("2022-06-30", ["error"]), ("2022-07-01", [])])
def test_a_rule_holds_until_its_last_day(held, as_of, found):
    assert (
        severities(held("Location: Denver, CO", {"effective_to": "2022-06-30"}, as_of=as_of))
        == found
    )


def test_an_amendment_is_an_entry_of_its_own(held):
    before = {"effective_to": "2022-12-31", "confidence": "general"}
    after = {"effective_from": "2023-01-01"}
    line = "Location: Denver, CO"
    assert severities(held(line, before, after, as_of="2022-06-01")) == ["warning"]
    assert severities(held(line, before, after, as_of="2023-06-01")) == ["error"]


# Facts that nobody can read out of a text --------------------------------------------------------


def test_a_size_that_is_not_known_makes_a_finding_less_grave_and_is_asked_for(held):
    duty = {"headcount": {"total": 15}}
    (finding,) = held("Location: Denver, CO", duty)
    assert finding.severity is Severity.WARNING
    assert "declare law.employer.headcount" in finding.message
    assert finding.law[0].declare == ("employer.headcount",)


@pytest.mark.parametrize(("size", "found"), [(14, []), (15, ["error"])])
def test_a_declared_size_decides(held, size, found):
    duty = {"headcount": {"total": 15}}
    assert severities(held("Location: Denver, CO", duty, employer={"headcount": size})) == found


@pytest.mark.parametrize(("size", "found"), [(2, []), (3, ["error"])])
def test_the_size_in_the_place_counts_its_parts(held, size, found):
    employer = {"headcount_in": {"US-CO.denver": size}}
    duty = {"headcount": {"local": 3}}
    assert severities(held("Location: Denver, CO", duty, employer=employer)) == found


def test_one_employee_in_a_place_of_work_goes_without_saying_but_not_for_remote_work(held):
    duty = {"headcount": {"local": 1}, "remote": "reaches"}
    assert severities(held("Location: Denver, CO", duty)) == ["error"]
    assert severities(held("Location: Remote (US)", duty)) == ["warning"]


@pytest.mark.parametrize(
    ("key", "unknown", "yes", "no"),
    [
        ("only_if", [], ["error"], []),
        ("applies_if", ["warning"], ["error"], []),
        ("exempt_if", ["error"], [], ["error"]),
    ],
)
def test_declared_facts_bind_or_exempt(held, key, unknown, yes, no):
    duty, line = {key: ["employer.agency"]}, "Location: Denver, CO"
    assert severities(held(line, duty)) == unknown
    assert severities(held(line, duty, employer={"agency": True})) == yes
    assert severities(held(line, duty, employer={"agency": False})) == no


def test_front_matter_goes_before_the_configuration(held):
    line = "Location: Denver, CO"
    duty = {"exempt_if": ["role.internal"]}
    assert severities(held(line, duty, role={"posting": "public"})) == ["error"]
    posting = f"---\ntitle: Nurse\nrole:\n  posting: internal\n---\n\n# Nurse\n\n{line}{TEXT}"
    folder = held.__closure__[0].cell_contents / "rules"
    given = {"rule_folders": [str(folder)], "select": ["JD711"], "as_of": "2026-11-22"}
    assert lint(posting, law={"role": {"posting": "public"}}, **given) == []


def test_words_of_the_posting_bind_or_rule_out(held):
    line = "Location: Denver, CO. A background check follows."
    assert severities(held(line, {"when": ["background check"]})) == ["error"]
    assert held(line, {"when": ["drug test"]}) == []
    assert held(line, {"unless": ["background check"]}) == []


# How sure we are ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "text_decides", "most"),
    [
        (Confidence.OFFICIAL, False, Severity.ERROR),
        (Confidence.SECONDARY, True, Severity.ERROR),
        (Confidence.SECONDARY, False, Severity.WARNING),
        (Confidence.GENERAL, True, Severity.WARNING),
        (Confidence.INFERENCE, True, Severity.WARNING),
    ],
)
def test_what_is_not_verified_is_never_an_error(confidence, text_decides, most):
    duty = Duty(
        places=["US"], citation="x", confidence=confidence, severity="error", text_decides=text_decides
    )  # fmt: skip
    assert duty.most is most


# All rows that are shipped -----------------------------------------------------------------------

LAWFUL = [card for card in load.shipped() if card.duties]


@pytest.mark.parametrize("card", LAWFUL, ids=lambda card: card.id)
def test_every_row_has_citation_confidence_review_and_modest_words(card):
    for duty in card.duties:
        assert duty.citation
        assert duty.last_reviewed or card.last_reviewed
        words = f"{card.message} {card.summary} {duty.note}".lower()
        for boast in (
            "illegal",
            "violat",
            "compliant",
            "guarantee",
            "certified",
            "penalt",
            "$10,000",
        ):
            assert boast not in words


def test_no_finding_about_law_is_without_its_basis():
    law_only = [card for card in load.shipped() if card.law_only or card.category == "law"]
    assert all(card.duties for card in law_only)


def test_each_source_of_a_row_has_an_address():
    from jdlint.report.statutes import address

    keys = {key for card in LAWFUL for duty in card.duties for key in duty.sources}
    assert [key for key in sorted(keys - NO_ADDRESS) if not address(key)] == []


NO_ADDRESS = {"O19"}
"""The sites of state codes at large."""


# Evidence ----------------------------------------------------------------------------------------


def test_evidence_says_what_was_asked_and_what_came_of_it(tmp_path):
    from tests.test_cli import run

    (tmp_path / "a.md").write_text(
        f"# Nurse\n\nLocation: Denver, CO\n\nPay: $30 to $40 per hour{TEXT}"
    )
    (tmp_path / "b.md").write_text(f"# Nurse\n\nLocation: Boulder, CO{TEXT * 4}")
    (tmp_path / "c.md").write_text(f"# Nurse\n{TEXT * 4}")
    file = tmp_path.parent / f"{tmp_path.name}.json"  # not among the postings of the second run
    run("check", tmp_path, "--evidence", file, "--as-of", "2026-11-22", "--quiet")
    first = file.read_bytes()
    filed = json.loads(first)
    assert filed["as_of"] == "2026-11-22"
    assert "does not give legal advice" in filed["disclaimer"]
    by_file = {record["path"].rsplit("/", 1)[-1]: record for record in filed["records"]}
    assert by_file["c.md"]["places"] == []
    assert by_file["c.md"]["requirements"] == []
    run("check", tmp_path, "--evidence", file, "--as-of", "2026-11-22", "--quiet", "--jobs", "2")
    assert file.read_bytes() == first


def test_a_run_without_a_place_holds_no_law():
    result = result_of(f"# Nurse\n{TEXT * 4}", select=["law"])
    assert [f for f in result.findings if f.law] == []


@pytest.fixture
def filed(tmp_path):
    """What is filed of the example posting in Denver, by rule, with *change* made in it."""
    from tests.test_cli import run

    def file(change=lambda text: text, **law):
        text = (ROOT / "examples" / "law-warehouse-associate.md").read_text("utf-8")
        (tmp_path / "a.md").write_text(change(text), "utf-8")
        (tmp_path / "jdlint.yaml").write_text(json.dumps({"law": law}), "utf-8")
        out = tmp_path / "evidence.json"
        config = ("--config", tmp_path / "jdlint.yaml")
        run("check", tmp_path / "a.md", *config, "--evidence", out, "--as-of", "2026-11-22", "-q")
        (record,) = json.loads(out.read_text("utf-8"))["records"]
        rows = [r for r in record["requirements"] if r["basis"]["place"] == "US-CO"]
        return record, {row["rule"]: row for row in rows}

    return file


def test_what_is_not_there_is_not_met_and_what_falls_short_is_quoted(filed):
    record, rows = filed()
    assert [place["code"] for place in record["places"]] == ["US-CO.denver"]
    assert rows["JD615"]["outcome"] == "not-met"
    assert rows["JD611"]["outcome"] == "not-met"
    (quote,) = rows["JD611"]["quotes"][:1]
    assert (quote["text"], quote["line"]) == ("Competitive salary", 19)


def test_what_is_there_is_met_with_its_words(filed):
    def change(text):
        return text.replace("Competitive salary", "$21.50 to $27.00 an hour, health insurance")

    _, rows = filed(change)
    assert rows["JD611"]["outcome"] == "met"
    assert "$21.50 to $27.00 an hour" in [quote["text"] for quote in rows["JD611"]["quotes"]]
    assert rows["JD611"]["waiver"] is None


def test_a_waiver_is_filed_with_its_reason_who_and_until_when(filed):
    said = '<!-- jdlint-disable JD166 by="Legal" until=2027-03-31 -- file 114 -->'
    _, rows = filed(lambda text: text.replace("# Warehouse", f"{said}\n\n# Warehouse", 1))
    assert rows["JD166"]["outcome"] == "waived"
    assert rows["JD166"]["waiver"] == {"reason": "file 114", "by": "Legal", "until": "2027-03-31"}


def test_what_is_left_out_as_asked_is_met(filed):
    _, rows = filed(lambda text: text.replace("- No felons. A clean record is a must.\n", ""))
    assert (rows["JD166"]["outcome"], rows["JD166"]["quotes"]) == ("met", [])


def test_what_hangs_on_a_fact_that_nobody_told_is_not_decidable_and_says_which(filed):
    def change(text):
        return text.replace("Denver, CO", "Remote (US)")

    _, rows = filed(change)
    assert rows["JD611"]["outcome"] == "not-decidable"
    assert rows["JD611"]["missing"] == ["employer.headcount_in.US-CO"]
    _, rows = filed(change, employer={"headcount_in": {"US-CO": 3}})
    assert rows["JD611"]["outcome"] == "not-met"


def test_evidence_fits_its_schema(filed, tmp_path):
    import jsonschema

    filed()
    schema = json.loads((ROOT / "docs" / "evidence.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads((tmp_path / "evidence.json").read_text("utf-8")), schema)


def test_the_rows_of_a_place_are_listed_with_its_sources():
    from tests.test_cli import run

    listed = run("laws", "--place", "US-CO", "--as-of", "2026-11-22").output
    assert "C.R.S. 8-5-201(2)" in listed
    assert "https://" in listed
    assert "US-NY" not in listed
    assert "did you mean" in run("laws", "--place", "US-COO").output


@pytest.mark.parametrize(("as_of", "stale"), [("2027-05-21", False), ("2027-05-22", True)])
def test_rows_that_were_not_reviewed_for_long_are_told(as_of, stale):
    from tests.test_cli import run

    example = ROOT / "examples" / "law-warehouse-associate.md"
    assert (
        "jdlint laws --stale" in " ".join(run("check", example, "--as-of", as_of).output.split())
    ) == stale
    assert ("C.R.S. 8-5-201(2)" in run("laws", "--stale", "--as-of", as_of).output) == stale
