"""A LanguageTool server of our own, for as long as one run takes."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jdlint.grammar.server import GrammarError

if TYPE_CHECKING:
    from jdlint.grammar.wrapper import Managed

VERSION = "6.8"
_JVM = "-Xms256m -Xmx1g -Dsun.net.httpserver.nodelay=true"
_JAR = "languagetool-server.jar"


def folder() -> Path:
    """Where installations of LanguageTool are kept: as language-tool-python has it."""
    chosen = os.environ.get("LTP_PATH")
    return Path(chosen) if chosen else Path.home() / ".cache" / "language_tool_python"


def jar() -> Path:
    """The jar that starts the server; it may not exist."""
    return folder() / f"LanguageTool-{VERSION}" / _JAR


def build() -> str:
    """What tells this installation from another, without starting it."""
    if not jar().is_file():
        raise GrammarError(
            f"LanguageTool {VERSION} is not installed in {folder()}; 'jdlint grammar install' "
            "fetches it, or name a running server with --grammar server --grammar-url"
        )
    status = jar().stat()
    return f"{VERSION} {status.st_size} {status.st_mtime_ns}"


class Server:
    """Starts the server when it is first needed; *tell* hears about the waiting.

    A text is given up after *timeout* seconds.
    """

    def __init__(self, tell: Callable[[str], None], timeout: float) -> None:
        self._tell = tell
        self._timeout = timeout
        self._tool: Managed | None = None

    def url(self) -> str:
        """The address of the running server; raises GrammarError if it does not start."""
        if self._tool is None:
            self._tool = self._started()
        return str(self._tool.url).removesuffix("v2/")

    def _started(self) -> "Managed":
        build()
        if shutil.which("java") is None:
            raise GrammarError(
                "LanguageTool needs Java 17 or newer, and there is no 'java' on the PATH; "
                "install it, or name a running server with --grammar server --grammar-url"
            )
        from jdlint.grammar.wrapper import start

        self._tell(f"Starting LanguageTool {VERSION} (some ten seconds) ...")
        began = time.monotonic()
        _end_on_signals()
        os.environ.setdefault("JDK_JAVA_OPTIONS", _JVM)
        hosts = filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1,localhost"))
        os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(hosts)
        tool = start(VERSION, self._timeout)
        self._tell(f"LanguageTool {VERSION} is ready after {time.monotonic() - began:.0f} s.")
        return tool

    def close(self) -> None:
        """End the server, if it was started."""
        if self._tool is not None:
            self._tool.close()
            self._tool = None


def _end_on_signals() -> None:
    """Let SIGTERM and SIGHUP end the run as an exit does, so that the server ends with it."""
    if sys.platform == "win32":
        return

    def end(number: int, _frame: Any) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)
