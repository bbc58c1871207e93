"""Headings that a configuration adds: wordings for our kinds, and kinds of its own."""

import json

import pytest
from click.testing import CliRunner

from jdlint.cli import cli
from jdlint.config import settle
from jdlint.model import ConfigError, SectionKind
from jdlint.posting import understand
from jdlint.posting.jobs import jobs
from jdlint.posting.own import OwnHeadings
from jdlint.rulebook import Rulebook
from jdlint.trial import cards_at, faults
from tests.lint import DAY, NOWHERE, lint_bytes
from tests.reading import document_of

OWN = OwnHeadings(
    {
        "benefits": ["The good stuff"],
        "pay, location": ["Money & map"],
        "school-visits": ["Come and see us"],
    }
)


def sections(text, own=OWN, name="posting.md"):
    found = understand(document_of(text, name), own)
    return [(" + ".join(s.kinds), s.own, found.document.text(s.body)) for s in found.sections
            if s.heading]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Cook\n\n## The good stuff\n\nCake.\n", "posting.md"),
        ("# Cook\n\n### 3. THE GOOD STUFF!\n\nCake.\n", "posting.md"),
        ("# Cook\n\n**The good stuff**\n\nCake.\n", "posting.md"),
        ("# Cook\n\n- The good stuff: Cake.\n", "posting.md"),
        ("# Cook\n\n**The good stuff:** Cake.\n", "posting.md"),
        ("Cook\n\nThe good stuff\n\nCake.\n", "posting.txt"),
        ("Cook\n\nThe good stuff: Cake.\n", "posting.txt"),
        ("<h1>Cook</h1><h3>The good stuff 🎂</h3><p>Cake.</p>", "posting.html"),
        ("<h1>Cook</h1><table><tr><td>The good stuff</td><td>Cake.</td></tr></table>", "posting.html"),
    ],
)  # fmt: skip
def test_a_wording_is_known_in_every_layout(text, name):
    assert sections(text, name=name) == [("benefits", "", "Cake.")]


def test_without_the_configuration_it_is_not_known():
    text = "# Cook\n\n## The good stuff\n\nCake.\n"
    assert sections(text, OwnHeadings({})) == [("other", "", "Cake.")]
    assert sections(text) == [("benefits", "", "Cake.")]
    assert sections(text, OwnHeadings({"pay": ["the good stuff"]})) == [("pay", "", "Cake.")]
    assert sections(text, OwnHeadings({})) == [("other", "", "Cake.")]


def test_a_heading_can_stand_for_two_kinds():
    assert sections("# Cook\n\n## Money and map\n\n£30,000, Oban.\n") == [
        ("pay + location", "", "£30,000, Oban.")
    ]


def test_a_kind_of_its_own_is_other_with_a_name():
    assert sections("# Cook\n\n## Come and see us!\n\nOn any day.\n") == [
        ("other", "school-visits", "On any day.")
    ]


def test_a_subheading_goes_on_with_the_kind_of_its_parent():
    text = "# Cook\n\n## Come and see us\n\nOn any day.\n\n## Requirements\n\nCare.\n"
    assert [s[:2] for s in sections(text)] == [("other", "school-visits"), ("requirements", "")]
    text = "# Cook\n\n## Come and see us\n\nOn any day.\n\n### Parking\n\nBehind the hall.\n"
    assert sections(text) == [("other", "school-visits", "On any day.\n\nParking\n\nBehind the hall.")]  # fmt: skip


def test_a_wording_of_ours_can_be_given_another_kind():
    own = OwnHeadings({"how-to-apply": ["Requirements"]})
    assert sections("# Cook\n\n## Requirements\n\nA letter.\n", own)[0][0] == "how-to-apply"
    own = OwnHeadings({"about-role": ["The ideal candidate will"]})
    text = "# Cook\n\n## The ideal candidate will\n\n- Have patience\n- Be kind\n"
    assert sections(text, own)[0][0] == "about-role"


def test_it_is_neither_a_title_nor_a_job():
    text = "# Come and see us\n\nOn any day.\n\n# Cook\n\nYou will cook.\n"
    found = understand(document_of(text), OWN)
    assert found.document.text(found.title) == "Cook"
    long = "You will cook and clean for the children of our school. " * 5
    text = f"# Assistant cook\n\n{long}\n\n# Visit the head cook\n\n{long}\n"
    document = document_of(text)
    assert len(jobs(document)) == 2
    assert len(jobs(document, OwnHeadings({"school-visits": ["Visit the head cook"]}))) == 1


