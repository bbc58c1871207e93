"""The elements of HTML that are open while it is read, with the ends that are implied.

The rules are those of the HTML standard (section 13.1.2.4, optional tags, and 13.2.6.4),
kept with an index per name instead of a walk up the tree, so that 100,000 nested
elements cost no more than 100,000 in a row.
"""

from collections.abc import Iterable
from typing import Generic, TypeVar


def names_of(text: str) -> frozenset[str]:
    """The names that *text* lists, with white space between them."""
    return frozenset(text.split())


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu", "dir")
CELLS = ("td", "th")

VOID = names_of("area base br col embed hr img input link meta param source track wbr")
"""Elements without content."""

BLOCKS = names_of(
    """address article aside blockquote body caption center dd details dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li main menu nav ol
    p pre search section summary table tbody td tfoot th thead tr ul"""
)
"""Elements that begin on a new line."""

UNREAD = names_of(
    """audio button canvas datalist iframe map math noembed noframes noscript object option script
    select style svg template textarea title video"""
)
"""Elements whose content is never prose."""

_ROWS = ("thead", "tbody", "tfoot")
_ENDED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), LISTS),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "option": (("option",), ("select", "datalist")),
    "tr": (("tr", *CELLS, "caption"), ("table",)),
    **dict.fromkeys(CELLS, ((*CELLS, "caption"), ("table", "tr"))),
    **dict.fromkeys(_ROWS, ((*_ROWS, "tr", "caption"), ("table",))),
    **dict.fromkeys(HEADINGS, (HEADINGS, ("table", *CELLS))),
}
"""Which open elements a start tag ends, unless one of the second group stands between."""

_ENCLOSED: dict[str, tuple[str, ...]] = {
    "li": LISTS,
    "table": (),
    "body": (),
    "html": (),
    **dict.fromkeys((*_ROWS, "tr", *CELLS, "caption"), ("table",)),
}
"""Out of which elements an end tag cannot reach; the others are held by table and cell."""

_HOLD = ("table", "caption", *CELLS)

Held = TypeVar("Held")


class OpenElements(Generic[Held]):
    """The open elements, outermost first, each with what its reader wants to keep with it."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._held: list[Held] = []
        self._places: dict[str, list[int]] = {}
        self._blocks: list[int] = []

    def open(self, name: str, held: Held) -> None:
        """*name* begins; see :meth:`implied` for what that ends."""
        place = len(self._names)
        self._places.setdefault(name, []).append(place)
        if name in BLOCKS:
            self._blocks.append(place)
        self._names.append(name)
        self._held.append(held)

    def implied(self, name: str) -> list[Held]:
        """End what a start tag *name* ends without saying; innermost first."""
        ended: list[Held] = []
        if (open_p := self._places.get("p")) and name in BLOCKS:
            place = open_p[-1]
            ended = self._cut(place) if place > self._last(_HOLD) else []
        if name in _ENDED:
            names, fence = _ENDED[name]
            bound = self._last(fence)
            places = [p for n in names if (p := self._last((n,))) > bound]
            if places:
                ended += self._cut(min(places))
        return ended

    def close(self, name: str) -> list[Held]:
        """End *name* and all that is open in it, innermost first; nothing if it is not open.

        An element within the line does not end the blocks that are open in it.
        """
        places = self._places.get(name)
        if not places or (place := places[-1]) < self._last(_ENCLOSED.get(name, _HOLD)):
            return []
        if name not in BLOCKS and self._blocks and self._blocks[-1] > place:
            return []
        return self._cut(place)

    def close_all(self) -> list[Held]:
        """End everything, innermost first."""
        return self._cut(0)

    def innermost(self, names: Iterable[str]) -> Held | None:
        """What is kept with the innermost open element that bears one of *names*."""
        place = self._last(names)
        return self._held[place] if place >= 0 else None

    def top(self) -> Held | None:
        """What is kept with the innermost open element."""
        return self._held[-1] if self._held else None

    def depth(self, names: Iterable[str]) -> int:
        """How many open elements bear one of *names*."""
        return sum(len(self._places.get(name, ())) for name in names)

    def _last(self, names: Iterable[str]) -> int:
        """The place of the innermost element with one of *names*, or -1."""
        last = -1
        for name in names:
            if (places := self._places.get(name)) and places[-1] > last:
                last = places[-1]
        return last

    def _cut(self, place: int) -> list[Held]:
        ended = []
        while len(self._names) > place:
            self._places[self._names.pop()].pop()
            ended.append(self._held.pop())
        while self._blocks and self._blocks[-1] >= place:
            self._blocks.pop()
        return ended
