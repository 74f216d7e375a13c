"""One heart, heard from within: two closures a beat, and a drum if the hall is empty enough.

Each closure is a few low modes that glide down as the wall tenses and lets go, with a knock at 110 to 260 Hz so that
small speakers carry it. A drum adds a slack skin (ratios of an ideal membrane, Morse 1948). When it beats is told by
`causes/heart.py`; light pulses with the same beats.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.heart import PATH, heart_beats, prepare
from performance.causes.smooth import smooth
from performance.chance import bells, chance
from performance.sound.grains import NOTHING, Shower, Takes
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.perspan import Showers
from performance.sound.place import sends

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

VARIANTS, LAYERS = 5, 3
LONGEST = 1.5  # seconds of a closure
BACK = 0.2  # seconds in which a chest that was pushed out comes back
LOUDNESS = 0.42
SECOND = 0.62  # level of the second closure
DRY_ROOM = 0.3  # share of the room that a heart in the chest has
HALL = 0.35  # how much more of the room a drum wakes
SKIN = (1.0, 1.593, 2.136, 2.295, 2.653, 2.917, 3.156)

Sound = NDArray[np.float64]


class Heart(Instrument):
    """One heart. Its rate is a curve; its beats are known in advance."""

    name = "heart"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._beats = Showers(desk.timeline, PATH, closures)
        self._heard: Takes | None = None

    def reset(self, frame: int) -> None:
        """Nothing to forget; the beats of the whole piece are counted in advance."""
        prepare(self.desk.timeline)
        self._heard = Takes(layers(), self._beats.between) if self._beats.prepare() else None

    def render(self, span: Span) -> None:
        """The closures that fall into the span, whole or in part."""
        if self._heard is not None:
            self._heard.add(span.start, span.frames, span.out)


def closures(timeline: Timeline, span: BeatSpan) -> Shower:
    """Both closures of every beat of the heart in a beat of the score, each as its layers."""
    frames: list[int] = []
    which: list[int] = []
    gains: list[Frames] = []
    for beat in heart_beats(timeline, span.start, span.end):
        for second, onset in enumerate((beat.first, beat.second)):
            first = (second * VARIANTS + beat.index * 3 % VARIANTS) * LAYERS
            frames += [round(onset * RATE)] * LAYERS
            which += range(first, first + LAYERS)
            gains.append(_gains(timeline, frames[-1], beat.strength * (SECOND if second else 1.0)))
    if not frames:
        return NOTHING
    return Shower.of(np.array(frames), np.array(which), np.concatenate(gains, axis=1))


def _gains(timeline: Timeline, frame: int, level: float) -> Frames:
    """(4, LAYERS) of a closure."""
    cue = timeline.cue(PATH, frame / RATE)
    drum, knock = cue.number("drum"), cue.number("knock")
    mix = LOUDNESS * level * np.array([1.0 - 0.25 * drum, knock * (1.0 - 0.4 * drum), drum])
    place = sends(cue.number("pan"), cue.number("distance"), DRY_ROOM + HALL * drum)
    return np.multiply.outer(place, mix.astype(np.float32))


@cache
def layers() -> list[Frames]:
    """The layers of the first closures, then those of the second ones."""
    kinds = ((43.0, 0.15, 0), (58.0, 0.10, 20))
    made = [closure(low, length, seed + i) for low, length, seed in kinds for i in range(VARIANTS)]
    return [layer for one in made for layer in one]


def closure(low_hz: float, length: float, seed: int) -> Frames:
    """A closure of a valve as it is felt through a chest, (LAYERS, frames): the thud, the knock, the drum's skin."""
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
    made = np.stack([thud, knock, 0.7 * skin]) * fade
    back = np.sin(np.pi * np.minimum(t / BACK, 1.0)) ** 2
    made -= back * (made.sum(axis=1) / back.sum())[:, None]  # a gliding tone is a little one-sided: no DC
    return np.asarray(made, np.float32)


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
