"""Every shipped card does what it says; wrong cards are refused with their place."""

import re
from pathlib import Path

import pytest

from jdlint import store
from jdlint.checks import load
from jdlint.checks.card import TermsCard
from jdlint.checks.example import Example
from jdlint.model import CardError
from jdlint.report import pages
from jdlint.trial import cards_at, faults, matches

CARDS = load.shipped()
KNOWN = [key for card in CARDS for key in (card.id, card.name)]

GOOD = """\
id: JD112
name: heroic-title
kind: terms
severity: warning
since: "0.1"
summary: Name the work, not a hero.
message: "'{match}' describes a hero: try {suggest}."
why: Say what is to be done.
evidence: style
terms:
  - match: rockstar
    suggest: [expert]
examples:
  bad: [We want a rockstar.]
  good: [We want an expert.]
"""


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card.id}-{card.name}")
def test_every_example_of_a_card_comes_out_as_it_says(card):
    assert faults(card, KNOWN) == []


def test_pages_and_index_are_what_the_cards_say():
    stale = pages.differing(CARDS, store.rules_folder())
    assert not stale, f"run: jdlint rules --write rules  (stale: {[f.name for f in stale]})"


def test_no_page_is_left_of_a_card_that_is_gone():
    wanted = {str(Path(card.file).with_suffix(".md")) for card in CARDS}
    wanted |= {
        "README.md",
        *(f"{family}/NOT-COVERED.md" for family in ("wording", "spelling", "law")),
    }
    root = store.rules_folder()
    found = {str(f.relative_to(root)) for f in root.rglob("*.md") if "_data" not in f.parts}
    assert found == wanted


def test_there_are_cards_in_each_of_the_four_families():
    def cards(category):
        return [c for c in CARDS if c.category == category]

    terms = [t for c in cards("wording") if isinstance(c, TermsCard) for t in c.terms]
    assert len(cards("wording")) >= 25
    assert len(terms) >= 200
    assert len([c for c in cards("structure") if type(c).__name__ == "RequiredSectionCard"]) >= 8
    assert len(cards("readability")) >= 6
    assert len(cards("spelling")) >= 1


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_is_written_for_people(card):
    assert len(card.summary) <= 100
    assert card.summary.endswith(".")
    assert not re.search(r"[!]|simply|just\b", card.message)
    assert len(card.message) <= 160


def parse(text: str, folder: Path, trusted: bool = False):
    file = folder / "wording" / "heroic-title.yaml"
    return load.parse_card(text.encode(), file, folder, "mine", trusted)


def test_a_good_card_is_accepted(tmp_path):
    card = parse(GOOD, tmp_path)
    assert (card.id, card.category, card.pack) == ("JD112", "wording", "mine")


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        (("message:", "mesage:"), "7:1", "unknown key 'mesage'; did you mean 'message'?"),
        (
            ("warning", "warnig"),
            "4:11",
            "'warnig' is not allowed; did you mean 'warning'? (in 'severity')",
        ),
        (("kind: terms", "kind: termz"), "3:7", "did you mean 'terms'?"),
        (("id: JD112", "id: JD12"), "1:5", "'id' is JD12; it must be JD and three digits"),
        (("name: heroic-title", "name: hero"), "2:7", "must be the file's name"),
        (("why: Say what is to be done.\n", ""), "1:1", "missing key 'why'"),
        (("  good: [We want an expert.]\n", ""), "14:3", "missing key 'good'"),
        (("{suggest}", "{sugest}"), "7:10", "'message' uses {sugest}"),
        (("    suggest: [expert]\n", ""), "11:5", "rockstar has no 'suggest'"),
        (
            ("  - match: rockstar", "  - pattern: 'rock(star'\n    hits: [x]"),
            "11:5",
            "not valid RE2",
        ),
        (("  - match: rockstar", "  - pattern: 'rocks?'\n    hits: [rocked]"), "11:5", "'rocked'"),
        (("  - match: rockstar", "  - pattern: 'x*'\n    hits: [x]"), "11:5", "everywhere"),
        (
            ("    suggest: [expert]\n", "    suggest: [expert]\n  - match: ninja\n"),
            "13:5",
            "ninja has no 'suggest'",
        ),
        (("  - match: rockstar\n    suggest: [expert]\n", "  []\n"), "11:3", "'terms' is empty"),
        (("[We want an expert.]", "[]"), "14:3", "at least one bad and one good text"),
        (("since:", "id: JD113\nsince:"), "5:1", "the key 'id' stands here twice"),
        (("severity: warning", "severity: [warning"), "5", "not valid YAML"),
    ],
)
def test_a_wrong_card_is_refused_with_place_and_remedy(tmp_path, change, place, says):
    with pytest.raises(CardError) as caught:
        parse(GOOD.replace(*change, 1), tmp_path)
    assert f"heroic-title.yaml:{place}" in str(caught.value)
    assert says in str(caught.value)


