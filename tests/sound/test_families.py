"""What every voice, breath, drone and recalled phrase keeps: cut and sought anywhere, clean, silent when told."""

from __future__ import annotations

import numpy as np
import pytest
from alone import alone, decibels, timeline_of

from performance.score.instruments import INSTRUMENTS as MODELS
from performance.sound.breath import Breath
from performance.sound.chorus import Chorus
from performance.sound.composed import Attempt, Recall
from performance.sound.current import Current
from performance.sound.heart import Heart
from performance.sound.instrument import Instrument
from performance.sound.tilt import Tilt
from performance.sound.voice import Voice
from performance.sound.whispers import Whispers

GHOST = "stage.ghost = { sweeps = 40, wander = 0.5 }"
FAMILIES: dict[type[Instrument], str] = {
    Attempt: 'length = "8s"\nsound.attempt = { gain_db = 0, tries = 4 }',
    Breath: 'length = "8s"\nsound.breath = { gain_db = 0, tremble = 0.6 }',
    Chorus: f'length = "8s"\n{GHOST}\nsound.chorus = {{ gain_db = 0, chord = "D4 F#4 A4" }}',
    Current: 'length = "8s"\nsound.current = { gain_db = 0, rise = "0 -> 1" }',
    Heart: 'length = "8s"\nsound.heart = { gain_db = 0, rate = "60 -> 120", drum = "0 -> 1" }',
    Recall: 'length = "8s"\nsound.recall = { gain_db = 0 }',
    Tilt: 'length = "8s"\nsound.tilt = { gain_db = 0, sag = "0 -> 1" }',
    Voice: 'length = "8s"\nsound.voice = { gain_db = 0 }',
    Whispers: 'length = "8s"\nsound.whispers = { gain_db = 0, turn = "0.2 -> 0.9" }',
}
A, B = 2.6, 4.2  # seconds of the piece that is listened to


@pytest.fixture(scope="module", params=FAMILIES, ids=lambda kind: kind.name)
def family(request: pytest.FixtureRequest) -> tuple[type[Instrument], np.ndarray]:
    kind = request.param
    return kind, alone(kind, timeline_of(FAMILIES[kind]), A, B)


def test_it_sounds_and_stays_in_bounds(family: tuple[type[Instrument], np.ndarray]) -> None:
    kind, sound = family
    assert np.isfinite(sound).all()
    assert -55 < decibels(sound[:, :2]) < -12, kind.name
    assert np.abs(sound).max() < 0.9


def test_it_has_no_direct_current(family: tuple[type[Instrument], np.ndarray]) -> None:
    assert 20 * np.log10(np.abs(family[1].mean(axis=0, dtype=np.float64)).max() + 1e-12) < -60


def test_another_quantum_gives_the_same_sound(family: tuple[type[Instrument], np.ndarray]) -> None:
    kind, sound = family
    small = alone(kind, timeline_of(FAMILIES[kind]), A, B, quantum=256)
    frames = min(len(small), len(sound))
    assert np.abs(small[:frames] - sound[:frames]).max() < 2e-5


def test_playing_up_to_a_moment_equals_jumping_there(family: tuple[type[Instrument], np.ndarray]) -> None:
    kind, sound = family
    played = alone(kind, timeline_of(FAMILIES[kind]), A, B, begin=0.5)
    assert np.abs(played - sound).max() < 2e-5


def test_no_click_stands_at_the_edges_of_blocks(family: tuple[type[Instrument], np.ndarray]) -> None:
    third = np.abs(np.diff(family[1].astype(np.float64), 3, axis=0)).max(axis=1)
    edges = np.add.outer(np.arange(256, len(third) - 3, 256), [-3, -2, -1, 0]).ravel()
    assert np.percentile(third[edges], 99) <= 1.6 * np.percentile(np.delete(third, edges), 99) + 1e-7


@pytest.mark.parametrize("kind", FAMILIES, ids=lambda kind: kind.name)
def test_silenced_it_is_exactly_silent(kind: type[Instrument]) -> None:
    quiet = f'length = "4s"\nfade = "0.5s"\n{GHOST}\nsound.{kind.name} = {{ gain_db = -60 }}'
    timeline = timeline_of(FAMILIES[kind], quiet)
    sound = alone(kind, timeline, 9.5, 10.2, begin=8.0)
    assert not sound.any()


@pytest.mark.parametrize("kind", FAMILIES, ids=lambda kind: kind.name)
def test_it_begins_at_zero(kind: type[Instrument]) -> None:
    sound = alone(kind, timeline_of(FAMILIES[kind]), 0.0, 0.1)
    assert np.abs(sound[:8]).max() < 2e-4


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("kind", FAMILIES, ids=lambda kind: kind.name)
def test_the_ends_of_every_range_are_safe(kind: type[Instrument], end: str) -> None:
    model = MODELS[kind.name]
    ends = {name: getattr(made, end) for name, made in model.kinds.items() if hasattr(made, end)}
    written = ", ".join(f"{name} = {value}" for name, value in ends.items() if name != "gain_db")
    beat = f'length = "1.5s"\nfade = "0s"\n{GHOST}\nsound.{kind.name} = {{ gain_db = 0, {written} }}'
    sound = alone(kind, timeline_of(beat), 0.0, 2.0)
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() < 1.5
