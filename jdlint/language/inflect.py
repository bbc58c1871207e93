"""Regular English endings, for terms and the words suggested in their place.

Irregular forms are written out in the cards.
"""

_VOWELS = "aeiou"
_SIBILANT = ("s", "x", "z", "ch", "sh")
_HEAD_ENDS = frozenset(
    ("about", "around", "at", "by", "for", "from", "in", "of", "on", "that", "to", "under", "who",
     "with", "without")
)  # fmt: skip
_PLURALS = {"person": "people", "child": "children"}
_MEN = ("human", "german", "roman", "ottoman", "shaman", "talisman")
_MANY = frozenset(("people", "staff", "everybody", "everyone", "women", "men", "children"))


def plural(noun: str) -> str:
    """The plural of *noun*: of its last word, or of the one before "of", "who" and the like."""
    head = _head(noun)
    return _with_s(head) + noun[len(head) :]


def is_plural(noun: str) -> bool:
    """Whether *noun* seems to stand for many, so that no "a" fits before it."""
    last = _head(noun).lower().rpartition(" ")[2]
    return last in _MANY or (last.endswith("s") and not last.endswith(("ss", "us", "is")))


def _head(noun: str) -> str:
    """*noun* up to its head word: "person" of "person to ask"."""
    first, *rest = noun.split(" ")
    ends = next((at for at, word in enumerate(rest) if word in _HEAD_ENDS), len(rest))
    return " ".join([first, *rest[:ends]])


def _with_s(noun: str) -> str:
    """*noun* with the -s of its plural (a verb with that of one third person)."""
    for one, many in _PLURALS.items():
        if noun.endswith(one):
            return noun.removesuffix(one) + many
    if noun.endswith(_SIBILANT):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("man") and not noun.endswith(_MEN):
        return noun[:-3] + "men"
    return noun + "s"


def past(verb: str) -> str:
    """The regular past form of *verb*."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def gerund(verb: str) -> str:
    """The -ing form of *verb*."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def _doubled(verb: str) -> str:
    """*verb* with its last letter doubled where one short vowel stands before it (plan)."""
    short = len(verb) in (3, 4) and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS
    return verb + verb[-1] if short and verb[-3] not in _VOWELS else verb


def verb_forms(phrase: str) -> list[str]:
    """The -s, -ed and -ing forms of a phrase whose first word is a verb ("crush it")."""
    verb, space, rest = phrase.partition(" ")
    return [form + space + rest for form in (_with_s(verb), past(verb), gerund(verb))]
