"""Chance is addressed: the same anywhere, even, uncorrelated, and one number at a time agrees with many at once."""

from __future__ import annotations

import numpy as np

from performance.chance import at_indices, bells, chance, chances, drift


def test_numbers_are_even_and_independent_of_how_many_are_asked() -> None:
    many = chances(7, "mote", count=20000)
    assert np.array_equal(many[:50], chances(7, "mote", count=50))
    assert abs(many.mean() - 0.5) < 0.01
    assert abs(np.histogram(many, 10, (0, 1))[0] / 2000 - 1).max() < 0.1
    assert abs(np.corrcoef(many[:-1], many[1:])[0, 1]) < 0.03


def test_neighbouring_addresses_and_seeds_differ() -> None:
    seen = {chance(seed, "shard", k) for seed in range(30) for k in range(30)}
    assert len(seen) == 900
    assert chance(1, "a", "b") != chance(1, "b", "a")


def test_one_number_agrees_with_an_array_of_them() -> None:
    t = np.linspace(-9.0, 40.0, 113)
    assert np.allclose(drift(3, "sway", t=t), [float(drift(3, "sway", t=float(x))) for x in t], atol=1e-12)
    assert at_indices(5, np.array([-3, 0, 9])).shape == (3,)


def test_drift_is_smooth_and_bounded() -> None:
    t = np.linspace(0.0, 200.0, 40001)
    value = drift(11, "camera", t=t)
    assert np.abs(value).max() < 1.3
    assert np.abs(np.diff(value)).max() < 0.02
    assert value.std() > 0.3


def test_bells_are_normal() -> None:
    value = bells(2, "spread", count=20000)
    assert abs(value.mean()) < 0.03
    assert abs(value.std() - 1.0) < 0.03
