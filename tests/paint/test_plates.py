"""Plates, glints, lines, ice and paper: right coverage, the same on any number of threads, at any size, never NaN."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from performance.causes.constellation import constellation
from performance.causes.fracture import fracture
from performance.causes.place import Camera
from performance.causes.touches import Touched
from performance.causes.violin import Placing
from performance.paint.canvas import TILE, Canvas
from performance.paint.frame import Frame
from performance.paint.ice import IceKit, paint_ice, paint_ice_light
from performance.paint.mirrors import paint_mirrors, paint_mirrors_light
from performance.paint.plates import paint_plates
from performance.paint.shards import paint_shards, paint_shards_light
from performance.paint.sheets import SheetKit, paint_sheets
from performance.paint.threads import Threads
from performance.stage.ice import Ice
from performance.stage.lights import Beam, Lights
from performance.stage.mirrors import mirrors_at
from performance.stage.plates import Plates
from performance.stage.shards import shards_at
from performance.stage.sheets import sheets_at

LIGHTS = Lights(beam=Beam(level=0.8, width=0.2))
KIT = IceKit()
Paint = Callable[[Frame], None]
SHEETS = {
    "level": 1,
    "count": 15,
    "x": 0,
    "spread": 0.6,
    "size": 0.15,
    "drift": 1,
    "ink": 0.9,
    "gleam": 0.2,
    "scatter": 0,
}


class Cue:
    """Values that do not move."""

    def __init__(self, **values: float) -> None:
        self.values = values

    def number(self, name: str) -> float:
        return float(self.values[name])


def _frame(width: int = 480, height: int = 270, threads: int = 1, camera: Camera = Camera()) -> Frame:
    canvas = Canvas(width, height, threads=Threads(threads))
    canvas.env[...] = 0.2
    canvas.field[...] = 0.1
    return Frame(canvas, camera, LIGHTS, 25.0, 11)


def _shards(frame: Frame) -> None:
    broken = fracture(11, 20.0, 0.0, 0.5, 0.0)
    shards = shards_at(Cue(level=1, glitter=1, glow=1), 20.7, 11, broken)  # type: ignore[arg-type]
    assert shards is not None
    paint_shards_light(frame, shards)
    paint_shards(frame, shards, KIT)


def _mirrors(frame: Frame) -> None:
    broken = fracture(11, 20.0, 0.0, 0.5, 0.0)
    stars = constellation(11, broken)
    touches = [Touched(30.0 + 3.0 * k, k, 1.0) for k in range(9)]
    cue = Cue(level=1, assemble=0.9, lines=1)
    mirrors = mirrors_at(cue, touches[2].t + 0.2, 11, broken, stars, touches)  # type: ignore[arg-type]
    assert mirrors is not None
    paint_mirrors_light(frame, mirrors)
    paint_mirrors(frame, mirrors, KIT)


def _ice(frame: Frame) -> None:

    ice = Ice(Placing(0.1, 0.4, 0.0, 0.3, 0.4), 1.0, 0.7, 0.6, 0.6, 1.0, 0.1, 0.0)
    paint_ice_light(frame, ice, KIT)
    paint_ice(frame, ice, KIT)


def _sheets(frame: Frame) -> None:
    sheets = sheets_at(Cue(**SHEETS), 30.0, 11)  # type: ignore[arg-type]
    assert sheets is not None
    paint_sheets(frame, sheets, SheetKit())


EVERYTHING = [_shards, _mirrors, _ice, _sheets]


def _square(own: float) -> Plates:
    """One mirror, upright over the boards."""
    return Plates(
        outlines=np.array([[[-0.1, -0.1], [0.1, -0.1], [0.1, 0.1], [-0.1, 0.1]]]),
        corners=np.array([4]),
        reach=np.array([0.15]),
        places=np.array([[0.0, 0.3, 0.0]]),
        turns=np.eye(3)[None],
        scale=np.ones(1),
        thickness=np.array([1e-5]),
        tint=np.ones((1, 3)),
        mirror=np.ones(1),
        own=np.full((1, 3), own),
        shown=np.ones(1),
        form=np.zeros((1, 2)),
        grain=np.eye(2),
        frosted=np.zeros(1),
    )


def test_a_plate_covers_its_own_area() -> None:
    frame = _frame()
    paint_plates(frame, _square(0.0), np.zeros((4, 4, 2), np.float32))
    covered = (frame.canvas.crisp[..., 3] > 0.4).sum()
    assert covered == pytest.approx((0.2 * frame.canvas.view.unit) ** 2, rel=0.03)


def test_light_in_a_plate_comes_out_at_its_cut_edges() -> None:
    dark, lit = _frame(960, 540), _frame(960, 540)
    for frame, own in ((dark, 0.0), (lit, 0.1)):
        paint_plates(frame, _square(own), np.zeros((4, 4, 2), np.float32))
    more = (lit.canvas.crisp - dark.canvas.crisp)[..., :3].max(-1)
    there = np.argwhere(dark.canvas.crisp[..., 3] > 0.9)
    (top, left), (bottom, right) = there.min(0), there.max(0)
    inside = more[top + 20 : bottom - 20, left + 20 : right - 20]
    for edge in (
        more[top, left:right],
        more[bottom, left:right],
        more[top:bottom, left],
        more[top:bottom, right],
    ):
        assert np.median(edge) > 1.3 * inside.max()


@pytest.mark.parametrize("paint", EVERYTHING)
def test_writes_are_finite_visible_and_in_touched_tiles(paint: Paint) -> None:
    frame = _frame()
    paint(frame)
    crisp, touched = frame.canvas.crisp, frame.canvas.touched
    assert np.isfinite(crisp).all() and np.isfinite(frame.canvas.air).all()
    assert crisp[..., :3].max() > 0.05 and crisp[..., 3].max() <= 1.0 + 1e-4
    written = (crisp != 0).any(-1)
    tiles = np.kron(touched, np.ones((TILE, TILE), np.uint8))[: crisp.shape[0], : crisp.shape[1]]
    assert not (written & (tiles == 0)).any()


@pytest.mark.parametrize("paint", EVERYTHING)
def test_threads_do_not_change_the_picture(paint: Paint) -> None:
    one, three = _frame(), _frame(threads=3)
    paint(one)
    paint(three)
    assert np.array_equal(one.canvas.crisp, three.canvas.crisp)
    assert np.array_equal(one.canvas.air, three.canvas.air)


@pytest.mark.parametrize("paint", EVERYTHING)
@pytest.mark.parametrize("size", [(320, 180), (180, 320), (700, 200)])
def test_any_shape_of_frame_and_a_moved_camera(paint: Paint, size: tuple[int, int]) -> None:
    frame = _frame(*size, camera=Camera(0.1, 0.05, 0.2, 1.2, 0.1))
    paint(frame)
    assert np.isfinite(frame.canvas.crisp).all()
