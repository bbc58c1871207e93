"""Grammar without LanguageTool: the projection, the policy, the mapping, the cache."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from jdlint.checks import load
from jdlint.checks.card import GrammarCard
from jdlint.cli import cli
from jdlint.config import Config, GrammarSettings, settle
from jdlint.grammar import findings, kept, managed, server
from jdlint.grammar.findings import apart_from, card_of, within_one_edit
from jdlint.grammar.match import Match
from jdlint.grammar.projection import Utf16, project
from jdlint.grammar.server import GrammarError
from jdlint.linter import context, read_options, understand_bytes
from jdlint.model import Hit, PlainSpan, is_code, is_meant
from jdlint.rulebook import Rulebook, Rules
from tests.lint import DAY, NOWHERE, lint, lint_bytes

CARDS = [card for card in load.shipped() if isinstance(card, GrammarCard)]


def posting_of(text, name="posting.md"):
    return understand_bytes(text.encode(), name, read_options(Config())).postings[0]


def seen(text, *matches, name="posting.md", **given):
    """The rule, code and words of what is made of *matches*, each (rule, category, issue,
    words, replacement) where the words stand first in the projection."""
    posting = posting_of(text, name)
    projection = project(posting)
    made = []
    for rule, category, issue, words, *replacements in matches:
        at = projection.text.index(words)
        made.append(
            Match(rule, category, issue, at, at + len(words), "Says so.", tuple(replacements))
        )
    told = context(msgspec.convert(given, Config), DAY, Rules({}, (), frozenset(), "auto"))
    hits = findings.hits(made, projection, posting, told, CARDS)
    return [(hit.rule, hit.code, posting.document.text(hit.span)) for hit in hits]


def spelling(word, *replacements):
    return ("MORFOLOGIK_RULE_EN_GB", "TYPOS", "misspelling", word, *replacements)


# -- projection ------------------------------------------------------------------------


def test_blocks_stand_apart_and_what_is_no_prose_is_a_name():
    text = "# Nurse\n\nUse `npm` and\nsee https://x.org now.\n\n- You **care**\n- You write\n"
    assert project(posting_of(text)).text == (
        "Nurse\n\nUse Dummy1 and see Dummy2 now.\n\n• You care\n\n• You write\n\n"
    )


def test_a_range_that_touches_something_invented_has_no_place():
    projection = project(posting_of("# Nurse\n\nAn `npm` user &amp; friend.\n"))
    at = projection.text.index("An Dummy1")
    assert projection.plain(at, at + 2) is not None
    assert projection.plain(at, at + 9) is None


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "🚀🚀 ", "e\u0301 ", "\u00a0", "&amp; ", "**bold** "])
def test_the_way_back_is_exact(before, line_end):
    text = f"# Nurse{line_end}{line_end}We {before}need teh nurse.{line_end}"
    posting = posting_of(text)
    projection = project(posting)
    at = projection.text.index("teh")
    span = projection.plain(at, at + 3)
    source = posting.document.offsets.to_source(span)
    assert text[source.start : source.end] == "teh"


@given(st.text(alphabet="ab🚀é𝒳\n", max_size=40))
def test_utf16_units_and_code_points_lead_to_each_other(text):
    units = Utf16(text)
    for at in range(len(text) + 1):
        unit = len(text[:at].encode("utf-16-le")) // 2
        assert (units.unit(at), units.code_point(unit)) == (unit, at)


# -- from matches to findings ----------------------------------------------------------


def test_a_match_becomes_a_hit_of_its_card_with_the_foreign_id():
    text = "# Nurse\n\nYou are responsable for an ward and the the team.\n"
    assert seen(
        text,
        spelling("responsable", "responsible"),
        ("EN_A_VS_AN", "MISC", "misspelling", "an", "a"),
        ("ENGLISH_WORD_REPEAT_RULE", "MISC", "duplication", "the the", "the"),
    ) == [
        ("JD551", "MORFOLOGIK_RULE_EN_GB", "responsable"),
        ("JD552", "EN_A_VS_AN", "an"),
        ("JD554", "ENGLISH_WORD_REPEAT_RULE", "the the"),
    ]


@pytest.mark.parametrize(
    ("word", "best"),
    [
        ("CicLAvia", "Cecilia"), ("microservices", "micro services"), ("Zalando", "Calando"),
        ("colour", "color"), ("K8s", "Ks"), ("runbooks", "run books"), ("Miro", "Mire"),
        ("user-centered", "user-centred"), ("greenfield", "Greenfield"), ("qwertzuiop", "quite"),
    ],
)  # fmt: skip
def test_names_words_of_the_trade_and_other_dialects_are_no_misspellings(word, best):
    assert seen(f"# Nurse\n\nYou know {word} well.\n", spelling(word, best)) == []


def test_names_of_the_configuration_are_known():
    text = "# Nurse\n\nYou work for acmee and look after patients on three wards.\n"
    assert [words for _, _, words in seen(text, spelling("acmee", "acme"))] == ["acmee"]
    assert seen(text, spelling("acmee", "acme"), names=["Acmee"]) == []


def test_a_block_in_another_language_is_left_alone():
    text = "# Nurse\n\nYou care for patients.\n\nVous parlez anglais ausi.\n"
    matches = [spelling(w, w + "e") for w in ("parlez", "anglais", "ausi")]
    assert seen(text, *matches) == []


def test_a_word_that_is_written_so_again_and_again_is_meant():
    text = "# Nurse\n\nThe flurb helps. Each flurb is ours. A flurb counts for our patients.\n"
    assert seen(text, *[spelling("flurb", "flurry")] * 3) == []


def test_wrong_capitals_of_a_product_are_a_note_of_their_own():
    text = "# Nurse\n\nOn our team you write Javascript for the people of Defra every day.\n"
    found = seen(text, spelling("Javascript", "JavaScript"), spelling("Defra", "DEFRA"))
    assert found == [("JD556", "MORFOLOGIK_RULE_EN_GB", "Javascript")]


def test_what_our_own_rules_say_is_not_said_twice():
    ours = [PlainSpan(4, 9)]
    hits = [Hit("JD551", PlainSpan(4, 9)), Hit("JD551", PlainSpan(10, 12))]
    assert list(apart_from(ours, hits)) == hits[1:]
    assert list(apart_from([PlainSpan(0, 400)], hits)) == hits


class Answered:
    """A session whose LanguageTool always says the same of the words that it is told."""

    def __init__(self, *matches):
        self._matches = matches

    def hits(self, posting, given, cards):
        projection = project(posting)
        made = []
        for rule, category, issue, words, *replacements in self._matches:
            at = projection.text.index(words)
            span = (at, at + len(words))
            made.append(Match(rule, category, issue, *span, "Says so.", tuple(replacements)))
        return findings.hits(made, projection, posting, given, cards)


def ruled(text, *matches, **given):
    """The rules that speak under the configuration *given*, LanguageTool's remarks among them."""
    settled = settle(None, NOWHERE, given)
    rules = Rulebook(settled).for_path(Path("posting.md"))
    result = lint_bytes(
        text.encode(), "posting.md", rules, settled.config, DAY, grammar=Answered(*matches)
    )
    return [f.rule for f in result.findings if f.category == "grammar"]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Did you mean\n“these”?.", "Did you mean “these”?"),
        ("Did you mean “these”?", "Did you mean “these”?"),
        ("Two  stops..", "Two stops."),
        ("No stop", "No stop."),
    ],
)
def test_a_remark_ends_with_one_stop(message, said):
    assert findings.sentence(message) == said


