"""The configuration: one file wins, and every mistake in it has a place and a remedy."""

from datetime import date
from pathlib import Path

import jsonschema
import msgspec
import pytest

from jdlint.config import Config, nearest, schema, settle
from jdlint.model import ConfigError
from jdlint.rulebook import Rulebook, Rules


def write(folder: Path, text: str, name: str = "jdlint.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text)
    return file


def test_without_a_file_the_defaults_hold(tmp_path):
    (tmp_path / ".git").mkdir()
    settled = settle(None, tmp_path, {})
    assert settled.config == Config()
    assert settled.file is None


def test_the_nearest_file_wins_up_to_the_root_of_the_repository(tmp_path):
    write(tmp_path, "profile: strict\n")
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    below = repository / "postings" / "london"
    below.mkdir(parents=True)
    assert nearest(below) is None
    file = write(repository, "profile: minimal\n")
    assert nearest(below) == file
    closer = write(repository / "postings", "[tool.jdlint]\nprofile = 'strict'\n", "pyproject.toml")
    assert nearest(below) == closer


def test_values_come_from_the_file_or_the_command_line_and_say_so(tmp_path):
    file = write(tmp_path, "# ours\nprofile: strict\nfail_on: error\n")
    settled = settle(file, tmp_path, {"fail_on": "never"})
    assert (settled.config.profile, settled.config.fail_on) == ("strict", "never")
    assert settled.origins == {"profile": f"{file}:2", "fail_on": "--fail-on"}


def test_a_file_can_extend_others_and_maps_are_merged(tmp_path):
    write(tmp_path, "profile: strict\nrules: {JD901: error, JD902: off}\n", "base.yaml")
    file = write(tmp_path, "extends: [base.yaml]\nrules: {JD902: note}\n")
    config = settle(file, tmp_path, {}).config
    assert config.profile == "strict"
    assert config.rules == {"JD901": "error", "JD902": "note"}


def test_a_file_that_extends_itself_is_refused(tmp_path):
    file = write(tmp_path, "extends: [jdlint.yaml]\n")
    with pytest.raises(ConfigError, match="extends itself"):
        settle(file, tmp_path, {})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("profil: strict\n", "1:1: unknown key 'profil'; did you mean 'profile'?"),
        ("\nprofile: stricter\n", "2:10: 'stricter' is not allowed; did you mean 'strict'? (in 'profile')"),
        ("fail_on: errors\n", "1:10: 'errors' is not allowed; did you mean 'error'?"),
        ("dialect: uk\n", "1:10: 'uk' is not allowed; did you mean 'UK'?"),
        ("dialect: French\n", "1:10: 'French' is not allowed; use one of AU, CA, UK, UK-oxford, US, auto"),
        ("max_file_size: big\n", "1:16: this must be a whole number, this is 'big' (in 'max_file_size')"),
        ("accept: {a: b}\n", "1:9: this must be a list, not a map (in 'accept')"),
        ("- profile: strict\n", "1:1: this must be a map, not a list"),
        ("strict\n", "1:1: this must be a map, this is 'strict'"),
        ("profile: [strict\n", "2:1: this is not valid YAML"),
        ("profile: strict\n\nprofile: minimal\n", "3:1: the key 'profile' stands here twice"),
        ("extends: [gone.yaml]\n", "1:11: it extends gone.yaml, which does not exist"),
        ("as_of: 31/12/2026\n", "1:8: this must be a day such as 2026-11-23, this is '31/12/2026'"),
        ("overrides:\n  - path: [a]\n", "2:5: unknown key 'path'; did you mean 'paths'? (in 'overrides[0]')"),
        ("overrides:\n  - paths: [a]\n    fail_on: error\n", "3:5: unknown key 'fail_on'; use one of paths, profile"),
        ("rules:\n  JD901: off\n  JD902: fatal\n", "3:10: 'fatal' is not allowed; use one of error, note, off, on, warning (in 'rules.JD902')"),
        ("rules:\n  JD902: warnig\n", "2:10: 'warnig' is not allowed; did you mean 'warning'?"),
        ("rules:\n  JD901: off\n  JD902: {severty: note}\n", "3:11: unknown key 'severty'; did you mean 'severity'? (in 'rules.JD902')"),
        ("rules:\n  JD902:\n    severity: grave\n", "3:15: 'grave' is not allowed; use one of error, note, warning (in 'rules.JD902.severity')"),
        ("accept:\n  - phrase: a\n    untl: 2026-01-01\n", "3:5: unknown key 'untl'; did you mean 'until'? (in 'accept[0]')"),
        ("accept:\n  - ''\n", "2:5: '' holds no word; write one or remove it"),
        ("exclude:\n  - 'postings\\old\\**'\n", "2:5: 'postings\\old\\**' has a backslash; on every system write 'postings/old/**'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_place_and_remedy(tmp_path, text, says):
    file = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        settle(file, tmp_path, {})
    assert str(caught.value).startswith(f"{file}:{says}")


NO_RULES = Rules({}, (), frozenset(), "auto")

MISTAKES_ABOUT_RULES = [
    ("rules: {JD9999: off}\n", "1:9: there is no rule 'JD9999'; did you mean 'JD"),
    ("rules:\n  xyzzy: off\n", "2:3: there is no rule 'xyzzy'; 'jdlint rules' lists them"),
    ("select: [spelling, wordings]\n", "1:20: there is no rule, category or tag 'wordings'; did you mean 'wording'?"),
    ("rules:\n  long-sentence:\n    options:\n      at_mots: 3\n", "4:7: rule JD401 (long-sentence) has no option 'at_mots'; did you mean 'at_most'?"),
    ("rules: {JD901: {options: {size: 3}}}\n", "1:27: rule JD901 (empty-file) has no option 'size'; it has none"),
    ("rules:\n  long-sentence:\n    options: {at_most: many}\n", "3:24: 'many' does not fit the option 'at_most': this must be a number"),
    ("overrides:\n  - paths: [legacy]\n    rules: {JD90: off}\n", "3:13: there is no rule 'JD90'"),
    ("packs: [acme]\n", "1:9: the pack 'acme' is not installed; there is none"),
    ("rule_folders: [ours]\n", "1:16: there is no folder of cards 'ours'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), MISTAKES_ABOUT_RULES)
def test_a_mistake_about_a_rule_is_told_with_place_and_remedy(tmp_path, text, says):
    """Whether or not any file is linted to which it would matter."""
    file = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        Rulebook(settle(file, tmp_path, {}))
    assert str(caught.value).startswith(f"{file}:{says}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[tool.jdlint]\nprofil = 'strict'\n", ": unknown key 'profil'; did you mean 'profile'? (in 'tool.jdlint')"),
        ("[tool.jdlint.rules]\nJD901 = 'of'\n", ": 'of' is not allowed; did you mean 'off'? (in 'tool.jdlint.rules.JD901')"),
        ("[tool.jdlint.rules]\nJD901 = false\n", ": this must be text or a map, not true or false (in 'tool.jdlint.rules.JD901')"),
        ("[tool.jdlint]\nselect = ['JD901', 'wordin']\n", ": there is no rule, category or tag 'wordin'; did you mean 'wording'? (in 'tool.jdlint.select[1]')"),
        ("[tool.jdlint]\nprofile = strict\n", ":2:11: this is not valid TOML: Invalid value"),
        ("[tool.other]\n", ": it has no table [tool.jdlint]; put the settings there"),
    ],
)  # fmt: skip
def test_a_mistake_in_toml_is_told_with_the_way_to_it(tmp_path, text, says):
    file = write(tmp_path, text, "pyproject.toml")
    with pytest.raises(ConfigError) as caught:
        Rulebook(settle(file, tmp_path, {}))
    assert str(caught.value).startswith(f"{file}{says}")


def test_a_mistake_in_a_file_below_is_told_where_it_stands(tmp_path):
    base = write(tmp_path, "rules:\n  JD901: error\n  JD9: off\n", "base.yaml")
    file = write(tmp_path, "extends: [base.yaml]\nrules: {JD902: note}\n")
    with pytest.raises(ConfigError) as caught:
        Rulebook(settle(file, tmp_path, {}))
    assert str(caught.value).startswith(f"{base}:3:3: there is no rule 'JD9'")


def test_a_mistake_on_the_command_line_is_not_blamed_on_the_file(tmp_path):
    file = write(tmp_path, "select: [wording]\n")
    with pytest.raises(ConfigError) as caught:
        Rulebook(settle(file, tmp_path, {"select": ["wordin"]}))
    assert str(caught.value).startswith("--select: there is no rule, category or tag 'wordin'")


def test_a_key_with_nothing_behind_it_is_not_set(tmp_path):
    file = write(tmp_path, "accept:\n#  - phrase: master data\nrules:\nprofile: strict\n")
    config = settle(file, tmp_path, {}).config
    assert (config.accept, config.rules, config.profile) == ([], {}, "strict")


@pytest.mark.parametrize(
    ("name", "says"),
    [("gone.yaml", "there is no such configuration file"), (".", "this is a folder; name the")],
)
def test_a_configuration_that_cannot_be_opened_is_named(tmp_path, name, says):
    with pytest.raises(ConfigError) as caught:
        settle(tmp_path / name, tmp_path, {})
    assert says in str(caught.value)


def test_a_configuration_in_another_encoding_is_named(tmp_path):
    (tmp_path / "jdlint.yaml").write_bytes("names: [Café]\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"jdlint.yaml: this is not UTF-8 \(byte 11\); save it"):
        settle(tmp_path / "jdlint.yaml", tmp_path, {})


def test_a_pack_that_fails_is_a_mistake_with_a_place(tmp_path, monkeypatch):
    pack = EntryPoint("acme", tmp_path)
    monkeypatch.setattr(pack, "load", lambda: 1 / 0)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [pack])
    with pytest.raises(ConfigError, match=r"jdlint.yaml:1:9: the pack 'acme' cannot be loaded"):
        Rulebook(settle(write(tmp_path, "packs: [acme]\n"), tmp_path, {}))


def test_a_folder_of_cards_counts_from_the_file_that_names_it(tmp_path):
    write(tmp_path / "shared" / "cards" / "wording", CARD, "our-name.yaml")
    write(tmp_path / "shared", "rule_folders: [cards]\n", "base.yaml")
    file = write(tmp_path / "team", "extends: [../shared/base.yaml]\n")
    book = Rulebook(settle(file, tmp_path, {}))
    assert "JD790" in {card.id for card in book.cards}


def on(text: str, path: str = "a.md", folder: Path | None = None, tmp: Path | None = None):
    settled = settle(write(tmp, text), tmp, {})
    return Rulebook(settled).for_path((folder or tmp) / path).cards


def test_profiles_hold_one_another(tmp_path):
    sizes = [set(on(f"profile: {p}\n", tmp=tmp_path)) for p in ("minimal", "recommended", "strict")]
    assert sizes[0] < sizes[1] < sizes[2]


def test_rules_are_chosen_by_id_name_category_and_tag(tmp_path):
    assert set(on("select: [JD901]\nignore: [file]\n", tmp=tmp_path)) == set()
    assert {c.category for c in on("select: [spelling]\n", tmp=tmp_path).values()} <= {
        "spelling",
        "structure",
    }
    assert "JD901" not in on("rules: {empty-file: off}\n", tmp=tmp_path)
    assert on("rules: {JD901: error}\n", tmp=tmp_path)["JD901"].severity == "error"


def test_settings_can_differ_by_path(tmp_path):
    text = "overrides:\n  - paths: ['legacy/**']\n    rules: {JD901: off}\n"
    assert "JD901" in on(text, "postings/a.md", tmp=tmp_path)
    assert "JD901" not in on(text, "legacy/old/a.md", tmp=tmp_path)


def test_an_accepted_phrase_ends_on_its_day(tmp_path):
    from jdlint.linter import context

    text = "accept:\n  - phrase: Ninja\n    reason: a product\n    until: 2026-06-30\n  - Guru\n"
    config = settle(write(tmp_path, text), tmp_path, {}).config
    assert context(config, date(2026, 6, 30), NO_RULES).accepted == {"ninja", "guru"}
    assert context(config, date(2026, 7, 1), NO_RULES).accepted == {"guru"}


def test_the_schema_is_valid_and_describes_the_configuration(tmp_path):
    made = msgspec.to_builtins(schema())
    jsonschema.Draft202012Validator.check_schema(made)
    jsonschema.validate({"profile": "strict", "rules": {"JD112": "off"}}, made)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"profil": "strict"}, made)


