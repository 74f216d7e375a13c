"""One clock: it runs without sound, leans towards it, and never runs away or backwards."""

from __future__ import annotations

import itertools

import pytest

from performance.live.board import Reading
from performance.live.clock import Clock


class Wall:
    """A wall clock that moves when it is told."""

    def __init__(self) -> None:
        self.t = 1000.0

    def __call__(self) -> float:
        return self.t


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def clock(wall: Wall) -> Clock:
    return Clock(wall)


def run(
    clock: Clock, wall: Wall, seconds: float, ahead: float, pace: float = 1.0, jitter: float = 0.0
) -> list[float]:
    """Sixty frames a second beside sound that is `ahead` of the clock at first and runs at its own pace."""
    origin, seen = wall.t, []
    base = clock.now() + ahead
    for n in range(int(seconds * 60)):
        wall.t += 1 / 60
        heard_at = wall.t + 0.02
        late = jitter if n % 3 == 0 else 0.0
        clock.follow(Reading(n, clock.leaps, base + (heard_at - origin) * pace, heard_at + late))
        seen.append(clock.now())
    return seen


def test_it_stands_until_the_first_leap_and_holds_a_leaps_moment(clock: Clock, wall: Wall) -> None:
    wall.t += 5
    assert clock.now() == 0.0
    clock.leap(7.0, lead=0.2)
    assert clock.now() == 7.0
    wall.t += 0.1
    assert clock.now() == 7.0
    wall.t += 1.1
    assert clock.now() == pytest.approx(8.0)


def test_it_runs_on_without_sound(clock: Clock, wall: Wall) -> None:
    clock.leap(1.0)
    wall.t += 90.0
    clock.follow(Reading())
    assert clock.now() == pytest.approx(91.0)


@pytest.mark.parametrize("ahead", [-0.2, -0.03, 0.03, 0.2])
def test_it_comes_to_what_is_heard_without_a_jump(clock: Clock, wall: Wall, ahead: float) -> None:
    clock.leap(10.0)
    start = wall.t
    seen = run(clock, wall, 6.0, ahead)
    assert seen[-1] == pytest.approx(10.0 + ahead + wall.t - start, abs=0.002)
    steps = [b - a for a, b in itertools.pairwise(seen)]
    assert min(steps) > 0.8 / 60
    assert max(steps) < 1.2 / 60


def test_it_keeps_step_with_a_card_that_has_its_own_pace(clock: Clock, wall: Wall) -> None:
    clock.leap(0.0)
    start = wall.t
    seen = run(clock, wall, 30.0, 0.0, pace=1.0005)
    assert seen[-1] == pytest.approx((wall.t - start) * 1.0005, abs=0.002)


def test_jitter_of_callbacks_is_not_seen(clock: Clock, wall: Wall) -> None:
    clock.leap(0.0)
    seen = run(clock, wall, 4.0, 0.0, jitter=0.006)
    steps = [b - a for a, b in itertools.pairwise(seen)]
    assert max(abs(step - 1 / 60) for step in steps) < 0.0005


def test_readings_of_another_leap_and_wild_ones_are_not_believed(clock: Clock, wall: Wall) -> None:
    clock.leap(20.0)
    wall.t += 1.0
    for reading in (
        Reading(1, clock.leaps - 1, 3.0, wall.t),
        Reading(2, clock.leaps, 400.0, wall.t),
        Reading(3, clock.leaps, 21.0, wall.t - 30.0),
    ):
        clock.follow(reading)
    assert clock.now() == pytest.approx(21.0)


def test_it_holds_and_goes_on(clock: Clock, wall: Wall) -> None:
    clock.leap(0.0)
    wall.t += 3.0
    clock.hold()
    wall.t += 50.0
    assert clock.now() == pytest.approx(3.0)
    clock.leap(clock.now())
    wall.t += 1.0
    assert clock.now() == pytest.approx(4.0)
