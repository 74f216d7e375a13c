"""Plates to pixels: turned, seen in perspective, lit by the spot, holding the picture in their faces."""

from __future__ import annotations

import math
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
from performance.paint.kernels import inline, kernel
from performance.paint.shine import in_beam
from performance.stage.plates import Plates

Array = NDArray[np.float64]
AHEAD = 1.15  # how far off a plate's reflection is taken to be, units
HOLDS = 0.74  # picture heights that a mirror shows across its width
TURNED = 0.62  # how far mirrors are turned towards the performer
BEVEL_WIDTH = 0.0024  # of the cut edges, units
SHARPNESS = 15.0  # of the light's own image in a face
LOOK = 16  # numbers of a plate's looks, see `_looks`


def paint_plates(frame: Frame, plates: Plates, rime: NDArray[np.float32]) -> Array:
    """Paint plates into `crisp`, far ones first; `rime` is iceform's frost and lines.

    Returns (n,) how strongly each one's face throws the light at us.
    """
    canvas = frame.canvas
    order = np.argsort(-plates.places[:, 2], kind="stable")
    order = order[plates.shown[order] > 0.004]
    slabs = np.empty((len(order), 2, CORNERS, 2), np.float32)
    numbers = np.zeros((len(order), NUMBERS), np.float32)
    shining = np.zeros(len(plates.places))
    canvas.threads.bands(
        len(order), plate_rows, order, plates.outlines, plates.places, plates.turns, _looks(frame, plates),
        _eye(frame), _lamps(frame, plates, rime.shape), slabs, numbers, shining,
    )  # fmt: skip
    corners = plates.corners[order].astype(np.int32)
    canvas.bands(facet_rows, canvas.crisp, canvas.touched, slabs, corners, numbers, canvas.env, rime)
    return shining


def _looks(frame: Frame, plates: Plates) -> Array:
    """What the kernel needs to know of each plate (n, LOOK): scale, thickness, reach, likeness to a mirror, presence,
    frost, share of the beam, tint and own light in blue green red, place on the instrument."""
    looks = np.empty((len(plates.places), LOOK))
    looks[:, 0], looks[:, 1], looks[:, 2] = plates.scale, plates.thickness, plates.reach
    looks[:, 3], looks[:, 4], looks[:, 5] = plates.mirror, plates.shown, plates.frosted
    looks[:, 6] = in_beam(frame.lights.beam, plates.places)
    looks[:, 7:10], looks[:, 10:13] = plates.tint[:, ::-1], plates.own[:, ::-1]
    looks[:, 13:15] = plates.form
    return looks


def _eye(frame: Frame) -> Array:
    """Numbers of the projection to pixels: place of the eye, zoom, least depth; then x and y of (u, v, 1), where v
    counts from the horizon."""
    camera, view = frame.camera, frame.canvas.view
    u, v = camera.rolled([0.0, 1.0, 0.0], [HORIZON, HORIZON, HORIZON + 1.0])
    x, y = view.x(u), view.y(v)
    place = (camera.x, EYE + camera.y, camera.dolly - 1.0, camera.zoom, 1.0 + NEAREST_Z)
    return np.array([*place, *(k for p in (x, y) for k in (p[1] - p[0], p[2] - p[0], p[0]))])


def _lamps(frame: Frame, plates: Plates, rime: tuple[int, ...]) -> Array:
    """What falls on all plates: the performer's place and the least row that is mirrored (field pixels), field scale,
    picture height; the ways to key and counter-light, their blue green red; the rime's left, top and size, grain."""
    canvas, lights = frame.canvas, frame.lights
    s, view = canvas.scale, canvas.view
    u, v, _ = frame.camera.project(lights.beam.x, 0.62 * FIGURE_HEIGHT, lights.beam.z)
    towards = np.array([lights.key_from, lights.counter_from])
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    left, right, _, top = iceform.VIOLIN_BOX
    return np.array(
        [
            view.x(float(u)) / s - 0.5, view.y(float(v)) / s - 0.5, view.y(0.03) / s - 0.5, s, view.unit,
            *towards[0], *towards[1], *lights.key[::-1], *lights.counter[::-1],
            left, top, rime[1] / (right - left), *plates.grain[0], *plates.grain[1],
        ]
    )  # fmt: skip


@inline
def _seen(eye: Any, x: Any, y: Any, z: Any) -> Any:
    """Pixels of a world place, and pixels to a picture height's unit there."""
    scale = eye[3] / max(z - eye[2], eye[4])
    u, v = (x - eye[0]) * scale, (eye[1] - y) * scale
    return eye[5] * u + eye[6] * v + eye[7], eye[8] * u + eye[9] * v + eye[10], scale


@inline
def _flash(nx: Any, ny: Any, nz: Any, vx: Any, vy: Any, vz: Any, x: Any, y: Any, z: Any) -> Any:
    """How much of a lamp's image a face throws at us: the lamps' images are in front of the plates, not behind."""
    hx, hy, hz = x - vx, y - vy, -z - vz
    dot = (hx * nx + hy * ny + hz * nz) / max(math.sqrt(hx * hx + hy * hy + hz * hz), 1e-9)
    return min(max(dot, 0.0), 1.0) ** SHARPNESS


