"""textstat's counts of syllables and of sentences, told by word instead of by text.

The figures are textstat's own to the last digit: what a word is, it says itself. But it
spells out each word's pronunciation anew, and takes the punctuation out of each sentence to
see whether it has three words, which costs more than all the rest of a formula.
"""

from collections.abc import Callable

from jdlint.language.answers import Answers
from jdlint.language.late import late
from jdlint.language.syllables import Hyphenation, cmu_syllables

_SENTENCE = late(r"\b[^.!?]+[.!?]*")
_THREE_WORDS = late(r"\w\S*\s+\w\S*\s+\w")
"""Three stretches that begin with a letter are three words, whatever signs are taken out."""


def syllable_counter(list_words: Callable[..., list[str]], language: str) -> Callable[..., int]:
    """Stands for ``count_syllables``; *list_words* is textstat's."""
    hyphenation = Hyphenation(language)

    def of_word(word: str) -> int:
        known = cmu_syllables(word)
        return len(hyphenation.positions(word)) + 1 if known is None else known

    answers = Answers(of_word)

    def count_syllables(text: str, lang: str) -> int:  # noqa: ARG001 (we know one language)
        return sum(map(answers.__getitem__, list_words(text, lowercase=True)))

    return count_syllables


def sentence_counter(count_words: Callable[[str], int]) -> Callable[[str], int]:
    """Stands for ``count_sentences``; *count_words* is textstat's."""

    def count_sentences(text: str) -> int:
        found: list[str] = _SENTENCE.findall(text)
        short = [s for s in found if not _THREE_WORDS.match(s) and count_words(s) <= 2]
        return max(1, len(found) - len(short)) if text else 0

    return count_sentences
