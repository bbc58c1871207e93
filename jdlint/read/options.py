"""What a user can settle about reading."""

import msgspec


class Options(msgspec.Struct, frozen=True):
    """*prose_fields* are keys of JSON and YAML postings whose values are prose, by name."""

    prose_fields: tuple[str, ...] = ()
