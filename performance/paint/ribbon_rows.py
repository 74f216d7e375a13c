"""Rows of ribbons: stems, roots, strap leaves and fluted columns, lit from the beam, with soft edges.

Each piece between two points of a curve is a quadrilateral. A row of pixels crosses two of its edges; across the
span the place on the ribbon runs evenly, so the inner loops are straight arithmetic on rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.canvas import Bytes, Light
from performance.paint.kernels import f4, fast_exp_neg, fast_sin, inline, int32, int64, kernel, smooth_step
from performance.stage.growth import FLUTED, LEAF

THINNEST = 0.45  # half a width in pixels below which a ribbon dims instead of thinning
WHOLE = 8  # pixels that are shaded at a time


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


@inline
def _edges(edge: Light, level: Light, p: Light, n: Light, soft: float) -> None:
    """The edges of the piece between the points p and n of `outline_rows`, and the rows of its corners in order. edge
    (4, 9): first and last row, row of the start; x, distance from the middle line and share of the piece there, and
    what these gain a row."""
    for e in range(4):  # left of p, right of p, right of n, left of n
        f = (e + 1) & 3
        a, b = (p if e < 2 else n), (p if f < 2 else n)
        i, j = (2 if e == 1 or e == 2 else 0), (2 if f == 1 or f == 2 else 0)
        ax, ay, bx, by = a[i], a[i + 1], b[j], b[j + 1]
        step = f4(1) / (by - ay) if by != ay else f4(0)
        da = a[4] + soft if i else -a[4] - soft
        db = b[4] + soft if j else -b[4] - soft
        ta, tb = f4(e // 2), f4(f // 2)
        edge[e, 0], edge[e, 1], edge[e, 2] = min(ay, by), max(ay, by), ay
        edge[e, 3], edge[e, 4], edge[e, 5] = ax, da, ta
        edge[e, 6], edge[e, 7], edge[e, 8] = (bx - ax) * step, (db - da) * step, (tb - ta) * step
        level[e] = ay
    for e in range(1, 4):
        row, k = level[e], e
        while k > 0 and level[k - 1] > row:
            level[k] = level[k - 1]
            k -= 1
        level[k] = row


@kernel(
    "void(i8, i8, f4[:,::1], u1[:,::1], f4[:,::1], f4[:,::1], f4[:,::1], i8[::1], i8[::1], f4, f4, i8, i8)"
)
def ribbon_rows(
    y0: int,
    y1: int,
    out: Light,
    marks: Bytes,
    points: Light,
    reach: Light,
    colours: Light,
    start: NDArray[np.int64],
    kinds: NDArray[np.int64],
    soft: float,
    shown: float,
    down: int,
    across: int,
) -> None:
    """Lay ribbons over premultiplied light, and mark the blocks of 2^down x 2^across pixels they are in. points and
    reach as of `outline_rows`; ribbon i has the points start[i]:start[i + 1]; colours (n, 9): own, rim and veiling
    B, G, R; `soft`: pixels an edge fades over; `shown` 0..1: how much of them is there."""
    w = out.shape[1] // 4
    level = np.empty(4, np.float32)  # rows of the corners, from above
    edge = np.empty(
        (4, 9), np.float32
    )  # first and last row, row of the start; x, distance, share; what they gain a row
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
            _edges(edge, level, p, n, f4(0.5) * soft)
            ha, hb = max(p[4], f4(THINNEST)), max(n[4], f4(THINNEST))
            sa, sb, oa, ob, ra, rb, fa, fb = p[5], n[5], p[6], n[6], p[7], n[7], p[8], n[8]
            fine = min(max((ha + hb) * f4(0.10) - f4(0.4), f4(0)), f4(1))  # whether there is room for veins
            thin = min((p[4] + n[4]) / (ha + hb), f4(1)) * shown
            for part in range(3):  # between two corners the same two edges bound every row
                q0 = max(int64(np.ceil(level[part] - f4(0.5))), r0)
                q1 = min(int64(np.ceil(level[part + 1] - f4(0.5))), r1)
                if q1 <= q0:
                    continue
                at = f4(0.5) * (level[part] + level[part + 1])
                xa, xb, ea, eb = f4(1e9), f4(-1e9), 0, 0
                for e in range(4):
                    if at > edge[e, 0] and at < edge[e, 1]:
                        x = edge[e, 3] + edge[e, 6] * (at - edge[e, 2])
                        if x < xa:
                            xa, ea = x, e
                        if x > xb:
                            xb, eb = x, e
                from_a, xa0, da0, ta0 = edge[ea, 2], edge[ea, 3], edge[ea, 4], edge[ea, 5]
                xa1, da1, ta1 = edge[ea, 6], edge[ea, 7], edge[ea, 8]
                from_b, xb0, db0, tb0 = edge[eb, 2], edge[eb, 3], edge[eb, 4], edge[eb, 5]
                xb1, db1, tb1 = edge[eb, 6], edge[eb, 7], edge[eb, 8]
                for y in range(q0, q1):
                    row = f4(int32(y)) + f4(0.5)
                    down_a, down_b = row - from_a, row - from_b
                    xa, da, ta = xa0 + xa1 * down_a, da0 + da1 * down_a, ta0 + ta1 * down_a
                    xb, db, tb = xb0 + xb1 * down_b, db0 + db1 * down_b, tb0 + tb1 * down_b
                    c0, c1 = max(int64(np.ceil(xa - f4(0.5))), 0), min(int64(np.ceil(xb - f4(0.5))), w)
                    per = f4(1) / max(xb - xa, f4(1e-6))
                    dd, dt = (db - da) * per, (tb - ta) * per
                    inset = f4(int32(c0)) + f4(0.5) - xa
                    d0, t0 = da + dd * inset, ta + dt * inset
                    if c1 <= c0:
                        continue
                    whole = (c1 - c0 + WHOLE - 1) // WHOLE * WHOLE  # the rest of a row costs more than a row
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
                    for block in range(max(c0 - 1, 0) >> across, (min(c1, w - 1) >> across) + 1):
                        marks[y >> down, block] = 1
                    end = min(whole, w - c0)
                    for j in range(c1 - c0, end):
                        cover[j] = f4(0)
                    pixels = out[y, 4 * c0 : 4 * (c0 + end)]
                    for j in range(
                        np.uint64(end)
                    ):  # unsigned places: else the compiler does not make rows of it
                        a, at_b = cover[j], np.uint64(4) * np.uint64(j)
                        keep, own, rim = f4(1) - a, lit[j] * a, rims[j] * a
                        at_g, at_r, at_a = at_b + np.uint64(1), at_b + np.uint64(2), at_b + np.uint64(3)
                        pixels[at_b] = pixels[at_b] * keep + own_b * own + rim_b * rim + veil_b * a
                        pixels[at_g] = pixels[at_g] * keep + own_g * own + rim_g * rim + veil_g * a
                        pixels[at_r] = pixels[at_r] * keep + own_r * own + rim_r * rim + veil_r * a
                        pixels[at_a] = pixels[at_a] * keep + a
