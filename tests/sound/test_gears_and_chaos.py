"""The machine's sounds: what each is heard to do."""

from __future__ import annotations

import numpy as np
import pytest
from alone import timeline_of
from heard import QUIET
from numpy.typing import NDArray

from performance.causes.attractor import turnings
from performance.causes.gears import teeth_met
from performance.causes.lineage import rings
from performance.gestures import Touch
from performance.sound.chaos import Chaos
from performance.sound.drop import Drop
from performance.sound.gears import Gears
from performance.sound.instrument import RATE, Instrument
from performance.sound.orchestra import Orchestra
from performance.sound.pulses import Pulses
from performance.sound.spiral import Spiral
from performance.sound.splinter import Splinter
from performance.sound.tide import Tide
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


# --- drop, tide, spiral, splinter -------------------------------------------------------------------------------------
def level(sound: Sound, a: float, b: float) -> float:
    piece = sound[round(a * RATE) : round(b * RATE)].astype(np.float64)
    return float(20 * np.log10(np.sqrt(np.mean(piece**2)) + 1e-12))


def test_a_drop_falls_alone_and_its_brood_fills_the_dark() -> None:
    timeline = dry(
        'length = "20s"\nfade = "0s"\nsound.drop = { at = "1s", gap = 1, breed = 0.8, note = "D5" }'
    )
    sound = alone(Drop, timeline, 0.0, 12.0)[:, :2].sum(axis=1)
    assert not sound[: round(0.99 * RATE)].any()
    assert pitch_of(sound[round(1.05 * RATE) : round(1.9 * RATE)], 300, 3000) == pytest.approx(
        587.3, rel=0.01
    )
    heard = onsets(sound, 3.0)
    fallen = rings(timeline, 0.0, 5.0)
    assert all(np.abs(heard - ring.t).min() < 0.02 for ring in fallen[:3])
    assert (heard > 9.0).sum() > 2 * (heard < 3.0).sum()


def test_the_pure_note_is_pure_and_its_resonances_build() -> None:
    line = 'sound.spiral = { chord = "A4", pure = 1, shine = 0, slow = 1, resonance = "0 -> 0 -> 1" }'
    sound = alone(Spiral, dry(f'length = "16s"\nfade = "0s"\n{line}'), 0.0, 16.0)[:, 0]

    def others(a: float) -> float:
        piece = sound[round(a * RATE) : round((a + 2) * RATE)]
        power = np.abs(np.fft.rfft(piece * np.hanning(len(piece)))) ** 2
        pitch = np.fft.rfftfreq(len(piece), 1 / RATE)
        own = np.abs(pitch / 440.0 - 1) < 0.01
        return float(10 * np.log10(power[~own].sum() / power[own].sum()))

    assert others(4.0) < -60
    assert others(9.0) < others(11.0) < others(14.0)


def test_the_thrum_is_felt_more_than_heard() -> None:
    line = 'sound.spiral = { chord = "A4", pure = 0, thrum = 1, slow = 1 }'
    sound = alone(Spiral, dry(f'length = "8s"\nfade = "0s"\n{line}'), 3.0, 7.0)[:, 0]
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    pitch = np.fft.rfftfreq(len(sound), 1 / RATE)
    assert power[pitch < 70].sum() > 2 * power[pitch >= 70].sum()
    assert power[(pitch > 100) & (pitch < 300)].sum() > 0.01 * power.sum()  # small speakers carry something


def test_a_splintered_note_is_torn_and_a_whole_one_is_not() -> None:
    def tears(broken: float) -> int:
        line = f'sound.splinter = {{ note = "Eb4", at = "0.1s", cracks = 0, broken = {broken} }}'
        sound = alone(Splinter, dry(f'length = "12s"\nfade = "0s"\n{line}'), 3.0, 9.0)[:, :2].sum(axis=1)
        return len(onsets(sound, 9.0))

    assert tears(1.0) > 8 and tears(0.0) == 0


def test_the_chord_opens_under_the_note() -> None:
    line = 'sound.splinter = { note = "Eb4", at = "0.1s", broken = 0, chord = "C3 G3 Eb4", resolves = "4s" }'
    sound = alone(Splinter, dry(f'length = "12s"\nfade = "0s"\n{line}'), 0.0, 10.0)[:, :2].sum(axis=1)
    before, after = (pitch_of(sound[a * RATE : (a + 2) * RATE], 100, 180) for a in (1, 7))
    assert after == pytest.approx(timeline_of("length = 1").score.tuning.pitch_hz("C3"), rel=0.01)
    assert level(sound, 7.0, 9.0) > level(sound, 1.0, 3.0) and before != after


def test_the_tide_sounds_on_its_beat_at_flood() -> None:
    timeline = dry(
        'length = "9s"\nfade = "0s"\nsound.tide = { flood = 1, layers = 2, stride = 0.25, ring = 0.1 }'
    )
    heard = onsets(alone(Tide, timeline, 0.0, 8.0)[:, :2].sum(axis=1), 9.0)
    assert len(heard) >= 12
    assert np.abs(heard / 0.25 - np.rint(heard / 0.25)).max() < 0.03


QUIET_TABLES: dict[type[Instrument], str] = {
    Wires: "sound.wires = { gain_db = 0 }",
    Gears: "sound.gears = { speed = 0 }",
    Chaos: "sound.chaos = { speed = 0, shimmer = 0, bowl = 0 }",
    Drop: "sound.drop = { gain_db = 0 }",
    Pulses: "sound.pulses = { rate = 0 }",
    Tide: "sound.tide = { flood = 0 }",
    Spiral: "sound.spiral = { gain_db = 0 }",
}


@pytest.mark.parametrize("kind", QUIET_TABLES, ids=lambda kind: kind.name)
def test_a_touch_is_answered_at_once_and_only_then(kind: type[Instrument]) -> None:
    timeline = dry(f'length = "4s"\nfade = "0s"\n{QUIET_TABLES[kind]}')
    timeline.gestures.append(Touch(1.5, 0.2, 0.5, 1.0))
    sound = alone(kind, timeline, 0.3, 2.3)
    assert not sound[: round(1.199 * RATE)].any()
    assert level(sound, 1.2, 1.4) > -55
