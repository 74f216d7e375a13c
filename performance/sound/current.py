"""The rising current: a crest of light that climbs through the overtones of the tonic.

The overtones never move, so that the surge is in tune all the way; what rises is the place where they are bright, with
smaller crests following under it and air rushing after. Closed form: every overtone is a sine of constant pitch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.perbeat import since
from performance.chance import chances
from performance.curves import ease
from performance.sound.breathing import BIN_HZ, Air, Draught
from performance.sound.hops import HOP, Hops
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.place import sends
from performance.sound.sines import Sines

# Overtones made of 2, 3 and 5 alone: all of them would buzz, these are a chord that goes on upwards
_FIVE_LIMIT = [
    n for n in range(1, 129) if 60**9 % n == 0 and n not in (25, 27, 50, 54, 75, 81, 100, 108, 125)
]
_K = np.repeat(_FIVE_LIMIT, 2)  # each as a pair that beats
_PAIR = np.tile([-1.0, 1.0], len(_FIVE_LIMIT))
OVERTONES = _K.size
_LOG = np.log2(_K)
LOWEST, HIGHEST = 1.6, 44.0  # overtone where the crest stands at rise 0 and 1
CREST = 0.5  # octaves: half width of the crest
FOLLOWERS = 3  # crests that run up under it, over and over
FOLLOW_HZ = 0.31
FOLLOW_SPAN = 2.6  # octaves they run through
HEARD = 1e-4
LOUDNESS = 0.11
AIR_LOUDNESS = 0.05
ENTRY = 0.4
LOW, WAY = (
    float(np.log2(LOWEST)),
    float(np.log2(HIGHEST / LOWEST)),
)  # octaves: where the crest begins, how far it goes
BESIDE = np.array([-0.8, 0.8])  # where the air is
SIZE, RUN = 2 * HOP, 4  # frames of a hop; hops whose loudness is worked out at once

Numbers = NDArray[np.float64]


class Current(Instrument):
    """What surges up from under a break."""

    name = "current"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        draw = chances(desk.seed, "current", count=5 * OVERTONES).reshape(5, OVERTONES)
        self._phase, self._flutter, self._flutter_at, apart, side = draw
        self._side = 0.95 * _PAIR * (0.4 + 0.6 * side) * np.minimum(_K / 6, 1)
        self._apart_hz = 0.5 * _PAIR * (0.1 + 0.25 * apart * np.sqrt(_K))
        self._draught = Draught(Air(desk.seed + 1, BESIDE.size), self._blow)
        self._sines, self._hops = Sines(SIZE), Hops(self._make, SIZE)
        self._runs: dict[int, Frames] = {}

    def reset(self, frame: int) -> None:
        """Nothing to forget: all is a function of time."""
        self._hops.forget()
        self._runs.clear()
        self._draught.forget()

    def render(self, span: Span) -> None:
        """The current, hop by hop, and the air."""
        self._hops.add(span.start, span.frames, span.out)
        self._draught.add(span.start, span.frames, span.out)

    def _make(self, h: int) -> Frames | None:
        r, i = divmod(h, RUN)
        if r not in self._runs:
            if len(self._runs) > 1:
                self._runs.pop(min(self._runs))
            self._runs[r] = self._levels(np.arange(r * RUN, (r + 1) * RUN + 1) * SIZE / RATE)
        gains = self._runs[r][i : i + 2]
        if not gains.any():
            return None
        hz = self._fundamental(h * SIZE / RATE) * _K + self._apart_hz
        turns = np.array([self._phase + hz * ((k * SIZE + 1) / RATE) for k in (h, h + 1)])
        out = np.zeros((4, SIZE), np.float32)
        self._sines.add(out, turns, np.array([hz, hz]), gains)
        return out

    def _fundamental(self, t: float) -> float:
        beat = self.desk.timeline.beat_at(t)
        octave = round(self.desk.timeline.cue(self.path, beat.end - 1e-3).number("octave"))
        return float(self.desk.timeline.score.tuning.tonic_hz * 2.0**octave)

    def _crests(self, times: Numbers) -> Numbers:
        """Columns (times, 1): place of the crest in octaves, strength, air, pan and distance."""
        rows = []
        for t in times.tolist():
            cue = self.desk.timeline.cue(self.path, t)
            top = LOW + cue.number("rise") * WAY
            entry = ease(min(max(t - since(self.desk.timeline, self.path, t), 0.0) / ENTRY, 1.0))
            rows.append(
                (
                    top,
                    cue.number("swell") * entry,
                    cue.number("air"),
                    cue.number("pan"),
                    cue.number("distance"),
                )
            )
        return np.array(rows).T[:, :, None]

    def _levels(self, times: Numbers) -> Frames:
        """Bus gains (times, 4, overtones)."""
        top, swell, _, pan, far = self._crests(times)
        t = times[:, None]
        bright = np.exp(-(((_LOG - top) / CREST) ** 2))
        for i in range(FOLLOWERS):
            way = (t * FOLLOW_HZ + i / FOLLOWERS) % 1.0
            place = top - FOLLOW_SPAN * (1 - way)
            bright += 0.6 * np.sin(np.pi * way) ** 2 * np.exp(-(((_LOG - place) / 0.28) ** 2))
        wave = np.sin(2 * np.pi * ((1.1 + 2.6 * self._flutter) * t + self._flutter_at))
        ground = 0.5 * (1 - 0.7 * (top - LOW) / WAY) * np.exp(-(((_LOG - 0.4) / 0.8) ** 2))
        level = LOUDNESS * swell * (bright * (0.62 + 0.38 * wave) * _K**-0.25 + ground)
        level = np.maximum(level - HEARD, 0.0)  # let in at nothing, or every one would come with a tick
        return np.moveaxis(sends(pan + self._side, far) * level.astype(np.float32), 0, 1)

    def _blow(self, times: Numbers) -> tuple[Frames, Frames] | None:
        """Air about and above the crest."""
        top, swell, air, pan, far = self._crests(times)
        strength = np.where(swell * air > HEARD, AIR_LOUDNESS * swell * air, 0.0).astype(np.float32)
        if not strength.any():
            return None
        ground = np.array([[self._fundamental(t)] for t in times.tolist()])
        octaves = np.log2(np.maximum(BIN_HZ, 20) / ground) - top
        colours = np.exp(-(((octaves - 0.5) / np.where(octaves < 0.5, 0.8, 1.3)) ** 2)).astype(np.float32)
        return colours[:, None], np.moveaxis(sends(pan + BESIDE, far) * strength, 0, 1)
