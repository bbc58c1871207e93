"""What counts as prose, what the formulas give for it, and what they must not do."""

import json
import re
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace

import msgspec
import pytest

from jdlint import store
from jdlint.checks import readability
from jdlint.checks.card import Level, ReadabilityCard
from jdlint.checks.example import Example, Examples
from jdlint.checks.prose import prose
from jdlint.checks.protocol import Context
from jdlint.language import formulas, syllables
from jdlint.language.readability import FORMULAS, Passage, count_words, long_words, prepare, scores
from jdlint.language.words import fold
from jdlint.posting import understand
from jdlint.read import read_bytes

POSTINGS = sorted((Path(__file__).parent / "postings").rglob("*.md"))
RECORD = json.loads((Path(__file__).parent / "data" / "reference_scores.json").read_text("utf-8"))
CONTEXT = Context(date(2026, 1, 1))

# Spoken in public by A. Lincoln in 1863.
SPEECH = (
    "Four score and seven years ago our fathers brought forth on this continent, a new nation, "
    "conceived in Liberty, and dedicated to the proposition that all men are created equal. Now we "
    "are engaged in a great civil war, testing whether that nation, or any nation so conceived and "
    "so dedicated, can long endure. We are met on a great battle-field of that war. We have come "
    "to dedicate a portion of that field, as a final resting place for those who here gave their "
    "lives that that nation might live. It is altogether fitting and proper that we should do this."
)

SPEECH_SCORES = {
    "flesch-reading-ease": 65.03,
    "flesch-kincaid": 9.26,
    "smog": 10.79,
    "gunning-fog": 11.3,
    "automated-readability": 9.78,
    "coleman-liau": 7.88,
}
"""By textstat 0.7.13 itself, with CMUdict 0.7a."""


def prose_of(text, name="posting.md"):
    return prose(understand(read_bytes(text.encode(), name).documents[0]))


def kept(text):
    found = prose_of(text)
    return [found.plain[s.start : s.end] for s in found.sentences]


def spoken(sentence):
    return prepare(sentence, fold(sentence), [Passage("paragraph", 0, len(sentence))]).spoken


@pytest.fixture
def fresh_engine():
    """textstat as in a new process, before and after the test."""
    caches = (
        formulas._modules,
        formulas._function,
        formulas._load_easy_words,
        syllables._cmu,
    )
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


class TestProse:
    def test_headings_labels_and_fragments_are_no_prose(self):
        text = """\
# Data engineer

Location: Leeds or from home

Full time

## What you will do

You keep the data of our hospitals in order.

- Build the weekly report for our doctors
- SQL, Python
"""
        assert kept(text) == [
            "You keep the data of our hospitals in order.",
            "Build the weekly report for our doctors",
        ]

    def test_a_label_before_a_sentence_is_left_out_of_it(self):
        text = "- Planning: you plan what the team does in each of the next weeks"
        assert kept(text) == ["you plan what the team does in each of the next weeks"]

    def test_an_equal_opportunity_statement_is_no_prose(self):
        text = """\
# Cook

You cook for a school.

## Equal opportunities

We welcome applications from everyone regardless of age, disability, race, religion or sex.
"""
        assert kept(text) == ["You cook for a school."]

    def test_each_list_item_is_a_sentence_of_its_own(self):
        found = prose_of("- Plan the work of the team\n- Talk to all our customers\n")
        assert found.spoken == "Plan the work of the team. Talk to all our customers."

    def test_a_table_cell_is_prose_only_if_it_holds_a_sentence(self):
        rows = "<tr><td>Salary and grade of the post</td><td>You look after the children of"
        text = f"<h1>Nurse</h1><table>{rows} the ward at night.</td></tr></table>"
        found = prose_of(text, "posting.html")
        assert found.spoken == "You look after the children of the ward at night."

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("You use tools, e.g. a saw.", "You use tools, for example a saw."),
            ("We pay £35.50 p.a. to you.", "We pay ten a year to you."),
            ("We use Node.js, v2.1 and so on.", "We use Nodejs, v21 and so on."),
            ("Write to jobs@example.org or call us.", "Write to it or call us."),
            ("See www.example.org/jobs for more.", "See it for more."),
            ("You get 3.5+ weeks off – paid.", "You get ten weeks off paid."),
            ("You design/build cars & vans.", "You design build cars and vans."),
            ("It’s a part-time job.", "It's a part-time job."),
            ("We met on 12/05/2026 in Rome.", "We met on ten in Rome."),
        ],
    )
    def test_what_is_not_words_is_spoken(self, text, words):
        assert spoken(text) == words

    def test_words_are_counted_as_people_count_them(self):
        assert count_words("The cross-functional CI/CD team — all £35,000 of it (really) …") == 9
        assert count_words("a – b—c") == 3
        assert count_words("one two three", 4, 7) == 1

    def test_long_words_have_three_syllables_and_are_no_names(self):
        def long(text):
            return long_words(text, 0, len(text))

        assert long("Communicate with our administrators.") == 2
        assert long("You will visit Philadelphia and Pennsylvania.") == 0
        assert long("She processes, committed, reporting.") == 0
        assert long("You need decision-making and experience.") == 2


