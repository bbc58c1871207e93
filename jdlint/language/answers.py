"""Answers about single words, kept in memory: postings are made of the same few thousand."""

from collections.abc import Callable
from typing import TypeVar

_Answer = TypeVar("_Answer")

_MOST = 1 << 14
_LONGEST = 50
"""Whatever is longer is no word, and may be part of a posting that nobody wants to keep."""


class Answers(dict[str, _Answer]):
    """What *ask* says of each word, asked once; for many words ``map`` its ``__getitem__``."""

    def __init__(self, ask: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> _Answer:
        """The answer for a *word* that is not kept."""
        answer = self._ask(word)
        if len(self) < _MOST and len(word) <= _LONGEST:
            self[word] = answer
        return answer
