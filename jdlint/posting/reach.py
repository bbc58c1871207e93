"""Reads out of a posting whose law it falls under; see :mod:`jdlint.posting.jurisdictions`."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from jdlint.language.late import late
from jdlint.language.words import fold
from jdlint.model import PlainSpan
from jdlint.posting.exclusions import (
    exclusions,
    listed,
    openings,
    reporting_lines,
    speaks_of_money,
)
from jdlint.posting.gazetteer import Spot, gazetteer, names, spots
from jdlint.posting.jurisdictions import (
    ANYWHERE,
    How,
    Jurisdiction,
    Jurisdictions,
    declared,
    lies_in,
    once,
)
from jdlint.posting.lexicon import Words
from jdlint.posting.localities import (
    by_outward,
    by_postcode,
    by_zip,
    localities,
    locality,
)
from jdlint.posting.model import Place, Posting
from jdlint.posting.placefield import LONGEST, located
from jdlint.read.offsets import Field

_AROUND = 60
"""How many characters beside a place are looked at."""

_DECLARED = frozenset({"jurisdiction", "jurisdictions"})
_ABOUT = late(r"(?i)location|remote")
_REPORTS = late(r"(?i)reports?[_\s-]?to[_\s-]?(?:location|office|place|city)\Z")
_POSTAL = late(r"(?i)(?:^|\.)(?:postal[_-]?code|zip(?:[_-]?code)?|postcode)\Z")
_CODES = late(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?(?:\.[a-z-]+)?")
_REMOTE = late(r"(?i)\b(?:remote(?:ly)?|virtual(?:ly)?|tele\w+|home|wfh|anywhere|distributed)\b")
_OR = late(
    r"(?i)\s*(?:or\b|and\b|[/|;&+])|.*\b(?:offices?|on-?site|hybrid|but|prefer\w*|travel\w*|visit\w*|miles)\b"
)
_WIDE_BEHIND = late(
    r"[\s(,:/\u2013\u2014-]{0,4}(?:(?:in|within|across|from|anywhere|throughout|based|role|position|only)\b"
    r"[\s(,:-]{0,3}){0,3}(?P<name>[A-Za-z]+(?:[ -][A-Za-z]+){0,2})"
)
_WIDE_BEFORE = late(r"(?P<name>[A-Za-z]+)(?:-wide)?[\s(,:/\u2013\u2014-]{1,3}\Z")
_WHILE = late(
    r"(?i)\b(?:\d{1,2}|one|two|three|four|six|few|some|several|couple of|more|each|every|per|a)\+? "
    r"(?:(?:working|business|calendar) )?(?:weeks?|days?|months?|times?)\b"
)
_TWO = late(r"[A-Z]{2}")
_OPENERS = frozenset(
    {"remote", "remotely", "resident", "residents", "reside", "live", "based", "following"}
)
_STATES = late(
    r"(?:[Rr]emote(?:ly)?|REMOTE|[Rr]esidents? of|[Rr]eside in|[Ll]ive in|[Bb]ased in|"
    r"following states)\b"
    r"(?: (?:only|in|within|from|role|position|the|following|states)){0,5}[ (:,\u2013-]{1,4}"
    r"(?P<list>[A-Z]{2}(?:(?:, (?:or |and |& )?|/| / | or | and | & )[A-Z]{2}\b){1,50})"
)
_NO_PLACE = late(
    r"(?i)[ -](?:citizen\w*|national\w*|government|federal|army|navy|dollars?|visas?|persons?|"
    r"law\b|work (?:authori|permit)|passports?|security clearance)"
)
_SENTENCE_END = late(r"[.!?;]\s|\n")
_PERSONS = frozenset(
    {"must", "should", "need", "to", "anyone", "anybody", "candidate", "candidates", "applicant"}
    | {"applicants", "people", "those", "open", "following"}
)
_LIVING = late(
    r"(?i)(?:(?:must|should|need to|to|anyone|anybody|candidates?|applicants?|people|those)\s"
    r"(?:who\s)?(?:(?:be|are|is|currently|physically|legally)\s){0,3}(?:live|living|reside|residing|based|located)"
    r"|(?:anyone|anybody|candidates|applicants)(?:\sanywhere)?|open to (?:residents|people))\s"
    r"(?:in|within|of|from|across)\s(?:the\s)?"
    r"|following\s(?:states|provinces|countries|locations)(?:\sonly)?\s?:\s"
)
_BESIDES = late(
    r"(?i)\b(?:(?:travel\w*|visits?|trips?)(?: \w+){0,3}? (?:to|across|in)|"
    r"travel\w* to|(?:salary|salaries|pay|range|compensation|wages?) (?:in|for)) (?:the )?\Z"
)
"""What stands before a place that one travels to, or for which the pay is told."""

_PREFERRED = late(r"(?i)\bprefer|\bideally|\bpriority")
_ELSEWHERE = late(
    r"(?i)\b(?:with(?! us\b)|alongside|colleagues?|clients?|customers?|"
    r"travel\w*|visit\w*|trips?|reports to|send\w*|prefer\w*)\b[^.;,]{0,30}\Z"
)
"""What stands before a place where others work, to which one travels, or that is a wish."""


def find_jurisdictions(posting: Posting) -> Jurisdictions:
    """The jurisdictions of *posting*: those declared in its fields, else those it tells."""
    words = posting.parts
    out = tuple(_excluded(posting, words))
    codes = _declared(posting.document.fields)
    if codes:
        return replace(declared(codes), excluded=out)
    return _Reach(posting, words, out).found()


def _declared(fields: Iterable[Field]) -> list[str]:
    """The codes under the key ``jurisdictions``: a list, or one text with commas."""
    values = (f.value for f in fields if f.name.lower().partition("[")[0] in _DECLARED)
    parts = (part.strip() for value in values for part in re.split(r"[,;\s]+", value))
    return [part for part in parts if _CODES.fullmatch(part)]


def _excluded(posting: Posting, words: Words) -> Iterator[Jurisdiction]:
    """The places that the text or a field of a location says the job is closed to."""
    for start, end, code in exclusions(words):
        text = " ".join(posting.document.plain[start:end].split())
        yield Jurisdiction(code, How.PLACE, text, PlainSpan(start, end))
    for field in posting.document.fields:
        if _ABOUT.search(field.name):
            for start, end, code in exclusions(_words(field.value[:LONGEST])):
                yield Jurisdiction(code, How.FIELD, field.value[start:end])


class _Reach:
    """What one posting says of its places, by and by."""

    def __init__(self, posting: Posting, words: Words, excluded: tuple[Jurisdiction, ...]) -> None:
        self._posting = posting
        self._words = words
        self._text = posting.folded
        self._fields = posting.document.fields
        self._excluded = excluded
        self._out = [one.span for one in excluded if one.span]
        self._lines = reporting_lines(words)
        self._found: list[Jurisdiction] = []
        self._remote: dict[str, None] = {}
        self._unclear: dict[str, None] = {}
        self._unscoped = False
        self._anywhere = False

    def found(self) -> Jurisdictions:
        """All of it, the surest first."""
        self._reporting()
        for place in self._posting.places:
            if not self._is_aside(place):
                self._take(place)
        self._addresses()
        self._letters()
        if self._unscoped:
            self._applicants()
        if self._unscoped and not self._remote:
            self._open_to()
        if self._anywhere and not self._remote:
            sure = any(not one.weak for one in self._found)
            self._remote.update({} if sure else {ANYWHERE: None})
            self._unscoped = self._unscoped or sure
        if self._unscoped and not self._remote:
            self._remote.update(dict.fromkeys(self._whole_countries()))
        return Jurisdictions(
            found=once(self._found),
            remote=tuple(self._remote),
            excluded=self._excluded,
            unclear=tuple(self._unclear),
            unscoped=self._unscoped and not self._remote,
        )

    def _is_aside(self, place: Place) -> bool:
        """Whether a place stands in what the job is closed to, or where its boss is."""
        if place.span is None:
            told = [*self._excluded, *(j for j in self._found if j.how is How.REPORTS_TO)]
            return any(j.text == place.text for j in told if j.span is None)
        aside = [*self._out, *(PlainSpan(start, end) for start, end, _ in self._lines)]
        return any(s.start < place.span.end and place.span.start < s.end for s in aside)

    def _applicants(self) -> None:
        """The places that structured data asks applicants to be in, when the work is remote."""
        asked = [f for f in self._fields if "applicantlocation" in f.name.lower()]
        for one in located(asked) if asked else ():
            if one.code:
                self._remote[one.code] = None

    def _take(self, place: Place) -> None:
        before, behind = self._beside(place)
        if _BESIDES.search(before) or (place.weak and _ELSEWHERE.search(before)):
            return
        if _NO_PLACE.match(behind) or (place.remote and _while(before, behind)):
            return
        code = _code(place, before, behind) if not place.remote or place.code else None
        weak = place.weak and not place.remote
        if code is None and not place.remote:
            code, weak = self._by_money(place), True
        if code is None:
            self._without_code(place, before, behind)
            return
        if place.remote or (place.span is None and _leads(before)):
            self._reached(place, code, before)
        how = How.FIELD if place.span is None else How.REMOTE if place.remote else How.PLACE
        self._found.append(Jurisdiction(code, how, place.text, place.span, weak))

    def _beside(self, place: Place) -> tuple[str, str]:
        """The words before and behind *place*, in the text or in the field that names it."""
        if place.span:
            start, end = place.span
            return self._text[max(0, start - _AROUND) : start], self._text[end : end + _AROUND]
        for field in self._fields:
            if (at := field.value.find(place.text)) >= 0:
                end = at + len(place.text)
                return field.value[max(0, at - _AROUND) : at], field.value[end : end + _AROUND]
        return "", ""

    def _without_code(self, place: Place, before: str, behind: str) -> None:
        if not place.remote:
            self._unclear[place.text] = None
            return
        name = _wide(place.text, before, behind)
        code = localities().wide.get(name.lower().replace("-", " "))
        if code:
            self._remote[code] = None
        elif not name and place.text.lower().endswith("anywhere"):
            self._anywhere = True
        else:
            self._unscoped = True
        if code != ANYWHERE and name:
            self._unclear[name] = None

    def _reached(self, place: Place, code: str, before: str) -> None:
        """A remote place: its reach, unless it may be the office of a job that is remote."""
        seen = _spots(place.text)
        if not (seen and seen[0].city) or _leads(before + place.text[: seen[0].start]):
            self._remote[code] = None
        else:
            self._unscoped = True

    def _by_money(self, place: Place) -> str | None:
        """The one code of an unclear name that money and spelling together speak for."""
        if {pay.currency for pay in self._posting.pay} != {"USD"}:
            return None
        fits = [code for code in _choices(place.text) if lies_in(code, "US")]
        return fits[0] if len(fits) == 1 and self._posting.dialect == "US" else None

    def _addresses(self) -> None:
        """Postal codes of structured addresses, where no region stands beside them."""
        for field in self._fields:
            if not _POSTAL.search(field.name) or "organization" in field.name.lower():
                continue
            code = by_postcode(field.value)
            if code is None and all(one.code[:2] == "US" for one in self._found) and self._found:
                code = by_zip(field.value)
            if code and any(lies_in(code, one.code) for one in self._found):
                code = locality(code, field.value)
                self._found.append(Jurisdiction(code, How.FIELD, field.value.strip()))

    def _reporting(self) -> None:
        """The places that the job reports to, in the text and in fields."""
        for start, end, code in self._lines:
            text = " ".join(self._posting.document.plain[start:end].split())
            self._found.append(Jurisdiction(code, How.REPORTS_TO, text, PlainSpan(start, end)))
        for field in self._fields:
            value = field.value[:LONGEST]
            if _REPORTS.search(field.name):
                seats = [(s.start, s.end, s.code) for s in _spots(value) if s.code]
            elif _ABOUT.search(field.name):
                seats = reporting_lines(_words(value))
            else:
                continue
            for start, end, code in seats:
                self._found.append(Jurisdiction(code, How.REPORTS_TO, value[start:end]))

    def _letters(self) -> None:
        """Lists of letters of states behind words for remote work: "Remote (CO, WA or NY)"."""
        for start, end, code in _states(self._words):
            text, span = self._text[start:end], PlainSpan(start, end)
            self._reaches(Jurisdiction(code, How.REMOTE, text, span))
        for field in self._fields:
            if _ABOUT.search(field.name):
                for start, end, code in _states(_words(field.value[:LONGEST])):
                    self._reaches(Jurisdiction(code, How.FIELD, field.value[start:end]))

    def _reaches(self, one: Jurisdiction) -> None:
        """Take a place from which the work can be done, unless it is closed to it."""
        if not self._is_aside(Place(one.text, one.code, one.span)):
            self._remote[one.code] = None
            self._found.append(one)

    def _open_to(self) -> None:
        """Where those who can have a remote job must be: "must reside in Colorado or Utah"."""
        for match in openings(self._words, _PERSONS, _LIVING):
            if _PREFERRED.search(self._text, max(0, match.start() - 40), match.start()):
                continue
            for start, end, code in listed(self._text, match.end()):
                text = " ".join(self._text[start:end].split())
                self._reaches(Jurisdiction(code, How.REMOTE, text, PlainSpan(start, end)))

    def _whole_countries(self) -> Iterator[str]:
        """Countries that are named as such, where remote work has no other reach."""
        for one in self._found:
            if "-" not in one.code and one.how is not How.REPORTS_TO and not one.weak:
                yield one.code


def _states(words: Words) -> Iterator[tuple[int, int, str]]:
    """The letters in lists of states behind words for remote work or for living somewhere."""
    known = gazetteer().regions["US"]
    for match in openings(words, _OPENERS, _STATES):
        letters = list(_TWO.finditer(words.text, *match.span("list")))
        if not speaks_of_money(words.text, *match.span()) and all(
            two.group() in known for two in letters
        ):
            yield from ((*two.span(), f"US-{two.group()}") for two in letters)


def _code(place: Place, before: str, behind: str) -> str | None:
    """The code of *place* as exactly as its words, and the postal code behind them, tell it."""
    near = _SENTENCE_END.split(behind, maxsplit=1)[0][:20]
    told = by_postcode(f"{place.text} {near}") or by_outward(near)
    choices = _choices(place.text)
    if place.code is None and not choices:
        return by_postcode(place.text)
    if told and (fits := _fit(told, choices)):
        return fits
    code = place.code
    if code is None or code[:2] not in localities().five_digits:
        zip_ = by_zip(place.text, near) if code is None or "," not in place.text else None
        code = (_fit(zip_, choices) if zip_ else None) or code
    return locality(code, place.text, before, behind) if code else None


def _fit(told: str, choices: list[str]) -> str | None:
    """The one of *choices* that lies in *told*; *told* may also lie in it."""
    found = [c for c in choices if lies_in(c, told)]
    if found:
        return found[0]
    return told if any(lies_in(told, c) for c in choices) else None


def _choices(text: str) -> list[str]:
    seen = _spots(text)
    return list(seen[0].choices) if len(seen) == 1 else []


def _words(text: str) -> Words:
    return Words(fold(text))


def _spots(text: str) -> list[Spot]:
    words = _words(text)
    return spots(words.text, names(words))


def _while(before: str, behind: str) -> bool:
    """Whether remote work is only for some days or weeks ("from anywhere four weeks a year")."""
    here = _SENTENCE_END.split(before)[-1], _SENTENCE_END.split(behind, maxsplit=1)[0]
    return any(_WHILE.search(part) for part in here)


def _leads(before: str) -> bool:
    """Whether words for remote work stand before a place, and limit it to that place."""
    match = _REMOTE.search(before)
    return match is not None and _OR.match(before, match.end()) is None


def _wide(text: str, before: str, behind: str) -> str:
    """The region of the world beside the words for remote work; empty if there is none."""
    known = localities().wide
    if inner := _REMOTE.search(text):
        before, behind = before + text[: inner.start()], text[inner.end() :] + behind
    if match := _WIDE_BEHIND.match(behind):
        words = match["name"].split()
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length])
            if name.lower().replace("-", " ") in known:
                return name
    match = _WIDE_BEFORE.search(before)
    return match["name"] if match and match["name"].lower() in known else ""
