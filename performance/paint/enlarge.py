"""A finished picture enlarged to the size it is shown at: its rows first, then between them, pixels as whole words.

Every pixel is a blend of its nearest neighbours, weighed a little more steeply than on a straight line, so that edges
stay edges. Middles of pixels lie where they lay: nothing is moved, and a flat colour stays exactly what it was.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Bytes
from performance.paint.kernels import inline, kernel
from performance.paint.threads import Threads

Words = NDArray[np.uint32]
STEEPER = 1.25  # than a straight line, in the middle between two pixels
ONE = 256  # a whole weight
u4: Any = np.uint32
uint64: Any = np.uint64  # places of this type are known not to be negative, and rows of them are vectorised


@inline
def _between(a: Any, b: Any, weight: Any) -> Any:
    """Two pixels of four bytes blended, rounded: two bytes at a time, each with room for its product."""
    even, odd = u4(a & u4(0xFF00FF)), u4((a >> u4(8)) & u4(0xFF00FF))
    to_even, to_odd = u4(b & u4(0xFF00FF)), u4((b >> u4(8)) & u4(0xFF00FF))
    even = u4(u4(even << u4(8)) + u4(u4(to_even - even) * weight) + u4(0x800080))
    odd = u4(u4(odd << u4(8)) + u4(u4(to_odd - odd) * weight) + u4(0x800080))
    return u4((u4(even >> u4(8)) & u4(0xFF00FF)) | (odd & u4(0xFF00FF00)))


@inline
def _stretch(out: Words, row: Words, left: Words, across: Words, here: Words, after: Words) -> None:
    """A row at the larger size. `here`, `after`: scratch."""
    beyond = row[1:]
    for x in range(out.shape[0]):  # gathered before it is reckoned: one loop of both is not vectorised
        i = left[x]
        here[x] = row[i]
        after[x] = beyond[i]
    for x in range(out.shape[0]):
        out[x] = _between(here[x], after[x], across[x])


@inline
def _stretch_thirds(out: Words, row: Words, across: Words, ends: Words) -> None:
    """The same where three pixels become four: no table is needed to find them. `ends`: scratch."""
    n = row.shape[0]
    ends[1 : n + 1] = row
    ends[0], ends[n + 1] = row[0], row[n - 1]
    first, second, third, fourth = across[4], across[5], across[6], across[7]
    for k in range(uint64(n // 3)):
        b, c, d = (
            ends[uint64(3) * k + uint64(1)],
            ends[uint64(3) * k + uint64(2)],
            ends[uint64(3) * k + uint64(3)],
        )
        out[uint64(4) * k] = _between(ends[uint64(3) * k], b, first)
        out[uint64(4) * k + uint64(1)] = _between(b, c, second)
        out[uint64(4) * k + uint64(2)] = _between(c, d, third)
        out[uint64(4) * k + uint64(3)] = _between(d, ends[uint64(3) * k + uint64(4)], fourth)


@kernel("void(i8, i8, u4[:,::1], u4[:,::1], u4[::1], u4[::1], u4[::1], u4[::1])")
def enlarge_rows(
    y0: int, y1: int, out: Words, small: Words, left: Words, across: Words, top: Words, down: Words
) -> None:
    """Rows [y0, y1) of `out`. `left`, `top`: the pixel before each one; `across`, `down`: weight of the one after."""
    w, n = out.shape[1], small.shape[1]
    wide = np.empty((2, w), np.uint32)  # the two rows above and below, enlarged: each is needed for some rows
    here, after = np.empty(w, np.uint32), np.empty(w, np.uint32)
    ready = np.int64(top[y0])
    for y in range(y0, y1):
        first = np.int64(top[y])
        while ready < first + 2:
            if n % 3 == 0 and 3 * w == 4 * n:
                _stretch_thirds(wide[ready & 1], small[ready], across, here)
            else:
                _stretch(wide[ready & 1], small[ready], left, across, here, after)
            ready += 1
        above, below, shown, weight = wide[first & 1], wide[(first + 1) & 1], out[y], down[y]
        for x in range(w):
            shown[x] = _between(above[x], below[x], weight)


class Enlarger:
    """Enlarges pictures of one size to another."""

    def __init__(self, small: tuple[int, int], large: tuple[int, int]) -> None:
        self.left, self.across = _places(small[0], large[0])
        self.top, self.down = _places(small[1], large[1])

    def enlarge(self, threads: Threads, small: Bytes, out: Bytes) -> None:
        """Write the small BGRX picture (h, w, 4) over all of `out`, (h, w, 4) too."""
        threads.bands(
            out.shape[0],
            enlarge_rows,
            words(out),
            words(small),
            self.left,
            self.across,
            self.top,
            self.down,
        )


def _places(small: int, large: int) -> tuple[Words, Words]:
    """For each of `large` places the one of `small` before it, and how much the next one weighs, of ONE."""
    at = np.clip((np.arange(large) + 0.5) * small / large - 0.5, 0.0, small - 1.0)
    before = np.minimum(at.astype(np.int64), small - 2)
    weight = np.clip((at - before - 0.5) * STEEPER + 0.5, 0.0, 1.0)
    return before.astype(np.uint32), np.round(weight * ONE).astype(np.uint32)


def words(pixels: Bytes) -> Words:
    """A picture (h, w, 4) as (h, w) pixels."""
    return pixels.view(np.uint32).reshape(pixels.shape[:2])
