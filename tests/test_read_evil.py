"""Texts that were made to hang a reader: each is read in a time that grows with its length.

A reader whose time grew by the square would need minutes for these.
"""

import pytest

from tests.reading import document_of, prove, source_of

TIMES = 20_000

HEAPS = {
    "brackets": "[",
    "links": "[a](",
    "link after link": "[a][b]",
    "images": "![",
    "stars": "*a ",
    "row of stars": "*",
    "underscores": "_a_",
    "bold lines": "**a**\n",
    "bold addresses": "**a@b.org** ",
    "less-than signs": "<",
    "tags": "<a ",
    "components": "<A '",
    "components with braces": "<A {",
    "divisions": "<div>\n\n",
    "comments": "<!-- ",
    "closed comments": "<!--x-->",
    "double braces": "{{",
    "braces": "{",
    "hidden parts": "{% comment %}",
    "ERB": "<% ",
    "PHP": "<?php ",
    "parentheses": "(",
    "URLs with parentheses": "http://a.org/((",
    "at signs": "a@",
    "domains": ".com/",
    "backticks": "`a",
    "rules": "---\n",
    "quotes": ">",
    "lists": "- ",
    "definitions": "a\n: ",
    "entities": "&amp;",
    "bullets on lines": "• a\n",
    "bullets in a line": "• a ",
    "labels": "Pay:\n",
    "capitals": "SHORT\n",
    "number signs": "#",
    "blanks": " ",
    "line ends": "\n",
    "wide characters": "é😀",
    "suppressions": "jdlint-disable ",
    "words": "word ",
}


CASES = [
    pytest.param(heap, f"a.{ending}", id=f"{name}-{ending}")
    for name, heap in HEAPS.items()
    for ending in (("md", "txt", "mdx") if heap[0] in "<{" else ("md", "txt"))
]


@pytest.mark.parametrize("heap,name", CASES)
def test_heaps_of_one_thing(heap, name):
    source = source_of(heap * TIMES + " end", name)
    prove(source)


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_five_megabytes_on_one_line(name):
    text = "We are looking for a nurse who likes people. " * 112_000
    document = document_of(text, name)
    assert len(document.blocks) == 1
    assert len(document.plain.strip()) == len(text.strip())


@pytest.mark.parametrize(
    "head",
    ["[" * 50_000, "{a: " * 20_000, "- " * 20_000, '"' * 50_000, "a: b\n" * 5_000, "&a " * 20_000],
    ids=["sequences", "mappings", "items", "quotes", "keys", "anchors"],
)
def test_front_matter_that_is_endless(head):
    for fence in ("---", "+++"):
        text = f"{fence}\ntitle: {head}\n{fence}\nText.\n"
        source = source_of(text)
        prove(source)


def test_indented_text_that_is_nested_deeply_is_read_to_the_end():
    lines = [" " * (5 * n) + f"word number{n} of the text" for n in range(60)]
    document = document_of("\n\n".join(lines))
    assert "number59" in document.plain
