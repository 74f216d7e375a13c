"""The buffers one frame is painted in.

`field` is soft light behind everything and `air` light in front of it (both about a quarter of the size),
`crisp` the full-size sharp things between them, all in linear light. `detail` modulates the field at full size.
The finished value of a pixel is `film((field * detail * (1 - crisp alpha) + crisp + air) * exposure * vignette)`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.paint.density import FIELD_ROWS
from performance.paint.threads import Threads

Light = NDArray[np.float32]
Bytes = NDArray[np.uint8]

TILE = 32  # pixels on a side; a tile nobody wrote in is finished from the quarter-size picture alone
SAFE_WIDTH = 1.25  # picture heights across that any shape of frame shows whole
DETAIL_ONE = 128  # the value of `detail` that changes nothing


@dataclass(frozen=True, slots=True)
class View:
    """How (u, v) lies on the pixels of one frame: u picture heights right of centre, v 0 top to 1 bottom.

    A frame of any shape shows at least |u| < SAFE_WIDTH / 2 and 0 < v < 1; a wide one shows more at the sides,
    a tall one more above and below.
    """

    width: int
    height: int

    @property
    def unit(self) -> float:
        """Pixels per picture height."""
        return min(float(self.height), self.width / SAFE_WIDTH)

    def x(self, u: Any) -> Any:
        """The pixel column of u."""
        return self.width * 0.5 + u * self.unit

    def y(self, v: Any) -> Any:
        """The pixel row of v."""
        return self.height * 0.5 + (v - 0.5) * self.unit

    def u(self, x: Any) -> Any:
        """The u of a pixel column."""
        return (x - self.width * 0.5) / self.unit

    def v(self, y: Any) -> Any:
        """The v of a pixel row."""
        return (y - self.height * 0.5) / self.unit + 0.5


class Canvas:
    """The light of one frame. Not thread-safe itself; its kernels are, band by band.

    The light field has about `field_rows` rows in a picture height: `scale` of the canvas's pixels to one of its own.
    """

    def __init__(
        self, width: int, height: int, field_rows: float = FIELD_ROWS, threads: Threads | None = None
    ) -> None:
        self.view = View(width, height)
        self.scale = max(1, min(16, round(self.view.unit / field_rows)))
        self.width, self.height = width, height
        self.field_width = math.ceil(width / self.scale)
        self.field_height = math.ceil(height / self.scale)
        self.threads = threads or Threads()
        quarter = (self.field_height, self.field_width, 4)
        self.field: Light = np.zeros(quarter, np.float32)
        self.air: Light = np.zeros(quarter, np.float32)
        self.env: Light = np.zeros(quarter, np.float32)
        self.crisp: Light = np.zeros((height, width, 4), np.float32)
        self.detail: Bytes = np.full((height, width), DETAIL_ONE, np.uint8)
        self.touched: Bytes = np.zeros((math.ceil(height / TILE), math.ceil(width / TILE)), np.uint8)
        self.detailed = False  # whether anyone changed `detail` this frame

    @property
    def field_unit(self) -> float:
        """Field pixels per picture height."""
        return self.view.unit / self.scale

    def bands(self, kernel: Callable[..., Any], *arguments: Any) -> None:
        """Run a kernel(y0, y1, *arguments) over all full-size rows."""
        self.threads.bands(self.height, kernel, *arguments)

    def field_bands(self, kernel: Callable[..., Any], *arguments: Any) -> None:
        """Run a kernel(y0, y1, *arguments) over all rows of the light field."""
        self.threads.bands(self.field_height, kernel, *arguments)

    def touch(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Say that pixels of this box of `crisp` will be written; False when it lies outside the frame."""
        left, top = max(int(x0) // TILE, 0), max(int(y0) // TILE, 0)
        right, bottom = (
            min(int(x1) // TILE + 1, self.touched.shape[1]),
            min(int(y1) // TILE + 1, self.touched.shape[0]),
        )
        if right <= left or bottom <= top or x1 < 0 or y1 < 0:
            return False
        self.touched[top:bottom, left:right] = 1
        return True

    def touch_boxes(self, x0: Any, y0: Any, x1: Any, y1: Any) -> None:
        """Say that pixels of all these boxes (n,) of `crisp` will be written."""
        rows, columns = self.touched.shape
        keep = (x1 >= 0) & (y1 >= 0) & (x0 < self.width) & (y0 < self.height)
        left = np.clip(x0[keep] // TILE, 0, columns - 1).astype(np.intp)
        right = np.clip(x1[keep] // TILE, 0, columns - 1).astype(np.intp) + 1
        top = np.clip(y0[keep] // TILE, 0, rows - 1).astype(np.intp)
        bottom = np.clip(y1[keep] // TILE, 0, rows - 1).astype(np.intp) + 1
        across = columns + 1  # corners of boxes, summed up, say how many boxes lie on each tile
        more = np.concatenate([top * across + left, bottom * across + right])
        fewer = np.concatenate([top * across + right, bottom * across + left])
        size = (rows + 1) * across
        count = (np.bincount(more, minlength=size) - np.bincount(fewer, minlength=size)).reshape(
            rows + 1, across
        )
        self.touched[count.cumsum(0).cumsum(1)[:-1, :-1] > 0] = 1

    def touch_points(self, x: NDArray[Any], y: NDArray[Any], radius: NDArray[Any] | float) -> None:
        """Say that `crisp` will be written round each of these points (pixels), out to `radius` (< TILE)."""
        for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            column = np.clip((x + dx * radius) / TILE, 0, self.touched.shape[1] - 1).astype(np.intp)
            row = np.clip((y + dy * radius) / TILE, 0, self.touched.shape[0] - 1).astype(np.intp)
            self.touched[row, column] = 1
