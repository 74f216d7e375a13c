"""Old stage boards at full size: grain, seams, butt joints with their nails, knots, scuffs and worn varnish.

The wood is baked once as one tile of `BOARDS` boards lying across the stage, with coarser copies for the distance;
per frame it only modulates the light on the floor.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.paint.cache import kept
from performance.paint.canvas import Bytes, Light
from performance.paint.frame import Frame
from performance.paint.ground import first_row, ground
from performance.paint.kernels import f4, int32, kernel

BOARD = 0.085  # width of a board
BOARDS = 16  # in the tile
TILE_X, TILE_Z = 4.0, BOARD * BOARDS  # size of the tile
NAIL = 0.0024  # radius of a nail's head
COLUMNS, ROWS = 4096, 1 << 10  # of the finest copy
ROWS_BITS = 10
MADE_BY = mark_of(__file__)
LEVELS = 7  # copies, each with half the rows of the one before
FLAT = 128  # the value that changes nothing

Grid = NDArray[np.float64]


def _streaks(rng: np.random.Generator, rows: int, long: float, fine: float, slope: float) -> Grid:
    """Tileable noise drawn out along the boards: deviation 1, `long` columns by `fine` rows."""
    ky = np.fft.fftfreq(rows)[:, None] * fine
    kx = np.fft.rfftfreq(COLUMNS)[None, :] * long
    gain = 1.0 / (1.0 + ky * ky + kx * kx) ** slope
    spectrum = np.fft.rfft2(rng.standard_normal((rows, COLUMNS))) * gain
    spectrum[0, 0] = 0.0
    noise = np.fft.irfft2(spectrum, (rows, COLUMNS))
    return np.asarray(noise / noise.std())


def _board(rng: np.random.Generator, rows: int) -> Grid:
    """One board, values round 0: figure of the rings, pores, knots, stain, and its ends with nails."""
    z = (np.arange(rows)[:, None] + 0.5) / rows
    x = np.arange(COLUMNS)[None, :] * (TILE_X / COLUMNS)
    bend = _streaks(rng, rows, 420.0, 26.0, 1.6)
    rings = (z - 0.5) * rng.uniform(2.0, 5.5) + 0.42 * bend + rng.random()
    figure = np.zeros((rows, COLUMNS))
    for _ in range(rng.poisson(1.3)):
        kx, kz, size = rng.uniform(0, TILE_X), rng.uniform(0.2, 0.8), rng.uniform(0.012, 0.03)
        d = (x - kx + TILE_X / 2) % TILE_X - TILE_X / 2
        r = np.hypot(d / (size * 1.7), (z - kz) * BOARD / size)
        rings = rings + 1.6 * np.exp(-r * r / 6.0)
        figure -= 0.5 * np.exp(-((r / 0.8) ** 4))
    figure += 0.16 * np.sin(2 * np.pi * rings) + 0.10 * np.sin(2 * np.pi * (rings * 2.7 + 0.3 * bend))
    figure += 0.15 * _streaks(rng, rows, 240.0, 2.2, 1.1) + 0.10 * _streaks(rng, rows, 30.0, 1.0, 0.8)
    figure -= 0.30 * np.clip(_streaks(rng, rows, 60.0, 1.1, 0.9) - 1.7, 0.0, 1.5)
    figure += 0.10 * _streaks(rng, rows, 300.0, 60.0, 1.5) + rng.normal(0.0, 0.11)
    for joint in (rng.uniform(0, 0.45) + np.arange(3) * rng.uniform(1.2, 1.34)) % TILE_X:
        d = (x - joint + TILE_X / 2) % TILE_X - TILE_X / 2
        figure += np.where(d > 0, 1.0, 0.0) * np.exp(-np.abs(d) / 0.5) * rng.normal(0.0, 0.08)
        figure -= 1.1 * np.exp(-((d / 0.0016) ** 2)) + 0.22 * np.exp(-np.abs(d) / 0.012)
        for side, across in ((-0.014, 0.22), (0.014, 0.24), (-0.013, 0.78), (0.015, 0.76)):
            near = np.flatnonzero(np.abs(d[0] - side) < 5 * NAIL)  # further off, it is nothing
            nail = np.hypot(d[:, near] - side, (z - across) * BOARD) / NAIL
            figure[:, near] += 0.45 * np.exp(-((nail - 1.1) ** 2) * 6) - np.exp(-((nail / 0.75) ** 4))
    return figure


def _scuffs(rng: np.random.Generator) -> Grid:
    """What shoes, wheels and flats have left: pale arcs and long thin scratches over all boards alike."""
    z = (np.arange(ROWS)[:, None] + 0.5) * (TILE_Z / ROWS)
    x = (np.arange(COLUMNS)[None, :] + 0.5) * (TILE_X / COLUMNS)
    marks = np.zeros((ROWS, COLUMNS))
    for _ in range(46):
        cx, cz, radius = rng.uniform(0, TILE_X), rng.uniform(0, TILE_Z), rng.uniform(0.05, 0.9) ** 1.5
        reach, turn = rng.uniform(0.1, 0.7), rng.uniform(0, 6.3)
        dx = (x - cx + TILE_X / 2) % TILE_X - TILE_X / 2
        dz = (z - cz + TILE_Z / 2) % TILE_Z - TILE_Z / 2
        columns = np.flatnonzero(np.abs(dx[0]) < radius + 0.006)
        square = dx[:, columns] ** 2 + dz * dz
        near = (square < (radius + 0.006) ** 2) & (square > max(radius - 0.006, 0.0) ** 2)
        near &= np.abs(dz) < TILE_Z * 0.48
        j, i = np.nonzero(near)  # a hair of all the boards
        dx, dz = dx[0, columns[i]], dz[j, 0]
        line = np.exp(-(((np.hypot(dx, dz) - radius) / 0.0016) ** 2))
        bow = (np.arctan2(dz, dx) - turn + np.pi) % (2 * np.pi) - np.pi
        marks[j, columns[i]] += line * np.exp(-((bow / reach) ** 2)) * rng.normal(0.0, 0.30)
    return marks


def _bake() -> dict[str, NDArray[np.uint8]]:
    rng = np.random.default_rng(41)  # a texture, the same for every performance
    rows = ROWS // BOARDS
    wood = np.concatenate([_board(rng, rows) for _ in range(BOARDS)])
    across = (np.arange(ROWS) % rows + 0.5) / rows * BOARD
    edge = np.minimum(across, BOARD - across)[:, None]
    wear = _streaks(rng, ROWS, 260.0, 160.0, 1.4)
    wood = wood * (0.85 + 0.22 * wear) + 0.055 * wear + _scuffs(rng)
    gap = np.exp(-((edge / 0.0021) ** 2)) * (0.85 + 0.3 * np.clip(wear, -1, 1))
    wood = wood - 1.25 * gap - 0.16 * np.exp(-edge / 0.007)
    wood += 0.16 * np.exp(
        -(((across[:, None] - 0.0065) / 0.0022) ** 2)
    )  # the far lip of each seam catches light
    tile = np.clip(FLAT * (1.0 + 0.62 * wood), 6, 250)
    copies = []
    for _ in range(LEVELS):
        copies.append(tile.astype(np.uint8).reshape(-1))
        tile = (tile[0::2] + tile[1::2]) * 0.5
    return {"wood": np.concatenate(copies)}


@cache
def deck() -> Bytes:
    """The tile and its coarser copies, one after the other, each (ROWS >> level, COLUMNS) flattened."""
    return kept("deck", "boards across", _bake, MADE_BY)["wood"]


@kernel("void(i8, i8, u1[:,::1], u1[::1], f4[::1], f4, f4, i8)")
def deck_rows(
    y0: int, y1: int, detail: Bytes, wood: Bytes, g: Light, amount: float, far: float, first_row: int
) -> None:
    """Write the boards into the detail below the horizon; `amount` 0..1 of contrast, none beyond depth `far`.

    The span is counted from the first row with boards in it: threads share those alone.
    """
    w = detail.shape[1]
    depth = np.empty(w, np.float32)
    place = np.empty(w, np.float32)
    spot = np.empty(32, np.uint32)
    below_it = np.empty(32, np.uint32)
    part = np.empty(32, np.int32)
    near, beside = np.empty(32, np.uint8), np.empty(32, np.uint8)
    for y in range(first_row + y0, first_row + y1):
        dv = (f4(int32(y)) + f4(0.5) - g[2]) * g[0]
        left, right = (f4(0.5) - g[1]) * g[0], (f4(w) - f4(0.5) - g[1]) * g[0]
        if max(dv * g[3] - left * g[4], dv * g[3] - right * g[4]) + g[5] < f4(0.004):
            continue
        for x in range(w):
            du = (f4(int32(x)) + f4(0.5) - g[1]) * g[0]
            below = dv * g[3] - du * g[4] + g[5]
            d = g[6] / max(below, f4(0.003))
            depth[x] = d
            place[x] = ((du * g[3] + dv * g[4]) * d * g[7] + g[8] + f4(64.0 * TILE_X)) * f4(COLUMNS / TILE_X)
        for x0 in range(0, w, 32):
            n = min(32, w - x0)
            middle = depth[x0 + n // 2]
            if middle >= far:
                continue
            foot = middle * middle * g[0] / g[6] * f4(ROWS / TILE_Z)  # rows of the tile under one pixel
            level = 0
            while level < LEVELS - 1 and foot > f4(1.25):
                level += 1
                foot *= f4(0.5)
            first = int32(COLUMNS * (2 * ROWS - (2 * ROWS >> level)))
            bits = int32(ROWS_BITS - level)
            last = int32((ROWS >> level) - 1)
            per = f4(ROWS >> level) * f4(1.0 / TILE_Z)
            start = (g[9] + f4(32.0 * TILE_Z)) * per - f4(0.5)
            fade = int32(f4(256) * amount * min(max((far - middle) / (f4(0.6) * far), f4(0)), f4(1)))
            deep, along = depth[x0 : x0 + n], place[x0 : x0 + n]
            for i in range(n):
                q = deep[i] * per + start
                row = int32(q)
                part[i] = int32((q - f4(row)) * f4(256))
                bolt = row >> bits  # which repeat of the tile: each is shifted along, so none is seen twice
                column = (int32(along[i]) + bolt * int32(1543)) & int32(COLUMNS - 1)
                spot[i] = np.uint32(first + (row & last) * int32(COLUMNS) + column)
                below_it[i] = np.uint32(first + ((row + int32(1)) & last) * int32(COLUMNS) + column)
            out = detail[y, x0 : x0 + n]
            for i in range(n):
                near[i], beside[i] = wood[spot[i]], wood[below_it[i]]
            for i in range(n):
                a = int32(near[i])
                value = a * int32(256) + (int32(beside[i]) - a) * part[i] - int32(FLAT * 256)
                out[i] = np.uint8(int32(FLAT) + (((value >> int32(8)) * fade) >> int32(8)))


def paint_deck(frame: Frame, amount: float = 1.0, far: float = 9.0) -> None:
    """Modulate the floor by its boards."""
    canvas = frame.canvas
    canvas.detailed = True
    g = ground(frame)
    first = first_row(g, canvas.width, canvas.height)
    canvas.threads.bands(
        canvas.height - first, deck_rows, canvas.detail, deck(), g, f4(amount), f4(far), first
    )
