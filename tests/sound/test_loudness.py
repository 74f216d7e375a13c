"""Loudness after EBU R 128, against its own reference tone and against FFmpeg's meter; the figures that are kept."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from alone import HEAD, timeline_of
from numpy.typing import NDArray

from performance import house
from performance.score.reader import read_score, read_text
from performance.sound import levels
from performance.sound.instrument import RATE
from performance.sound.loudness import Meter, measure_loudness
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
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo", time_base=f"1/{RATE}")
    meter, sink = graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    said = 0.0
    for start in range(0, len(sound), 4800):
        frame = av.AudioFrame.from_ndarray(
            sound[start : start + 4800].reshape(1, -1), format="flt", layout="stereo"
        )
        frame.sample_rate, frame.pts = RATE, start
        graph.push(frame)
        said = float(graph.pull().metadata.get("lavfi.r128.I", said))
    assert heard(sound, 4096) == pytest.approx(said, abs=0.15)


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


def test_the_shipped_scores_start_at_about_their_level() -> None:
    for path in house.scores():
        assert levels.likely_loudness(read_score(path)) != levels.LIKELY_LUFS, path.name


@pytest.mark.soak
@pytest.mark.parametrize("path", house.scores(), ids=lambda path: path.stem)
def test_the_shipped_figure_is_right(path: Path) -> None:
    timeline = Timeline(read_score(path))
    assert measure_loudness(timeline) == pytest.approx(levels.likely_loudness(timeline.score), abs=1.0)
