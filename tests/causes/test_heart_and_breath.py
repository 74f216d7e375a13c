"""Hearts and breaths are known in advance: by the ear, by the light, from anywhere."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes import breath, heart
from performance.score.reader import read_text
from performance.timeline import Timeline

SCORE = """
title = "a test"
[[beat]]
id = "one"
length = "20s"
sound.heart = { rate = "60 -> 120 linear" }
sound.breath = { rate = 15 }
[[beat]]
id = "two"
length = "20s"
sound.heart = { rate = 120 }
[[beat]]
id = "three"
length = "10s"
fade = "0s"
sound.heart = { gain_db = -60 }
"""
TIMELINE = Timeline(read_text(SCORE))


def test_the_rate_is_the_scores_and_never_jumps() -> None:
    beats = heart.heart_beats(TIMELINE, 0.0, 40.0)
    gaps = np.diff([beat.first for beat in beats])
    assert len(beats) == pytest.approx(20 * 1.5 + 40, abs=1)
    assert gaps[:3].mean() == pytest.approx(1.0, rel=0.12)
    assert gaps[-10:].mean() == pytest.approx(0.5, rel=0.03)
    assert np.abs(np.diff(gaps)).max() < 0.12
    assert [beat.index for beat in beats] == list(range(len(beats)))


def test_any_cutting_finds_every_beat_once() -> None:
    whole = heart.heart_beats(TIMELINE, 0.0, 50.0)
    edges = np.arange(0.0, 50.01, 0.37)
    assert [b for a, c in zip(edges, [*edges[1:], 50.0]) for b in heart.heart_beats(TIMELINE, a, c)] == whole


def test_a_silent_heart_does_not_beat() -> None:
    assert not heart.heart_beats(TIMELINE, 40.2, 50.0)


def test_the_second_closure_comes_sooner_when_it_races() -> None:
    calm, racing = heart.heart_beats(TIMELINE, 0.0, 2.0)[0], heart.heart_beats(TIMELINE, 30.0, 32.0)[0]
    assert racing.second - racing.first < calm.second - calm.first < 0.45


def test_light_swells_with_the_beat() -> None:
    beat = heart.heart_beats(TIMELINE, 3.0, 9.0)[0]
    assert heart.pulse(TIMELINE, beat.first + 0.06) > 0.6
    assert heart.pulse(TIMELINE, beat.first - 0.02) < 0.15
    light = [heart.pulse(TIMELINE, t) for t in np.arange(0, 40, 0.01)]
    assert 0 <= min(light) and max(light) <= 1


def test_breath_goes_in_and_out_evenly() -> None:
    phases = [breath.phase(TIMELINE, t) for t in np.arange(0.0, 40.0, 0.25)]
    assert phases[-1] - phases[0] == pytest.approx(39.75 * 15 / 60, rel=1e-3)
    assert np.diff(phases).min() > 0
    flows = [breath.flow(x) for x in np.linspace(0, 1, 400)]
    assert max(flows) > 0.99 and min(flows) < -0.99
