"""What a kind of check is to the linter."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

import msgspec

from jdlint.law.declared import Law
from jdlint.model import Hit
from jdlint.posting.model import Posting


class Context(msgspec.Struct, frozen=True):
    """What a check may know besides the posting.

    *as_of* is the day against which dates are held; *dialect* is as configured ("auto", "UK");
    *accepted* are phrases that are never flagged (in lower case); *names* are company
    and product names; *law* has places and facts that are declared.
    """

    as_of: date
    dialect: str = "auto"
    accepted: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    law: Law = Law()


class Checker(Protocol):
    """The cards of one kind, ready to run; built once, used for many postings."""

    def hits(self, posting: Posting, context: Context) -> Iterator[Hit]:
        """What the cards see in *posting*, in any order; every hit names its card's id."""
