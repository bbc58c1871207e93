"""The configuration: one file wins, and every mistake in it has a place and a remedy."""

from datetime import date
from pathlib import Path

import jsonschema
import msgspec
import pytest

from jdlint.config import Config, nearest, schema, settle
from jdlint.model import ConfigError
from jdlint.rulebook import Rulebook


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
    assert settled.origins == {"profile": f"{file}:2", "fail_on": "command line"}


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
        ("profil: strict\n", "jdlint.yaml:1:1: unknown key 'profil'; did you mean 'profile'?"),
        ("\nprofile: stricter\n", "jdlint.yaml:2:10: 'stricter' is not allowed in 'profile'; did you mean 'strict'?"),
        ("fail_on: errors\n", "'errors' is not allowed in 'fail_on'; did you mean 'error'?"),
        ("dialect: uk\n", "'uk' is not allowed in 'dialect'"),
        ("max_file_size: big\n", "jdlint.yaml:1:16: expected 'int'"),
        ("accept: {a: b}\n", "jdlint.yaml:1:9: expected 'array'"),
        ("profile: [strict\n", "not valid YAML"),
        ("extends: [gone.yaml]\n", "jdlint.yaml:1: it extends gone.yaml, which does not exist"),
        ("as_of: soon\n", "jdlint.yaml:1:8"),
        ("overrides:\n  - path: [a]\n", "jdlint.yaml:2:5: unknown key 'path' in 'overrides.0'; did you mean 'paths'?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_place_and_remedy(tmp_path, text, says):
    file = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        settle(file, tmp_path, {})
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rules: {JD9999: off}\n", "no rule, category or tag 'JD9999' (in 'rules'); did you mean"),
        ("select: [wordings]\n", "did you mean 'wording'?"),
        (
            "rules: {JD901: fatal}\n",
            "'fatal' is not allowed for rule JD901; use off, note, warning",
        ),
        ("rules: {JD901: {options: {size: 3}}}\n", "rule JD901 has no option 'size'"),
        ("packs: [acme]\n", "the pack 'acme' is not installed"),
        ("rule_folders: [ours]\n", "there is no such folder of cards"),
    ],
)
def test_a_rule_that_does_not_exist_is_named(tmp_path, text, says):
    settled = settle(write(tmp_path, text), tmp_path, {})
    with pytest.raises(Exception) as caught:
        Rulebook(settled).for_path(Path("a.md"))
    assert says in str(caught.value)


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
    assert context(config, date(2026, 6, 30), "auto").accepted == {"ninja", "guru"}
    assert context(config, date(2026, 7, 1), "auto").accepted == {"guru"}


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
