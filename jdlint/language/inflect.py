"""Regular English endings, for terms and the words suggested in their place.

Irregular forms are written out in the cards.
"""

_VOWELS = "aeiou"
_SIBILANT = ("s", "x", "z", "ch", "sh")


def plural(noun: str) -> str:
    """The regular plural of the last word of *noun* (also the -s form of a verb)."""
    if noun.endswith(_SIBILANT):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("man"):
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
    return [form + space + rest for form in (plural(verb), past(verb), gerund(verb))]
