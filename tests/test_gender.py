"""Gender coding: Gender Decoder's count kept true, and our own that knows senses and length."""

import re
from pathlib import Path

import pytest

from jdlint.checks import decoder
from jdlint.linter import understand_file
from jdlint.model import Severity
from jdlint.read import ReadOptions
from jdlint.store import table
from tests.lint import lint

POSTINGS = sorted(
    p
    for p in (Path(__file__).parent / "postings").iterdir()
    if p.is_file() and p.stem != "ATTRIBUTION"
)

# The published algorithm, written down a second time: plainly, slowly, and without our data.
MASCULINE = """
    active adventurous aggress ambitio analy assert athlet autonom battle boast challeng champion
    compet confident courag decid decision decisive defend determin domina dominant driven fearless
    fight force greedy head-strong headstrong hierarch hostil impulsive independen individual
    intellect lead logic objective opinion outspoken persist principle reckless self-confiden
    self-relian self-sufficien selfconfiden selfrelian selfsufficien stubborn superior unreasonab
""".split()  # noqa: SIM905
FEMININE = """
    agree affectionate child cheer collab commit communal compassion connect considerate cooperat
    co-operat depend emotiona empath feel flatterable gentle honest interpersonal interdependen
    interpersona inter-personal inter-dependen inter-persona kind kinship loyal modesty nag nurtur
    pleasant polite quiet respon sensitiv submissive support sympath tender together trust
    understand warm whin enthusias inclusive yield share sharin
""".split()  # noqa: SIM905
HYPHENATED = [s for s in (*FEMININE, *MASCULINE) if "-" in s and s != "head-strong"]


def published(text):
    """Gender Decoder's counts and verdict, as its description says."""
    ascii_only = "".join(c if ord(c) < 128 else " " for c in text)
    plain = re.sub(r"[.\t,<>*?!\"\[\]@':;()/&]", " ", re.sub(r"\s", " ", ascii_only))
    tokens = []
    for token in plain.lower().split(" "):
        kept = token.startswith("-") or any(token.startswith(h) for h in HYPHENATED)
        tokens += [token] if kept else token.split("-")
    tokens = [token for token in tokens if token != "sharepoint"]
    masculine = sum(token.startswith(stem) for token in tokens for stem in MASCULINE)
    feminine = sum(token.startswith(stem) for token in tokens for stem in FEMININE)
    score = feminine - masculine
    if score == 0:
        verdict = "neutral" if feminine else "empty"
    elif score > 0:
        verdict = "strongly feminine-coded" if score > 3 else "feminine-coded"
    else:
        verdict = "strongly masculine-coded" if score < -3 else "masculine-coded"
    return masculine, feminine, verdict


@pytest.mark.parametrize("file", POSTINGS, ids=lambda p: p.name)
def test_the_decoder_counts_real_postings_as_published(file):
    for posting in understand_file(file, ReadOptions()).postings:
        text = posting.document.plain
        assert decoder.decode(text)[:3] == published(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "You drive a van.",
        "Sharing\tis as important\u2014as ambition/leadership",
        "inter-personal, Co-Operative and self-confident; servant-leader, head-strong",
        "dominant interpersonal SharePoint sharepoints",
        "-lead lead- well-led --analysis analysis-- semi-autonomous-ish",
        "Caf\u00e9trust na\u00efvelead \u00fcberactive \u0130nclusive",
        "child_care #lead +support a=force {kind} |loyal|",
        "lead lead lead support",
        "support support support support",
        "share lead",
        "lone \ud83d surrogates\ud83dlead \U0001f600support",
    ],
)
def test_the_decoder_counts_odd_texts_as_published(text):
    assert decoder.decode(text)[:3] == published(text)


def test_the_decoder_says_where_each_counted_word_stands():
    text = "A dominant, co-operative servant-leader."
    found = decoder.decode(text)
    assert [(text[c.span.start : c.span.end], c.side, c.times) for c in found.coded] == [
        ("dominant", "masculine", 2),
        ("co-operative", "feminine", 1),
        ("leader", "masculine", 1),
    ]
    assert (found.masculine, found.feminine) == (3, 1)


def test_the_lists_as_printed_have_as_many_entries_as_the_paper():
    lists = table("gender_decoder")
    printed = [len(lists[side]["stems"]) + len(lists[side]["words"]) for side in decoder.SIDES]
    assert printed == [42, 40]


