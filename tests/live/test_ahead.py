"""The first evening: the show plays what is ready, stands still before what is not, and goes on where it stood."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_show import Quiet

from performance.live import show as show_module
from performance.live import told
from performance.live.clock import Clock
from performance.live.programme import Programme
from performance.live.quality import SHARES
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

    def gently(self) -> None: ...

    def close(self) -> None: ...


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


@pytest.fixture
def adapting(score: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """A show that has found that it should be painted less finely, in a workshop where both beats are still to do."""
    assert window.is_there()
    with Window((320, 180)) as one:
        programme = Programme((score,))
        evening = Show(one, Quiet(Clock()), programme, programme.open(), quality="auto")  # type: ignore[arg-type]
        evening._warm()
        evening.sound.leap(0.0)
        monkeypatch.setattr(show_module, "remember", lambda *_: None)  # what is found out here is for nobody
        monkeypatch.setattr(show_module, "Workshop", lambda frames, played=False: Slow())
        monkeypatch.setattr(evening.quality, "heed", lambda seconds: 2)
        evening.frame()
        monkeypatch.setattr(evening.quality, "heed", lambda seconds: evening.quality.rung)
        yield evening
        evening.watch.close()


def test_another_density_comes_on_without_a_gap_once_it_knows_this_beat_and_the_next(adapting: Show) -> None:
    on_stage, governor = adapting.picture, adapting.picture.governor
    for _ in range(5):
        adapting.frame()
        assert adapting.clock.running
    assert adapting.picture is on_stage
    adapting.ahead.workshop.ready.add("second")  # type: ignore[union-attr, attr-defined]
    until_ready(adapting)
    assert adapting.picture.density == pytest.approx(SHARES[2] * on_stage.density)
    assert adapting.picture.governor is governor
    assert adapting.quality.rung == 2
    assert "hold" not in adapting.sound.asked  # type: ignore[attr-defined]
    adapting.overlaid = True
    said = "\n".join(line for line, _ in told.lines(adapting, 0.0))
    assert f"painted at {on_stage.density:.0%}, thinned to {adapting.picture.density:.0%}" in said


def test_a_piece_that_ends_meanwhile_is_followed_by_one_of_the_old_density(adapting: Show) -> None:
    on_stage = adapting.picture
    adapting.next_piece()
    adapting.frame()
    assert adapting.picture is on_stage
    assert adapting.ahead is None
    assert adapting.clock.running


def test_a_new_piece_at_a_lower_density_waits_only_for_its_first_beat(adapting: Show) -> None:
    adapting.ahead.workshop.ready.add("second")  # type: ignore[union-attr, attr-defined]
    until_ready(adapting)
    adapting.next_piece()
    assert adapting.ahead is not None
    assert not adapting.ahead.instead
    adapting.frame()
    assert adapting.clock.running
    assert adapting.ahead.workshop.asked[0] == ["first", "second"]  # type: ignore[attr-defined]