@pytest.mark.parametrize(
    ("words", "match", "card"),
    [
        ("day to day", ("DAY_TO_DAY_HYPHEN", "GRAMMAR", "grammar"), "JD557"),
        ("eg", ("E_G", "PUNCTUATION", "typographical"), "JD557"),
        ("Defrax", ("MORFOLOGIK_RULE_EN_GB", "TYPOS", "misspelling"), "JD556"),
    ],
)
def test_a_remark_whose_card_is_off_does_not_come_under_another(words, match, card):
    better = {"day to day": "day-to-day", "eg": "e.g.", "Defrax": "DeFrax"}[words]
    text = f"# Nurse\n\nYou run the ward, {words} and more, with our team in Leeds.\n"
    assert ruled(text, (*match, words, better)) == []
    assert ruled(text, (*match, words, better), profile="strict") == [card]
    assert ruled(text, (*match, words, better), profile="strict", ignore=[card]) == []


def test_a_product_is_named_by_one_rule_only():
    text = "# Nurse\n\nYou write Github pages and Lastpass notes with our team in Leeds.\n"
    matches = [
        ("GITHUB", "PROPER_NOUNS", "uncategorized", "Github", "GitHub"),
        spelling("Github", "GitHub"),
        spelling("Lastpass", "LastPass"),
    ]
    assert ruled(text, *matches) == ["JD574"]
    assert ruled(text, *matches, profile="strict") == ["JD574", "JD556"]


def test_a_torn_compound_is_no_matter_of_style():
    text = "# Nurse\n\nYou lead government- wide work.\n"
    match = ("EN_SPLIT_WORDS_HYPHEN", "TYPOS", "misspelling", "government- wide")
    assert ruled(text, (*match, "government-wide")) == ["JD551"]


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("equal opportunities employer", ("POSSESSIVE_APOSTROPHE", "TYPOS", "", "opportunities")),
        ("fewer hours means less stress", ("AGREEMENT_SENT_START_2", "GRAMMAR", "", "means")),
        ("the « salle » is", ("COMMA_PARENTHESIS_WHITESPACE", "TYPOGRAPHY", "", " » ")),
    ],
)
def test_phrases_that_a_rule_of_languagetool_does_not_know(text, match):
    assert ruled(f"# Nurse\n\nWith us {text} for the whole team.\n", (*match, "x")) == []


