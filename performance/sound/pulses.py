"""Pulsing crystals: each sounds its own tone of the harmony, as high as it hangs, where it hangs.

When each is lit, `causes/pulses.py` tells; light draws the same pulses.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from performance.causes.harmony import harmony_at
from performance.causes.inkey import pitch_of_gesture
from performance.causes.place import STILL, distance_of, pan_of
from performance.causes.pulses import HIGH, LOW, PATH, Pulse, crystals, lit, lit_from
from performance.gestures import Strike, Touch
from performance.sound.cast import Casting
from performance.sound.instrument import RATE, Frames
from performance.sound.place import sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue

LOUDNESS, SWELL = 0.17, 0.10
LONGEST = 1.2  # seconds of a swell
OCTAVES = 2.0  # that the constellation reaches through
SWELL_ORDERS, SWELL_GAINS = (1.0, 2.0, 3.0), (1.0, 0.18, 0.05)


class Pulses(Casting):
    """The constellation."""

    name = "pulses"
    memory = 8.0
    longest = LONGEST

    def prepare(self) -> None:
        """When each crystal is lit is reckoned."""
        lit_from.prepare(self.desk.timeline)
        super().prepare()

    def foresee(self) -> None:
        """All pulses of the piece are reckoned."""
        timeline = self.desk.timeline
        for pulse in lit(timeline, 0.0, timeline.length):
            cue = timeline.cue(PATH, pulse.t)
            pitch = self._pitch(pulse, cue)
            self.draw(pitch, cue.number("ring") * rings_for(pitch))

    def follow(self, a: int, b: int) -> None:
        """The crystals that are lit in these frames."""
        for pulse, frame, cue in self.due(lit, a, b):
            self._light(pulse, frame, cue)

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
            self.fall(frame, pitch, lasts, place)

    def drawn(self, pitch_hz: float, lasts: float) -> tuple[Hashable, Callable[[], Frames]]:
        """A swell."""
        key = round(pitch_hz, 2), min(0.25 + round(0.4 * lasts, 1), LONGEST)
        return key, partial(swelling, *key)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A touch lights one crystal."""
        if isinstance(gesture, (Touch, Strike)):
            cue = self.desk.timeline.cue(PATH, frame / RATE)
            pitch = pitch_of_gesture(self.desk.timeline, gesture, 300.0, 2200.0)
            level, pan = 0.5 + 0.5 * gesture.strength, float(pan_of(gesture.u))
            self._sound(cue, frame, pitch, level, frame, pan, cue.number("distance"), 0.45)


def rings_for(pitch_hz: float) -> float:
    """Seconds that a pulse rings: low ones longer."""
    return float(0.35 + 0.75 * (600.0 / pitch_hz) ** 0.5)


def swelling(pitch_hz: float, length: float) -> Frames:
    """Light from inside: up in a breath, a tremor, and down."""
    t = np.arange(round(length * RATE)) / RATE
    x, half = (t / length).astype(np.float32), np.float32(0.5 * np.pi)
    sound = np.sin(half * np.clip(x / np.float32(0.22), 0.0, 1.0)) ** 2
    sound *= np.cos(half * np.clip((x - np.float32(0.22)) / np.float32(0.78), 0.0, 1.0)) ** 2
    sound *= 1 - np.float32(0.25) * np.sin((2 * np.pi * 5.5 * t).astype(np.float32)) ** 2
    turns = pitch_hz * t
    angle = (2 * np.pi * (turns - np.rint(turns))).astype(np.float32)
    wave = np.zeros_like(sound)
    for order, gain in zip(SWELL_ORDERS, SWELL_GAINS, strict=True):
        if order * pitch_hz < 18_000:
            wave += np.float32(gain) * np.sin(np.float32(order) * angle)
    return np.asarray(sound * wave, np.float32)
