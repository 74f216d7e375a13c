"""Tones hummed behind closed lips, each with its own gentle vibrato, in closed form: a phase is a function of age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import is_

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.sound.harmonics import Harmonics
from performance.sound.instrument import RATE, Frames
from performance.sound.tract import FORMANTS, ORDER, sung

MOST = 20  # tones at once
PARTIALS = 16
TILT_DB = -20.0  # an octave: hummed, not sung out
HOOD_HZ = 1600.0  # no partial far above this
VIBRATO = 14.0 / 1200 * np.log(2)  # a share of the pitch
ATTACK = 0.09
VOWELS = FORMANTS[[ORDER.index(v) for v in "uoAa"]]

Numbers = NDArray[np.float64]
f32 = np.float32


@dataclass(frozen=True, slots=True)
class Tone:
    """One hum."""

    onset: float
    length: float
    pitch_hz: float
    rate: float  # of its vibrato
    start: float  # of its vibrato, in turns
    weights: Callable[[], NDArray[np.complex64]]  # worked out when it is first heard
    place: Frames  # bus gains (4,)


class Hums:
    """Work space for MOST hums in hops of `size` frames, and those that sounded last as columns."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._harmonics = Harmonics(2 * MOST, PARTIALS, size)  # in one hop some may be over and as many begin
        x = np.arange(1, size + 1) / size
        self._ages, self._cubic = (x * (size / RATE)).astype(f32), (x ** np.arange(4)[:, None]).astype(f32)
        self._tones: list[Tone] = []

    def hop(self, h: int, tones: list[Tone]) -> Frames | None:
        """Frames [h * size, (h + 1) * size) of those that sound then, (4, size); None where none does."""
        start, end = h * self.size / RATE, (h + 1) * self.size / RATE
        tones = [tone for tone in tones if tone.onset < end and tone.onset + tone.length > start]
        if not tones:
            return None
        if len(tones) != len(self._tones) or not all(map(is_, tones, self._tones)):
            self._stack(tones)
        sound = self._harmonics.read(self._turns(start, end), self._waves, self._waves)
        onset, length = self._numbers[:2]
        sound *= _envelope((start - onset[:, None]).astype(f32) + self._ages, length[:, None])
        return np.asarray(self._place @ sound, np.float32)

    def _turns(self, start: float, end: float) -> Frames:
        """Phases of a hop: cubics that meet phase and pitch at both of its ends, as good as true between them."""
        onset, _, pitch, rate, at = self._numbers
        age = np.array([[start], [end]]) - onset
        wave = 2 * np.pi * (rate * age + at)
        swing = np.cos(2 * np.pi * at) - np.cos(wave)  # the vibrato's own share of the phase, integrated
        turns = pitch * (age + VIBRATO / (2 * np.pi * rate) * swing)
        slow, fast = pitch * (1 + VIBRATO * np.sin(wave)) * (end - start)
        way = turns[1] - turns[0]
        cubic = np.stack(
            [turns[0] - np.floor(turns[0]), slow, 3 * way - 2 * slow - fast, slow + fast - 2 * way], axis=1
        )
        return np.asarray(cubic.astype(f32) @ self._cubic)

    def _stack(self, tones: list[Tone]) -> None:
        numbers = [(tone.onset, tone.length, tone.pitch_hz, tone.rate, tone.start) for tone in tones]
        self._tones, self._numbers = tones, np.array(numbers).T
        self._waves = self._harmonics.waves(np.stack([tone.weights() for tone in tones]))
        self._place = np.stack([tone.place for tone in tones], axis=1)


def hummed(pitch: Numbers, vowel: NDArray[np.intp], level: Numbers) -> NDArray[np.complex64]:
    """Weights (tones, partials) of closed lips and soft vowels."""
    made = sung(VOWELS[vowel], pitch, PARTIALS, np.full(pitch.size, TILT_DB), np.zeros(pitch.size))
    hood = 1 / (1 + (np.arange(1, made.shape[1] + 1) * pitch[:, None] / HOOD_HZ) ** 2)
    return np.asarray(made * hood * level[:, None], np.complex64)


def _envelope(age: Frames, length: Numbers) -> Frames:
    """0 before and after; a soft start, a long letting go."""
    fall = np.maximum(age - f32(ATTACK), 0)
    fall *= (-1 / np.maximum(length - ATTACK, 0.05)).astype(f32)
    fall += 1
    np.maximum(fall, 0, out=fall)
    fall *= fall
    young = np.flatnonzero(age[:, 0] < ATTACK)
    fall[young] *= smooth(age[young] / f32(ATTACK)).astype(f32)
    return np.asarray(fall)
