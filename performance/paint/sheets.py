"""Thin paper in the beam: lit from before and through, its writing dark on the near side and faint on the far one."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE
from performance.paint.frame import Frame
from performance.paint.kernels import f4, int32, kernel
from performance.paint.script import pages, width_for
from performance.paint.shine import in_beam
from performance.stage.sheets import COLUMNS, ROWS, Sheets

Array = NDArray[np.float64]
THROUGH = 0.50  # share of the light behind that comes through
PAPER = (1.0, 0.95, 0.86)  # linear RGB
THROUGH_TINT = (1.0, 0.86, 0.66)  # of the light that has been through paper
FAR_INK = 0.34  # how much of the writing shows on the back
place: Any = np.uint64  # a place in an array, never negative
GLEAM = (0.25, 0.62, 1.0)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,:,::1], u1[:,:,:,:,::1], f4[:,:,:,::1], i4[::1], f4[:,::1])")
def sheet_rows(
    y0: Any, y1: Any, crisp: Any, grids: Any, outer: Any, pages: Any, page: Any, numbers: Any
) -> None:
    """Paint sheets in order, two triangles to a cell of the grid.

    grids (n, ROWS, COLUMNS, 6): x y pixels, light blue green red, writing; outer (n, rows, columns, 2, 3): whether
    the side opposite to each corner is an outline; numbers (n, 4): presence, gleam of the writing blue green red.
    """
    wide = crisp.shape[1]
    th, tw = pages.shape[1], pages.shape[2]
    rows, columns = grids.shape[1], grids.shape[2]
    du, dv = f4(tw - 1) / f4(columns - 1), f4(th - 1) / f4(rows - 1)
    widest, highest = f4(tw) - f4(1.01), f4(th) - f4(1.01)
    start: Any = np.empty(6, np.float32)
    step: Any = np.empty(6, np.float32)
    corner: Any = np.empty((3, 8), np.float32)
    share: Any = np.empty(
        (3, 3), np.float32
    )  # how the shares of a, b, c change along x and y, and where they start
    slack: Any = np.empty(3, np.float32)
    slope: Any = np.empty(3, np.float32)
    per_slack: Any = np.empty(3, np.float32)
    within: Any = np.empty(3, np.float32)
    wide_page = place(tw) * place(2)
    for s in range(grids.shape[0]):
        grid, texture, number = grids[s], pages[page[s]], numbers[s]
        flat = texture.reshape(-1)
        shown, gleam_blue, gleam_green, gleam_red = number[0], number[1], number[2], number[3]
        low: Any = f4(1e9)
        high: Any = f4(-1e9)
        for j in range(rows):
            for i in range(columns):
                low, high = min(low, grid[j, i, 1]), max(high, grid[j, i, 1])
        if low > f4(y1 + 2) or high < f4(y0 - 2):
            continue
        for cell in range(2 * (rows - 1) * (columns - 1)):
            j, i, k = (cell // 2) // (columns - 1), (cell // 2) % (columns - 1), cell & 1
            ay, by, cy = grid[j + k, i + k, 1], grid[j + k, i + 1 - k, 1], grid[j + 1 - k, i + k, 1]
            top, bottom = min(ay, min(by, cy)), max(ay, max(by, cy))
            if bottom < f4(y0 - 2) or top > f4(y1 + 2):
                continue
            for n in range(3):
                jn = j + k if n == 0 else (j + k if n == 1 else j + 1 - k)
                im = i + k if n == 0 else (i + 1 - k if n == 1 else i + k)
                for q in range(6):
                    corner[n, q] = grid[jn, im, q]
                corner[n, 6], corner[n, 7] = f4(im) * du, f4(jn) * dv
            ax, bx, cx = corner[0, 0], corner[1, 0], corner[2, 0]
            twice = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
            if abs(twice) < f4(0.05):
                continue
            per = f4(1) / twice
            share[1, 0], share[1, 1] = (cy - ay) * per, (ax - cx) * per
            share[2, 0], share[2, 1] = (ay - by) * per, (bx - ax) * per
            share[1, 2], share[2, 2] = (
                -share[1, 0] * ax - share[1, 1] * ay,
                -share[2, 0] * ax - share[2, 1] * ay,
            )
            share[0, 0], share[0, 1] = -share[1, 0] - share[2, 0], -share[1, 1] - share[2, 1]
            share[0, 2] = f4(1) - share[1, 2] - share[2, 2]
            margin = f4(0)
            for n in range(3):
                slack[n], per_slack[n], within[n] = f4(0), f4(0), f4(1)
                if outer[s, j, i, k, n]:
                    slack[n] = np.sqrt(share[n, 0] * share[n, 0] + share[n, 1] * share[n, 1])
                    per_slack[n] = f4(1) / slack[n]
                    within[n], margin = f4(0.5), f4(1)
            for q in range(6):
                p = q + 2
                step[q] = (corner[1, p] - corner[0, p]) * share[1, 0] + (corner[2, p] - corner[0, p]) * share[
                    2, 0
                ]
            first: Any = max(int32(top + f4(0.5) - margin), y0)
            last: Any = min(int32(bottom + f4(0.5) + margin), y1)
            d_blue, d_green, d_red, d_written = step[0], step[1], step[2], step[3]
            d_across, d_down = step[4], step[5]
            outer_a, outer_b = share[0, 0] * per_slack[0], share[1, 0] * per_slack[1]
            outer_c = share[2, 0] * per_slack[2]
            for n in range(3):
                slope[n] = f4(-1) / share[n, 0] if abs(share[n, 0]) > f4(1e-7) else f4(0)
            for y in range(first, last):
                py = f4(int32(y)) + f4(0.5)
                left: Any = f4(-1e9)
                right: Any = f4(1e9)
                for n in range(3):
                    rest = share[n, 1] * py + share[n, 2] + f4(0.5) * slack[n]
                    if slope[n] < f4(0):
                        left = max(left, rest * slope[n])
                    elif slope[n] > f4(0):
                        right = min(right, rest * slope[n])
                    elif rest < f4(0):
                        right = f4(-1e9)
                # a hair wider than it is: between neighbours a pixel twice is not seen, a hole is
                xa: Any = max(int32(np.ceil(max(left - f4(0.504), f4(-1)))), 0)
                xb: Any = min(int32(np.ceil(min(right, f4(wide)) - f4(0.496))), wide)
                if xb <= xa:
                    continue
                px0 = f4(xa) + f4(0.5)
                wb = share[1, 0] * px0 + share[1, 1] * py + share[1, 2]
                wc = share[2, 0] * px0 + share[2, 1] * py + share[2, 2]
                for q in range(6):
                    p = q + 2
                    start[q] = (
                        corner[0, p] + (corner[1, p] - corner[0, p]) * wb + (corner[2, p] - corner[0, p]) * wc
                    )
                row = crisp[y, xa:xb]
                blue, green, red, written = start[0], start[1], start[2], start[3]
                across, down = start[4], start[5]
                wa = f4(1) - wb - wc
                ca = wa * per_slack[0] + within[0]
                cb = wb * per_slack[1] + within[1]
                cc = wc * per_slack[2] + within[2]
                for x in range(xb - xa):
                    e = f4(int32(x))
                    fu = min(max(across + d_across * e, f4(0)), widest)
                    fv = min(max(down + d_down * e, f4(0)), highest)
                    ix, iy = int32(fu), int32(fv)
                    tx, ty = fu - f4(ix), fv - f4(iy)
                    o = place(iy) * wide_page + place(ix) * place(2)
                    u = o + wide_page
                    above = flat[o] + (flat[o + place(2)] - flat[o]) * tx
                    below = flat[u] + (flat[u + place(2)] - flat[u]) * tx
                    ink = (above + (below - above) * ty) * (written + d_written * e)
                    cover = shown * min(max(ca + outer_a * e, f4(0)), f4(1))
                    cover *= min(max(cb + outer_b * e, f4(0)), f4(1)) * min(
                        max(cc + outer_c * e, f4(0)), f4(1)
                    )
                    keep = f4(1) - cover
                    white = flat[o + place(1)] * (f4(1) - f4(0.88) * ink) * cover
                    ink *= cover
                    row[x, 0] = row[x, 0] * keep + (blue + d_blue * e) * white + gleam_blue * ink
                    row[x, 1] = row[x, 1] * keep + (green + d_green * e) * white + gleam_green * ink
                    row[x, 2] = row[x, 2] * keep + (red + d_red * e) * white + gleam_red * ink
                    row[x, 3] = row[x, 3] * keep + cover


@kernel("void(i8, i8, f8[:,:,:,::1], f8[:,:,::1], f8[:,::1], f4[:,:,:,::1])")
def light_sheets(first: int, end: int, points: Any, beams: Any, lamps: Any, grids: Any) -> None:
    """Light on the side that we see of sheets (grids 2 to 4), and how much of their writing shows there (5).

    beams (n, rows, columns): share of the spot. lamps (7, 3): the eye; ways to key and counter-light; then, in blue
    green red, key, counter-light, bounce and ambient light.
    """
    rows, columns = points.shape[1], points.shape[2]
    for k in range(first, end):
        sheet, grid = points[k], grids[k]
        for r in range(rows):
            up, down = max(r - 1, 0), min(r + 1, rows - 1)
            for c in range(columns):
                left, right = max(c - 1, 0), min(c + 1, columns - 1)
                ax, bx = sheet[r, right, 0] - sheet[r, left, 0], sheet[down, c, 0] - sheet[up, c, 0]
                ay, by = sheet[r, right, 1] - sheet[r, left, 1], sheet[down, c, 1] - sheet[up, c, 1]
                az, bz = sheet[r, right, 2] - sheet[r, left, 2], sheet[down, c, 2] - sheet[up, c, 2]
                nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
                far = nx * (sheet[r, c, 0] - lamps[0, 0]) + ny * (sheet[r, c, 1] - lamps[0, 1])
                behind = far + nz * (sheet[r, c, 2] - lamps[0, 2]) > 0.0
                per = (-1.0 if behind else 1.0) / (np.sqrt(nx * nx + ny * ny + nz * nz) + 1e-9)
                nx, ny, nz = nx * per, ny * per, nz * per
                key = nx * lamps[1, 0] + ny * lamps[1, 1] + nz * lamps[1, 2]
                rear = nx * lamps[2, 0] + ny * lamps[2, 1] + nz * lamps[2, 2]
                beam = 0.05 + 0.95 * beams[k, r, c]
                before, through = max(key, 0.0) + 0.10, max(-key, 0.0) * THROUGH
                other = max(rear, -THROUGH * rear)
                other = (1.3 * other * other + 0.03) * (
                    0.40 + 0.60 * beam
                )  # it grazes, and most in the beam's haze
                for q in range(3):
                    spot = (before * PAPER[2 - q] + through * THROUGH_TINT[2 - q]) * beam * lamps[3, q]
                    soft = lamps[5, q] * (0.5 - 0.5 * ny) + lamps[6, q]
                    grid[r, c, 2 + q] = spot + other * PAPER[2 - q] * lamps[4, q] + soft
                if behind:
                    grid[r, c, 5] *= FAR_INK


def outlines(grids: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Which sides of the triangles are outlines as we see them: edges of the sheet, and folds.

    grids (n, r, c, 2 or more) pixels; (n, r - 1, c - 1, 2, 3), the side opposite to corners a, b, c.
    """
    p = grids[..., :2].astype(np.float64)
    tl, tr, bl, br = p[:, :-1, :-1], p[:, :-1, 1:], p[:, 1:, :-1], p[:, 1:, 1:]
    one = (tr - tl)[..., 0] * (bl - tl)[..., 1] - (tr - tl)[..., 1] * (bl - tl)[..., 0] > 0
    two = (bl - br)[..., 0] * (tr - br)[..., 1] - (bl - br)[..., 1] * (tr - br)[..., 0] > 0
    out = np.ones((*one.shape, 2, 3), np.uint8)
    out[..., 0, 0] = out[..., 1, 0] = one != two
    out[:, :, 1:, 0, 1] = out[:, :, :-1, 1, 1] = one[:, :, 1:] != two[:, :, :-1]
    out[:, 1:, :, 0, 2] = out[:, :-1, :, 1, 2] = one[:, 1:] != two[:, :-1]
    return out


