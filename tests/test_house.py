"""The house stays as it was drawn: imports go down only, each library lives in its rooms."""

import ast
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT
from house_picture import picture

import poa

HOUSE = Path(poa.__file__).parent
MODULES = sorted(HOUSE.rglob("*.py"))

# From the top floor down; rooms on one floor do not know each other, unless a pair says so.
FLOORS = (
    {"__main__"},
    {"cli"},
    {"build"},
    {"made"},
    {"account", "sample"},
    {"ledger"},
    {
        *("files", "analysis", "annex", "case", "charts", "joining", "packs"),
        *("readers", "reports", "review", "writers"),
    },
    {"orders", "markdown", "paper"},
    {"policy", "facts", "document", "toml"},
    {"characters", "doing", "errors", "packing", "parsing", "remembering", "rounding", "unpacking"},
    {"words"},
    {"languages"},
)
KNOWN_PAIRS: set[tuple[str, str]] = set()

ROOMS_OF = {
    "click": {"cli"},
    "distributed": {"cli"},
    "filelock": {"files"},
    "rich": {"cli"},
    "pandas": {"account", "analysis", "joining", "orders", "reports"},
    "numpy": {"account", "analysis", "joining", "orders", "reports"},
    "pyarrow": {"orders", "reports"},
    "python_calamine": {"reports"},
    "jinja2": {"packs"},
    "markupsafe": {"packs"},
    "babel": {"packs"},
    "markdown_it": {"markdown"},
    "docx": {"writers"},
    "docxtpl": {"packs"},
    "lxml": {"parsing", "readers", "reports", "writers"},
    "matplotlib": {"charts"},
    "pydantic": {"case"},
    "holidays": {"analysis"},
    "tomlkit": {"case"},
    "xlsxwriter": {"annex"},
}
# What touches the world outside stands behind the only door; threads for hashing too.
DOOR = {"os", "shutil", "tempfile", "socket", "subprocess", "urllib.request", "http"}


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


@dataclass(frozen=True, slots=True)
class Read:
    """What a module says: its first words, what it imports, the names it calls, and the methods."""

    docstring: str | None
    imports: frozenset[str]
    called: frozenset[str]
    asked: frozenset[str]


@cache
def read(path: Path) -> Read:
    """Each module is taken apart once, however many claims are made of it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports, called, asked = set(), set(), set()
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                imports |= {name.name for name in node.names}
            case ast.ImportFrom(module=str(module)):
                imports |= {module} | {f"{module}.{name.name}" for name in node.names}
            case ast.Call(func=ast.Name(id=name)):
                called.add(name)
            case ast.Call(func=ast.Attribute(attr=name)):
                asked.add(name)
    return Read(ast.get_docstring(tree), frozenset(imports), frozenset(called), frozenset(asked))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_imports_go_down_only(path):
    """A room uses rooms below it and itself, never one above or beside it."""
    floor = {name: level for level, names in enumerate(FLOORS) for name in names}
    here = room(path)
    if here == "__init__":
        return
    for name in read(path).imports:
        parts = name.split(".")
        if parts[0] != "poa" or len(parts) == 1 or parts[1] not in floor or parts[1] == here:
            continue
        assert floor[parts[1]] > floor[here] or (here, parts[1]) in KNOWN_PAIRS, (
            f"{here} must not use {parts[1]}"
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_each_library_stays_in_its_rooms(path):
    """A third-party library is imported in the rooms it was let into, and one door leads outside."""
    for module in read(path).imports:
        name = module.split(".")[0]
        if name in sys.stdlib_module_names:
            assert not {name, module} & DOOR or room(path) in {"files", "cli"}, (
                f"{module} belongs behind files.py"
            )
        elif name != "poa":
            assert room(path) in ROOMS_OF.get(name, set()), f"{name} is not let into {room(path)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_rooms_are_small_and_say_what_they_are_for(path):
    """No module is over 300 lines, and each opens with a sentence."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert read(path).docstring, "the first line says what the room is for"


def test_every_room_has_its_floor():
    """A new room is put on a floor before it is used."""
    assert {room(path) for path in MODULES} - {"__init__"} == set().union(*FLOORS)


def test_the_picture_in_docs_shows_these_floors(accept):
    """``--accept`` draws it again."""
    drawn = ROOT / "docs" / "images" / "house.svg"
    if accept:
        drawn.write_text(picture(FLOORS), encoding="utf-8", newline="\n")
    assert drawn.read_text(encoding="utf-8") == picture(FLOORS)


def test_no_room_has_a_name_that_says_nothing():
    """No room is called utils, core, base, helpers or common."""
    assert not {path.stem for path in MODULES} & {"utils", "core", "base", "helpers", "common", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_only_the_command_line_speaks(path):
    """Nothing outside cli/ prints."""
    assert room(path) == "cli" or not read(path).called & {"print", "input"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_nothing_reads_the_clock_or_rolls_dice(path):
    """No module asks for now or today, and chance stands in the seeded sample alone.

    One module asks for today's date: what it offers as the answer at a prompt, somebody confirms.
    """
    offered = {"today"} if path == HOUSE / "cli" / "case" / "wall_clock.py" else set()
    assert not read(path).asked & {"now", "today", "utcnow", "localtime", "gmtime"} - offered
    assert not read(path).imports & {"time", "secrets", "uuid"}
    assert "random" not in read(path).imports or room(path) == "sample"


def test_no_name_of_a_room_is_hidden_by_a_module_in_it():
    """Importing ``room.part`` puts the module into the room as ``part``: over a function of that name from elsewhere."""
    for path in MODULES:
        if path.name == "__main__.py" or path.is_relative_to(HOUSE / "cli"):  # commands are imported by name
            continue
        parts = path.relative_to(HOUSE).with_suffix("").parts
        import_module(".".join(("poa", *(parts[:-1] if parts[-1] == "__init__" else parts))))
    for path in MODULES:
        if path.name != "__init__.py" or path.is_relative_to(HOUSE / "cli"):
            continue
        room_of = import_module(".".join(("poa", *path.relative_to(HOUSE).parent.parts)))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for name in node.names if isinstance(node, ast.ImportFrom) else ():
                called, from_ = name.asname or name.name, import_module(node.module)
                assert getattr(room_of, called) is getattr(from_, name.name), f"{path}: {called}"
