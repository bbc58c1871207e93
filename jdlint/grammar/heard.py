"""Which of LanguageTool's remarks are heard: by the configuration, and beside our own cards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from jdlint.grammar.findings import apart_from
from jdlint.model import Hit, PlainSpan, Severity, is_meant


def heard(
    found: Iterable[Hit], ours: Sequence[PlainSpan], codes: Mapping[str, str]
) -> Iterator[Hit]:
    """The hits of *found* where none of *ours* is, with the severity that *codes* give them.

    *codes* are ids of LanguageTool's rules, or their beginnings, that the configuration
    switches off or gives a severity.
    """
    for hit in apart_from(ours, found):
        said = next((s for name, s in codes.items() if is_meant(name, hit.code)), "on")
        if said.upper() in Severity.__members__:
            hit = replace(hit, severity=Severity[said.upper()])
        if said != "off":
            yield hit
