"""The two ways a tile is finished agree, threads change nothing, and any size is filled."""

from __future__ import annotations

import numpy as np
import pytest

from performance.chance import chances
from performance.paint.canvas import SAFE_WIDTH, Canvas, View
from performance.paint.finish import finish, make_grain
from performance.paint.threads import Threads
from performance.paint.tiles import clear_crisp


def lit(width: int, height: int, threads: int = 1) -> Canvas:
    """A canvas with smooth light in its field and its air."""
    canvas = Canvas(width, height, threads=Threads(threads))
    y, x = np.mgrid[0 : canvas.field_height, 0 : canvas.field_width] / 40.0
    for k in range(3):
        canvas.field[..., k] = 0.3 + 0.3 * np.sin(x + k) * np.cos(y)
        canvas.air[..., k] = 0.05 + 0.05 * np.cos(x * 1.3 - k)
    return canvas


def finished(canvas: Canvas) -> np.ndarray:
    pixels = np.zeros((canvas.height, canvas.width, 4), np.uint8)
    finish(canvas, pixels, 3, 1.0, make_grain(canvas.width))
    return pixels


@pytest.mark.parametrize("size", [(480, 270), (641, 361), (320, 180), (270, 480), (1280, 320)])
def test_a_touched_tile_with_nothing_in_it_looks_like_an_untouched_one(size: tuple[int, int]) -> None:
    """Their grain differs, what it lies on does not: in the mean of blocks, to a third of a display step."""
    canvas = lit(*size)
    plain = blocks(finished(canvas))
    canvas.touched[:] = 1
    assert np.abs(blocks(finished(canvas)) - plain).max() < 1.0
    assert abs((blocks(finished(canvas)) - plain).mean()) < 0.1


def blocks(pixels: np.ndarray, side: int = 16) -> np.ndarray:
    h, w = (k // side * side for k in pixels.shape[:2])
    return pixels[:h, :w, :3].reshape(h // side, side, w // side, side, 3).mean((1, 3))


def test_frames_do_not_depend_on_the_number_of_threads() -> None:
    one, three = lit(640, 360, 1), lit(640, 360, 3)
    for canvas in (one, three):
        canvas.touched[2:5, 3:9] = 1
        canvas.crisp[80:150, 100:280] = 0.5
    assert np.array_equal(finished(one), finished(three))


def test_detail_modulates_the_field_alone() -> None:
    canvas = lit(320, 180)
    canvas.detail[:90] = 0
    canvas.air.fill(0.0)
    pixels = finished(canvas)
    assert pixels[:90, :, :3].max() <= 8
    assert pixels[90:, :, :3].mean() > 60


def test_clearing_leaves_nothing_behind() -> None:
    canvas = lit(320, 180)
    canvas.touch(30, 30, 100, 90)
    canvas.crisp[30:90, 30:100] = 1.0
    canvas.threads.bands(canvas.touched.shape[0], clear_crisp, canvas.crisp, canvas.touched)
    assert not canvas.touched.any()
    assert not canvas.crisp.any()


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (3840, 1080), (800, 600), (320, 180)])
def test_every_frame_shows_the_safe_part(size: tuple[int, int]) -> None:
    view = View(*size)
    for u in (-SAFE_WIDTH / 2, SAFE_WIDTH / 2):
        assert -1e-6 <= view.x(u) <= size[0] + 1e-6
    for v in (0.0, 1.0):
        assert -1e-6 <= view.y(v) <= size[1] + 1e-6
    places = chances(1, "view", count=20)
    assert np.allclose(view.u(view.x(places)), places)
    assert np.allclose(view.v(view.y(places)), places)


def test_touching_outside_the_frame_is_refused() -> None:
    canvas = Canvas(320, 180, threads=Threads(1))
    assert not canvas.touch(-90, -90, -40, -40)
    assert not canvas.touch(400, 10, 500, 40)
    assert not canvas.touched.any()
    assert canvas.touch(-20, -20, 10, 10)
    assert canvas.touched[0, 0]


@pytest.mark.parametrize("size", [(320, 180), (641, 361), (960, 540), (1280, 720)])
def test_the_crisp_picture_is_used_up_and_leaves_its_cover(size: tuple[int, int]) -> None:
    """Whatever number of pixels makes one of the field: the fourth byte says how far each pixel is covered."""
    canvas = lit(*size)
    canvas.touch(70, 40, 170, 130)
    canvas.crisp[40:130, 70:170, 3] = 0.5
    pixels = finished(canvas)
    assert (pixels[40:130, 70:170, 3] == 127).all()
    pixels[40:130, 70:170, 3] = 0
    assert not pixels[..., 3].any()
    assert not canvas.touched.any()
    assert not canvas.crisp.any()
