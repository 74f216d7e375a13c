"""The gap between the two drapes of the main curtain: what stands behind cloth is not to be seen over it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE, HORIZON, Camera
from performance.paint.canvas import Canvas
from performance.paint.frame import Frame
from performance.paint.ground import first_row, ground
from performance.stage.curtain import Curtain
from performance.stage.lights import Lights

Array = NDArray[np.float64]
PLACES = 45  # of the cloth's edge, from above to below: between them it is nearly straight
SOFT = 0.02  # picture heights from the edge of cloth in which small lights behind it come out
FRONT_Z = -0.22  # where the main curtain hangs
SOME = 12  # rows of the picture in which its edges are taken for upright, where grain is at stake
FLAT = 128  # of the boards' grain: the value that changes nothing
_SIDES = np.array([[-1.0], [1.0]])


def front_scale(frame: Frame) -> float:
    """The scale of what hangs where the main curtain does."""
    return float(frame.camera.zoom / max(1.0 + FRONT_Z - frame.camera.dolly, 0.25))


def gap(frame: Frame, curtain: Curtain | None) -> NDArray[np.int16]:
    """(rows, 2): from which column to which a row of the picture is free of the main curtain; empty where all of it
    is. As cloth that has been drawn aside fades, its edges give way."""
    if curtain is None or curtain.level <= 0.0 or curtain.unfurl >= 0.2:
        return np.zeros((0, 2), np.int16)
    return _gap(frame.canvas, frame.camera, curtain)


@lru_cache(maxsize=1)
def _gap(canvas: Canvas, camera: Camera, curtain: Curtain) -> NDArray[np.int16]:
    frame = Frame(canvas, camera, Lights(), curtain.t, 0)
    rows, columns, level = canvas.height, canvas.width, curtain.level * (1.0 - curtain.unfurl * 5.0)
    g, aside = ground(frame), 0.5 * frame.camera.x * front_scale(frame)
    some = np.append(np.arange(0, rows, max(rows // PLACES, 1)), rows - 1)
    v = (some + 0.5 - g[2]) * g[0] * g[3] + g[5] + HORIZON
    drawn = _drawn_to(frame, curtain, v)
    drawn += (0.5 * canvas.width / canvas.view.unit + abs(aside) + 0.01 - drawn) * (1.0 - level)
    edges = (_SIDES * drawn - aside) / (g[0] * g[3]) + g[1]
    if edges[0].max() <= 0.0 and edges[1].min() >= columns:
        return np.zeros((0, 2), np.int16)
    left, right = (np.interp(np.arange(rows), some, np.clip(edge, 0, columns)) for edge in edges)
    return np.stack([np.ceil(left), np.maximum(np.floor(right), np.ceil(left))], 1).astype(np.int16)


def _drawn_to(frame: Frame, curtain: Curtain, v: NDArray[Any]) -> NDArray[Any]:
    """(2, n) where the cloth of either side ends at heights v, from the middle of the house: as drape_rows has it."""
    rail = frame.canvas.width * 0.5 / frame.canvas.view.unit + 0.06
    t, opened, side = curtain.t % 4096.0, curtain.open, _SIDES
    high = (HORIZON + (EYE + frame.camera.y) * front_scale(frame) - v) * 1.12
    tie = high - 0.36
    gather = 0.115 * (1.0 - np.exp(-9.0 * tie * tie)) * np.where(tie > 0.0, 1.45, 0.55)
    wave = 0.007 * np.sin(6.0 * v + 1.3 * side + 0.37 * t * curtain.sway)
    drawn = rail * (0.06 * min(8.0 * opened, 1.0) + 0.86 * opened) - (gather + wave) * opened * min(rail, 1.0)
    drawn = np.maximum(drawn, -0.02)
    swing = 0.30 * np.sin(0.7 * t + 2.3 * side * drawn) + 0.18 * np.sin(0.43 * t - 4.1 * side * drawn)
    fold = np.array(curtain.folds)[:, None]
    phase = 1.9 * np.sin(fold + 0.7 * v) + 0.8 * np.sin(3.1 * v + fold) + fold
    phase += curtain.sway * swing * (1.1 - high)
    second = 2.17 * phase + 1.1 + 1.6 * v + 1.2 * np.sin(2.3 * v + fold)
    return np.asarray(drawn - 0.006 * (np.sin(phase) + 0.34 * np.sin(second)))


def free_of(frame: Frame, between: NDArray[np.int16], u: Array, v: Array) -> Array:
    """How far (n,) places of the picture are free of cloth that leaves a gap `between`."""
    if not len(between):
        return np.ones(len(u))
    view = frame.canvas.view
    edges = between[np.clip(view.y(v), 0, len(between) - 1).astype(np.int64)]
    x = view.x(u)
    return np.asarray(
        np.clip(np.minimum(x - edges[:, 0], edges[:, 1] - x) / (SOFT * view.unit), 0.0, 1.0), np.float64
    )


def hide_boards(frame: Frame, curtain: Curtain, level: float) -> None:
    """Take the grain of the boards out of cloth before them, down to its hem."""
    canvas, boards = frame.canvas, ground(frame)
    rows = canvas.height
    hem = HORIZON + (EYE + frame.camera.y) * front_scale(frame)
    begin = first_row(boards, canvas.width, rows)
    end = int(min(max(canvas.view.y(hem), begin), rows))
    free = gap(frame, curtain) if curtain.open > 0.0 else np.zeros((rows, 2), np.int16)
    if begin >= end or not len(free):
        return
    tops = range(begin, end, SOME)
    lefts, rights = free[begin:end:SOME].T.tolist()
    for y, left, right in zip(tops, lefts, rights, strict=True):
        rows_here = canvas.detail[y : min(y + SOME, end)]
        for part in (rows_here[:, :left], rows_here[:, right:]):
            part[...] = FLAT if level >= 1.0 else FLAT + (part.astype(np.float32) - FLAT) * (1.0 - level)
