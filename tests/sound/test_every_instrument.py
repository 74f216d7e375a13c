"""What every instrument keeps, heard in its own example: clean, in bounds, the same from anywhere, silent when told.

None is left out of anything but by name, and then it is said why.
"""

from __future__ import annotations

import numpy as np
import pytest
from heard import Sound, clicks, heard, orchestra, read, timeline

from performance.score.instruments import INSTRUMENTS as MODELS
from performance.sound.ensemble import INSTRUMENTS
from performance.sound.instrument import RATE, Instrument

PITCHED = [kind for kind in INSTRUMENTS if {"chord", "play", "octave", "note"} & set(MODELS[kind.name].kinds)]
TOLD = [kind for kind in INSTRUMENTS if {"chord", "play"} & set(MODELS[kind.name].kinds)]
# these have no number that says "nothing": they sing what is composed, beat as long as somebody lives, or answer
ENDLESS = ("mirrors", "chorus", "heart", "hearts", "recall", "tilt", "voice", "gravity", "splinter")
every = pytest.mark.parametrize("kind", INSTRUMENTS, ids=lambda kind: kind.name)
TOP_HZ = 21_500.0  # no pitch is made above: whatever rises past the top and folds back has to pass here
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
    for dense in (False, True):
        sound = heard(kind, dense).astype(np.float64)
        window = np.hanning(len(sound))  # what is cut off in its middle leans to one side
        assert decibels(float(np.abs(window @ sound).max() / window.sum())) < -60


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


def top_of(sound: Sound) -> float:
    """The strongest that is near the top of the spectrum, dBFS, in nine of ten frames: a blow lasts for one."""
    frames = np.lib.stride_tricks.sliding_window_view(sound.astype(np.float64), 4096, axis=0)[::2048]
    spectra = np.abs(np.fft.rfft(frames * np.hanning(4096), axis=-1)) / 1024
    return decibels(float(np.percentile(spectra[..., int(TOP_HZ * 4096 / RATE) :].max(axis=(1, 2)), 90)))


@every
def test_nothing_folds_back_from_above(kind: type[Instrument]) -> None:
    """Octave by octave, everything that an instrument makes of its pitches comes near the top and goes past it."""
    assert top_of(heard(kind)) < -80
    for octaves in (1, 2, 3) if kind in PITCHED else ():
        made = orchestra(kind, timeline(kind.name, octaves=octaves))
        made.seek(0.8)
        assert top_of(read(made, 0.8)) < -80


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.name)
def test_the_end_of_a_note_is_not_heard_as_one(kind: type[Instrument]) -> None:
    """Notes are let go of where a beat ends that asks for them; what they ring out in has no edge."""
    none = ", ".join(f'{name} = ""' for name in ("chord", "play") if name in MODELS[kind.name].kinds)
    rest = f'[[beat]]\nid = "rest"\nlength = "3s"\nfade = "0s"\nsound.{kind.name} = {{ {none} }}'
    made = orchestra(kind, timeline(kind.name, length=1.2, more=rest))
    made.seek(0.7)
    assert clicks(read(made, 1.6)).size == 0


@every
def test_silenced_it_is_exactly_silent(kind: type[Instrument]) -> None:
    example = MODELS[kind.name].example
    quiet = f'[[beat]]\nid = "quiet"\nlength = "3s"\nfade = "0.3s"\nsound.{kind.name} = {{ gain_db = -60 }}'
    made = orchestra(kind, timeline(kind.name, more=quiet))
    made.seek(example.length - 0.2)
    sound = read(made, 0.7)
    assert clicks(sound).size == 0
    assert not sound[round(0.6 * RATE) :].any()


@pytest.mark.parametrize(
    "kind", [kind for kind in INSTRUMENTS if kind.name not in ENDLESS], ids=lambda kind: kind.name
)
def test_asked_for_nothing_it_rings_out_to_exact_silence(kind: type[Instrument]) -> None:
    """Its gain stays where it is: the instrument itself comes to an end."""
    kinds = MODELS[kind.name].kinds
    least = [
        f"{name} = {made.low}"
        for name, made in kinds.items()
        if hasattr(made, "low") and name not in ("gain_db", "ring")
    ]
    least += [f'{name} = ""' for name in ("chord", "play") if name in kinds]
    quiet = (
        f'[[beat]]\nid = "quiet"\nlength = "40s"\nfade = "0s"\nsound.{kind.name} = {{ {", ".join(least)} }}'
    )
    made = orchestra(kind, timeline(kind.name, more=quiet))
    made.seek(MODELS[kind.name].example.length + 25.0)
    assert not read(made, 0.2).any()


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
