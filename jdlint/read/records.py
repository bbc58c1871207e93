"""Postings in JSON and YAML: which records are postings.

The names of keys are data (``rules/_data/records.yaml``). A record is a posting if its
type says so, or if it has a title and prose that other kinds of record do not have, or
that speaks of hiring (see :mod:`jdlint.read.likely`).
"""

import re
from collections.abc import Callable, Iterator
from collections.abc import Sequence as Several

from msgspec.structs import replace

from jdlint.model import SourceSpan
from jdlint.read.build import Builder, Reading, View
from jdlint.read.datum import datum, inside
from jdlint.read.fields import write_posting
from jdlint.read.keys import count_words, keys, kind_of, normal, path_of, title_of
from jdlint.read.likely import is_likely, is_stranger
from jdlint.read.offsets import Document, Field, Trouble
from jdlint.read.options import Options
from jdlint.read.tree import Mapping, Node, Scalar, Sequence, TreeError, scalars

_SOME_WORDS = 3
"""Words of prose that a record with a sure title must have."""

_MANY_WORDS = 30
"""Words of description that make a record with a likely title and a hint a posting."""


def read_json(text: str, options: Options, name: str = "") -> Reading:
    """The postings of a JSON file called *name*, one value or several (JSON Lines)."""
    from jdlint.read.jsonpos import parse

    return _read(text, "json", lambda: [parse(text)], options, name)


def read_yaml(text: str, options: Options, name: str = "") -> Reading:
    """The postings of a YAML file called *name*, one document or several."""
    from jdlint.read.yamlpos import parse

    return _read(text, "yaml", lambda: parse(text), options, name)


def read_json_ld(view: View, scripts: Several[tuple[int, int]], options: Options) -> Reading:
    """The postings of JSON-LD scripts that stand in the given ranges of a page."""
    from jdlint.read.jsonpos import parse

    finder = Finder(options, typed=True)
    troubles = []
    for start, end in scripts:
        try:
            finder.search(parse(view.text, start, end))
        except TreeError as error:
            if not re.search(r"\{\{|\{%|<%|<\?", view.text[start:end]):
                troubles.append(_damaged(view, error, "JSON-LD"))
    return Reading(_documents(view, finder.found, "html", options), tuple(troubles))


def _read(
    text: str, format_: str, parse: Callable[[], list[Node]], options: Options, name: str
) -> Reading:
    view = View(text)
    try:
        roots = parse()
    except TreeError as error:
        return Reading((), (_damaged(view, error, format_.upper()),))
    finder = Finder(options, name)
    for root in roots:
        finder.search(root)
    if finder.found:
        short = tuple(_short(record) for record in finder.short())
        asked = [f for root in roots if root not in finder.found for f in _directives(view, root)]
        return Reading(_documents(view, finder.found, format_, options, asked), short)
    detail = "no record with a title and a description of a job"
    return Reading((), (Trouble("JD908", None, {"detail": detail}),))


def _short(record: Mapping) -> Trouble:
    """What to say of a record beside postings that has hardly any prose."""
    title = title_of(record)
    name, place = (title[1].value, title[1]) if title else ("", record)
    words = sum(_prose(record).values())
    plural = "" if words == 1 else "s"
    detail = f"'{name}' has {words} word{plural} of description, and {_MANY_WORDS} are needed"
    return Trouble("JD914", SourceSpan(place.start, place.end), {"detail": detail})


def _damaged(view: View, error: TreeError, what: str) -> Trouble:
    at = min(error.offset, len(view.text))
    span = view.span(at, min(at + 1, len(view.text)))
    return Trouble("JD907", span, {"detail": f"{what}: {error.problem}"})


