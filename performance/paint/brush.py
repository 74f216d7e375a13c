"""How the strokes behind her hands are drawn: strands that stray as they age, and sparks that leave them.

Compiled: some thousand small sums a frame, each of which would be a call.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import HORIZON, NEAREST_Z, ROLL_V
from performance.compiled import called
from performance.paint.kernels import kernel
from performance.stage.performer import TRAIL

Rows = NDArray[np.float32]
Array = NDArray[np.float64]
Whole = NDArray[np.int64]
CORE, VEIL, THREADS = 0, 1, 3  # strands of a stroke: its body, the veil round it, and so many threads
STRANDS = 2 + THREADS
WIDE, FINE, OPEN = 0.0130, 0.0026, 0.036  # radii of body, threads and veil at their broadest, figure heights
SPARK_RATE = 30.0  # a second and hand
SPARK_LASTS = 1.3  # seconds, less than TRAIL
SPARKS = 512  # different ones
THINNEST = 1.2  # pixels
LONG = 1.8  # figure heights of a stroke
QUICK = 1.6  # figure heights a second at which a ribbon is full
FLUNG, RISEN = 0.17, 0.16  # seconds of its way that it flies on, figure heights that it rises
FAINT = 0.010  # light under which a line is not drawn
WARM, COOL = (1.0, 0.80, 0.50), (0.62, 0.32, 1.0)
# x, z, height of the figure; the camera; the picture; the moment; how bright; what of it is behind; the first spark
X, Z, HEIGHT, EYE_X, EYE_Y, DOLLY, ZOOM, COSINE, SINE, UNIT, MIDDLE, TOP, NOW, LEVEL, BACK, FIRST, RED = (
    range(17)
)


@kernel("void(f4[:,:,::1], f8[::1], f8[:,:,::1], f8[:,:,::1], f4[:,:,::1], i8[::1])")
def lines_of(trail: Rows, seen: Array, strands: Array, sparks: Array, lines: Rows, count: Whole) -> None:
    """Lines (2, n, 10), see `strokes`, of what is behind the figure and before it, `count` (2,) of each.

    `trail` (k, 2, 3) as in Performer. `seen`: see the numbers below. The rest as _chances gives it.
    """
    path, step = np.empty((2 * trail.shape[0] - 1, 3)), np.empty((2 * trail.shape[0] - 1, 3))
    for hand in range(2):
        _smooth(trail, hand, path)
        _speeds(path, step)
        _ribbon(path, step, seen, strands[hand], lines, count)
        _sparks(trail, hand, path[: trail.shape[0]], step, seen, sparks[hand], lines, count)


@called
def _place(seen: Array, x: float, y: float, z: float) -> tuple[float, float, float]:
    """The pixel of a point of figure space, and pixels to a figure height there."""
    scale = seen[ZOOM] / max(1.0 + seen[Z] - z * seen[HEIGHT] - seen[DOLLY], 1.0 + NEAREST_Z)
    u = (seen[X] + x * seen[HEIGHT] - seen[EYE_X]) * scale
    v = HORIZON + (seen[EYE_Y] - y * seen[HEIGHT]) * scale - ROLL_V
    across, down = u * seen[COSINE] - v * seen[SINE], u * seen[SINE] + v * seen[COSINE] + ROLL_V
    unit = seen[UNIT]
    return seen[MIDDLE] + across * unit, seen[TOP] + down * unit, scale * unit * seen[HEIGHT]


@called
def _emit(
    lines: Rows, count: Whole, seen: Array, start: tuple[float, float, float, float, float], end: Array,
    radius: float, cool: float,
) -> None:  # fmt: skip
    """Put down a line from x, y, z, light, radius to such another, unless it is too dark."""
    if max(start[3], end[3]) <= FAINT:
        return
    side = 0 if start[2] < seen[BACK] else 1
    line = lines[side, count[side]]
    count[side] += 1
    line[0], line[1], line[2], line[3], line[4], line[5] = (
        start[0],
        start[1],
        end[0],
        end[1],
        start[3],
        end[3],
    )
    line[6] = radius
    for c in range(3):
        line[9 - c] = (WARM[c] + (COOL[c] - WARM[c]) * cool) * seen[RED + c]


@called
def _smooth(trail: Rows, hand: int, path: Array) -> None:
    """The way of one hand with two points for each of its own (Catmull and Rom 1974)."""
    last = trail.shape[0] - 1
    for i in range(path.shape[0]):
        n = min(i // 2, last - 1)
        x = 0.5 * i - n
        for k in range(3):
            a, b, c, d = (
                trail[max(n - 1, 0), hand, k],
                trail[n, hand, k],
                trail[n + 1, hand, k],
                trail[min(n + 2, last), hand, k],
            )
            path[i, k] = b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))


@called
def _speeds(path: Array, step: Array) -> None:
    """How fast and where to it went along a path through TRAIL seconds."""
    last = path.shape[0] - 1
    for i in range(last + 1):
        after, before = min(i + 1, last), max(i - 1, 0)
        for k in range(3):
            step[i, k] = (path[after, k] - path[before, k]) / (after - before) * (last / TRAIL)


@called
def _length(step: Array) -> float:
    return math.sqrt(step[0] * step[0] + step[1] * step[1] + step[2] * step[2])


@called
def _ribbon(path: Array, step: Array, seen: Array, draw: Array, lines: Rows, count: Whole) -> None:
    """The strands behind one hand."""
    last, gone = path.shape[0] - 1, 0.0
    before, now = np.empty((STRANDS, 5)), np.empty((STRANDS, 5))
    cool = 0.0
    for i in range(last + 1):
        even, speed = i / last, _length(step[i])
        gone += speed * (TRAIL / last) / LONG  # a quick stroke is as long as a slow one, and never a hoop
        age = min((even**3 + gone**3) ** (1 / 3), 1.0)
        born = seen[NOW] - even * TRAIL  # waves stay with the place where they were made
        for s in range(STRANDS):
            x, y, z = _strayed(path[i], step[i], speed, age, born, s, draw)
            light, broad = _brush(age, min(speed / QUICK, 1.3), born, s, draw)
            px, py, size = _place(seen, x, y, z)
            now[s, 0], now[s, 1], now[s, 2], now[s, 4] = px, py, z, broad * size
            # what is thinner than can be drawn is darker
            now[s, 3] = light * seen[LEVEL] * min(now[s, 4] / THINNEST, 1.0)
            if i > 0:
                begun = before[s, 0], before[s, 1], before[s, 2], before[s, 3], before[s, 4]
                _emit(lines, count, seen, begun, now[s], max(before[s, 4], THINNEST), cool)
        for s in range(STRANDS):
            for k in range(5):
                before[s, k] = now[s, k]
        cool = min(max(age * 1.7 - 0.15, 0.0), 1.0)


@called
def _strayed(
    at: Array, step: Array, speed: float, age: float, born: float, strand: int, draw: Array
) -> tuple[float, float, float]:
    """Where a strand is: all rise and fly on the way the hand went, so that one who turns stands in a spiral and in no
    ring; threads stray to both sides the farther the older."""
    on = FLUNG * age / max(speed / QUICK, 1.0)
    x, z = at[0] - on * step[0], at[2] - on * step[2]
    y = at[1] - on * step[1] + RISEN * age * age + age * 0.016 * math.sin(5.1 * born + draw[0, strand])
    if strand <= VEIL:
        return x, y, z
    aside = (
        2.0 * (strand - 2) / (THREADS - 1) - 1.0 + 0.7 * math.sin(3.1 * born + 2.4 * age + draw[1, strand])
    )
    stray = 0.075 * age**1.4 * aside + 0.010 * age * math.sin(11.0 * born + draw[2, strand])
    stray /= speed + 1e-6
    return x - stray * step[1], y + stray * step[0], z


@called
def _brush(age: float, quick: float, born: float, strand: int, draw: Array) -> tuple[float, float]:
    """Light and radius (figure heights) of a strand where a hand was so quick so long ago."""
    tip, rest = min(age * 9.0, 1.0) ** 0.6, 1.0 - age  # it begins at a point
    if strand == CORE:
        return 1.05 * quick**1.3 * rest * rest * tip, WIDE * quick**1.2 * rest**1.4 * tip
    if strand == VEIL:
        return 0.15 * quick**1.4 * rest * rest * min(age * 4.0, 1.0), OPEN * quick * (0.25 + age) * tip
    beads = 0.5 + 0.5 * math.sin(born * (31.0 + 7.0 * math.sin(draw[0, strand])) + draw[1, strand])
    whole = min(max(1.6 - 2.2 * age, 0.0), 1.0)
    light = 0.50 * quick * rest * rest * min(age * 5.0, 1.0) * (whole + (1.0 - whole) * 2.0 * beads**5)
    return light, FINE * (0.6 + 0.4 * quick)


@called
def _sparks(
    trail: Rows, hand: int, path: Array, step: Array, seen: Array, lots: Array, lines: Rows, count: Whole
) -> None:
    """Points that leave the hand at even times and fall, twinkling: lines of no length."""
    last = trail.shape[0] - 1
    for i in range(last + 1):
        for k in range(3):
            path[i, k] = trail[i, hand, k]
    _speeds(path, step[: last + 1])
    for number in range(int(seen[FIRST]), int(math.floor(seen[NOW] * SPARK_RATE)) + 1):
        age = min(max(seen[NOW] - number / SPARK_RATE, 0.0), SPARK_LASTS)
        lot, at = lots[number % SPARKS], min(int(age / TRAIL * last), last)
        quick, gone = min(_length(step[at]) / QUICK, 1.2), 1.0 - math.exp(-2.0 * age)
        drag = 0.10 if lot[4] > 0.3 else -0.06
        x = path[at, 0] + ((lot[0] - 0.5) * 0.35 - drag * step[at, 0]) * gone
        y = path[at, 1] + ((lot[1] - 0.5) * 0.35 - drag * step[at, 1]) * gone - 0.22 * age * age + 0.03 * age
        z = path[at, 2] + ((lot[2] - 0.5) * 0.35 - drag * step[at, 2]) * gone
        if lot[5] > quick or y < 0.0:
            continue
        shine = (1.0 - age / SPARK_LASTS) ** 1.5 * (
            0.55 + 0.45 * math.sin(age * (14 + 18 * lot[3]) + 9 * lot[4])
        )
        px, py, size = _place(seen, x, y, z)
        shine *= 1.6 * (0.3 + lot[3]) * seen[LEVEL]
        spark = np.array((px, py, z, shine, 0.0))
        _emit(
            lines, count, seen, (px, py, z, shine, 0.0), spark, max(0.0056 * size * (0.5 + lot[4]), 1.7), 0.0
        )
