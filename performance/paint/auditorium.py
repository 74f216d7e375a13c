"""Where the auditorium is seen from the stage, and the dark it lies in, down to the edge of the stage."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Light, View
from performance.paint.frame import Frame
from performance.paint.kernels import int64, kernel
from performance.paint.tiles import flat
from performance.stage.house import House
from performance.stage.seating import ROWS, SCALE, row_v, seen_from

Array = NDArray[np.float64]
uint64: Any = np.uint64  # places of this type are known not to be negative, and rows of them are vectorised
DARK = 0.94  # of what is behind them that the dark of the house takes
EARLY = 1.8  # how much sooner than they do it comes: nobody is a shape before what is lit
PARAPET = 0.075  # picture heights under the nearest heads: where the edge of the stage hides who stands there


def seen_at(frame: Frame, house: House, u: Array, v: Array, scale: Array) -> tuple[Array, Array]:
    """Places of the house as the camera sees them now."""
    return seen_from(frame.camera, u, v - house.rise, scale)


@kernel("void(i8, i8, f4[:,::1], f4[::1], i2[:,::1])")
def dim_rows(y0: int, y1: int, field: Light, keep: Light, between: Any) -> None:
    """Leave so much of the light of rows [y0, y1) of the field, which is given in flat rows, between two columns."""
    for y in range(y0, y1):
        row = field[y, 4 * int64(between[y, 0]) : 4 * int64(between[y, 1])]
        for i in range(uint64(row.shape[0])):
            row[i] *= keep[y]


def edge_of_stage(frame: Frame, house: House) -> float:
    """v of the edge of the stage, that hides who stands there."""
    return float(seen_at(frame, house, np.zeros(1), _PARAPET, _PARAPET_SCALE)[1][0])


def darken(frame: Frame, house: House, lip: float, free: NDArray[np.int16]) -> None:
    """Take the light of whatever lies behind the house, from over its last row down to the stage's edge."""
    canvas = frame.canvas
    _, v = seen_at(frame, house, np.zeros(2), _FROM_TO, _FROM_TO_SCALE)
    rows = _rows(canvas.view, canvas.field_height, canvas.scale)
    pixel = canvas.scale / canvas.view.unit
    shade = _within(5.0 * (rows - v[0]) / (v[1] - v[0])) * _within((lip - rows) / pixel + 0.5)
    there = shade.nonzero()[0]
    if len(there):
        part = slice(there[0], there[-1] + 1)
        keep = (1.0 - DARK * min(EARLY * house.level, 1.0) * shade[part]).astype(np.float32)
        free = free[part] if len(free) else _whole(len(keep), canvas.field_width)
        canvas.threads.bands(len(keep), dim_rows, flat(canvas.field[part]), keep, free)


def _within(x: Array) -> Array:
    """Nothing below 0, and nothing over 1."""
    return np.asarray(np.minimum(np.maximum(x, 0.0), 1.0))


@lru_cache(maxsize=8)
def _rows(view: View, rows: int, scale: int) -> Array:
    """v of the middles of the light field's rows."""
    return np.asarray(view.v((np.arange(rows) + 0.5) * scale))


@lru_cache(maxsize=64)
def _whole(rows: int, columns: int) -> NDArray[np.int16]:
    """Rows of which every column is free."""
    return np.repeat(np.array([[0, columns]], np.int16), rows, 0)


_PARAPET, _PARAPET_SCALE = np.array([row_v(ROWS - 1) + PARAPET]), np.full(1, SCALE[1])
_FROM_TO, _FROM_TO_SCALE = np.array([row_v(0) - 0.10, row_v(ROWS - 1) + 0.02]), np.array([0.3, 0.7])
