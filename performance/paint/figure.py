"""The performer, drawn: skin, hair and silk in the light of two lamps behind her, sharp against the dark.

Points are carried by the bones and seen by the camera (skin.py), their triangles sorted into four samples a pixel
(only which triangle is in front is kept), and one kernel lights the pixels. Nothing is drawn when the figure is
outside the frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.causes.place import EYE, HORIZON, ROLL_V
from performance.chance import chances
from performance.paint.cache import kept
from performance.paint.figure_light import light_pixels
from performance.paint.figure_sort import sort_triangles, triangle_planes
from performance.paint.frame import Frame
from performance.paint.kernels import f4
from performance.paint.metal import golden_room
from performance.paint.shadow import paint_shadow
from performance.paint.skin import WIDE, carry, sew
from performance.paint.skirt import COLUMNS, RINGS_DOWN, SKIRT_LENGTH, hang
from performance.paint.threads import Threads
from performance.paint.trails import lay_strokes, trails_of
from performance.stage import anatomy, cones, figure_mesh, flesh, limbs, skeleton
from performance.stage.performer import Performer
from performance.stage.skeleton import BONE

Rows = NDArray[np.float32]
Whole = NDArray[np.int32]
GOLD_FROM, GOLD_TO = 0.51, -0.66  # heights over the pelvis between which a coat of gold creeps down
CLOSE_FROM = 2400.0  # pixels of height from which one looks at its hands
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
    cloth: Rows = field(repr=False)


@dataclass(slots=True)
class FigureKit:
    """What is made once for drawing figures, and the sample buffers they are sorted in."""

    fine: Body
    coarse: Body
    depth: Rows
    front: Whole
    close: Body | None = None

    def body(self, pixels: float) -> Body:
        """The body that is drawn where it is so many pixels tall."""
        if pixels < COARSE_BELOW:
            return self.coarse
        if pixels < CLOSE_FROM:
            return self.fine
        self.close = self.close or dressed(kept("figure", "close", figure_mesh.close, MADE_BY), 1)
        return self.close

    def room(self, height: int, width: int) -> tuple[Rows, Whole]:
        """Sample buffers (height, 4 width) at least so large, kept from frame to frame."""
        need = height * width * 4
        if self.depth.size < need:
            spare = need * 3 // 2  # a figure that comes nearer needs a little more in every frame
            self.depth = np.empty(spare, np.float32)
            self.front = np.empty(spare, np.int32)
        shape = (height, width * 4)
        return self.depth[:need].reshape(shape), self.front[:need].reshape(shape)


MADE_BY = mark_of(*(module.__file__ for module in (figure_mesh, anatomy, cones, flesh, limbs, skeleton)))


def bake_figure() -> FigureKit:
    """Model the body, fine and coarse, or read it from the cache. Two pictures painted at once need one each."""
    fine = kept("figure", "fine", figure_mesh.fine, MADE_BY)
    coarse = kept("figure", "coarse", figure_mesh.coarse, MADE_BY)
    return FigureKit(dressed(fine, 1), dressed(coarse, 2), np.empty(0, np.float32), np.empty(0, np.int32))


def dressed(baked: dict[str, NDArray[np.generic]], skip: int) -> Body:
    """A baked body with a skirt of which every `skip`th thread is modelled; 0: without one."""
    rings, columns = ((RINGS_DOWN - 1) // skip + 1, COLUMNS // skip) if skip else (0, 0)
    points = np.asarray(baked["points"], np.float32)
    n, m = points.shape[0], baked["triangles"].shape[0]
    marks = np.stack([baked["cloth"], baked["hair"], baked["open"], points[:, 1]], -1).astype(np.float32)
    triangles = np.concatenate([baked["triangles"], cloth_triangles(rings, columns) + n]).astype(np.int32)
    total = n + rings * columns
    return Body(
        points, np.ascontiguousarray(np.concatenate([baked["normals"], baked["coat"]], 1), np.float32),
        np.asarray(baked["weights"], np.float32),
        np.asarray(baked["bones"], np.int32), marks, triangles, m, np.empty((total, WIDE), np.float32),
        np.empty((triangles.shape[0], 11), np.float32), np.empty((triangles.shape[0], 2), np.int32),
        np.empty((rings, columns, 4), np.float32),
    )  # fmt: skip


def cloth_triangles(rings: int, columns: int) -> Whole:
    """(n, 3) triangles of a tube of cloth."""
    i, j = np.mgrid[0 : max(rings - 1, 0), 0:columns]
    a, b = i * columns + j, i * columns + (j + 1) % max(columns, 1)
    c, d = a + columns, b + columns
    return np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)]
    ).astype(np.int32)


def eye_of(frame: Frame, performer: Performer) -> Rows:
    """Place and camera as (16,) numbers, see skin._see."""
    camera, view = frame.camera, frame.canvas.view
    return np.array(
        [
            performer.x, performer.z, performer.height, camera.x, EYE + camera.y, camera.dolly, camera.zoom,
            HORIZON, ROLL_V, np.cos(camera.roll), np.sin(camera.roll), view.unit,
            view.width * 0.5, view.height * 0.5 - 0.5 * view.unit,
            GOLD_FROM - (GOLD_FROM - GOLD_TO) * performer.gold, 0.075 * min(performer.gold * 6.0, 1.0),
        ],
        np.float32,
    )  # fmt: skip


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
_BALL_AT = np.array([[at] for _, _, at, _ in _BALLS], np.float32)
_BALL_SIZE = np.array([size for _, _, _, size in _BALLS], np.float32)


def balls_of(performer: Performer) -> Rows:
    """The body as (n, 4) balls, x y z radius, for soft shadows."""
    o = performer.origins
    out = np.empty((len(_BALLS), 4), np.float32)
    out[:, :3] = o[_BALL_FROM] + (o[_BALL_TO] - o[_BALL_FROM]) * _BALL_AT
    out[:, 3] = _BALL_SIZE
    return out


def folds_of(seed: int, t: float) -> Rows:
    """(13,) number, phase and depth of four kinds of folds that drift slowly; the clock of the air."""
    draw = chances(seed, "folds", count=8)
    rows = []
    for k, (number, depth) in enumerate(((8, 0.50), (13, 0.42), (19, 0.20), (5, 0.34))):
        rows += [
            number,
            6.2832 * draw[k] + 0.35 * np.sin(t * (0.35 + 0.2 * draw[4 + k]) + 6 * draw[k]),
            depth,
        ]
    return np.array([*rows, t % 1000.0], np.float32)


def paint_performer(frame: Frame, performer: Performer, kit: FigureKit) -> None:
    """Draw one figure: her shadow on the boards, the light behind her, herself, the light in front."""
    paint_shadow(frame, performer)
    behind, before = trails_of(frame, performer)
    lay_strokes(frame, behind)
    paint_body(frame, performer, kit)
    lay_strokes(frame, before)


def paint_body(frame: Frame, performer: Performer, kit: FigureKit) -> None:
    """Draw skin, hair and silk into the sharp layer."""
    canvas = frame.canvas
    eye = eye_of(frame, performer)
    scale = float(frame.camera.zoom / max(1.0 + performer.z - frame.camera.dolly, 0.28)) * canvas.view.unit
    body = kit.body(performer.height * scale)
    directions = frame.lights.directions() * np.array([1, 1, -1], np.float32)
    place_points(canvas.threads, body, performer, eye, directions[0])
    rows = body.rows
    x0, x1 = int(rows[:, 0].min()) - 1, int(rows[:, 0].max()) + 2
    y0, y1 = int(rows[:, 1].min()) - 1, int(rows[:, 1].max()) + 2
    x0, x1, y0, y1 = max(x0, 0), min(x1, canvas.width), max(y0, 0), min(y1, canvas.height)
    if x1 <= x0 or y1 <= y0 or not canvas.touch(x0, y0, x1, y1):
        return
    depth, front = kit.room(y1 - y0, x1 - x0)
    bands = canvas.threads.bands
    bands(
        body.triangles.shape[0],
        triangle_planes,
        body.planes,
        body.spans,
        body.triangles,
        rows,
        body.skirt_from,
        x0,
        y0,
    )
    bands(y1 - y0, sort_triangles, depth, front, body.planes, body.spans)
    look = look_of(frame, performer, directions)
    bands(
        y1 - y0,
        light_pixels,
        canvas.crisp,
        front,
        depth,
        body.planes,
        body.triangles,
        rows,
        look,
        golden_room(),
        x0,
        y0,
    )


def place_points(threads: Threads, body: Body, performer: Performer, eye: Rows, light: Rows) -> None:
    """Fill body.rows: the skin by its bones, then the skirt."""
    balls = balls_of(performer)
    n = body.points.shape[0]
    threads.bands(
        n, carry, body.rows, body.points, body.normals, body.weights, body.bones, body.marks, performer.turns,
        performer.moved, eye, light, balls,
    )  # fmt: skip
    rings, columns = body.cloth.shape[:2]
    if not rings:
        return
    folds = folds_of(performer.seed, performer.t)
    threads.bands(
        columns, hang, body.cloth, performer.hips, performer.hip_turns, performer.spin, performer.legs, folds,
        f4(SKIRT_LENGTH),
    )  # fmt: skip
    threads.bands(rings, sew, body.rows[n:], body.cloth, eye, light, balls)


def look_of(frame: Frame, performer: Performer, directions: Rows) -> Rows:
    """Lights and manner as (32,) numbers, see figure_light.light_pixels. Colours blue first."""
    lights = frame.lights
    out = np.zeros(32, np.float32)
    out[0:3], out[3:6] = directions[0], directions[1]
    for at, colour in (
        (6, lights.key),
        (9, lights.counter),
        (12, lights.bounce),
        (15, lights.ambient),
        (18, performer.tint),
    ):
        out[at : at + 3] = colour[::-1]
    out[21] = performer.level
    out[22] = performer.glow
    out[23] = performer.t % 1000.0
    half = directions[0] + np.array([0.0, 0.0, 1.0], np.float32)  # half way between lamp and eye
    out[25:28] = half / np.sqrt(half @ half + 1e-6)
    out[24] = float(np.clip(max(lights.key) / 2.2, 0.2, 1.2))
    return out
