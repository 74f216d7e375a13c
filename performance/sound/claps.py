"""One clap: two hands that meet a finger at a time, and the air between them.

Two to four blows within about a millisecond, a slap of skin over them, and the hollow of the hands, which rings for a
few periods. Eight ways to hold them, after the kinds that Repp ("The sound of two hands clapping", JASA 81, 1987) and
Peltola et al. (IEEE Trans. ASLP 15, 2007) tell apart; the resonances are set by ear of the spectra given there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import bells, chances
from performance.sound.grains import without_dc
from performance.sound.instrument import RATE, Frames

VARIANTS = 5
PLACES = 4  # near, a few rows off, at the back, behind cloth
_FRAMES = (960, 1500, 2400, 1700)
_DULL_HZ = (14000.0, 6500.0, 3400.0, 850.0)
_ECHOES = (0, 4, 12, 6)  # from seats and walls close by
_LEVEL = 0.35
_MEET = 0.0005  # seconds in which palms come to press: skin gives

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """How hands are held: the hollow's pitch and Q, and how much of the clap it is."""

    hollow_hz: float
    q: float
    share: float


# from hollow to flat
SHAPES = (
    Shape(520, 3.1, 1.0),  # crossed and deeply cupped
    Shape(700, 2.3, 0.9),  # parallel, cupped
    Shape(930, 2.0, 0.75),
    Shape(1120, 2.5, 0.8),  # crossed, a little hollow
    Shape(1450, 1.7, 0.55),
    Shape(1640, 2.1, 0.6),
    Shape(1900, 1.4, 0.6),  # fingers on the palm
    Shape(2250, 1.8, 0.45),  # fingers on fingers
)


def index(shape: NDArray[np.intp], place: NDArray[np.intp], variant: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where a clap lies in the pool."""
    return np.asarray((shape * PLACES + place) * VARIANTS + variant)


@cache
def pool() -> list[Frames]:
    """Every shape at every place in every variant, each of the same strength."""
    return [
        clap(shape, place, 1000 * s + 10 * variant + place)
        for s, shape in enumerate(SHAPES)
        for place in range(PLACES)
        for variant in range(VARIANTS)
    ]


def clap(shape: Shape, place: int, seed: int) -> Frames:
    """One clap, (frames,), its energy one quantum."""
    frames = _FRAMES[place]
    draw = chances(seed, "clap", count=44)
    skin = _skin(seed, draw, frames)
    hollow_hz = shape.hollow_hz * (0.88 + 0.24 * draw[0])
    jw = 1j * np.maximum(
        np.fft.rfftfreq(2 * frames, 1 / RATE), 1.0
    )  # all that follows is causal: no ring before
    hollow = 2.2 * shape.share / (1 + shape.q * (jw / hollow_hz + hollow_hz / jw))
    slap = (1 - 0.6 * shape.share) * 0.55 * jw / (jw + 250) / (1 + jw / 5200) ** 2
    far = (jw / (jw + 90)) ** 2 / (1 + jw / _DULL_HZ[place]) ** 2
    sound = np.fft.irfft(np.fft.rfft(skin, 2 * frames) * (hollow + slap) * far)[:frames]
    end = np.clip((frames - np.arange(frames)) / 400, 0, 1)
    sound = _surrounded(sound, _ECHOES[place], draw[10:]) * end**2 * (3 - 2 * end)
    return without_dc(sound * (_LEVEL * (0.8 + 0.4 * draw[1]) / np.sqrt((sound**2).sum())))


def _skin(seed: int, draw: Numbers, frames: int) -> Numbers:
    """The blows: fingers do not land at once."""
    sound, size = np.zeros(frames), 700
    t = np.arange(size) / RATE
    for i in range(2 + int(3 * draw[2])):
        at = 12 + int(-0.0006 * np.log1p(-0.95 * draw[3 + i]) * RATE) * (i > 0)
        decay = (
            np.exp(-t / (0.0009 + 0.0014 * draw[20 + i]))
            * np.sin(0.5 * np.pi * np.minimum(t / _MEET, 1)) ** 2
        )
        sound[at : at + size] += (
            (1.2 if i == 0 else 0.3 + 0.6 * draw[30 + i]) * bells(seed, i, count=size) * decay
        )
    return sound


def _surrounded(sound: Numbers, echoes: int, draw: Numbers) -> Numbers:
    """With what comes back at once from the nearest backs and walls."""
    made = sound.copy()
    for i in range(echoes):
        late = int((0.0025 + 0.0021 * echoes * draw[i]) * RATE)
        made[late:] += 1.1 * (draw[(i + 13) % 28] - 0.5) * sound[:-late]
    return made