def test_the_shipped_schema_is_fresh():
    shipped = Path(__file__).parent.parent / "docs" / "jdlint.schema.json"
    fresh = msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"
    assert shipped.read_text("utf-8") == fresh, (
        "run: jdlint config --schema > docs/jdlint.schema.json"
    )


CARD = """\
id: JD790
name: our-name
kind: terms
severity: note
since: "1"
summary: Our name.
message: "Write {suggest}."
why: It is our name.
evidence: opinion
terms: [{match: acme corp, suggest: [Acme]}]
examples: {bad: [At acme corp we care.], good: [At Acme we care.]}
"""


class EntryPoint:
    """What importlib.metadata gives for an installed pack."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder

    def load(self):
        return lambda: self.folder


def test_an_installed_pack_is_on_only_when_it_is_named(tmp_path, monkeypatch):
    write(tmp_path / "pack" / "wording", CARD, "our-name.yaml")
    installed = [EntryPoint("acme", tmp_path / "pack")]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: installed)
    assert "JD790" not in on("profile: strict\n", tmp=tmp_path)
    cards = on("packs: [acme]\n", tmp=tmp_path)
    assert (cards["JD790"].pack, cards["JD790"].category) == ("acme", "wording")


def test_a_pack_that_is_not_named_is_not_even_looked_for(tmp_path, monkeypatch):
    def refuse(group):
        raise AssertionError("nobody asked")

    monkeypatch.setattr("importlib.metadata.entry_points", refuse)
    assert on("profile: strict\n", tmp=tmp_path)


def test_options_of_a_rule_can_be_set(tmp_path):
    text = "rules: {long-sentence: {severity: warning, options: {at_most: 12}}}\n"
    cards = [c for c in on(text, tmp=tmp_path).values() if c.name == "long-sentence"]
    assert [(c.at_most, c.severity) for c in cards] == [(12, "warning")]


def test_the_shipped_schema_of_evidence_is_fresh():
    from jdlint.report import filing

    shipped = Path(__file__).parent.parent / "docs" / "evidence.schema.json"
    fresh = msgspec.json.format(msgspec.json.encode(filing.schema()), indent=2).decode() + "\n"
    assert shipped.read_text("utf-8") == fresh, (
        "run: jdlint laws --schema > docs/evidence.schema.json"
    )
