"""Text for XML reports."""

import re
from collections.abc import Mapping

from jdlint.language.late import late

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

_FORBIDDEN = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STEERING = late(
    r"[\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?<=##)\[|(?<=##vso)\[", re.I
)  # what could steer a terminal or a CI runner
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\r": "&#13;"}
_TABLE = str.maketrans(_ESCAPES | {"\n": "&#10;"})


def text(value: str) -> str:
    """*value* for an element or an attribute; what XML cannot hold becomes U+FFFD."""
    escaped = _FORBIDDEN.sub("\ufffd", value).translate(_TABLE)
    return _STEERING.sub(lambda m: f"&#{ord(m[0])};", escaped)


def attributes(values: Mapping[str, object]) -> str:
    """*values* as attributes, each with a blank before it; None is left out."""
    given = ((name, value) for name, value in values.items() if value is not None)
    return "".join(f' {name}="{text(str(value))}"' for name, value in given)


def comment(value: str) -> str:
    """*value* as a comment, in which two hyphens may not meet."""
    return f"<!-- {re.sub('-(?=-)', '- ', text(value))} -->"
