"""The files with which a repository starts: configuration, hook and CI, from what it holds."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

import msgspec

from jdlint import __version__
from jdlint.config import FILE_NAMES
from jdlint.survey import Folder, Survey

HOOKS = ".pre-commit-config.yaml"
GITHUB = ".github/workflows/jdlint.yml"
GITLAB = ".gitlab-ci.yml"

_WRITTEN = (".md", ".txt", ".html", ".docx")
"""Endings that are always included: the next posting may have one of them."""

_SINGLE = 20
"""So many files are included by name; more make a list that nobody keeps up."""

_CLEAR = 0.9
"""The share of the postings whose spelling is clear that settles the dialect of all."""

_REPOSITORY = "https://github.com/jdlint/jdlint"


class Start(msgspec.Struct, frozen=True):
    """What a configuration begins with; the keys mean what they mean there."""

    include: list[str]
    exclude: list[str]
    dialect: str
    names: list[str]


def start(seen: Survey) -> Start:
    """What to begin with in a repository that was *seen*."""
    include = _include(seen)
    exclude = ["**/README*"] if any("*" in glob for glob in include) else []
    names = [name for name, count in seen.employers.items() if count >= 2]
    plain = [name for name in names if seen.employers[name] * 2 > seen.postings]
    return Start(include, exclude, dialect(seen), plain)


def dialect(seen: Survey) -> str:
    """The dialect of nearly all postings whose spelling is clear, else ``auto``.

    Spelling tells UK from US; Canada and Australia are told by the places of work.
    """
    clear = Counter({name: n for name, n in seen.dialects.items() if name != "unclear"})
    most, count = max(clear.items(), key=lambda row: row[1], default=("auto", 0))
    if most == "mixed" or count < 2 or count < clear.total() * _CLEAR:
        return "auto"
    countries = Counter[str]()
    for code, number in seen.places.items():
        countries[code[:2]] += number
    for country, spelling in (("AU", "UK"), ("CA", most)):
        if most == spelling and countries[country] * 2 > countries.total():
            return country
    return most


def _include(seen: Survey) -> list[str]:
    """Globs for the postings; none if everything that can hold a posting holds one."""
    if not seen.postings or _is_whole("", seen):
        return []
    endings = [*_WRITTEN, *sorted(set(seen.endings) - set(_WRITTEN))]
    ending = "*.{" + ",".join(e.removeprefix(".") for e in endings) + "}"
    globs = list(_globs("", seen, ending))
    single = [glob for glob in globs if "*" not in glob]
    return globs if len(single) <= _SINGLE else [g for g in globs if g not in single]


def _globs(path: str, seen: Survey, ending: str) -> Iterator[str]:
    """Globs for the postings in the folder at *path* and below it."""
    folder, lead = seen.folders[path], f"{_literal(path)}/" if path else ""
    if path and _is_whole(path, seen):
        yield f"{lead}**/{ending}"
        return
    if path and _is_mostly(folder):
        yield lead + ending
    else:
        yield from (_literal(file) for file in sorted(folder.postings))
    for below in sorted(folder.below):
        yield from _globs(below, seen, ending)


def _is_mostly(folder: Folder) -> bool:
    return bool(folder.postings) and len(folder.postings) >= len(folder.others)


def _is_whole(path: str, seen: Survey) -> bool:
    """Whether a folder and all folders below it hold postings for the most part."""
    folder = seen.folders[path]
    if folder.others and not _is_mostly(folder):
        return False
    return bool(folder.postings or folder.below) and all(
        _is_whole(below, seen) for below in folder.below
    )


def _literal(path: str) -> str:
    """A glob for *path* itself: what a glob or a file of text cannot hold is any character."""
    return "".join(c if c.isprintable() and c not in "*?[]{}!|~\\()@+" else "?" for c in path)


def configuration(begin: Start, seen: Survey) -> str:
    """The text of ``jdlint.yaml``."""
    return _CONFIGURATION.format(
        found=_found(seen),
        include=_list("include", begin.include),
        exclude=_list("exclude", begin.exclude),
        spelling=_spelling(seen),
        dialect=begin.dialect,
        names=_list("names", begin.names),
        places=_places(seen),
    )


def _found(seen: Survey) -> str:
    if not seen.postings:
        return "# No postings were found; name yours under 'include'."
    endings = ", ".join(f"{n} {ending}" for ending, n in sorted(seen.endings.items()))
    return _comment(f"Written after a look at {seen.postings} postings (files: {endings}).")


def _spelling(seen: Survey) -> str:
    told = [f"{seen.dialects[name]} {name}" for name in ("UK", "US", "mixed", "unclear")]
    return f"# Found: {', '.join(told)}." if seen.postings else "# None was found yet."


def _places(seen: Survey) -> str:
    if not seen.places:
        return "# law:\n#   jurisdictions: [GB, US-CO]"
    rows = sorted(seen.places.items(), key=lambda row: (-row[1], row[0]))[:5]
    told = ", ".join(f"{code} ({count})" for code, count in rows)
    codes = ", ".join(code for code, _ in rows)
    return f"{_comment(f'Found most often: {told}.')}\n# law:\n#   jurisdictions: [{codes}]"


def _comment(text: str) -> str:
    return "\n".join(wrap(text, 79, initial_indent="# ", subsequent_indent="# "))


def _list(key: str, values: list[str]) -> str:
    if not values:
        return f"{key}: []"
    return "\n".join([f"{key}:", *(f"  - {json.dumps(v, ensure_ascii=False)}" for v in values)])


_CONFIGURATION = """\
# What jdlint checks here. 'jdlint config' shows what is in force.
{found}