def test_a_rule_may_be_asked_for_out_of_a_category_that_is_off():
    text = "# Nurse\n\nYou look after wards,patients  and visitors of our house.\n"
    stray = ("COMMA_PARENTHESIS_WHITESPACE", "TYPOGRAPHY", "whitespace", ",patients", ", patients")
    layout = ("WHITESPACE_RULE", "TYPOGRAPHY", "whitespace", "  ", " ")
    assert ruled(text, stray, layout) == ["JD555"]


def test_an_unknown_kind_of_remark_has_no_card():
    assert card_of(Match("NEW", "NEW_CATEGORY", "new-issue", 0, 1, ""), CARDS) is None


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("teh", "the", True),
        ("identifing", "identifying", True),
        ("abc", "xyz", False),
        ("a", "a", True),
    ],
)
def test_one_edit(one, other, near):
    assert within_one_edit(one, other) is near


def test_ids_of_languagetool_stand_for_the_longer_ones_that_they_begin():
    assert is_code("EN_A_VS_AN") and not is_code("JD551") and not is_code("heroic_title")
    assert is_meant("EN_COMPOUNDS", "EN_COMPOUNDS_WELL_DEFINED")
    assert not is_meant("EN_COMP", "EN_COMPOUNDS") and not is_meant("X_Y", None)


def test_the_configuration_takes_ids_of_languagetool(tmp_path):
    (tmp_path / "n.md").write_text("# Nurse\n\nYou care.\n")
    ok = CliRunner().invoke(
        cli, ["check", str(tmp_path / "n.md"), "--ignore", "EN_A_VS_AN", "--fail-on", "never"]
    )
    assert ok.exit_code == 0, ok.output


def test_suppressions_for_grammar_are_not_called_unused_while_grammar_is_off():
    text = "# Nurse\n\n<!-- jdlint-disable JD551, EN_A_VS_AN -->\n\nYou care for patients.\n"
    assert not {f.rule for f in lint(text)} & {"JD911", "JD912"}


# -- policy ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "used"),
    [
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081/"),
        ("http://localhost:8081/v2/", "http://localhost:8081/"),
        ("https://lt.example.org/lt", "https://lt.example.org/lt/"),
        ("https://lt.example.org/lt/v2", "https://lt.example.org/lt/"),
    ],
)
def test_addresses_are_made_even(url, used):
    assert server.address(GrammarSettings("server", url)) == used


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "--grammar-url"),
        ("localhost:8081", "--grammar-url"),
        ("http://10.0.0.5:8081", "unencrypted"),
        ("https://api.languagetool.org", "public service"),
        ("https://api.languagetoolplus.com/v2", "public service"),
    ],
)
def test_addresses_that_may_not_be_used(url, why):
    with pytest.raises(GrammarError, match=why):
        server.address(GrammarSettings("server", url))


def test_both_are_allowed_in_so_many_words():
    assert server.address(GrammarSettings("server", "http://10.0.0.5", insecure=True))
    assert server.address(
        GrammarSettings("server", "https://api.languagetool.org", public_api=True)
    )


def test_managed_mode_never_downloads(tmp_path, monkeypatch):
    monkeypatch.setenv("LTP_PATH", str(tmp_path))
    with pytest.raises(GrammarError, match="jdlint grammar install"):
        managed.Server(print, 30).url()
    assert list(tmp_path.iterdir()) == []


def test_managed_mode_without_java_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("LTP_PATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    managed.jar().parent.mkdir()
    managed.jar().write_bytes(b"")
    with pytest.raises(GrammarError, match="Java 17"):
        managed.Server(print, 30).url()


# -- cache -----------------------------------------------------------------------------


def test_what_is_kept_holds_no_text_and_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("JDLINT_CACHE_DIR", str(tmp_path))
    name = kept.key("6.8", "en-GB", ["B", "A"], "We pay Jane Roe a secret sum.")
    assert name == kept.key("6.8", "en-GB", ["A", "B"], "We pay Jane Roe a secret sum.")
    matches = [Match("X_Y", "TYPOS", "misspelling", 3, 6, "Possible mistake.", ("the",))]
    kept.put(name, matches)
    file = tmp_path / "grammar" / name
    assert kept.get(name) == matches
    assert b"secret" not in file.read_bytes() and b"Jane" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    file.write_bytes(b"[{")
    assert kept.get(name) is None


@pytest.mark.parametrize("part", range(4))
def test_whatever_an_answer_depends_on_is_in_its_name(part):
    given = ["6.8", "en-GB", ("A",), "text"]
    other = [*given]
    other[part] = ("B",) if part == 2 else "other"
    assert kept.key(*given) != kept.key(*other)
