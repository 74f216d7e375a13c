"""Liquid gold: drops land when they sound, streams reach down as the light melts, and nothing has a memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from performance.causes.drips import GRAVITY, drip
from performance.stage.figure import Manner
from performance.stage.gold import gold_at
from performance.stage.performer import Performer, figure


@dataclass
class Cue:
    melt: float
    level: float = 1.0
    streams: float = 0.8
    pool: float = 0.3
    thickness: float = 0.5

    def number(self, name: str) -> float:
        return float(getattr(self, name))


@pytest.fixture(scope="module")
def dancer() -> Performer:
    return figure(7.0, lambda _: ("stand", "open", 1.0), lambda _: (0.1, 0.0), Manner(5, 0.42))


DRIPS = [drip(5, n, 5.0 + 0.4 * n, 0.7) for n in range(20)]


def test_a_drop_falls_for_as_long_as_its_height_needs() -> None:
    for one in DRIPS:
        fall = one.impact - one.onset
        assert one.height == pytest.approx(0.5 * GRAVITY * fall * fall)
        assert 0.0 < fall < 1.2


def test_a_drop_reaches_the_boards_as_it_sounds(dancer: Performer) -> None:
    one = DRIPS[4]
    just = gold_at(Cue(0.8), one.impact - 1e-4, 5, dancer, [one])  # type: ignore[arg-type]
    after = gold_at(Cue(0.8), one.impact + 0.01, 5, dancer, [one])  # type: ignore[arg-type]
    assert just is not None and after is not None
    assert abs(just.drops[0, 1]) < 0.002
    assert len(after.drops) == 0
    assert len(after.rings) == len(just.rings) + 1


def test_streams_reach_down_and_the_pool_grows(dancer: Performer) -> None:
    lowest, radii = [], []
    for melt in (0.05, 0.12, 0.3, 0.7, 1.0):
        gold = gold_at(Cue(melt), 7.0, 5, dancer, DRIPS)  # type: ignore[arg-type]
        assert gold is not None
        lowest.append(gold.streams[..., 1].min())
        radii.append(gold.radius)
        assert np.isfinite(gold.streams).all()
        assert (gold.streams[..., 3] >= 0.0).all()
        assert ((gold.turned >= 0.0) & (gold.turned <= 1.0)).all()
    assert sorted(lowest, reverse=True) == lowest
    assert sorted(radii) == radii
    assert radii[-1] == pytest.approx(0.3)


def test_absent_gold_costs_nothing(dancer: Performer) -> None:
    assert gold_at(Cue(0.5, level=0.0), 7.0, 5, dancer, DRIPS) is None  # type: ignore[arg-type]
    assert gold_at(Cue(0.0), 7.0, 5, dancer, DRIPS) is None  # type: ignore[arg-type]
