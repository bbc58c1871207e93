"""Whom jdlint may speak to, and how it asks whether anybody is there.

Nothing is looked for: a server is asked for by its address. Text leaves the machine only
encrypted, and goes to the vendor's public service only if the configuration says so in words.
"""

import ipaddress
import json
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Any, ClassVar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from jdlint.config import GrammarSettings
from jdlint.model import Extent, JdlintError

_PUBLIC = ("languagetool.org", "languagetoolplus.com")
_PATIENCE = 5.0
"""Seconds to wait for a sign of life."""
_CHUNK = 65_536
_MOST = 50_000_000
"""Bytes of an answer that are read; LanguageTool sends some hundred for each remark."""
_FOR_NOW = (
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
)


class GrammarError(JdlintError):
    """Grammar cannot be checked; the message says why, and what to do."""

    extent: ClassVar[Extent] = "run"
    """What goes unchecked: the rest of the run, one posting, or a part of it."""


class BusyError(GrammarError):
    """The server cannot be reached, or not now; after a moment it may be asked again."""


class SlowError(GrammarError):
    """The server did not answer in time."""


class TextError(GrammarError):
    """The server fails at one text; it may well read the next."""

    extent = "posting"


class TooLongError(TextError):
    """The text is longer than the server takes."""


class PartError(GrammarError):
    """All of a posting was read but for a part."""

    extent = "part"


def address(settings: GrammarSettings) -> str:
    """The address of the server, ending with one slash; raises GrammarError if it may not be."""
    url = settings.url.strip()
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise GrammarError(
            f"the address of the LanguageTool server is '{url}'; name one with "
            "--grammar-url, such as http://127.0.0.1:8081"
        )
    host = parts.hostname.lower()
    if any(host == p or host.endswith(f".{p}") for p in _PUBLIC) and not settings.public_api:
        raise GrammarError(
            f"{host} is a public service: postings would leave your hands. Run a server of your "
            "own, or set 'grammar: {public_api: true}' if that is what you want"
        )
    if parts.scheme == "http" and not is_loopback(host) and not settings.insecure:
        raise GrammarError(
            f"{host} would get the postings unencrypted; use https, or set "
            "'grammar: {insecure: true}' for a network that you trust"
        )
    path = parts.path.rstrip("/").removesuffix("/v2").rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}/"


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: text goes where the user said, or nowhere."""

    def redirect_request(self, *_args: Any) -> None:
        return None


def answer(url: str, form: dict[str, str] | None = None, patience: float = _PATIENCE) -> bytes:
    """What the server says to *form* (to a mere question without one) within *patience* seconds.

    Raises TooLongError, TextError if it fails at this form, BusyError if it may be asked
    again, SlowError, or GrammarError for all else.
    """
    handlers: list[Any] = [_Stay()]
    if is_loopback(urlsplit(url).hostname or ""):
        handlers.append(ProxyHandler({}))
    data = urlencode(form).encode("ascii") if form is not None else None
    deadline = time.monotonic() + patience
    try:
        with build_opener(*handlers).open(url, data, patience) as reply:
            return b"".join(_parts(reply, deadline))
    except HTTPError as fault:
        raise _fault(fault) from None
    except (OSError, HTTPException) as fault:
        reason = getattr(fault, "reason", fault)
        if isinstance(reason, TimeoutError):
            raise SlowError("it does not answer") from None
        raise BusyError(str(reason) or type(reason).__name__) from None


def _parts(reply: HTTPResponse, deadline: float) -> Iterator[bytes]:
    """The answer bit by bit; a server that drips for ever has not answered."""
    size = 0
    while part := reply.read1(_CHUNK):
        size += len(part)
        if time.monotonic() > deadline:
            raise SlowError("it does not come to an end")
        if size > _MOST:
            raise TextError("its answer has no end")
        yield part


def _fault(fault: HTTPError) -> GrammarError:
    """What the status of an answer means; LanguageTool itself says why, others send pages."""
    with fault:
        said = " ".join(fault.read(2_000).decode("utf-8", "replace").split())[:200]
    why = f"it answers with the status {fault.code}"
    if said.startswith("Error: "):
        why += f" ({said.removeprefix('Error: ')})"
    if fault.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return TooLongError(why)
    if fault.code in (HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR):
        return TextError(why)
    return BusyError(why) if fault.code in _FOR_NOW else GrammarError(why)


def version(url: str) -> str:
    """Version and build of the server at *url*; raises GrammarError if none answers."""
    try:
        software = json.loads(answer(f"{url}v2/info"))["software"]
        return " ".join(str(software[k]) for k in ("version", "buildDate", "commit"))
    except GrammarError as fault:
        why = fault.message
    except (KeyError, TypeError, ValueError):
        why = "what answers there is not LanguageTool"
    raise GrammarError(
        f"no LanguageTool server at {url} ({why}); start one there, name another with "
        "--grammar-url, or check without grammar (--grammar off)"
    )


def longest(url: str) -> int | None:
    """The longest text, in UTF-16 units, that the server at *url* takes, if it says so."""
    try:
        return max(1, int(answer(f"{url}v2/maxtextlength")))
    except (GrammarError, ValueError):
        return None
