"""Which language a posting is in, and which of its blocks are not English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdlint.language.english import foreign_blocks, judge, language_of

TEXTS = {
    "en": "We are looking for a nurse to join our team in Leeds. You will care for patients.",
    "fr": "Nous sommes à la recherche d’une personne pour diriger notre équipe d’ingénierie.",
    "de": "Wir suchen einen erfahrenen Entwickler (m/w/d) für unser Team in Berlin.",
    "es": "Buscamos una persona con experiencia en el desarrollo de aplicaciones para nuestro equipo.",
    "it": "Cerchiamo uno sviluppatore con esperienza per il nostro team della sede di Milano.",
    "nl": "Wij zoeken een ervaren ontwikkelaar voor ons team in Amsterdam, met oog voor de klant.",
    "pt": "Procuramos uma pessoa com experiência para trabalhar em nossa equipe no Rio de Janeiro.",
    "sv": "Vi söker en erfaren utvecklare som vill arbeta med oss på vårt kontor i Malmö.",
    "pl": "Szukamy programisty do naszego zespołu w Krakowie, oferujemy pracę w systemie oraz szkolenia.",
    "ru": "Мы ищем опытного разработчика на Python в нашу команду.",
    "zh": "我们正在寻找一位有经验的软件工程师 Python Java",
    "ja": "エンジニアを募集しています。Pythonの経験がある方を歓迎します。",
    "ko": "우리는 경험 많은 개발자를 찾고 있습니다.",
    "ar": "نبحث عن مهندس برمجيات للانضمام إلى فريقنا",
    "el": "Αναζητούμε έμπειρο προγραμματιστή για την ομάδα μας",
    "he": "אנחנו מחפשים מפתחת מנוסה לצוות שלנו",
    "hi": "हम एक अनुभवी डेवलपर की तलाश कर रहे हैं",
    "th": "เรากำลังมองหานักพัฒนาที่มีประสบการณ์",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_a_sentence_is_enough(code, text):
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345 67 %",
        "Nurse",
        "Python, Kubernetes, AWS, Docker, PostgreSQL, Redis, React, TypeScript, Go, Rust, Terraform",
        "Café Zürich GmbH",
        "\ufffc \ufffc",
    ],
)
def test_too_little_text_has_no_language(text):
    assert language_of(text) == ""
    assert foreign_blocks([text]) == [False]


def test_terse_english_is_english():
    text = "Strong Python skills. AWS. Docker knowledge. React experience. Work with the team."
    assert language_of(text) == "en"


@pytest.mark.parametrize(("times", "mixed"), [((3, 0), False), ((3, 3), True), ((2, 4), True)])
def test_a_text_half_in_english_is_english_in_two_languages(times, mixed):
    english, french = (TEXTS[code] + " " for code in ("en", "fr"))
    assert judge(english * times[0] + french * times[1]) == ("en", mixed)


def test_a_foreign_text_with_some_english_words_stays_foreign():
    assert judge(TEXTS["fr"] * 4 + " We are a team and you join us.") == ("fr", False)


def test_a_few_foreign_words_leave_english_english():
    text = TEXTS["en"] + " We work with the Agence de la santé et des services sociaux in Québec."
    assert language_of(text) == "en"


def test_the_blocks_of_a_bilingual_posting():
    blocks = [
        "Nurse / Infirmière",
        "About the role",
        TEXTS["en"],
        "You will work with our doctors and be part of the team.",
        TEXTS["fr"],
        "Exigences",
        "Vous êtes titulaire d’un diplôme et vous avez de l’expérience dans les soins.",
        "Merci!",
    ]
    assert foreign_blocks(blocks) == [False, False, False, False, True, True, True, True]


def test_a_short_block_goes_with_its_neighbours():
    french, english = TEXTS["fr"], TEXTS["en"]
    assert foreign_blocks([french, "Python", french]) == [True, True, True]
    assert foreign_blocks([english, "Python", english]) == [False, False, False]
    assert foreign_blocks([english, "Python", french]) == [False, False, True]
    assert foreign_blocks([french, "Python"]) == [True, True]


def test_other_scripts_are_foreign_however_short():
    assert foreign_blocks(["要求", TEXTS["en"], "Требования"]) == [True, False, True]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_text_is_safe(blocks):
    assert len(foreign_blocks(blocks)) == len(blocks)
    assert language_of(" ".join(blocks)).islower() or language_of(" ".join(blocks)) == ""


@pytest.mark.parametrize("text", ["a" * 300_000, "the " * 75_000, "的" * 300_000, "' " * 150_000])
def test_long_texts_do_not_hang(text):
    language_of(text)
    foreign_blocks([text, *["x"] * 20_000])
