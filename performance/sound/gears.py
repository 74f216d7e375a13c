"""Gears: a clatter that is counted. Every tooth of every wheel falls on the frame where it meets its gap.

When that is, and which tooth it is, is told by `causes/gears.py`; the picture turns the same wheels. A tooth has its
fault, each pair of teeth a little of its own (so that the pattern of two wheels closes only when all pairs have met),
and one tooth of each wheel stands out. A visitor's blow sends a ratchet round.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.gears import PATH, Wheel, teeth_met, turns, wheels_at
from performance.causes.harmony import harmony_at
from performance.causes.inkey import pitch_of_gesture
from performance.causes.place import pan_of
from performance.causes.smooth import smooth
from performance.chance import at_indices, chance
from performance.gestures import Strike, Touch
from performance.sound.cast import Cast
from performance.sound.grains import Grains, Shower
from performance.sound.instrument import CONTROL, RATE, Desk, Frames, Instrument, Span
from performance.sound.later import Later
from performance.sound.own import own
from performance.sound.perspan import Showers
from performance.sound.place import sends
from performance.sound.toothed import SORTS, tooth_sound

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import BeatSpan, Cue, Timeline

LOUDNESS = 0.62
NARROW = 0.8  # how far to the sides the train reaches
STEADY = 11.0  # teeth a second above which each is softer
RATCHET, RATCHET_WEIGHT = 11, 0.3  # teeth of a visitor's turn
RATCHET_LONGEST = 0.2  # seconds of one of them
REACH_HZ = 1150.0  # about where a wheel of twelve teeth rings

Numbers = NDArray[np.float64]


class Gears(Instrument):
    """The train."""

    name = "gears"
    memory = 1.5

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._pool: dict[tuple[float, float], int] = {}
        self._met = Showers(desk.timeline, PATH, own(self._teeth))
        self._grains: Grains | None = None
        self._ratchet, self._later = Cast(RATCHET_LONGEST), Later()

    def reset(self, frame: int) -> None:
        """All teeth of the piece are counted, and their sounds made, if any are heard."""
        self._ratchet.clear()
        self._later.clear()
        turns.prepare(self.desk.timeline)
        if not self._met.prepare():
            self._grains = None
            return
        sounds = [tooth_sound(hz, weight, sort) for hz, weight in self._pool for sort in range(SORTS)]
        self._grains = Grains(sounds, self._met.between)

    def _sorts_of(self, pitch_hz: float, weight: float) -> int:
        """Where the sounds of a wheel begin in the pool."""
        key = (round(pitch_hz, 2), round(weight, 1))
        return SORTS * self._pool.setdefault(key, len(self._pool))

    def _teeth(self, timeline: Timeline, span: BeatSpan) -> Shower:
        """All teeth of a beat."""
        met = teeth_met(timeline, span.start, span.end)
        wheels = wheels_at(timeline, span.start)
        cue = timeline.cue(PATH, span.end - 1e-3)
        pool = np.array([self._sorts_of(hz, cue.number("weight")) for hz in ringing(timeline, span, wheels)])
        fault, accent, mesh, pan, far = _curves(timeline, span, met.t)
        own = _chances(timeline.seed, "fault", met.wheel, met.tooth)
        partner = np.array([wheel.partner for wheel in wheels])[met.wheel]
        pair = _chances(timeline.seed, "pair", met.wheel * 997 + met.tooth, met.count % partner)
        level = 0.22 + fault * (0.75 * own**3 + 0.18 * pair - 0.1)
        level *= 1 + 0.45 * accent * np.cos(
            2 * np.pi * met.tooth / np.array([w.teeth for w in wheels])[met.wheel]
        )
        level += 0.55 * accent * (met.tooth == 0)
        level *= np.minimum(met.speed / 5.0, 1.0) ** 0.5 * np.minimum(STEADY / met.speed, 1.0) ** 0.6
        level *= smooth(mesh * len(wheels) - met.wheel)
        sort = np.rint(np.clip(fault * (0.75 * own + 0.35 * pair), 0, 1) * (SORTS - 1)).astype(np.intp)
        place = sends(pan + stands(wheels)[met.wheel], far, 0.9)
        frame = np.rint(met.t * RATE).astype(np.int64)
        heard = level > 1e-4
        gains = place * (LOUDNESS * level).astype(np.float32)
        return Shower.of(frame[heard], (pool[met.wheel] + sort)[heard], gains[:, heard])

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A blow or a touch turns a ratchet: it runs on, slower and slower."""
        if not isinstance(gesture, (Touch, Strike)):
            return
        cue = self.desk.timeline.cue(PATH, frame / RATE)
        pitch = pitch_of_gesture(self.desk.timeline, gesture, 500.0, 2400.0)
        i = np.arange(RATCHET)
        late = 0.028 * (i + 0.055 * i**2)
        sort = (SORTS * at_indices(frame, i)).astype(np.intp)
        place = sends(float(pan_of(gesture.u)), cue.number("distance"), 0.9)[:, None]
        level = LOUDNESS * (0.4 + 0.6 * gesture.strength) * 0.8 * 0.9**i
        falls = frame + np.rint(late * RATE).astype(np.int64)
        for at, which, gains in zip(falls.tolist(), sort.tolist(), (place * level).T, strict=True):
            tooth = round(pitch, 2), RATCHET_WEIGHT, which
            self._later.add(at, partial(own(self._turn), at, tooth, gains.astype(np.float32)))

    def _turn(self, frame: int, tooth: tuple[float, float, int], gains: Frames) -> None:
        """One tooth of the ratchet, its sound made only now: all at once would be late."""
        self._ratchet.fall(frame, tooth, partial(tooth_sound, *tooth), gains)

    def tick(self, k: int, cue: Cue) -> None:
        """Teeth of a ratchet that fall before this instant: what is rendered next ends there or sooner."""
        self._later.reach(k * CONTROL)

    def render(self, span: Span) -> None:
        """The teeth of the span, and what still rings."""
        if self._grains is not None:
            self._grains.add(span.start, span.frames, span.out)
        self._ratchet.add(span)


