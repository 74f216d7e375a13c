"""Things of light alone: a spiral that grows from its foot, a burst for every note and none without."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.attractor import place
from performance.causes.song import song_level
from performance.score.reader import read_text
from performance.stage.bursts import LASTS
from performance.stage.drawing import Drawing
from performance.stage.stage import stage_at
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "plays"
length = "40s"
fade = "0s"
stage.spiral = { grow = "0 -> 1", thrum = 0.5, held = 0, size = 0.5 }
stage.bursts = { of = "struck" }
sound.struck = { play = "<d3 f#4 d6>", every = "10s" }
"""
TIMELINE = Timeline(read_text(SCORE))


def drawings(t: float) -> tuple[Drawing, ...]:
    return stage_at(TIMELINE, t).drawings


def spiral(t: float) -> Drawing:
    return drawings(t)[-1]


def test_the_spiral_grows_from_its_foot() -> None:
    tops = [max(float(lines.place[..., 1].max()) for lines in spiral(t).lines) for t in (4.0, 20.0, 39.9)]
    assert tops == sorted(tops)
    assert tops[-1] == pytest.approx(0.1 + 0.5, abs=0.08)


def test_its_crystals_are_laid_from_the_back_to_the_front() -> None:
    panes = spiral(39.9).panes
    assert panes is not None
    depth = panes.place.reshape(-1, 4, 3, 3)[..., 2].mean((1, 2))
    assert np.corrcoef(np.arange(len(depth)), depth)[0, 1] < -0.9


@pytest.mark.parametrize(("onset", "kind"), [(0.0, "ripples"), (10.0, "fire"), (20.0, "drops")])
def test_each_note_bursts_in_its_own_way_and_is_gone_in_time(onset: float, kind: str) -> None:
    early, late = drawings(onset + 0.4), drawings(onset + LASTS + 0.1)
    assert {7: "ripples", 110: "fire", 34: "drops"}[len(early[0].lines[0].width)] == kind
    assert late[0].lines == () and late[0].glows is None


def test_all_of_it_is_finite_and_in_the_house() -> None:
    for t in np.arange(0.1, 39.0, 0.7):
        for drawing in drawings(float(t)):
            for lines in drawing.lines:
                assert np.isfinite(lines.place).all() and np.isfinite(lines.colour).all()
                assert np.abs(lines.place).max() < 4.0


def test_cracks_run_out_from_the_blow_and_close_again() -> None:
    score = '[[beat]]\nid = "ice"\nlength = "10s"\nfade = "0s"\nstage.fissures = { run = "0 -> 1 -> 0" }\n'
    timeline = Timeline(read_text(score))

    def lit(t: float) -> float:
        return sum(
            float((lines.colour > 0.01).sum()) for d in stage_at(timeline, t).drawings for lines in d.lines
        )

    def faces(t: float) -> float:
        veils = [d.veils for d in stage_at(timeline, t).drawings if d.veils is not None]
        return sum(float((one.rim[..., 0] * one.colour.max(1)[:, None]).sum()) for one in veils)

    assert lit(0.8) < lit(2.0) < lit(4.9)
    assert lit(9.5) < 0.2 * lit(4.9)
    assert 0.0 < faces(0.8) < faces(2.0) and faces(9.5) < 0.2 * faces(4.9)


LIGHT = """
[[beat]]
id = "light"
length = "30s"
fade = "0s"
stage.performer = { pose = "open" }
stage.song = { lasts = 3 }
stage.attractor = { size = 0.8 }
stage.sand = { flow = 1 }
sound.voice = { gain_db = 0 }
sound.chaos = { speed = 3 }
"""


def test_ribbons_are_there_while_the_voice_sings_and_for_a_while_after() -> None:
    timeline = Timeline(read_text(LIGHT))
    sung = [t for t in np.arange(3.0, 28.0, 0.25) if song_level(timeline, float(t)) > 0.3]
    assert len(sung) > 20
    seen = [sum(d.silk is not None for d in stage_at(timeline, float(t)).drawings) for t in sung]
    assert min(seen) == 1
    assert not any(d.silk is not None for d in stage_at(timeline, 0.3).drawings)


def test_the_orbit_seen_is_the_orbit_heard() -> None:
    timeline = Timeline(read_text(LIGHT))
    drawing = stage_at(timeline, 12.0).drawings[0]
    assert drawing.lines and drawing.glows is not None
    height = (drawing.glows.place[0, 1] - 0.36) / (0.8 / 54.0) + 25.0
    assert height == pytest.approx(place(timeline, 12.0)[2], abs=0.01)


def test_sand_falls_and_lies_on_the_ground() -> None:
    timeline = Timeline(read_text(LIGHT))
    (motes,) = (d.motes for d in stage_at(timeline, 12.0).drawings if d.motes is not None)
    assert 800 < len(motes) < 2000
    lowest = np.sort(motes.v)[-300:]
    assert np.ptp(lowest) < 0.06 and lowest.max() < 0.86
