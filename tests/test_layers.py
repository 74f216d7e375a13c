"""The arrows of the house: a module imports only what lies before it."""

from __future__ import annotations

import ast
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent / "performance"
FLOORS = (  # from the ground up; those of one line do not know each other
    ("units", "curves", "chance", "house", "refusal", "guard", "caches", "cores", "parts", "compiled"),
    ("gestures", "score"),
    ("timeline",),
    ("causes",),
    ("stage", "sound"),
    ("paint",),
    ("output",),
    ("sheet",),
    ("live",),
    ("bench",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
GROUND = 0  # on the ground floor everybody may know everybody
FORBIDDEN_OUTSIDE = {  # who may know a device, a window, a codec
    "pygame": ("paint", "output", "sheet", "live", "bench", "commands"),
    "sounddevice": ("output", "commands"),
    "av": ("output",),
    "numba": ("compiled", "parts"),
}
CLOCKS = {"time", "datetime", "random", "secrets"}
TIMELESS = ("units", "curves", "chance", "score", "gestures", "timeline", "causes", "stage", "sound", "paint")

MODULES = sorted(path for path in HOUSE.rglob("*.py") if path.parent != HOUSE or path.stem != "__init__")
MEASURING = {"bench"}  # files that measure, wherever they lie


def floor_of(room: str) -> int:
    """Which floor a room of the house is on."""
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def room_of(path: Path) -> str:
    """The room a file is in: its folder, or itself."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Full names of all modules that a file imports anywhere in it, also by import_module("...")."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "import_module":
                found.add(str(node.args[0].value))
    return found


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(path) for path in MODULES}
    known = {room for rooms_of_floor in FLOORS for room in rooms_of_floor}
    assert rooms <= known


def test_arrows_point_down() -> None:
    wrong = []
    for path in MODULES:
        here = room_of(path)
        for name in imports(path):
            parts = name.split(".")
            if parts[0] != "performance" or len(parts) < 2 or parts[1] in (here, "__version__"):
                continue
            down = floor_of(parts[1]) < floor_of(here)
            if not (down or floor_of(parts[1]) == floor_of(here) == GROUND):
                wrong.append(f"{path.relative_to(HOUSE)} imports {name}")
    assert not wrong


def test_devices_and_clocks_stay_where_they_belong() -> None:
    wrong = []
    for path in MODULES:
        here = room_of(path)
        timeless = here in TIMELESS and path.stem not in MEASURING
        for name in imports(path):
            top = name.split(".")[0]
            if here not in FORBIDDEN_OUTSIDE.get(top, (here,)) or (timeless and top in CLOCKS):
                wrong.append(f"{path.relative_to(HOUSE)} imports {name}")
    assert not wrong
