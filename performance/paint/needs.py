"""Which kernels a stretch of a piece needs: those of the things it shows, and those that every picture needs. And which
shapes, of those that are the same at every size and take long to bake.

A thing is described by the file of its name in stage/ and painted by that in paint/, with all the functions that these
lead to, by the names in their code; the tables name what is otherwise. What the picture leads to beside these files is
needed always.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import Any

from performance.compiled import KERNELS
from performance.score.things import THINGS
from performance.timeline import Timeline

PICTURE = "performance.paint.picture"  # importing it declares every kernel
ROOMS = ("performance.paint.", "performance.stage.")
PAINTERS = {
    "performer": ("figure",),
    "haze": ("beam",),
    "spotlight": ("beam",),
    "mist": ("mist", "motes"),
    "sand": ("motes",),
    "thread": ("motes",),
    "words": ("words", "motes"),
}
SELDOM = {  # what the picture imports, and needs only while this is over so much
    "sea": ("floor", "morph", 0.0),
    "wings": ("curtain", "unfurl", 0.0),
    "closeup": ("performer", "scale", 1.0),
    "trails": ("performer", "trails", 0.0),
}
BAKES = {  # by file: the function that bakes, and the kernel that it cannot do without
    "deck": ("deck", ""),
    "varnish": ("varnished", ""),
    "figure": ("bake_figure", "performance.stage.limbs.lay_rest"),
    "closeup": ("bake_closeup", "performance.stage.limbs.lay_rest"),
    "crew": ("bake_crew", "performance.stage.limbs.lay_rest"),
    "blossom": ("sprites", "performance.paint.blossom_form.fill_grid"),
}
BAKED = 12_000  # what baking one of them takes, measured as kernels are
DRAWN = (
    "performance.stage.drawing.Drawing",
    "drawing",
)  # what makes one of these is painted by this file, too
REMEMBERING = "echoes"  # shows what was on stage before
LOOKS = (0.0, 0.02, 0.06, 0.12, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0)  # shares of a beat at which it is looked at


def kernels_of(timeline: Timeline, a: float, b: float) -> list[str]:
    """Names of the kernels that [a, b) needs, those first that take long to compile."""
    return sorted(KERNELS.keys() & _needed(timeline, a, b), key=length, reverse=True)


def bakes_of(timeline: Timeline, a: float, b: float) -> list[str]:
    """Names of the functions that bake shapes which [a, b) needs."""
    needed = _needed(timeline, a, b)
    bakes = [f"{_file(file)}.{name}" for file, (name, _) in BAKES.items()]
    return [bake for bake in bakes if bake in needed]


def waits_for(name: str) -> str:
    """The kernel that a function which bakes needs; "" for none, and for kernels."""
    return BAKES.get(name.split(".")[-2], ("", ""))[1] if name not in KERNELS else ""


def _needed(timeline: Timeline, a: float, b: float) -> frozenset[str]:
    """Names of all functions that [a, b) may use."""
    import_module(PICTURE)
    shown = files_shown(timeline, a, b)
    if REMEMBERING in shown:
        shown |= files_shown(timeline, 0.0, a)
    return _every_picture().union(*map(_by_file, shown))


def files_shown(timeline: Timeline, a: float, b: float) -> set[str]:
    """Files of stage/ and paint/ that [a, b) asks for, by the levels in the score."""
    found: set[str] = set()
    for beat in timeline.beats:
        first, last = max(a, beat.start), min(b, beat.end)
        for look in LOOKS if first < last else ():
            t = min(first + look * (last - first), last - 1e-6)
            shown = [name for name in THINGS if _over(timeline, name, "level", 0.0, t)]
            found |= {file for name in shown for file in (name, *painters(name))}
            found |= {file for file, what in SELDOM.items() if _over(timeline, *what, t)}
    return found


def painters(thing: str) -> tuple[str, ...]:
    """The files that paint a thing."""
    return PAINTERS.get(thing, (thing,))


def _over(timeline: Timeline, name: str, what: str, least: float, t: float) -> bool:
    return timeline.cue(f"stage.{name}", t).number(what) > least


def _file(name: str) -> str:
    return f"performance.paint.{name}"


@cache
def _every_picture() -> frozenset[str]:
    """What is used whatever the score says."""
    return _led_to([sys.modules[PICTURE]], _by_themselves())


@cache
def _by_file(file: str) -> frozenset[str]:
    """What the files of this name use."""
    homes, drawing = _homes(file), file == DRAWN[1]
    apart = _by_themselves() if drawing else _homes_of({*SELDOM}) | {_file(DRAWN[1])}
    found = _led_to([sys.modules[home] for home in homes if home in sys.modules], apart - {*homes})
    return found | _by_file(DRAWN[1]) if DRAWN[0] in found and not drawing else found


def _by_themselves() -> frozenset[str]:
    """The files that count only where they are asked for."""
    files = {file for name in THINGS for file in (name, *painters(name))} | {*SELDOM, DRAWN[1]}
    return _homes_of(files)


def _homes_of(files: set[str]) -> frozenset[str]:
    return frozenset(home for file in files for home in _homes(file))


def _homes(file: str) -> tuple[str, str]:
    return f"performance.stage.{file}", _file(file)


def _led_to(waiting: list[Any], but: frozenset[str] = frozenset()) -> frozenset[str]:
    """Names of all functions and classes of the house that these lead to, not by way of the files `but`."""
    found: dict[int, str] = {}
    while waiting:
        known = waiting.pop()
        if id(known) not in found and _home(known).startswith(ROOMS) and _home(known) not in but:
            found[id(known)] = _name(known)
            waiting += _uses(known)
    return frozenset(found.values())


def _uses(known: Any) -> list[Any]:
    """What a function knows by the names in its code; what a class or a module consists of."""
    if isinstance(known, ModuleType):
        return [one for one in vars(known).values() if _home(one) == known.__name__]
    if isinstance(known, type):
        return [*known.__mro__[1:], *vars(known).values()]
    function = _plain(known)
    if not isinstance(function, FunctionType):
        return [type(known)]
    names, around = _names(function.__code__), function.__globals__
    met = [around[name] for name in names if name in around] + [
        sys.modules[name] for name in names if name in sys.modules and "." in name
    ]
    spread = [one for many in met for one in _contents(many)]
    met += [
        vars(module)[name]
        for module in met
        if isinstance(module, ModuleType)
        for name in names
        if name in vars(module)
    ]
    met += [cell.cell_contents for cell in function.__closure__ or ()]
    return [one for one in [*met, *spread] if not isinstance(one, ModuleType)]


def _names(code: CodeType) -> set[str]:
    """The names in a function's code and in the functions inside it."""
    inside = [_names(one) for one in code.co_consts if isinstance(one, CodeType)]
    return set(code.co_names).union(*inside)


