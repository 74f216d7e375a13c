"""The first evening: the show plays what is ready, stands still before what is not, and goes on where it stood."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_show import Quiet

from performance.live.clock import Clock
from performance.live.programme import Programme
from performance.live.show import Show
from performance.output import window
from performance.output.window import Window
from performance.timeline import BeatSpan, Timeline


class Slow:
    """A workshop in which a beat is ready when the test says so."""

    def __init__(self) -> None:
        self.ready: set[str] = {"first"}
        self.asked: list[list[str]] = []
        self.failures: list[str] = []

    @property
    def beats(self) -> int:
        return 2 - len(self.ready)

    def look(self) -> None: ...

    def want(self, timeline: Timeline, beats: tuple[BeatSpan, ...]) -> list[Path]:
        self.asked.append([beat.id for beat in beats])
        return [Path(beat.id) for beat in beats if beat.id not in self.ready]

    def left(self, wanted: list[Path]) -> int:
        return sum(note.name not in self.ready for note in wanted)

    def is_ready(self, timeline: Timeline, beat: BeatSpan) -> bool:
        return beat.id in self.ready


@pytest.fixture
def show(score: Path) -> Iterator[Show]:
    assert window.is_there()
    with Window((320, 180)) as one:
        programme = Programme((score,))
        evening = Show(one, Quiet(Clock()), programme, programme.open(), workshop=Slow())  # type: ignore[arg-type]
        evening._warm()
        evening.sound.leap(0.0)
        yield evening
        evening.watch.close()


def until_ready(show: Show) -> None:
    for _ in range(3000):
        show.frame()
        if show.ahead is None:
            return
        time.sleep(0.001)
    raise AssertionError("it never came to be")


def test_the_first_beat_plays_while_the_second_is_made(show: Show) -> None:
    for _ in range(3):
        show.frame()
    assert show.clock.running
    assert show.ahead is not None
    assert "hold" not in show.sound.asked  # type: ignore[attr-defined]


def test_who_leaps_ahead_waits_where_it_goes_on(show: Show) -> None:
    show.go(4.0)
    for _ in range(5):
        show.frame()
    assert not show.clock.running
    stood = show.clock.now()
    assert 4.0 <= stood < 4.2
    asked = show.sound.asked  # type: ignore[attr-defined]
    assert asked.count("hold") == 1
    assert show.ahead.workshop.asked == [["second", "first"]]  # type: ignore[union-attr, attr-defined]
    on_stage = show.picture
    show.ahead.workshop.ready.add("second")  # type: ignore[union-attr, attr-defined]
    until_ready(show)
    assert asked[-1].startswith("leap 4")
    assert float(asked[-1].split()[1]) == pytest.approx(stood, abs=1e-3)
    assert show.clock.running
    assert show.picture is not on_stage  # the one that has rehearsed it


def test_who_pauses_meanwhile_finds_a_picture_and_no_sound(show: Show) -> None:
    show.sound.hold()
    show.go(4.0)
    show.frame()
    show.ahead.workshop.ready.add("second")  # type: ignore[union-attr, attr-defined]
    until_ready(show)
    assert not show.clock.running
    assert show.clock.now() == 4.0


def test_what_the_flash_governor_knows_goes_with_the_picture(show: Show) -> None:
    governor, held = show.picture.governor, show.picture.held
    show.ahead.workshop.ready.add("second")  # type: ignore[union-attr, attr-defined]
    before = show.picture
    until_ready(show)
    assert show.picture is not before
    assert show.picture.governor is governor
    assert show.picture.held is held
