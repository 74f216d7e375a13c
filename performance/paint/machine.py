"""The violin machine: varnished wood with one side open, and wheels of turned brass that mesh in it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes import violin
from performance.paint.canvas import Light
from performance.paint.fetch import fetch
from performance.paint.frame import Frame
from performance.paint.kernels import f4, inline, int32, kernel
from performance.paint.varnish import BOX, BRIGHTEST, CELL, FINE, varnished
from performance.stage.drawing import Body, Machine, Wheels

Array = NDArray[np.float64]

ADDENDUM, DEDENDUM = 0.85, 1.05  # over and under the pitch circle, in modules (pitch diameter / teeth)
SLANT = 0.36  # of a tooth's flank: tangent of the pressure angle of 20 degrees
THICK = 0.235  # of the pitch, half of a tooth at the pitch circle: a little less than its gap
RIM = 0.20  # of the pitch radius, the ring that carries the teeth
SPOKES = 5.0
HUB, STONE = 0.22, 0.075  # of the pitch radius: the hub, and the stone in it
SUN = (0.50, 0.62)  # right and up: where the light comes from
SHADE = 0.60  # how dark a wheel's shadow is
BLUR = 0.013  # picture heights over which the edges of what is far are soft
TOUCHED = (
    (0.31, -0.03, 0.31),
    (0.31, 0.31, 0.65),
    (0.31, 0.65, 0.98),
    (0.10, 0.98, 1.36),
    (0.10, 1.36, 1.73),
)
WARM = (0.80, 0.92, 1.0)  # blue, green, red of the light on varnish
COMES = 18.0  # how suddenly a piece is there, of its rank
TURN = 0.15915494  # turns in a radian


@inline
def _turns(x: Any, y: Any) -> Any:
    """The direction of a place in turns, -0.5..0.5 (the usual odd polynomial on one octant)."""
    a, b = abs(x), abs(y)
    t = min(a, b) / max(max(a, b), f4(1e-6))
    s = t * t
    r = ((f4(-0.0464964749) * s + f4(0.15931422)) * s - f4(0.327622764)) * s * t + t
    r = f4(1.57079637) - r if b > a else r
    r = f4(3.14159274) - r if x < f4(0) else r
    return (-r if y < f4(0) else r) * f4(TURN)


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1])")
def wheel_rows(y0: Any, y1: Any, out: Any, wheels: Any) -> None:
    """Lay wheels over rows of premultiplied light, the last in front.

    wheels (n, 15): x, y, pitch radius in pixels, teeth, turns counter-clockwise, blue, green, red of the metal, cover,
    blue, green, red of the stone, light of its gleams, pixels over which its edges are soft, row of the ground.
    """
    w = out.shape[1]
    cover: Any = np.empty(w, np.float32)
    lit, hot, stone, dark = (
        np.empty_like(cover),
        np.empty_like(cover),
        np.empty_like(cover),
        np.empty_like(cover),
    )
    for s in range(wheels.shape[0]):
        p = wheels[s]
        px, py, big, teeth, turn = p[0], p[1], p[2], p[3], p[4]
        tip, root = big + f4(2 * ADDENDUM) * big / teeth, big - f4(2 * DEDENDUM) * big / teeth
        ring, hub = root - f4(RIM) * big, f4(HUB) * big
        pitch, bevel, thrown = f4(6.2831853) * big / teeth, max(f4(0.030) * big, f4(1.2)), f4(0.055) * big
        reach, soft = tip + thrown + f4(2), p[13]
        top: Any = int32(min(max(py - reach, f4(int32(y0))), f4(int32(y1))))
        bottom: Any = int32(min(max(py + reach + f4(1), f4(int32(y0))), f4(int32(y1))))
        for y in range(top, bottom):
            dy = py - f4(int32(y)) - f4(0.5)
            half = np.sqrt(max(reach * reach - dy * dy, f4(0)))
            left: Any = int32(min(max(px - half, f4(0)), f4(int32(w))))
            right: Any = int32(min(max(px + half + f4(1), f4(0)), f4(int32(w))))
            n = right - left
            if n <= 0:
                continue
            if y + 1 < bottom:
                fetch(out[y + 1].reshape(-1), 4 * left, 4 * right)
            there = p[8] * min(max((p[14] - f4(int32(y))) / (f4(4) * p[13]), f4(0)), f4(1))
            a, b, c, d, e = cover[:n], lit[:n], hot[:n], stone[:n], dark[:n]
            start = f4(left) + f4(0.5) - px
            for i in range(n):
                dx = start + f4(int32(i))
                r = np.sqrt(dx * dx + dy * dy + f4(1e-4))
                ox, oy = dx / r, dy / r  # outwards
                way = _turns(dx, dy) - turn
                k = way * teeth
                k = k - np.floor(k + f4(0.5))
                flank = (f4(THICK) * pitch - f4(SLANT) * (r - big) - abs(k) * f4(6.2831853) * r / teeth) * f4(
                    0.94
                )
                tooth = min(tip - r, flank)
                outer = max(root - r, tooth)
                q = way * f4(SPOKES)
                q = q - np.floor(q + f4(0.5))
                bend = q * f4(6.2831853 / SPOKES)
                aside = r * abs(bend) * (f4(1) - bend * bend * f4(0.1666))
                spoke = f4(0.085) * big - f4(0.035) * r - aside
                web = max(max(r - ring, hub - r), spoke)
                deep = min(outer, web)
                a[i] = min(max(deep / soft + f4(0.5), f4(0)), f4(1)) * there
                # which edge is near, and where it faces
                side = f4(1) if k > f4(0) else f4(-1)
                flanked = outer == flank
                nx, ny = (-oy * side if flanked else ox), (ox * side if flanked else oy)
                side = f4(1) if q > f4(0) else f4(-1)
                inward = web == r - ring
                mx, my = (-ox if inward else ox), (-oy if inward else oy)
                spoked = web == spoke
                mx, my = (-oy * side if spoked else mx), (ox * side if spoked else my)
                webbed = web < outer
                nx, ny = (mx if webbed else nx), (my if webbed else ny)
                near = max(f4(1) - max(deep, f4(0)) / bevel, f4(0))
                slope = (nx * f4(SUN[0]) + ny * f4(SUN[1])) * near
                # turned on a lathe: two bright sectors, and two dimmer ones across
                turned = ox * f4(0.53) + oy * f4(0.85)
                turned = turned * turned
                across = f4(1) - turned
                lathe = turned * turned * turned * turned + f4(0.22) * across * across * across * across
                lathe = f4(0.34) if spoked and webbed else lathe
                groove = abs(r - f4(0.5) * (ring + root)) - f4(0.055) * big  # a flat channel in the ring
                sunk = min(max(f4(0.5) - groove, f4(0)), f4(1)) * (f4(0) if webbed and not inward else f4(1))
                line = max(f4(1) - abs(groove), f4(0))
                gleam = (f4(0.13) + f4(0.62) * lathe) * (f4(1) - f4(0.35) * sunk) * (f4(1) - f4(0.4) * line)
                b[i] = max(
                    gleam * (f4(1) - f4(0.55) * near) + f4(0.42) * near * f4(0.5) + f4(0.75) * slope, f4(0.02)
                )
                shine = max(slope, f4(0))
                c[i] = f4(0.30) * lathe * lathe * (f4(1) - f4(0.5) * sunk) + f4(0.9) * shine * shine
                gem = f4(STONE) * big - r
                d[i] = min(max(gem + f4(0.5), f4(0)), f4(1))
                spark = dx * f4(-0.35) + dy * f4(0.45)
                e[i] = max(f4(0.45) + spark / (f4(STONE) * big), f4(0.1))
                sx, sy = dx - thrown * f4(0.6), dy + thrown * f4(0.8)
                far = np.sqrt(sx * sx + sy * sy)
                fall = min(max(min(tip - far, far - ring + thrown) / thrown, f4(0)), f4(1))
                c[i] = c[i] * (f4(1) - d[i]) * p[12]
                b[i] = b[i] * (f4(1) - d[i])
                d[i] = d[i] * e[i]
                e[i] = f4(1) - (f4(1) - a[i]) * (f4(1) - fall * f4(SHADE) * there)
            row = out[y, left:right].reshape(-1)
            mb, mg, mr, sb, sg, sr = p[5], p[6], p[7], p[9], p[10], p[11]
            for i in range(
                np.uint64(n)
            ):  # all four channels, and unsigned places: else it is no row to the compiler
                j = np.uint64(4) * np.uint64(i)
                keep, here, metal, white, gem = f4(1) - e[i], a[i], b[i], c[i], d[i]
                row[j] = row[j] * keep + (mb * metal + white * f4(0.62) + sb * gem) * here
                row[j + np.uint64(1)] = (
                    row[j + np.uint64(1)] * keep + (mg * metal + white * f4(0.82) + sg * gem) * here
                )
                row[j + np.uint64(2)] = row[j + np.uint64(2)] * keep + (mr * metal + white + sr * gem) * here
                row[j + np.uint64(3)] = row[j + np.uint64(3)] * keep + e[i]


@kernel("void(i8, i8, f4[:,:,::1], u4[:,::1], u1[:,::1], u1[:,::1], f4[::1])")
def body_rows(y0: Any, y1: Any, crisp: Any, texels: Any, rank: Any, bare: Any, p: Any) -> None:
    """Lay the body over rows of `crisp`, its maps as of Varnish.

    p (17,): column and row of the maps as x, y and 1 of a pixel's middle (6); how much is built, cover; blue, green,
    red of the wood, of white light, and of the light inside, each for the greatest number in its map.
    """
    wide, high = f4(int32(texels.shape[1])) - f4(1.01), f4(int32(texels.shape[0])) - f4(1.01)
    ax, bx, cx, ay, by, cy = p[0], p[1], p[2], p[3], p[4], p[5]
    ax = ax if abs(ax) > f4(1e-6) else f4(1e-6)
    ay = ay if abs(ay) > f4(1e-6) else f4(1e-6)
    built, part = p[6] * f4(1.06) * f4(255), f4(1 / 65280)
    hop: Any = max(int32(f4(CELL) / max(abs(ax), abs(ay))), 1)
    flat, ranks, across = texels.reshape(-1), rank.reshape(-1), int32(texels.shape[1])
    cover: Any = np.empty(crisp.shape[1], np.float32)
    wood, white, glow = np.empty_like(cover), np.empty_like(cover), np.empty_like(cover)
    texel: Any = np.empty(crisp.shape[1], np.int32)
    beside, beneath, came = np.empty_like(texel), np.empty_like(texel), np.empty_like(texel)
    upper: Any = np.empty(crisp.shape[1], np.uint32)
    after, lower, last_of = np.empty_like(upper), np.empty_like(upper), np.empty_like(upper)
    low, up = np.uint32(0x00FF00FF), np.uint32(8)  # two numbers at once: no sum of either is over 65280
    for y in range(y0, y1):
        at = f4(int32(y)) + f4(0.5)
        u, v = bx * at + cx, by * at + cy
        first = max(min(-u / ax, (wide - u) / ax), min(-v / ay, (high - v) / ay))
        last = min(max(-u / ax, (wide - u) / ax), max(-v / ay, (high - v) / ay))
        left: Any = int32(min(max(first + f4(0.5), f4(0)), f4(int32(crisp.shape[1]))))
        right: Any = int32(min(max(last - f4(0.5), f4(0)), f4(int32(crisp.shape[1]))))
        while left < right and bare[int32(ay * f4(left) + v) // CELL, int32(ax * f4(left) + u) // CELL]:
            left += hop
        while right > left and bare[int32(ay * f4(right) + v) // CELL, int32(ax * f4(right) + u) // CELL]:
            right -= hop
        left = max(left - 1, int32(0))
        n: Any = min(right + 1, int32(crisp.shape[1])) - left
        if right <= left:
            continue
        a, b, c, d = cover[:n], wood[:n], white[:n], glow[:n]
        if y + 1 < y1:
            fetch(crisp[y + 1].reshape(-1), 4 * left, 4 * (left + n))
        start = f4(left) + f4(0.5)
        for k in range(n):
            middle = start + f4(int32(k))
            s = int32(min(max(ax * middle + u, f4(0)), wide) * f4(256))
            t = int32(min(max(ay * middle + v, f4(0)), high) * f4(256))
            texel[k] = int32(int32(t >> 8) * across + int32(s >> 8))
            beside[k], beneath[k] = s & 255, t & 255
        for k in range(n):  # on its own: rows of the others need not wait for it
            i = np.uint32(texel[k])
            upper[k], after[k] = flat[i], flat[np.uint32(i + np.uint32(1))]
            i = np.uint32(i + np.uint32(across))
            lower[k], last_of[k], came[k] = flat[i], flat[np.uint32(i + np.uint32(1))], ranks[i]
        for k in range(n):
            s, t = np.uint32(beside[k]), np.uint32(beneath[k])
            k11 = np.uint32(np.uint32(s * t) >> up)
            k00, k01, k10 = np.uint32(np.uint32(256) - s - t + k11), np.uint32(s - k11), np.uint32(t - k11)
            q00, q01, q10, q11 = upper[k], after[k], lower[k], last_of[k]
            one = np.uint32((q00 & low) * k00 + (q01 & low) * k01 + (q10 & low) * k10 + (q11 & low) * k11)
            q00, q01, q10, q11 = q00 >> up, q01 >> up, q10 >> up, q11 >> up
            two = np.uint32((q00 & low) * k00 + (q01 & low) * k01 + (q10 & low) * k10 + (q11 & low) * k11)
            here = f4(int32(one & np.uint32(0xFFFF))) * part
            rank_of = f4(int32(came[k]))
            a[k] = here * here * p[7] * min(max((built - rank_of) * f4(COMES / 255), f4(0)), f4(1))
            light = f4(int32(two & np.uint32(0xFFFF))) * part
            b[k] = light * light
            light = f4(int32(one >> np.uint32(16))) * part
            c[k] = light * light
            light = f4(int32(two >> np.uint32(16))) * part
            d[k] = light * light
        row = crisp[y, left : left + n].reshape(-1)
        for k in range(np.uint64(n)):
            j = np.uint64(4) * np.uint64(k)
            share, q, r, g = a[k], b[k], c[k], d[k]
            keep = f4(1) - share
            row[j] = row[j] * keep + share * (q * p[8] + r * p[11] + g * p[14])
            row[j + np.uint64(1)] = row[j + np.uint64(1)] * keep + share * (q * p[9] + r * p[12] + g * p[15])
            row[j + np.uint64(2)] = row[j + np.uint64(2)] * keep + share * (q * p[10] + r * p[13] + g * p[16])
            row[j + np.uint64(3)] = row[j + np.uint64(3)] * keep + share


def paint_machine(frame: Frame, machine: Machine) -> None:
    """The great wheels in the soft light behind, the body, and the wheels in it."""
    canvas = frame.canvas
    if machine.far is not None:
        rows = _rows(frame, machine.far, 1.0 / canvas.scale, BLUR * canvas.field_unit)
        canvas.field_bands(wheel_rows, canvas.field, rows)
    if machine.body.built > 0.0:
        _paint_body(frame, machine.body)
    if len(machine.wheels.radius):
        rows = _rows(frame, machine.wheels, 1.0, 1.0)
        x, y, reach = rows[:, 0], rows[:, 1], 1.25 * rows[:, 2] + 4
        canvas.touch((x - reach).min(), (y - reach).min(), (x + reach).max(), (y + reach).max())
        canvas.bands(wheel_rows, canvas.crisp, rows)


def _rows(frame: Frame, wheels: Wheels, share: float, soft: float) -> Light:
    """Wheels as `wheel_rows` takes them, `share` of its pixels to one of the picture, edges `soft` pixels wide."""
    view = frame.canvas.view
    x, y, z = wheels.place.T
    u, v, scale = frame.camera.project(x, y, z)
    rows = np.empty((len(u), 15), np.float32)
    rows[:, 0], rows[:, 1] = view.x(u) * share, view.y(v) * share
    rows[:, 2], rows[:, 3] = wheels.radius * scale * view.unit * share, wheels.teeth
    rows[:, 4] = (wheels.angle - frame.camera.roll) * TURN % 1.0
    rows[:, 5:8], rows[:, 8], rows[:, 9:12] = wheels.metal[:, ::-1], wheels.cover, wheels.jewel[:, ::-1]
    rows[:, 12], rows[:, 13] = np.minimum(2.0 * wheels.metal.max(1), 1.0), max(soft, 1.0)
    rows[:, 14] = view.y(frame.camera.project(x, 0.0, z)[1]) * share
    return rows


def _paint_body(frame: Frame, body: Body) -> None:
    """The maps turned as the body hangs."""
    canvas, view = frame.canvas, frame.canvas.view
    c, s = math.cos(body.angle) * body.size, math.sin(body.angle) * body.size
    x, y, z = body.place
    u, v, _ = frame.camera.project(np.array([x, x + c, x - s]), np.array([y, y + s, y + c]), z)
    px, py = view.x(u).tolist(), view.y(v).tolist()
    a, b, c, d = px[1] - px[0], px[2] - px[0], py[1] - py[0], py[2] - py[0]  # pixels to a body length
    per = FINE / (a * d - b * c)
    columns, rows = (d * per, -b * per), (c * per, -a * per)
    begin = (
        -BOX[0] * FINE - 0.5 - columns[0] * px[0] - columns[1] * py[0],
        (BOX[3] - violin.MIDDLE) * FINE - 0.5 - rows[0] * px[0] - rows[1] * py[0],
    )
    for right, low, high in TOUCHED:  # bit by bit, for it leans
        corners = [(side, up - violin.MIDDLE) for side in (-right, right) for up in (low, high)]
        xs, ys = [px[0] + a * e + b * f for e, f in corners], [py[0] + c * e + d * f for e, f in corners]
        canvas.touch(min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1)
    light = np.array([body.wood[::-1], WARM, body.inside[::-1]]) * np.array(BRIGHTEST)[1:, None]
    numbers = np.array(
        [*columns, begin[0], *rows, begin[1], body.built, body.cover, *light.ravel()], np.float32
    )
    maps = varnished()
    canvas.bands(body_rows, canvas.crisp, maps.texels, maps.rank, maps.bare, numbers)
