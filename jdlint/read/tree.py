"""What JSON and YAML have in common: mappings, sequences and scalars with their places."""

from collections.abc import Iterator

import msgspec

from jdlint.read.build import View

_LONGEST_NAME = 300
"""Dotted names are cut after so many characters, or deep nesting would take square time."""


DEEPEST = 200
"""Levels of nesting; beyond them a file is refused, for libyaml takes time by their square."""


class Scalar(msgspec.Struct):
    """A single value: its text, its half-open range in the view, and if it is a string.

    A format's reader makes it a class of its own that knows how the text was written.
    """

    start: int
    end: int
    value: str
    is_text: bool = True

    def view(self, within: View) -> View:
        """The text as a view whose pieces lead back to the file that *within* leads to."""
        raise NotImplementedError


class Mapping(msgspec.Struct):
    """Keys and their values, in order; a key may come twice."""

    start: int
    end: int
    items: list[tuple[Scalar, "Node"]]

    def get(self, key: str) -> "Node | None":
        """The value of the first *key*, which must be written exactly so."""
        return next((value for name, value in self.items if name.value == key), None)


class Sequence(msgspec.Struct):
    """Values one after the other."""

    start: int
    end: int
    items: list["Node"]


Node = Scalar | Mapping | Sequence


class TreeError(Exception):
    """Text that cannot be parsed: *problem* says why, *offset* where."""

    def __init__(self, problem: str, offset: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.offset = offset


def scalars(node: Node, name: str = "") -> Iterator[tuple[str, Scalar]]:
    """Every scalar below *node* with its dotted name, in the order of the file."""
    waiting: list[tuple[str, Node]] = [(name, node)]
    while waiting:
        name, node = waiting.pop()
        if isinstance(node, Scalar):
            yield name, node
        elif isinstance(node, Sequence):
            waiting.extend((name, item) for item in reversed(node.items))
        else:
            prefix = f"{name}."[:_LONGEST_NAME] if name else ""
            waiting.extend((prefix + key.value, value) for key, value in reversed(node.items))


def mappings(node: Node) -> Iterator[Mapping]:
    """Every mapping below *node*, itself included, in the order of the file."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            yield node
            waiting.extend(value for _, value in reversed(node.items))
        elif isinstance(node, Sequence):
            waiting.extend(reversed(node.items))