def test_a_folder_of_a_user_may_not_name_code(tmp_path):
    text = GOOD.replace("kind: terms", "kind: python\ncheck: 'os:system'")
    text = re.sub(r"terms:\n.*?examples", "examples", text, flags=re.S)
    with pytest.raises(CardError, match="runs code"):
        parse(text, tmp_path)


def test_two_cards_cannot_share_an_id(tmp_path):
    write_card(tmp_path, "heroic-title", "JD700")
    write_card(tmp_path, "other-title", "JD700")
    with pytest.raises(CardError) as caught:
        load.load_folder(tmp_path, "mine", trusted=False)
    assert str(caught.value) == (
        f"{tmp_path}/wording/other-title.yaml:1:5: "
        "'id': JD700 is taken by mine/wording/heroic-title.yaml; choose another"
    )


@pytest.mark.parametrize(
    ("name", "id_", "place", "taken"),
    [
        ("my-title", "JD174", "1:5", "'id': JD174 is taken by jdlint/wording/heroic-title.yaml"),
        ("heroic-title", "JD700", "2:7", "'name': heroic-title is taken by jdlint/wording/"),
    ],
)
@pytest.mark.parametrize("read", [cards_at, lambda f: load.load_folder(f, "mine", trusted=False)])
def test_a_card_cannot_take_what_a_shipped_one_has(tmp_path, name, id_, place, taken, read):
    write_card(tmp_path, name, id_)
    with pytest.raises(CardError) as caught:
        read(tmp_path)
    assert f"{name}.yaml:{place}: {taken}" in str(caught.value)


def write_card(root: Path, name: str, id_: str) -> None:
    file = root / "wording" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(GOOD.replace("heroic-title", name).replace("JD112", id_))


def test_a_required_section_names_a_section(tmp_path):
    text = GOOD.replace("kind: terms", "kind: required-section\nany_of: []")
    text = re.sub(r"terms:\n.*?examples", "examples", text, flags=re.S)
    text = re.sub(r"message: .*", "message: Say more.", text)
    with pytest.raises(CardError, match="4:9: 'any_of' is empty"):
        parse(text, tmp_path)


def test_a_card_with_wrong_examples_is_told_so(tmp_path):
    text = GOOD.replace("[We want a rockstar.]", "[We want a star.]")
    text = text.replace("[We want an expert.]", "[We are rockstars and a rockstar.]")
    found = faults(parse(text, tmp_path))
    assert found == [
        "bad example 1 is not found: We want a star.",
        "good example 1 is reported for ['rockstar']: We are rockstars and a rockstar.",
        "no bad example shows the term 'rockstar'",
    ]


@pytest.mark.parametrize("evil", ["(a+)+x", "(a|a)*x", "(.*)*x", "(a*)*x"])
def test_evil_patterns_of_a_user_cannot_hang_a_run(tmp_path, evil):
    text = GOOD.replace("  - match: rockstar", f"  - pattern: '{evil}'\n    hits: [aax]")
    card = parse(text, tmp_path)
    found = matches(card, Example(text="# Cook\n\n" + "a" * 200_000 + "!", format="markdown"))
    assert found == []


@pytest.mark.parametrize("damage", [b'[{"kind": "terms"', b"null", b"[]", b""])
def test_a_damaged_cache_is_rebuilt_silently(damage, tmp_path, monkeypatch):
    monkeypatch.setenv("JDLINT_CACHE_DIR", str(tmp_path))
    first = load.shipped()
    whole = {file: file.read_bytes() for file in tmp_path.glob("cards-*.json")}
    assert whole
    for file in whole:
        file.write_bytes(damage)
    assert load.shipped() == first
    assert {file: file.read_bytes() for file in whole} == whole


def test_a_cache_folder_that_cannot_be_written_does_no_harm(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("JDLINT_CACHE_DIR", str(blocked))
    assert load.shipped()
