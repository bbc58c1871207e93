"""What the keys of JSON and YAML postings mean: a table of names, and how names compare."""

from functools import cache, lru_cache

import msgspec

from jdlint.read.tree import Mapping, Node, Scalar, scalars
from jdlint.store import table


class Keys(msgspec.Struct, frozen=True):
    """What keys mean; see ``rules/_data/records.yaml``. All are normalised."""

    titles: frozenset[str]
    perhaps_titles: tuple[str, ...]
    types: frozenset[str]
    lists: frozenset[str]
    hints: frozenset[str]
    prose: dict[str, str]
    formats: tuple[str, ...]
    repeated: dict[str, frozenset[str]]
    heads: tuple[str, ...]
    bodies: tuple[str, ...]
    ids: tuple[str, ...]
    ignored: frozenset[str]


@cache
def keys() -> Keys:
    """The table of keys."""
    raw = table("records")
    return Keys(
        titles=frozenset(raw["titles"]),
        perhaps_titles=tuple(raw["perhaps_titles"]),
        types=frozenset(raw["types"]),
        lists=frozenset(raw["lists"]),
        hints=frozenset(raw["hints"]),
        prose={key: kind for kind, names in raw["prose"].items() for key in names},
        formats=tuple(raw["formats"]),
        repeated={key: frozenset(names) for key, names in raw["repeated"].items()},
        heads=tuple(raw["heads"]),
        bodies=tuple(raw["bodies"]),
        ids=tuple(raw["ids"]),
        ignored=frozenset(raw["ignored"]),
    )


@lru_cache(4096)
def normal(key: str) -> str:
    """*key* in lower case, letters and digits only."""
    return "".join(filter(str.isalnum, key)).casefold()


@lru_cache(4096)
def base_of(key: str) -> tuple[str, int]:
    """A normalised key without the format in its name, and how well that format is read."""
    for rank, ending in enumerate(keys().formats):
        if ending and key.endswith(ending) and len(key) > len(ending):
            return key.removesuffix(ending), rank
    return key, keys().formats.index("")


@lru_cache(4096)
def kind_of(key: str) -> str | None:
    """The kind of section that a normalised key announces, "main", or None if unknown."""
    prose = keys().prose
    return prose.get(key) or prose.get(base_of(key)[0])


def title_of(record: Mapping) -> tuple[Scalar, Scalar] | None:
    """The key and the value of a record's title."""
    short = [
        (normal(key.value), key, value)
        for key, value in record.items
        if isinstance(value, Scalar) and value.is_text and 0 < len(value.value.split()) <= 30
    ]
    for name, key, value in short:
        if name in keys().titles:
            return key, value
    for wanted in keys().perhaps_titles:
        for name, key, value in short:
            if name == wanted:
                return key, value
    return None


def count_words(node: Node) -> int:
    """The words in all texts below *node*."""
    return sum(len(found.value.split()) for _, found in scalars(node) if found.is_text)


def path_of(name: str) -> str:
    """A dotted name with each of its parts normalised."""
    return ".".join(map(normal, name.split(".")))