class Finder:
    """Finds the postings below nodes of a file called *name*; *typed*: only by their type.

    *found* has them in the order of the file.
    """

    def __init__(self, options: Options, name: str = "", *, typed: bool = False) -> None:
        self.found: list[Mapping] = []
        self._added = frozenset(map(path_of, options.prose_fields))
        self._name = name
        self._typed = typed
        self._lists: list[Sequence] = []

    def search(self, root: Node) -> None:
        """Look at *root* and all below it."""
        waiting: list[tuple[Node, bool]] = [(root, False)]
        while waiting:
            node, listed = waiting.pop()
            if isinstance(node, Sequence):
                self._lists.append(node)
                waiting.extend((item, listed) for item in reversed(node.items))
            elif isinstance(node, Mapping):
                if self._is_posting(node, listed):
                    self.found.append(node)
                else:
                    waiting.extend(
                        (value, normal(key.value) in keys().lists)
                        for key, value in reversed(node.items)
                    )

    def short(self) -> Iterator[Mapping]:
        """The records beside postings in a list that have a title too, but too little prose."""
        starts = {record.start for record in self.found}
        for several in self._lists:
            records = [item for item in several.items if isinstance(item, Mapping)]
            if any(record.start in starts for record in records):
                yield from (r for r in records if r.start not in starts and _is_stub(r))

    def _is_posting(self, record: Mapping, listed: bool) -> bool:
        if has_type(record):
            return True
        return not self._typed and _is_posting(record, listed, self._added, self._name)


def _is_stub(record: Mapping) -> bool:
    names = {normal(key.value) for key, _ in record.items}
    if title_of(record) is None or record.get("@type") is not None or is_stranger(names):
        return False
    return sum(_prose(record).values()) < _MANY_WORDS


def has_type(record: Mapping) -> bool:
    """Whether the record's own ``@type`` says that it is a posting."""
    node = record.get("@type")
    names = node.items if isinstance(node, Sequence) else [node]
    return any(
        isinstance(name, Scalar) and normal(re.split("[/#:]", name.value)[-1]) in keys().types
        for name in names
    )


def _is_posting(record: Mapping, listed: bool, added: frozenset[str], file: str) -> bool:
    """Whether a record without a type has a title and prose like a posting's."""
    title = title_of(record)
    if title is None:
        return False
    if added and any(path_of(name) in added for name, _ in scalars(record)):
        return True
    known = {normal(key.value): value for key, value in reversed(record.items)}
    prose = _prose(record)
    named = [key for key in prose if kind_of(key) != "main"]
    hinted = listed or not known.keys().isdisjoint(keys().hints)
    strange = is_stranger(known.keys()) and not hinted and not named
    if not known.keys().isdisjoint(keys().titles):
        return max(prose.values(), default=0) >= _SOME_WORDS and not strange
    if sum(prose[key] for key in named) >= _SOME_WORDS and (listed or len(named) > 1):
        return True
    if sum(prose.values()) < _MANY_WORDS:
        return False
    texts = [known[key] for key in prose]
    return hinted or (not strange and is_likely(title[1].value, texts, file))


def _prose(record: Mapping) -> dict[str, int]:
    """The keys of *record* whose values are prose, normalised, and how many words they hold."""
    known = {normal(key.value): value for key, value in reversed(record.items)}
    return {
        key: count_words(value)
        for key, value in known.items()
        if kind_of(key) is not None and key not in keys().perhaps_titles
    }


def _documents(
    view: View, found: list[Mapping], format_: str, options: Options, more: Several[Field] = ()
) -> tuple[Document, ...]:
    """A document for each posting; they are numbered if there are several.

    The first has *more* fields, which stand beside the postings.
    """
    made = []
    for number, record in enumerate(found, start=1):
        builder = Builder(format_)
        builder.fields.extend(more if number == 1 else ())
        builder.fields.extend(_fields(view, record))
        write_posting(view, record, builder, options)
        label = f"posting {number}" if len(found) > 1 else ""
        document = builder.document(label, _name(record))
        made.append(
            replace(document, data=(datum(view, record),)) if has_type(record) else document
        )
    return tuple(made)


def _directives(view: View, root: Node) -> Iterator[Field]:
    """What stands at the top of a file with several records and is meant for jdlint."""
    for key, value in root.items if isinstance(root, Mapping) else ():
        if key.value.startswith("jdlint-"):
            yield from _fields(view, value, key.value)


def _fields(view: View, node: Node, prefix: str = "") -> Iterator[Field]:
    """Every value below *node*, by its dotted name."""
    for name, scalar in scalars(node, prefix):
        yield Field(name, scalar.value, inside(view, scalar))


def _name(record: Mapping) -> str:
    """What identifies the posting: its id, else its title, else nothing."""
    known = {normal(key.value): value for key, value in reversed(record.items)}
    for key in keys().ids:
        value = known.get(key)
        if isinstance(value, Mapping):
            value = value.get("value")
        if isinstance(value, Scalar) and 0 < len(value.value) <= 100:
            return value.value
    title = title_of(record)
    return title[1].value if title else ""
