"""Verbs after another subject: what "is" or "works" becomes when "he" becomes "they".

Nothing here guesses: a word that is not plainly a verb gets no answer.
"""

_BECOMES = {
    "is": "are", "was": "were", "has": "have", "does": "do", "goes": "go",
    "isn't": "aren't", "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip
_UNCHANGED = frozenset(
    (
        "can", "can't", "cannot", "could", "couldn't", "did", "didn't", "had", "hadn't", "may",
        "might", "must", "mustn't", "need", "needn't", "ought", "shall", "should", "shouldn't",
        "will", "won't", "would", "wouldn't",
    )
)  # fmt: skip
"""Verbs that are the same after every subject."""
_ADVERBS = frozenset(
    (
        "again", "also", "alone", "already", "always", "both", "either", "even", "ever", "first",
        "indeed", "just", "later", "never", "next", "not", "now", "often", "once", "perhaps",
        "quite", "rather", "regularly", "seldom", "sometimes", "soon", "still", "then", "therefore",
        "thus", "together", "too", "usually", "very", "well",
    )
)  # fmt: skip
_NO_VERB = frozenset(
    (
        "afterwards", "alas", "always", "as", "besides", "downstairs", "hers", "his", "its",
        "lots", "nowadays", "ours", "overseas", "perhaps", "plus", "sometimes", "theirs", "thus",
        "this", "towards", "unless", "upstairs", "us", "versus", "whereas", "yes", "yours",
    )
)  # fmt: skip
_KEEP_THEIR_S = frozenset(("bias", "canvas", "focus"))
_AFTER_IS = frozenset(
    ("a", "able", "an", "available", "eligible", "going", "not", "our", "ready", "responsible",
     "successful", "suitable", "the", "unable", "willing", "your")
)  # fmt: skip
"""After "he's" these tell that it means "he is" ("he's worked" means "he has")."""
_NO_NOUN = frozenset(
    (
        "a", "about", "after", "an", "and", "are", "as", "at", "because", "before", "but", "by",
        "can", "down", "during", "for", "from", "her", "his", "how", "if", "in", "into", "is",
        "may", "must", "of", "off", "on", "or", "our", "out", "over", "should", "so", "than",
        "that", "the", "their", "this", "through", "to", "until", "up", "was", "what", "when",
        "where", "which", "while", "who", "why", "will", "with", "without", "your",
    )
)  # fmt: skip
_TWO_OBJECTS = frozenset(
    (
        "ask", "bring", "buy", "give", "gives", "have", "hear", "help", "helps", "let", "lets",
        "make", "makes", "offer", "offers", "pay", "pays", "see", "send", "sends", "show",
        "shows", "teach", "tell", "watch", "wish",
    )
)  # fmt: skip
"""After these "her" before a noun or a verb may be either "them" or "their"."""
BE_OR_DO = frozenset(_BECOMES)
"""Forms of be, have, do and go that belong to one third person."""


def is_adverb(word: str) -> bool:
    """Whether *word* (lower case) may stand between a subject and its verb."""
    return word in _ADVERBS or (len(word) > 4 and word.endswith("ly") and word != "family")


def with_plural(verb: str) -> str | None:
    """What *verb* (lower case), found after a subject like "he", is after "they" or "you".

    The same word where nothing changes; None if the word is not plainly a verb.
    """
    if verb in _BECOMES:
        return _BECOMES[verb]
    if verb in _UNCHANGED or (len(verb) > 4 and verb.endswith("ed")):
        return verb
    return _base(verb) if third_person(verb) else None


def third_person(word: str) -> bool:
    """Whether *word*, if it is a verb, has the ending of one third person ("works")."""
    return (
        len(word) > 3
        and word.isalpha()
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "as"))
        and word not in _NO_VERB
    )


def _base(verb: str) -> str:
    """The form without the -s of a third person."""
    if verb.endswith("ies"):
        return verb[:-1] if len(verb) == 4 else verb[:-3] + "y"
    stem = verb.removesuffix("es")
    sibilant = stem.endswith(("ch", "sh", "ss", "x", "zz", "o")) and not stem.endswith("ach")
    known = stem in _KEEP_THEIR_S or stem.endswith(("each", "oach", "tach"))
    return stem if stem != verb and (sibilant or known) else verb[:-1]


def contraction(ending: str, following: str) -> str | None:
    """The ending ("re", "ve", "ll", "d") of "they" for that of "he" before *following*.

    Both in lower case; None where "he's" may be either "he is" or "he has".
    """
    if ending in ("ll", "d"):
        return ending
    if following in ("been", "got", "had"):
        return "ve"
    if following in _AFTER_IS or (following.endswith("ing") and len(following) > 4):
        return "re"
    return None


def plural_of_her(before: str, after: str) -> str:
    """Whether "her" is "their" or "them" between two words (lower case, "" for none).

    "" where it cannot be told: "give her work", "let her work".
    """
    if not after or after in _NO_NOUN:
        return "them"
    return "" if before in _TWO_OBJECTS or is_adverb(after) else "their"
