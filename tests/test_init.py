"""``jdlint init``: what it sees in a repository, what it writes, and what it leaves alone."""

import os
import sys

import pytest
import yaml
from click.testing import CliRunner

from jdlint.cli import cli
from jdlint.starter import GITHUB, GITLAB, HOOK, HOOKS

POSTING = """\
# Community nurse

Acme runs clinics in {place}, where {colour} matters.

## What you will do

You will {verb} the care of patients at home. You will join our team.

## What you need

- A nursing degree.

## Pay

£34,000 a year.
"""
UK = POSTING.format(place="Leeds, England", verb="organise", colour="colour")
US = POSTING.format(place="Denver, Colorado", verb="organize", colour="color").replace("£", "$")
PAGE = "# Release notes\n\nThe parser reads tables now. It is twice as fast.\n"


@pytest.fixture
def at(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder, **files):
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_md", ".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def init(*argv):
    done = CliRunner().invoke(cli, ["init", *argv])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    long = [line for line in done.output.splitlines() if len(line) > 80]
    assert [line for line in long if len(line.split()) > 1] == [], "but a path alone may be long"
    return done


def written(folder):
    return yaml.safe_load((folder / "jdlint.yaml").read_text("utf-8"))


def files(folder):
    return sorted(
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*")
        if p.is_file() and p.name != "README.md"
    )


def test_the_configuration_names_the_folder_with_the_postings(at):
    put(at, docs__notes_md=PAGE, jobs__nurse_md=UK, jobs__leeds__midwife_md=UK)
    done = init()
    assert done.exit_code == 0
    assert "jobs: 1 file with postings" in done.output
    assert written(at)["include"] == ["jobs/**/*.{md,txt,html,docx}"]
    assert CliRunner().invoke(cli, ["config"]).exit_code == 0


def test_a_check_then_reads_the_postings_and_nothing_else(at):
    put(at, docs__notes_md=PAGE, jobs__nurse_md=UK, jobs__README_md=PAGE)
    init()
    done = CliRunner().invoke(cli, ["check", "--fail-on", "never", "--profile", "minimal"])
    assert done.output.rstrip().endswith("in 1 posting.")


def test_everything_is_included_where_everything_is_a_posting(at):
    put(at, nurse_md=UK, ward__midwife_md=UK, README_md=PAGE)
    init()
    assert written(at)["include"] == []


def test_a_posting_among_other_texts_is_named_itself(at):
    put(at, docs__notes_md=PAGE, docs__more_md=PAGE, docs__nurse_md=UK)
    init()
    assert written(at)["include"] == ["docs/nurse.md"]


def test_folders_may_be_called_what_no_glob_can_say(at):
    put(at, **{"open [roles] é__nurse_md": UK, "notes__a_md": PAGE})
    init()
    done = CliRunner().invoke(cli, ["check", "--fail-on", "never", "--profile", "minimal"])
    assert done.output.rstrip().endswith("in 1 posting.")


@pytest.mark.parametrize(
    ("texts", "dialect"),
    [([UK, UK], "UK"), ([US, US], "US"), ([UK, US], "auto"), ([UK], "auto"), ([PAGE], "auto")],
)
def test_the_dialect_is_that_of_nearly_all_postings(at, texts, dialect):
    for number, text in enumerate(texts):
        put(at, **{f"jobs__p{number}_md": text})
    init()
    assert written(at)["dialect"] == dialect


def test_places_are_suggested_in_a_comment(at):
    put(at, jobs__a_md=f"---\nlocation: Denver, CO\n---\n{US}")
    init()
    assert "law" not in written(at)
    text = (at / "jdlint.yaml").read_text()
    assert "# Found most often: US-CO (1)." in text
    assert "# law:\n#   jurisdictions: [US-CO]\n" in text


def test_the_name_of_the_employer_is_taken_from_the_fields_of_most_postings(at):
    for name in "abc":
        company = "Acme: & Söhne" if name != "c" else "Somebody"
        put(at, **{f"jobs__{name}_md": f"---\ncompany: '{company}'\n---\n{UK}"})
    init()
    assert written(at)["names"] == ["Acme: & Söhne"]


def test_the_first_check_is_summed_up(at):
    put(at, jobs__a_md=UK.replace("our team", "our team of rockstars"))
    done = init()
    assert "A first check: " in done.output
    assert "in 1 posting." in done.output
    assert done.output.splitlines()[-1] == "Next: jdlint check"


def test_without_a_terminal_only_the_configuration_is_written_and_offers_are_shown(at):
    put(at, jobs__a_md=UK, **{".github__x_md": ""})
    done = init()
    assert files(at) == [".github/x.md", "jdlint.yaml", "jobs/a.md"]
    assert "      - id: jdlint" in done.output
    assert "uses: jdlint/jdlint@v" in done.output


def test_yes_takes_the_offers(at):
    put(at, jobs__a_md=UK, **{".github__x_md": ""})
    done = init("--yes")
    assert (at / HOOKS).read_text() == HOOK
    assert yaml.safe_load((at / GITHUB).read_text())["jobs"]
    assert yaml.safe_load((at / "jdlint.yaml").read_text())["baseline"] == "jdlint-baseline.json"
    assert " are in jdlint-baseline.json now; commit the file." in done.output
    assert "can be left out" not in done.output, "the new configuration names the baseline"


