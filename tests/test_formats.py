"""What every report promises: valid, complete, safe to print, the same bytes each time."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import junitparser
import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator, Draft7Validator
from lxml import etree

from jdlint.cli import cli
from jdlint.model import Basis, Edit, Failure, Finding, Related, Safety, Severity
from jdlint.report import FORMATS, make
from jdlint.report.statutes import notices
from jdlint.run import Summary
from tests.lint import lint

SCHEMAS = Path(__file__).parent / "schemas"
COUNTS = Summary(files=1, postings=1).counts()
ONLY = ("--select", "heroic-title")
BAD = "# Nurse\n\nWe want a rockstar nurse.\n"
TRICKY = "---\ntitle: Nurse\n---\n\r\nWe 🚀 a café rockstar seek.\r\n"


def finding(**changes):
    """A finding as the linter makes them, with what matters to a test changed."""
    given = {
        "path": "nurse.md", "rule": "JD174", "name": "heroic-title", "category": "wording",
        "severity": Severity.WARNING, "message": "'rockstar' is a hero.", "start": 20, "end": 28,
        "line": 3, "column": 11, "end_line": 3, "end_column": 19, "matched": "rockstar",
        "section": "about-role",
    }  # fmt: skip
    return Finding(**given | changes)


def report(name, findings=(), failures=(), notices=(), path="nurse.md", **page):
    pieces = []
    made = make(name, pieces.append, **page)
    made.add(tuple(findings), tuple(failures), path)
    summary = Summary(files=1, postings=1)
    summary.count(findings)
    for failure in failures:
        summary.add_failure(failure)
    made.end(summary.counts(), notices)
    return "".join(pieces)


@pytest.fixture
def at(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*argv, **more):
    return CliRunner().invoke(cli, [str(a) for a in argv], **more)


def check(name, *argv):
    done = run("check", *argv, "--format", name)
    assert done.exit_code in (0, 1, 2), done.output
    return done.output


# Valid, whatever is reported ------------------------------------------------------------------


def is_valid_sarif(text):
    data = json.loads(text)
    Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text())).validate(data)
    (run_,) = data["runs"]
    rules = run_["tool"]["driver"]["rules"]
    for result in run_["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    return run_


def is_valid_rdjsonl(text):
    schema = Draft4Validator(json.loads((SCHEMAS / "rdjson-diagnostic.json").read_text()))
    rows = [json.loads(line) for line in text.splitlines()]
    for row in rows:
        schema.validate(row)
        assert row["message"]
        assert "path" in row["location"]
    return rows


def is_valid_gitlab(text):
    data = json.loads(text)
    Draft7Validator(json.loads((SCHEMAS / "gitlab-code-quality.json").read_text())).validate(data)
    marks = [entry["fingerprint"] for entry in data]
    assert len(marks) == len(set(marks))
    return data


def is_valid_xml(name):
    def is_valid(text):
        tree = etree.fromstring(text.encode(), etree.XMLParser(recover=False))
        etree.XMLSchema(etree.parse(SCHEMAS / f"{name}.xsd")).assertValid(tree)
        return tree

    return is_valid


VALID = {
    "sarif": is_valid_sarif,
    "rdjsonl": is_valid_rdjsonl,
    "gitlab": is_valid_gitlab,
    "junit": is_valid_xml("junit"),
    "checkstyle": is_valid_xml("checkstyle"),
    "json": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
}

ODD = "He said: \x00\x1b[31m\x9b\u202e ]]> & <script> | `x` % :: , \ud800 \ufffe 🚀\r\nnext"
EVERYTHING = (
    [
        finding(),
        finding(message=ODD, matched=ODD, suggestions=("a <b>",), safety=Safety.SUGGESTION,
                edits=((Edit(20, 28, "a <b>"),),)),
        finding(severity=Severity.ERROR, suppressed=True, suppressed_by="a\x1b reason"),
        finding(severity=Severity.NOTE, line=None, column=None, end_line=None, end_column=None,
                start=None, end=None, place="paragraph 12, run 3", path="häd of #1 100%.docx"),
        finding(related=(Related("counted", "guru", 1, 5, 1, 2, 1, 6),), end_line=4, end_column=2),
    ],
    [Failure("gone.md", "input", "there is no such file"), Failure("x.md", "internal", ODD)],
    ["No lawyer wrote this. --> ]]>"],
)  # fmt: skip
CASES = {
    "nothing": ((), (), ()),
    "one": ((finding(),), (), ()),
    "everything": EVERYTHING,
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", VALID)
def test_a_machine_report_is_valid(name, case):
    findings, failures, notices = CASES[case]
    text = report(name, findings, failures, notices, text=lambda path: BAD, with_suppressed=True)
    text.encode()
    VALID[name](text)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_in_the_help_and_runs(at, name):
    (at / "nurse.md").write_text(BAD)
    assert name in run("check", "--help").output
    done = run("check", "nurse.md", *ONLY, "--format", name)
    assert done.exit_code == 1
    assert "rockstar" in done.output


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_cannot_be_read_is_in_every_report(at, name):
    done = run("check", "gone.md", "--format", name)
    assert done.exit_code == 2
    assert "gone.md" in done.output
    assert "there is no such file or folder" in done.output


@pytest.mark.parametrize("name", FORMATS)
def test_a_notice_about_the_run_is_in_every_report(name):
    assert "Ask a lawyer" in report(name, [finding()], notices=["Ask a lawyer."])


def test_a_notice_of_many_files_is_told_once():
    from jdlint.outcome import Result

    summary = Summary()
    for path in ("a.md", "b.md"):
        summary.add(Result(path, notices=("No grammar engine was found.",)))
    assert summary.notices == ["No grammar engine was found."]
    assert "notices" not in summary.counts()


LAW = Basis("US-CO", "Denver", "place", "C.R.S. 8-5-201", None, None, None, "official", (),
            Severity.WARNING)  # fmt: skip


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "concise"])
def test_the_law_behind_a_finding_is_in_every_report(name):
    assert "C.R.S. 8-5-201" in report(name, [finding(law=(LAW,))])


def test_a_finding_about_law_brings_the_disclaimer():
    summary = Summary()
    summary.count([finding()])
    assert not summary.lawful
    summary.count([finding(law=(LAW,)), finding(law=(LAW,))])
    assert summary.lawful
    (notice,) = notices([], date(2026, 11, 28))
    assert "does not give legal advice" in notice


# Nothing of a posting steers what shows it ----------------------------------------------------

EVIL = "::error file=a.md::x ##[error]y ##vso[task.setvariable]z \x1b[31m\x9b1m\u202e\nA"
EVIL_PATH = "::warning::##[error]\x1b[2J\u202ea.md"


@pytest.mark.parametrize("name", FORMATS)
def test_a_posting_cannot_speak_to_the_terminal_or_the_runner(name):
    bad = [
        finding(message=f"'{EVIL * n}' is long.", matched=EVIL, excerpt=EVIL, path=path,
                suggestions=(EVIL,), safety=Safety.SUGGESTION, edits=((Edit(0, 1, EVIL),),))
        for path in ("a.md", EVIL_PATH) for n in (1, 12)
    ]  # fmt: skip
    failed = [Failure(EVIL_PATH, "input", EVIL)]
    text = report(name, bad * 12, failed, [EVIL], path=EVIL_PATH, text=lambda path: EVIL)
    assert not set(text) & set("\x1b\x9b\u202e\x07\r")
    assert not re.search(r"##\[|##vso\[", text, re.I)
    for line in text.splitlines():
        if line.lstrip().startswith("::"):
            assert name == "github"
            assert re.match(r"::((error|warning|notice) [^:]*::|group::jdlint|endgroup::$)", line)


def test_markdown_shows_words_as_they_are():
    message = "<img src=x> @team #12 [a](http://evil.example) `b` | www.evil.example *c*"
    row = report("markdown", [finding(message=message)]).split("Line 3:")[1]
    assert row.startswith(" &lt;img src=x&gt; ")
    assert not re.search(r"<|@team|#12|(?<!\\)\]|://e|www\.e|(?<!\\)[*|`\[]", row)


# Positions in each format's own unit ----------------------------------------------------------


def test_columns_are_counted_as_each_format_counts(at):
    (at / "nurse.md").write_bytes(TRICKY.encode())
    region = is_valid_sarif(check("sarif", "nurse.md", *ONLY))["results"][0]["locations"][0]
    region = region["physicalLocation"]["region"]
    assert region == {"startLine": 5, "startColumn": 13, "endLine": 5, "endColumn": 21}
    (row,) = is_valid_rdjsonl(check("rdjsonl", "nurse.md", *ONLY))
    assert row["location"]["range"] == {
        "start": {"line": 5, "column": 17}, "end": {"line": 5, "column": 25},
    }  # fmt: skip
    (error,) = VALID["checkstyle"](check("checkstyle", "nurse.md", *ONLY)).iter("error")
    assert (error.get("line"), error.get("column")) == ("5", "13")
    assert ",line=5,endLine=5,col=13,endColumn=21," in check("github", "nurse.md", *ONLY)


def test_bytes_are_counted_with_a_byte_order_mark_and_in_long_lines(at):
    long = "You will work in our café. " * 3_000 + "We want a rockstar."
    (at / "nurse.md").write_bytes(b"\xef\xbb\xbf" + long.encode())
    (row,) = is_valid_rdjsonl(check("rdjsonl", "nurse.md", *ONLY))
    before = len(long[: long.index("rockstar")].encode())
    assert row["location"]["range"]["start"] == {"line": 1, "column": 3 + before + 1}


def test_a_fix_stands_where_the_words_stand(at):
    (at / "nurse.md").write_text("# Nurse\n\nWe want a ninja.\n")
    (result,) = is_valid_sarif(check("sarif", "nurse.md", *ONLY))["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert [r["insertedContent"]["text"] for r in change["replacements"]]
    (row,) = is_valid_rdjsonl(check("rdjsonl", "nurse.md", *ONLY))
    (suggestion,) = row["suggestions"]
    assert suggestion["range"]["start"]["line"] == 3
    assert suggestion["text"].startswith("an ")
    assert suggestion["range"]["start"]["column"] == 9


def test_words_that_a_file_would_have_to_escape_are_no_fix(at):
    edits = ((Edit(20, 28, "a <b>"),),)
    given = {"suggestions": ("a <b>",), "edits": edits, "safety": Safety.SUGGESTION}
    for path, there in (("nurse.html", False), ("nurse.mdx", False), ("nurse.md", True)):
        text = report("sarif", [finding(path=path, **given)], text=lambda path: BAD)
        assert ("fixes" in is_valid_sarif(text)["results"][0]) is there


def test_a_docx_file_has_a_place_in_words():
    given = dict.fromkeys(("start", "end", "line", "column", "end_line", "end_column"))
    found = [finding(path="nurse.docx", place="paragraph 2, run 1", **given)]
    (result,) = is_valid_sarif(report("sarif", found))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 1}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "paragraph 2, run 1"
    (row,) = is_valid_rdjsonl(report("rdjsonl", found))
    assert "range" not in row["location"]
    assert "line=" not in report("github", found)
    for name in FORMATS:
        assert "aragraph 2, run 1" in report(name, found)


@pytest.mark.parametrize("path", ["a b#1%.md", "jobs/häd.md", "sub/../nurse.md"])
def test_addresses_are_relative_and_encoded(at, path):
    found = [finding(path=path)]
    uri = is_valid_sarif(report("sarif", found))["results"][0]["locations"][0]
    uri = uri["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\w%./-]+", uri, re.A)
    (entry,) = is_valid_gitlab(report("gitlab", found))
    assert unquote(uri) == entry["location"]["path"] == path.replace("sub/../", "")


def test_addresses_count_from_the_root_of_the_repository(at, monkeypatch):
    (at / "jobs").mkdir()
    monkeypatch.chdir(at / "jobs")
    (entry,) = is_valid_gitlab(report("gitlab", [finding()]))
    assert entry["location"]["path"] == "jobs/nurse.md"
    text = report("sarif", [finding(path="/elsewhere/nurse.md")])
    assert '"uri":"file:///elsewhere/nurse.md"' in text


# Each format's own rules ----------------------------------------------------------------------


def test_github_shows_ten_of_a_kind_and_the_rest_in_the_log():
    found = [finding(line=n, end_line=n, message=f"warning {n}.") for n in range(1, 31)]
    found += [finding(severity=Severity.NOTE, message=f"note {n}.") for n in range(1, 13)]
    text = report("github", found, notices=["Ask a lawyer."])
    lines = text.splitlines()
    assert sum(line.startswith("::warning ") for line in lines) == 10
    assert sum(line.startswith("::notice ") for line in lines) == 10
    assert "::notice title=jdlint::24 more findings: all are in the log of this step" in lines
    for n in range(1, 31):
        assert f"warning {n}." in text
    assert text.endswith("note 12.\n::endgroup::\n")


def test_github_gets_columns_within_a_line_only():
    assert "line=3,endLine=3,col=11,endColumn=19" in report("github", [finding()])
    across = report("github", [finding(end_line=5, end_column=2)])
    assert "line=3,endLine=5,title" in across


def test_github_escapes():
    text = report("github", [finding(path="a,b:c%.md", message="50% off,: yes")])
    assert text.startswith("::warning file=a%2Cb%3Ac%25.md,")
    assert text.endswith("::50%25 off,: yes\n")


def test_sarif_leaves_suppressed_findings_out_unless_asked(at):
    (at / "nurse.md").write_text("<!-- jdlint-disable-file heroic-title -- a band -->\n" + BAD)
    assert is_valid_sarif(check("sarif", "nurse.md", *ONLY))["results"] == []
    asked = is_valid_sarif(check("sarif", "nurse.md", *ONLY, "--with-suppressed"))
    (result,) = asked["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "a band"}]


def test_sarif_tells_the_baseline_from_a_comment_in_the_posting(at):
    (at / "nurse.md").write_text(BAD)
    run("baseline", "create", "nurse.md")
    known = ("nurse.md", *ONLY, "--baseline", "jdlint-baseline.json")
    (result, *_) = is_valid_sarif(check("sarif", *known, "--with-suppressed"))["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": "baseline"}]


def test_sarif_tells_what_its_rules_want(at):
    (at / "nurse.md").write_text(BAD)
    (rule,) = is_valid_sarif(check("sarif", "nurse.md", *ONLY))["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("JD174", "HeroicTitle")
    assert rule["help"]["text"].startswith(rule["fullDescription"]["text"][:60])
    assert rule["properties"]["precision"] == "high"
    assert "security-severity" not in rule["properties"]


def test_every_rule_can_be_told_in_sarif():
    from jdlint.checks.load import shipped

    cards = shipped()
    found = [finding(rule=card.id, name=card.name) for card in cards]
    run_ = is_valid_sarif(report("sarif", found, cards=lambda: cards))
    for rule in run_["tool"]["driver"]["rules"]:
        for key in ("shortDescription", "fullDescription", "help"):
            assert len(rule[key]["text"]) > 0
            assert len(rule[key]["text"]) <= 1024 or key == "help"


def test_sarif_keeps_the_most_severe_results_within_githubs_limit(monkeypatch):
    from jdlint.report import sarif

    monkeypatch.setattr(sarif, "_MOST", 2)
    found = [finding(severity=Severity.NOTE), finding(), finding(severity=Severity.ERROR)]
    run_ = is_valid_sarif(report("sarif", found))
    assert [r["level"] for r in run_["results"]] == ["warning", "error"]
    (told,) = run_["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("1 more findings")


def test_sarif_says_when_something_failed():
    run_ = is_valid_sarif(report("sarif", (), [Failure("gone.md", "input", "it is gone")]))
    assert run_["invocations"][0]["executionSuccessful"] is False
    assert [r["ruleId"] for r in run_["results"]] == ["not-linted"]


def test_junit_fails_where_the_run_fails():
    found = [finding(), finding(severity=Severity.NOTE), finding(suppressed=True)]
    for level, failures in (("warning", 1), ("note", 2), ("error", 0), ("never", 0)):
        xml = junitparser.JUnitXml.fromstring(report("junit", found, fail_on=level).encode())
        assert (xml.tests, xml.failures, xml.errors) == (2, failures, 0)
        cases = [case for suite in xml for case in suite]
        assert len({(c.classname, c.name) for c in cases}) == 2
        assert sum(not c.is_passed for c in cases) == failures


def test_junit_has_a_passing_case_for_a_clean_file(at):
    (at / "nurse.md").write_text("# Nurse\n\nYou will care for patients.\n")
    xml = junitparser.JUnitXml.fromstring(check("junit", "nurse.md", *ONLY).encode())
    assert [(s.name, [c.name for c in s]) for s in xml] == [("nurse.md", ["no findings"])]


def test_a_clean_run_closes_what_was_open(at):
    (at / "nurse.md").write_text("# Nurse\n\nYou will care for patients.\n")
    assert check("gitlab", "nurse.md", *ONLY) == "[]\n"
    assert check("rdjsonl", "nurse.md", *ONLY) == check("github", "nurse.md", *ONLY) == ""
    last = json.loads(check("jsonl", "nurse.md", *ONLY).splitlines()[-1])
    assert (last["type"], last["summary"]["postings"]) == ("summary", 1)


def test_markdown_tells_ten_and_how_many_more():
    found = [finding(line=n, message=f"remark {n}.") for n in range(1, 15)]
    found.append(finding(severity=Severity.ERROR, section="pay", message="worst."))
    text = report("markdown", found)
    assert text.count("\n- ") == 10
    assert "worst." in text
    assert "remark 9." in text
    assert "remark 10." not in text
    assert "… and 5 more." in text
    assert text.index("**About the role**") < text.index("**Pay**")


def test_markdown_tells_the_postings_of_a_file_apart():
    text = report("markdown", [finding(), finding(posting=1)])
    assert "### nurse.md, posting 1\n" in text
    assert "### nurse.md, posting 2\n" in text


# Fingerprints ---------------------------------------------------------------------------------


def fingerprints(text, name="nurse.md"):
    from jdlint.fingerprint import Fingerprints

    marks = Fingerprints()
    return [marks.of(f, name) for f in lint(text, name, select=["heroic-title"])]


def test_a_finding_keeps_its_fingerprint_when_it_moves():
    before = fingerprints("# Nurse\n\nWe want a rockstar nurse.\n")
    assert before == fingerprints("# Nurse\n\nHello.\n\nSo\nwe  want a\r\nRockstar, you.\n")
    assert before != fingerprints("# Nurse\n\nWe want a rockstar nurse.\n", "other.md")
    assert before != fingerprints("# Nurse\n\n## Requirements\n\nYou are a rockstar.\n")


def test_equal_findings_have_different_fingerprints():
    one, other = fingerprints("# Nurse\n\nA rockstar and a rockstar.\n")
    assert one != other
    assert fingerprints("# Nurse\n\nA rockstar.\n") == [one]


def test_a_fingerprint_tells_nothing():
    (mark,) = fingerprints(BAD)
    assert re.fullmatch("[0-9a-f]{32}", mark)


def test_gitlab_and_sarif_give_a_finding_one_identity(at):
    (at / "nurse.md").write_text(BAD)
    (entry,) = is_valid_gitlab(check("gitlab", "nurse.md", *ONLY))
    (result,) = is_valid_sarif(check("sarif", "nurse.md", *ONLY))["results"]
    assert result["partialFingerprints"]["jdlint/v1"] == entry["fingerprint"]


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", "c129715d7a2bc9a3:1"),
        (
            " a\nb\n  \t\tc\n d",
            "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1",
        ),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            "a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 a7f2ff13bc495cf2:4 "
            "a7f2ff13bc495cf2:5 a7f2ff13bc495cf2:6 a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 "
            "55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1 c129715d7a2bc9a3:1",
        ),
    ],
)
def test_the_hash_of_a_line_is_githubs(text, hashes):
    from jdlint.report.position import line_hashes

    assert [value for _, value in line_hashes(text)] == hashes.split()


# Several reports in one run -------------------------------------------------------------------


def test_several_reports_in_one_run(at):
    (at / "nurse.md").write_text(BAD)
    done = run("check", ".", *ONLY, "--output", "sarif=out.sarif", "--output", "junit=out.xml",
               "--output", "concise")  # fmt: skip
    assert done.exit_code == 1
    assert done.output.startswith("nurse.md:3:11: warning JD174")
    assert is_valid_sarif((at / "out.sarif").read_text())["results"]
    VALID["junit"]((at / "out.xml").read_text())


def test_format_and_output_go_together(at):
    (at / "nurse.md").write_text(BAD)
    done = run("check", "nurse.md", *ONLY, "--format", "concise", "--output", "gitlab=gl.json")
    assert done.output.startswith("nurse.md:3:11")
    assert len(json.loads((at / "gl.json").read_text())) == 1


def test_standard_input_has_a_text_too():
    text = "We want a café rockstar."
    done = run("check", "-", "--stdin-filename", "a.md", *ONLY, "--format", "rdjsonl", input=text)
    (row,) = is_valid_rdjsonl(done.output)
    assert row["location"]["range"]["start"] == {"line": 1, "column": 17}


@pytest.mark.parametrize(("value", "coloured"), [("1", True), ("", False)])
def test_colour_can_be_forced_but_never_into_a_file(at, monkeypatch, value, coloured):
    (at / "nurse.md").write_text(BAD)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", value)
    done = CliRunner().invoke(
        cli, ["check", "nurse.md", "--format", "text", "--output", "concise=out.txt"], color=True
    )
    assert ("\x1b[" in done.output) is coloured
    assert "\x1b" not in (at / "out.txt").read_text()


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--output", "sarrif=x"], "there is no format 'sarrif'; did you mean 'sarif'?"),
        (["--output", "sarif="], "write it as sarif=FILE"),
        (["--output", "sarif", "--output", "github"], "would both go to standard output"),
        (["--output", "sarif=x", "--output", "json=./x"], "would both go to x"),
        (["--output", "sarif=nurse.md"], "--output nurse.md would overwrite what is to be linted"),
        (["--output", "sarif=no/x"], "there is no folder no"),
    ],
)
def test_mistakes_with_outputs(at, argv, says):
    (at / "nurse.md").write_text(BAD)
    done = run("check", "nurse.md", *argv)
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())
    assert (at / "nurse.md").read_text() == BAD


def test_the_number_of_workers_changes_no_byte(at):
    for number in range(70):
        (at / f"n{number:02}.md").write_text(BAD + f"\nPosting {number}.\n")
    outputs = [arg for name in FORMATS for arg in ("--output", f"{name}=out.{name}")]
    seen = []
    for jobs in ("1", "2"):
        assert run("check", ".", *ONLY, "--jobs", jobs, *outputs).exit_code == 1
        seen.append({name: (at / f"out.{name}").read_bytes() for name in FORMATS})
    assert seen[0] == seen[1]
