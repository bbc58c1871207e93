"""Fixing: what is written, what is left alone, and what is never touched."""

import io
import os
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from jdlint.cli import cli

ROOT = Path(__file__).parent.parent
POSTINGS = sorted(
    file
    for folder in (ROOT / "examples", ROOT / "tests" / "postings")
    for file in folder.rglob("*")
    if file.is_file() and not {"records", "licences"} & set(file.parts)
)
LONG = (
    "You will care for patients on a busy ward, plan the shifts of the team and report to the "
    "matron every week. We ask for two years of experience and a kind way with people. "
)


def run(*argv, **more):
    return CliRunner().invoke(cli, ["check", "--no-cache", *map(str, argv)], **more)


def taken(content, name, *picks):
    """*picks* taken in the bytes of a file called *name*."""
    from jdlint.fix.writing import written
    from jdlint.read import ReadOptions, read_bytes

    return written(content, read_bytes(content, name), picks, ReadOptions())


def fixed(folder, name, content, *argv):
    """What --fix makes of a file called *name*."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run(file, "--fix", *argv)
    assert done.exit_code in (0, 1), done.output
    return file.read_bytes()


def _is_utf8(file):
    content = file.read_bytes()
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return not content.startswith(b"\xef\xbb\xbf")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["nurse.md", "nurse.txt", "nurse.html", "nurse.mdx"])
def test_a_safe_fix_is_made_and_nothing_else_changes(tmp_path, name):
    before = "<h1>Nurse</h1>\n\n<p>You will utilise tools &amp; R&amp;D.  \t</p>\r\nEnd\r\n\n\n"
    if not name.endswith("html"):
        before = "# Nurse\r\n\r\nYou will utilise tools & beds.  \t\nEnd\r\n\n\n"
    assert fixed(tmp_path, name, before) == before.replace("utilise", "use").encode()


def test_a_suggestion_is_taken_only_when_asked_for(tmp_path):
    before = "# Nurse\n\nYou will leverage tools.\n"
    assert fixed(tmp_path, "a.md", before) == before.encode()
    assert b"will use tools" in fixed(tmp_path, "a.md", before, "--unsafe-fixes")


def test_what_is_suppressed_is_not_fixed(tmp_path):
    before = "# Nurse\n\n<!-- jdlint-disable-next-line JD315 -- ours -->\nYou will utilise tools.\n"
    rule = run_json(tmp_path, "# Nurse\n\nYou will utilise tools.\n")
    before = before.replace("JD315", rule)
    assert fixed(tmp_path, "a.md", before) == before.encode()


def run_json(tmp_path, text):
    import json

    (tmp_path / "x.md").write_text(text)
    done = run("x.md", "--format", "json")
    (finding,) = [f for f in json.loads(done.stdout)["findings"] if f["matched"] == "utilise"]
    return finding["rule"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encoding_mark_and_line_ends_stay(tmp_path, encoding):
    before = "Nurse – café\r\n\r\nYou will utilise tools.\rAnd beds.\n"
    after = before.replace("utilise", "use").encode(encoding)
    assert fixed(tmp_path, "a.txt", before.encode(encoding)) == after


def test_a_replacement_that_the_encoding_cannot_hold_is_not_made():
    from jdlint.fix.writing import UNENCODED
    from jdlint.model import Edit

    content = "Café\n\nYou cook.\n".encode("cp1252")
    done = taken(content, "a.txt", (Edit(10, 14, "→"),))
    assert (done.made, done.reasons) == (0, (UNENCODED,))


def test_bytes_that_are_not_of_the_encoding_are_not_touched(tmp_path):
    before = "Café\n\nYou will utilise tools.\n".encode() + b"\x93quoted\x94\n"
    (tmp_path / "a.txt").write_bytes(before)
    done = run("a.txt", "--fix")
    assert (tmp_path / "a.txt").read_bytes() == before
    assert "1 fix was not made" in done.output


@pytest.mark.parametrize(
    ("text", "name", "seen"),
    [
        ("R&D", "a.html", "R&amp;D"),
        ("R&D", "a.md", "R&D"),
        ("R&D <b>", "a.mdx", "R&amp;D &lt;b&gt;"),
        ('say "care"', "a.json", r"say \"care\""),
        ("the nurse's care", "single.yaml", "the nurse''s care"),
        ('say "care"', "double.yaml", r"say \"care\""),
        ("say: care", "plain.yaml", None),
        ("say #care", "plain.yaml", None),
        ("<b>care", "a.md", "&lt;b&gt;care"),
        ("{care}", "a.mdx", None),
    ],
)
def test_prose_is_written_as_its_place_needs_it(text, name, seen):
    from jdlint.fix.writing import CHANGED
    from jdlint.model import Edit

    before = _around(name)
    at = before.index("WORDS")
    done = taken(before.encode(), name, (Edit(at, at + 5, text),))
    if seen is None:
        assert (done.made, done.reasons) == (0, (CHANGED,))
    else:
        assert done.content.decode() == before.replace("WORDS", seen)


def _around(name):
    if name.endswith(".json"):
        return '{"jobTitle": "Nurse", "description": "' + LONG + 'WORDS and more."}'
    if name.endswith(".yaml"):
        mark = {"single": "'", "double": '"', "plain": ""}[name.removesuffix(".yaml")]
        return f"jobTitle: Nurse\ndescription: {mark}{LONG}x WORDS and more.{mark}\n"
    if name.endswith(".html"):
        return f"<h1>Nurse</h1><p>{LONG} WORDS and more.</p>"
    return f"# Nurse\n\n{LONG} WORDS and more.\n"


def test_folded_yaml_and_front_matter_are_fixed_in_place(tmp_path):
    before = f"jobTitle: Nurse\ndescription: >-\n  {LONG}\n  You will utilise\n  many tools.\n"
    assert fixed(tmp_path, "a.yaml", before) == before.replace("utilise", "use").encode()
    before = "---\ntitle: Nurse\n---\n\nYou will utilise tools.\n"
    assert fixed(tmp_path, "a.md", before) == before.replace("utilise", "use").encode()


def word(*runs):
    made = docx.Document()
    made.add_heading("Nurse", 1)
    paragraph = made.add_paragraph("You will ")
    for text, bold in runs:
        paragraph.add_run(text).bold = bold
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def test_a_docx_keeps_its_formatting_and_all_other_parts(tmp_path):
    before = word(("util", True), ("ise", False), (" tools & <beds> daily.", None))
    after = fixed(tmp_path, "a.docx", before)
    old, new = (zipfile.ZipFile(io.BytesIO(c)) for c in (before, after))
    assert new.testzip() is None
    assert [p.filename for p in old.infolist()] == [p.filename for p in new.infolist()]
    for one, other in zip(old.infolist(), new.infolist(), strict=True):
        assert (one.date_time, one.compress_type) == (other.date_time, other.compress_type)
        if one.filename != "word/document.xml":
            assert old.read(one) == new.read(other)
    paragraph = docx.Document(io.BytesIO(after)).paragraphs[-1]
    assert [(r.text, r.bold) for r in paragraph.runs] == [
        ("You will ", None), ("use", True), ("", False), (" tools & <beds> daily.", None)
    ]  # fmt: skip
    xml = old.read("word/document.xml").replace(b">util<", b">use<").replace(b">ise<", b"><")
    assert new.read("word/document.xml") == xml


@pytest.mark.parametrize("name", ["sarif", "rdjsonl"])
def test_edits_in_a_docx_are_offered_to_no_other_program(tmp_path, name):
    (tmp_path / "a.docx").write_bytes(word(("utilise tools.", None)))
    shown = run("a.docx", "--format", name).stdout
    assert "utilise" in shown
    assert '"fixes"' not in shown
    assert '"suggestions"' not in shown


def test_mode_and_symbolic_link_stay(tmp_path):
    target = tmp_path / "real.md"
    target.write_text("# Nurse\n\nYou will utilise tools.\n")
    target.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to("real.md")
    run("link.md", "--fix")
    assert link.is_symlink()
    assert "will use tools" in target.read_text()
    assert target.stat().st_mode & 0o777 == 0o640
    assert {file.name for file in tmp_path.iterdir()} == {"link.md", "real.md"}


def test_a_file_that_cannot_be_written_is_a_clear_failure(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("# Nurse\n\nYou will utilise tools.\n")
    monkeypatch.setattr(os, "access", lambda *_: False)
    done = run("a.md", "--fix")
    assert done.exit_code == 2
    assert "this file cannot be written (permission denied; make it writable)" in done.output
    assert "utilise" in (tmp_path / "a.md").read_text()


def test_the_summary_counts_what_was_fixed(tmp_path):
    import json

    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("# Nurse\n\nYou will utilise tools.\n")
    shown = run(".", "--fix", "--output", "json=out.json").output
    assert "No posting" not in shown
    counts = json.loads((tmp_path / "out.json").read_text())["summary"]
    assert (counts["fixed"], counts["fixed_files"]) == (2, 2)


def test_standard_input_goes_fixed_to_standard_output():
    done = run("-", "--fix", input="Nurse\n\nYou will utilise tools.\n")
    assert done.stdout == "Nurse\n\nYou will use tools.\n"
    assert "1 fixed in 1 file." in done.stderr


def test_options_that_contradict_one_another_are_refused():
    assert "--unsafe-fixes needs --fix or --diff" in run("--unsafe-fixes").output
    assert "leave it out" in run("--fix", "--no-suppress").output


def test_a_patch_changes_nothing_and_exits_with_1_if_it_would(tmp_path):
    (tmp_path / "a.md").write_text("# Nurse\n\nYou will utilise tools.\n")
    done = run("a.md", "--diff")
    assert done.exit_code == 1
    assert "utilise" in (tmp_path / "a.md").read_text()
    assert "1 fix in 1 file; nothing was changed" in done.stderr
    (tmp_path / "a.md").write_text("# Nurse\n\nYou will use tools.\n")
    done = run("a.md", "--diff")
    assert (done.exit_code, done.stdout) == (0, "")


def test_git_applies_the_patch_and_gets_what_fix_gives(tmp_path):
    folders = [tmp_path / "patched", tmp_path / "fixed"]
    for folder in folders:
        folder.mkdir()
        for at, file in enumerate(POSTINGS):
            (folder / f"{at} é {file.name}").write_bytes(file.read_bytes())
        text = "Nurse\r\n\r\nYou will utilise tools."
        (folder / 'odd "name".txt').write_bytes(text.encode())
        (folder / "wide.txt").write_bytes(text.encode("utf-16"))
        (folder / "a.docx").write_bytes(word(("utilise tools.", None)))
    one, other = folders
    subprocess.run(["git", "init", "-q", str(one)], check=True)
    os.chdir(one)
    patch = run(".", "--diff", "--unsafe-fixes").stdout_bytes
    assert b"GIT binary patch" in patch
    subprocess.run(["git", "apply", "--whitespace=nowarn"], input=patch, cwd=one, check=True)
    os.chdir(other)
    run(".", "--fix", "--unsafe-fixes")
    for file in other.iterdir():
        assert (one / file.name).read_bytes() == file.read_bytes(), file.name


@pytest.mark.parametrize("path", [".", "../ads", "../ads/b.md", "../links"])
def test_git_applies_the_patch_in_any_folder(tmp_path, monkeypatch, path):
    folder = tmp_path / "jobs" / "ads"
    folder.mkdir(parents=True)
    (folder / "b.md").write_text("# Nurse\n\nYou will utilise tools.\n")
    (folder / "c.docx").write_bytes(word(("utilise tools.", None)))
    (tmp_path / "jobs" / "links").symlink_to(folder)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.chdir(folder)
    patch = run(path, "--diff").stdout_bytes
    subprocess.run(["git", "apply"], input=patch, cwd=folder, check=True)
    assert "use tools" in (folder / "b.md").read_text()
    assert run(path, "--diff").exit_code == 0


def test_a_link_to_a_file_that_is_linted_is_no_second_posting(tmp_path):
    (tmp_path / "b.md").write_text("# Nurse\n\nYou will utilise tools.\n")
    (tmp_path / "a.md").symlink_to("b.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    subprocess.run(["git", "init", "-q"], check=True)
    assert "a.md:3:10:" in run("a.md", "b.md", "--format", "concise").output, "it was named"
    done = run(".", "--diff")
    assert "1 fix in 1 file; nothing was changed" in done.stderr
    subprocess.run(["git", "apply"], input=done.stdout_bytes, check=True)
    assert (tmp_path / "b.md").read_text().endswith("use tools.\n")
    assert (tmp_path / "a.md").is_symlink()


@pytest.mark.parametrize("file", POSTINGS, ids=lambda f: f.name)
def test_over_real_postings_nothing_but_the_edits_changes(tmp_path, file):
    copy = tmp_path / file.name
    before = file.read_bytes()
    copy.write_bytes(before)
    first = run(copy.name, "--fix", "--unsafe-fixes")
    after = copy.read_bytes()
    errors = run(file, "--format", "concise").output.count(": error ")
    assert run(copy.name, "--format", "concise").output.count(": error ") <= errors
    second = run(copy.name, "--fix", "--unsafe-fixes")
    assert copy.read_bytes() == after, "a second run changes something"
    assert " fixed in " not in second.output
    assert (before != after) == (" fixed in " in first.output)


TEXTS = [f for f in POSTINGS if f.suffix != ".docx" and _is_utf8(f)]


@pytest.mark.parametrize("file", TEXTS, ids=lambda f: f.name)
def test_over_real_postings_each_byte_outside_the_edits_is_kept(file):
    from jdlint.model import Edit
    from jdlint.read import read_bytes

    content = file.read_bytes()
    source = read_bytes(content, file.name)
    places = {
        p.source
        for document in source.documents
        for p in document.offsets.pieces
        if p.literal and p.source_length >= 4 and source.text[p.source : p.source + 4].isalpha()
    }
    fixes = [(Edit(at, at + 4, "Word"),) for at in sorted(places)[1::7]]
    done = taken(content, file.name, *fixes)
    kept = done.content.decode()
    changed = {at for at in range(len(kept)) if kept[at] != source.text[at]}
    assert len(kept) == len(source.text)
    assert changed <= {at for (edit,) in fixes for at in range(edit.start, edit.end)}
