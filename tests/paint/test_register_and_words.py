"""A picture out of register is the same picture three times; words of light are letters when they have
gathered."""

from __future__ import annotations

import numpy as np
import pytest

from performance.paint.canvas import View
from performance.paint.register import Misprint
from performance.paint.threads import Threads
from performance.paint.words import motes_of
from performance.stage.register import Register
from performance.stage.words import Words


def picture() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(3).integers(0, 256, (72, 128, 4), np.uint8)


@pytest.mark.parametrize("threads", [1, 2])
def test_red_and_blue_lie_where_they_are_told(threads: int) -> None:
    before, after = picture(), picture()
    Misprint(Threads(threads)).shift(after, View(128, 72), Register((4 / 72, 2 / 72), (0.0, 0.0), 0.0))
    inner = (slice(10, -10), slice(10, -10))
    assert np.array_equal(after[..., 1][inner], before[..., 1][inner])
    assert np.array_equal(after[..., 2][inner], np.roll(before[..., 2], (2, 4), (0, 1))[inner])
    assert np.array_equal(after[..., 0][inner], np.roll(before[..., 0], (-2, -4), (0, 1))[inner])


def test_a_doubled_picture_is_a_mean_of_two() -> None:
    before, after = picture(), picture()
    Misprint(Threads(1)).shift(after, View(128, 72), Register((0.0, 0.0), (6 / 72, -3 / 72), 0.25))
    wanted = 0.75 * before + 0.25 * np.roll(before, (-3, 6), (0, 1))
    assert np.abs(after - wanted)[10:-10, 10:-10].max() <= 1.0


@pytest.mark.parametrize("aside", [5, -5])
def test_what_comes_in_from_a_side_mirrors_it(aside: int) -> None:
    before, after = picture().astype(int), picture()
    Misprint(Threads(1)).shift(after, View(128, 72), Register((0.0, 0.0), (aside / 72, 0.0), 0.5))
    side = before[:, 1:6][:, ::-1] if aside > 0 else before[:, -6:-1][:, ::-1]
    shown, there = (rows[:, :5] if aside > 0 else rows[:, -5:] for rows in (after, before))
    assert np.abs(shown - 0.5 * (there + side)).max() <= 1.0


def words(gather: float, leave: float = 0.0) -> Words:
    return Words("make it", 0.0, 0.3, 0.08, 1.0, gather, leave, (1, 1, 1), (1, 1, 1), 5.0, 3)


def test_motes_come_to_their_letters_and_leave_them_again() -> None:
    whole, far, gone = motes_of(words(1.0)), motes_of(words(0.0)), motes_of(words(1.0, 1.0))
    assert whole[1].min() == 1.0 and far[1].max() == 0.0
    assert float(np.ptp(far[0].u)) > 1.3 * float(np.ptp(whole[0].u))
    assert gone[0].light.max() == 0.0 and far[0].light.max() == 0.0 < whole[0].light.max()
    assert abs(float(whole[0].u.min() + whole[0].u.max())) < 0.01
