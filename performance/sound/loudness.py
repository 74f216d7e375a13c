"""How loud a piece is, as ears weigh it.

Integrated loudness after ITU-R BS.1770-5 / EBU R 128: K-weighting, 400 ms blocks every 100 ms, gated at -70 LUFS and
at 10 LU under the mean of what is left.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE, Frames
from performance.sound.render import pieces

if TYPE_CHECKING:
    from performance.timeline import Timeline

QUIETEST_LUFS = -70.0
STEP = RATE // 10  # frames of a quarter block
_LEAD = RATE // 2  # frames after which the weighting has forgotten

# K-weighting at 48 kHz (BS.1770-5, tables 1 and 2)
_HEAD = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_LOWS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


@cache
def _weights(size: int) -> NDArray[np.complex128]:
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    powers = np.stack([np.ones_like(z), z, z * z])
    response = np.ones_like(z)
    for over, under in (_HEAD, _LOWS):
        response = response * (np.array(over) @ powers) / (np.array(under) @ powers)
    return np.asarray(response)


class Meter:
    """Feed it pieces of stereo sound; `integrated` is the loudness of all of them."""

    def __init__(self) -> None:
        self._before = np.zeros((0, 2), np.float32)
        self._rest = np.zeros((0, 2), np.float32)
        self._energies: list[NDArray[np.float64]] = []

    def hear(self, piece: Frames) -> None:
        """Add (frames, 2) of sound."""
        whole = np.concatenate([self._rest, piece])
        used = len(whole) // STEP * STEP
        self._rest = whole[used:]
        if used:
            self._energies.append(self._weigh(whole[:used]))

    def _weigh(self, sound: Frames) -> NDArray[np.float64]:
        """Mean square of the weighted sound per 100 ms, both channels summed."""
        heard = np.concatenate([self._before, sound])
        self._before, lead = heard[-_LEAD:], len(self._before)
        size = len(heard) + _LEAD
        spectrum = np.fft.rfft(heard, size, axis=0) * _weights(size)[:, None]
        weighted = np.fft.irfft(spectrum, size, axis=0)[lead : len(heard)]
        return np.asarray((weighted.reshape(-1, STEP, 2) ** 2).mean(axis=1).sum(axis=1))

    @property
    def momentary(self) -> NDArray[np.float64]:
        """LUFS of every 400 ms block."""
        energies = np.concatenate([*self._energies, np.zeros(0)])
        if energies.size < 4:
            return np.zeros(0)
        blocks = np.lib.stride_tricks.sliding_window_view(energies, 4).mean(axis=1)
        return np.asarray(-0.691 + 10 * np.log10(np.maximum(blocks, 1e-20)))

    @property
    def integrated(self) -> float:
        """Gated loudness in LUFS; -inf for silence."""
        blocks = self.momentary
        blocks = blocks[blocks > QUIETEST_LUFS]
        if not blocks.size:
            return -float("inf")
        return _mean(blocks[blocks > _mean(blocks) - 10.0])


def _mean(blocks: NDArray[np.float64]) -> float:
    return float(10 * np.log10(np.mean(10 ** (blocks / 10))))


def measure_loudness(timeline: Timeline, progress: Callable[[float], None] | None = None) -> float:
    """LUFS of the whole piece at gain 1; `progress` hears the share that is done."""
    meter, heard = Meter(), 0
    for piece in pieces(timeline, 0.0, timeline.length):
        meter.hear(piece)
        heard += len(piece)
        if progress is not None:
            progress(heard / max(timeline.length * RATE, 1.0))
    return meter.integrated