@kernel(
    "void(i8, i8, i8[::1], f8[:,:,::1], f8[:,::1], f8[:,:,::1], f8[:,::1], f8[::1], f8[::1], f4[:,:,:,::1], f4[:,::1],"
    " f8[::1])"
)
def plate_rows(
    first: int, end: int, order: Any, outlines: Any, places: Any, turns: Any, looks: Any, eye: Any, lamps: Any,
    slabs: Any, numbers: Any, shining: Any,
) -> None:  # fmt: skip
    """Plates in order as `facet_rows` wants them: corners in pixels of front and back, their numbers (zeros before),
    and how each one flashes, in its own place."""
    s, unit = lamps[3], lamps[4]
    per_flat = 1.0 / math.sqrt(lamps[5] * lamps[5] + lamps[6] * lamps[6])
    for k in range(first, end):
        i = order[k]
        out, turn, look = numbers[k], turns[i], looks[i]
        x, y, z = places[i, 0], places[i, 1], places[i, 2]
        size, mirror, shown, beam = look[0], look[3], look[4], look[6]
        vx, vy, vz = x - eye[0], y - eye[1], z - eye[2]
        near = 1.0 / max(math.sqrt(vx * vx + vy * vy + vz * vz), 1e-9)
        vx, vy, vz = vx * near, vy * near, vz * near
        nx, ny, nz = turn[0, 2], turn[1, 2], turn[2, 2]
        dot = vx * nx + vy * ny + vz * nz
        if dot > 0.0:
            nx, ny, nz, dot = -nx, -ny, -nz, -dot
        for side in range(2):
            to = (0.5 - side) * look[1]
            for c in range(CORNERS):
                corner = min(c, outlines.shape[1] - 1)
                a, b = outlines[i, corner, 0] * size, outlines[i, corner, 1] * size
                slabs[k, side, c, 0], slabs[k, side, c, 1], _ = _seen(
                    eye,
                    x + to * nx + turn[0, 0] * a + turn[0, 1] * b,
                    y + to * ny + turn[1, 0] * a + turn[1, 1] * b,
                    z + to * nz + turn[2, 0] * a + turn[2, 1] * b,
                )
        out[CENTRE], out[CENTRE + 1], scale = _seen(eye, x, y, z)
        bx, by, bz = vx - 2 * dot * nx, vy - 2 * dot * ny, vz - 2 * dot * nz
        ahead_x, ahead_y, _ = _seen(eye, x + bx * AHEAD, y + by * AHEAD, z + abs(bz) * AHEAD)
        ahead_x, ahead_y, turned = ahead_x / s - 0.5, ahead_y / s - 0.5, TURNED * mirror
        out[SEEN] = ahead_x + (lamps[0] - ahead_x) * turned
        out[SEEN + 1] = max(ahead_y + (lamps[1] - ahead_y) * turned, lamps[2])
        width = 2.0 * look[2] * size * scale * unit + 1.0
        held = min(max(HOLDS * unit / width, 1.0), 14.0)
        out[WIDE], out[SHRINK] = width, (1.6 + (held - 1.6) * mirror) / s
        light = 0.10 + 0.90 * beam
        key = _flash(nx, ny, nz, vx, vy, vz, lamps[5], lamps[6], lamps[7]) * light
        counter = _flash(nx, ny, nz, vx, vy, vz, lamps[8], lamps[9], lamps[10])
        shining[i] = key * shown
        out[REFLECT], out[ALPHA] = 0.70 + 0.85 * mirror, (0.36 + 0.61 * mirror) * shown
        out[RIM] = (0.56 + 0.16 * mirror) * (0.35 + 0.65 * light)
        out[SHINE] = (key * 1.3 + counter * 0.3) * (1.0 - 0.5 * mirror)
        out[FROST] = 0.05 * (1.0 - mirror) * light
        out[SLOPE], out[SLOPE + 1] = 0.55, 0.85
        out[BEVEL] = min(max(min(BEVEL_WIDTH * scale * unit, width * 0.12), 1.0), 7.0)
        out[TOWARDS], out[TOWARDS + 1] = lamps[5] * per_flat, lamps[6] * per_flat
        for c in range(3):
            out[TINT + c], out[OWN + c] = look[7 + c], look[10 + c]
            out[LIT + c] = lamps[11 + c] * light + lamps[14 + c]
        # where on the instrument's own map each pixel lies, taken as even over the plate
        grain = lamps[19] / (scale * size * unit)
        a, b, c, d = (
            turn[0, 0],
            turn[0, 1],
            -turn[1, 0],
            -turn[1, 1],
        )  # pixels right and down for a step along it
        flat = a * d - b * c
        grain /= flat if abs(flat) > 0.05 else math.copysign(0.05, flat)
        out[FORM], out[FORM + 1] = (
            (look[13] - lamps[17]) * lamps[19] - 0.5,
            (lamps[18] - look[14]) * lamps[19] - 0.5,
        )
        out[GRAIN], out[GRAIN + 1] = (
            grain * (lamps[20] * d - lamps[21] * c),
            grain * (lamps[21] * a - lamps[20] * b),
        )
        out[GRAIN + 2] = grain * (lamps[23] * c - lamps[22] * d)
        out[GRAIN + 3] = grain * (lamps[22] * b - lamps[23] * a)
        out[RIME] = look[5]
