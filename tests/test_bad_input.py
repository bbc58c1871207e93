"""Bad input: each kind gives one clear word, names the file, and stops nothing else."""

import io
import os
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from jdlint.cli import cli
from jdlint.report import FORMATS
from tests.lint import lint, result_of

GOOD = "# Nurse\n\nYou will care for patients at home.\n"


def rules(text, name="posting.md", **given):
    return [f.rule for f in lint(text, name, select=["file"], **given)]


def test_an_empty_file():
    assert rules(b"") == ["JD901"]
    assert rules(b"\xef\xbb\xbf \n\r\n") == ["JD901"]


def test_a_binary_file():
    assert rules(b"\x7fELF\x02\x01\x01" + bytes(200)) == ["JD902"]
    assert rules(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00", "posting.txt") == ["JD902"]


def test_a_file_of_50_megabytes_is_named_and_not_read():
    (finding,) = lint(b"word " * 10_000_000, select=["file"])
    assert finding.rule == "JD903"
    assert "max_file_size" in finding.message


def test_the_size_limit_can_be_set():
    assert rules(GOOD, max_file_size=10) == ["JD903"]
    assert rules(GOOD, max_file_size=1000) == []


def test_a_single_line_of_5_megabytes():
    assert rules("You will care for patients at home every day. " * 110_000) == []


def test_invalid_utf_8_is_named_and_read_all_the_same():
    mixed = "# Café\n\nZoë needs you.\n".encode().replace("ë".encode(), b"\xeb")
    (finding,) = lint(mixed, select=["JD904"])
    assert (finding.line, finding.severity.word) == (3, "warning")


def test_an_old_encoding_is_read_without_a_word_lost_and_noted():
    (noted,) = lint("# Café\n\nWe want a rockstar.\n".encode("cp1252"), select=["file"])
    assert (noted.rule, noted.severity.word, noted.column) == ("JD913", "note", 6)
    (found,) = lint(
        "# Café\n\nWe want a rockstar.\n".encode("latin-1"),
        select=["heroic-title"],
        ignore=["file"],
    )
    assert (found.line, found.column) == (3, 11)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_move_nothing(encoding, newline):
    text = f"# Café nurse{newline}{newline}We want a café rockstar.{newline}"
    (found,) = lint(text.encode(encoding), select=["heroic-title"], ignore=["file"])
    assert (found.line, found.column, found.start) == (3, 16, text.index("rockstar"))


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Nurse\n\nNever closed.\n",
        "---\n- a\n- b\n---\n\nBody.\n",
        "---\na: [1\n---\n\nBody.\n",
        "---\njust words\n---\n\nBody.\n",
    ],
)
def test_broken_front_matter(text):
    assert rules(text) == ["JD905"]


def test_yaml_aliases_that_explode():
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    bomb += "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30))
    lint(f"---\n{bomb}---\n\nBody.\n", select=["file"])
    lint(bomb, "jobs.yaml", select=["file"])


