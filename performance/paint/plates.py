"""Plates to pixels: turned, seen in perspective, lit by the spot, holding the picture in their faces."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE, FIGURE_HEIGHT, HORIZON, NEAREST_Z
from performance.paint import iceform
from performance.paint.facets import (
    ALPHA,
    BEVEL,
    CENTRE,
    CORNERS,
    FORM,
    FROST,
    GRAIN,
    LIT,
    NUMBERS,
    OWN,
    REFLECT,
    RIM,
    RIME,
    SEEN,
    SHINE,
    SHRINK,
    SLOPE,
    TINT,
    TOWARDS,
    WIDE,
    facet_rows,
)
from performance.paint.frame import Frame
from performance.paint.kernels import kernel
from performance.paint.shine import in_beam
from performance.stage.plates import Plates

Array = NDArray[np.float64]
AHEAD = 1.15  # how far off a plate's reflection is taken to be, units
HOLDS = 0.74  # picture heights that a mirror shows across its width
TURNED = 0.62  # how far mirrors are turned towards the performer
BEVEL_WIDTH = 0.0024  # of the cut edges, units
SHARPNESS = 15.0  # of the light's own image in a face


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))


def paint_plates(frame: Frame, plates: Plates, rime: NDArray[np.float32]) -> Array:
    """Paint plates into `crisp`, far ones first; `rime` is iceform's frost and lines.

    Returns (n,) how strongly each one's face throws the light at us.
    """
    canvas, camera = frame.canvas, frame.camera
    eye = np.array([camera.x, EYE + camera.y, camera.dolly - 1.0])
    view = _unit(plates.places - eye)
    normal = plates.turns[:, :, 2]
    normal = normal * np.where((normal * view).sum(1) > 0.0, -1.0, 1.0)[:, None]
    half = normal * (0.5 * plates.thickness)[:, None]
    bounced = view - 2 * (view * normal).sum(1)[:, None] * normal
    shining, numbers = _numbers(frame, plates, normal, view, bounced)
    _place_rime(frame, plates, numbers, rime.shape)
    shown = plates.shown > 0.004
    order = np.argsort(-plates.places[:, 2], kind="stable")
    order = order[shown[order]]
    x, y, reach = numbers[order, CENTRE], numbers[order, CENTRE + 1], 0.6 * numbers[order, WIDE] + 6
    canvas.touch_boxes(x - reach, y - reach, x + reach, y + reach)
    corners = plates.corners[order].astype(np.int32)
    slabs = np.empty((len(order), 2, CORNERS, 2), np.float32)
    canvas.threads.bands(
        len(order), slab_corners, order, plates.outlines, plates.scale[:, None], plates.places, plates.turns, half,
        _eye(frame), slabs,
    )  # fmt: skip
    canvas.bands(facet_rows, canvas.crisp, slabs, corners, numbers[order], canvas.env, rime)
    return shining


@kernel(
    "void(i8, i8, i8[::1], f8[:,:,::1], f8[:,::1], f8[:,::1], f8[:,:,::1], f8[:,::1], f8[::1], f4[:,:,:,::1])"
)
def slab_corners(
    first: int, end: int, order: Any, outlines: Any, sizes: Any, places: Any, turns: Any, halves: Any,
    eye: Any, out: Any,
) -> None:  # fmt: skip
    """Corners of plates as pixels (n, 2, CORNERS, 2), front and back, in order. `halves` (m, 3) lie before and behind
    the middle of a plate, `sizes` (m, 1) are its scale; `eye`: see `_eye`."""
    for s in range(first, end):
        i = order[s]
        for side in range(2):
            to = 1.0 - 2.0 * side
            x0, y0, z0 = (
                places[i, 0] + to * halves[i, 0],
                places[i, 1] + to * halves[i, 1],
                places[i, 2] + to * halves[i, 2],
            )
            for c in range(CORNERS):
                corner = min(c, outlines.shape[1] - 1)
                a, b = outlines[i, corner, 0] * sizes[i, 0], outlines[i, corner, 1] * sizes[i, 0]
                x = x0 + turns[i, 0, 0] * a + turns[i, 0, 1] * b
                y = y0 + turns[i, 1, 0] * a + turns[i, 1, 1] * b
                z = z0 + turns[i, 2, 0] * a + turns[i, 2, 1] * b
                scale = eye[3] / max(z - eye[2], eye[4])
                u, v = (x - eye[0]) * scale, (eye[1] - y) * scale
                out[s, side, c, 0] = eye[5] * u + eye[6] * v + eye[7]
                out[s, side, c, 1] = eye[8] * u + eye[9] * v + eye[10]


def _eye(frame: Frame) -> Array:
    """Numbers of the projection to pixels: place of the eye, zoom, least depth; then x and y of (u, v, 1), where v
    counts from the horizon."""
    camera, view = frame.camera, frame.canvas.view
    u, v = camera.rolled([0.0, 1.0, 0.0], [HORIZON, HORIZON, HORIZON + 1.0])
    x, y = view.x(u), view.y(v)
    place = (camera.x, EYE + camera.y, camera.dolly - 1.0, camera.zoom, 1.0 + NEAREST_Z)
    return np.array([*place, *(k for p in (x, y) for k in (p[1] - p[0], p[2] - p[0], p[0]))])


def _place_rime(frame: Frame, plates: Plates, numbers: NDArray[np.float32], shape: tuple[int, ...]) -> None:
    """Where on the instrument's own map each pixel of a plate lies, taken as even over the plate."""
    left, right, _, top = iceform.VIOLIN_BOX
    size = shape[1] / (right - left)
    _, _, scale = frame.camera.project(*plates.places.T)
    pixels = scale * plates.scale * frame.canvas.view.unit
    across = plates.turns[:, :2, :2] * np.array(
        [[1.0], [-1.0]]
    )  # pixels right and down for a step along the plate
    a, b, c, d = across[:, 0, 0], across[:, 0, 1], across[:, 1, 0], across[:, 1, 1]
    flat = a * d - b * c
    flat = np.where(np.abs(flat) < 0.05, np.copysign(0.05, flat), flat) * pixels
    back = np.stack([d, -b, -c, a], 1).reshape(-1, 2, 2) / flat[:, None, None]
    step = (np.array([[size], [-size]]) * plates.grain) @ back
    numbers[:, FORM] = (plates.form[:, 0] - left) * size - 0.5
    numbers[:, FORM + 1] = (top - plates.form[:, 1]) * size - 0.5
    numbers[:, GRAIN : GRAIN + 4] = step.reshape(-1, 4)
    numbers[:, RIME] = plates.frosted


