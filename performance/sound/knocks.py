"""Small hard sounds drawn beforehand: bodies of a few modes, struck once, as grains."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from performance.chance import bells
from performance.sound.grains import without_dc
from performance.sound.instrument import RATE, Frames

_RISE = 0.0006  # seconds in which a blow takes hold

Numbers = NDArray[np.float64]


def knock(
    pitch_hz: ArrayLike, t60: ArrayLike, strength: ArrayLike, seconds: float, rise: float = _RISE
) -> Frames:
    """Decaying modes from zero, (frames,), faded out at the end."""
    t = np.arange(round(seconds * RATE)) / RATE
    pitch, decay, loud = (np.atleast_1d(np.asarray(x, np.float64)) for x in (pitch_hz, t60, strength))
    loud = np.where(pitch < 20_000.0, loud, 0.0)
    rings = np.sin(2 * np.pi * pitch[:, None] * t) * np.exp(-6.91 * t / np.maximum(decay, 1e-3)[:, None])
    swell = np.sin(0.5 * np.pi * np.minimum(t / rise, 1.0)) ** 2
    end = np.clip((seconds - t) / (0.3 * seconds), 0, 1)
    return without_dc((loud @ rings) * swell * end**2)


def rub(centre_hz: float, octaves: float, seconds: float, seed: int, grains: int = 0) -> Frames:
    """A rubbed or crushed moment: noise, or `grains` single slips, in a band round `centre_hz`, at unit energy."""
    frames = round(seconds * RATE)
    t = np.arange(frames) / RATE
    noise = bells(seed, "rub", count=frames)
    if grains:
        slips = np.zeros(frames)
        where = (
            0.1
            + 0.6 * (np.arange(grains) + 0.5 + 0.3 * bells(seed, "slips", count=grains).clip(-1, 1)) / grains
        )
        slips[(where * frames).astype(np.intp).clip(0, frames - 1)] = bells(
            seed, "slip", count=grains
        ) * np.sqrt(frames)
        noise = slips
    hz = np.maximum(np.fft.rfftfreq(2 * frames, 1 / RATE), 10.0)
    band = np.exp(-((np.log2(hz / centre_hz) / octaves) ** 2))
    window = np.sin(np.pi * np.minimum(t / seconds, 1.0)) ** 2
    made = np.fft.irfft(np.fft.rfft(noise, 2 * frames) * band)[:frames] * window
    return without_dc(made / np.sqrt(max(float((made**2).sum()), 1e-12)))
