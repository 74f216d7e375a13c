"""A broken memory: whole it tiles its picture, apart its pieces scatter, and each steps through what it remembers."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes import cracks
from performance.score.reader import read_text
from performance.stage.memory import WIDE, Memory, memory_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "then"
length = "20s"
stage.performer = { pose = "balance" }

[[beat]]
id = "now"
length = "20s"
fade = "0s"
stage.memory = { recall = "then", apart = "0 -> 1", size = 0.5, stutter = 6 }
"""
TIMELINE = Timeline(read_text(SCORE))


def memory(t: float) -> Memory:
    found = memory_at(TIMELINE.cue("stage.memory", t), TIMELINE, t)
    assert found is not None
    return found


def test_whole_it_is_the_picture_without_a_gap() -> None:
    whole = memory(20.0)
    areas = sum(cracks.area(outline[:n]) for outline, n in zip(whole.outlines, whole.corners, strict=True))
    assert areas == pytest.approx(0.5 * 0.5 * WIDE, rel=0.03)
    assert np.abs(whole.places[:, 0]).max() < 0.5 * 0.5 * WIDE


def test_apart_its_pieces_have_flown_out_and_turned() -> None:
    before, after = memory(20.0), memory(39.9)
    assert np.ptp(after.places[:, 0]) > 1.3 * np.ptp(before.places[:, 0])
    assert np.abs(after.turns).max() > 0.2 > np.abs(before.turns).max()


def test_it_remembers_the_beat_it_names_in_small_steps() -> None:
    span = TIMELINE.beat("then")
    assert all(span.start <= t < span.end for t in memory(25.0).moments)
    shots = np.array([np.sort(memory(25.0 + n / 60.0).shot) for n in range(60)])
    assert len(np.unique(shots)) > 4
    assert 0 < np.abs(np.diff(shots, axis=0)).mean() < 0.5


def test_what_is_not_there_is_not_remembered() -> None:
    empty = Timeline(read_text(SCORE.replace('recall = "then"', 'recall = "never"')))
    assert memory_at(empty.cue("stage.memory", 25.0), empty, 25.0) is None
