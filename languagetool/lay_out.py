"""Lay out the jars in FOLDER/libs so that LanguageTool starts as one jar.

    python languagetool/lay_out.py FOLDER

Writes FOLDER/languagetool-server.jar, which holds nothing but a manifest whose class path names
every jar in FOLDER/libs: 'java -cp FOLDER/languagetool-server.jar' then is the whole server,
and language-tool-python finds the jar under the name that it expects.
"""

import sys
from pathlib import Path
from zipfile import ZipFile

NAME = "languagetool-server.jar"


def manifest(jars: list[str]) -> bytes:
    """A manifest with *jars* as its class path; its lines have at most 72 bytes."""
    rows = ["Manifest-Version: 1.0", "Class-Path: " + " ".join(f"libs/{jar}" for jar in jars)]
    return b"".join(map(folded, rows)) + b"\r\n"


def folded(row: str) -> bytes:
    """*row* in lines of at most 72 bytes, line ends included; further ones begin with a space."""
    rest, lines = row.encode("ascii")[70:], [row.encode("ascii")[:70]]
    lines += [b" " + rest[at : at + 69] for at in range(0, len(rest), 69)]
    return b"".join(line + b"\r\n" for line in lines)


def main(folder: Path) -> None:
    """Write the jar into *folder*."""
    jars = sorted(jar.name for jar in (folder / "libs").glob("*.jar"))
    if not any(jar.startswith("languagetool-server") for jar in jars):
        sys.exit(f"{folder / 'libs'}: there is no jar of LanguageTool's server")
    with ZipFile(folder / NAME, "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", manifest(jars))
    size = sum(file.stat().st_size for file in (folder / "libs").glob("*.jar"))
    print(f"LanguageTool is in {folder} ({len(jars)} jars, {size / 1e6:.0f} MB)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
