"""Which suggestions a reader of a machine format may take as they stand."""

from pathlib import PurePosixPath

from jdlint.model import Edit, Finding

_PROSE = {".md", ".markdown", ".txt", ".text"}


def takeable(finding: Finding) -> list[tuple[str, tuple[Edit, ...]]]:
    """The suggestions of *finding* with the edits that take them.

    An edit holds prose; where the file would need it escaped (HTML, MDX, JSON, YAML) only
    letters, digits, blanks and hyphens are offered, which read the same everywhere. How to
    escape others is known only once the file was read again (``--fix`` does): too slow here.
    """
    prose = PurePosixPath(finding.path).suffix.lower() in _PROSE
    return [
        (said, edits)
        for said, edits in zip(finding.suggestions, finding.edits, strict=False)
        if edits and all(prose or _harmless(edit.text) for edit in edits)
    ]


def _harmless(text: str) -> bool:
    return all(c.isalnum() or c in " -" for c in text)
