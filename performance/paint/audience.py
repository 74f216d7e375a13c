"""The audience in the dark: baked people relit every frame, swaying, and burning away at the edge where motes leave."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import HORIZON
from performance.paint.cache import kept
from performance.paint.canvas import Bytes, Canvas, Light
from performance.paint.frame import Frame
from performance.paint.kernels import f4, inline, kernel, smooth_step
from performance.paint.relief import ONE, sprite
from performance.stage.audience import Audience
from performance.stage.bust import BOTTOM, HALF_WIDTH, TOP
from performance.stage.seats import ROWS, bend, row_people, row_size, row_v

NEAR_BLUR = 0.011  # of a head in the nearest rows: the stage is in focus, they are not
SPILL = 0.16  # how much lower than its own place a row may be pushed and still be baked, picture heights
EMBER = (1.9, 1.02, 0.36)  # linear RGB of the edge that burns
PIT = 0.93  # how dark it is between them
POOL_LIGHT = 1.5  # light of the pool and the beam on those who sit before it
FAR_LIGHT = 0.42  # how far to the side the pool's light falls to half


@dataclass(frozen=True, slots=True)
class Row:
    """The people of a row, baked for heads of `head` pixels: (people, PLANES, h, w) and (people, h, w, 4) bytes."""

    head: float
    answers: Bytes
    colours: Bytes
    spans: NDArray[np.int16]  # (people, h, 2): the columns where anybody is


def bake_row(row: int, head: float, softness: float) -> dict[str, NDArray[Any]]:
    """Everybody of one row."""
    with ThreadPoolExecutor(2) as pool:
        people = list(pool.map(lambda person: sprite(row, person, head, softness), range(row_people(row))))
    answers, colours = np.stack([p[0] for p in people]), np.stack([p[1] for p in people])
    there = answers[:, 3] > 1
    w = there.shape[2]
    left = np.where(there.any(2), there.argmax(2), w)
    right = np.where(there.any(2), w - there[:, :, ::-1].argmax(2), 0)
    return {"answers": answers, "colours": colours, "spans": np.stack([left, right], -1).astype(np.int16)}


@lru_cache(maxsize=2 * ROWS)
def row_for(row: int, unit: int) -> Row:
    """The people of a row for a picture of `unit` pixels a picture height."""
    head = row_size(row) * unit
    softness = NEAR_BLUR * head * max(row - 2, 0) / 5
    arrays = kept("audience", (row, unit, 1), lambda: bake_row(row, head, softness))
    return Row(head, arrays["answers"], arrays["colours"], arrays["spans"])


def prepare_audience(canvas: Canvas) -> None:
    """Bake every row that a canvas can show (a few seconds once for a size, then read from the cache)."""
    for row in range(ROWS):
        if row_v(row) + TOP * row_size(row) < float(canvas.view.v(canvas.height)) + SPILL:
            row_for(row, round(canvas.view.unit))


@inline
def _between(out: Bytes, a: Bytes, b: Bytes, fx: float, fy: float) -> None:
    """A row of bytes read between two rows and their columns: out[i] lies fx left of column i + 1."""
    w00, w01 = (f4(1) - fy) * fx, (f4(1) - fy) * (f4(1) - fx)
    w10, w11 = fy * fx, fy * (f4(1) - fx)
    n = out.shape[0]
    a1, b1 = a[1 : n + 1], b[1 : n + 1]
    for i in range(n):
        value = f4(a[i]) * w00 + f4(a1[i]) * w01 + f4(b[i]) * w10 + f4(b1[i]) * w11
        out[i] = np.uint8(np.int32(value + f4(0.5)))


@inline
def _fourfold(wide: NDArray[np.uint32], narrow: Bytes) -> None:
    """Every byte four times, for the four channels of a pixel."""
    for i in range(narrow.shape[0]):
        wide[i] = np.uint32(narrow[i]) * np.uint32(0x01010101)


@inline
def _lay(
    out: Light,
    l: Bytes,
    r: Bytes,
    t: Bytes,
    a: Bytes,
    colour: Bytes,
    cl: Light,
    cr: Light,
    ct: Light,
    ca: Light,
) -> None:
    """Lit people over what is there, flat over the channels."""
    for i in range(out.shape[0]):
        x, y, z = f4(l[i]), f4(r[i]), f4(t[i])
        alpha = f4(a[i]) * f4(1 / 255)
        lit = (x * x * cl[i] + y * y * cr[i] + z * z * ct[i]) * f4(colour[i])
        out[i] = out[i] * (f4(1) - alpha) + alpha * ca[i] + lit


@inline
def _burn(
    a: Bytes, l: Bytes, r: Bytes, t: Bytes, when: Bytes, ember: Light, gone: float, soft: float
) -> None:
    """Take away what has let go, and say where the edge glows."""
    for i in range(a.shape[0]):
        w = f4(when[i]) * f4(1 / 255)
        keep = min(max((w - gone) / soft + f4(0.5), f4(0)), f4(1))
        glow = (w - gone) / (f4(1.6) * soft)
        glow = f4(1) / (f4(1) + glow * glow * glow * glow)
        ember[i] = glow * f4(a[i]) * f4(1 / 255)
        a[i] = np.uint8(np.int32(f4(a[i]) * keep))
        root = np.sqrt(keep)
        l[i] = np.uint8(np.int32(f4(l[i]) * root))
        r[i] = np.uint8(np.int32(f4(r[i]) * root))
        t[i] = np.uint8(np.int32(f4(t[i]) * root))


@kernel("void(i8, i8, f4[:,:,::1], i8, f4[::1], f4)")
def pit_rows(y0: int, y1: int, crisp: Light, top: int, edge: Light, scale: float) -> None:
    """The dark of the house below the row of heads: `edge` is its height for each column, in pixels."""
    w = crisp.shape[1]
    keep = np.empty(w * 4, np.float32)
    for y in range(y0, y1):
        for x in range(w):
            k = f4(1) - scale * smooth_step(f4(0), f4(1), (f4(np.int32(y + top)) - edge[x]) / edge[w])
            keep[4 * x] = k
            keep[4 * x + 1] = k
            keep[4 * x + 2] = k
            keep[4 * x + 3] = f4(1) - k
        out = crisp[y + top].reshape(w * 4)
        for i in range(w * 4):
            out[i] = out[i] * keep[i]
        for x in range(w):
            out[4 * x + 3] = min(
                out[4 * x + 3] / max(f4(1) - keep[4 * x + 3], f4(1e-3)) * (f4(1) - keep[4 * x + 3])
                + keep[4 * x + 3],
                f4(1),
            )


@kernel(
    "void(i8, i8, f4[:,:,::1], i8, u1[:,:,:,::1], u1[:,:,:,::1], i2[:,:,::1], i8[::1], f4[:,::1], f4[:,:,::1], f4)"
)
def people_rows(
    y0: int, y1: int, crisp: Light, top: int, answers: Bytes, colours: Bytes, spans: NDArray[np.int16],
    who: NDArray[np.int64], place: Light, light: Light, head: float,
) -> None:  # fmt: skip
    """One row of people. place: left, upper edge, sway, nod, breath (pixels), gone; light: (n, 4, 4) colours of the
    light from left, right, above and of the haze before them, BGRA."""
    width = crisp.shape[1]
    h, w = answers.shape[2], answers.shape[3]
    rows = np.empty((5, w + 2), np.uint8)
    wide = np.empty((4, w + 2), np.uint32)
    tint = np.empty((4, w * 4), np.float32)
    ember = np.empty(w + 2, np.float32)
    for p in range(who.shape[0]):
        x_left, y_top, sway, nod, breath, gone = (
            place[p, 0],
            place[p, 1],
            place[p, 2],
            place[p, 3],
            place[p, 4],
            place[p, 5],
        )
        first = max(np.int64(np.floor(y_top)) - 4, y0 + top)
        last = min(np.int64(np.floor(y_top)) + h + 4, y1 + top)
        if first >= last:
            continue
        for k in range(4):
            for i in range(w):
                for c in range(4):
                    tint[k, 4 * i + c] = light[p, k, c]
        sheet, colour = answers[who[p]], colours[who[p]]
        for y in range(first, last):
            local = f4(np.int32(y)) - y_top
            at = local / head + f4(TOP)
            bend = smooth_step(f4(1.15), f4(0.25), at)
            sy = (
                local - nod * smooth_step(f4(0.75), f4(0.2), at) + breath * smooth_step(f4(0.45), f4(0.8), at)
            )
            j = np.int64(np.floor(sy))
            if j < 0 or j > h - 2:
                continue
            x = x_left + sway * bend
            xi = np.int64(np.floor(x))
            fx, fy = x - f4(np.int32(xi)), sy - f4(np.int32(j))
            lo = max(np.int64(min(spans[who[p], j, 0], spans[who[p], j + 1, 0])) - 1, 1, 1 - xi)
            hi = min(np.int64(max(spans[who[p], j, 1], spans[who[p], j + 1, 1])) + 1, w - 1, width - xi)
            n = hi - lo
            if n <= 0:
                continue
            for k in range(5):
                if k < 4 or gone > f4(0):
                    _between(rows[k, :n], sheet[k, j, lo - 1 : hi], sheet[k, j + 1, lo - 1 : hi], fx, fy)
            if gone > f4(0):
                _burn(
                    rows[3, :n],
                    rows[0, :n],
                    rows[1, :n],
                    rows[2, :n],
                    rows[4, :n],
                    ember[:n],
                    gone,
                    f4(0.045),
                )
            for k in range(4):
                _fourfold(wide[k, :n], rows[k, :n])
            out = crisp[y].reshape(width * 4)[(xi + lo) * 4 : (xi + hi) * 4]
            _lay(
                out, wide[0, :n].view(np.uint8), wide[1, :n].view(np.uint8), wide[2, :n].view(np.uint8),
                wide[3, :n].view(np.uint8), colour[j].reshape(w * 4)[lo * 4 : hi * 4],
                tint[0, : n * 4], tint[1, : n * 4], tint[2, : n * 4], tint[3, : n * 4],
            )  # fmt: skip
            if gone > f4(0):
                for i in range(n):
                    out[4 * i] += ember[i] * f4(EMBER[2])
                    out[4 * i + 1] += ember[i] * f4(EMBER[1])
                    out[4 * i + 2] += ember[i] * f4(EMBER[0])


def _places(frame: Frame, audience: Audience) -> tuple[NDArray[Any], NDArray[Any]]:
    """u, v of everyone's head as the camera sees it now."""
    seats, camera = audience.seats, frame.camera
    nearer = camera.zoom / np.maximum(1.0 - camera.dolly * seats.scale, 0.3)
    u = (seats.u - camera.x * seats.scale) * nearer
    v = HORIZON + (seats.v - audience.rise + camera.y * seats.scale - HORIZON) * nearer
    return camera.rolled(u, v)


