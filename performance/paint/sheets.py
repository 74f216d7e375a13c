"""Thin paper in the beam: lit from before and through, its writing dark on the near side and faint on the far one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE
from performance.paint.frame import Frame
from performance.paint.kernels import f4, kernel
from performance.paint.script import pages, width_for
from performance.paint.shine import in_beam
from performance.stage.sheets import COLUMNS, ROWS, Sheets

Array = NDArray[np.float64]
THROUGH = 0.50  # share of the light behind that comes through
PAPER = (1.0, 0.95, 0.86)  # linear RGB
THROUGH_TINT = (1.0, 0.86, 0.66)  # of the light that has been through paper
FAR_INK = 0.34  # how much of the writing shows on the back
GLEAM = (0.25, 0.62, 1.0)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,:,::1], f4[:,:,:,::1], i4[::1], f4[::1])")
def sheet_rows(y0: Any, y1: Any, crisp: Any, grids: Any, pages: Any, page: Any, p: Any) -> None:
    """Paint sheets in order. grids (n, ROWS, COLUMNS, 7): x y pixels, light blue green red, writing, presence.
    p: blue green red of the gleam in the writing."""
    wide = crisp.shape[1]
    th, tw = pages.shape[1], pages.shape[2]
    rows, columns = grids.shape[1], grids.shape[2]
    du, dv = f4(tw - 1) / f4(columns - 1), f4(th - 1) / f4(rows - 1)
    for s in range(grids.shape[0]):
        grid, texture = grids[s], pages[page[s]]
        low: Any = f4(1e9)
        high: Any = f4(-1e9)
        for j in range(rows):
            for i in range(columns):
                low, high = min(low, grid[j, i, 1]), max(high, grid[j, i, 1])
        if low > f4(y1) or high < f4(y0):
            continue
        edge = abs(grid[0, 0, 0] - grid[0, columns - 1, 0]) + abs(grid[0, 0, 1] - grid[0, columns - 1, 1])
        soft = f4(2) * f4(tw) / max(edge, f4(20))
        for cell in range(2 * (rows - 1) * (columns - 1)):
            j, i = (cell // 2) // (columns - 1), (cell // 2) % (columns - 1)
            k = cell & 1
            ja, ia, jb, ib, jc, ic = j + k, i + k, j + k, i + 1 - k, j + 1 - k, i + k
            a, b, c = grid[ja, ia], grid[jb, ib], grid[jc, ic]
            top, bottom = min(a[1], min(b[1], c[1])), max(a[1], max(b[1], c[1]))
            ya, yb = max(np.int32(top + f4(0.5)), y0), min(np.int32(bottom + f4(0.5)), y1)
            if yb <= ya:
                continue
            twice = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
            if abs(twice) < f4(0.02):
                continue
            per = f4(1) / twice
            bx, by = (
                (c[1] - a[1]) * per,
                -(c[0] - a[0]) * per,
            )  # how the shares of b and c change along x and y
            cx, cy = -(b[1] - a[1]) * per, (b[0] - a[0]) * per
            for y in range(ya, yb):
                py = f4(np.int32(y)) + f4(0.5) - a[1]
                left: Any = f4(-1e9)
                right: Any = f4(1e9)
                sb, sc = by * py - bx * a[0], cy * py - cx * a[0]
                for side in range(3):
                    slope = bx if side == 0 else (cx if side == 1 else -bx - cx)
                    start = sb if side == 0 else (sc if side == 1 else f4(1) - sb - sc)
                    if slope > f4(1e-7):
                        left = max(left, -start / slope)
                    elif slope < f4(-1e-7):
                        right = min(right, -start / slope)
                    elif start < f4(0):
                        right = f4(-1e9)
                xa: Any = max(np.int32(np.ceil(left - f4(0.5))), 0)
                xb: Any = min(np.int32(np.ceil(right - f4(0.5))), wide)
                row = crisp[y]
                for x in range(xa, xb):
                    px = f4(np.int32(x)) + f4(0.5)
                    wb, wc = sb + bx * px, sc + cx * px
                    wa = f4(1) - wb - wc
                    fu = (wa * f4(ia) + wb * f4(ib) + wc * f4(ic)) * du
                    fv = (wa * f4(ja) + wb * f4(jb) + wc * f4(jc)) * dv
                    fu, fv = min(max(fu, f4(0)), f4(tw) - f4(1.01)), min(max(fv, f4(0)), f4(th) - f4(1.01))
                    ix, iy = np.int32(fu), np.int32(fv)
                    tx, ty = fu - f4(ix), fv - f4(iy)
                    upper = texture[iy, ix, 0] + (texture[iy, ix + 1, 0] - texture[iy, ix, 0]) * tx
                    lower = (
                        texture[iy + 1, ix, 0] + (texture[iy + 1, ix + 1, 0] - texture[iy + 1, ix, 0]) * tx
                    )
                    ink = (upper + (lower - upper) * ty) * (wa * a[5] + wb * b[5] + wc * c[5])
                    border = min(min(fu, f4(tw - 1) - fu), min(fv, f4(th - 1) - fv)) / soft
                    cover = min(border, f4(1)) * a[6]
                    keep = f4(1) - cover
                    white = texture[iy, ix, 1] * (f4(1) - f4(0.88) * ink) * cover
                    for q in range(3):
                        light = (wa * a[2 + q] + wb * b[2 + q] + wc * c[2 + q]) * white + p[q] * ink * cover
                        row[x, q] = row[x, q] * keep + light
                    row[x, 3] = row[x, 3] * keep + cover


class SheetKit:
    """Pages written for the size they are seen at."""

    def __init__(self) -> None:
        self.pages: dict[int, NDArray[np.float32]] = {}

    def written(self, width: int) -> NDArray[np.float32]:
        """(PAGES, h, width, 2) ink and paper."""
        if width not in self.pages:
            self.pages[width] = pages(width)
        return self.pages[width]


def paint_sheets(
    frame: Frame, sheets: Sheets, kit: SheetKit, near: bool | None = None, split: float = 0.0
) -> None:
    """Paint the sheets into `crisp`, far ones first. With `near` only those before (True) or behind depth `split`."""
    middle = sheets.points.mean((1, 2))
    chosen = sheets.shown > 0.004
    if near is not None:
        chosen &= (middle[:, 2] < split) == near
    order = np.argsort(-middle[:, 2], kind="stable")
    order = order[chosen[order]]
    if not len(order):
        return
    canvas = frame.canvas
    grids = np.empty((len(order), ROWS, COLUMNS, 7), np.float32)
    points = sheets.points[order]
    u, v, scale = frame.camera.project(points[..., 0], points[..., 1], points[..., 2])
    grids[..., 0], grids[..., 1] = canvas.view.x(u), canvas.view.y(v)
    light, back = _lit(frame, points)
    grids[..., 2:5] = light[..., ::-1]
    grids[..., 5] = sheets.ink * np.where(back, FAR_INK, 1.0)
    grids[..., 6] = sheets.shown[order][:, None, None] * 0.985
    for grid in grids:
        canvas.touch(
            grid[..., 0].min() - 1, grid[..., 1].min() - 1, grid[..., 0].max() + 1, grid[..., 1].max() + 1
        )
    seen = float(np.median(sheets.width[order] * scale.mean((1, 2)))) * canvas.view.unit
    gleam = np.array(GLEAM[::-1]) * sheets.gleam * 0.5
    canvas.bands(
        sheet_rows, canvas.crisp, grids, kit.written(width_for(seen)), sheets.page[order].astype(np.int32),
        gleam.astype(np.float32),
    )  # fmt: skip


def _lit(frame: Frame, points: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Light (n, r, c, 3) on the side we see, and where that is the back of the sheet."""
    lights, camera = frame.lights, frame.camera
    down, across = np.gradient(points, axis=(1, 2))
    normal = np.cross(across, down)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-9
    view = points - np.array([camera.x, EYE + camera.y, camera.dolly - 1.0])
    seen = -np.sign((normal * view).sum(-1))
    towards = np.array([lights.key_from, lights.counter_from])
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    faces = np.einsum("nrci,ki->nrck", normal, towards) * seen[..., None]
    front, through = np.maximum(faces, 0.0), np.maximum(-faces, 0.0) * THROUGH
    beam = (0.05 + 0.95 * in_beam(lights.beam, points))[..., None]
    key = np.asarray(lights.key) * beam
    light = (front[..., :1] + 0.10) * key * PAPER + through[..., :1] * key * THROUGH_TINT
    light += np.asarray(lights.counter) * (front[..., 1:] + through[..., 1:] + 0.05) * PAPER
    light += np.asarray(lights.bounce) * (0.5 - 0.5 * (normal * seen[..., None])[..., 1:2]) + np.asarray(
        lights.ambient
    )
    return light, seen < 0
