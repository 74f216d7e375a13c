"""Each voice does what it is for: the pitch that was asked, breath that becomes song, a drone that sags."""

from __future__ import annotations

import numpy as np
import pytest
from alone import alone, decibels, timeline_of
from numpy.typing import NDArray

from performance.causes import heart, performer
from performance.causes.line import Line, Sung
from performance.causes.recall import recall
from performance.causes.song import line_of
from performance.causes.strokes import Stroke, sheet
from performance.sound.breath import Breath
from performance.sound.chorus import Chorus, ladder
from performance.sound.composed import Attempt
from performance.sound.current import Current
from performance.sound.heart import Heart
from performance.sound.instrument import RATE
from performance.sound.singing import Singers
from performance.sound.steering import Choir, Steering
from performance.sound.tilt import Tilt
from performance.sound.voice import Voice
from performance.sound.whispers import Whispers
from performance.timeline import Timeline

Sound = NDArray[np.float32]


def _mono(sound: Sound) -> NDArray[np.float64]:
    return sound[:, :2].mean(axis=1, dtype=np.float64)


def _period(x: NDArray[np.float64], low_hz: float, high_hz: float) -> tuple[float, float]:
    """(pitch in hertz, clarity 0..1) by autocorrelation without the window's own fall (Boersma 1993)."""
    n = len(x)
    window = np.hanning(n)
    own, both = (np.fft.irfft(np.abs(np.fft.rfft(y, 4 * n)) ** 2)[: n // 2] for y in (window, window * x))
    likeness = both / np.maximum(own, own[0] * 1e-3) * own[0] / max(both[0], 1e-12)
    a, b = int(RATE / high_hz), int(RATE / low_hz)
    k = a + int(likeness[a:b].argmax())
    left, here, right = likeness[k - 1 : k + 2]
    return RATE / (k + 0.5 * (left - right) / (left - 2 * here + right)), float(here)


def _centroid(x: NDArray[np.float64]) -> float:
    power = np.abs(np.fft.rfft(x * np.hanning(len(x)))) ** 2
    return float((power * np.fft.rfftfreq(len(x), 1 / RATE)).sum() / power.sum())


VOICE = timeline_of('length = "12s"\nsound.voice = { gain_db = 0, breath = 0.1, follow = 0 }')


@pytest.fixture(scope="module")
def voice() -> Sound:
    return alone(Voice, VOICE, 0.0, 6.0)


def test_the_voice_sings_the_pitch_of_its_line(voice: Sound) -> None:
    line = line_of(VOICE, VOICE.beats[0])
    assert line is not None
    x, off = _mono(voice), []
    for note in line.notes:
        t = note.onset + 0.5 * note.length
        if note.length > 0.5 and t < 5.9:
            found, clear = _period(
                x[round(t * RATE) - 2400 : round(t * RATE) + 2400], 0.8 * note.pitch_hz, 1.25 * note.pitch_hz
            )
            off.append(abs(1200 * np.log2(found / note.pitch_hz)))
            assert clear > 0.9
    assert len(off) >= 3
    assert np.median(off) < 30  # its vibrato and flutter; the line itself is exact


def test_vibrato_comes_late_and_at_a_singers_rate() -> None:
    line = line_of(VOICE, VOICE.beats[0])
    assert line is not None
    singers = Steering(line, Choir(seed=3))
    note = max(line.notes, key=lambda note: note.length)
    t = np.arange(note.onset + 0.16, note.end, 0.005)
    cents = 1200 * (singers.octaves(t[:, None])[:, 0] - np.log2(note.pitch_hz))
    late = cents[t > note.onset + 0.7]
    assert np.ptp(cents[t < note.onset + 0.3]) < 0.6 * np.ptp(late)
    turns = np.count_nonzero(np.diff(np.sign(late - late.mean()))) / 2 / (note.end - note.onset - 0.7)
    assert 4.3 < turns < 7.0
    assert 60 < np.ptp(late) < 170


def test_loud_tones_ring_and_the_voice_is_silent_between_phrases(voice: Sound) -> None:
    line = line_of(VOICE, VOICE.beats[0])
    assert line is not None
    loudest = max((n for n in line.notes if n.end < 6.0), key=lambda n: n.loudness * (n.length > 0.3))
    a = round((loudest.onset + 0.1) * RATE)
    power = np.abs(np.fft.rfft(_mono(voice)[a : a + 8192] * np.hanning(8192))) ** 2
    hz = np.fft.rfftfreq(8192, 1 / RATE)
    ring, low = power[(hz > 2400) & (hz < 3600)].sum(), power[hz < 1200].sum()
    assert -30 < 10 * np.log10(ring / low) < 0
    assert power[hz > 16_000].sum() < 1e-6 * low
    assert not voice[: round(0.2 * RATE)].any()


def _flatness(x: NDArray[np.float64]) -> float:
    """How much like noise: geometric over arithmetic mean of the power between 100 and 3000 Hz."""
    power = np.abs(np.fft.rfft(x * np.hanning(len(x)))) ** 2 + 1e-15
    hz = np.fft.rfftfreq(len(x), 1 / RATE)
    band = power[(hz > 100) & (hz < 3000)]
    return float(np.exp(np.log(band).mean()) / band.mean())


def test_whispers_turn_into_a_tune() -> None:
    timeline = timeline_of(
        'length = "22s"\nsound.whispers = { gain_db = 0, turn = "0 -> 1 linear over 8s after 4s" }'
    )
    flat = []
    for a, b in ((1.0, 3.0), (15.0, 18.0)):
        x = _mono(alone(Whispers, timeline, a, b))
        heard = [x[i : i + 8192] for i in range(0, len(x) - 8192, 8192)]
        flat.append(np.median([_flatness(y) for y in heard if y.std() > 1e-3]))
    assert flat[0] > 0.25
    assert flat[1] < 0.03


def test_whispers_are_syllables_not_a_wash() -> None:
    timeline = timeline_of('length = "12s"\nsound.whispers = { gain_db = 0, mouths = 2 }')
    x = alone(Whispers, timeline, 1.0, 7.0)[:, 0].astype(np.float64)
    envelope = np.sqrt((x[: len(x) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1))
    spectrum = np.abs(np.fft.rfft((envelope - envelope.mean()) * np.hanning(len(envelope)))) ** 2
    hz = np.fft.rfftfreq(len(envelope), 0.01)
    centre = (spectrum * hz)[(hz > 0.5) & (hz < 16)].sum() / spectrum[(hz > 0.5) & (hz < 16)].sum()
    assert 2.5 < centre < 7.5  # syllables a second and what they are made of
    assert envelope.std() / envelope.mean() > 0.45


def test_the_heart_sounds_when_its_beats_are() -> None:
    timeline = timeline_of('length = "10s"\nsound.heart = { gain_db = 0, rate = 60 }')
    x = np.abs(_mono(alone(Heart, timeline, 0.0, 6.0)))
    for beat in heart.heart_beats(timeline, 0.5, 5.0):
        at = round(beat.first * RATE)
        assert x[at + 200 : at + 2400].max() > 0.1
        assert x[at - 2400 : at].max() < 0.3 * x[at + 200 : at + 2400].max()


def test_small_speakers_carry_the_heart() -> None:
    timeline = timeline_of('length = "10s"\nsound.heart = { gain_db = 0, knock = 0.6 }')
    power = np.abs(np.fft.rfft(_mono(alone(Heart, timeline, 1.0, 5.0)))) ** 2
    hz = np.fft.rfftfreq(2 * len(power) - 2, 1 / RATE)
    assert 10 * np.log10(power[(hz > 110) & (hz < 260)].sum() / power[hz < 110].sum()) > -16


def test_breath_goes_out_darker_than_in() -> None:
    timeline = timeline_of('length = "10s"\nsound.breath = { gain_db = 0, rate = 12 }')
    x = _mono(alone(Breath, timeline, 0.0, 10.0))
    inward, outward = x[round(5.4 * RATE) : round(6.6 * RATE)], x[round(7.4 * RATE) : round(9.0 * RATE)]
    assert _centroid(inward) > 1.3 * _centroid(outward)


def test_the_drone_sags_by_its_depth() -> None:
    timeline = timeline_of(
        'length = "20s"\nsound.tilt = { gain_db = 0, chord = "D3", sag = "0 -> 1 over 8s after 4s", depth = 7 }'
    )
    found = []
    for a in (2.5, 16.5):
        x = _mono(alone(Tilt, timeline, a, a + 1.5))[: RATE + RATE // 4]
        power = np.abs(np.fft.rfft(x * np.hanning(len(x)), 8 * RATE)) ** 2
        hz = np.fft.rfftfreq(8 * RATE, 1 / RATE)
        band = (hz > 90) & (hz < 155)
        found.append(float(hz[band][power[band].argmax()]))
    assert 12 * np.log2(found[0] / found[1]) == pytest.approx(7.0, abs=0.25)


def test_the_current_climbs_in_tune() -> None:
    timeline = timeline_of('length = "12s"\nsound.current = { gain_db = 0, rise = "0 -> 1 linear", air = 0 }')
    spans = [_mono(alone(Current, timeline, a, a + 1.0)) for a in (1.0, 5.0, 10.0)]
    centroids = [_centroid(x) for x in spans]
    assert centroids[0] < 0.7 * centroids[1] < 0.49 * centroids[2]
    power = np.abs(np.fft.rfft(spans[2] * np.hanning(len(spans[2])))) ** 2
    hz = np.fft.rfftfreq(len(spans[2]), 1 / RATE)
    number = hz[power > 1e-3 * power.max()] / (timeline.score.tuning.tonic_hz / 2)
    assert np.abs(number - np.rint(number)).max() < 0.1


def test_answers_are_in_the_chord_and_follow_the_hand() -> None:
    chord = (293.66, 440.5, 367.1)
    steps = np.log2(np.divide.outer(ladder(chord), chord))
    assert np.abs(steps - np.rint(steps)).min(axis=1).max() < 1e-9
    assert ladder(chord) == sorted(ladder(chord))
    timeline = timeline_of(
        'length = "20s"\nstage.ghost = { sweeps = 12 }\nsound.chorus = { gain_db = 0, glass = 0, chord = "D4 A4" }'
    )
    sweep = performer.gestures(timeline, 4.0, 20.0)[0]
    sound = alone(Chorus, timeline, sweep.t - 1.0, sweep.t + 2.0)
    assert decibels(sound[: round(0.9 * RATE)]) < -70 < -50 < decibels(sound[round(1.2 * RATE) :])


def test_the_attempt_is_choked_and_out_of_tune() -> None:
    timeline = timeline_of('length = "16s"\nsound.attempt = { gain_db = 0, choke = 0.8 }')
    player = alone(Attempt, timeline, 0.0, 16.0)
    envelope = np.abs(_mono(player))[: 15 * RATE].reshape(-1, RATE // 20).max(axis=1)
    assert (envelope < 0.02 * envelope.max()).mean() > 0.4  # most of it is silence between dead tones


def test_the_scenes_slow_down_and_meet() -> None:
    timeline = timeline_of('length = "36s"\nsound.recall = { gain_db = 0, meet = "24s", stretch = 3 }')
    strokes = _strokes(timeline)
    before, after = [s for s in strokes if s.onset < 24.0], [s for s in strokes if s.onset >= 24.0]
    for body in ("bell", "glass", "mirror"):
        gaps = np.diff([s.onset for s in before if s.body == body])
        rounds = np.array([gaps[i : i + 3].sum() for i in range(0, len(gaps) - 2, 3)])  # each has three notes
        assert (np.diff(rounds) > 0).all()
    assert {s.body for s in before} == {"bell", "glass", "mirror"}
    assert before[-1].onset < 23.9
    assert min(s.onset for s in after) == pytest.approx(24.0, abs=1e-6)
    assert max(s.onset for s in after) < 35.0
    assert after[0].level > np.mean([s.level for s in before])


def test_echoes_recede() -> None:
    timeline = timeline_of('length = "30s"\nsound.recall = { gain_db = 0, form = "echo", echoes = 6 }')
    strokes = _strokes(timeline)
    levels, distances = [s.level for s in strokes[::3]], [s.distance for s in strokes[::3]]
    assert levels == sorted(levels, reverse=True) and distances == sorted(distances)
    assert levels[-1] < 0.2 * levels[0]


def test_waking_is_one_tone() -> None:
    timeline = timeline_of('length = "12s"\nsound.recall = { gain_db = 0, form = "tone", at = "5s" }')
    assert [s.onset for s in _strokes(timeline)] == [5.0]


def _strokes(timeline: Timeline) -> list[Stroke]:
    made = recall(sheet(timeline, "sound.recall", timeline.beats[0]))
    return sorted(made, key=lambda stroke: stroke.onset)


def test_consonants_hiss_before_their_note_and_take_the_voice_away() -> None:
    notes = (Sung(1.0, 0.8, 220.0, "la", 0.7, True), Sung(1.8, 0.8, 220.0, "sa", 0.7, False))
    singers = Singers(Line(notes), Choir(seed=3, breath=0.0))
    first = round(1.3 * RATE / 512)
    hops = range(first, round(2.3 * RATE / 512))
    sound = np.concatenate([singers.hop(h)[0] + singers.breath(h) for h in hops]).astype(np.float64)

    def share(t: float) -> float:
        a = round((t - first * 512 / RATE) * RATE)
        power = np.abs(np.fft.rfft(sound[a : a + 1536] * np.hanning(1536))) ** 2
        return float(power[round(4500 * 1536 / RATE) :].sum() / power.sum())

    assert share(1.75) > 0.5 > 0.02 > max(share(1.5), share(2.1))


def test_equal_notes_are_not_sung_alike() -> None:
    notes = tuple(Sung(1.0 + 1.5 * i, 1.4, 220.0, "a", 0.7, True) for i in range(6))
    singers = Steering(Line(notes), Choir(seed=3))
    age = np.arange(0.0, 1.3, 0.01)
    sung = [1200 * (singers.octaves((note.onset + age)[:, None])[:, 0] - np.log2(220)) for note in notes]
    deep = np.array([np.ptp(cents[80:]) for cents in sung])
    late = np.array([int(np.argmax(np.abs(cents[15:] - cents[15:40].mean()) > 20)) for cents in sung])
    assert deep.std() > 0.1 * deep.mean()
    assert np.ptp(late) > 6  # hundredths of a second
