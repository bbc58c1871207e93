"""A file replaced in one step, with its mode, and through the links that lead to it."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from jdlint.wholly import replacing


def replace(path: Path, old: bytes, content: bytes) -> None:
    """Give the file at *path*, which held *old*, this *content*, all or nothing; raises OSError.

    A symbolic link stays, and the file that it leads to is replaced. The mode stays, and
    the owner where that is allowed.
    """
    target = path.resolve(strict=True)
    status = target.stat()
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied; make it writable", str(path))
    if target.read_bytes() != old:
        raise OSError(0, "it changed meanwhile; run jdlint again")
    with replacing(target) as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
        Path(new.name).chmod(stat.S_IMODE(status.st_mode))
        if hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(new.name, status.st_uid, status.st_gid)
