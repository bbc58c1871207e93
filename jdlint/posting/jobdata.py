"""A schema.org JobPosting: the ways to its properties, and its facts as fields.

A property may be written with the address of schema.org before it, and any value may be a
list of values. A value that a template fills in later says nothing yet, and an object that
only refers to another one (``@id``) is not looked into.
"""

from collections.abc import Iterator

from jdlint.language.late import late
from jdlint.read.offsets import Datum, Field

_HOME = late(r"(?:https?://)?schema(?:\.org/|:)")
_TEMPLATE = late(r"\{\{|\{%|<%|<\?|\$\{|%\{|\[\[|#\{")
_NOTHING = frozenset({"", "null", "~", "undefined", "none", "n/a", "unavailable"})


def name_of(one: Datum) -> str:
    """The property under which a value stands, without the address of schema.org."""
    found = _HOME.match(one.key)
    return one.key[found.end() :] if found else one.key


def values(one: Datum, *path: str) -> list[Datum]:
    """The values of *one* by the way of the properties *path*; members of lists one by one."""
    found = _each(one)
    for name in path:
        found = [v for o in found for m in o.members if name_of(m) == name for v in _each(m)]
    return found


def _each(one: Datum) -> list[Datum]:
    return list(one.members) if one.kind == "list" else [one]


def says_something(one: Datum) -> bool:
    """Whether a value is more than an empty text, null or an empty object."""
    if one.kind in ("object", "list"):
        return any(says_something(m) for m in one.members if m.key != "@type")
    return one.value.strip().lower() not in _NOTHING


def is_open(one: Datum) -> bool:
    """Whether what a value says stands elsewhere: a template fills it, or it is a reference."""
    if one.kind == "object":
        return any(m.key == "@id" for m in one.members) and all(
            m.key.startswith("@") for m in one.members
        )
    return _TEMPLATE.search(one.value) is not None


def fields(one: Datum, names: frozenset[str]) -> tuple[Field, ...]:
    """The values of the properties *names* of *one* as fields; several places stay apart."""
    found = (f for m in one.members if (n := name_of(m)) in names for f in _fields(m, n))
    return tuple(found)


def _fields(one: Datum, name: str) -> Iterator[Field]:
    if one.kind == "list":
        for at, member in enumerate(one.members):
            yield from _fields(member, name if member.kind != "object" else f"{name}.{at}")
    elif one.kind == "object":
        for member in one.members:
            if not member.key.startswith("@"):
                yield from _fields(member, f"{name}.{name_of(member)}")
    elif says_something(one) and not is_open(one):
        yield Field(name, one.value, one.span)
