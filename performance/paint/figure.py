"""The performer, drawn: skin, hair and silk in the light of two lamps behind her, sharp against the dark.

Points are carried by the bones and seen by the camera (skin.py), their triangles sorted into four samples a pixel
(only which triangle is in front is kept), and one kernel lights the pixels. Nothing is drawn when the figure is
outside the frame.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import EYE, HORIZON, ROLL_V
from performance.chance import chances
from performance.paint.closeup import bake_closeup
from performance.paint.figure_layers import HIDES
from performance.paint.figure_light import draw_figure
from performance.paint.figure_sort import BLOCK, BOTTOM, COUNT, EAST, PLANE, TOP, WEST, triangle_planes
from performance.paint.frame import Frame
from performance.paint.kernels import f4
from performance.paint.metal import golden_room
from performance.paint.modelled import modelled
from performance.paint.shadow import paint_shadow
from performance.paint.skin import PATCH, WIDE, carry
from performance.paint.skirt import COLUMNS, RINGS_DOWN, SKIRT_LENGTH, WAIST, hang
from performance.paint.threads import Threads
from performance.paint.trails import lay_strokes, trails_of
from performance.stage import figure_mesh
from performance.stage.lights import Lights
from performance.stage.performer import Performer
from performance.stage.skeleton import BONE

Rows = NDArray[np.float32]
Whole = NDArray[np.int32]
GOLD_FROM, GOLD_TO = 0.51, -0.66  # heights over the pelvis between which a coat of gold creeps down
CLOSE_FROM = 2400.0  # pixels of height from which one looks at its hands
REACH = 1.2  # of its height: no figure reaches farther from its hips, whatever it carries
STRETCHED = 1.5  # times as long as it was modelled: no edge between two joints is longer
WHOLLY = np.zeros((0, 2), np.int16)
COARSE_BELOW = 620.0  # pixels of height under which nobody can tell the coarse body from the fine one


@dataclass(frozen=True, slots=True)
class Body:
    """A modelled body with its skirt behind it: `triangles` (m, 3) into body points, then the skirt's."""

    points: Rows
    normals: Rows
    weights: Rows
    bones: Whole
    marks: Rows
    triangles: Whole
    skirt_from: int  # the first triangle that is cloth and has two sides
    rows: Rows = field(repr=False)
    planes: Rows = field(repr=False)
    spans: Whole = field(repr=False)
    blocks: Whole = field(repr=False)
    cloth: Rows = field(repr=False)
    length: float = SKIRT_LENGTH
    kind: float = 2.0  # of the cloth, see skin.py
    edge: float = 0.0  # of its height: the longest edge of a triangle that is not cloth


@dataclass(slots=True)
class FigureKit:
    """What is made once for drawing figures, and the bodies."""

    fine: Body
    coarse: Body
    close: Body | None = None
    others: tuple[FigureKit, ...] = ()  # those who are dressed otherwise
    coarse_below: float = COARSE_BELOW

    def body(self, pixels: float) -> Body:
        """The body that is drawn where it is so many pixels tall."""
        if pixels < self.coarse_below:
            return self.coarse
        if pixels < CLOSE_FROM:
            return self.fine
        self.close = self.close or dressed(bake_closeup(), 1)
        return self.close


def bake_figure() -> FigureKit:
    """Model the body, fine and coarse, or read it from the cache. Two pictures painted at once need one each."""
    fine, coarse = modelled("fine", figure_mesh.fine), modelled("coarse", figure_mesh.coarse)
    return FigureKit(dressed(fine, 1), dressed(coarse, 2))


def dressed(
    baked: dict[str, NDArray[np.generic]], skip: int, length: float = SKIRT_LENGTH, kind: float = 2.0
) -> Body:
    """A baked body with a skirt of which every `skip`th thread is modelled; 0: without one."""
    rings, columns = ((RINGS_DOWN - 1) // skip + 1, COLUMNS // skip) if skip else (0, 0)
    points = np.asarray(baked["points"], np.float32)
    n, m = points.shape[0], baked["triangles"].shape[0]
    marks = np.stack([baked["cloth"], baked["hair"], baked["open"], points[:, 1]], -1).astype(np.float32)
    triangles = np.concatenate([baked["triangles"], cloth_triangles(rings, columns) + n]).astype(np.int32)
    total, many = n + rings * columns, -(-triangles.shape[0] // BLOCK)
    return Body(
        points, np.ascontiguousarray(np.concatenate([baked["normals"], baked["coat"]], 1), np.float32),
        np.asarray(baked["weights"], np.float32),
        np.asarray(baked["bones"], np.int32), marks, triangles, m, np.empty((total, WIDE), np.float32),
        np.empty((many * BLOCK, PLANE), np.float32), np.empty((many * BLOCK, 2), np.int32),
        np.empty((many, 5), np.int32),
        np.empty((rings, columns, 4), np.float32), length, kind, _longest(points[triangles[:m]]),
    )  # fmt: skip


def _longest(corners: Rows) -> float:
    """The longest edge of triangles, (n, 3, 3)."""
    edges = corners - np.roll(corners, 1, 1)
    return float(np.sqrt((edges * edges).sum(-1).max(initial=0.0)))


def cloth_triangles(rings: int, columns: int) -> Whole:
    """(n, 3) triangles of a tube of cloth."""
    i, j = np.mgrid[0 : max(rings - 1, 0), 0:columns]
    a, b = i * columns + j, i * columns + (j + 1) % max(columns, 1)
    c, d = a + columns, b + columns
    return np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)]
    ).astype(np.int32)


