"""The wings: drawn half by half without a seam, soft at the edges however coarse the canvas."""

from __future__ import annotations

import numpy as np
import pytest

from performance.paint.canvas import DETAIL_ONE, Canvas
from performance.paint.frame import Frame
from performance.paint.wings import EDGE, RATE, Wings
from performance.stage.curtain import Curtain
from tests.paint.scenery import LIT, frame_of


def at(frame: Frame, t: float) -> Frame:
    return Frame(frame.canvas, frame.camera, frame.lights, t, frame.seed)


def curtain(t: float) -> Curtain:
    return Curtain(unfurl=1.0, beat=0.5, t=t)


def test_played_on_they_are_those_of_a_moment_ago() -> None:
    played, still = Wings(frame_of().canvas), Wings(frame_of().canvas)
    frame = frame_of()
    for k in range(6):
        played.paint(at(frame, 3.0 + k / 60.0), curtain(3.0 + k / 60.0))
    differ = []
    for k in range(2, 6):
        still.paint(at(frame, 9.0 + k), curtain(3.0 + k / 60.0))
        differ.append(float(np.abs(still.buffer - played.buffer).max()))
    assert min(differ) < 1e-4


@pytest.mark.parametrize("level", [1.0, 0.4])
def test_feathers_in_front_cover_those_behind(level: float) -> None:
    frame = frame_of()
    wings = Wings(frame.canvas)
    wings.paint(frame, Curtain(unfurl=1.0, t=3.0, level=level))
    assert np.isfinite(wings.buffer).all()
    cover = wings.buffer[:, 3]
    assert cover.max() <= 1.0 + 1e-5
    assert cover.max() >= level
    assert (wings.buffer[:, :3].max(axis=1) <= 4.0 * cover + 1e-6).all()


@pytest.mark.parametrize("size", [(640, 360), (1280, 720)])
def test_edges_are_soft_at_any_density(size: tuple[int, int]) -> None:
    frame = frame_of(*size)
    wings = Wings(frame.canvas)
    wings.paint(frame, curtain(3.0))
    steps = np.abs(np.diff(wings.buffer[:, 3], axis=1))
    assert (steps > EDGE + 0.1).mean() < 2e-3  # but for the sharp ends of quills


def test_the_detail_is_left_alone_far_from_them() -> None:
    frame = frame_of()
    wings = Wings(frame.canvas)
    wings.paint(frame, curtain(3.0))
    wings.before_sea(frame)
    wide = wings.shrunk
    free = np.repeat(np.repeat(wings.buffer[:, 3] == 0.0, wide, 0), wide, 1)
    far = free.copy()
    for _ in range(5 * frame.canvas.scale):
        far[1:] &= far[:-1].copy()
        far[:-1] &= far[1:].copy()
        far[:, 1:] &= far[:, :-1].copy()
        far[:, :-1] &= far[:, 1:].copy()
    h, w = frame.canvas.detail.shape
    assert far[:h, :w].any()
    assert (frame.canvas.detail[far[:h, :w]] == DETAIL_ONE).all()
    assert (frame.canvas.detail != DETAIL_ONE).any()


def test_no_frame_draws_much_more_than_another() -> None:
    rows: list[int] = []
    canvas = Canvas(640, 360, field_rows=200)
    bands = canvas.threads.bands

    def counted(count: int, kernel: object, *arguments: object) -> None:
        if getattr(getattr(kernel, "dispatcher", None), "__name__", "") == "feather_rows":
            rows[-1] += count
        bands(count, kernel, *arguments)  # type: ignore[arg-type]

    canvas.threads.bands = counted  # type: ignore[method-assign]
    wings = Wings(canvas)
    for k in range(12):
        rows.append(0)
        frame = Frame(canvas, frame_of().camera, LIT, 3.0 + k / (2.0 * RATE), 11)
        wings.paint(frame, curtain(frame.t))
    assert max(rows[2:]) < 1.7 * min(rows[2:])
