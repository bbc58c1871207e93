"""Plain text, decoding, and the choice of a reader."""

import pytest

from jdlint.model import ReadError
from jdlint.read import ReadOptions, read_bytes, read_path
from jdlint.read.decode import decode
from tests.reading import document_of, outline, place_of, source_of


def text_of(blocks):
    return [text for _, text in blocks]


def rules_of(source):
    return [trouble.rule for trouble in source.troubles]


# Paragraphs and wrapped lines


def test_blank_lines_part_paragraphs():
    assert outline("We build bridges.\n\nYou draw them.\n", "a.txt") == [
        ("paragraph", "We build bridges."),
        ("paragraph", "You draw them."),
    ]


def test_lines_that_were_broken_for_want_of_room_are_one_paragraph():
    text = (
        "The team looks after the records of four million patients, and it answers\n"
        "questions from every clinic in the country. You will keep that going while\n"
        "we replace the oldest parts of it.\n"
    )
    (block,) = outline(text, "a.txt")
    assert block == ("paragraph", text.strip())


def test_a_line_that_goes_on_in_lower_case_is_joined():
    text = "You will look after our customers in the north of the country\nand in Wales.\n"
    assert len(outline(text, "a.txt")) == 1


def test_short_lines_without_blank_lines_between_them_stay_apart():
    text = (
        "Store Manager\nAbout us\nWe sell shoes in thirty towns and are proud of every one.\n"
        "Your duties\nRun the shop.\nLocation: Leeds\nSalary: £30,000\n"
    )
    assert text_of(outline(text, "a.txt")) == text.strip().split("\n")


def test_a_whole_advert_on_one_line_is_one_paragraph():
    text = "We are looking for a nurse. " * 600
    (block,) = outline(text, "a.txt")
    assert block == ("paragraph", text.strip())


