"""The shape of a rule card, one class per kind. See ``docs/cards.md`` for the meaning.

Unknown keys and wrong types are refused when a card is loaded (:mod:`jdlint.checks.load`).
"""

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from jdlint.checks.example import Examples, Reference
from jdlint.law.duty import Duty
from jdlint.model import Safety, SectionKind, Severity


class Profile(StrEnum):
    """The smallest profile in which a card is on: minimal < recommended < strict."""

    MINIMAL = "minimal"
    RECOMMENDED = "recommended"
    STRICT = "strict"


class Evidence(StrEnum):
    """What stands behind a rule, strongest first."""

    LAW = "law"
    EXPERIMENT = "experiment"
    GUIDANCE = "guidance"
    STYLE = "style"
    OPINION = "opinion"


class Level(StrEnum):
    """A severity as cards and configuration write it."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def severity(self) -> Severity:
        """The severity that it names."""
        return Severity[self.name]


class Inflection(StrEnum):
    """Which forms of a term are meant besides the one written down."""

    NONE = "none"
    NOUN = "noun"
    VERB = "verb"


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts of a card have in common: frozen, and no unknown keys."""


_IMMUNE = (SectionKind.EQUAL_OPPORTUNITY, SectionKind.ADJUSTMENTS)


class Scope(Strict, frozen=True):
    """Where a card looks. Empty lists mean everywhere.

    *sections* limits it, *not_sections* excludes; *blocks* names kinds of block
    (heading, paragraph, item, cell, field); *title* and *body* switch those parts off.
    """

    sections: list[SectionKind] = []
    not_sections: list[SectionKind] = msgspec.field(default_factory=lambda: list(_IMMUNE))
    blocks: list[str] = []
    title: bool = True
    body: bool = True


class Contexts(Strict, frozen=True):
    """The company a term may keep in which it is fine.

    *phrases* overlap the match; *before*, *after* and *near* are words or phrases within
    *within* words of it in the same block; *patterns* are RE2 expressions that overlap it;
    *sections* are kinds of section; *title* and *anywhere* are phrases that stand in the
    posting's title or anywhere in it. The switches: a capitalised word inside a sentence is
    a proper name (*names*; None leaves it to the card, which has it on), a negated clause
    (*negated*), words in quotation marks (*quoted*), a word of the posting's own title
    (*own_title*).
    """

    phrases: list[str] = []
    before: list[str] = []
    after: list[str] = []
    near: list[str] = []
    within: int = 3
    patterns: list[str] = []
    sections: list[SectionKind] = []
    title: list[str] = []
    anywhere: list[str] = []
    names: bool | None = None
    negated: bool = False
    quoted: bool = False
    own_title: bool = False


class Term(Strict, frozen=True):
    """A word or phrase, or an RE2 *pattern* with sample *hits* that it must match whole.

    A space in *match* also matches a hyphen or a line break. Case is ignored unless the
    term has a capital. *suggest* lists replacements of the same form as *match*; other
    forms are inflected like the match. *only_near* asks for one of these words within
    *within* words, in the same block. *safety* is that of the card if None. A *message* or
    a *severity* of its own goes before the card's.
    """

    match: str = ""
    also: list[str] = []
    pattern: str = ""
    hits: list[str] = []
    inflect: Inflection = Inflection.NONE
    suggest: list[str] = []
    unless: list[str] | Contexts = []
    only_near: list[str] = []
    within: int = 4
    safety: Safety | None = None
    message: str = ""
    severity: Level | None = None


class Pattern(Strict, frozen=True):
    """An RE2 *pattern* with sample *hits*, each of which it must match whole."""

    pattern: str
    hits: list[str]


