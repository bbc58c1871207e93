"""JSON and YAML: which records are postings, what of them is prose, and where it stands."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.model import PlainSpan
from jdlint.read import read_bytes
from jdlint.read.build import View
from jdlint.read.jsonpos import parse as parse_json
from jdlint.read.offsets import LineIndex
from jdlint.read.options import Options
from jdlint.read.records import read_json, read_yaml
from jdlint.read.tree import Mapping, Scalar, Sequence, TreeError, scalars
from jdlint.read.yamlpos import parse as parse_yaml

DATA = Path(__file__).parent / "data" / "reading"
LONG = "You will care for patients on a busy ward and work closely with families. " * 4


def shapes(document):
    return [(b.kind.value, document.text(b.span)) for b in document.blocks]


def one(reading):
    (document,) = reading.documents
    return document


def assert_map_is_true(document, source):
    at = before = 0
    for piece in document.offsets.pieces:
        assert piece.plain >= at
        assert piece.source >= before
        at, before = piece.plain + piece.plain_length, piece.source + piece.source_length
        if piece.literal:
            assert document.plain[piece.plain : at] == source[piece.source : before]


def source_of(document, source, words):
    at = document.plain.index(words)
    start, end = document.offsets.to_source(PlainSpan(at, at + len(words)))
    return source[start:end]


# JSON as a tree


def as_data(node):
    if isinstance(node, Mapping):
        return {key.value: as_data(value) for key, value in node.items}
    if isinstance(node, Sequence):
        return [as_data(item) for item in node.items]
    return node.value if node.is_text else json.loads(node.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, st.booleans(), st.sampled_from([None, 2]))
def test_json_means_what_it_means_to_everybody(value, ascii_only, indent):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    if "\\ud" not in text:  # a lone surrogate, which no file can hold
        assert as_data(parse_json(text)) == value


@given(st.text(max_size=40), st.booleans())
def test_a_json_string_knows_where_each_character_stands(value, ascii_only):
    text = json.dumps({"key": value}, ensure_ascii=ascii_only)
    found = parse_json(text).items[0][1]
    view = found.view(View(text))
    assert view.text == found.value
    for piece in view.pieces:
        plain = view.text[piece.plain : piece.plain + piece.plain_length]
        written = text[piece.source : piece.source + piece.source_length]
        assert plain == (written if piece.literal else parse_json(f'"{written}"').value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": [1, 2,], "b": 3,}', {"a": [1, 2], "b": 3}),
        ('\ufeff{"a": "one\ntwo"}', {"a": "one\ntwo"}),
        ('// posting\n{"a": /* why */ 1} // end', {"a": 1}),
        ('{title: "Nurse"};', {"title": "Nurse"}),
        ('{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        (r'"\ud83d\ude00 \u00e9 \/ \" \t"', '😀 é / " \t'),
        (r'"\ud83d"', "\ufffd"),
    ],
)
def test_what_people_get_wrong_in_json_is_forgiven(text, expected):
    assert as_data(parse_json(text)) == expected


@pytest.mark.parametrize(
    ("text", "problem", "place"),
    [
        ('{"a": 1', "never closed", "{"),
        ('{"a" 1}', "no ':' follows", '"a"'),
        ('{"a": }', "has no value", "}"),
        ("[1}", "closes nothing", "}"),
        ('{"a": "x}', "quotation mark is never closed", '"x'),
        ('{"a": yes}', "not in quotation marks", "yes"),
        ("/* x", "comment is never closed", "/*"),
        ("", "no value", ""),
    ],
)
def test_damaged_json_says_what_is_wrong_and_where(text, problem, place):
    with pytest.raises(TreeError, match=re.escape(problem)) as caught:
        parse_json(text)
    assert text[caught.value.offset :].startswith(place)


@pytest.mark.parametrize(
    "text", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000]
)
def test_json_nested_100_000_deep_is_refused_by_name(text):
    with pytest.raises(TreeError, match="nested more than 200 levels deep"):
        parse_json(text)


# YAML as a tree

YAML = """\
plain: care for people
folded plain: care for
  people

  and families
single: 'it''s a
  ward'
double: "caf\\u00e9 \\"ward\\"\\n next \\
  line"
literal: |
  first

    deeper 😀
  last
folded: >-
  one
  two

  three
