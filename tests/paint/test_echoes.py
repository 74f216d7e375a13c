"""Ghosts of earlier moments: however one comes to a moment they are the same, and no frame waits for a whole one."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest

from performance.paint.canvas import Canvas
from performance.paint.echoes import Echoes
from performance.paint.frame import Frame
from performance.paint.layers import Layers
from performance.paint.threads import Threads
from performance.score.reader import read_text
from performance.stage.echoes import TURNS, Ghost, echoes_at
from performance.stage.stage import Stage, stage_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "one"
length = "10s"
stage.spotlight = { level = "0.2 <> 1 every 3s" }
stage.floor = { level = 1 }

[[beat]]
id = "two"
length = "10s"
stage.sky = { level = "0 -> 1", stars = 1 }

[[beat]]
id = "now"
length = "20s"
fade = "0s"
stage.echoes = { level = "0 -> 1 over 2s", recall = "one two", passing = "0 -> 1 linear", reach = "8s" }
"""
TIMELINE = Timeline(read_text(SCORE))
NOW = TIMELINE.beat("now").start


def ghosts(t: float) -> tuple[Ghost, ...]:
    return echoes_at(TIMELINE.cue("stage.echoes", t), TIMELINE, t) or ()


class Painted:
    """Echoes painted alone, and which moments were asked for while they were."""

    def __init__(self) -> None:
        canvas = Canvas(160, 90, field_rows=90, threads=Threads(1))
        self.asked: Counter[float] = Counter()
        self.echoes = Echoes(canvas, Layers)
        self.canvas = canvas

    def at(self, t: float) -> np.ndarray:
        stage = stage_at(TIMELINE, t)
        self.canvas.field.fill(0.0)
        self.canvas.air.fill(0.0)
        self.asked.clear()
        self.echoes.paint(
            Frame(self.canvas, stage.camera, stage.lights, t, stage.seed), ghosts(t), self.stage_of
        )
        return self.canvas.field + self.canvas.air

    def stage_of(self, t: float) -> Stage:
        self.asked[t] += 1
        return stage_at(TIMELINE, t)


@lru_cache(maxsize=1)
def played() -> tuple[list[np.ndarray], list[int]]:
    """Two seconds at 60 frames a second: what is seen, and how many moments were begun in each frame."""
    painted = Painted()
    painted.at(NOW + 7.9)
    shown, asked = [], []
    for k in range(120):
        shown.append(painted.at(NOW + 8.0 + k / 60.0))
        asked.append(painted.asked.total())
    return shown, asked


@pytest.mark.parametrize("k", [17, 64, 119])
def test_a_jump_shows_what_playing_shows(k: int) -> None:
    np.testing.assert_array_equal(Painted().at(NOW + 8.0 + k / 60.0), played()[0][k])


def test_played_through_one_moment_at_most_is_begun_in_a_frame_and_each_only_once() -> None:
    _, asked = played()
    assert max(asked[int(120 / TURNS) :]) == 1
    assert sum(asked) <= len(ghosts(NOW + 8.0)) * (2.0 * TURNS + 2)


def test_ghosts_pass_without_a_step() -> None:
    shown = np.array([frame[..., :3].sum() for frame in played()[0]])
    assert np.abs(np.diff(shown)).max() < 0.05 * shown.mean()
    assert shown.min() > 0.0


def test_who_has_yet_to_come_is_not_seen_and_a_moment_leads_to_the_next() -> None:
    assert not ghosts(NOW - 1.0) and ghosts(NOW + 0.5)[1].level == 0.0 < ghosts(NOW + 15.0)[1].level
    turns = [ghosts(NOW + 8.0 + k / TURNS + 0.01) for k in range(5)]
    for before, after in pairwise(turns):
        assert all(a.moments[1:] == b.moments[:2] for a, b in zip(before, after))


def test_time_in_a_ghost_keeps_to_the_beat_that_it_recalls() -> None:
    for t in np.arange(NOW + 0.1, NOW + 20.0, 0.7):
        for ghost, name in zip(ghosts(float(t)), ("one", "two")):
            span = TIMELINE.beat(name)
            assert all(span.start <= moment < span.end for moment in ghost.moments)


def test_a_changed_score_is_painted_anew() -> None:
    painted = Painted()
    painted.at(NOW + 8.0)
    painted.echoes.forget()
    painted.at(NOW + 8.0)
    assert painted.asked.total() >= 2
