"""Sees to it that a server does not outlive jdlint, however that ends."""

import subprocess
import sys
from contextlib import suppress
from shutil import which

_WAIT = 'read -r pid && [ "$pid" ] && { read -r _ || kill -9 "$pid"; }'
"""The end of the input without a second line means that nobody is there any more."""


class Watch:
    """A shell that ends a process once this one is gone, were it by SIGKILL.

    It waits at a pipe that only this process holds open, from before the other one starts. Where
    there is no shell (Windows), nobody watches.
    """

    def __init__(self) -> None:
        self._shell: subprocess.Popen[bytes] | None = None
        shell = None if sys.platform == "win32" else which("sh", path="/bin:/usr/bin")
        if shell is not None:
            self._shell = subprocess.Popen(  # noqa: S603
                [shell, "-c", _WAIT],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def over(self, pid: int) -> None:
        """Watch over the process *pid*, which has just started."""
        if self._shell is not None and self._shell.stdin is not None:
            with suppress(OSError):
                self._shell.stdin.write(f"{pid}\n".encode())
                self._shell.stdin.flush()

    def end(self) -> None:
        """Watch no longer: the process ends, or has ended, in the ordinary way."""
        if self._shell is not None:
            with suppress(OSError):
                self._shell.communicate(b"\n")
