"""Curtain, chasm, sky and ceiling: where they are, where they are not, and in every shape of picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from performance.causes.place import Camera
from performance.paint.canvas import DETAIL_ONE
from performance.paint.ceiling import Room
from performance.paint.chasm import paint_chasm
from performance.paint.curtain import paint_drapes, paint_legs
from performance.paint.ends import LONGEST, SHORTEST, board_ends
from performance.paint.floor import paint_floor
from performance.paint.sky import paint_sky, paint_stars
from performance.paint.wings import Wings
from performance.stage.ceiling import Ceiling
from performance.stage.chasm import Chasm
from performance.stage.curtain import Curtain
from performance.stage.floor import Floor
from performance.stage.sky import Sky, stars_at
from tests.paint.scenery import frame_of, sane

SIZES = [(320, 180), (180, 320), (640, 200)]
NIGHT = Sky(
    1.0, 0.5, 0.5, 1.0, (0.0, 0.35, 0.28), (0.19, 0.05, 1.0), stars_at(3.0, 11, 1.0, 0.7, 1.0, (1, 1, 1)), 3.0
)
BEDROOM = Ceiling(1.0, 1.0, 0.3, (0.7, 0.8, 1.0), 0.1, 0.42, -0.5, 3.0)


def test_an_open_curtain_leaves_the_middle_free_and_a_closed_one_does_not() -> None:
    for opened, free in ((1.0, True), (0.0, False)):
        frame = frame_of()
        frame.canvas.field[...] = 0.7
        paint_drapes(frame, Curtain(open=opened, valance=0.0))
        h, w = frame.canvas.field.shape[:2]
        middle = frame.canvas.field[h // 3 : h // 2, w // 2 - 40 : w // 2 - 8, :3]
        assert bool((middle == np.float32(0.7)).all()) is free
        assert frame.canvas.field[h // 2, 2, :3].max() < 0.3


def test_the_curtain_reaches_the_edges_of_every_picture() -> None:
    for size in SIZES:
        frame = frame_of(*size)
        frame.canvas.field[...] = 0.7
        paint_drapes(frame, Curtain(open=0.7, valance=0.6))
        edge = frame.canvas.field[: frame.canvas.field_height // 3, :, 1]
        assert edge[:, 0].max() < 0.35
        assert edge[:, -1].max() < 0.35
        assert edge[0].max() < 0.35


def test_the_chasm_is_on_the_right_and_leaves_the_left_alone() -> None:
    frame, plain = frame_of(), frame_of()
    for each in (frame, plain):
        paint_floor(each, Floor())
    paint_chasm(frame, Chasm(edge=0.5, spill=0.0))
    left, right = np.s_[:, : frame.canvas.width // 3], np.s_[265:280, -20:]
    assert np.array_equal(frame.canvas.detail[left], plain.canvas.detail[left])
    assert (frame.canvas.detail[right] == DETAIL_ONE).all()
    blue, before = (each.canvas.field[132:140, -8:, 0].mean() for each in (frame, plain))
    assert blue > 4.0 * before


def test_a_chasm_that_has_not_opened_is_not_there() -> None:
    frame = frame_of()
    paint_chasm(frame, Chasm(level=0.0))
    assert frame.canvas.field.max() == 0.0


def test_board_ends_are_ragged_within_their_bounds() -> None:
    ends = board_ends()
    assert SHORTEST <= ends.min() < -0.1
    assert 0.3 < ends.max() <= LONGEST
    assert np.diff(ends).std() > 0.01


def test_stars_twinkle_but_never_jump_and_more_come_out_with_their_share() -> None:
    few, many = (stars_at(5.0, 11, share, 0.5, 1.0, (1, 1, 1)) for share in (0.2, 0.8))
    assert 0 < len(few) < len(many)
    a, b = (stars_at(t, 11, 0.6, 0.5, 1.0, (1, 1, 1)) for t in (5.0, 5.0 + 1 / 60))
    assert len(a) == len(b)
    assert np.abs(a[:, :2] - b[:, :2]).max() < 1e-3
    assert np.abs(a[:, 3:] - b[:, 3:]).max() < 0.25 * a[:, 3:].max()
    assert len(stars_at(5.0, 11, 0.0, 0.5, 1.0, (1, 1, 1))) == 0


def test_wings_hide_the_stars_behind_them() -> None:
    frame = frame_of()
    wings = Wings(frame.canvas)
    wings.paint(frame, Curtain(unfurl=1.0, t=3.0))
    xs = np.linspace(0, frame.canvas.width - 1, 400, dtype=np.float32)
    cover = wings.cover_at(xs, np.full(400, 0.30 * frame.canvas.height, np.float32))
    assert cover.min() >= 0.0
    assert cover.max() > 0.9
    assert sane(frame)
    free = Wings(frame.canvas)
    assert free.cover_at(xs, xs * 0).max() == 0.0


@pytest.mark.parametrize("unfurl", [0.01, 0.3, 0.6, 1.0])
def test_wings_over_nothing_keep_their_light_within_bounds(unfurl: float) -> None:
    frame = frame_of()
    frame.canvas.field[...] = 0.02
    wings = Wings(frame.canvas)
    wings.paint(frame, Curtain(unfurl=unfurl, t=1.0))
    wings.before_sea(frame)
    assert sane(frame)
    assert frame.canvas.field[..., :3].max() < 3.0


def test_the_caustic_keeps_its_light_whatever_it_does() -> None:
    frame = frame_of()
    room = Room(frame.canvas)
    sums = []
    for t in (0.0, 1.7, 4.2, 9.9):
        frame.canvas.crisp[...] = 0.0
        room.paint(frame, replace(BEDROOM, t=t))
        sums.append(float(frame.canvas.crisp[..., :3].sum()))
    assert min(sums) > 0.75 * max(sums) > 0.0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("camera", [Camera(), Camera(roll=0.25, x=0.2, y=0.1, dolly=0.3)])
def test_everything_fills_any_picture_at_any_tilt(size: tuple[int, int], camera: Camera) -> None:
    frame = frame_of(*size, camera=camera)
    paint_sky(frame, NIGHT)
    wings = Wings(frame.canvas)
    wings.paint(frame, Curtain(unfurl=0.7))
    paint_floor(frame, Floor())
    paint_chasm(frame, Chasm(edge=0.3))
    paint_legs(frame, Curtain())
    paint_drapes(frame, Curtain())
    paint_stars(frame, NIGHT, wings.cover_at)
    Room(frame.canvas).paint(frame, replace(BEDROOM, level=0.5))
    assert sane(frame)
