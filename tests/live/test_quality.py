"""The quality governor on machines that exist only here: slow, fast, uneven, busy for a while."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from performance.live.quality import LOOK, LOOKS, MOST_PATIENCE, PATIENCE, QUALITIES, SHARES, Quality

PERIOD = 1 / 60
FULLY = 0.012  # seconds that a frame takes at the finest, on a machine that is as fast as it should be


def cost(share: float, slowness: float) -> float:
    """Seconds that a frame takes: more falls to what does not depend on its size than the governor believes."""
    return slowness * FULLY * (0.3 + 0.7 * share)


def play(
    quality: Quality, seconds: float, slowness: Callable[[float], float], unevenly: float = 0.02
) -> list[tuple[float, int]]:
    """Play so long; returns when the rung changed, and to which. A new picture comes on half a second after it was
    asked for."""
    rng = np.random.default_rng(1)
    t, changes, asked, at = 0.0, [], quality.rung, 0.0
    while t < seconds:
        took = cost(quality.share, slowness(t)) * float(rng.lognormal(0.0, unevenly))
        t += max(took, PERIOD)
        if asked == quality.rung:
            asked, at = quality.heed(took), t + 0.5
        elif t > at:
            quality.stand(asked)
            changes.append((t, asked))
    return changes


def test_a_steady_machine_changes_nothing() -> None:
    for unevenly in (0.02, 0.1, 0.15):
        assert not play(Quality(PERIOD), 600.0, lambda t: 1.0, unevenly)


def test_a_single_slow_moment_changes_nothing() -> None:
    assert not play(Quality(PERIOD), 120.0, lambda t: 4.0 if t % 10.0 < 0.2 else 1.0)


@pytest.mark.parametrize("slowness", [1.5, 1.7, 2.0])
def test_a_slow_machine_is_given_what_it_can_paint_and_then_left_in_peace(slowness: float) -> None:
    quality = Quality(PERIOD)
    changes = play(quality, 900.0, lambda t: slowness)
    assert changes[0][0] < (LOOKS + 1) * LOOK * cost(1.0, slowness) + 1.0
    assert [rung for _, rung in changes] == sorted(rung for _, rung in changes)
    assert cost(quality.share, slowness) < PERIOD or quality.share == SHARES[-1]
    assert changes[-1][0] < 25.0


def test_what_is_far_too_slow_goes_down_several_rungs_at_once() -> None:
    changes = play(Quality(PERIOD), 12.0, lambda t: 3.0)
    assert changes[0][1] == len(SHARES) - 1


def test_the_picture_comes_back_when_whatever_kept_the_machine_busy_has_ended() -> None:
    quality = Quality(PERIOD)
    changes = play(quality, 400.0, lambda t: 2.0 if t < 20.0 else 1.0)
    assert quality.rung == 0
    first_up = next(t for (t, rung), (_, before) in zip(changes[1:], changes, strict=False) if rung < before)
    assert first_up > 20.0 + PATIENCE


def test_it_does_not_swing_to_and_fro() -> None:
    """Beats of half a minute in turn, one in three too heavy: each time the finer picture is tried less soon."""
    quality = Quality(PERIOD)
    changes = play(quality, 3600.0, lambda t: 1.6 if t // 30.0 % 3 == 2 else 0.9)
    finer = [t for (t, rung), (_, before) in zip(changes[1:], changes, strict=False) if rung < before]
    assert len(finer) < 20
    assert sum(t > 1800.0 for t in finer) <= sum(t <= 1800.0 for t in finer) / 2
    assert MOST_PATIENCE > PATIENCE


def test_a_frame_more_or_less_late_does_not_matter_but_most_of_them_do() -> None:
    quality = Quality(PERIOD)
    for frame in range(600):
        assert quality.heed(PERIOD * (1.3 if frame % 10 == 0 else 0.7)) == 0
    wished = [quality.heed(PERIOD * (0.7 if frame % 5 < 2 else 1.3)) for frame in range(LOOKS * LOOK)]
    assert max(wished) > 0


def test_auto_is_what_nobody_asked_for() -> None:
    assert QUALITIES[0] == "auto"
    assert SHARES[0] == 1.0
    assert list(SHARES) == sorted(SHARES, reverse=True)
