"""What a card shows: examples with their circumstances, and its sources."""

import msgspec

from jdlint.law.declared import Law


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts of a card have in common: frozen, and no unknown keys."""


class Reference(Strict, frozen=True):
    """A source for a card: *title*, *url*, and the date on which it was read, if known."""

    title: str
    url: str = ""


class Setting(Strict, frozen=True):
    """The circumstances of an example: the configuration that differs from the default.

    *reject* has phrases that the organisation rejects, and what it writes instead; *law* are
    places and facts that it declares.
    """

    dialect: str = ""
    as_of: str = ""
    max_file_size: int = 0
    options: dict[str, int | float | str | bool | list[str]] = {}
    reject: dict[str, str] = {}
    headings: dict[str, list[str]] = {}
    law: Law = Law()


class Example(Strict, frozen=True):
    """A posting, or a part of one, in *format* (markdown, text, html, docx, json, yaml).

    For a card about the configuration, *format* is ``configuration``.

    *base64* holds the bytes of a file that cannot be written as text.

    *finds* lists the matched texts in order (or, for findings about the whole posting,
    one empty string each); None means at least one finding (bad) or none (good).
    """

    text: str = ""
    base64: str = ""
    finds: list[str] | None = None
    format: str = "markdown"
    setting: Setting = Setting()


class Examples(Strict, frozen=True):
    """Texts on which the card must speak (*bad*) and must be silent (*good*)."""

    bad: list[str | Example]
    good: list[str | Example]
