"""People and motes as pixels: whatever is not there costs no pixel, and bands do not show."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from performance.causes.place import Camera
from performance.paint.audience import paint_audience, people_for
from performance.paint.canvas import Canvas
from performance.paint.frame import Frame
from performance.paint.motes import paint_mote_glow, paint_motes
from performance.paint.relief import sprite
from performance.paint.sunbeam import paint_sunbeam
from performance.paint.threads import Threads
from performance.stage.audience import Audience
from performance.stage.lights import Beam, Lights
from performance.stage.motes import Motes
from performance.stage.seats import seats
from performance.stage.sunbeam import Sunbeam


def frame(threads: int = 1, size: tuple[int, int] = (320, 180), camera: Camera | None = None) -> Frame:
    canvas = Canvas(*size, threads=Threads(threads))
    return Frame(canvas, camera or Camera(), Lights(beam=Beam(level=1.0)), 2.0, 11)


def audience(gone: float = 0.0) -> Audience:
    everyone = seats(11)
    still = np.zeros(len(everyone))
    return Audience(
        everyone, 1.0, still + 1.0, still + 0.02, still, still, still + gone, 0.0, 1.0, 1.0 - gone
    )


def motes(u: float, v: float, radius: float = 0.001) -> Motes:
    one = (np.array([number], np.float32) for number in (u, v, 1.0, radius))
    return Motes(*one, np.array([[1.0, 0.6, 0.2]], np.float32))


def test_people_cover_the_foot_of_the_picture_and_nothing_else() -> None:
    seen = frame()
    paint_audience(seen, audience())
    alpha = seen.canvas.crisp[..., 3]
    assert alpha[165:].min() > 0.9
    assert not alpha[:130].any()
    assert alpha.max() <= 1.0 + 1e-4
    assert (seen.canvas.crisp >= 0.0).all()


def test_letting_go_uncovers_the_picture() -> None:
    covered = []
    for gone in (0.0, 0.3, 0.6, 0.9):
        seen = frame()
        paint_audience(seen, dataclasses.replace(audience(gone), dark=0.0))
        covered.append(seen.canvas.crisp[140:, :, 3].mean())
    assert all(np.diff(covered) < -0.05)


def test_who_is_hardly_there_hides_hardly_anything() -> None:
    covered = []
    for here in (0.05, 0.5, 1.0):
        seen = frame()
        whole = audience()
        paint_audience(seen, dataclasses.replace(whole, here=here * whole.here, dark=0.0))
        covered.append(seen.canvas.crisp[150:, :, 3].mean())
    assert covered[0] < 0.12 < covered[1] < covered[2]


def test_nobody_left_is_no_pixel() -> None:
    seen = frame()
    paint_audience(seen, audience(1.0))
    assert not seen.canvas.crisp.any()


def test_every_written_tile_is_marked() -> None:
    seen = frame()
    paint_audience(seen, audience(0.4))
    written = seen.canvas.crisp.any(2)
    marked = np.kron(seen.canvas.touched, np.ones((32, 32), np.uint8))[:180, :320] > 0
    assert not (written & ~marked).any()


@pytest.mark.parametrize("camera", [Camera(), Camera(roll=0.12, x=0.05, dolly=-0.1)])
def test_bands_do_not_show(camera: Camera) -> None:
    one, three = frame(1, camera=camera), frame(3, camera=camera)
    for seen in (one, three):
        paint_audience(seen, audience(0.3))
        paint_motes(seen, motes(0.1, 0.5))
        paint_mote_glow(seen, motes(0.1, 0.5))
    assert np.array_equal(one.canvas.crisp, three.canvas.crisp)
    assert np.array_equal(one.canvas.air, three.canvas.air)


@pytest.mark.parametrize("size", [(180, 320), (640, 160), (321, 181)])
def test_any_shape_of_frame_has_people_to_its_edges(size: tuple[int, int]) -> None:
    seen = frame(size=size)
    paint_audience(seen, audience())
    assert seen.canvas.crisp[-4:, :, 3].min() > 0.85
    assert len(people_for(seen.canvas).first) >= 6


def test_the_light_of_the_pool_shows_from_its_side() -> None:
    """A person to the left of the pool is rimmed on the right."""
    answers, _, _ = sprite(2, 3, 40.0, 0.0)
    half = answers.shape[1] // 2
    left, right = answers[..., 0].astype(float), answers[..., 1].astype(float)
    assert left[:, :half].sum() > 1.5 * left[:, half:].sum()
    assert right[:, half:].sum() > 1.5 * right[:, :half].sum()


def test_a_mote_adds_light_and_hides_nothing() -> None:
    seen = frame()
    paint_motes(seen, motes(0.0, 0.5))
    assert not seen.canvas.crisp[..., 3].any()
    assert seen.canvas.crisp[90, 160, 2] > seen.canvas.crisp[90, 160, 0] > 0.0


def test_a_mote_behind_the_performer_is_hidden_by_her() -> None:
    seen = frame()
    seen.canvas.crisp[80:100, 150:170, 3] = 1.0
    behind = dataclasses.replace(motes(0.0, 0.5), scale=np.array([0.5], np.float32))
    paint_motes(seen, behind)
    assert not seen.canvas.crisp[..., :3].any()


@pytest.mark.parametrize("place", [(9.0, 0.5), (-9.0, 0.5), (0.0, 7.0), (0.0, -7.0)])
def test_motes_outside_are_not_drawn(place: tuple[float, float]) -> None:
    seen = frame()
    paint_motes(seen, motes(*place))
    paint_mote_glow(seen, motes(*place, 0.1))
    assert not seen.canvas.crisp.any()
    assert not seen.canvas.air.any()
    assert not seen.canvas.touched.any()


def test_near_motes_are_wide_and_dim() -> None:
    sharp, soft = frame(), frame()
    paint_mote_glow(sharp, motes(0.0, 0.5, 0.02))
    paint_mote_glow(soft, motes(0.0, 0.5, 0.06))
    assert soft.canvas.air.max() < sharp.canvas.air.max()
    assert (soft.canvas.air > 0).sum() > 2 * (sharp.canvas.air > 0).sum()


def test_the_ray_ends_at_the_boards() -> None:
    seen = frame()
    paint_sunbeam(
        seen, Sunbeam(1.0, (1.0, 0.7, 0.4), -0.7, -0.45, 0.0, 0.8, 0.3, 0.1, 0.85, np.zeros((0, 6)))
    )
    field = seen.canvas.field[..., 2]
    assert field.max() > 0.1
    rows = field.shape[0]
    assert field[int(0.96 * rows) :].max() < 0.01 * field.max()
    assert np.isfinite(field).all()