def _numbers(
    frame: Frame, plates: Plates, normal: Array, view: Array, bounced: Array
) -> tuple[Array, NDArray[np.float32]]:
    """What the kernel needs to know of each plate, and how each one flashes."""
    canvas, lights = frame.canvas, frame.lights
    n, s = len(plates.places), canvas.scale
    out = np.zeros((n, NUMBERS), np.float32)
    u, v, scale = frame.camera.project(*plates.places.T)
    out[:, CENTRE], out[:, CENTRE + 1] = canvas.view.x(u), canvas.view.y(v)
    ahead = plates.places + bounced * (1, 1, 0) * AHEAD
    ahead[:, 2] += np.abs(bounced[:, 2]) * AHEAD
    seen_u, seen_v, _ = frame.camera.project(*ahead.T)
    subject_u, subject_v, _ = frame.camera.project(lights.beam.x, 0.62 * FIGURE_HEIGHT, lights.beam.z)
    turned = TURNED * plates.mirror
    seen_u, seen_v = seen_u + (subject_u - seen_u) * turned, seen_v + (subject_v - seen_v) * turned
    out[:, SEEN] = canvas.view.x(seen_u) / s - 0.5
    out[:, SEEN + 1] = canvas.view.y(np.maximum(seen_v, 0.03)) / s - 0.5
    width = 2.0 * plates.reach * plates.scale * scale * canvas.view.unit + 1.0
    out[:, WIDE] = width
    held = HOLDS * canvas.view.unit / width
    out[:, SHRINK] = (1.6 + (np.clip(held, 1.0, 14.0) - 1.6) * plates.mirror) / s
    out[:, TINT : TINT + 3] = plates.tint[:, ::-1]
    out[:, REFLECT] = 0.70 + 0.85 * plates.mirror
    out[:, ALPHA] = (0.36 + 0.61 * plates.mirror) * plates.shown
    towards = np.array([lights.key_from, lights.counter_from])
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    halves = _unit(
        towards[:, None] * (1, 1, -1) - view
    )  # the lamps' images are in front of the plates, not behind
    flash = np.clip((halves * normal).sum(-1), 0.0, 1.0) ** SHARPNESS
    beam = in_beam(lights.beam, plates.places)
    light = 0.10 + 0.90 * beam
    out[:, RIM] = (0.56 + 0.16 * plates.mirror) * (0.35 + 0.65 * light)
    out[:, SHINE] = (flash[0] * light * 1.3 + flash[1] * 0.3) * (1.0 - 0.5 * plates.mirror)
    out[:, FROST] = 0.05 * (1.0 - plates.mirror) * light
    out[:, SLOPE], out[:, SLOPE + 1] = 0.55, 0.85
    out[:, OWN : OWN + 3] = plates.own[:, ::-1]
    out[:, BEVEL] = np.clip(np.minimum(BEVEL_WIDTH * scale * canvas.view.unit, width * 0.12), 1.0, 7.0)
    key = np.asarray(lights.key) * light[:, None] + np.asarray(lights.counter)
    out[:, LIT : LIT + 3] = key[:, ::-1]
    flat = np.hypot(*towards[0, :2])
    out[:, TOWARDS], out[:, TOWARDS + 1] = towards[0, 0] / flat, towards[0, 1] / flat
    return np.asarray(flash[0] * light * plates.shown), out