def test_a_dry_run_writes_nothing(at):
    put(at, jobs__a_md=UK, **{".github__x_md": ""})
    before = files(at)
    done = init("--dry-run", "--yes")
    assert files(at) == before
    for name in ("jdlint.yaml", HOOKS, GITHUB):
        assert f"Would write {name}" in done.output


def test_nothing_is_overwritten_and_what_it_could_have_is_shown(at):
    put(at, jobs__a_md=UK, **{".github__workflows__x_md": ""})
    own = {"jdlint.yaml": "profile: strict\n", HOOKS: "repos: []\n", GITHUB: "name: ours\n"}
    for name, text in own.items():
        (at / name).write_text(text)
    done = init("--yes")
    assert done.exit_code == 0
    assert {name: (at / name).read_text() for name in own} == own
    for name in own:
        assert f"{name} is there already; it was left as it is." in done.output
    assert "profile: recommended" in done.output


def test_a_configuration_in_pyproject_counts_as_one(at):
    (at / "pyproject.toml").write_text("[tool.jdlint]\nprofile = 'strict'\n")
    assert "pyproject.toml is there already" in init("--yes").output
    assert not (at / "jdlint.yaml").exists()


def test_a_second_run_changes_nothing(at):
    put(at, jobs__a_md=UK)
    init("--yes")
    before = {name: (at / name).read_bytes() for name in files(at)}
    init("--yes")
    assert {name: (at / name).read_bytes() for name in files(at)} == before


@pytest.mark.parametrize(
    ("remote", "name"),
    [("git@gitlab.example.org:a/b", GITLAB), ("https://github.com/a/b", GITHUB)],
)
def test_the_remote_tells_which_ci_there_is(at, remote, name):
    (at / ".git" / "config").write_text(f'[remote "origin"]\n\turl = {remote}\n')
    init("--yes")
    assert yaml.safe_load((at / name).read_text())
    other = {GITLAB: GITHUB, GITHUB: GITLAB}[name]
    assert not (at / other).exists()


def test_the_gitlab_job_is_the_template_with_this_repositorys_paths():
    from pathlib import Path

    from jdlint.starter import _GITLAB

    template = yaml.safe_load((Path(__file__).parent.parent / "ci/gitlab.yml").read_text())
    job, own = template["jdlint"], yaml.safe_load(_GITLAB)["jdlint"]
    assert own["artifacts"] == job["artifacts"]
    assert own["rules"] == job["rules"]
    assert job["variables"]["JDLINT_PACKAGE"] in own["before_script"][0]
    assert own["script"][0].split("--output", 1)[1] == job["script"][0].split("--output", 1)[1]


def test_it_works_without_git(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path, nurse_md=UK)
    assert init("--yes").exit_code == 0
    assert files(tmp_path) == ["jdlint-baseline.json", "jdlint.yaml", "nurse.md"]


def test_it_works_where_there_is_nothing(at):
    done = init()
    assert done.exit_code == 0
    assert "Found no postings" in done.output
    assert written(at)["include"] == []


def test_another_folder_can_be_named_and_hooks_stay_at_the_top(at):
    put(at, team__nurse_md=UK)
    done = init("--folder", "team", "--yes")
    assert files(at) == ["team/jdlint-baseline.json", "team/jdlint.yaml", "team/nurse.md"]
    assert "Wrote team/jdlint.yaml." in done.output
    assert "belong to the top of the repository (.. from here)" in " ".join(done.output.split())


def test_a_configuration_above_and_broken_ones_are_told(at):
    put(at, team__nurse_md=UK)
    (at / "jdlint.yaml").write_text("profile: recommended\n")
    done = init("--folder", "team")
    assert "a file here takes its place" in " ".join(done.output.split())
    (at / "team" / "jdlint.yaml").write_text("profil: strict\n")
    done = init("--folder", "team")
    assert done.exit_code == 0
    assert "A first check was not possible: jdlint.yaml:1:1" in " ".join(done.output.split())


def test_a_folder_that_cannot_be_written_to_is_an_error_and_no_crash(at):
    (at / "jdlint.yaml").symlink_to(at / "nowhere" / "jdlint.yaml")
    done = init()
    assert "jdlint.yaml is there already" in done.output
    (at / "jdlint.yaml").unlink()
    (at / ".github").mkdir()
    (at / ".github" / "workflows").write_text("a file")
    done = init("--yes")
    assert done.exit_code == 2
    assert f"{GITHUB}: this cannot be written" in done.output


def test_files_that_cannot_be_read_are_named(at):
    put(at, jobs__a_md=UK)
    os.mkfifo(at / "jobs" / "pipe.md")
    (at / "jobs" / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    done = init()
    assert done.exit_code == 0
    assert "Could not be read: jobs/pipe.md" in done.output


def test_of_very_many_files_some_are_read(at, monkeypatch):
    monkeypatch.setattr("jdlint.survey.MOST", 10)
    for number in range(25):
        put(at, **{f"jobs__p{number:02}_md": UK})
    done = init()
    assert "Looked at 9 of 25 files" in done.output
    assert written(at)["dialect"] == "UK"


def test_a_terminal_is_asked(at, monkeypatch):
    put(at, jobs__a_md=UK)
    from jdlint.cli.init import _Start

    asked = []
    monkeypatch.setattr("click.confirm", lambda question, **_: asked.append(question) or True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    from pathlib import Path

    _Start(Path(), yes=False, dry_run=False).run()
    assert asked[0].startswith("Check postings before every commit")
    assert (at / HOOKS).exists()
