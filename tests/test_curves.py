"""Eases arrive, and curves are continuous functions of time alone."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from performance.curves import (
    EASES,
    Breath,
    Path,
    cut,
    mix_colours,
    mix_numbers,
    mix_words,
    resting,
    settle,
)


@pytest.mark.parametrize("name", EASES)
def test_every_ease_starts_at_nought_and_arrives(name: str) -> None:
    assert EASES[name](0.0) == pytest.approx(0.0)
    assert EASES[name](1.0) == pytest.approx(1.0)


@pytest.mark.parametrize("name", [name for name, ease in EASES.items() if ease not in (settle, cut)])
def test_plain_eases_only_rise(name: str) -> None:
    steps = [EASES[name](i / 200) for i in range(201)]
    assert all(a <= b for a, b in itertools.pairwise(steps))


def test_settle_passes_its_mark_a_little_and_only_once() -> None:
    steps = [settle(i / 500) for i in range(501)]
    assert 1.06 < max(steps) < 1.08
    crossings = sum((a <= 1.0) != (b <= 1.0) for a, b in itertools.pairwise(steps))
    assert crossings == 2  # past it, and onto it at the end


def random_path(rng: random.Random, mix=mix_numbers) -> Path[float]:
    times = tuple(sorted(rng.uniform(0, 30) for _ in range(rng.randint(2, 6))))
    values = tuple(rng.uniform(-5, 5) for _ in times)
    return Path.through(times, values, rng.choice([e for e in EASES.values() if e is not cut]), mix)


def test_paths_meet_their_values_and_never_jump() -> None:
    rng = random.Random(4)
    for _ in range(60):
        path = random_path(rng)
        for t, value in zip(path.times, path.values):
            assert path.at(t) == pytest.approx(value, abs=1e-9)
            assert path.at(t - 1e-7) == pytest.approx(path.at(t + 1e-7), abs=1e-3)
        assert path.at(path.settled) == path.at(1e9) == path.last
        assert path.at(path.times[0] - 1.0) == path.values[0]


def test_a_leg_tells_what_comes_and_how_far_it_is() -> None:
    path = Path.through((2.0, 4.0, 6.0), ("a", "b", "c"), EASES["linear"], mix_words)
    assert path.leg(1.0) == ("a", "a", 1.0)
    assert path.leg(3.0) == ("a", "b", 0.5)
    assert path.leg(5.0) == ("b", "c", 0.5)
    assert path.leg(9.0) == ("b", "c", 1.0)
    assert [path.at(t) for t in (1.0, 2.0, 5.0, 7.0)] == ["a", "b", "c", "c"]


def test_a_cut_holds_and_then_is_there() -> None:
    path = Path.through((0.0, 2.0, 4.0), (1.0, 5.0, 9.0), cut, mix_numbers)
    assert [path.at(t) for t in (0.0, 1.99, 2.0, 3.99, 4.0, 100.0)] == [1.0, 1.0, 5.0, 5.0, 9.0, 9.0]


def test_resting_is_settled_from_always() -> None:
    assert resting(3.0, mix_numbers).settled == -math.inf
    assert resting(3.0, mix_numbers).leg(0.0) == (3.0, 3.0, 1.0)


def test_a_breath_comes_in_smoothly_and_stays_between_its_ends() -> None:
    breath = Breath(10.0, 2.0, 0.9, 0.2, 0.6, 5.0, mix_numbers)
    assert breath.at(10.0) == pytest.approx(0.9)
    values = [breath.at(12.0 + i * 0.05) for i in range(400)]
    assert min(values) == pytest.approx(0.2, abs=1e-3)
    assert max(values) == pytest.approx(0.6, abs=1e-3)
    assert breath.at(17.0) == pytest.approx(breath.at(22.0))
    steps = [breath.at(10.0 + i * 0.01) for i in range(1000)]
    assert max(abs(b - a) for a, b in itertools.pairwise(steps)) < 0.02


def test_colours_cross_fade_in_linear_light_and_never_below_black() -> None:
    assert mix_colours((0.0, 0.5, 1.0), (1.0, 0.5, 0.0), 0.25) == pytest.approx((0.25, 0.5, 0.75))
    assert mix_colours((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), -0.5) == (0.0, 0.0, 0.0)
