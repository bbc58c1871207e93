"""Which rules are on, with which severity and options, for which file."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from jdlint.checks import kinds, load
from jdlint.checks.card import (
    AcrossCard,
    AnyCard,
    DisclosureCard,
    FileCard,
    GrammarCard,
    Level,
    Profile,
    RequiredSectionCard,
)
from jdlint.checks.protocol import Checker
from jdlint.config import Config, Override, RuleSettings, Settled
from jdlint.house import is_configured, with_rejected
from jdlint.law.declared import Law
from jdlint.model import Severity, Steps, is_code
from jdlint.nearest import hint
from jdlint.posting.own import NONE, OwnHeadings, own_kinds

_ORDER = {Profile.MINIMAL: 0, Profile.RECOMMENDED: 1, Profile.STRICT: 2}


class Rules(msgspec.Struct, frozen=True):
    """The cards in force for a file, their checkers, all ids that exist, and own headings.

    *law* has the places and facts that are declared for the file. *by_place*: some cards ask
    what the law of the place of work wants to read.
    *grammar* has all cards that share LanguageTool's remarks out, if one of them is on.
    *codes* are ids of LanguageTool's rules that the configuration switches off or gives a
    severity.
    """

    cards: dict[str, AnyCard]
    checkers: tuple[Checker, ...]
    known: frozenset[str]
    dialect: str
    across: tuple[AcrossCard, ...] = ()
    own: OwnHeadings = NONE
    law: Law = Law()
    by_place: bool = False
    grammar: tuple[GrammarCard, ...] = ()
    codes: dict[str, str] = {}

    @property
    def unheard(self) -> frozenset[str]:
        """Ids, names and categories that say nothing unless grammar is checked."""
        return frozenset(k for c in self.grammar for k in (c.id, c.name, c.category))

    def severity(self, rule: str) -> Severity:
        """The severity of a card that is on."""
        return self.cards[rule].severity.severity


def catalogue(settled: Settled, *, whole: bool = True) -> list[AnyCard]:
    """All cards: the shipped ones, the named packs', and those of the configured folders.

    A run takes them without reasons and examples (not *whole*).
    """
    cards = list(load.shipped(whole=whole))
    for number, name in enumerate(settled.config.packs):
        folder = _pack_folder(name, number, settled)
        cards += load.load_folder(folder, name, trusted=True, whole=whole)
    for number, name in enumerate(settled.config.rule_folders):
        folder = _rule_folder(name, number, settled)
        cards += load.load_folder(folder, name, trusted=False, whole=whole)
    if settled.config.packs or settled.config.rule_folders:
        load.check_unique(cards)
    return sorted(cards, key=lambda c: c.id)


def _pack_folder(name: str, number: int, settled: Settled) -> Path:
    """The folder of an installed pack, found by its entry point in the group jdlint.packs."""
    from importlib.metadata import entry_points

    found = {e.name: e for e in entry_points(group="jdlint.packs")}
    if name not in found:
        installed = f"use one of {', '.join(sorted(found))}" if found else "there is none"
        message = f"the pack '{name}' is not installed; {hint(name, found, installed)}"
        raise settled.fault(message, "packs", number)
    try:
        return Path(str(found[name].load()()))
    except Exception as fault:
        message = f"the pack '{name}' cannot be loaded: {type(fault).__name__}: {fault}"
        raise settled.fault(message, "packs", number) from None


def _rule_folder(name: str, number: int, settled: Settled) -> Path:
    """The folder of cards called *name*, counted from the file that names it."""
    place = settled.layers.place(("rule_folders", number))
    folder = (Path(place.path).parent if place else settled.folder) / name
    if not folder.is_dir():
        raise settled.fault(f"there is no folder of cards '{name}'", "rule_folders", number)
    return folder


class Rulebook:
    """Answers which rules hold for a path; files with equal settings share their checkers."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled
        self.cards = catalogue(settled, whole=False)
        self._known = frozenset(k for c in self.cards for k in (c.id, c.name, c.category))
        self._made: dict[tuple[int, ...], Rules] = {}
        self._own = OwnHeadings(settled.config.headings)
        verify_names(settled, self.cards)

    @property
    def across(self) -> tuple[AcrossCard, ...]:
        """The cards that compare postings, as the configuration has them for all files."""
        return self._rules(()).across

    def for_path(self, path: Path) -> Rules:
        """The rules for the file at *path*."""
        overrides = self.settled.config.overrides
        return self._rules(tuple(i for i, o in enumerate(overrides) if self._covers(o, path)))

    def _rules(self, chosen: tuple[int, ...]) -> Rules:
        """The rules under the overrides *chosen* by their numbers; made once."""
        if chosen not in self._made:
            overrides = self.settled.config.overrides
            self._made[chosen] = self._make([overrides[i] for i in chosen])
        return self._made[chosen]

    def _covers(self, override: Override, path: Path) -> bool:
        from jdlint.discover import matches

        return matches(path, override.paths, self.settled.folder)

    def _make(self, overrides: Sequence[Override]) -> Rules:
        config = self.settled.config
        for override in overrides:
            config = _laid_over(config, override)
        cards = {c.id: tuned(c, config) for c in self.cards if is_on(c, config)}
        self._check_kinds(cards.values())
        checkers = kinds.build(list(cards.values()))
        across = tuple(c for c in cards.values() if isinstance(c, AcrossCard))
        grammar = tuple(c for c in self.cards if isinstance(c, GrammarCard))
        return Rules(
            cards,
            tuple(checkers),
            self._known,
            config.dialect,
            across,
            self._own,
            config.law,
            any(isinstance(card, DisclosureCard) for card in cards.values()),
            grammar if any(card.id in cards for card in grammar) else (),
            codes(config),
        )

    def _check_kinds(self, cards: Iterable[AnyCard]) -> None:
        """Raises ConfigError for a card that asks for a kind which the configuration lacks."""
        asking = [c for c in cards if isinstance(c, RequiredSectionCard) and c.own_kinds]
        if not asking:
            return
        named = own_kinds(self.settled.config.headings)
        for card in asking:
            for kind in set(card.own_kinds).difference(named):
                raise self.settled.fault(
                    f"rule {card.id} asks for sections of the kind '{kind}': name the headings "
                    f"of such sections under 'headings: {{{kind}: [...]}}', or switch the rule off",
                    "headings",
                )


