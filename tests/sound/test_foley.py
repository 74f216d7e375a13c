"""Steps, clock, headset, cloth and tools: each does what the score asks, when it asks."""

from __future__ import annotations

import numpy as np
import pytest
from alone import alone, decibels, timeline_of
from numpy.typing import NDArray

from performance.causes.clock import ticks
from performance.causes.steps import footfalls
from performance.gestures import GestureLog, Move
from performance.sound.clock import Clock
from performance.sound.cloth import Cloth, slipping
from performance.sound.headset import HIGH_HZ, LOW_HZ, Headset, calls, spoken
from performance.sound.implements import pool
from performance.sound.instrument import RATE, Instrument
from performance.sound.steps import Steps
from performance.sound.tools import Tools, bustle
from performance.timeline import Timeline

Sound = NDArray[np.float32]
GHOST = 'stage.ghost = { x = "0 -> 0.9 linear over 8s" }'
FAMILIES: dict[type[Instrument], str] = {
    Clock: 'length = "8s"\nsound.clock = { gain_db = 0, rate = 150 }',
    Headset: 'length = "8s"\nsound.headset = { gain_db = 0, calls = 20, crackle = 1 }',
    Cloth: 'length = "8s"\nsound.cloth = { gain_db = 0, motion = "0.2 -> 1", rings = 1 }',
    Tools: 'length = "8s"\nsound.tools = { gain_db = 0, knocks = 200, cases = 30, feet = 30 }',
    Steps: f'length = "8s"\n{GHOST}\nsound.steps = {{ gain_db = 0 }}',
}


@pytest.mark.parametrize("kind", FAMILIES, ids=lambda kind: kind.name)
def test_any_quantum_and_any_start_give_the_same_sound(kind: type[Instrument]) -> None:
    timeline = timeline_of(FAMILIES[kind])
    sound = alone(kind, timeline, 3.0, 5.0)
    assert np.abs(alone(kind, timeline, 3.0, 5.0, quantum=256)[: len(sound)] - sound).max() < 5e-5
    assert np.abs(alone(kind, timeline, 3.0, 5.0, begin=0.5) - sound).max() < 5e-5
    assert -55 < decibels(sound[:, :2]) < -12


