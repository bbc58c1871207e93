"""language-tool-python, kept in check: the only module that imports it.

It is licensed under the GPL-3.0 and therefore an extra that is imported only when grammar is
asked for. Whatever goes wrong in it comes out as a :class:`GrammarError`. Its private names
are those of versions 3.4 and up, below 4.
"""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import CalledProcessError
from typing import Any

from language_tool_python import LanguageTool, exceptions
from language_tool_python.download_lt import LocalLanguageTool

from jdlint.grammar import server
from jdlint.grammar.findings import Profile
from jdlint.grammar.match import Match
from jdlint.grammar.projection import Utf16
from jdlint.grammar.server import BusyError, GrammarError, SlowError, TextError
from jdlint.grammar.watch import Watch

PAUSE = 1.0
"""Seconds after which a server that cannot be reached is asked again."""
START = 90
"""Seconds that a server may take to start, and then to give its first answer."""
_CONFIG = {
    "pipelineCaching": True,  # without it, every request sets all rules up anew
    "pipelineExpireTimeInSeconds": 3600,
    "maxSpellingSuggestions": 5,
    "cacheSize": 1000,
}
"""What a server of our own is told; languagetool/server.properties says it to others."""


_LISTS = ("disabledRules", "disabledCategories", "enabledRules")
"""In one order for all processes: LanguageTool keeps what it sets up for a list, as it stands."""


class Client:
    """Asks the server at *url*, one tool for each variant of English; for one thread.

    *profile* says what is asked for. *timeout* is in seconds; the *first* answer may take longer,
    as a server that was started just now sets itself up for it.
    """

    def __init__(self, url: str, timeout: float, profile: Profile, first: float = 0) -> None:
        self._url = url
        self._timeout = timeout
        self._first = first
        self._profile = profile
        self._tools: dict[str, LanguageTool] = {}

    def matches(self, text: str, variant: str) -> list[Match]:
        """What the server sees in *text*; one that cannot be reached is asked twice.

        Raises TextError if it fails at *text* alone, else GrammarError.
        """
        try:
            return self._asked(text, variant)
        except BusyError:
            time.sleep(PAUSE)
        return self._asked(text, variant)

    def _asked(self, text: str, variant: str) -> list[Match]:
        patience = max(self._timeout, self._first)
        try:
            with _in_our_words():
                found = _ours(self._tool(variant, patience), text)
        except SlowError:
            server.version(self._url)  # raises if it is dead and not only slow
            raise TextError(
                f"LanguageTool took longer than {patience:g} s; if it goes on, "
                "give it more in the configuration, such as 'grammar: {timeout: 120}'"
            ) from None
        self._first = 0
        return found

    def _tool(self, variant: str, patience: float) -> LanguageTool:
        if variant not in self._tools:
            made = _Remote(variant, remote_server=self._url)
            made.disabled_rules = set(self._profile.rules)
            made.disabled_categories = set(self._profile.categories)
            made.enabled_rules = set(self._profile.on)
            self._tools[variant] = made
        vars(self._tools[variant])["_TIMEOUT"] = patience
        return self._tools[variant]


class _Remote(LanguageTool):  # type: ignore[misc,unused-ignore]
    """Asks as the wrapper does, but once, by :func:`server.answer`, and for whole answers."""

    def _query_server(
        self, url: str, params: dict[str, str] | None = None, *_args: Any, **_more: Any
    ) -> Any:
        form = params and {
            name: ",".join(sorted(value.split(","))) if name in _LISTS else value
            for name, value in params.items()
        }
        try:
            found = json.loads(server.answer(url, form, self._TIMEOUT))
            partly = params is not None and found.get("warnings", {}).get("incompleteResults")
        except (ValueError, AttributeError, RecursionError):
            raise TextError("the answer cannot be understood") from None
        if partly:
            raise TextError("the answer is not complete")
        return found


def _ours(tool: LanguageTool, text: str) -> list[Match]:
    """What *tool* says of *text*. Its offsets are code points, but its lengths UTF-16 units."""
    units = Utf16(text)
    found = []
    whole = text.encode("utf-8", "replace").decode()  # half a character cannot be sent
    for match in tool.check(whole):
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
    except GrammarError as fault:
        raise type(fault)(f"LanguageTool failed: {fault.message}") from None
    except (Exception, SystemExit) as fault:
        told = " ".join(str(fault).split())[:200]
        if isinstance(fault, CalledProcessError):
            told = "'java -version' fails"
        elif isinstance(fault, ModuleNotFoundError) and "java" in told.lower():
            told = "there is no Java on the PATH; install version 17 or newer"
        elif isinstance(fault, KeyError | TypeError):
            raise TextError("LanguageTool failed: its answer has no matches") from None
        raise GrammarError(f"LanguageTool failed: {told or type(fault).__name__}") from None


class Managed(LanguageTool):  # type: ignore[misc,unused-ignore]
    """A server of our own: one process, on a port that nobody else has, and no download."""

    _watch: Watch | None = None

    def _start_server_on_free_port(self) -> None:
        with socket.socket() as free:
            free.bind((self._host, 0))
            self._port = free.getsockname()[1]
        self._url = f"http://{self._host}:{self._port}/v2/"
        self._watch = Watch()
        self._start_local_server()

    def _wait_for_server_ready(self, timeout: int = 0) -> None:
        if self._server is not None and self._watch is not None:
            self._watch.over(self._server.pid)
        try:
            super()._wait_for_server_ready(timeout or START)
            if not self._server_is_alive():
                raise exceptions.ServerError("another process answers on our port")
        except BaseException:
            self._terminate_server()
            raise

    def _terminate_server(self) -> None:
        if self._watch is not None:
            self._watch.end()
        super()._terminate_server()


def start(version: str, timeout: float) -> Managed:
    """A server of *version* that gives a text up after *timeout* seconds; raises GrammarError.

    It counts what it sets up before its first answer, so it has the time for that with any text.
    """
    config = {**_CONFIG, "maxCheckTimeMillis": round(max(timeout, START) * 1000)}
    try:
        with _in_our_words():
            return Managed(
                "en-US", host="127.0.0.1", config=config, language_tool_download_version=version
            )
    except GrammarError as fault:
        raise GrammarError(f"{fault.message}; {_remedy(fault.message)}") from None


def _remedy(told: str) -> str:
    """What to do about a server that does not start."""
    if "java" in told.lower():
        return "install Java 17 or newer, or name a running server with --grammar server"
    return (
        "if it goes on, remove the installation that 'jdlint grammar status' names and run "
        "'jdlint grammar install' again"
    )


def source(version: str) -> str:
    """The address from which the wrapper fetches LanguageTool *version*."""
    return str(LocalLanguageTool.from_version_name(version).download_url)


def download(version: str) -> None:
    """Fetch LanguageTool *version* and unpack it, all of it or nothing; raises GrammarError."""
    try:
        with _in_our_words():
            LocalLanguageTool.from_version_name(version).download()
    except GrammarError as fault:
        raise GrammarError(f"{fault.message}; nothing was installed") from None
