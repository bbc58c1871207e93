"""How the prose of an edit is written into a file of some format."""

import json
from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath


def ways(text: str, name: str) -> list[str]:
    """How *text* may be written into the file called *name*, most fitting first.

    Which of them is right depends on what stands around (a quoted scalar of YAML, HTML in a
    string of JSON), so who takes one reads the file again to see that it says *text*.
    """
    return list(dict.fromkeys(_ways(text, PurePosixPath(name).suffix.lower())))


def _ways(text: str, ending: str) -> Iterator[str]:
    marked = escape(text, quote=False)
    if ending == ".mdx":
        # Braces and angle brackets begin code there; entities are read as the signs they name.
        if not set(text) & set("{}"):
            yield marked
    elif ending in (".json", ".jsonl", ".js"):
        yield _in_json(text)
        yield _in_json(marked)
    elif ending in (".html", ".htm", ".erb"):
        yield marked
    else:
        yield text
        yield marked
        yield text.replace("'", "''")
        yield _in_json(text)


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
