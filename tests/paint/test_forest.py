"""The forest's picture: the same however it was reached, in light, within the frame, and laid over without seams."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.place import Camera
from performance.paint.canvas import TILE, Canvas, Light
from performance.paint.frame import Frame
from performance.paint.orchids import Forest
from performance.paint.standing import BLOCK, Standing
from performance.paint.threads import Threads
from performance.score.kinds.moving import Moving
from performance.score.things.orchids import Orchids as Written
from performance.stage.forest import FAR, MIDDLE, NEAR
from performance.stage.lights import Beam, Lights
from performance.stage.orchids import Orchids, orchids_at
from performance.timeline import Cue

LIGHTS = Lights(Beam(level=0.8))


def forest(t: float, touched: tuple[tuple[int, float, float], ...] = (), **numbers: float) -> Orchids:
    kinds = {name: kind for name, kind in Written.kinds.items() if isinstance(kind, Moving)}
    values = {"level": 1.0, "grow": 1.0, **numbers}
    cue = Cue(
        {name: kind.rest(values.get(name, kind.default)) for name, kind in kinds.items()}, 0.0, 0.0, 9.0
    )
    made = orchids_at(cue, t, 7, touched=touched)
    assert made is not None
    return made


def painted(canvas: Canvas, painter: Forest, orchids: Orchids, t: float) -> tuple[Light, Light]:
    """The field, and the crisp picture where it is shown."""
    canvas.field[:] = 0.0
    canvas.crisp[:] = 0.0
    canvas.touched[:] = 0
    frame = Frame(canvas, Camera(), LIGHTS, t, 7)
    for plane in (FAR, MIDDLE, NEAR):
        painter.paint(frame, orchids, plane)
    shown = np.repeat(np.repeat(canvas.touched, TILE, 0), TILE, 1)[: canvas.height, : canvas.width]
    return canvas.field.copy(), canvas.crisp * shown[..., None]


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (336, 144), (200, 200)])
def test_every_shape_of_frame_has_forest_on_both_sides(size: tuple[int, int]) -> None:
    canvas = Canvas(*size)
    field, crisp = painted(canvas, Forest(canvas), forest(9.0), 9.0)
    assert np.isfinite(field).all()
    assert np.isfinite(crisp).all()
    assert crisp.min() >= -1e-5
    assert crisp[..., 3].max() <= 1.0 + 1e-4
    third = size[0] // 3
    left, right = crisp[:, :third], crisp[:, -third:]
    for side in (left, right):
        assert (side[..., 3] > 0.5).mean() > 0.06
    middle = crisp[:, size[0] * 9 // 20 : size[0] * 11 // 20, 3]
    assert (middle > 0.5).mean() < 0.02


def test_the_picture_is_the_same_whatever_was_drawn_before() -> None:
    fresh = Canvas(320, 180)
    expected = painted(fresh, Forest(fresh), forest(9.0, grow=0.8), 9.0)
    used = Canvas(320, 180, threads=Threads(1))
    painter = Forest(used)
    for t, grow in ((3.0, 0.3), (4.0, 1.0)):
        painted(used, painter, forest(t, grow=grow), t)
    again = painted(used, painter, forest(9.0, grow=0.8), 9.0)
    for a, b in zip(expected, again, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)


def test_a_touched_blossom_is_brighter() -> None:
    canvas = Canvas(320, 180)
    painter = Forest(canvas)
    which = int(np.argmax(forest(9.0).blossoms.radius[forest(9.0).blossoms.first[MIDDLE] :]))
    which += forest(9.0).blossoms.first[MIDDLE]
    plain = painted(canvas, painter, forest(9.0), 9.0)[1]
    flared = painted(canvas, painter, forest(9.0, touched=((which, 8.9, 1.0),)), 9.0)[1]
    assert flared.sum() > plain.sum()


def test_light_follows_the_level() -> None:
    canvas = Canvas(320, 180)
    painter = Forest(canvas)
    bright = painted(canvas, painter, forest(9.0), 9.0)[1][..., :3].sum()
    dim = painted(canvas, painter, forest(9.0, level=0.25), 9.0)[1][..., :3].sum()
    assert dim < 0.6 * bright


@pytest.mark.parametrize("size", [(1920, 1080), (1601, 999)])
def test_an_even_picture_of_half_the_size_is_laid_without_a_seam(size: tuple[int, int]) -> None:
    canvas = Canvas(*size)
    doubled = Standing(canvas, 2)
    doubled.plane[:] = (0.2, 0.3, 0.4, 0.5)
    doubled.marks[:] = 1
    doubled.lay()
    assert canvas.touched.all()
    np.testing.assert_allclose(
        canvas.crisp[2:-2, 2:-2],
        np.broadcast_to(np.float32((0.2, 0.3, 0.4, 0.5)), canvas.crisp[2:-2, 2:-2].shape),
        rtol=1e-5,
    )


def test_a_point_of_half_the_size_keeps_its_light_and_its_place() -> None:
    canvas = Canvas(1600, 900)
    doubled = Standing(canvas, 2)
    for y, x in ((100, 200), (96, 256), (TILE * 3 - 1, TILE * 5 - 1)):
        canvas.crisp[:] = 0.0
        canvas.touched[:] = 0
        doubled.clear()
        doubled.plane[y, x] = 1.0
        doubled.marks[y, (x - 1) // BLOCK : (x + 1) // BLOCK + 1] = 1
        doubled.lay()
        light = canvas.crisp[..., 0]
        assert light.sum() == pytest.approx(4.0, rel=1e-4)
        rows, columns = np.nonzero(light)
        assert (light[rows, columns] * rows).sum() / 4 + 0.5 == pytest.approx(2 * y + 1, abs=0.01)
        assert (light[rows, columns] * columns).sum() / 4 + 0.5 == pytest.approx(2 * x + 1, abs=0.01)


def test_played_at_its_pace_every_plane_is_what_it_was_a_moment_ago() -> None:
    played, steady = Canvas(1280, 720), Canvas(1280, 720)
    painter, still = Forest(played), Forest(steady)
    for k in range(5):
        picture = painted(played, painter, forest(9.0 + k / 60.0), 9.0 + k / 60.0)
    nearest = []
    for k in range(1, 5):
        t = 9.0 + k / 60.0
        whole = painted(steady, still, forest(t), t - k)  # each before the last: a jump, and all is drawn
        nearest.append([float(np.abs(a - b).mean()) for a, b in zip(whole, picture, strict=True)])
    assert np.min(nearest, axis=0).max() < 2e-3


def test_all_that_stands_is_marked_with_a_pixel_on_either_side() -> None:
    canvas = Canvas(1280, 720)
    painter = Forest(canvas)
    painted(canvas, painter, forest(9.0), 9.0)
    for standing in painter.planes.values():
        there = standing.plane[..., 3] > 0.0
        there[:, 1:] |= there[:, :-1].copy()
        there[:, :-1] |= there[:, 1:].copy()
        marked = np.repeat(standing.marks, BLOCK, 1)[:, : there.shape[1]] > 0
        assert there.any()
        assert not (there & ~marked).any()


def test_on_a_small_canvas_all_stands_in_every_pixel_and_on_a_very_small_one_nothing_stands() -> None:
    for rows, kept, share in ((720, True, 2), (480, True, 1), (180, False, 1)):
        standing = Standing(Canvas(rows * 16 // 9, rows), 2)
        assert (standing.kept, standing.share) == (kept, share)
        assert len(standing.plane) == rows // share


def test_a_fading_forest_is_seen_through_before_it_is_gone() -> None:
    canvas = Canvas(320, 180)
    cover = [
        painted(canvas, Forest(canvas), forest(9.0, level=level), 9.0)[1][..., 3].mean()
        for level in (1.0, 0.2, 0.05, 0.01)
    ]
    assert (np.diff(cover) < 0.0).all()
    assert cover[-1] < 0.1 * cover[0]


def test_what_stands_is_laid_as_it_was_drawn() -> None:
    canvas = Canvas(1280, 720)
    standing = Standing(canvas, 1)
    rng = np.random.default_rng(3)
    standing.plane[100:300, 200:417] = rng.random((200, 217, 4), np.float32)
    standing.marks[100:300, 200 // BLOCK : 416 // BLOCK + 1] = 1
    canvas.crisp[:] = below = rng.random((720, 1280, 4), np.float32)
    standing.lay()
    np.testing.assert_allclose(
        canvas.crisp, below * (1.0 - standing.plane[..., 3:]) + standing.plane, rtol=1e-5
    )
    assert canvas.touched[3:10, 6:14].all()
    standing.clear()
    assert not standing.plane.any()
    assert not standing.marks.any()
