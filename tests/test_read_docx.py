"""DOCX: blocks from styles and numbering, places by paragraph and run, and bad files."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from jdlint.read import read_bytes
from jdlint.read.archive import problem
from jdlint.read.docx import read
from jdlint.read.options import Options

DATA = Path(__file__).parent / "data" / "reading"


def saved(document):
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def one(content):
    reading = read(content if isinstance(content, bytes) else saved(content), Options())
    assert reading.troubles == ()
    (document,) = reading.documents
    return document


def shapes(document):
    return [(b.kind.value, document.text(b.span)) for b in document.blocks]


def place(document, words):
    return document.place(document.plain.index(words))


def test_headings_items_cells_and_paragraphs_come_from_styles():
    made = docx.Document()
    made.add_heading("Nurse", 0)
    made.add_heading("What you will do", 2)
    made.add_paragraph("You will care for people.")
    made.add_paragraph("Listen", style="List Bullet")
    made.add_paragraph("Lift", style="List Bullet 2")
    table = made.add_table(2, 2)
    for number, text in enumerate(["Pay", "£31,000", "Hours", "37"]):
        table.cell(number // 2, number % 2).text = text
    document = one(made)
    assert shapes(document) == [
        ("heading", "Nurse"),
        ("heading", "What you will do"),
        ("paragraph", "You will care for people."),
        ("item", "Listen"),
        ("item", "Lift"),
        ("cell", "Pay"),
        ("cell", "£31,000"),
        ("cell", "Hours"),
        ("cell", "37"),
    ]
    title, heading, _, listen, lift, pay, thirty, hours, _ = document.blocks
    assert (title.level, heading.level, listen.level, lift.level) == (1, 2, 1, 2)
    assert listen.group == lift.group != pay.group == hours.group
    assert [(c.row, c.column) for c in (pay, thirty, hours)] == [(0, 0), (0, 1), (1, 0)]


def test_a_list_can_be_made_by_numbering_alone_and_unmade_by_number_zero():
    made = docx.Document()
    for level, number in ((0, 5), (1, 5), (0, 0)):
        paragraph = made.add_paragraph(f"Level {level}", style="List Bullet")
        xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(xml))
    assert [(b.kind.value, b.level) for b in one(made).blocks] == [
        ("item", 1), ("item", 2), ("paragraph", 0),
    ]  # fmt: skip


def test_a_place_is_a_paragraph_and_a_run():
    made = docx.Document()
    made.add_paragraph("First")
    made.add_paragraph("")
    third = made.add_paragraph("You will ")
    third.add_run("care").bold = True
    third.add_run(" for people")
    made.add_table(1, 1).cell(0, 0).text = "In a table"
    made.add_paragraph("After it")
    document = one(made)
    assert place(document, "First") == "paragraph 1, run 1"
    assert place(document, "You will") == "paragraph 3, run 1"
    assert place(document, "care") == "paragraph 3, run 2"
    assert place(document, "people") == "paragraph 3, run 3"
    assert place(document, "In a table") == "paragraph 4, run 1"
    assert place(document, "After it") == "paragraph 5, run 1"
    words = "".join(t.text for t in made.element.body.iter() if t.tag.endswith("}t"))
    for piece in document.offsets.pieces:
        end = piece.plain + piece.plain_length
        assert (
            words[piece.source : piece.source + piece.plain_length]
            == document.plain[piece.plain : end]
        )


def test_words_keep_together_over_runs_and_bold_is_noted():
    made = docx.Document()
    paragraph = made.add_paragraph("We are ki")
    for text in ("nd", " people"):
        paragraph.add_run(text).bold = True
    document = one(made)
    assert shapes(document) == [("paragraph", "We are kind people")]
    assert [document.text(span) for span in document.bold] == ["nd people"]


def test_tabs_line_ends_and_special_hyphens():
    made = docx.Document()
    run = made.add_paragraph().add_run("Pay\t£31k")
    run.add_break(WD_BREAK.LINE)
    run.add_text("full")
    run._r.append(OxmlElement("w:noBreakHyphen"))
    run.add_text("time")
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:char"), "F0B7")
    run._r.append(symbol)
    assert shapes(one(made)) == [("paragraph", "Pay\t£31k\nfull\u2011time\uf0b7")]


def test_links_are_read_and_noted_and_urls_are_objects():
    made = docx.Document()
    paragraph = made.add_paragraph("Read ")
    link = OxmlElement("w:hyperlink")
    target = "https://example.org/jobs"
    link.set(qn("r:id"), made.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    for text in ("our ", "page"):
        link.append(parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{text}</w:t></w:r>'))
    paragraph._p.append(link)
    paragraph.add_run(" or https://exam")
    paragraph.add_run("ple.org/all.")
    document = one(made)
    assert shapes(document) == [("paragraph", "Read our page or \ufffc.")]
    assert [(t.kind, t.text) for t in document.things] == [
        ("link", target),
        ("url", "https://example.org/all"),
    ]
    assert place(document, "page") == "paragraph 1, run 3"


def test_what_a_reader_does_not_see_is_no_prose():
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Acme Ltd"
    paragraph = made.add_paragraph("Seen")
    paragraph.add_run(" hidden").font.hidden = True
    for tag, text in (("del", "delText"), ("ins", "t")):
        xml = f"<w:{tag} {nsdecls('w')}><w:r><w:{text}> {tag}</w:{text}></w:r></w:{tag}>"
        paragraph._p.append(parse_xml(xml))
    assert shapes(one(made)) == [("paragraph", "Seen ins")]


def test_text_boxes_are_read_once_after_their_paragraph():
    made = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    made.add_paragraph("Before")._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="{markup}"><mc:AlternateContent><mc:Choice Requires="wps">'
            f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    document = one(made)
    assert shapes(document) == [("paragraph", "Before"), ("paragraph", "In a box")]
    assert place(document, "In a box").startswith("paragraph 1, ")


def test_a_real_pack():
    document = one((DATA / "agile-coach.docx").read_bytes())
    assert len(document.blocks) > 40
    assert ("paragraph", "Person specification") in shapes(document)
    bold = {document.text(span).strip() for span in document.bold}
    assert {"Person specification", "Cultural fit"} <= bold
    assert sum(b.kind.value == "item" for b in document.blocks) > 30
    assert place(document, "be framework agnostic") == "paragraph 71, run 1"
    (kind,) = [
        block.kind.value
        for block in read_bytes((DATA / "agile-coach.docx").read_bytes(), "a.docx")
        .documents[0]
        .blocks
        if document.text(block.span) == "Cultural fit"
    ]
    assert kind == "heading", "a bold line is a heading once the layout is judged"


# Bad files


def rebuilt(change):
    """A good file whose parts went through *change*, a dict in and a dict out."""
    made = docx.Document()
    made.add_paragraph("Nurse")
    with zipfile.ZipFile(io.BytesIO(saved(made))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in change(parts).items():
            archive.writestr(name, data)
    return held.getvalue()


def without(parts, name):
    return {key: data for key, data in parts.items() if key != name}


def encrypted(content):
    """The same archive with the flag set that says that its parts are encrypted."""
    changed = bytearray(content)
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + shift] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


GOOD = rebuilt(lambda parts: parts)
BOMB = b"<w:p/>" * 4_000_000
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a zip archive at all", "no intact ZIP archive"),
        (GOOD[: len(GOOD) // 2], "no intact ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "encrypted, or in the old .doc format"),
        (encrypted(GOOD), "it is encrypted"),
        (rebuilt(lambda parts: without(parts, "word/document.xml")), "no word/document.xml"),
        (rebuilt(lambda parts: parts | {"word/x.xml": BOMB}), "far more than it holds"),
        (rebuilt(lambda parts: parts | {"word/document.xml": ENTITIES}), "document type"),
        (
            rebuilt(lambda p: p | {"word/document.xml": ENTITIES.decode().encode("utf-16")}),
            "document type",
        ),
        (
            rebuilt(lambda parts: parts | {"word/document.xml": b"<w:document"}),
            "do not fit together",
        ),
        (rebuilt(lambda parts: without(parts, "[Content_Types].xml")), "do not fit together"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, reason):
    reading = read(content, Options())
    documents, (trouble,) = reading.documents, reading.troubles
    assert documents == ()
    assert trouble.rule == "JD906"
    assert reason in trouble.values["detail"]


def test_damaged_data_inside_a_good_archive():
    at = GOOD.find(b"word/document.xml") + 40
    damaged = GOOD[:at] + b"\xff" * 60 + GOOD[at + 60 :]
    (trouble,) = read(damaged, Options()).troubles
    assert trouble.rule == "JD906"


def test_a_file_without_words_says_so():
    (trouble,) = read(saved(docx.Document()), Options()).troubles
    assert trouble.rule == "JD901"


def test_tables_nested_deep_need_no_recursion():
    start, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    body = start * 60 + "<w:p><w:r><w:t>Deep</w:t></w:r></w:p>" + end * 60
    xml = f'<?xml version="1.0"?><w:document {nsdecls("w")}><w:body>{body}</w:body></w:document>'
    content = rebuilt(lambda parts: parts | {"word/document.xml": xml.encode()})
    assert shapes(one(content)) == [("cell", "Deep")]


def test_a_good_archive_has_no_problem():
    assert problem(GOOD) is None
