"""Pieces of a memory: they show what was, out of register, and only where they are."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from performance.paint.canvas import Canvas
from performance.paint.frame import Frame
from performance.paint.layers import Layers
from performance.paint.memory import Memories
from performance.paint.threads import Threads
from performance.score.reader import read_text
from performance.stage.memory import Memory, memory_at
from performance.stage.stage import stage_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "then"
length = "10s"
stage.sky = { level = 1, glow = 1 }

[[beat]]
id = "now"
length = "20s"
fade = "0s"
stage.memory = { level = 1, recall = "then", apart = "0 -> 1", size = 0.5, stutter = 6, split = 1 }
"""
TIMELINE = Timeline(read_text(SCORE))


def memory(t: float) -> Memory:
    found = memory_at(TIMELINE.cue("stage.memory", t), TIMELINE, t)
    assert found is not None
    return found


@lru_cache(maxsize=8)
def painted(t: float, threads: int = 1) -> np.ndarray:
    canvas = Canvas(320, 180, field_rows=90, threads=Threads(threads))
    stage = stage_at(TIMELINE, t)
    frame = Frame(canvas, stage.camera, stage.lights, t, stage.seed)
    Memories(canvas, Layers).paint(frame, memory(t), lambda then: stage_at(TIMELINE, then))
    return canvas.crisp


def test_whole_it_covers_its_picture_and_nothing_else() -> None:
    crisp = painted(10.0)
    size = memory(10.0).size
    assert abs(crisp[..., 3].sum() / 180**2 - size * size * 1.62) < 0.03 * size
    assert crisp[..., 3].max() <= 1.0 and crisp[..., :3].min() >= 0.0 and np.isfinite(crisp).all()
    assert not crisp[5].any() and not crisp[:, 5].any()


def test_it_shows_the_light_that_was() -> None:
    canvas = Canvas(350, 216, field_rows=216, threads=Threads(1))
    layers = Layers(canvas)
    then = memory(10.0).moments[0]
    layers.paint(stage_at(TIMELINE, then), None)
    was = canvas.field[..., :3] + canvas.air[..., :3] + canvas.crisp[..., :3]
    crisp = painted(10.0)
    shown = crisp[crisp[..., 3] > 0.99][:, :3]
    assert 0.5 < shown.mean() / was.mean() < 1.3


def test_threads_change_nothing() -> None:
    np.testing.assert_array_equal(painted(25.0, 1), painted(25.0, 2))


def test_apart_there_is_room_between_its_pieces() -> None:
    across = [np.ptp(np.flatnonzero(painted(t)[..., 3].any(0))) for t in (10.0, 29.0)]
    assert across[1] > 1.3 * across[0]
    assert (painted(29.0)[60:120, :, 3] == 0.0).mean() > 0.1
