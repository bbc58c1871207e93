"""Takes the pictures of the terminal in the documentation anew.

    python scripts/pictures.py

A picture is a fenced block that begins with ``$ jdlint``; what follows is replaced by what the
command prints now. Read the difference before you commit it.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURE = re.compile(r"^```text\n\$ (jdlint [^\n]*)\n.*?^```", re.S | re.M)


def taken(match: re.Match[str]) -> str:
    """The picture of the command in *match*, as it looks now."""
    argv = [sys.executable, "-m", *shlex.split(match[1])]
    done = subprocess.run(argv, capture_output=True, cwd=ROOT, encoding="utf-8")
    return f"```text\n$ {match[1]}\n{done.stdout}```"


for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
    page.write_text(PICTURE.sub(taken, page.read_text("utf-8")), "utf-8")