def test_form_feeds_and_line_separators_end_lines():
    assert text_of(outline("First page.\n\f\nSecond page.", "a.txt")) == [
        "First page.",
        "Second page.",
    ]
    assert text_of(outline("Role: Nurse\u2028Place: Leeds", "a.txt")) == [
        "Role: Nurse",
        "Place: Leeds",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_text_and_its_own_places(end):
    text = "Nurse\n\n  • Give care to patients on two wards, by day and\n    by night.\n"
    source = source_of(text.replace("\n", end), "a.txt")
    (document,) = source.documents
    assert document.plain == document_of(text, "a.txt").plain
    assert place_of(source, document, "by night") == "by night"
    assert place_of(source, document, "and\nby") == f"and{end}    by"


# Bullets


@pytest.mark.parametrize(
    "mark",
    ["• ", "●", "- ", "* ", "+ ", "– ", "— ", "\uf0b7 ", "\uf0a7\t", "o\t", "✓ ", "➢ ", "· "],
)
def test_signs_that_begin_items(mark):
    text = f"Duties\n\n{mark}Open the shop\n{mark}Count the till\n"
    assert outline(text, "a.txt")[1:] == [("item", "Open the shop"), ("item", "Count the till")]


@pytest.mark.parametrize("first,second", [("1. ", "2. "), ("1) ", "2) "), ("(a) ", "(b) ")])
def test_numbers_begin_items(first, second):
    text = f"{first}Open the shop\n{second}Count the till\n"
    assert outline(text, "a.txt") == [("item", "Open the shop"), ("item", "Count the till")]


def test_a_row_of_emoji_is_a_list_and_a_single_one_is_not():
    rows = outline("🚀 Build things\n🎯 Ship things\n", "a.txt")
    assert [kind for kind, _ in rows] == ["item", "item"]
    assert outline("🚀 What we do\n\nWe ship.\n", "a.txt")[0] == ("paragraph", "🚀 What we do")


def test_a_bullet_alone_on_its_line_belongs_to_the_next_line():
    text = "•\nOpen the shop\n•\nCount the till\n"
    assert outline(text, "a.txt") == [("item", "Open the shop"), ("item", "Count the till")]


def test_an_item_goes_on_in_lines_that_are_indented():
    text = "- Open the shop every\n  morning.\n- Count the till.\nThen go home.\n"
    assert outline(text, "a.txt") == [
        ("item", "Open the shop every\nmorning."),
        ("item", "Count the till."),
        ("paragraph", "Then go home."),
    ]


def test_indentation_and_second_signs_make_levels():
    text = "• Shop\n    • Open it\n    • Close it\n• Till\no\tCount it\n• Stock\n"
    document = document_of(text, "a.txt")
    assert [block.level for block in document.blocks] == [1, 2, 2, 1, 2, 1]
    top = {block.group for block in document.blocks if block.level == 1}
    assert len(top) == 1


def test_two_lists_have_two_numbers():
    document = document_of("- a cat\n- a dog\n\nAnd then:\n\n- a cow\n", "a.txt")
    groups = [block.group for block in document.blocks if block.kind == "item"]
    assert groups[0] == groups[1] != groups[2]


@pytest.mark.parametrize(
    "text",
    [
        "Leeds · Full-time · £40k",
        "10–12 hours a week",
        "-5 degrees is normal here",
        "*Terms apply",
        "2024. What a year",
        "o clock",
    ],
)
def test_signs_that_begin_no_item(text):
    assert outline(text + "\n", "a.txt") == [("paragraph", text)]


def test_a_dash_at_the_start_of_a_wrapped_line_is_no_bullet():
    text = (
        "The role needs somebody who can plan, write, and listen to many people\n"
        "- sometimes all of it in one day - without losing sight of what matters\n"
        "to the customers who rely on us.\n"
    )
    assert [kind for kind, _ in outline(text, "a.txt")] == ["paragraph"]


# Headings


def test_underlined_lines_are_headings():
    document = document_of("Nurse\n=====\n\nDuties\n------\nGive care.\n", "a.txt")
    assert [(b.kind, b.level) for b in document.blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
    ]


def test_drawn_lines_are_not_text():
    assert outline("Give care.\n\n* * * * *\n\nTake leave.\n", "a.txt") == [
        ("paragraph", "Give care."),
        ("paragraph", "Take leave."),
    ]


def test_lines_in_capitals_and_with_a_colon_are_headings():
    text = "MINIMUM QUALIFICATIONS\n\nA degree.\n\nWhat you'll do:\n\n- Teach.\n"
    assert outline(text, "a.txt") == [
        ("heading caps", "MINIMUM QUALIFICATIONS"),
        ("paragraph", "A degree."),
        ("heading colon", "What you'll do:"),
        ("item", "Teach."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Dear colleagues:",
        "Please bring all of the following:",
        "salary history to (email preferred):",
        "In this role you will work closely with all of our partners:",
        "LOCATION:   LEEDS",
        "NASA",
    ],
)
def test_lines_that_only_look_a_little_like_headings(line):
    assert outline(f"{line}\n\nMore of it.\n", "a.txt")[0] == ("paragraph", line)


# What is not prose


def test_what_stands_below_a_heading_of_other_jobs_is_no_part_of_the_posting():
    text = "# Nurse\n\nYou care.\n\n## Similar jobs\n\n- Carer\n\n### Cook\n\nYou cook.\n\n## Pay\n\n£1"
    seen = [(kind.split()[0], text) for kind, text in outline(text, "a.md")]
    assert [text for kind, text in seen if kind != "furniture"] == [
        "Nurse", "You care.", "Pay", "£1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We use cookies to make this site work and to understand how you use it, so that we can "
         "make it better. You can change your settings whenever you like.", "furniture"),
        ("We bake cookies for the whole of the north of England, and you will see to it that they "
         "leave the oven in time and reach the shops while they are still warm.", "paragraph"),
    ],
)  # fmt: skip
def test_a_notice_about_cookies_is_furniture_however_long(text, kind):
    assert outline(f"Nurse\n\n{text}\n", "a.txt")[1] == (kind, text)


