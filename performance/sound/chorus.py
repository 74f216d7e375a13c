"""The motes answer: every gesture runs through them as a ripple of short soft tones out of the chord.

A stroke to the right or upwards runs up, the other way down; it starts where the hand was and passes over to the side
it was sent to. A tone is a voice without words, and a touch of glass where it begins. Closed form: a tone's phase is a
function of its age.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes import ghost
from performance.causes.harmony import harmony_at
from performance.causes.place import pan_of
from performance.chance import chances
from performance.gestures import Strike, Sweep, Touch
from performance.sound.bodies import BODIES, struck
from performance.sound.hops import Hops
from performance.sound.hums import MOST, Hums, Tone, hummed
from performance.sound.instrument import CONTROL, RATE, Desk, Frames, Instrument, Span
from performance.sound.later import Later
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue

LOUDNESS, GLASS_LOUDNESS = 0.17, 0.15
VIBRATO_HZ = 5.1
ANSWERING = 400.0  # microseconds, about, that an answer costs at once
LOWEST_HZ, HIGHEST_HZ = 220.0, 1000.0

Numbers = NDArray[np.float64]
Weights = NDArray[np.complex64]


class Chorus(Instrument):
    """Answers to strokes, touches and blows."""

    name = "chorus"
    memory = 9.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._tones: list[Tone] = []
        self._later = Later()
        self._hums = Hums(desk.quantum)  # no longer: an answer never falls into a hop that is already made
        self._hops = Hops(self._make, desk.quantum)

    def reset(self, frame: int) -> None:
        """No tones: those that may still be heard are answered anew."""
        ghost.prepare(self.desk.timeline)
        self._tones.clear()
        self._later.clear()
        self._hops.forget()

    def tick(self, k: int, cue: Cue) -> None:
        """Give the bank the touches of the coming control interval: a few at a time."""
        self._later.reach((k + 1) * CONTROL)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A ripple of tones, beginning at once."""
        cue = self.desk.timeline.cue(self.path, frame / RATE)
        if isinstance(gesture, (Sweep, Touch, Strike)) and cue.gain() > 0.0:
            self._tones = [tone for tone in self._tones if tone.onset + tone.length > frame / RATE]
            self.desk.rota.owe(ANSWERING)
            self._ripple(gesture, frame, cue)

    def _ripple(self, gesture: Gesture, frame: int, cue: Cue) -> None:
        swept = isinstance(gesture, Sweep)
        moved = (gesture.du, -gesture.dv) if isinstance(gesture, Sweep) else (0.0, 1.0)
        count = round(cue.number("notes")) if swept else 2
        draw = chances(self.desk.seed, "chorus", frame, count=8 * 16).reshape(8, 16)[:, :count]
        i = np.arange(count)
        pitch = self._pitches(cue, count, moved[0] + 1.4 * moved[1] >= 0, float(draw[0, 0]))
        onset = (
            frame / RATE
            + cue.number("run") * (0.8 + 0.4 * draw[0, -1]) * (i / count) ** 0.85
            + 0.03 * draw[2]
        )
        level = (0.5 + 0.5 * gesture.strength) * (0.75 + 0.25 * draw[3]) * (1.0 - 0.35 * i / count)
        side = (
            float(pan_of(gesture.u))
            + np.sign(moved[0]) * np.linspace(0.0, 0.9, count)
            + 0.3 * (draw[1] - 0.5)
        )
        far = cue.number("distance") * (1.3 + 1.5 * draw[4])
        place = sends(cue.number("pan") + side, far, 1.2)
        length = cue.number("ring") * (0.75 + 0.5 * draw[5])
        glass = cue.number("glass")
        weights = cache(lambda: hummed(pitch, (4 * draw[5]).astype(np.intp), level * (1 - 0.55 * glass)))
        rate = VIBRATO_HZ + 0.8 * (draw[6] - 0.5)
        for j in range(count):
            lasts, high = float(length[j]), float(pitch[j])
            tone = Tone(
                float(onset[j]),
                lasts,
                high,
                float(rate[j]),
                float(draw[7, j]),
                partial(_one_of, weights, j),
                place[:, j],
            )
            if sum(other.onset + other.length > tone.onset for other in self._tones) < MOST:
                self._tones.append(tone)
            if glass > 0.0:
                self._touch(tone, float(level[j]) * glass, frame + j, float(far[j]))

    def _pitches(self, cue: Cue, count: int, rising: bool, first: float) -> Numbers:
        """A run up or down the chord's ladder."""
        steps = ladder(
            cue.pitches("chord") or harmony_at(self.desk.timeline, cue.t).tones(LOWEST_HZ, HIGHEST_HZ)
        )
        start = int(first * max(len(steps) - count, 1))
        run = np.array([steps[(start + j) % len(steps)] for j in range(count)])
        return run if rising else run[::-1]

    def _touch(self, tone: Tone, level: float, which: int, distance: float) -> None:
        """The touch of glass where a tone begins."""
        frame, desk, number = round(tone.onset * RATE), self.desk, self.number

        def strike() -> None:
            address = (desk.seed, which)
            modes = struck(
                BODIES["glass"], 2 * tone.pitch_hz, GLASS_LOUDNESS * level, address, 0.42, damping=0.35
            )
            far = modes.amplitude * air(modes.pitch_hz, distance)
            desk.bank.strike(Modes(modes.pitch_hz, modes.t60, far), frame, tone.place, number)

        self._later.add(frame, strike)

    def render(self, span: Span) -> None:
        """The tones that are under way."""
        if self._tones:
            self._hops.add(span.start, span.frames, span.out)

    def _make(self, h: int) -> Frames | None:
        sound = self._hums.hop(h, self._tones)
        return None if sound is None else np.float32(LOUDNESS) * sound


def _one_of(weights: Callable[[], Weights], which: int) -> Weights:
    return np.asarray(weights()[which])


def ladder(chord: tuple[float, ...]) -> list[float]:
    """The chord's pitches in all octaves of the motes' range, rising."""
    pitches = set()
    for hz in chord:
        octave = hz * 2.0 ** np.ceil(np.log2(LOWEST_HZ / hz))
        while octave <= HIGHEST_HZ:
            pitches.add(round(float(octave), 6))
            octave *= 2
    return sorted(pitches)
