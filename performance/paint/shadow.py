"""The shadow of a figure on the boards: sharp under the feet, soft where it comes from high up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE, HORIZON
from performance.paint.frame import Frame
from performance.paint.kernels import f4, kernel
from performance.stage.performer import Performer
from performance.stage.skeleton import BONE

Rows = NDArray[np.float32]
DEPTH = 0.80  # how much of the light on the boards a full shadow takes
SPREAD = 0.16  # how fast an edge softens with the height of what throws it

_PARTS: tuple[tuple[str, str, float, float], ...] = (
    ("pelvis", "chest", 0.075, 0.055), ("chest", "neck", 0.070, 0.035), ("neck", "head", 0.030, 0.055),
    *((a + s, b + s, ra, rb) for s in "AB" for a, b, ra, rb in (
        ("arm", "fore", 0.026, 0.020), ("fore", "hand", 0.019, 0.013), ("hand", "tips", 0.015, 0.008),
        ("thigh", "shin", 0.060, 0.040), ("shin", "foot", 0.036, 0.018), ("foot", "toes", 0.017, 0.013))),
)  # fmt: skip

_FEET = [BONE["footA"], BONE["footB"]]
_FROM = np.array([*(BONE[a] for a, _, _, _ in _PARTS), BONE["pelvis"]])
_TO = np.array([*(BONE[b] for _, b, _, _ in _PARTS), len(BONE)])  # the last is the skirt, down to its hem
_THICK = np.array([*((ra, rb) for _, _, ra, rb in _PARTS), (0.09, 0.15)])


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4[::1], i8, i8, i8)")
def darken(r0: int, r1: int, field: Rows, parts: Rows, look: Rows, x0: int, x1: int, top: int) -> None:
    """Multiply rows [top + r0, top + r1) of the light field by what the parts leave of the light.

    `parts` (n, 8): two places on the boards, then radius and softness of the edge at both, in units.
    """
    near = np.empty(parts.shape[0], np.int64)  # the parts whose shadow reaches a row
    for row in range(r0, r1):
        y = top + row
        below = (f4(y) + f4(0.5)) * look[0] - look[1]  # under the horizon, picture heights
        if below < f4(0.02):
            continue
        depth = look[2] / below
        z = depth - look[3]
        count = 0
        for n in range(parts.shape[0]):
            reach = max(parts[n, 4], parts[n, 5]) + max(parts[n, 6], parts[n, 7])
            az, bz = parts[n, 1] - z, parts[n, 3] - z
            if min(az, bz) < reach and max(az, bz) > -reach:
                near[count] = n
                count += 1
        if count == 0:
            continue
        for x in range(x0, x1):
            px = ((f4(x) + f4(0.5)) * look[0] - look[4]) * depth / look[5] - look[6]
            free = f4(1)
            for k in range(count):
                n = near[k]
                ex = parts[n, 2] - parts[n, 0]
                ez = parts[n, 3] - parts[n, 1]
                h = ((px - parts[n, 0]) * ex + (z - parts[n, 1]) * ez) / (ex * ex + ez * ez + f4(1e-8))
                h = min(max(h, f4(0)), f4(1))
                dx = px - parts[n, 0] - ex * h
                dz = z - parts[n, 1] - ez * h
                soft = parts[n, 6] + (parts[n, 7] - parts[n, 6]) * h
                thick = parts[n, 4] + (parts[n, 5] - parts[n, 4]) * h
                away = dx * dx + dz * dz
                if away >= (thick + soft) * (thick + soft):
                    continue
                u = min((thick + soft - np.sqrt(away)) / (f4(2) * soft), f4(1))
                # a part thinner than its soft edge takes only so much of the light
                free *= f4(1) - u * u * (f4(3) - f4(2) * u) * min(thick / soft * f4(1.2) + f4(0.15), f4(1))
            keep = f4(1) - look[7] * (f4(1) - free)
            field[y, x, 0] *= keep
            field[y, x, 1] *= keep
            field[y, x, 2] *= keep


def paint_shadow(frame: Frame, performer: Performer) -> None:
    """Darken the boards where the figure keeps the key light away. Call after the floor, before the figure."""
    canvas, camera = frame.canvas, frame.camera
    parts = _thrown(performer, frame.lights.directions()[0].astype(np.float64))
    reach = parts[:, 4:6].max(1) + parts[:, 6:8].max(1)
    low = np.minimum(parts[:, 0:2], parts[:, 2:4]) - reach[:, None]
    high = np.maximum(parts[:, 0:2], parts[:, 2:4]) + reach[:, None]
    xs = performer.x + np.array([low[:, 0].min(), high[:, 0].max()])
    zs = performer.z + np.array([high[:, 1].max(), low[:, 1].min()])
    view, scale = canvas.view, canvas.scale
    u, v, _ = camera.project(np.repeat(xs, 2), np.zeros(4), np.tile(zs, 2))
    x, y = view.x(u) / scale, view.y(v) / scale
    x0, x1 = max(int(x.min()), 0), min(int(x.max()) + 1, canvas.field_width)
    y0, y1 = max(int(y.min()), 0), min(int(y.max()) + 1, canvas.field_height)
    if x1 <= x0 or y1 <= y0:
        return
    look = np.array(
        [
            scale / view.unit, view.y(HORIZON) / view.unit, (EYE + camera.y) * camera.zoom,
            1.0 + performer.z - camera.dolly, view.width * 0.5 / view.unit, camera.zoom,
            performer.x - camera.x, DEPTH * performer.level,
        ],
        np.float32,
    )  # fmt: skip
    canvas.threads.bands(y1 - y0, darken, canvas.field, parts, look, x0, x1, y0)


def _thrown(performer: Performer, light: NDArray[np.float64]) -> Rows:
    """(n, 8) the body's parts along the light onto the boards, units from the figure's place, z away."""
    h = performer.height
    o = performer.origins.astype(np.float64) * (h, h, -h)
    o = np.concatenate([o, o[_FEET].mean(0, keepdims=True)])
    height = o[:, 1].copy()
    height[-1] = 0.12 * h  # of the skirt's hem
    thrown = o[:, ::2] - np.outer(height, light[[0, 2]] / max(light[1], 0.35))
    soft = 0.004 + SPREAD * o[:, 1]
    soft[-1] = 0.05 * h
    rows = np.empty((len(_FROM), 8), np.float32)
    rows[:, 0:2], rows[:, 2:4] = thrown[_FROM], thrown[_TO]
    rows[:, 4:6] = _THICK * h
    rows[:, 6], rows[:, 7] = soft[_FROM], soft[_TO]
    return rows
