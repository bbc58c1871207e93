"""The pieces of text without which a pattern is not even tried."""

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from jdlint.checks.card import TermsCard
from jdlint.checks.literals import needed
from jdlint.checks.load import shipped
from jdlint.checks.phrases import terms_of

PATTERNS = [
    (term.pattern, tuple(term.hits))
    for card in shipped()
    if isinstance(card, TermsCard)
    for term in terms_of(card)
    if term.pattern
]


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        ("rock ?star", {"rock"}),
        (r"\bwork(?:ing)? hard", {" hard"}),
        ("(?:chair|fore)man", {"chair", "fore"}),
        ("(?:a|bc)(?:long piece)?", {"a", "bc"}),
        ("x(?:yz){2,}", {"yz"}),
        ("x(?:yz){0,3}", {"x"}),
        ("(?i)STRASSE", {"strasse"}),
        ("f[*#]+", {"*", "#"}),
        ("[^a]b", {"b"}),
        ("[a-z]+", set()),
        ("a?", set()),
        ("ab|c?", set()),
        (r"\pL+able", set()),
        ("[[:alpha:]]x", set()),
        (r"\Qa.b\E", set()),
        ("(", set()),
    ],
)
def test_the_pieces_of_a_pattern(pattern, pieces):
    assert set(needed(pattern)) == pieces


@pytest.mark.parametrize(("pattern", "hits"), PATTERNS, ids=range(len(PATTERNS)))
def test_each_sample_of_our_patterns_holds_a_piece(pattern, hits):
    pieces = needed(pattern)
    assert not pieces or all(any(p in hit.casefold() for p in pieces) for hit in hits)


SMALL = st.sampled_from(
    ["a", "b", "s", "k", "ab", "[ab]", "[^a]", ".", r"\b", r"\w", "\u00df", "-"]
)
EXPRESSION = st.recursive(
    SMALL,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,2}?"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"(?-i:{one})"),
    ),
    max_leaves=6,
)


@settings(max_examples=400)
@given(EXPRESSION, st.text("abskABSK\u00df\u1e9e\u017f\u212a -", max_size=8))
def test_no_match_lacks_all_pieces(pattern, text):
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        found = re2.compile(pattern, options).search(text)
    except re2.error:
        return
    pieces = needed(pattern)
    assert found is None or not pieces or any(p in text.casefold() for p in pieces)
