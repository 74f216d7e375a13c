"""Boards lie where the camera says, shine where the beam falls, stay black in the dark, and mirror what is on them."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.place import Camera
from performance.paint.canvas import DETAIL_ONE
from performance.paint.deck import paint_deck
from performance.paint.floor import paint_floor
from performance.paint.floor_mirror import FloorMirror
from performance.paint.frame import Frame
from performance.paint.ground import first_row, ground, rows_of
from performance.paint.silver import SilverPlain
from performance.paint.tiles import shrink
from performance.stage.floor import Floor
from performance.stage.silver import Silver
from tests.paint.scenery import DARK, frame_of, sane

CAMERAS = (
    Camera(),
    Camera(x=0.2, y=0.1, dolly=0.2, zoom=1.3),
    Camera(roll=0.3, y=0.05),
    Camera(roll=-0.2, dolly=-0.6),
)
SILVER = Silver(
    level=1.0,
    metal=0.8,
    swell=1.0,
    charge=0.5,
    reach=1.0,
    line=0.5,
    colour=(0.8, 0.9, 1.0),
    glow=(1.0, 0.9, 0.8),
    rings=np.array([[0.0, 0.0, 0.3, 0.5, 30.0]], np.float32),
    t=12.0,
)


@pytest.mark.parametrize("camera", CAMERAS)
def test_the_ground_is_the_camera_read_backwards(camera: Camera) -> None:
    frame = frame_of(camera=camera)
    g = ground(frame).astype(np.float64)
    for x, z in ((0.0, 0.0), (0.7, 0.4), (-0.5, 2.0), (0.2, -0.3)):
        u, v, _ = camera.project(x, 0.0, z)
        du = (frame.canvas.view.x(float(u)) - g[1]) * g[0]
        dv = (frame.canvas.view.y(float(v)) - g[2]) * g[0]
        below = dv * g[3] - du * g[4] + g[5]
        depth = g[6] / below
        assert (du * g[3] + dv * g[4]) * depth * g[7] + g[8] == pytest.approx(x, abs=1e-4)
        assert depth + g[9] == pytest.approx(z, abs=1e-4)


@pytest.mark.parametrize("morph", [0.0, 0.4, 1.0])
def test_black_stays_black(morph: float) -> None:
    frame = frame_of(lights=DARK)
    floor = Floor(morph=morph, glass=(0.0, 0.0, 0.0))
    paint_floor(frame, floor)
    FloorMirror(frame.canvas).reflect(frame, floor)
    assert frame.canvas.field.max() < 1e-4
    assert sane(frame)


def test_the_pool_is_the_brightest_place_and_nothing_lies_over_the_horizon() -> None:
    frame = frame_of()
    paint_floor(frame, Floor())
    canvas = frame.canvas
    light = canvas.field[..., :3].sum(axis=2)
    u, v, _ = frame.camera.project(0.0, 0.0, 0.0)
    row, column = np.unravel_index(int(light.argmax()), light.shape)
    assert abs(column * canvas.scale - canvas.view.x(float(u))) < 0.12 * canvas.view.unit
    assert abs(row * canvas.scale - canvas.view.y(float(v))) < 0.06 * canvas.view.unit
    horizon = int(canvas.view.y(0.635))
    assert light[: horizon // canvas.scale].max() == 0.0
    assert (canvas.detail[:horizon] == DETAIL_ONE).all()
    assert canvas.detail[horizon + 60 :].std() > 3.0


@pytest.mark.parametrize("camera", CAMERAS)
def test_rows_of_the_boards_are_found_backwards(camera: Camera) -> None:
    frame = frame_of(camera=camera)
    g, width = ground(frame), frame.canvas.width
    low, high = rows_of(g, width, 0.07)
    for row, column in ((low, 0), (high, 0), (low, width - 1), (high, width - 1)):
        du, dv = (column + 0.5 - g[1]) * g[0], (row + 0.5 - g[2]) * g[0]
        below = dv * g[3] - du * g[4] + g[5] - 0.07
        assert abs(below) < 1e-4 or (below < 0) == (row == low)
    first = first_row(g, width, frame.canvas.height)
    paint_deck(frame)
    assert (frame.canvas.detail[:first] == DETAIL_ONE).all()
    assert (frame.canvas.detail[first : first + 40] != DETAIL_ONE).any()


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (700, 200)])
@pytest.mark.parametrize("camera", CAMERAS)
def test_the_mirrors_on_the_floor_look_at_nothing_that_was_not_made_ready(
    camera: Camera, size: tuple[int, int]
) -> None:
    frame = frame_of(*size, camera=camera)
    for floor in (Floor(), Floor(morph=0.6)):
        paint_floor(frame, floor)
        mirror = FloorMirror(frame.canvas)
        mirror.behind[...], mirror.stands[...] = np.nan, np.nan
        mirror.reflect(frame, floor)
        assert np.isfinite(frame.canvas.field).all()
    plain = SilverPlain(frame.canvas)
    for part in (plain.behind, plain.light, plain.exact, plain.soft):
        part[...] = np.nan
    plain.paint(frame, SILVER)
    assert sane(frame)


@pytest.mark.parametrize("camera", CAMERAS)
def test_the_number_of_threads_changes_nothing(camera: Camera) -> None:
    one, two = frame_of(camera=camera, threads=1), frame_of(camera=camera, threads=2)
    for frame in (one, two):
        paint_floor(frame, Floor())
        FloorMirror(frame.canvas).reflect(frame, Floor())
    assert np.array_equal(one.canvas.detail, two.canvas.detail)
    assert np.array_equal(one.canvas.field, two.canvas.field)


def _lamp(frame: Frame, u: float, v: float) -> None:
    canvas = frame.canvas
    x, y = int(canvas.view.x(u)), int(canvas.view.y(v))
    canvas.touch(x - 6, y - 6, x + 6, y + 6)
    canvas.crisp[y - 6 : y + 6, x - 6 : x + 6] = 4.0
    shrink(canvas)


@pytest.mark.parametrize("morph", [0.0, 1.0])
@pytest.mark.parametrize("u", [-0.04, 0.05])
def test_a_lamp_by_the_performer_is_mirrored_under_it(morph: float, u: float) -> None:
    frame = frame_of(lights=DARK)
    _lamp(frame, u, 0.72)
    FloorMirror(frame.canvas).reflect(frame, Floor(morph=morph, gloss=1.0, swell=0.2), centre=0.0)
    canvas = frame.canvas
    light = canvas.field[..., 1]
    row, column = np.unravel_index(int(light.argmax()), light.shape)
    assert light.max() > 0.01
    assert canvas.view.u(column * canvas.scale) == pytest.approx(u, abs=0.05)
    assert 0.80 < canvas.view.v(row * canvas.scale) < 0.97


def test_boards_look_the_same_from_afar_at_any_contrast_zero() -> None:
    frame = frame_of()
    paint_deck(frame, amount=0.0)
    assert (frame.canvas.detail == DETAIL_ONE).all()
