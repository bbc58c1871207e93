"""Places in a sentence that are no places of work: what a job is closed to, where its boss is."""

import re
from collections.abc import Iterator, Set
from itertools import islice

from jdlint.language.late import late
from jdlint.posting.gazetteer import REGION, Spot, gazetteer, names, spots
from jdlint.posting.lexicon import Words
from jdlint.posting.localities import locality

Told = tuple[int, int, str]
"""Where a place stands in a text (half-open), and its code."""

MOST = 100
"""So many sentences of one kind are looked at."""

_LONGEST = 160
"""How far a list of places may reach."""

_WHO = r"(?:residents?|candidates?|applicants?|people|those|anyone|employees|applications)"
_CLOSED = late(
    r"(?i)(?:(?P<except>except(?:ing)?(?:\sfor)?|excluding|excludes|other\sthan|apart\sfrom|but\snot|"
    r"with\sthe\sexception\sof)"
    r"|(?P<job>not\s(?:currently\s|yet\s)?(?:available|open|offered|eligible|performable))"
    r"|(?:cannot|can't|can\snot|unable\sto|not\sable\sto|do\snot|don't|will\snot|won't|not)\s"
    r"(?:be\s|currently\s|presently\s){0,2}(?:hire|hiring|employ|employing|accept|accepting|consider|"
    r"considering|performed|filled|done)\b"
    rf"(?:\s(?:any\s)?(?:remote\s|new\s)?{_WHO})?)"
)
_TO = late(
    rf"(?i)[\s,:]{{0,2}}(?:(?:to|for|in|from|of|by|within|the|states?|residents?|candidates?|applicants?|"
    rf"{_WHO}|who|are|live|living|based|located|residing|reside|following|any|current|inside)\b"
    r"[\s:(]{1,2}){0,8}"
)
_NEXT = late(r"(?i)\s?(?:,|/|&|;|\band\b|\bor\b)[\s,]{0,2}(?:(?:and|or|&)\s)?(?:(?:in|the)\s)?")
_STATE = late(r"[A-Z]{2}(?!\w)")
_BEHIND = late(
    r"(?i)(?:not\s(?:currently\s)?(?:eligible|be\s(?:considered|accepted|hired)|apply|qualify)|excluded|"
    r"ineligible|cannot\s(?:apply|be\s(?:hired|considered)))\b"
)
_PERSONS = late(rf"(?i)\b{_WHO}\b")
_NOT_CLOSED = late(r"(?i)\b(?:outside|sponsor\w*|visas?|unless|without|not)\b")
_MONEY = late(
    r"(?i)[$\u00a3\u20ac]\s?\d|\b(?:pay|salary|salaries|compensation|wages?|benefits?|bonus|plans?|"
    r"insurance|program|discount|range|holidays?|rate)\b"
)
_JOB = late(
    r"(?i)\b(?:remote(?:ly)?|role|position|job|opportunity|vacancy|posting|work|applications?|anywhere|"
    r"hire|hiring|employ|location|candidates?|applicants?|residents?)\b"
)
_SENTENCE = late(r"(?:(?<![A-Z])[.]|[!?;])\s|\n\n")


_CLOSING = frozenset(
    {
        "except",
        "excepting",
        "excluding",
        "excludes",
        "other",
        "apart",
        "but",
        "with",
        "not",
        "cannot",
    }
    | {"can", "unable", "do", "don", "will", "won"}
)
_REFUSING = frozenset({"not", "excluded", "ineligible", "cannot"})


def openings(
    words: Words, keys: Set[str], pattern: re.Pattern[str], most: int = MOST
) -> Iterator[re.Match[str]]:
    """Where *pattern* matches from one of the words *keys* on, in order and not too often."""
    tried = (pattern.match(words.text, words.starts[at]) for at in words.where(keys))
    return islice((match for match in tried if match), most)


def exclusions(words: Words) -> list[Told]:
    """The places that a folded text, by its *words*, says the job is closed to, in order."""
    text = words.text
    found: list[Told] = []
    for match in openings(words, _CLOSING, _CLOSED):
        before = _sentence_before(text, match.start())
        behind = _sentence_behind(text, match.end())
        money = speaks_of_money(text, match.start(), match.end())
        if not money and _speaks_of_the_job(match, before, behind):
            found += listed(text, match.end())
    for match in openings(words, _REFUSING, _BEHIND):
        before = _sentence_before(text, match.start())
        if _PERSONS.search(before) and not _NOT_CLOSED.search(before):
            found += _last_listed(text, match.start() - len(before), match.start())
    return sorted(set(found))


def speaks_of_money(text: str, start: int, end: int) -> bool:
    """Whether the sentence around ``start:end`` is about pay or benefits."""
    around = _sentence_before(text, start) + text[start:end] + _sentence_behind(text, end)
    return _MONEY.search(around) is not None


def _speaks_of_the_job(match: re.Match[str], before: str, behind: str) -> bool:
    """Whether a sentence with such words is about who can do the job from where."""
    if match["except"]:
        return _JOB.search(before) is not None or bool(_spots(before))
    return not match["job"] or _JOB.search(before + behind) is not None


