"""The forest: it grows in order, stays rooted, keeps the middle free, and answers what is heard and touched."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.petals import MOST
from performance.causes.place import Camera
from performance.gestures import GestureLog, Touch
from performance.score.kinds.moving import Moving
from performance.score.reader import read_text
from performance.score.things.orchids import Orchids as Written
from performance.stage.forest import FAR, MIDDLE, NEAR, columns, humming, plan
from performance.stage.orchids import RING, Orchids, nearest_blossom, orchids_at
from performance.stage.stage import stage_at
from performance.timeline import Cue, Timeline

SEEDS = (1, 7, 23, 404)


def forest(
    seed: int = 7, t: float = 12.0, touched: tuple[tuple[int, float, float], ...] = (), **numbers: float
) -> Orchids:
    kinds = {name: kind for name, kind in Written.kinds.items() if isinstance(kind, Moving)}
    values = {"level": 1.0, "grow": 1.0, **numbers}
    cue = Cue(
        {name: kind.rest(values.get(name, kind.default)) for name, kind in kinds.items()}, 0.0, 0.0, 9.0
    )
    made = orchids_at(cue, t, seed, touched=touched)
    assert made is not None
    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_moment_is_the_same_forest(seed: int) -> None:
    one, two = forest(seed, 5.0, grow=0.6), forest(seed, 5.0, grow=0.6)
    for a, b in zip(one.ribbons, two.ribbons, strict=True):
        assert np.array_equal(a.place, b.place)
        assert np.array_equal(a.half, b.half)
    assert np.array_equal(one.blossoms.place, two.blossoms.place)


@pytest.mark.parametrize("grow", [0.0, 0.1, 0.33, 0.62, 1.0])
def test_every_number_is_one(grow: float) -> None:
    made = forest(grow=grow)
    for ribbons in made.ribbons:
        for array in (ribbons.place, ribbons.half, ribbons.share, ribbons.colour):
            assert np.isfinite(array).all()
        assert (ribbons.half >= 0.0).all()
        assert ribbons.start[-1] == len(ribbons.place) == len(ribbons.half) == len(ribbons.share)
        assert len(ribbons.kind) == len(ribbons.colour) == len(ribbons.start) - 1
    assert np.isfinite(made.blossoms.place).all()
    assert made.blossoms.first[-1] == len(made.blossoms.radius)


def test_nothing_is_under_the_boards_and_all_stems_stand_on_them() -> None:
    for ribbons in forest().ribbons:
        assert ribbons.place[:, 1].min() > -1e-9
        lowest = np.minimum.reduceat(ribbons.place[:, 1], ribbons.start[:-1])
        long = np.diff(ribbons.start) > 4  # all but the stalks of blossoms
        assert lowest[long].max() < 0.08


@pytest.mark.parametrize("seed", SEEDS)
def test_a_blossom_only_ever_opens_and_after_its_bud(seed: int) -> None:
    last = forest(seed, grow=0.0).blossoms
    assert last.radius.max() < 1e-9
    for grow in np.linspace(0.05, 1.0, 20):
        now = forest(seed, grow=float(grow)).blossoms
        assert (now.opening >= last.opening - 1e-12).all()
        assert (now.radius[now.opening > 0.0] > 0.0).all()
        last = now
    assert (last.opening > 0.7).mean() > 0.5


def test_growth_is_smooth() -> None:
    before = forest(grow=0.5).blossoms
    after = forest(grow=0.5005).blossoms
    assert np.abs(after.place - before.place).max() < 0.01
    assert np.abs(after.opening - before.opening).max() < 0.02


@pytest.mark.parametrize("seed", SEEDS)
def test_the_middle_of_the_stage_is_free(seed: int) -> None:
    plants = plan(seed)
    u = plants.x / (1.0 + plants.z)
    assert np.abs(u).min() > 0.18
    assert np.abs(columns(seed).x / (1.0 + columns(seed).z)).min() > 0.3
    for plane in (FAR, MIDDLE, NEAR):
        reach = np.abs(u[plants.plane == plane]).max()
        assert reach > 0.9, "a wide frame has an empty side"


@pytest.mark.parametrize("seed", SEEDS)
def test_what_hums_is_in_every_frame(seed: int) -> None:
    singers = humming(seed)
    assert len(singers) == MOST
    blossoms = forest(seed).blossoms
    u, _, _ = Camera().project(*blossoms.place[singers].T)
    assert (np.abs(u) < 0.75).mean() > 0.9
    assert (singers >= blossoms.first[MIDDLE]).all()


def test_a_touched_blossom_flares_and_calms() -> None:
    which = int(humming(7)[0])
    quiet = forest().blossoms.rung
    assert not quiet.any()
    flared = forest(t=12.0, touched=((which, 11.9, 1.0),)).blossoms.rung
    assert flared[which] > 0.5
    assert np.count_nonzero(flared) == 1
    assert not forest(t=12.0, touched=((which, 11.99 - RING, 1.0),)).blossoms.rung.any()
    assert not forest(t=12.0, touched=((which, 12.1, 1.0),)).blossoms.rung.any()


def test_a_finger_finds_the_blossom_under_it() -> None:
    made, camera = forest(), Camera(x=0.03)
    blossoms = made.blossoms
    which = int(np.argmax(blossoms.radius))
    u, v, _ = camera.project(*blossoms.place[which])
    found = nearest_blossom(made, camera, float(u), float(v))
    assert found == which
    assert nearest_blossom(made, camera, 0.0, 0.95) is None


def test_absent_costs_nothing() -> None:
    kinds = {name: kind for name, kind in Written.kinds.items() if isinstance(kind, Moving)}
    cue = Cue({name: kind.rest(kind.default) for name, kind in kinds.items()}, 0.0, 0.0, 9.0)
    assert orchids_at(cue, 1.0, 7) is None


def test_a_visitors_touch_shows_on_the_blossom_under_it_at_once() -> None:
    beat = '[[beat]]\nid = "b"\nlength = "40s"\nfade = "0s"\n'
    score = beat + "stage.orchids = { grow = 1 }\nstage.camera = { drift = 0 }\n"
    made = stage_at(Timeline(read_text(score)), 10.0).orchids
    assert made is not None
    shown = np.flatnonzero((made.blossoms.opening > 0.6) & (np.abs(made.blossoms.place[:, 0]) < 0.6))
    x, y, z = made.blossoms.place[shown[-1]]
    u, v, _ = Camera().project(x, y, z)
    touched = Timeline(read_text(score), gestures=GestureLog([Touch(10.0, float(u), float(v))]))
    after = stage_at(touched, 10.0 + 1 / 60).orchids
    assert after is not None
    assert after.blossoms.rung.max() > made.blossoms.rung.max() + 0.3


def test_a_touch_means_what_was_there_when_it_came() -> None:
    score = '[[beat]]\nid = "b"\nlength = "40s"\nfade = "0s"\nstage.orchids = { grow = 1 }\n'
    score += 'stage.camera = { drift = 0, x = "-0.3 -> 0.3 over 20s" }\n'
    made = stage_at(Timeline(read_text(score)), 10.0)
    assert made.orchids is not None
    blossoms = made.orchids.blossoms
    which = int(np.argmax(blossoms.radius * (np.abs(blossoms.place[:, 0]) < 0.6)))
    u, v, _ = made.camera.project(*blossoms.place[which])
    touched = Timeline(read_text(score), gestures=GestureLog([Touch(10.0, float(u), float(v))]))
    for later in (0.05, 0.8, 2.0):
        now = stage_at(touched, 10.0 + later).orchids
        assert now is not None
        assert int(np.argmax(now.rung)) == which


def test_places_are_worked_out_once() -> None:
    made = forest()
    assert made.ribbons is made.ribbons
    assert made.blossoms is made.blossoms
