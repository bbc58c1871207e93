"""Sections of a posting, its title, and what is missing from it."""

import io
from datetime import date

import docx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.checks import sections as required
from jdlint.checks.card import RequiredSectionCard
from jdlint.checks.example import Example, Examples
from jdlint.checks.protocol import Context
from jdlint.model import SectionKind
from jdlint.posting import understand
from jdlint.posting.cues import is_wish
from jdlint.posting.model import Posting
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


RUN_ON = (
    "Mate Job Description Summary: We sail between the islands and look for a mate for the night "
    "ferry. Responsibilities: Steers the ship. Keeps the log. Qualifications: A certificate and "
    "two years at sea. Pay Range: $25 - $30 per hour. Location: Tampa, FL. Note: the sea is rough."
)


def test_a_posting_that_lost_its_line_ends_is_cut_at_its_labels():
    text = RUN_ON.replace("Mate", "Ferry engineer")
    found = posting(text, "posting.txt")
    assert found.title_text == "Ferry engineer"
    assert outline(text, "posting.txt") == [
        ("responsibilities", "Responsibilities", "Steers the ship. Keeps the log."),
        ("requirements", "Qualifications", "A certificate and two years at sea."),
        ("pay", "Pay Range", "$25 - $30 per hour."),
        ("location", "Location", "Tampa, FL. Note: the sea is rough."),
    ]


def test_a_paragraph_with_one_or_two_labels_is_left_whole():
    text = "Mate\n\n" + "We sail between the islands and keep the log in order. " * 4
    text += "Requirements: none. We pay well: come. Our home is the sea: the sea is rough."
    assert outline(text, "posting.txt") == []


@pytest.mark.parametrize("bold", ["**", ""])
def test_an_emoji_before_a_heading_makes_it_no_item(bold):
    text = (
        f"# Mate\n\n🎯 {bold}What you'll do{bold}\n\n✅ Steer the ship\n✅ Keep the log\n\n"
        f"💡 {bold}What we're looking for{bold}\n\n⭐ A certificate\n⭐ A dog\n"
    )
    assert [(kind, body) for kind, _, body in outline(text)] == [
        ("responsibilities", "Steer the ship\n✅ Keep the log"),
        ("requirements", "A certificate\n⭐ A dog"),
    ]


def test_items_that_begin_with_an_emoji_and_bold_words_stay_items():
    text = "# Mate\n\n## Benefits\n\n🌴 **28 days off**\n\n💻 **A laptop**\n\n🚢 **Free travel**\n"
    assert [k for k, _, _ in outline(text)] == ["benefits"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Location / Lieu", "location"), ("Duties / Responsabilités", "responsibilities"),
     ("Salary / Benefits", "pay + benefits")],
)  # fmt: skip
def test_a_heading_in_two_languages_or_halves(heading, kind):
    assert outline(f"# Mate\n\n## {heading}\n\nOban and the sea\n")[0][0] == kind


def test_the_part_of_a_posting_that_is_in_another_language_is_set_aside():
    text = (
        "# Mate / Second\n\n## English\n\nWe are looking for a mate with a certificate to join us "
        "in Oban. You will steer the ship and keep the log.\n\n### Requirements\n\n- A dog\n\n"
        "## Français\n\nNous cherchons une personne pour notre navire dans les îles. Vous serez sur "
        "le pont avec nous et vous tiendrez le journal de bord.\n\n### Exigences\n\n- Un chien\n"
    )
    found = posting(text)
    assert found.language == "en"
    aside = [found.document.text(b.span) for b in found.document.blocks if b.kind == "furniture"]
    assert aside[0].startswith("Nous cherchons") and aside[1:] == ["Exigences", "Un chien"]
    assert not {f.rule for f in lint(text)} & {"JD910"}


@pytest.mark.parametrize("words", ["About Acme", "Why Acme", "Life at Acme"])
def test_a_first_line_about_the_company_is_no_title(words):
    assert title(f"<p><strong>{words}</strong></p><p>We sail far.</p>", "posting.html") == ""
    assert title(f"{words}\n\nWe sail far.\n", "posting.txt") == ""


