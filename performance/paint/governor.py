"""The flash governor: last before the flip and in recordings, it holds back what would flash too often.

A flash is a pair of opposing changes of relative luminance of 10 % or more whose darker state is below 0.80, or
such a pair in saturated red (WCAG 2.3.1, "general flash and red flash thresholds"). At most three may fall in
one second; here a picture is held at two, on every cell of a coarse grid, with no exemption for small areas.
What would go over is blended with the frame before it, just as far as is needed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Bytes, Light
from performance.paint.kernels import f4, int32, kernel
from performance.paint.threads import Threads

COLUMNS, ROWS = 16, 9
STEP = 0.10  # of relative luminance: one half of a flash
DARK = 0.80  # a change between two states brighter than this is no flash
MOST = 4  # opposing changes in any one second: two flashes, one under the limit
WINDOW = 1.0  # seconds
RED_SHARE = 0.80  # R / (R + G + B) from which red is saturated
RED_SCALE = 320.0 / 20.0 * STEP  # so that WCAG's red change of 20 (of 320) is a change of STEP here
SAMPLES = 12  # samples across a cell
HALVINGS = 6  # bisection steps to find how much of a new frame may be shown


def linear_table() -> Light:
    """(256,) linear light of a display byte (IEC 61966-2-1)."""
    level = np.arange(256) / 255.0
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4).astype(np.float32)


@kernel("void(i8, i8, f4[:,:,::1], u1[:,:,::1], u1[:,:,::1], f4, f4[::1])")
def measure_cells(
    y0: int, y1: int, cells: Light, now: Bytes, before: Bytes, share: float, table: Light
) -> None:
    """cells[row, column] = mean relative luminance and saturated red of `before + share * (now - before)`."""
    h, w = now.shape[0], now.shape[1]
    for row in range(y0, y1):
        for column in range(COLUMNS):
            light = f4(0)
            red = f4(0)
            for j in range(SAMPLES):
                y = (row * SAMPLES + j) * h // (ROWS * SAMPLES)
                for i in range(SAMPLES):
                    x = (column * SAMPLES + i) * w // (COLUMNS * SAMPLES)
                    b = table[int32(f4(before[y, x, 0]) + share * (f4(now[y, x, 0]) - f4(before[y, x, 0])))]
                    g = table[int32(f4(before[y, x, 1]) + share * (f4(now[y, x, 1]) - f4(before[y, x, 1])))]
                    r = table[int32(f4(before[y, x, 2]) + share * (f4(now[y, x, 2]) - f4(before[y, x, 2])))]
                    light += f4(0.2126) * r + f4(0.7152) * g + f4(0.0722) * b
                    if r >= f4(RED_SHARE) * (r + g + b):
                        red += max(r - g - b, f4(0))
            cells[row, column, 0] = light / f4(SAMPLES * SAMPLES)
            cells[row, column, 1] = red * f4(RED_SCALE) / f4(SAMPLES * SAMPLES)


@kernel("void(i8, i8, u1[:,::1], u1[:,::1], f4)")
def blend_rows(y0: int, y1: int, now: Bytes, before: Bytes, share: float) -> None:
    """now = before + share * (now - before), rounded."""
    for y in range(y0, y1):
        a, b = now[y], before[y]
        for i in range(a.shape[0]):
            a[i] = np.uint8(int32(f4(b[i]) + share * (f4(a[i]) - f4(b[i])) + f4(0.5)))


class FlashGovernor:
    """Watches a stream of frames. State: the last second of changes in every cell; `reset` at a jump."""

    def __init__(self, threads: Threads) -> None:
        self.threads = threads
        self.table = linear_table()
        self.cells = np.zeros((ROWS, COLUMNS, 2), np.float32)
        self.before: Bytes | None = None  # the last frame, if the next may have to be held against it
        self._copy: Bytes = np.zeros((0, 0, 4), np.uint8)
        self.reset()

    def reset(self) -> None:
        """Forget what was shown."""
        self.before = None
        self.turn: NDArray[np.float32] | None = None  # the value each cell last turned at
        self.rising = np.zeros((ROWS, COLUMNS, 2), np.int8)  # 1 rising, -1 falling, 0 not yet known
        self.changes: list[tuple[float, NDArray[np.bool_]]] = []

    def govern(self, pixels: Bytes, t: float) -> bool:
        """Hold back the frame (h, w, 4) BGRX in place if it must be. True when it was."""
        self.changes = [change for change in self.changes if t - WINDOW < change[0] <= t]
        spent = self._spent()
        share = 1.0
        cells = self._measure(pixels, 1.0)
        if self.before is not None and self._over(cells, spent):
            low = 0.0
            for _ in range(HALVINGS):
                middle = 0.5 * (low + share)
                if self._over(self._measure(pixels, middle), spent):
                    share = middle
                else:
                    low = middle
            share = low
            flat = (pixels.shape[0], pixels.shape[1] * 4)
            self.threads.bands(
                flat[0], blend_rows, pixels.reshape(flat), self.before.reshape(flat), f4(share)
            )
            cells = self._measure(pixels, 1.0)
        self._note(cells, t)
        self._keep(pixels)
        return share < 1.0

    def _measure(self, pixels: Bytes, share: float) -> NDArray[np.float32]:
        before = pixels if self.before is None else self.before
        self.threads.bands(ROWS, measure_cells, self.cells, pixels, before, f4(share), self.table)
        return self.cells.copy()

    def _spent(self) -> NDArray[np.int64]:
        """(ROWS, COLUMNS, 2) changes made in the last second."""
        total = np.zeros((ROWS, COLUMNS, 2), np.int64)
        for _, where in self.changes:
            total += where
        return total

    def _opposes(self, cells: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Where the picture has moved a step against the way it was going."""
        if self.turn is None:
            return np.zeros(cells.shape, np.bool_)
        change = cells - self.turn
        dark = np.minimum(cells, self.turn) < DARK
        dark[..., 1] = True  # a red flash counts at any luminance
        return np.asarray((np.abs(change) >= STEP) & dark & (np.sign(change) != self.rising))

    def _over(self, cells: NDArray[np.float32], spent: NDArray[np.int64]) -> bool:
        return bool(np.any(self._opposes(cells) & (spent >= MOST)))

    def _note(self, cells: NDArray[np.float32], t: float) -> None:
        """Move the turning points along and write down the changes of this frame."""
        if self.turn is None:
            self.turn = cells
            return
        turned = self._opposes(cells)
        change = cells - self.turn
        self.rising = np.where(turned, np.sign(change), self.rising).astype(np.int8)
        onward = ((self.rising > 0) & (change > 0)) | ((self.rising < 0) & (change < 0)) | turned
        self.turn = np.where(onward, cells, self.turn)
        if np.any(turned):
            self.changes.append((t, turned))

    def _keep(self, pixels: Bytes) -> None:
        """Keep a copy of the frame: only when the next one may have to be held against it."""
        if not self.changes or int(self._spent().max()) < MOST - 1:
            self.before = None
            return
        if self._copy.shape != pixels.shape:
            self._copy = np.empty_like(pixels)
        np.copyto(self._copy, pixels)
        self.before = self._copy
