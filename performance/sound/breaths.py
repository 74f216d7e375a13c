"""Many breaths: a house that breathes like surf without a tide, and then as one.

Everybody's air is summed in one spectrum (breathing.py): people of one size and in the same half of a breath share a
colour, their powers add. When each breathes is told by `causes/unison.py`; chests may move with the same people.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.perbeat import audible
from performance.causes.unison import BREATHS, course, people, prepare
from performance.chance import at_indices, chance
from performance.sound.blown import Blown
from performance.sound.breathing import BIN_HZ
from performance.sound.instrument import BUSES, Desk, Frames
from performance.sound.place import sends
from performance.sound.tract import whispered

SIZES = 12  # colours of in and of out
LOUDNESS = 0.42
IN, HOLD, OUT = 0.40, 0.04, 0.46  # shares of a breath, as of one body's
ROOM = 0.6
NEARNESS = 0.7  # breath is heard near by: those beside us stand out of the house

Numbers = NDArray[np.float64]
House = tuple[Numbers, Frames, NDArray[np.intp]]


class Breaths(Blown):
    """Breaths in the house."""

    name = "breaths"

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number, 2 * SIZES, desk.seed + 31)
        self._colours = _colours()
        self._seated: tuple[tuple[float, ...], House] | None = None

    def reset(self, frame: int) -> None:
        """All breaths of the piece are counted in advance."""
        prepare(self.desk.timeline, BREATHS)
        super().reset(frame)

    def blow(self, times: Numbers) -> tuple[Frames, Frames] | None:
        """All the air that streams."""
        made = [self._all(t) for t in times.tolist()]
        if not any(one is not None for one in made):
            return None
        silence = np.zeros((BUSES, 2 * SIZES), np.float32)
        return self._colours, np.array([silence if one is None else one for one in made])

    def _all(self, t: float) -> Frames | None:
        """Gains (4, 2 * SIZES) of everybody's breath at t."""
        timeline = self.desk.timeline
        beat = timeline.beat_at(t)
        if not audible(timeline, BREATHS, beat):
            return None
        cue = timeline.cue(BREATHS, t)
        turns = course(timeline, BREATHS, beat).turns_at(t)
        near, place, size = self._house(timeline.seed, turns.size, cue.number("pan"), cue.number("distance"))
        stream = streams(turns)
        drawn = np.abs(stream) ** 1.5 * _depths(timeline.seed, turns) * near
        powers = place * (drawn * drawn).astype(np.float32)
        gains = np.sqrt(np.bincount((size + SIZES * (stream < 0)).ravel(), powers.ravel(), 8 * SIZES))
        level = LOUDNESS * self.entered(t) * cue.number("depth") * turns.size**-0.25
        return np.asarray(level * gains, np.float32).reshape(BUSES, 2 * SIZES)

    def _house(self, seed: int, count: int, pan: float, distance: float) -> House:
        """How near everybody is, the power (4, people) and the colour (4, people) of each on the buses: kept while the
        score moves nobody."""
        asked = seed, count, pan, distance
        if self._seated is None or self._seated[0] != asked:
            house = people(seed, count)
            place = sends(pan + house.pan, distance * house.distance, ROOM)
            size = np.rint((0.5 + 0.5 * house.size) * (SIZES - 1)).astype(np.intp)
            colour = size + 2 * SIZES * np.arange(BUSES)[:, None]
            self._seated = asked, (house.distance**-NEARNESS, place * place, colour)
        return self._seated[1]


def _depths(seed: int, turns: Numbers) -> Numbers:
    """How deep this breath of each is: no two alike, now and then a sigh."""
    number = np.floor(turns).astype(np.int64) * 4096 + np.arange(turns.size)
    draw = at_indices(int(chance(seed, "breaths", "depth") * 2**52), number)
    return np.asarray(0.45 + 0.7 * draw + 1.2 * np.maximum(draw - 0.93, 0.0) / 0.07)


def streams(turns: Numbers) -> Numbers:
    """The stream of air of each: 0..1 in, 0..-1 out; in is round and quick, out early and long."""
    x = turns % 1.0
    inward = np.sin(np.pi * np.minimum(x / IN, 1.0)) ** 1.2
    out = np.clip((x - IN - HOLD) / OUT, 0.0, 1.0)
    return np.asarray(np.where(x < IN, inward, -(np.sin(np.pi * out**0.55) ** 1.2)))


def _colours() -> Frames:
    """(2 * SIZES, 257): breath in, bright, from small mouths last to large first; then breath out, darker."""
    size = np.linspace(1.22, 0.86, SIZES)[:, None]
    inward = whispered(np.array([860.0, 1750, 2850, 4200, 5900]) * size, (1, 0.8, 0.7, 0.4, 0.25), 1.2)
    outward = whispered(np.array([540.0, 1200, 2400, 3600, 5100]) * size, (1, 0.6, 0.28, 0.1, 0.06), 1.2)
    return np.concatenate([inward, outward / (1 + (BIN_HZ / 2600) ** 2)]).astype(np.float32)