def eye_of(frame: Frame, performer: Performer, body: Body) -> Rows:
    """Place and camera as (20,) numbers, see skin._see; the last are the middle of the rows, how far from the middle
    of the picture a point across and down is carried, and the kind of cloth. Of a triangle that reaches into the
    picture all corners are."""
    camera, view = frame.camera, frame.canvas.view
    room = (0.02 + STRETCHED * body.edge) * performer.height * _scale(frame, performer)
    return np.array(
        [
            performer.x, performer.z, performer.height, camera.x, EYE + camera.y, camera.dolly, camera.zoom,
            HORIZON, ROLL_V, math.cos(camera.roll), math.sin(camera.roll), view.unit,
            view.width * 0.5, view.height * 0.5 - 0.5 * view.unit,
            GOLD_FROM - (GOLD_FROM - GOLD_TO) * performer.gold, 0.075 * min(performer.gold * 6.0, 1.0),
            view.height * 0.5, view.width * 0.5 + room, view.height * 0.5 + room, body.kind,
        ],
        np.float32,
    )  # fmt: skip


def _scale(frame: Frame, performer: Performer) -> float:
    """Pixels per unit where the figure stands."""
    near = max(1.0 + performer.z - frame.camera.dolly, 0.28)
    return float(frame.camera.zoom / near * frame.canvas.view.unit)


_BALLS: list[tuple[str, str, float, float]] = [
    ("pelvis", "chest", 0.1, 0.066), ("pelvis", "chest", 0.8, 0.052), ("chest", "neck", 0.45, 0.060),
    ("chest", "neck", 0.9, 0.040), ("neck", "head", 0.6, 0.022),
    *((a + s, b + s, w, r) for s in "AB" for a, b, w, r in (
        ("arm", "fore", 0.1, 0.026), ("arm", "fore", 0.55, 0.021), ("fore", "hand", 0.05, 0.018),
        ("fore", "hand", 0.5, 0.017), ("fore", "hand", 1.0, 0.012), ("hand", "tips", 0.5, 0.012),
        ("thigh", "shin", 0.15, 0.054), ("thigh", "shin", 0.55, 0.042), ("thigh", "shin", 0.95, 0.029),
        ("shin", "foot", 0.35, 0.027), ("shin", "foot", 0.7, 0.020), ("shin", "foot", 1.0, 0.016))),
    ("neck", "head", 1.0 + 0.055 / 0.066, 0.056),
]  # fmt: skip
_BALL_FROM = np.array([BONE[start] for start, _, _, _ in _BALLS])
_BALL_TO = np.array([BONE[end] for _, end, _, _ in _BALLS])
_BALL_AT = np.array([at for _, _, at, _ in _BALLS], np.float32)
_BALL_SIZE = np.array([size for _, _, _, size in _BALLS], np.float32)
_ALL_BALLS = 32  # room for so many: those there are not lie far away


def balls_of(performer: Performer) -> Rows:
    """The body as balls (4, _ALL_BALLS), x y z radius, for soft shadows."""
    start, end = performer.origins[_BALL_FROM].T, performer.origins[_BALL_TO].T
    out = np.full((4, _ALL_BALLS), 1e3, np.float32)
    out[:3, : len(_BALLS)] = start + (end - start) * _BALL_AT
    out[3, : len(_BALLS)] = _BALL_SIZE
    out[3, len(_BALLS) :] = 1e-3
    return out


def folds_of(seed: int, t: float) -> Rows:
    """(13,) number, phase and depth of four kinds of folds that drift slowly; the clock of the air."""
    draw = _chances_of_folds(seed)
    rows: list[float] = []
    for k, (number, depth) in enumerate(((8, 0.50), (13, 0.42), (19, 0.20), (5, 0.34))):
        drift = 0.35 * math.sin(t * (0.35 + 0.2 * draw[4 + k]) + 6 * draw[k])
        rows += [number, 6.2832 * draw[k] + drift, depth]
    return np.array([*rows, t % 1000.0], np.float32)


@lru_cache(maxsize=16)
def _chances_of_folds(seed: int) -> list[float]:
    return [float(draw) for draw in chances(seed, "folds", count=8)]


def paint_performer(frame: Frame, performer: Performer, kit: FigureKit) -> None:
    """Draw one figure: her shadow on the boards, the light behind her, herself, the light in front."""
    paint_shadow(frame, performer)
    behind, before = trails_of(frame, performer)
    lay_strokes(frame, behind)
    paint_body(frame, performer, kit)
    lay_strokes(frame, before)


