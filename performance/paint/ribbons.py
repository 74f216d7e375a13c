"""Ribbons: stems, roots, strap leaves and fluted columns drawn along curves, lit from the beam, with soft edges.

Each piece between two points of a curve is a quadrilateral. A row of pixels crosses two of its edges; across the
span the place on the ribbon runs evenly, so the inner loops are straight arithmetic on rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import TILE, Bytes, Light
from performance.paint.frame import Frame
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, int32, int64, kernel, smooth_step
from performance.paint.shaft import SLANT, SPREAD, Shaft
from performance.stage.growth import FLUTED, LEAF
from performance.stage.sheaves import Ribbons

THINNEST = 0.45  # half a width in pixels below which a ribbon dims instead of thinning
WHOLE = 16  # pixels that are shaded at a time
COLUMNS = 9  # of a point: left x y, right x y, half width, share of the length, own light, rim light, facing
Vector = NDArray[np.float64]


@inline
def _leaf(q: float, nz: float, s: float, face: float, fine: float) -> tuple[float, float]:
    """Diffuse and rim light of a strap leaf: two flanks in a shallow V, a midrib, parallel veins, a waxy gleam.

    A second sine here would stop the compiler from making whole rows of it, which is six times slower.
    """
    facing = q * face
    vein = fine * fast_sin(q * f4(37) + s * f4(2))
    rib = max(f4(1) - abs(q) * f4(7), f4(0))
    beside = max(f4(1) - abs(q - f4(0.10)) * f4(14), f4(0))
    flank = f4(0.52) + f4(0.58) * min(max(facing * f4(4), f4(-1)), f4(1))
    diffuse = flank * (f4(1) + f4(0.24) * vein) * (f4(1) - f4(0.55) * rib * rib)
    diffuse = diffuse * (f4(0.30) + f4(0.95) * s) + f4(0.16) * beside
    gleam = max(f4(1) - abs(q - f4(0.42) * face) * f4(3.0), f4(0))
    wax = gleam * gleam * (f4(0.10) + f4(0.05) * vein) * s * max(facing + f4(0.4), f4(0))
    edge = max(abs(q) - f4(0.84), f4(0)) * f4(6.25)
    return max(diffuse, f4(0.03)), edge * edge * max(facing + f4(0.12), f4(0)) * (
        f4(0.25) + f4(0.75) * s
    ) + wax


@inline
def _column(q: float, nz: float, s: float, face: float, fine: float) -> tuple[float, float]:
    """Diffuse and rim light of a fluted column."""
    flute = fast_sin(f4(20) * q / (f4(0.65) + f4(0.65) * nz))
    lit = max(q * face, f4(0))
    diffuse = f4(0.25) + f4(0.9) * lit * (f4(0.65) + f4(0.35) * flute) + f4(0.10) * flute * nz
    return diffuse, smooth_step(f4(0.30), f4(1.05), q * face) * (f4(0.10) + f4(0.08) * flute)


@inline
def _tube(q: float, nz: float, s: float, face: float, fine: float) -> tuple[float, float]:
    """Diffuse and rim light of a mottled, streaked stem or root, darker under each joint."""
    streak = fine * fast_sin(s * f4(47) + q * f4(6)) * fast_sin(s * f4(19) - q * f4(9))
    joint = s * f4(9) + f4(0.5)
    joint = abs(joint - np.floor(joint) - f4(0.5))
    sheath = fine * fast_exp_neg(joint * joint * f4(900))
    facing = q * face
    edge = f4(1) - nz
    diffuse = (f4(0.30) * nz + f4(0.75) * max(facing + f4(0.05), f4(0))) * (
        f4(1) + f4(0.28) * streak - f4(0.55) * sheath
    )
    rim = edge * edge * max(facing * f4(1.5) - f4(0.10), f4(0)) * (f4(1) + f4(0.30) * streak)
    return max(diffuse, f4(0.02)), rim


@kernel("void(i8, i8, f4[:,::1], f4[:,::1], f8[:,::1], f8[::1], i8[::1], f8[::1])")
def outline_rows(
    i0: int,
    i1: int,
    points: Light,
    reach: Light,
    placed: Vector,
    share: Vector,
    start: NDArray[np.int64],
    p: Vector,
) -> None:
    """Both sides and the light of the ribbons [i0, i1). points (all, COLUMNS); reach (n, 2): first and last row, none
    where nothing is to be seen; placed (4, all): x, y, half width in pixels, picture v. p: width and height of the
    picture, fading edge, middle x, pixels per picture height, the beam's top, foot and floor, reach and slant, gain."""
    wide, high, soft, middle, unit = p[0], p[1], p[2], p[3], p[4]
    top, foot, floor, spread, slant, gain = p[5], p[6], p[7], p[8], p[9], p[10]
    for i in range(i0, i1):
        a, b = start[i], start[i + 1]
        left, right, low, above, thick = 1e9, -1e9, -1e9, 1e9, 0.0
        for k in range(a, b):
            m = placed[2, k] + soft
            left, right = min(left, placed[0, k] - m), max(right, placed[0, k] + m)
            above, low = min(above, placed[1, k] - m), max(low, placed[1, k] + m)
            thick = max(thick, placed[2, k])
        reach[i, 0], reach[i, 1] = above, low
        if right < 0.0 or left > wide or low < 0.0 or above > high or thick < 0.05:
            reach[i, 0], reach[i, 1] = 1e9, -1e9
            continue
        for k in range(a, b):
            before, after = max(k - 1, a), min(k + 1, b - 1)
            x, y, half = placed[0, k], placed[1, k], placed[2, k]
            dx, dy = placed[0, after] - placed[0, before], placed[1, after] - placed[1, before]
            length = np.sqrt(dx * dx + dy * dy) + 1e-6
            nx, ny = dy / length, -dx / length  # to the left of travel: a piece ends half-way round a bend
            m = max(half, THINNEST) + 0.5 * soft
            down = min(max(placed[3, k] / floor, 0.0), 1.2)
            across = top + (foot - top) * down - (x - middle) / unit
            near = 1.0 + across * across / (spread * spread)
            near = (1.0 - 0.45 * down * down) / (near * near)
            far = np.sqrt(across * across + slant * slant)
            points[k, 0], points[k, 1] = x + nx * m, y + ny * m
            points[k, 2], points[k, 3] = x - nx * m, y - ny * m
            points[k, 4], points[k, 5] = half, share[k]
            points[k, 6], points[k, 7] = gain * (0.7 + 2.6 * near), gain * (0.05 + 2.2 * near)
            points[k, 8] = (ny * slant - nx * across) / far


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1], f4[:,::1], f4[:,::1], f4[:,::1], i8[::1], i8[::1], f4)")
def ribbon_rows(
    y0: int,
    y1: int,
    out: Light,
    touched: Bytes,
    points: Light,
    reach: Light,
    colours: Light,
    start: NDArray[np.int64],
    kinds: NDArray[np.int64],
    soft: float,
) -> None:
    """Lay ribbons over premultiplied light, marking tiles. points and reach as of `outline_rows`; ribbon i has the
    points start[i]:start[i + 1]; colours (n, 9): own, rim and veiling B, G, R; `soft`: pixels an edge fades over."""
    w = out.shape[1]
    side = np.empty((4, 4), np.float32)  # corners: x, y, distance from the middle line, share of the piece
    edge = np.empty(
        (4, 9), np.float32
    )  # top, bottom, y of the start; x, distance, share there, and what they gain a row
    room = w + WHOLE
    cover, lit, rims = np.empty(room, np.float32), np.empty(room, np.float32), np.empty(room, np.float32)
    sharp, blur = f4(1) / soft, f4(0.6) * soft
    for i in range(reach.shape[0]):
        kind = kinds[i]
        if reach[i, 0] > f4(y1) or reach[i, 1] < f4(y0):
            continue
        own_b, own_g, own_r, rim_b, rim_g, rim_r, veil_b, veil_g, veil_r = colours[i]
        for k in range(start[i], start[i + 1] - 1):
            p, n = points[k], points[k + 1]
            low, high = min(min(p[1], p[3]), min(n[1], n[3])), max(max(p[1], p[3]), max(n[1], n[3]))
            r0, r1 = max(int64(np.ceil(low - f4(0.5))), y0), min(int64(np.ceil(high - f4(0.5))), y1)
            if r1 <= r0 or (p[4] <= f4(0) and n[4] <= f4(0)):
                continue
            if max(max(p[0], p[2]), max(n[0], n[2])) < f4(0) or min(min(p[0], p[2]), min(n[0], n[2])) > f4(w):
                continue
            for c in range(2):
                a = points[k + c]
                left, right = 3 * c, 1 + c
                wide = a[4] + f4(0.5) * soft
                side[left, 0], side[left, 1], side[left, 2], side[left, 3] = a[0], a[1], -wide, f4(c)
                side[right, 0], side[right, 1], side[right, 2], side[right, 3] = a[2], a[3], wide, f4(c)
            for e in range(4):
                m, o = side[e], side[(e + 1) & 3]
                step = f4(1) / (o[1] - m[1]) if o[1] != m[1] else f4(0)
                edge[e, 0], edge[e, 1], edge[e, 2] = min(m[1], o[1]), max(m[1], o[1]), m[1]
                for c in range(3):
                    from_, to = m[(0, 2, 3)[c]], o[(0, 2, 3)[c]]
                    edge[e, 3 + c], edge[e, 6 + c] = from_, (to - from_) * step
            ha, hb = max(p[4], f4(THINNEST)), max(n[4], f4(THINNEST))
            sa, sb, oa, ob, ra, rb, fa, fb = p[5], n[5], p[6], n[6], p[7], n[7], p[8], n[8]
            fine = min(max((ha + hb) * f4(0.10) - f4(0.4), f4(0)), f4(1))  # whether there is room for veins
            thin = min((p[4] + n[4]) / (ha + hb), f4(1))
            for y in range(r0, r1):
                at = f4(int32(y)) + f4(0.5)
                xa, da, ta, xb, db, tb = f4(1e9), f4(0), f4(0), f4(-1e9), f4(0), f4(0)
                for e in range(4):
                    if at > edge[e, 0] and at <= edge[e, 1]:
                        down = at - edge[e, 2]
                        x, d, t = (
                            edge[e, 3] + edge[e, 6] * down,
                            edge[e, 4] + edge[e, 7] * down,
                            edge[e, 5] + edge[e, 8] * down,
                        )
                        if x < xa:
                            xa, da, ta = x, d, t
                        if x > xb:
                            xb, db, tb = x, d, t
                c0, c1 = max(int64(np.ceil(xa - f4(0.5))), 0), min(int64(np.ceil(xb - f4(0.5))), w)
                if c1 <= c0:
                    continue
                per = f4(1) / (xb - xa)
                dd, dt = (db - da) * per, (tb - ta) * per
                inset = f4(int32(c0)) + f4(0.5) - xa
                d0, t0 = da + dd * inset, ta + dt * inset
                whole = c1 - c0
                if whole > WHOLE // 3:
                    whole = (whole + WHOLE - 1) // WHOLE * WHOLE  # the rest of a row costs more than a row
                if kind == LEAF:
                    for j in range(whole):
                        d, t = d0 + dd * f4(int32(j)), t0 + dt * f4(int32(j))
                        half = ha + (hb - ha) * t
                        q = min(max(d / (half + blur), f4(-1)), f4(1))
                        diffuse, rim = _leaf(
                            q, np.sqrt(f4(1) - q * q), sa + (sb - sa) * t, fa + (fb - fa) * t, fine
                        )
                        cover[j] = min(max((half - abs(d)) * sharp + f4(0.5), f4(0)), f4(1)) * thin
                        lit[j], rims[j] = diffuse * (oa + (ob - oa) * t), rim * (ra + (rb - ra) * t)
                elif kind == FLUTED:
                    for j in range(whole):
                        d, t = d0 + dd * f4(int32(j)), t0 + dt * f4(int32(j))
                        half = ha + (hb - ha) * t
                        q = min(max(d / (half + blur), f4(-1)), f4(1))
                        diffuse, rim = _column(
                            q, np.sqrt(f4(1) - q * q), sa + (sb - sa) * t, fa + (fb - fa) * t, fine
                        )
                        cover[j] = min(max((half - abs(d)) * sharp + f4(0.5), f4(0)), f4(1)) * thin
                        lit[j], rims[j] = diffuse * (oa + (ob - oa) * t), rim * (ra + (rb - ra) * t)
                else:
                    for j in range(whole):
                        d, t = d0 + dd * f4(int32(j)), t0 + dt * f4(int32(j))
                        half = ha + (hb - ha) * t
                        q = min(max(d / (half + blur), f4(-1)), f4(1))
                        diffuse, rim = _tube(
                            q, np.sqrt(f4(1) - q * q), sa + (sb - sa) * t, fa + (fb - fa) * t, fine
                        )
                        cover[j] = min(max((half - abs(d)) * sharp + f4(0.5), f4(0)), f4(1)) * thin
                        lit[j], rims[j] = diffuse * (oa + (ob - oa) * t), rim * (ra + (rb - ra) * t)
                for tile in range(c0 // TILE, (c1 - 1) // TILE + 1):
                    touched[y // TILE, tile] = 1
                end = min(whole, w - c0)
                for j in range(c1 - c0, end):
                    cover[j] = f4(0)
                row = out[y].reshape(4 * w)[4 * c0 : 4 * (c0 + end)]
                for j in range(np.uint64(end)):  # unsigned places: else the compiler does not make rows of it
                    a, at_b = cover[j], np.uint64(4) * np.uint64(j)
                    keep, own, rim = f4(1) - a, lit[j] * a, rims[j] * a
                    at_g, at_r, at_a = at_b + np.uint64(1), at_b + np.uint64(2), at_b + np.uint64(3)
                    row[at_b] = row[at_b] * keep + own_b * own + rim_b * rim + veil_b * a
                    row[at_g] = row[at_g] * keep + own_g * own + rim_g * rim + veil_g * a
                    row[at_r] = row[at_r] * keep + own_r * own + rim_r * rim + veil_r * a
                    row[at_a] = row[at_a] * keep + a


def paint_ribbons(
    frame: Frame,
    out: Light,
    touched: Bytes,
    ribbons: Ribbons,
    shaft: Shaft,
    veil: Vector,
    soft: float,
    gain: float,
) -> None:
    """Draw ribbons into `out`, the full-size picture or one so much smaller as it has fewer rows. `veil` is the light
    (linear RGB) of the haze before them, `soft` the pixels an edge fades over, `gain` what is left of the light."""
    view, threads = frame.canvas.view, frame.canvas.threads
    u, v, scale = frame.camera.project(ribbons.place[:, 0], ribbons.place[:, 1], ribbons.place[:, 2])
    size = out.shape[0] / view.height
    unit = view.unit * size
    placed = np.stack([view.x(u) * size, view.y(v) * size, ribbons.half * scale * unit, v])
    numbers = np.array([
        out.shape[1], out.shape[0], soft, view.x(0.0) * size, unit, shaft.top, shaft.foot, max(shaft.floor, 0.1),
        SPREAD, SLANT, gain,
    ])  # fmt: skip
    points = np.zeros((len(u), COLUMNS), np.float32)
    reach = np.empty((len(ribbons.kind), 2), np.float32)
    threads.bands(len(reach), outline_rows, points, reach, placed, ribbons.share, ribbons.start, numbers)
    colours = np.empty((len(reach), 9), np.float32)
    colours[:, :3] = (ribbons.colour * shaft.fill)[:, ::-1]
    colours[:, 3:6] = (shaft.key * (0.30 + 2.0 * ribbons.colour))[:, ::-1]
    colours[:, 6:] = veil[::-1]
    threads.bands(
        out.shape[0], ribbon_rows, out, touched, points, reach, colours, ribbons.start, ribbons.kind, f4(soft)
    )
