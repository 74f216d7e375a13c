"""What the sinks play is in step with the show, whatever the blocks, and never clicks."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from performance.gestures import Gesture, GestureLog, Touch
from performance.live.board import Board
from performance.live.player import CATCH_UP, FADE, Part, Player
from performance.output.sinks import RATE, Block


class Ruler:
    """Music whose every sample is the number of its frame, so that it can be seen what was heard when."""

    def __init__(self, frame: int = 0) -> None:
        self.frame = frame
        self.gestures = GestureLog()

    @property
    def unanswered(self) -> float:
        return self.frame / RATE

    def read(self, frames: int) -> Block:
        numbers = np.arange(self.frame, self.frame + frames, dtype=np.float32)
        self.frame += frames
        return np.stack([numbers, numbers], axis=1)


def played(
    player: Player, blocks: list[int], start: float = 100.0
) -> tuple[Block, list[tuple[float, float]]]:
    """What comes out of these blocks, the first heard at `start`; and the board's (t, heard_at) after each."""
    out, said, heard_at = [], [], start
    for frames in blocks:
        block = np.full((frames, 2), np.nan, np.float32)
        player.fill(block, heard_at)
        out.append(block)
        said.append((player.board.read().t, player.board.read().heard_at))
        heard_at += frames / RATE
    return np.concatenate(out), said


def part(at: float, frame: int = 48_000, leap: int = 1) -> Part:
    music = Ruler(frame)
    return Part(music, music.gestures, at, leap)


def full(player: Player) -> Player:
    player._gain = player.volume = 1.0  # as after its first block
    return player


@pytest.mark.parametrize("blocks", [[512] * 8, [256] * 16, [1, 511, 700, 333, 512, 1000, 999]])
def test_a_part_enters_at_its_very_frame(blocks: list[int]) -> None:
    player = full(Player(Board()))
    player.coming = part(100.0 + 1000 / RATE)
    heard, _ = played(player, blocks)
    assert not heard[:1000].any()
    after = np.arange(1000 + FADE, len(heard))
    np.testing.assert_array_equal(heard[after, 0], 48_000 + after - 1000)


def test_a_part_that_comes_late_skips_what_is_over() -> None:
    player = full(Player(Board()))
    player.coming = part(100.0 - 0.1)
    heard, _ = played(player, [512, 512])
    assert heard[700, 0] == 48_000 + 4800 + 700


def test_a_part_that_comes_far_too_late_is_planned_again() -> None:
    player = full(Player(Board()))
    player.coming = part(100.0 - 2 * CATCH_UP)
    heard, _ = played(player, [512])
    assert player.late
    assert not heard.any()


def test_the_board_says_which_moment_is_heard_when() -> None:
    player = full(Player(Board()))
    player.coming = part(100.0 + 300 / RATE, frame=96_000, leap=7)
    _, said = played(player, [512, 256, 700, 512])
    assert player.board.read().leap == 7
    for t, heard_at in said:
        assert t - 2.0 == pytest.approx(heard_at - (100.0 + 300 / RATE), abs=1e-9)


def test_leaps_stops_and_volume_never_step() -> None:
    class Steady(Ruler):
        def read(self, frames: int) -> Block:
            self.frame += frames
            return np.ones((frames, 2), np.float32)

    player = Player(Board())

    def steady(at: float) -> Part:
        return Part(Steady(), GestureLog(), at, 1)

    player.coming = steady(100.01)
    one, _ = played(player, [512] * 4, 100.0)
    player.coming = steady(100.0 + 2100 / RATE)
    two, _ = played(player, [512] * 2, 100.0 + 2048 / RATE)
    player.volume = 0.2
    three, _ = played(player, [512], 100.0 + 3072 / RATE)
    player.silenced = True
    four, _ = played(player, [512] * 2, 100.0 + 3584 / RATE)
    whole = np.concatenate([one, two, three, four])[:, 0]
    assert np.abs(np.diff(whole)).max() <= 1.5 / FADE
    assert whole.max() == pytest.approx(1.0)
    assert not four[FADE:].any()


def test_a_gesture_is_answered_in_the_next_block() -> None:
    player = full(Player(Board()))
    player.coming = part(100.0)
    played(player, [512] * 4)
    player.given.append(Touch(1.0, 0.1, 0.5))
    assert player.part is not None
    before = player.part.music.unanswered
    played(player, [512], 100.0 + 2048 / RATE)
    answered: list[Gesture] = player.part.gestures.between(0.0, 1e9)
    assert [gesture.t for gesture in answered] == [before]


def test_a_silent_sink_moves_the_piece_on_all_the_same() -> None:
    player = Player(Board())
    player.coming = part(100.0, frame=0)
    for number in range(50):
        player.pass_over(480, 100.0 + number * 0.01)
    reading = player.board.read()
    assert reading.t - reading.heard_at == pytest.approx(-100.0, abs=1e-6)


def test_a_sink_without_pace_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = itertools.count()
    monkeypatch.setattr("performance.live.player.time.perf_counter", lambda: 50.0 + next(ticks) * 1e-5)
    player = Player(Board())
    out = np.zeros((512, 2), np.float32)
    for _ in range(100):
        player.fill(out, 100.0)
    assert not player.unpaced
    for _ in range(400):
        player.fill(out, 100.0)
    assert player.unpaced