class TestFormulas:
    def test_figures_that_textstat_documents(self):
        """Figures of textstat 0.7.13's own tests, which were made with NLTK's dictionary."""
        found = formulas.score("Cool dogs wear da sunglasses.", FORMULAS)
        assert found["flesch-reading-ease"] == pytest.approx(83.32, abs=0.001)
        assert found["flesch-kincaid"] == pytest.approx(2.88, abs=0.001)
        assert found["gunning-fog"] == pytest.approx(10.0, abs=0.001)
        assert found["smog"] == pytest.approx(8.842, abs=0.001)

    def test_figures_of_a_known_speech(self):
        found = formulas.score(SPEECH, FORMULAS)
        assert {name: round(value, 2) for name, value in found.items()} == SPEECH_SCORES

    @pytest.mark.parametrize(
        ("word", "count"),
        [("the", 1), ("every", 3), ("couple", 2), ("stimulating", 4), ("day's", 1), ("through", 1),
         ("interpersonal", 5), ("sentences", 3), ("a", 1), ("ab", 1)],
    )  # fmt: skip
    def test_syllables_by_the_dictionary(self, word, count):
        assert syllables.cmu_syllables(word) == count

    @pytest.mark.parametrize("word", ["", " ", "the ", "a.", "th\t", "zqx", "é", "nginx"])
    def test_what_the_dictionary_does_not_know(self, word):
        assert syllables.cmu_syllables(word) is None

    def test_hyphens_are_those_of_pyphen(self):
        import pyphen

        theirs, ours = pyphen.Pyphen(lang="en_US"), syllables.Hyphenation("en_US")
        table = store.data_path("syllables.txt").read_text("ascii").split()[::150]
        strange = [
            "kubernetes",
            "serverside",
            "naïve",
            "oﬃce",
            "İzmir",
            "x",
            "",
            "35000",
            "o'clock",
        ]
        for word in [*table, *strange, *SPEECH.lower().split()]:
            assert ours.positions(word) == theirs.positions(word), word

    def test_scores_are_those_of_textstat_itself_with_the_cmu_dictionary(self, monkeypatch):
        """The real textstat, NLTK and pyphen, with the dictionary where NLTK looks for it."""
        import nltk
        import textstat

        monkeypatch.setattr(nltk.data, "find", lambda name: name)
        monkeypatch.setitem(vars(nltk.corpus), "cmudict", SimpleNamespace(dict=whole_dictionary))
        texts = [SPEECH, *(prose_of(f.read_text("utf-8")).spoken for f in POSTINGS)]
        texts.append(prose_of("You grok Kubernetes, PostgreSQL and co-ops. " * 9).spoken)
        for text in texts:
            ours = formulas.score(text, FORMULAS)
            for name, formula in FORMULAS.items():
                assert ours[name] == pytest.approx(getattr(textstat, formula.method)(text))

    @pytest.mark.parametrize("posting", RECORD["postings"], ids=lambda p: p["name"])
    def test_scores_are_those_that_textstat_gave_with_the_dictionary_of_nltk(self, posting):
        """Recorded by scripts/make_reference_scores.py, where nothing of ours had a part."""
        found = formulas.score(posting["prose"], FORMULAS)
        assert found == pytest.approx(posting["scores"], abs=1e-5)

    def test_the_record_covers_the_postings_and_all_formulas(self):
        assert len(RECORD["postings"]) >= 12
        assert all(p["scores"].keys() == FORMULAS.keys() for p in RECORD["postings"])

    def test_no_socket_is_needed(self, fresh_engine, monkeypatch):
        monkeypatch.setattr(socket, "socket", None)
        assert formulas.score(SPEECH, ["flesch-kincaid"])

    def test_nltk_and_pyphen_are_neither_asked_nor_replaced(self, fresh_engine, monkeypatch):
        expected = formulas.score(SPEECH, FORMULAS)
        for cached in (formulas._modules, formulas._function, formulas._load_easy_words):
            cached.cache_clear()
        fakes = {name: ModuleType(name) for name in ("nltk", "pyphen", "textstat")}
        for name, fake in fakes.items():
            monkeypatch.setitem(sys.modules, name, fake)
        assert formulas.score(SPEECH, FORMULAS) == expected
        assert {name: sys.modules[name] for name in fakes} == fakes

    def test_no_text_is_remembered(self):
        formulas.score(SPEECH, FORMULAS)
        caches = [
            function.cache_info()
            for module in formulas._modules().values()
            for function in vars(module).values()
            if hasattr(function, "cache_info") and function.__name__ not in formulas._KEPT
        ]
        assert len(caches) > 10
        assert all(info.currsize == 0 for info in caches)

    def test_nothing_heavy_is_imported_before_a_score_is_asked_for(self):
        code = (
            "import sys, jdlint.checks.readability, jdlint.checks.limit;"
            "print([m for m in ('textstat', 'nltk', 'pyphen', 'yaml') if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout.strip() == "[]", done.stderr

    def test_a_score_imports_neither_nltk_nor_pyphen(self):
        code = (
            "import sys; from jdlint.language.formulas import FORMULAS, score;"
            "score('You bake bread for the bakehouse of the town.', FORMULAS);"
            "print([m for m in sys.modules if m.split('.')[0] in ('nltk', 'pyphen', 'textstat')])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout.strip() == "[]", done.stderr
        assert done.stderr == ""

    def test_a_hostile_text_is_scored_too(self):
        for text in ("x" * 300_000, "- " * 50_000, "a.b" * 50_000, "word " * 20_000):
            found = prepare(text, text, [Passage("paragraph", 0, len(text))])
            assert len(found.spoken) <= len(text) + 1
            scores(found)


class TestScores:
    def test_a_short_text_has_no_score(self):
        assert scores(prose_of("You bake bread for the whole town.")) is None

    def test_smog_wants_thirty_sentences(self):
        few = scores(prose_of("You bake bread and rolls for the whole town each day. " * 12))
        many = scores(prose_of("You bake bread and rolls for the whole town each day. " * 30))
        assert few.values.keys() == FORMULAS.keys() - {"smog"}
        assert many.values.keys() == FORMULAS.keys()
        assert (many.words, many.sentences) == (330, 30)

    def test_bullets_without_stops_score_like_bullets_with_stops(self):
        lines = ["Plan the work of our small team", "Talk to the people who buy from us"] * 10
        bare = scores(prose_of("".join(f"- {line}\n" for line in lines)))
        stopped = scores(prose_of("".join(f"- {line}.\n" for line in lines)))
        assert bare == stopped


CARD = ReadabilityCard(
    id="JD499", name="test", severity=Level.NOTE, since="0.1", summary="", message="", why="",
    evidence="guidance", examples=Examples(bad=[Example()], good=[Example()]),
    formula="flesch-kincaid", at_most=5, minimum_words=50,
)  # fmt: skip


def hits(text, **changes):
    posting = understand(read_bytes(text.encode(), "posting.md").documents[0])
    checker = readability.build([msgspec.structs.replace(CARD, **changes)])
    return [(hit.span, hit.values) for hit in checker.hits(posting, CONTEXT)]


class TestChecker:
    HARD = "The organisation requires considerable administrative experience. " * 20

    def test_a_score_beyond_the_bound_is_one_hit_about_the_posting(self):
        [(span, values)] = hits(self.HARD)
        assert span is None
        assert values["limit"] == "5"
        assert values["words"] == "120"
        assert int(values["value"]) > 20

    def test_ease_is_bounded_from_below(self):
        [(_, values)] = hits(self.HARD, formula="flesch-reading-ease", at_most=None, at_least=30)
        assert int(values["value"]) < 0

    def test_the_score_is_compared_as_it_is_shown(self):
        [(_, values)] = hits(self.HARD)
        assert hits(self.HARD, at_most=int(values["value"])) == []

    def test_little_text_is_not_judged(self):
        assert hits(self.HARD, minimum_words=121) == []
        assert (
            hits("The organisation requires considerable experience. " * 9, minimum_words=1) == []
        )

    def test_a_card_with_an_unknown_formula_or_no_bound_is_refused(self):
        wrong = msgspec.structs.replace(CARD, formula="fog", at_most=None)
        faults = list(readability.faults(wrong))
        assert len(faults) == 2
        assert faults[0].startswith("'formula' is fog; use one of flesch-reading-ease,")
        assert list(readability.faults(CARD)) == []


def whole_dictionary():
    """The shipped table, read in another way: word -> [phones], vowels marked by a digit."""
    words = {}
    for line in store.data_path("syllables.txt").read_text("ascii").splitlines():
        start, *fields = line.split("\t")
        for count, rests in enumerate(fields):
            for rest in rests.split():
                words[start + ("" if rest == "." else rest)] = [["AH0"] * count + ["T"]]
    return words


def test_the_table_holds_the_whole_dictionary():
    words = whole_dictionary()
    assert len(words) == 123_005
    assert all(re.fullmatch(r"[a-z0-9']+", word) for word in words)
    sample = list(words)[::37]
    assert all(syllables.cmu_syllables(w) == len(words[w][0]) - 1 for w in sample)
