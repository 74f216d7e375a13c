"""Many hearts: a house full of small drums, rain at first, until they beat as one.

Each is two closures a beat, as one heart is (heart.py), smaller and higher, heard through a chest and across the rows.
When each beats is told by `causes/unison.py`; light may move the same people.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.unison import HEARTS, course, people, prepare
from performance.chance import at_indices, chance
from performance.sound.grains import Grains, Shower, without_dc
from performance.sound.heart import brush, sum_modes
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.perspan import Showers, curves
from performance.sound.place import delay, sends

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

SORTS = 24  # different chests
LONGEST = 0.22  # seconds of a closure
LOUDNESS = 0.30
SECOND = 0.6  # level of the second closure
ROOM = 0.55
CROWDING = 0.35  # many are louder than one by count ** (0.5 - CROWDING) while scattered

Numbers = NDArray[np.float64]


class Hearts(Instrument):
    """Hearts in the house. Their beats are counted in advance."""

    name = "hearts"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._beats = Showers(desk.timeline, HEARTS, closures)
        self._grains: Grains | None = None

    def reset(self, frame: int) -> None:
        """All beats of the piece are counted and all closures made, if any are heard."""
        prepare(self.desk.timeline, HEARTS)
        self._grains = Grains(sorts(), self._beats.between) if self._beats.prepare() else None

    def render(self, span: Span) -> None:
        """What beats in the span, and what still sounds."""
        if self._grains is not None:
            self._grains.add(span.start, span.frames, span.out)


def closures(timeline: Timeline, span: BeatSpan) -> Shower:
    """Both closures of every heart over a beat of the score, each a thud and its knock."""
    times, who, number = course(timeline, HEARTS, span).whole()
    count = round(timeline.cue(HEARTS, span.start).number("count"))
    house = people(timeline.seed, count)
    rate, knock, pan, distance = curves(timeline, HEARTS, span, times, ("rate", "knock", "pan", "distance"))
    strength = 0.75 + 0.25 * _draw(timeline.seed, who, number)
    level = LOUDNESS * count**-CROWDING * strength
    systole = 0.8 * (0.546 - 0.0021 * np.clip(rate, 20.0, 180.0))
    sort = np.rint((0.5 - 0.5 * house.size[who]) * (SORTS - 1)).astype(np.intp)
    place = sends(pan + house.pan[who], distance * house.distance[who], ROOM)
    parts = []
    for second, late, loud in ((0, 0.0, 1.0), (1, systole, SECOND)):
        frame = np.rint((times + late + delay(distance * house.distance[who])) * RATE).astype(np.int64)
        for layer, gain in ((0, 1.0), (1, knock)):
            which = (2 * second + layer) * SORTS + sort
            parts.append(Shower.of(frame, which, place * (level * loud * gain).astype(np.float32)))
    return Shower.together(parts)


def _draw(seed: int, who: NDArray[np.intp], number: NDArray[np.int64]) -> Numbers:
    """A number 0..1 for each beat of each heart."""
    return at_indices(int(chance(seed, "hearts", "strength") * 2**52), number * 4096 + who)


@cache
def sorts() -> list[Frames]:
    """First closures' thuds and knocks, then the second ones', from the deepest chest to the highest."""
    t = np.arange(round(LONGEST * RATE)) / RATE
    fade = np.clip((LONGEST - t) / 0.05, 0, 1)
    made = []
    for low, length in ((47.0, 0.115), (63.0, 0.08)):
        thuds, knocks = [], []
        for i in range(SORTS):
            pitch = low * 2.0 ** (1.2 * i / SORTS)
            dull = length * 2.0 ** (-0.5 * i / SORTS)
            tones = pitch * np.array([1, 1.52, 2.4])
            thuds.append(sum_modes(t, tones, dull * np.array([1.9, 1.5, 1.0]), (1.0, 0.6, 0.4), 0.45))
            tones = pitch * np.array([2.9, 4.1, 5.6])
            knock = sum_modes(t, tones, dull * np.array([0.9, 0.7, 0.5]), (0.5, 0.36, 0.2), 0.25)
            knocks.append(knock + 0.5 * brush(t, dull, 300 + i + int(low)))
        made += [without_dc(sound * fade) for sound in (*thuds, *knocks)]
    return made
