"""The house: which room may know which, how large a room may be, what a run may import."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "jdlint"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Floors from the cellar up. A module may import modules of lower floors and of its own room.
FLOORS = [
    {"model", "nearest", "counted", "wholly", "__init__"},
    {"store", "schema", "fingerprint"},
    {"language"},
    {"read"},
    {"posting"},
    {"law"},
    {"checks"},
    {"layers"},
    {"config"},
    {"grammar"},
    {"directives", "discover", "house", "locate"},
    {"suppress", "evidence"},
    {"outcome"},
    {"report"},
    {"rulebook"},
    {"linter"},
    {"audit"},
    {"results", "fix"},
    {"run"},
    {"workers", "baseline", "since", "survey"},
    {"starter"},
    {"trial"},
    {"cli"},
    {"__main__"},
]
# From 'posting' up, reading is finished: only its result may be known, not its readers.
RESULT_OF_READING = {"jdlint.read.offsets"}
MAY_READ = {"linter", "fix", "run", "survey", "trial", "cli"}
# Outside packages, and the only rooms that may import them.
OUTSIDE = {
    "click": {"cli", "report"},
    "docx": {"read"},
    "pyromark": {"read"},
    "textstat": {"language"},
    "pyphen": {"language"},
    "wcmatch": {"discover"},
    "rignore": {"discover"},
    "re2": {"checks", "posting", "read", "language", "law"},
    "language_tool_python": {"grammar"},
    "yaml": {"store", "schema", "read"},
}


def room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(i for i, names in enumerate(FLOORS) if name in names)


def imports(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "jdlint":
                found |= {f"jdlint.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_below(module):
    own = room(module)
    for name in imports(module):
        if name.startswith("jdlint.") and (target := name.split(".")[1]) != own:
            if target.startswith("__"):
                continue
            assert floor(target) < floor(own), f"{own} must not import {name}"
            if target == "read" and own not in MAY_READ and floor(own) > floor("read"):
                assert name in RESULT_OF_READING, f"{own} knows only the result of reading"
        package = name.split(".")[0]
        assert own in OUTSIDE.get(package, {own}), f"{own} must not import {package}"


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.relative_to(PACKAGE).as_posix())
def test_a_module_stays_small(module):
    assert len(module.read_text("utf-8").splitlines()) <= 400
    assert module.stem not in {"utils", "util", "helpers", "common", "misc", "tools"}


def test_there_is_no_cycle_of_imports():
    graph = {}
    for module in MODULES:
        name = ".".join(["jdlint", *module.relative_to(PACKAGE).with_suffix("").parts])
        graph[name.removesuffix(".__init__")] = imports_when_loaded(module)
    done: set[str] = set()

    def visit(name, path):
        assert name not in path, f"cycle: {' -> '.join([*path, name])}"
        if name in done or name not in graph:
            return
        for other in graph[name]:
            visit(other, (*path, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def imports_when_loaded(module: Path) -> set[str]:
    """Imports at the top level of *module* only; those inside functions run later."""
    found = set()
    for node in ast.parse(module.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("jdlint."):
            found.add(node.module)
    package = module.parent if module.name == "__init__.py" else module
    own = ".".join(package.relative_to(ROOT).with_suffix("").parts)
    return found - {own}


def loaded_by(*argv: str) -> set[str]:
    """The modules that a jdlint run with *argv* has imported at its end."""
    code = (
        "import sys\n"
        "from jdlint.__main__ import main\n"
        f"sys.argv = {['jdlint', *argv]!r}\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True
    )
    return set(done.stderr.split())


def test_the_version_needs_next_to_nothing():
    loaded = loaded_by("--version")
    assert not loaded & {
        "yaml",
        "re2",
        "textstat",
        "docx",
        "pyromark",
        "jdlint.linter",
        "jdlint.config",
    }


def test_a_check_of_a_text_file_imports_only_what_it_needs(tmp_path):
    file = tmp_path / "nurse.txt"
    file.write_text("Nurse\n\nYou will care for patients.\n")
    loaded_by("check", str(file))  # fills the cache
    loaded = loaded_by("check", str(file))
    unwanted = {
        "docx", "lxml", "nltk", "language_tool_python", "importlib.metadata", "pyromark",
        "yaml", "wcmatch", "rignore", "dataclasses", "multiprocessing", "jdlint.read.html",
        "jdlint.read.markdown", "jdlint.schema", "urllib.request", "ssl", "jdlint.grammar",
        "jdlint.fingerprint", "jdlint.report.machine", "jdlint.report.sarif",
    }  # fmt: skip
    assert not loaded & unwanted


def test_a_short_posting_does_not_load_the_readability_engine(tmp_path):
    file = tmp_path / "nurse.txt"
    file.write_text("Nurse\n\nYou will care for patients.\n")
    assert "textstat" not in loaded_by("check", str(file))
