"""Loudness after EBU R 128, against its own reference tone and against FFmpeg's meter; the figures that are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from alone import HEAD, timeline_of
from judge import judged
from numpy.typing import NDArray

from performance import house
from performance.score.reader import read_score, read_text
from performance.sound import levels
from performance.sound.instrument import RATE
from performance.sound.loudness import Meter, measure_loudness
from performance.sound.orchestra import Orchestra
from performance.sound.render import pieces
from performance.timeline import Timeline


def tone(level_db: float, seconds: float = 4.0) -> NDArray[np.float32]:
    t = np.arange(round(seconds * RATE)) / RATE
    mono = 10 ** (level_db / 20) * np.sin(2 * np.pi * 997 * t)
    return np.stack([mono, mono], axis=1).astype(np.float32)


def heard(sound: NDArray[np.float32], piece: int) -> float:
    meter = Meter()
    for start in range(0, len(sound), piece):
        meter.hear(sound[start : start + piece])
    return meter.integrated


def test_the_reference_tone_reads_as_its_level() -> None:
    assert heard(tone(-23), 7777) == pytest.approx(-23, abs=0.05)


def test_silence_is_gated_out_and_pieces_do_not_matter() -> None:
    sound = np.concatenate([tone(-20), np.zeros((4 * RATE, 2), np.float32), tone(-20)])
    assert heard(sound, len(sound)) == pytest.approx(-20, abs=0.3)
    assert heard(sound, 1024) == pytest.approx(heard(sound, len(sound)), abs=0.02)
    assert heard(np.zeros((RATE, 2), np.float32), 4096) == -np.inf


def test_it_agrees_with_ffmpeg() -> None:
    rng = np.random.default_rng(8)
    sound = (rng.standard_normal((6 * RATE, 2)) * np.linspace(0.001, 0.2, 6 * RATE)[:, None]).astype(
        np.float32
    )
    assert heard(sound, 4096) == pytest.approx(judged([sound]).lufs, abs=0.15)


def test_a_piece_is_brought_to_the_target() -> None:
    timeline = timeline_of('length = "5s"\nsound.bowed = { chord = "D4 A4", warmth = 1 }')
    lufs = measure_loudness(timeline)
    assert 20 * np.log10(levels.gain_to_target(lufs)) == pytest.approx(levels.TARGET_LUFS - lufs)
    assert levels.gain_to_target(-np.inf) == 1.0


def test_a_score_is_measured_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(levels, "cache_folder", lambda: tmp_path)
    timeline = timeline_of('length = "2s"\nsound.glass = { chord = "D4", roll = 0 }')
    assert levels.known_loudness(timeline.score) is None
    gain = levels.gain_of(timeline)
    assert levels.known_loudness(timeline.score) is not None
    assert levels.gain_of(timeline) == gain


def test_a_seed_is_the_same_score_and_an_edit_another() -> None:
    beat = '[[beat]]\nid = "a"\nlength = "3s"\nsound.drips = { play = "d5 a5", gain_db = -3 }\n'
    one, seeded = read_text(HEAD + beat), read_text(HEAD.replace("11", "12") + beat)
    edited = read_text(HEAD + beat.replace("-3", "-4"))
    assert levels.fingerprint(one) == levels.fingerprint(read_text(HEAD + beat)) == levels.fingerprint(seeded)
    assert levels.fingerprint(one) != levels.fingerprint(edited)


def test_another_light_sounds_the_same() -> None:
    beat = '[[beat]]\nid = "a"\nlength = "3s"\nsound.drips = { play = "d5 a5", gain_db = -3 }\n'
    lit, acted = beat + "stage.spotlight = { level = 1 }\n", beat + "stage.ghost = { touches = 9 }\n"
    names = [levels.fingerprint(read_text(HEAD + text)) for text in (beat, lit, acted)]
    assert names[0] == names[1] != names[2]


def test_the_shipped_scores_start_at_about_their_level() -> None:
    for path in house.scores():
        assert levels.likely_loudness(read_score(path)) != levels.LIKELY_LUFS, path.name


SCORES = pytest.mark.parametrize("path", house.scores(), ids=lambda path: path.stem)


@SCORES
def test_the_loudest_moment_stays_under_the_ceiling(path: Path) -> None:
    timeline = Timeline(read_score(path))
    gain = levels.gain_to_target(levels.likely_loudness(timeline.score))
    breaks = [timeline.cue("stage.ice", beat.start).moment("breaks") for beat in timeline.beats]
    when = min((t for t in breaks if t < timeline.length), default=timeline.length / 2)
    orchestra = Orchestra(timeline, 512)
    orchestra.master.gain = gain
    orchestra.seek(when - 0.3)
    assert judged([orchestra.read(RATE)]).peak_db <= -1.0


@pytest.mark.soak
@SCORES
def test_the_whole_piece_is_as_loud_as_it_should_be(path: Path) -> None:
    timeline = Timeline(read_score(path))
    gain = levels.gain_to_target(levels.likely_loudness(timeline.score))
    verdict = judged(pieces(timeline, 0.0, timeline.length, gain))
    assert verdict.lufs == pytest.approx(levels.TARGET_LUFS, abs=1.0)
    assert verdict.peak_db <= -1.0
