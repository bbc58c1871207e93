"""Positions: whatever the format, every word is found in the file where it really stands.

Proved on real postings and on texts made up at random; see :mod:`tests.reading` for
what is proved.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.model import PlainSpan, SourceSpan
from jdlint.read import read_bytes
from jdlint.read.build import Builder, View
from jdlint.read.bytewise import ByteIndex
from jdlint.read.offsets import BlockKind, LineIndex, OffsetMap, Piece
from tests.reading import prove, prove_words, source_of, written

POSTINGS = Path(__file__).parent / "postings"
TEXTS = sorted(
    p for p in POSTINGS.iterdir() if p.is_file() and p.suffix not in (".docx",) and p.name[0] != "A"
)


def name_of(path):
    return path.name


# The map itself


def test_a_span_covers_the_source_of_all_its_characters():
    pieces = (Piece(0, 4, 0, 4, True), Piece(4, 1, 4, 5, False), Piece(5, 3, 12, 3, True))
    offsets = OffsetMap(pieces)
    assert offsets.to_source(PlainSpan(1, 3)) == SourceSpan(1, 3)
    assert offsets.to_source(PlainSpan(3, 5)) == SourceSpan(3, 9)
    assert offsets.to_source(PlainSpan(4, 6)) == SourceSpan(4, 13)
    assert offsets.to_source(PlainSpan(5, 6)) == SourceSpan(12, 13)
    assert offsets.to_source(PlainSpan(8, 10)) == SourceSpan(15, 15)


def test_only_what_one_literal_piece_holds_can_be_replaced_in_place():
    offsets = OffsetMap(
        (Piece(0, 4, 0, 4, True), Piece(4, 1, 4, 5, False), Piece(5, 3, 9, 3, True))
    )
    assert offsets.is_literal(PlainSpan(1, 4))
    assert offsets.is_literal(PlainSpan(5, 8))
    assert not offsets.is_literal(PlainSpan(3, 5))
    assert not offsets.is_literal(PlainSpan(4, 5))
    assert not offsets.is_literal(PlainSpan(7, 9))


def test_a_document_without_a_file_has_no_places():
    assert OffsetMap().to_source(PlainSpan(3, 9)) == SourceSpan(0, 0)


def test_a_view_of_a_view_leads_back_to_the_file():
    file = "x: 'we''re here'"
    outer = View(
        "we're here", (Piece(0, 2, 4, 2, True), Piece(2, 1, 6, 2, False), Piece(3, 7, 8, 7, True))
    )
    builder = Builder("plain")
    builder.literal(outer, 1, 8)
    builder.block(BlockKind.PARAGRAPH, 0)
    document = builder.document()
    assert document.text(document.blocks[0].span) == "e're he"
    assert file[slice(*document.offsets.to_source(PlainSpan(0, 4)))] == "e''re"
    assert outer.span(2, 3) == SourceSpan(6, 8)


def test_lines_and_columns_count_from_one_and_end_at_three_line_ends():
    text = "a\nbé\r\nc\rd\u2028e"
    index = LineIndex(text)
    places = [index.locate(text.index(letter)) for letter in "abécde"]
    assert places == [(1, 1), (2, 1), (2, 2), (3, 1), (4, 1), (4, 3)]
    assert index.count == 4


@given(st.text(alphabet="aé€😀\n", max_size=200))
def test_bytes_are_turned_into_code_points(text):
    index = ByteIndex(text)
    for at in range(len(text) + 1):
        assert index.point(len(text[:at].encode())) == at


# Real postings


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_every_promise_holds_for_a_real_posting(path):
    source = read_bytes(path.read_bytes(), path.name)
    assert source.documents
    prove(source)
    assert prove_words(source) > 100


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_other_line_ends_and_a_mark_move_nothing(path):
    content = path.read_bytes()
    plain = [document.plain for document in read_bytes(content, path.name).documents]
    crlf = read_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"), path.name)
    assert [document.plain for document in crlf.documents] == plain
    prove(crlf)
    prove_words(crlf)


@pytest.mark.parametrize("name", ["agile-coach.md", "illustrator.md", "developer-jd.md"])
def test_emphasis_around_any_word_changes_neither_the_words_nor_their_places(name):
    text = (POSTINGS / name).read_text()
    body = text.index("\n---\n") + 5
    plain = source_of(text).documents[0].plain
    words = [m.span() for m in re.finditer(r"(?<= )[a-z]{4,}(?= )", text) if m.start() > body]
    for start, end in words[:: max(1, len(words) // 12)]:
        changed = source_of(f"{text[:start]}**{text[start:end]}**{text[end:]}")
        assert changed.documents[0].plain == plain
        prove(changed)
        prove_words(changed)


@pytest.mark.parametrize("name", ["agile-coach.md", "content-designer.txt", "illustrator.md"])
def test_a_posting_cut_off_anywhere_keeps_every_promise(name):
    content = (POSTINGS / name).read_bytes()
    for end in range(1, len(content), max(1, len(content) // 40)):
        source = read_bytes(content[:end], name)
        prove(source)
        prove_words(source)


# Texts made up at random: every word has a number, so that each must lead to its own copy

WORDS = st.integers(0, 10**6).map(lambda n: f"alpha{n}")
MARKED = st.tuples(
    WORDS,
    st.sampled_from(
        ["{}", "{}", "{}", "**{}**", "*{}*", "`{}`", "[{}](https://a.example/b)", "~~{}~~", "__{}__",
         "<b>{}</b>", "{} &amp;", "&eacute; {}", "{}\\*", "**{}", "😀 {}", "{} {{{{ x }}}}", "{}<br>",
         "<!-- no -->{}", "{}\u00a0–", "![{}](a.png)", "\u200b{}", "https://a.example/{}", "{}."]
    ),
).map(lambda pair: pair[1].format(pair[0]))  # fmt: skip
LINES = st.lists(MARKED, min_size=1, max_size=6).map(" ".join)
BLOCKS = st.tuples(
    st.sampled_from(
        ["{}", "{}", "# {}", "##{}", "- {}", "  - {}", "    {}", "1. {}", "• {}", "> {}", ">> {}", "| {} | b |",
         "|---|---|", "**{}**", "{}:", "***", "===", "```", "<p>{}</p>", "<div>", "</div>",
         "\t{}", "{{% if x %}}", "\uf0b7{}", "🚀 {}", ": {}", "{}  ", "<table><tr><td>{}", "", "",
         "| Essential | Desirable |\n|---|---|", "## Similar jobs", "🎯 **{}**", "<aside>{}</aside>",
         "<form><label for=x>{}</label><input></form>", "We use cookies. {}"]
    ),
    LINES,
).map(lambda pair: pair[0].replace("{}", pair[1]).replace("{{%", "{%").replace("%}}", "%}"))  # fmt: skip
HEADS = st.sampled_from(
    ["", "", "---\ntitle: 'It''s &amp; alpha1 😀'\ndescription: >\n  one alpha2\n  two three four\n---\n",
     "+++\ntitle = \"alpha3 \\u00e9 alpha4\"\n+++\n", "---\ntitle: alpha5\n", "\n---\n- alpha6\n---\n"]
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@settings(max_examples=150, deadline=None)
@given(
    HEADS,
    st.lists(BLOCKS, max_size=12),
    ENDS,
    st.sampled_from(["a.md", "a.mdx", "a.txt", "a.html"]),
)
def test_every_word_of_a_random_text_is_found_at_its_own_place(head, blocks, end, name):
    text = (head + "\n".join(blocks)).replace("\n", end)
    source = source_of(text, name)
    prove(source)
    prove_words(source)
    for document in source.documents:
        seen = []
        for found in re.finditer(r"alpha\d+", document.plain):
            place = document.offsets.to_source(PlainSpan(*found.span()))
            assert written(source, document, PlainSpan(*found.span())) == found.group()
            seen.append(place)
        assert seen == sorted(set(seen)), "each word has a place of its own, in order"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["a.md", "a.mdx", "a.txt", "a.html"]))
def test_any_text_at_all_keeps_every_promise(text, name):
    source = read_bytes(text.encode("utf-8", "replace"), name)
    prove(source)
    prove_words(source)


SIGNS = "#*_-+>|`~[](){}<>!&;:=/\\%.,'\"@ \t\n\r\u00a0\u2028•1aAéx"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=120), st.sampled_from(["a.md", "a.mdx", "a.txt"]))
def test_any_heap_of_signs_keeps_every_promise(text, name):
    source = source_of(text, name)
    prove(source)
    prove_words(source)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_without_an_error(content):
    prove(read_bytes(content, "a.md"))
