"""Sees to it that a server does not outlive jdlint, however that ends."""

import subprocess
import sys
from contextlib import suppress
from shutil import which

_WAIT = 'read _ || kill -9 "$0"'
"""The end of the input without a line means that nobody is there any more."""


class Watch:
    """A shell that ends the process *pid* once this one is gone, were it by SIGKILL.

    It waits at a pipe that only this process holds open. Where there is no shell (Windows),
    nobody watches.
    """

    def __init__(self, pid: int) -> None:
        self._shell: subprocess.Popen[bytes] | None = None
        shell = None if sys.platform == "win32" else which("sh", path="/bin:/usr/bin")
        if shell is not None:
            self._shell = subprocess.Popen(  # noqa: S603
                [shell, "-c", _WAIT, str(pid)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def end(self) -> None:
        """Watch no longer: the process ends, or has ended, in the ordinary way."""
        if self._shell is not None:
            with suppress(OSError):
                self._shell.communicate(b"\n")
