"""Many sounds made beforehand, let fall at their frames: claps, hearts, coughs, threads of cloth.

A *shower* is a list of falls: when (absolute frames, rising), which sound of a pool, and how loud on each bus. Two
players read it. `Grains` is for short sounds by the thousand: each is added once, into a buffer that runs ahead.
`Takes` is for long ones by the dozen: each gives every span its slice. Whoever cuts the spans, and whoever comes in
late, finds the same sum, but for the rounding of another order of adding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.sound.hops import Hops
from performance.sound.instrument import BUSES, Frames
from performance.sound.own import own

Sounds = Sequence[Frames]  # of one channel each


@dataclass(frozen=True, slots=True, weakref_slot=True)  # Grains hold it weakly
class Shower:
    """Falls: `frame` (n,) rising, `which` (n,) of the pool, `gains` (4, n) on the buses."""

    frame: NDArray[np.int64]
    which: NDArray[np.intp]
    gains: Frames

    @staticmethod
    def of(frame: NDArray[np.int64], which: NDArray[np.intp], gains: Frames) -> Shower:
        """The same in order of time."""
        order = np.argsort(frame, kind="stable")
        return Shower(frame[order], which[order], gains[:, order].astype(np.float32))

    @staticmethod
    def together(parts: Sequence[Shower]) -> Shower:
        """Several as one, in order of time."""
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return NOTHING
        return Shower.of(
            np.concatenate([part.frame for part in parts]),
            np.concatenate([part.which for part in parts]),
            np.concatenate([part.gains for part in parts], axis=1),
        )

    def between(self, a: int, b: int) -> Shower:
        """What falls in frames [a, b)."""
        low, high = int(self.frame.searchsorted(a)), int(self.frame.searchsorted(b))
        return Shower(self.frame[low:high], self.which[low:high], self.gains[:, low:high])


def without_dc(sound: NDArray[np.float64]) -> Frames:
    """A short sound may lean to one side; that is taken out under a window that is zero at both ends."""
    window = np.sin(np.pi * np.arange(sound.size) / sound.size) ** 2
    return np.asarray(sound - window * (sound.sum() / window.sum()), np.float32)


NOTHING = Shower(np.zeros(0, np.int64), np.zeros(0, np.intp), np.zeros((BUSES, 0), np.float32))
BATCH, FEW = 16, 4  # sounds that are added together; fewer are added one by one
WITHIN = 512  # frames from the first of them to the last
Ask = Callable[[int, int], Shower]  # what falls in frames [a, b)


class Grains:
    """Short sounds by the thousand."""

    AHEAD = 8192  # frames the buffer goes on before it is moved back

    def __init__(self, sounds: Sounds, ask: Ask) -> None:
        self._sounds, self._ask = sounds, own(ask)
        self._longest = max(sound.size for sound in sounds)
        self._buffer = np.zeros((BUSES, 2 * self._longest + self.AHEAD), np.float32)
        self._scaled = np.empty((BUSES, self._longest), np.float32)
        self._rows = np.empty((BATCH, self._longest + WITHIN), np.float32)
        self._mixed = np.empty((BUSES, self._longest + WITHIN), np.float32)
        self.forget()

    def forget(self) -> None:
        """Whoever comes next finds what still sounds then."""
        self._origin = self._next = -1

    def add(self, start: int, frames: int, out: Frames) -> None:
        """Add frames [start, start + frames) to `out` (4, frames)."""
        since = start
        if start != self._next:
            self._buffer[:] = 0
            self._origin, since = start, start - self._longest
        elif start + frames + self._longest > self._origin + self._buffer.shape[1]:
            self._move_back(start)
        self._let_fall(self._ask(since, start + frames))
        at = start - self._origin
        out += self._buffer[:, at : at + frames]
        self._next = start + frames

    def _move_back(self, start: int) -> None:
        left = self._buffer[:, start - self._origin :]
        kept = left.shape[1]
        self._buffer[:, :kept] = left
        self._buffer[:, kept:] = 0
        self._origin = start

    def _let_fall(self, shower: Shower) -> None:
        for first in range(0, shower.frame.size, BATCH):
            part = slice(first, first + BATCH)
            frames = (shower.frame[part] - self._origin).tolist()
            which, gains = shower.which[part].tolist(), shower.gains[:, part]
            if len(frames) >= FEW and frames[0] >= 0 and frames[-1] - frames[0] <= WITHIN:
                self._add_all(frames, which, gains)
            else:
                for at, sound, gain in zip(frames, which, gains.T[:, :, None], strict=True):
                    self._add_one(at, self._sounds[sound], gain)

    def _add_one(self, at: int, sound: Frames, gain: Frames) -> None:
        sound = sound[max(-at, 0) :]
        at, size = max(at, 0), sound.size
        heard = self._buffer[:, at : at + size]
        np.add(heard, np.multiply(gain, sound, out=self._scaled[:, :size]), out=heard)

    def _add_all(self, frames: list[int], which: list[int], gains: Frames) -> None:
        """Several at once, as one matrix product: a third of the cost."""
        first, rows = frames[0], self._rows[: len(frames)]
        width = frames[-1] - first + self._longest
        rows[:, :width] = 0
        for row, at, sound in zip(rows, frames, which, strict=True):
            made = self._sounds[sound]
            row[at - first : at - first + made.size] = made
        heard = self._buffer[:, first : first + width]
        np.add(heard, np.matmul(gains, rows[:, :width], out=self._mixed[:, :width]), out=heard)


class Takes:
    """Long sounds by the dozen, mixed for a few blocks at a time."""

    MIXED = 2048  # frames: hardly more sounds than in a block, and to find out which are heard costs most

    def __init__(self, sounds: Sounds, ask: Ask) -> None:
        self._sounds, self._ask = sounds, own(ask)
        self._sizes = np.array([sound.size for sound in sounds])
        self._longest = int(self._sizes.max())
        self._rows = np.empty((BATCH, self.MIXED), np.float32)
        self._hops = Hops(self._mix, self.MIXED)

    def forget(self) -> None:
        """What is asked for has changed, from what has been heard on."""
        self._hops.forget()

    def add(self, start: int, frames: int, out: Frames) -> None:
        """Add frames [start, start + frames) to `out` (4, frames)."""
        self._hops.add(start, frames, out)

    def _mix(self, h: int) -> Frames | None:
        start = h * self.MIXED
        shower = self._ask(start - self._longest, start + self.MIXED)
        heard = np.flatnonzero(shower.frame + self._sizes[shower.which] > start)
        if not heard.size:
            return None
        out = np.zeros((BUSES, self.MIXED), np.float32)
        for first in range(0, heard.size, BATCH):
            these = heard[first : first + BATCH]
            rows = self._rows[: these.size]
            ages, which = (start - shower.frame[these]).tolist(), shower.which[these].tolist()
            for row, age, sound in zip(rows, ages, which, strict=True):
                _slice(self._sounds[sound], age, row)
            out += shower.gains[:, these] @ rows
        return out


def _slice(sound: Frames, age: int, row: Frames) -> None:
    """Lay what is heard of a sound that is so many frames old into a row."""
    piece, late = sound[max(age, 0) : max(age + row.size, 0)], max(-age, 0)
    if piece.size < row.size:
        row[:] = 0
    row[late : late + piece.size] = piece
