"""Markdown, MDX, front matter, and the lines of any format that look like headings or lists."""

import subprocess
import sys

import pytest

from jdlint.model import PlainSpan
from jdlint.read import ReadOptions, read_bytes
from tests.reading import document_of, outline, place_of, prove, source_of, written

PARAGRAPH, ITEM, CELL = "paragraph", "item", "cell"


def words_of(spans, document):
    return [document.text(span) for span in spans]


# Blocks


def test_headings_paragraphs_and_items():
    text = "# Nurse\n\nYou care for\npatients.\n\n## Duties\n\n- Give *care*\n- Write `notes`\n"
    document = document_of(text)
    assert [(b.kind.value, b.level, document.text(b.span)) for b in document.blocks] == [
        ("heading", 1, "Nurse"),
        ("paragraph", 0, "You care for\npatients."),
        ("heading", 2, "Duties"),
        ("item", 1, "Give care"),
        ("item", 1, "Write \ufffc"),
    ]


def test_underlined_headings_and_a_paragraph_above_a_rule():
    assert outline("Duties\n------\n\nGive care.\n")[0] == ("heading marked", "Duties")
    long = "We look after four million patients in every part of the country, by day and by night"
    assert outline(f"{long}, always.\n---\n")[0][0] == PARAGRAPH


def test_nested_items_have_levels_and_lists_have_numbers():
    document = document_of("- Shop\n  - Open\n    1. Unlock\n- Till\n\nThen:\n\n- Go\n")
    items = [block for block in document.blocks if block.kind == "item"]
    assert [block.level for block in items] == [1, 2, 3, 1, 1]
    groups = [block.group for block in items]
    assert groups[0] == groups[3]
    assert len(set(groups)) == 4


def test_the_second_paragraph_of_an_item_is_no_item():
    document = document_of("- Open the shop.\n\n  At nine.\n\n- Close it.\n")
    assert [(b.kind.value, b.level) for b in document.blocks] == [
        ("item", 1),
        ("paragraph", 1),
        ("item", 1),
    ]


def test_tables_give_cells_with_their_places():
    document = document_of("| Skill | Need |\n|---|---|\n| Care | **Must** |\n| Latin | |\n")
    assert [(b.row, b.column, document.text(b.span)) for b in document.blocks] == [
        (0, 0, "Skill"),
        (0, 1, "Need"),
        (1, 0, "Care"),
        (1, 1, "Must"),
        (2, 0, "Latin"),
    ]
    assert len({block.group for block in document.blocks}) == 1


def test_quotes_and_definitions():
    assert outline("> We care\n> a lot.\n") == [(PARAGRAPH, "We care\na lot.")]
    assert outline("Place\n: Leeds\n") == [("heading run-in", "Place"), (PARAGRAPH, "Leeds")]


def test_hard_line_ends_part_sentences_but_not_wrapped_ones():
    assert outline("Place: Leeds  \nPay: £30k\\\nHours: 37<br>Start: May\n") == [
        (PARAGRAPH, "Place: Leeds"),
        (PARAGRAPH, "Pay: £30k"),
        (PARAGRAPH, "Hours: 37"),
        (PARAGRAPH, "Start: May"),
    ]
    assert outline("You care for  \npatients.\n") == [(PARAGRAPH, "You care for\npatients.")]
    assert outline("- Care  \n  Daily\n") == [(ITEM, "Care\nDaily")]


def test_html_blocks_and_tables_inside_markdown():
    text = (
        "<h2>Duties</h2>\n\nGive *care*.\n\n<table>\n<tr><td>Pay</td><td>£30k</td></tr>\n\n"
        "<tr><td>Place</td><td>Leeds</td></tr>\n</table>\n\n- Come soon\n"
    )
    assert outline(text) == [
        ("heading marked", "Duties"),
        (PARAGRAPH, "Give care."),
        (CELL, "Pay"),
        (CELL, "£30k"),
        (CELL, "Place"),
        (CELL, "Leeds"),
        (ITEM, "Come soon"),
    ]


def test_details_keep_the_markdown_inside_them():
    text = "<details>\n<summary>Benefits</summary>\n\n- Leave\n\n</details>\n\nBye.\n"
    assert [words for _, words in outline(text)] == ["Benefits", "Leave", "Bye."]


def test_html_in_a_quote_keeps_its_places():
    source = source_of("> <p>We &amp; you\n> care</p>\n")
    (document,) = source.documents
    assert document.text(document.blocks[0].span).split() == ["We", "&", "you", "care"]
    assert place_of(source, document, "care") == "care"
    prove(source)


