"""A finished picture enlarged to the size it is shown at: its rows first, then between them, whole rows of bytes.

Every byte is a blend of its nearest neighbours, weighed in eighths and a little more steeply than on a straight line,
so that edges stay edges. A blend in eighths is three halvings, and processors halve 32 bytes at once. Halves are
rounded up, so every blend is turned around (255 - byte): across a row up, between rows down, and a picture becomes no
lighter. Middles of pixels lie where they lay: nothing is moved, and a flat colour stays exactly what it was.

What is shown is not soon read again: it is written past the cache, which would have to read it all before, and to let
the canvas go for it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.compiled import intrinsic, ir, types
from performance.paint.canvas import Bytes
from performance.paint.kernels import inline, kernel
from performance.paint.threads import Threads

Words = NDArray[np.uint32]
STEEPER = 1.25  # than a straight line, in the middle between two pixels
ONE = 8  # a whole weight: three halvings
SENT = 16  # pixels that are written at once
ALIGNED = 16  # bytes that a row must begin at a multiple of, to be written so
WHOLE = 15  # the weight that stands for it: its highest binary digit says from which of the two one sets out
u1: Any = np.uint8
u4: Any = np.uint32
uint64: Any = np.uint64  # places of this type are known not to be negative, and rows of them are vectorised


def _sending(context: Any, out: Any, row: Any, at: Any) -> Any:
    """SENT pixels of a row go to the memory of another. Who hands that on to another thread takes a lock, and a lock
    waits for them."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pixels = ir.VectorType(ir.IntType(32), SENT).as_pointer()
        there, here = (
            builder.bitcast(
                builder.gep(context.make_array(kind)(context, builder, array).data, [arguments[2]]), pixels
            )
            for kind, array in zip(signature.args[:2], arguments[:2], strict=True)
        )
        store = builder.store(builder.load(here, align=4), there, align=ALIGNED)
        store.set_metadata("nontemporal", builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)]))
        return context.get_dummy_value()

    return types.void(out, row, at), build


_send: Any = intrinsic(_sending)


@inline
def _half(a: Any, b: Any) -> Any:
    """The middle between two bytes, rounded up."""
    return u1((u4(a) + u4(b) + u4(1)) >> u4(1))


@inline
def _blend(out: Bytes, a: Bytes, b: Bytes, weight: int) -> None:
    """Bytes of `a` with `weight` of ONE of `b`, turned around: halfway to one or the other, once for each of its
    binary digits."""
    origin, first = b if weight & 8 else a, b if weight & 1 else a
    second, third = b if weight & 2 else a, b if weight & 4 else a
    for i in range(out.shape[0]):
        out[i] = ~_half(_half(_half(origin[i], first[i]), second[i]), third[i])


@inline
def _stretch(out: Words, row: Words, left: Words, masks: Bytes, pixels: Words) -> None:
    """A row at the larger size, turned around. `pixels`: scratch (2, w)."""
    here, after, beyond = pixels[0], pixels[1], row[1:]
    for x in range(out.shape[0]):  # gathered before it is reckoned: one loop of both is not vectorised
        i = left[x]
        here[x] = row[i]
        after[x] = beyond[i]
    near, far, shown = here.view(np.uint8), after.view(np.uint8), out.view(np.uint8)
    for i in range(shown.shape[0]):
        a = near[i]
        change = a ^ far[i]
        mixed = _half(a ^ u1(change & masks[3, i]), a ^ u1(change & masks[0, i]))
        mixed = _half(mixed, a ^ u1(change & masks[1, i]))
        shown[i] = ~_half(mixed, a ^ u1(change & masks[2, i]))


