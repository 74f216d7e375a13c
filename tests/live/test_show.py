"""The show on a display that nobody sees: keys, saves, the end of a piece, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from performance.live import keys, told
from performance.live.board import Reading
from performance.live.clock import Clock
from performance.live.programme import Programme
from performance.live.show import Show
from performance.output import window
from performance.output.window import Window
from performance.timeline import Timeline


class Quiet:
    """A sound process that was never started; it remembers what it was asked for."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.asked: list[str] = []
        self.lines: list[str] = []
        self.seated = True
        self.underruns, self.factor = 0, 1.0
        self.heard, self.busy = Reading(), np.zeros(1)

    def play(self, timeline: Timeline) -> None:
        self.asked.append(f"play {timeline.seed}")

    def edited(self) -> None:
        self.asked.append("edited")

    def leap(self, t: float, lead: float = 0.0) -> None:
        self.clock.leap(t)
        self.asked.append(f"leap {t:g}")

    def hold(self) -> None:
        self.clock.hold()
        self.asked.append("hold")

    def volume(self, factor: float) -> None:
        self.factor = factor

    def gesture(self, gesture: Any) -> None:
        self.asked.append(type(gesture).__name__)

    def look(self) -> None:
        pass


@pytest.fixture
def show(score: Path) -> Iterator[Show]:
    assert window.is_there()
    with Window((320, 180)) as one:
        clock = Clock()
        programme = Programme((score,))
        evening = Show(one, Quiet(clock), programme, programme.open())  # type: ignore[arg-type]
        for t in (0.0, 4.0):
            evening._paint(t)  # what is compiled at its first use is compiled now
        evening.sound.leap(0.0)
        yield evening
        evening.watch.close()


def press(show: Show, key: int, sign: str = "") -> None:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=sign))
    show.frame()


def until(show: Show, what: Callable[[], bool]) -> None:
    for _ in range(2000):
        show.frame()
        if what():
            return
    raise AssertionError("it never came to be")


def beat(show: Show) -> str:
    return show.timeline.beat_at(show.clock.now()).id


def test_frames_are_painted_at_the_clocks_time(show: Show) -> None:
    seen = []
    show._seen = seen.append
    for _ in range(5):
        show.frame()
    assert [frame.t for frame in seen] == sorted({frame.t for frame in seen})
    for frame in seen:
        assert frame.t == pytest.approx(show.clock.at(frame.instant), abs=0.5)


def test_keys_lead_through_the_piece(show: Show) -> None:
    assert beat(show) == "first"
    press(show, pygame.K_RIGHT)
    assert beat(show) == "second"
    press(show, pygame.K_LEFT)
    assert beat(show) == "first"
    press(show, pygame.K_SPACE)
    stands = show.clock.now()
    show.frame()
    assert show.clock.now() == stands
    press(show, pygame.K_RIGHT)
    assert show.clock.now() == 3.0
    press(show, pygame.K_SPACE)
    assert show.clock.running
    press(show, pygame.K_HOME)
    assert show.clock.now() < 1.0
    press(show, pygame.K_q)
    assert show.over


def test_every_key_of_the_table_does_something(show: Show) -> None:
    for key in keys.KEYS:
        assert callable(getattr(show.steering, key.action))
        for code in key.codes:
            assert keys.ACTIONS[code] == key.action


def test_volume_has_a_ceiling_and_mute_comes_back(show: Show) -> None:
    press(show, pygame.K_0, "+")
    assert show.steering.volume.db == 0.0
    press(show, pygame.K_MINUS, "-")
    assert show.sound.factor == pytest.approx(10 ** (-3 / 20))
    press(show, pygame.K_m)
    assert show.sound.factor == 0.0
    press(show, pygame.K_m)
    assert show.sound.factor == pytest.approx(10 ** (-3 / 20))


def test_a_save_is_played_from_the_same_place_and_a_broken_one_only_said(
    show: Show, capsys: pytest.CaptureFixture[str]
) -> None:
    path = show.programme.path
    good = path.read_text()
    path.write_text(good.replace('length = "3s"', 'length = "5s"', 1))
    until(show, lambda: show.timeline.length == 8.0)
    assert "edited" in show.sound.asked  # type: ignore[attr-defined]
    path.write_text(good.replace('"gold"', '"golld"'))
    until(show, lambda: bool(show.notices.faults))
    assert "small.toml:7:" in capsys.readouterr().err
    assert any("golld" in line for line, _ in told.lines(show, 0.0))
    path.write_text(good)
    until(show, lambda: not show.notices.faults)
    assert not told.lines(show, 0.0)


def test_the_end_is_a_beginning_with_another_seed(show: Show) -> None:
    press(show, pygame.K_RIGHT)
    press(show, pygame.K_RIGHT)
    assert show.timeline.seed == 6
    assert beat(show) == "first"
    show.programme.once = True
    press(show, pygame.K_RIGHT)
    press(show, pygame.K_RIGHT)
    assert show.over


def test_a_piece_waits_for_its_orchestra_but_not_for_ever(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound: Any = show.sound
    looks: list[bool] = []

    def look() -> None:
        looks.append(sound.seated)
        assert "leap 0" not in sound.asked[asked:]  # nobody has begun
        sound.seated = len(looks) > 20

    asked, sound.seated = len(sound.asked), False
    monkeypatch.setattr(sound, "look", look)
    show._begin(show.timeline)
    assert len(looks) > 20
    assert sound.asked[-1] == "leap 0"

    asked, sound.seated = len(sound.asked), False
    monkeypatch.setattr(sound, "look", lambda: None)
    monkeypatch.setattr("performance.live.show.SEATING", 0.05)
    show._begin(show.timeline)
    assert sound.asked[-1] == "leap 0"


def test_a_score_that_is_broken_when_it_should_begin_is_played_as_it_was(show: Show) -> None:
    show.programme.path.write_text("nonsense = ")
    press(show, pygame.K_RIGHT)
    press(show, pygame.K_RIGHT)
    assert not show.over
    assert show.timeline.seed == 6
    assert [one.id for one in show.timeline.beats] == ["first", "second"]


def test_the_pointer_becomes_gestures_for_picture_and_sound(show: Show) -> None:
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=(160, 90), rel=(1, 1), buttons=(0, 0, 0)))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(160, 90), button=1))
    show.frame()
    assert show.sound.asked[-2:] == ["Move", "Touch"]  # type: ignore[attr-defined]
    assert len(show.timeline.gestures) == 2


def test_a_picture_that_fails_is_said_once_and_the_show_goes_on(
    show: Show, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no paint left")

    monkeypatch.setattr(show.picture, "paint", fail)
    for _ in range(5):
        show.frame()
    assert sum("the picture failed" in record.message for record in caplog.records) == 1
    assert not show.over


def test_the_overlay_tells_what_it_should(show: Show) -> None:
    press(show, pygame.K_h)
    text = "\n".join(line for line, _ in told.lines(show, 4.0))
    for word in ("A Small Test", "second", "seed 5", "0:04 of 0:06", "frame", "underruns", "space", "Esc"):
        assert word in text
    press(show, pygame.K_h)
    assert not told.lines(show, 4.0)