def verify_names(settled: Settled, cards: Sequence[AnyCard]) -> None:
    """Raises ConfigError where the configuration asks for something that *cards* do not have."""
    _verify_part(settled, settled.config, (), cards)
    for number, override in enumerate(settled.config.overrides):
        _verify_part(settled, override, ("overrides", number), cards)


def _verify_part(
    settled: Settled, config: Config | Override, steps: Steps, cards: Sequence[AnyCard]
) -> None:
    if not (config.select or config.ignore or config.rules):
        return
    rules = {key: card for card in cards for key in (card.id, card.name)}
    known = [*rules, *sorted({k for c in cards for k in (c.category, *c.tags)}), "all"]
    for key, names in (("select", config.select), ("ignore", config.ignore)):
        for number, name in enumerate(names or ()):
            if name not in known and not (key == "ignore" and is_code(name)):
                near = hint(name, known, "'jdlint rules' lists them")
                message = f"there is no rule, category or tag '{name}'; {near}"
                raise settled.fault(message, *steps, key, number)
    for name, setting in config.rules.items():
        here = (*steps, "rules", name)
        if is_code(name) and isinstance(setting, str):
            continue
        if name not in rules:
            near = hint(name, rules, "'jdlint rules' lists them")
            raise settled.fault(f"there is no rule '{name}'; {near}", *here, key=True)
        if isinstance(setting, RuleSettings):
            _verify_options(settled, setting, here, rules[name])