flow: [a, "b, c"]
named: &pay 30,000 pounds
again: *pay
number: 31000
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_yaml_scalar_knows_where_each_word_stands(line_end):
    text = YAML.replace("\n", line_end)
    (root,) = parse_yaml(text)
    values = dict(scalars(root))
    assert values["folded plain"].value == "care for people\nand families"
    assert values["single"].value == "it's a ward"
    assert values["double"].value == 'café "ward"\n next line'
    assert values["literal"].value == "first\n\n  deeper 😀\nlast\n"
    assert values["folded"].value == "one two\nthree"
    assert values["again"].value == "30,000 pounds"
    assert not values["number"].is_text
    for scalar in values.values():
        view = scalar.view(View(text))
        assert view.text == scalar.value
        for piece in view.pieces:
            plain = view.text[piece.plain : piece.plain + piece.plain_length]
            if piece.literal:
                assert plain == text[piece.source : piece.source + piece.source_length]
            else:
                assert scalar.style == "*" or len(plain) <= 4, "only escapes and folds"


LINES = st.lists(
    st.text(alphabet="ab é😀:#'\"\\-", min_size=1, max_size=12).map(lambda s: f"w{s}w"),
    min_size=1, max_size=5,
)  # fmt: skip


@given(LINES, st.sampled_from(["|", ">", "|-", ">+", "|2"]), st.integers(0, 2))
def test_block_scalars_are_aligned_word_by_word(lines, header, blank):
    body = ("\n" * (blank + 1)).join(f"  {line}" for line in lines)
    text = f"key: {header}\n{body}\nnext: x\n"
    (root,) = parse_yaml(text)
    view = root.items[0][1].view(View(text))
    assert view.text == root.items[0][1].value
    literal = sum(p.plain_length for p in view.pieces if p.literal)
    assert literal >= sum(len(re.sub(r"\s", "", line)) for line in lines)


@pytest.mark.parametrize(
    "text", ["a: [1", "a: b: c", "\t- x: y\n  z", "a: 'x", "[" * 100_000, "{a: " * 5_000]
)
def test_damaged_or_endless_yaml_is_refused_quickly(text):
    with pytest.raises(TreeError):
        parse_yaml(text)


def test_aliases_that_explode_stay_as_small_as_they_are_written():
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
    )
    assert len(list(scalars(parse_yaml(bomb)[0]))) < 500


# Postings


def test_schema_org_with_raw_line_ends_is_read_with_exact_places():
    source = (DATA / "usda-salmonella.js").read_text(encoding="utf-8")
    document = one(read_json(source, Options()))
    assert shapes(document)[0] == ("field", "Postdoc Computational Biology")
    assert ("item", "The applicant should have a good understanding of statistics.") in shapes(
        document
    )
    assert document.name == "000001"
    assert document.field("baseSalary.value.value").value == "64009"
    place = document.field("jobLocation.address.addressCountry").span
    assert source[place.start : place.end] == "US"
    assert source_of(document, source, "version control") == "version control"
    assert_map_is_true(document, source)


GREENHOUSE = {
    "jobs": [
        {
            "absolute_url": "https://boards.greenhouse.io/acme/jobs/127817",
            "location": {"name": "Leeds"},
            "id": 127817,
            "title": "Nurse",
            "content": "&lt;p&gt;We&amp;rsquo;re kind &amp;amp; calm.&lt;/p&gt;\n"
            f"&lt;h3&gt;What you\u2019ll do&lt;/h3&gt;&lt;ul&gt;&lt;li&gt;{LONG}&lt;/li&gt;&lt;/ul&gt;",
            "departments": [{"id": 1, "name": "Wards"}],
        },
        {"id": 2, "title": "Cook", "absolute_url": "x", "content": f"&lt;p&gt;{LONG}&lt;/p&gt;"},
    ],
    "meta": {"total": 2},
}


def test_greenhouse_escapes_its_html_and_every_word_still_has_its_place():
    source = json.dumps(GREENHOUSE)
    nurse, cook = read_json(source, Options()).documents
    assert (nurse.label, nurse.name, cook.label, cook.name) == (
        "posting 1",
        "127817",
        "posting 2",
        "2",
    )
    assert shapes(nurse) == [
        ("field", "Nurse"),
        ("paragraph", "We\u2019re kind & calm."),
        ("heading", "What you\u2019ll do"),
        ("item", LONG.strip()),
    ]
    assert source_of(nurse, source, "We\u2019re") == "We&amp;rsquo;re"
    assert source_of(nurse, source, "you\u2019ll") == "you\\u2019ll"
    assert nurse.field("location.name").value == "Leeds"
    assert_map_is_true(nurse, source)
    assert_map_is_true(cook, source)


