"""The instrument from whole to constellation: one place, one set of shards, no jump between them, pure in time."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest

from performance.causes.breaking import broken_place
from performance.causes.constellation import Constellation, constellation
from performance.causes.fracture import Fracture, fracture
from performance.causes.place import STILL
from performance.causes.touches import Touched
from performance.paint.canvas import SAFE_WIDTH
from performance.stage.ice import ice_at
from performance.stage.mirrors import Mirrors, mirrors_at
from performance.stage.shards import shards_at
from performance.stage.sheets import sheets_at

WHEN = 20.0


class Cue:
    """Values that do not move."""

    def __init__(self, **values: float) -> None:
        self.values = values

    def number(self, name: str) -> float:
        return float(self.values[name])

    def moment(self, name: str) -> float:
        return float(self.values.get(name, math.inf))


ICE = {
    "level": 1,
    "x": 0,
    "y": 0.46,
    "z": 0.05,
    "size": 0.56,
    "tilt": -0.28,
    "hold": 0,
    "glow": 0.7,
    "frost": 0.6,
    "vapour": 0.6,
    "bow": 1,
    "stroke": 0,
}
SHEETS = {
    "level": 1,
    "count": 15,
    "x": 0,
    "spread": 0.6,
    "size": 0.15,
    "drift": 1,
    "ink": 0.9,
    "gleam": 0.2,
    "scatter": 0,
}


@pytest.fixture(scope="module")
def broken() -> Fracture:
    place = broken_place(Cue(**ICE, drop=0.5))  # type: ignore[arg-type]
    return fracture(11, WHEN, place.x, place.y, place.z, place.size, place.tilt)


@pytest.fixture(scope="module")
def stars(broken: Fracture) -> Constellation:
    return constellation(11, broken)


def _mirrors(
    broken: Fracture, stars: Constellation, t: float, assemble: float, touches: Sequence[Touched] = ()
) -> Mirrors:
    cue = Cue(level=1, assemble=assemble, lines=1)
    found = mirrors_at(cue, t, 11, broken, stars, touches)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("drop", [0.0, 0.5])
def test_the_ice_comes_to_the_place_where_it_breaks(drop: float) -> None:
    cue = Cue(**ICE, drop=drop, breaks=WHEN)
    end = broken_place(cue)  # type: ignore[arg-type]
    just = ice_at(cue, WHEN - 1e-6, 11)  # type: ignore[arg-type]
    assert just is not None and just.level == 1
    if drop:
        assert np.allclose(
            (just.placing.x, just.placing.y, just.placing.tilt), (end.x, end.y, end.tilt), atol=1e-4
        )
        assert end.y - end.drop() == pytest.approx(0.0)
    after = ice_at(cue, WHEN, 11)  # type: ignore[arg-type]
    assert after is not None and after.level == 0  # only its breath is left
    assert ice_at(cue, WHEN + 10, 11) is None  # type: ignore[arg-type]


def test_shards_are_there_from_the_blow_on(broken: Fracture) -> None:
    cue = Cue(level=1, glitter=1, glow=1)
    assert shards_at(cue, WHEN - 0.01, 11, broken) is None  # type: ignore[arg-type]
    assert shards_at(cue, WHEN, 11, None) is None  # type: ignore[arg-type]
    first = shards_at(cue, WHEN, 11, broken)  # type: ignore[arg-type]
    assert first is not None
    assert np.array_equal(first.plates.places, broken.homes)
    onset = broken.impacts.onset[100]
    sparks = shards_at(cue, onset + 0.01, 11, broken).sparks  # type: ignore[arg-type, union-attr]
    assert len(sparks) and np.isfinite(sparks).all()


def test_mirrors_rise_from_where_the_shards_lie(broken: Fracture, stars: Constellation) -> None:
    shards = shards_at(Cue(level=1, glitter=1, glow=1), WHEN + 9, 11, broken)  # type: ignore[arg-type]
    assert shards is not None
    low = _mirrors(broken, stars, WHEN + 9, 1e-6).plates
    assert np.allclose(low.places, shards.plates.places, atol=1e-3)
    assert np.allclose(low.turns, shards.plates.turns, atol=0.02)
    high = _mirrors(broken, stars, WHEN + 9, 1.0).plates
    assert np.abs(high.places - stars.places).max() < 0.03
    steps = [_mirrors(broken, stars, WHEN + 9, a).plates.places for a in np.linspace(1e-6, 1, 200)]
    assert np.abs(np.diff(steps, axis=0)).max() < 0.08


def test_a_touched_mirror_flares_and_swings_and_its_neighbours_follow(
    broken: Fracture, stars: Constellation
) -> None:
    which, t = 12, WHEN + 20
    touch = [Touched(t, which, 1.0)]
    before, at_once, later = (_mirrors(broken, stars, t + dt, 1.0, touch) for dt in (-0.1, 0.08, 0.5))
    assert before.flare.max() == 0
    assert at_once.flare.argmax() == which and at_once.struck[which] > 0.5
    beside = int(np.argsort(stars.distance[which])[3])
    assert later.flare[beside] > at_once.flare[beside]
    calm = _mirrors(broken, stars, t + 0.08, 1.0)
    assert np.abs(at_once.plates.turns - calm.plates.turns)[stars.mirrors[which]].max() > 0.05
    late = _mirrors(broken, stars, t + 8.5, 1.0, touch)
    assert late.flare.max() < 1e-3


def test_sheets_drift_without_jumps_and_know_no_past() -> None:
    times = np.arange(30.0, 90.0, 1 / 30)
    cue = Cue(**SHEETS)
    seen = [sheets_at(cue, float(t), 3) for t in times]  # type: ignore[arg-type]
    for a, b in itertools.pairwise(seen):
        assert a is not None and b is not None
        there = (a.shown > 0.05) & (b.shown > 0.05)
        assert np.abs(a.points - b.points)[there].max() < 0.02
    again = sheets_at(cue, float(times[700]), 3)  # type: ignore[arg-type]
    assert again is not None and np.array_equal(again.points, seen[700].points)  # type: ignore[union-attr]


def test_every_shape_of_frame_shows_the_sheets_until_they_are_blown_away() -> None:
    widest = []
    for scatter in (0.0, 0.5):
        cue = Cue(**{**SHEETS, "spread": 1.0, "scatter": scatter})
        seen = [sheets_at(cue, float(t), 3) for t in np.arange(20.0, 120.0, 2.0)]  # type: ignore[arg-type]
        middles = np.concatenate([sheets.points.mean((1, 2)) for sheets in seen if sheets is not None])
        widest.append(np.abs(STILL.project(*middles.T)[0]).max())
    assert widest[0] < 0.5 * SAFE_WIDTH < widest[1]


def test_what_is_not_there_costs_nothing() -> None:
    assert sheets_at(Cue(level=0), 3.0, 1) is None  # type: ignore[arg-type]
    assert ice_at(Cue(level=0), 3.0, 1) is None  # type: ignore[arg-type]