@dataclass(frozen=True, slots=True)
class _Laid:
    """Sheets as they lie in one frame, from the farthest: (n, ...) each."""

    of: Sheets
    depth: Array
    grids: NDArray[np.float32]
    edges: NDArray[np.uint8]
    page: NDArray[np.int32]
    numbers: NDArray[np.float32]
    boxes: NDArray[np.float32]  # left, top, right, bottom, pixels
    across: Array  # pixels


class SheetKit:
    """Pages written for the size they are seen at, and how the sheets of this frame lie."""

    def __init__(self) -> None:
        self.pages: dict[int, NDArray[np.float32]] = {}
        self._laid: _Laid | None = None

    def written(self, width: int) -> NDArray[np.float32]:
        """(PAGES, h, width, 2) ink and paper."""
        if width not in self.pages:
            self.pages[width] = pages(width)
        return self.pages[width]

    def laid(self, frame: Frame, sheets: Sheets) -> _Laid:
        """How they lie, reckoned once for those behind somebody and those before."""
        if self._laid is None or self._laid.of is not sheets:
            self._laid = _lie(frame, sheets)
        return self._laid


def _lie(frame: Frame, sheets: Sheets) -> _Laid:
    """Where sheets are seen, and their light."""
    canvas, depth = frame.canvas, sheets.points[:, ROWS // 2, COLUMNS // 2, 2]
    order = np.argsort(-depth, kind="stable")
    order = order[sheets.shown[order] > 0.004]
    points = sheets.points[order]
    grids = np.empty((*points.shape[:3], 6), np.float32)
    u, v, scale = frame.camera.project(points[..., 0], points[..., 1], points[..., 2])
    grids[..., 0], grids[..., 1], grids[..., 5] = canvas.view.x(u), canvas.view.y(v), sheets.ink
    beams = in_beam(frame.lights.beam, points)
    canvas.threads.bands(len(order), light_sheets, points, beams, _lamps(frame), grids)
    numbers = np.empty((len(order), 4), np.float32)
    numbers[:, 0], numbers[:, 1:] = sheets.shown[order] * 0.985, np.array(GLEAM[::-1]) * sheets.gleam * 0.5
    places = grids[..., :2].reshape(len(order), ROWS * COLUMNS, 2)
    boxes = np.concatenate([places.min(1) - 1, places.max(1) + 1], 1)
    across = sheets.width[order] * scale[:, ROWS // 2, COLUMNS // 2] * canvas.view.unit
    page = sheets.page[order].astype(np.int32)
    return _Laid(sheets, depth[order], grids, outlines(grids), page, numbers, boxes, across)


def paint_sheets(
    frame: Frame, sheets: Sheets, kit: SheetKit, near: bool | None = None, split: float = 0.0
) -> None:
    """Paint the sheets into `crisp`, far ones first. With `near` only those before (True) or behind depth `split`."""
    laid, canvas = kit.laid(frame, sheets), frame.canvas
    if not near:  # those behind are painted first
        canvas.touch_boxes(*laid.boxes.T)
    middle = int((laid.depth >= split).sum())
    some = slice(None) if near is None else slice(middle, None) if near else slice(middle)
    across = laid.across[some].tolist()
    if not across:
        return
    canvas.bands(
        sheet_rows, canvas.crisp, laid.grids[some], laid.edges[some], kit.written(width_for(median(across))),
        laid.page[some], laid.numbers[some],
    )  # fmt: skip


def _lamps(frame: Frame) -> Array:
    """What falls on all sheets (7, 3), see `light_sheets`."""
    lights, camera = frame.lights, frame.camera
    towards = np.array([lights.key_from, lights.counter_from])
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    colours = np.array([lights.key, lights.counter, lights.bounce, lights.ambient])[:, ::-1]
    return np.concatenate([[[camera.x, EYE + camera.y, camera.dolly - 1.0]], towards, colours])