class Card(Strict, frozen=True, tag_field="kind", kw_only=True):
    """What every card has. *id* is ``JD`` and three digits and never changes its meaning.

    *duties* are rows of law that may stand behind its findings: one that binds the posting is
    told with the finding and may make it graver. *law_only* cards are silent without one.
    Where a card that it *gives_way_to* (by id) speaks of the same words, it is silent.
    *last_reviewed* is the day on which the duties were last held against their sources.
    """

    id: str
    name: str
    severity: Level
    profile: Profile = Profile.RECOMMENDED
    since: str
    tags: list[str] = []
    summary: str
    message: str
    why: str
    evidence: Evidence
    references: list[Reference] = []
    examples: Examples
    scope: Scope = Scope()
    category: str = ""
    file: str = ""
    pack: str = "jdlint"
    duties: list[Duty] = []
    law_only: bool = False
    gives_way_to: list[str] = []
    last_reviewed: date | None = None


class TermsCard(Card, frozen=True, tag="terms", kw_only=True):
    """Words and phrases to avoid. Placeholders: match, suggest.

    *configured* cards are made for the terms that the configuration rejects, and have none
    before. *left_out* is a sum over the terms and their contexts, where a run does without
    them because they have been compiled already.
    """

    terms: list[str | Term]
    unless: list[str] | Contexts = []
    safety: Safety = Safety.SUGGESTION
    once: bool = False
    configured: bool = False
    left_out: str = ""


class TallyCard(Card, frozen=True, tag="tally", kw_only=True):
    """Words that say something only together: one hit for a posting that has enough of them.

    *terms* are counted; *against* are words that tell the other way. It speaks where the
    terms make up *at_least* in 100 words, *distinct* of them differ, and they outnumber
    those *against*, in at least *minimum_words* words of the text that its scope covers.
    Placeholders: match (some of the words), share, count, against, words.
    """

    terms: list[str | Term]
    against: list[str | Term] = []
    unless: list[str] | Contexts = []
    at_least: float
    distinct: int = 3
    minimum_words: int = 100


class TitleCard(Card, frozen=True, tag="title", kw_only=True):
    """What does not belong in the title of a posting; it speaks once. Placeholder: match.

    *words* are words and phrases, *patterns* RE2 expressions (with a group, the group is
    meant); both ignore case. Phrases under *unless* that overlap them make them fine.
    """

    words: list[str] = []
    patterns: list[Pattern] = []
    unless: list[str] = []


class RequiredWordsCard(Card, frozen=True, tag="required-words", kw_only=True):
    """Words of which a posting should have one, in its text or as the name of a field.

    *words* and *patterns* are as in :class:`TitleCard`; *fields* are names of fields that will
    do. Silent on postings of fewer than *minimum_words* words.
    """

    words: list[str] = []
    patterns: list[Pattern] = []
    fields: list[str] = []
    minimum_words: int = 150


class RequiredSectionCard(Card, frozen=True, tag="required-section", kw_only=True):
    """A section that a posting should have: one of *any_of*, by heading or by content.

    *own_kinds* are kinds that the configuration adds (``headings``), of which one will do too.

    Silent on postings of fewer than *minimum_words* words, unless at least three headings
    show how they are divided. Placeholder: section.
    """

    any_of: list[SectionKind] = []
    own_kinds: list[str] = []
    minimum_words: int = 0


class LimitCard(Card, frozen=True, tag="limit", kw_only=True):
    """A measure that should stay within bounds. Placeholders: value, limit.

    *measure* is one of the names in :data:`jdlint.checks.limit.MEASURES`.
    """

    measure: str
    at_most: float | None = None
    at_least: float | None = None
    minimum_words: int = 0


class ReadabilityCard(Card, frozen=True, tag="readability", kw_only=True):
    """A readability formula over the whole posting. Placeholders: value, limit, words.

    *formula* is one of the names in :data:`jdlint.language.readability.FORMULAS`; silent
    on fewer than *minimum_words* words of prose.
    """

    formula: str
    at_most: float | None = None
    at_least: float | None = None
    minimum_words: int = 200


