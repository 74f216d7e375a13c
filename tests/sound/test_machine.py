"""The machine's sounds: what each is heard to do."""

from __future__ import annotations

import numpy as np
import pytest
from alone import timeline_of
from heard import QUIET
from numpy.typing import NDArray

from performance.causes.attractor import turnings
from performance.causes.gears import teeth_met
from performance.sound.chaos import Chaos
from performance.sound.gears import Gears
from performance.sound.instrument import RATE, Instrument
from performance.sound.orchestra import Orchestra
from performance.sound.wire import PARTIALS, Manner, Stack, wire
from performance.sound.wires import Wires
from performance.timeline import Timeline

Sound = NDArray[np.float32]


def alone(kind: type[Instrument], timeline: Timeline, a: float, b: float) -> Sound:
    """Seconds [a, b) of one instrument, dry, below the limiter's reach."""
    orchestra = Orchestra(timeline, 512, instruments=(kind,))
    orchestra.master.gain = QUIET
    orchestra.seek(a)
    return orchestra.read(round((b - a) * RATE)) / np.float32(QUIET)


def dry(lines: str) -> Timeline:
    """A score of one beat without a room."""
    return timeline_of(f"{lines}\nsound.room = {{ wet_db = -60 }}")


def onsets(sound: Sound, least: float = 6.0) -> NDArray[np.float64]:
    """Seconds at which the level jumps by `least` decibels within three milliseconds."""
    size = 144
    level = 20 * np.log10(np.abs(sound[: len(sound) // size * size]).reshape(-1, size).max(axis=1) + 1e-5)
    up = level[1:] - np.maximum(level[:-1], np.concatenate([[-99.0], level[:-2]]))
    found = np.flatnonzero(up > least)
    return np.asarray((found[np.diff(found, prepend=-9) > 2] + 1) * size / RATE)


def pitch_of(sound: Sound, low: float, high: float) -> float:
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 1 << 17))
    pitch = np.fft.rfftfreq(1 << 17, 1 / RATE)
    power[(pitch < low) | (pitch > high)] = 0
    return float(pitch[power.argmax()])


# --- gears --------------------------------------------------------------------------------------------------------
def test_a_wheel_is_heard_tooth_by_tooth() -> None:
    timeline = dry(
        'length = "6s"\nfade = "0s"\nsound.gears = { teeth = "8", speed = 0.75, fault = 0, accent = 0 }'
    )
    heard = onsets(alone(Gears, timeline, 0.0, 4.0)[:, :2].sum(axis=1))
    met = teeth_met(timeline, 0.0, 4.0).t
    assert len(met) == 24
    assert all(np.abs(heard - t).min() < 0.006 for t in met[met > 0.02])


def test_a_rough_wheel_limps_the_same_way_each_turn() -> None:
    timeline = dry('length = "9s"\nfade = "0s"\nsound.gears = { teeth = "8", speed = 1, fault = 1 }')
    sound = alone(Gears, timeline, 0.0, 8.0)[:, :2].sum(axis=1)
    met = teeth_met(timeline, 1.0, 7.0)
    loud = np.array([np.abs(sound[round(t * RATE) : round((t + 0.02) * RATE)]).max() for t in met.t])
    rows = np.array([loud[met.tooth == tooth].mean() for tooth in range(8)])
    around = np.array([loud[met.tooth == tooth].std() for tooth in range(8)])
    assert rows.max() / rows.min() > 2.0
    assert around.mean() < 0.35 * rows.std()


# --- wires --------------------------------------------------------------------------------------------------------
def test_a_plucked_wire_has_its_pitch_and_dies() -> None:
    timeline = dry('length = "6s"\nfade = "0s"\nsound.wires = { play = "d3 ~", every = "8s", tension = 0 }')
    sound = alone(Wires, timeline, 0.0, 4.0)[:, 0]
    assert pitch_of(sound[RATE // 2 : RATE], 100, 200) == pytest.approx(146.8, rel=0.004)
    level = [np.sqrt(np.mean(sound[round(t * RATE) : round((t + 0.2) * RATE)] ** 2)) for t in (0.1, 1.0, 2.0)]
    assert level[0] > 2 * level[1] > 4 * level[2]


def test_overtones_of_a_stiff_wire_stand_ever_farther_apart() -> None:
    how = Manner(1.0, 0.5, 0.0, 1.0, 0.8, 0.13, 1.0, 0.4, 0.0, 0.0)
    made = wire(0, 110.0, np.ones(4, np.float32), how, 1.0, (1, 2))
    assert (np.diff(made.pitch_hz[:PARTIALS], 2) > 0).all()


def test_a_hard_pluck_relaxes_and_a_slipping_wire_sinks() -> None:
    how = Manner(1.0, 0.5, 0.0, 1.0, 0.5, 0.13, 0.3, 1.0, 0.0, 0.0)
    held = Stack([wire(0, 220.0, np.ones(4, np.float32), how, 1.0, (1, 2))])
    age = np.linspace(0.0, 2.0, 400)[None]
    speed = np.diff(held.bent(age)[0]) / np.diff(age[0])
    assert speed[0] > 1.003 and abs(speed[-1] - 1.0) < 1e-4
    timeline = dry('length = "6s"\nfade = "0s"\nsound.wires = { play = "d4 ~", every = "8s", slide = 4 }')
    sound = alone(Wires, timeline, 0.0, 3.0)[:, 0]
    places = [pitch_of(sound[round(t * RATE) : round((t + 0.2) * RATE)], 150, 330) for t in (0.02, 1.0, 2.0)]
    assert places[0] > 1.04 * places[1] > 1.08 * places[2]


def test_a_bowed_wire_holds_while_its_note_lasts() -> None:
    timeline = dry('length = "9s"\nfade = "0s"\nsound.wires = { play = "d3 ~", every = "6s", bow = 1 }')
    sound = alone(Wires, timeline, 0.0, 5.0)[:, 0]
    level = [
        np.sqrt(np.mean(sound[round(t * RATE) : round((t + 0.3) * RATE)] ** 2)) for t in (0.02, 0.6, 2.5, 4.4)
    ]
    assert (
        level[0] < level[1] and level[2] == pytest.approx(level[1], rel=0.25) and level[3] < 0.05 * level[1]
    )


def test_pins_pluck_as_their_wheel_turns() -> None:
    gears = 'sound.gears = { teeth = "12 24", speed = 1, gain_db = -60 }'
    timeline = dry(f'length = "9s"\nfade = "0s"\n{gears}\nsound.wires = {{ pins = 6, ring = 0.1 }}')
    heard = onsets(alone(Wires, timeline, 1.0, 8.0)[:, :2].sum(axis=1))
    assert 12 <= len(heard) <= 21


# --- chaos --------------------------------------------------------------------------------------------------------
def test_every_turning_is_a_note_as_high_as_the_turn() -> None:
    timeline = dry(
        'length = "9s"\nfade = "0s"\nsound.chaos = { speed = 2, shimmer = 0, bowl = 0, ring = 0.3, octaves = 3 }'
    )
    sound = alone(Chaos, timeline, 0.0, 8.0)[:, :2].sum(axis=1)
    found = turnings(timeline, 0.3, 7.7)
    pitch = [
        pitch_of(sound[round((t.t + 0.02) * RATE) : round((t.t + 0.25) * RATE)], 280, 2400) for t in found
    ]
    order = np.argsort([one.height for one in found])
    ranks = np.argsort(np.argsort(np.array(pitch)[order]))
    assert np.corrcoef(ranks, np.arange(len(order)))[0, 1] > 0.8
