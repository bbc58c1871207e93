"""The facts that the law asks about, held against labelled strings."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.posting import understand
from jdlint.posting.payclass import pay_class
from jdlint.posting.statements import MOST
from tests.test_pay import document, find_pay

DATA = Path(__file__).parent / "data" / "law"


def table(name: str) -> list[tuple[str, str]]:
    """The label and the text of each row of a table."""
    rows = (DATA / f"{name}.txt").read_text("utf-8").splitlines()
    pairs = [tuple(row.split(" | ", 1)) for row in rows if " | " in row and row[0] != "#"]
    return [(label, text) for label, text in pairs]


def class_of(text: str) -> str:
    """The class of the main statement of pay."""
    found = find_pay(document(text))
    return pay_class(found[0]).value if found else "none"


UNCLEAR_PAY = {
    # "About" one figure is still one figure: nobody is told another end.
    "circa £40,000": "fixed",
    "around $30 an hour": "fixed",
    # The base is exact; the bonus is another matter.
    "£35k basic + bonus": "fixed",
    # Both ends stand there; what the sign adds is a hope.
    "$80–$95k+ ": "closed_range",
    # Neither money nor a period: it could be hours.
    "40-45 (competitive)": "none",
    "bonus up to 20%": "none",
    # What a job is "worth" with benefits is no base pay.
    "worth $85,000 with benefits": "none",
    "package of c. £70k": "fixed",
    # Earnings of others, or with commission, are totals.
    "average earnings last year: $92,000": "ote_only",
    "first-year earnings $60k to $90k": "ote_only",
    "equity 0.1–0.4%": "none",
    # A named grade or scale, though with a reservation.
    "Band 6 equivalent": "band_unresolved",
    "salary in line with NJC": "band_unresolved",
    "Grade: tbc": "none",
}
"""What is answered where a string can be read in more than one way."""

UNREADABLE = {
    # Without a label, "search engine optimisation" is the likelier reading ("Grade: SEO" is read).
    "SEO": "none",
}
"""Rows whose label cannot be read off the string alone, and what is answered."""


def expected(label: str, text: str) -> str:
    if text in UNREADABLE:
        return UNREADABLE[text]
    if label == "ambiguous":
        return UNCLEAR_PAY[text]
    return "none" if label in ("not_pay", "not_band") else label


@pytest.mark.parametrize(("label", "text"), table("pay-classes"))
def test_the_class_of_pay(label, text):
    assert class_of(text) == expected(label, text)


@pytest.mark.parametrize(("label", "text"), table("money"))
def test_money_is_pay_or_not(label, text):
    if label == "pay":
        assert class_of(text) in ("closed_range", "fixed")
    else:
        assert class_of(text) == expected(label, text)


@pytest.mark.parametrize(("label", "text"), table("bands"))
def test_grades_with_figures_and_without(label, text):
    assert class_of(text) == expected(label, text)


def statements(text: str) -> dict[str, list[str]]:
    """What a posting of this text states, and the words that do."""
    posting = understand(document(text))
    return {
        stated.value: [posting.document.text(span) for span in spans]
        for stated, spans in posting.statements.items()
    }


BENEFITS = {"ok": {"benefits"}, "vague": {"benefits-slogan"}, "perk": set()}
UNCLEAR_BENEFITS = {
    # Named, whatever it is worth, and named beside more.
    "Unlimited PTO": {"benefits"},
    "health insurance and more": {"benefits"},
    "See our benefits page (link)": set(),
}


@pytest.mark.parametrize(("label", "text"), table("benefits"))
def test_benefits_are_named_or_only_praised(label, text):
    told = statements(text).keys() & {"benefits", "benefits-slogan"}
    assert told == (UNCLEAR_BENEFITS[text] if label == "ambiguous" else BENEFITS[label])


@pytest.mark.parametrize(("label", "text"), table("deadlines"))
def test_until_when_one_may_apply(label, text):
    told = statements(text).keys() & {"deadline", "ongoing"}
    assert bool(told) == (label == "ok")


@pytest.mark.parametrize(("label", "text"), table("ai-and-vacancy"))
def test_ai_in_selection_and_the_vacancy(label, text):
    kind, _, verdict = label.partition("_")
    prefix = {"ai": "ai-", "vac": "vacancy-"}[kind]
    told = [name for name in statements(text) if name.startswith(prefix)]
    assert bool(told) == (verdict == "ok")


@pytest.mark.parametrize(
    ("stated", "words", "text"),
    [
        ("ai-not-used", "No artificial intelligence is used in selecting candidates",
         "No artificial intelligence is used in selecting candidates."),
        ("ai-not-used", "not use AI to screen applications",
         "We do not use AI to screen applications."),
        ("ai-not-used", "AI is not used to rank applicants", "AI is not used to rank applicants."),
        ("ai-used", "AI-powered tools to review resumes",
         "We may use AI-powered tools to review resumes."),
        ("vacancy-pool", "is not for an existing vacancy",
         "This posting is not for an existing vacancy."),
        ("vacancy-existing", "existing vacancy", "Vacancy status: existing vacancy"),
        ("other-pay", "plus commission", "Base salary of $50,000 plus commission"),
        ("other-pay", "stock options", "You also get stock options."),
        ("open-until-filled", "until the position is filled",
         "We take applications until the position is filled."),
        ("ongoing", "on a rolling basis, so apply", "We hire on a rolling basis, so apply soon."),
        ("benefits", "401(k)", "There is a 401(k) for everybody."),
    ],
)  # fmt: skip
def test_the_words_that_state_it(stated, words, text):
    assert words in statements(text)[stated]


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        ("ai-used", "You will build AI models that rank candidates for our customers."),
        ("ai-used", "Please do not use AI to write your application or in the assessment."),
        ("ai-not-used", "Please do not use AI to write your application or in the assessment."),
        ("ai-used", "We apply AI to the assessment of climate risk."),
        ("other-pay", "There is no bonus in addition to the salary."),
        ("other-pay", "Diversity, equity and inclusion matter to us."),
        ("other-pay", "Experience of the European Commission's pay rules"),
        ("other-pay", "Knowing Rust is a bonus."),
        ("benefits", "You sell health insurance products to small firms."),
        ("benefits", "We look after the health and safety of visitors."),
        ("benefits", "Our vision is a world in which nobody is lonely."),
        ("vacancy-existing", "See our current vacancies."),
        ("vacancy-pool", "We will keep your details for future opportunities."),
        ("ongoing", "You support customers on an ongoing basis."),
        ("deadline", "You will work under a tight deadline."),
    ],
)  # fmt: skip
def test_words_that_state_no_such_thing(stated, text):
    assert stated not in statements(text)


def test_duties_are_about_the_work_and_not_about_the_offer():
    text = "# Responsibilities\n- Administer health insurance and parental leave\n- Calculate commissions and pay"
    assert not {"benefits", "other-pay"} & statements(text).keys()
    offered = statements("# Benefits\n- Dental\n- Bonus")
    assert (offered["benefits"], offered["other-pay"]) == (["Dental", "Bonus"], ["Bonus"])


def test_a_closing_line_below_a_list_of_demands_is_about_the_offer():
    text = "# What you bring\n- Patience\nYou get health insurance and a yearly bonus."
    assert {"benefits", "other-pay"} <= statements(text).keys()


def test_praise_of_benefits_is_forgotten_where_one_is_named():
    text = "Great benefits!\nThey include 30 days of annual leave."
    assert statements(text).keys() & {"benefits", "benefits-slogan"} == {"benefits"}


PARTS = [
    "no", "not", "is not", "AI", "screen", "applicants", "bonus", "equity", "pension", "dental",
    "benefits", "great", "401(k)", ",", ";", ".", "\n", "until filled", "existing", "vacancy",
    "used", "an ongoing basis", "apply", "leave", "our",
]  # fmt: skip


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_any_words_are_safe_and_have_their_places(parts):
    posting = understand(document(" ".join(parts)))
    for spans in posting.statements.values():
        for span in spans:
            assert 0 <= span.start < span.end <= len(posting.document.plain)


@pytest.mark.parametrize("text", ["no AI bonus " * 20_000, "401(k) " * 30_000, "not " * 50_000,
                                  "existing vacancy. " * 15_000])  # fmt: skip
def test_long_texts_state_a_few_things(text):
    for spans in understand(document(text)).statements.values():
        assert len(spans) <= MOST