# Inside a line


def test_entities_escapes_and_marks_keep_the_places_of_words():
    source = source_of("Caf&eacute; &amp; **bar** \\*staff\\* – C\\# too\n")
    (document,) = source.documents
    assert document.text(document.blocks[0].span) == "Café & bar *staff* – C# too"
    assert place_of(source, document, "Café") == "Caf&eacute;"
    assert place_of(source, document, "bar") == "bar"
    assert place_of(source, document, "*staff*") == "*staff\\*"
    assert not document.offsets.is_literal(PlainSpan(0, 4))


def test_a_phrase_over_a_line_end_covers_what_stands_between():
    source = source_of("> - we need a rock\r\n>   star **in** the shop\r\n")
    (document,) = source.documents
    assert place_of(source, document, "rock\nstar in") == "rock\r\n>   star **in"


def test_code_urls_images_and_addresses_are_objects():
    text = "Use `pip`, see <https://a.example/x> or https://b.example/_y_z, ![a logo](l.png) <me@c.example>.\n"
    document = document_of(text)
    assert document.text(document.blocks[0].span) == (
        "Use \ufffc, see \ufffc or \ufffc, \ufffc \ufffc."
    )
    assert [thing.kind for thing in document.things] == ["code", "url", "url", "image", "email"]
    assert document.things[2].text == "https://b.example/_y_z"


def test_links_keep_their_words_and_tell_their_target():
    document = document_of(
        'See [our jobs](https://a.example/j_(x) "Jobs"), [us][1] or <a href="/b">them</a>.\n\n'
        "[1]: https://c.example\n"
    )
    assert document.text(document.blocks[0].span) == "See our jobs, us or them."
    assert [(t.text, document.plain[t.at : t.at + 2]) for t in document.things] == [
        ("https://a.example/j_(x)", "ou"),
        ("https://c.example", "us"),
        ("/b", "th"),
    ]


def test_bold_is_noted_however_it_is_written():
    document = document_of("A **big** job, a __bold__ one and <b>more</b> ***still***.\n")
    assert words_of(document.bold, document) == ["big", "bold", "more", "still"]


@pytest.mark.parametrize(
    "text,plain,bold",
    [
        ("**About the job\n\nIt is good.", "About the job", ["About the job"]),
        ("**Pay: **£30k a year", "Pay: £30k a year", ["Pay: "]),
        ("It is **good and fun.", "It is good and fun.", ["good and fun."]),
        ("5 * 3 and 2*3", "5 * 3 and 2*3", []),
        ("Terms apply*", "Terms apply*", []),
        ("\\**not bold", "**not bold", []),
    ],
)
def test_bold_that_never_closes_does_no_harm(text, plain, bold):
    source = source_of(text)
    (document,) = source.documents
    assert document.text(document.blocks[0].span) == plain
    assert words_of(document.bold, document) == bold
    prove(source)


def test_line_separators_and_invisible_characters_stay_with_their_places():
    text = "Look\u2028here, co\u00adoperate\u200b now: requirementsExperience\n"
    source = source_of(text)
    (document,) = source.documents
    assert document.text(document.blocks[0].span) == text.strip()
    assert place_of(source, document, "requirementsExperience") == "requirementsExperience"


# Code that is none


def test_indented_prose_is_read():
    text = "About the job:\n\n    We are looking for somebody who\n    likes people.\n\n    - Listen\n    - Help\n"
    source = source_of(text)
    assert outline(text)[1:] == [
        (PARAGRAPH, "We are looking for somebody who\nlikes people."),
        (ITEM, "Listen"),
        (ITEM, "Help"),
    ]
    assert place_of(source, source.documents[0], "who\nlikes") == "who\n    likes"
    prove(source)


@pytest.mark.parametrize(
    "code",
    [
        "```python\nhire(you) for you in people\n```\n",
        "~~~\nSome words that are fenced off for good.\n~~~\n",
        "    for (i = 0; i < n; i++) {\n        apply(you[i]);\n    }\n",
    ],
)
def test_code_is_no_prose(code):
    document = document_of(f"Solve this:\n\n{code}\nThen write.\n")
    assert [b.kind.value for b in document.blocks] == ["heading", "furniture", "paragraph"]
    assert document.things[0].kind == "code"


# Templates, comments, MDX


