"""Many hearts and many hands: apart while they are left alone, in step as they are drawn, the same from anywhere."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes import clapping, heart, unison
from performance.causes.coupled import couple
from performance.score.reader import read_text
from performance.timeline import Timeline

HEAD = 'title = "a test"\nseed = 4\n[[beat]]\nid = "one"\n'
TOGETHER = (
    HEAD + 'length = "24s"\nsound.hearts = { count = 150, coupling = "0.7 -> 3 linear" }\n'
    'sound.breaths = { count = 150, coupling = "0 -> 5 linear" }\n[[beat]]\nid = "two"\nlength = "6s"\n'
)


def timeline_of(text: str) -> Timeline:
    return Timeline(read_text(text))


def _order(timeline: Timeline, path: str, times: np.ndarray) -> np.ndarray:
    return np.array([abs(unison.order(timeline, path, t)) for t in times.tolist()])


def test_they_fall_into_step_gradually() -> None:
    r = _order(timeline_of(TOGETHER), unison.HEARTS, np.arange(0.0, 30.0, 2.0))
    assert r[:3].max() < 0.4 and r[-4:].min() > 0.85
    smooth = np.convolve(r, np.ones(3) / 3, "valid")
    assert (np.diff(smooth) > -0.06).all()
    assert np.abs(np.diff(r)).max() < 0.5


def test_below_the_threshold_nothing_gathers() -> None:
    timeline = timeline_of(HEAD + 'length = "20s"\nsound.hearts = { count = 200, coupling = 0.4 }')
    assert _order(timeline, unison.HEARTS, np.arange(5.0, 20.0, 1.0)).max() < 0.35


def test_what_was_asked_before_changes_nothing() -> None:
    first, second = timeline_of(TOGETHER), timeline_of(TOGETHER)
    late = unison.turns(first, unison.HEARTS, 27.3)
    for t in (3.0, 25.0, 0.0, 12.0):
        unison.turns(second, unison.HEARTS, t)
        unison.order(second, unison.BREATHS, t)
    assert np.array_equal(unison.turns(second, unison.HEARTS, 27.3), late)


def test_turns_never_jump_from_beat_to_beat() -> None:
    timeline = timeline_of(TOGETHER)
    before, after = (unison.turns(timeline, unison.HEARTS, t) for t in (24.0 - 1e-7, 24.0))
    assert np.abs(after - before).max() < 1e-4


def test_person_i_is_the_same_in_any_company() -> None:
    few, many = unison.people(3, 10), unison.people(3, 200)
    assert np.array_equal(few.pan, many.pan[:10]) and np.array_equal(few.pace, many.pace[:10])


def test_they_follow_the_performers_heart() -> None:
    timeline = timeline_of(
        HEAD + 'length = "20s"\nsound.heart = { rate = 84 }\n'
        "sound.hearts = { count = 60, coupling = 4, lead = 1, apart = 0.06 }"
    )
    beats = heart.heart_beats(timeline, 14.0, 19.0)
    for beat in beats:
        away = (unison.turns(timeline, unison.HEARTS, beat.first) + 0.5) % 1.0 - 0.5
        assert np.median(np.abs(away)) < 0.1


def test_a_coupled_step_is_kuramotos() -> None:
    """Two of one rate close in on each other at the coupling's pace (d psi / dt = -K sin psi)."""
    times = np.linspace(0.0, 1.0, 1001)
    course = couple(times, np.array([0.0, 0.1]), lambda k: (np.array([1.0, 1.0]), 2.0))
    apart = 2 * np.pi * (course.turns[-1, 1] - course.turns[-1, 0])
    expected = 2 * np.arctan(np.tan(np.pi * 0.1) * np.exp(-2.0))
    assert apart == pytest.approx(expected, rel=0.01)


HOUSE = (
    HEAD + 'length = "20s"\nsound.applause = { count = 600, clapping = "0.01 -> 1 over 3s", '
    'unison = "0 -> 1 over 4s after 6s" }\n[[beat]]\nid = "two"\nlength = "8s"\nfade = "0s"\n'
    'sound.applause = { unison = 0, clapping = "1 -> 0 linear over 6s" }\n'
)


def test_one_pair_of_hands_keeps_a_human_pace() -> None:
    timeline = timeline_of(HEAD + 'length = "30s"\nsound.applause = { count = 1 }')
    gaps = np.diff(clapping.claps(timeline, timeline.beats[0]).time)
    assert 2.4 < 1 / gaps.mean() < 6.2
    assert 0.02 < gaps.std() / gaps.mean() < 0.09


def test_a_house_claps_as_one_at_half_the_pace_and_lets_go() -> None:
    timeline = timeline_of(HOUSE)
    share, early = clapping.agreement(timeline, 5.5)
    assert share == 1.0 and abs(early) < 0.15
    assert abs(clapping.agreement(timeline, 18.0)[1]) > 0.7
    assert abs(clapping.agreement(timeline, 25.0)[1]) < 0.35
    time = np.concatenate([clapping.claps(timeline, span).time for span in timeline.beats])
    fast, slow = (np.count_nonzero((time > a) & (time < a + 2)) for a in (3.9, 17.0))
    assert 0.4 < slow / fast < 0.62


def test_the_last_hands_stop() -> None:
    timeline = timeline_of(HOUSE)
    made = clapping.claps(timeline, timeline.beats[1])
    last = made.time[-1] - 20.0
    assert 5.0 < last < 7.6
    late = made.who[made.time > 25.7]
    assert np.unique(late).size < 60
