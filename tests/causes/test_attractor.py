"""The orbit is Lorenz's, the same from anywhere, and its turnings foretell one another."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from performance.causes.attractor import Orbit, flow, orbit, own_time, place, trail, turnings
from performance.score.reader import read_text
from performance.timeline import Timeline

TIMELINE = Timeline(
    read_text(
        'title = "a test"\n[[beat]]\nid = "one"\nlength = "40s"\nfade = "0s"\nsound.chaos = { speed = "2 -> 5" }'
    )
)


def test_each_turning_foretells_the_next() -> None:
    path = orbit(3)
    z = path.at(path.tops(160.0))[:, 2]
    now, then = z[:-1], z[1:]
    below, above = now < 38.2, now > 38.8
    assert below.sum() > 50 and above.sum() > 50
    assert np.corrcoef(now[below], then[below])[0, 1] > 0.95
    assert np.corrcoef(now[above], then[above])[0, 1] < -0.95


def test_it_stays_on_the_attractor_and_goes_over_now_and_then() -> None:
    places = orbit(5).at(np.arange(0.0, 100.0, 0.01))
    assert np.abs(places[:, :2]).max() < 30 and 0 < places[:, 2].min() and places[:, 2].max() < 50
    over = np.count_nonzero(np.diff(np.sign(places[:, 0])))
    assert 30 < over < 160


def test_any_instant_may_be_asked_for_first() -> None:
    near, far = Orbit(7), Orbit(7)
    far.reach(90.0)
    times = np.array([0.0, 1.234, 20.4])
    assert np.array_equal(near.at(times), far.at(times))
    assert np.array_equal(near.tops(20.0), far.tops(20.0))


def test_it_obeys_its_equations_between_the_points() -> None:
    path, t, h = orbit(3), np.linspace(1.0, 9.0, 50), 1e-4
    speed = (path.at(t + h) - path.at(t - h)) / (2 * h)
    assert np.abs(speed - flow(path.at(t))).max() < 0.5


def test_turnings_are_where_the_light_is_highest() -> None:
    found = turnings(TIMELINE, 5.0, 12.0)
    assert len(found) > 15
    for one in found:
        heights = [place(TIMELINE, one.t + d)[2] for d in (-0.01, 0.0, 0.01)]
        assert heights[1] == pytest.approx(max(heights), abs=0.05)
        assert (place(TIMELINE, one.t)[0] > 0) == (one.side > 0)


def test_a_row_of_turns_climbs_until_it_goes_over() -> None:
    found = turnings(TIMELINE, 0.0, 40.0)
    rising = [b.height > a.height for a, b in itertools.pairwise(found) if b.turn >= 3]
    assert np.mean(rising) > 0.95


def test_windows_together_are_the_whole() -> None:
    whole = turnings(TIMELINE, 0.0, 40.0)
    parts = [one for i in range(80) for one in turnings(TIMELINE, i * 0.5, (i + 1) * 0.5)]
    assert [one.which for one in parts] == [one.which for one in whole]
    assert [one.turn for one in parts] == [one.turn for one in whole]


def test_a_trail_ends_where_the_orbit_is() -> None:
    path = trail(TIMELINE, 8.0, 2.0, 50)
    assert path.shape == (50, 3)
    assert np.allclose(path[-1], place(TIMELINE, 8.0))
    assert own_time(TIMELINE, TIMELINE.beats[0]).at(8.0) > 16.0
