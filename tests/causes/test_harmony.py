"""The plan of harmony: chords where they are written, pure, in one key with what gestures and lines make of them."""

from __future__ import annotations

import math

import pytest

from performance.causes.harmony import changes, harmony_at, spelt
from performance.causes.inkey import pitch_of_gesture, run_of_gesture
from performance.gestures import Strike, Sweep, Touch, Voice
from performance.score.notation.figures import read_chords, read_motif
from performance.score.reader import BrokenScore, read_text
from performance.timeline import Timeline

SCORE = """
title = "a test"
tonic = "D3"
tempo = 60
[motif]
fall = "1 5@2 4 3 ~ 1@3"
[[beat]]
id = "home"
length = "20s"
sound.harmony = { chords = "I@4 ii7@2 V7@2 bVI@4 Isus4" }
[[beat]]
id = "away"
length = "8s"
sound.harmony = { on = "A3", scale = "dorian", chords = "i iv" }
[[beat]]
id = "back"
length = "8s"
sound.harmony = { on = "D3", scale = "ionian", chords = "I" }
"""
TIMELINE = Timeline(read_text(SCORE))


def test_chords_stand_where_they_are_written_and_go_round() -> None:
    names = [(one.start, one.name) for one in changes(TIMELINE, 0.0, 20.0)]
    assert names[:6] == [(0, "I"), (4, "ii7"), (6, "V7"), (8, "bVI"), (12, "Isus4"), (13, "I")]
    assert harmony_at(TIMELINE, 5.9).name == "ii7"
    assert harmony_at(TIMELINE, 20.5).name == "i"


def test_home_departure_return() -> None:
    home, away, back = (harmony_at(TIMELINE, t) for t in (1.0, 21.0, 30.0))
    assert away.tonic_hz == pytest.approx(1.5 * home.tonic_hz)
    assert (back.tonic_hz, back.ratios) == (home.tonic_hz, home.ratios)


def test_windows_together_are_the_whole() -> None:
    whole = changes(TIMELINE, 0.0, 36.0)
    parts = [one for i in range(72) for one in changes(TIMELINE, i * 0.5, (i + 1) * 0.5)]
    assert parts == whole


@pytest.mark.parametrize("text", ["I", "vi", "V7", "ii7", "bVI", "ivo", "IVmaj7", "Isus4", "v5", "I6", "ii9"])
def test_a_chord_is_pure_on_its_root(text: str) -> None:
    (figure,) = read_chords(text)
    ratios, degrees = spelt(figure, "ionian", "just")
    tones = [2.0 ** (degree // 7) * ratios[degree % 7] for degree in degrees]
    for tone, (_, ratio) in zip(tones, figure.steps, strict=True):
        octaves = math.log2(tone / tones[0] / ratio)
        assert abs(octaves - round(octaves)) < 1e-9


def test_equal_tuning_tempers_the_plan() -> None:
    timeline = Timeline(read_text(SCORE.replace('tonic = "D3"', 'tonic = "D3"\ntuning = "equal"', 1)))
    harmony = harmony_at(timeline, 9.0)
    cents = [1200 * math.log2(hz / harmony.tonic_hz) for hz in harmony.tones(100.0, 900.0)]
    assert all(abs(one - 100 * round(one / 100)) < 1e-6 for one in cents)


def test_nobody_can_play_a_wrong_note() -> None:
    for i in range(60):
        t, v = 0.33 * i, 0.01 * i
        harmony = harmony_at(TIMELINE, t)
        for gesture in (Touch(t, 0.1, v), Strike(t, 0.1, v), Sweep(t, 0.0, v, 1.0, 1.0, 0.2)):
            pitch = pitch_of_gesture(TIMELINE, gesture)
            assert pitch in harmony.tones(pitch / 1.01, pitch * 1.01)
        sung = pitch_of_gesture(TIMELINE, Voice(t, 0.0, 0.5, 1.0, 200.0 + 7 * i))
        assert harmony.nearest(sung, chord=False) == pytest.approx(sung)
    assert pitch_of_gesture(TIMELINE, Touch(1.0, 0, 0.1)) > pitch_of_gesture(TIMELINE, Touch(1.0, 0, 0.7))


def test_a_run_follows_its_stroke() -> None:
    up = run_of_gesture(TIMELINE, Sweep(1.0, 0.0, 0.7, 1.0, 1.0, 0.0), 4)
    down = run_of_gesture(TIMELINE, Sweep(1.0, 0.0, 0.2, 1.0, -1.0, 0.0), 4)
    assert list(up) == sorted(up) and list(down) == sorted(down, reverse=True)


def test_motifs_are_read_with_their_rests() -> None:
    tones = TIMELINE.score.motifs["fall"]
    assert tones == read_motif("1 5@2 4 3 ~ 1@3")
    assert [(tone.onset, tone.degree) for tone in tones] == [(0, 0), (1, 4), (3, 3), (4, 2), (6, 0)]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (SCORE.replace("5@2 4 3", "5x 4 3"), ":6:"),
        (SCORE.replace("ii7@2", "iiz@2"), "chords:"),
        (SCORE.replace("fall =", "Fall ="), "is not a name"),
        (SCORE.replace('[motif]\nfall = "1 5@2 4 3 ~ 1@3"', "motif = 3"), "not a table of motifs"),
    ],
)
def test_slips_are_found(bad: str, says: str) -> None:
    with pytest.raises(BrokenScore) as broken:
        read_text(bad)
    assert any(says in str(fault) for fault in broken.value.faults)
