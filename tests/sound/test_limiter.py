"""The limiter: bit for bit below the ceiling, never over it between the samples either; the master lets no NaN out."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from performance.sound.instrument import RATE
from performance.sound.limiter import LATENCY, Limiter
from performance.sound.master import Master

Sound = NDArray[np.float32]


def through(sound: Sound, block: int) -> Sound:
    limiter = Limiter(block)
    parts = [limiter.process(sound[:, i : i + block]) for i in range(0, sound.shape[1] - block + 1, block)]
    return np.concatenate(parts, axis=1)


def true_peak_db(sound: Sound) -> float:
    spectrum = np.fft.rfft(sound.astype(np.float64), axis=1)
    wide = np.zeros((2, sound.shape[1] * 4 + 1), np.complex128)
    wide[:, : spectrum.shape[1]] = spectrum
    return float(20 * np.log10(np.abs(np.fft.irfft(wide, sound.shape[1] * 8, axis=1) * 8).max()))


def loud() -> dict[str, Sound]:
    t, rng = np.arange(24576), np.random.default_rng(5)
    click = np.zeros((2, t.size))
    click[:, 9000:9012], click[0, 15001] = 4.0, -5.0
    between = np.stack([1.3 * np.sin(np.pi / 2 * t + np.pi / 4)] * 2)
    burst = (
        np.where((t > 8000) & (t < 16000), 1.0, 0.05)
        * np.cumsum(rng.standard_normal((2, t.size)), axis=1)
        * 0.1
    )
    swell = np.linspace(0, 2.5, t.size) * np.sin(2 * np.pi * 3000 / RATE * t) * np.ones((2, 1))
    return {
        "clicks": click.astype(np.float32),
        "between the samples": between.astype(np.float32),
        "burst": burst.astype(np.float32),
        "swell": swell.astype(np.float32),
    }


@pytest.mark.parametrize("block", [256, 512])
@pytest.mark.parametrize("name", loud())
def test_nothing_comes_through_over_minus_one_dbtp(name: str, block: int) -> None:
    fade = np.minimum(1, np.arange(24576)[::-1] / 500).astype(np.float32)
    assert true_peak_db(through(loud()[name] * fade, block)) < -1.0


def test_below_the_ceiling_it_only_delays() -> None:
    quiet = (np.random.default_rng(6).standard_normal((2, 4096)) * 0.05).astype(np.float32)
    assert np.array_equal(through(quiet, 256)[:, LATENCY:], quiet[:, : 4096 - LATENCY])


def test_blocks_do_not_matter_and_it_lets_go_again() -> None:
    sound = (np.random.default_rng(7).standard_normal((2, 96 * 1024)) * 0.05).astype(np.float32)
    sound[:, 5000:5100] *= 60
    small, large = through(sound, 256), through(sound, 512)
    assert np.abs(small - large).max() < 1e-6
    assert np.array_equal(small[:, -4096:], sound[:, -4096 - LATENCY : -LATENCY])


def test_what_is_no_number_never_leaves() -> None:
    master = Master(256)
    with pytest.raises(ArithmeticError):
        master.process(np.full((2, 256), np.nan, np.float32))
    assert np.isfinite(master.process(np.zeros((2, 256), np.float32))).all()


def test_volume_glides() -> None:
    master, ones = Master(256), np.full((2, 256), 0.25, np.float32)
    master.process(ones.copy())
    master.volume = 0.0
    out = np.concatenate([master.process(ones.copy()) for _ in range(4)])
    assert np.abs(np.diff(out[LATENCY:, 0])).max() < 0.002
    assert not out[-1].any()
