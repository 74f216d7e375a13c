"""A way to be heard is always found, and it says when what it takes will be heard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from performance.output.mixer import Mixer
from performance.output.sinks import BLOCK, RATE, Block, Sink
from performance.output.sound_card import Lag
from performance.output.speakers import Silence, Unheard, first_that_opens


class Listener:
    """A source that remembers what it was asked for."""

    def __init__(self, enough: int) -> None:
        self.asked: list[tuple[int, float]] = []
        self.enough, self.done = enough, threading.Event()

    def fill(self, out: Block, heard_at: float) -> None:
        out[:] = 0.1
        self.pass_over(len(out), heard_at)

    def pass_over(self, frames: int, heard_at: float) -> None:
        self.asked.append((frames, heard_at))
        if len(self.asked) == self.enough:
            self.done.set()


def test_silence_goes_on_at_the_right_speed_and_leaves_nothing_out() -> None:
    sink, listener = Silence(), Listener(20)
    sink.start(listener)
    assert listener.done.wait(30.0)
    sink.close()
    heard = [at for _, at in listener.asked]
    lengths = [frames / RATE for frames, _ in listener.asked]
    np.testing.assert_allclose(np.diff(heard), lengths[:-1], atol=1e-6)


def test_what_is_unheard_is_made_whole_block_after_block() -> None:
    sink, listener = Unheard(), Listener(20)
    sink.start(listener)
    assert listener.done.wait(30.0)
    sink.close()
    assert {frames for frames, _ in listener.asked} == {BLOCK}
    np.testing.assert_allclose(np.diff([at for _, at in listener.asked]), BLOCK / RATE, atol=1e-6)


def test_the_best_that_opens_is_taken_and_the_others_say_why_not() -> None:
    def broken(why: str) -> Callable[[], Sink]:
        def open_it() -> Sink:
            raise OSError(why)

        open_it.__name__ = why.title()
        return open_it

    sink, rest, why = first_that_opens((broken("no card"), broken("no mixer"), Silence, Silence))
    assert isinstance(sink, Silence)
    assert rest == (Silence,)
    assert why == "No Card: no card; No Mixer: no mixer"
    with pytest.raises(OSError, match="no card"):
        first_that_opens((broken("no card"),))


def test_a_mixer_that_is_told_to_be_silent_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    with pytest.raises(OSError, match="silent"):
        Mixer()


def test_the_mixer_plays_without_a_gap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written = tmp_path / "played.raw"
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(written))

    class Ruler(Listener):
        frame = 0

        def fill(self, out: Block, heard_at: float) -> None:
            out[:] = (np.arange(self.frame, self.frame + len(out), dtype=np.float32) % 4096 / 4096)[:, None]
            self.frame += len(out)
            self.pass_over(len(out), heard_at)

    sink, listener = Mixer(), Ruler(20)
    sink.start(listener)
    assert listener.done.wait(30.0)
    sink.close()
    assert [frames for frames, _ in listener.asked] == [1024] * len(listener.asked)
    sound = np.fromfile(written, np.float32).reshape(-1, 2)[:, 0] * 4096
    sound = sound[np.flatnonzero(sound)[0] : np.flatnonzero(sound)[-1]]
    assert len(sound) > 4000
    assert set(np.round(np.diff(sound)).astype(int)) <= {1, -4095}


def test_late_callbacks_do_not_move_the_clock() -> None:
    lag, rng = Lag(), np.random.default_rng(1)
    told = []
    for n in range(500):
        theirs = n * 512 / RATE
        ours = theirs + 77.0 + (0.0 if n % 10 == 0 else abs(rng.normal(0.0, 0.004)))
        told.append(lag.of(ours, theirs))
    assert np.abs(np.array(told[20:]) - 77.0).max() < 2e-4


def test_a_clock_that_drifts_is_followed() -> None:
    lag = Lag()
    for n in range(20_000):
        theirs = n * 512 / RATE
        told = lag.of(theirs * (1 + 5e-5) + 3.0, theirs)
    assert told == pytest.approx(3.0 + theirs * 5e-5, abs=1e-3)
