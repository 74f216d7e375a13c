"""Which kernels a stretch of a piece needs: those of the things it shows, and those that every picture needs. And which
shapes, of those that are the same at every size and take long to bake.

A thing is painted by the file of its name, with all that this file imports; the tables name what is otherwise. What
the picture imports beside these files is needed always.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from performance.compiled import KERNELS
from performance.score.things import THINGS
from performance.timeline import Timeline

PICTURE = "performance.paint.picture"  # importing it declares every kernel
PAINTERS = {
    "performer": ("figure",),
    "haze": ("beam",),
    "spotlight": ("beam",),
    "mist": ("mist", "motes"),
    "sand": ("motes",),
    "thread": ("motes",),
    "words": ("words", "motes"),
}
SELDOM = {  # what the picture imports, and needs only while this is over 0
    "sea": ("floor", "morph"),
    "wings": ("curtain", "unfurl"),
}
BAKES = {  # by file: the function that bakes, and the kernel that it cannot do without
    "deck": ("deck", ""),
    "varnish": ("varnished", ""),
    "figure": ("bake_figure", "performance.stage.limbs.lay_rest"),
    "crew": ("bake_crew", "performance.stage.limbs.lay_rest"),
    "blossom": ("sprites", "performance.paint.blossom_form.fill_grid"),
}
BAKED = 12_000  # what baking one of them takes, measured as kernels are
REMEMBERING = "echoes"  # shows what was on stage before
LOOKS = (0.0, 0.02, 0.06, 0.12, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0)  # shares of a beat at which it is looked at


def kernels_of(timeline: Timeline, a: float, b: float) -> list[str]:
    """Names of the kernels that [a, b) needs, those first that take long to compile."""
    files = _files(timeline, a, b)
    return sorted((name for name in KERNELS if name.rpartition(".")[0] in files), key=length, reverse=True)


def bakes_of(timeline: Timeline, a: float, b: float) -> list[str]:
    """Names of the functions that bake shapes which [a, b) needs."""
    files = _files(timeline, a, b)
    return [f"{_file(file)}.{name}" for file, (name, _) in BAKES.items() if _file(file) in files]


def waits_for(name: str) -> str:
    """The kernel that a function which bakes needs; "" for none, and for kernels."""
    return BAKES.get(name.split(".")[-2], ("", ""))[1] if name not in KERNELS else ""


def _files(timeline: Timeline, a: float, b: float) -> frozenset[str]:
    import_module(PICTURE)
    shown = files_shown(timeline, a, b)
    if REMEMBERING in shown:
        shown |= files_shown(timeline, 0.0, a)
    return _every_picture().union(*(_with_imports(_file(name)) for name in shown))


def files_shown(timeline: Timeline, a: float, b: float) -> set[str]:
    """Files of paint/ that [a, b) asks for, by the levels in the score."""
    found: set[str] = set()
    for beat in timeline.beats:
        first, last = max(a, beat.start), min(b, beat.end)
        for look in LOOKS if first < last else ():
            t = min(first + look * (last - first), last - 1e-6)
            found |= {file for name in THINGS if _over(timeline, name, "level", t) for file in painters(name)}
            found |= {file for file, (name, what) in SELDOM.items() if _over(timeline, name, what, t)}
    return found


def painters(thing: str) -> tuple[str, ...]:
    """The files that paint a thing."""
    return PAINTERS.get(thing, (thing,))


def _over(timeline: Timeline, name: str, what: str, t: float) -> bool:
    return timeline.cue(f"stage.{name}", t).number(what) > 0.0


def _file(name: str) -> str:
    return f"performance.paint.{name}"


@cache
def _every_picture() -> frozenset[str]:
    """The files of what is painted whatever the score says."""
    others = {file for name in THINGS for file in painters(name)} | set(SELDOM)
    return _with_imports(PICTURE, frozenset(map(_file, others)))


@cache
def _with_imports(module: str, but: frozenset[str] = frozenset()) -> frozenset[str]:
    """A module and all that it uses of the house, and what that uses, `but` for some; nothing where there is none."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in sys.modules and name not in found:
            found.add(name)
            waiting += _used_by(name) - but
    return frozenset(found)


def _used_by(module: str) -> set[str]:
    """The modules of paint/ and stage/ that what a module knows comes from."""
    homes = {_home(known) for known in vars(sys.modules[module]).values()}
    return {home for home in homes if home.startswith(("performance.paint.", "performance.stage."))}


def _home(known: Any) -> str:
    """Where something was declared that a module knows: a module, a compiled function, a function, a class."""
    if isinstance(known, ModuleType):
        return known.__name__
    compiled = getattr(known, "dispatcher", known)
    return str(getattr(getattr(compiled, "py_func", known), "__module__", ""))


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
