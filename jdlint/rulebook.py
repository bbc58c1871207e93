"""Which rules are on, with which severity and options, for which file."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from jdlint.checks import kinds, load
from jdlint.checks.card import AcrossCard, AnyCard, FileCard, Profile
from jdlint.checks.protocol import Checker
from jdlint.config import Config, Override, RuleSettings, Settled
from jdlint.model import ConfigError, Severity

_ORDER = {Profile.MINIMAL: 0, Profile.RECOMMENDED: 1, Profile.STRICT: 2}


class Rules(msgspec.Struct, frozen=True):
    """The cards in force for a file, their checkers, and all ids that exist."""

    cards: dict[str, AnyCard]
    checkers: tuple[Checker, ...]
    known: frozenset[str]
    dialect: str
    across: tuple[AcrossCard, ...] = ()

    def severity(self, rule: str) -> Severity:
        """The severity of a card that is on."""
        return self.cards[rule].severity.severity


def catalogue(settled: Settled, *, whole: bool = True) -> list[AnyCard]:
    """All cards: the shipped ones, the named packs', and those of the configured folders.

    A run takes them without reasons and examples (not *whole*).
    """
    cards = list(load.shipped(whole=whole))
    for name in settled.config.packs:
        folder = _pack_folder(name, settled)
        cards += load.load_folder(folder, name, trusted=True, whole=whole)
    for name in settled.config.rule_folders:
        cards += load.load_folder(settled.folder / name, name, trusted=False, whole=whole)
    if settled.config.packs or settled.config.rule_folders:
        load.check_unique(cards)
    return sorted(cards, key=lambda c: c.id)


def _pack_folder(name: str, settled: Settled) -> Path:
    """The folder of an installed pack, found by its entry point in the group jdlint.packs."""
    from importlib.metadata import entry_points

    found = {e.name: e for e in entry_points(group="jdlint.packs")}
    if name not in found:
        installed = ", ".join(sorted(found)) or "none"
        raise ConfigError(
            f"the pack '{name}' is not installed (installed: {installed})", path=settled.file
        )
    return Path(str(found[name].load()()))


class Rulebook:
    """Answers which rules hold for a path; files with equal settings share their checkers."""

    def __init__(self, settled: Settled) -> None:
        self._settled = settled
        self.cards = catalogue(settled, whole=False)
        self._known = frozenset(k for c in self.cards for k in (c.id, c.name, c.category))
        self._made: dict[tuple[int, ...], Rules] = {}
        self._check_names(settled.config)
        for override in settled.config.overrides:
            self._check_names(override)

    @property
    def across(self) -> tuple[AcrossCard, ...]:
        """The cards that compare postings, as the configuration has them for all files."""
        return self._make([]).across

    def for_path(self, path: Path) -> Rules:
        """The rules for the file at *path*."""
        overrides = self._settled.config.overrides
        chosen = tuple(i for i, o in enumerate(overrides) if self._covers(o, path))
        if chosen not in self._made:
            self._made[chosen] = self._make([overrides[i] for i in chosen])
        return self._made[chosen]

    def _covers(self, override: Override, path: Path) -> bool:
        from jdlint.discover import matches

        return matches(path, override.paths, self._settled.folder)

    def _make(self, overrides: Sequence[Override]) -> Rules:
        config = self._settled.config
        for override in overrides:
            config = _laid_over(config, override)
        cards = {c.id: tuned(c, config) for c in self.cards if is_on(c, config)}
        checkers = kinds.build(list(cards.values()))
        across = tuple(c for c in cards.values() if isinstance(c, AcrossCard))
        return Rules(cards, tuple(checkers), self._known, config.dialect, across)

    def _check_names(self, config: Config | Override) -> None:
        """Raises ConfigError for a rule, category or tag that does not exist."""
        groups = {k for c in self.cards for k in (c.category, *c.tags)}
        known = sorted(self._known | groups | {"all"})
        for key, names in (("select", config.select), ("ignore", config.ignore)):
            for name in names or ():
                _known_name(name, known, key, self._settled.file)
        for name in config.rules:
            _known_name(name, sorted(self._known), "rules", self._settled.file)


def _known_name(name: str, known: list[str], key: str, path: str | None) -> None:
    if name in known:
        return
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    hint = f"; did you mean '{near[0]}'?" if near else "; 'jdlint rules' lists them"
    raise ConfigError(f"no rule, category or tag '{name}' (in '{key}'){hint}", path=path)


def _laid_over(config: Config, override: Override) -> Config:
    changes: dict[str, Any] = {
        key: value
        for key in ("profile", "select", "ignore", "dialect")
        if (value := getattr(override, key)) is not None
    }
    return msgspec.structs.replace(config, rules=config.rules | override.rules, **changes)


def is_on(card: AnyCard, config: Config) -> bool:
    """Whether *card* is on: chosen by *select* (else by the profile), and not ignored or off.

    Cards about the file itself stay on under *select*, so that an unreadable part is
    never silent; ignoring their category leaves them on, their id, name or tag does not.
    """
    about_file = isinstance(card, FileCard)
    if config.rules.get(card.id) == "off" or config.rules.get(card.name) == "off":
        return False
    ignored = [name for name in config.ignore if name != card.category or not about_file]
    if _named(card, ignored):
        return False
    if _named(card, config.select):
        return True
    if config.select and not about_file:
        return False
    set_here = card.id in config.rules or card.name in config.rules
    return set_here or _ORDER[card.profile] <= _ORDER[config.profile]


def _named(card: AnyCard, names: Iterable[str]) -> bool:
    own = {card.id, card.name, card.category, *card.tags, "all"}
    return any(name in own for name in names)


def tuned(card: AnyCard, config: Config) -> AnyCard:
    """*card* with the configured severity and options; raises ConfigError for a bad option."""
    raw = config.rules.get(card.id, config.rules.get(card.name))
    if raw is None or raw in ("off", "on"):
        return card
    settings = RuleSettings(severity=_level(raw, card)) if isinstance(raw, str) else raw
    changes: dict[str, Any] = dict(settings.options)
    if settings.severity is not None:
        changes["severity"] = settings.severity
    return _replaced(card, changes)


def _level(word: str, card: AnyCard) -> Any:
    from jdlint.checks.card import Level

    try:
        return Level(word)
    except ValueError:
        raise ConfigError(
            f"'{word}' is not allowed for rule {card.id}; use off, note, warning or error"
        ) from None


_TUNABLE = ("at_most", "at_least", "minimum_words", "distinct", "once", "severity", "likeness")


def _replaced(card: AnyCard, changes: dict[str, Any]) -> AnyCard:
    """*card* with *changes*: fields of its kind, or keys of a python card's options."""
    fields = {f for f in card.__struct_fields__ if f in _TUNABLE}
    own = getattr(card, "options", {})
    for key in changes:
        if key not in fields and key not in own:
            known = ", ".join(sorted((fields | set(own)) - {"severity"})) or "none"
            raise ConfigError(f"rule {card.id} has no option '{key}' (its options: {known})")
    direct = {k: v for k, v in changes.items() if k in fields}
    rest = {k: v for k, v in changes.items() if k not in fields}
    if rest:
        direct["options"] = own | rest
    whole = msgspec.to_builtins(card) | msgspec.to_builtins(direct)
    try:
        replaced: AnyCard = msgspec.convert(whole, AnyCard, strict=False)
    except msgspec.ValidationError as fault:
        message = str(fault).replace("`", "'").partition(" - at ")[0]
        raise ConfigError(f"the options of rule {card.id} cannot be used: {message}") from None
    return replaced