def _power(sound: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    size = 1 << 17
    return np.fft.rfftfreq(size, 1 / RATE), np.abs(np.fft.rfft(sound[:size], size)) ** 2


def _left(sound: Sound) -> NDArray[np.float64]:
    return sound[:, :2].mean(axis=1, dtype=np.float64)


def _onsets(sound: Sound, quiet: float) -> NDArray[np.float64]:
    """Times at which the level of 5 ms rises fivefold over the 40 ms before it."""
    x = np.abs(_left(sound))
    level = x[: x.size // 240 * 240].reshape(-1, 240).max(axis=1)
    before = np.array([level[max(i - 8, 0) : i].max(initial=quiet) for i in range(level.size)])
    hits = np.flatnonzero(level > 5 * before)
    return np.asarray(hits[np.diff(hits, prepend=-9) > 8] * 240 / RATE)


def test_the_clock_is_relentless() -> None:
    timeline = timeline_of('length = "12s"\nsound.clock = { gain_db = 0, rate = 120, limp = 0.1 }')
    times = [tick.t for tick in ticks(timeline, 0.0, 12.0)]
    assert len(times) == 24
    assert np.diff(times)[::2] == pytest.approx(0.52, abs=1e-6)  # tick to tock, and back
    assert np.diff(times)[1::2] == pytest.approx(0.48, abs=1e-6)
    heard = _onsets(alone(Clock, timeline, 0.0, 6.0), 1e-4)
    assert np.abs(heard - np.array(times)[: heard.size]).max() < 0.012


def test_a_walking_performer_is_heard_where_she_steps_and_a_standing_one_is_not() -> None:
    timeline = timeline_of(FAMILIES[Steps])
    falls = [step for step in footfalls(timeline, 0.0, 7.0) if step.strength > 0.3]
    assert len(falls) > 6
    heard = alone(Steps, timeline, 0.0, 7.5)
    for step in falls:
        at = round(step.t * RATE)
        assert np.abs(heard[at + 60 : at + 3000]).max() > 0.01
    late = heard[5 * RATE :]
    assert np.abs(late[:, 1]).sum() > np.abs(late[:, 0]).sum()
    still = timeline_of('length = "6s"\nsound.steps = { gain_db = 0 }')
    assert not alone(Steps, still, 0.0, 4.0).any()


def test_a_visitor_who_moves_walks() -> None:
    score = timeline_of('length = "8s"\nsound.steps = { gain_db = 0, ground = "wood" }').score
    log = GestureLog([Move(2.0 + 0.1 * i, 0.09 * i, 0.7) for i in range(12)])
    assert alone(Steps, Timeline(score, gestures=log), 2.0, 5.0).any()
    assert not alone(Steps, Timeline(score, gestures=log), 0.0, 1.8).any()


def test_silver_rings_longer_than_glass_and_wood_hardly() -> None:
    rings = []
    for ground in ("wood", "glass", "silver"):
        timeline = timeline_of(
            f'length = "6s"\n{GHOST}\nsound.steps = {{ gain_db = 0, ground = "{ground}" }}'
        )
        x = alone(Steps, timeline, 0.0, 6.0)
        at = round(footfalls(timeline, 2.0, 6.0)[0].t * RATE)
        rings.append(decibels(x[at + 14_000 : at + 20_000]) - decibels(x[at : at + 6000]))
    assert rings[0] < rings[1] - 15 < rings[2] - 18


def test_a_headset_is_narrow_and_one_speaks_at_a_time() -> None:
    for call in spoken():
        hz, power = _power(call.astype(np.float64))
        inside = power[(hz > LOW_HZ) & (hz < HIGH_HZ)].sum()
        assert power[hz > 7000].sum() < 0.003 * inside
        assert power[hz < 120].sum() < 0.03 * inside
    timeline = timeline_of('length = "40s"\nsound.headset = { calls = 40 }')
    shower = calls(timeline, timeline.beats[0])
    ends = shower.frame + [spoken()[which].size for which in shower.which]
    assert shower.frame.size > 8
    assert (shower.frame[1:] >= ends[:-1] - 1).all()
    assert (np.diff(shower.which) != 0).any()


def test_a_call_that_is_certain_comes() -> None:
    timeline = timeline_of(
        'length = "9s"\nsound.headset = { calls = 0, crackle = 0, gain_db = 0, call = "3s" }'
    )
    assert _onsets(alone(Headset, timeline, 0.0, 6.0), 1e-4)[0] == pytest.approx(3.03, abs=0.03)


def test_cloth_follows_the_hand() -> None:
    timeline = timeline_of(
        'length = "9s"\nsound.cloth = { gain_db = 0, motion = "0 -> 1 linear over 8s", slips = 0, rings = 0 }'
    )
    frames = slipping(timeline, timeline.beats[0]).frame / RATE
    early, late = (np.count_nonzero((frames >= a) & (frames < a + 2)) for a in (1.0, 6.5))
    assert late > 2 * early > 0
    centroids = []
    for a in (1.0, 6.5):
        hz, power = _power(_left(alone(Cloth, timeline, a, a + 2.0)))
        centroids.append((hz * power).sum() / power.sum())
    assert centroids[1] > 1.4 * centroids[0]


def test_velvet_is_darker_than_silk_and_lands_with_a_thump() -> None:
    centroids = []
    for weight in (0.0, 1.0):
        timeline = timeline_of(
            f'length = "5s"\nsound.cloth = {{ gain_db = 0, motion = 0.8, weight = {weight}, rings = 0 }}'
        )
        hz, power = _power(_left(alone(Cloth, timeline, 1.0, 4.0)))
        centroids.append((hz * power).sum() / power.sum())
    assert centroids[1] < 0.75 * centroids[0]
    landing = timeline_of('length = "6s"\nsound.cloth = { gain_db = 0, motion = 0, slips = 0, land = "2s" }')
    x = alone(Cloth, landing, 0.0, 5.0)
    assert not x[: 2 * RATE - 1024].any()
    hz, power = _power(_left(x))
    assert power[hz < 250].sum() > power[hz > 250].sum()


def test_cloth_pushes_air_before_it() -> None:
    for weight, least in ((0.1, 0.02), (1.0, 0.15)):
        timeline = timeline_of(
            f'length = "4s"\nsound.cloth = {{ gain_db = 0, motion = 1, weight = {weight} }}'
        )
        sound = alone(Cloth, timeline, 0.5, 3.0)[:, :2].sum(axis=1)
        power = np.abs(np.fft.rfft(sound)) ** 2
        low = power[np.fft.rfftfreq(sound.size, 1 / RATE) < 350.0].sum()
        assert low > least * power.sum()


def test_tools_are_knocks_and_not_noise() -> None:
    timeline = timeline_of('length = "30s"\nsound.tools = { gain_db = 0, knocks = 90, cases = 0, feet = 0 }')
    assert 15 < bustle(timeline, timeline.beats[0]).frame.size < 100
    x = _left(alone(Tools, timeline, 0.0, 10.0))
    assert np.abs(x).max() > 12 * np.sqrt((x**2).mean())
    assert max(np.abs(sound).max() for sound in pool()) < 1.5


def test_a_case_rolls_across() -> None:
    timeline = timeline_of('length = "20s"\nsound.tools = { gain_db = 0, knocks = 0, cases = 6, feet = 0 }')
    shower = bustle(timeline, timeline.beats[0])
    first = shower.between(0, int(shower.frame[0]) + 3 * RATE)
    side = np.log(first.gains[1] + 1e-9) - np.log(first.gains[0] + 1e-9)
    way = side[-20:].mean() - side[:20].mean()
    assert abs(way) > 1.0
