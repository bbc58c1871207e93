"""Sections of a posting, its title, and what is missing from it."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.checks import sections as required
from jdlint.checks.card import Example, Examples, RequiredSectionCard
from jdlint.checks.protocol import Context
from jdlint.model import SectionKind
from jdlint.posting import understand
from jdlint.posting.cues import is_wish
from jdlint.posting.wishes import nice_to_have_blocks
from jdlint.read import ReadOptions, read_bytes
from tests.lint import lint


def posting(text, name="posting.md"):
    return understand(read_bytes(text.encode(), name, ReadOptions()).documents[0])


def outline(text, name="posting.md"):
    """The sections under headings: kinds, heading and body."""
    found = posting(text, name)
    text_of = found.document.text
    return [
        (" + ".join(s.kinds), text_of(s.heading), text_of(s.body))
        for s in found.sections
        if s.heading is not None
    ]


def kinds(text, name="posting.md"):
    return {kind.value for s in posting(text, name).sections for kind in s.kinds}


def implied(text, name="posting.md"):
    """The kinds that the content alone gives away, with the words that do."""
    found = posting(text, name)
    return {s.kind.value: found.document.text(s.body) for s in found.sections if s.implied}


MARKDOWN = """\
# Ferry engineer

## What you'll do

Keep the engines running.

- Inspect pumps
- Repair valves

## Requirements

A certificate.

### Nice to have

- Welding

## Salary and location

