"""The house's plan: who may import whom, and where each library lives."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent / "src" / "si_lod"

# A module may import the rooms on the floors below its own, and its own room.
FLOORS = [
    {"sentences", "folders", "versions", "spell", "foreign", "lookout", "reading", "memory"},
    {"quoting"},
    {"misreadings"},
    {"problems"},
    {"errors"},
    {"iris", "languages", "seals"},
    {"settings", "sites", "verdicts"},
    {"release", "comparison"},
    {"releases"},
    {"workshop", "rehearsals"},
    {"changes", "index"},
    {"engine"},
    {"complaints", "contents"},
    {"publish", "serve", "client", "rehearse"},
    {"cli"},
    {"__main__"},
]

# The rooms of the server that send pages; a page is given what it needs of them.
SENDING = {"documents", "harvest", "overviews", "problems", "releases", "sparql"}

# Each library is spoken to in these rooms only.
HOMES = {
    "rdflib": ["publish.shacl", "rehearse.shapes"],
    "pyshacl": ["publish.shacl.core", "rehearse.shapes"],
    "uritemplate": ["publish.csvw.templates"],
    "openpyxl": ["publish.csvw.workbooks.sheets"],
    "odfdo": ["publish.csvw.workbooks.sheets"],
    "flask": ["serve"],
    "jinja2": ["rehearse.page"],
    "protego": ["rehearse.directions"],
    "flask_babel": ["serve"],
    "granian": ["serve.server"],
    "brotli": ["serve.transport.coding"],
    "cachetools": ["serve.transport.space", "engine.remembering"],
    "prometheus_client": ["serve.transport.figures"],
    "click": ["cli"],
    "SPARQLWrapper": ["client", "engine.remote.speaking.wrapper"],
    "limits": ["engine.sharing.budget", "engine.sharing.tally"],
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


def imports(path: Path, *, typed: bool = True) -> Iterator[str]:
    """Yield the dotted names that the file imports, wherever in it; unless ``typed``, not those for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = set() if typed else _for_types(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node not in left_out:
            assert node.level == 0, f"{path}: imports are absolute"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in KNOWN else node.module or ""


def _for_types(tree: ast.AST) -> set[ast.stmt]:
    branches = (node for node in ast.walk(tree) if isinstance(node, ast.If) and isinstance(node.test, ast.Name))
    return {each for branch in branches if ast.unparse(branch.test) == "TYPE_CHECKING" for each in branch.body}


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


KNOWN = {f"si_lod.{name}" for name, _ in modules()}
MODULES = [name for name, _ in modules() if name]


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in modules() if name])
def test_a_module_imports_only_from_its_own_room_and_from_below(name: str, path: Path) -> None:
    room = name.partition(".")[0]
    for imported in imports(path):
        if imported.startswith("si_lod."):
            other = imported.split(".")[1]
            assert other == room or floor(other) < floor(room), f"{name} imports {imported}"


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in modules() if name])
def test_a_library_is_spoken_to_only_at_its_home(name: str, path: Path) -> None:
    for imported in imports(path):
        for home in [HOMES.get(imported.partition(".")[0])] if imported.partition(".")[0] in HOMES else []:
            assert any(name == room or name.startswith(f"{room}.") for room in home or []), f"{name}: {imported}"


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in modules() if name])
def test_only_the_settings_read_the_environment(name: str, path: Path) -> None:
    if name not in {"settings", "cli.options"}:
        assert not re.search(r"os\.environ|getenv", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "path"), [pair for pair in modules() if pair[0].startswith("serve.pages.")])
def test_a_page_is_made_by_none_of_the_rooms_that_send_it(name: str, path: Path) -> None:
    rooms = {imported.split(".")[2] for imported in imports(path, typed=False) if imported.startswith("si_lod.serve.")}
    assert not rooms & SENDING, name


def test_every_room_has_its_floor() -> None:
    assert {name.partition(".")[0] for name in MODULES} == set().union(*FLOORS)


def test_modules_do_not_import_in_circles() -> None:
    graph = {
        name: {i.removeprefix("si_lod.") for i in imports(path) if i.startswith("si_lod")} for name, path in modules()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for other in graph.get(name, ()):
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_the_server_loads_neither_rdflib_nor_the_validator() -> None:
    code = (
        "import sys, si_lod.serve.app; "
        "print(sorted({'rdflib', 'pyshacl', 'SPARQLWrapper', 'si_lod.publish'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.strip() == "[]"


# Words of the sample site's domain. The code must be able to publish another monitor, of another programme.
DOMAIN = re.compile(
    r"field\W?lab|smart\W?industry|\bhubs?\b|\btno\b|\bsi:|def/si\b|monitor-20|w3id\.org/smart|\bcovid", re.IGNORECASE
)


@pytest.mark.parametrize(
    "path",
    # The editor of the query page is a library's, which npm brings.
    sorted(
        path
        for path in PACKAGE.rglob("*")
        if path.suffix in {".py", ".html", ".po", ".css", ".svg", ".txt", ".js"} and path.parent.name != "editor"
    ),
    ids=str,
)
def test_the_source_knows_nothing_of_the_domain(path: Path) -> None:
    found = [
        f"{number}: {line}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if DOMAIN.search(line)
    ]
    assert not found