LEVER = [
    {
        "additional": "<div>Send us a letter.</div>",
        "additionalPlain": "Send us a letter.",
        "categories": {"commitment": "Full-time", "location": "Leeds", "team": "Wards"},
        "description": f"<div>{LONG}</div>",
        "descriptionPlain": LONG,
        "opening": f"<div>{LONG}</div>",
        "id": "5ac21346",
        "lists": [
            {"text": "What you'll do:", "content": "<li>Listen to people</li><li>Help them</li>"},
            {"text": "You have", "content": "<li>Patience</li>"},
        ],
        "text": "Nurse",
        "hostedUrl": "https://jobs.lever.co/acme/5ac21346",
    }
]


def test_lever_keeps_its_lists_apart_and_nothing_is_read_twice():
    source = json.dumps(LEVER, indent=2)
    document = one(read_json(source, Options()))
    assert shapes(document) == [
        ("paragraph", "Send us a letter."),
        ("paragraph", LONG.strip()),
        ("heading", "What you'll do:"),
        ("item", "Listen to people"),
        ("item", "Help them"),
        ("heading", "You have"),
        ("item", "Patience"),
        ("field", "Nurse"),
    ]
    assert document.blocks[2].layout == "run-in"
    assert document.blocks[3].group == document.blocks[4].group != document.blocks[6].group
    assert document.blocks[-1].name == "title"


def test_ashby_is_read_in_html_and_not_again_in_plain_text():
    source = json.dumps(
        {
            "apiVersion": "1",
            "jobs": [
                {
                    "title": "Nurse",
                    "location": "Leeds",
                    "employmentType": "FullTime",
                    "descriptionHtml": f"<p>{LONG}</p>",
                    "descriptionPlain": LONG,
                    "compensation": {"compensationTierSummary": "£31K - £38K"},
                }
            ],
        },
        ensure_ascii=False,
    )
    document = one(read_json(source, Options()))
    assert shapes(document) == [("field", "Nurse"), ("paragraph", LONG.strip())]
    assert document.name == "Nurse"
    assert document.field("compensation.compensationTierSummary").value == "£31K - £38K"


FLEET = """\
# - jobTitle: 🚀 Engineer
#   responsibilities: |
#     - Not on offer any more
- jobTitle: 🌐 Apprentice
  department: Digital Experience
  responsibilities: |
      - 🏃 Strong desire to build a skill set.
      - 📖 Maintain the [handbook](https://example.org/handbook).
  niceToHave: |
      - 🟣 Openness to new ideas
"""


def test_a_home_made_list_with_markdown_in_it():
    document = one(read_yaml(FLEET, Options()))
    assert shapes(document) == [
        ("field", "🌐 Apprentice"),
        ("heading", "responsibilities"),
        ("item", "🏃 Strong desire to build a skill set."),
        ("item", "📖 Maintain the handbook."),
        ("heading", "nice To Have"),
        ("item", "🟣 Openness to new ideas"),
    ]
    assert (document.label, document.name) == ("", "🌐 Apprentice")
    assert document.blocks[1].name == "responsibilities"
    assert document.blocks[4].name == "nice-to-have"
    assert source_of(document, FLEET, "nice To Have") == "niceToHave"
    assert source_of(document, FLEET, "new ideas") == "new ideas"
    assert_map_is_true(document, FLEET)


def test_a_job_that_is_commented_out_is_no_posting():
    assert "Not on offer" not in one(read_yaml(FLEET, Options())).plain


def test_one_posting_with_lists_and_headed_sections():
    source = (
        "position: Nurse\nabout_us: We care for people every day.\nrequirements:\n"
        '  - Patience\n  - "A <b>second</b> language"\n'
        "sections:\n  - heading: How to apply\n    body: Send a *letter* to us.\n"
        "  - title: Hours\n    items: [Monday to Friday, 9 to 5]\n"
    )
    document = one(read_yaml(source, Options()))
    assert shapes(document) == [
        ("field", "Nurse"),
        ("heading", "about us"),
        ("paragraph", "We care for people every day."),
        ("heading", "requirements"),
        ("item", "Patience"),
        ("item", "A second language"),
        ("heading", "How to apply"),
        ("paragraph", "Send a letter to us."),
        ("heading", "Hours"),
        ("item", "Monday to Friday"),
        ("item", "9 to 5"),
    ]
    assert source_of(document, source, "about us") == "about_us"
    assert_map_is_true(document, source)


