"""Shared by all tests: a cache of their own, and no network."""

import os
import socket
import tempfile

import pytest

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
