"""A tide of rhythm on skin, bar, bowl, glass, bell and mirror. When each sounds, `causes/tide.py` tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes.composition import motif_of
from performance.causes.harmony import harmony_at
from performance.causes.inkey import pitch_of_gesture
from performance.causes.lineage import drop_motif
from performance.causes.place import pan_of
from performance.causes.tide import PATH, Hit, hits, hits_of
from performance.gestures import Strike, Sweep, Touch
from performance.sound.following import Following
from performance.sound.instrument import RATE
from performance.sound.modes import Modes
from performance.sound.place import sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue

BODY = ("skin", "bar", "bowl", "glass", "bell", "mirror")
OCTAVE = (-2, 0, -1, 1, 1, 2)
LASTS = (0.5, 0.45, 1.6, 0.9, 0.7, 0.6)
SIDE = (0.0, -0.45, 0.2, 0.5, -0.65, 0.8)
HARD = (0.3, 0.6, 0.3, 0.5, 0.55, 0.6)
LOUD = (0.27, 0.15, 0.11, 0.12, 0.10, 0.09)
BEATER_HZ, BEATER_T60 = np.array([640.0, 1500.0, 3300.0]), np.array([0.03, 0.02, 0.014])
SKIN = np.array([1.0, 1.593, 2.136, 2.295, 2.653])  # a stretched membrane (Morse 1948)


class Tide(Following):
    """The layers."""

    name = "tide"
    memory = 5.0

    def prepare(self) -> None:
        """The rhythm of the whole piece is reckoned."""
        hits_of.prepare(self.desk.timeline)

    def follow(self, a: int, b: int) -> None:
        """What sounds in these frames."""
        for hit, frame, cue in self.due(hits, a, b):
            self._hit(hit, frame, cue)

    def _hit(self, hit: Hit, frame: int, cue: Cue) -> None:
        harmony = harmony_at(self.desk.timeline, hit.t)
        motif = motif_of(self.desk.timeline, cue.text("motif")) or drop_motif(self.desk.seed)
        degree = motif[hit.place % len(motif)].degree
        octave = 7 * (round(cue.number("octave")) + OCTAVE[hit.layer])
        pitch = harmony.nearest(harmony.pitch_hz(degree + octave))
        self._sound(cue, hit.layer, frame, pitch, hit.level, hit.which, cue.number("pan") + SIDE[hit.layer])

    def _sound(
        self, cue: Cue, layer: int, frame: int, pitch: float, level: float, which: int, pan: float
    ) -> None:
        far, lasts = cue.number("distance"), cue.number("ring") * LASTS[layer]
        if BODY[layer] == "skin":
            low = min(max(pitch, 45.0), 130.0)
            gains = LOUD[0] * level * np.array([1.0, 0.5, 0.32, 0.22, 0.15])
            knock = LOUD[0] * level**1.5 * np.array([0.10, 0.07, 0.045])
            skin = Modes(
                np.concatenate([low * SKIN, BEATER_HZ]),
                np.concatenate([lasts / SKIN**0.8, BEATER_T60]),
                np.concatenate([gains, knock]),
            )
            self.desk.splinters.strike(skin, frame, sends(pan, far), self.number)
            return
        hard = HARD[layer] * (0.6 + 0.5 * level)
        self.blow(frame, BODY[layer], pitch, LOUD[layer] * level, which, hard, lasts, pan, far)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A blow is a skin, a touch a bar, a stroke a bell."""
        layer = 0 if isinstance(gesture, Strike) else 1 if isinstance(gesture, Touch) else 4
        if isinstance(gesture, (Strike, Touch, Sweep)):
            cue = self.desk.timeline.cue(PATH, frame / RATE)
            pitch = pitch_of_gesture(self.desk.timeline, gesture)
            level = 0.5 + 0.5 * gesture.strength
            self._sound(cue, layer, frame, pitch, level, frame, float(pan_of(gesture.u)))
