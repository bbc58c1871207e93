"""The command line as people use it: what it prints, what it writes, how it exits."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from jdlint.cli import COMMANDS, cli
from jdlint.report import make
from tests.lint import lint

BAD = "# Nurse\n\nWe want a rockstar nurse.\n"
GOOD = "# Nurse\n\nYou will care for patients at home.\n"
ONLY = ("--select", "heroic-title")


@pytest.fixture
def at(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*argv, **more):
    return CliRunner().invoke(cli, [str(a) for a in argv], **more)


def picture(output):
    """The source line of the first finding and the line that underlines it."""
    return [line for line in output.splitlines() if " | " in line][:2]


def test_a_finding_reads_like_that_of_a_code_linter(at):
    (at / "nurse.md").write_text(BAD)
    done = run("check", "nurse.md", *ONLY)
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0].startswith("nurse.md:3:11: warning JD")
    assert lines[0].endswith("heroic-title")
    assert lines[1].startswith("    'rockstar' ")
    assert picture(done.output) == ["   3 | We want a rockstar nurse.", "     |           ^^^^^^^^"]
    assert all(len(line) <= 80 for line in lines)
    assert lines[-1] == "1 warning in 1 posting."


def test_a_clean_posting_exits_with_zero(at):
    (at / "nurse.md").write_text(GOOD)
    done = run("check", "nurse.md", *ONLY)
    assert (done.exit_code, done.output) == (0, "Nothing to report in 1 posting.\n")


@pytest.mark.parametrize(
    ("level", "code"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)]
)
def test_the_level_that_fails_can_be_chosen(at, level, code):
    (at / "nurse.md").write_text(BAD)
    assert run("check", "nurse.md", *ONLY, "--fail-on", level).exit_code == code


def test_concise_is_one_line_per_finding(at):
    (at / "nurse.md").write_text(BAD * 2)
    done = run("check", "nurse.md", *ONLY, "--format", "concise", "--quiet")
    assert [line.split(" ")[0] for line in done.output.splitlines()] == [
        "nurse.md:3:11:",
        "nurse.md:6:11:",
    ]


def test_json_holds_everything_at_code_point_offsets(at):
    text = "---\ntitle: Nurse\n---\n\r\nWe 🚀 want a caf&eacute; **rockstar**.\r\n"
    (at / "nurse.md").write_bytes(text.encode())
    data = json.loads(run("check", "nurse.md", *ONLY, "--format", "json").output)
    assert data["schema"] == 1
    (finding,) = data["findings"]
    start = text.index("rockstar")
    assert (finding["start"], finding["end"]) == (start, start + 8)
    assert (finding["line"], finding["column"], finding["end_line"], finding["end_column"]) == (
        5,
        27,
        5,
        35,
    )
    assert finding["matched"] == "rockstar"
    assert (finding["path"], finding["category"], finding["severity"]) == (
        "nurse.md",
        "wording",
        "warning",
    )
    assert finding["suggestions"]
    assert finding["suppressed"] is False
    assert data["failures"] == []
    assert data["summary"]["warnings"] == 1


def test_suppressed_findings_stay_visible_in_json_only(at):
    (at / "nurse.md").write_text("<!-- jdlint-disable-file heroic-title -- quoted -->\n" + BAD)
    done = run("check", "nurse.md", *ONLY)
    assert (done.exit_code, done.output) == (0, "Nothing to report in 1 posting. 1 suppressed.\n")
    data = json.loads(run("check", "nurse.md", *ONLY, "--format", "json").output)
    assert [f["suppressed_by"] for f in data["findings"]] == ["quoted"]
    assert data["summary"]["warnings"] == 0


def test_a_report_can_be_written_to_a_file(at):
    (at / "nurse.md").write_text(BAD)
    done = run("check", "nurse.md", *ONLY, "--format", "json", "--output-file", "out.json")
    assert (done.exit_code, done.output) == (1, "")
    assert json.loads((at / "out.json").read_text())["summary"]["warnings"] == 1


def test_statistics_count_by_rule(at):
    (at / "nurse.md").write_text(BAD * 3)
    last = run("check", "nurse.md", *ONLY, "--statistics").output.splitlines()[-1]
    assert last.split()[0] == "3"
    assert last.endswith("heroic-title")


def test_standard_input_is_read_as_the_file_that_it_is_said_to_be():
    html = "<p>We want a <b>rock</b>star.</p>"
    done = run(
        "check",
        "-",
        "--stdin-filename",
        "jobs/nurse.html",
        *ONLY,
        "-q",
        "--format",
        "concise",
        input=html,
    )
    assert done.output.startswith("jobs/nurse.html:1:17: warning")


def test_a_folder_is_walked_and_gitignore_is_honoured(at):
    for name in ("a.md", "b.txt", "README.md", "ignored.md", "c.py", ".hidden.md", "deep/d.html"):
        (at / name).parent.mkdir(exist_ok=True)
        (at / name).write_text(BAD)
    (at / ".gitignore").write_text("ignored.md\n")
    done = run("check", *ONLY, "--format", "concise", "-q")
    assert sorted({line.split(":")[0] for line in done.output.splitlines()}) == [
        "a.md",
        "b.txt",
        "deep/d.html",
    ]


def test_a_named_file_is_always_linted_but_for_force_exclude(at):
    (at / "README.md").write_text(BAD)
    (at / "jdlint.yaml").write_text("exclude: ['README.md']\n")
    assert run("check", "README.md", *ONLY).exit_code == 1
    assert run("check", "README.md", *ONLY, "--force-exclude").exit_code == 0


def test_force_exclude_leaves_out_what_a_walk_would_not_find(at):
    names = ("a.md", "ignored.md", "old/b.md", "old/deep/c.md", "jobs/d.md", "jobs/e.md",
             "node_modules/f.md", ".hidden/g.md", "README.md", "jobs/h.py")  # fmt: skip
    for name in names:
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(BAD)
    (at / ".gitignore").write_text("ignored.md\nold/\n")
    (at / "jobs" / ".gitignore").write_text("e.md\n")
    done = run("check", *names, *ONLY, "--force-exclude", "--format", "concise", "-q")
    assert [line.split(":")[0] for line in done.output.splitlines()] == ["a.md", "jobs/d.md"]
    found = run("check", *ONLY, "--format", "concise", "-q").output
    assert found == done.output


def test_force_exclude_asks_gitignore_from_any_folder(at, monkeypatch):
    (at / ".gitignore").write_text("jobs/old/\n")
    (at / "jobs" / "old").mkdir(parents=True)
    (at / "jobs" / "old" / "a.md").write_text(BAD)
    monkeypatch.chdir(at / "jobs")
    assert run("check", "old/a.md", *ONLY).exit_code == 1
    assert run("check", "old/a.md", *ONLY, "--force-exclude").exit_code == 0
    assert run("check", at / "jobs/old/a.md", *ONLY, "--force-exclude").exit_code == 0


def test_a_pattern_that_matches_nothing_and_a_misspelt_file_are_told_apart(at):
    (at / "nurse.md").write_text(GOOD)
    assert "*.docx: failed: no file matches this pattern" in run("check", "*.docx").output
    assert "did you mean 'nurse.md'?" in run("check", "nurs.md").output
    assert (
        "no/nurse.md: failed: there is no such file or folder\n"
        in run("check", "no/nurse.md").output
    )


def test_globs_are_expanded(at):
    for name in ("jobs/a.md", "jobs/deep/b.md", "jobs/c.txt"):
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(BAD)
    done = run("check", "jobs/**/*.md", *ONLY, "--format", "concise", "-q")
    assert len(done.output.splitlines()) == 2


def test_a_path_that_is_not_there_is_a_mistake_and_the_others_are_linted(at):
    (at / "nurse.md").write_text(BAD)
    done = run("check", "nurse.md", "nurs.md", *ONLY)
    assert done.exit_code == 2
    assert "nurs.md: failed: there is no such file or folder" in done.output
    assert "nurse.md:3:11" in done.output


def test_a_folder_without_postings_is_a_mistake(at):
    done = run("check", ".")
    assert done.exit_code == 2
    assert "no posting found here" in done.output


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("chek",), "did you mean 'check'?"),
        (("check", "--select", "hero-titel", "."), "did you mean 'heroic-title'?"),
        (("check", "--as-of", "yesterday", "."), "'yesterday' is not a day; write it as"),
        (("check", "--config", "gone.yaml", "."), "gone.yaml: there is no such configuration file"),
        (("check", "--format", "xml", "."), "xml"),
        (("rule", "JD1112"), "did you mean 'JD112'?"),
    ],
)
def test_mistakes_exit_with_two_and_name_the_remedy(at, argv, says):
    done = run(*argv)
    assert done.exit_code == 2
    assert says in done.output


def test_a_crash_inside_a_rule_is_loud_and_stops_nothing_else(at, monkeypatch):
    from jdlint.checks.sections import RequiredSections

    def crash(self, posting, context):
        raise ZeroDivisionError("the posting says: secret")

    monkeypatch.setattr(RequiredSections, "hits", crash)
    (at / "nurse.md").write_text(BAD)
    done = run("check", "nurse.md")
    assert done.exit_code == 3
    assert "jdlint failed while running RequiredSections: ZeroDivisionError" in done.output
    assert "secret" not in done.output
    assert "heroic-title" in done.output


def test_a_crash_outside_a_rule_exits_with_three_and_tells_where_but_not_of_what(at):
    code = (
        "import jdlint.cli\n"
        "def crash(): raise ZeroDivisionError('the posting says: secret')\n"
        "jdlint.cli.cli = crash\n"
        "from jdlint.__main__ import main\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=at)
    assert done.returncode == 3
    assert "jdlint failed: ZeroDivisionError" in done.stderr
    assert "in crash" in done.stderr
    assert "secret" not in done.stderr


def test_check_writes_no_file(at):
    (at / "nurse.md").write_text(BAD)
    before = {f: f.read_bytes() for f in at.rglob("*") if f.is_file()}
    run("check", ".")
    assert {f: f.read_bytes() for f in at.rglob("*") if f.is_file()} == before


def test_control_characters_never_reach_the_terminal(at):
    (at / "nurse.md").write_text("A \x1b rockstar\x07 \u202enurse\u2066.\n")
    done = run("check", "nurse.md", *ONLY)
    assert "rockstar" in done.output
    assert not set(done.output) & set("\x1b\x07\u202e\u2066")


def test_a_very_long_line_is_shown_in_part(at):
    (at / "nurse.md").write_text("word " * 3000 + "rockstar " + "word " * 3000 + "\n")
    done = run("check", "nurse.md", *ONLY)
    source, carets = picture(done.output)
    assert len(source) <= 80
    at_column = carets.index("^")
    assert source[at_column:].startswith("rockstar")


def test_wide_characters_are_underlined_where_they_stand(at):
    (at / "nurse.md").write_text("🚀🚀 日本 rockstar\n")
    source, carets = picture(run("check", "nurse.md", *ONLY).output)
    assert source == "   1 | 🚀🚀 日本 rockstar"
    assert carets == "     | " + " " * 10 + "^" * 8


def test_results_do_not_depend_on_the_number_of_jobs(at):
    for number in range(70):
        (at / f"{number}.md").write_text(BAD if number % 2 else GOOD)
    alone = run("check", ".", "--format", "json").output
    assert run("check", ".", "--format", "json", "--jobs", "2").output == alone


def test_characters_that_nobody_sees_are_left_out_of_sentences(at):
    (at / "shy.md").write_text("We want a rock\u00adstar.\n")
    message = run("check", "shy.md", *ONLY).stdout.split("\n")[1]
    assert message.strip().startswith("'rockstar' describes")


def test_large_numbers_are_written_as_people_write_them(at):
    (at / "long.md").write_text("You will care for patients at home. " * 6000)
    assert "42,000 words" in run("check", "long.md", "--select", "long-posting").stdout


def test_inspect_shows_what_was_understood(at):
    (at / "nurse.md").write_text(
        "# Nurse\n\n## Salary\n\n£30,000 to £35,000 a year\n\n## What you will do\n\n- Care.\n"
    )
    text = run("inspect", "nurse.md").output
    assert "title     Nurse" in text
    assert "pay       range" in text
    assert "responsibilities" in text
    (posting,) = json.loads(run("inspect", "nurse.md", "--format", "json").output)["postings"]
    assert posting["title"] == "Nurse"
    assert [(s["kind"], s["heading"], s["line"]) for s in posting["sections"]] == [
        ("pay", "Salary", 3), ("responsibilities", "What you will do", 7),
    ]  # fmt: skip
    assert posting["pay"][0]["status"] == "range"


def test_a_rule_is_explained_offline():
    text = run("rule", "heroic-title").output
    assert text.startswith("# JD")
    assert "## Why" in text
    assert (
        json.loads(run("rule", "heroic-title", "--format", "json").output)["name"] == "heroic-title"
    )


def test_rules_lists_what_is_on(at):
    everything = run("rules", "--all").output.splitlines()[-1]
    minimal = run("rules", "--profile", "minimal").output.splitlines()[-1]
    assert int(everything.split()[0]) > int(minimal.split()[0]) > 0


def test_init_writes_a_file_that_is_valid_and_never_overwrites(at):
    assert run("init").exit_code == 0
    text = (at / "jdlint.yaml").read_text()
    assert run("config").exit_code == 0
    again = run("init")
    assert again.exit_code == 0
    assert "it was left as it is" in again.output
    assert (at / "jdlint.yaml").read_text() == text


def test_config_shows_where_each_value_came_from(at):
    (at / "jdlint.yaml").write_text("profile: strict\n")
    lines = run("config", "--fail-on", "error").output.splitlines()
    assert 'profile: "strict"  # jdlint.yaml:1' in lines
    assert 'fail_on: "error"  # --fail-on' in lines
    assert 'dialect: "auto"  # default' in lines


ENDED = "accept:\n  - phrase: rockstar\n    until: '2026-06-30'\n"


def test_an_accepted_phrase_that_has_ended_is_told_once_where_it_stands(at):
    (at / "jdlint.yaml").write_text(ENDED)
    for name in ("a.md", "b.md"):
        (at / name).write_text(BAD)
    done = run("check", *ONLY, "--as-of", "2026-07-01")
    lines = done.output.splitlines()
    assert lines[0] == "jdlint.yaml:3:13: note JD921 expired-acceptance"
    assert picture(done.output)[0] == "   3 |     until: '2026-06-30'"
    assert [line.split(":")[0] for line in lines if "heroic-title" in line] == ["a.md", "b.md"]
    assert lines[-1] == "2 warnings, 1 note in 2 postings."
    assert (
        run("check", *ONLY, "--as-of", "2026-06-30").output == "Nothing to report in 2 postings.\n"
    )


def test_that_an_acceptance_has_ended_is_a_note_that_can_be_switched_off(at):
    (at / "jdlint.yaml").write_text(ENDED + "rules: {expired-acceptance: off}\n")
    (at / "a.md").write_text(GOOD)
    assert (
        run("check", *ONLY, "--as-of", "2027-01-01").output == "Nothing to report in 1 posting.\n"
    )


def test_in_toml_the_way_to_the_ended_acceptance_is_told(at):
    text = "[[tool.jdlint.accept]]\nphrase = 'rockstar'\nuntil = 2026-06-30\n"
    (at / "pyproject.toml").write_text(text)
    (at / "a.md").write_text(GOOD)
    done = run("check", *ONLY, "--as-of", "2027-01-01")
    assert "pyproject.toml: tool.jdlint.accept[0].until: note JD921" in done.output


def test_every_command_has_help():
    for command in COMMANDS:
        done = run(command, "--help")
        assert done.exit_code == 0
        assert all(len(line) <= 80 for line in done.output.splitlines())


def test_a_users_own_rules_are_used_and_tested(at):
    folder = at / "ours" / "wording"
    folder.mkdir(parents=True)
    (folder / "our-name.yaml").write_text(
        'id: JD790\nname: our-name\nkind: terms\nseverity: note\nsince: "1"\nsummary: Our name.\n'
        'message: "Write {suggest}."\nwhy: It is our name.\nevidence: opinion\n'
        "terms: [{match: acme corp, suggest: [Acme]}]\n"
        "examples: {bad: [At acme corp we care.], good: [At Acme we care.]}\n"
    )
    (at / "jdlint.yaml").write_text("rule_folders: [ours]\n")
    (at / "nurse.md").write_text("Work for acme corp.\n")
    assert run("test", "ours").output == "1 card, 2 examples: all as they say.\n"
    assert "note JD790 our-name: Write 'Acme'." in run("check", "nurse.md", "-q").output


def test_the_same_bytes_give_the_same_bytes(at):
    (at / "nurse.md").write_text(BAD)
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "jdlint", "check", "nurse.md", "--format", "json"],
            capture_output=True, env={**os.environ, "PYTHONHASHSEED": str(seed)},
        ).stdout
        for seed in (1, 2)
    }  # fmt: skip
    assert len(outputs) == 1
    assert outputs.pop().startswith(b'{"schema": 1')


def test_a_closed_pipe_is_no_crash(at):
    (at / "nurse.md").write_text(BAD * 2000)
    command = f"{sys.executable} -m jdlint check nurse.md 2>err | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=at)
    assert done.stdout.startswith("nurse.md:")
    assert "Traceback" not in (at / "err").read_text()


def test_the_version_is_that_of_the_package():
    from jdlint import __version__

    project = (Path(__file__).parent.parent / "pyproject.toml").read_text()
    assert run("--version").output.strip().endswith(__version__)
    assert f'version = "{__version__}"' in project


def test_long_work_on_a_terminal_shows_its_progress(at, monkeypatch, capsys):
    import sys as system

    from jdlint.cli import inputs

    monkeypatch.setattr(inputs, "_LONG", 2)
    monkeypatch.setattr(system.stderr, "isatty", lambda: True)
    assert list(inputs._shown(iter([1, 2, 3]), 3)) == [1, 2, 3]
    assert "Linting" in capsys.readouterr().err


def test_a_report_never_overwrites_what_it_is_about(at):
    (at / "nurse.md").write_text(BAD)
    done = run("check", "nurse.md", "--output-file", "nurse.md")
    assert done.exit_code == 2
    assert "--output-file nurse.md would overwrite what is to be linted" in done.output
    assert (at / "nurse.md").read_text() == BAD


def test_a_report_is_not_linted_itself(at):
    (at / "nurse.md").write_text(GOOD)
    for _ in range(2):
        run("check", ".", *ONLY, "--output-file", "report.txt")
        assert (at / "report.txt").read_text() == "Nothing to report in 1 posting.\n"


def test_a_report_that_cannot_be_written_is_a_mistake_with_a_remedy(at):
    (at / "nurse.md").write_text(BAD)
    (at / "folder").mkdir()
    for name, why in (("gone/out.txt", "there is no folder gone"), ("folder", "Is a directory")):
        done = run("check", "nurse.md", "-o", name)
        assert done.exit_code == 2
        assert f"{name}: the report cannot be written ({why}); name another" in done.output


def test_a_name_for_standard_input_needs_standard_input(at):
    (at / "nurse.md").write_text(BAD)
    done = run("check", "nurse.md", "--stdin-filename", "other.md")
    assert done.exit_code == 2
    assert "add '-' to the paths" in done.output


@pytest.mark.parametrize("command", ["check", "inspect"])
def test_nothing_to_read_is_said(at, command):
    (at / "empty").mkdir()
    done = run(command, "empty")
    assert done.exit_code == 2
    assert "empty: " in done.output
    assert (
        "no posting found here; a file that is named is read whatever it is called" in done.output
    )
    assert "Nothing to report" not in done.output


@pytest.mark.parametrize(
    "option", [("--dialect", "uk"), ("--profile", "Strict"), ("--fail-on", "NEVER")]
)
def test_the_case_of_a_choice_does_not_matter(at, option):
    (at / "nurse.md").write_text(GOOD)
    assert run("check", "nurse.md", *ONLY, *option).exit_code == 0


def test_a_text_report_fits_the_terminal():
    pieces = []
    found = lint(
        "# Nurse\n\nWe want a rockstar nurse who " + "works " * 20, select=["heroic-title"]
    )
    report = make("text", pieces.append, colour=False, quiet=False, columns=40)
    report.add(tuple(found), ())
    lines = "".join(pieces).splitlines()
    assert all(len(line) <= 40 for line in lines[1:])
    assert any("^^^^^^^^" in line for line in lines)


@pytest.mark.parametrize(("value", "coloured"), [("1", False), ("", True)])
def test_no_color_is_heeded_when_it_says_anything(monkeypatch, value, coloured):
    from jdlint.cli import check

    monkeypatch.setenv("NO_COLOR", value)
    monkeypatch.setattr(check, "_on_terminal", lambda choice: True)
    assert check._coloured({"colour": None}) is coloured