def test_site_furniture_is_told_apart():
    text = (
        "Shop Assistant\n\n  • AdminWritten by Admin\n  • Calendar IconJan 13, 2026\n"
        "  • Clock Icon3 mins read\n\nYou sell shoes.\n\nShare this job\n"
    )
    kinds = [kind for kind, _ in outline(text, "a.txt")]
    assert kinds == ["paragraph", *["furniture"] * 3, "paragraph", "furniture"]


@pytest.mark.parametrize(
    "line",
    [
        "Written by our customers, our reports are read by ministers.",
        "Report to the shop manager.",
        "Search engine marketing",
        "Save lives at sea.",
        "Home care assistants wanted",
    ],
)
def test_prose_that_resembles_furniture_stays_prose(line):
    assert outline(line, "a.txt") == [("paragraph", line)]


def test_addresses_become_objects_with_their_text_kept():
    document = document_of(
        "Apply at https://jobs.example.org/nurse?id=1, or write to jobs@example.org.", "a.txt"
    )
    assert document.plain.startswith("Apply at \ufffc, or write to \ufffc.")
    assert [(t.kind, t.text) for t in document.things] == [
        ("url", "https://jobs.example.org/nurse?id=1"),
        ("email", "jobs@example.org"),
    ]
    assert [document.plain[t.at] for t in document.things] == ["\ufffc", "\ufffc"]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "https://example.org/wiki/Nurse_(job)",
        "www.example.org/jobs",
        "boards.example.io/acme/jobs/12",
    ],
)
def test_where_urls_end(url):
    (thing,) = document_of(f"See ({url}).", "a.txt").things
    assert thing.text == url


@pytest.mark.parametrize("words", ["Node.js/React", "and/or", "Booking.com", "ASP.NET", "3.5/day"])
def test_what_is_no_url(words):
    assert document_of(f"We use {words} here.", "a.txt").things == ()


def test_templates_inside_prose_are_objects_and_commands_on_their_own_are_nothing():
    text = "{% if open %}\nYou will work in {{ city }} with us.\n{% endif %}\n"
    assert outline(text, "a.txt") == [("paragraph", "You will work in \ufffc with us.")]


def test_a_suppression_is_not_prose():
    text = "jdlint-disable-next-line JD112 -- a quotation\nWe want a ninja.\n"
    assert outline(text, "a.txt") == [("paragraph", "We want a ninja.")]


# Encodings

WORDS = "Café manager – £30k"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_with_and_without_a_mark(encoding):
    found = decode(WORDS.encode(encoding))
    assert (found.text, found.troubles) == (WORDS, ())


def test_windows_1252_is_read_and_named():
    found = decode(f"A job\r\n{WORDS}".encode("cp1252"))
    assert (found.text, found.encoding) == (f"A job\r\n{WORDS}", "windows-1252")
    (trouble,) = found.troubles
    assert (trouble.rule, trouble.values) == ("JD913", {"detail": "Windows-1252"})
    assert found.text[slice(*trouble.span)] == "é"


def test_one_stray_byte_does_not_spoil_the_rest():
    found = decode("Café – ".encode() + b"it\x92s fine")
    assert (found.text, found.encoding) == ("Café – it’s fine", "utf-8")
    assert [t.rule for t in found.troubles] == ["JD904"]


@pytest.mark.parametrize(
    "content", [b"\xff", b"\x81\x8d\x8f\x90\x9d", b"\xed\xa0\x80", b"\xff\xfea"]
)
def test_bytes_that_fit_nothing_are_characters_all_the_same(content):
    assert decode(content).text