def _lighting(frame: Frame, audience: Audience, u: NDArray[Any]) -> Light:
    """(n, 4, 4) colours BGRA: light from the left, right and above, and the haze before each person."""
    lights, seats = frame.lights, audience.seats
    pool, _, _ = frame.camera.project(lights.beam.x, 0.0, lights.beam.z)
    aside = (u - float(pool)) / FAR_LIGHT
    fall = 1.0 / (1.0 + aside * aside)
    depth = 0.90**seats.row * (0.9 + 0.2 * seats.phases[:, 5])
    beam = np.array(lights.beam.colour) * lights.beam.level * POOL_LIGHT
    warm = (fall * depth)[:, None] * (beam + 0.22 * np.array(lights.key)) * audience.glow
    cool = (
        (depth * (0.35 + np.minimum(np.abs(u), 1.2)))[:, None]
        * np.array(lights.counter)
        * 1.3
        * audience.glow
    )
    toward = np.clip(aside * 0.75, -1.0, 1.0)[:, None]
    out = np.zeros((len(u), 4, 4), np.float32)
    right = float(np.sign(lights.counter_from[0]))
    gain = ONE / 255.0**3
    out[:, 0, :3] = (warm * (0.62 + 0.55 * toward) + cool * (0.5 - 0.5 * right))[:, ::-1] * gain
    out[:, 1, :3] = (warm * (0.62 - 0.55 * toward) + cool * (0.5 + 0.5 * right))[:, ::-1] * gain
    out[:, 2, :3] = (warm * 1.15 + 0.2 * cool)[:, ::-1] * gain
    haze = (
        0.0075 * (0.78**seats.row * fall)[:, None] * (beam + 0.1 * np.array(lights.counter))
        + np.array(lights.ambient) * 0.25
    )
    out[:, 3, :3] = haze[:, ::-1]
    out[:, 3, 3] = 1.0
    return out


