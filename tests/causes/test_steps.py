"""Steps: only a foot that comes down elsewhere is one, wherever the span is cut; a touched floor answers too."""

from __future__ import annotations

import pytest

from performance.causes.eye import eye_at
from performance.causes.steps import CYCLE, dips, footfalls
from performance.gestures import GestureLog, Touch
from performance.score.reader import read_text
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "walks"
length = "20s"
stage.ghost = { x = "-0.6 -> 0.6" }
stage.performer = { pose = "walk" }

[[beat]]
id = "stands"
length = "20s"
stage.ghost = { x = 0.6 }
"""
TIMELINE = Timeline(read_text(SCORE), gestures=GestureLog([Touch(30.0, 0.2, 0.9), Touch(31.0, 0.2, 0.3)]))


def test_a_walk_is_steps_with_both_feet_in_turn() -> None:
    taken = footfalls(TIMELINE, 4.0, 16.0)
    assert len(taken) == pytest.approx(12.0 / CYCLE * 2, abs=2)
    assert {step.side for step in taken} == {0, 1}
    assert all(0.0 < step.strength <= 1.0 for step in taken)
    assert [step.t for step in taken] == sorted(step.t for step in taken)


def test_standing_is_no_step() -> None:
    assert footfalls(TIMELINE, 24.0, 29.0) == []


@pytest.mark.parametrize("cut", [5.0, 7.31, 11.999])
def test_spans_may_be_cut_anywhere(cut: float) -> None:
    assert footfalls(TIMELINE, 3.0, cut) + footfalls(TIMELINE, cut, 18.0) == footfalls(TIMELINE, 3.0, 18.0)


def test_a_touched_floor_dips_there_and_a_touched_sky_does_not() -> None:
    (dip,) = dips(TIMELINE, 29.0, 32.0)
    assert dip.t == 30.0
    assert eye_at(TIMELINE, 30.0).project(dip.x, 0.0, dip.z)[:2] == (pytest.approx(0.2), pytest.approx(0.9))
