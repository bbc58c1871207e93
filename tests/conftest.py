"""Shared by all tests: a cache of their own, and no network."""

import os
import shutil
import socket
import tempfile
from importlib.util import find_spec

import pytest
from hypothesis import settings

# The gate draws the same examples each time; 'make fuzz' draws others.
settings.register_profile("gate", derandomize=True, database=None)
settings.register_profile("fuzz", derandomize=False, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))

os.environ.setdefault("JDLINT_CACHE_DIR", tempfile.mkdtemp(prefix="jdlint-tests-"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch, request):
    """jdlint never speaks to anybody; a test that does must say so."""
    if any(request.node.get_closest_marker(m) for m in ("network", "loopback", "languagetool")):
        return

    def refuse(*args, **kwargs):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def _languagetool():
    """Why a real LanguageTool cannot be had here; empty if it can."""
    if os.environ.get("JDLINT_TEST_LT_URL"):
        return ""
    from jdlint.grammar import managed

    if find_spec("language_tool_python") is None:
        return "the extra 'grammar' is not installed"
    if shutil.which("java") is None:
        return "there is no Java"
    return "" if managed.jar().is_file() else "'make languagetool' has not been run (LTP_PATH)"


@pytest.fixture(scope="session")
def languagetool():
    """The address of a real server, one for all tests."""
    if missing := _languagetool():
        if os.environ.get("JDLINT_REQUIRE_LANGUAGETOOL"):
            pytest.fail(f"a real LanguageTool is required, but {missing}")
        pytest.skip(f"no real LanguageTool: {missing}")
    if given := os.environ.get("JDLINT_TEST_LT_URL"):
        yield given
        return
    from jdlint.grammar import managed

    server = managed.Server(lambda _line: None, 60)
    yield server.url()
    server.close()
