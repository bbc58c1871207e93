"""The schema.org JobPosting of a page or a record: what it lacks, and what its text contradicts."""

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

from jdlint.checks import apart
from jdlint.checks.card import PythonCard
from jdlint.checks.protocol import Context
from jdlint.model import Hit, PlainSpan, SourceSpan, Spot
from jdlint.nearest import nearest
from jdlint.posting import sides
from jdlint.posting.dates import POSTED, key
from jdlint.posting.jobbook import jobbook
from jdlint.posting.jobdata import is_open, name_of, says_something, values
from jdlint.posting.model import Posting
from jdlint.read.offsets import Datum, Field

_LONGEST = 40
"""No property of schema.org has so many characters."""

_MOST = 100
"""So many properties of one object are compared; more is no posting, and takes time."""

_NEAR = 0.86
"""So like a property must be what is taken for it, from 0 to 1."""


def missing(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Each property that a JobPosting must have and has not, at the object that lacks it."""
    for job in posting.document.data:
        wrong = {near for _, _, near in _misspelt(job, "JobPosting")}
        for name, at in (*_missing(job), *_missing_in_place(job)):
            if name not in wrong:
                values_ = {"property": name, "what": jobbook().required[name]}
                yield Hit(card.id, None, values_, source=at)


def _missing(job: Datum) -> Iterator[tuple[str, SourceSpan]]:
    for name in ("title", "description", "datePosted", "hiringOrganization"):
        if not _said(job, name):
            yield name, _place(job, name)
    for employer in _said(job, "hiringOrganization"):
        if _is_whole(employer) and not _said(employer, "name"):
            yield "hiringOrganization.name", _place(job, "hiringOrganization")


def _missing_in_place(job: Datum) -> Iterator[tuple[str, SourceSpan]]:
    """What is missing of where the work is done."""
    where = _said(job, "jobLocation")
    is_remote = any(v.value.upper() == "TELECOMMUTE" for v in values(job, "jobLocationType"))
    if is_remote and _said(job, "applicantLocationRequirements"):
        return
    if not where:
        name = "applicantLocationRequirements" if is_remote else "jobLocation"
        yield name, _place(job, name)
    for place in where:
        if not _is_whole(place):
            continue
        at = place.key_span or _place(job, "jobLocation")
        addresses = _said(place, "address")
        if not addresses:
            yield "jobLocation.address", at
        elif not all(is_open(a) or _said(a, "addressCountry") for a in addresses):
            yield "jobLocation.address.addressCountry", _place(place, "address")


def _said(job: Datum, name: str) -> list[Datum]:
    return [value for value in values(job, name) if says_something(value)]


def _is_whole(one: Datum) -> bool:
    return one.kind == "object" and not is_open(one)


def _place(one: Datum, name: str) -> SourceSpan:
    """Where the property *name* of *one* stands, else what says what *one* is, else its key."""
    for wanted in (name, "@type"):
        for member in one.members:
            if name_of(member) == wanted and member.key_span:
                return member.span if wanted == "@type" else member.key_span
    return one.key_span or SourceSpan(one.span.start, one.span.start + 1)


def unmarked(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """What the text tells and the only JobPosting does not."""
    for name, span in _unmarked(posting).items():
        job = posting.document.data[0]
        match = " ".join(posting.document.text(span).split())
        related = (Spot(span, f"{name} is told here"),)
        hit = {"property": name, "match": match}
        yield Hit(card.id, None, hit, source=_place(job, name), related=related)


def _unmarked(posting: Posting) -> dict[str, PlainSpan]:
    if not sides.fields_of_data(posting):
        return {}
    job, found = posting.document.data[0], {}
    lacks = {name for name in _TOLD if not _said(job, name)}
    lacks -= {near for _, _, near in _misspelt(job, "JobPosting")}
    for name in _TOLD:
        if name in lacks and (span := _TOLD[name](posting)):
            found[name] = span
    return found


def _closing(posting: Posting) -> PlainSpan | None:
    dates = apart.closings_of_text(posting)
    return dates[0].span if dates and dates[0].written.readings else None


def _pay(posting: Posting) -> PlainSpan | None:
    offers = apart.offers(posting)
    return offers[0].span if offers else None


def _contract(posting: Posting) -> PlainSpan | None:
    marks = [m for m in apart.contracts(posting) if not m.roles & {"permanent"}]
    return PlainSpan(marks[0].start, marks[0].end) if marks else None


def _remote(posting: Posting) -> PlainSpan | None:
    told = apart.remote_words(posting)
    return told["remote"] if told.keys() - {"named"} == {"remote"} else None


_TOLD = {
    "validThrough": _closing,
    "baseSalary": _pay,
    "employmentType": _contract,
    "jobLocationType": _remote,
}


def recommended(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """The recommended properties that a JobPosting lacks, those apart that its text tells."""
    told = _unmarked(posting)
    for job in posting.document.data:
        wrong = {near for _, _, near in _misspelt(job, "JobPosting")}
        names = [n for n in jobbook().recommended if n not in wrong and n not in told]
        if lacks := [name for name in names if not _said(job, name)]:
            listed = ", ".join(lacks[:-1]) + " or " * bool(lacks[1:]) + lacks[-1]
            yield Hit(card.id, None, {"properties": listed}, source=_place(job, ""))


def contradicts(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Each fact of the JobPosting that the text contradicts, at its value."""
    fields = sides.fields_of_data(posting)
    for names, compare in _FACTS:
        for found in compare(posting, fields) if fields else ():
            field = found.field or _field(fields, names)
            if field is None:
                continue
            match = " ".join(posting.document.text(found.span).split())
            name = field.name.partition(".")[0]
            values_ = {"property": name, "other": found.other, "match": match}
            related = (Spot(found.span, "the text says this"),)
            yield Hit(card.id, None, values_, source=field.span, related=related)


_FACTS = (
    (("title",), apart.title),
    (("addresslocality", "addressregion", "addresscountry"), apart.place),
    (("joblocationtype",), apart.remote),
    (("value", "minvalue", "maxvalue", "basesalary"), apart.pay),
    (("employmenttype",), apart.contract),
    (("validthrough",), apart.closing),
)


def _field(fields: tuple[Field, ...], names: tuple[str, ...]) -> Field | None:
    by_key = {key(field.name): field for field in reversed(fields)}
    return next((by_key[name] for name in names if name in by_key), None)


def misspelt(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """Each property that is nearly one of schema.org."""
    for job in posting.document.data:
        for type_, member, near in _misspelt(job, "JobPosting"):
            values_ = {"match": member.key, "type": type_, "near": near}
            yield Hit(card.id, None, values_, source=member.key_span, suggestions=(near,))


def _misspelt(one: Datum, type_: str) -> Iterator[tuple[str, Datum, str]]:
    """The properties of *one* and below that are nearly known: of what, which, and what is."""
    known = jobbook().properties.get(type_, ())
    here = {name_of(member) for member in one.members}
    for member in one.members[:_MOST]:
        name = name_of(member)
        if name not in known and (near := _near(name, known)) and near not in here:
            yield type_, member, near
        for below in values(member) if name in jobbook().properties else ():
            yield from _misspelt(below, name)


@lru_cache(1024)
def _near(name: str, known: tuple[str, ...]) -> str | None:
    """The property that *name* must be meant for; a mark in it tells that it is something else."""
    if name.startswith(("@", "jdlint")) or ":" in name or "." in name or len(name) > _LONGEST:
        return None
    same = next((one for one in known if key(one) == key(name)), None)
    return same or (nearest(name, known, _NEAR) if len(name) > len("name") else None)


def future(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:
    """A day of posting that is so far ahead that it cannot be meant."""
    latest = context.as_of + timedelta(days=int(str(card.options["days"])))
    for one in posting.dates if posting.document.data else ():
        day = one.written.earliest
        if one.role == POSTED and one.field == "datePosted" and day and day > latest:
            yield Hit(card.id, None, {"date": one.text}, source=one.source)


def several(posting: Posting, context: Context, card: PythonCard) -> Iterator[Hit]:  # noqa: ARG001
    """The second JobPosting of a page."""
    document = posting.document
    second = document.data[1:2] or (document.data if document.label == "posting 2" else ())
    if document.format == "html" and second:
        yield Hit(card.id, None, source=_place(second[0], ""))
