"""Voices of many harmonics are the sums that they stand for."""

from __future__ import annotations

import numpy as np
import pytest

from performance.sound.harmonics import Harmonics

SIZE = 512


@pytest.mark.parametrize(("rows", "columns"), [(8, 8), (4, 8), (2, 4)])
def test_a_voice_is_the_sum_of_its_harmonics_under_weights_that_run(rows: int, columns: int) -> None:
    rng, voices, count = np.random.default_rng(1), 5, rows * columns
    made = Harmonics(voices + 2, rows, columns, SIZE)  # there may be more places than voices
    tone = made.tone(rng.random(voices), 200 + 100 * rng.random(voices), 210 + 100 * rng.random(voices))
    before, after = rng.standard_normal((2, voices, count)) + 1j * rng.standard_normal((2, voices, count))
    run = np.arange(1, SIZE + 1) / SIZE
    weights = before[:, :, None] + (after - before)[:, :, None] * run
    wanted = (weights * tone.astype(complex)[:, None] ** np.arange(1, count + 1)[:, None]).sum(1).real
    heard = made.weighted(tone, before.astype(np.complex64), after.astype(np.complex64))
    assert np.abs(heard - wanted).max() < 1e-5 * np.abs(wanted).max()