def _contents(known: Any) -> list[Any]:
    """What lies in a table."""
    values = list(known.values()) if isinstance(known, dict) else known
    if not isinstance(values, list | tuple):
        return []
    return [one for value in values for one in (value, *_contents(value))]


def _plain(known: Any) -> Any:
    """The function in Python behind a kernel, a compiled function, a property, a method, what is cached."""
    for wrapped in ("dispatcher", "py_func", "fget", "__func__", "__wrapped__"):
        known = getattr(known, wrapped, known)
    return known


def _home(known: Any) -> str:
    """The file where something was declared."""
    if isinstance(known, ModuleType):
        return known.__name__
    return str(getattr(_plain(known), "__module__", ""))


def _name(known: Any) -> str:
    return f"{_home(known)}.{getattr(_plain(known), '__qualname__', '')}"


@cache
def length(name: str) -> int:
    """How long a kernel is, with the functions that it calls: a fair guess at how long it takes to compile."""
    return _code(KERNELS[name].dispatcher.py_func, set()) if name in KERNELS else BAKED


def _code(function: Any, known: set[Any]) -> int:
    """Bytes of instructions of a compiled function and all it calls, each counted once."""
    known.add(function)
    callees = [
        getattr(function.__globals__.get(name), "py_func", None) for name in function.__code__.co_names
    ]
    return len(function.__code__.co_code) + sum(
        _code(callee, known) for callee in callees if callee is not None and callee not in known
    )
