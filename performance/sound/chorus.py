"""The motes answer: every gesture runs through them as a ripple of short soft tones out of the chord.

A stroke to the right or upwards runs up, the other way down; it starts where the hand was and passes over to the side
it was sent to. A tone is a voice without words, and a touch of glass where it begins. Closed form: a tone's phase is a
function of its age.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.line import eased
from performance.causes.place import pan_of
from performance.chance import chances
from performance.gestures import Strike, Sweep, Touch
from performance.sound.bodies import BODIES, struck
from performance.sound.harmonics import Harmonics
from performance.sound.hops import HOP, Hops
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.modes import Modes
from performance.sound.place import air, sends
from performance.sound.tract import FORMANTS, ORDER, sung

if TYPE_CHECKING:
    from performance.gestures import Gesture

MOST = 20  # tones at once
PARTIALS = (4, 4)
LOUDNESS, GLASS_LOUDNESS = 0.17, 0.15
TILT_DB = -20.0  # an octave: hummed, not sung out
SIZE = HOP  # no longer than a quantum: an answer never falls into a hop that is already made
VIBRATO_CENTS, VIBRATO_HZ = 14.0, 5.1
ATTACK = 0.09
LOWEST_HZ, HIGHEST_HZ = 220.0, 1000.0
HOOD_HZ = 1600.0  # motes hum with closed lips: no partial far above this
_VOWELS = FORMANTS[[ORDER.index(v) for v in "uoAa"]]
_RAMP = ((np.arange(SIZE) + 1) / SIZE).astype(np.float32)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tone:
    """One mote's answer."""

    onset: float
    length: float
    pitch_hz: float
    level: float
    place: Frames  # bus gains (4,)
    vibrato: tuple[float, float]  # rate, phase in turns
    vowel: int