def test_several_documents_and_json_lines_hold_several_postings():
    text = "---\njobTitle: Nurse\nduties: You care for people.\n---\njobTitle: Cook\nduties: You cook for people.\n"
    assert [d.name for d in read_yaml(text, Options()).documents] == ["Nurse", "Cook"]
    lines = '{"jobTitle": "Nurse", "duties": "You care for people."}\n' * 3
    assert [d.label for d in read_json(lines, Options()).documents] == [
        "posting 1", "posting 2", "posting 3",
    ]  # fmt: skip


def test_the_user_can_name_more_fields_that_are_prose():
    source = json.dumps(
        {"title": "Cook", "blurb": "Good food.", "kitchen": {"story": "Warm & kind."}}
    )
    assert read_json(source, Options()).documents == ()
    document = one(read_json(source, Options(prose_fields=("blurb", "kitchen.story"))))
    assert shapes(document) == [
        ("field", "Cook"),
        ("heading", "blurb"),
        ("paragraph", "Good food."),
        ("heading", "story"),
        ("paragraph", "Warm & kind."),
    ]


def test_a_long_text_under_an_unknown_key_is_prose():
    source = json.dumps({"jobTitle": "Cook", "duties": "You cook for people.", "ourKitchen": LONG})
    assert ("heading", "our Kitchen") in shapes(one(read_json(source, Options())))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "package.json",
            json.dumps({"name": "x", "description": LONG * 2, "scripts": {"test": "x"}}),
        ),
        ("compose.yaml", "services:\n  web:\n    image: x\n    ports: ['80:80']\n"),
        ("job.schema.json", json.dumps({"$schema": "x", "title": "Job", "description": LONG * 2})),
        ("post.yaml", f"title: Our week\nauthor: us\ndescription: {LONG}\n"),
        ("ci.yaml", "name: tests\non: push\njobs:\n  test:\n    steps: [{name: Run, run: make}]\n"),
        ("empty.json", "[]"),
        ("jobs/openapi.yaml", f"openapi: 3.1.0\ninfo: {{title: Jobs, description: {LONG}}}\n"),
        ("jobs/post.yaml", f"title: How to become a nurse\nauthor: us\ndescription: {LONG}\n"),
        ("_data/news.yaml", f"- title: A good week\n  description: {LONG}\n" * 3),
        ("_data/team.json", json.dumps([{"name": "Jo", "title": "Nurse", "bio": LONG}] * 2)),
        ("_data/courses.json", json.dumps([{"title": "Nurse", "description": LONG}] * 2)),
        ("role/meta.yaml", f"galaxy_info: {{role_name: web, description: {LONG}, license: MIT}}\n"),
    ],
)
def test_other_files_hold_no_posting_and_say_so(name, text):
    file = read_bytes(text.encode(), name)
    assert file.documents == ()
    assert [trouble.rule for trouble in file.troubles] == ["JD908"]


HIRING = (
    "We are looking for a nurse to join our ward. You will care for patients, report to the "
    "matron and work full time. Applicants need a certificate; the salary is £31,000 with a "
    "pension. To apply, send your CV before May."
)


@pytest.mark.parametrize(
    ("name", "title", "description"),
    [
        ("jobs/ward.yaml", "Nurse", LONG),
        ("data/vacancies.yaml", "Nurse", LONG),
        ("jobs/ward.yaml", "Night shift", HIRING),
        ("nurse.yaml", "Nurse", HIRING),
        ("ward-4.yaml", "Night nurse (ward 4)", HIRING),
    ],
)
def test_a_title_and_a_description_make_a_posting_where_the_file_or_the_words_say_so(
    name, title, description
):
    source = json.dumps({"title": title, "description": description}, ensure_ascii=False)
    (document,) = read_bytes(source.encode(), name).documents
    assert shapes(document) == [("field", title), ("paragraph", description.strip())]
    assert source_of(document, source, "You will") == "You will"
    (document, again) = read_bytes(f"[{source}, {source}]".encode(), name).documents
    assert (document.label, again.label) == ("posting 1", "posting 2")


