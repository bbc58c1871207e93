"""HTML: what of a page is prose, in which blocks, and where each word stands in the file."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jdlint.model import PlainSpan
from jdlint.read import read_bytes
from jdlint.read.build import Builder, View
from jdlint.read.html import HtmlWalker, blocks
from jdlint.read.options import Options
from jdlint.read.page import read
from jdlint.read.tags import Kind, attributes, decode, tokens

LONG = "You will care for patients on a busy ward and work closely with families and doctors. " * 5


def fragment(text):
    builder = Builder("html")
    blocks(View(text), builder)
    return builder.document()


def shapes(document):
    return [(b.kind.value, document.text(b.span)) for b in document.blocks]


def texts(document):
    return [document.text(b.span) for b in document.blocks]


def assert_map_is_true(document, source):
    at = before = 0
    for piece in document.offsets.pieces:
        assert piece.plain >= at
        assert piece.source >= before
        at, before = piece.plain + piece.plain_length, piece.source + piece.source_length
        if piece.literal:
            plain = document.plain[piece.plain : at]
            assert plain == source[piece.source : before]
    assert before <= len(source)


def source_of(document, source, words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = document.plain.index(words, at + 1)
    start, end = document.offsets.to_source(PlainSpan(at, at + len(words)))
    return source[start:end]


# The tokenizer


def kinds(text):
    return [(t.kind.value, text[t.start : t.end]) for t in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<b>c</b>", [("text", "a"), ("start", "<b>"), ("text", "c"), ("end", "</b>")]),
        ("1 < 2 <3 a<", [("text", "1 < 2 <3 a<")]),
        ('<a title="x > y">z', [("start", '<a title="x > y">'), ("text", "z")]),
        ("<a title=it's>z", [("start", "<a title=it's>"), ("text", "z")]),
        ('<a title="never closed>z', [("start", '<a title="never closed>'), ("text", "z")]),
        ("a<!-- <p> -->b", [("text", "a"), ("comment", "<!-- <p> -->"), ("text", "b")]),
        ("a<!--> b", [("text", "a"), ("comment", "<!-->"), ("text", " b")]),
        ("a<!-- b", [("text", "a"), ("comment", "<!-- b")]),
        ("a</>b", [("text", "a"), ("comment", "</>"), ("text", "b")]),
        ("<![endif]>b", [("comment", "<![endif]>"), ("text", "b")]),
        ("<!DOCTYPE html>b", [("comment", "<!DOCTYPE html>"), ("text", "b")]),
        ("<b", [("start", "<b")]),
    ],
)
def test_text_is_split_at_tags_as_a_browser_does(text, expected):
    assert kinds(text) == expected


def test_the_content_of_a_script_holds_no_tags():
    text = "<script>if (a<b) x('</p>')</SCRIPT ><p>"
    assert kinds(text)[1] == ("content", "if (a<b) x('</p>')")
    assert kinds("<script>never closed <p>")[1] == ("content", "never closed <p>")
    assert kinds("<iframe src=x /><p>")[1:] == [("content", ""), ("start", "<p>")]


def test_attributes_are_read_with_any_quotes_or_none():
    text = """<a HREF='/jobs?a=1&amp;b' class=x data-y="1 > 0" hidden class=z>"""
    tag = next(iter(tokens(text)))
    assert attributes(text, tag) == {
        "href": "/jobs?a=1&b",
        "class": "x",
        "data-y": "1 > 0",
        "hidden": "",
    }


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("&amp;", ("&", 5)),
        ("&rsquo;", ("\u2019", 7)),
        ("&eacute;", ("é", 8)),
        ("&notit;", ("¬", 4)),
        ("&amp", ("&", 4)),
        ("&#8217;", ("\u2019", 7)),
        ("&#x1F600;", ("😀", 9)),
        ("&#150;", ("\u2013", 6)),
        ("&#0;", ("\ufffd", 4)),
        ("&#999999999999;", ("\ufffd", 15)),
        ("&Rampage", ("", 0)),
    ],
)
def test_character_references_are_decoded_as_the_standard_says(reference, expected):
    assert decode(reference) == expected


@given(st.text(alphabet="<>/!-abp'\"= &;#x1?[\n", max_size=60))
def test_tokens_cover_the_text_without_gap_or_overlap(text):
    at = 0
    for token in tokens(text):
        assert token.start == at
        assert token.end >= at
        at = token.end
    assert at == len(text)


# Blocks


def test_headings_paragraphs_items_and_cells_are_told_apart():
    document = fragment(
        "<h2>Nurse</h2><p>Care for people.<ul><li>Listen<li>Help<ol><li>Lift</ol></ul>"
        "<table><tr><th>Pay<td>£30k<tr><th>Hours<td>37</table>"
        "<dl><dt>Place<dd>Leeds</dl>"
    )
    assert shapes(document) == [
        ("heading", "Nurse"),
        ("paragraph", "Care for people."),
        ("item", "Listen"),
        ("item", "Help"),
        ("item", "Lift"),
        ("cell", "Pay"),
        ("cell", "£30k"),
        ("cell", "Hours"),
        ("cell", "37"),
        ("heading", "Place"),
        ("paragraph", "Leeds"),
    ]
    heading, _, listen, help_, lift, pay, thirty, _, hours, *_ = document.blocks
    assert heading.level == 2
    assert (listen.level, help_.level, lift.level) == (1, 1, 2)
    assert listen.group == help_.group != lift.group
    assert (pay.row, pay.column, thirty.row, thirty.column) == (0, 0, 0, 1)
    assert (hours.row, hours.column) == (1, 1)
    assert pay.group == hours.group


def test_a_paragraph_that_never_closes_ends_at_the_next_block():
    assert texts(fragment("<p>One<p>Two<div>Three</div>Four<h3>Five")) == [
        "One", "Two", "Three", "Four", "Five",
    ]  # fmt: skip


def test_text_around_blocks_is_not_lost():
    assert texts(fragment("Before<div>in<p>deep</div>after</div>end")) == [
        "Before", "in", "deep", "after", "end",
    ]  # fmt: skip


def test_white_space_collapses_as_in_a_browser():
    source = "<p>\n   Care \t for\n   people <b> with </b>  love&nbsp;&nbsp;always </p>"
    document = fragment(source)
    assert texts(document) == ["Care for people with love\u00a0\u00a0always"]
    assert_map_is_true(document, source)


def test_inline_tags_do_not_part_a_word():
    source = "<p><b>H</b>ello <i>wor</i>ld"
    document = fragment(source)
    assert texts(document) == ["Hello world"]
    assert source_of(document, source, "Hello") == "H</b>ello"
    assert source_of(document, source, "ello") == "ello"
    assert source_of(document, source, "world") == "wor</i>ld"


def test_one_line_break_is_a_new_line_and_two_are_a_new_paragraph():
    assert texts(fragment("<p>Leeds<br>England<br/><br>Full time<br></p>")) == [
        "Leeds\nEngland", "Full time",
    ]  # fmt: skip


def test_an_item_with_a_heading_is_a_section():
    assert shapes(fragment("<ul><li><h4>Pace</h4><p>We rest.</p><li><p>A</p><p>B</p></ul>")) == [
        ("heading", "Pace"),
        ("paragraph", "We rest."),
        ("item", "A"),
        ("paragraph", "B"),
    ]


def test_a_table_that_arranges_the_page_is_no_data():
    source = "<table><tr><td><h1>Nurse</h1>Care for people.<td><p>Leeds</table>"
    assert shapes(fragment(source)) == [
        ("heading", "Nurse"),
        ("paragraph", "Care for people."),
        ("paragraph", "Leeds"),
    ]


def test_bold_stretches_and_links_are_noted():
    source = '<p>We are <b>kind</b> <strong>people</strong>, see <a href="/us"> our page</a>.'
    document = fragment(source)
    assert [document.text(span) for span in document.bold] == ["kind people"]
    (link,) = document.things
    assert (link.kind, link.text) == ("link", "/us")
    assert document.plain[link.at :].startswith("our page")


def test_bold_by_style_counts_and_ends_with_its_block():
    document = fragment('<p><span style="font-weight: 700">Pay</span> good<p><b>Place<p>Leeds')
    assert [document.text(span) for span in document.bold] == ["Pay", "Place"]


def test_code_and_templates_are_objects():
    source = "<p>Run <code>make <b>x</b></code> at {{ company.name }} & co."
    document = fragment(source)
    assert texts(document) == ["Run \ufffc at \ufffc & co."]
    assert [(t.kind, t.text) for t in document.things] == [
        ("code", "<code>make <b>x</b></code>"),
        ("template", "{{ company.name }}"),
    ]


@pytest.mark.parametrize(
    "template",
    ["{% include apply.html %}", "<%= render 'apply' %>", "<?php include 'apply.php'; ?>"],
)
def test_a_template_that_stands_alone_leaves_nothing(template):
    assert texts(fragment(f"<p>One</p>\n{template}\n<p>Two</p>")) == ["One", "Two"]


def test_text_that_was_laid_out_by_hand_reads_like_plain_text():
    source = f"<pre>\nNurse &amp; carer\n\n{LONG}\n\n- Listen to people\n- Help them</pre>"
    document = fragment(source)
    assert ("item", "Help them") in shapes(document)
    assert source_of(document, source, "Nurse & carer") == "Nurse &amp; carer"
    assert texts(fragment(f"<pre><code>{LONG}</code></pre>")) == []


# Site furniture


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><h1>Acme</h1><ul><li><a href=/>Home</a></ul></nav>",
        "<footer><p>© Acme. All rights reserved.</footer>",
        "<header><a href=/>Acme</a> Log in</header>",
        "<script>document.write('<p>Hi</p>')</script><style>p { color: red }</style>",
        "<div class='cookie-banner'><p>We use cookies.</p></div>",
        "<div id=siteMenu><div>Jobs</div><div>About</div></div>",
        "<ul class=breadcrumbs><li>Home<li>Jobs</ul>",
        "<div role=navigation>Jobs</div><p hidden>Not yet</p><span aria-hidden=true>x</span>",
        "<div style='display: none'>Later</div>",
        "<aside><a href=a>Cook</a> <a href=b>Driver</a> <a href=c>Clerk</a></aside>",
        "<form><input value=x><button>Apply</button><select><option>UK<option>US</select></form>",
        "<svg><title>Logo</title><text>Acme</text></svg><template><p>x</p></template>",
        "<noscript>Switch on JavaScript</noscript><img alt='A photo' src=x>",
        "<!-- <p>An old job</p> -->",
        "<aside><h2>Join our talent pool</h2><p>Hear of new jobs before others do.</aside>",
        "<div class='related-jobs'><h2>Carer</h2><p>You will help people at home.</p></div>",
        "<section id=similarVacancies><ul><li>Cook, Leeds, £24,000</ul></section>",
        "<div class='job-alerts'><p>Salary: any. Tell me of jobs like this one.</p></div>",
        "<form><label>Your name <input></label><p>We will call you.</p><textarea></textarea></form>",
        "<label for=q>Search for a job</label><input id=q>",
        "<fieldset><legend>Your sex</legend><label><input type=radio> Female</label></fieldset>",
        "<div id=onetrust-banner-sdk><p>Your choices</p></div>",
        "<div class='share-bar'>Share: <a href=x>X</a></div>",
    ],
)
def test_site_furniture_is_no_prose(furniture):
    assert texts(fragment(f"{furniture}<h1>Nurse</h1><p>{LONG}</p>")) == ["Nurse", LONG.strip()]


@pytest.mark.parametrize(
    "page",
    [
        f"<div class='menu-page'><article><h1>Nurse</h1><p>{LONG}</article></div>",
        f"<div class='sidebar'><p>{LONG}</div><p>Short</p>",
        f"<div class='content-with-sidebar'><p>{LONG}</div>",
        f"<body class='nav-open modal'><form id=aspnetForm><p>{LONG}</form>",
        f"<header><h1>Nurse</h1><p>{LONG}</header><p>Short</p>",
        f"<nav><p>{LONG}",
        f"<aside><p>{LONG}</aside>",
        f"<form><input name=q><p>{LONG}</form>",
    ],
)
def test_the_posting_itself_is_never_dropped(page):
    assert LONG.strip() in texts(fragment(page))


def test_a_footer_inside_the_article_belongs_to_the_posting():
    page = f"<main><p>{LONG}<footer><p>We welcome everybody.</footer></main><footer>© Acme</footer>"
    assert texts(fragment(page)) == [LONG.strip(), "We welcome everybody."]


@pytest.mark.parametrize("side", ["aside", "div class='sidebar'"])
def test_a_box_beside_the_text_is_read_if_it_holds_a_fact_of_the_job(side):
    box = f"<{side}><dl><dt>Salary:<dd>£31,000</dl><p>Our park</p></{side.split()[0]}>"
    assert texts(fragment(f"<h1>Nurse</h1><p>{LONG}</p>{box}"))[2:] == [
        "Salary:", "£31,000", "Our park",
    ]  # fmt: skip
    box = box.replace("Salary", "Weather")
    assert texts(fragment(f"<h1>Nurse</h1><p>{LONG}</p>{box}")) == ["Nurse", LONG.strip()]


@pytest.mark.parametrize(
    "prose",
    [
        "We give you 28 days' paid holiday, a pension and free lunches.",
        "To apply, send us a letter by the end of May.",
        "Pay is £14.20 an hour and rises every April.",
    ],
)
def test_a_box_beside_the_text_is_read_if_its_prose_is_of_the_job(prose):
    page = f"<h1>Nurse</h1><p>{LONG}</p><aside><p>{prose}</aside>"
    assert texts(fragment(page)) == ["Nurse", LONG.strip(), prose]
    page = page.replace(prose, "Our guide tells you how to write a CV that gets you hired.")
    assert texts(fragment(page)) == ["Nurse", LONG.strip()]


# Fed in parts, as the Markdown reader does


def test_elements_stay_open_from_one_feed_to_the_next():
    text = "<div hidden>\n\nsecret\n\n</div>\n<ul>\n\n<li>Listen\n\n</ul>"
    builder, view = Builder("markdown"), View(text)
    walker = HtmlWalker(builder)
    walker.feed(view, 0, text.index("secret"))
    assert not walker.hidden, "an element that is still open may hold the posting"
    walker.feed(view, text.index("</div>"), len(text))
    walker.close()
    assert shapes(builder.document()) == [("item", "Listen")]


def test_a_script_that_is_open_hides_what_follows():
    text = "<svg>\n\nnot prose\n\n</svg>prose"
    builder, view = Builder("markdown"), View(text)
    walker = HtmlWalker(builder)
    walker.feed(view, 0, text.index("not"))
    assert walker.hidden
    walker.feed(view, text.index("</svg>"), len(text))
    walker.close()
    assert texts(builder.document()) == ["prose"]


# JSON-LD


def page_with(script, body):
    return (
        f'<title>Jobs &amp; more</title><script type="application/ld+json">{script}</script>{body}'
    )


def test_json_ld_beside_prose_becomes_fields():
    script = (
        '{"@graph": [{"@type": "JobPosting", "title": "Nurse",\n "baseSalary": {"value": 31000},}]}'
    )
    source = page_with(script, f"<h1>Nurse</h1><p>{LONG}")
    reading = read(source, Options())
    (document,), troubles = reading.documents, reading.troubles
    assert troubles == ()
    values = {field.name: field for field in document.fields}
    assert values["page-title"].value == "Jobs & more"
    span = values["baseSalary.value"].span
    assert source[span.start : span.end] == "31000"
    assert texts(document) == ["Nurse", LONG.strip()]


def test_a_page_without_prose_is_read_by_its_json_ld():
    script = (
        '{"@type": ["JobPosting"], "title": "Nurse", "description": "<p>Care \\u0026amp; listen.</p>'
        f'<ul><li>{LONG}</li></ul>"}}'
    )
    source = page_with(script, "<div id=app></div>")
    (document,) = read(source, Options()).documents
    assert shapes(document)[:2] == [("field", "Nurse"), ("paragraph", "Care & listen.")]
    assert source_of(document, source, "&") == "\\u0026amp;"
    assert source_of(document, source, "listen") == "listen"


def test_damaged_json_ld_is_reported_where_it_breaks():
    source = page_with('{"@type" "JobPosting"}', f"<p>{LONG}")
    reading = read(source, Options())
    (document,), (trouble,) = reading.documents, reading.troubles
    assert trouble.rule == "JD907"
    assert source[trouble.span.start :].startswith('"@type"')
    assert texts(document) == [LONG.strip()]


def test_json_ld_of_a_template_is_no_damage():
    source = page_with('{"@type": {{ type | jsonify }}}', f"<p>{LONG}")
    assert read(source, Options()).troubles == ()


def test_json_ld_of_other_things_is_left_alone():
    source = page_with('{"@type": "Organization", "name": "Acme"}', f"<p>{LONG}")
    assert [f.name for f in read(source, Options()).documents[0].fields] == ["page-title"]


# Positions

WORDS = st.sampled_from(
    ["team", "team", "Nurse", "we’re", "😀", "a b", "\u00ad", "é", "x<y", "\r\n"]
)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<br>", "<td>", "<table>", "<pre>",
     "</pre>", "<code>", "</code>", "<a href=x>", "</a>", "<nav>", "</nav>", "<h1>", "</h1>",
     "<!-- c -->", "{{ x }}", "<div class=menu>", "</div>", "https://a.b/c", "<span hidden>", "<tr>", "<form>", "</form>",
     "<label for=x>", "</label>", "<input>", "<aside>", "</aside>", "<h3>Salary</h3>",
     "<div class='related-jobs'>"]
)  # fmt: skip
REFERENCES = st.sampled_from(["&amp;", "&nbsp;", "&#39;", "&notit;", "&bogus;", "&", "&lt;p&gt;"])


@settings(max_examples=200)
@given(st.lists(st.one_of(WORDS, TAGS, REFERENCES, st.just(" "), st.just("\n  ")), max_size=40))
@example(["<p>", "team", " ", "team", "<br>", "<br>", "team"])
def test_every_literal_piece_holds_the_same_characters_on_both_sides(parts):
    source = "".join(parts)
    document = fragment(source)
    assert_map_is_true(document, source)
    for block in document.blocks:
        assert document.text(block.span) == document.text(block.span).strip()


@given(st.lists(st.sampled_from(["<p>", "<b>", "</b>", " ", "&amp;", "\n", "x"]), max_size=20))
def test_a_repeated_word_maps_to_its_own_copy(parts):
    source = "".join(f"{part} team{number} " for number, part in enumerate(parts))
    document = fragment(source)
    for found in re.finditer(r"team\d+", document.plain):
        start, end = document.offsets.to_source(PlainSpan(*found.span()))
        assert (source[start:end], source.index(found.group())) == (found.group(), start)


def test_windows_line_ends_and_emoji_move_nothing():
    source = "<p>Line one\r\nline 😀 two</p>\r\n<p>three</p>"
    document = fragment(source)
    assert texts(document) == ["Line one line 😀 two", "three"]
    assert source_of(document, source, "three") == "three"
    assert_map_is_true(document, source)


def test_a_page_with_front_matter_keeps_its_places():
    source = f"---\ntitle: Nurse\n---\n<h1>Nurse</h1>\n<p>{LONG}</p>"
    (document,) = read_bytes(source.encode(), "nurse.html").documents
    heading = next(b for b in document.blocks if b.kind.value == "heading")
    start, end = document.offsets.to_source(heading.span)
    assert (source[start:end], start) == ("Nurse", source.index("<h1>") + 4)


# Time

EVIL = [
    "<", "<a ", "<a b='", '<a b="', "<!--", "</", "<![", "&", "&#1", "<script>", "<script/>",
    "<div>", "<%", "<?", "<?php", "{{", "{% x %}", "<b>", "<li>x", "<ul><li>", "<p>x", "</p>",
    "<table><tr><td>x", "<div></p>", "<span hidden>x", "<nav>x", "x<br>", "<pre>x", "<code>x",
    "<h1>x", "x\n ", "<a>x",
]  # fmt: skip


@pytest.mark.parametrize("unit", EVIL)
def test_evil_repetition_does_not_hang(unit):
    fragment(unit * 20_000)


def test_nesting_100_000_deep_is_read_without_recursion():
    source = "<div>" * 100_000 + "deep"
    assert texts(fragment(source)) == ["deep"]


def test_a_list_below_many_open_elements_is_found_at_once():
    source = "<ul>" + "<div>" * 20_000 + "<li>x</li>" * 20_000
    assert len(fragment(source).blocks) == 20_000


def test_the_kinds_of_token_are_the_documented_ones():
    assert {kind.value for kind in Kind} == {"text", "start", "end", "content", "comment"}
