"""Whom jdlint may speak to, and how it asks whether anybody is there.

Nothing is looked for: a server is asked for by its address. Text leaves the machine only
encrypted, and goes to the vendor's public service only if the configuration says so in words.
"""

import ipaddress
import json
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from jdlint.config import GrammarSettings
from jdlint.model import JdlintError

_PUBLIC = ("languagetool.org", "languagetoolplus.com")
_PATIENCE = 5.0
"""Seconds to wait for a sign of life."""


class GrammarError(JdlintError):
    """Grammar cannot be checked; the message says why, and what to do."""


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


def version(url: str) -> str:
    """Version and build of the server at *url*; raises GrammarError if none answers."""
    host = urlsplit(url).hostname or ""
    handlers: list[Any] = [_Stay()]
    if is_loopback(host):
        handlers.append(ProxyHandler({}))
    opener = build_opener(*handlers)
    try:
        with opener.open(f"{url}v2/info", timeout=_PATIENCE) as answer:
            software = json.loads(answer.read(100_000))["software"]
            return " ".join(str(software[k]) for k in ("version", "buildDate", "commit"))
    except HTTPError as fault:
        why = f"it answers with the status {fault.code}"
    except (OSError, ValueError) as fault:
        why = str(getattr(fault, "reason", fault)) or type(fault).__name__
    except (KeyError, TypeError):
        why = "what answers there is not LanguageTool"
    raise GrammarError(
        f"no LanguageTool server at {url} ({why}); start one there, name another with "
        "--grammar-url, or check without grammar (--grammar off)"
    )
