"""Acronyms without an explanation, stacked nouns, and nouns that hide verbs."""

import pytest

from jdlint import store
from tests.lint import lint


def found(rule, text, name="posting.md", **given):
    return [f.matched for f in lint(text, name, select=[rule], **given)]


def acronyms(body, title="Officer"):
    return found("unexplained-acronym", f"# {title}\n\n{body}\n")


class TestAcronyms:
    def test_the_first_use_is_reported_once(self):
        findings = lint(
            "# Officer\n\nYou prepare papers for the QRPB. The QRPBs meet, and the QRPB's chair "
            "writes.\n",
            select=["unexplained-acronym"],
        )
        assert [(f.matched, f.line, f.column) for f in findings] == [("QRPB", 3, 28)]

    @pytest.mark.parametrize(
        "body",
        [
            "You sit on the Quality and Risk Programme Board (QRPB). The QRPB meets.",
            "You sit on the QRPB (Quality and Risk Programme Board).",
            "Our quality and risk programme board meets. The QRPB meets.",
            "The QRPB meets. Our Quality & Risk Programme Board meets.",
            'You sit on the "Board for Papers" ("QRPB"), and the QRPB meets.',
        ],
    )
    def test_an_explained_one_is_fine(self, body):
        assert acronyms(body) == []

    @pytest.mark.parametrize(
        "body",
        [
            "You write HTML and SQL for the NHS in the UK, have a BSc or a PhD, and know GDPR.",
            "The KPIs go to the CEO and the CFO's team.",
            "You start at GS-13, with COVID-19 rules and a TQX-7 pump.",
            "You MUST NOT BE late, and ONLY then is it OK.",
            "Part VIII of the handbook is yours.",
            "You use Apache QTZX and tools such as QZXT.",
            "You use Jenkins, QTZX and Bash, or Nagios and QZXT.",
            "See https://qtzx.example/jobs and write to QTZX.",
            "THE QTZX IS HERE.",
            "`QTZX` is the code.",
        ],
    )
    def test_names_grades_and_what_everybody_knows_are_fine(self, body):
        assert acronyms(body) == []

    def test_a_word_of_the_title_or_of_a_field_is_a_name(self):
        assert acronyms("You work for the QTZX.", title="QTZX officer") == []
        text = "---\ncompany: QTZX Ltd\n---\n# Officer\n\nYou work for the QTZX.\n"
        assert found("unexplained-acronym", text) == []

    def test_requirements_are_left_alone(self):
        assert acronyms("## Requirements\n\n- Experience of QTZX testing") == []

    def test_the_table_holds_capitals_only_and_each_once(self):
        names = [name for group in store.table("acronyms").values() for name in group]
        assert len(names) == len(set(names)) >= 500
        assert all(n.isalpha() and n.isupper() and n.isascii() for n in names)


class TestStacks:
    @pytest.mark.parametrize(
        ("body", "stack"),
        [
            (
                "You own the customer satisfaction improvement strategy.",
                "customer satisfaction improvement strategy",
            ),
            (
                "- Stakeholder communication strategy documentation",
                "Stakeholder communication strategy documentation",
            ),
            (
                "You lead our tenancy sustainment service improvement plans now.",
                "tenancy sustainment service improvement plans",
            ),
        ],
    )
    def test_four_things_in_a_row(self, body, stack):
        assert found("noun-stack", f"# Officer\n\n{body}\n") == [stack]

    @pytest.mark.parametrize(
        "body",
        [
            "You work on supply chain management software and service level agreements.",
            "The customer service delivery team reviews contracts.",
            "The project delivery team plans events.",
            "Process customer satisfaction improvement ideas.",
            "Customer Satisfaction Improvement Strategy Team is the name.",
            "Risk, safety, quality, communication, documentation.",
            "You keep cross-government infrastructure policy documentation.",
            "Monitoring customer satisfaction improvement is yours.",
        ],
    )
    def test_terms_names_lists_and_verbs_are_no_stack(self, body):
        assert found("noun-stack", f"# Officer\n\n{body}\n") == []

    def test_a_heading_is_no_sentence(self):
        assert found("noun-stack", "# Customer satisfaction improvement strategy\n") == []

    def test_the_least_can_be_set(self):
        rules = {"noun-stack": {"options": {"fewest": 3}}}
        text = "# Officer\n\nYou own the customer satisfaction strategy.\n"
        assert found("noun-stack", text, rules=rules) == ["customer satisfaction strategy"]


class TestNounsForVerbs:
    @pytest.mark.parametrize(
        ("text", "matched", "suggestion"),
        [
            ("You undertake the evaluation of bids.", "undertake the evaluation of", "evaluate"),
            ("She undertakes reviews of bids.", "undertakes reviews of", "reviews"),
            ("Conducting a review of bids is yours.", "Conducting a review of", "Reviewing"),
            ("You carry out the co-ordination of it.", "carry out the co-ordination of",
             "co-ordinate"),
            ("You provide assistance to visitors.", "provide assistance to", "help"),
            ("You are responsible for the preparation of bids.", "the preparation of",
             "preparing"),
            ("You assist in the submission of bids.", "the submission of", "submitting"),
            ("Last year we made a contribution to it.", "made a contribution to",
             "contributed to"),
        ],
    )  # fmt: skip
    def test_the_verb_takes_the_place_of_the_phrase(self, text, matched, suggestion):
        (finding,) = lint(f"# Officer\n\n{text}\n", select=["noun-for-verb"])
        assert (finding.matched, finding.suggestions[0]) == (matched, suggestion)

    @pytest.mark.parametrize(
        "text",
        [
            "You support the delivery of the programme.",
            "You carry out a thorough review of bids.",
            "You provide support, training and advice to us.",
            "We conduct reviews. Of these some are long.",
            "You are responsible for management of the shop.",
            "You provide first-line support to us.",
        ],
    )
    def test_another_meaning_or_an_adjective_between_is_fine(self, text):
        assert found("noun-for-verb", f"# Officer\n\n{text}\n") == []

    def test_analyse_is_spelt_as_the_posting_or_its_country_spells(self):
        def first(text, **given):
            text = f"# Officer\n\n{text} You conduct analysis of data.\n"
            return lint(text, select=["noun-for-verb"], **given)[0].suggestions

        assert first("Our colour is grey.") == ("analyse", "analyze")
        assert first("The color of the center is gray.") == ("analyze", "analyse")
        assert first("", dialect="US") == ("analyze", "analyse")
        assert first("Location: Denver, Colorado.\n\n") == ("analyze", "analyse")


@pytest.mark.parametrize(
    ("rule", "text", "own"),
    [
        ("unexplained-acronym", "You sit on the QRPB.", "QRPB"),
        ("noun-stack", "You own the customer satisfaction improvement strategy.",
         "customer satisfaction improvement strategy"),
        ("noun-for-verb", "You make use of maps.", "make use of"),
    ],
)  # fmt: skip
def test_what_the_organisation_accepts_is_left_alone(rule, text, own):
    assert found(rule, text) == [own]
    assert found(rule, text, accept=[own]) == []
