"""A struck body as modes, and the blows that wait for their frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import BUSES, RATE, Frames

MAX_LEVEL = 2.0  # sum of a body's amplitudes: the gain cap at the source
LOWEST_HZ, HIGHEST_HZ = 10.0, 21_000.0
BACK = (
    complex(-np.log(1000.0) / 0.25, 2 * np.pi * 18.0) / RATE
)  # of what a blow pushes away, as it comes back


@dataclass(frozen=True, slots=True)
class Modes:
    """A struck body: pitch_hz, t60 (seconds to -60 dB) and signed amplitude, each (K,); or many alike, each (n, K)."""

    pitch_hz: NDArray[np.float64]
    t60: NDArray[np.float64]
    amplitude: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Blows:
    """Blows in order of frame (n,): -d + iw and W at the blow, each (n, modes); sends (n, 4); owner (n,)."""

    frame: NDArray[np.int64]
    omega: NDArray[np.complex128]
    state: NDArray[np.complex128]
    sends: Frames
    owner: NDArray[np.intp]

    def part(self, these: slice | NDArray[np.intp]) -> Blows:
        """Some of them."""
        return Blows(
            self.frame[these], self.omega[these], self.state[these], self.sends[these], self.owner[these]
        )

    @staticmethod
    def together(parts: list[Blows]) -> Blows:
        """Several lots as one."""
        columns = ((part.frame, part.omega, part.state, part.sends, part.owner) for part in parts)
        return Blows(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def blows_on(body: Modes, frame: NDArray[np.int64], sends: Frames, owner: int, modes: int) -> Blows:
    """What can be heard of the bodies, never louder than the cap; ValueError on numbers that are none."""
    pitch, t60, amplitude = (np.atleast_2d(x) for x in (body.pitch_hz, body.t60, body.amplitude))
    if not all(np.isfinite(numbers).all() for numbers in (pitch, t60, amplitude, sends)):
        raise ValueError("a struck body has a mode or a place that is not a number")
    n, k = pitch.shape
    if k > modes:
        raise ValueError(f"a body of {k} modes in a bank of {modes}")
    heard = (pitch > LOWEST_HZ) & (pitch < HIGHEST_HZ) & (t60 > 1e-4)
    amplitude = np.where(heard, amplitude, 0.0)
    amplitude = amplitude * np.minimum(
        1.0, MAX_LEVEL / np.maximum(np.abs(amplitude).sum(axis=1, keepdims=True), 1e-12)
    )
    omega, state = np.full((n, modes), -1.0, np.complex128), np.zeros((n, modes), np.complex128)
    omega[:, :k].real[heard] = -np.log(1000.0) / (t60[heard] * RATE)
    omega[:, :k].imag[heard] = 2 * np.pi / RATE * pitch[heard]
    state[:, :k] = -1j * amplitude  # sine phase: a blow starts at zero
    if (
        k < modes
    ):  # begun so, every mode leans to one side: what it leans in all comes back too slowly to be heard
        lean = (state[:, :k] / omega[:, :k]).real.sum(axis=1)
        omega[:, k], state[:, k] = BACK, -1j * lean * abs(BACK) ** 2 / BACK.imag
    return Blows(frame, omega, state, sends.reshape(BUSES, n).T, np.full(n, owner))
