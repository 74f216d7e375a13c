"""Addressed chance: a number is a function of its address, never drawn in turn.

`chance(seed, "mote", 7)` is the same on every machine, in any order, at any time, so jumping to a moment
equals playing up to it. The mixing function is SplitMix64 (Steele, Lea, Flood: "Fast splittable
pseudorandom number generators", OOPSLA 2014).
"""

from __future__ import annotations

import hashlib
import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_UNIT = 1.0 / (1 << 53)
_MASK = 0xFFFFFFFFFFFFFFFF


@lru_cache(maxsize=4096)
def _word(part: str | int) -> int:
    if isinstance(part, str):
        return int.from_bytes(hashlib.blake2b(part.encode(), digest_size=8).digest(), "little")
    return part & _MASK


def _mix(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        z = state + _GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _mixed(state: int) -> int:
    """`_mix` of one word, in whole numbers: fifty times faster than an array of one."""
    z = (state + 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


@lru_cache(maxsize=1 << 14)
def _key(seed: int, address: tuple[str | int, ...]) -> int:
    state = _word(int(seed))
    for part in address:
        state = _mixed(state ^ _word(part))
    return _mixed(state)


def chance(seed: int, *address: str | int) -> float:
    """One even number in [0, 1) at an address of words and whole numbers."""
    return (_key(seed, address) >> 11) * _UNIT


def chances(seed: int, *address: str | int, count: int) -> Array:
    """`count` even numbers in [0, 1) as (count,) float64; entry i does not depend on `count`."""
    return at_indices(_key(seed, address), np.arange(count, dtype=np.int64))


def at_indices(key: int, indices: NDArray[np.int64]) -> Array:
    """Even numbers in [0, 1) at whole-number addresses (any sign), the shape of `indices`."""
    flat = np.ascontiguousarray(indices).astype(np.uint64)
    bits = _mix(_mix(flat ^ np.uint64(_word(int(key)))))
    return (bits >> np.uint64(11)).astype(np.float64) * _UNIT


def bells(seed: int, *address: str | int, count: int) -> Array:
    """`count` numbers of a normal distribution, mean 0 and deviation 1 (Box and Muller 1958)."""
    radius = np.sqrt(-2.0 * np.log1p(-chances(seed, *address, "radius", count=count)))
    return np.asarray(radius * np.cos(2 * np.pi * chances(seed, *address, "angle", count=count)))


def drift(seed: int, *address: str | int, t: Array | float) -> Array:
    """Smooth noise of time in about [-1, 1], one new value a second, float64 of the shape of `t`.

    Cubic interpolation of addressed values (Catmull and Rom 1974): readable at any t in any order.
    """
    key = _key(seed, address)
    if isinstance(t, (float, int)):
        knot = math.floor(t)
        a, b, c, d = (2.0 * _knot(key, knot + k) - 1.0 for k in (-1, 0, 1, 2))
        return np.asarray(_through(a, b, c, d, t - knot))
    when = np.asarray(t, np.float64)
    base = np.floor(when)
    x = when - base
    p = at_indices(key, base.astype(np.int64)[..., None] + np.arange(-1, 3)) * 2 - 1
    return np.asarray(_through(p[..., 0], p[..., 1], p[..., 2], p[..., 3], x))


def _through(a: Any, b: Any, c: Any, d: Any, x: Any) -> Any:
    return b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))


@lru_cache(maxsize=1 << 14)
def _knot(key: int, index: int) -> float:
    """`at_indices` of one index."""
    return (_mixed(_mixed((index & _MASK) ^ key)) >> 11) * _UNIT
