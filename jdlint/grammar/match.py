"""What LanguageTool saw, as jdlint keeps it."""

import msgspec


class Match(msgspec.Struct, frozen=True):
    """One remark, at code points of the text that LanguageTool was given."""

    rule: str
    category: str
    issue: str
    start: int
    end: int
    message: str
    replacements: tuple[str, ...] = ()
