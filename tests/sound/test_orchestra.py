"""The orchestra: any cutting, any quantum, any place to come in; one that fails is left out; silence is nothing."""

from __future__ import annotations

import gc
import wave
import weakref
from pathlib import Path

import numpy as np
import pytest
from alone import timeline_of

from performance import house
from performance.gestures import Strike, Sweep, Touch
from performance.score.reader import read_score
from performance.sound.bowed import Bowed
from performance.sound.drips import Drips
from performance.sound.glass import Glass
from performance.sound.instrument import RATE, Desk, Instrument, Span
from performance.sound.limiter import LATENCY
from performance.sound.orchestra import MEMORY, Orchestra
from performance.sound.render import pieces, write_wav
from performance.sound.struck import Struck
from performance.timeline import Timeline

BEATS = (
    'length = "4s"\nsound.room = { kind = "backstage" }\nsound.struck = { play = "d4 ~ a4 f#5", every = "2.1s" }\n'
    'sound.bowed = { chord = "D3 A3", bend = "0 -> -3" }',
    'length = "5s"\nsound.room = { kind = "theatre" }\nsound.glass = { chord = "D3 A3 E4", glints = 90, roll = 1 }\n'
    'sound.drips = { play = "a5 d6 e6", every = "1.7s" }\nsound.struck = { play = "" }',
)
SEATS = (Struck, Bowed, Glass, Drips)


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return timeline_of(*BEATS)


@pytest.fixture(scope="module")
def whole(timeline: Timeline) -> np.ndarray:
    return Orchestra(timeline, 512, instruments=SEATS).read(9 * RATE)


