"""What a posting says of base pay: figures, grades, or words instead of them."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.language.words import fold
from jdlint.model import PlainSpan, SectionKind
from jdlint.posting.amount import number
from jdlint.posting.lexicon import Words
from jdlint.posting.model import Pay, Section
from jdlint.posting.money import figures
from jdlint.posting.pay import find_pay
from jdlint.read.build import Builder, View
from jdlint.read.offsets import BlockKind, Document, Field

DATA = Path(__file__).parent / "data"
PHRASES = yaml.safe_load((DATA / "pay-phrases.yaml").read_text("utf-8"))
SENTENCES = yaml.safe_load((DATA / "pay-sentences.yaml").read_text("utf-8"))


def document(text: str = "", /, **fields: str) -> Document:
    """A document with a paragraph for each line; "# " begins a heading, "- " a list item."""
    builder = Builder("text")
    kinds = {"# ": BlockKind.HEADING, "- ": BlockKind.ITEM}
    for line in text.split("\n"):
        kind = kinds.get(line[:2], BlockKind.PARAGRAPH)
        start = builder.position
        builder.literal(View(line), 0 if kind is BlockKind.PARAGRAPH else 2, len(line))
        builder.block(kind, start)
    builder.fields = [Field(name.replace("__", "."), value) for name, value in fields.items()]
    return builder.document()


def pay(text: str = "", /, **fields: str) -> Pay:
    """The main statement of pay; status "none" where nothing is said."""
    found = find_pay(document(text, **fields))
    return found[0] if found else Pay("none", None)


def rows(*groups: str) -> list[str]:
    return [phrase for group in groups for phrase in PHRASES[group]]


@pytest.mark.parametrize("phrase", rows("range"))
def test_two_figures_are_a_range(phrase):
    found = pay(phrase)
    assert found.status == "range"
    assert found.minimum is not None and found.maximum is not None
    assert found.minimum < found.maximum


@pytest.mark.parametrize("phrase", rows("exact"))
def test_one_figure_is_exact(phrase):
    found = pay(phrase)
    assert found.status == "exact"
    assert found.minimum == found.maximum


@pytest.mark.parametrize("phrase", rows("floor"))
def test_a_floor_leaves_the_top_open(phrase):
    found = pay(phrase)
    assert (found.status, found.maximum) == ("open", None)
    assert found.minimum


@pytest.mark.parametrize("phrase", rows("ceiling"))
def test_a_ceiling_leaves_the_bottom_open(phrase):
    found = pay(phrase)
    assert (found.status, found.minimum) == ("open", None)
    assert found.maximum


@pytest.mark.parametrize("phrase", rows("pay", "grade with figures"))
def test_figures_of_pay_count(phrase):
    assert pay(phrase).status in ("range", "exact")


@pytest.mark.parametrize("phrase", rows("not pay", "not a grade"))
def test_other_money_and_other_bands_do_not_count(phrase):
    assert find_pay(document(phrase)) == ()


@pytest.mark.parametrize("phrase", rows("grade"))
def test_a_grade_without_figures_is_a_band(phrase):
    found = pay(phrase)
    assert (found.status, found.basis) == ("band", "grade")
    assert (found.minimum, found.maximum) == (None, None)


@pytest.mark.parametrize(
    ("basis", "phrase"),
    [
        (basis, phrase)
        for basis in ("words", "ote", "commission", "link")
        for phrase in PHRASES[basis]
    ],
)
def test_what_stands_instead_of_base_pay_is_vague(basis, phrase):
    found = pay(phrase)
    assert (found.status, found.basis) == ("vague", basis)
    assert (found.minimum, found.maximum) == (None, None)


@pytest.mark.parametrize("phrase", rows("unclear"))
def test_unclear_phrases_never_yield_a_figure_that_is_not_there(phrase):
    for found in find_pay(document(phrase)):
        for end in (found.minimum, found.maximum):
            assert end is None or str(end).rstrip("0").rstrip(".") in phrase.replace(",", "")


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "currency", "period"),
    [
        ("Salary: £31,200 to £36,900 per annum, pro rata", "31200", "36900", "GBP", "year"),
        ("Pay: $80-95k", "80000", "95000", "USD", None),
        ("Salary £30-35,000 plus bonus", "30000", "35000", "GBP", None),
        ("Hourly compensation, $115/hour", "115", "115", "USD", "hour"),
        ("Gehalt: 48.000 – 56.000 € brutto/Jahr", "48000", "56000", "EUR", "year"),
        ("CTC: ₹12,00,000 - ₹15,00,000 p.a.", "1200000", "1500000", "INR", "year"),
        ("Salary: CHF 95'000 to CHF 110'000", "95000", "110000", "CHF", None),
        ("Rémunération : 38 000 à 44 000 € brut annuel", "38000", "44000", "EUR", "year"),
        ("Pay: 21.50 to 27.00 USD an hour", "21.50", "27", "USD", "hour"),
        ("Salary between £30,000 and £35,000 a year", "30000", "35000", "GBP", "year"),
        ("Wage: $20/hr - $25/hr", "20", "25", "USD", "hour"),
        ("Salary: 50,000 - 60,000", "50000", "60000", None, None),
    ],
)
def test_amounts_currency_and_period(text, minimum, maximum, currency, period):
    found = pay(text)
    assert (found.minimum, found.maximum) == (Decimal(minimum), Decimal(maximum))
    assert (found.currency, found.period) == (currency, period)


def test_the_range_of_text_is_exact():
    text = "You will earn up to £73,000 per annum, depending on your skills."
    found = pay(text)
    assert text[slice(*found.span)] == "up to £73,000 per annum"


def test_a_bare_dollar_is_that_of_the_country():
    text = document("Salary: $90,000 a year")
    assert find_pay(text)[0].currency == "USD"
    assert find_pay(text, (), "CA-ON")[0].currency == "CAD"
    assert find_pay(text, (), "AU")[0].currency == "AUD"


@pytest.mark.parametrize(
    "text",
    [
        "Crowdtap raised $7 million in investment.",
        "Medical, dental, vision and a 401(k) match up to $7,000",
        "A $1,500 annual learning budget and a £500 referral bonus",
        "You will manage a portfolio of 250,000 genomes for 50-100 people in 2024-2025.",
        "Our team of 2,000 pays attention to detail; salary reviews take place every year.",
        "3-5 years of paid software development experience",
        "Paid time off: fifteen (15) days and ten (10) sick days annually",
        "Compensation\n$0",
        "SALARY SCALE:",
        "Skills\n- SEO\n- copywriting",
        "experience equivalent to the GS-14 level",
        "Certified to ISO-27001 and PCI-DSS; phone 020 7946 0000",
        "Salary: -$50,000",
        "Salary: ٤٥٠٠٠ – ٥٠٠٠٠",
    ],
)
def test_no_pay_is_found_where_there_is_none(text):
    assert find_pay(document(text)) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("This role is classified as an EC-05 in the Economics group.", "band"),
        ("Compensation/Grade Level: GS-13/14/15", "band"),
        ("Team members come in at GS Level 15, Step 1 or above.", "band"),
        ("PAYBAND:\tA", "band"),
        ("Grade: SEO", "band"),
        ("Your salary is on NJC scale point 23", "band"),
        ("Hourly compensation", "vague"),
        ("This paid apprenticeship is ideal for students.", "vague"),
        ("Salary for the position is competitive.", "vague"),
        ("Salary: £XX,XXX", "vague"),
        ("Salary: TBC", "vague"),
        ("The competitive salary will depend on experience", "vague"),
        ("Competitive benefits package", "none"),
        ("Write competitive bids on time", "none"),
        ("competitive postdoctoral pay starting at $64,009 for GS-11 Step 1", "open"),
        ("Base $120,000–$150,000, OTE $240,000", "range"),
        ("Band 6 (£38,682 - £46,580 a year)", "range"),
    ],
)
def test_status_of_real_sentences(text, status):
    assert pay(text).status == status


@pytest.mark.parametrize(
    ("status", "text"), [(status, text) for status, texts in SENTENCES.items() for text in texts]
)
def test_status_of_sentences(status, text):
    assert pay(text).status == status


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (
            "exact",
            "Cook\n\nThe Mill, Leeds \u2013 Level 3 \u2013 £24,500 \u2013 40 hours over four days",
        ),
        ("range", "Cook\n\nYou get £38,000 to £42,000, a van and a fuel card."),
        ("none", "Cook\n\nWe won a grant \u2013 £24,500 \u2013 for our kitchen."),
        ("none", "Cook\n\nWe'll give you £20,000 to spend on pans."),
    ],
)
def test_a_salary_between_signs_or_behind_you_get_is_pay(status, text):
    assert pay(text).status == status


def test_a_heading_makes_the_figure_under_it_pay():
    assert pay("# Compensation\n$65,000 based on qualifications").status == "exact"
    assert pay("# Learning budget\n$1,500 for each of us").status == "none"


def test_a_section_about_pay_makes_its_figures_pay():
    text = document("What you get\nThe post is advertised at £28,000.")
    span = text.blocks[1].span
    section = Section((SectionKind.PAY,), None, span, (1,))
    assert find_pay(text) == ()
    assert find_pay(text, (section,))[0].minimum == 28000


def test_a_cell_takes_the_cell_to_its_left_as_label():
    builder = Builder("text")
    for column, text in enumerate(("Salary", "£30,000 to £35,000")):
        start = builder.position
        builder.literal(View(text), 0, len(text))
        builder.block(BlockKind.CELL, start, group=1, row=0, column=column)
    assert find_pay(builder.document())[0].status == "range"


def test_fields_of_front_matter():
    found = pay(salary_min="109,366", salary_max="142,180", title="Open Data Specialist")
    assert (found.status, found.minimum, found.maximum) == ("range", 109366, 142180)
    assert found.span is None
    assert pay(salary="£40k - £45k DOE").maximum == 45000
    assert pay(salary="Competitive").status == "vague"
    assert pay(gs_level="13").status == "band"
    assert pay(payment_terms="30", company="Pay Ltd", display="100").status == "none"


def test_fields_of_structured_data():
    found = pay(
        baseSalary__currency="USD",
        baseSalary__value__minValue="64009",
        baseSalary__value__maxValue="83000.50",
        baseSalary__value__unitText="YEAR",
    )
    assert (found.status, found.minimum, found.maximum) == ("range", 64009, Decimal("83000.50"))
    assert (found.currency, found.period) == ("USD", "year")
    board = pay(pay_input_ranges__0__min_cents="5000000", pay_input_ranges__0__max_cents="7500000")
    assert (board.minimum, board.maximum) == (50000, 75000)


def test_a_full_range_in_a_field_outranks_a_template_in_the_text():
    text = "Base salary GS-\ufffc Step 1 - $\ufffc to $\ufffc\nThe maximum salary is $170,800"
    assert pay(text, salary_min="109,366", salary_max="142,180").maximum == 142180


@given(st.integers(1000, 900_000), st.integers(1, 90_000))
def test_a_range_comes_back_as_it_was_written(low, step):
    found = pay(f"Salary: £{low:,} – £{low + step:,} per year")
    assert (found.status, found.minimum, found.maximum) == ("range", low, low + step)
    assert (found.currency, found.period) == ("GBP", "year")


MONEY = [("£{}", "GBP"), ("€{}", "EUR"), ("US${}", "USD"), ("C${}", "CAD"), ("GBP {}", "GBP"),
         ("{} EUR", "EUR"), ("{} €", "EUR"), ("CHF {}", "CHF")]  # fmt: skip
TIMES = [("per hour", "hour"), ("an hour", "hour"), ("/hr", "hour"), (" p.a.", "year"),
         ("a week", "week"), ("per month", "month"), ("per annum", "year"), ("", None)]  # fmt: skip


@settings(max_examples=300)
@given(
    st.integers(11, 900_000), st.integers(1, 900_000), st.sampled_from(MONEY),
    st.sampled_from([" - ", "–", " to ", "-", " — "]), st.sampled_from(TIMES), st.booleans(),
)  # fmt: skip
def test_a_rendered_range_round_trips(low, step, money, joint, time_, grouped):
    form, currency = money
    ends = [form.format(f"{end:,}" if grouped else end) for end in (low, low + step)]
    words, period = time_
    found = pay(f"Salary: {joint.join(ends)} {words}".replace("  ", " "))
    assert (found.status, found.minimum, found.maximum) == ("range", low, low + step)
    assert (found.currency, found.period) == (currency, period)


@given(st.integers(1, 999), st.integers(1, 999))
def test_thousands_by_a_letter_are_what_they_say(low, step):
    found = pay(f"Salary: £{low}k-£{low + step}k")
    assert (found.minimum, found.maximum) == (low * 1000, (low + step) * 1000)


@given(st.integers(10**16, 10**60), st.sampled_from(["{}", "{:,}", "£{}", "£{:,}", "£{}k"]))
def test_a_number_without_end_is_no_pay(number_, form):
    assert find_pay(document(f"Salary: {form.format(number_)} a year")) == ()


@given(
    st.integers(1, 900_000),
    st.sampled_from(["-£{:,}", "£-{:,}", "£ -{:,}", "\u2212£{:,}", "(-£{:,})", "-{:,} EUR"]),
)
def test_less_than_nothing_is_no_pay(number_, form):
    assert find_pay(document("Salary: " + form.format(number_))) == ()


SCRIPTS = ["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "๐๑๒๓๔๕๖๗๘๙", "߀߁߂߃߄߅߆߇߈߉"]


@given(
    st.integers(1000, 900_000),
    st.sampled_from(SCRIPTS),
    st.sets(st.integers(0, 6), min_size=1),
    st.booleans(),
)
def test_digits_of_another_script_are_never_left_out_of_a_number(number_, script, places, grouped):
    digits = f"{number_:,}" if grouped else str(number_)
    mixed = "".join(
        script[int(char)] if char.isdigit() and at in places else char
        for at, char in enumerate(digits)
    )
    found = find_pay(document(f"Salary: £{mixed} a year"))
    assert found == () or mixed == digits


@pytest.mark.parametrize(
    "text",
    ["Salary: £4½", "Salary: £1e9", "Salary: £10^5", "Salary: £45,OOO", "Salary: £45,0000",
     "Salary: £45 000 000 000 000 000 000 000", "Salary: £45,0000 to £60,000",
     "Salary: -£50,000 to £60,000", "Salary: £123456789012345678 - £50,000"],
)  # fmt: skip
def test_half_of_a_number_or_of_a_range_is_no_pay(text):
    assert find_pay(document(text)) == ()


def test_what_is_glued_to_a_suffix_does_not_hide_it():
    assert pay("Salary: £30kpa").minimum == pay("Salary: £30kDOE").minimum == 30000


ALPHABET = "0123456789$£€kKm.,'-–+% \n:()" + "salary pay to up from per year hour GS band"


@settings(max_examples=300)
@given(st.text(ALPHABET, max_size=60))
def test_no_amount_is_invented(text):
    plain = document(text)
    for found in find_pay(plain):
        digits = "".join(
            char for char in plain.text(found.span or PlainSpan(0, 0)) if char in "0123456789"
        )
        for end in (found.minimum, found.maximum):
            if end is not None:
                significant = f"{end:f}".replace(".", "").strip("0")
                assert end == 0 or (end > 0 and significant in digits)


@given(st.text(max_size=80))
def test_any_text_is_safe(text):
    for found in find_pay(document(text.replace("\n", " "))):
        assert found.span is None or found.span.start < found.span.end


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,1,1,1", None), ("1.250,50", "1250.50"), ("12,00,000", "1200000"), ("9" * 40, None),
     ("31.12.2024", None), ("45 000", "45000"), ("12.50", "12.50"), ("0.05", "0.05"), ("1,23,45", None)],
)  # fmt: skip
def test_numbers(text, value):
    assert number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "text",
    ["1" * 100_000, "$" * 100_000, "1," * 50_000, "$5k-" * 20_000, "up to " * 20_000,
     "salary " * 15_000, "competitive " * 8_000, "GS-1" * 20_000, "XX,XXX" * 15_000],
)  # fmt: skip
def test_evil_texts_take_linear_time(text):
    start = time.perf_counter()
    find_pay(document(text))
    assert time.perf_counter() - start < 5


def test_figures_of_many_amounts_stay_apart():
    words = Words(fold("£1,000 then £2,000 then £3,000"))
    assert [(f.minimum, f.maximum) for f in figures(words)] == [
        (1000, 1000),
        (2000, 2000),
        (3000, 3000),
    ]


def test_a_label_on_the_line_parts_its_figures_from_the_pay_above():
    text = "Salary: £24,500 pro rata\nHours: 22.5 per week\nContract: 12 months"
    assert [pay.minimum for pay in find_pay(document(text))] == [24500]
