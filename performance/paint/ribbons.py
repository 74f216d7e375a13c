"""Ribbons: tubes, strap leaves and fluted columns drawn along curves, lit from one side, with soft edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import TILE, Bytes, Light
from performance.paint.frame import Frame
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, kernel, smooth_step
from performance.stage.orchids import FLUTED, LEAF, Ribbons

THINNEST = 0.35  # half a width in pixels below which a ribbon dims instead of thinning


@inline
def _row_span(quad: Light, y: float) -> tuple[float, float]:
    """Where a row crosses a quadrilateral: (left, right), left > right where it does not."""
    left, right = f4(1e9), f4(-1e9)
    for e in range(4):
        n = (e + 1) & 3
        xa, ya, xb, yb = quad[e, 0], quad[e, 1], quad[n, 0], quad[n, 1]
        if (ya <= y) != (yb <= y):
            x = xa + (xb - xa) * (y - ya) / (yb - ya)
            left, right = min(left, x), max(right, x)
    return left, right


@inline
def _leaf(q: float, along: float, dy: float, side: float) -> tuple[float, float]:
    """Diffuse and rim light of a strap leaf: two flanks, a midrib, fine veins. q is -1..1 across it."""
    groove = fast_exp_neg(q * q * f4(60))
    veins = f4(0.06) * fast_sin(q * f4(34)) + f4(0.04) * fast_sin(q * f4(71) + along * f4(9))
    tilt = q / (f4(0.25) + abs(q))
    diffuse = max(tilt * dy * side * f4(0.6) + f4(0.42) + veins - f4(0.32) * groove, f4(0.04))
    rim = smooth_step(f4(0.80), f4(1), abs(q)) * max(q * dy * side + f4(0.35), f4(0)) * f4(0.5)
    lit = q - f4(0.35) * side
    return diffuse * (f4(0.25) + f4(1.1) * along), rim + fast_exp_neg(lit * lit * f4(22)) * f4(0.10) * along


@inline
def _column(q: float, nz: float, side: float) -> tuple[float, float]:
    """Diffuse and rim light of a fluted column."""
    flute = fast_sin(f4(22) * q / (f4(0.65) + f4(0.65) * nz))
    diffuse = max(q * side * f4(0.9) + f4(0.16) + f4(0.30) * flute * nz, f4(0.02))
    return diffuse, smooth_step(f4(0.45), f4(0.98), q * side) * (f4(0.6) + f4(0.4) * flute) * f4(0.8)


@inline
def _tube(q: float, nz: float, along: float, nx: float, side: float) -> tuple[float, float]:
    """Diffuse and rim light of a mottled tube."""
    bark = f4(0.10) * fast_sin(along * f4(90) + q * f4(5)) * fast_sin(along * f4(37) + f4(2) * q)
    edge = f4(1) - nz
    diffuse = max(nx * side * f4(0.8) + nz * f4(0.22) + bark, f4(0)) + f4(0.05)
    return diffuse, edge * edge * max(nx * side * f4(1.3) + f4(0.10), f4(0))


@inline
def _way(ax: float, ay: float, bx: float, by: float) -> tuple[float, float, float]:
    """Unit direction and length from a to b."""
    dx, dy = bx - ax, by - ay
    length = np.sqrt(dx * dx + dy * dy) + f4(1e-6)
    return dx / length, dy / length, length


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,:,::1], f4[:,::1], f4[::1], i8)")
def ribbon_rows(
    y0: int, y1: int, out: Light, touched: Bytes, points: Light, colours: Light, light: Light, kind: int
) -> None:
    """Lay ribbons over premultiplied light, marking tiles. points (n, k, 4): x, y, half width (pixels), share of the
    length; colours (n, 6): own and rim B, G, R; light: side in x (-1..1), gain."""
    w = out.shape[1]
    quad = np.empty((4, 2), np.float32)
    for i in range(points.shape[0]):
        p = points[i]
        last = p.shape[0] - 2
        side = light[0] if p[0, 0] < f4(0.5) * f4(w) else -light[0]
        gain = light[1]
        for k in range(last + 1):
            ax, ay, ar, bx, by, br = p[k, 0], p[k, 1], p[k, 2], p[k + 1, 0], p[k + 1, 1], p[k + 1, 2]
            reach = max(ar, br) + f4(1)
            r0 = max(np.int64(min(ay, by) - reach), y0)
            r1 = min(np.int64(max(ay, by) + reach) + 1, y1)
            if r1 <= r0 or (ar <= f4(0) and br <= f4(0)):
                continue
            dx, dy, length = _way(ax, ay, bx, by)
            if length < f4(1e-3):
                continue
            sx, sy, ex, ey = dx, dy, dx, dy  # each piece ends on the line half-way to its neighbour's direction
            if k > 0:
                qx, qy, _ = _way(p[k - 1, 0], p[k - 1, 1], ax, ay)
                sx, sy, _ = _way(f4(0), f4(0), dx + qx, dy + qy)
            if k < last:
                qx, qy, _ = _way(bx, by, p[k + 2, 0], p[k + 2, 1])
                ex, ey, _ = _way(f4(0), f4(0), dx + qx, dy + qy)
            ga, gb = max(ar, f4(THINNEST)) + f4(1), max(br, f4(THINNEST)) + f4(1)
            grow = f4(1) if k == 0 or k == last else f4(0)
            quad[0, 0], quad[0, 1] = ax - sy * ga - dx * grow, ay + sx * ga - dy * grow
            quad[1, 0], quad[1, 1] = ax + sy * ga - dx * grow, ay - sx * ga - dy * grow
            quad[2, 0], quad[2, 1] = bx + ey * gb + dx * grow, by - ex * gb + dy * grow
            quad[3, 0], quad[3, 1] = bx - ey * gb + dx * grow, by + ex * gb + dy * grow
            for y in range(r0, r1):
                left, right = _row_span(quad, f4(y) + f4(0.5))
                c0, c1 = max(np.int64(left), 0), min(np.int64(right) + 1, w)
                for tile in range(c0 // TILE, (c1 - 1) // TILE + 1 if c1 > c0 else 0):
                    touched[y // TILE, tile] = 1
                for x in range(c0, c1):
                    px, py = f4(x) + f4(0.5) - ax, f4(y) + f4(0.5) - ay
                    if k > 0 and px * sx + py * sy < f4(0):
                        continue
                    if k < last and (px - bx + ax) * ex + (py - by + ay) * ey >= f4(0):
                        continue
                    s = min(max((px * dx + py * dy) / length, f4(0)), f4(1))
                    half = ar + (br - ar) * s
                    wide = max(half, f4(THINNEST))
                    ox, oy = px - dx * s * length, py - dy * s * length
                    a = min(max(wide + f4(0.5) - np.sqrt(ox * ox + oy * oy), f4(0)), f4(1)) * min(half / wide, f4(1))
                    if a <= f4(0):
                        continue
                    q = min(max((px * dy - py * dx) / wide, f4(-1)), f4(1))
                    along = p[k, 3] + (p[k + 1, 3] - p[k, 3]) * s
                    nz = np.sqrt(max(f4(1) - q * q, f4(0)))
                    if kind == LEAF:
                        diffuse, rim = _leaf(q, along, dy, side)
                    elif kind == FLUTED:
                        diffuse, rim = _column(q, nz, side)
                    else:
                        diffuse, rim = _tube(q, nz, along, q * dy, side)
                    keep = f4(1) - a
                    for c in range(3):
                        own = (colours[i, c] * diffuse + colours[i, 3 + c] * rim) * gain * a
                        out[y, x, c] = out[y, x, c] * keep + own
                    out[y, x, 3] = out[y, x, 3] * keep + a


def paint_ribbons(frame: Frame, ribbons: Ribbons, chosen: NDArray[np.bool_], soft: bool, rim: Light, gain: float) -> None:
    """Draw the chosen ribbons: into the field when `soft`, else crisp. `rim` is the light on their edges, B, G, R."""
    if not chosen.any():
        return
    canvas = frame.canvas
    place, half = ribbons.place[chosen], ribbons.half[chosen]
    u, v, scale = frame.camera.project(place[..., 0], place[..., 1], place[..., 2])
    size = 1.0 / canvas.scale if soft else 1.0
    points = np.empty((*half.shape, 4), np.float32)
    points[..., 0] = canvas.view.x(u) * size
    points[..., 1] = canvas.view.y(v) * size
    points[..., 2] = half * scale * canvas.view.unit * size
    points[..., 3] = np.linspace(0.0, 1.0, half.shape[1])
    colours = np.empty((len(half), 6), np.float32)
    colours[:, :3] = ribbons.colour[chosen][:, ::-1]
    colours[:, 3:] = rim
    light = np.array([1.0, gain], np.float32)
    if soft:
        nowhere = np.zeros_like(canvas.touched)
        canvas.field_bands(ribbon_rows, canvas.field, nowhere, points, colours, light, ribbons.kind)
    else:
        canvas.bands(ribbon_rows, canvas.crisp, canvas.touched, points, colours, light, ribbons.kind)
