"""The audience in the dark: baked people relit every frame, swaying, and burning away at the edge where motes leave."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import HORIZON
from performance.paint.canvas import Canvas, Light
from performance.paint.crowd import Crowd, crowd
from performance.paint.frame import Frame, bgr
from performance.paint.kernels import f4
from performance.paint.people import MARGIN, people_rows
from performance.paint.relief import ONE
from performance.stage.audience import Audience
from performance.stage.bust import BOTTOM, HALF_WIDTH, TOP
from performance.stage.leaving import letting_go
from performance.stage.seats import ROWS, bend, row_size, row_v

SPILL = 0.16  # how much lower than its own place a row may be pushed and still be baked, picture heights
EMBER = (1.5, 0.80, 0.27)  # linear RGB of the edge that burns
PIT = 0.93  # how dark it is between them
POOL_LIGHT = 3.0  # light of the pool and the beam on those who sit before it
BELOW = 4.0  # picture heights: nobody ends in the picture
NO_GAP = np.zeros((0, 2), np.int16)
FAR_LIGHT = 0.42  # how far to the side the pool's light falls to half


def people_for(canvas: Canvas) -> Crowd:
    """Every row that a canvas can show (baked in a few seconds once for a size, then read from the cache)."""
    bottom = float(canvas.view.v(canvas.height)) + SPILL
    rows = sum(row_v(row) + TOP * row_size(row) < bottom for row in range(ROWS))
    return crowd(round(canvas.view.unit), rows)


def _places(frame: Frame, audience: Audience) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """u, v of everyone's head as the camera sees it now."""
    seats, camera = audience.seats, frame.camera
    nearer = camera.zoom / np.maximum(1.0 - camera.dolly * seats.scale, 0.3)
    u = (seats.u - camera.x * seats.scale) * nearer
    v = HORIZON + (seats.v - audience.rise + camera.y * seats.scale - HORIZON) * nearer
    return camera.rolled(u, v)


def _lighting(frame: Frame, audience: Audience, who: NDArray[np.intp], u: NDArray[Any]) -> Light:
    """(n, 4, 4) colours BGRA for some of the seats: light from the left, right and above, and the haze before each
    person."""
    lights, row, glow = frame.lights, audience.seats.row[who], audience.glow
    pool, _, _ = frame.camera.project(lights.beam.x, 0.0, lights.beam.z)
    aside = (u - float(pool)) / FAR_LIGHT
    fall = 1.0 / (1.0 + aside * aside)
    depth = 0.90**row * (0.9 + 0.2 * audience.seats.phases[who, 5])
    beam = np.array(lights.beam.colour[::-1]) * (lights.beam.level * POOL_LIGHT)
    counter = np.array(lights.counter[::-1])
    warm = (fall * depth * glow)[:, None] * (beam + 0.22 * np.array(lights.key[::-1]))
    cool = (depth * (0.35 + np.minimum(np.abs(u), 1.2)) * (1.3 * glow))[:, None] * counter
    toward = np.clip(aside * 0.75, -1.0, 1.0)[:, None]
    out = np.zeros((len(u), 4, 4), np.float32)
    right = 0.5 * float(np.sign(lights.counter_from[0]))
    gain = ONE / 255.0**3
    out[:, 0, :3] = (warm * (0.62 + 0.55 * toward) + cool * (0.5 - right)) * gain
    out[:, 1, :3] = (warm * (0.62 - 0.55 * toward) + cool * (0.5 + right)) * gain
    out[:, 2, :3] = (warm * 1.15 + 0.2 * cool) * gain
    out[:, 3, :3] = (0.0045 * 0.78**row * fall)[:, None] * (beam + 0.1 * counter)
    out[:, 3, :3] += np.array(lights.ambient[::-1]) * 0.25
    out[:, 3, 3] = 1.0
    return out


@lru_cache(maxsize=4)
def _columns(width: int, unit: float) -> tuple[Light, Light, Light]:
    """(4 w,) of every column: its u, how much higher a row sits there, and the colour of the dark."""
    u = np.asarray((np.arange(width) + 0.5 - 0.5 * width) / unit, np.float64)
    dark = np.tile(np.array([0, 0, 0, 1], np.float32), width)
    return np.repeat(u, 4).astype(np.float32), np.repeat(bend(u), 4).astype(np.float32), dark


def _pit(frame: Frame, audience: Audience) -> Light:
    """(2, 4 w): where the dark of the house begins below the first row's heads, and what it is."""
    view = frame.canvas.view
    u, higher, dark = _columns(view.width, view.unit)
    level = row_v(0) + 0.004 - audience.rise
    _, (here, aside, below) = frame.camera.rolled([0.0, 1.0, 0.0], [level, level, level + 1.0])
    out = np.empty((2, len(u)), np.float32)
    out[0] = u * f4((aside - here) * view.unit) - higher * f4((below - here) * view.unit) + f4(view.y(here))
    out[1] = dark
    return out


def paint_audience(frame: Frame, audience: Audience) -> None:
    """Draw everyone over the picture so far, the farthest row first."""
    canvas, seats = frame.canvas, audience.seats
    people = people_for(canvas)
    pit = _pit(frame, audience)
    u, v = _places(frame, audience)
    x, y = canvas.view.x(u), canvas.view.y(v)
    head = row_size(0) * np.power(row_size(1) / row_size(0), seats.row) * round(canvas.view.unit)
    here = (
        (audience.gone < 1.0)
        & (audience.here > 0.0)
        & (seats.row < len(people.first))
        & (np.abs(x - canvas.width / 2) < canvas.width / 2 + HALF_WIDTH * head)
    )
    chosen = np.flatnonzero(here & (y + TOP * head < canvas.height) & (y + BOTTOM * head > 0))
    who = people.first[seats.row[chosen]] + seats.person[chosen]
    head = head[chosen]
    place = np.empty((len(chosen), 10), np.float32)
    place[:, 0], place[:, 1] = x[chosen] - people.table[who, 2] / 2, y[chosen] + TOP * head
    for k, moved in enumerate((audience.sway, audience.nod, audience.breath)):
        place[:, 2 + k] = moved[chosen] * head
    gone = audience.gone[chosen]
    place[:, 5], place[:, 6] = np.where(gone > 0.0, letting_go(gone), 0.0), head
    place[:, 7], place[:, 8], place[:, 9] = TOP, BELOW * canvas.height, audience.here[chosen]
    top = int(max(min(place[:, 1].min(initial=canvas.height) - MARGIN, pit[0].min()), 0))
    if top >= canvas.height or not canvas.touch(0, top, canvas.width, canvas.height):
        return
    canvas.threads.bands(
        canvas.height - top, people_rows, canvas.crisp.reshape(-1), canvas.width, top, people.table,
        people.answers, people.colours, people.release, people.spans, who, place, NO_GAP,
        _lighting(frame, audience, chosen, u[chosen]), bgr(EMBER) * f4(audience.level), pit,
        f4(1 / (0.055 * canvas.view.unit)), f4(PIT * audience.dark),
    )  # fmt: skip
