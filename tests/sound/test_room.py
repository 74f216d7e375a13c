"""Rooms: the convolution is one, every room rings as long as it says, and silence in is silence out."""

from __future__ import annotations

import numpy as np
import pytest
from alone import timeline_of

from performance.score.instruments.room import ROOMS as WORDS
from performance.sound.convolve import Convolver
from performance.sound.instrument import RATE
from performance.sound.room import Room, shares_of
from performance.sound.rooms import ROOMS, response


@pytest.mark.parametrize("block", [256, 512])
def test_partitions_give_the_convolution_and_then_exact_silence(block: int) -> None:
    rng = np.random.default_rng(3)
    impulse = (rng.standard_normal((2, RATE)) * 0.02).astype(np.float32)
    sent = (rng.standard_normal((2, 60 * block)) * 0.1).astype(np.float32)
    echo, got = Convolver(impulse, block), np.zeros_like(sent)
    for start in range(0, sent.shape[1], block):
        echo.process(sent[:, start : start + block], got[:, start : start + block])
    size = 1 << 17
    spectrum = np.fft.rfft(sent.astype(np.float64), size) * np.fft.rfft(impulse.astype(np.float64), size)
    wanted = np.fft.irfft(spectrum, size)[:, : got.shape[1]]
    assert 10 * np.log10((wanted**2).sum() / ((got - wanted) ** 2).sum()) > 120
    quiet = np.zeros((2, block), np.float32)
    for _ in range(RATE // block + 60):
        out = np.zeros((2, block), np.float32)
        echo.process(quiet, out)
    assert echo.idle
    assert not out.any()


def test_the_score_knows_every_room() -> None:
    assert set(WORDS) == set(ROOMS)


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_rings_as_long_as_it_says(name: str) -> None:
    impulse = response(name).astype(np.float64)
    assert np.isfinite(impulse).all()
    assert abs(impulse.sum(axis=1)).max() < 0.2  # hardly anything at zero hertz
    left = np.cumsum((impulse**2).sum(axis=0)[::-1])[::-1]
    decay = 10 * np.log10(left / left[0] + 1e-30)
    t20 = 3 * float(np.argmax(decay < -25) - np.argmax(decay < -5)) / RATE
    assert min(ROOMS[name].t60) * 0.8 < t20 < max(ROOMS[name].t60) * 1.1
    assert abs(np.corrcoef(impulse)[0, 1]) < 0.5
    assert abs(impulse[:, -1]).max() < 1e-6


def test_a_room_that_has_been_left_is_not_kept_at_work() -> None:
    timeline = timeline_of(
        'length = "3s"\nsound.room = { kind = "backstage" }',
        'length = "3s"\nfade = "1s"\nsound.room = { kind = "open" }',
    )
    assert set(shares_of(timeline.cue("sound.room", 3.5))) == {"backstage", "open"}
    assert set(shares_of(timeline.cue("sound.room", 4.0))) == {"open"}


def test_one_room_opens_into_another_without_a_gap() -> None:
    timeline = timeline_of(
        'length = "3s"\nsound.room = { kind = "backstage" }',
        'length = "3s"\nfade = "1s"\nsound.room = { kind = "open" }',
    )
    room, rng = Room(timeline, 512), np.random.default_rng(4)
    room.locate(0)
    levels = []
    for start in range(0, 5 * RATE // 512 * 512, 512):
        sent, out = (rng.standard_normal((2, 512)) * 0.1).astype(np.float32), np.zeros((2, 512), np.float32)
        room.tick_until(start + 512)
        room.process(start, sent, out)
        levels.append(float(out.std()))
    fading = np.array(levels)[3 * RATE // 512 : 4 * RATE // 512]
    assert fading.min() > 0.4 * min(np.mean(levels[100:250]), np.mean(levels[-50:]))


@pytest.mark.parametrize("name", ROOMS)
def test_a_steady_tone_is_as_loud_on_both_sides(name: str) -> None:
    size = 1 << 19
    power = np.abs(np.fft.rfft(response(name), size)) ** 2
    tones = np.geomspace(100, 5000, 1000) * size / RATE
    apart = 10 * np.abs(np.log10(power[0, tones.astype(int)] / power[1, tones.astype(int)]))
    assert np.percentile(apart, 95) < 4.5
    assert np.mean(apart > 10.0) < 0.01


def test_rooms_are_told_apart_by_length_nearness_and_width() -> None:
    heard = {}
    for name in ROOMS:
        impulse = response(name).astype(np.float64)
        energy = (impulse**2).sum(axis=0)
        side, middle = ((impulse[0] - impulse[1]) ** 2).sum(), ((impulse[0] + impulse[1]) ** 2).sum()
        early = energy[: round(0.08 * RATE)].sum() / energy.sum()
        centre = (energy * np.arange(energy.size)).sum() / energy.sum() / RATE
        heard[name] = (float(np.log2(centre)), 3 * float(early), float(10 * np.log10(side / middle)) / 3)
    for one in heard:
        for other in heard:
            assert one == other or np.linalg.norm(np.subtract(heard[one], heard[other])) > 0.25, (one, other)
    assert heard["backstage"][2] < -0.8  # a small room stands before one, the others around one
    assert all(abs(heard[name][2]) < 0.5 for name in ROOMS if name != "backstage")
