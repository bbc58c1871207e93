"""Which English a text is written in, and which of its words tell."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdlint import store
from jdlint.language import variants
from jdlint.language.dialect import consistent, decide, like, markers, settle
from jdlint.language.words import fold, words


def telling(text):
    folded = fold(text)
    return markers(words(folded), folded)


def keys(text):
    return [m.key for m in telling(text)]


def dialect(text):
    return decide(telling(text))


# -- the table --------------------------------------------------------------------------


def rows():
    text = store.data_path("spelling.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_the_table_is_large_small_enough_sorted_and_names_its_source():
    path = store.data_path("spelling.tsv")
    text = path.read_text(encoding="ascii")
    assert len(rows()) == len(variants.table()) > 1500
    assert rows() == sorted(rows())
    assert path.stat().st_size < 200_000
    assert "VarCon (Variant Conversion Info) 2020.12.07" in text.partition("\n\n")[0]
    notice = store.data_path("licences/VARCON.txt").read_text(encoding="utf-8")
    assert "Copyright 2000-2019 by Kevin Atkinson" in notice


def test_every_row_is_a_pair_of_lower_case_words_with_a_verdict_for_each_dialect():
    for uk, us, rest in rows():
        fits, kind, family = rest.split()
        assert uk.isalpha() and us.isalpha() and uk.islower() and us.islower() and uk != us
        assert len(fits) == len(variants.DIALECTS) and set(fits) <= set("kse")
        assert kind in ("safe", "ise", "name", "soft") and family


def test_no_spelling_stands_in_two_rows():
    spellings = [word for uk, us, _ in rows() for word in (uk, us)]
    assert len(spellings) == len(set(spellings))


def test_every_word_with_senses_is_in_the_table_and_right_somewhere_in_each_dialect():
    for word, senses in variants.senses().items():
        found = variants.table().find(word)
        assert found is not None
        assert found.fits == "eeeee" or not found.telling(word)
        for sense in senses:
            assert {sense.words[word], word} == {found.uk, found.us}


def test_the_table_was_made_with_the_rows_written_by_hand():
    scripts = Path(__file__).parent.parent / "scripts"
    text = (scripts / "spelling_rows.txt").read_text(encoding="utf-8")
    lines = [line.partition("#")[0].split() for line in text.splitlines()]
    for _, uk, us, fits, kind, _ in (line for line in lines if line[:1] == ["pair"]):
        row = variants.table().find(uk)
        assert (row.uk, row.us, row.fits, row.kind) == (uk, us, fits, kind)
    for word in (word for line in lines if line[:1] == ["drop"] for word in line[1:]):
        assert variants.table().find(word) is None, word


@pytest.mark.parametrize(
    ("uk", "us", "fits"),
    [
        ("colour", "color", "kkskk"),
        ("organise", "organize", "ksssk"),
        ("analyse", "analyze", "kkssk"),
        ("fulfil", "fulfill", "kkssk"),
        ("travelled", "traveled", "kkskk"),
        ("programme", "program", "eesse"),
        ("licence", "license", "eesee"),
        ("practised", "practiced", "kkskk"),
        ("catalogue", "catalog", "kkekk"),
        ("artefact", "artifact", "eesse"),
        ("maths", "math", "kkssk"),
        ("tokenisation", "tokenization", "ksssk"),
        ("productionised", "productionized", "ksssk"),
        ("paediatrics", "pediatrics", "kkssk"),
        ("aluminium", "aluminum", "kkssk"),
    ],
)
def test_known_pairs(uk, us, fits):
    found = variants.table().find(uk)
    assert found == variants.table().find(us)
    assert (found.uk, found.us, found.fits) == (uk, us, fits)


MATRIX = """
organise organize ksssk      analyse analyze kkssk        colour color kkskk
centre center kkskk          travelled traveled kkskk     modelling modeling kkskk
defence defense kkskk        offence offense kkskk        practised practiced kkskk
fulfil fulfill kkssk         enrol enroll kkskk           enrolment enrollment kkskk
aluminium aluminum kkssk     tyre tire eesse              kerbside curbside kkssk
paediatric pediatric kkssk   gynaecology gynecology kkssk orthopaedic orthopedic kkekk
anaesthetic anesthetic kkskk sceptical skeptical kkssk    plough plow kkssk
cosy cozy kkssk              artefact artifact eesse      programme program eesse
judgement judgment eeesk     grey gray eesee              liquorice licorice kksss
"""
"""UK spelling, US spelling, and which of them UK, Oxford, US, Canada and Australia write."""


@pytest.mark.parametrize(
    ("uk", "us", "fits"), list(zip(*[iter(MATRIX.split())] * 3, strict=True)), ids=str
)
def test_the_matrix_of_dialects(uk, us, fits):
    assert variants.table().find(uk) == variants.table().find(us)
    assert variants.table().find(uk).fits == fits


ONE_SPELLING = """
advertise supervise exercise promise revise comprise surprise size prize capsize expertise
enterprise franchise merchandise otherwise precise disguise seize glamour hour contour error
governor parameter perimeter advice device controlled compelling parallel focused
"""


@pytest.mark.parametrize("word", ONE_SPELLING.split())
def test_words_with_one_spelling_everywhere_are_not_in_the_table(word):
    assert variants.table().find(word) is None


RIGHT_IN_SOME_SENSE = """
practice license program check story draft meter tire curb judgment judgement adviser learned
inquiry acknowledgement analyses dependent specialty artifact sulfur
"""


@pytest.mark.parametrize("word", RIGHT_IN_SOME_SENSE.split())
def test_words_that_are_right_in_uk_and_us_in_some_sense_never_tell_by_themselves(word):
    found = variants.table().find(word)
    assert found is None or found.kind == "soft" or found.right(word, "UK")
    assert dialect(f"The {word} is here.") in ("unclear", "US" if word == "program" else "unclear")


# -- deciding ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You analyse behaviour and prioritise our programme.", "UK"),
        ("You analyze behavior and prioritize our program.", "US"),
        ("You organize workshops.", "unclear"),
        ("We organise workshops.", "UK"),
        ("We put people at the centre and organize workshops.", "UK"),
        ("Human-centred design at the centre, and user-centered work.", "mixed"),
        ("Our centre has many programs.", "mixed"),
        ("Labour, colour, behaviour, centre and one analyze.", "UK"),
        ("Labor, color, behavior, center and one analyse.", "US"),
        ("Nothing here tells.", "unclear"),
        ("", "unclear"),
    ],
)
def test_the_dialect_of_a_text(text, expected):
    assert dialect(text) == expected


def test_families_count_not_repetitions():
    assert dialect("Our centre. " * 20 + "We analyze behavior, labor and color.") == "US"


def test_one_stray_ise_among_ize_words_is_mixed_and_the_reverse_is_uk():
    many = "You organize, prioritize, optimize and summarize; you"
    assert dialect(f"{many} utilise data.") == "mixed"
    assert dialect(f"{many.replace('iz', 'is')} utilize data.") == "UK"


def test_canadian_and_australian_texts_are_consistent_unless_the_place_says_otherwise():
    canadian = telling("We organize labour programs and analyze behaviour.")
    assert consistent(canadian) and consistent(canadian, "CA")
    assert not consistent(canadian, "GB")
    assert not consistent(telling("We practiced in the centre."), "CA")


def test_a_tie_is_broken_by_the_number_of_spellings_then_by_the_country():
    assert settle(telling("centre, centred and practiced")).dialect == "UK"
    tie = telling("The centre has good humor.")
    assert settle(tie).dialect == ""
    assert settle(tie, "US").dialect == "US"
    assert settle(tie, "CA").dialect == "CA"
    assert "Canadian" in settle(tie, "CA").reason


def test_the_country_weighs_more_than_a_word_or_two():
    canadian = telling("Practiced teaching, user-centered work and human-centred design.")
    assert settle(canadian).dialect == "US"
    assert settle(canadian, "CA").dialect == "CA"
    british = telling("The programme in our centre: color, humor and a favor.")
    assert settle(british, "GB").dialect == "UK"
    american = telling("The programme: color, humor, a favor, labor and our catalog.")
    assert settle(american, "GB").dialect == "US"


# -- what is prose and what is not ------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the programme's aims, the programmes' aims", ["programme", "programmes"]),
        ("a well-organised, user-centred team", ["organised", "centred"]),
        ("Organised people wanted.", ["organised"]),
        ("We met. Organised people came.", ["organised"]),
        ("We work with the Organisation Board.", []),
        ("Analyse SQL queries.", ["analyse"]),
        ("Behavioural Insights Team is hiring.", []),
        ("- Modelling\n\n- Optimise it", ["modelling", "optimise"]),
        ("1) Optimise it", ["optimise"]),
        ("About the Organisation", ["organisation"]),
        ("Royal College of Paediatrics", []),
        ("Department for Colour and Labour Studies", []),
        ("Head of Paediatrics", ["paediatrics"]),
        ("Fulfillment by Amazon", []),
        ("follow best practises", []),
        ("World Health Organisation", []),
        ("OUR ORGANISATION", ["organisation"]),
        ("We are the ORGANISATION of choice.", []),
        ("the Department of Labor, Lincoln Center, Labor Day", []),
        ("the World Health Organization", []),
        ("Center for Civic Design", []),
        ("read “Analysing the Organisation” first", []),
        ('a 24" colour screen and a 27" colour screen', ["colour", "colour"]),
        ("write to organise@example.org or see example.org/colour", []),
        ("#colour, @organise, colour_id, organise(), colour=red, /opt/colour", []),
        ("front/back centre and cost/behaviour", ["centre", "behaviour"]),
        ("OptimizeRx, useColor and colour2", []),
        ("L'organisation du centre et des programmes", []),
        ("Wir suchen Sie für die Organisation und das Programme der Firma", []),
        ("fibre channel, data catalog, safe harbor, service catalog", []),
        ("organi\u00adsation and col\u200bour", ["organisation", "colour"]),
    ],
)
def test_words_that_tell(text, expected):
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We practice salary transparency.", ["practice"]),
        ("from theory to practice, best practice, they practice area law", []),
        ("a valid driver's license", ["license"]),
        ("we license the software; your license data; the MIT license", []),
        ("our graduate program", ["program"]),
        ("a computer program, a program in C, we program", []),
        ("a three-story building, a 3-story house", ["story", "story"]),
        ("two user stories, a single story", []),
        ("500 square meters and a 25 meter pool", ["meters", "meter"]),
        ("a smart meter, 20 meters installed", []),
        ("Graduate Program", []),
    ],
)
def test_words_that_tell_only_in_company(text, expected):
    assert keys(text) == expected


def test_company_does_not_reach_over_a_full_stop():
    assert keys("This is a full. License holders apply.") == []
    assert keys("We follow best. practice") == []


def test_a_marker_knows_its_place_and_its_replacement():
    (marker,) = telling("Hello! Organisation’s aims")
    assert (marker.start, marker.end, marker.text) == (7, 19, "Organisation")
    assert marker.replacement("US") == marker.replacement("UK-oxford") == "Organization"
    assert marker.replacement("UK") == "Organisation"


@pytest.mark.parametrize(
    ("model", "expected"), [("colour", "color"), ("Colour", "Color"), ("COLOUR", "COLOR")]
)
def test_a_replacement_keeps_the_case(model, expected):
    assert like(model, "color") == expected


# -- promises ---------------------------------------------------------------------------

_SCRAPS = """centre center organise organize Organise CENTRE practice program license's “ ” " ' .
 - • #tag a@b.c é le la \u00ad \u200b 😀 ( ) / , 25 story building"""
_PIECES = st.sampled_from([*_SCRAPS.split(), "\n", "\n\n", " "])


@given(st.lists(_PIECES).map(" ".join))
def test_markers_lie_in_the_text_in_order_and_their_replacements_are_right(text):
    folded = fold(text)
    found = markers(words(folded), folded)
    assert [m.start for m in found] == sorted({m.start for m in found})
    for marker in found:
        assert folded[marker.start : marker.end].lower() == marker.key
        for name in variants.DIALECTS:
            assert marker.right(name) or marker.variant.right(
                marker.replacement(name).lower(), name
            )
    assert decide(found) in ("UK", "US", "mixed", "unclear")


@pytest.mark.parametrize(
    "text",
    ["centre ", '"centre ', "Optimise ", "optimise/", "ORGANISE ", "- -- Analyse\n", "la centre "],
)
def test_a_text_of_one_endless_line_is_read_to_its_end(text):
    folded = fold(text * 20_000)
    found = markers(words(folded), folded)
    assert all(folded[m.start : m.end].lower() == m.key for m in found)
