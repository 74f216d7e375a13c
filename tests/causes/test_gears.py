"""Gears: the rhythm is the number of teeth, and the wheels in the picture are the wheels that are heard."""

from __future__ import annotations

import math

import numpy as np
import pytest

from performance.causes.gears import angles, shaft_turns, teeth_met, train
from performance.score.reader import read_text
from performance.timeline import Timeline

TRAIN = "12 18+30 48+10 36"


def running(speed: str, teeth: str = TRAIN) -> Timeline:
    gears = f'sound.gears = {{ teeth = "{teeth}", speed = {speed} }}'
    beats = [f'[[beat]]\nid = "{name}"\nlength = "10s"\nfade = "0s"\n{gears}\n' for name in "ab"]
    return Timeline(read_text("\n".join(['title = "a test"', *beats])))


def test_every_wheel_passes_as_many_teeth_as_it_should() -> None:
    timeline = running("0.75")
    met = teeth_met(timeline, 0.0, 20.0)
    for i, wheel in enumerate(train(TRAIN)):
        wanted = 0.75 * abs(wheel.rate) * wheel.teeth * 20.0
        assert abs((met.wheel == i).sum() - wanted) <= 1


def test_meshing_wheels_pass_equal_numbers_and_a_shaft_turns_as_one() -> None:
    first, second, with_second, third, with_third, last = train(TRAIN)
    assert first.rate * first.teeth == pytest.approx(-second.rate * second.teeth)
    assert second.rate == with_second.rate and third.rate == with_third.rate
    assert with_second.rate * 30 == pytest.approx(-third.rate * 48)
    assert with_third.rate * 10 == pytest.approx(-last.rate * 36)


def test_wheels_that_meet_touch_and_a_tooth_stands_in_a_gap() -> None:
    timeline = running('"0.1 -> 1.3"')
    wheels = train(TRAIN)
    for t in (0.0, 1.234, 7.7, 12.1):
        turned = angles(timeline, t)
        for a, b in ((0, 1), (2, 3), (4, 5)):
            one, other = wheels[a], wheels[b]
            assert math.hypot(other.x - one.x, other.y - one.y) == pytest.approx(one.radius + other.radius)
            way = math.atan2(other.y - one.y, other.x - one.x)
            tooth = one.teeth * (way - turned[a]) / (2 * math.pi)
            gap = other.teeth * (way + math.pi - turned[b]) / (2 * math.pi)
            assert (tooth + gap) % 1.0 == pytest.approx(0.5, abs=1e-6)


def test_a_tooth_is_heard_when_it_points_at_the_wheel_it_meets() -> None:
    timeline = running('"0.1 -> 1.3"')
    wheels = train(TRAIN)
    met = teeth_met(timeline, 2.0, 6.0)
    for t, i in zip(met.t[:60], met.wheel[:60], strict=True):
        wheel = wheels[i]
        tooth = wheel.teeth * (wheel.meets - angles(timeline, float(t))[i]) / (2 * math.pi)
        assert tooth == pytest.approx(round(tooth), abs=1e-3)


def test_the_pattern_of_a_wheel_comes_round_with_it() -> None:
    met = teeth_met(running("1"), 0.0, 20.0)
    for i, wheel in enumerate(train(TRAIN)):
        own = met.tooth[met.wheel == i]
        assert np.array_equal(own[wheel.teeth :], own[: -wheel.teeth])
        assert set(own[: wheel.teeth]) == set(range(wheel.teeth))


def test_windows_together_are_the_whole() -> None:
    timeline = running('"0 -> 2 -> 0.3"')
    whole = teeth_met(timeline, 0.0, 20.0)
    parts = [teeth_met(timeline, i * 0.37, (i + 1) * 0.37) for i in range(55)]
    assert np.array_equal(np.concatenate([part.t for part in parts])[: whole.t.size], whole.t)
    assert (np.diff(whole.t) >= 0).all()


def test_turns_go_on_through_the_beats() -> None:
    timeline = running("0.5")
    assert shaft_turns(timeline, 12.0) == pytest.approx(6.0)