def _pit(frame: Frame, audience: Audience) -> None:
    canvas = frame.canvas
    u = (np.arange(canvas.width) + 0.5 - canvas.width / 2) / canvas.view.unit
    _, level = frame.camera.rolled(
        u, np.full(len(u), HORIZON) + (row_v(0) + 0.004 - audience.rise - HORIZON) - bend(u)
    )
    edge = np.empty(canvas.width + 1, np.float32)
    edge[:-1] = canvas.view.y(level)
    edge[-1] = 0.055 * canvas.view.unit
    top = int(max(edge[:-1].min(), 0))
    if top < canvas.height and canvas.touch(0, top, canvas.width, canvas.height):
        canvas.threads.bands(canvas.height - top, pit_rows, canvas.crisp, top, edge, f4(PIT * audience.dark))


def paint_audience(frame: Frame, audience: Audience) -> None:
    """Draw everyone over the picture so far, the farthest row first."""
    canvas, view = frame.canvas, frame.canvas.view
    unit = round(view.unit)
    _pit(frame, audience)
    u, v = _places(frame, audience)
    light = _lighting(frame, audience, u)
    x, y = view.x(u), view.y(v)
    for row in range(ROWS):
        size = row_size(row) * unit
        here = (
            (audience.seats.row == row)
            & (audience.gone < 1.0)
            & (x > -HALF_WIDTH * size)
            & (x < canvas.width + HALF_WIDTH * size)
        )
        here &= (y + TOP * size < canvas.height) & (y + BOTTOM * size > 0)
        chosen = np.flatnonzero(here)
        if len(chosen):
            _paint_row(canvas, audience, row_for(row, unit), chosen, x[chosen], y[chosen], light[chosen])


def _paint_row(
    canvas: Canvas, audience: Audience, row: Row, chosen: NDArray[np.int64], x: Any, y: Any, light: Light
) -> None:
    h, w = row.answers.shape[2:]
    place = np.empty((len(chosen), 6), np.float32)
    place[:, 0], place[:, 1] = x - w / 2, y + TOP * row.head
    for k, moved in enumerate((audience.sway, audience.nod, audience.breath)):
        place[:, 2 + k] = moved[chosen] * row.head
    gone = audience.gone[chosen]
    place[:, 5] = np.where(gone > 0.0, -0.06 + 1.08 * gone, 0.0)
    top = int(max(place[:, 1].min() - 4, 0))
    bottom = int(min(place[:, 1].max() + h + 4, canvas.height))
    for left, up in place[:, :2]:
        canvas.touch(left - 4, up - 4, left + w + 4, up + h + 4)
    if bottom > top:
        who = audience.seats.person[chosen]
        canvas.threads.bands(
            bottom - top, people_rows, canvas.crisp, top, row.answers, row.colours, row.spans, who, place, light,
            f4(row.head),
        )  # fmt: skip
