"""Led by a visitor the figure walks: at a walk's pace, all the way, in the picture, and the same whoever asks when."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes import ghost, performer
from performance.causes.eye import eye_at
from performance.causes.place import FIGURE_HEIGHT
from performance.causes.walk import EASY, GIVE, HOLD, PACE, Leg, place
from performance.gestures import GestureLog, Move, Voice
from performance.score.reader import read_text
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "stage"
length = "60s"
stage.camera = { x = 0.1, zoom = 1.5, dolly = 0.1, drift = 0.0 }
stage.ghost = { x = -0.2, wander = 0.0 }
"""
EDGE = 0.88


def _led(*moves: Move | Voice) -> Timeline:
    return Timeline(read_text(SCORE), gestures=GestureLog(moves))


def _restless(seed: int) -> list[Move]:
    draw = np.random.default_rng(seed)
    times = np.sort(draw.uniform(5.0, 25.0, 80))
    return [Move(float(t), float(draw.uniform(-EDGE, EDGE)), 0.5) for t in times]


@pytest.mark.parametrize("seed", range(4))
def test_nobody_walks_faster_than_one_walks(seed: int) -> None:
    timeline = _led(*_restless(seed))
    way = np.array([place(timeline, t)[0] for t in np.arange(4.0, 25.0, 0.01)])
    speed = np.diff(way) / 0.01
    assert np.abs(speed).max() < 1.1 * PACE
    assert np.abs(np.diff(speed)).max() < 2.1 * PACE * EASY * 0.01  # and nobody is thrown


@pytest.mark.parametrize("u", [-EDGE, 0.1, EDGE])
@pytest.mark.parametrize("performer", ["", "stage.performer = { z = -0.4, x = 0.2, scale = 1.2 }"])
def test_who_is_pointed_to_comes_and_is_all_in_the_picture(u: float, performer: str) -> None:
    timeline = Timeline(
        read_text(SCORE + performer),
        gestures=GestureLog([Move(2.0, u, 0.5), Move(5.0, u, 0.5), Voice(9.0, 0.0, 0.5)]),
    )
    (x, z), cue = place(timeline, 5.0 + HOLD - 0.01), timeline.cue("stage.performer", 9.0)
    eye, x, z = eye_at(timeline, 9.0), x + cue.number("x"), z + cue.number("z")
    seen, tall = (
        float(eye.project(x, 0.0, z)[0]),
        FIGURE_HEIGHT * cue.number("scale") * float(eye.project(x, 0, z)[2]),
    )
    assert abs(seen) + 0.25 * tall < EDGE
    assert 0.4 < seen / u < 1.0


def test_the_light_goes_ahead_and_the_figure_walks_into_it() -> None:
    timeline = _led(Move(5.0, EDGE, 0.5))
    assert performer.lit(timeline, 5.9)[0] > place(timeline, 5.9)[0] + 0.2
    assert performer.lit(timeline, 9.9)[0] == pytest.approx(place(timeline, 9.9)[0], abs=0.02)


def test_the_figure_goes_back_to_what_it_did() -> None:
    timeline = _led(Move(5.0, 0.8, 0.5))
    assert place(timeline, 4.99) == ghost.place(timeline, 4.99)
    assert place(timeline, 5.0 + HOLD + GIVE) == ghost.place(timeline, 5.0 + HOLD + GIVE)
    way = [place(timeline, t)[0] for t in np.arange(5.0, 5.0 + HOLD + GIVE + 0.5, 0.01)]
    assert np.abs(np.diff(way)).max() < 0.01


def test_the_past_is_the_same_whatever_comes_and_a_late_move_counts() -> None:
    moves = _restless(7)
    whole, grown = _led(*moves), _led()
    for move in moves:
        known = place(grown, move.t - 1e-6)
        grown.gestures.append(move)
        assert place(grown, move.t - 1e-6) == pytest.approx(known)
    for t in (6.0, 11.3, 24.9, 31.0):
        assert place(grown, t) == pytest.approx(place(whole, t))
    late = Move(12.0, 0.8, 0.5)
    grown.gestures.append(late)
    assert place(grown, 12.5) == pytest.approx(place(_led(*moves, late), 12.5))


def test_after_a_leap_back_the_walk_goes_on_from_there() -> None:
    moves = _restless(3)
    grown = _led(*moves)
    place(grown, 30.0)
    grown.gestures.forget(12.0)
    grown.gestures.append(Move(12.5, 0.4, 0.5))
    again = _led(*[move for move in moves if move.t <= 12.0], Move(12.5, 0.4, 0.5))
    for t in (6.0, 12.1, 14.0):
        assert place(grown, t) == pytest.approx(place(again, t))


def test_the_closed_form_is_the_spring_and_its_walking_goal() -> None:
    leg = Leg(0.0, -0.3, 0.1, -0.1, 0.5)
    x, speed, goal, step = leg.x, leg.speed, leg.goal, 1e-4
    for i in range(40_000):
        if i % 5000 == 0:
            assert leg.after(i * step) == pytest.approx((x, speed, goal), abs=1e-3)
        speed += step * (EASY * EASY * (goal - x) - 2.0 * EASY * speed)
        x += step * speed
        goal = min(goal + PACE * step, leg.sent)
