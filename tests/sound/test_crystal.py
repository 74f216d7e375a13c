"""What every family of crystal keeps, and what tells one from another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from alone import decibels, timeline_of
from heard import heard
from numpy.typing import NDArray

from performance.causes.breaking import fracture_of
from performance.causes.touches import constellation_of
from performance.gestures import Touch
from performance.sound.bank import Bank
from performance.sound.bowed import Bowed
from performance.sound.composed import Attempt
from performance.sound.drips import Drips
from performance.sound.glass import Glass
from performance.sound.instrument import RATE, Instrument
from performance.sound.mirrors import Mirrors
from performance.sound.modes import Modes
from performance.sound.orchestra import Orchestra
from performance.sound.petals import Petals
from performance.sound.shatter import Shatter
from performance.sound.songs import Song
from performance.timeline import Timeline

Sound = NDArray[np.float32]

DRY = "\nsound.room = { wet_db = -60 }"


def alone(
    kind: type[Instrument],
    timeline: Timeline,
    a: float,
    b: float,
    quantum: int = 512,
    begin: float | None = None,
) -> Sound:
    """Seconds [a, b) of one instrument, dry, (frames, 2), sought to `begin` (a) and played from there."""
    orchestra = Orchestra(timeline, quantum, instruments=(kind,))
    orchestra.seek(a if begin is None else begin)
    orchestra.read(round(a * RATE) - orchestra.frame)
    return orchestra.read(round((b - a) * RATE))


def score_of(lines: str) -> Timeline:
    """Nine seconds of one instrument without a room."""
    return timeline_of(f'length = "9s"\nfade = "0s"\n{lines}{DRY}')


# --- the shatter ------------------------------------------------------------------------------------------------------
def test_every_shard_rings_on_the_sample_of_its_touch(monkeypatch: pytest.MonkeyPatch) -> None:
    timeline = score_of('stage.ice = { breaks = "2s" }\nsound.shatter = { gain_db = 0 }')
    broken = fracture_of(timeline, 0.0)
    assert broken is not None
    struck: list[tuple[NDArray[np.int64], Sound]] = []
    real = Bank.strike_all

    def listen(bank: Bank, bodies: object, frames: NDArray[np.int64], sends: Sound, owner: int = 0) -> None:
        struck.append((frames, sends))
        real(bank, bodies, frames, sends, owner)  # type: ignore[arg-type]

    monkeypatch.setattr(Bank, "strike_all", listen)
    alone(Shatter, timeline, 1.8, 2.2)
    frames, sends = struck[-1]
    assert np.array_equal(frames, np.round(broken.impacts.onset * RATE).astype(np.int64))
    right = broken.impacts.x > 0.05
    assert (sends[1, right] > sends[0, right]).all()


def test_a_shatter_snaps_and_then_rains_when_the_shards_land() -> None:
    timeline = score_of('stage.ice = { breaks = "0.5s" }\nsound.shatter = { gain_db = 0 }')
    broken = fracture_of(timeline, 0.0)
    assert broken is not None
    sound = alone(Shatter, timeline, 0.0, 9.0)

    def level(t: float) -> float:
        return decibels(sound[round(t * RATE) : round((t + 0.25) * RATE)])

    touch = broken.impacts
    energy, edges = np.histogram(touch.onset, np.arange(0.5, 8.75, 0.25), weights=touch.energy)
    assert level(0.2) < -120
    assert level(0.5) > -35
    assert level(float(edges[energy.argmax()])) > level(float(edges[2 + energy[2:8].argmin()])) + 6


# --- mirrors ----------------------------------------------------------------------------------------------------------
def song(emotion: int) -> Sound:
    """Two seconds and a half after a touch of a mirror of that emotion."""
    timeline = score_of(
        'stage.ice = { breaks = "0.1s" }\nstage.mirrors = { assemble = "1 -> 1" }\n'
        'sound.mirrors = { chord = "G4", answer = 0 }'
    )
    stars = constellation_of(timeline, 1.0)
    assert stars is not None
    mine = np.flatnonzero(stars.emotion[stars.mirrors] == emotion)
    u, v = stars.uv[mine[np.argsort(-stars.size[mine])[1]]]
    timeline.gestures.append(Touch(2.0, float(u), float(v), 1.0))
    return alone(Mirrors, timeline, 2.0, 4.5)


def strongest(sound: Sound, a: float, b: float, low: float = 200.0, high: float = 1500.0) -> float:
    piece = sound[round(a * RATE) : round(b * RATE), :2].mean(axis=1)
    power = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 1 << 16))
    pitch = np.fft.rfftfreq(1 << 16, 1 / RATE)
    power[(pitch < low) | (pitch > high)] = 0
    return float(pitch[power.argmax()])


def test_triumph_rises_a_fifth() -> None:
    sound = song(0)
    assert strongest(sound, 0.35, 1.4) / strongest(sound, 0.02, 0.27) == pytest.approx(1.5, abs=0.02)


def test_longing_falls_in_one_long_sigh() -> None:
    sound = song(1)
    places = [strongest(sound, t, t + 0.22, 320.0, 1300.0) for t in (0.35, 1.0, 1.4, 1.75)]
    assert places[0] > places[1] > places[2] > places[3]
    assert places[0] / places[3] == pytest.approx(1.26, abs=0.06)


def test_hope_beats_as_a_heart_does() -> None:
    sound = np.abs(song(2)[:, :2]).max(axis=1)
    level = sound[: len(sound) // 480 * 480].reshape(-1, 480).max(axis=1)
    rise = np.diff(np.log(level + 1e-4))
    beats = [int(np.argmax(rise[max(0, c - 4) : c + 5])) + max(0, c - 4) for c in (26, 88, 115)]
    assert [b / 100 for b in beats] == pytest.approx([0.27, 0.89, 1.16], abs=0.04)


def test_a_song_stands_on_the_pitch_it_is_given() -> None:
    blows: list[float] = []

    def listen(made: Callable[[], Modes], at: int) -> None:
        modes = made()
        blows.append(float(modes.pitch_hz[modes.amplitude.argmax()]))

    heard = Song(listen, lambda *_: None, 0, 400.0, 0.2, 0.5, 1)
    heard.triumph()
    assert blows[0] == pytest.approx(400, rel=0.01)
    assert blows[1] == pytest.approx(600, rel=0.01)


# --- the others -------------------------------------------------------------------------------------------------------
def test_a_bowed_chord_warms_from_thin_to_full() -> None:
    timeline = score_of('sound.bowed = { chord = "D4", warmth = "0 -> 1", swell = 0.7 }')

    def share(a: float) -> float:
        piece = alone(Bowed, timeline, a, a + 0.7)[:, 0]
        power = np.abs(np.fft.rfft(piece * np.hanning(len(piece)))) ** 2
        pitch = np.fft.rfftfreq(len(piece), 1 / RATE)
        return float(power[(pitch > 100) & (pitch < 340)].sum() / power.sum())

    assert share(2.5) < share(5.0) < share(8.0)


def test_petals_join_as_they_open() -> None:
    timeline = score_of('sound.petals = { chord = "D4 A4", open = "0 -> 1", bells = 0 }')
    assert not alone(Petals, timeline, 0.05, 0.2).any()
    assert decibels(alone(Petals, timeline, 3.0, 3.6)) < decibels(alone(Petals, timeline, 8.0, 8.6)) - 3


def test_glass_is_wide() -> None:
    timeline = score_of('sound.glass = { chord = "D3 A3 E4 A4", roll = 0 }')
    sound = alone(Glass, timeline, 5.0, 8.0)
    assert abs(np.corrcoef(sound[:, 0], sound[:, 1])[0, 1]) < 0.6


def test_drips_fall_on_their_notes() -> None:
    timeline = score_of('sound.drips = { play = "d5 ~ a5 ~", every = "4s", ring = 0.3 }')
    dry = alone(Drips, timeline, 0.0, 4.0)
    first = int(np.flatnonzero(dry.any(axis=1))[0])
    assert first <= 2
    assert strongest(dry, 0.05, 0.5) == pytest.approx(587.3, rel=0.01)
    assert strongest(dry, 2.05, 2.5, 300, 1800) == pytest.approx(881, rel=0.015)


@pytest.mark.parametrize("kind", [Attempt, Bowed, Shatter], ids=lambda kind: kind.name)
def test_what_is_wide_is_heard_wide(kind: type[Instrument]) -> None:
    left, right = heard(kind).astype(np.float64).T
    assert ((left - right) ** 2).sum() > 0.04 * ((left + right) ** 2).sum()
