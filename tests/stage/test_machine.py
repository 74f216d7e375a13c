"""The violin machine: its wheels are the ones that are heard, in mesh; its crystals are lit by their notes."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes import gears
from performance.score.reader import read_text
from performance.stage.drawing import Drawing
from performance.stage.stage import stage_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "machine"
length = "30s"
fade = "0s"
stage.machine = { built = "0 -> 1", far = 0.5 }
sound.gears = { teeth = "12 18+30 24", speed = 0.5 }
sound.pulses = { rate = 4 }
"""
TIMELINE = Timeline(read_text(SCORE))


def machine(t: float) -> Drawing:
    (drawing,) = stage_at(TIMELINE, t).drawings
    return drawing


def test_its_wheels_are_those_that_are_heard() -> None:
    shown = [machine(t).machine for t in (20.0, 21.0)]
    assert shown[0] is not None and shown[1] is not None
    wheels = gears.wheels_at(TIMELINE, 20.0)
    assert sorted(shown[0].wheels.teeth) == sorted(wheel.teeth for wheel in wheels)
    went = shown[1].wheels.angle - shown[0].wheels.angle  # the body itself sways by less than a degree
    heard = gears.angles(TIMELINE, 21.0) - gears.angles(TIMELINE, 20.0)
    np.testing.assert_allclose(np.sort(went), np.sort(heard), atol=0.02)


def test_its_wheels_touch_where_they_mesh() -> None:
    drawn = machine(20.0).machine
    assert drawn is not None
    wheels = drawn.wheels
    apart = np.hypot(*(wheels.place[:, None] - wheels.place[None]).transpose(2, 0, 1)[:2])
    touching = np.abs(apart - wheels.radius[:, None] - wheels.radius[None]) < 1e-6
    assert touching.sum() == 2 * 2  # 12 meets 18, and 30, on its shaft, 24


def test_it_is_put_together_piece_by_piece() -> None:
    shown = [machine(t).machine for t in (2.0, 15.0, 29.9)]
    counts = [(d.wheels.cover > 0.5).sum() for d in shown if d is not None]
    assert counts == sorted(counts) and counts[0] < counts[-1] == 4
    assert [d.body.built for d in shown if d is not None] == pytest.approx(
        [t / 30 for t in (2.0, 15.0, 29.9)], abs=0.1
    )


def test_its_crystals_flash_with_the_pulses() -> None:
    light = []
    for n in range(90):
        glints = machine(20.0 + n / 30).glints
        assert glints is not None
        light.append(float(glints.rays.sum()))
    assert max(light) > 1.5 * min(light)