# minimal: only what is plainly wrong; recommended: what a careful editor would
# change; strict: matters of polish as well.
profile: recommended

# The severity from which a check fails: error, warning, note or never.
fail_on: warning

# Where the postings are, from this folder. Empty: all files that can hold one.
{include}

# Files that are not postings.
{exclude}

# The spelling of your postings: auto (each posting for itself), UK, UK-oxford,
# US, CA or AU.
{spelling}
dialect: {dialect}

# Names of your organisation and its products, which are left alone.
{names}

# Whose law a posting falls under is told by its places of work. If that is the
# same for all of your postings, say it here, and take the '#' away:
{places}

# Findings of old postings that are left for later ('jdlint baseline'):
# baseline: jdlint-baseline.json

# Phrases that are fine here, with the reason:
#   - phrase: master data
#     reason: the name of our team
accept: []

# Phrases that are not written here, and what is written instead:
#   - phrase: colleague
#     replacement: team member
#     reason: house style
reject: []

# Rules by id or name: off, on, note, warning or error.
#   JD112: error
rules: {{}}
"""

HOOK = f"""\
repos:
  - repo: {_REPOSITORY} # or the git URL of your copy
    rev: v{__version__}
    hooks:
      - id: jdlint
"""

_GITHUB = f"""\
name: Job postings
on: [push, pull_request]
permissions:
  contents: read
jobs:
  jdlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: {_REPOSITORY.removeprefix("https://github.com/")}@v{__version__}
"""

_GITLAB = f"""\
jdlint:
  image: python:3.13
  before_script:
    - python -m pip install --quiet "git+{_REPOSITORY}@v{__version__}"
  script:
    - >-
      jdlint check --output text
      --output gitlab=gl-code-quality-report.json --output junit=jdlint-junit.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: jdlint-junit.xml
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""


def ci(top: Path) -> tuple[str, str] | None:
    """The CI file for the repository at *top* (name, text); None if nothing tells which CI."""
    remotes = _remotes(top)
    if (top / GITLAB).exists() or "gitlab" in remotes:
        return GITLAB, _GITLAB
    if (top / ".github").is_dir() or "github" in remotes:
        return GITHUB, _GITHUB
    return None


def _remotes(top: Path) -> str:
    """The addresses of the repository's remotes, as git's configuration has them."""
    try:
        lines = (top / ".git" / "config").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return " ".join(line for line in lines if line.strip().startswith("url"))


def repository(folder: Path) -> Path | None:
    """The top of the git repository around *folder*, if there is one."""
    folder = folder.resolve()
    around = (f for f in (folder, *folder.parents) if (f / ".git").exists())
    return next(around, None)


def existing(folder: Path) -> Path | None:
    """The configuration that *folder* has already."""
    for name in FILE_NAMES:
        if (folder / name).exists() or (folder / name).is_symlink():
            return folder / name
    project = folder / "pyproject.toml"
    try:
        own = "[tool.jdlint" in project.read_text("utf-8", "replace")
    except OSError:
        own = False
    return project if own else None