def test_an_item_that_only_says_desirable_divides_its_list():
    text = "## Person specification\n\n- A certificate\n- Desirable\n- Gaelic\n- A dog\n"
    assert [(k, b) for k, _, b in outline(text)] == [
        ("requirements", "A certificate"), ("nice-to-have", "Gaelic\n\nA dog"),
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_an_emoji_may_stand_before_a_label(ending):
    text = "Mate wanted!\n\n📍 Where: Oban (hybrid)\n💷 Pay: £27,000\n🕘 Hours: 35 a week\n"
    assert [(k, h, b) for k, h, b in outline(text, f"posting.{ending}")] == [
        ("location", "Where", "Oban (hybrid)"),
        ("pay", "Pay", "£27,000"),
        ("working-pattern", "Hours", "35 a week"),
    ]


def test_a_row_may_hold_two_labels_with_their_values():
    text = "| Location | Oban | Salary | £30,000 |\n|---|---|---|---|\n| Hours | 37 | Grade | 5 |\n"
    assert [(k, h, b) for k, h, b in outline(text)] == [
        ("location", "Location", "Oban"),
        ("pay", "Salary", "£30,000"),
        ("working-pattern", "Hours", "37"),
        ("pay", "Grade", "5"),
    ]


def test_a_small_table_may_have_its_labels_in_the_first_row():
    text = "| Location | Salary | Hours |\n|---|---|---|\n| Oban | £30,000 | 37 |\n"
    assert [(k, b) for k, _, b in outline(text)] == [
        ("location", "Oban"), ("pay", "£30,000"), ("working-pattern", "37"),
    ]  # fmt: skip


def by_kind(text, name="posting.md"):
    """The texts of the blocks in each section by its kind."""
    found = text if isinstance(text, Posting) else posting(text, name)
    told = {}
    for section in found.sections:
        texts = [found.document.text(found.document.blocks[n].span) for n in section.blocks]
        told.setdefault(section.kind.value, []).extend(texts)
    return told


NEEDS = {"requirements": ["A certificate", "Ten years at sea"], "nice-to-have": ["Gaelic", "A dog"]}

CRITERIA = {
    "columns of Markdown": """
| Criteria | Essential | Desirable |
|---|---|---|
| Training | A certificate | Gaelic |
| Experience | Ten years at sea | A dog |
""",
    "columns with other headers": """
| | Must have | Nice to have | How we assess it |
|---|---|---|---|
| Training | A certificate | Gaelic | Application |
| Experience | Ten years at sea | A dog | Interview |
""",
    "marks in a column": """
| Criterion | E/D | Assessed by |
|---|---|---|
| A certificate | E | Interview |
| Gaelic | D | Interview |
| Ten years at sea | E | CV |
| A dog | D | CV |
""",
    "words for marks": """
| Essential | A certificate |
|---|---|
| Essential | Ten years at sea |
| Desirable | Gaelic |
| Desirable | A dog |
""",
    "ticks": """
| Criteria | Essential | Desirable |
|---|---|---|
| A certificate | ✓ | |
| Gaelic | | ✓ |
| Ten years at sea | X | |
| A dog | | X |
""",
    "headings over several columns": """
| Essential | |
|---|---|
| A certificate | Ten years at sea |
| Desirable | |
| Gaelic | A dog |
""",
    "HTML": """
<table><tr><th>Criteria<th>Essential criteria<th>Desirable criteria</tr>
<tr><td>Training<td>A certificate<td>Gaelic</tr>
<tr><td>Experience<td>Ten years at sea<td>A dog</tr></table>
""",
    "HTML with lists and headings in its cells": """
<table><tr><td><h3>Essential</h3><td><h3>Desirable</h3></tr>
<tr><td><ul><li>A certificate<li>Ten years at sea</ul><td><ul><li>Gaelic<li>A dog</ul></tr></table>
""",
}


@pytest.mark.parametrize("table", CRITERIA.values(), ids=CRITERIA.keys())
def test_a_person_specification_parts_needs_from_wishes(table):
    told = by_kind(f"# Mate\n\n## Duties\n\nYou will steer.\n\n{table}\n")
    assert {k: told[k] for k in NEEDS} == NEEDS
    assert told["responsibilities"][0] == "You will steer."


def test_a_person_specification_in_a_word_file():
    made = docx.Document()
    made.add_heading("Mate", 1)
    made.add_heading("Person specification", 2)
    table = made.add_table(3, 3)
    cells = [
        *("", "Essential", "Desirable"),
        *("Training", "A certificate", "Gaelic"),
        *("Experience", "Ten years at sea", "A dog"),
    ]
    for number, text in enumerate(cells):
        table.cell(number // 3, number % 3).text = text
    saved = io.BytesIO()
    made.save(saved)
    (document,) = read_bytes(saved.getvalue(), "mate.docx", ReadOptions()).documents
    found = understand(document)
    told = by_kind(found)
    assert told["nice-to-have"] == NEEDS["nice-to-have"]
    assert told["requirements"] == ["Training", "Experience", *NEEDS["requirements"]]
    wished = [document.text(document.blocks[n].span) for n in nice_to_have_blocks(found)]
    assert wished == NEEDS["nice-to-have"]


def test_each_cell_of_a_person_specification_lies_in_the_section_of_its_column():
    found = posting("# Mate\n\n## Person specification\n" + CRITERIA["columns of Markdown"])
    kinds_at = {w: found.section_at(found.document.plain.index(w)).kind.value for w in
                ("Training", "A certificate", "Gaelic", "Ten years", "A dog")}  # fmt: skip
    assert kinds_at == {
        "Training": "requirements", "A certificate": "requirements", "Gaelic": "nice-to-have",
        "Ten years": "requirements", "A dog": "nice-to-have",
    }  # fmt: skip


def test_other_tables_are_no_person_specification():
    text = "| Day | Start | End |\n|---|---|---|\n| Monday | 9 | 5 |\n| Friday | 9 | 1 |\n"
    assert outline(f"# Mate\n\n## Working hours\n\n{text}") == [
        (
            "working-pattern",
            "Working hours",
            "Day\n\nStart\n\nEnd\n\nMonday\n\n9\n\n5\n\nFriday\n\n9\n\n1",
        )
    ]


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


def test_a_heading_among_duties_may_say_how_to_apply():
    duties = "# Cook\n\n## Duties\n\n### You cook\n\nLunch.\n\n"
    way = "If you would like to apply, please email jobs@example.org"
    assert implied(f"{duties}### {way}\n")["how-to-apply"].startswith("If you would like to apply")
    assert "how-to-apply" not in kinds(f"{duties}### Apply design methods to our menus\n\nOften.\n")


def test_a_colon_after_a_duty_begins_no_section():
    text = "**Duties**\n\n- You cook\n\nConsult with agency staff, including:\n\n- Chefs\n"
    assert [kind for kind, *_ in outline(text)] == ["responsibilities"]


def test_a_value_that_ends_a_list_is_left_by_what_follows_it():
    text = (
        "## Person specification\n\n- Tidy\n\n**How to apply**\n\nWrite to us.\n\n"
        "**Late applications will not be read**\n\nNo excuse.\n"
    )
    assert [kind for kind, *_ in outline(text)] == ["requirements", "how-to-apply", "how-to-apply"]


def test_a_bold_label_goes_before_a_dash_further_on():
    text = "**Security clearance** Public Trust - investigation required\n"
    assert outline(text) == [
        ("right-to-work", "Security clearance", "Public Trust - investigation required")
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Cook\n\nYou cook.\n\n## Process\n\nWrite to mo@example.org.\n", "posting.md"),
        ("# Cook\n\nYou cook. Ring Mo on 01632 960123.\n", "posting.md"),
        ("# Cook\n\nYou cook. Pop in with your CV.\n", "posting.md"),
        ("# Cook\n\nYou cook.\n\n**Fancy it?** See you at the mill.\n", "posting.md"),
        ("<h1>Cook</h1><p>You cook.</p><p><a href=/a>Apply</a></p>", "posting.html"),
        ("Cook\nEasy Apply\n\nYou cook lunch for sixty people.\n", "posting.txt"),
    ],
)
def test_ways_to_apply_without_the_word_or_with_nothing_else(text, name):
    assert "how-to-apply" in kinds(text, name)


@pytest.mark.parametrize(
    "text",
    [
        "# Cook\n\nYou cook.\n\n## Adjustments\n\nWrite to mo@example.org.\n",
        "# Cook\n\nYou cook. Our farm: farm@example.org.\n",
        "# Cook\n\nYou cook and write to suppliers.\n",
    ],
)
def test_an_address_for_something_else_is_no_way_to_apply(text):
    assert "how-to-apply" not in kinds(text)


def test_a_date_for_applying_is_a_closing_date_without_the_words():
    text = "# Cook\n\nYou cook. Send us a CV and a menu by 9am, Monday 7 December 2026.\n"
    assert "closing-date" in kinds(text)


def test_entries_of_a_table_of_contents_head_nothing():
    text = (
        "Applicant pack\n\n**Contents**\n\nPerson Specification\n\nRole context\n\nHow to Apply 7\n\n"
        "**Person Specification**\n\nTidy.\n\n**How to Apply**\n\nWrite to us.\n"
    )
    found = [(kind, body) for kind, _, body in outline(text) if kind != "other"]
    assert found == [("requirements", "Tidy."), ("how-to-apply", "Write to us.")]


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
    "We are hiring!\n\n📌 Role: Ferry engineer\n📍 Where: Oban\n": "Ferry engineer",
    "# Ferry engineer (night boat)\n\nPost: Ferry engineer\n\nPay: £1\n": "Ferry engineer (night boat)",
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


@pytest.mark.parametrize(
    ("heading", "at"),
    [
        ("Staff nurse (ward 4)", 1),
        ("Healthcare assistant", 1),
        ("Join our team", 0),
        ("About us", 0),
    ],
)
def test_the_heading_of_a_page_is_its_title_if_it_names_the_role_in_other_words(heading, at):
    script = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Nurse"}</script>'
    text = f"{script}<h1>{heading}</h1><p>{'You will care for people on our wards. ' * 10}</p>"
    found = posting(text, "posting.html")
    assert found.title_text == ("Nurse", heading)[at]
    assert (found.title is not None) == bool(at)


def test_a_sentence_that_speaks_of_people_is_a_lesser_title_than_the_name_of_a_role():
    text = "# Happy engineers keep ships afloat\n\nWe sail.\n\n## Ferry engineer (Oban)\n\nCome.\n"
    assert title(text) == "Ferry engineer (Oban)"
    assert title(text.replace("engineer (", "life (")) == "Happy engineers keep ships afloat"


def test_the_role_below_the_name_of_an_employer_is_the_title():
    found = posting(
        "CITY OF ALDER FALLS\nEQUIPMENT OPERATOR II\n\nYou drive a plow.\n", "posting.txt"
    )
    assert found.title_text == "EQUIPMENT OPERATOR II"
    found = posting(
        "FERRY SKIPPER WANTED\nPIER MANAGER\u2019S OFFICE\n\nYou sail.\n", "posting.txt"
    )
    assert found.title_text == "FERRY SKIPPER WANTED"


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


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("State your salary expectations in your letter.", "pay", False),
        ("The salary is negotiable.", "pay", True),
        ("Free on-site parking.", "location", False),
        ("You will work on site.", "location", True),
        ("We close on 3 May.", "closing-date", True),
        ("Email Priya with a short CV.", "how-to-apply", True),
        ("We offer accommodation to applicants with disabilities.", "adjustments", True),
        ("We are committed to an inclusive workplace.", "equal-opportunity", True),
    ],
)
def test_what_a_sentence_gives_away(text, kind, told):
    assert (kind in implied(f"# Mate\n\n{text}\n")) == told


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
     "apply by 3 May ", "<p>", "---\ntitle: x\n---\n", "Plus\n", "£30k ", "based in ", " | ",
     "\n| Essential | Desirable |\n|---|---|\n", "| a ship | a dog |\n", "| a cat | D |\n", "| E | b |\n"]
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
        holding = [s for s in found.sections if _reaches(found, s, offset)]
        assert (section is None) == (not holding)
        assert section is None or _reaches(found, section, offset)


