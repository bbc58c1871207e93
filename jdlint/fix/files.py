"""A file replaced in one step, with its mode, and through the links that lead to it."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def replace(path: Path, content: bytes) -> None:
    """Give the file at *path* this *content*, all or nothing; raises OSError.

    A symbolic link stays, and the file that it leads to is replaced. The mode stays, and
    the owner where that is allowed.
    """
    target = path.resolve(strict=True)
    status = target.stat()
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied", str(path))
    with NamedTemporaryFile(dir=target.parent, prefix=".jdlint-", delete=False) as temporary:
        new = Path(temporary.name)
        try:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
            new.chmod(stat.S_IMODE(status.st_mode))
            if hasattr(os, "chown"):
                with suppress(OSError):
                    os.chown(new, status.st_uid, status.st_gid)
            temporary.close()
            new.replace(target)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
