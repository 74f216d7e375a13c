"""What stands on the stage is a function of the cue and the time, absent at level 0, and moves without jumps."""

from __future__ import annotations

import numpy as np
import pytest

from performance.score.reader import read_text
from performance.stage.ceiling import ceiling_at
from performance.stage.chasm import chasm_at
from performance.stage.curtain import Curtain, curtain_at
from performance.stage.floor import floor_at
from performance.stage.sky import sky_at
from performance.stage.wings import COLUMNS, feathers_at
from performance.timeline import Timeline

SCORE = """
title = "Scenery"
tonic = "D3"
tempo = 60
seed = 5
[[beat]]
id = "empty"
length = "4s"
[[beat]]
id = "full"
length = "20s"
fade = "1s"
stage.floor = { morph = "0 -> 1 over 10s" }
stage.sky = { stars = 1, glow = 1 }
stage.chasm = { edge = 0.4, breath = 1 }
stage.curtain = { cloth = "violet-velvet", unfurl = "0 -> 1 over 10s" }
stage.ceiling = { dance = 1 }
"""


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return Timeline(read_text(SCORE))


def test_what_no_beat_has_named_is_not_there(timeline: Timeline) -> None:
    def cue(name: str):  # type: ignore[no-untyped-def]
        return timeline.cue(f"stage.{name}", 2.0)

    assert floor_at(cue("floor"), 2.0) is None
    assert sky_at(cue("sky"), 2.0, 5) is None
    assert chasm_at(cue("chasm"), 2.0) is None
    assert curtain_at(cue("curtain"), 2.0, 5) is None
    assert ceiling_at(cue("ceiling"), 2.0, 5) is None


def test_what_a_beat_names_is_there_with_its_values(timeline: Timeline) -> None:
    t = 14.5
    floor = floor_at(timeline.cue("stage.floor", t), t)
    curtain = curtain_at(timeline.cue("stage.curtain", t), t, 5)
    sky = sky_at(timeline.cue("stage.sky", t), t, 5)
    assert floor is not None and floor.morph == pytest.approx(1.0)
    assert curtain is not None and curtain.unfurl == pytest.approx(1.0)
    assert curtain.sheen[2] > curtain.sheen[1]
    assert sky is not None and len(sky.stars) > 300


def test_the_fog_breathes_and_the_edge_comes_nearer_as_the_chasm_opens(timeline: Timeline) -> None:
    cue = timeline.cue("stage.chasm", 20.0)
    spills = [chasm_at(cue, t).spill for t in np.linspace(20.0, 33.0, 60)]  # type: ignore[union-attr]
    assert max(spills) > 0.9
    assert min(spills) < 0.35
    opening = chasm_at(timeline.cue("stage.chasm", 4.4), 4.4)
    opened = chasm_at(timeline.cue("stage.chasm", 10.0), 10.0)
    assert opening is not None and opened is not None
    assert opening.edge > opened.edge == pytest.approx(0.4)


def test_the_sparkle_stays_on_the_ceiling_and_never_jumps(timeline: Timeline) -> None:
    cue = timeline.cue("stage.ceiling", 20.0)
    path = [ceiling_at(cue, t, 5) for t in np.arange(0.0, 40.0, 1 / 30)]
    places = np.array([(c.u, c.v) for c in path if c is not None])
    assert np.abs(places[:, 0]).max() < 0.55
    assert places[:, 1].min() > 0.12
    assert places[:, 1].max() < 0.8
    assert np.abs(np.diff(places, axis=0)).max() < 0.02


def test_cloth_has_no_feathers_and_wings_are_two() -> None:
    assert len(feathers_at(Curtain(unfurl=0.0), 0.889, 5)) == 0
    wings = feathers_at(Curtain(unfurl=1.0, t=2.0), 0.889, 5)
    assert wings.shape[1] == COLUMNS
    left, right = wings[wings[:, 9] < 0], wings[wings[:, 9] > 0]
    assert len(left) == len(right)
    assert np.allclose(np.sort(left[:, 0]), np.sort(-right[:, 0]))
    assert (right[:, 0] > 0).all()


@pytest.mark.parametrize("half", [0.625, 0.889, 1.2])
def test_unfurling_and_beating_are_smooth(half: float) -> None:
    steps = np.linspace(0.02, 1.0, 400)
    frames = np.array([feathers_at(Curtain(unfurl=float(u), t=float(u) * 10), half, 5) for u in steps])
    jumps = np.abs(np.diff(frames[:, :, :6], axis=0)).max(axis=(0, 1))
    assert jumps.max() < 0.05
    assert np.isfinite(frames).all()
    spread = np.abs(frames[-1, :, 0]).max()
    assert spread < half * 1.1


def test_another_evening_hangs_the_cloth_otherwise(timeline: Timeline) -> None:
    hung = [curtain_at(timeline.cue("stage.curtain", 14.5), 14.5, seed) for seed in (5, 5, 6)]
    folds = [curtain.folds for curtain in hung if curtain is not None]
    assert folds[0] == folds[1] and folds[0][0] != folds[0][1] and folds[0] != folds[2]
