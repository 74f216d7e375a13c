"""The shadow of a figure on the boards: sharp under the feet, soft where it comes from high up."""

from __future__ import annotations

import math

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
_ENDS = np.array(  # the last is the skirt, down to its hem
    [*((BONE[a], BONE[b]) for a, b, _, _ in _PARTS), (BONE["pelvis"], len(BONE))]
)
_THICK = np.array([*((ra, rb) for _, _, ra, rb in _PARTS), (0.09, 0.15)], np.float32)


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
    parts = _thrown(performer, frame.lights.key_from)
    one, other = parts[:, :2], parts[:, 2:4]
    reach = np.maximum(parts[:, 4], parts[:, 5]) + np.maximum(parts[:, 6], parts[:, 7])
    x0, z0 = (np.minimum(one, other) - reach[:, None]).min(0).tolist()
    x1, z1 = (np.maximum(one, other) + reach[:, None]).max(0).tolist()
    near, far = performer.z + z0, performer.z + z1
    view, scale = canvas.view, canvas.scale
    u, v, _ = camera.project(
        np.array([x0, x0, x1, x1]) + performer.x, np.zeros(4), np.array([far, near, far, near])
    )
    x, y = (view.x(u) / scale).tolist(), (view.y(v) / scale).tolist()
    left, right = max(int(min(x)), 0), min(int(max(x)) + 1, canvas.field_width)
    top, bottom = max(int(min(y)), 0), min(int(max(y)) + 1, canvas.field_height)
    if right <= left or bottom <= top:
        return
    look = np.array(
        [
            scale / view.unit, view.y(HORIZON) / view.unit, (EYE + camera.y) * camera.zoom,
            1.0 + performer.z - camera.dolly, view.width * 0.5 / view.unit, camera.zoom,
            performer.x - camera.x, DEPTH * performer.level,
        ],
        np.float32,
    )  # fmt: skip
    canvas.threads.bands(bottom - top, darken, canvas.field, parts, look, left, right, top)


def _thrown(performer: Performer, light: tuple[float, float, float]) -> Rows:
    """(n, 8) the body's parts along the light onto the boards, units from the figure's place, z away. The light comes
    from there, at any length."""
    h, origins = performer.height, performer.origins
    k = 1.0 / max(light[1], 0.35 * math.hypot(*light))
    points = np.empty((len(BONE) + 1, 3), np.float32)
    points[:-1] = origins
    points[-1] = 0.5 * (origins[_FEET[0]] + origins[_FEET[1]])
    points[-1, 1] = 0.12  # of the skirt's hem
    # x and z on the boards, and how soft an edge is
    cast = np.array([(h, 0.0, 0.0), (-k * light[0] * h, -k * light[2] * h, SPREAD * h), (0.0, -h, 0.0)])
    fallen = points @ cast.astype(np.float32)
    fallen[:, 2] += 0.004
    fallen[-1, 2] = 0.05 * h
    ends = fallen[_ENDS]
    rows = np.empty((len(_ENDS), 8), np.float32)
    rows[:, :4], rows[:, 4:6], rows[:, 6:] = ends[..., :2].reshape(-1, 4), _THICK * h, ends[..., 2]
    return rows
