"""The house is heard as single people: their pulse, their breath, their hands."""

from __future__ import annotations

import numpy as np
import pytest
from alone import alone, decibels, timeline_of
from numpy.typing import NDArray

from performance.causes import clapping
from performance.gestures import GestureLog, Strike, Sweep
from performance.sound.applause import Applause, cheered, clapped
from performance.sound.breaths import Breaths
from performance.sound.claps import PLACES, SHAPES, VARIANTS, pool
from performance.sound.cloth import Cloth
from performance.sound.crowd import Crowd
from performance.sound.grains import Grains, Shower, Takes
from performance.sound.hearts import Hearts
from performance.sound.instrument import RATE, Instrument
from performance.sound.place import delay
from performance.timeline import Timeline

Sound = NDArray[np.float32]
FAMILIES: dict[type[Instrument], str] = {
    Hearts: 'length = "9s"\nsound.hearts = { gain_db = 0, coupling = "0 -> 4" }',
    Breaths: 'length = "9s"\nsound.breaths = { gain_db = 0, coupling = "0 -> 4" }',
    Applause: 'length = "9s"\nsound.applause = { gain_db = 0, count = 90, clapping = "0.1 -> 1", cheers = 1 }',
}


@pytest.mark.parametrize("kind", FAMILIES, ids=lambda kind: kind.name)
def test_any_quantum_and_any_start_give_the_same_sound(kind: type[Instrument]) -> None:
    timeline = timeline_of(FAMILIES[kind])
    sound = alone(kind, timeline, 3.0, 4.2)
    assert np.abs(alone(kind, timeline, 3.0, 4.2, quantum=256)[: len(sound)] - sound).max() < 2e-5
    assert np.abs(alone(kind, timeline, 3.0, 4.2, begin=1.0) - sound).max() < 2e-5
    assert -50 < decibels(sound[:, :2]) < -12
    assert np.abs(sound.mean(axis=0)).max() < 1e-3