def docx(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def real_docx() -> bytes:
    import docx as library

    document = library.Document()
    document.add_heading("Nurse", 1)
    document.add_paragraph("We want a rockstar nurse.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_docx_is_linted_and_the_place_is_a_paragraph_and_a_run():
    (found,) = lint(real_docx(), "nurse.docx", select=["heroic-title"])
    assert (found.start, found.line, found.matched) == (None, None, "rockstar")
    assert found.place == "paragraph 2, run 1"


@pytest.mark.parametrize(
    "content",
    [
        real_docx()[:400],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        docx({"hello.txt": b"hello"}),
        docx({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w:document"}),
        docx({"[Content_Types].xml": b"<x/>", "word/document.xml": b" " * 300_000_000}),
        docx(
            {
                "[Content_Types].xml": b"<x/>",
                "word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
            }
        ),
    ],
    ids=["truncated", "encrypted", "another zip", "broken xml", "zip bomb", "entity bomb"],
)
def test_a_docx_that_cannot_be_read(content):
    assert rules(content, "nurse.docx", max_file_size=10**9) == ["JD906"]


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>", "<table><tr><td>"])
def test_html_nested_100_000_deep(tag):
    result = result_of(tag * 100_000 + "We want a rockstar.", "deep.html", select=["heroic-title"])
    assert not result.failures


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", "<a b='", "<!--", "</", "<![", "&", "<script>", "{{", "{%", "[", "(", "*", "_", "`", "~~", "> ", "- ", "# ", "|", "---\n", "\\", "!["],
)  # fmt: skip
@pytest.mark.parametrize("name", ["evil.md", "evil.html", "evil.txt", "evil.mdx"])
def test_evil_repetition_neither_crashes_nor_hangs(piece, name):
    assert not result_of(piece * 50_000, name, profile="strict").failures


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"a":' * 100_000, "- " * 20_000, "{" * 100_000]
)
@pytest.mark.parametrize("name", ["deep.json", "deep.yaml"])
def test_deeply_nested_data(content, name):
    assert not result_of(content, name).failures


def test_nul_and_escape_characters():
    text = "# Nurse\n\nWe want a \x1brockstar and a gu\x00ru."
    assert not result_of(text).failures


def test_right_to_left_text():
    text = "# أخصائي تمريض\n\nنبحث عن ممرضة تعمل في المستشفى وتعتني بالمرضى كل يوم مع فريق من الأطباء والممرضين.\n"
    (finding,) = lint(text, profile="minimal")
    assert finding.rule == "JD910"


def test_a_posting_in_another_language_is_named_once_and_left_alone():
    text = (
        "# Développeur principal\n\nNous cherchons une personne pour rejoindre notre équipe. Vous"
        " travaillerez avec les services et vous écrirez du code pour la plateforme. Le salaire est"
        " compétitif et le poste est basé dans nos bureaux.\n\n- Vous avez un diplôme.\n"
    )
    assert [f.rule for f in lint(text, profile="strict")] == ["JD910"]


def run(*argv):
    return CliRunner().invoke(cli, [str(a) for a in argv])


def test_a_symlink_loop_does_not_hang_the_walk(tmp_path):
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    done = run("check", tmp_path, "--select", "heroic-title")
    assert "self.md: failed:" in done.output
    assert "1 posting" in done.output
    assert done.exit_code == 2


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    for name in ("a.md", "secret.md"):
        (tmp_path / name).write_text(GOOD)
    opened = Path.open

    def refuse(path, *args, **kwargs):
        if path.name == "secret.md":  # root may read everything, so the system cannot refuse
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    done = run("check", tmp_path, "--select", "heroic-title")
    assert done.exit_code == 2
    assert "secret.md: failed: this file cannot be read (permission denied)" in done.output
    assert "1 posting" in done.output


def test_a_file_that_vanishes_is_named_and_the_others_are_linted(tmp_path, monkeypatch):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(GOOD)
    from jdlint import workers as running

    def vanish(files, *rest):
        (tmp_path / "a.md").unlink()
        return original(files, *rest)

    original = running.lint_files
    monkeypatch.setattr("jdlint.cli.inputs.lint_files", vanish)
    done = run("check", tmp_path, "--select", "heroic-title")
    assert done.exit_code == 2
    assert "a.md: failed:" in done.output
    assert "1 posting" in done.output


def test_a_folder_with_the_name_of_a_posting(tmp_path):
    (tmp_path / "nurse.md").mkdir()
    (tmp_path / "nurse.md" / "a.md").write_text(GOOD)
    assert run("check", tmp_path / "nurse.md", "--select", "heroic-title").exit_code == 0


def test_data_files_without_a_posting_are_skipped_in_a_folder_but_named_when_asked_for(tmp_path):
    (tmp_path / "a.md").write_text(GOOD)
    data = tmp_path / "data.json"
    data.write_text('{"name": "left-pad", "version": "1.0.0"}')
    assert run("check", tmp_path, "--select", "file").exit_code == 0
    assert "JD908" in run("check", data, "--select", "file").output


def test_file_names_with_blanks_and_other_alphabets(tmp_path):
    name = "Krankenschwester – 看護師 (m w d).md"
    (tmp_path / name).write_text("# Nurse\n\nA rockstar.\n")
    assert name in run("check", tmp_path, "--select", "heroic-title").output


def test_no_posting_text_is_kept_in_the_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("JDLINT_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "nurse.md").write_text("# Nurse\n\nWe zorbulate patients at home, rockstar.\n")
    run("check", tmp_path / "nurse.md")
    kept = b"".join(f.read_bytes() for f in Path(tmp_path / "cache").rglob("*") if f.is_file())
    assert kept
    assert b"zorbulate" not in kept


@pytest.fixture
def nameless(tmp_path, monkeypatch):
    """Postings under names that are no text: a file, and one in such a folder."""
    monkeypatch.chdir(tmp_path)
    folder = os.fsdecode(b"m\xe4rz")
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / folder).mkdir()
    for name in (os.fsdecode(b"caf\xe9.md"), f"{folder}/b.md", os.fsdecode(b"logo\xe9.png")):
        (tmp_path / name).write_text(GOOD)
    return folder


NAMELESS = ["caf?.md", "m?rz/b.md"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_name_that_is_no_text_is_told_and_the_other_files_are_linted(nameless, name):
    done = run("check", ".", "--select", "heroic-title", "--format", name)
    assert done.exit_code == 2
    assert all(told in unquote(done.output) for told in NAMELESS)
    assert "logo" not in done.output
    assert "UTF-8" in done.output


def test_such_a_name_may_be_given_or_be_the_folder_where_one_stands(nameless, monkeypatch):
    done = run("check", os.fsdecode(b"caf\xe9.md"), nameless, os.fsdecode(b"nowhere\xe9"))
    assert done.exit_code == 2
    assert done.output.count("its name is no UTF-8") == 3
    monkeypatch.chdir(nameless)
    for _ in range(2):  # also from the cache
        assert (
            run("check", "--select", "heroic-title").output == "Nothing to report in 1 posting.\n"
        )
