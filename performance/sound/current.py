"""The rising current: a crest of light that climbs through the overtones of the tonic.

The overtones never move, so that the surge is in tune all the way; what rises is the place where they are bright, with
smaller crests following under it and air rushing after. Closed form: every overtone is a sine of constant pitch.
"""

from __future__ import annotations

import numpy as np

from performance.causes.perbeat import since
from performance.chance import chances
from performance.curves import ease
from performance.sound.breathing import BIN_HZ, Air
from performance.sound.hops import HOP, Hops
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.place import sends

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
        self._n = np.arange(1, HOP + 1) / RATE
        self._ramp = (np.arange(1, HOP + 1) / HOP).astype(np.float32)
        self._air = Air(desk.seed + 1, 2)
        self._hops = Hops(self._make)
        self._frames: dict[int, Frames] = {}

    def reset(self, frame: int) -> None:
        """Nothing to forget: all is a function of time."""
        self._hops.forget()
        self._frames.clear()

    def render(self, span: Span) -> None:
        """The current, hop by hop."""
        self._hops.add(span.start, span.frames, span.out)

    def _make(self, h: int) -> Frames | None:
        start, end = self._levels(h), self._levels(h + 1)
        heard = np.flatnonzero(np.maximum(start, end))
        air = self._frame(h - 1)[:, HOP:] + self._frame(h)[:, :HOP]
        if heard.size == 0:
            return air if air.any() else None
        hz = self._fundamental(h) * _K[heard] + self._apart_hz[heard]
        turns = self._phase[heard] + hz * (h * HOP / RATE)
        turns = (turns - np.floor(turns))[:, None] + hz[:, None] * self._n
        tone = np.sin((2 * np.pi * (turns - np.floor(turns))).astype(np.float32))
        cue = self.desk.timeline.cue(self.path, h * HOP / RATE)
        place = sends(cue.number("pan") + self._side[heard], cue.number("distance"))
        first = (place * start[heard].astype(np.float32)) @ tone
        rest = (place * (end - start)[heard].astype(np.float32)) @ tone
        sound: Frames = first + rest * self._ramp + air
        return sound

    def _fundamental(self, h: int) -> float:
        beat = self.desk.timeline.beat_at(h * HOP / RATE)
        octave = round(self.desk.timeline.cue(self.path, beat.end - 1e-3).number("octave"))
        return float(self.desk.timeline.score.tuning.tonic_hz * 2.0**octave)

    def _crest(self, h: int) -> tuple[float, float, float]:
        """(place of the crest in octaves, strength, air) where hop h begins."""
        t = h * HOP / RATE
        cue = self.desk.timeline.cue(self.path, t)
        rise = cue.number("rise")
        top = np.log2(LOWEST) + rise * np.log2(HIGHEST / LOWEST)
        entry = ease(min(max(t - since(self.desk.timeline, self.path, t), 0.0) / ENTRY, 1.0))
        return float(top), cue.number("swell") * entry, cue.number("air")

    def _levels(self, h: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        t = h * HOP / RATE
        top, swell, _ = self._crest(h)
        risen = (top - np.log2(LOWEST)) / np.log2(HIGHEST / LOWEST)
        bright = np.exp(-(((_LOG - top) / CREST) ** 2))
        for i in range(FOLLOWERS):
            way = (t * FOLLOW_HZ + i / FOLLOWERS) % 1.0
            place = top - FOLLOW_SPAN * (1 - way)
            bright = bright + 0.6 * np.sin(np.pi * way) ** 2 * np.exp(-(((_LOG - place) / 0.28) ** 2))
        wave = np.sin(2 * np.pi * ((1.1 + 2.6 * self._flutter) * t + self._flutter_at))
        ground = 0.5 * (1 - 0.7 * risen) * np.exp(-(((_LOG - 0.4) / 0.8) ** 2))
        level = LOUDNESS * swell * (bright * (0.62 + 0.38 * wave) * _K**-0.25 + ground)
        return np.asarray(
            np.maximum(level - HEARD, 0.0)
        )  # let in at nothing, or every one would come with a tick

    def _frame(self, h: int) -> Frames:
        """Air about and above the crest."""
        if h not in self._frames:
            if len(self._frames) > 2:
                self._frames.pop(min(self._frames))
            top, swell, air = self._crest(h + 1)
            if swell * air <= HEARD or h < 0:
                self._frames[h] = np.zeros((4, 2 * HOP), np.float32)
            else:
                octaves = np.log2(np.maximum(BIN_HZ, 20) / self._fundamental(h + 1)) - top
                colour = np.exp(-(((octaves - 0.5) / np.where(octaves < 0.5, 0.8, 1.3)) ** 2))
                cue = self.desk.timeline.cue(self.path, (h + 1) * HOP / RATE)
                gains = sends(cue.number("pan") + np.array([-0.8, 0.8]), cue.number("distance"))
                strength = np.float32(AIR_LOUDNESS * swell * air)
                self._frames[h] = self._air.frame(
                    h, np.stack([colour, colour]).astype(np.float32), strength * gains
                )
        return self._frames[h]
