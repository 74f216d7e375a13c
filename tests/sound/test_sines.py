"""Moving pitch: clean against the formula, joined without a seam."""

from __future__ import annotations

import numpy as np
import pytest

from performance.sound.instrument import RATE, Span
from performance.sound.lines import Line, Lines
from performance.sound.sines import Sines


@pytest.mark.parametrize(
    ("pitch", "quantum", "floor"), [(440.0, 256, -100), (440.0, 512, -80), (2000.0, 512, -68)]
)
def test_vibrato_leaves_no_spurs(pitch: float, quantum: int, floor: float) -> None:
    depth, rate, blocks = 0.029, 5.5, 60

    def phase(t: np.ndarray) -> np.ndarray:
        return pitch * (t + depth / (2 * np.pi * rate) * np.sin(2 * np.pi * rate * t))

    out, sines = np.zeros((1, blocks * quantum), np.float32), Sines(quantum)
    for i in range(blocks):
        t = np.array([[i * quantum], [(i + 1) * quantum]]) / RATE
        speed = pitch * (1 + depth * np.cos(2 * np.pi * rate * t))
        sines.add(out[:, i * quantum : (i + 1) * quantum], phase(t), speed, np.ones((2, 1, 1), np.float32))
    error = out[0] - np.sin(2 * np.pi * phase(np.arange(out.shape[1]) / RATE))
    assert 10 * np.log10((error**2).mean() / 0.5) < floor


def test_partials_that_are_laid_out_sound_alike_in_parts() -> None:
    rng, sines = np.random.default_rng(4), Sines(1024)
    pitch = rng.uniform(100.0, 19_000.0, (2, 90))
    phase = np.stack([np.zeros(90), pitch.mean(axis=0) * 1024 / RATE])
    laid = sines.lay(phase, pitch, rng.random((2, 4, 90)).astype(np.float32))
    whole, parts = np.zeros((2, 4, 1024), np.float32)
    sines.sound(whole, laid)
    for at in range(0, 1024, 256):
        sines.sound(parts[:, at : at + 256], laid, at)
    assert np.abs(whole - parts).max() < 1e-4 * np.abs(whole).max()


def test_what_is_above_hearing_is_not_drawn() -> None:
    out = np.zeros((1, 256), np.float32)
    pitch = np.full((2, 1), 20500.0)
    Sines(256).add(out, np.array([[0.0], [20500.0 * 256 / RATE]]), pitch, np.ones((2, 1, 1), np.float32))
    assert not out.any()


def test_a_drawn_line_is_the_same_in_any_cutting() -> None:
    t = np.linspace(0, 1, 50)
    line = Line(600.0 * (1 + t), np.sin(np.pi * t), 0.05, np.array([1.0, 2.0]), np.array([1.0, 0.3]))
    place = np.array([1.0, 0.5, 0.2, 0.1], np.float32)
    sounds = []
    for quantum in (256, 512, 1024):
        lines, out = Lines(), np.zeros((4, 4096), np.float32)
        lines.add(333, line, place)
        for start in range(0, 4096, quantum):
            lines.render(Span(start, quantum, out[:, start : start + quantum]))
        sounds.append(out)
    assert np.abs(sounds[0] - sounds[1]).max() < 1e-6
    assert np.abs(sounds[0] - sounds[2]).max() < 1e-6
    assert not sounds[0][:, :334].any()
    assert sounds[0].any()