@pytest.mark.parametrize(
    ("name", "title", "description"),
    [
        ("data.yaml", "Nurse", LONG),
        ("data.yaml", "Our week", HIRING),
        ("jobs.yaml", "Our week", LONG),
        ("jobs.yaml", "Nurse", "You will care."),
        ("nurse.yaml", "How a nurse lives", HIRING),
    ],
)
def test_without_such_signs_it_is_something_else(name, title, description):
    source = json.dumps({"title": title, "description": description})
    assert read_bytes(source.encode(), name).documents == ()


def test_a_record_beside_postings_with_hardly_any_text_is_named():
    jobs = [
        {"title": "Nurse", "description": LONG},
        {"title": "Cook", "description": "Soon."},
        {"title": "Porter"},
        {"name": "Jo", "bio": "Likes dogs."},
    ]
    source = json.dumps({"jobs": jobs})
    file = read_bytes(source.encode(), "a.json")
    assert [document.name for document in file.documents] == ["Nurse"]
    said = [(source[slice(*t.span)], t.rule, t.values["detail"]) for t in file.troubles]
    assert said == [
        ('"Cook"', "JD914", "'Cook' has 1 word of description, and 30 are needed"),
        ('"Porter"', "JD914", "'Porter' has 0 words of description, and 30 are needed"),
    ]


def test_damage_is_reported_at_its_line():
    text = '{\n  "title": "Nurse",\n  "description" "Care"\n}'
    (trouble,) = read_bytes(text.encode(), "nurse.json").troubles
    assert trouble.rule == "JD907"
    assert LineIndex(text).locate(trouble.span.start) == (3, 3)


# Properties

PROSE = st.lists(
    st.sampled_from(["team", "team", "Nurse", "we’re", "😀", "é", "<b>x</b>", "&amp;", "**y**", '"q"', "\\"]),
    min_size=6, max_size=14,
).map(" ".join)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(PROSE, min_size=1, max_size=3), st.booleans())
def test_places_hold_for_any_text_in_json(texts, ascii_only):
    jobs = [{"jobTitle": f"Job {n}", "description": text} for n, text in enumerate(texts)]
    source = json.dumps({"jobs": jobs}, ensure_ascii=ascii_only)
    documents = read_json(source, Options()).documents
    assert len(documents) == len(texts)
    for number, document in enumerate(documents):
        assert_map_is_true(document, source)
        title = document.offsets.to_source(document.blocks[0].span)
        assert source[slice(*title)] == f"Job {number}"


@settings(max_examples=60)
@given(st.lists(PROSE, min_size=4, max_size=8), st.booleans())
def test_places_hold_for_records_that_only_their_words_make_postings(texts, ascii_only):
    record = {"title": "Night nurse", "description": f"{HIRING} {' '.join(texts)}"}
    source = json.dumps([record, {"title": "Cook"}, record], ensure_ascii=ascii_only)
    file = read_bytes(source.encode(), "vacancies.json")
    assert [document.label for document in file.documents] == ["posting 1", "posting 2"]
    starts = [m.start() for m in re.finditer("Night nurse", source)]
    for document, start in zip(file.documents, starts, strict=True):
        assert_map_is_true(document, source)
        assert document.offsets.to_source(document.blocks[0].span).start == start
    (trouble,) = file.troubles
    assert source[slice(*trouble.span)] == '"Cook"'


@settings(max_examples=60)
@given(st.lists(PROSE, min_size=1, max_size=4), st.sampled_from("|>"))
def test_places_hold_for_any_text_in_yaml(texts, header):
    body = "\n".join(f"    {text}" for text in texts)
    source = f"jobTitle: Nurse\nduties: {header}\n{body}\n"
    document = one(read_yaml(source, Options()))
    assert_map_is_true(document, source)
    copies = [m.start() for m in re.finditer("team", source)]
    found = [m.span() for m in re.finditer("team", document.plain)]
    assert [document.offsets.to_source(PlainSpan(*span)).start for span in found] == copies


def test_scalars_of_a_format_know_their_view():
    with pytest.raises(NotImplementedError):
        Scalar(0, 1, "x").view(View("x"))
