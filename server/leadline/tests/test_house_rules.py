"""The rules of the house that a linter cannot know."""

from __future__ import annotations

import re
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
REPOSITORY = ROOT.parents[1]
OUTER = {"app", "channels", "engines", "infra", "kit", "workspaces", "conftest", "testing", "tests"}
PUBLIC = {"actions", "queries", "models", "events", "rules", "ports"}
MAX_LINES = 400
MAX_TSX_LINES = 250
NAMELESS = {"utils", "helpers", "common", "manager", "managers", "data", "info", "signals"}


def source_files(name: str = "*.py") -> list[Path]:
    return [p for p in ROOT.rglob(name) if not {"tests", "migrations"} & set(p.parts)]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("leadline", cache_dir=None)


def test_a_room_is_entered_through_its_public_drawers(graph: grimp.ImportGraph) -> None:
    wrong = []
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            a, b = importer.split(".")[1:], imported.split(".")[1:]
            strangers = (
                a and len(b) > 1 and a[0] != b[0] and a[0] not in {"app", "conftest"} and "tests" not in a
            )
            if strangers and b[0] not in OUTER and b[1] not in PUBLIC:
                wrong.append(f"{importer} -> {imported}")
    assert wrong == []


def test_only_policy_filters_by_workspace() -> None:
    wrong = [
        str(p.relative_to(ROOT))
        for p in source_files()
        if p.name != "policy.py" and re.search(r"filter\([^)]*\bworkspace(_id)?=", p.read_text())
    ]
    assert wrong == []


def test_doors_do_not_touch_the_database() -> None:
    doors = [*source_files("api.py"), *source_files("reactions.py"), *source_files("schedule.py")]
    assert [str(p.relative_to(ROOT)) for p in doors if ".objects" in p.read_text()] == []


def test_files_stay_short() -> None:
    long = [str(p.relative_to(ROOT)) for p in source_files() if p.read_text().count("\n") > MAX_LINES]
    screens = [p for p in (REPOSITORY / "web/src").rglob("*.tsx") if ".test." not in p.name]
    long += [str(p.relative_to(REPOSITORY)) for p in screens if p.read_text().count("\n") > MAX_TSX_LINES]
    assert long == []


def test_every_file_has_a_name_that_says_something() -> None:
    nameless = [p for p in source_files() if p.stem in NAMELESS or p.parent.name in NAMELESS]
    assert [str(p.relative_to(ROOT)) for p in nameless] == []


def test_the_map_shows_what_is_on_the_disk() -> None:
    shown = set(re.findall(r"`(server/leadline/[a-z_/]+)/`", (REPOSITORY / "docs/map.md").read_text()))
    inner = {"tests", "migrations", "testing"}
    rooms = {p.parent for p in ROOT.rglob("__init__.py") if not inner & set(p.parts)}
    top = {
        f"server/leadline/{room.relative_to(ROOT)}"
        for room in rooms
        if room != ROOT and (room.parent == ROOT or room.parent.name in {"engines", "channels"})
    }
    assert shown == top
