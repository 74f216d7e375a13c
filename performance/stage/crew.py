"""Who is in the wings: the stage manager, assistants who hurry past, and the performer who watches."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from performance.causes.place import FIGURE_HEIGHT
from performance.chance import chances
from performance.stage.curtain import Curtain
from performance.stage.drawing import Drawing
from performance.stage.figure import Manner
from performance.stage.moves import Known
from performance.stage.performer import Performer, figure, passing
from performance.stage.props import clipboard_of, lamp_of
from performance.timeline import Cue

Cues = Callable[[float], Cue]

ROUND = 4.4  # units from where an assistant comes in sight to where the next errand begins
DEEP = (0.55, 1.5)  # how far behind the pool they pass
CLOSE = (-0.27, -0.36)  # and how far before it, who passes close
PACE = (0.20, 0.36)  # units a second, unhurried and hurried
NOD = 1.5  # seconds that a nod takes, there and back
MANAGER, ASSISTANTS = 0, 4  # who wears what; so many kinds of assistants
DARK, PALE, WATCHING = (1.0, 0.95, 0.9), (0.85, 0.9, 1.0), (1.0, 0.80, 0.62)


@dataclass(frozen=True, slots=True)
class Member:
    """One of the crew: in working clothes of some kind, or (None) in a gown as a performer is; and what is written on
    what she carries."""

    figure: Performer
    wears: int | None
    carries: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Crew:
    """Everyone in the wings, the farthest first; and the curtain, through whose gap one sees who is behind it."""

    members: tuple[Member, ...]
    curtain: Curtain | None = None


def crew_at(
    cues: Cues,
    t: float,
    seed: int,
    hurried: float,
    known: Known | None = None,
    curtain: Curtain | None = None,
) -> Crew | None:
    """The crew at `t`, None when nobody is there. `cues(t)` are the values of `stage.crew`; `hurried` is its `hurry`
    added up over the seconds until then; `known` is what was read of the stage manager before; `curtain` is what
    hangs there."""
    cue = cues(t)
    level = cue.number("level")
    if level <= 0.0:
        return None
    members = [_assistant(cue, t, seed, n, level, hurried) for n in range(round(cue.number("assistants")))]
    if cue.number("watcher") > 0.0:
        members.append(_watcher(cue, t, seed, level))
    if cue.number("manager") > 0.0:
        members.append(_manager(cues, t, seed, level, known))
    if not members:
        return None
    return Crew(tuple(sorted(members, key=lambda member: -member.figure.z)), curtain)


def _assistant(cue: Cue, t: float, seed: int, n: int, level: float, hurried: float) -> Member:
    """One who comes out of the dark on one side, hurries past with a case, and is gone on the other. What goes before
    and after is the same errand: nobody steps from its end to its beginning. The way is as long as the steps are:
    whoever begins to hurry has not hurried before."""
    draw = _chances_of(seed, n)
    brisk, more = 0.85 + 0.3 * draw[0], PACE[1] - PACE[0]
    pace = brisk * (PACE[0] + more * cue.number("hurry"))
    way = 1.0 if (n + (draw[1] > 0.5)) % 2 else -1.0
    first, last = CLOSE if n < round(cue.number("near")) else DEEP
    z = first + (last - first) * (n + draw[2]) / 4.0
    gone = (brisk * (PACE[0] * t + more * hurried) + (draw[3] + 0.27 * n) * ROUND) % ROUND
    place = way * (gone - 0.5 * ROUND), z
    manner = Manner(seed + 31 * n, FIGURE_HEIGHT * (0.94 + 0.12 * draw[4]), way * 1.2)
    made = passing(t, "carry", place, way * pace, manner, level=level, tint=PALE)
    return Member(made, 1 + n % ASSISTANTS)


@lru_cache(maxsize=64)
def _chances_of(seed: int, n: int) -> tuple[float, ...]:
    return tuple(float(draw) for draw in chances(seed, "assistant", n, count=5))


@lru_cache(maxsize=64)
def _known_of(*mark: float) -> Known:
    """What was read of somebody about whom this says all."""
    return Known(*mark)


def _manager(cues: Cues, t: float, seed: int, level: float, known: Known | None) -> Member:
    cue = cues(t)

    def where(when: float) -> tuple[float, float]:
        then = cues(when)
        return then.number("x"), then.number("z")

    facing = math.radians(cue.number("facing"))
    manner = Manner(seed + 7, FIGURE_HEIGHT, facing, alive=1.4, gesture=0.1)
    shown = level * cue.number("manager")
    made = figure(t, _saying("brief"), where, manner, level=shown, known=known, tint=DARK, glow=0.02)
    return Member(made, MANAGER, clipboard_of(made, lamp_of(made, t)))


def _watcher(cue: Cue, t: float, seed: int, level: float) -> Member:
    place = cue.number("watch_x"), cue.number("watch_z")
    nods = cue.moment("nod")

    def words(when: float) -> tuple[str, str, float]:
        since = (when - nods) / NOD if math.isfinite(nods) else -1.0
        return "watch", "nod", math.sin(math.pi * since) ** 2 if 0.0 < since < 1.0 else 0.0

    facing = math.copysign(math.radians(38.0), -place[0])
    manner = Manner(seed + 3, FIGURE_HEIGHT * 1.02, facing, alive=0.8)
    shown, glow = level * cue.number("watcher"), 0.02 + 0.12 * cue.number("smile")
    made = figure(
        t,
        words,
        lambda _: place,
        manner,
        level=shown,
        known=_known_of(*place, nods),
        tint=WATCHING,
        glow=glow,
    )
    return Member(made, None)


def _saying(word: str) -> Callable[[float], tuple[str, str, float]]:
    return lambda _: (word, word, 1.0)
