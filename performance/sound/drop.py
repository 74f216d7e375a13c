"""A drop of a note, and the echoes that breed from it: water over glass, then many waters.

A bubble of radius r sings at about 3 / r Hz, dies by 0.13 / r + 0.0072 r^-1.5 a second and rises as it dies (van den
Doel, "Physically based models for liquid sounds", ACM TAP 2, 2005); under it a crystal of the same pitch rings. When
and where each falls, `causes/lineage.py` tells; the rings in the picture are the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from performance.causes.harmony import harmony_at
from performance.causes.inkey import pitch_of_gesture
from performance.causes.lineage import PATH, Ring, rings
from performance.causes.place import STILL, distance_of, pan_of
from performance.gestures import Strike, Touch
from performance.sound.cast import Casting
from performance.sound.grains import without_dc
from performance.sound.instrument import RATE, Frames
from performance.sound.place import air, sends
from performance.sound.sines import glide_phase

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue, Timeline

LOUDNESS, BUBBLE = 0.26, 0.30
HIGH_HZ = 3400.0
DEEP = 1.5  # how much longer and louder the drop itself is
LONGEST = 0.5  # seconds of a bubble


class Drop(Casting):
    """The drop and its brood."""

    name = "drop"
    memory = 9.0
    longest = LONGEST

    def foresee(self) -> None:
        """All echoes of the piece are reckoned."""
        timeline = self.desk.timeline
        for ring in rings(timeline, 0.0, timeline.length):
            pitch = pitch_of_ring(timeline, ring, timeline.cue(PATH, ring.t))
            self.draw(pitch, DEEP if ring.generation == 0 else 1.0)

    def follow(self, a: int, b: int) -> None:
        """The echoes that fall in these frames."""
        for ring, frame, cue in self.due(rings, a, b):
            self._fall(ring, frame, cue)

    def _fall(self, ring: Ring, frame: int, cue: Cue) -> None:
        pitch = pitch_of_ring(self.desk.timeline, ring, cue)
        u, _, _ = STILL.project(ring.x, 0.0, ring.z)
        pan, far = cue.number("pan") + float(pan_of(u)), cue.number("distance") * float(distance_of(ring.z))
        first = ring.generation == 0
        self._sound(cue, frame, pitch, ring.level, ring.lineage % (1 << 40), pan, far, DEEP if first else 1.0)
        if first:
            self.blow(
                frame, "bowl", pitch / 4, 0.5 * LOUDNESS, 2, 0.3, 6.0 * cue.number("ring"), pan, far, 1.6
            )

    def _sound(
        self,
        cue: Cue,
        frame: int,
        pitch: float,
        level: float,
        which: int,
        pan: float,
        far: float,
        deep: float,
    ) -> None:
        water = cue.number("water")
        lasts = cue.number("ring") * deep * (0.5 + 2.2 * (400.0 / pitch) ** 0.5) * (1 - 0.45 * water)
        glass = LOUDNESS * level * deep * (1 - 0.55 * water)
        self.blow(frame + 200, "glass", pitch, glass, which, 0.35, lasts, pan, far, 1.5)
        if water > 0.0:
            place = sends(pan, far, 1.5) * np.float32(BUBBLE * level * water * float(air(pitch, far)))
            self.fall(frame, pitch, deep, place)

    def drawn(self, pitch_hz: float, lasts: float) -> tuple[Hashable, Callable[[], Frames]]:
        """A bubble."""
        rung = round(240 * math.log2(pitch_hz))  # five cents: nobody hears them in a bubble
        return (rung, lasts), partial(bubble, 2.0 ** (rung / 240), lasts)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A touch or a blow lets one drop fall, that has no echoes."""
        if isinstance(gesture, (Touch, Strike)):
            cue = self.desk.timeline.cue(PATH, frame / RATE)
            pitch = pitch_of_gesture(self.desk.timeline, gesture, 300.0, 1800.0)
            level = 0.4 + 0.6 * gesture.strength
            pan, far = float(pan_of(gesture.u)), cue.number("distance")
            self._sound(cue, frame, pitch, level, frame, pan, far, 1.0)


def pitch_of_ring(timeline: Timeline, ring: Ring, cue: Cue) -> float:
    """Hertz of an echo: tones of the chord above and below the drop's own, and as far off them as it has strayed."""
    harmony = harmony_at(timeline, ring.t)
    root = (cue.pitches("note") or (harmony.pitch_hz(14),))[0]
    ladder = harmony.tones(root / 4.2, root * 8.0)
    home = min(range(len(ladder)), key=lambda i: abs(ladder[i] - root))
    pitch = ladder[min(max(home + ring.height, 0), len(ladder) - 1)] if ring.generation else root
    while pitch > HIGH_HZ:
        pitch /= 2.0
    return float(pitch * 2.0 ** (ring.stray / 1200.0))


def bubble(pitch_hz: float, deep: float) -> Frames:
    """The chirp that closes over a drop."""
    radius = 3.0 / pitch_hz
    dying = (0.13 / radius + 0.0072 * radius**-1.5) / (1.8 * deep)
    length = float(np.clip(5.5 / dying, 0.03, LONGEST))
    t = np.arange(round(length * RATE)) / RATE
    turns = glide_phase(pitch_hz * (1.0 + 0.11 * dying * t * np.exp(-0.45 * dying * t)), 1 / RATE)
    grown = np.sin(0.5 * np.pi * np.clip(t / min(0.006, 0.2 * length), 0.0, 1.0)) ** 2
    strength = grown * np.exp(-dying * t) * np.clip((length - t) / (0.3 * length), 0.0, 1.0)
    return without_dc(np.sin(2 * np.pi * (turns % 1.0)) * strength)
