"""The silver plain: a ring for every step, gone after its time; the sky's hour wavers no faster than it may."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from performance.causes.steps import Footfall
from performance.score.reader import read_text
from performance.stage.silver import RING_LASTS, silver_at
from performance.stage.stage import stage_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "plain"
length = "60s"
stage.silver = { rings = 1 }
stage.watercolour = { dawn = 0.5, flicker = 1 }
stage.ghost = { x = "-0.6 -> 0.6" }
stage.performer = { pose = "walk" }
"""
TIMELINE = Timeline(read_text(SCORE))


def test_a_ring_runs_out_and_is_gone_in_time() -> None:
    cue = TIMELINE.cue("stage.silver", 10.0)
    step = Footfall(10.0, 0, 0.1, 0.0, 1.0)
    seen = [silver_at(cue, 10.0 + age, [step]) for age in (0.05, 1.0, 3.0, RING_LASTS)]
    fronts = [float(silver.rings[0, 2]) for silver in seen if silver]
    slopes = [float(silver.rings[0, 3]) for silver in seen if silver]
    assert fronts == sorted(fronts) and fronts[-1] > 2.0
    assert slopes[1] > slopes[2] > slopes[3] == pytest.approx(0.0)


def test_walking_rings_the_plain_at_the_feet() -> None:
    stage = stage_at(TIMELINE, 30.0)
    assert stage.silver is not None and stage.performer is not None
    newest = stage.silver.rings[np.argmin(stage.silver.rings[:, 2])]
    assert abs(newest[0] - stage.performer.x) < 0.12
    assert stage.silver.stood == stage.performer.z  # and it mirrors them from where they touch it


def test_the_hour_wavers_slowly() -> None:
    hours = [sky.dawn for n in range(1, 600) if (sky := stage_at(TIMELINE, n / 10.0).watercolour)]
    assert len(hours) == 599
    assert max(hours) - min(hours) > 0.2
    assert max(abs(b - a) for a, b in pairwise(hours)) < 0.1
