"""A room's echo of whatever is sent to it: stereo convolution with a long response, no added delay.

The first part of the response is convolved in partitions of one block (uniformly partitioned overlap-save), the long
rest in partitions sixteen times as large whose work is spread evenly over sixteen blocks (Gardner 1995, "Efficient
convolution without input-output delay"; scheduling after Wefers 2015). Measured 98 microseconds a block of 256 for
six seconds, stereo. Fed with silence for as long as the response is, it is exactly silent and costs nothing.
"""

from __future__ import annotations

import numpy as np

from performance.sound.instrument import Frames

RATIO = 16  # large partitions per block
BOTH, EARS = slice(2), (slice(0, 1), slice(1, 2))
f32, c64 = np.float32, np.complex64


class _Partitions:
    """Overlap-save spectra of one partition size: a ring of input spectra against the response's."""

    def __init__(self, response: Frames, size: int) -> None:
        self.size = size
        self.count = max(1, -(-response.shape[1] // size))
        padded = np.zeros((2, self.count * size), f32)
        padded[:, : response.shape[1]] = response
        spectra = np.fft.rfft(padded.reshape(2, self.count, size), 2 * size, axis=2).astype(c64)
        # reversed and doubled: for any ring position the matching responses lie in one run
        self._response = np.ascontiguousarray(np.concatenate([spectra[:, ::-1], spectra[:, ::-1]], axis=1))
        self._ring = np.zeros((2, self.count, size + 1), c64)
        self._product = np.empty((self.count, size + 1), c64)
        self._total = np.zeros((2, size + 1), c64)
        self._turn = np.empty((size + 1,), c64)
        self._time = np.empty((2, 2 * size), f32)
        self._at = 0

    def reset(self) -> None:
        self._ring[:] = 0
        self._total[:] = 0
        self._at = 0

    def turn(self) -> None:
        """Begin with the next input: the oldest one makes room for it."""
        self._at = (self._at + 1) % self.count
        self._total[:] = 0

    def push(self, recent: Frames, ears: slice = BOTH) -> None:
        """Take the last 2 * size input frames, (ears, 2 * size)."""
        np.fft.rfft(recent, axis=1, out=self._ring[ears, self._at])

    def accumulate(self, first: int, last: int) -> None:
        """Add the products of ring places [first, last)."""
        if first >= last:
            return
        shift = self.count - 1 - self._at
        product = self._product[: last - first]
        for channel in range(2):
            response = self._response[channel, shift + first : shift + last]
            np.multiply(self._ring[channel, first:last], response, out=product)
            np.add.reduce(product, axis=0, out=self._turn)
            self._total[channel] += self._turn

    def pull(self, ears: slice = BOTH) -> Frames:
        """The finished `size` frames, (ears, size): a view, good until the next pull."""
        time = self._time[ears]
        np.fft.irfft(self._total[ears], axis=1, out=time)  # type: ignore[arg-type]  # the stubs know float64 only
        return time[:, self.size :]


class Convolver:
    """One stereo response (2, frames), left to left and right to right, in blocks of `block` frames."""

    def __init__(self, response: Frames, block: int) -> None:
        self._block, self._large = block, block * RATIO
        self._head = _Partitions(response[:, : 2 * self._large], block)
        self._tail = _Partitions(response[:, 2 * self._large :], self._large)
        self._memory = response.shape[1] // block + 2 + 2 * RATIO  # blocks until nothing is left
        self._near = np.zeros((2, 2 * block), f32)
        self._far = np.zeros((2, 3 * self._large), f32)
        self._late = np.zeros((2, self._large), f32)
        self._next = np.zeros((2, self._large), f32)
        self._step, self._left = 0, 0

    def reset(self) -> None:
        """Forget everything that was sent."""
        self._head.reset()
        self._tail.reset()
        for memory in (self._near, self._far, self._late, self._next):
            memory[:] = 0
        self._step, self._left = 0, 0

    @property
    def idle(self) -> bool:
        """Nothing is left of anything that was sent."""
        return self._left == 0

    def process(self, sent: Frames, out: Frames) -> None:
        """Add the echo of `sent` (2, block) to `out` (2, block)."""
        if sent.any():
            self._left = self._memory
        if self._left == 0:
            return
        block, step = self._block, self._step
        self._near[:, :block] = self._near[:, block:]
        self._near[:, block:] = sent
        self._head.turn()
        self._head.push(self._near)
        self._head.accumulate(0, self._head.count)
        out += self._head.pull()
        out += self._late[:, step * block : (step + 1) * block]
        at = 2 * self._large + step * block
        self._far[:, at : at + block] = sent
        self._work(step)
        self._step = (step + 1) % RATIO
        if self._step == 0:
            self._far[:, : 2 * self._large] = self._far[:, self._large :]
            self._late, self._next = self._next, self._late
        self._left -= 1
        if self._left == 0:
            self.reset()

    def _work(self, step: int) -> None:
        """This block's share of the large partitions: one ear in, their products, one ear back."""
        tail, last = self._tail, RATIO - len(EARS)
        if step == 0:
            tail.turn()
        if step < len(EARS):
            tail.push(self._far[EARS[step], : 2 * self._large], EARS[step])
        elif step < last:
            share, shares = step - len(EARS), last - len(EARS)
            tail.accumulate(share * tail.count // shares, (share + 1) * tail.count // shares)
        else:
            ear = EARS[step - last]
            self._next[ear] = tail.pull(ear)
