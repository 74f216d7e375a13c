"""Throats, drawn beforehand: voices and breaths of many people at once, each its own pitch, vowels and strength.

What a house does with its mouths (speech.py, shouts.py, reflexes.py) is drawn as curves, a point every 10.7 ms, and
sounded here when the pools are made, before anything plays. All arrays are (points, people, ...).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from performance.chance import bells, drift
from performance.sound.breathing import BINS, Air
from performance.sound.harmonics import Harmonics
from performance.sound.hops import HOP
from performance.sound.instrument import RATE, Frames
from performance.sound.tract import ORDER, VOWELS, sung

SIZE = 512  # frames from point to point
POINT = SIZE / RATE  # seconds
_SOFT = 31  # frames over which hoarseness is smoothed: some 2 kHz
_RAMP = 48  # frames of fade at the ends of a sound

Numbers = NDArray[np.float64]


def instants(count: int) -> Numbers:
    """Seconds (count, 1) of the points."""
    return np.asarray(np.arange(count)[:, None] * POINT, np.float64)


def points(seconds: float) -> int:
    """How many stretches of a curve last so long."""
    return max(2, round(seconds / POINT))


def voiced(
    hz: Numbers, formants: Numbers, loud: Numbers, tilt_db: ArrayLike, rough: float = 0.0, partials: int = 64
) -> Frames:
    """(people, frames) of voices: `hz` and `loud` (points, people), `formants` (points, people, 5).

    `tilt_db` is the fall of the source per octave; `rough` 0..1 how far the folds flutter;
    `partials` (a power of two) are made of each.
    """
    count, people = hz.shape
    tone = Harmonics(people, partials, SIZE)
    tilt = np.broadcast_to(np.asarray(tilt_db, np.float64), (people,))
    still = np.zeros(people)
    turns, made = np.zeros(people), np.empty((people, (count - 1) * SIZE), np.float32)

    def waves(k: int) -> Frames:
        spoken = sung(formants[k], hz[k], tone.partials, tilt, still)
        return tone.waves(np.asarray(spoken * loud[k][:, None].astype(np.float32), np.complex64))

    before = waves(0)
    for k in range(count - 1):
        after = waves(k + 1)
        phase = tone.along(turns, hz[k], hz[k + 1])
        made[:, k * SIZE : (k + 1) * SIZE] = tone.read(phase, before, after)
        turns, before = turns + 0.5 * (hz[k] + hz[k + 1]) * POINT, after
    return made * _flutter(people, made.shape[1], rough) if rough else made


def _flutter(people: int, frames: int, rough: float) -> Frames:
    """The folds do not close alike each time: a loud voice breaks up some seventy times a second, and goes hoarse."""
    t = 72.0 * np.arange(frames) / RATE
    wave = np.stack([drift(17, "flutter", i, t=t * (0.8 + 0.05 * (i % 9))) for i in range(people)])
    wind = bells(17, "hoarse", count=people * frames).reshape(people, frames)
    soft = np.hanning(_SOFT) / np.sqrt((np.hanning(_SOFT) ** 2).sum())  # round every harmonic, not everywhere
    hoarse = np.stack([np.convolve(row, soft, "same") for row in wind])
    return np.asarray(1 + rough * (wave + 0.35 * hoarse), np.float32)


def breathed(colours: NDArray[np.float32], seed: int) -> Frames:
    """(people, frames) of air under colours (points, people, 257), each breath its own noise."""
    count, people, _ = colours.shape
    air, own = Air(seed, people), np.eye(people, dtype=np.float32)
    made = np.zeros((people, 2 * count * HOP + HOP), np.float32)
    for h in range(2 * count):
        low, x = divmod(h, 2)
        colour = colours[low] if not x else 0.5 * (colours[low] + colours[min(low + 1, count - 1)])
        heard = made[:, h * HOP : (h + 2) * HOP]
        np.add(heard, air.frame(h, np.asarray(colour, np.float32), own), out=heard)
    return made[:, : (count - 1) * SIZE]


def vowels(letters: Sequence[str] | str) -> NDArray[np.float64]:
    """Formants (n, 5) of vowels and voiced consonants."""
    return np.array([VOWELS[letter] for letter in letters])


def letters(draw: NDArray[np.float64], among: str) -> NDArray[np.intp]:
    """Which of ORDER, for numbers 0..1 of any shape, among some letters."""
    known = np.array([ORDER.index(letter) for letter in among])
    return np.asarray(known[(draw * len(among)).astype(np.intp)])


def silent_colours(count: int, people: int) -> NDArray[np.float32]:
    """(points, people, 257) of nothing, to be filled."""
    return np.zeros((count, people, BINS), np.float32)


def finished(sounds: Frames, level: float, lengths: ArrayLike | None = None) -> list[Frames]:
    """Each sound at one level (root of the mean square where it is loud), cut to its length, ends faded, no DC."""
    rows = len(sounds)
    size = np.broadcast_to(np.asarray(sounds.shape[1] if lengths is None else lengths), (rows,)).astype(int)
    return [_finish(sounds[i, : min(int(size[i]), sounds.shape[1])], level) for i in range(rows)]


def _finish(sound: Frames, level: float) -> Frames:
    hz = np.fft.rfftfreq(_even(sound.size), 1 / RATE)
    clean = _passed(sound, hz**2 / (hz**2 + 70.0**2))
    edge = np.minimum(np.arange(sound.size), np.arange(sound.size)[::-1]) / _RAMP
    clean *= np.clip(edge, 0, 1) ** 2
    pieces = clean[: clean.size // SIZE * SIZE].reshape(-1, SIZE)
    power = (pieces**2).mean(axis=1)
    loud = power[power >= 0.1 * power.max()].mean()
    return np.asarray(clean * (level / np.sqrt(max(float(loud), 1e-12))), np.float32)


def of_size(sound: Frames, size: float) -> Frames:
    """The same from a throat so much smaller (over 1) or larger: all of it higher and shorter, or lower and longer."""
    frames = _even(sound.size)
    made = 256 * round(frames / size / 256)
    spectrum = np.zeros(made // 2 + 1, np.complex128)
    heard = np.fft.rfft(sound, frames)[: spectrum.size - 1]
    spectrum[: heard.size] = heard
    whole = np.fft.irfft(spectrum, made) * (made / frames)
    return np.asarray(whole[: int(sound.size * made / frames)], np.float32)


def muffled(sounds: Sequence[Frames], cut_hz: float) -> list[Frames]:
    """The same behind heavy cloth: two poles at `cut_hz`, no time shift."""
    return [_muffle(sound, cut_hz) for sound in sounds]


def _muffle(sound: Frames, cut_hz: float) -> Frames:
    hz = np.fft.rfftfreq(_even(sound.size), 1 / RATE)
    return _passed(sound, 1 / (1 + (hz / cut_hz) ** 2)).astype(np.float32)


def _passed(sound: Frames, response: Numbers) -> Numbers:
    size = _even(sound.size)
    return np.asarray(np.fft.irfft(np.fft.rfft(sound, size) * response, size)[: sound.size], np.float64)


def _even(size: int) -> int:
    """The next length that transforms quickly, with some frames of silence behind."""
    return -(-(size + 1024) // 4096) * 4096