@inline
def _stretch_halves(out: Words, row: Words, weights: Words, pixels: Words) -> None:
    """The same where two pixels become three, and no table is needed to find them: they are parted into those of even
    and those of odd places, blended, and woven together again. `pixels`: scratch (5, >= m + 1)."""
    m = row.shape[0] // 2
    odd, even = pixels[0], pixels[1]  # `odd` has one before the first, `even` one after the last
    odd[0], even[m] = row[0], row[2 * m - 1]
    for k in range(uint64(m)):
        even[k] = row[uint64(2) * k]
        odd[k + uint64(1)] = row[uint64(2) * k + uint64(1)]
    before, here, end = odd.view(np.uint8), even.view(np.uint8), 4 * m
    first, second, third = pixels[2], pixels[3], pixels[4]
    _blend(first.view(np.uint8)[:end], before[:end], here[:end], weights[3])
    _blend(second.view(np.uint8)[:end], here[:end], before[4 : end + 4], weights[4])
    _blend(third.view(np.uint8)[:end], before[4 : end + 4], here[4 : end + 4], weights[5])
    for k in range(uint64(m)):
        out[uint64(3) * k] = first[k]
        out[uint64(3) * k + uint64(1)] = second[k]
        out[uint64(3) * k + uint64(2)] = third[k]


@kernel("void(i8, i8, u4[:,::1], u4[:,::1], u4[::1], u4[::1], u1[:,::1], u4[::1], u4[::1], i8)")
def enlarge_rows(
    y0: int,
    y1: int,
    out: Words,
    small: Words,
    left: Words,
    across: Words,
    masks: Bytes,
    top: Words,
    down: Words,
    sent: int,
) -> None:
    """Rows [y0, y1) of `out`. `left`, `top`: the pixel before each one; `across`, `down`: weight of the one after;
    `masks`: binary digits of `across`, 255 or 0 for every byte; `sent`: pixels of a row that go past the cache."""
    w, n = out.shape[1], small.shape[1]
    halves = n % 2 == 0 and 0 <= 3 * n - 2 * w <= 2  # three for two; the last of them may be left out
    length = 3 * (n // 2) if halves else w
    # the two rows above and below, enlarged: each is needed for some rows
    wide = np.empty((2, length), np.uint32)
    pixels, line = np.empty((5, w), np.uint32), np.empty(w, np.uint32)
    ready = np.int64(top[y0])
    for y in range(y0, y1):
        first = np.int64(top[y])
        while ready < first + 2:
            if halves:
                _stretch_halves(wide[ready & 1], small[ready], across, pixels)
            else:
                _stretch(wide[ready & 1], small[ready], left, masks, pixels)
            ready += 1
        above, below = wide[first & 1, :w].view(np.uint8), wide[(first + 1) & 1, :w].view(np.uint8)
        _blend(line.view(np.uint8), above, below, down[y])
        for x in range(uint64(0), uint64(sent), uint64(SENT)):
            _send(out[y], line, x)
        for x in range(uint64(sent), uint64(w)):
            out[y, x] = line[x]


class Enlarger:
    """Enlarges pictures of one size to another."""

    def __init__(self, small: tuple[int, int], large: tuple[int, int]) -> None:
        self.left, self.across = _places(small[0], large[0])
        self.top, self.down = _places(small[1], large[1])
        digits = np.repeat(self.across, 4) >> np.arange(4, dtype=np.uint32)[:, None] & 1
        self.masks = (digits * 255).astype(np.uint8)

    def enlarge(self, threads: Threads, small: Bytes, out: Bytes) -> None:
        """Write the small BGRX picture (h, w, 4) over all of `out`, (h, w, 4) too."""
        rows, (place, _) = words(out), out.__array_interface__["data"]
        width = rows.shape[1]
        sent = width - width % SENT if (place | 4 * width) % ALIGNED == 0 else 0
        threads.bands(
            len(rows), enlarge_rows, rows, words(small), self.left, self.across, self.masks, self.top, self.down, sent
        )  # fmt: skip


def _places(small: int, large: int) -> tuple[Words, Words]:
    """For each of `large` places the one of `small` before it, and how much the next one weighs, of ONE (WHOLE for
    all of it)."""
    at = np.clip((np.arange(large) + 0.5) * small / large - 0.5, 0.0, small - 1.0)
    before = np.minimum(at.astype(np.int64), small - 2)
    weight = np.round(np.clip((at - before - 0.5) * STEEPER + 0.5, 0.0, 1.0) * ONE).astype(np.uint32)
    weight[weight == ONE] = WHOLE
    return before.astype(np.uint32), weight


def words(pixels: Bytes) -> Words:
    """A picture (h, w, 4) as (h, w) pixels."""
    return pixels.view(np.uint32).reshape(pixels.shape[:2])
