"""Puts cards to the test: every example of a card must come out as the card says."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from jdlint import store
from jdlint.audit import audit
from jdlint.checks import kinds, load
from jdlint.checks.card import (
    AcrossCard,
    AnyCard,
    FileCard,
    GrammarCard,
    TallyCard,
    TermsCard,
)
from jdlint.checks.example import Example
from jdlint.checks.phrases import forms_of, terms_of
from jdlint.checks.tally import sides
from jdlint.config import Config, Rejected, RuleSettings, Settled
from jdlint.language.words import fold, words
from jdlint.layers import from_yaml
from jdlint.linter import lint_source, read_options
from jdlint.model import Finding
from jdlint.outcome import Result
from jdlint.posting.own import OwnHeadings
from jdlint.read import read_bytes
from jdlint.rulebook import Rules, tuned
from jdlint.run import together

_ENDINGS = {
    "markdown": "md", "text": "txt", "html": "html", "docx": "docx", "json": "json",
    "yaml": "yaml",
}  # fmt: skip
_DAY = date(2026, 1, 1)
"""The day on which examples are judged, unless they name another."""


def cards_at(path: Path) -> list[AnyCard]:
    """The cards at *path*: a folder of cards, one card file, or part of jdlint's own rules.

    Raises CardError for the first card that is wrong.
    """
    root = store.rules_folder().resolve()
    own = path.resolve().is_relative_to(root)
    folder = root if own else _pack_folder(path.resolve())
    files = [(f.resolve(), f.read_bytes()) for f in load.card_files(path)]
    pack = load.OWN if own else folder.name
    cards = [load.parse_card(content, file, folder, pack, own) for file, content in files]
    load.check_unique(cards, folder, () if own else load.shipped())
    return cards


def _pack_folder(path: Path) -> Path:
    """The folder of the pack in which *path* (a card, a category or the pack itself) stands."""
    folder = path if path.is_dir() else path.parent
    return folder.parent if folder.name in load.CATEGORIES else folder


def faults(card: AnyCard, known: Iterable[str] = ()) -> list[str]:
    """Each way in which *card* does not do what its examples say; empty if all is well."""
    found: list[str] = []
    if isinstance(card, GrammarCard):
        return found  # its examples need a LanguageTool server
    matched: list[str] = []
    alone = _Alone(card, known)
    for number, raw in enumerate(card.examples.bad, 1):
        example = load.example(raw)
        got = alone.matches(example)
        matched += got
        if not got:
            found.append(f"bad example {number} is not found: {_short(example)}")
        elif example.finds is not None and got != example.finds:
            found.append(f"bad example {number} finds {got}, not {example.finds}")
    for number, raw in enumerate(card.examples.good, 1):
        got = alone.matches(load.example(raw))
        if got:
            found.append(
                f"good example {number} is reported for {got}: {_short(load.example(raw))}"
            )
    if isinstance(card, TermsCard):
        anywhere = _Alone(msgspec.structs.replace(card, duties=[], law_only=False), known)
        found += [*_unshown_terms(card, matched), *_deaf_terms(card, anywhere)]
    if isinstance(card, TallyCard):
        found += [fault for side in sides(card) for fault in _unshown_terms(side, matched)]
    return found


def _short(example: Example) -> str:
    return " ".join(example.text.split())[:70]


def matches(card: AnyCard, example: Example, known: Iterable[str] = ()) -> list[str]:
    """The texts that *card* alone reports in *example*, in order: each related place, if any."""
    return _Alone(card, known).matches(example)


class _Alone:
    """Runs in which only *card* is on; made once for each configuration."""

    def __init__(self, card: AnyCard, known: Iterable[str] = ()) -> None:
        self._card = card
        self._known = frozenset({card.id, card.name, *known})
        self._made: dict[bytes, Rules] = {}

    def matches(self, example: Example) -> list[str]:
        """The texts that the card reports in *example*, in order."""
        if example.format == "configuration":
            return _audited(self._card, example)
        config = _config(self._card, example)
        key = msgspec.json.encode(config)
        if key not in self._made:
            self._made[key] = self._rules(config)
        return _matches(self._made[key], config, example)

    def _rules(self, config: Config) -> Rules:
        alone = tuned(self._card, config)
        return Rules(
            {alone.id: alone},
            () if isinstance(alone, FileCard) else tuple(kinds.build([alone])),
            self._known,
            config.dialect,
            (alone,) if isinstance(alone, AcrossCard) else (),
            OwnHeadings(config.headings),
            config.law,
        )


def _matches(rules: Rules, config: Config, example: Example) -> list[str]:
    content = example.text.encode()
    if example.base64:
        import base64

        content = base64.b64decode(example.base64)
    name = f"example.{_ENDINGS.get(example.format, 'md')}"
    result = lint_source(
        read_bytes(content, name, read_options(config)), rules, config, config.as_of or _DAY
    )
    if result.failures:
        return [f.message for f in result.failures]
    findings = [*result.findings, *_compared(rules.across, result)]
    places = [place for f in findings for place in f.related or (f,)]
    return [" ".join(place.matched.split()) for place in places]


def _compared(cards: Sequence[AcrossCard], result: Result) -> Iterator[Finding]:
    """What *cards* see in the postings of one example together."""
    marked = [(result.path, one) for one in result.traces]
    yield from (f for more in together(marked, cards) for f in more.findings)


def _audited(card: AnyCard, example: Example) -> list[str]:
    """The texts that *card* reports in an example that is a configuration."""
    file = Path("jdlint.yaml")
    layers = from_yaml(example.text, file, Config)
    config = msgspec.convert(layers.values, Config, strict=False)
    settled = Settled(config, Path(), str(file), layers)
    return [finding.matched for finding in audit(settled, card, _DAY)]


def _config(card: AnyCard, example: Example) -> Config:
    setting = example.setting
    rules = {card.id: RuleSettings(options=setting.options)} if setting.options else {}
    day = date.fromisoformat(setting.as_of) if setting.as_of else None
    return msgspec.structs.replace(
        Config(),
        dialect=setting.dialect or "auto",
        as_of=day,
        rules=rules,
        headings=setting.headings,
        law=setting.law,
        max_file_size=setting.max_file_size or Config().max_file_size,
        reject=[Rejected(phrase, instead) for phrase, instead in setting.reject.items()],
    )


def _unshown_terms(card: TermsCard, matched: list[str]) -> Iterator[str]:
    """Terms that no bad example shows."""
    seen = {_keys(text) for text in matched}
    for term in terms_of(card):
        own = {f.phrase.keys for f in forms_of(term, 0)}
        own |= {_keys(hit) for hit in term.hits}
        if not own & seen:
            yield f"no bad example shows the term '{term.match or term.pattern}'"


def _deaf_terms(card: TermsCard, alone: _Alone) -> Iterator[str]:
    """Terms that do not find themselves."""
    if card.scope.sections or card.scope.blocks:
        return
    for term in terms_of(card):
        near = f" ({term.only_near[0]})" if term.only_near else ""
        for text in filter(None, (term.match, *term.also)):
            sentence = f"{text}{near} is what it says."
            shown = sentence if card.scope.body else f"# {sentence}"
            if not alone.matches(Example(text=shown)):
                yield f"the term '{text}' does not find itself in: {shown}"


def _keys(text: str) -> tuple[str, ...]:
    return tuple(w.key for w in words(fold(text)))
