"""Steps: on silver a wet metallic ring that runs away in ripples; on wood a heel and a sole; on glass a pane.

Silver: the skin of the metal is a membrane (ratios of an ideal one, Morse 1948) whose pitch bends as the ring of the
ripple widens under it; then the liquid closes over the foot, in bubbles that chirp upwards (van den Doel 2005). The
performer's own steps, and the hands and blows that meet the ground, sound where and when they are seen.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import distance_of, pan_of
from performance.causes.steps import Footfall, dips, footfalls
from performance.chance import chances
from performance.sound.instrument import CONTROL, RATE, Desk, Frames, Instrument, Span
from performance.sound.later import Later
from performance.sound.lines import Line, Lines
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue, Event

MEMBRANE = np.array([1.0, 1.593, 2.136, 2.653, 3.155, 3.6, 4.06, 4.61])
PANE = np.array([1.0, 2.32, 2.71, 4.25, 5.1, 6.63])
BOARD = np.array([92.0, 141.0, 187.0, 268.0, 355.0, 520.0, 760.0, 1100.0])
HEEL = np.array([58.0, 88.0, 137.0, 210.0])
SILVER, BUBBLE, THUD, WOOD, GLASS = 0.22, 0.075, 0.16, 0.26, 0.20
BUBBLES = 6
RING = 1.2  # seconds of silver
ROLL = 0.075  # seconds from heel to sole
FIFTH = 1.5

Numbers = NDArray[np.float64]


class Steps(Instrument):
    """Feet on the ground."""

    name = "steps"
    memory = 6.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._lines, self._later = Lines(), Later()

    def reset(self, frame: int) -> None:
        """Still ground."""
        self._lines.clear()
        self._later.clear()

    def anchor(self, frame: int) -> int:
        """A step may still ring."""
        return frame - round(6.0 * RATE)

    def tick(self, k: int, cue: Cue) -> None:
        """The performer's steps of the coming instant."""
        self._later.reach((k + 1) * CONTROL)
        walk = cue.number("walk")
        if walk <= 0.0:
            return
        a, b = k * CONTROL / RATE, (k + 1) * CONTROL / RATE
        for step in footfalls(self.desk.timeline, a, b):
            self._own(cue, step, round(step.t * RATE), walk)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A hand or a blow that meets the ground."""
        cue = self.desk.timeline.cue(self.path, frame / RATE)
        for dip in dips(self.desk.timeline, gesture.t, math.nextafter(gesture.t, math.inf)):
            self._own(cue, dip, frame, cue.number("walk"))

    def _own(self, cue: Cue, step: Footfall, frame: int, walk: float) -> None:
        tonic = self.desk.timeline.score.tuning.tonic_hz
        pitches = cue.pitches("rings") or (tonic, FIFTH * tonic, 2 * tonic)
        draw = float(chances(self.desk.seed, "ring of", round(step.t * 1000), count=1)[0])
        far = float(distance_of(step.z)) * cue.number("distance")
        place = (float(pan_of(step.x / (1 + max(step.z, -0.5)))) + cue.number("pan"), far)
        self._step(
            cue,
            frame,
            pitches[int(draw * len(pitches))],
            walk * step.strength,
            round(step.t * 1000),
            place,
        )

    def begin(self, event: Event, frame: int) -> None:
        """A step that is written."""
        cue = self.desk.timeline.cue(self.path, event.onset)
        self._step(cue, frame, event.pitch_hz, event.level, event.address, (event.pan, event.distance))

    def _step(
        self, cue: Cue, frame: int, pitch_hz: float, level: float, address: int, at: tuple[float, float]
    ) -> None:
        draw = chances(self.desk.seed, "step", address, count=44)
        place = sends(np.clip(at[0], -1, 1), at[1], 1.1)
        ground, weight = cue.word("ground"), cue.number("weight")
        level *= 0.8 + 0.4 * draw[0]
        if ground == "wood":
            self._wood(frame, level, weight, draw, place, at[1])
        elif ground == "glass":
            self._glass(frame, pitch_hz, level, cue.number("ring"), draw, place, at[1])
        else:
            self._silver(frame, pitch_hz, level, cue, draw, place)
        self._thud(frame, level * (0.4 + 1.2 * weight), draw, place)

    def _strike(self, modes: Modes, frame: int, place: Frames) -> None:
        self.desk.splinters.strike(modes, frame, place, self.number)

    def _thud(self, frame: int, level: float, draw: Numbers, place: Frames) -> None:
        pitch = HEEL * (0.94 + 0.12 * draw[1])
        self._strike(
            Modes(pitch, np.array([0.14, 0.11, 0.08, 0.05]), THUD * level * np.array([0.4, 0.3, 0.2, 0.1])),
            frame,
            place,
        )

    def _wood(
        self, frame: int, level: float, weight: float, draw: Numbers, place: Frames, far: float
    ) -> None:
        """Heel, then sole: the board answers each a little otherwise."""
        for late, loud, bright, part in ((0.0, 1.0, 1.0, 0), (ROLL * (0.8 + 0.5 * draw[2]), 0.5, 0.55, 8)):
            pitch = BOARD * (0.9 + 0.2 * draw[3]) * (0.97 + 0.06 * draw[8 + part : 16 + part])
            t60 = 0.16 * (200 / pitch) ** 0.5
            strength = (pitch / 200) ** (-0.9 + 0.5 * bright) * (0.4 + 0.6 * draw[24:32]) * air(pitch, far)
            body = Modes(pitch, t60, WOOD * level * loud * (0.6 + 0.6 * weight) * strength / strength.sum())
            self._strike(body, frame + round(late * RATE), place)
            self._contact(frame + round(late * RATE), 0.05 * level * loud, 1500.0, draw[part // 2 :], place)

    def _glass(
        self, frame: int, pitch_hz: float, level: float, ring: float, draw: Numbers, place: Frames, far: float
    ) -> None:
        """The heel clicks on a pane that hums under the weight, and is damped by it."""
        apart = 0.0012 + 0.003 * draw[8:14]  # a pane is never even: every mode is two that beat
        pitch = pitch_hz * np.concatenate([PANE * (1 - apart), PANE * (1 + apart)])
        both = np.concatenate([PANE, PANE])
        t60 = np.clip(0.8 * ring * (500 / pitch) ** 0.7, 0.03, 3.0) * (0.6 + 0.6 * draw[14:26])
        strength = both**-0.55 * (0.4 + draw[20:32]) * air(pitch, far)
        self._strike(Modes(pitch, t60, GLASS * level * strength / strength.sum()), frame, place)
        self._contact(frame, 0.045 * level, 2600.0, draw, place)

    def _contact(self, frame: int, level: float, centre_hz: float, draw: Numbers, place: Frames) -> None:
        """Where sole and ground meet: grit, too short to have a pitch."""
        pitch = np.minimum(centre_hz * 2.0 ** (2.6 * (draw[8:24] - 0.5)), 16_000.0)
        t60 = 0.010 + 0.022 * draw[16:32]
        self._strike(Modes(pitch, t60, level / 8 * np.cos(40 * draw[20:36])), frame, place)

    def _silver(
        self, frame: int, pitch_hz: float, level: float, cue: Cue, draw: Numbers, place: Frames
    ) -> None:
        wet, ring = cue.number("wet"), cue.number("ring")
        for low, high, dies, loud in ((0, 4, 2.8, 1.0), (4, 8, 5.6, 0.4)):
            orders = MEMBRANE[low:high] * (0.995 + 0.01 * draw[8 + low : 8 + high])
            gains = loud * (0.5 + 0.5 * draw[16 + low : 16 + high]) / (high - low)
            self._lines.add(
                frame,
                _ripple(pitch_hz, ring, dies, orders, gains, draw, low),
                place * np.float32(SILVER * level),
            )
        for i in range(round(BUBBLES * wet)):
            late = 0.05 + 0.1 * i * (0.5 + draw[24 + i]) + 0.06 * draw[30]
            chirp = 2.2 * pitch_hz * 2 ** (1.6 * draw[31 + i]), 0.045 + 0.05 * draw[24 + i]
            near = place * np.float32(BUBBLE * level * wet * (0.4 + 0.6 * draw[30 - i]))
            self._bubble_later(frame + round(late * RATE), chirp, near)

    def _bubble_later(self, frame: int, chirp: tuple[float, float], place: Frames) -> None:
        lines = self._lines
        self._later.add(frame, lambda: lines.add(frame, _bubble(*chirp), place))

    def render(self, span: Span) -> None:
        """Silver and bubbles; the rest is in the bank."""
        self._lines.render(span)


def _ripple(
    pitch_hz: float, ring: float, dies: float, orders: Numbers, gains: Numbers, draw: Numbers, part: int
) -> Line:
    """A stretch of the skin's ring: its pitch sinks a little and wavers with the ripple, slower as that widens."""
    length = max(RING * ring * 2.6 / dies, 0.12)
    t = np.linspace(0.0, length, max(round(length * 220), 24))
    wave = np.sin(2 * np.pi * (5.2 + 0.8 * part) * t / (1 + 0.35 * t) + 6 * draw[4 + part % 3])
    bend = 1 + 0.028 * np.exp(-t / 0.4) * wave - 0.05 * (1 - np.exp(-t / 0.2))
    lapping = 1 - 0.45 * np.exp(-t / 0.7) * np.sin(np.pi * (3.1 + part) * t / (1 + 0.3 * t)) ** 2
    swell = np.minimum(t / (0.003 + 0.0035 * part), 1.0) * lapping
    fade = np.clip((length - t) / (0.3 * length), 0.0, 1.0)
    return Line(pitch_hz * bend, swell * np.exp(-dies * t / ring) * fade, length, orders, gains)


def _bubble(pitch_hz: float, length: float) -> Line:
    t = np.linspace(0.0, 1.0, 40)
    strength = np.minimum(t / 0.08, 1.0) * np.exp(-3.4 * t) * np.clip((1 - t) / 0.3, 0.0, 1.0)
    return Line(min(pitch_hz, 5200.0) * (1 + 0.45 * t**2), strength, length)
