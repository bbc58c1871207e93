"""The cache of results: nothing that happens to it changes what a run says."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jdlint.config import settle
from jdlint.outcome import FINDINGS, Result
from jdlint.results import Results
from tests.test_cli import run

CONTENT = b"# Nurse\n\nWe want a rockstar nurse.\n"
DAY = date(2026, 11, 23)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("JDLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    Path("nurse.md").write_bytes(CONTENT)
    return tmp_path / "cache" / "results"


def entries(cache):
    return sorted(file for file in cache.rglob("*") if file.is_file())


def flipped(content, bit):
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def checked():
    return run("check", "nurse.md", "--format", "json").output


def test_each_flipped_bit_makes_an_entry_unknown(cache):
    results = Results(settle(None, Path(), {}), DAY, FINDINGS)
    kept = Result("nurse.md", postings=1, notices=("Something is to be told.",))
    results.keep(CONTENT, "nurse.md", kept)
    assert results.find(CONTENT, "nurse.md") == kept
    (file,) = entries(cache)
    whole = file.read_bytes()
    for bit in range(8 * len(whole)):
        file.write_bytes(flipped(whole, bit))
        assert results.find(CONTENT, "nurse.md") is None


@given(st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_entry_is_linted_again_and_written_anew(cache, data):
    first = checked()
    (file,) = entries(cache)
    whole = file.read_bytes()
    file.write_bytes(flipped(whole, data.draw(st.integers(0, 8 * len(whole) - 1))))
    assert checked() == first
    assert file.read_bytes() == whole


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, -1])
def test_so_is_one_that_was_cut_short(cache, length):
    first = checked()
    (file,) = entries(cache)
    whole = file.read_bytes()
    file.write_bytes(whole[:length])
    assert checked() == first
    assert file.read_bytes() == whole


def test_an_entry_made_under_other_settings_is_no_entry(cache):
    checked()
    run("check", "nurse.md", "--format", "json", "--select", "guys")
    one, other = (file.read_bytes() for file in entries(cache))
    for file in entries(cache):
        file.write_bytes(one if file.read_bytes() == other else other)
    fresh = run("check", "nurse.md", "--format", "json", "--no-cache").output
    assert checked() == fresh


def test_equal_results_under_two_settings_are_enciphered_apart(cache):
    """Were they enciphered alike, what differs between two results would show."""
    for rule in ("guys", "heroic-title"):
        settled = settle(None, Path(), {"select": [rule]})
        Results(settled, DAY, FINDINGS).keep(CONTENT, "nurse.md", Result("nurse.md", postings=1))
    one, other = (file.read_bytes() for file in entries(cache))
    assert len(one) == len(other)
    assert one != other
