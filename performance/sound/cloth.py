"""Cloth: a curtain in motion, thousands of threads that slip over threads.

How many slip a second and how high they sound follows the speed of the cloth, in gusts, as folds take it over from one
another; heavy cloth slips deeper. Runners rattle along their rail while it moves. Where it lands, the hem is a soft
blow along its whole width. At rest a fold still gives way now and then.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import pan_of
from performance.chance import chances, drift
from performance.gestures import Sweep
from performance.sound.grains import Grains, Shower
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.knocks import knock, rub
from performance.sound.perspan import Showers, curves
from performance.sound.place import sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.cloth"
BANDS, EACH, RINGS, HEMS = 9, 10, 12, 4
FOLDS = 16  # different folds that fall over
LOWEST_HZ, HIGHEST_HZ = 190.0, 6800.0
A_SECOND, RATTLES_A_SECOND, FOLDS_A_SECOND = 900, 30, 26
LOUDNESS, RATTLE, LANDING, WEIGHT = 0.75, 0.5, 2.6, 0.42
WIDTH = 0.85  # of the stage, from side to side
FOLDS_HZ = (2.1, 7.0, 17.0)  # gusts, folds, flutter
BRUSH = 150  # slips under a hand
_FIRST_FOLD = BANDS * EACH + RINGS + HEMS  # in the pool
HEM = 36  # places along the hem that come down one after another

Numbers = NDArray[np.float64]


class Cloth(Instrument):
    """A curtain. All its slips are known in advance."""

    name = "cloth"
    memory = 1.5

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._slips = Showers(desk.timeline, PATH, slipping)
        self._grains: Grains | None = None
        self._brushed: list[Shower] = []

    def reset(self, frame: int) -> None:
        """Every thread of the piece, if any is heard."""
        self._brushed = []
        self._grains = Grains(pool(), self._between) if self._slips.prepare() else None

    def _between(self, a: int, b: int) -> Shower:
        return Shower.together([self._slips.between(a, b), *(one.between(a, b) for one in self._brushed)])

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A hand that sweeps brushes over the folds."""
        if self._grains is not None and isinstance(gesture, Sweep):
            self._brushed = [*self._brushed[-3:], self._brush(gesture, frame)]

    def _brush(self, sweep: Sweep, frame: int) -> Shower:
        cue = self.desk.timeline.cue(PATH, frame / RATE)
        draw = chances(self.desk.seed, "brush", frame, count=5 * BRUSH).reshape(5, BRUSH)
        way = (np.arange(BRUSH) + draw[0]) / BRUSH
        speed = np.sin(np.pi * way) ** 0.7
        pan = float(pan_of(sweep.u)) + 0.7 * np.sign(sweep.du) * way
        height = np.clip(
            0.2 + 0.5 * speed + 0.3 * (draw[1] - 0.5) - 0.45 * (cue.number("weight") - 0.5), 0, 0.999
        )
        which = (height * BANDS).astype(np.intp) * EACH + (draw[2] * EACH).astype(np.intp)
        heavy = np.minimum(-np.log1p(-0.98 * draw[3]), 3.0)
        place = sends(np.clip(pan, -1, 1), 0.8 * cue.number("distance"), 0.8)
        level = 0.6 * LOUDNESS * sweep.strength * speed * heavy
        late = np.rint(way * 0.55 * RATE).astype(np.int64)
        return Shower.of(frame + late, which, place * level.astype(np.float32))

    def render(self, span: Span) -> None:
        """What slips."""
        if self._grains is not None:
            self._grains.add(span.start, span.frames, span.out)


def slipping(timeline: Timeline, span: BeatSpan) -> Shower:
    """Everything the cloth does in a beat of the score."""
    made = [part(timeline, span) for part in (_threads, _folds, _rattles)]
    return Shower.together([*made, *_landing(timeline, span)])


def _threads(timeline: Timeline, span: BeatSpan) -> Shower:
    draw, times = _slots(timeline, span, "threads", A_SECOND)
    motion, weight, slips, pan, distance = curves(
        timeline, PATH, span, times, ("motion", "weight", "slips", "pan", "distance")
    )
    speed = motion * _gusts(timeline.seed, times)
    still = (slips / 60.0 > 6.0 * _rest(timeline.seed, times)) * 0.22
    speed = np.maximum(speed, still)
    kept = draw[0] < speed
    height = np.clip(0.15 + 0.55 * speed + 0.35 * (draw[1] - 0.5) - 0.45 * (weight - 0.5), 0, 0.999)
    which = (height * BANDS).astype(np.intp) * EACH + (draw[2] * EACH).astype(np.intp)
    heavy = np.minimum(-np.log1p(-0.98 * draw[3]), 3.0)  # most threads are faint, a few are not
    level = LOUDNESS * (0.25 + 0.75 * speed) * heavy * (0.45 + 0.2 * weight)
    place = sends(np.clip(pan + WIDTH * (2 * draw[4] - 1), -1, 1), distance * (0.8 + 0.5 * draw[5]), 1.0)
    frame = np.rint(times * RATE).astype(np.int64)
    return Shower.of(frame[kept], which[kept], (place * level.astype(np.float32))[:, kept])


