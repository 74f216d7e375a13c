"""What the seed turns and leans: always far enough to be seen, never farther than said."""

from __future__ import annotations

from itertools import pairwise

import pytest

from performance.causes.otherwise import LEAST, lean, side, turned
from performance.score.reader import read_text
from performance.stage.stage import stage_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "one"
length = "20s"
fade = "0s"
stage.camera = { x = 0.2, otherwise = "0 -> 1", drift = 0 }
stage.spotlight = { x = 0.4, source_x = 0.5, otherwise = "0 -> 1" }
"""
SEEDS = range(60)


def test_both_sides_come_up_and_everything_leans_to_both() -> None:
    assert {side(seed) for seed in SEEDS} == {-1.0, 1.0}
    leant = [lean(seed, "lamp") for seed in SEEDS]
    assert min(leant) < 0.0 < max(leant)
    assert all(LEAST <= abs(far) <= 1.0 for far in leant)
    assert leant != [lean(seed, "seat") for seed in SEEDS]


def test_a_place_is_as_written_or_the_other_way_round() -> None:
    for seed in SEEDS:
        assert turned(0.3, 0.0, seed) == 0.3
        assert abs(turned(0.3, 1.0, seed)) == pytest.approx(0.3)


def test_a_seed_moves_eye_and_lamp_as_far_as_the_score_asks_and_never_at_once() -> None:
    written = stage_at(Timeline(read_text(SCORE), 1), 0.0)
    assert written.camera.x == pytest.approx(0.2) and written.lights.beam.x == pytest.approx(0.4)
    ends = {round(stage_at(Timeline(read_text(SCORE), seed), 19.9).camera.x, 3) for seed in SEEDS}
    assert len(ends) > 50
    timeline = Timeline(read_text(SCORE), 7)
    way = [stage_at(timeline, n / 60).lights.beam.from_x for n in range(1190)]
    assert max(abs(b - a) for a, b in pairwise(way)) < 0.01
