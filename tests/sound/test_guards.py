"""Whatever one instrument does wrong, it alone falls silent; the show is heard on, and it is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from alone import timeline_of

from performance.gestures import Strike
from performance.sound.gears import Gears
from performance.sound.instrument import RATE, Desk, Instrument, Span
from performance.sound.modes import Modes
from performance.sound.orchestra import Orchestra
from performance.sound.struck import Struck
from performance.sound.tilt import Tilt

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue, Event

PIECE = """length = "4s"
fade = "0s"
sound.tilt = { gain_db = 0, chord = "D3" }
sound.struck = { gain_db = 0, play = "d4*4", every = "1s" }
sound.room = { wet_db = -6 }"""
WRONG = {"nan": np.nan, "inf": np.inf, "runaway": 1e4}
PLACES = ("made", "reset", "begin", "answer", "tick", "render", "modes", "sends")


def faulty(place: str, wrong: float, when: int = RATE) -> type[Instrument]:
    """A player that from frame `when` on does something wrong in one place."""

    class Faulty(Struck):
        at = 0

        def __init__(self, desk: Desk, number: int) -> None:
            if place == "made":
                raise OverflowError(place)
            super().__init__(desk, number)

        def _fail(self, here: str, frame: int) -> None:
            if place == here and frame >= when:
                raise OverflowError(here)

        def reset(self, frame: int) -> None:
            self._fail("reset", when)

        def begin(self, event: Event, frame: int) -> None:
            self._fail("begin", frame)
            pitch = np.array([300.0, 500.0])
            sends = np.ones(4, np.float32)
            if frame >= when and place == "modes":
                pitch = pitch * wrong * (1.0 if np.isfinite(wrong) else wrong)
            if frame >= when and place == "sends":
                sends *= np.float32(wrong)
            self.desk.bank.strike(Modes(pitch, np.full(2, 1.5), np.full(2, 0.1)), frame, sends, self.number)

        def answer(self, gesture: Gesture, frame: int) -> None:
            self._fail("answer", frame)

        def tick(self, k: int, cue: Cue) -> None:
            self._fail("tick", k * 1024)

        def render(self, span: Span) -> None:
            if place == "render" and span.start >= when:
                span.out[0, 7] = wrong

    return Faulty


def played(instruments: tuple[type[Instrument], ...], told: list[str]) -> np.ndarray:
    timeline = timeline_of(PIECE)
    timeline.gestures.append(Strike(1.2, 0.0, 0.5))
    orchestra = Orchestra(timeline, 512, lambda name, error: told.append(name), instruments)
    return orchestra.read(3 * RATE)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("place", PLACES)
def test_one_voice_falls_silent_and_the_show_goes_on(place: str, wrong: float) -> None:
    told: list[str] = []
    sound = played((Tilt, faulty(place, wrong)), told)
    alone = played((Tilt,), [])
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() < 1.0
    assert np.abs(alone[2 * RATE :]).max() > 0.01
    bodies = {"modes", "sends"}
    if not (
        wrong == WRONG["runaway"] and place in bodies
    ):  # what is only too loud or too high is capped or unheard
        assert told == ["struck"]
        last = slice(round(2.9 * RATE), None)  # the bodies have faded, the room has all but forgotten them
        assert np.abs(sound[last] - alone[last]).max() < 2e-3


@pytest.mark.parametrize("place", ["tick", "render", "modes"])
def test_its_bodies_fade_out_and_are_not_cut_off(place: str) -> None:
    sound = played((faulty(place, np.nan, when=RATE + 5000),), [])
    third = np.abs(np.diff(sound.astype(np.float64), 3, axis=0)).max(axis=1)
    peak = np.abs(sound[RATE + 3000 : RATE + 4000]).max()
    assert peak > 0.02
    assert third[RATE + 4000 : RATE + 8000].max() < peak / 100  # cut off, it would be about the peak itself


def test_who_is_not_heard_does_not_answer() -> None:
    answered: list[str] = []

    def listening(named: type[Instrument]) -> type[Instrument]:
        def answer(self: Instrument, gesture: Gesture, frame: int) -> None:
            answered.append(self.name)

        return type(named.__name__, (named,), {"answer": answer})

    timeline = timeline_of(PIECE)
    timeline.gestures.append(Strike(1.2, 0.0, 0.5))
    made = Orchestra(timeline, 512, lambda name, error: None, (listening(Struck), listening(Gears)))
    made.read(2 * RATE)
    assert answered == ["struck"]
    made.seek(2.0)
    assert answered == ["struck", "struck"]
