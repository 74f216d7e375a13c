"""People of mist: whole at first, smoke in orbit at last, and never lost on the way."""

from __future__ import annotations

import numpy as np
import pytest

from performance.score.reader import read_text
from performance.stage.mist import Mist, mist_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "stands"
length = "40s"
stage.mist = { dissolve = "0 -> 1", breath = 1, count = 30 }
"""
TIMELINE = Timeline(read_text(SCORE))


def mist(t: float) -> Mist:
    found = mist_at(TIMELINE.cue("stage.mist", t), TIMELINE, t, (0.0, 0.0))
    assert found is not None
    return found


def test_people_stand_apart_from_whoever_is_in_the_middle() -> None:
    puffs = mist(2.0).puffs
    u = puffs[..., 0] / (1.0 + puffs[..., 2])
    near = puffs[:, 0, 2] < 1.0
    assert len(puffs) == 30
    assert np.abs(u[near].mean(1)).min() > 0.2


def test_they_are_painted_from_the_farthest_to_the_nearest() -> None:
    depth = mist(2.0).puffs[..., 2].mean(1)
    assert np.all(np.diff(depth) <= 1e-6)


def test_smoke_circles_the_middle_and_closes_its_eyes() -> None:
    before, after = mist(2.0), mist(39.9)
    assert after.loose == pytest.approx(1.0, abs=0.02) and before.loose < 0.2
    assert after.eyes.light.max() < 0.02 < before.eyes.light.max()
    assert np.abs(after.puffs[..., 0]).max() < 3.0


def test_it_moves_smoothly() -> None:
    for t in (3.0, 20.0, 33.0):
        a, b = (np.sort(m.puffs[..., 1].ravel()) for m in (mist(t), mist(t + 1 / 60)))
        assert np.abs(b - a).max() < 0.02


def test_no_two_bodies_are_alike() -> None:
    puffs = mist(2.0).puffs
    shapes = (puffs[:, :25, 0] - puffs[:, :25, 0].mean(1, keepdims=True)) / np.ptp(puffs[:, :25, 1], 1)[
        :, None
    ]
    apart = np.abs(shapes[:, None] - shapes[None]).max(2) + np.eye(len(shapes))
    assert apart.min() > 0.004


def test_who_goes_unravels_from_the_head() -> None:
    before, after = mist(2.0).puffs, mist(14.0).puffs
    light = np.sort(before[:, 0, 4]).sum() - np.sort(after[:, 0, 4]).sum()
    hem = np.sort(before[:, 24, 4]).sum() - np.sort(after[:, 24, 4]).sum()
    assert light / before[:, 0, 4].sum() > hem / before[:, 24, 4].sum()
