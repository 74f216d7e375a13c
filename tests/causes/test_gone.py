"""What moves at a changing rate never moves faster than that rate, and goes on from beat to beat without a jump."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.gone import gone
from performance.score.reader import read_text
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "slowly"
length = "100s"
stage.spiral = { turn = 0.1 }

[[beat]]
id = "faster-and-back"
length = "20s"
fade = "2s"
stage.spiral = { turn = "0.1 -> 1 -> -0.5 linear" }
"""
TIMELINE = Timeline(read_text(SCORE))


def angle(t: float) -> float:
    return gone(TIMELINE, "stage.spiral", "turn", t)


def test_it_moves_as_fast_as_the_score_says() -> None:
    times = np.arange(90.0, 125.0, 1 / 60)
    rates = [TIMELINE.cue("stage.spiral", float(t)).number("turn") for t in times]
    speed = np.diff([angle(float(t)) for t in times]) * 60.0
    assert speed == pytest.approx(np.array(rates[1:]), abs=0.02)


def test_what_never_changes_is_the_rate_times_the_time() -> None:
    still = Timeline(read_text(SCORE.split('[[beat]]\nid = "faster')[0]))
    assert [gone(still, "stage.spiral", "turn", t) for t in (-3.0, 0.0, 50.0, 110.0)] == pytest.approx(
        [-0.3, 0.0, 5.0, 11.0]
    )
