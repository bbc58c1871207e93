"""language-tool-python, kept in check: the only module that imports it.

It is licensed under the GPL-3.0 and therefore an extra that is imported only when grammar is
asked for. Whatever goes wrong in it comes out as a :class:`GrammarError`. Its private names
are those of versions 3.4 and up, below 4.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from language_tool_python import LanguageTool, exceptions
from language_tool_python.download_lt import LocalLanguageTool

from jdlint.grammar.match import Match
from jdlint.grammar.projection import Utf16
from jdlint.grammar.server import GrammarError, is_loopback

PAUSE = 1.0
"""Seconds after which a server that failed is asked again."""
_START = 90
"""Seconds that a server may take to start."""


class Client:
    """Asks the server at *url*, one tool for each variant of English; for one thread."""

    def __init__(self, url: str, timeout: float) -> None:
        self._url = url
        self._timeout = timeout
        self._tools: dict[str, LanguageTool] = {}

    def matches(
        self, text: str, variant: str, rules: frozenset[str], categories: frozenset[str]
    ) -> list[Match]:
        """What the server sees in *text*, without *rules* and *categories*.

        Raises GrammarError; a server that fails once is asked again after a second.
        """
        tool = self._tool(variant)
        tool.disabled_rules, tool.disabled_categories = set(rules), set(categories)
        try:
            with _in_our_words():
                return _ours(tool, text)
        except GrammarError:
            time.sleep(PAUSE)
        with _in_our_words():
            return _ours(tool, text)

    def _tool(self, variant: str) -> LanguageTool:
        if variant not in self._tools:
            host = urlsplit(self._url).hostname or ""
            proxies = {"no_proxy": host} if is_loopback(host) else None
            with _in_our_words():
                made = LanguageTool(variant, remote_server=self._url, proxies=proxies)
            vars(made)["_TIMEOUT"] = self._timeout
            self._tools[variant] = made
        return self._tools[variant]


def _ours(tool: LanguageTool, text: str) -> list[Match]:
    """What *tool* says of *text*. Its offsets are code points, but its lengths UTF-16 units."""
    units = Utf16(text)
    found = []
    for match in tool.check(text):
        end = units.code_point(units.unit(match.offset) + match.error_length)
        found.append(
            Match(
                match.rule_id,
                match.category,
                match.rule_issue_type,
                match.offset,
                end,
                match.message,
                tuple(match.replacements[:5]),
            )
        )
    return found


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Turns every fault of the wrapper, SystemExit among them, into a GrammarError."""
    try:
        yield
    except GrammarError:
        raise
    except (Exception, SystemExit) as fault:
        told = " ".join(str(fault).split())[:200]
        if isinstance(fault, ModuleNotFoundError) and "java" in told.lower():
            told = "there is no Java on the PATH; install version 17 or newer"
        elif isinstance(fault, KeyError):
            told = "the server's answer has no matches"
        raise GrammarError(f"LanguageTool failed: {told or type(fault).__name__}") from None


class Managed(LanguageTool):  # type: ignore[misc,unused-ignore]
    """A server of our own: one process, on a port that nobody else has, and no download."""

    def _start_server_on_free_port(self) -> None:
        with socket.socket() as free:
            free.bind((self._host, 0))
            self._port = free.getsockname()[1]
        self._url = f"http://{self._host}:{self._port}/v2/"
        self._start_local_server()

    def _wait_for_server_ready(self, timeout: int = _START) -> None:
        super()._wait_for_server_ready(timeout)
        if not self._server_is_alive():
            raise exceptions.ServerError("another process answers on our port")


def start(version: str) -> Managed:
    """A server of *version*, started; raises GrammarError."""
    with _in_our_words():
        return Managed("en-US", host="127.0.0.1", language_tool_download_version=version)


def source(version: str) -> str:
    """The address from which the wrapper fetches LanguageTool *version*."""
    return str(LocalLanguageTool.from_version_name(version).download_url)


def download(version: str) -> None:
    """Fetch LanguageTool *version* and unpack it; raises GrammarError."""
    with _in_our_words():
        LocalLanguageTool.from_version_name(version).download()
