"""What hardly moves is drawn in turns that lie fixed in time."""

from __future__ import annotations

from performance.paint.pace import Pace


def test_played_through_every_turn_is_drawn_once() -> None:
    pace = Pace(20.0, 0.5)
    assert sum(pace.due(k / 60.0) for k in range(600)) in (200, 201)


def test_two_that_take_turns_are_not_drawn_in_the_same_frame() -> None:
    one, other = Pace(30.0), Pace(30.0, 0.5)
    for k in range(1, 200):
        assert one.due(k / 60.0) != other.due(k / 60.0) or k == 1


def test_a_jump_and_a_pause_are_drawn() -> None:
    pace = Pace(20.0)
    assert pace.due(5.0)
    assert not pace.due(5.01)
    assert pace.due(5.0)
    assert pace.due(5.0)
    assert pace.due(9.0)
    assert pace.due(2.0)