def test_templates_in_prose_and_in_links():
    source = source_of("{{ org }} hires for **GS-{{ level }}** at [us]({{ site.url }}/jobs).\n")
    (document,) = source.documents
    assert document.text(document.blocks[0].span) == "\ufffc hires for GS-\ufffc at us."
    assert [t.text for t in document.things] == ["{{ org }}", "{{ level }}", "{{ site.url }}/jobs"]
    prove(source)


@pytest.mark.parametrize(
    "line",
    [
        "{% include apply.html %}",
        "{{< apply >}}",
        "{{% apply %}}",
        "<%= render 'apply' %>",
        "<?php include 'apply.php'; ?>",
        "{# to do #}",
        "{: .wide}",
        "{:toc}",
        "{% comment %}We want a ninja.{% endcomment %}",
        "<!-- We want a ninja. -->",
        "<!--\n# A job\n\nthat is closed\n-->",
        '{{ partial "apply.html" . }}',
    ],
)
def test_commands_and_comments_are_nothing(line):
    text = f"## Duties\n{line}\n\nGive care.\n\n{line}\n"
    assert outline(text) == [("heading marked", "Duties"), (PARAGRAPH, "Give care.")]
    prove(source_of(text))


def test_a_placeholder_alone_on_its_line_stands_for_words():
    assert outline("**Place:**\n{{ page.location }}\n") == [
        ("heading bold", "Place:"),
        (PARAGRAPH, "\ufffc"),
    ]


def test_attributes_of_kramdown_and_of_headings():
    assert outline("## Duties {#duties .wide}\n\nGive care. {: .lead}\n") == [
        ("heading marked", "Duties"),
        (PARAGRAPH, "Give care."),
    ]


def test_mdx_knows_imports_components_and_expressions():
    text = (
        'import Email from "@theme/Email"\nimport {\n  Apply\n} from "./x"\n\n# Engineer {props.level}\n\n'
        '{/* not yet */}\n\n<Email to={{ name: "us", of: [\'a\'] }} />\n\n<Note kind="info">\n\n'
        "You will **build** things.\n\n</Note>\n\nexport const meta = { a: 1 }\n"
    )
    source = source_of(text, "a.mdx")
    assert outline(text, "a.mdx") == [
        ("heading marked", "Engineer \ufffc"),
        (PARAGRAPH, "You will build things."),
    ]
    prove(source)


def test_import_and_export_are_words_like_others():
    text = "Import goods from abroad, and\nexport them again.\n"
    assert outline(text, "a.mdx") == [(PARAGRAPH, text.strip())]
    assert outline("import 'x' is a line of code.\n") == [
        (PARAGRAPH, "import 'x' is a line of code.")
    ]


# Lines that look like headings


@pytest.mark.parametrize(
    "text,heading",
    [
        ("**About us**\n\nWe care.", ("heading bold", "About us")),
        ("**What you'll do:**\n- Care", ("heading bold", "What you'll do:")),
        ("**Requirements**:\n\n- Care", ("heading bold", "Requirements:")),
        ("**About us**\nWe care for people.", ("heading bold", "About us")),
        ("<b>About us</b><br>We care.", ("heading bold", "About us")),
        ("What you'll do:\n\n- Care", ("heading colon", "What you'll do:")),
        ("🚀 Your mission:\n\n- Care", ("heading colon", "🚀 Your mission:")),
        ("MINIMUM QUALIFICATIONS\n\nA degree.", ("heading caps", "MINIMUM QUALIFICATIONS")),
        ("###You'll need:\n- A degree", ("heading marked", "You'll need:")),
        ("#Benefits\n\nLeave.", ("heading marked", "Benefits")),
    ],
)
def test_pseudo_headings(text, heading):
    assert outline(text)[0] == heading
    assert len(outline(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "**Interested?** Send us a letter.",
        "**We are an equal opportunity employer.**",
        "We are **looking for\nsomebody very\ngood** at it.",
        "Dear colleagues:",
        "#LI-Remote #LI-AB1",
        "#OpenToWork",
        "#1 in the market for shoes",
        "IBM",
    ],
)
def test_paragraphs_that_are_no_headings(text):
    assert [kind for kind, _ in outline(text)] == [PARAGRAPH]


