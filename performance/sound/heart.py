"""One heart, heard from within: two closures a beat, and a drum if the hall is empty enough.

Each closure is a few low modes that glide down as the wall tenses and lets go, with a knock at 110 to 260 Hz so that
small speakers carry it. A drum adds a slack skin (ratios of an ideal membrane, Morse 1948). When it beats is told by
`causes/heart.py`; light pulses with the same beats.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.heart import PATH, heart_beats, prepare
from performance.causes.smooth import smooth
from performance.chance import bells, chance
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.place import sends

VARIANTS = 5
LONGEST = 1.5  # seconds of a closure
BACK = 0.2  # seconds in which a chest that was pushed out comes back
LOUDNESS = 0.42
SECOND = 0.62  # level of the second closure
DRY_ROOM = 0.3  # share of the room that a heart in the chest has
HALL = 0.35  # how much more of the room a drum wakes
SKIN = (1.0, 1.593, 2.136, 2.295, 2.653, 2.917, 3.156)

Sound = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Closure:
    """Its layers (3, frames): the thud, the knock, the skin of the drum."""

    layers: Frames


class Heart(Instrument):
    """One heart. Its rate is a curve; its beats are known in advance."""

    name = "heart"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        seeds = range(VARIANTS)
        self._closures = [
            [closure(43.0, 0.15, i) for i in seeds],
            [closure(58.0, 0.10, i + 20) for i in seeds],
        ]

    def reset(self, frame: int) -> None:
        """Nothing to forget; the beats of the whole piece are counted in advance."""
        prepare(self.desk.timeline)

    def render(self, span: Span) -> None:
        """The closures that fall into the span, whole or in part."""
        start, end = span.start / RATE, (span.start + span.frames) / RATE
        for beat in heart_beats(self.desk.timeline, start - LONGEST - 0.5, end):
            for which, onset in enumerate((beat.first, beat.second)):
                level = beat.strength * (SECOND if which else 1.0)
                self._add(span, round(onset * RATE), self._closures[which][beat.index * 3 % VARIANTS], level)

    def _add(self, span: Span, onset: int, made: Closure, level: float) -> None:
        a, b = max(onset, span.start), min(onset + made.layers.shape[1], span.start + span.frames)
        if b <= a:
            return
        cue = self.desk.timeline.cue(PATH, onset / RATE)
        drum, knock = cue.number("drum"), cue.number("knock")
        mix = np.array([1.0 - 0.25 * drum, knock * (1.0 - 0.4 * drum), drum], np.float32)
        place = sends(cue.number("pan"), cue.number("distance"), DRY_ROOM + HALL * drum)
        sound = mix @ made.layers[:, a - onset : b - onset]
        span.out[:, a - span.start : b - span.start] += np.float32(LOUDNESS * level) * place[:, None] * sound


@cache
def closure(low_hz: float, length: float, seed: int) -> Closure:
    """One closure of a valve as it is felt through a chest."""
    t = np.arange(round(LONGEST * RATE)) / RATE
    pitch = low_hz * (1 + 0.04 * float(bells(seed, "pitch", count=1)[0]))
    thud = sum_modes(
        t, pitch * np.array([1, 1.52, 2.4]), length * np.array([2.4, 1.8, 1.1]), (1.0, 0.6, 0.4), 0.45
    )
    knock = sum_modes(
        t, pitch * np.array([2.9, 4.1, 5.6]), length * np.array([0.9, 0.7, 0.5]), (0.5, 0.36, 0.2), 0.25
    )
    skin_hz = 1.5 * pitch * np.array(SKIN)
    strengths = tuple(0.8 / (1 + 0.55 * i) * (0.7 + 0.6 * chance(seed, "skin", i)) for i in range(len(SKIN)))
    ringing = np.array([0.75 / (1 + 0.35 * i) for i in range(len(SKIN))])
    skin = sum_modes(t, skin_hz, ringing, strengths, 0.10)
    knock = knock + 0.5 * brush(t, length, seed)
    fade = smooth((LONGEST - t) / 0.3)
    layers = np.stack([thud, knock, 0.7 * skin]) * fade
    back = np.sin(np.pi * np.minimum(t / BACK, 1.0)) ** 2
    layers -= back * (layers.sum(axis=1) / back.sum())[:, None]  # a gliding tone is a little one-sided: no DC
    return Closure(layers.astype(np.float32))


def sum_modes(t: Sound, pitch_hz: Sound, t60: Sound, amplitude: tuple[float, ...], glide: float) -> Sound:
    """Decaying tones that start `glide` (of their pitch) too high and settle; they begin at sine phase."""
    settle = 0.045
    warped = t + glide * settle * (1 - np.exp(-t / settle))
    phase = 2 * np.pi * pitch_hz[:, None] * warped
    rise = smooth(t / 0.004)
    return np.asarray((np.array(amplitude) @ (np.sin(phase) * np.exp(-6.91 * t / t60[:, None]))) * rise)


def brush(t: Sound, length: float, seed: int) -> Sound:
    """Flesh: a soft burst between 110 and 260 Hz."""
    noise = bells(seed, "brush", count=t.size) * np.exp(-t / (0.25 * length)) * smooth(t / 0.006)
    spectrum = np.fft.rfft(noise, 2 * t.size)
    hz = np.fft.rfftfreq(2 * t.size, 1 / RATE)
    made = np.fft.irfft(spectrum * np.exp(-(((hz - 175) / 75) ** 2)))[: t.size]
    return np.asarray(made / np.abs(made).max() * smooth(t / 0.004))
