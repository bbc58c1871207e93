"""Which suggestions are taken: those that are safe enough, and none that overlap."""

from collections.abc import Iterable

from jdlint.model import Edit, Finding, Safety

Pick = tuple[Edit, ...]
"""The edits that take one suggestion, in order: all of them are made, or none."""


def picks(findings: Iterable[Finding], *, unsafe: bool) -> list[Pick]:
    """The first suggestion of each finding that may be taken, by place, none over another.

    Safe ones are right in every sentence; *unsafe* takes those, too, that should be read
    first. What is suppressed stays. What overlaps is left for another round.
    """
    wanted = (Safety.SAFE, Safety.SUGGESTION) if unsafe else (Safety.SAFE,)
    offered = [
        finding.edits[0]
        for finding in findings
        if finding.safety in wanted and not finding.suppressed and finding.edits
    ]
    taken: list[Pick] = []
    near: list[Pick] = []  # those that may reach over what comes next
    for pick in sorted(filter(None, offered), key=_place):
        near = [other for other in near if other[-1].end >= pick[0].start]
        if not any(_overlap(pick, other) for other in near):
            taken.append(pick)
            near.append(pick)
    return taken


def _place(pick: Pick) -> tuple[int, int]:
    return pick[0].start, pick[0].end


def _overlap(pick: Pick, other: Pick) -> bool:
    return any(a.start <= b.end and b.start <= a.end for a in pick for b in other)
