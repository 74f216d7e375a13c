"""Gravity: each note swings into its pitch, holds, and bursts; dust chirps as it falls to it and flies off.

When and how high, `causes/gravity.py` tells; the bursts in the picture are the same masses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes.gravity import PATH, Mass, Speck, masses, masses_of, specks, specks_of, turns
from performance.causes.inkey import pitch_of_gesture
from performance.causes.place import pan_of
from performance.chance import chances
from performance.gestures import Strike, Touch, Voice
from performance.sound.following import Following
from performance.sound.instrument import RATE, Desk, Span
from performance.sound.lines import Line, Lines
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue

TONE, DUST, RIPPLE, FIRE, SILVER = 0.12, 0.055, 0.16, 0.12, 0.11
ORDERS = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
GAINS = np.array([1.0, 0.28, 0.12, 0.05, 0.03])
EARLY = 0.16  # seconds before its time at which a note begins to swing in
ORBIT_HZ, SETTLES = 5.4, 0.22
POINTS = 190


class Gravity(Following):
    """The melody and its dust."""

    name = "gravity"
    memory = 9.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._lines = Lines()

    def prepare(self) -> None:
        """The whole melody and all its dust are reckoned."""
        self._lines.clear()
        for made in (turns, masses_of, specks_of):
            made.prepare(self.desk.timeline)

    def follow(self, a: int, b: int) -> None:
        """The notes and specks of these frames; a note swings in before its time."""
        for mass, frame, cue in self.due(masses, a, b, EARLY):
            self._note(mass, frame, cue)
        for speck, frame, cue in self.due(specks, a, b):
            self._dust(speck, frame, cue)

    def _note(self, mass: Mass, frame: int, cue: Cue) -> None:
        pan, far = cue.number("pan") + float(pan_of(mass.u)), cue.number("distance")
        lasts = (mass.length + 0.5 + 0.7 * mass.rests) * cue.number("ring") + EARLY
        place = sends(pan, far, 1.2) * np.float32(
            TONE * (0.45 + 0.55 * mass.weight) * float(air(mass.pitch_hz, far))
        )
        self._lines.add(
            frame, orbiting(mass.pitch_hz, min(lasts, 7.0), cue.number("pull") * mass.weight), place
        )
        self._burst(mass, frame + round(EARLY * RATE), cue, pan, far)

    def _burst(self, mass: Mass, frame: int, cue: Cue, pan: float, far: float) -> None:
        """Indigo ripples are bowls, wildfire a shower of bars, silver a bell that shivers."""
        level, pitch, ring = cue.number("burst") * mass.weight, mass.pitch_hz, cue.number("ring")
        if mass.kind == "ripple":
            self.blow(frame, "bowl", pitch / 2, RIPPLE * level, mass.which, 0.4, 2.4 * ring, pan, far, 1.3)
        elif mass.kind == "fire":
            draw = chances(self.desk.seed, "fire", mass.which, count=18).reshape(3, 6)
            for i, late in enumerate(np.sort(0.3 * draw[0] ** 1.5).tolist()):
                high = pitch * (2.0, 3.0, 4.0, 5.0, 6.0, 8.0)[i]
                side = pan + 0.8 * (2 * float(draw[1, i]) - 1)
                at = frame + round(late * RATE)
                self.blow(
                    at,
                    "bar",
                    high,
                    FIRE * level * 0.5 * 0.85**i,
                    mass.which * 8 + i,
                    0.8,
                    0.5 * ring,
                    side,
                    far,
                )
        else:
            self.blow(
                frame, "bell", 2 * pitch, SILVER * level, mass.which, 0.5, 2.0 * ring, pan, far, 1.3, 3.0
            )

    def _dust(self, speck: Speck, frame: int, cue: Cue) -> None:
        draw = chances(self.desk.seed, "speck", speck.which, count=2)
        pitch = min(max(speck.pitch_hz, 120.0), 9000.0)
        level = DUST * (0.25 + 0.75 * speck.near) * (0.5 + 0.5 * draw[0])
        pan, far = (
            cue.number("pan") + float(pan_of(speck.u)),
            cue.number("distance") * (1.6 - 0.6 * speck.near),
        )
        body = Modes(
            pitch * np.array([1.0, 2.76, 5.4]),
            (0.10 + 0.22 * speck.near) * np.array([1.0, 0.5, 0.3]),
            level * np.array([0.7, 0.22, 0.08]) * air(pitch * np.array([1.0, 2.76, 5.4]), far),
        )
        self.desk.splinters.strike(body, frame, sends(pan, far, 1.2), self.number)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A touch, a blow or a voice is a mass of its own."""
        if isinstance(gesture, Voice) and gesture.pitch_hz <= 0.0:
            return
        if isinstance(gesture, (Touch, Strike, Voice)):
            cue = self.desk.timeline.cue(PATH, frame / RATE)
            pitch = pitch_of_gesture(self.desk.timeline, gesture, 200.0, 1200.0)
            place = sends(float(pan_of(gesture.u)), cue.number("distance"), 1.2)
            strength = TONE * (0.4 + 0.6 * gesture.strength) * (0.35 if isinstance(gesture, Voice) else 1.0)
            self._lines.add(frame, orbiting(pitch, 1.4, cue.number("pull")), place * np.float32(strength))

    def render(self, span: Span) -> None:
        """The tones; bursts and dust are in the banks."""
        super().render(span)
        self._lines.render(span)


def orbiting(pitch_hz: float, length: float, pull: float) -> Line:
    """A tone that swings into its pitch: rounds that grow smaller, and later a slow tremor."""
    t = np.linspace(0.0, length, POINTS)
    swing = 1.7 * pull * np.exp(-t / SETTLES) * np.cos(2 * np.pi * ORBIT_HZ * t)
    fall = -2.5 * pull * np.clip((t - 0.6 * length) / length, 0.0, 1.0) ** 2
    tremor = 0.09 * np.sin(2 * np.pi * 4.9 * t) * np.clip((t - 0.5) / 0.6, 0.0, 1.0)
    grown = np.sin(0.5 * np.pi * np.clip(t / (1.2 * EARLY), 0.0, 1.0)) ** 2
    strength = grown * np.exp(-1.1 * t / length) * np.cos(0.5 * np.pi * np.clip(t / length, 0.0, 1.0)) ** 1.2
    return Line(pitch_hz * 2.0 ** ((swing + fall + tremor) / 12.0), strength, length, ORDERS, GAINS)
