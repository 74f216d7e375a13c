"""Tools: the bustle behind a curtain. Wood is knocked, metal put down, cases roll by, somebody hurries past.

Knocks come in flurries of two to five, as hands work. A case is wheels that bump over every board: the boards go by
faster as it is pushed, slower as it stops, and it crosses the stage while it rolls. Hurried feet pass the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.cycles import turns_of
from performance.chance import chance, chances
from performance.sound.grains import NOTHING, Grains, Shower
from performance.sound.implements import (
    FEET,
    FIRST_FOOT,
    FIRST_JOINT,
    FIRST_WHEEL,
    JOINTS,
    METAL,
    WHEELS,
    WOOD,
    pool,
)
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.perspan import Showers, curves
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.tools"
FLURRY = 5  # knocks at most in one go
LOUDNESS, ROLLING, HURRY = 1.4, 0.3, 0.8
BOARD_SECONDS = 0.16  # from board to board at full speed
BUMPS_A_SECOND = 70.0  # of the wheels on the grain of the wood
ROLLS = 3.2  # seconds that a case is pushed
PACE = 0.27  # seconds from one hurried step to the next

Numbers = NDArray[np.float64]


class Tools(Instrument):
    """Stage hands. What they do is known in advance."""

    name = "tools"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._done = Showers(desk.timeline, PATH, bustle)
        self._grains: Grains | None = None

    def reset(self, frame: int) -> None:
        """All the work of the piece, if it is heard."""
        self._grains = Grains(pool(), self._done.between) if self._done.prepare() else None

    def render(self, span: Span) -> None:
        """What is done."""
        if self._grains is not None:
            self._grains.add(span.start, span.frames, span.out)


def bustle(timeline: Timeline, span: BeatSpan) -> Shower:
    """All that begins in a beat of the score."""
    cases = [_case(timeline, span, n, t) for n, t in _when(timeline, span, "cases")]
    feet = [_feet(timeline, span, n, t) for n, t in _when(timeline, span, "feet")]
    return Shower.together([_knocks(timeline, span), *cases, *feet])


def _cases_rate(timeline: Timeline, t: float) -> float:
    return timeline.cue(PATH, t).number("cases") / 60.0


def _feet_rate(timeline: Timeline, t: float) -> float:
    return timeline.cue(PATH, t).number("feet") / 60.0


_TURNS = {"cases": turns_of(PATH, _cases_rate), "feet": turns_of(PATH, _feet_rate)}


def _when(timeline: Timeline, span: BeatSpan, what: str) -> list[tuple[int, float]]:
    """(number, time) of each, never evenly."""
    turns = _TURNS[what](timeline, span)
    found = []
    for n, t in turns.whole(span.start, span.end, 0.1):
        rate = max(timeline.cue(PATH, t).number(what) / 60.0, 1e-3)
        found.append((n, min(t + 0.6 * chance(timeline.seed, what, n) / rate, span.end - 1e-3)))
    return found


def _knocks(timeline: Timeline, span: BeatSpan) -> Shower:
    """Flurries on a grid of chances; a hand strikes the same thing each time, a little otherwise."""
    a_second = 4
    slots = max(1, int(span.length * a_second))
    draw = chances(timeline.seed, "flurries", span.index, count=8 * slots).reshape(slots, 8).T
    start = span.start + (np.arange(slots) + draw[0]) / a_second
    knocks, metal, pan, distance = curves(timeline, PATH, span, start, ("knocks", "metal", "pan", "distance"))
    blows = 1 + np.floor(FLURRY * draw[2] ** 2)
    kept = draw[1] < knocks / 60.0 / (2.3 * a_second)
    which = np.where(draw[3] < metal, WOOD + np.floor(draw[4] * METAL), np.floor(draw[4] * WOOD)).astype(
        np.intp
    )
    far = distance * (0.9 + 2.8 * draw[5])
    place = sends(np.clip(pan + 1.7 * (draw[6] - 0.5), -1, 1), far, 1.1) * air(2500.0, far).astype(np.float32)
    parts = []
    for blow in range(FLURRY):
        these = kept & (blow < blows)
        late = blow * (0.14 + 0.12 * draw[7]) + 0.02 * np.sin(7 * blow + 20 * draw[7])
        level = (
            LOUDNESS * (0.3 + 0.7 * draw[5] * draw[6]) * (0.6 + 0.4 * np.sin(3 + 5 * blow + 9 * draw[0]) ** 2)
        )
        frame = np.rint((start + np.maximum(late, 0)) * RATE).astype(np.int64)
        parts.append(Shower.of(frame[these], which[these], (place * level.astype(np.float32))[:, these]))
    return Shower.together(parts)


def _case(timeline: Timeline, span: BeatSpan, n: int, t: float) -> Shower:
    """One case from its first push until it stands."""
    key = (timeline.seed, "case", span.index, n)
    own = chances(*key, count=6)
    seconds = ROLLS * (0.7 + 0.8 * own[0])
    bumps = int(BUMPS_A_SECOND * seconds)
    draw = chances(*key, "bumps", count=4 * bumps).reshape(4, bumps)
    u = (np.arange(bumps) + draw[0]) / bumps
    speed = np.sin(np.pi * u**0.8) ** 0.7
    way = np.cumsum(speed) / speed.sum()
    rumble = Shower.of(
        _frames(t + u * seconds),
        FIRST_WHEEL + (draw[1] * WHEELS).astype(np.intp),
        _passing(timeline, t, own, way) * (ROLLING * speed * (0.25 + 0.75 * draw[2] ** 2)).astype(np.float32),
    )
    boards = max(2, round(seconds / BOARD_SECONDS * speed.mean()))
    u = np.interp((np.arange(boards) + own[1]) / boards, way, u)
    parts = [rumble]
    for wheel, late in ((0, 0.0), (1, 0.052 + 0.02 * own[2])):  # two axles over every joint
        speed = np.sin(np.pi * np.clip(u, 0, 1) ** 0.8) ** 0.7
        level = 1.6 * ROLLING * (0.4 + 0.6 * speed) * (1 - 0.3 * wheel)
        which = np.full(boards, FIRST_JOINT + int(own[3] * JOINTS), np.intp)
        place = _passing(timeline, t, own, np.interp(u, (np.arange(bumps) + 0.5) / bumps, way))
        parts.append(
            Shower.of(
                _frames(t + u * seconds + late / np.maximum(speed, 0.4)),
                which,
                place * level.astype(np.float32),
            )
        )
    return Shower.together(parts)


def _feet(timeline: Timeline, span: BeatSpan, n: int, t: float) -> Shower:
    """Somebody hurries from one side to the other."""
    key = (timeline.seed, "hurry", span.index, n)
    own = chances(*key, count=6)
    steps = 5 + int(8 * own[0])
    draw = chances(*key, "steps", count=3 * steps).reshape(3, steps)
    way = (np.arange(steps) + 0.5) / steps
    times = t + PACE * (0.85 + 0.3 * own[1]) * (np.arange(steps) + 0.12 * draw[0])
    near = 0.25 + 0.75 * np.sin(np.pi * way)
    place = _passing(timeline, t, own, way) * (HURRY * near * (0.6 + 0.4 * draw[1])).astype(np.float32)
    which = FIRST_FOOT + (int(own[4] * 4) * 2 + (np.arange(steps) % 2)).astype(np.intp) % FEET
    return Shower.of(_frames(times), which, place) if steps else NOTHING


def _passing(timeline: Timeline, t: float, own: Numbers, way: Numbers) -> Frames:
    """Gains (4, n) of what crosses the stage, nearest in the middle."""
    cue = timeline.cue(PATH, t)
    side = (1.0 if own[5] < 0.5 else -1.0) * (2 * way - 1)
    far = cue.number("distance") * (1.1 + 2.0 * own[4] + 1.2 * np.abs(side))
    return sends(np.clip(cue.number("pan") + 0.95 * side, -1, 1), far, 1.1)


def _frames(times: Numbers) -> NDArray[np.int64]:
    return np.rint(times * RATE).astype(np.int64)