CONFIG = """\
headings:
  benefits: [The good stuff]
  school-visits: [Come and see us]
"""

POSTING = "# Cook\n\n## The good stuff\n\nCake.\n\n## Come and see us\n\nOn any day.\n"


def test_inspect_shows_them(tmp_path):
    (tmp_path / "jdlint.yaml").write_text(CONFIG)
    file = tmp_path / "cook.md"
    file.write_text(POSTING)
    given = ["inspect", str(file), "--config", str(tmp_path / "jdlint.yaml")]
    shown = CliRunner().invoke(cli, given).output
    assert "benefits           'The good stuff'" in shown
    assert "school-visits      'Come and see us'" in shown
    told = json.loads(CliRunner().invoke(cli, [*given, "--format", "json"]).output)
    assert [s["kind"] for s in told["postings"][0]["sections"]] == ["benefits", "school-visits"]


@pytest.mark.parametrize(
    ("headings", "says"),
    [
        ("{requirments: [What it takes]}", "there is no kind 'requirments'; did you mean 'requirements'?"),
        ("{School Visits: [Come]}", "write it in lower case, as 'school-visits'"),
        ("{'pay, visits': [Come]}", "'visits' is no kind of ours"),
        ("{pay: ['---']}", "'---' holds no word"),
        ("{pay: [Cash], benefits: [cash]}", "'cash' stands under 'pay' already"),
        ("{pay: Cash}", "this must be a list"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(tmp_path, headings, says):
    file = tmp_path / "jdlint.yaml"
    file.write_text(f"headings: {headings}\n")
    with pytest.raises(ConfigError) as caught:
        settle(file, tmp_path, {})
    assert says in str(caught.value)
    assert str(file) in str(caught.value)


CARD = """\
id: JD701
name: missing-visits
kind: required-section
severity: warning
since: "0.1"
summary: A posting invites people to visit.
message: "Say when people can see the school ({section})."
why: We want applicants to have seen us.
evidence: opinion
own_kinds: [school-visits]
minimum_words: 3
examples:
  bad:
    - text: "# Cook\\n\\nYou will cook lunch for us.\\n"
      setting: {headings: {school-visits: [Come and see us]}}
  good:
    - text: "# Cook\\n\\nYou will cook.\\n\\n## Come and see us\\n\\nOn any day.\\n"
      setting: {headings: {school-visits: [Come and see us]}}
"""


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "ours" / "structure"
    folder.mkdir(parents=True)
    (folder / "missing-visits.yaml").write_text(CARD)
    return folder.parent


def test_a_card_of_a_pack_can_ask_for_a_kind_of_its_own(pack):
    (card,) = cards_at(pack)
    assert faults(card) == []
    settled = settle(
        None,
        NOWHERE,
        {"rule_folders": [str(pack)], "select": ["JD701"],
         "headings": {"school-visits": ["Come and see us"]}},
    )  # fmt: skip
    rules = Rulebook(settled).for_path(pack / "cook.md")
    found = lint_bytes(b"# Cook\n\nYou will cook.\n", "cook.md", rules, settled.config, DAY)
    assert [f.message for f in found.findings] == [
        "Say when people can see the school (school-visits)."
    ]
    found = lint_bytes(POSTING.encode(), "cook.md", rules, settled.config, DAY)
    assert found.findings == ()


def test_a_kind_that_the_configuration_lacks_is_told_at_once(pack):
    given = {"rule_folders": [str(pack)]}
    with pytest.raises(
        ConfigError, match=r"rule JD701 asks .* 'headings: \{school-visits: \[...\]\}'"
    ):
        Rulebook(settle(None, NOWHERE, given)).for_path(pack / "cook.md")
    off = {**given, "rules": {"JD701": "off"}}
    assert "JD701" not in Rulebook(settle(None, NOWHERE, off)).for_path(pack / "x.md").cards


def test_every_kind_of_ours_is_in_the_manual():
    manual = (NOWHERE.parent.parent / "docs" / "configuration.md").read_text("utf-8")
    assert [kind for kind in SectionKind if f"`{kind}`" not in manual] == []