def test_the_lists_as_printed_know_whole_words():
    from jdlint.language.words import words

    assert decoder.printed_share(words("a kind Kindle"), "feminine") == pytest.approx(100 / 3)
    assert decoder.printed_share([], "masculine") == 0


CODED = (
    "You are aggressive and fearless with buyers, decisive and driven to win. "
    "You are dominant in every talk. "
)
PLAIN = "You keep the records of your accounts and write a short report for the director. "
DUTIES = "# Sales Executive\n\n## What you will do\n\n"


def coded(text, **given):
    return lint(text, select=["gender-coded"], **given)


def test_a_posting_that_is_coded_throughout_is_reported_once_as_a_note():
    (finding,) = coded(DUTIES + CODED + 9 * PLAIN)
    assert finding.severity is Severity.NOTE
    assert finding.message.startswith("3.3 in 100 words are coded as masculine (aggressive, ")
    text = DUTIES + CODED
    assert [text[r.start : r.end] for r in finding.related] == [
        "aggressive", "fearless", "decisive", "driven to win", "dominant",
    ]  # fmt: skip


def test_the_message_names_a_handful_of_words_and_the_places_all():
    more = "You are stubborn, outspoken and headstrong. "
    (finding,) = coded(DUTIES + CODED + more + 9 * PLAIN)
    assert "dominant \u2026)" in finding.message
    assert len(finding.related) == 8


def test_the_same_words_in_a_long_posting_are_too_few():
    assert coded(DUTIES + CODED + 9 * PLAIN)
    assert not coded(DUTIES + CODED + 60 * PLAIN)


def test_one_word_however_often_is_no_evidence():
    assert not coded(DUTIES + "You are fearless and aggressive, aggressively so. " * 6 + 9 * PLAIN)


def test_a_short_text_is_no_evidence():
    assert not coded(DUTIES + CODED)


def test_words_of_the_other_side_balance_it():
    kind = "You are honest, supportive and polite, and you collaborate with empathy. "
    assert not coded(DUTIES + CODED + kind + 9 * PLAIN)
    (finding,) = coded(DUTIES + CODED + "You are honest. " + 9 * PLAIN)
    assert [r.matched for r in finding.related if r.message == "against"] == ["honest"]


@pytest.mark.parametrize("heading", ["About us", "Benefits", "Equal opportunities", "How to apply"])
def test_parts_that_do_not_describe_the_person_do_not_count(heading):
    text = f"# Sales Executive\n\n## {heading}\n\n{CODED}\n\n## What you will do\n\n{9 * PLAIN}"
    assert not coded(text)


def test_accepted_phrases_are_not_counted():
    accept = ["driven to win", "fearless", "aggressive"]
    assert not coded(DUTIES + CODED + 9 * PLAIN, accept=accept)


def test_related_places_are_exact_behind_markup_and_in_lists():
    text = (
        DUTIES + f"- **Aggressive** &amp; fearless\r\n- dominant\r\n- decisive\r\n\r\n{9 * PLAIN}"
    )
    (finding,) = coded(text)
    for place in finding.related:
        assert text[place.start : place.end] == place.matched
        line = text.split("\n")[place.line - 1]
        assert line[place.column - 1 : place.end_column - 1] == place.matched


def test_the_card_of_the_decoder_has_the_verdict_and_the_words():
    (finding,) = lint("We want an ambitious leader.", select=["gender-decoder"])
    assert "'masculine-coded': 2 masculine-coded and 0 feminine-coded words" in finding.message
    assert [(r.matched, r.message) for r in finding.related] == [
        ("ambitious", "masculine"),
        ("leader", "masculine"),
    ]


def test_inspect_tells_what_the_published_lists_say():
    from jdlint.linter import understand_bytes
    from jdlint.read.offsets import LineIndex
    from jdlint.report.outline import as_data

    text = "We want an analyst who supports and leads us."
    (posting,) = understand_bytes(text.encode(), "posting.md", ReadOptions()).postings
    assert as_data(posting, "posting.md", LineIndex(text))["gender_coding"] == {
        "masculine": 22.22,
        "feminine": 11.11,
        "decoder": {"masculine": 2, "feminine": 1, "verdict": "masculine-coded"},
    }