def _verify_options(settled: Settled, setting: RuleSettings, steps: Steps, card: AnyCard) -> None:
    known = sorted(options_of(card))
    for option, value in setting.options.items():
        here = (*steps, "options", option)
        if option not in known:
            listed = f"its options: {', '.join(known)}" if known else "it has none"
            near = hint(option, known, listed)
            message = f"rule {card.id} ({card.name}) has no option '{option}'; {near}"
            raise settled.fault(message, *here, key=True)
        try:
            _replaced(card, {option: value})
        except msgspec.ValidationError as fault:
            from jdlint.schema import in_words

            message = f"'{value}' does not fit the option '{option}': {in_words(str(fault))}"
            raise settled.fault(message, *here) from None


def _laid_over(config: Config, override: Override) -> Config:
    changes: dict[str, Any] = {
        key: value
        for key in ("profile", "select", "ignore", "dialect", "law")
        if (value := getattr(override, key)) is not None
    }
    return msgspec.structs.replace(config, rules=config.rules | override.rules, **changes)


def is_on(card: AnyCard, config: Config) -> bool:
    """Whether *card* is on: chosen by *select* (else by the profile), and not ignored or off.

    Cards about the file itself stay on under *select*, so that an unreadable part is
    never silent; ignoring their category leaves them on, their id, name or tag does not.
    The card for rejected phrases is off where there are none.
    """
    if is_configured(card) and not config.reject:
        return False
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


def codes(config: Config) -> dict[str, str]:
    """Rules of LanguageTool's by id, and what the configuration says of them: off or a severity."""
    found = {name: "off" for name in config.ignore if is_code(name)}
    settings = {k: v for k, v in config.rules.items() if is_code(k) and isinstance(v, str)}
    return settings | found


def _named(card: AnyCard, names: Iterable[str]) -> bool:
    own = {card.id, card.name, card.category, *card.tags, "all"}
    return any(name in own for name in names)


def tuned(card: AnyCard, config: Config) -> AnyCard:
    """*card* with the severity and options that *config*, which was verified, gives it."""
    if is_configured(card):
        card = with_rejected(card, config.reject)
    setting = config.rules.get(card.id, config.rules.get(card.name))
    if setting is None or setting in ("off", "on"):
        return card
    if isinstance(setting, str):
        setting = RuleSettings(severity=Level(setting))
    changes: dict[str, Any] = dict(setting.options)
    if setting.severity is not None:
        changes["severity"] = setting.severity
    return _replaced(card, changes)


_TUNABLE = ("at_most", "at_least", "minimum_words", "distinct", "once", "likeness")


def options_of(card: AnyCard) -> set[str]:
    """What a configuration may change about *card* besides its severity."""
    return {f for f in card.__struct_fields__ if f in _TUNABLE} | set(getattr(card, "options", {}))


def _replaced(card: AnyCard, changes: dict[str, Any]) -> AnyCard:
    """*card* with *changes*: fields of its kind, or keys of a python card's options."""
    own = getattr(card, "options", {})
    direct = {k: v for k, v in changes.items() if k not in own}
    rest = {k: _like(own[k], v) for k, v in changes.items() if k in own}
    if rest:
        direct["options"] = own | rest
    whole = msgspec.to_builtins(card) | msgspec.to_builtins(direct)
    replaced: AnyCard = msgspec.convert(whole, AnyCard, strict=False)
    return replaced


def _like(model: Any, value: Any) -> Any:
    """*value* as the type of *model*; raises msgspec.ValidationError.

    Cards keep the numbers of their options as text, as YAML has them; TOML has real numbers.
    """
    if isinstance(model, str) and isinstance(value, int | float):
        value = str(value).lower()
    type_ = list[str] if isinstance(model, list) else type(model)
    return msgspec.convert(value, type_, strict=False)
