"""What a run wants of a file, and what linting it gave."""

from typing import TYPE_CHECKING

import msgspec

from jdlint.model import Extent, Failure, Finding, SectionKind

if TYPE_CHECKING:
    from jdlint.checks.trace import Trace
    from jdlint.evidence import Record


class Marked(msgspec.Struct, frozen=True):
    """A posting's trace, and for each card and place what a finding there would be.

    The message of such a blank still has its placeholders.
    """

    trace: "Trace"
    blanks: dict[tuple[str, SectionKind], Finding]


class Ungrammared(msgspec.Struct, frozen=True):
    """Why grammar was not checked, though it was asked for, and how much went without it."""

    reason: str
    extent: Extent


class Result(msgspec.Struct, frozen=True):
    """What linting one file gave; *postings* counts the postings in it.

    *traces* are there when postings are to be compared. *again* says that the file's
    own result came before, and this is what its comparison with others gave. *records* say
    what was asked by law, if that is wanted; *unplaced* counts the postings of which no
    place is known, so that no law was held against them. *notices* are about the run as a
    whole; equal ones of several files are told once. *fixed* fixes were made in the file, or would
    be by *patch*; *content* is what they made of standard input.
    *ungrammared* is there if grammar was asked for and not checked, or not all of it.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    postings: int = 0
    traces: tuple[Marked, ...] = ()
    again: bool = False
    records: "tuple[Record, ...]" = ()
    unplaced: int = 0
    fixed: int = 0
    patch: bytes = b""
    content: bytes | None = None
    notices: tuple[str, ...] = ()
    ungrammared: Ungrammared | None = None


class Wanted(msgspec.Struct, frozen=True):
    """What a run wants besides findings.

    *traces* for postings that stand alone in their file, too; *evidence* of what the law
    asked. Suppressions are heeded unless *everything* is wanted.
    """

    traces: bool = False
    evidence: bool = False
    everything: bool = False


FINDINGS = Wanted()
"""Nothing but findings."""
