"""Time, loudness and pitch are read as musicians write them."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from performance.units import (
    CONCERT_PITCH_HZ,
    TUNINGS,
    Tuning,
    Unreadable,
    decibels,
    duration,
    gain,
    pitch_name,
)

NAMES = [
    f"{letter}{accidental}{octave}"
    for letter in "CDEFGAB"
    for accidental in ("", "#", "b")
    for octave in (2, 4)
]


def test_gain_and_decibels_are_inverse_above_silence() -> None:
    for db in (-59.0, -14.0, -6.0, 0.0, 12.0):
        assert decibels(gain(db)) == pytest.approx(db)
    assert gain(-60.0) == gain(-math.inf) == 0.0
    assert decibels(0.0) == -math.inf


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("8s", 8.0),
        ("250 ms", 0.25),
        ("2min", 120.0),
        ("8 bars", 32.0),
        ("1 bar", 4.0),
        ("3 counts", 3.0),
        ("0s", 0.0),
    ],
)
def test_durations(text: str, seconds: float) -> None:
    assert duration(text, tempo=60.0, metre=4.0).seconds == pytest.approx(seconds)


def test_bars_follow_tempo_and_metre() -> None:
    for tempo in (40.0, 54.0, 133.0):
        for metre in (3.0, 4.0, 7.0):
            assert duration("2 bars", tempo, metre).seconds == pytest.approx(2 * metre * 60 / tempo)


def test_a_share_is_of_the_beat() -> None:
    assert duration("40%", 60, 4).within(20.0) == pytest.approx(8.0)


@pytest.mark.parametrize(
    "text", ["", "s", "8", "8 parsecs", "-3s", "1e9s", "99999999s", "inf s", "nan", "٣s", "8ss", "--1s"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        duration(text, 60.0, 4.0)


@pytest.mark.parametrize("kind", TUNINGS)
def test_the_tonic_is_the_same_in_every_tuning(kind: str) -> None:
    for tonic in ("C2", "D3", "F#4", "Bb3"):
        tuning = Tuning(tonic, kind)  # type: ignore[arg-type]
        assert tuning.pitch_hz(tonic) == pytest.approx(tuning.tonic_hz)
        assert tuning.pitch_hz("1/1") == pytest.approx(tuning.tonic_hz)
    assert Tuning("A4", kind).tonic_hz == pytest.approx(CONCERT_PITCH_HZ)  # type: ignore[arg-type]


def test_just_pitches_are_small_ratios_within_a_quarter_tone_of_equal_ones() -> None:
    just, equal = Tuning("D3", "just"), Tuning("D3", "equal")
    for name in NAMES:
        ratio = just.pitch_hz(name) / just.tonic_hz
        octaves = 2.0 ** math.floor(math.log2(ratio) + 1e-9)
        small = Fraction(ratio / octaves).limit_denominator(150)
        assert ratio / octaves == pytest.approx(float(small), abs=1e-9), name
        assert abs(1200 * math.log2(just.pitch_hz(name) / equal.pitch_hz(name))) < 50, name


def test_known_just_intervals() -> None:
    tuning = Tuning("D3")
    found = [
        Fraction(tuning.pitch_hz(name) / tuning.tonic_hz).limit_denominator(64)
        for name in ("A3", "F#4", "C4", "D2")
    ]
    assert found == [Fraction(3, 2), Fraction(5, 2), Fraction(9, 5), Fraction(1, 2)]
    assert tuning.pitch_hz("F#3") < tuning.pitch_hz("Gb3")


def test_octaves_are_two_except_when_stretched() -> None:
    for kind, octave in (("just", 2.0), ("equal", 2.0), ("stretched", 2.0 ** (1206 / 1200))):
        tuning = Tuning("D3", kind)  # type: ignore[arg-type]
        for name in ("C", "F#", "Bb"):
            assert tuning.pitch_hz(f"{name}4") / tuning.pitch_hz(f"{name}3") == pytest.approx(octave)


def test_ratios_hertz_and_cents() -> None:
    tuning = Tuning("A3")
    assert tuning.pitch_hz("3/2") == pytest.approx(330.0)
    assert tuning.pitch_hz("220.5Hz") == pytest.approx(220.5)
    assert tuning.pitch_hz("a3+1200c") == pytest.approx(440.0)
    assert tuning.pitch_hz("A3-50c") == pytest.approx(220 * 2 ** (-50 / 1200))


@pytest.mark.parametrize(
    "text", ["", "H4", "F", "F#", "4F", "1/0", "0/1", "9999/1", "1Hz", "99999Hz", "C4+c", "C4 D4", "3/2/1"]
)
def test_what_is_no_pitch_is_refused_with_what_would_be(text: str) -> None:
    with pytest.raises(Unreadable, match=r"pitch|zero|Hz"):
        Tuning().pitch_hz(text)


def test_pitch_names_read_back() -> None:
    tuning = Tuning("A3", "equal")
    for hz in (27.5, 61.7, 220.0, 441.0, 3000.0):
        assert tuning.pitch_hz(pitch_name(hz)) == pytest.approx(hz, rel=4e-4)