def _envelope(sound: Sound, rate: int = 100) -> NDArray[np.float64]:
    x = sound[:, :2].mean(axis=1, dtype=np.float64)
    pieces = x[: len(x) // (RATE // rate) * (RATE // rate)].reshape(-1, RATE // rate)
    return np.asarray(np.sqrt((pieces**2).mean(axis=1)))


def _strongest_hz(envelope: NDArray[np.float64], low: float, high: float) -> float:
    power = np.abs(np.fft.rfft((envelope - envelope.mean()) * np.hanning(envelope.size), 4096)) ** 2
    hz = np.fft.rfftfreq(4096, 0.01)
    band = (hz > low) & (hz < high)
    return float(hz[band][power[band].argmax()])


def test_grains_and_takes_let_fall_the_same_thing() -> None:
    rng = np.random.default_rng(3)
    sounds = [rng.standard_normal(n).astype(np.float32) for n in (50, 700, 1900)]
    frame = np.sort(np.concatenate([rng.integers(0, 60_000, 200), rng.integers(40_000, 41_000, 200)]))
    shower = Shower(frame, rng.integers(0, 3, 400), rng.random((4, 400)).astype(np.float32))
    expected = np.zeros((4, 64_000), np.float32)
    for f, w, g in zip(frame, shower.which, shower.gains.T, strict=True):
        expected[:, f : f + sounds[w].size] += g[:, None] * sounds[w]
    for player in (Grains(sounds, shower.between), Takes(sounds, shower.between)):
        made = np.zeros((4, 64_000), np.float32)
        for a in range(30_000, 60_000, 512):
            player.add(a, 512, made[:, a : a + 512])
        assert (
            np.abs(made[:, 30_000:60_000] - expected[:, 30_000:60_000]).max() < 1e-4 * np.abs(expected).max()
        )


def test_takes_hear_of_what_is_asked_for_only_now() -> None:
    asked = [Shower(np.array([100]), np.array([0]), np.ones((4, 1), np.float32))]
    takes = Takes([np.ones(3000, np.float32)], lambda a, b: Shower.together(asked).between(a, b))
    out = np.zeros((4, 2048), np.float32)
    takes.add(0, 512, out[:, :512])
    asked.append(Shower(np.array([600]), np.array([0]), np.ones((4, 1), np.float32)))
    takes.forget()
    for a in range(512, 2048, 512):
        takes.add(a, 512, out[:, a : a + 512])
    assert (out[0, :100] == 0).all()
    assert (out[0, 100:600] == 1).all()
    assert (out[0, 600:] == 2).all()


def test_claps_are_short_and_each_shape_has_its_hollow() -> None:
    peaks = []
    for s, shape in enumerate(SHAPES):
        near = pool()[s * PLACES * VARIANTS : s * PLACES * VARIANTS + VARIANTS]
        for clap in near:
            energy = np.cumsum(clap[::-1].astype(np.float64) ** 2)[::-1]
            assert energy[600] < 0.03 * energy[0]
            assert abs(float(clap.mean())) < 1e-6
        power = np.mean([np.abs(np.fft.rfft(clap, 4096)) ** 2 for clap in near], axis=0)
        hz = np.fft.rfftfreq(4096, 1 / RATE)
        peaks.append(float((power * hz)[hz < 5000].sum() / power[hz < 5000].sum()))
        assert 0.5 * shape.hollow_hz < hz[power.argmax()] < 2.0 * shape.hollow_hz
    assert peaks[0] < 0.6 * peaks[-1]


def test_a_clap_is_heard_after_its_way_through_the_house() -> None:
    timeline = timeline_of('length = "6s"\nsound.applause = { count = 40 }')
    span = timeline.beats[0]
    made, heard = clapping.claps(timeline, span), clapped(timeline, span)
    far = clapping.hands(timeline.seed, 40).distance[made.who]
    expected = np.sort(np.rint((made.time + delay(far)) * RATE))
    assert np.abs(heard.frame - expected).max() <= 1
    assert 0.008 < delay(1.0) < 0.013


def test_unison_is_heard_as_one_pulse_and_costs_loudness() -> None:
    timeline = timeline_of(
        'length = "20s"\nsound.applause = { gain_db = 0, count = 300, unison = "0 -> 1 over 5s after 4s" }'
    )
    scattered = alone(Applause, timeline, 1.0, 4.0)
    together = alone(Applause, timeline, 14.0, 19.0)
    wild, one = _envelope(scattered), _envelope(together)
    assert one.std() / one.mean() > 2.5 * wild.std() / wild.mean()
    assert 1.6 < _strongest_hz(one, 1.0, 3.2) < 2.3
    assert decibels(together) < decibels(scattered) + 1.0


def test_nobody_shouts_again_before_all_others_have() -> None:
    timeline = timeline_of('length = "24s"\nsound.applause = { count = 2000, cheers = 1, whistles = 1 }')
    shower = cheered(timeline, timeline.beats[0])
    order = np.lexsort((shower.frame, shower.which))
    again = np.diff(shower.frame[order])[np.diff(shower.which[order]) == 0]
    assert shower.frame.size > 120 and (again > 8 * RATE).all()


def test_applause_thins_out_to_digital_silence() -> None:
    timeline = timeline_of(
        'length = "8s"\nsound.applause = { gain_db = 0, count = 200, clapping = "1 -> 0 over 4s" }'
    )
    assert alone(Applause, timeline, 1.0, 2.0).any()
    assert not alone(Applause, timeline, 7.0, 8.0).any()


def test_hearts_in_step_are_heard_as_one() -> None:
    timeline = timeline_of(
        'length = "24s"\nsound.hearts = { gain_db = 0, count = 120, rate = 60, coupling = "0 -> 4 over 14s" }'
    )
    rain, one = (_envelope(alone(Hearts, timeline, a, a + 5.0)) for a in (0.5, 18.0))
    assert one.std() / one.mean() > 3 * rain.std() / rain.mean()


def test_breaths_in_step_come_and_go() -> None:
    timeline = timeline_of(
        'length = "40s"\nsound.breaths = { gain_db = 0, count = 120, rate = 15, coupling = "0 -> 5 over 20s" }'
    )
    surf, tide = (_envelope(alone(Breaths, timeline, a, a + 8.0)) for a in (2.0, 31.0))
    assert tide.min() < 0.2 * tide.max() and surf.min() > 0.3 * surf.max()
    assert 0.2 < _strongest_hz(tide, 0.15, 1.2) < 0.6  # once in, once out


@pytest.mark.parametrize("kind", [Applause, Crowd, Cloth], ids=lambda kind: kind.name)
def test_what_a_gesture_brought_about_is_there_after_a_seek(kind: type[Instrument]) -> None:
    more = (
        "cheers = 1, clapping = 0"
        if kind is Applause
        else "motion = 0, slips = 0"
        if kind is Cloth
        else "murmur = 0"
    )
    score = timeline_of(f'length = "9s"\nsound.{kind.name} = {{ gain_db = 0, {more} }}').score
    log = GestureLog([Strike(2.0, -0.4, 0.5, 1.0), Sweep(2.01, -0.4, 0.6, 1.0, 1.2, 0.0)])
    played = alone(kind, Timeline(score, gestures=log), 2.2, 3.4, begin=1.0)
    assert decibels(played) > -70
    assert np.abs(alone(kind, Timeline(score, gestures=log), 2.2, 3.4) - played).max() < 2e-5