def _reaches(found, section, offset):
    cells = [found.document.blocks[n].span for n in section.blocks]
    spans = cells if section.column else [section.body]
    spans = [*spans, *([section.heading] if section.heading else [])]
    return any(span.start <= offset < span.end for span in spans)


@pytest.mark.parametrize(
    "unit",
    ["a: ", "Location: Leeds\n", "teamResponsibilitiesLead ", "we pay for pay ", "Salary\n",
     "remote sensing remote work ", "a | ", "our team in Leeds ", "x. Pay: ", "Apply by 3 May. ", "regardless of race. ", "(("],
)  # fmt: skip
def test_evil_repetition_is_understood_without_a_hang(unit):
    document = read_bytes((unit * 20_000).encode(), "posting.txt", ReadOptions()).documents[0]
    understand(document)


@pytest.mark.parametrize(
    "row",
    ["<tr><td>Essential<td>Desirable", "<tr><td colspan=999><td>E", "<tr><td>a<td>D", "<td>E"],
)
def test_evil_tables_are_understood_without_a_hang(row):
    content = ("<table>" + row * 5_000).encode()
    understand(read_bytes(content, "posting.html", ReadOptions()).documents[0])


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


@pytest.mark.parametrize("heading", ["Quality assurance", "Destination", "Agility", "Instructors"])
def test_a_word_of_english_is_not_taken_for_a_misspelling(heading):
    assert outline(f"# Cook\n\n## {heading}\n\nText.\n") == [("other", heading, "Text.")]


def test_a_demand_for_characteristics_is_no_equal_opportunity_statement():
    demand = "Applicants must state age, religion and marital status."
    assert "equal-opportunity" not in implied(f"{MARKDOWN}\n\n{demand}\n")
    promise = "We hire applicants whatever their age, religion or marital status."
    assert "equal-opportunity" in implied(f"{MARKDOWN}\n\n{promise}\n")