class SpellingCard(Card, frozen=True, tag="spelling-consistency", kw_only=True):
    """Spellings of another dialect than the posting's.

    Placeholders: match, suggest, dialect, reason. The dialect is configured, or the
    posting's own majority decides (``auto``). *classes* are the questions a card covers:
    ``dialect`` (the other side's spelling), ``ise`` (-ise and -ize, on which British houses
    differ), ``sense`` (the spelling depends on the sense); none named means all.
    """

    classes: list[Literal["dialect", "ise", "sense"]] = []
    safety: Safety = Safety.SAFE


class VocabularyRow(Strict, frozen=True):
    """The British (*uk*) and the American (*us*) words for one thing, which *meaning* names.

    Under a configured dialect words of the other side are reported even where none of its own
    stands in the posting, if they are of a side named in *alone*. Words of a side that is not
    in *reported* are at home on the other side, too.
    """

    meaning: str
    uk: list[str | Term] = []
    us: list[str | Term] = []
    alone: list[Literal["uk", "us"]] = msgspec.field(default_factory=lambda: ["uk", "us"])
    reported: list[Literal["uk", "us"]] = msgspec.field(default_factory=lambda: ["uk", "us"])


class VocabularyCard(Card, frozen=True, tag="vocabulary", kw_only=True):
    """British and American words for one thing.

    *held_to*: ``itself`` reports the first word of the wrong side in each row that has
    words of both in one posting (placeholders: match, meaning, right, other, reason);
    ``country`` reports, once for each row, words that belong to another country than that
    of the work (match, meaning, side, where). *unless* is as for terms.
    """

    rows: list[VocabularyRow]
    unless: list[str] | Contexts = []
    held_to: Literal["itself", "country"] = "itself"


class PythonCard(Card, frozen=True, tag="python", kw_only=True):
    """A card whose brain is code: *check* is ``package.module:function``.

    The function takes the posting, the context and the card, and yields hits.
    *options* are its settings, which a configuration may override.
    """

    check: str
    options: dict[str, int | float | str | bool | list[str]] = {}
    safety: Safety = Safety.SHOW_ONLY


class AcrossCard(Card, frozen=True, tag="across", kw_only=True):
    """Postings of one run held against each other. Placeholders: other, what, number.

    *compare* says what: ``identity`` (ids and addresses), ``text`` (near-duplicates),
    ``statement`` (boilerplate of the kinds *sections*) or ``version`` (UK and US). Texts
    count as alike from *likeness* (0 to 1) on. An example with several postings is a list
    of them (JSON or YAML).
    """

    compare: Literal["identity", "text", "statement", "version"]
    likeness: float = 0.9
    sections: list[SectionKind] = []


class DisclosureCard(Card, frozen=True, tag="disclosure", kw_only=True):
    """What a posting should disclose, or how, by the law of the place of work.

    *requires* is one of the names in :data:`jdlint.law.requirements.REQUIREMENTS`; each of
    the duties is asked alone. *words* will do for the requirement ``words`` where a duty has
    none of its own. Silent on postings of fewer than *minimum_words* words. Placeholders:
    places, declare, match, detail.
    """

    requires: str
    words: list[str] = []
    minimum_words: int = 60


class GrammarCard(Card, frozen=True, tag="grammar", kw_only=True):
    """What LanguageTool sees, if grammar is checked at all. Placeholders: match, says.

    A match goes to the card that names its rule (*rules*: ids, or what they begin with), else
    to the one that names its category else its kind of issue.
    """

    rules: list[str] = []
    categories: list[str] = []
    issues: list[str] = []
    safety: Safety = Safety.SUGGESTION


class FileCard(Card, frozen=True, tag="file", kw_only=True):
    """What jdlint noticed about the file itself: unreadable parts, stray suppressions.

    The reader and the suppressions speak; the card has the words. Placeholder: detail.
    """


AnyCard = (
    TermsCard
    | TallyCard
    | TitleCard
    | RequiredWordsCard
    | RequiredSectionCard
    | LimitCard
    | ReadabilityCard
    | SpellingCard
    | VocabularyCard
    | PythonCard
    | AcrossCard
    | DisclosureCard
    | GrammarCard
    | FileCard
)
"""A card of any kind."""