def test_a_heading_in_the_middle_of_a_paragraph_parts_it():
    text = "We build bridges.\n**Benefits**\nLeave and a pension.\nHow to apply:\nWrite to us.\n"
    assert outline(text) == [
        (PARAGRAPH, "We build bridges."),
        ("heading bold", "Benefits"),
        (PARAGRAPH, "Leave and a pension."),
        ("heading colon", "How to apply:"),
        (PARAGRAPH, "Write to us."),
    ]


def test_a_wrapped_sentence_that_ends_in_a_colon_is_no_heading():
    text = "Please send us your letter and, if you have one, an overview of your\nSalary history:\n"
    assert [kind for kind, _ in outline(text)] == [PARAGRAPH]


def test_pseudo_headings_are_below_every_marked_one():
    document = document_of("###### Low\n\n**Lower**\n\nText.\n")
    assert [b.level for b in document.blocks if b.kind == "heading"] == [6, 7]


# Lines that look like lists


@pytest.mark.parametrize("sign", ["• ", "•", "\uf0b7 ", "\uf0a7", "🚀 ", "✅ ", "– ", "· "])
def test_bullets_that_markdown_does_not_know(sign):
    text = f"Duties:\n{sign}Open the shop\nat nine\n{sign}Count the till\n"
    document = document_of(text)
    assert outline(text) == [
        ("heading colon", "Duties:"),
        (ITEM, "Open the shop\nat nine"),
        (ITEM, "Count the till"),
    ]
    assert document.blocks[1].group == document.blocks[2].group > 0


def test_bullets_with_blank_lines_between_them_are_one_list():
    document = document_of("• Open the shop\n\n• Count the till\n\nThe end.\n\n• Lock up\n")
    items = [block for block in document.blocks if block.kind == "item"]
    assert items[0].group == items[1].group != items[2].group


def test_a_list_that_lost_its_line_ends_is_found():
    duties = ["Open the shop in the morning", "Count the till at night", "Keep the stock in order"]
    text = "You will do many things in this shop of ours: • " + " • ".join(duties)
    assert [block for block in outline(text) if block[0] == ITEM] == [(ITEM, d) for d in duties]


def test_dots_between_facts_are_no_list():
    assert outline("Leeds • Full-time • £40k") == [(PARAGRAPH, "Leeds • Full-time • £40k")]


# Front matter


def fields_of(text, name="posting.md"):
    source = source_of(text, name)
    prove(source)
    return [
        (field.name, field.value, source.text[slice(*field.span)])
        for document in source.documents
        for field in document.fields
    ]


def test_every_value_of_front_matter_is_a_field_with_its_place():
    text = (
        "---\ntitle: Nurse\njob:\n  place: 'Leeds'  # for now\n  pay: \"£30k \\u2013 £40k\"\n"
        "tags: [care, night]\nempty:\n---\n\nText.\n"
    )
    assert fields_of(text) == [
        ("title", "Nurse", "Nurse"),
        ("job.place", "Leeds", "Leeds"),
        ("job.pay", "£30k – £40k", "£30k \\u2013 £40k"),
        ("tags", "care", "care"),
        ("tags", "night", "night"),
    ]


def test_titles_and_prose_of_front_matter_are_blocks_with_exact_places():
    text = (
        '---\ntitle: "A \\"real\\" job"\nposition: Nurse\nlevel: senior\ndescription: >\n'
        "  We care for people\n  in Leeds.\n\n  Always.\nexperience: senior\n---\n# Nurse\n"
    )
    source = source_of(text)
    (document,) = source.documents
    assert [(b.kind.value, b.name, document.text(b.span)) for b in document.blocks] == [
        ("field", "title", 'A "real" job'),
        ("field", "position", "Nurse"),
        ("field", "description", "We care for people in Leeds.\nAlways."),
        ("heading", "", "Nurse"),
    ]
    assert place_of(source, document, "people in Leeds") == "people\n  in Leeds"
    assert place_of(source, document, "real") == "real"
    prove(source)


