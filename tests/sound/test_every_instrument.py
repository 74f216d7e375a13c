"""What every instrument keeps, heard in its own example: clean, in bounds, the same from anywhere, silent when told."""

from __future__ import annotations

import numpy as np
import pytest
from heard import clicks, heard, orchestra, read, timeline

from performance.score.instruments import INSTRUMENTS as MODELS
from performance.sound.ensemble import INSTRUMENTS
from performance.sound.instrument import RATE, Instrument

PITCHED = [kind for kind in INSTRUMENTS if {"chord", "play", "octave"} & set(MODELS[kind.name].kinds)]
every = pytest.mark.parametrize("kind", INSTRUMENTS, ids=lambda kind: kind.name)
TOP_HZ = 20_500.0  # nothing is made above: whatever rose past the top would have to pass here
A, B = 1.7, 2.1  # seconds that are compared


def decibels(amplitude: float) -> float:
    return float(20 * np.log10(max(amplitude, 1e-12)))


def test_the_score_knows_every_instrument() -> None:
    assert {kind.name for kind in INSTRUMENTS} == set(MODELS) - {"room", "harmony"}  # tables that do not play


@every
def test_it_is_heard_and_stays_in_bounds(kind: type[Instrument]) -> None:
    sound = heard(kind)
    assert np.isfinite(sound).all()
    assert -60 < decibels(float(np.sqrt(np.mean(sound.astype(np.float64) ** 2)))) < -12
    assert np.abs(sound).max() < 0.95
    assert np.abs(sound[:8]).max() < 4e-4  # from nothing


@every
def test_as_much_of_it_as_a_score_may_ask_is_capped_at_the_source(kind: type[Instrument]) -> None:
    sound = heard(kind, dense=True)
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() < 2.5


@every
def test_it_has_no_direct_current(kind: type[Instrument]) -> None:
    assert decibels(float(np.abs(heard(kind).mean(axis=0, dtype=np.float64)).max())) < -60


@every
def test_it_never_clicks(kind: type[Instrument]) -> None:
    assert clicks(heard(kind)).size == 0
    assert clicks(heard(kind, dense=True)).size == 0


@every
def test_block_edges_are_like_any_other_frame(kind: type[Instrument]) -> None:
    third = np.abs(np.diff(heard(kind).astype(np.float64), 3, axis=0)).max(axis=1)
    edges = np.add.outer(np.arange(256, len(third) - 3, 256), [-3, -2, -1, 0]).ravel()
    assert np.percentile(third[edges], 99) <= 1.6 * np.percentile(np.delete(third, edges), 99) + 1e-7


@every
def test_any_cutting_gives_the_same_sound(kind: type[Instrument]) -> None:
    made, whole = orchestra(kind, timeline(kind.name)), heard(kind)
    made.seek(A)
    cuts = [1, 255, 256, 511] * 8
    parts = [read(made, cut / RATE) for cut in cuts]
    start = round(A * RATE)
    assert [len(part) for part in parts] == cuts
    assert np.abs(np.concatenate(parts) - whole[start : start + sum(cuts)]).max() < 2e-5


@every
def test_another_quantum_gives_the_same_sound(kind: type[Instrument]) -> None:
    small = orchestra(kind, timeline(kind.name), quantum=256)
    small.seek(A)
    whole = heard(kind)[round(A * RATE) : round(B * RATE)]
    assert np.abs(read(small, B - A) - whole).max() < 2e-4


@pytest.mark.parametrize("kind", PITCHED, ids=lambda kind: kind.name)
def test_nothing_folds_back_from_above(kind: type[Instrument]) -> None:
    """Two octaves up, everything that an instrument makes of its pitches comes near the top or goes past it."""
    made = orchestra(kind, timeline(kind.name, octaves=2))
    made.seek(0.8)
    sound = read(made, 1.5)[:, 0]
    frames = np.lib.stride_tricks.sliding_window_view(sound.astype(np.float64), 4096)[::4096]
    spectra = np.abs(np.fft.rfft(frames * np.hanning(4096), axis=1)) / 1024
    top = spectra[:, int(TOP_HZ * 4096 / RATE) :].max(axis=1)
    assert decibels(float(np.median(top))) < -80


@every
def test_silenced_it_is_exactly_silent(kind: type[Instrument]) -> None:
    example = MODELS[kind.name].example
    quiet = f'[[beat]]\nid = "quiet"\nlength = "3s"\nfade = "0.3s"\nsound.{kind.name} = {{ gain_db = -60 }}'
    made = orchestra(kind, timeline(kind.name, more=quiet))
    made.seek(example.length - 0.2)
    sound = read(made, 0.7)
    assert clicks(sound).size == 0
    assert not sound[round(0.6 * RATE) :].any()


@every
@pytest.mark.parametrize("end", ["low", "high"])
def test_the_ends_of_every_range_are_safe(kind: type[Instrument], end: str) -> None:
    model = MODELS[kind.name]
    ends = {name: getattr(made, end) for name, made in model.kinds.items() if hasattr(made, end)}
    written = [f"{name} = {value}" for name, value in ends.items() if name != "gain_db"]
    written += ['chord = "D3 A3"'] if "chord" in model.kinds else []
    table = f"sound.{kind.name} = {{ {', '.join(written)} }}"
    beat = f'[[beat]]\nid = "end"\nlength = "1.5s"\nfade = "0s"\n{model.example.also}\n{table}'
    made = orchestra(kind, timeline(kind.name, more=beat))
    made.seek(model.example.length - 0.1)
    sound = read(made, 0.9)
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() < 2.5