def paint_body(frame: Frame, performer: Performer, kit: FigureKit, gap: NDArray[np.int16] = WHOLLY) -> None:
    """Draw skin, hair and silk into the sharp layer, of each row what lies between the columns of a `gap`."""
    canvas = frame.canvas
    pixels = performer.height * _scale(frame, performer)
    body = kit.body(pixels)
    eye = eye_of(frame, performer, body)
    cx, cy = (int(k) for k in seen_at(eye, performer.origins[BONE["pelvis"]]))
    if max(-cx, cx - canvas.width, -cy, cy - canvas.height) > REACH * pixels:
        return
    if len(gap) and (cx + pixels / 2 < gap[:, 0].min() or cx - pixels / 2 > gap[:, 1].max()):
        return
    look = look_of(frame.lights, performer)
    waist = seen_at(eye, performer.hips[0] + np.array([0.0, 2.0 * WAIST, 0.0], np.float32))[1]
    skirted = abs(frame.camera.roll) > 0.1 or waist < canvas.height
    place_points(canvas.threads, body, performer, eye, look[:3], skirted)
    seen = body.triangles.shape[0] if skirted else body.skirt_from
    blocks = body.blocks[: -(-seen // BLOCK)]
    bands = canvas.threads.bands
    bands(
        blocks.shape[0], triangle_planes, body.planes, body.spans, blocks, body.triangles[:seen], body.rows,
        body.skirt_from, f4(cx), f4(cy), -cy, canvas.height - cy, -cx, canvas.width - cx,
    )  # fmt: skip
    shown = blocks[blocks[:, COUNT] > 0]
    if not len(shown):
        return
    top = (int(shown[:, TOP].min()) + cy) // canvas.scale * canvas.scale
    left = int(shown[:, WEST].min()) + cx
    bottom, right = int(shown[:, BOTTOM].max()) + cy, int(shown[:, EAST].max()) + cx
    canvas.touch(left, top, right, bottom)
    hides = HIDES * frame.lights.beam.before * performer.level
    bands(
        -(-(bottom - top) // canvas.scale), draw_figure, canvas.crisp, canvas.air, gap, body.planes, body.spans,
        blocks, body.rows, look, golden_room(), left, right, top, bottom, cx, cy, canvas.scale, f4(hides),
    )  # fmt: skip


def seen_at(eye: Rows, point: Rows) -> tuple[float, float]:
    """The pixel where a point of figure space is seen, as skin._see has it."""
    x, y, z = (float(k) for k in point)
    depth = max(1.0 + eye[1] - z * eye[2] - eye[5], 0.28)
    s = eye[6] / depth
    u, v = (eye[0] + x * eye[2] - eye[3]) * s, (eye[4] - y * eye[2]) * s + eye[7] - eye[8]
    return (u * eye[9] - v * eye[10]) * eye[11] + eye[12], (u * eye[10] + v * eye[9] + eye[8]) * eye[
        11
    ] + eye[13]


def place_points(
    threads: Threads, body: Body, performer: Performer, eye: Rows, light: Rows, skirted: bool = True
) -> None:
    """Fill body.rows: the skirt where it is to be seen, and the skin by its bones."""
    columns = body.cloth.shape[1]
    cloth = body.cloth if skirted else body.cloth[:0]
    if len(cloth):
        threads.bands(
            columns, hang, cloth, performer.hips, performer.hip_turns, performer.spin, performer.legs,
            folds_of(performer.seed, performer.t), f4(body.length),
        )  # fmt: skip
    threads.bands(
        len(cloth) + -(-body.points.shape[0] // PATCH), carry, body.rows, body.points, body.normals, body.weights,
        body.bones, body.marks, performer.turns, performer.moved, cloth, eye, light, balls_of(performer),
    )  # fmt: skip


def look_of(lights: Lights, performer: Performer) -> Rows:
    """Lights and manner as (28,) numbers, see figure_light.py: directions in figure space, colours blue first."""
    key, counter = _towards(lights.key_from), _towards(lights.counter_from)
    half = (key[0], key[1], key[2] + 1.0)  # half way between lamp and eye
    return np.array(
        [
            *key, *counter, *lights.key[::-1], *lights.counter[::-1], *lights.bounce[::-1], *lights.ambient[::-1],
            *performer.tint[::-1], performer.level, performer.glow, performer.t % 1000.0,
            min(max(max(lights.key) / 2.2, 0.2), 1.2), *(k / math.hypot(*half, 1e-3) for k in half),
        ],
        np.float32,
    )  # fmt: skip


def _towards(place: tuple[float, float, float]) -> tuple[float, float, float]:
    """The direction of a light, at length 1, z towards the audience."""
    k = 1.0 / math.hypot(*place)
    return place[0] * k, place[1] * k, -place[2] * k
