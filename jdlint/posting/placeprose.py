"""Places in running text: "our Nottingham team", "a small school in Truro", "join us in Leeds"."""

from jdlint.posting.gazetteer import Spot, gazetteer
from jdlint.posting.lexicon import Words
from jdlint.posting.wording import wording

_REACH = 4
"""So many words may stand between an owner ("our") and what it owns ("team")."""

_ARTICLES = frozenset({"the", "downtown", "central", "greater", "beautiful", "sunny"})
"""Words between "in" and the name of a place."""

_FILLERS = frozenset({"full", "part", "time", "based", "here", "permanently"})
"""Words that may stand before "in" ("join our team full-time in Leeds")."""

_BESIDE = frozenset({"with", "alongside", "to", "from"})
"""Words in front of an owner that make a team one of colleagues elsewhere, or of customers."""


def is_home(words: Words, spot: Spot) -> bool:
    """Whether the text speaks of the city at *spot* as of a place where its author works."""
    return spot.city and (_has_home_behind(words, spot) or _has_home_before(words, spot))


def _has_home_behind(words: Words, spot: Spot) -> bool:
    """Whether "our" stands before the place and what is there behind it ("our Leeds studio")."""
    first = words.at(spot.start)
    last = words.before(spot.end)
    if not first or not _adjoin(words, first - 1):
        return False
    if words.keys[first - 1] not in gazetteer().owners or _is_elsewhere(words, first - 1):
        return False
    for at in range(last + 1, min(last + 3, len(words.keys))):
        if not _adjoin(words, at - 1) or words.written(at)[0].isupper():
            return False
        if words.keys[at] in gazetteer().homes:
            return True
    return False


def _has_home_before(words: Words, spot: Spot) -> bool:
    """Whether the place is one that something of ours is in ("our team in Leeds")."""
    known, at = gazetteer(), words.at(spot.start)
    if at and words.keys[at - 1] in _ARTICLES:
        at -= 1
    if at < 2 or words.keys[at - 1] not in known.inside:
        return False
    noun = at - 2
    while noun > max(0, at - 2 - _REACH) and words.keys[noun] in _FILLERS:
        noun -= 1
    if not all(_adjoin(words, n) for n in range(noun, at)):
        return False
    if words.keys[noun] in known.deeds:
        return not noun or words.keys[noun - 1] not in known.strangers
    role = words.keys[noun] in wording().roles
    return (role or words.keys[noun] in known.homes) and _is_owned(words, noun)


def _is_owned(words: Words, noun: int) -> bool:
    """Whether an owner such as "our", or a number, stands close before the word *noun*."""
    for at in range(noun - 1, max(noun - 2 - _REACH, -1), -1):
        if not _adjoin(words, at):
            return False
        if words.keys[at].isdigit():
            return True
        if words.keys[at] in gazetteer().owners:
            return not _is_elsewhere(words, at)
    return False


def _is_elsewhere(words: Words, owner: int) -> bool:
    """Whether the word before an owner makes it one of others: "with our", "for a"."""
    if not owner or not _adjoin(words, owner - 1):
        return False
    before = words.keys[owner - 1]
    return before in _BESIDE or (before == "for" and words.keys[owner] in ("a", "an"))


def _adjoin(words: Words, at: int) -> bool:
    """Whether nothing but a blank or a hyphen parts word *at* from the next one."""
    return words.text[words.end(at) : words.starts[at + 1]] in (" ", "-", "\n", "'")