def ringing(timeline: Timeline, span: BeatSpan, wheels: tuple[Wheel, ...]) -> list[float]:
    """The pitch that each wheel rings on: small ones high, all in the chord."""
    chord = timeline.cue(PATH, span.end - 1e-3).pitches("chord")
    harmony = harmony_at(timeline, span.start)
    wanted = [min(REACH_HZ * (12 / wheel.teeth) ** 0.7, 3200.0) for wheel in wheels]
    if not chord:
        return [harmony.nearest(hz) for hz in wanted]
    return [chord[i % len(chord)] for i in range(len(wheels))]


def stands(wheels: tuple[Wheel, ...]) -> Numbers:
    """Pan of each wheel: where it stands in the train."""
    x = np.array([wheel.x for wheel in wheels])
    wide = max(float(np.ptp(x)), 1e-9)
    return np.asarray(NARROW * (2 * (x - x.min()) / wide - 1)) if len(wheels) > 1 else np.zeros(1)


def _chances(seed: int, what: str, a: NDArray[np.intp], b: NDArray[np.intp]) -> Numbers:
    key = math.floor(chance(seed, "gears", what) * 2.0**53)
    return at_indices(key, a.astype(np.int64) * 4096 + b.astype(np.int64))


def _curves(timeline: Timeline, span: BeatSpan, times: Numbers) -> Numbers:
    """(5, n): fault, accent, mesh, pan and distance at the times."""
    looks = np.linspace(span.start, span.end, max(2, round(span.length / 0.25)))
    cues = [timeline.cue(PATH, min(float(t), span.end - 1e-6)) for t in looks]
    names = ("fault", "accent", "mesh", "pan", "distance")
    return np.stack([np.interp(times, looks, [cue.number(name) for cue in cues]) for name in names])
