"""Headings of an organisation's own: wordings that its configuration names for a kind.

A label above the wordings is a kind, several with commas between them ("pay, location"), or a
kind of the organisation's own. Sections of such a kind are ``other`` and bear its name.
"""

from collections.abc import Iterator, Mapping, Sequence

from jdlint.language.late import late
from jdlint.model import SectionKind
from jdlint.posting.headings import Verdict, readings
from jdlint.posting.wording import key, kinds

_NAME = late(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_KNOWN = frozenset(kind.value for kind in SectionKind)
_ALIKE = 0.85
"""A name so like that of a known kind (0 to 1) is a misspelling of it."""


class OwnHeadings:
    """The verdicts on headings that a configuration names; one object for one configuration."""

    def __init__(self, wordings: Mapping[str, Sequence[str]]) -> None:
        self._verdicts = {
            key(wording): _verdict(label) for label, many in wordings.items() for wording in many
        }

    def verdict(self, heading: str) -> Verdict | None:
        """What *heading* announces by a wording of the organisation's own, else None."""
        if not self._verdicts:
            return None
        found = (self._verdicts.get(text) for text in readings(heading))
        return next((verdict for verdict in found if verdict), None)


NONE = OwnHeadings({})
"""No wordings beyond those that come with jdlint."""


def _verdict(label: str) -> Verdict:
    known, own = _KNOWN.issuperset(_names(label)), label.strip()
    if known:
        return Verdict(kinds(label), 0.95, "lookup")
    return Verdict((SectionKind.OTHER,), 0.95, "lookup", own)


def _names(label: str) -> list[str]:
    return [part.strip() for part in label.split(",")]


def own_kinds(wordings: Mapping[str, Sequence[str]]) -> list[str]:
    """The kinds among the labels of *wordings* that are the organisation's own."""
    return [label.strip() for label in wordings if not _KNOWN.issuperset(_names(label))]


def faults(wordings: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Each mistake in *wordings*: the label it stands under, and what to do about it."""
    seen: dict[str, str] = {}
    for label, many in wordings.items():
        if fault := _fault_of_label(label):
            yield label, fault
        for wording in many:
            text = key(wording)
            if not text:
                yield label, f"'{wording}' holds no word; write a heading as it stands in postings"
            elif text in seen:
                yield (
                    label,
                    f"'{wording}' stands under '{seen[text]}' already; keep it once "
                    "(a heading for two kinds stands under both: 'pay, location')",
                )
            seen.setdefault(text, label)


def _fault_of_label(label: str) -> str | None:
    names = _names(label)
    unknown = [name for name in names if name not in _KNOWN]
    if not unknown:
        return None
    if near := _misspelt(unknown[0]):
        return f"there is no kind '{unknown[0]}'; did you mean '{near}'?"
    if len(names) > 1:
        return f"'{unknown[0]}' is no kind of ours; a kind of your own stands alone"
    if not _NAME.match(unknown[0]):
        return f"'{label}' is no name for a kind; write it in lower case, as 'school-visits'"
    return None


def _misspelt(name: str) -> str | None:
    """The known kind of which *name* is a misspelling."""
    import difflib

    near = difflib.get_close_matches(name.lower(), sorted(_KNOWN), 1, _ALIKE)
    return near[0] if near else None