def _sentence_before(text: str, end: int) -> str:
    return _SENTENCE.split(text[max(0, end - _LONGEST) : end])[-1]


def _sentence_behind(text: str, start: int) -> str:
    return _SENTENCE.split(text[start : start + _LONGEST], maxsplit=1)[0]


def listed(text: str, start: int) -> Iterator[Told]:
    """The places that stand in a list from *start* on."""
    opening = _TO.match(text, start)
    at = opening.end() if opening else start
    at += len(text[at : at + 2]) - len(text[at : at + 2].lstrip())
    near = {at + s.start: s for s in _spots(text[at : at + _LONGEST])}
    while True:
        end, code = _place_at(text, at, near.get(at))
        if not code:
            return
        yield at, end, code
        link = _NEXT.match(text, end)
        if link is None:
            return
        at = link.end()


def _place_at(text: str, at: int, spot: Spot | None) -> tuple[int, str]:
    """The end and the code of the place at *at*, if there is one: a name, or letters of a state.

    An unclear name is the state: nobody closes a job to a town called Washington.
    """
    if spot is not None:
        end = at + spot.end - spot.start
        return end, _closed(spot, text[at:end])
    match = _STATE.match(text, at)
    if match and match.group() in gazetteer().regions["US"]:
        return match.end(), f"US-{match.group()}"
    return at, ""


def _closed(spot: Spot, name: str) -> str:
    """The code of what is closed: a state or a country, or a city if it has a code of its own."""
    if spot.code is None or spot.city:
        city = locality(spot.code, name) if spot.code else ""
        return _state(name) or (city if "." in city else "")
    return spot.code


def _state(name: str) -> str:
    """The one state or province that bears an unclear *name*; empty if there is none."""
    found = names(Words(name))
    codes = [code for code, rank in found[0].codes if rank == REGION] if found else []
    return codes[0] if len(codes) == 1 else ""


def _last_listed(text: str, start: int, end: int) -> list[Told]:
    """The places of the last list of them in ``start:end``."""
    found: list[Told] = []
    for spot in _spots(text[start:end]):
        if spot.code:
            at = start + spot.start
            if found and _NEXT.fullmatch(text, found[-1][1], at) is None:
                found = []
            found.append((at, start + spot.end, spot.code))
    return found


_REPORTING = frozenset({"report", "reports", "reporting", "supervised"})
_REPORTS = late(
    r"(?i)(?:report(?:s|ing)?\s(?:directly\s|remotely\s|in\s)?(?:in)?to|supervised\s(?:by|from))\b"
    r"(?P<label>\s?:)?"
)
_BOSSES = frozenset({"supervisor", "manager", "boss"})
_BOSS = late(r"(?i)\w+(?P<label>\s?:)?")
_WHOSE = late(r"(?i)(?:\b(?:your|line|direct|immediate)\s|,\s?)\Z")
_PAPERS = late(
    r"(?i)\b(?:monthly|weekly|daily|regular|written|status|progress|sends?|writes?|submits?|delivers?|gives?|"
    r"prepares?|provides?|presents?|financial|annual|quarterly|sales|of|the|all|any|expense|our|their)\s\Z"
)
"""What stands before reports that are papers."""

_OTHERWISE = late(
    r"(?i)\b(?:and|or|work\w*|while|but|role|position|job|you|for|where|this|with|from|covering)\b|[.;:\n]"
)
_IN = late(r"(?i)\b(?:in|at|of)\s(?:(?:the|our|its|downtown|central)\s)?\Z")
_OURS = late(r"(?i)\b(?:our|the|its|their)\s(?:(?:downtown|central)\s)?\Z")
_BESIDE = late(r"[,(\u2013-]\s?\Z")
_WORD = late(r"[\s-](\w+)")


def reporting_lines(words: Words) -> list[Told]:
    """The places that the job reports to ("reports to our Manhattan office"), in order."""
    text = words.text
    found: list[Told] = []
    for match in openings(words, _REPORTING, _REPORTS):
        if not _PAPERS.search(text[max(0, match.start() - 15) : match.start()]):
            found += _seats(match, text)
    for match in openings(words, _BOSSES, _BOSS):
        if _WHOSE.search(text[max(0, match.start() - 15) : match.start()]):
            found += _seats(match, text)
    return sorted(set(found))


def _seats(match: re.Match[str], text: str) -> Iterator[Told]:
    """The places behind *match*, up to a word that says that they are about something else."""
    start = match.end()
    for spot in _spots(text[start : start + 80]):
        gap = text[start : start + spot.start]
        if _OTHERWISE.search(gap):
            return
        if spot.code and _is_seat(match, text, start + spot.end, gap):
            yield start + spot.start, start + spot.end, spot.code


def _is_seat(match: re.Match[str], text: str, end: int, gap: str) -> bool:
    """Whether a place is one of the boss: an office of ours, or where somebody sits."""
    if _IN.search(gap) or (match["label"] and _BESIDE.search(gap)):
        return True
    after = _WORD.match(text, end)
    named = after is not None and after.group(1).lower() in gazetteer().homes
    return named and _OURS.search(gap) is not None


def _spots(text: str) -> list[Spot]:
    return spots(text, names(Words(text)))
