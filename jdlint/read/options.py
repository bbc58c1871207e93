"""What a user can settle about reading."""

import msgspec


class Options(msgspec.Struct, frozen=True):
    """What a user can settle.

    *prose_fields* are keys of JSON and YAML postings whose values are prose, by name.
    A file of more than *max_bytes* is not read. *hashed* asks for the SHA-256 of its bytes.
    """

    prose_fields: tuple[str, ...] = ()
    max_bytes: int = 20_000_000
    hashed: bool = False
