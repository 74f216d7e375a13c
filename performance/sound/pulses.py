"""Pulsing crystals: each sounds its own tone of the harmony, as high as it hangs, where it hangs.

When each is lit, `causes/pulses.py` tells; light draws the same pulses.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from performance.causes.harmony import harmony_at
from performance.causes.inkey import pitch_of_gesture
from performance.causes.place import STILL, distance_of, pan_of
from performance.causes.pulses import HIGH, LOW, PATH, Pulse, crystals, lit, lit_from
from performance.gestures import Strike, Touch
from performance.sound.cast import Cast
from performance.sound.following import Following
from performance.sound.instrument import RATE, Desk, Frames, Span
from performance.sound.place import sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.score.model import Score
    from performance.timeline import Cue

LOUDNESS, SWELL = 0.17, 0.10
LONGEST = 1.2  # seconds of a swell
OCTAVES = 2.0  # that the constellation reaches through
SWELL_ORDERS, SWELL_GAINS = np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.18, 0.05])


class Pulses(Following):
    """The constellation."""

    name = "pulses"
    memory = 8.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._swells = Cast(LONGEST)
        self._score: Score | None = None

    def prepare(self) -> None:
        """All pulses of the piece are reckoned."""
        self._swells.clear()
        timeline = self.desk.timeline
        lit_from.prepare(timeline)
        if self._score is timeline.score:
            return
        self._score = timeline.score
        for pulse in lit(timeline, 0.0, timeline.length):
            cue = timeline.cue(PATH, pulse.t)
            pitch = self._pitch(pulse, cue)
            self._swell(pitch, cue.number("ring") * rings_for(pitch))

    def follow(self, a: int, b: int) -> None:
        """The crystals that are lit in these frames."""
        for pulse in lit(self.desk.timeline, (a - 1) / RATE, (b + 1) / RATE):
            frame = round(pulse.t * RATE)
            if a <= frame < b:
                self._light(pulse, frame, self.desk.timeline.cue(PATH, pulse.t))

    def _light(self, pulse: Pulse, frame: int, cue: Cue) -> None:
        stars = crystals(self.desk.seed, pulse.among)
        i = pulse.crystal
        u, _, _ = STILL.project(stars.x[i], stars.y[i], stars.z[i])
        pan, far = (
            cue.number("pan") + float(pan_of(u)),
            cue.number("distance") * float(distance_of(stars.z[i])),
        )
        self._sound(
            cue,
            frame,
            self._pitch(pulse, cue),
            pulse.level,
            pulse.which,
            pan,
            far,
            0.15 if pulse.step else 0.4,
        )

    def _pitch(self, pulse: Pulse, cue: Cue) -> float:
        """Its tone: as high as it hangs."""
        stars = crystals(self.desk.seed, pulse.among)
        low = self.desk.timeline.score.tuning.tonic_hz * 2.0 ** (round(cue.number("octave")) - 0.01)
        ladder = harmony_at(self.desk.timeline, pulse.t).tones(low, low * 2.0**OCTAVES)
        height = (float(stars.y[pulse.crystal]) - LOW) / (HIGH - LOW)
        return ladder[min(int(height * len(ladder)), len(ladder) - 1)]

    def _sound(
        self,
        cue: Cue,
        frame: int,
        pitch: float,
        level: float,
        which: int,
        pan: float,
        far: float,
        hard: float,
    ) -> None:
        soft, ring = cue.number("soft"), cue.number("ring")
        lasts = ring * rings_for(pitch)
        self.blow(
            frame,
            "mirror",
            pitch,
            LOUDNESS * level * (1 - 0.7 * soft),
            which,
            hard,
            lasts,
            pan,
            far,
            1.3,
            0.6,
        )
        if soft > 0.0:
            place = sends(pan, far, 1.3) * np.float32(SWELL * level * soft)
            self._swells.fall(frame, *self._swell(pitch, lasts), place)

    def _swell(self, pitch: float, lasts: float) -> tuple[tuple[float, float], Callable[[], Frames]]:
        """The key of a swell, and how it is made: it is made now."""
        key = round(pitch, 2), min(0.25 + round(0.4 * lasts, 1), LONGEST)
        make = partial(swelling, *key)
        self._swells.make(key, make)
        return key, make

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A touch lights one crystal."""
        if isinstance(gesture, (Touch, Strike)):
            cue = self.desk.timeline.cue(PATH, frame / RATE)
            pitch = pitch_of_gesture(self.desk.timeline, gesture, 300.0, 2200.0)
            level, pan = 0.5 + 0.5 * gesture.strength, float(pan_of(gesture.u))
            self._sound(cue, frame, pitch, level, frame, pan, cue.number("distance"), 0.45)

    def render(self, span: Span) -> None:
        """What swells; what is struck is in the bank."""
        super().render(span)
        self._swells.add(span)


def rings_for(pitch_hz: float) -> float:
    """Seconds that a pulse rings: low ones longer."""
    return float(0.35 + 0.75 * (600.0 / pitch_hz) ** 0.5)


def swelling(pitch_hz: float, length: float) -> Frames:
    """Light from inside: up in a breath, a tremor, and down."""
    t = np.arange(round(length * RATE)) / RATE
    x = t / length
    up = np.sin(0.5 * np.pi * np.clip(x / 0.22, 0.0, 1.0)) ** 2
    down = np.cos(0.5 * np.pi * np.clip((x - 0.22) / 0.78, 0.0, 1.0)) ** 2
    tremor = 1 - 0.25 * np.sin(2 * np.pi * 5.5 * t) ** 2
    turns = pitch_hz * t * SWELL_ORDERS[:, None]
    wave = SWELL_GAINS @ (np.sin(2 * np.pi * (turns % 1.0)) * (pitch_hz * SWELL_ORDERS < 18_000)[:, None])
    return np.asarray(wave * up * down * tremor, np.float32)
