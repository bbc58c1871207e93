"""Reports of ours that lie among postings: they are not linted, and may be written anew."""

from jdlint.language.late import late

_HEADS = (
    "## jdlint\n",
    "# Evidence\n",
    "Nothing to report in ",
    "No posting was checked.",
    "::notice title=jdlint",
)
_FIRST_LINE = late(r".*: ((error|warning|note) [A-Z]+\d|failed: )|::\w+ file=.*title=jdlint")


def is_report(text: str) -> bool:
    """Whether *text* begins as a report for people or for a runner does, or as the evidence."""
    return text.startswith(_HEADS) or bool(_FIRST_LINE.match(text.partition("\n")[0]))
