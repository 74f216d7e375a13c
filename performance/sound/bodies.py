"""What is struck: wine glass, bowl, bar, bell, ice, mirror, each a set of modes that differs a little every time.

Ratios: wine glass, Tibetan bowl and bar from the Csound manual's appendix on modal frequency ratios; small handbell in
near pairs from the same. T60 = 2.2 Q / f. Glass harmonica: the (2,0) mode sets the pitch (Rossing 1994,
doi:10.1121/1.2029857). A real rim is never quite round, so every mode is a pair that beats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from performance.chance import chances
from performance.sound.modes import Modes


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body. `quality` is Q of its lowest mode; `beat_hz` how far its near pairs stand apart at 440 Hz."""

    ratios: tuple[float, ...]
    quality: float
    beat_hz: float
    slope: float  # amplitude falls as ratio ** -slope before hardness
    dullness_hz: float  # above this, inner friction shortens a mode
    longest: float = 14.0  # seconds to -60 dB


BODIES: dict[str, Body] = {
    "glass": Body((1, 2.32, 4.25, 6.63, 9.38, 12.6, 16.2), 1900, 0.9, 0.35, 9000),
    "bowl": Body((1, 2.778, 5.181, 8.163, 11.66, 15.64, 19.99), 1500, 0.55, 0.6, 5000, 20.0),
    "bar": Body((1, 2.756, 5.423, 8.988, 13.45, 18.64), 620, 0.25, 0.7, 7000),
    "bell": Body((1, 1.7975, 2.521, 3.36, 4.21, 5.43, 6.8, 8.4), 1300, 0.8, 0.3, 8000),
    "ice": Body((1, 1.83, 2.71, 4.4, 6.3, 8.9, 11.4), 46, 4.0, 0.3, 6000, 0.6),
    "mirror": Body((1, 2.0, 3.01, 4.25, 5.98, 8.2, 11.7), 1700, 1.6, 0.5, 12000),
}
CONTACT = 5  # short modes of the mallet's own knock
SUSTAIN = 0.78  # overtones die as ratio ** -SUSTAIN: a little later than at equal Q, as thin glass does


def struck(
    body: Body,
    pitch_hz: float,
    level: float,
    address: tuple[int, int],
    hardness: float = 0.5,
    place: float = 0.3,
    damping: float = 0.0,
    beat: float = 1.0,
) -> Modes:
    """One blow: hardness 0 felt .. 1 steel, place 0 rim .. 1 middle, damping 0 free .. 1 held.

    `address` (seed, which) varies the blow; `beat` scales how far the pairs stand apart.
    """
    ratios = np.asarray(body.ratios)
    n = ratios.size
    draw = chances(address[0], "struck", address[1], count=5 * n + 2 * CONTACT)
    tune, pair, mode, knocks = np.split(draw, (2 * n, 3 * n, 5 * n))
    off = np.sqrt(-2.0 * np.log1p(-tune[:n])) * np.cos(2 * np.pi * tune[n:])  # normal, deviation 1
    pitch = pitch_hz * ratios * (1 + 0.0015 * off * (np.arange(n) > 0))
    apart = 0.5 * body.beat_hz * beat * (0.6 + 0.8 * pair) * (0.7 + 0.3 * ratios)
    pitches, both = np.concatenate([pitch - apart, pitch + apart]), np.concatenate([ratios, ratios])
    longest = min(2.2 * body.quality / pitch_hz, body.longest)
    t60 = longest * both**-SUSTAIN / (1 + (pitches / body.dullness_hz) ** 2) + 0.015
    bright_hz = 500.0 * 40.0 ** (hardness * (0.75 + 0.35 * level))
    blow = np.exp(-((np.maximum(pitches - pitch_hz, 0) / bright_hz) ** 0.9))
    comb = 0.35 + 0.65 * np.abs(np.cos(np.pi * place * both * 0.31))
    uneven = 0.55 + 0.9 * mode
    uneven[0] = 1.7  # the pitch is always its lowest mode
    uneven[n:] *= 0.55  # the other direction of the rim is woken less: beats, but no gaps
    amplitude = blow * comb * uneven * both**-body.slope
    amplitude /= amplitude.sum()
    knock_hz = np.minimum(bright_hz * (0.5 + 1.6 * knocks[:CONTACT]), 14000.0)
    knock = 0.10 * hardness * (0.4 + knocks[CONTACT:]) / CONTACT
    return Modes(
        np.concatenate([pitches, knock_hz]),
        np.concatenate([t60 * (1 - 0.93 * damping), np.full(CONTACT, 0.012)]),
        level * np.concatenate([amplitude, knock]),
    )