def test_utf16_that_ends_in_the_middle_of_a_character():
    found = decode("Job at sea".encode("utf-16") + b"\x00")
    assert found.text.startswith("Job at sea")
    assert [t.rule for t in found.troubles] == ["JD904"]


@pytest.mark.parametrize(
    "words", ["Itâ€™s fun", "a cafÃ© by the sea", "Â£30,000", "we â€œcareâ€\x9d"]
)
def test_mojibake_is_reported_where_it_stands(words):
    found = decode(words.encode())
    (trouble,) = found.troubles
    assert trouble.rule == "JD909"
    assert found.text[slice(*trouble.span)] == trouble.values["detail"]


@pytest.mark.parametrize(
    "words", ["Ângela", "NÃO", "crème brûlée", "£30 – €40", "naïve â la carte"]
)
def test_real_accents_are_no_mojibake(words):
    assert decode(words.encode()).troubles == ()


# Files that are not what they should be


@pytest.mark.parametrize(
    "content,rule",
    [
        (b"", "JD901"),
        (b" \r\n\t\n", "JD901"),
        (b"\xef\xbb\xbf", "JD901"),
        (b"\x00\x00\x00\x00", "JD901"),
        (b"%PDF-1.7\nsome", "JD902"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)), "JD902"),
        (bytes(range(256)) * 8, "JD902"),
        (b"<!-- nothing but a comment -->", "JD901"),
    ],
)
def test_what_holds_no_posting(content, rule):
    source = source_of(content)
    assert source.documents == ()
    assert rules_of(source) == [rule]


def test_a_file_that_is_too_large_is_not_read():
    source = read_bytes(b"x" * 2001, "a.txt", ReadOptions(max_bytes=2000))
    assert rules_of(source) == ["JD903"]
    assert source.documents == ()


def test_control_characters_do_not_make_a_text_binary():
    source = source_of("You will\x00 work\x1b[31m in Leeds, with good people." * 3, "a.txt")
    assert source.troubles == ()
    assert "work\x1b[31m in" in source.documents[0].plain


def test_right_to_left_text_keeps_its_places():
    source = source_of("Nurse (אחות) at العيادة wanted.", "a.txt")
    assert place_of(source, source.documents[0], "العيادة") == "العيادة"


def test_files_that_cannot_be_opened_are_the_users_mistake(tmp_path):
    with pytest.raises(ReadError, match="cannot be read"):
        read_path(tmp_path / "gone.md", "gone.md")
    with pytest.raises(ReadError, match="no regular file"):
        read_path(tmp_path, "folder")


@pytest.mark.parametrize(
    "name,text,format_",
    [
        ("a.md", "# Nurse\n\nGive care.", "markdown"),
        ("a.txt", "Nurse\n\nGive care.", "plain"),
        ("a.txt", "# Nurse\n\n## Duties\n\nGive care.", "markdown"),
        ("a.unknown", "Give care.", "plain"),
        ("a.txt", "<!DOCTYPE html><html><body><p>Give care.</p></body></html>", "html"),
        ("a.html", "<h1>Nurse</h1><p>Give care.</p>", "html"),
        ("a.html", "---\ntitle: Nurse\n---\n\n## Duties\n\n- Give care.\n", "markdown"),
        ("a.html", "---\ntitle: Nurse\n---\n<h2>Duties</h2>\n<p>Give care.</p>\n", "html"),
        ("a.html.erb", "<h1>Nurse</h1>\n<%= render 'x' %>\n<p>Give care.</p>", "html"),
        ("a.md", "<div>\n  <h1>Nurse</h1>\n\n      <p>Give care.</p>\n</div>\n", "html"),
        ("a.mdx", "<h1>Nurse</h1>\n\n<p>Give care.</p>\n", "mdx"),
    ],
)
def test_the_reader_is_chosen_by_name_and_by_what_the_text_really_is(name, text, format_):
    document = document_of(text, name)
    assert document.format == format_
    assert "Give care." in document.plain