£34,000, Oban.
"""


def test_a_section_lasts_until_the_next_heading():
    assert outline(MARKDOWN) == [
        (
            "responsibilities",
            "What you'll do",
            "Keep the engines running.\n\nInspect pumps\n\nRepair valves",
        ),
        ("requirements", "Requirements", "A certificate."),
        ("nice-to-have", "Nice to have", "Welding"),
        ("pay + location", "Salary and location", "£34,000, Oban."),
    ]


def test_blocks_of_a_section_are_those_of_its_body():
    found = posting(MARKDOWN)
    first = found.sections[0]
    assert [found.document.text(found.document.blocks[b].span) for b in first.blocks] == [
        "Keep the engines running.", "Inspect pumps", "Repair valves",
    ]  # fmt: skip


def test_a_subheading_that_says_nothing_goes_on_with_its_parent():
    text = "## Responsibilities\n\nLead.\n\n### Pumps and valves\n\nRepair them.\n\n## Pay\n\n£1.\n"
    assert [k for k, *_ in outline(text)] == ["responsibilities", "pay"]
    assert outline(text)[0][2].endswith("Repair them.")


def test_inside_duties_only_a_known_wording_begins_something_new():
    text = (
        "## Responsibilities\n\n### Application and platform development\n\nBuild it.\n\n"
        "### Benefits\n\nA pension.\n"
    )
    assert [k for k, *_ in outline(text)] == ["responsibilities", "benefits"]


def test_an_unknown_heading_of_the_same_rank_ends_a_section():
    text = "## Salary\n\n£30,000 a year.\n\n## The island\n\nIt is green.\n"
    assert [(k, h) for k, h, _ in outline(text)] == [("pay", "Salary"), ("other", "The island")]


def test_after_a_deeper_section_its_parent_goes_on():
    text = (
        "## Person specification\n\n### Leading\n\n#### Desirable\n\n- Humour\n\n"
        "### Managing money\n\n- Thrift\n"
    )
    found = outline(text)
    assert found[1][:2] == ("nice-to-have", "Desirable")
    assert found[2] == ("requirements", "Managing money", "Thrift")


@pytest.mark.parametrize(
    ("items", "kind"),
    [
        ("- Be patient\n- Have a licence", "requirements"),
        ("- Steer the ship\n- Sound the horn", "responsibilities"),
    ],
)
def test_some_headings_are_decided_by_their_items(items, kind):
    assert outline(f"## The ideal candidate will:\n\n{items}\n")[0][0] == kind


def test_bold_lines_capitals_and_colons_are_headings():
    text = (
        "**What you'll do**\n\nSteer.\n\nREQUIREMENTS\n\nA licence.\n\n"
        "What we offer:\n\n- A cabin\n"
    )
    assert [k for k, *_ in outline(text)] == ["responsibilities", "requirements", "benefits"]


def test_a_bold_sentence_is_text():
    text = (
        "**We pay a salary of £30,000 a year to everybody who works on our ships and ferries.**\n"
    )
    assert outline(text) == []
    assert "pay" in implied(text)


def test_labels_hold_a_value_on_their_line():
    text = "Location: Oban\nSalary: £34,000 a year\nClosing date: 3 May\n\nYou will steer.\n"
    assert outline(text, "posting.txt") == [
        ("location", "Location", "Oban"),
        ("pay", "Salary", "£34,000 a year"),
        ("closing-date", "Closing date", "3 May"),
    ]


def test_bold_labels_and_list_items_hold_values_too():
    text = "- **Location:** Oban\n- **Hours**: 37 a week\n"
    assert [(k, b) for k, _, b in outline(text)] == [
        ("location", "Oban"),
        ("working-pattern", "37 a week"),
    ]


def test_labels_between_bars():
    text = "Location: Oban | Salary: £34,000 a year\n\nYou will steer.\n"
    assert [k for k, *_ in outline(text, "posting.txt")] == ["location", "pay"]


def test_items_of_a_list_have_labels_of_their_own():
    text = "## Requirements\n\n- Languages: Gaelic\n- Communication: you listen\n- Interviews: hold them\n"
    assert [k for k, *_ in outline(text)] == ["requirements"]


def test_a_label_does_not_end_the_section_around_it():
    text = "## About us\n\nWe sail.\n\nLocation: Oban\n\nWe sail far.\n"
    assert outline(text)[0] == (
        "about-company",
        "About us",
        "We sail.\n\nLocation: Oban\n\nWe sail far.",
    )


def test_a_long_value_goes_on_below():
    text = "**About us:** We have sailed between the islands for a hundred years.\n\nWe like it.\n"
    assert outline(text)[0][2].endswith("We like it.")


def test_rows_of_a_table_are_labels_and_values():
    text = "| Job title | Mate |\n|---|---|\n| Location | Oban |\n| Salary | £30,000 a year |\n"
    found = {k: b for k, _, b in outline(text)}
    assert found["location"] == "Oban"
    assert found["pay"] == "£30,000 a year"


def test_bare_lines_count_by_their_wording_alone():
    text = "Ferry engineer\n\nResponsibilities\n\nInspect pumps.\n\nStrong pump skills\n\nWe have pumps.\n"
    assert [(k, h) for k, h, _ in outline(text, "posting.txt")] == [
        ("responsibilities", "Responsibilities")
    ]


def test_a_menu_is_no_outline():
    text = "Home\n\nBenefits\n\nAbout us\n\nOur team\n\nHow to apply\n\nLocations\n"
    assert outline(text, "posting.txt") == []


def test_labels_and_values_in_turn():
    text = "Mate\n\nGrade\n\nBand 5\n\nContract\n\nPermanent\n\nTown\n\nLeeds\n\nSalary\n\n£30,000 a year\n"
    assert [(k, b) for k, _, b in outline(text, "posting.txt")] == [
        ("pay", "Band 5"),
        ("working-pattern", "Permanent"),
        ("location", "Leeds"),
        ("pay", "£30,000 a year"),
    ]


ONE_LINE = (
    "We are a growing logistics company based in Hull. We are looking for a supervisor to join our "
    "night shift teamResponsibilitiesLead 12 pickers. Check stock.RequirementsA forklift licence and "
    "two years in a warehouse.BenefitsFree parking. The salary is £31,000 a year. To apply, send "
    "your CV to us by 12 June. We are an equal opportunities employer. If you need a reasonable "
    "adjustment, tell us."
)


def test_headings_glued_to_the_words_around_them():
    found = outline(ONE_LINE, "posting.txt")
    assert [(k, h) for k, h, _ in found] == [
        ("responsibilities", "Responsibilities"),
        ("requirements", "Requirements"),
        ("benefits", "Benefits"),
    ]
    assert found[0][2] == "Lead 12 pickers. Check stock."


def test_cues_work_inside_one_long_line():
    assert {
        "about-company", "about-role", "location", "pay", "how-to-apply", "closing-date",
        "equal-opportunity", "adjustments",
    } <= kinds(ONE_LINE, "posting.txt")  # fmt: skip


CUES = {
    "pay": "The salary range is £30,000 to £34,000.",
    "benefits": "You get 28 days of paid holiday and a pension scheme.",
    "location": "You will be based in Oban.",
    "working-pattern": "This is a full-time, permanent position.",
    "how-to-apply": "To apply, send your CV to the harbour office.",
    "closing-date": "Applications must be received by 3 May.",
    "equal-opportunity": "We are an equal opportunity employer.",
    "adjustments": "Tell us if you need a reasonable adjustment.",
    "right-to-work": "You must have the right to work in the UK.",
    "privacy": "Our privacy notice says what we do with applications.",
    "team": "You will report to the harbour master.",
    "about-company": "Tidewater is a ferry company with four ships.",
    "about-role": "We are looking for a mate for the summer.",
    "requirements": "You must have a licence.",
    "nice-to-have": "Knowledge of Gaelic is a plus.",
    "responsibilities": "You will be responsible for the engines.",
}


@pytest.mark.parametrize(("kind", "sentence"), CUES.items())
def test_content_gives_its_kind_away(kind, sentence):
    text = f"# Mate\n\nThe sea is wide. {sentence} The sea is deep.\n"
    whole = kind in ("equal-opportunity", "adjustments")
    expected = f"The sea is wide. {sentence} The sea is deep." if whole else sentence
    assert implied(text)[kind] == expected


FALSE_FRIENDS = [
    ("pay", "Pay attention to detail."),
    ("pay", "We raised $5m in our seed round."),
    ("pay", "You run payroll for 300 people."),
    ("location", "You will build remote sensing software on a hybrid cloud."),
    ("location", "Decisions are based on evidence."),
    ("how-to-apply", "You apply best practices and know how to apply statistical methods."),
    ("how-to-apply", "You interview users."),
    ("closing-date", "You prepare the month-end close and meet tight deadlines."),
    ("equal-opportunity", "Our software detects price discrimination."),
    ("equal-opportunity", "You look after a diverse portfolio."),
    ("adjustments", "You book hotel accommodation and make payroll adjustments."),
    ("team", "You report to stakeholders."),
    ("right-to-work", "You know Visa Inc and citizen services."),
    ("benefits", "We are a health insurance company."),
    ("nice-to-have", "You know our competitive advantage and manage assets."),
    ("requirements", "Our ability to sail depends on the wind."),
]


@pytest.mark.parametrize(("kind", "sentence"), FALSE_FRIENDS)
def test_false_friends_do_not(kind, sentence):
    assert kind not in implied(f"# Mate\n\nThe sea is wide. {sentence} The sea is deep.\n")


def test_items_of_duties_do_not_say_how_to_apply():
    text = "## Responsibilities\n\n- Send a cover letter with every invoice\n- Discriminate against no one\n"
    assert kinds(text) == {"responsibilities"}


def test_verbs_at_the_head_of_items_are_duties():
    text = "# Mate\n\nHello.\n\n- Steer the ship\n- Maintain the log\n- Train the crew\n- Report damage\n"
    assert implied(text)["responsibilities"].startswith("Steer the ship")


def test_an_equal_opportunity_statement_says_nothing_else():
    text = (
        "# Mate\n\nWe welcome applicants regardless of race, citizenship or family status. Our "
        "mission is to be fair. You must have the courage to apply.\n"
    )
    assert set(implied(text)) == {"equal-opportunity"}


def test_statements_are_found_even_where_another_has_a_heading():
    text = "## Diversity\n\nWe like it.\n\n## About us\n\nWe do not discriminate.\n"
    assert implied(text) == {"equal-opportunity": "We do not discriminate."}


def test_fields_beside_the_text_count():
    text = "---\ntitle: Mate\nlocation: Oban\ntype: Contract\nclose_date: 2026-05-03\nlayout: job\n---\n\nHello.\n"
    found = {s.field: s.kind.value for s in posting(text).sections if s.field}
    assert found == {
        "location": "location",
        "type": "working-pattern",
        "close_date": "closing-date",
    }


def test_empty_fields_and_fields_of_many_meanings_do_not():
    assert kinds("---\ntitle: Mate\nsalary:\ntype: page\n---\n\nHello.\n") == set()


def test_the_innermost_section_is_found_by_offset():
    found = posting("## About us\n\nWe sail. We do not discriminate. We sail far.\n\nWe rest.\n")
    plain = found.document.plain
    assert found.section_at(plain.index("discriminate")).kind is SectionKind.EQUAL_OPPORTUNITY
    assert found.section_at(plain.index("rest")).kind is SectionKind.ABOUT_COMPANY
    assert found.section_at(plain.index("About")).kind is SectionKind.ABOUT_COMPANY
    assert posting("Hello.").section_at(0) is None


def wishes(text):
    found = posting(text)
    return [found.document.text(found.document.blocks[b].span) for b in nice_to_have_blocks(found)]


def test_wishes_and_demands_are_told_apart():
    text = (
        "## Requirements\n\n- A licence\n- Gaelic is a plus\n- Preferably with a beard\n"
        "- Diploma required, degree preferred\n- Radio skills, but not required\n"
        "- Knowledge of our preferred suppliers\n\n### Desirable\n\n- Humour\n"
    )
    assert wishes(text) == [
        "Gaelic is a plus", "Preferably with a beard", "Radio skills, but not required", "Humour",
    ]  # fmt: skip


def test_is_wish():
    assert is_wish(["a", "degree", "would", "be", "an", "advantage"])
    assert not is_wish(["a", "degree", "is", "required"])


def title(text, name="posting.md"):
    return posting(text, name).title_text


TITLES = {
    "# Senior mate\n\n## About us\n\nWe sail.\n": "Senior mate",
    "## About us\n\nWe sail.\n\n## Ferry engineer\n\nHello.\n": "Ferry engineer",
    "Job title: Ferry engineer\n\nSalary: £1\n": "Ferry engineer",
    "---\ntitle: Ferry engineer\n---\n\n## About us\n\nWe sail.\n": "Ferry engineer",
    "# Developer | Careers at QuestDB\n\nHello.\n": "Developer",
    "# Developer - Jobs at QuestDB\n\nHello.\n": "Developer",
    "# Developer, payments | Back end engineer\n\nHello.\n": "Developer, payments | Back end engineer",
    "# About us\n\nWe sail.\n": "",
    "# [Department logo]\n\nHello.\n": "",
}


@pytest.mark.parametrize(("text", "expected"), TITLES.items())
def test_the_title(text, expected):
    assert title(text) == expected


def test_the_first_line_of_a_text_is_its_title():
    assert (
        title("Ferry engineer (Oban)\n\nYou will steer.\n", "posting.txt")
        == "Ferry engineer (Oban)"
    )
    assert title("We sail far, and you will too.\n\nCome.\n", "posting.txt") == ""


def test_a_heading_that_repeats_the_title_describes_the_role():
    text = "# Team Lead\n\n## Team Lead\n\nYou lead.\n"
    assert [(k, h) for k, h, _ in outline(text)] == [("about-role", "Team Lead")]


CARD = RequiredSectionCard(
    id="JD399", name="test", severity="note", since="0.1", summary="", message="{section}",
    why="", evidence="style", examples=Examples(bad=[Example()], good=[Example()]),
    any_of=[SectionKind.PAY], minimum_words=30,
)  # fmt: skip
CONTEXT = Context(date(2026, 1, 1))


def missing(text, card=CARD, name="posting.md"):
    return list(required.build([card]).hits(posting(text, name), CONTEXT))


def test_a_missing_section_is_a_matter_of_the_whole_posting():
    [hit] = missing("# Mate\n\n" + "The sea is wide and deep. " * 6)
    assert (hit.rule, hit.values) == ("JD399", {"section": "pay"})
    assert hit.span is None


def test_nothing_is_missing_from_what_tells_too_little():
    assert missing("# Mate\n\nThe sea is wide.\n") == []


def test_three_headings_tell_enough():
    assert (
        len(missing("# Mate\n\n## About us\n\nA.\n\n## Duties\n\nB.\n\n## Requirements\n\nC.\n"))
        == 1
    )


@pytest.mark.parametrize(
    "there",
    [
        "## Salary\n\nAsk us.",
        "Pay: £9 an hour",
        "You earn £30,000 a year.",
        "A competitive salary.",
    ],
)
def test_a_section_is_there_by_heading_label_or_content(there):
    assert missing("# Mate\n\n" + "The sea is wide and deep. " * 6 + "\n\n" + there + "\n") == []


def test_any_of_several_kinds_will_do():
    card = msgspec.structs.replace(CARD, any_of=[SectionKind.PAY, SectionKind.BENEFITS])
    assert (
        missing("# Mate\n\n" + "The sea is wide. " * 9 + "\n\n## Benefits\n\nA cabin.\n", card)
        == []
    )


def test_what_a_bare_posting_is_told():
    text = "Ferry engineer\n\n" + "\n\n".join(
        f"Ferry engineer: {heading}\n\n  • Inspect pumps every day\n  • Repair valves at sea"
        for heading in (
            "Duties and responsibilities",
            "Requirements and qualifications",
            "Job profile",
        )
    )
    names = {f.name for f in lint(text, "posting.txt") if f.name.startswith("missing-")}
    assert {
        "missing-pay", "missing-location", "missing-benefits", "missing-how-to-apply",
        "missing-closing-date", "missing-equal-opportunity",
    } <= names  # fmt: skip
    assert not names & {"missing-title", "missing-responsibilities", "missing-requirements"}


PIECES = st.sampled_from(
    ["# Mate\n", "## Pay\n", "**About you**\n", "REQUIREMENTS\n", "Location: ", "- ", "a plus\n",
     "we do not discriminate. ", "teamBenefitsA ", "\n\n", "| Salary | £1 |\n|---|---|\n", "\u2022 ",
     "apply by 3 May ", "<p>", "---\ntitle: x\n---\n", "Plus\n", "£30k ", "based in ", " | "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join),
    st.sampled_from(["md", "txt"]),
)
def test_sections_of_any_text_keep_in_order_and_in_bounds(text, ending):
    documents = read_bytes(text.encode(), f"posting.{ending}", ReadOptions()).documents
    for found in map(understand, documents):
        prove(found)


def prove(found):
    length, blocks = len(found.document.plain), len(found.document.blocks)
    starts = [(s.heading or s.body).start for s in found.sections]
    assert starts == sorted(starts)
    for section in found.sections:
        assert section.kinds
        assert 0 <= section.body.start <= section.body.end <= length
        assert all(0 <= block < blocks for block in section.blocks)
        assert 0 < section.confidence <= 1
        if section.heading:
            assert section.heading.end <= section.body.end
    for offset in range(0, length, 7):
        section = found.section_at(offset)
        holding = [s for s in found.sections if _reaches(s, offset)]
        assert (section is None) == (not holding)
        assert section is None or _reaches(section, offset)


def _reaches(section, offset):
    spans = [section.body, *([section.heading] if section.heading else [])]
    return any(span.start <= offset < span.end for span in spans)


@pytest.mark.parametrize(
    "unit",
    ["a: ", "Location: Leeds\n", "teamResponsibilitiesLead ", "we pay for pay ", "Salary\n",
     "remote sensing remote work ", "a | ", "Apply by 3 May. ", "regardless of race. ", "(("],
)  # fmt: skip
def test_evil_repetition_is_understood_without_a_hang(unit):
    document = read_bytes((unit * 20_000).encode(), "posting.txt", ReadOptions()).documents[0]
    understand(document)


@pytest.mark.parametrize(
    ("include", "kind"),
    [
        ("{% include jobs_apply_button.html %}", "how-to-apply"),
        ("<%= render 'jobs_benefits' %>", "benefits"),
        ("{{> equal_opportunity_statement }}", "equal-opportunity"),
        ("<CareerEmailUs />", "how-to-apply"),
        ("{% include header.html %}", None),
    ],
)
def test_an_include_that_stands_alone_tells_by_its_name_what_it_brings(include, kind):
    name = "posting.mdx" if "/>" in include else "posting.md"
    told = required.kinds_of(posting(f"{MARKDOWN}\n\n{include}\n", name))
    assert told - required.kinds_of(posting(MARKDOWN, name)) == ({kind} if kind else set())
