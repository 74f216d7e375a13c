"""The sea of glass reaches from the horizon to the foot of the picture, nearer things hide farther ones."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.place import Camera
from performance.paint.canvas import DETAIL_ONE
from performance.paint.floor_mirror import FloorMirror
from performance.paint.ground import ground
from performance.paint.sharpen import LEAVE, sharpen
from performance.paint.waves import blocks, march
from performance.stage.floor import Floor
from tests.paint.scenery import frame_of, sane

Light = np.ndarray


def _shape(t: float, camera: Camera | None = None) -> tuple[Light, int]:
    frame = frame_of(camera=camera)
    canvas = frame.canvas
    shape = np.full((canvas.field_height * 2, 4, canvas.field_width), 7.0, np.float32)
    canvas.threads.bands(
        blocks(canvas.field_width),
        march,
        shape,
        ground(frame, canvas.scale),
        np.array([t, 0.0, 1.0, 2.0], np.float32),
    )
    return shape, int(canvas.view.y(0.645) / canvas.scale * 2)


@pytest.mark.parametrize("t", [0.0, 3.3, 17.0, 4000.0])
def test_the_sea_has_no_holes_and_hides_what_is_behind_it(t: float) -> None:
    shape, horizon = _shape(t)
    depth = shape[:, 3]
    assert (depth[horizon + 2 :] > 0.0).all()
    assert (depth[: horizon - 8] == 0.0).all()
    seen = depth[horizon + 2 :]
    assert (np.diff(seen, axis=0) <= 1e-3).all()
    assert np.abs(shape[horizon + 2 :, :2]).max() < 1.5  # no wave stands like a wall
    assert shape[horizon + 2 :, 2].max() < 0.16  # none reaches the eye


def test_a_tilted_house_tilts_the_sea() -> None:
    level, _ = _shape(3.0)
    tilted, _ = _shape(3.0, Camera(roll=0.1))

    def first(shape: Light, column: int) -> int:
        return int(np.argmax(shape[:, 3, column] > 0.0))

    last = level.shape[2] - 1
    assert abs(first(level, 4) - first(level, last - 4)) <= 2
    assert first(tilted, 4) < first(tilted, last - 4) - 4


def test_waves_move_little_from_frame_to_frame() -> None:
    a, horizon = _shape(5.0)
    b, _ = _shape(5.0 + 1 / 60)
    assert np.abs(a[horizon + 4 :, 2] - b[horizon + 4 :, 2]).mean() < 0.002


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (640, 200), (641, 359)])
@pytest.mark.parametrize("morph", [0.05, 0.5, 1.0])
def test_it_fills_any_shape_of_picture(size: tuple[int, int], morph: float) -> None:
    frame = frame_of(*size)
    frame.canvas.field[...] = 0.05
    frame.canvas.env[...] = 0.05
    FloorMirror(frame.canvas).reflect(frame, Floor(morph=morph))
    assert sane(frame)
    assert (frame.canvas.field[-1, :, 1] != np.float32(0.05)).all()


def test_sharpening_what_is_already_exact_changes_nothing() -> None:
    canvas = frame_of().canvas
    soft = np.full((canvas.field_height, canvas.field_width), 0.3, np.float32)
    sharpen(canvas, np.repeat(soft, 2, axis=0), soft, 2, 1, (0, canvas.field_height))
    assert (canvas.detail == DETAIL_ONE).all()
    exact = np.full((canvas.field_height * 2, canvas.field_width), 0.3 * 1.44, np.float32)
    exact[:20] = LEAVE
    sharpen(canvas, exact, soft, 2, 1, (0, canvas.field_height))
    assert (canvas.detail[:18] == DETAIL_ONE).all()
    assert np.abs(canvas.detail[30:].astype(int) - round(DETAIL_ONE * 1.2)).max() <= 1
