"""The sound process: it is in step with the show, and when it dies another takes its place there."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from performance.live.board import Board
from performance.live.clock import Clock
from performance.live.messages import Edited, Go, Piece, Stop, Trouble, Volume
from performance.live.sound import Sound
from performance.live.sound_process import Conductor
from performance.output.speakers import Silence
from performance.score.reader import read_score
from performance.timeline import Timeline


@pytest.fixture
def sound(score: Path) -> Iterator[Sound]:
    one = Sound(Clock(), (Silence,))
    one.play(Timeline(read_score(score)))
    yield one
    one.close()


def until(sound: Sound, what: Callable[[], bool]) -> None:
    """Look once a frame until something is so; a test that waits for ever is broken."""
    for _ in range(3000):
        sound.look()
        if what():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to be")


def apart(sound: Sound) -> float:
    """Seconds between what the clock says and what is heard."""
    now, heard = time.perf_counter(), sound.heard
    return sound.clock.at(now) - (heard.t + now - heard.heard_at)


def in_step(sound: Sound) -> bool:
    return sound.heard.leap == sound.clock.leaps and abs(apart(sound)) < 0.005


def test_it_tells_how_it_plays_and_keeps_step_through_leaps_and_holds(sound: Sound) -> None:
    until(sound, lambda: sound.opened is not None)
    assert any("silence" in line for line in sound.lines)
    for t in (0.0, 4.0, 1.5):
        sound.leap(t)
        until(sound, lambda: in_step(sound))
        assert sound.clock.now() >= t
    sound.hold()
    until(sound, lambda: sound.heard.leap == 0)
    sound.leap(sound.clock.now())
    until(sound, lambda: in_step(sound))


def test_it_says_when_the_orchestra_sits_for_each_piece(sound: Sound, score: Path) -> None:
    until(sound, lambda: sound.seated)
    sound.leap(0.0)
    until(sound, lambda: in_step(sound))
    sound.play(Timeline(read_score(score), 77))
    assert not sound.seated
    until(sound, lambda: sound.seated)
    sound.leap(0.0)
    until(sound, lambda: in_step(sound))


def test_a_killed_process_is_replaced_where_the_show_is(sound: Sound) -> None:
    sound.leap(1.0)
    until(sound, lambda: in_step(sound))
    assert sound.pid is not None
    before, first = sound.clock.now(), sound.pid
    os.kill(first, signal.SIGKILL)
    until(sound, lambda: sound.restarts == 1 and in_step(sound))
    assert sound.pid != first
    assert sound.clock.now() > before
    assert sound.clock.leaps == 1  # for the picture nothing has happened


def test_a_process_that_hangs_is_replaced(sound: Sound) -> None:
    sound.leap(1.0)
    until(sound, lambda: in_step(sound))
    assert sound.pid is not None
    os.kill(sound.pid, signal.SIGSTOP)
    until(sound, lambda: sound.restarts == 1 and in_step(sound))


def test_somebody_is_ready_who_knows_the_piece(sound: Sound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("performance.live.sound.READY_AFTER", 0.1)
    sound.leap(1.0)
    until(sound, lambda: in_step(sound) and spare_of(sound) is not None)
    spare, first = spare_of(sound), sound.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    until(sound, lambda: sound.restarts == 1 and in_step(sound))
    assert sound.pid == spare
    until(sound, lambda: spare_of(sound) is not None)  # and somebody else for that one
    another = spare_of(sound)
    assert another is not None
    sound.edited()
    assert sound._spare is None
    with pytest.raises(ProcessLookupError):
        os.kill(another, 0)
    until(sound, lambda: in_step(sound))


def spare_of(sound: Sound) -> int | None:
    return sound._spare.pid if sound._spare is not None else None


class Nothing:
    """A way to be heard that ends the process."""

    def __init__(self) -> None:
        os._exit(3)


def test_a_process_that_cannot_live_is_given_up(score: Path) -> None:
    sound = Sound(Clock(), (Nothing,))  # type: ignore[arg-type]
    sound.play(Timeline(read_score(score)))
    sound.leap(0.0)
    until(sound, lambda: any("silently" in line for line in sound.lines))
    assert sound.clock.running
    sound.close()


def test_the_conductor_stands_where_the_show_will_be(score: Path) -> None:
    conductor = Conductor(Board(), lambda _: None)
    conductor.hear(Piece(read_score(score), None))
    now = time.perf_counter()
    conductor.hear(Go(2.0, now, 1))
    coming = conductor.player.coming
    assert coming is not None
    assert coming.music.frame / 48_000 - 2.0 == pytest.approx(coming.heard_at - now, abs=1e-4)
    conductor.hear(Edited(read_score(score)))
    again = conductor.player.coming
    assert again is not None
    assert again.music is not coming.music
    assert again.leap == 1
    conductor.hear(Volume(0.25))
    assert conductor.player.volume == 0.25
    conductor.hear(Stop())
    assert conductor.player.coming is None
    assert conductor.player.silenced


def test_what_another_version_replaces_plays_until_then_and_is_let_go_by_the_conductor(score: Path) -> None:
    """Not by the thread that makes blocks: to free an orchestra takes longer than some blocks last."""
    conductor, out = Conductor(Board(), lambda _: None), np.zeros((512, 2), np.float32)
    conductor.hear(Piece(read_score(score), None))
    conductor.hear(Go(2.0, time.perf_counter(), 1))
    for save in range(3):
        coming = conductor.player.coming
        assert coming is not None
        conductor.player.fill(out, coming.heard_at)
        playing = conductor.player.part
        assert playing is coming
        conductor.look()
        assert len(conductor._left) == 0, save
        conductor.hear(Edited(read_score(score)))
        conductor.look()
        assert conductor._left == ([playing.music] if conductor.player.part is playing else [])


def test_an_instrument_that_fails_is_told_once_and_the_rest_plays_on(score: Path) -> None:
    told: list[object] = []
    conductor = Conductor(Board(), told.append)
    conductor._failed("struck", ValueError("no hammer"))
    assert told == [Trouble("the instrument struck is left out from now on (ValueError: no hammer)")]
