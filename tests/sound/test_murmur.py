"""A crowd is people: they talk in syllables, cough when they are asked to, gasp one after the other."""

from __future__ import annotations

import numpy as np
import pytest
from alone import alone, decibels, timeline_of
from numpy.typing import NDArray

from performance.gestures import GestureLog, Strike
from performance.sound.collective import TOGETHER, happenings, pool
from performance.sound.crowd import Crowd
from performance.sound.instrument import RATE
from performance.sound.place import delay
from performance.sound.reflexes import EACH, KINDS, index, reflexes
from performance.sound.speech import phrases
from performance.timeline import Timeline

Numbers = NDArray[np.float64]


def _envelope(sound: Numbers, rate: int = 100) -> Numbers:
    pieces = sound[: len(sound) // (RATE // rate) * (RATE // rate)].reshape(-1, RATE // rate)
    return np.asarray(np.sqrt((pieces.astype(np.float64) ** 2).mean(axis=1)))


def _spectrum(sound: Numbers) -> tuple[Numbers, Numbers]:
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 1 << 16)) ** 2
    return np.fft.rfftfreq(1 << 16, 1 / RATE), np.asarray(power)


def _centroid(sound: Numbers) -> float:
    hz, power = _spectrum(sound)
    return float((hz * power).sum() / power.sum())


def test_people_talk_in_syllables() -> None:
    centres, depths = [], []
    for phrase in phrases():
        envelope = _envelope(phrase)
        power = np.abs(np.fft.rfft((envelope - envelope.mean()) * np.hanning(envelope.size), 2048)) ** 2
        hz = np.fft.rfftfreq(2048, 0.01)
        band = (hz > 1) & (hz < 12)
        centres.append((power * hz)[band].sum() / power[band].sum())
        depths.append(envelope.std() / envelope.mean())
    assert 3.0 < np.median(centres) < 6.0
    assert np.median(depths) > 0.3


def test_no_two_phrases_are_alike() -> None:
    envelopes = np.array([np.resize(_envelope(phrase), 100) for phrase in phrases()])
    likeness = np.corrcoef(envelopes) - np.eye(len(envelopes))
    assert likeness.max() < 0.9


@pytest.mark.parametrize("kind", KINDS)
def test_reflexes_are_whole_sounds(kind: str) -> None:
    for sound in reflexes()[index(kind) : index(kind) + EACH]:
        assert np.isfinite(sound).all()
        assert sound[0] == sound[-1] == 0.0
        assert 0.2 < np.abs(sound).max() < 0.9
        assert abs(float(sound.mean())) < 1e-4


def test_a_gasp_opens_and_a_sigh_falls() -> None:
    rises = []
    for sound in reflexes()[index("gasp") : index("gasp") + EACH]:
        half = len(sound) // 2
        rises.append(_centroid(sound[half:]) / _centroid(sound[:half]))
    assert np.median(rises) > 1.03
    for sound in reflexes()[index("sigh") : index("sigh") + EACH]:
        fifth = len(sound) // 5
        assert _envelope(sound[2 * fifth : 3 * fifth]).mean() > 2.0 * _envelope(sound[4 * fifth :]).mean()


def test_a_laugh_is_a_row_of_short_vowels() -> None:
    for sound in reflexes()[index("laugh") : index("laugh") + EACH]:
        envelope = _envelope(sound, 50)
        power = np.abs(np.fft.rfft(envelope - envelope.mean(), 1024))
        hz = np.fft.rfftfreq(1024, 0.02)
        assert 3.4 < hz[hz > 2.5][power[hz > 2.5].argmax()] < 6.5


def _coughs(rate: float) -> int:
    timeline = timeline_of(f'length = "60s"\nsound.crowd = {{ coughs = {rate} }}')
    shower = happenings(timeline, timeline.beats[0])
    return int(np.count_nonzero(shower.which < EACH))


def test_coughs_come_as_often_as_asked() -> None:
    assert _coughs(0) == 0
    assert 20 < _coughs(30) < 70  # now and then twice in a row
    assert _coughs(120) > 2 * _coughs(30)


def _lateness(name: str) -> Numbers:
    timeline = timeline_of(f'length = "9s"\nsound.crowd = {{ count = 400, {name} = "3s" }}')
    shower = happenings(timeline, timeline.beats[0])
    what = TOGETHER[name]
    own = (shower.which >= what.first) & (shower.which < what.first + what.kinds)
    return np.asarray(shower.frame[own] / RATE - 3.0)


def test_a_gasp_runs_through_the_house_and_a_breath_does_not() -> None:
    gasp, intake, sigh = _lateness("gasp"), _lateness("intake"), _lateness("sigh")
    assert min(part.min() for part in (gasp, intake, sigh)) > 0.0
    assert gasp.size > 20 and intake.size > 20
    early, late = np.percentile(gasp - gasp.min(), (50, 95))
    assert 0.05 < early < 0.25 and late > 2.2 * early  # a few first, stragglers last
    assert intake.std() < 0.5 * gasp.std()
    assert intake.std() < sigh.std() < 0.4
    assert gasp.max() < 3.0 + float(delay(7.0))


def test_murmur_swells_and_breaks() -> None:
    timeline = timeline_of(
        'length = "9s"\nsound.crowd = { gain_db = 0, murmur = "0.1 -> 1 over 4s after 1s", coughs = 0 }'
    )
    levels = [decibels(alone(Crowd, timeline, t, t + 1.0)) for t in (0.5, 6.0)]
    assert 12 < levels[1] - levels[0] < 35


def test_cloth_takes_the_top() -> None:
    heard = []
    for cloth in (0, 1):
        timeline = timeline_of(
            f'length = "6s"\nsound.crowd = {{ gain_db = 0, murmur = 1, cloth = {cloth}, count = 30 }}'
        )
        hz, power = _spectrum(alone(Crowd, timeline, 1.0, 4.0)[:, 0].astype(np.float64))
        heard.append(power[hz > 2000].sum() / power[hz < 1000].sum())
    assert heard[1] < 0.03 * heard[0]


def test_nobody_there_is_silence() -> None:
    timeline = timeline_of(
        'length = "5s"\nfade = "0s"\nsound.crowd = { gain_db = 0, murmur = 0, coughs = 0 }'
    )
    assert not alone(Crowd, timeline, 0.0, 3.0).any()


def test_a_blow_startles_those_near_it() -> None:
    score = timeline_of('length = "6s"\nsound.crowd = { gain_db = 0, murmur = 0, coughs = 0 }').score
    timeline = Timeline(score, gestures=GestureLog([Strike(2.0, 0.6, 0.5, 1.0)]))
    sound = alone(Crowd, timeline, 1.0, 3.5)
    first = int(np.flatnonzero(np.abs(sound).max(axis=1) > 1e-5)[0]) + RATE // 1024 * 1024
    assert abs(first - 2 * RATE) < 1600
    assert np.abs(sound[:, 1]).sum() > np.abs(sound[:, 0]).sum()


def test_everything_has_its_double_behind_the_curtain() -> None:
    half = len(pool()) // 2
    for clear, dull in zip(pool()[:half:7], pool()[half::7], strict=True):
        assert clear.size == dull.size
        assert _centroid(dull) < _centroid(clear)
