"""Shared by all tests: a cache of their own, and no network."""

import os
import socket
import tempfile

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
    if request.node.get_closest_marker("network"):
        return

    def refuse(*args, **kwargs):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
