"""Grammar for one run: asks, remembers, and knows when there is nobody to ask any more."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from jdlint.checks.card import GrammarCard
from jdlint.checks.protocol import Context
from jdlint.config import GrammarSettings
from jdlint.grammar import findings, kept, managed, server
from jdlint.grammar.match import Match
from jdlint.grammar.pieces import Reader
from jdlint.grammar.projection import project
from jdlint.grammar.server import GrammarError, PartError
from jdlint.model import Hit
from jdlint.posting.model import Posting

_VARIANTS = {"UK": "en-GB", "UK-oxford": "en-GB", "US": "en-US", "CA": "en-CA", "AU": "en-AU"}
_COUNTRIES = {"US": "en-US", "CA": "en-CA", "AU": "en-AU", "NZ": "en-NZ", "GB": "en-GB"}
_ENOUGH = 3
"""After so many failures in a row the fault is the server's, and it is asked no more."""
_UNREAD = "{} too long for the LanguageTool server; split the text, or raise its maxTextLength"


def say(line: str) -> None:
    """Tell somebody who waits at a terminal; a log is left alone."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{line}\n")


class Session:
    """Speaks to one server, for one process, until that is not to be had any more."""

    def __init__(self, settings: GrammarSettings, tell: Callable[[str], None] = say) -> None:
        self._settings = settings
        self._server = managed.Server(tell, settings.timeout)
        self._is_new = settings.mode == "managed"  # the server, when it is first asked
        self._reader: Reader | None = None
        self._in_a_row = 0
        self._version = ""
        self.broken = ""
        """Why grammar is not checked any more; empty while all is well."""

    def for_workers(self) -> "Session":
        """A session for other processes: they speak to the server that this one has started."""
        given = Session(self._settings)
        given.broken = self.broken
        if self._settings.mode != "managed" or self.broken:
            return given
        try:
            given._version = self.version()
            url = self._server.url()
            given._settings = replace(self._settings, mode="server", url=url)
            given._is_new = True
        except GrammarError as fault:
            given.broken = self.broken = fault.message
        return given

    def hits(
        self, posting: Posting, context: Context, cards: Sequence[GrammarCard]
    ) -> Iterator[Hit]:
        """What LanguageTool sees in *posting*, for *cards*.

        Raises GrammarError if it cannot be asked; PartError, at the end, if it could not read
        all of it. What fails at one posting only is tried again with the next, but not for ever.
        """
        if self.broken:
            raise GrammarError(self.broken)
        projection = project(posting)
        try:
            found, unread = self._matches(projection.text, variant(posting, context.dialect))
            self._in_a_row = 0
        except GrammarError as fault:
            self._in_a_row += 1
            if fault.extent == "run" or self._in_a_row >= _ENOUGH:
                self.broken = fault.message
                raise GrammarError(self.broken) from None
            raise
        own = frozenset(word.lower() for word in self._settings.accept)
        yield from findings.hits(found, projection, posting, context, cards, own)
        if unread:
            raise PartError(_UNREAD.format("a paragraph is" if unread == 1 else "paragraphs are"))

    def _matches(self, text: str, language: str) -> tuple[list[Match], int]:
        """The answer for *text*, kept or fresh, and the number of blocks that nobody read."""
        profile = findings.profile()
        rules = (*profile.rules, *profile.categories, *profile.on)
        name = kept.key(self.version(), language, rules, text) if self._settings.cache else ""
        known = kept.get(name) if name else None
        if known is not None:
            return known, 0
        found, unread = self._connected().matches(text, language)
        if name and not unread:
            kept.put(name, found)
        return found, unread

    def version(self) -> str:
        """What tells this LanguageTool from others; raises GrammarError if there is none."""
        if not self._version:
            if self._settings.mode == "managed":
                self._version = managed.build()
            else:
                self._version = server.version(server.address(self._settings))
        return self._version

    def _connected(self) -> "Reader":
        if self._reader is None:
            try:
                from jdlint.grammar.wrapper import START, Client
            except ModuleNotFoundError as fault:
                raise GrammarError(
                    f"checking grammar needs an extra ({fault.name} is missing): "
                    'pip install "jdlint[grammar]"'
                ) from None
            url = self._url()
            first = START if self._is_new else 0
            client = Client(url, self._settings.timeout, findings.profile(), first)
            self._reader = Reader(client.matches, partial(server.longest, url))
        return self._reader

    def _url(self) -> str:
        if self._settings.mode == "managed":
            return self._server.url()
        return server.address(self._settings)

    def close(self) -> None:
        """End what was started."""
        self._server.close()
        if self._settings.cache and self._reader is not None:
            kept.prune()


def variant(posting: Posting, dialect: str) -> str:
    """The English to check *posting* by: the configured one, its own, or its country's."""
    found = _VARIANTS.get(dialect) or _VARIANTS.get(posting.dialect)
    if found:
        return found
    countries = {_COUNTRIES[c] for c in posting.countries if c in _COUNTRIES}
    return countries.pop() if len(countries) == 1 else "en-US"