class Chorus(Instrument):
    """Answers to strokes, touches and blows."""

    name = "chorus"
    memory = 9.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._tones: list[Tone] = []
        self._harmonics = Harmonics(MOST, *PARTIALS, SIZE)
        self._hops = Hops(self._make, SIZE)

    def reset(self, frame: int) -> None:
        """No tones: those that may still be heard are answered anew."""
        self._tones.clear()
        self._hops.forget()

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A ripple of tones, beginning at once."""
        timeline = self.desk.timeline
        cue = timeline.cue(self.path, frame / RATE)
        if not isinstance(gesture, (Sweep, Touch, Strike)) or cue.number("gain_db") <= -60.0:
            return
        scale = ladder(cue.pitches("chord") or (timeline.score.tuning.tonic_hz,))
        self._tones = [tone for tone in self._tones if tone.onset + tone.length > frame / RATE]
        count = round(cue.number("notes")) if isinstance(gesture, Sweep) else 2
        moved = (gesture.du, -gesture.dv) if isinstance(gesture, Sweep) else (0.0, 1.0)
        draw = chances(self.desk.seed, "chorus", frame, count=8 * 16).reshape(8, 16)
        rising = moved[0] + 1.4 * moved[1] >= 0
        first = int(draw[0, 0] * max(len(scale) - count, 1))
        steps = np.arange(count) if rising else count - 1 - np.arange(count)
        run = cue.number("run") * (0.8 + 0.4 * draw[0, 1])
        side = (
            float(pan_of(gesture.u))
            + np.sign(moved[0]) * np.linspace(0.0, 0.9, count)
            + 0.3 * (draw[1, :count] - 0.5)
        )
        for i in range(count):
            late = run * (i / max(count, 1)) ** 0.85 + 0.03 * draw[2, i]
            pitch = scale[(first + int(steps[i])) % len(scale)]
            level = (0.5 + 0.5 * gesture.strength) * (0.75 + 0.25 * draw[3, i]) * (1.0 - 0.35 * i / count)
            far = cue.number("distance") * (1.3 + 1.5 * draw[4, i])
            place = sends(cue.number("pan") + side[i], far, 1.2)
            length = cue.number("ring") * (0.75 + 0.5 * draw[5, i])
            onset = frame / RATE + late
            glass = cue.number("glass")
            vibrato = (VIBRATO_HZ + 0.8 * (draw[6, i] - 0.5), float(draw[7, i]))
            tone = Tone(onset, length, pitch, level * (1 - 0.55 * glass), place, vibrato, int(4 * draw[5, i]))
            if sum(other.onset + other.length > onset for other in self._tones) < MOST:
                self._tones.append(tone)
            if glass > 0.0:
                self._touch(tone, frame + i, level * glass, far)

    def _touch(self, tone: Tone, which: int, level: float, far: float) -> None:
        modes = struck(
            BODIES["glass"],
            2 * tone.pitch_hz,
            GLASS_LOUDNESS * level,
            (self.desk.seed, which),
            0.42,
            damping=0.35,
        )
        body = Modes(modes.pitch_hz, modes.t60, modes.amplitude * air(modes.pitch_hz, far))
        self.desk.bank.strike(body, round(tone.onset * RATE), tone.place, self.number)

    def render(self, span: Span) -> None:
        """The tones that are under way."""
        if self._tones:
            self._hops.add(span.start, span.frames, span.out)

    def _make(self, h: int) -> Frames | None:
        start, end = h * SIZE / RATE, (h + 1) * SIZE / RATE
        tones = [tone for tone in self._tones if tone.onset < end and tone.onset + tone.length > start]
        if not tones:
            return None
        onset, length, pitch, level = np.array([(t.onset, t.length, t.pitch_hz, t.level) for t in tones]).T
        rate, at = np.array([t.vibrato for t in tones]).T
        frames = np.arange(1, SIZE + 1) / RATE
        age = start - onset[:, None] + frames
        depth = VIBRATO_CENTS / 1200 * np.log(2)
        swing = np.cos(2 * np.pi * at)[:, None] - np.cos(2 * np.pi * (rate[:, None] * age + at[:, None]))
        turns = pitch[:, None] * (age + depth / (2 * np.pi * rate[:, None]) * swing)
        sound = self._harmonics.weighted(_circle(turns), *self._weights(tones, pitch, level))
        sound *= _envelope(age, length[:, None])
        place = np.stack([tone.place for tone in tones], axis=1) * np.float32(LOUDNESS)
        return np.asarray(place @ sound, np.float32)

    def _weights(
        self, tones: list[Tone], pitch: Numbers, level: Numbers
    ) -> tuple[NDArray[np.complex64], NDArray[np.complex64]]:
        mouths = _VOWELS[[tone.vowel for tone in tones]]
        soft = np.full(len(tones), TILT_DB)
        made = sung(mouths, pitch, PARTIALS[0] * PARTIALS[1], soft, np.zeros(len(tones)))
        hood = 1 / (1 + (np.arange(1, made.shape[1] + 1) * pitch[:, None] / HOOD_HZ) ** 2)
        weights = (made * hood * level[:, None]).astype(np.complex64)
        return weights, weights


def _circle(turns: Numbers) -> NDArray[np.complex64]:
    angle = (2 * np.pi * (turns - np.floor(turns))).astype(np.float32)
    circle = np.empty(angle.shape, np.complex64)
    np.cos(angle, out=circle.real)
    np.sin(angle, out=circle.imag)
    return circle


def _envelope(age: Numbers, length: Numbers) -> Frames:
    """0 before and after; a soft start, a long letting go."""
    rise = eased(age / ATTACK)
    fall = np.maximum(1 - np.maximum(age - ATTACK, 0) / np.maximum(length - ATTACK, 0.05), 0) ** 2
    return np.asarray(rise * fall, np.float32)


def ladder(chord: tuple[float, ...]) -> list[float]:
    """The chord's pitches in all octaves of the motes' range, rising."""
    pitches = set()
    for hz in chord:
        octave = hz * 2.0 ** np.ceil(np.log2(LOWEST_HZ / hz))
        while octave <= HIGHEST_HZ:
            pitches.add(round(float(octave), 6))
            octave *= 2
    return sorted(pitches)
