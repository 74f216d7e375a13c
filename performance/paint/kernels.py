"""Compiled row kernels: how they are declared, compiled once, and run on bands of rows.

A kernel works on the half-open span of rows [y0, y1) given as its first two arguments and writes nothing
outside it. Bands run on plain threads (the kernels release the interpreter lock), so a frame is the same
whatever the number of threads. Colours in light buffers are in the display's order: blue, green, red, alpha.

Functions that painters of several things inline live in this file alone: its content names the folder that compiled
code is kept in (see compiled.py), so that what is kept is never stale.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.compiled import KERNELS as KERNELS
from performance.compiled import inline as inline
from performance.compiled import kernel as kernel
from performance.compiled import ready as ready

f4: Any = np.float32  # in kernels a plain number of single precision; Any spares every kernel a cast
int32: Any = np.int32  # counts that become such numbers; from 64 bits a row of them would not vectorise
int64: Any = np.int64


@inline
def fast_sin(x: float) -> Any:
    """Sine to about 1e-3, vectorisable (two parabolas; after the well-known Nick Capens form)."""
    x = x * f4(0.15915494)
    x = x - np.floor(x + f4(0.5))
    y = x * (f4(8) - f4(16) * abs(x))
    return y * (f4(0.775) + f4(0.225) * abs(y))


@inline
def fast_exp_neg(x: float) -> Any:
    """exp(-x) for x >= 0 as (1 + x/8)^-8: fat-tailed, vectorisable, never negative."""
    r = f4(1) / (f4(1) + x * f4(0.125))
    r = r * r
    r = r * r
    return r * r


@inline
def smooth_step(low: float, high: float, x: float) -> Any:
    """0 below `low`, 1 above `high`, an S between (also with high < low)."""
    t = min(max((x - low) / (high - low), f4(0)), f4(1))
    return t * t * (f4(3) - f4(2) * t)


@inline
def film(x: float) -> Any:
    """Linear light to display value 0..1: filmic shoulder (Narkowicz 2015) and square-root gamma."""
    x = max(x, f4(0)) * f4(0.92)
    y = (x * (f4(2.51) * x + f4(0.03))) / (x * (f4(2.43) * x + f4(0.59)) + f4(0.14))
    return np.sqrt(min(max(y, f4(0)), f4(1)))


@inline
def hash_unit(a: int, b: int) -> Any:
    """An even number in [0, 1) for a lattice place."""
    h = np.uint32(np.uint32(a) * np.uint32(0x9E3779B1)) ^ np.uint32(np.uint32(b) * np.uint32(0x85EBCA77))
    h = np.uint32(
        (h ^ (h >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    )  # a product of two uint32 is a uint64 here
    h = np.uint32((h ^ (h >> np.uint32(12))) * np.uint32(0x297A2D39))
    return f4((h ^ (h >> np.uint32(15))) >> np.uint32(8)) * f4(5.9604645e-08)


@inline
def gold_of(light: float) -> Any:
    """Blue, green and red of gold that is so bright: deep amber in the dark, pale in the highlights."""
    k = min(max(light, f4(0)), f4(2.2))
    w = min(k * f4(1.5), f4(1))
    hot = max(k - f4(0.75), f4(0))
    blue = k * (f4(0.02) + f4(0.16) * w) + f4(0.42) * hot
    green = k * (f4(0.25) + f4(0.38) * w) + f4(0.30) * hot
    red = k * (f4(0.62) + f4(0.38) * w) + f4(0.18) * hot
    return blue, green, red


@inline
def room_at(room: Any, nx: float, ny: float) -> Any:
    """How bright the room that metal mirrors (65, 65) is where a normal points, nx right and ny up, -1..1."""
    fx = (min(max(nx, f4(-1)), f4(1)) + f4(1)) * f4(32)
    fy = (min(max(ny, f4(-1)), f4(1)) + f4(1)) * f4(32)
    x = min(int(fx), 63)
    y = min(int(fy), 63)
    tx = fx - f4(x)
    ty = fy - f4(y)
    low = room[y, x] + (room[y, x + 1] - room[y, x]) * tx
    high = room[y + 1, x] + (room[y + 1, x + 1] - room[y + 1, x]) * tx
    return low + (high - low) * ty


@inline
def lay_soft(out: Any, cover: Any, tints: Any, one: Any, two: Any, three: Any, four: Any) -> None:
    """Lay light over pixels of the field (4 n,), as much as `cover` (n,): four rows of brightness, each in a tint of
    its own, and what is there anyway. tints (5, 3)."""
    n = np.uint64(cover.shape[0])
    ab, ag, ar, bb, bg, br = tints[0, 0], tints[0, 1], tints[0, 2], tints[1, 0], tints[1, 1], tints[1, 2]
    cb, cg, cr, db, dg, dr = tints[2, 0], tints[2, 1], tints[2, 2], tints[3, 0], tints[3, 1], tints[3, 2]
    eb, eg, er = tints[4, 0], tints[4, 1], tints[4, 2]
    for x in range(n):  # all four channels, and unsigned places: else the compiler does not make rows of it
        b = np.uint64(4) * np.uint64(x)
        g, r, a = b + np.uint64(1), b + np.uint64(2), b + np.uint64(3)
        share = cover[x]
        keep = f4(1) - share
        i, j, k, m = one[x], two[x], three[x], four[x]
        out[b] = out[b] * keep + (ab * i + bb * j + cb * k + db * m + eb) * share
        out[g] = out[g] * keep + (ag * i + bg * j + cg * k + dg * m + eg) * share
        out[r] = out[r] * keep + (ar * i + br * j + cr * k + dr * m + er) * share
        out[a] = out[a] * keep


@inline
def add_soft(out: Any, tints: Any, one: Any, two: Any, three: Any) -> None:
    """Add three rows of brightness (n,) to pixels of the field (4 n,), each in a tint of its own. tints (3, 3)."""
    ab, ag, ar, bb, bg, br = tints[0, 0], tints[0, 1], tints[0, 2], tints[1, 0], tints[1, 1], tints[1, 2]
    cb, cg, cr = tints[2, 0], tints[2, 1], tints[2, 2]
    for x in range(np.uint64(one.shape[0])):  # as in lay_soft
        b = np.uint64(4) * np.uint64(x)
        g, r, a = b + np.uint64(1), b + np.uint64(2), b + np.uint64(3)
        i, j, k = one[x], two[x], three[x]
        out[b] += ab * i + bb * j + cb * k
        out[g] += ag * i + bg * j + cg * k
        out[r] += ar * i + br * j + cr * k
        out[a] += i
