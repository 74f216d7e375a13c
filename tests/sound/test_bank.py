"""The mode bank: exact against float64, on its sample, the same wherever one comes in; too many fade, none click."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from performance.sound.bank import CONTACT, Bank
from performance.sound.bench import bench_instrument, bench_sound
from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import RATE
from performance.sound.modes import BACK, MAX_LEVEL, Modes
from performance.sound.struck import Struck

ONE = np.ones(1, np.float32)
SENDS = np.array([1.0, 0.5, 0.25, 0.0], np.float32)


def body(i: int = 1) -> Modes:
    return struck(BODIES["glass"], 220.0 * (1 + i % 7), 0.4, (3, i), hardness=0.7)


def truth(modes: Modes, frame: int, a: int, b: int) -> NDArray[np.float64]:
    age = np.arange(a, b)[:, None] - frame
    fall = np.exp(-np.log(1000.0) * np.maximum(age, 0) / (modes.t60 * RATE))
    held = 0.5 - 0.5 * np.cos(np.pi * np.clip(age[:, 0] / CONTACT, 0, 1))
    own = (modes.amplitude * fall * np.sin(2 * np.pi * modes.pitch_hz / RATE * age)).sum(axis=1)
    decay, turn = np.log(1000.0) / (modes.t60 * RATE), 2 * np.pi * modes.pitch_hz / RATE
    lean = (modes.amplitude * turn / (decay**2 + turn**2)).sum()
    back = lean * abs(BACK) ** 2 / BACK.imag * np.exp(BACK.real * age[:, 0]) * np.sin(BACK.imag * age[:, 0])
    return np.asarray(held * (own - np.where(age[:, 0] > 0, back, 0.0)))


def test_what_a_blow_leans_to_one_side_comes_back() -> None:
    bank = Bank(512)
    bank.strike(Modes(np.array([60.0, 400.0]), np.array([0.6, 0.3]), np.array([0.8, 0.3])), 100, SENDS)
    left = play(bank, 0, 2 * RATE // 512 * 512)[0].sum(dtype=np.float64)
    assert abs(left) < 3.0  # without it 120


def play(bank: Bank, a: int, b: int, gain: NDArray[np.float32] = ONE) -> NDArray[np.float32]:
    blocks = []
    for start in range(a, b, bank.quantum):
        out = np.zeros((4, bank.quantum), np.float32)
        bank.render(start, out, gain, gain)
        blocks.append(out)
    return np.concatenate(blocks, axis=1)


@pytest.mark.parametrize("quantum", [256, 512])
@pytest.mark.parametrize("frame", [0, 1, 243, 255, 500, 511, 777])
def test_a_body_sounds_as_its_formula_from_its_own_sample(quantum: int, frame: int) -> None:
    bank = Bank(quantum)
    bank.strike(body(), frame, SENDS)
    heard, wanted = play(bank, 0, 24576), truth(body(), frame, 0, 24576)
    error = heard[0].astype(np.float64) - wanted
    assert 10 * np.log10((wanted**2).sum() / (error**2).sum()) > 130
    assert not heard[0, : frame + 1].any()  # sine phase: the first frame of a blow is zero
    assert np.allclose(heard[1], 0.5 * heard[0], atol=1e-7)


def test_it_does_not_drift_in_a_minute() -> None:
    slow = Modes(np.array([110.0, 1760.3, 7000.7]), np.full(3, 400.0), np.array([0.5, 0.3, 0.2]))
    bank, minute = Bank(512), 60 * RATE // 512 * 512
    bank.strike(slow, 100, SENDS)
    play(bank, 0, minute)
    error = play(bank, minute, minute + 2048)[0] - truth(slow, 100, minute, minute + 2048)
    assert 20 * np.log10(np.abs(error).max()) < -120


def test_coming_in_late_equals_having_played() -> None:
    through, late = Bank(256), Bank(256)
    for bank in (through, late):
        for i in range(9):
            bank.strike(body(i), 300 * i + 7, SENDS)
    whole = play(through, 0, 16384)
    assert np.abs(play(late, 8192, 16384) - whole[:, 8192:]).max() < 1e-6


def test_many_at_once_equal_one_by_one() -> None:
    rng = np.random.default_rng(1)
    pitch, t60 = rng.uniform(300, 9000, (40, 12)), rng.uniform(0.05, 0.5, (40, 12))
    loud, frames = rng.uniform(-0.02, 0.02, (40, 12)), np.sort(rng.integers(0, 3000, 40))
    place = rng.uniform(0, 1, (4, 40)).astype(np.float32)
    together, apart = Bank(256, 64, 16), Bank(256, 64, 16)
    together.strike_all(Modes(pitch, t60, loud), frames, place)
    for i in range(40):
        apart.strike(Modes(pitch[i], t60[i], loud[i]), int(frames[i]), place[:, i])
    assert np.abs(play(together, 0, 8192) - play(apart, 0, 8192)).max() < 1e-6


def test_ten_thousand_blows_in_a_second_fade_the_quietest_and_recover() -> None:
    bank = Bank(512, 128, 16)
    rng = np.random.default_rng(2)
    brief = Modes(
        rng.uniform(500, 5000, (10000, 8)), np.full((10000, 8), 0.4), rng.uniform(0, 4e-4, (10000, 8))
    )
    frames = np.sort(rng.integers(0, RATE, 10000))
    bank.strike_all(brief, frames, np.ones((4, 10000), np.float32))
    flood = play(bank, 0, RATE // 512 * 512)
    assert np.isfinite(flood).all()
    assert np.abs(flood).max() < 2.0
    edges = np.abs(np.diff(flood[0], 3))
    at_edges = np.concatenate([edges[508 + k :: 512] for k in range(4)])
    assert np.percentile(at_edges, 99) < 1.5 * np.percentile(edges, 99)
    assert bank.sounding <= 128 + 512
    play(bank, RATE // 512 * 512, 3 * RATE // 512 * 512)
    assert bank.idle
    assert not play(bank, 3 * RATE // 512 * 512, 3 * RATE // 512 * 512 + 512).any()


def test_a_body_that_is_no_number_is_refused_and_a_loud_one_capped() -> None:
    bank = Bank(256)
    with pytest.raises(ValueError, match="not a number"):
        bank.strike(Modes(np.array([np.nan]), np.ones(1), np.ones(1)), 0, SENDS)
    with pytest.raises(ValueError, match="65 modes"):
        bank.strike(Modes(np.full(65, 440.0), np.ones(65), np.ones(65)), 0, SENDS)
    bank.strike(Modes(np.full(4, 440.0), np.ones(4), np.full(4, 1e6)), 0, SENDS)
    assert np.abs(play(bank, 0, 2048)).max() <= MAX_LEVEL


def test_gain_glides_without_a_step() -> None:
    bank, out = Bank(256), np.zeros((4, 512), np.float32)
    bank.strike(body(), -4000, SENDS)
    bank.render(0, out[:, :256], ONE, 0 * ONE)
    bank.render(256, out[:, 256:], 0 * ONE, 0 * ONE)
    assert np.abs(np.diff(out[0])).max() < 0.2
    assert not out[:, 256:].any()


def test_every_kind_of_body_is_new_each_time_and_the_same_when_asked_again() -> None:
    for kind in BODIES.values():
        one, two, again = (struck(kind, 440.0, 0.5, (1, which)) for which in (1, 2, 1))
        assert not np.array_equal(one.pitch_hz, two.pitch_hz)
        assert np.array_equal(one.pitch_hz, again.pitch_hz)
        assert np.array_equal(one.amplitude, again.amplitude)
        lowest = one.pitch_hz[one.amplitude.argmax()]
        assert abs(lowest / 440.0 - 1) < 0.01


def test_hardness_brightens() -> None:
    def centre(hardness: float) -> float:
        modes = struck(BODIES["glass"], 300.0, 0.5, (1, 1), hardness=hardness)
        return float((modes.pitch_hz * modes.amplitude).sum() / modes.amplitude.sum())

    assert centre(0.1) < centre(0.5) < centre(0.9)


def test_the_bench_tells_what_blocks_cost() -> None:
    figures = bench_sound(modes=256, seconds=0.2)
    assert {"modes_realtime_256", "modes_realtime_512", "us_median_256", "us_p99_512"} <= set(figures)
    assert set(bench_instrument(Struck, seconds=0.5)) == {"us_median", "us_p99", "share_p99"}


def test_a_body_of_few_modes_sounds_the_same_in_a_lighter_bank() -> None:
    lighter = Bank(256, 16, 24)
    heavy, alone = Bank(256, 16, 64, lighter), Bank(256, 16, 64)
    many = Modes(np.linspace(300.0, 3000.0, 30), np.full(30, 0.4), np.full(30, 0.02))
    for bank in (heavy, alone):
        bank.strike(body(), 40, SENDS)
        bank.strike(many, 300, SENDS)
    both = play(heavy, 0, 4096) + play(lighter, 0, 4096)
    assert (heavy.sounding, lighter.sounding) == (1, 1)
    assert np.abs(both - play(alone, 0, 4096)).max() < 1e-6