def test_toml_front_matter():
    text = (
        '+++\ntitle = "A \\"real\\" job"\ndate = 2026-01-01\ntags = ["care", \'night\']\n'
        'description = """\nWe care for people in \\\n   Leeds."""\n[extra]\nplace = \'Leeds\'\n+++\nText.\n'
    )
    assert fields_of(text) == [
        ("title", 'A "real" job', 'A \\"real\\" job'),
        ("date", "2026-01-01", "2026-01-01"),
        ("tags", "care", "care"),
        ("tags", "night", "night"),
        ("description", "We care for people in Leeds.", "We care for people in \\\n   Leeds."),
        ("extra.place", "Leeds", "Leeds"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff---\ntitle: Nurse\n---\nText.",
        "\n\n---\ntitle: Nurse\n---\nText.",
        "--- \r\ntitle: Nurse\r\n---\r\nText.",
        "---\ntitle: Nurse\n...\nText.",
        "---\ntitle: Nurse\nstart: !!timestamp 2026-01-01\ndraft:\n---\nText.",
        "---\n# a comment\ntitle: Nurse\ntitle: Nurse\n---\nText.",
        "+++\ntitle = 'Nurse'\n+++\nText.",
    ],
)
def test_front_matter_in_every_shape(text):
    source = source_of(text)
    (document,) = source.documents
    assert source.troubles == ()
    assert document.field("title").value == "Nurse"
    assert document.text(document.blocks[-1].span) == "Text."


@pytest.mark.parametrize(
    "text,title",
    [
        ("---\ntitle: Nurse\nstray\nplace: Leeds\n---\nText.", True),
        ("---\ntitle: Nurse\nplace: Leeds: north\n---\nText.", True),
        ("---\ntitle: Nurse\nplace: Leeds\n\nText.", True),
        ("---\ntitle: Nurse\n\n# About\n\nWe care.\n\n---\n\nText.", True),
        ("---\n- Nurse\n- Doctor\n---\nText.", False),
        ("---\nNurse\n---\nText.", False),
        ("---\ntitle: " + "[" * 5000 + "\n---\nText.", False),
        ("+++\ntitle = Nurse\n+++\nText.", True),
        ("+++\ntitle = 'Nurse'\nstray\n+++\nText.", True),
    ],
)
def test_front_matter_that_is_broken_is_one_trouble_and_the_text_is_read(text, title):
    source = source_of(text)
    (document,) = source.documents
    assert [t.rule for t in source.troubles] == ["JD905"]
    assert source.troubles[0].values["detail"]
    assert 0 <= source.troubles[0].span.start <= source.troubles[0].span.end <= len(text)
    assert document.text(document.blocks[-1].span) == "Text."
    assert (
        document.field("title") is not None and document.field("title").value == "Nurse"
    ) is title


def test_rules_around_prose_are_no_front_matter():
    text = "---\n\nWe care for people.\n\nIn Leeds.\n\n---\n\nText.\n"
    assert [words for _, words in outline(text)] == ["We care for people.", "In Leeds.", "Text."]


def test_aliases_that_would_explode_stay_small():
    lines = ["a0: &a0 [lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    source = source_of("---\ntitle: Nurse\n" + "\n".join(lines) + "\n---\nText.\n")
    assert len(source.documents[0].fields) < 300


def test_bullets_and_words_of_a_real_posting(postings):
    source = source_of((postings / "tam-cloud.gov.md").read_bytes())
    (document,) = source.documents
    headings = [document.text(b.span) for b in document.blocks if b.kind == "heading"]
    assert headings[:3] == [
        "Role summary",
        "Key objectives",
        "Objective #1: Be a strong ambassador of the product.",
    ]
    items = [document.text(b.span) for b in document.blocks if b.kind == "item"]
    assert items[4].startswith("Explain the product to people")
    assert written(source, document, document.blocks[0].span).startswith("Technical Account")


@pytest.fixture
def postings(request):
    return request.path.parent / "postings"


@pytest.mark.parametrize("head,imported", [("", False), ("---\ntitle: Nurse\n---\n", True)])
def test_the_yaml_parser_is_only_loaded_for_front_matter(head, imported):
    code = (
        "import sys\nfrom jdlint.read import read_bytes\n"
        f"read_bytes({(head + 'We care.').encode()!r}, 'a.md')\nprint('yaml' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in "12"]
    assert runs[1].stdout.strip() == str(imported)


def test_json_ld_beside_the_prose_becomes_fields_at_its_place():
    text = (
        '# Nurse\n\nYou care.\n\n<script type="application/ld+json">\n'
        '{"@type": "JobPosting",\n\n"validThrough": "2026-12-01"}\n</script>\n'
        '\n```html\n<script type="application/ld+json">{"@type": "JobPosting", "title": "x"}</script>\n```\n'
    )
    (document,) = read_bytes(text.encode(), "nurse.md", ReadOptions()).documents
    (field,) = [f for f in document.fields if f.name == "validThrough"]
    assert field.span is not None and text[field.span.start : field.span.end] == "2026-12-01"
    assert document.field("title") is None and len(document.data) == 1
