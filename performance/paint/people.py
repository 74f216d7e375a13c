"""The kernels that lay hundreds of baked people over the picture, and the dark between them.

Rows of one person are short and many. So pixels go from the sprite to the picture without a stop between, in flat
arrays, many at a time; what somebody nearer hides is left out; and what comes next is brought near before its turn.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from performance.paint.canvas import Bytes, Light
from performance.paint.fetch import ask
from performance.paint.kernels import f4, hash_unit, inline, int32, int64, kernel, smooth_step

EDGE = 0.030  # of the release field: how wide the edge is that glows
SCATTER = 0.34  # how far about the edge single grains glow up
ALL_GRAINS = 90  # pixels of a head on which every pixel is a grain; on a smaller one they would be a glare
SPARK = 0.022  # how long each of them does
FOOT = 0.55  # heads over where they end in which they fade
MARGIN = 4  # pixels about a sprite that sway and breath may need
GROUP = 8  # columns that are known to be hidden together
LANES = 16  # pixels that are laid together
AHEAD = (
    3  # pieces: so much earlier what they are made of is brought near, else most of the time is waited for
)
STEPS = 16  # places in a pixel that somebody may be at, across and down
uint32: Any = np.uint32
uint64: Any = np.uint64  # places of this type are known not to be negative, and rows of them are vectorised
PAIR, BYTE, BITS, HALF = uint32(0x00FF00FF), uint32(255), uint32(8), uint32(0x00800080)


@inline
def _between(answers: Any, a: Any, b: Any, w00: Any, w01: Any, w10: Any, w11: Any) -> Any:
    """The answers left, right, above and alpha between pixels `a` and `b` and those before them, of four bytes each:
    w00 to w11, in 256ths, say how much of which. Two bytes are reckoned in one number."""
    one = uint64(1)
    t, u, v, w = answers[a - one], answers[a], answers[b - one], answers[b]
    even = uint32((t & PAIR) * w00 + (u & PAIR) * w01 + (v & PAIR) * w10 + (w & PAIR) * w11 + HALF)
    t, u, v, w = (t >> BITS) & PAIR, (u >> BITS) & PAIR, (v >> BITS) & PAIR, (w >> BITS) & PAIR
    odd = uint32(t * w00 + u * w01 + v * w10 + w * w11 + HALF)
    left, above = f4(int32((even >> BITS) & BYTE)), f4(int32(even >> uint32(24)))
    right, alpha = f4(int32((odd >> BITS) & BYTE)), f4(int32(odd >> uint32(24)))
    return left * left, right * right, above * above, alpha * f4(1 / 255)


@inline
def _tints(light: Light, p: int) -> Any:
    """The colours that fall on person `p`, and that of the haze before, as plain numbers."""
    k = light[p]
    return (
        (k[0, 0], k[1, 0], k[2, 0], k[3, 0]),
        (k[0, 1], k[1, 1], k[2, 1], k[3, 1]),
        (k[0, 2], k[1, 2], k[2, 2], k[3, 2]),
    )


@inline
def _lay(out: Light, o: Any, answer: Any, colour: Any, tints: Any, stay: float) -> None:
    """One pixel of somebody, as far as it stays, lit over what is there."""
    left, right, above, alpha = answer
    blue, green, red = tints
    a = alpha * stay
    left, right, above = left * stay, right * stay, above * stay
    keep = f4(1) - a
    g, r, m = o + uint64(1), o + uint64(2), o + uint64(3)
    cb, cg, cr = (
        f4(int32(colour & BYTE)),
        f4(int32((colour >> BITS) & BYTE)),
        f4(int32((colour >> uint32(16)) & BYTE)),
    )
    out[o] = out[o] * keep + a * blue[3] + (left * blue[0] + right * blue[1] + above * blue[2]) * cb
    out[g] = out[g] * keep + a * green[3] + (left * green[0] + right * green[1] + above * green[2]) * cg
    out[r] = out[r] * keep + a * red[3] + (left * red[0] + right * red[1] + above * red[2]) * cr
    out[m] = out[m] * keep + a


@inline
def _burnt(when: float, gone: float, line: int, column: int, few: float) -> Any:
    """How much of a place has stayed, and how it glows: faintly along the edge, and in single grains about it,
    `few` (0..1) of all pixels."""
    ahead = when - gone
    stay = min(max(ahead * f4(1 / EDGE) + f4(0.5), f4(0)), f4(1))
    hot = ahead * f4(1 / EDGE)
    grain = hash_unit(line, column)
    spark = abs(ahead + (grain - f4(0.35)) * f4(SCATTER)) * f4(1 / SPARK)
    if f4(37) * grain - np.floor(f4(37) * grain) > few:
        spark = f4(1)
    return stay, f4(0.30) / (f4(1) + hot * hot * hot * hot) + f4(1.7) * max(f4(1) - spark, f4(0))


@inline
def _rows(place: Light, p: int, high: int, y0: int, y1: int) -> Any:
    """The rows of [y0, y1) in which somebody may be seen, whose sprite is so high."""
    top = int64(np.floor(place[p, 1]))
    return max(top - MARGIN, y0), min(min(top + high + MARGIN, int64(place[p, 8])), y1)


@inline
def _pieces(
    pieces: Any,
    front: Any,
    y0: int,
    y1: int,
    width: int,
    table: Any,
    spans: Any,
    who: Any,
    place: Light,
    gap: Any,
) -> Any:
    """Fill `pieces` with the rows of everybody's sprite that lie in rows [y0, y1) of the picture, and `front` with who
    hides all that is behind; how many pieces there are."""
    count, groups = 0, (width + GROUP - 1) // GROUP
    for p in range(who.shape[0]):
        w, h, begin = table[who[p], 2], table[who[p], 3], table[who[p], 1]
        x, high, sway, nod, breath = place[p, 0], place[p, 1], place[p, 2], place[p, 3], place[p, 4]
        per, crown = f4(1) / place[p, 6], place[p, 7]
        whole = place[p, 5] <= f4(0) and place[p, 9] >= f4(1)
        first, low = _rows(place, p, h, y0, y1)
        for y in range(first, low):
            local = f4(int32(y)) - high
            at = local * per + crown
            down = (
                local
                - nod * smooth_step(f4(0.75), f4(0.2), at)
                + breath * smooth_step(f4(0.45), f4(0.8), at)
                + f4(0.5 / STEPS)
            )
            across = x + sway * smooth_step(f4(1.15), f4(0.25), at) + f4(0.5 / STEPS)
            j, xi = int64(np.floor(down)), int64(np.floor(across))
            if j < 0 or j > h - 2:
                continue
            s = begin + 4 * j
            lo = max(int64(min(spans[s], spans[s + 4])), 1, -xi)
            hi = min(int64(max(spans[s + 1], spans[s + 5])) + 1, w, width - xi)
            if gap.shape[0] > 0:
                lo, hi = max(lo, int64(gap[y, 0]) - xi), min(hi, int64(gap[y, 1]) - xi)
            if lo >= hi:
                continue
            piece = pieces[count]
            piece[0], piece[1], piece[2], piece[3], piece[4], piece[5] = p, y, j, xi, lo, hi
            piece[6] = int64((across - f4(int32(xi))) * f4(STEPS))
            piece[7] = int64((down - f4(int32(j))) * f4(STEPS))
            count += 1
            if whole:
                lo = max(int64(max(spans[s + 2], spans[s + 6])) + 1 + xi, 0)
                hi = int64(min(spans[s + 3], spans[s + 7])) + xi
                line = (y - y0) * groups
                for g in range((lo + GROUP - 1) // GROUP, min(hi // GROUP, groups)):
                    front[line + g] = p
    return count


@inline
def _seen(pieces: Any, front: Any, count: int, y0: int, width: int) -> Any:
    """Leave out of `pieces` what somebody nearer hides; how many are left."""
    groups, left = (width + GROUP - 1) // GROUP, 0
    for c in range(count):
        p, xi, lo, hi = int64(pieces[c, 0]), int64(pieces[c, 3]), int64(pieces[c, 4]), int64(pieces[c, 5])
        line = (int64(pieces[c, 1]) - y0) * groups
        while lo < hi and front[line + (xi + lo) // GROUP] > p:
            lo = ((xi + lo) // GROUP + 1) * GROUP - xi
        while lo < hi and front[line + (xi + hi - 1) // GROUP] > p:
            hi = (xi + hi - 1) // GROUP * GROUP - xi
        if lo < hi:
            for k in range(8):
                pieces[left, k] = pieces[c, k]
            pieces[left, 4], pieces[left, 5] = lo, hi
            left += 1
    return left


@inline
def _fetch_piece(
    piece: Any, crisp: Light, width: int, table: Any, answers: Any, colours: Any, who: Any
) -> None:
    """Have what a piece is made of, and what it is laid on, brought near."""
    n, p = int64(piece[5]) - int64(piece[4]), who[piece[0]]
    w = table[p, 2]
    out = uint64((piece[1] * width + piece[3] + piece[4]) * 4)
    for k in range(0, 4 * n + 16, 16):
        ask(crisp, out + uint64(k))
    at = uint64(table[p, 0] + piece[2] * w + piece[4])
    for k in range(0, n + 16, 16):
        ask(answers, at + uint64(w + k))
        ask(colours, at + uint64(k))


@inline
def _darken(crisp: Light, y0: int, y1: int, width: int, pit: Light, soft: float, dark: float) -> None:
    """The dark of the house in rows [y0, y1). pit (2, 4 w): where it begins in each column, in pixels; and 1 for the
    alpha."""
    for y in range(y0, y1):
        start, at = uint64(y * width * 4), f4(int32(y))
        for i in range(uint64(width * 4)):
            k = min(max((at - pit[0, i]) * soft, f4(0)), f4(1))
            k = k * k * (f4(3) - f4(2) * k) * dark
            crisp[start + i] = crisp[start + i] * (f4(1) - k) + k * pit[1, i]


@kernel(
    "void(i8, i8, f4[::1], i8, i8, i8[:,::1], u4[::1], u4[::1], u1[::1], i2[::1], i8[::1], f4[:,::1], i2[:,::1],"
    " f4[:,:,::1], f4[::1], f4[:,::1], f4, f4)"
)
def people_rows(
    y0: int, y1: int, crisp: Light, width: int, top: int, table: Any, answers: Any, colours: Any, release: Bytes,
    spans: Any, who: Any, place: Light, gap: Any, light: Light, ember: Light, pit: Light, soft: float, dark: float,
) -> None:  # fmt: skip
    """People, the farthest first, over `crisp` (flat). place: (n, 10) left, upper edge, sway, nod, breath (pixels),
    gone, head (pixels), its upper edge in heads under the middle of the head, the row where they end, how far they
    show; gap: (rows of the picture, 2) between which columns anybody is seen, empty for all of them; light: (n, 4, 4)
    colours of three lights and of the haze before them, BGRA. pit: the dark under them, see _darken.

    Their rows are short and many. So pixels go from the sprite to the picture without a stop between, in flat arrays,
    LANES at a time, and what somebody nearer hides is left out."""
    if dark > f4(0):
        _darken(crisp, y0 + top, y1 + top, width, pit, soft, dark)
    room, groups = 0, (width + GROUP - 1) // GROUP
    for p in range(who.shape[0]):
        first, low = _rows(place, p, table[who[p], 3], y0 + top, y1 + top)
        room += max(low - first, 0)
    pieces = np.empty((room, 8), np.int32)
    front = np.full((y1 - y0) * groups, -1, np.int16)
    count = _pieces(pieces, front, y0 + top, y1 + top, width, table, spans, who, place, gap)
    count = _seen(pieces, front, count, y0 + top, width)
    for c in range(count):
        if c + AHEAD < count:
            _fetch_piece(pieces[c + AHEAD], crisp, width, table, answers, colours, who)
        p, y, j, xi = int64(pieces[c, 0]), int64(pieces[c, 1]), int64(pieces[c, 2]), int64(pieces[c, 3])
        lo, hi = int64(pieces[c, 4]), int64(pieces[c, 5])
        w, gone = table[who[p], 2], place[p, 5]
        shown = place[p, 9] * min(max((place[p, 8] - f4(int32(y))) / (f4(FOOT) * place[p, 6]), f4(0)), f4(1))
        fx, fy = uint32(pieces[c, 6]), uint32(pieces[c, 7])
        w00, w10 = uint32((uint32(STEPS) - fy) * fx), uint32(fy * fx)
        w01, w11 = uint32((uint32(STEPS) - fy) * (uint32(STEPS) - fx)), uint32(fy * (uint32(STEPS) - fx))
        a, o, n = uint64(table[who[p], 0] + j * w + lo), uint64((y * width + xi + lo) * 4), int32(hi - lo)
        b, tints = a + uint64(w), _tints(light, p)
        if gone > f4(0):
            few = min(max(place[p, 6] * f4(1 / ALL_GRAINS), f4(0.18)), f4(1))
            grains = int(hash_unit(j, 3) * f4(1 << 20))  # one lattice for all rows would show its diagonals
            for i in range(uint64(n)):
                answer = _between(answers, a + i, b + i, w00, w01, w10, w11)
                when = f4(release[a + i]) * f4(1 / 255)
                stay, glow = _burnt(when, gone, grains, lo + int64(i), few)
                k = o + uint64(4) * i
                _lay(crisp, k, answer, colours[a + i], tints, stay * shown)
                glow *= answer[3]
                crisp[k] += glow * ember[0]
                crisp[k + uint64(1)] += glow * ember[1]
                crisp[k + uint64(2)] += glow * ember[2]
            continue
        lanes = (n + int32(LANES - 1)) // int32(LANES) * int32(LANES)
        if xi + lo + int64(lanes) > width:
            lanes = n
        for i in range(uint64(lanes)):
            answer = _between(answers, a + i, b + i, w00, w01, w10, w11)
            there = shown if int32(i) < n else f4(0)
            _lay(crisp, o + uint64(4) * i, answer, colours[a + i], tints, there)
