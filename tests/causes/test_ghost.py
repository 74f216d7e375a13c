"""The ghost performs when nobody is there; a visitor takes over smoothly and hands back."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from performance.causes import ghost, performer
from performance.causes.ghost import Reach
from performance.gestures import Gesture, GestureLog, Move, Strike, Sweep
from performance.score.reader import read_text
from performance.timeline import Timeline

SCORE = """
title = "a test"
[[beat]]
id = "one"
length = "40s"
stage.ghost = { x = -0.4, wander = 0.5, sweeps = 30, touches = 12 }
[[beat]]
id = "two"
length = "20s"
stage.ghost = { x = 0.5, sweeps = 0, touches = 0, strike = "6s" }
"""


def _timeline(*moves: Gesture, seed: int = 5) -> Timeline:
    return Timeline(read_text(SCORE), seed, GestureLog(moves))


def test_it_gestures_as_often_as_the_score_says() -> None:
    done = ghost.gestures(_timeline(), 0.0, 40.0)
    assert sum(isinstance(g, Sweep) for g in done) == pytest.approx(20, abs=2)
    assert sum(isinstance(g, Reach) for g in done) == pytest.approx(8, abs=2)
    assert [g.t for g in done] == sorted(g.t for g in done)


def test_any_cutting_of_time_gives_the_same_gestures() -> None:
    timeline = _timeline()
    whole = performer.gestures(timeline, 0.0, 60.0)
    edges = [0.0, 0.3, 7.77, 8.0, 39.999, 40.0, 46.0, 60.0]
    assert [g for a, b in itertools.pairwise(edges) for g in performer.gestures(timeline, a, b)] == whole


def test_it_strikes_once_when_told() -> None:
    strikes = [g for g in ghost.gestures(_timeline(), 0.0, 60.0) if isinstance(g, Strike)]
    assert [g.t for g in strikes] == [46.0]


def test_it_never_reaches_twice_for_the_same_thing() -> None:
    choices = [g.choice for g in ghost.gestures(_timeline(), 0.0, 40.0) if isinstance(g, Reach)]
    assert all(0 <= choice < 1 for choice in choices)
    assert np.abs(np.diff(choices)).min() > 0.1


def test_another_seed_is_another_performance() -> None:
    assert ghost.gestures(_timeline(seed=1), 0, 40) != ghost.gestures(_timeline(seed=2), 0, 40)
    assert ghost.gestures(_timeline(seed=1), 0, 40) == ghost.gestures(_timeline(seed=1), 0, 40)


def _walk(timeline: Timeline) -> np.ndarray:
    return np.array([performer.place(timeline, t)[0] for t in np.arange(0.0, 60.0, 1 / 60)])


def test_nobody_jumps_neither_alone_nor_with_a_visitor() -> None:
    visitor = [Move(12.0 + 0.05 * i, 0.6 * np.sin(0.2 * i), 0.8) for i in range(60)]
    for timeline in (_timeline(), _timeline(*visitor)):
        assert np.abs(np.diff(_walk(timeline))).max() < 0.06


def test_the_visitor_takes_over_and_hands_back() -> None:
    timeline = _timeline(*[Move(20.0 + 0.1 * i, 0.8, 0.8) for i in range(10)])
    assert performer.visitor_share(timeline, 19.9) == 0.0
    assert performer.visitor_share(timeline, 22.0) == 1.0
    assert performer.lit(timeline, 22.0)[0] == pytest.approx(0.86 * 0.8, abs=0.03)
    assert performer.place(timeline, 25.0)[0] == pytest.approx(0.86 * 0.8, abs=0.03)
    assert performer.visitor_share(timeline, 29.9) == 0.0
    assert performer.place(timeline, 29.9) == ghost.place(timeline, 29.9)


def test_the_ghost_keeps_still_while_a_visitor_plays() -> None:
    timeline = _timeline(*[Move(10.0 + 0.1 * i, 0.2, 0.8) for i in range(150)])
    assert not [g for g in performer.gestures(timeline, 11.0, 25.0) if not isinstance(g, Move)]
    assert [g for g in performer.gestures(timeline, 33.0, 40.0) if not isinstance(g, Move)]


def test_a_hand_is_up_before_the_gesture() -> None:
    timeline = _timeline()
    reach = next(g for g in ghost.gestures(timeline, 5.0, 40.0) if isinstance(g, Reach))
    before, there = performer.performer(timeline, reach.t - 0.2), performer.performer(timeline, reach.t)
    assert max(before.left, before.right) > 0.2
    assert max(there.left, there.right) > 0.5


def test_remembered_figures_follow_a_new_gesture_and_a_late_one() -> None:
    """What was asked before a gesture came is asked again where that gesture counts."""
    from performance.causes.performer import performer
    from performance.gestures import GestureLog, Move

    def fresh(gestures: list[Move], t: float) -> float:
        return performer(Timeline(scored, gestures=GestureLog(gestures)), t).x

    scored = read_text('title = "x"\n[[beat]]\nid = "a"\nlength = "30s"\nstage.ghost = { x = 0.2 }\n')
    live = Timeline(scored, gestures=GestureLog())
    moments = [4.0 + 0.2 * k for k in range(20)]
    assert [performer(live, t).x for t in moments] == [fresh([], t) for t in moments]
    first, late = Move(5.0, -0.4, 0.7), Move(4.5, 0.5, 0.7)
    for k, so_far in enumerate(([first], [late, first])):
        live.gestures.append((first, late)[k])
        assert [performer(live, t).x for t in moments] == [fresh(so_far, t) for t in moments]
