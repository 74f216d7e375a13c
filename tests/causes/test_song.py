"""The song is one line for the ear and for the sunbeam."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.line import Line, Sung
from performance.causes.song import line_of, song, song_level, song_pitch
from performance.gestures import GestureLog, Voice
from performance.score.reader import read_text
from performance.timeline import Timeline

SCORE = """
title = "a test"
tonic = "D3"
[[beat]]
id = "one"
length = "24s"
sound.voice = { gain_db = 0, wait = "2s" }
[[beat]]
id = "two"
length = "20s"
sound.voice = { gain_db = "-> -60 over 4s" }
"""
TIMELINE = Timeline(read_text(SCORE))
TIMES = np.arange(0.0, 44.0, 0.01)


def test_it_waits_sings_and_does_not_begin_anew_while_it_fades() -> None:
    notes = song(TIMELINE, 0.0, 44.0)
    assert notes[0].onset > 2.0
    assert notes[-1].end < 24.0
    assert notes[-1].pitch_hz == pytest.approx(2 * TIMELINE.score.tuning.tonic_hz)


def test_level_and_pitch_follow_the_notes() -> None:
    for note in song(TIMELINE, 0.0, 44.0):
        middle = note.onset + 0.6 * note.length
        assert song_pitch(TIMELINE, middle) == pytest.approx(note.pitch_hz, rel=0.02)
        assert song_level(TIMELINE, middle) > 0.25
    assert song_level(TIMELINE, 1.0) == 0.0
    assert song_pitch(TIMELINE, 1.0) == 0.0


def test_level_never_jumps() -> None:
    levels = np.array([song_level(TIMELINE, t) for t in TIMES])
    assert np.abs(np.diff(levels)).max() < 0.12
    assert 0.0 <= levels.min() and levels.max() <= 1.0


def test_pitch_glides_within_a_phrase() -> None:
    line = line_of(TIMELINE, TIMELINE.beats[0])
    assert line is not None
    t = np.arange(line.starts[0], line.ends[0], 0.002)
    assert np.abs(np.diff(line.octaves(t))).max() < 0.03


def test_a_visitors_voice_is_a_beam_too() -> None:
    timeline = Timeline(read_text(SCORE), None, GestureLog([Voice(30.0, 0.0, 0.5, 0.8, 220.0)]))
    assert song_level(timeline, 30.05) > 0.6
    assert song_level(timeline, 31.0) < 0.05


def test_parts_share_time_and_words() -> None:
    notes = (Sung(0.0, 1.0, 300.0, "la", 0.5, True), Sung(1.0, 1.0, 400.0, "o", 0.5, False))
    line = Line(notes, ((150.0, 200.0),))
    t = np.array([[0.7, 0.7], [1.7, 1.7]])
    hz = 2.0 ** line.octaves(t, np.array([0, 1]))
    assert hz == pytest.approx(np.array([[300, 150], [400, 200]]), rel=1e-3)
