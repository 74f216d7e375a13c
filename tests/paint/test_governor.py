"""Whatever is asked for, no part of the picture flashes more than three times in a second."""

from __future__ import annotations

import numpy as np
import pytest

from performance.paint.governor import DARK, RED_SCALE, STEP, FlashGovernor, linear_table
from performance.paint.threads import Threads

TABLE = linear_table()
SIZE = (72, 128)


def flashes_in_worst_second(levels: list[float], fps: float) -> int:
    """Pairs of opposing changes, counted independently of the governor by hysteresis on one cell."""
    turns: list[float] = []
    extreme, way = levels[0], 0
    for index, level in enumerate(levels):
        change = level - extreme
        if abs(change) >= STEP and min(level, extreme) < DARK and np.sign(change) != way:
            turns.append(index / fps)
            extreme, way = level, int(np.sign(change))
        elif change * way > 0:
            extreme = level
    return max((sum(a <= b < a + 1.0 for b in turns) // 2 for a in turns), default=0)


def shown(
    hertz: float, colour: tuple[int, int, int], fps: float = 60.0, seconds: float = 4.0
) -> list[np.ndarray]:
    governor = FlashGovernor(Threads(1))
    frames = []
    for n in range(int(seconds * fps)):
        on = (n / fps * hertz) % 1.0 < 0.5
        pixels = np.zeros((*SIZE, 4), np.uint8)
        if on:
            pixels[20:50, 30:90, :3] = colour
        governor.govern(pixels, n / fps)
        frames.append(pixels)
    return frames


@pytest.mark.parametrize("hertz", [3.0, 5.0, 8.0, 12.0, 20.0, 30.0])
@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 255)], ids=["white", "red"])
def test_a_strobe_is_held_under_the_limit(hertz: float, colour: tuple[int, int, int]) -> None:
    levels = [float(TABLE[frame[35, 60, :3]] @ (0.0722, 0.7152, 0.2126)) for frame in shown(hertz, colour)]
    asked = [
        float(TABLE[np.array(colour)] @ (0.0722, 0.7152, 0.2126)) * ((n / 60 * hertz) % 1.0 < 0.5)
        for n in range(240)
    ]
    assert flashes_in_worst_second(asked, 60.0) >= 3
    assert flashes_in_worst_second(levels, 60.0) <= 3


def test_a_slow_fade_passes_untouched() -> None:
    governor = FlashGovernor(Threads(1))
    for n in range(240):
        value = int(127 + 120 * np.sin(2 * np.pi * n / 60 * 0.8))
        pixels = np.full((*SIZE, 4), value, np.uint8)
        assert not governor.govern(pixels, n / 60)
        assert int(pixels[0, 0, 0]) == value


def test_dim_red_strobe_is_a_red_flash_too() -> None:
    """Saturated red counts at a luminance far below the general threshold."""
    frames = shown(10.0, (0, 0, 200))
    asked = [RED_SCALE * float(TABLE[200]) * ((n / 60 * 10.0) % 1.0 < 0.5) for n in range(240)]
    reds = [RED_SCALE * float(TABLE[frame[35, 60, 2]]) for frame in frames]
    assert flashes_in_worst_second(asked, 60.0) >= 9
    assert flashes_in_worst_second(reds, 60.0) <= 3


def test_reset_forgets() -> None:
    governor = FlashGovernor(Threads(1))
    for n in range(60):
        governor.govern(np.full((*SIZE, 4), 255 * (n // 4 % 2), np.uint8), n / 60)
    governor.reset()
    white = np.full((*SIZE, 4), 255, np.uint8)
    assert not governor.govern(white, 5.0)