@pytest.mark.parametrize(("cut", "frames"), [(1, 3000), (255, 40000), (256, 40000), (511, 40000)])
def test_any_cutting_gives_the_same_sound(
    timeline: Timeline, whole: np.ndarray, cut: int, frames: int
) -> None:
    orchestra = Orchestra(timeline, 512, instruments=SEATS)
    parts = np.concatenate([orchestra.read(cut) for _ in range(frames // cut)])
    assert np.array_equal(parts, whole[: len(parts)])


def test_another_quantum_gives_the_same_sound(timeline: Timeline, whole: np.ndarray) -> None:
    assert np.abs(Orchestra(timeline, 256, instruments=SEATS).read(6 * RATE) - whole[: 6 * RATE]).max() < 1e-4


@pytest.mark.parametrize("t", [3.217, 6.0])
def test_seeking_equals_having_played(whole: np.ndarray, t: float) -> None:
    dry = timeline_of(*(beat.replace('kind = "', 'wet_db = "-60 -> -60", kind = "') for beat in BEATS))
    played = Orchestra(dry, 512, instruments=SEATS)
    played.read(round(t * RATE))
    sought = Orchestra(dry, 512, instruments=SEATS)
    sought.seek(t)
    assert np.abs(sought.read(RATE) - played.read(RATE)).max() < 1e-5


def test_a_span_is_exact_and_sounds_as_in_the_whole(timeline: Timeline, whole: np.ndarray) -> None:
    orchestra = Orchestra(timeline, 512, instruments=SEATS)
    orchestra.seek(8.1 - MEMORY)
    orchestra.read(round(8.1 * RATE) - orchestra.frame)
    assert np.abs(orchestra.read(20000) - whole[round(8.1 * RATE) : round(8.1 * RATE) + 20000]).max() < 1e-5
    span = np.concatenate(list(pieces(timeline, 1.0005, 1.50071)))
    assert span.shape == (round(1.50071 * RATE) - round(1.0005 * RATE), 2)


def test_blocks_join_without_a_click(whole: np.ndarray) -> None:
    bends = np.abs(np.diff(whole[:, 0], 3))
    edge = np.concatenate([bends[509 + k :: 512][:-1] for k in range(-1, 3)])
    assert np.percentile(edge, 99) < 1.3 * np.percentile(bends, 99)
    assert 20 * np.log10(np.abs(whole.mean(axis=0)).max()) < -60


def test_silence_is_digital_black() -> None:
    quiet = timeline_of(
        'length = "1s"\nsound.struck = { play = "a5", every = "4s", ring = 0.1, body = "ice" }'
    )
    orchestra = Orchestra(quiet, 512, instruments=(Struck,))
    assert orchestra.read(RATE).any()
    orchestra.read(4 * RATE)
    assert not orchestra.read(RATE).any()


def test_before_the_first_sound_there_is_nothing() -> None:
    later = timeline_of('length = "2s"', 'length = "2s"\nsound.struck = { play = "d4" }')
    sound = Orchestra(later, 512, instruments=(Struck,)).read(4 * RATE)
    assert not sound[: 2 * RATE - 512].any()
    first = int(np.flatnonzero(np.abs(sound).max(axis=1) > 1e-6)[0])
    assert first == 2 * RATE + 1  # sine phase: the onset itself is zero


class Broken(Instrument):
    """Sounds no number."""

    name = "bowed"

    def render(self, span: Span) -> None:
        span.out[:] = np.nan


class Unmade(Struck):
    """Cannot be made."""

    name = "glass"

    def __init__(self, desk: Desk, number: int) -> None:
        raise ZeroDivisionError("no glass")


def test_one_that_cannot_be_made_is_left_out(timeline: Timeline) -> None:
    told: list[str] = []
    live = Orchestra(timeline, 512, lambda name, error: told.append(name), (Unmade, Struck))
    assert np.array_equal(live.read(RATE), Orchestra(timeline, 512, instruments=(Struck,)).read(RATE))
    assert told == ["glass"]


def test_one_that_fails_is_dropped_live_and_raises_offline(timeline: Timeline) -> None:
    told: list[str] = []
    live = Orchestra(timeline, 512, lambda name, error: told.append(name), (Broken, Struck))
    alone = Orchestra(timeline, 512, instruments=(Struck,))
    assert np.array_equal(live.read(RATE), alone.read(RATE))
    assert told == ["bowed"]
    with pytest.raises(RuntimeError, match="bowed"):
        Orchestra(timeline, 512, instruments=(Broken,)).read(RATE)


def test_a_gesture_is_answered_within_a_quantum() -> None:
    still = timeline_of('length = "9s"\nsound.struck = { answers = "D4 A4 D5", gain_db = 0, damping = 0 }')
    orchestra = Orchestra(still, 512, instruments=(Struck,))
    orchestra.read(RATE)
    still.gestures.append(Strike(orchestra.unanswered, 0.3, 0.4, 1.0))
    answer = orchestra.read(RATE // 2)
    assert np.flatnonzero(np.abs(answer).max(axis=1) > 1e-4)[0] < 512 + LATENCY
    assert np.abs(answer[:, 1]).sum() > np.abs(answer[:, 0]).sum()  # it was to the right


def test_a_wav_holds_what_was_written(tmp_path: Path, whole: np.ndarray) -> None:
    path = tmp_path / "sound.wav"
    assert write_wav(path, [whole[:1000], whole[1000:3000]]) == 3000
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 3, RATE)
        raw = np.frombuffer(file.readframes(3000), np.uint8).reshape(-1, 3)
    high = raw[:, 2].astype(np.int8).astype(np.int32)
    value = raw[:, 0] | raw[:, 1].astype(np.int32) << 8 | high << 16
    assert np.abs(value.reshape(-1, 2) / 8388607.0 - whole[:3000]).max() < 1e-6


@pytest.mark.parametrize("score", house.scores(), ids=lambda path: path.stem)
def test_an_orchestra_that_is_left_is_gone_at_once(score: Path) -> None:
    """Nobody has to look for leftovers, which would keep the blocks of the next one waiting."""
    timeline = Timeline(read_score(score))
    left = Orchestra(timeline, 512)
    for beat in timeline.beats[::2]:
        t = beat.start + 0.4 * beat.length
        left.seek(t)
        timeline.gestures.append(Touch(t + 0.01, 0.2, 0.4))
        timeline.gestures.append(Sweep(t + 0.02, -0.2, 0.4, 1.0, 1.5, 0.2))
        left.read(4096)
    gc.collect()
    gc.disable()
    try:
        players = {type(seat.player).__name__: weakref.ref(seat.player) for seat in left._seats}
        del left
        assert not [who for who, player in players.items() if player() is not None]
    finally:
        gc.enable()