def _folds(timeline: Timeline, span: BeatSpan) -> Shower:
    """Folds that fall over and push the air before them: what is heavy about cloth."""
    draw, times = _slots(timeline, span, "falls", FOLDS_A_SECOND)
    motion, weight, pan, distance = curves(
        timeline, PATH, span, times, ("motion", "weight", "pan", "distance")
    )
    speed = motion * _gusts(timeline.seed, times)
    kept = draw[0] < 0.25 + 0.75 * speed
    which = _FIRST_FOLD + (draw[1] * FOLDS).astype(np.intp)
    level = WEIGHT * speed**1.5 * (0.3 + 0.9 * weight) * (0.5 + 0.8 * draw[2])
    place = sends(np.clip(pan + WIDTH * (2 * draw[3] - 1), -1, 1), distance * (0.8 + 0.4 * draw[4]), 0.8)
    frame = np.rint(times * RATE).astype(np.int64)
    return Shower.of(frame[kept], which[kept], (place * level.astype(np.float32))[:, kept])


def _gusts(seed: int, t: Numbers) -> Numbers:
    """Folds take over from one another: 0..1.5 or so."""
    slow, quick, flutter = (drift(seed, "folds", i, t=rate * t) for i, rate in enumerate(FOLDS_HZ))
    return np.maximum(0.75 + 0.35 * slow + 0.3 * quick + 0.25 * flutter, 0.0)


def _rest(seed: int, t: Numbers) -> Numbers:
    """A number 0..1 that stays for a sixth of a second: small where a fold gives way."""
    where = np.floor(6.0 * t).astype(np.int64)
    known = chances(seed, "gives way", count=int(where.max(initial=0)) + 1)
    return np.asarray(known[np.maximum(where, 0)])


def _rattles(timeline: Timeline, span: BeatSpan) -> Shower:
    draw, times = _slots(timeline, span, "rings", RATTLES_A_SECOND)
    motion, rings, pan, distance = curves(timeline, PATH, span, times, ("motion", "rings", "pan", "distance"))
    kept = draw[0] < rings * motion * _gusts(timeline.seed, times)
    which = BANDS * EACH + (draw[1] * RINGS).astype(np.intp)
    level = RATTLE * rings * (0.2 + 0.8 * draw[2] ** 2) * (0.3 + 0.7 * motion)
    place = sends(np.clip(pan + WIDTH * (2 * draw[3] - 1), -1, 1), 1.4 * distance, 1.2)
    frame = np.rint(times * RATE).astype(np.int64)
    return Shower.of(frame[kept], which[kept], (place * level.astype(np.float32))[:, kept])


def _landing(timeline: Timeline, span: BeatSpan) -> list[Shower]:
    """The hem comes down within a quarter of a second, from the middle to the sides."""
    cue = timeline.cue(PATH, span.start)
    at = cue.moment("land")
    if not span.start <= at < span.end:
        return []
    cue = timeline.cue(PATH, at)
    draw = chances(timeline.seed, "hem", count=4 * HEM).reshape(4, HEM)
    side = 2 * draw[0] - 1
    late = 0.16 * np.abs(side) + 0.08 * draw[1]
    place = sends(np.clip(cue.number("pan") + WIDTH * side, -1, 1), cue.number("distance"), 1.2)
    level = LANDING * (0.3 + 0.7 * cue.number("weight")) * (0.4 + 0.6 * draw[2]) / np.sqrt(HEM)
    which = BANDS * EACH + RINGS + (draw[3] * HEMS).astype(np.intp)
    frame = np.rint((at + late) * RATE).astype(np.int64)
    return [Shower.of(frame, which, place * level.astype(np.float32))]


def _slots(timeline: Timeline, span: BeatSpan, what: str, a_second: int) -> tuple[Numbers, Numbers]:
    """Six draws and the time of each chance: an even grid, each chance somewhere in its place."""
    slots = max(1, int(span.length * a_second))
    draw = chances(timeline.seed, "cloth", what, span.index, count=7 * slots).reshape(slots, 7).T
    return draw[:6], np.minimum(
        span.start + (np.arange(slots) + draw[6]) / a_second, np.nextafter(span.end, 0.0)
    )


@cache
def pool() -> list[Frames]:
    """Threads from the deepest band to the highest, rings, pieces of the hem, and folds."""
    made = []
    for band in range(BANDS):
        centre = LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (band / (BANDS - 1))
        seconds = 0.075 - 0.006 * band
        for i in range(EACH):
            sound = rub(centre * (0.85 + 0.03 * i), 0.6, seconds, 40 + 100 * band + i, grains=26 + 3 * i)
            made.append(sound * np.float32(0.8 - 0.06 * band))
    for i in range(RINGS):
        draw = chances(21, "ring", i, count=6)
        pitch = 1900.0 * 2 ** (1.1 * draw[0]) * np.array([1.0, 1.51, 2.62, 3.9])
        made.append(knock(pitch, 0.05 + 0.09 * draw[1:5], np.array([0.2, 0.16, 0.1, 0.06]), 0.2))
    for i in range(HEMS):
        thump = knock(
            np.array([71.0, 104, 156]) * (0.9 + 0.07 * i), (0.12, 0.09, 0.07), (0.3, 0.2, 0.12), 0.25, 0.012
        )
        soft = rub(420.0, 1.1, 0.2, 900 + i)
        thump[: soft.size] += np.float32(0.6) * soft
        made.append(thump)
    for i in range(FOLDS):
        draw = chances(22, "fold", i, count=3)
        low, seconds = 85.0 * 2 ** (1.6 * draw[0]), 0.16 + 0.14 * draw[1]
        slips = rub(700.0 * 2 ** (0.8 * draw[2]), 1.0, seconds, 700 + i, grains=60)
        made.append(np.float32(2.2) * rub(low, 0.8, seconds, 300 + i) + np.float32(0.7) * slips)
    return made
