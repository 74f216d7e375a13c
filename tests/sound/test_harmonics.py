"""Voices of many harmonics are the sums that they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from performance.sound.harmonics import Coefficients, Harmonics
from performance.sound.hums import MOST, Hums, Tone, hummed
from performance.sound.instrument import RATE

SIZE = 512


def drawn(rng: np.random.Generator, voices: int, partials: int) -> Coefficients:
    """Weights of any phase that fall as those of a string do."""
    made = rng.standard_normal((voices, partials)) + 1j * rng.standard_normal((voices, partials))
    return (made / np.arange(1, partials + 1)).astype(np.complex64)


def summed(weights: NDArray[np.complex128], phase: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights (voices, partials, frames) on their partials."""
    number = np.arange(1, weights.shape[1] + 1)[:, None]
    return np.asarray((weights * np.exp(2j * np.pi * number * phase[:, None])).sum(axis=1).real)


@pytest.mark.parametrize("partials", [64, 32, 16])
def test_a_voice_is_the_sum_of_its_harmonics_under_weights_that_run(partials: int) -> None:
    rng, voices = np.random.default_rng(1), 5
    made = Harmonics(voices + 2, partials, SIZE)  # there may be more places than voices
    hz = 200 + 100 * rng.random((2, voices))
    phase = made.along(rng.random(voices), *hz)
    before, after = drawn(rng, voices, partials), drawn(rng, voices, partials)
    run = np.arange(1, SIZE + 1) / SIZE
    wanted = summed(before[:, :, None] + (after - before)[:, :, None] * run, phase)
    heard = made.read(phase, made.waves(before), made.waves(after))
    assert np.sqrt(((heard - wanted) ** 2).mean() / (wanted**2).mean()) < 10 ** (-66 / 20)


def test_a_lower_partial_has_weaker_images() -> None:
    made, weights = Harmonics(1, 32, SIZE), np.zeros((1, 32), np.complex64)
    phase, off = made.along(np.zeros(1), np.full(1, 311.0), np.full(1, 311.0)), []
    for k in (4, 8, 16, 32):
        weights[:] = 0
        weights[0, k - 1] = 1
        wave = made.waves(weights)
        off.append(float(np.abs(made.read(phase, wave, wave)[0] - np.cos(2 * np.pi * k * phase[0])).max()))
    assert (np.diff(np.log2(off)) > 2.5).all() and off[-1] < 5e-3


def test_the_phase_of_a_hop_ends_where_the_next_one_begins_and_moves_with_the_pitch() -> None:
    made, turns = Harmonics(2, 16, SIZE), np.array([0.2, 0.7])
    start, end = np.array([220.0, 300.0]), np.array([230.0, 280.0])
    phase = made.along(turns, start, end)
    assert np.allclose(phase[:, -1], turns + 0.5 * (start + end) * SIZE / RATE)
    step = np.diff(phase, axis=1) * RATE
    assert np.allclose(step[:, 0], start, rtol=1e-3) and np.allclose(step[:, -1], end, rtol=1e-3)


def test_many_hums_may_end_and_begin_in_one_hop() -> None:
    hums, place = Hums(SIZE), np.ones(4, np.float32)
    weights = hummed(np.full(1, 300.0), np.zeros(1, np.intp), np.ones(1))
    over = [Tone(0.0, 1.001, 300.0, 5.0, 0.1 * i, lambda: weights[0], place) for i in range(MOST)]
    begins = [Tone(1.002, 1.0, 300.0, 5.0, 0.1 * i, lambda: weights[0], place) for i in range(MOST)]
    sound = hums.hop(RATE // SIZE, [*over, *begins])
    assert sound is not None and np.isfinite(sound).all() and sound.any()


def test_a_hum_goes_on_from_hop_to_hop() -> None:
    weights = hummed(np.full(1, 300.0), np.zeros(1, np.intp), np.ones(1))
    hums, tone = Hums(SIZE), Tone(0.01, 2.0, 300.0, 5.0, 0.3, lambda: weights[0], np.ones(4, np.float32))
    sound = np.concatenate([made[0] for h in range(40) if (made := hums.hop(h, [tone])) is not None])
    steps = np.abs(np.diff(sound, 2)).reshape(-1)
    seams = steps[SIZE - 2 :: SIZE]
    assert seams.max() <= steps.max() * 1.001 and np.median(seams) < 3 * np.median(steps)
